"""Who may act: accounts, looked up by name or number, appointed and dismissed by an administrator.

A name lies in the vault and can be erased; the number stays. Nobody is deleted, and no number is given twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merestone.ledger.terms import Refusal
from merestone.register import ids, queries, vault
from merestone.register.terms import ROLES, Account, Act, Mission, Recorded

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

ADMINISTRATOR = "administrator"


def admitted(alias: str) -> dict[str, Account]:
    """All accounts by their number, dismissed ones too."""
    return {account.id: account for account in queries.accounts_in(alias)}


def who(mission: Mission, name: str) -> Account:
    """The account of that name or number; of a name that two have had, the one in office. `Refusal` `unknown_actor`, `actor_dismissed`."""
    return among(queries.accounts(mission), name)


def among(everybody: Collection[Account], name: str) -> Account:
    """As `who`, where the accounts have been read."""
    found = [account for account in everybody if name and (account.id == name or account.name.casefold() == name.casefold())]
    in_office = [account for account in found if account.open]
    if len(in_office) == 1:
        return in_office[0]
    if in_office:
        raise Refusal("actor_ambiguous", asked=name, there_is=", ".join(account.id for account in in_office))
    if found:
        raise Refusal("actor_dismissed", actor=name)
    raise Refusal("unknown_actor", asked=name, there_is=", ".join(account.name or account.id for account in everybody if account.open))


def appoint(mission: Mission, actor: str, name: str, roles: Sequence[str]) -> Account:
    """A new account, or other roles for one that is in office (given by name or number)."""
    from merestone.register.record import writing

    unknown = sorted(set(roles) - set(ROLES))
    if unknown or not roles:
        raise Refusal("role_unknown", asked=", ".join(unknown) or "none", there_is=", ".join(ROLES))
    if not name.strip() or len(name) > 200 or not name.isprintable():
        raise Refusal("name_unfit")
    with writing(mission) as desk:
        by = who(mission, actor)
        ordered = [role for role in ROLES if role in roles]
        known = _in_office(mission, name)
        if known is not None and ADMINISTRATOR in known.roles and ADMINISTRATOR not in ordered:
            _not_the_last(mission, known)
        number = known.id if known is not None else ids.following(mission, "ACC")[0]
        shown = known.name if known is not None else name.strip()
        item = vault.item(mission, "name", number, shown.encode())
        position = desk.add(Act("appointed", by.id, {"account": number, "roles": ordered, "name": item.commitment}, items=(item,)))
    return Account(number, shown, tuple(ordered), True, position)


def dismiss(mission: Mission, actor: str, account: str, reason: str = "") -> Recorded:
    """The account can no longer act. The last administrator stays."""
    from merestone.register.record import writing

    with writing(mission) as desk:
        by, leaving = who(mission, actor), who(mission, account)
        if ADMINISTRATOR in leaving.roles:
            _not_the_last(mission, leaving)
        items = (vault.item(mission, "reason", leaving.id, reason.encode()),) if reason else ()
        body = {"account": leaving.id, "reason": items[0].commitment if items else ""}
        return Recorded(desk.add(Act("dismissed", by.id, body, items=items)), "dismissed", leaving.id)


def _in_office(mission: Mission, name: str) -> Account | None:
    for account in queries.accounts(mission):
        if account.open and (account.id == name or account.name.casefold() == name.strip().casefold()):
            return account
    return None


def _not_the_last(mission: Mission, leaving: Account) -> None:
    others = [each for each in queries.accounts(mission) if each.open and ADMINISTRATOR in each.roles and each.id != leaving.id]
    if not others:
        raise Refusal("last_administrator", account=leaving.id)

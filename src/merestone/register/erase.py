"""Erasing: bytes and keys go for ever; the tree stays, and says who erased on whose authority.

The law it keeps: two persons, an authority and a reason. Nothing needs the passphrase, since nothing is opened. Each exhibit brought
bytes of its own, so nothing that goes is needed by another; one that encloses it is named, since it holds the same. Copies that left the house, backups and
blocks that the disk kept for itself are beyond this program: decision 015 says what to do about them.
"""

from __future__ import annotations

from dataclasses import dataclass

from merestone.ledger.terms import Refusal
from merestone.register import queries, vault
from merestone.register.belonging import belongings, beside, made_from, quotes, written_about
from merestone.register.configure import rows
from merestone.register.people import who
from merestone.register.reason import reasoned
from merestone.register.record import writing
from merestone.register.sweep import swept
from merestone.register.terms import KINDS, Act, Mission

PORTION = 800  # items of one entry
# what can be erased of a subject by its own id, and what of it by the item's commitment alone
_OF_ID = {"ACC": ("name",), "OBS": ("form",), "PTL": ("form",), "EDN": ("edition",)}
_ALONE = ("reason", "note", "name", "title", "form", "claim", "edition", "linking")


@dataclass(frozen=True, slots=True)
class Erasing:
    """What is to be erased, and who answers for it. `subject`: EXH-… with all that belongs to it; the recorded words of a claim
    (EXH-…#N); the name of an account, the form of an observation or a patrol, the frozen content of an edition; or the commitment
    of one reason, note, name or other item. `second` is the second person."""

    subject: str
    authority: str
    reason: str
    second: str


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done. `beside`, `written_about` and `swept` as in `Protected`."""

    entries: tuple[int, ...]
    items: int
    beside: tuple[str, ...]
    written_about: tuple[str, ...]
    swept: bool


@dataclass(frozen=True, slots=True)
class _Target:
    """What goes: the id that the entry names, the commitments, the texts by which what was made from it is found."""

    subject: str
    items: tuple[str, ...]
    needles: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    written_about: tuple[str, ...] = ()


def erase(mission: Mission, actor: str, erasing: Erasing) -> Erased:
    """Takes out every item of the subject, sealed ones too, and the linkings and editions that hold it.

    The commit point is that of the writing block: if we stop before, nothing is erased. If we stop after, all rows are gone and
    `verify` says by which entry; only the sweeping of old bytes is left to the next protecting or erasing.
    """
    if not erasing.authority.strip():
        raise Refusal("authority_missing")
    on, because = reasoned(erasing.authority, "erased"), reasoned(erasing.reason, "erased")
    with writing(mission) as desk:
        first = who(mission, actor)
        _two_can(mission)
        other = who(mission, erasing.second)
        if first.id == other.id:
            raise Refusal("second_needed", act="erased")
        target = _target(mission, erasing.subject)
        items = tuple(dict.fromkeys((*target.items, *made_from(mission.alias, target.needles))))
        entries = []
        for start in range(0, len(items), PORTION):
            authority = vault.item(mission, "reason", target.subject, on)
            why = vault.item(mission, "reason", target.subject, because)
            body = {
                "subject": target.subject,
                "items": list(items[start : start + PORTION]),
                "authority": authority.commitment,
                "reason": why.commitment,
            }
            entries.append(desk.add(Act("erased", first.id, body, other.id, (authority, why))))
    return Erased(tuple(entries), len(items), target.beside, target.written_about, swept(mission))


def _two_can(mission: Mission) -> None:
    """A mission of one cannot erase: it is told what to do, before it is told anything else."""
    roles = KINDS["erased"].roles
    if sum(account.open and bool(set(account.roles) & set(roles)) for account in queries.accounts(mission)) < 2:
        raise Refusal("second_person_missing", roles=" or ".join(roles))


def _target(mission: Mission, subject: str) -> _Target:
    if len(subject) == 64 and set(subject) <= set("0123456789abcdef"):
        return _item(mission, subject)
    ident, claim, _ = subject.partition("#")
    if claim:
        return _claim(mission, ident, subject)
    if ident.startswith("EXH-"):
        return _exhibit(mission, ident)
    kinds = _OF_ID.get(ident.partition("-")[0], ())
    owned = [commitment for commitment, kind in vault.held(mission, ident) if kind in kinds]
    if owned:
        named = vault.read(mission, owned[0]).decode() if ident.startswith("ACC-") else ident
        return _Target(ident, tuple(owned), (named,) if not ident.startswith("EDN-") else ())
    tables = {"ACC": "account", "OBS": "observation", "PTL": "patrol", "EDN": "edition"}
    table = tables.get(ident.partition("-")[0])
    if table and rows(mission.alias, f"SELECT 1 FROM {table} WHERE id = %s", (ident,)):  # noqa: S608 - names of ours
        raise Refusal("erased_already", subject=subject)
    raise Refusal("not_in_record", asked=subject)


def _exhibit(mission: Mission, ident: str) -> _Target:
    if queries.exhibit(mission, ident).erased:
        raise Refusal("erased_already", subject=ident)
    belonging = [each.row for each in belongings(mission.alias, ident)]
    return _Target(
        ident,
        tuple(row.commitment for row in belonging),
        (ident, *quotes(belonging)),
        beside(mission.alias, ident),
        written_about(mission.alias, ident),
    )


def _claim(mission: Mission, ident: str, ref: str) -> _Target:
    """The recorded words of one claim, in all their versions, and all that was made from its exhibit (a frozen edition writes a ref in
    two parts). The exhibit itself still holds what it said."""
    queries.claim(mission, ref)
    words = tuple(each.row for each in belongings(mission.alias, ref) if each.row.kind == "claim")
    if not words:
        raise Refusal("erased_already", subject=ref)
    return _Target(ident, tuple(row.commitment for row in words), (ident, *quotes(words)))


def _item(mission: Mission, commitment: str) -> _Target:
    row = vault.stored(mission.alias, (commitment,)).get(commitment)
    if row is None:
        if rows(mission.alias, "SELECT 1 FROM vault_removal WHERE commitment = %s", (commitment,)):
            raise Refusal("erased_already", subject=commitment)
        raise Refusal("not_in_record", asked=commitment)
    if row.kind not in _ALONE:
        raise Refusal("erased_with_its_exhibit", kind=row.kind, owner=row.owner)
    return _Target(row.owner or mission.id, (commitment,))

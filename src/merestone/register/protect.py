"""Protecting: an exhibit's bytes and all that was said of it go under lock in one act; lifting opens them again, by two persons.

The law it keeps: anybody at the mission can protect, at once and without the passphrase; what was made from the exhibit in the clear
goes with it. A rebuild, which sees the vault's last state alone, comes to the same tables.
"""

from __future__ import annotations

from dataclasses import dataclass

from merestone.ledger.terms import Refusal
from merestone.register import queries, vault
from merestone.register.belonging import Belonging, belongings, beside, made_from, quotes, written_about
from merestone.register.configure import rows
from merestone.register.people import who
from merestone.register.reason import reasoned
from merestone.register.record import writing
from merestone.register.sweep import swept
from merestone.register.terms import Act, ExhibitRow, Item, Mission

SEALED, GONE = 300, 300  # items of one entry: an entry has an end (ledger/entry.py), an exhibit with a thousand claims has not


@dataclass(frozen=True, slots=True)
class Protected:
    """What was done. `beside` are open exhibits that enclose it, or that it encloses: their bytes hold what was to be protected, and
    whoever protects one will want to protect the other. `written_about` are incidents it was part of, on which people gave reasons or notes:
    those stay open, and somebody should look whether they tell of it. `swept` is False when old bytes may still stand in the database's log, since
    somebody else was reading."""

    entries: tuple[int, ...]
    sealed: int
    gone: int
    beside: tuple[str, ...]
    written_about: tuple[str, ...]
    swept: bool


@dataclass(frozen=True, slots=True)
class Lifted:
    """What was opened. `kept` counts what stays sealed for the sake of another protected exhibit that it is about too."""

    entries: tuple[int, ...]
    opened: int
    kept: int


def protect(mission: Mission, actor: str, exhibit: str, reason: str) -> Protected:
    """Seals all open items of the exhibit; linkings and frozen editions that hold it go, drafts that rest on it become void.

    The commit point is that of the writing block: if we stop before, nothing is protected and the command can be given again. If
    we stop after, all of it is, and only the sweeping of old bytes is left to the next protecting or erasing.
    """
    because = reasoned(reason, "protected")
    with writing(mission) as desk:
        person = who(mission, actor)
        if _standing(mission, exhibit).protected:
            raise Refusal("exhibit_protected", exhibit=exhibit)
        kept = [each for each in belongings(mission.alias, exhibit) if not each.row.wrapped]
        gone = made_from(mission.alias, (exhibit, *quotes(each.row for each in kept)))
        sealed = [_sealed(mission, each) for each in kept]
        near, written, entries = beside(mission.alias, exhibit), written_about(mission.alias, exhibit), []
        for items, out in _portions(sealed, gone):
            why = vault.item(mission, "reason", exhibit, because, protected=True)
            entries.append(
                desk.add(Act("protected", person.id, {"exhibit": exhibit, "gone": out, "reason": why.commitment}, items=(*items, why)))
            )
    return Protected(tuple(entries), len(sealed), len(gone), near, written, swept(mission))


def lift(mission: Mission, actor: str, second: str, exhibit: str, reason: str) -> Lifted:
    """Opens what was sealed for the exhibit. Needs the passphrase and two persons. Linkings and editions that went do not come back:
    they are made anew, by their own acts."""
    because = reasoned(reason, "unprotected")
    with writing(mission) as desk:
        first, other = who(mission, actor), who(mission, second)
        if first.id == other.id:
            raise Refusal("second_needed", act="unprotected")
        if not _standing(mission, exhibit).protected:
            raise Refusal("exhibit_not_protected", exhibit=exhibit)
        if mission.keys.vault is None:
            raise Refusal("vault_locked")
        closed = [each for each in belongings(mission.alias, exhibit) if each.row.wrapped]
        opened = [vault.stored_item(mission, each.row.commitment) for each in closed if not _needed_sealed(mission, each)]
        entries = []
        for items, _ in _portions(opened, ()):
            why = vault.item(mission, "reason", exhibit, because)
            body = {"exhibit": exhibit, "items": [each.commitment for each in items], "reason": why.commitment}
            entries.append(desk.add(Act("unprotected", first.id, body, other.id, (*items, why))))
    return Lifted(tuple(entries), len(opened), len(closed) - len(opened))


def _standing(mission: Mission, ident: str) -> ExhibitRow:
    found = queries.exhibit(mission, ident)
    if found.erased:
        raise Refusal("exhibit_erased", exhibit=ident)
    return found


def _sealed(mission: Mission, each: Belonging) -> Item:
    row = each.row
    return vault.sealed(mission, Item(row.kind, row.owner, row.data, row.key, row.commitment, None, row.fingerprint))


def _needed_sealed(mission: Mission, each: Belonging) -> bool:
    """Whether the item is about another exhibit too that is protected still."""
    sql = "SELECT 1 FROM exhibit WHERE id = %s AND protected = %s AND erased = %s"
    return any(rows(mission.alias, sql, (other, True, False)) for other in each.others)


def _portions(items: list[Item], gone: tuple[str, ...]) -> list[tuple[list[Item], list[str]]]:
    """What each entry names: at least one portion, and as many as it takes."""
    count = max(1, -(-len(items) // SEALED), -(-len(gone) // GONE))
    return [(items[n * SEALED : (n + 1) * SEALED], list(gone[n * GONE : (n + 1) * GONE])) for n in range(count)]

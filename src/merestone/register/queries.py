"""Questions to the tables. Answers are frozen rows of terms.py in the order of the record, never a QuerySet: that would be a pen.

Inside a writing block the answers hold what was flushed there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from django.db import connections

from merestone.ledger.entry import entry_of
from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register.configure import rows
from merestone.register.terms import (
    Account,
    ClaimRow,
    DecisionRow,
    EditionRow,
    EntryRow,
    ExhibitRow,
    IncidentRow,
    JudgementRow,
    Mission,
    MissionRow,
    ModelRow,
    NoteRow,
    ObservationRow,
    PatrolRow,
    RefusedRow,
    SentRow,
)

T = TypeVar("T")

_TABLES: Mapping[type, str] = {
    Account: "account", ExhibitRow: "exhibit", ClaimRow: "claim", IncidentRow: "incident", JudgementRow: "judgement", DecisionRow: "decision",
    EditionRow: "edition", MissionRow: "mission", PatrolRow: "patrol", ObservationRow: "observation", NoteRow: "remark", RefusedRow: "refused",
    ModelRow: "model_set", SentRow: "sent",
}  # fmt: skip
_LISTS = ("roles", "by")
FLAGS = ("open", "protected", "erased")
AT = re.compile(rb'"at":"([0-9TZ:.-]+)"')  # names stand in order: the first one is the entry's own


def mission_row(mission: Mission) -> MissionRow:
    return mission_in(mission.alias)


def mission_in(alias: str) -> MissionRow:
    found = _all(alias, MissionRow)
    if not found:
        raise BrokenRecord("entry 0", "the row of the mission in its table", "none")
    return found[0]


def accounts(mission: Mission) -> tuple[Account, ...]:
    return accounts_in(mission.alias)


def accounts_in(alias: str) -> tuple[Account, ...]:
    return _all(alias, Account, order="id")


def exhibits(mission: Mission) -> tuple[ExhibitRow, ...]:
    return _all(mission.alias, ExhibitRow, order="received")


def exhibit(mission: Mission, id: str) -> ExhibitRow:
    return _one(mission, ExhibitRow, "id", id)


def claims(mission: Mission, exhibit: str = "", state: str = "", incident: str = "") -> tuple[ClaimRow, ...]:
    """All, or those of an exhibit, in a state, of an incident (what is not given is not asked for)."""
    asked = {name: value for name, value in (("exhibit", exhibit), ("state", state), ("incident", incident)) if value}
    return _all(mission.alias, ClaimRow, asked, "exhibit, part, number")


def claim(mission: Mission, ref: str) -> ClaimRow:
    return _one(mission, ClaimRow, "ref", ref)


def incidents(mission: Mission) -> tuple[IncidentRow, ...]:
    return _all(mission.alias, IncidentRow, order="LENGTH(id), id")


def incident(mission: Mission, id: str) -> IncidentRow:
    return _one(mission, IncidentRow, "id", id)


def judgements(mission: Mission) -> tuple[JudgementRow, ...]:
    """All, the earliest first: of two on the same pair the later one holds."""
    return _all(mission.alias, JudgementRow)


def decisions(mission: Mission, subject: str = "") -> tuple[DecisionRow, ...]:
    """All, the earliest first: of two on the same subject and point the later one holds."""
    return _all(mission.alias, DecisionRow, {"subject": subject} if subject else {})


def editions(mission: Mission) -> tuple[EditionRow, ...]:
    return _all(mission.alias, EditionRow, order="drafted")


def edition(mission: Mission, id: str) -> EditionRow:
    return _one(mission, EditionRow, "id", id)


def patrols(mission: Mission) -> tuple[PatrolRow, ...]:
    return _all(mission.alias, PatrolRow)


def observations(mission: Mission) -> tuple[ObservationRow, ...]:
    return _all(mission.alias, ObservationRow)


def notes(mission: Mission, subject: str = "") -> tuple[NoteRow, ...]:
    return _all(mission.alias, NoteRow, {"subject": subject} if subject else {})


def refused(mission: Mission) -> tuple[RefusedRow, ...]:
    return _all(mission.alias, RefusedRow)


def models_set(mission: Mission) -> tuple[ModelRow, ...]:
    """All, the earliest first: the last one holds."""
    return _all(mission.alias, ModelRow) if _there(mission, ModelRow) else ()


def sent(mission: Mission, exhibit: str = "") -> tuple[SentRow, ...]:
    return _all(mission.alias, SentRow, {"exhibit": exhibit} if exhibit else {}) if _there(mission, SentRow) else ()


def _there(mission: Mission, row: type) -> bool:
    """A mission of an earlier release that cannot be written to (a disc) is not brought up to date, and is read all the same."""
    return _TABLES[row] in connections[mission.alias].introspection.table_names()


def entry(mission: Mission, position: int) -> EntryRow:
    """The entry at a position. It is read, not verified."""
    found = rows(mission.alias, "SELECT data FROM ledger_entry WHERE position = %s", (position,))
    if not found:
        raise Refusal("not_in_record", asked=f"entry {position}")
    return _entry_row(position, bytes(found[0][0]))


def entries(mission: Mission, first: int = 0, count: int = 1000) -> tuple[EntryRow, ...]:
    sql = "SELECT position, data FROM ledger_entry WHERE position >= %s ORDER BY position LIMIT %s"
    return tuple(_entry_row(int(position), bytes(data)) for position, data in rows(mission.alias, sql, (first, count)))


def counts(mission: Mission) -> Mapping[str, int]:
    """Rows of each table of folds, and of the record: `entries`, `checkpoints`, `items`."""
    of = {
        **{table: table for table in _TABLES.values()},
        "entries": "ledger_entry",
        "checkpoints": "ledger_checkpoint",
        "items": "vault_item",
    }
    return {name: int(rows(mission.alias, f"SELECT COUNT(*) FROM {table}")[0][0]) for name, table in of.items()}  # noqa: S608 - names of ours


def head(mission: Mission) -> tuple[int, bytes]:
    """Size and note of the last checkpoint."""
    found = rows(mission.alias, "SELECT size, note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1")
    if not found:
        raise BrokenRecord("the checkpoints", "a signed checkpoint", "none")
    return int(found[0][0]), bytes(found[0][1])


def hashes(mission: Mission, position: int) -> bytes:
    """The stored hashes of a row, for ledger.tree.node_in."""
    return _of_row(mission, position, "SELECT hashes FROM ledger_entry WHERE position = %s")


def data(mission: Mission, position: int) -> bytes:
    """The canonical bytes of an entry."""
    return _of_row(mission, position, "SELECT data FROM ledger_entry WHERE position = %s")


def _of_row(mission: Mission, position: int, sql: str) -> bytes:
    found = rows(mission.alias, sql, (position,))
    if not found:
        raise BrokenRecord(f"entry {position}", "its row", "none")
    return bytes(found[0][0])


def acts(mission: Mission, kinds: Sequence[str], first: int, below: int | None = None) -> Iterator[EntryRow]:
    """Entries of some kinds from position `first` on, in their order."""
    sought = [f'"act":"{kind}"'.encode() for kind in kinds]
    end = head(mission)[0] if below is None else below
    sql = "SELECT position, data FROM ledger_entry WHERE position >= %s AND position < %s ORDER BY position"
    for start in range(first, end, 5000):
        for position, data in rows(mission.alias, sql, (start, min(start + 5000, end))):
            stored = bytes(data)
            if any(needle in stored for needle in sought):
                yield entry(mission, int(position))


def stored(mission: Mission, first: int, below: int) -> tuple[tuple[int, bytes], ...]:
    """Positions and bytes of the entries [first, below), for looking through many: nothing of them is read."""
    sql = "SELECT position, data FROM ledger_entry WHERE position >= %s AND position < %s ORDER BY position"
    return tuple((int(position), bytes(data)) for position, data in rows(mission.alias, sql, (first, below)))


def arrivals(mission: Mission) -> tuple[tuple[str, str, str, str], ...]:
    """Of each open exhibit: publisher, language, when it was published, and the hour (UTC) of the entry that brought it. For counting
    thousands: nothing else is read."""
    sql = (
        "SELECT publisher, language, published, ledger_entry.data FROM exhibit JOIN ledger_entry ON ledger_entry.position = exhibit.received "
        "WHERE protected = %s AND erased = %s ORDER BY exhibit.received"
    )
    told = ((row, AT.search(bytes(row[3]))) for row in rows(mission.alias, sql, (False, False)))
    return tuple((str(row[0]), str(row[1]), str(row[2]), at[1].decode() if at else "") for row, at in told)


def hours(mission: Mission, positions: Collection[int]) -> Mapping[int, str]:
    """The hour (ISO, UTC) of each of these entries; nothing else of them is read."""
    found: dict[int, str] = {}
    ranked = sorted(set(positions))
    for first in range(0, len(ranked), 500):
        part = ranked[first : first + 500]
        sql = f"SELECT position, data FROM ledger_entry WHERE position IN ({', '.join(['%s'] * len(part))})"  # noqa: S608 - marks alone
        told = ((int(position), AT.search(bytes(data))) for position, data in rows(mission.alias, sql, tuple(part)))
        found |= {position: at[1].decode() for position, at in told if at}
    return found


def _entry_row(position: int, stored: bytes) -> EntryRow:
    told = entry_of(stored)
    return EntryRow(position, told.act, told.version, told.actor, told.second, told.at, told.body)


def _one(mission: Mission, row: type[T], key: str, asked: str) -> T:
    found = _all(mission.alias, row, {key: asked})
    if not found:
        raise Refusal("not_in_record", asked=asked)
    return found[0]


def _all(alias: str, row: type[T], asked: Mapping[str, Any] | None = None, order: str = "entry") -> tuple[T, ...]:
    names = [each.name for each in fields(row)]  # type: ignore[arg-type]
    columns = ", ".join(f'"{name}"' for name in names)
    where = " AND ".join(f'"{name}" = %s' for name in asked or {})
    sql = f"SELECT {columns} FROM {_TABLES[row]}{' WHERE ' + where if where else ''} ORDER BY {order}"  # noqa: S608 - names of ours
    lists = [k for k, name in enumerate(names) if name in _LISTS]
    flags = [k for k, name in enumerate(names) if name in FLAGS]
    return tuple(_made(row, found, lists, flags) for found in rows(alias, sql, tuple((asked or {}).values())))


def _made(row: type[T], found: Sequence[Any], lists: list[int], flags: list[int]) -> T:
    values = list(found)
    try:
        for k in lists:
            values[k] = tuple(json.loads(values[k]))
    except (ValueError, TypeError) as error:
        raise BrokenRecord(f"the table {_TABLES[row]}", "a list of codes in each row", "something else") from error
    for k in flags:
        values[k] = bool(values[k])
    return row(*values)

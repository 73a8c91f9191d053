"""What a fold wants of the tables, as values, and the one place that does it, in bulk and beside the ORM.

Tables know nothing of each other, so changes keep their order within a table alone, and there row by row: equal statements go to the
database in one call.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connections


@dataclass(frozen=True, slots=True)
class Insert:
    table: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Put:
    """A row that is there already is altered in all columns but those of `keep`; else it comes to be."""

    table: str
    key: str
    values: Mapping[str, Any]
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """`where`: column -> value, or a tuple of values of which one has to be there."""

    table: str
    where: Mapping[str, Any]
    values: Mapping[str, Any]


Change = Insert | Put | Update


KEYS = {
    "claim": "ref",
    "judgement": "entry",
    "decision": "entry",
    "remark": "entry",
    "refused": "entry",
    "model_set": "entry",
    "sent": "entry",
}  # all others: id


@dataclass(slots=True)
class _Runs:
    """The statements of one table in their order: each run is one text of SQL with many rows.

    A change may join an earlier run of its text where nothing after that run touches its row: changes of different rows can be done
    in any order. One that finds its rows by anything but the key might touch them all, and closes what was before it.
    """

    runs: list[tuple[str, list[tuple[Any, ...]]]] = field(default_factory=list)
    of_text: dict[str, int] = field(default_factory=dict)
    of_row: dict[Any, int] = field(default_factory=dict)
    closed: int = 0

    def add(self, sql: str, row: tuple[Any, ...], key: Any) -> None:
        place = self.of_text.get(sql, -1)
        if place < self.closed or (key is not None and place < self.of_row.get(key, -1)) or (key is None and place < len(self.runs) - 1):
            place = len(self.runs)
            self.runs.append((sql, []))
            self.of_text[sql] = place
        self.runs[place][1].append(row)
        if key is None:
            self.closed = place
        else:
            self.of_row[key] = place


def apply(alias: str, changes: Iterable[Change]) -> None:
    """Does the changes inside the caller's transaction."""
    tables: dict[str, _Runs] = {}
    for change in changes:
        sql, row = statement(change)
        name = KEYS.get(change.table, "id")
        key = change.where.get(name) if isinstance(change, Update) else change.values[name]
        tables.setdefault(change.table, _Runs()).add(sql, row, None if isinstance(key, tuple) else key)
    with connections[alias].cursor() as cursor:
        for table in tables.values():
            for sql, rows in table.runs:
                cursor.executemany(sql, rows)


def statement(change: Change) -> tuple[str, tuple[Any, ...]]:
    """SQL and its values. The text of equal statements is one object."""
    if isinstance(change, Insert):
        return _insert(change.table, tuple(change.values)), tuple(change.values.values())
    if isinstance(change, Put):
        return _put(change.table, change.key, tuple(change.values), change.keep), tuple(change.values.values())
    conditions, values = [], list(change.values.values())
    for column, wanted in change.where.items():
        several = isinstance(wanted, tuple)
        conditions.append((column, len(wanted) if several else 0))
        values.extend(wanted if several else (wanted,))
    return _update(change.table, tuple(change.values), tuple(conditions)), tuple(values)


@functools.cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(map(_q, columns))}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608 - names of ours


@functools.cache
def _put(table: str, key: str, columns: tuple[str, ...], keep: tuple[str, ...]) -> str:
    altered = ", ".join(f"{_q(column)} = excluded.{_q(column)}" for column in columns if column != key and column not in keep)
    return f"{_insert(table, columns)} ON CONFLICT ({_q(key)}) DO UPDATE SET {altered}"


@functools.lru_cache(maxsize=1000)
def _update(table: str, columns: tuple[str, ...], conditions: tuple[tuple[str, int], ...]) -> str:
    where = " AND ".join(
        f"{_q(column)} IN ({', '.join(['%s'] * count)})" if count else f"{_q(column)} = %s" for column, count in conditions
    )
    told = f"UPDATE {table} SET {', '.join(f'{_q(column)} = %s' for column in columns)}"  # noqa: S608 - names of ours
    return f"{told} WHERE {where}" if where else told


def _q(name: str) -> str:
    return f'"{name}"'

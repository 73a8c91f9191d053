"""Tables are disposable: they are replayed from entries and vault into fresh ones, compared, and put in their place where they differ.

The law it keeps: the same folds as live recording, over the same entries, must arrive at the same tables. No reader runs here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Any

from django.apps import apps
from django.db import connections, transaction
from django.db.migrations import AddField
from django.db.migrations.executor import MigrationExecutor

from merestone.ledger.entry import entry_of
from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register.changes import Change, apply
from merestone.register.configure import hold, in_memory, leave
from merestone.register.folds import TABLES, fold
from merestone.register.queries import FLAGS
from merestone.register.shelf import Shelf
from merestone.register.terms import Mission

AT_ONCE = 5_000
MOST = 1_000  # differences that are told


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that the tables have otherwise than the entries say. `entry` is the position that the row names, "" for none."""

    table: str
    key: str
    entry: str


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """`entries` were replayed. `differences` (at most a thousand are told) were there, and are no longer. `lacking`: columns of a later
    release that the tables get when the mission is opened where it can be written."""

    entries: int
    differences: tuple[Difference, ...]
    lacking: int = 0


def rebuild(mission: Mission) -> Rebuilt:
    """Replays all, and replaces the tables in one transaction if they differ.

    Nobody records meanwhile: the transaction is begun before the first entry is read. If we stop before its COMMIT the old tables stand.
    """
    fresh = prepared()
    try:
        with transaction.atomic(using=mission.alias, durable=True):
            hold(mission.alias)
            entries = replay(mission.alias, fresh)
            found = tuple(differences(mission.alias, fresh))
            if found:
                _replace(mission.alias, fresh)
    finally:
        leave(fresh)
    return Rebuilt(entries, found)


def compared(alias: str) -> Rebuilt:
    """As `rebuild`, and replaces nothing. THE CALLER holds a transaction, so that all is read in one state.

    A mission of an earlier release is compared in the columns that it has: on a disc that nobody can write none can be added.
    """
    fresh, lacking = prepared(), waiting(alias)
    try:
        return Rebuilt(replay(alias, fresh), tuple(differences(alias, fresh, lacking)), len(lacking))
    finally:
        leave(fresh)


def waiting(alias: str) -> frozenset[tuple[str, str]]:
    """Tables and columns that are not there because the migrations that add them were not applied yet."""
    executor = MigrationExecutor(connections[alias])
    steps = [step for each, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()) for step in each.operations]
    added = [step for step in steps if isinstance(step, AddField)]
    named = [(apps.get_model("register", step.model_name)._meta, step.name) for step in added]
    told = {(meta.db_table, str(meta.get_field(name).column)) for meta, name in named}
    return frozenset((table, column) for table, column in told if column not in _columns(alias, table))


def replay(source: str, target: str) -> int:
    """Folds all entries of `source` into the empty tables of `target`. Returns how many there were."""
    shelf, count = Shelf(source), 0
    with transaction.atomic(using=target):
        for batch in _batches(source, "SELECT position, data FROM ledger_entry ORDER BY position"):
            apply(target, chain.from_iterable(_folded(int(position), bytes(data), shelf) for position, data in batch))
            count += len(batch)
    return count


def _folded(position: int, data: bytes, shelf: Shelf) -> Iterator[Change]:
    try:
        entry = entry_of(data)
    except Refusal as refusal:
        raise BrokenRecord(f"entry {position}", "canonical bytes of an entry", str(refusal)) from refusal
    try:
        yield from fold(position, entry, shelf.held)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as problem:  # a body or an item that no fold can read
        raise BrokenRecord(f"entry {position}", f"an act of kind {entry.act} that can be folded", type(problem).__name__) from problem


def differences(live: str, fresh: str, lacking: Collection[tuple[str, str]] = ()) -> Iterator[Difference]:
    told = 0
    for table in TABLES:
        key, sql = _ordered(fresh, table, lacking)
        pairs = zip_longest(_rows(live, sql), _rows(fresh, sql))
        if not any(left != right for left, right in pairs):
            continue
        stood, stands = ({row[key[0]]: row for row in _rows(alias, sql)} for alias in (live, fresh))
        for each in sorted(stood.keys() | stands.keys(), key=str):
            if stood.get(each) != stands.get(each) and told < MOST:
                row = stands.get(each, stood.get(each, ()))
                told += 1
                yield Difference(table, str(each), str(row[key[1]]))


def prepared() -> str:
    """Empty tables as this release has them, that nobody else sees."""
    fresh = in_memory()
    with connections[fresh].schema_editor() as editor:
        for model in apps.get_app_config("register").get_models():
            if model._meta.db_table in TABLES:
                editor.create_model(model)
    return fresh


def _replace(live: str, fresh: str) -> None:
    with connections[live].cursor() as cursor:
        for table in TABLES:
            columns = _columns(fresh, table)
            names = ", ".join(f'"{column}"' for column in columns)
            marks = ", ".join(["%s"] * len(columns))
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
            flags = [k for k, column in enumerate(columns) if column in FLAGS]
            for batch in _batches(fresh, f"SELECT {names} FROM {table}"):  # noqa: S608 - names of ours
                told = [tuple(bool(value) if k in flags else value for k, value in enumerate(row)) for row in batch] if flags else batch
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", told)  # noqa: S608 - names of ours


def _columns(alias: str, table: str) -> list[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")  # noqa: S608 - names of ours
        return sorted(str(column[0]) for column in cursor.description)


def _ordered(alias: str, table: str, lacking: Collection[tuple[str, str]] = ()) -> tuple[tuple[int, int], str]:
    """Places of the key and of `entry` in a row, and the query of all rows by their key. A column that is asked for and not there is no
    error to SQLite, which takes its name for a text: `lacking` has to be left out here."""
    columns = [column for column in _columns(alias, table) if (table, column) not in lacking]
    key = "ref" if table == "claim" else "id" if "id" in columns else "entry"
    names = ", ".join(f'"{column}"' for column in columns)
    return (columns.index(key), columns.index("entry")), f'SELECT {names} FROM {table} ORDER BY "{key}"'  # noqa: S608 - names of ours


def _rows(alias: str, sql: str) -> Iterator[tuple[Any, ...]]:
    return chain.from_iterable(_batches(alias, sql))


def _batches(alias: str, sql: str) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a query, some thousand at a time. Other statements may run on the connection meanwhile."""
    with connections[alias].chunked_cursor() as cursor:
        cursor.execute(sql)
        while batch := cursor.fetchmany(AT_ONCE):
            yield list(batch)

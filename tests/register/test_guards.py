"""The record's tables only grow, by whatever way somebody tries otherwise, before and after a migration that remakes them."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connections, transaction
from django.db.migrations import AlterField, Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.models import BinaryField
from django.test import override_settings

from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register import guards, models, queries
from merestone.register import mission as missions
from merestone.register.record import writing
from merestone.register.terms import Mission
from tests.register.conftest import founded, ground, whole
from tests.register.doing import Doing

RECORD = r"ledger_\w+: |vault_\w+: "  # our own words, not some other failure

MORE = override_settings(MIGRATION_MODULES={"register": "tests.register.remade"})

ITEM = "commitment, turn, kind, owner, key, data, wrapped, fingerprint"
STATEMENTS = [
    "UPDATE ledger_entry SET data = x'7b7d' WHERE position = 1",
    "UPDATE ledger_entry SET position = position",
    "UPDATE OR REPLACE ledger_entry SET position = 0 WHERE position = 1",
    "DELETE FROM ledger_entry",
    "DELETE FROM ledger_entry WHERE position = (SELECT MAX(position) FROM ledger_entry)",
    "INSERT OR REPLACE INTO ledger_entry (position, data, hashes) VALUES (1, x'7b7d', x'00')",
    "REPLACE INTO ledger_entry (position, data, hashes) VALUES (0, x'7b7d', x'00')",
    "INSERT OR IGNORE INTO ledger_entry (position, data, hashes) VALUES (1, x'7b7d', x'00')",
    "INSERT INTO ledger_entry (position, data, hashes) VALUES (1, x'7b7d', x'00') ON CONFLICT (position) DO UPDATE SET data = excluded.data",
    "INSERT INTO ledger_entry (position, data, hashes) VALUES (9999, x'7b7d', x'00')",
    "INSERT INTO ledger_entry (position, data, hashes) VALUES (-1, x'7b7d', x'00')",
    "UPDATE ledger_checkpoint SET note = x'00'",
    "DELETE FROM ledger_checkpoint",
    "INSERT OR REPLACE INTO ledger_checkpoint (size, note) SELECT MAX(size), x'00' FROM ledger_checkpoint",
    "REPLACE INTO ledger_checkpoint (size, note) VALUES (2, x'00')",
    "INSERT INTO ledger_checkpoint (size, note) VALUES (1, x'00')",
    "INSERT INTO ledger_checkpoint (size, note) VALUES (9999, x'00')",
    "UPDATE vault_item SET data = x'00'",
    "UPDATE OR IGNORE vault_item SET owner = ''",
    "DELETE FROM vault_item",
    "INSERT OR REPLACE INTO vault_item SELECT * FROM vault_item",
    f"REPLACE INTO vault_item ({ITEM}) SELECT commitment, turn, 'text', '', x'', x'', x'', '' FROM vault_item LIMIT 1",
    f"INSERT OR REPLACE INTO vault_item (rowid, {ITEM}) SELECT rowid, 'another', 0, 'text', '', x'', x'', x'', '' FROM vault_item LIMIT 1",
    "INSERT INTO vault_item SELECT commitment, turn, 'text', '', x'', x'', x'', '' FROM vault_removal",
    "UPDATE vault_removal SET entry = 0",
    "DELETE FROM vault_removal",
    "INSERT OR REPLACE INTO vault_removal SELECT commitment, turn, 0 FROM vault_removal",
    "INSERT OR REPLACE INTO vault_removal (rowid, commitment, turn, entry) SELECT rowid, 'another', 0, 0 FROM vault_removal",
    "INSERT INTO vault_removal (commitment, turn, entry) SELECT commitment, turn, 9999 FROM vault_item LIMIT 1",
    "INSERT INTO vault_removal (commitment, turn, entry) SELECT commitment, turn, 0 FROM vault_item WHERE kind = 'original'",
]


def fill(mission: Mission) -> Mission:
    """Rows in all four tables."""
    with writing(mission) as desk:
        doing = Doing(desk, random.Random(1))
        for kind in ("received", "received", "received", "erased", "noted"):
            act = doing.next_act(kind)
            assert act is not None
            desk.add(act)
    return mission


@pytest.fixture
def filled(mission: Mission) -> Mission:
    return fill(mission)


@pytest.fixture
def remade(tmp_path: Path) -> Iterator[Mission]:
    """Brought up to a release that remakes the tables, by opening it."""
    before = fill(founded(tmp_path / "remade"))
    missions.close(before)
    with MORE:
        opened = missions.open_mission(before.folder, ground(9))
        yield opened
        whole(opened)
        missions.close(opened)


def raw(mission: Mission) -> sqlite3.Connection:
    """A connection that knows nothing of us."""
    return sqlite3.connect(mission.folder / "record.sqlite3")


def state(mission: Mission) -> list[list[tuple[Any, ...]]]:
    tables = ("ledger_entry", "ledger_checkpoint", "vault_item", "vault_removal")
    with raw(mission) as connection:
        return [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]


def refused(mission: Mission, sql: str) -> None:
    before = state(mission)
    assert all(before), "a table is empty: nothing is shown"
    with raw(mission) as connection, pytest.raises(sqlite3.IntegrityError, match=RECORD):
        connection.execute(sql)
    with connections[mission.alias].cursor() as cursor, pytest.raises(DatabaseError, match=RECORD):
        cursor.execute(sql)
    assert state(mission) == before


@pytest.mark.parametrize("sql", STATEMENTS)
def test_statements_that_alter_the_record_are_refused(filled: Mission, sql: str) -> None:
    refused(filled, sql)


def test_they_are_refused_after_a_migration_too(remade: Mission) -> None:
    columns = [row[1] for row in queries.rows(remade.alias, "PRAGMA table_info(ledger_entry)")]
    assert "parent_id" in columns, "the migration did not run"
    for sql in STATEMENTS:
        refused(remade, sql)


def by_objects() -> list[tuple[str, Callable[[str], object]]]:
    return [
        ("update of all entries", lambda alias: models.Entry.objects.using(alias).update(data=b"{}")),
        ("bulk update", _bulk),
        ("deletion of all entries", lambda alias: models.Entry.objects.using(alias).all().delete()),
        ("deletion of one", lambda alias: models.Entry.objects.using(alias).latest("position").delete()),
        ("raw deletion", lambda alias: models.Entry.objects.using(alias)._raw_delete(alias)),
        ("saving one again", lambda alias: models.Entry.objects.using(alias).latest("position").save(using=alias)),
        ("update or create", lambda alias: models.Entry.objects.using(alias).update_or_create(position=1, defaults={"data": b"{}"})),
        ("creating over", lambda alias: models.Entry.objects.using(alias).bulk_create([_entry()], update_conflicts=True, **_OVER)),
        ("update of checkpoints", lambda alias: models.Note.objects.using(alias).update(note=b"")),
        ("deletion of checkpoints", lambda alias: models.Note.objects.using(alias).all().delete()),
        ("update of items", lambda alias: models.VaultItem.objects.using(alias).update(owner="")),
        ("deletion of items", lambda alias: models.VaultItem.objects.using(alias).filter(kind="name").delete()),
        ("update of removals", lambda alias: models.Removal.objects.using(alias).update(entry=0)),
        ("deletion of removals", lambda alias: models.Removal.objects.using(alias).all().delete()),
    ]


_OVER: dict[str, Any] = {"update_fields": ["data"], "unique_fields": ["position"]}


def _entry() -> models.Entry:
    return models.Entry(position=1, data=b"{}", hashes=b"")


def _bulk(alias: str) -> object:
    found = list(models.Entry.objects.using(alias).all())
    for each in found:
        each.data = b"{}"
    return models.Entry.objects.using(alias).bulk_update(found, ["data"])


@pytest.mark.parametrize(("name", "act"), by_objects(), ids=lambda value: value if isinstance(value, str) else "")
def test_objects_of_django_alter_nothing(filled: Mission, name: str, act: Callable[[str], object]) -> None:
    before = state(filled)
    with pytest.raises(DatabaseError, match=RECORD), transaction.atomic(using=filled.alias):
        act(filled.alias)
    assert state(filled) == before


def test_nor_do_they_after_a_migration(remade: Mission) -> None:
    before = state(remade)
    for _, act in by_objects():
        with pytest.raises(DatabaseError, match=RECORD), transaction.atomic(using=remade.alias):
            act(remade.alias)
    assert state(remade) == before


def test_a_cascade_takes_no_entries_along(remade: Mission) -> None:
    apps = MigrationExecutor(connections[remade.alias]).loader.project_state().apps
    parents = apps.get_model("register", "Parent").objects.using(remade.alias)
    assert parents.count() == 1
    before = state(remade)
    with pytest.raises(DatabaseError, match="ledger_entry: entries are never taken out"), transaction.atomic(using=remade.alias):
        parents.all().delete()
    assert state(remade) == before


def test_the_mission_goes_on_after_the_migration(remade: Mission) -> None:
    size = queries.counts(remade)["entries"]
    with writing(remade) as desk:
        desk.add(Doing(desk, random.Random(2)).received())
    assert queries.counts(remade)["entries"] == size + 1


def alter(mission: Mission, *operations: Any) -> None:
    """A migration through Django's executor alone, which sends no signals."""
    migration = Migration("altered", "register")
    migration.operations = operations
    executor = MigrationExecutor(connections[mission.alias])
    state = executor.loader.project_state(("register", "0001_initial"))
    with connections[mission.alias].schema_editor() as editor:
        migration.apply(state, editor)


@pytest.mark.parametrize(("model", "field", "table"), [("note", "note", "ledger_checkpoint")])
def test_a_migration_by_the_executor_alone_drops_guards_and_opening_says_so(filled: Mission, model: str, field: str, table: str) -> None:
    guarding = {name for name, (of, *_) in guards._GUARDS.items() if of == table}
    alter(filled, AlterField(model, field, BinaryField(null=True)))
    left = {name for (name,) in queries.rows(filled.alias, "SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    assert left == set(guards.TRIGGERS) - guarding, "the trap is gone: then this test shows nothing"
    with pytest.raises(BrokenRecord, match="guard_checkpoint"):
        missions.open_mission(filled.folder, ground())
    missions.close(missions.open_mission(filled.folder, ground(), repair=True))
    missions.close(missions.open_mission(filled.folder, ground()))


def test_entries_cannot_even_be_remade_behind_the_guards(filled: Mission) -> None:
    before = state(filled)
    with pytest.raises(OperationalError, match="guard_checkpoint_insert"):
        alter(filled, AlterField("entry", "hashes", BinaryField(null=True)))
    assert state(filled) == before
    guards.check(filled.alias)


def test_entries_remade_with_their_guards_taken_down_are_found_on_opening(filled: Mission) -> None:
    with raw(filled) as connection:
        for name in ("guard_checkpoint_insert", "guard_removal_insert"):
            connection.execute(f"DROP TRIGGER {name}")
    alter(filled, AlterField("entry", "hashes", BinaryField(null=True)))
    left = queries.rows(filled.alias, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'")
    assert left == [], "the trap is gone: then this test shows nothing"
    with pytest.raises(BrokenRecord, match="guard_entry"):
        missions.open_mission(filled.folder, ground())
    guards.make(filled.alias)


@pytest.mark.parametrize("name", guards.TRIGGERS)
def test_a_missing_guard_is_named_on_opening(filled: Mission, name: str) -> None:
    with raw(filled) as connection:
        connection.execute(f"DROP TRIGGER {name}")
    with pytest.raises(BrokenRecord, match=name):
        missions.open_mission(filled.folder, ground())
    missions.close(missions.open_mission(filled.folder, ground(), repair=True))


def test_a_guard_that_was_altered_is_named(filled: Mission) -> None:
    with raw(filled) as connection:
        connection.execute("DROP TRIGGER guard_entry_delete")
        connection.execute("CREATE TRIGGER guard_entry_delete BEFORE DELETE ON ledger_entry WHEN 0 BEGIN SELECT 1; END")
    with pytest.raises(BrokenRecord, match=r"guard_entry_delete.*another"):
        missions.open_mission(filled.folder, ground())
    guards.make(filled.alias)


def test_a_stranger_among_the_guards_is_named(filled: Mission) -> None:
    with raw(filled) as connection:
        connection.execute("CREATE TRIGGER quiet AFTER INSERT ON ledger_entry BEGIN DELETE FROM exhibit; END")
    with pytest.raises(BrokenRecord, match="quiet"):
        missions.open_mission(filled.folder, ground())
    with raw(filled) as connection:
        connection.execute("DROP TRIGGER quiet")


def test_a_record_of_a_later_release_is_not_opened(remade: Mission) -> None:
    with override_settings(MIGRATION_MODULES={}), pytest.raises(Refusal, match="mission_newer"):
        missions.open_mission(remade.folder, ground())


@pytest.mark.parametrize("pragma", ["synchronous", "foreign_keys", "secure_delete"])
def test_settings_of_the_connection_are_looked_at(filled: Mission, pragma: str) -> None:
    with connections[filled.alias].cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}=OFF")
    with pytest.raises(BrokenRecord, match=pragma):
        guards.check(filled.alias)

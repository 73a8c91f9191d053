"""On PostgreSQL too the record's tables only grow, by whatever way somebody tries otherwise, before and after a migration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register import guards, guards_postgres, queries
from merestone.register import mission as missions
from merestone.register.terms import Mission
from tests.register.conftest import founded, ground, whole
from tests.register.databases import Server, stranger
from tests.register.test_guards import MORE, RECORD, by_objects, fill

OVER = "ON CONFLICT (position) DO UPDATE SET data = excluded.data"
ITEM = "commitment, turn, kind, owner, key, data, wrapped, fingerprint"
STATEMENTS = [
    "UPDATE ledger_entry SET data = '{}' WHERE position = 1",
    "UPDATE ledger_entry SET position = position",
    "DELETE FROM ledger_entry",
    "DELETE FROM ledger_entry WHERE position = (SELECT MAX(position) FROM ledger_entry)",
    "TRUNCATE ledger_entry",
    "TRUNCATE exhibit, ledger_entry, ledger_checkpoint, vault_item, vault_removal CASCADE",
    f"INSERT INTO ledger_entry (position, data, hashes) VALUES (1, '{{}}', '') {OVER}",
    f"INSERT INTO ledger_entry (position, data, hashes) SELECT MAX(position), '{{}}', '' FROM ledger_entry {OVER}",
    "INSERT INTO ledger_entry (position, data, hashes) VALUES (1, '{}', '') ON CONFLICT DO NOTHING",
    "INSERT INTO ledger_entry (position, data, hashes) VALUES (9999, '{}', '')",
    "INSERT INTO ledger_entry (position, data, hashes) VALUES (-1, '{}', '')",
    "INSERT INTO ledger_entry (position, data, hashes) SELECT MAX(position) + g, '{}', '' FROM ledger_entry, generate_series(1, 3, 2) g GROUP BY g ORDER BY g",
    "MERGE INTO ledger_entry e USING (SELECT 1 AS position) w ON e.position = w.position WHEN MATCHED THEN UPDATE SET data = '{}'",
    "MERGE INTO ledger_entry e USING (SELECT 1 AS position) w ON e.position = w.position WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM ledger_entry WHERE position = 1 RETURNING *) SELECT * FROM gone",
    "UPDATE ledger_checkpoint SET note = ''",
    "DELETE FROM ledger_checkpoint",
    "TRUNCATE ledger_checkpoint",
    "INSERT INTO ledger_checkpoint SELECT MAX(size), '' FROM ledger_checkpoint ON CONFLICT (size) DO UPDATE SET note = ''",
    "INSERT INTO ledger_checkpoint (size, note) VALUES (1, '')",
    "INSERT INTO ledger_checkpoint (size, note) VALUES (9999, '')",
    "UPDATE vault_item SET data = ''",
    "DELETE FROM vault_item",
    "TRUNCATE vault_item",
    "INSERT INTO vault_item SELECT * FROM vault_item ON CONFLICT (commitment, turn) DO UPDATE SET data = ''",
    "INSERT INTO vault_item SELECT * FROM vault_item ON CONFLICT DO NOTHING",
    f"INSERT INTO vault_item ({ITEM}) SELECT commitment, turn, 'text', '', '', '', '', '' FROM vault_removal",
    "UPDATE vault_removal SET entry = 0",
    "DELETE FROM vault_removal",
    "TRUNCATE vault_removal",
    "INSERT INTO vault_removal SELECT commitment, turn, 0 FROM vault_removal ON CONFLICT (commitment, turn) DO UPDATE SET entry = 0",
    "INSERT INTO vault_removal (commitment, turn, entry) SELECT commitment, turn, 9999 FROM vault_item LIMIT 1",
    "INSERT INTO vault_removal (commitment, turn, entry) SELECT commitment, turn, 0 FROM vault_item WHERE kind = 'original'",
]


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Iterator[Mission]:
    """One for all that is refused: nothing of it may leave a trace, which is looked at each time and at the end."""
    address = server.fresh()
    made = fill(founded(tmp_path_factory.mktemp("standing") / "mission", database=address))
    yield made
    whole(made)
    missions.close(made)
    server.drop(address)


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Iterator[Mission]:
    """Brought up to a release that alters all tables of the record, by opening it."""
    address = server.fresh()
    before = fill(founded(tmp_path_factory.mktemp("remade") / "mission", database=address))
    missions.close(before)
    with MORE:
        opened = missions.open_mission(before.folder, ground(9))
    yield opened
    whole(opened)
    missions.close(opened)
    server.drop(address)


def state(mission: Mission) -> list[Any]:
    with stranger(mission) as raw:
        return [raw.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in guards.TABLES]


def refused(mission: Mission, sql: str) -> None:
    import psycopg

    before = state(mission)
    assert all(before), "a table is empty: nothing is shown"
    with pytest.raises(psycopg.IntegrityError, match=RECORD), stranger(mission) as raw:
        raw.execute(sql)
    with connections[mission.alias].cursor() as cursor, pytest.raises(DatabaseError, match=RECORD):
        cursor.execute(sql)
    assert state(mission) == before


@pytest.mark.parametrize("sql", STATEMENTS)
def test_statements_that_alter_the_record_are_refused(standing: Mission, sql: str) -> None:
    refused(standing, sql)


def test_rows_given_in_bulk_and_in_the_manner_of_replication_are_refused_too(standing: Mission) -> None:
    import psycopg

    before = state(standing)
    into = "COPY ledger_entry (position, data, hashes) FROM STDIN"
    with pytest.raises(psycopg.IntegrityError, match=RECORD), stranger(standing) as raw, raw.cursor().copy(into) as copy:
        copy.write_row((1, b"{}", b""))
    with pytest.raises(psycopg.IntegrityError, match=RECORD), stranger(standing) as raw:  # noqa: PT012
        raw.execute("SET session_replication_role = replica")
        raw.execute("DELETE FROM ledger_entry")
    assert state(standing) == before


def test_they_are_refused_after_a_migration_too(remade: Mission) -> None:
    columns = "SELECT column_name FROM information_schema.columns WHERE table_name = 'ledger_entry'"
    assert ("parent_id",) in queries.rows(remade.alias, columns), "the migration did not run"
    for sql in STATEMENTS:
        if "SELECT * FROM vault" not in sql:
            refused(remade, sql)


@pytest.mark.parametrize("which", ["standing", "remade"])
def test_objects_of_django_alter_nothing(request: pytest.FixtureRequest, which: str) -> None:
    mission: Mission = request.getfixturevalue(which)
    before = state(mission)
    for _, act in by_objects():
        with pytest.raises(DatabaseError, match=RECORD), transaction.atomic(using=mission.alias):
            act(mission.alias)
    assert state(mission) == before


def test_a_cascade_takes_no_entries_along(remade: Mission) -> None:
    with MORE:
        apps = MigrationExecutor(connections[remade.alias]).loader.project_state().apps
    parents = apps.get_model("register", "Parent").objects.using(remade.alias)
    assert parents.count() == 1
    with pytest.raises(DatabaseError, match="ledger_entry: entries are never taken out"), transaction.atomic(using=remade.alias):
        parents.all().delete()


@pytest.mark.parametrize("name", guards_postgres.BODIES)
def test_a_missing_guard_is_named_on_opening_and_repaired(standing: Mission, name: str) -> None:
    table = guards_postgres._GUARDS[name][0]
    with stranger(standing) as raw:
        raw.execute(f"DROP TRIGGER {name} ON {table}")
    with pytest.raises(BrokenRecord, match=name):
        missions.open_mission(standing.folder, ground())
    missions.close(missions.open_mission(standing.folder, ground(), repair=True))
    missions.close(missions.open_mission(standing.folder, ground()))


REPLACED = "CREATE OR REPLACE FUNCTION guard_entry_delete() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'"
ALTERED = {
    "its function": ([REPLACED], "guard_entry_delete"),
    "its function's manner": (["ALTER FUNCTION guard_entry_insert() STABLE"], "guard_entry_insert"),
    "its state": (["ALTER TABLE ledger_entry DISABLE TRIGGER guard_entry_update"], "guard_entry_update"),
    "its state for replication": (["ALTER TABLE vault_item ENABLE TRIGGER guard_item_delete"], "guard_item_delete"),
    "its condition": (
        [
            "DROP TRIGGER guard_entry_update ON ledger_entry",
            "CREATE TRIGGER guard_entry_update BEFORE UPDATE ON ledger_entry FOR EACH ROW WHEN (OLD.position < 0) EXECUTE FUNCTION guard_entry_update()",
            "ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER guard_entry_update",
        ],
        "guard_entry_update",
    ),
    "its moment": (
        [
            "DROP TRIGGER guard_item_update ON vault_item",
            "CREATE TRIGGER guard_item_update BEFORE UPDATE OF owner ON vault_item FOR EACH ROW EXECUTE FUNCTION guard_item_update()",
            "ALTER TABLE vault_item ENABLE ALWAYS TRIGGER guard_item_update",
        ],
        "guard_item_update",
    ),
    "a stranger": (
        ["CREATE TRIGGER quiet BEFORE INSERT ON vault_item FOR EACH ROW EXECUTE FUNCTION guard_item_update()"],
        "quiet",
    ),
    "a rule": (["CREATE RULE hush AS ON DELETE TO ledger_entry DO INSTEAD NOTHING"], "hush"),
}
BACK = [
    "DROP TRIGGER IF EXISTS quiet ON vault_item",
    "DROP RULE IF EXISTS hush ON ledger_entry",
    "ALTER FUNCTION guard_entry_insert() VOLATILE",
]


@pytest.mark.parametrize("what", ALTERED)
def test_what_was_altered_is_named(standing: Mission, what: str) -> None:
    statements, named = ALTERED[what]
    with stranger(standing) as raw:
        for sql in statements:
            raw.execute(sql)
    with pytest.raises(BrokenRecord, match=named):
        missions.open_mission(standing.folder, ground())
    with stranger(standing) as raw:
        for sql in BACK:
            raw.execute(sql)
    guards.make(standing.alias)
    missions.close(missions.open_mission(standing.folder, ground()))


def test_settings_of_the_connection_are_looked_at(standing: Mission) -> None:
    for setting, value in (("synchronous_commit", "off"), ("search_path", "pg_temp"), ("session_replication_role", "replica")):
        with connections[standing.alias].cursor() as cursor:
            cursor.execute(f"SET {setting} = {value}")
        with pytest.raises(BrokenRecord, match=setting):
            guards.check(standing.alias)
        with connections[standing.alias].cursor() as cursor:
            cursor.execute(f"RESET {setting}")
    guards.check(standing.alias)


def test_a_record_of_a_later_release_is_not_opened(remade: Mission) -> None:
    with pytest.raises(Refusal, match="mission_newer"):
        missions.open_mission(remade.folder, ground())


def test_the_mission_goes_on_after_the_migration(remade: Mission) -> None:
    import random

    from merestone.register.record import writing
    from tests.register.doing import Doing

    size = queries.counts(remade)["entries"]
    with writing(remade) as desk:
        desk.add(Doing(desk, random.Random(2)).received())
    assert queries.counts(remade)["entries"] == size + 1

"""A record that is only looked at: broken text is read by every thread, and nothing can be altered."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from django.db import DatabaseError, connections

from merestone.ledger.terms import BrokenRecord
from merestone.register import configure, queries
from merestone.register.audit import verify
from merestone.register.configure import path_of
from merestone.register.known import as_known
from merestone.register.mission import close, open_broken
from tests.register.conftest import founded, ground
from tests.register.test_rebuild import do

SINCE_THE_FIRST = {"claim": ("near", "first", "last", "south", "north", "west", "east"), "mission": ("weights",)}


def test_text_that_is_no_text_is_read_by_every_thread(tmp_path: Path) -> None:
    mission = founded(tmp_path / "mission")
    close(mission)
    told = sqlite3.connect(path_of(mission.folder, "sqlite"))
    told.execute("UPDATE account SET name = CAST(x'ff41' AS TEXT) WHERE id = 'ACC-001'")
    told.commit()
    told.close()
    looked = open_broken(mission.folder, ground())
    found: list[str] = []

    def look() -> None:
        found.append(next(each.name for each in queries.accounts(looked) if each.id == "ACC-001"))
        connections[looked.alias].close()

    look()
    for _ in range(2):
        other = Thread(target=look)
        other.start()
        other.join()
    look()
    with pytest.raises(DatabaseError), connections[looked.alias].cursor() as cursor:
        cursor.execute("DELETE FROM account")
    close(looked)
    assert found == ["\\xffA"] * 4


def altered(database: Path, *statements: str) -> None:
    told = sqlite3.connect(database)
    for each in statements:
        told.execute(each)
    told.commit()
    told.execute("PRAGMA journal_mode = DELETE")
    told.close()


def test_a_mission_of_an_earlier_release_is_verified_where_nobody_can_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mission = founded(tmp_path / "mission")
    do(mission, ["received", "proposed", "recorded", "linked", "noted"], 11)
    known = [row.ref for row in queries.claims(mission)]
    close(mission)
    database = path_of(mission.folder, "sqlite")
    dropped = [f'ALTER TABLE {table} DROP COLUMN "{column}"' for table, columns in SINCE_THE_FIRST.items() for column in columns]
    altered(database, "DROP INDEX claim_place", "DROP INDEX incident_running", *dropped)
    with pytest.raises(BrokenRecord, match="another row, or none"):
        verify(mission.folder)  # the columns are to be there: their migrations were applied
    altered(database, "DELETE FROM django_migrations WHERE app = 'register' AND name > '0003'")
    asked, was = os.access, database.read_bytes()
    monkeypatch.setattr(configure.os, "access", lambda path, mode: mode != os.W_OK and asked(path, mode))
    told = {step.number: step.found for step in verify(mission.folder).steps}
    assert told["11"].endswith("; 8 columns that a later release added are not there yet")
    looked = open_broken(mission.folder, ground())
    with as_known(looked, datetime(2100, 1, 1, tzinfo=UTC)) as then:
        assert [row.ref for row in queries.claims(then)] == known
    close(looked)
    assert database.read_bytes() == was
    altered(database, "UPDATE account SET name = 'Nobody' WHERE id = 'ACC-001'")
    with pytest.raises(BrokenRecord, match="in the table account"):
        verify(mission.folder)

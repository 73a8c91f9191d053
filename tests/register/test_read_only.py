"""A record that is only looked at: broken text is read by every thread, and nothing can be altered."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from threading import Thread

import pytest
from django.db import DatabaseError, connections

from merestone.register import queries
from merestone.register.configure import path_of
from merestone.register.mission import close, open_broken
from tests.register.conftest import founded, ground


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

"""A record that is broken, a disk that cannot be written and a hand that slipped: what can be read is read, and the words say what it is."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from merestone.register import configure
from tests.cli.conftest import ADMINISTRATOR, ANALYST, MONITOR, REVIEWER, SECOND, Run

FORM = {
    "position": {"place": "keldholt"},
    "means": "heard",
    "what": "explosion",
    "window": {"from": "2031-05-18T21:00-02:00"},
    "words": "dull",
}


def altered(mission: Path, *statements: str) -> None:
    with sqlite3.connect(mission / "record.sqlite3") as connection:
        for sql in statements:
            connection.execute(sql)
    connection.close()


def test_a_broken_record_is_read_and_not_written(run: Run, made: Path) -> None:
    whole = run("-C", made, "list", "accounts")[1]
    altered(made, "DROP TRIGGER guard_entry_update")
    for arguments in (("list", "accounts"), ("user", "list")):
        code, out, err = run("-C", made, *arguments)
        assert (code, out) == (3, whole)
        assert "guard_entry_update" in err
    code, out, err = run("-C", made, "user", "add", "Bo", "--role", "monitor", "--as", ADMINISTRATOR)
    assert (code, out) == (3, "")
    assert run("-C", made, "checkpoint")[:2] == (3, "")  # a head that is not whole is given to nobody


def test_what_is_explained_of_a_broken_record(run: Run, read: Path) -> None:
    incident = first(run, read)
    altered(read, "DROP TRIGGER guard_item_delete")
    code, out, err = run("-C", read, "explain", incident)
    assert code == 3
    assert "What was done to it:" in out
    assert "guard_item_delete" in err


def first(run: Run, mission: Path) -> str:
    return str(json.loads(run("-C", mission, "list", "incidents", "--json")[1])[0]["id"])


@pytest.mark.parametrize("sql", ["DELETE FROM mission", "UPDATE account SET roles = 'x'", "DELETE FROM account"])
def test_tables_of_which_nothing_is_left_are_made_again(run: Run, made: Path, sql: str) -> None:
    whole = run("-C", made, "list", "accounts")[1]
    altered(made, sql)
    assert run("-C", made, "user", "add", "Bo", "--role", "monitor", "--as", ADMINISTRATOR)[0] in (2, 3)
    assert run("-C", made, "verify")[0] == 3
    assert run("-C", made, "rebuild")[0] == 0
    assert run("-C", made, "list", "accounts")[:2] == (0, whole)


def test_a_table_that_is_gone_is_told(run: Run, read: Path) -> None:
    altered(read, "DROP TABLE decision")
    for arguments in (("list", "decisions"), ("rebuild",), ("verify",)):
        code, _, err = run("-C", read, *arguments)
        assert code == 3
        assert "no such table: decision" in err


def test_an_empty_file_is_no_record_and_none_is_made_of_it(run: Run, made: Path) -> None:
    (made / "record.sqlite3").write_bytes(b"")
    for other in made.glob("record.sqlite3-*"):
        other.unlink()
    for arguments in (("list", "accounts"), ("rebuild",), ("verify",)):
        assert run("-C", made, *arguments)[0] == 3
    with sqlite3.connect(made / "record.sqlite3") as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    connection.close()


def test_a_record_without_one_entry(run: Run, read: Path) -> None:
    incident = first(run, read)
    down = [f"DROP TRIGGER guard_{table}_delete" for table in ("entry", "checkpoint")]
    altered(read, *down, "DELETE FROM ledger_entry", "DELETE FROM ledger_checkpoint")
    run("-C", read, "rebuild", "--repair")
    for arguments in (("list", "exhibits"), ("explain", incident), ("list", "entries")):
        assert run("-C", read, *arguments)[0] == 3


def test_where_nobody_can_write_a_mission_can_still_be_read(run: Run, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run("-C", made, "list", "accounts")[1]
    asked = os.access
    monkeypatch.setattr(configure.os, "access", lambda path, mode: mode != os.W_OK and asked(path, mode))
    assert run("-C", made, "verify")[0] == 0
    assert not list(made.glob("record.sqlite3-*"))  # nothing was laid beside it, as nothing could be
    monkeypatch.setattr("merestone.register.mission.connect", lambda _: configure.connect(str(made / "nowhere" / "record.sqlite3")))
    assert run("-C", made, "list", "accounts")[:2] == (0, whole)
    code, _, err = run("-C", made, "user", "add", "Bo", "--role", "monitor", "--as", ADMINISTRATOR)
    assert code == 2
    assert "[cannot_write]" in err


def test_nothing_is_drafted_where_its_files_cannot_go(run: Run, read: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    for place in (tmp_path / "taken", tmp_path / "taken" / "in"):
        code, out, err = run("-C", read, "report", "--out", place, "--as", ANALYST)
        assert (code, out) == (2, "")
        assert "[cannot_write]" in err
    assert json.loads(run("-C", read, "list", "editions", "--json")[1]) == []
    assert sorted(tmp_path.iterdir()) == [tmp_path / "mission", tmp_path / "taken"]


def test_bytes_that_are_no_text_are_refused(run: Run, made: Path, tmp_path: Path) -> None:
    odd = os.fsdecode(b"\xff")
    for arguments in (
        ("-C", made, "note", "MIS-0000-0000", odd, "--as", ANALYST),
        ("-C", made, "user", "close", MONITOR, "--reason", odd, "--as", ADMINISTRATOR),
        ("init", tmp_path / "new", "--pack", "teaching", "--as", odd),
        ("init", tmp_path / "new", "--pack", "teaching", "--as", "Ada", "--title", odd),
    ):
        code, _, err = run(*arguments)
        assert code == 2
        assert "[undecodable]" in err
    assert not (tmp_path / "new").exists()


def test_a_key_that_was_copied_from_paper(run: Run, made: Path, tmp_path: Path) -> None:
    key = (made / "keys" / "verifier").read_text(encoding="ascii").strip()
    assert run("-C", made, "verify", "--key", "\u200b".join(key[at : at + 4] for at in range(0, len(key), 4)))[0] == 0


def test_a_file_that_is_no_checkpoint_breaks_no_record(run: Run, made: Path, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear all,\n", encoding="utf-8")
    code, _, err = run("-C", made, "verify", "--since", tmp_path / "letter")
    assert code == 2
    assert "[checkpoint_unfit]" in err


def test_a_reader_who_closed_the_door_before(made: Path) -> None:
    code = "import os, sys; os.close(1); sys.stdout = None; from merestone.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run([sys.executable, "-c", code, "-C", made, "list", "accounts"], stderr=subprocess.PIPE, check=False)
    assert done.returncode == 0, done.stderr


def test_what_was_perceived_can_be_read_again(run: Run, made: Path, tmp_path: Path) -> None:
    (tmp_path / "seen.json").write_text(json.dumps(FORM), encoding="utf-8")
    number = run("-C", made, "observe", tmp_path / "seen.json", "--as", MONITOR)[1].split()[0]
    code, out, _ = run("-C", made, "explain", number)
    assert code == 0
    assert "dull" in out
    assert "observed" in out
    erased = ("erase", number, "--authority", "order 17", "--reason", "asked", "--second", SECOND, "--as", REVIEWER)
    assert run("-C", made, *erased)[0] == 0
    out = run("-C", made, "explain", number)[1]
    assert "dull" not in out
    assert "erased on the authority of “order 17” (“asked”)" in out

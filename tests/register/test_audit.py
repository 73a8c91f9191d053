"""One byte altered anywhere in the record is found, and the entry that it belongs to is named."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register import mission as missions
from merestone.register import queries
from merestone.register.audit import verify
from merestone.register.record import writing
from merestone.register.terms import Mission
from tests.register.conftest import PASSPHRASE, founded, ground
from tests.register.doing import Doing
from tests.register.test_rebuild import do

COLUMNS = {
    "ledger_entry": ("position", "data", "hashes"),
    "ledger_checkpoint": ("size", "note"),
    "vault_item": ("commitment", "turn", "kind", "owner", "key", "data", "wrapped", "fingerprint"),
    "vault_removal": ("commitment", "turn", "entry"),
}
EVERY = [(table, column) for table, columns in COLUMNS.items() for column in columns]
NAMED = re.compile(r"(entry|checkpoint) \d+|the item [0-9a-f\\x]+")


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed mission with open, sealed and erased items. Its vault is under a passphrase that nobody gives: nothing sealed is opened."""
    made = founded(tmp_path_factory.mktemp("standing") / "mission", passphrase=PASSPHRASE)
    do(made, ["received"] * 5 + ["proposed", "recorded", "linked", "protected", "erased", "drafted", "noted", "judged"], 11)
    missions.close(made)
    verify(made.folder)
    return made.folder


def altered(folder: Path, place: tuple[str, str], pick: tuple[int, int, int]) -> bool:
    """Flips one bit of one value, the guards taken down and put up again. False where nothing could be flipped."""
    (table, column), (row, byte, bit) = place, pick
    with closing(sqlite3.connect(folder / "record.sqlite3")) as raw, raw:
        guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        sql = f"SELECT rowid, typeof({column}), CAST({column} AS BLOB) FROM {table} WHERE LENGTH({column}) > 0 ORDER BY rowid"
        found = raw.execute(sql).fetchall()
        rowid, kind, value = found[row % len(found)]
        try:
            if kind == "integer":
                raw.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (int(value) ^ 1 << bit, rowid))
            else:
                flipped = bytearray(value)
                flipped[byte % len(value)] ^= 1 << bit
                raw.execute(f"UPDATE {table} SET {column} = CAST(? AS {kind}) WHERE rowid = ?", (bytes(flipped), rowid))
        except sqlite3.IntegrityError:  # another row has that key: the database itself refused
            raw.rollback()
            return False
        for _, guard in guards:
            raw.execute(guard)
    return True


def found_in(folder: Path) -> str:
    with pytest.raises(BrokenRecord) as raised:
        verify(folder)
    return raised.value.where


@pytest.mark.parametrize("place", EVERY, ids=".".join)
def test_one_flip_in_every_column_is_found(standing: Path, tmp_path: Path, place: tuple[str, str]) -> None:
    for number in range(2):
        copy = tmp_path / str(number)
        shutil.copytree(standing, copy)
        assert altered(copy, place, (number * 7, number * 5, 7 - number))
        assert NAMED.fullmatch(found_in(copy))


@settings(max_examples=120)
@given(place=st.sampled_from(EVERY), pick=st.tuples(st.integers(0, 99), st.integers(0, 5000), st.integers(0, 7)))
def test_any_flip_is_found(
    standing: Path, tmp_path_factory: pytest.TempPathFactory, place: tuple[str, str], pick: tuple[int, int, int]
) -> None:
    copy = tmp_path_factory.mktemp("flip") / "mission"
    shutil.copytree(standing, copy)
    try:
        assume(altered(copy, place, pick))
        assert NAMED.fullmatch(found_in(copy))
    finally:
        shutil.rmtree(copy)


def taken_out(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "record.sqlite3")) as raw, raw:
        guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
        for _, guard in guards:
            raw.execute(guard)


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("DELETE FROM ledger_entry WHERE position = (SELECT MAX(position) FROM ledger_entry)", r"checkpoint \d+"),
        ("DELETE FROM ledger_entry WHERE position = 9", "entry 9"),
        ("DELETE FROM ledger_checkpoint WHERE size = (SELECT MAX(size) FROM ledger_checkpoint)", r"entry \d+"),
        ("DELETE FROM ledger_checkpoint", r"the checkpoints"),
        ("UPDATE vault_item SET data = (SELECT data FROM vault_item WHERE kind = 'name' LIMIT 1) WHERE kind = 'title'", "entry 0"),
        ("DELETE FROM vault_item WHERE kind = 'title'", "entry 0"),
        ("DELETE FROM vault_item WHERE wrapped <> x''", r"entry \d+"),
        ("DELETE FROM vault_removal", r"the removals of the vault|entry \d+"),
        ("INSERT INTO vault_item SELECT 'ab', 0, kind, owner, key, data, wrapped, '' FROM vault_item LIMIT 1", "the item ab"),
        ("INSERT INTO vault_removal SELECT commitment, 0, 0 FROM vault_item LIMIT 1", r"entry \d+|the removals of the vault"),
        ("UPDATE vault_item SET turn = turn + 1 WHERE kind = 'title'", "entry 0"),
    ],
)
def test_what_was_taken_out_or_put_in_is_found(standing: Path, tmp_path: Path, statement: str, where: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(standing, copy)
    taken_out(copy, statement)
    assert re.fullmatch(where, found_in(copy))


def test_a_cut_tail_is_found_only_by_who_kept_a_checkpoint(standing: Path, tmp_path: Path) -> None:
    """The last writing taken out with its checkpoint, items and rows: nothing inside tells of it."""
    copy = tmp_path / "copy"
    shutil.copytree(standing, copy)
    before = missions.open_mission(copy, ground(5))
    with writing(before) as desk:
        desk.add(Doing(desk, random.Random(1)).noted())
    size, note = queries.head(before)
    missions.close(before)
    assert verify(copy, since=note).steps[6].checked
    last = f"(SELECT commitment FROM vault_item WHERE instr((SELECT data FROM ledger_entry WHERE position = {size - 1}), CAST(commitment AS BLOB)))"
    cut = (f"DELETE FROM vault_item WHERE commitment = {last}", f"DELETE FROM ledger_entry WHERE position = {size - 1}",
           f"DELETE FROM ledger_checkpoint WHERE size = {size}", f"DELETE FROM remark WHERE entry = {size - 1}")  # fmt: skip
    taken_out(copy, *cut)
    verify(copy)
    with pytest.raises(BrokenRecord, match="kept from before"):
        verify(copy, since=note)


def test_steps_are_numbered_and_what_was_not_looked_into_is_told(standing: Path) -> None:
    told = verify(standing)
    assert [step.number for step in told.steps] == [str(number) for number in range(1, 13)]
    assert [step.number for step in told.steps if not step.checked] == ["7", "9", "12"]
    opened = missions.open_mission(standing, ground(5), PASSPHRASE)
    with_all = verify(opened, opened.keys.verifier, queries.head(opened)[1])
    assert all(step.checked for step in with_all.steps)
    missions.close(opened)


def test_another_key_is_not_this_missions(standing: Path, tmp_path: Path) -> None:
    other = founded(tmp_path / "other", seed=99)
    with pytest.raises(BrokenRecord):
        verify(standing, other.keys.verifier)
    missions.close(other)


def test_verifying_writes_nothing(standing: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(standing, copy)
    before = (copy / "record.sqlite3").read_bytes()
    verify(copy)
    assert (copy / "record.sqlite3").read_bytes() == before


def test_a_file_that_is_no_database_is_broken_and_one_that_is_missing_refused(standing: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(standing, copy)
    (copy / "record.sqlite3").write_bytes(b"x" * 5000)
    with pytest.raises(BrokenRecord, match="database"):
        verify(copy)
    with pytest.raises(BrokenRecord, match="database"):
        missions.open_mission(copy, ground())
    (copy / "record.sqlite3").unlink()
    for ask in (verify, lambda folder: missions.open_mission(folder, ground())):
        with pytest.raises(Refusal, match="record_missing"):
            ask(copy)
    assert not (copy / "record.sqlite3").exists()


def test_an_altered_pack_is_found(standing: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(standing, copy)
    places = copy / "pack" / "teaching" / "places.csv"
    places.write_bytes(places.read_bytes() + b"\n")
    for ask in (verify, lambda folder: missions.open_mission(folder, ground())):
        with pytest.raises(BrokenRecord, match="the mission's pack"):
            ask(copy)


def test_a_mission_is_verified_while_it_is_written_to(mission: Mission) -> None:
    with writing(mission) as desk:
        desk.add(Doing(desk, random.Random(1)).received())
        desk.flush()
        assert verify(mission).steps[0].found == "7 entries"

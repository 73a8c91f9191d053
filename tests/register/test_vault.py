"""The vault's rows: what is kept is what was committed to, and no altering of them passes the look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction

from merestone.ledger.audit import audit
from merestone.ledger.terms import BrokenRecord, Refusal, Row
from merestone.register import guards, people, queries, receive, vault
from merestone.register import mission as missions
from merestone.register import protect as protecting
from merestone.register.configure import rows
from merestone.register.erase import Erasing, erase
from merestone.register.look import Look
from merestone.register.record import record
from merestone.register.terms import Act, Keys, Mission
from tests.register.cast import MONITOR, REVIEWER, SECOND
from tests.register.conftest import founded
from tests.register.told import judged, received, words, worked_on

ITEM = ("commitment", "turn", "kind", "owner", "key", "data", "wrapped", "fingerprint")
REMOVAL = ("commitment", "turn", "entry")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mission]:
    """A mission in which things were kept, sealed, opened again and erased. Tests leave it as they found it."""
    folder = tmp_path_factory.mktemp("lived")
    mission = founded(folder / "mission")
    told = {tag: worked_on(mission, folder, tag) for tag in ("Brook", "Ferry", "Quay", "Mill")}
    judged(mission, told["Brook"], told["Ferry"], "Brook")
    (folder / "odd of Brook.xyz").write_bytes(b"")
    list(receive.receive(mission, MONITOR, [folder / "odd of Brook.xyz"], receive.Options()))
    for tag in ("Ferry", "Quay"):
        protecting.protect(mission, MONITOR, told[tag].exhibit, "they asked for it")
    protecting.lift(mission, REVIEWER, SECOND, told["Quay"].exhibit, "they agree")
    protecting.protect(mission, MONITOR, told["Mill"].exhibit, "they asked for it")
    erase(mission, REVIEWER, Erasing(told["Mill"].exhibit, "an order", "asked", SECOND))
    yield mission
    missions.close(mission)


def looked(alias: str, keys: Keys, verifier: str) -> Look:
    look = Look(alias, keys)
    entries = (
        Row(at, bytes(data), bytes(hashes))
        for at, data, hashes in rows(alias, "SELECT position, data, hashes FROM ledger_entry ORDER BY 1")
    )
    notes = ((size, bytes(note)) for size, note in rows(alias, "SELECT size, note FROM ledger_checkpoint ORDER BY 1"))
    audit(entries, notes, verifier, look)
    look.finish()
    return look


def without_passphrase(keys: Keys) -> Keys:
    return Keys(keys.signer, keys.vault_public, None, keys.fingerprint)


@contextmanager
def altered(mission: Mission) -> Iterator[Callable[..., None]]:
    """Runs SQL as somebody would who may write the file and takes the guards down first. All of it is undone."""
    with transaction.atomic(using=mission.alias), connections[mission.alias].cursor() as cursor:
        for name in guards.TRIGGERS:
            cursor.execute(f"DROP TRIGGER {name}")
        yield lambda sql, *values: cursor.execute(sql, values)
        transaction.set_rollback(True, using=mission.alias)


def flipped(value: Any) -> list[Any]:
    """The same with one digit, letter or bit another: at the beginning, in the middle, at the end; and what was none, there."""
    if isinstance(value, int):
        return [value + 1, value - 1]
    if isinstance(value, str):
        return (
            [value[:at] + ("0" if value[at] != "0" else "1") + value[at + 1 :] for at in {0, len(value) // 2, len(value) - 1}]
            if value
            else ["0"]
        )
    data = bytes(value)
    return [data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :] for at in {0, len(data) // 2, len(data) - 1}] if data else [b"\0"]


def test_all_is_well_before_anything_is_altered(lived: Mission) -> None:
    look = looked(lived.alias, lived.keys, lived.keys.verifier)
    assert look.sealed == look.opened > 5
    shut = looked(lived.alias, without_passphrase(lived.keys), lived.keys.verifier)
    assert (shut.sealed, shut.opened) == (look.sealed, 0)
    assert {int(turn) for (turn,) in rows(lived.alias, "SELECT turn FROM vault_item")} == {0, 1, 2}


@pytest.mark.parametrize("column", ITEM)
@pytest.mark.parametrize("passphrase", [True, False], ids=["with the passphrase", "without"])
def test_every_altered_item_is_found(lived: Mission, column: str, passphrase: bool) -> None:
    keys = lived.keys if passphrase else without_passphrase(lived.keys)
    kept = rows(lived.alias, f"SELECT commitment, {column} FROM vault_item")
    count = 0
    for commitment, value in kept:
        for other in flipped(value):
            count += 1
            with altered(lived) as run:
                run(f"UPDATE vault_item SET {column} = %s WHERE commitment = %s", other, commitment)
                with pytest.raises(BrokenRecord, match=r"entry \d+|the item|the removal"):
                    looked(lived.alias, keys, lived.keys.verifier)
    assert count >= len(kept) > 30


@pytest.mark.parametrize("column", REMOVAL)
def test_every_altered_removal_is_found(lived: Mission, column: str) -> None:
    for number, value in rows(lived.alias, f"SELECT rowid, {column} FROM vault_removal"):
        for other in flipped(value):
            with altered(lived) as run:
                try:
                    run(f"UPDATE vault_removal SET {column} = %s WHERE rowid = %s", other, number)
                except IntegrityError:
                    continue  # there is such a one already
                with pytest.raises(BrokenRecord, match=r"entry \d+|removal"):
                    looked(lived.alias, lived.keys, lived.keys.verifier)


def test_nothing_goes_or_comes_without_an_act(lived: Mission) -> None:
    open_one, sealed_one = (
        rows(lived.alias, f"SELECT commitment FROM vault_item WHERE kind = 'original' AND length(wrapped) {how} 0")[0][0]
        for how in ("=", ">")
    )
    was_there = rows(lived.alias, "SELECT commitment, turn FROM vault_removal WHERE commitment NOT IN (SELECT commitment FROM vault_item)")[
        0
    ]
    new = vault.item(lived, "note", "", b"nobody wrote this")
    for sql, values in (
        ("DELETE FROM vault_item WHERE commitment = %s", (open_one,)),
        ("DELETE FROM vault_item WHERE commitment = %s", (sealed_one,)),
        ("DELETE FROM vault_removal WHERE commitment = %s", (was_there[0],)),
        ("DELETE FROM vault_removal WHERE commitment = (SELECT MAX(commitment) FROM vault_removal) OR %s", (False,)),
        ("INSERT INTO vault_removal (commitment, turn, entry) VALUES (%s, 0, 3)", ("f" * 64,)),
        ("INSERT INTO vault_removal (commitment, turn, entry) VALUES (%s, 0, 3)", (open_one,)),
        (f"INSERT INTO vault_item ({', '.join(ITEM)}) VALUES (%s, 0, 'note', '', %s, %s, x'', '')", (new.commitment, new.key, new.data)),
        (f"INSERT INTO vault_item ({', '.join(ITEM)}) VALUES (%s, 5, 'original', 'EXH', x'', x'01', x'', '')", (open_one,)),
        (f"INSERT INTO vault_item ({', '.join(ITEM)}) VALUES (%s, %s, 'original', 'EXH', x'', x'01', x'', '')", was_there),
    ):
        with altered(lived) as run:
            run(sql, *values)
            with pytest.raises(BrokenRecord):
                looked(lived.alias, lived.keys, lived.keys.verifier)


def test_a_sealed_item_cannot_be_opened_or_sealed_again_without_an_act(lived: Mission) -> None:
    (name,) = rows(lived.alias, "SELECT commitment FROM vault_item WHERE kind = 'text' AND length(wrapped) > 0")[0]
    known = vault.stored_item(lived, name)
    again = vault.sealed(lived, known)
    assert again.sealed is not None
    for key, data, wrapped in ((known.key, known.data, b""), (b"", again.sealed.cipher, again.sealed.wrapped)):
        with altered(lived) as run:
            run("UPDATE vault_item SET key = %s, data = %s, wrapped = %s WHERE commitment = %s", key, data, wrapped, name)
            with pytest.raises(BrokenRecord, match=r"entry \d+"):
                looked(lived.alias, without_passphrase(lived.keys), lived.keys.verifier)


def test_two_items_cannot_be_exchanged(lived: Mission) -> None:
    one, two = rows(lived.alias, "SELECT commitment, key, data FROM vault_item WHERE kind = 'reading' AND length(wrapped) = 0")[:2]
    with altered(lived) as run:
        for (name, *_), (_, key, data) in ((one, two), (two, one)):
            run("UPDATE vault_item SET key = %s, data = %s WHERE commitment = %s", key, data, name)
        with pytest.raises(BrokenRecord, match=r"entry \d+"):
            looked(lived.alias, lived.keys, lived.keys.verifier)


def test_another_fingerprint_key_is_found(lived: Mission) -> None:
    keys = Keys(lived.keys.signer, lived.keys.vault_public, lived.keys.vault, b"\1" * 32)
    with pytest.raises(BrokenRecord, match="fingerprint"):
        looked(lived.alias, keys, lived.keys.verifier)


def test_guards_refuse_what_no_act_asked_for(mission: Mission, tmp_path: Path) -> None:
    told = received(mission, tmp_path, "Brook")
    name = queries.exhibit(mission, told.exhibit).original
    for sql in (
        "DELETE FROM vault_item WHERE commitment = %s",
        "UPDATE vault_item SET data = x'00' WHERE commitment = %s",
        "INSERT INTO vault_removal (commitment, turn, entry) VALUES (%s, 0, 0)",
    ):
        with pytest.raises((IntegrityError, OperationalError)), connections[mission.alias].cursor() as cursor:
            cursor.execute(sql, (name,))
    with pytest.raises(IntegrityError), transaction.atomic(using=mission.alias):
        vault.put(mission.alias, [vault.stored_item(mission, name)])


def test_what_was_put_is_read_and_asked_for(mission: Mission, tmp_path: Path) -> None:
    told = received(mission, tmp_path, "Brook")
    row, text = queries.exhibit(mission, told.exhibit), words("Brook")["text"].encode()
    assert vault.read(mission, row.original) == vault.open_item(mission.alias, row.original) == text
    assert set(vault.held(mission, told.exhibit)) == {(row.original, "original"), (row.text, "text"), (row.about, "about")}
    assert vault.by_fingerprint(mission, vault.fingerprint(mission, text)) == told.exhibit
    assert vault.by_fingerprint(mission, vault.fingerprint(mission, text + b".")) == ""
    assert vault.by_fingerprint(mission, "") == ""
    assert not vault.is_sealed(mission.alias, row.original)
    assert vault.open_item(mission.alias, "0" * 64) is None
    with pytest.raises(BrokenRecord):
        vault.read(mission, "0" * 64)


def test_an_item_that_was_altered_is_not_read(lived: Mission) -> None:
    (name,) = rows(lived.alias, "SELECT commitment FROM vault_item WHERE kind = 'reading' AND length(wrapped) = 0")[0]
    with altered(lived) as run:
        run("UPDATE vault_item SET data = %s WHERE commitment = %s", b"{}", name)
        with pytest.raises(BrokenRecord, match=name):
            vault.read(lived, name)


def test_no_two_items_have_a_key_or_a_commitment_in_common(mission: Mission) -> None:
    made = [vault.item(mission, "note", "", b"the same words") for _ in range(50)]
    assert len({each.key for each in made}) == len({each.commitment for each in made}) == 50


def test_a_note_on_a_protected_exhibit_can_be_sealed_from_the_start(mission: Mission, tmp_path: Path) -> None:
    told = received(mission, tmp_path, "Brook")
    protecting.protect(mission, MONITOR, told.exhibit, "they asked for it")
    note = vault.item(mission, "note", told.exhibit, b"their name is Quillfeather", protected=True)
    record(mission, [Act("noted", people.who(mission, MONITOR).id, {"subject": told.exhibit, "note": note.commitment}, items=(note,))])
    assert b"Quillfeather" not in (mission.folder / "record.sqlite3").read_bytes() + (mission.folder / "record.sqlite3-wal").read_bytes()
    protecting.lift(mission, REVIEWER, SECOND, told.exhibit, "they agree")
    assert vault.open_item(mission.alias, note.commitment) == b"their name is Quillfeather"


def test_what_is_erased_says_by_which_entry(lived: Mission) -> None:
    (name, entry) = rows(
        lived.alias,
        "SELECT commitment, MAX(entry) FROM vault_removal WHERE commitment NOT IN (SELECT commitment FROM vault_item) GROUP BY 1",
    )[0]
    assert vault.removed_by(lived.alias, name) == entry
    with pytest.raises(Refusal, match=f"item_erased .entry: {entry}"):
        vault.read(lived, name)

"""Verifying a mission from its folder alone, step by step; whatever fails raises and nothing is made or mended.

1-7  ledger and vault, as ledger/audit.py numbers them; then nothing lies in the vault that no entry names
8  the database's own pages and the guards of its tables  9  the keys folder is the one that the record names  10  the pack too
11  the tables are what the entries say  12  what was sealed was opened, or is told as not looked into
THE CALLER MUST treat `BrokenRecord` as the end of writing, and MUST bring `vkey` from elsewhere to learn whose record this is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.db import DatabaseError, connections, transaction

from merestone.ledger import audit
from merestone.ledger.terms import BrokenRecord, Refusal, Row, Step, Verified
from merestone.register import guards, keys, packs, queries
from merestone.register.configure import leave, read_only, rows, soundness, trouble, url_of
from merestone.register.look import Look
from merestone.register.mission import KEYS, described
from merestone.register.rebuild import compared
from merestone.register.terms import Keys, Mission, MissionRow


def verify(what: Path | Mission, vkey: str = "", since: bytes = b"") -> Verified:
    """A folder, or an opened mission (then with its keys: sealed items are opened where it was opened with the passphrase).

    Reads one state of the record and hinders nobody. `since` is a checkpoint that somebody kept.
    """
    folder = what if isinstance(what, Path) else what.folder
    told = described(folder)
    ours = what.keys if isinstance(what, Mission) else keys.load(folder / KEYS)
    alias = read_only(url_of(folder, told["database"]))
    try:
        with transaction.atomic(using=alias):
            steps = tuple(_steps(alias, folder, ours, vkey, since))
    except DatabaseError as problem:
        raise trouble(problem) from problem
    finally:
        leave(alias)
    return Verified(told["mission"], steps)


def _steps(alias: str, folder: Path, ours: Keys, vkey: str, since: bytes) -> Iterator[Step]:
    look = Look(alias, ours)
    ledger = audit.audit(_entries(alias), _notes(alias), vkey or ours.verifier, look, since)  # 1-7
    look.finish()
    yield from ledger.steps
    found = soundness(alias)  # 8
    if found not in ("ok", ""):
        raise BrokenRecord("the record's database", "pages and indexes that agree", found)
    there = f"{guards.check(alias, settings=False)} guards, each as we made it"
    yield Step("8", "Pages and guards of the database", there if found else f"{there}; pages and indexes are left to the server")
    row = queries.mission_in(alias)
    keys.belongs(ours, row.verifier, row.vault_key)  # 9
    if vkey:
        yield Step("9", "The keys folder is the one that the record names", "and the key is the one that was given")
    else:
        yield Step(
            "9", "The keys folder is the one that the record names", "the key was not compared with one from elsewhere", checked=False
        )
    yield _pack(folder, row)  # 10
    again = compared(alias)  # 11
    if again.differences:
        first = again.differences[0]
        raise BrokenRecord(
            f"entry {first.entry}", f"the row of {first.key} in the table {first.table} as entries say", "another row, or none"
        )
    lacking = f"; {again.lacking} columns that a later release added are not there yet" if again.lacking else ""
    yield Step("11", "The tables are what the entries say", f"{again.entries} entries replayed{lacking}")
    shut = look.sealed - look.opened  # 12
    told = (
        f"{look.opened} were opened and are right"
        if not shut
        else f"{shut} stay closed: the passphrase was not given; their ciphertext is right"
    )
    yield Step("12", "What is sealed is what was committed to", told if look.sealed else "nothing is sealed", checked=not shut)


def _entries(alias: str) -> Iterator[Row]:
    with connections[alias].chunked_cursor() as cursor:
        cursor.execute("SELECT position, data, hashes FROM ledger_entry ORDER BY position")
        while batch := cursor.fetchmany(2_000):
            for position, data, hashes in batch:
                yield Row(position, _bytes(position, data), _bytes(position, hashes))


def _bytes(position: int, stored: object) -> bytes:
    if not isinstance(stored, (bytes, memoryview)):
        raise BrokenRecord(f"entry {position}", "bytes", type(stored).__name__)
    return bytes(stored)


def _notes(alias: str) -> Iterator[tuple[int, bytes]]:
    for size, note in rows(alias, "SELECT size, note FROM ledger_checkpoint ORDER BY size"):
        if not isinstance(note, (bytes, memoryview)):
            raise BrokenRecord(f"checkpoint {size}", "bytes", type(note).__name__)
        yield int(size), bytes(note)


def _pack(folder: Path, row: MissionRow) -> Step:
    try:
        pack = packs.opened(folder / packs.FOLDER)
    except Refusal as refusal:
        raise BrokenRecord("the mission's pack", f"{row.pack} with digest {row.pack_digest}", str(refusal)) from refusal
    if pack.digest != row.pack_digest:
        waits = folder / packs.NEXT
        if not waits.exists() or packs.opened(waits).digest != row.pack_digest:  # adopted, and stopped before it was put in its place
            raise BrokenRecord("the mission's pack", f"{row.pack} with digest {row.pack_digest}", f"{pack.name} with digest {pack.digest}")
    return Step("10", "The pack is the one that the record names", f"{row.pack}, digest {row.pack_digest}")

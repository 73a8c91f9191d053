"""Checking a whole ledger, from its stored rows alone, in one pass.

1  every entry stands at its position  2  its bytes are canonical and an entry  3  the stored hashes are those of the bytes
4  every stored checkpoint is signed by the key and is this tree's, and the last one covers the last entry
5  every commitment that an entry names is kept, sealed or erased by an act that says so
6  hours that run backwards are told  7  a checkpoint kept from before is still contained
The caller MUST bring a key that did not come with the rows, and MUST treat what is raised as the end of writing.
"""

from __future__ import annotations

import enum
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Protocol

from merestone.ledger.entry import digits_in, entry_of
from merestone.ledger.note import brought, opened, verifier_of
from merestone.ledger.terms import BrokenRecord, Checkpoint, Entry, Refusal, Row, Step, Verified
from merestone.ledger.tree import Frontier, grow

BATCH = 1024  # rows at a time: no ledger is too long for memory

_KEPT = "the checkpoint kept from before"
_HEX_INSIDE = re.compile(rb'"[0-9a-f]{64}"')


class Held(enum.Enum):
    """What became of the 64 hex digits that an entry names."""

    KEPT = "kept and right"
    SEALED = "sealed, its ciphertext right"
    ERASED = "erased by an act that says so"
    DIGEST = "plain digests, which the vault does not keep"


class Look(Protocol):
    """The keeper of the vault. `path` says where in the body the 64 digits stand: "original", "items/0", "files/report.html".

    It MUST raise `BrokenRecord` at "entry N" for a commitment whose bytes are gone without an act, or are other bytes; whether
    digits are a commitment or a plain digest it MUST tell by act and path, never by not finding them.
    """

    def __call__(self, position: int, entry: Entry, path: str, digits: str) -> Held: ...


def audit(rows: Iterable[Row], notes: Iterable[tuple[int, bytes]], vkey: str, look: Look, since: bytes = b"") -> Verified:
    """`rows` by position, `notes` (stored size, note) by size, `since` a note that somebody kept. Raises `BrokenRecord`, or all holds."""
    name = verifier_of(vkey).name
    kept = brought(since, vkey) if since else None
    waiting = _Notes(iter(notes), vkey)
    stream, frontier, held, late, last = iter(rows), Frontier(), Counter[Held](), list[int](), ""
    _compare(frontier, waiting, kept)
    while batch := list(islice(stream, _room(frontier.size, waiting, kept))):
        for position, row in enumerate(batch, frontier.size):
            if row.position != position:  # 1
                raise BrokenRecord(f"entry {position}", f"position {position}", f"position {row.position}")
            entry = _entry(row)  # 2
            if entry.at < last:  # 6
                late.append(position)
            last = entry.at
            if _HEX_INSIDE.search(row.data):  # 5
                held.update(look(position, entry, path, digits) for path, digits in digits_in(entry.body))
        frontier, hashes = grow(frontier, [row.data for row in batch])  # 3
        for row, right in zip(batch, hashes, strict=True):
            if row.hashes != right:
                raise BrokenRecord(f"entry {row.position}", f"hashes {right.hex()}", f"hashes {row.hashes.hex()}")
        _compare(frontier, waiting, kept)
    waiting.end(frontier)  # 4
    if kept and kept.size > frontier.size:  # 7
        raise BrokenRecord(_KEPT, f"at least {kept.size} entries", f"{frontier.size}")
    return Verified(name, tuple(_steps(waiting, held, late, kept)))


class _Notes:
    """The stored checkpoints, taken one by one as the tree grows past them."""

    def __init__(self, notes: Iterator[tuple[int, bytes]], vkey: str) -> None:
        self._notes, self._vkey, self.count, self.size = notes, vkey, 0, 0
        self.next = next(notes, None)

    def check(self, frontier: Frontier) -> None:
        while self.next is not None and self.next[0] <= frontier.size:
            size, note = self.next
            where = f"checkpoint {size}"
            if size < frontier.size:
                raise BrokenRecord(where, f"a size of at least {frontier.size}, since they stand in order", str(size))
            try:
                checkpoint = opened(note, self._vkey)
            except BrokenRecord as broken:
                raise BrokenRecord(where, broken.expected, broken.found) from None
            if checkpoint.size != size:
                raise BrokenRecord(where, f"size {size}", f"size {checkpoint.size}")
            _same(where, checkpoint, frontier)
            self.count, self.size, self.next = self.count + 1, size, next(self._notes, None)

    def end(self, frontier: Frontier) -> None:
        if self.next is not None:
            raise BrokenRecord(f"checkpoint {self.next[0]}", f"at least {self.next[0]} entries", f"{frontier.size}")
        if not self.count:
            raise BrokenRecord("the checkpoints", "a signed checkpoint", "none")
        if self.size != frontier.size:
            raise BrokenRecord(f"entry {self.size}", "a checkpoint that covers it", f"a last checkpoint at size {self.size}")


def _compare(frontier: Frontier, waiting: _Notes, kept: Checkpoint | None) -> None:
    waiting.check(frontier)  # 4
    if kept and kept.size == frontier.size:  # 7
        _same(_KEPT, kept, frontier)


def _room(size: int, waiting: _Notes, kept: Checkpoint | None) -> int:
    """How many rows until the next root is needed."""
    ends = [size + BATCH, *([waiting.next[0]] if waiting.next else []), *([kept.size] if kept and kept.size > size else [])]
    return min(ends) - size


def _entry(row: Row) -> Entry:
    try:
        return entry_of(row.data)
    except Refusal as refusal:
        raise BrokenRecord(f"entry {row.position}", "canonical bytes of an entry", f"{refusal.code}: {refusal.facts['found']}") from None


def _same(where: str, checkpoint: Checkpoint, frontier: Frontier) -> None:
    root = frontier.root()
    if checkpoint.root != root:
        raise BrokenRecord(where, f"root {root.hex()}", f"root {checkpoint.root.hex()}")


def _steps(waiting: _Notes, held: Counter[Held], late: list[int], kept: Checkpoint | None) -> Iterator[Step]:
    entries = f"{waiting.size} entries"
    yield Step("1", "Every entry stands at its position", entries)
    yield Step("2", "The bytes of every entry are canonical", entries)
    yield Step("3", "The stored hashes are those of the bytes", entries)
    yield Step("4", "Every checkpoint is signed and is this tree's", f"{waiting.count} checkpoints, the last over {entries}")
    told = ", ".join(f"{held[each]} {each.value}" for each in Held if held[each])
    yield Step("5", "Every commitment is accounted for", told or "no entry names one")
    back = f"{len(late)} entries bear an hour before that of the entry before them, first entry {late[0]}" if late else "none"
    yield Step("6", "Hours that run backwards", back)
    if kept is None:
        yield Step(
            "7", "A checkpoint kept from before is still contained", "none was given: keep one of today for the next time", checked=False
        )
    else:
        yield Step("7", "A checkpoint kept from before is still contained", f"the one of size {kept.size}")

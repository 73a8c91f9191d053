"""A large corpus of JSON lines, a portion at a time: memory holds some hundred lines, however many there are.

It is gone through twice: first for what one line has to know of the others (which ids are given, who publishes), then to be read.
Two things differ from a small corpus: a refusal stands with its portion, and who publishes a line that is refused is known as a publisher.
"""

from __future__ import annotations

import hashlib
import os
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from merestone.capture import sniff, walk
from merestone.capture.corpus import Entry, json_entry
from merestone.capture.decode import decode
from merestone.capture.limits import Limits
from merestone.ledger.terms import Refusal

_CHUNK = 1 << 20
_FIRST = 1 << 12  # slots


class Ids:
    """Which ids were given, by eight bytes of a digest each: a set of the words would grow with the corpus.

    Two of a million different ids are taken for one with a probability of one in forty million.
    """

    def __init__(self) -> None:
        self._slots, self._count = array("Q", bytes(8 * _FIRST)), 0

    def __contains__(self, given: object) -> bool:
        return isinstance(given, str) and self._slots[self._place(_short(given))] != 0

    def add(self, given: str) -> None:
        at = self._place(short := _short(given))
        if self._slots[at]:
            return
        self._slots[at] = short
        self._count += 1
        if self._count * 3 > len(self._slots) * 2:
            old = self._slots
            self._slots = array("Q", bytes(16 * len(old)))
            for each in old:
                if each:
                    self._slots[self._place(each)] = each

    def _place(self, short: int) -> int:
        """Where it stands, or would stand."""
        slots, last = self._slots, len(self._slots) - 1
        at = short & last
        while slots[at] not in (0, short):
            at = (at + 1) & last
        return at


def _short(given: str) -> int:
    return int.from_bytes(blake2b(given.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") or 1


@dataclass(slots=True)
class Survey:
    """What all lines tell together. `publishers`: of those that are not protected."""

    size: int = 0
    sha256: str = ""
    given: Ids = field(default_factory=Ids)
    publishers: set[str] = field(default_factory=set)


def is_large(found: walk.Found, limits: Limits) -> bool:
    """Is it a corpus of JSON lines that is taken a portion at a time?"""
    if sniff.JSONL not in sniff.expected(found.name):
        return False
    with walk.opened(found) as (descriptor, size):
        return size > limits.streamed_bytes and os.read(descriptor, _CHUNK).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def survey(found: walk.Found, limits: Limits) -> Survey:
    whole, digest = Survey(), hashlib.sha256()
    with walk.opened(found) as (descriptor, _):
        while part := os.read(descriptor, _CHUNK):
            digest.update(part)
            whole.size += len(part)
    whole.sha256 = digest.hexdigest()
    for entry in entries(found, limits):
        if isinstance(entry, Entry):
            if "id" in entry.stated:
                whole.given.add(entry.stated["id"])
            if "publisher" in entry.stated and not entry.protected:
                whole.publishers.add(entry.stated["publisher"])
    return whole


def entries(found: walk.Found, limits: Limits) -> Iterator[Entry | Refusal]:
    """As `corpus.json_entries`, line by line from the file."""
    bad = 0
    for row, line in enumerate(_lines(found, 4 * limits.line_points), 1):
        if line is None:
            told: Entry | Refusal = Refusal("malformed_line", line=row, found="longer than is read", limit=limits.line_points)
        elif not line.strip():
            continue
        else:
            told = json_entry(row, _text(line), limits)
        yield told
        bad += isinstance(told, Refusal)
        if bad >= limits.bad_lines:
            yield Refusal("malformed_line", line=row, found="too many bad lines: the rest was not read")
            return


def _text(line: bytes) -> str:
    try:
        return line.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError:
        return decode(line).text


def _lines(found: walk.Found, longest: int) -> Iterator[bytes | None]:
    """Each line without its end; None for one that is longer than any that is read."""
    with walk.opened(found) as (descriptor, _), os.fdopen(os.dup(descriptor), "rb", buffering=_CHUNK) as stream:
        while line := stream.readline(longest):
            if line.endswith(b"\n"):
                yield line[:-1]
            elif len(line) < longest:
                yield line
            else:
                while len(rest := stream.readline(longest)) == longest and not rest.endswith(b"\n"):
                    pass
                yield None

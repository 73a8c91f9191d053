"""A table of very many places, ready to be looked into without being read: a derived file beside the readable `places.csv`.

It lies in memory as it lies on the disk (mapped, never written); what is looked up is taken apart then. The file is data from outside:
what it says is measured before it is believed, and what does not hold is refused. Its layout: docs/decisions/020-compiled-gazetteer.md.
Does not catch: another program that makes the file shorter while it is mapped.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any, Literal, TypeGuard, overload
from zlib import crc32

from merestone.capture.names import key_rules
from merestone.capture.terms import Place
from merestone.ledger.terms import Refusal

NAME = "places.index"
MAGIC = b"merestone places 1\n"
SECTIONS = ("places", "starts", "slots", "keys", "wide")
WIDE = ("district", "region", "country")
REACH = 64  # slots that are looked at for one key, at most
MAX_BYTES = 2**31
MAX_PLACES = 10_000_000
_MAX_HEADER = 65_536
_MAX_ROW = 1_000_000
_CHUNK = 2**20

# What a key is to a place: its spelling; the same as words of a text are joined; its sounds by the rules of the name's language, and by those of
# any; it may be written without a capital; it lacks the word that says the sort of place; the pack writes it small; it is the id.
EXACT, WORDS, SOUND, ANY, LOWER, BARE, SMALL, ID = (1 << bit for bit in range(8))
HEAD = 1  # of a key: longer ones begin with it

RECORD = struct.Struct("<HBH")  # bytes of the key, HEAD, entries
ENTRY = struct.Struct("<IB")  # number of the place, what the key is to it


class PlaceIndex:
    """One open file. `open_index` makes it; numbers count places from 0 in the order of the pack."""

    def __init__(self, path: Path, header: Mapping[str, Any], digest: str) -> None:
        self.path, self.digest = path, digest
        self.count, self.longest, self.countries = int(header["count"]), int(header["longest"]), tuple(header["countries"])
        with path.open("rb") as stream:
            self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self._view = memoryview(self._map)
        spans, at = {}, int(header["at"])
        for name, size in zip(SECTIONS, header["sizes"], strict=True):
            spans[name] = (at, at + size)
            at += size
        self._rows, self._keys = spans["places"], spans["keys"]
        self._starts, self._slots = self._part(spans["starts"], "Q"), self._part(spans["slots"], "Q")
        self.wide = self._part(spans["wide"], "I")
        self._mask = len(self._slots) - 1
        self._look = lru_cache(maxsize=100_000)(self._looked_up)
        self.place = lru_cache(maxsize=50_000)(self._place)

    def _part(self, span: tuple[int, int], form: Literal["Q", "I"]) -> Sequence[int]:
        return self._view[span[0] : span[1]].cast(form)

    def ids(self, key: str, flags: int) -> tuple[str, ...]:
        """The places to which the key is one of these."""
        return tuple([self._ident(number) for number, what in self._look(key)[0] if what & flags])

    def number(self, ident: str) -> int | None:
        return next((number for number, what in self.entries("\0" + ident) if what & ID), None)

    def entries(self, key: str) -> tuple[tuple[int, int], ...]:
        """Numbers of places, and what the key is to each."""
        return self._look(key)[0]

    def leads(self, key: str) -> tuple[bool, bool]:
        """Whether it is a key or the beginning of one, and whether longer keys begin with it, at a space."""
        return self._look(key)[1:]

    def spelled(self, key: str) -> tuple[tuple[str, ...], bool]:
        """The places of which this is a spelling, and whether longer keys begin with it. Remembers nothing: whoever asks, does."""
        found, _, longer = self._looked_up(key)
        return tuple([self._ident(number) for number, what in found if what & EXACT]) if found else (), longer

    def _looked_up(self, key: str) -> tuple[tuple[tuple[int, int], ...], bool, bool]:
        """Entries, whether there is such a record, and whether longer keys begin with the key."""
        sought = key.encode("utf-8", "surrogatepass")
        size, code, mask, slots, whole = len(sought), crc32(sought), self._mask, self._slots, self._map
        for step in range(REACH):
            spot = slots[(code + step) & mask]
            if not spot:
                break
            if spot & 0xFFFFFFFF != code:
                continue
            at = self._keys[0] + (spot >> 32)
            first = at + RECORD.size + size
            if whole[at + RECORD.size : first] == sought:
                length, marks, count = RECORD.unpack_from(whole, at)
                if length == size:
                    return self._entries_at(first, count), True, bool(marks & HEAD)
        return (), False, False

    def _entries_at(self, first: int, count: int) -> tuple[tuple[int, int], ...]:
        end = first + count * ENTRY.size
        if end > self._keys[1]:
            raise self.broken(f"the entries at {first}")
        found = tuple(ENTRY.iter_unpack(self._map[first:end])) if count else ()
        for number, _ in found:
            if number >= self.count:
                raise self.broken(f"the entries at {first}")
        return found

    def _row(self, number: int) -> bytes:
        start, end = self._starts[number], self._starts[number + 1]
        first = self._rows[0]
        if not 0 <= end - start <= _MAX_ROW or first + end > self._rows[1]:
            raise self.broken(f"place {number}")
        return self._map[first + start : first + end]

    def _ident(self, number: int) -> str:
        """The id of a place, without making the place where its row shows it plainly."""
        before, mark, _ = self._row(number).partition(b'",')
        if not mark or not before.startswith(b'["') or b"\\" in before or not before.isascii():
            return self.place(number).id
        return before[2:].decode("ascii")

    def _place(self, number: int) -> Place:
        try:
            return _told(json.loads(self._row(number)))
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise self.broken(f"place {number}") from error

    def all(self) -> Iterator[Place]:
        return map(self._place, range(self.count))

    def broken(self, where: str) -> Refusal:
        return Refusal("pack_index_broken", path=self.path.name, where=where)


class IndexedPlaces(Sequence[Place]):
    """The places of a pack as they lie in its index: each is made when it is asked for."""

    def __init__(self, index: PlaceIndex) -> None:
        self.table = index

    def __len__(self) -> int:
        return self.table.count

    @overload
    def __getitem__(self, at: int) -> Place: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Place]: ...
    def __getitem__(self, at: int | slice) -> Place | Sequence[Place]:
        numbers = range(self.table.count)[at]
        return self.table.place(numbers) if isinstance(numbers, int) else tuple(map(self.table.place, numbers))

    def __iter__(self) -> Iterator[Place]:
        return self.table.all()

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process maps the same file."""
        return _opened_again, (self.table.path, self.table.digest)


class ById(Mapping[str, Place]):
    """Places by their ids."""

    def __init__(self, index: PlaceIndex) -> None:
        self._index = index

    def __getitem__(self, ident: str) -> Place:
        number = self._index.number(ident)
        if number is None:
            raise KeyError(ident)
        return self._index.place(number)

    def __iter__(self) -> Iterator[str]:
        return (place.id for place in self._index.all())

    def __len__(self) -> int:
        return self._index.count


class Keyed:
    """The ids under a key that is one of `flags` to them. Looked into as a mapping is."""

    def __init__(self, index: PlaceIndex, flags: int) -> None:
        self._index, self._flags = index, flags

    def get(self, key: str, absent: tuple[str, ...] = (), /) -> tuple[str, ...]:
        return self._index.ids(key, self._flags) or absent

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and any(what & self._flags for _, what in self._index.entries(key))


class Spellings:
    """Exact spellings, and whether longer names begin with them."""

    def __init__(self, index: PlaceIndex) -> None:
        self._index = index

    def look(self, key: str) -> tuple[tuple[str, ...], bool]:
        return self._index.spelled(key)


def places_by_id(places: Sequence[Place]) -> Mapping[str, Place]:
    return ById(places.table) if isinstance(places, IndexedPlaces) else {place.id: place for place in places}


def countries_of(places: Sequence[Place]) -> tuple[Place, ...]:
    if isinstance(places, IndexedPlaces):
        return tuple(map(places.table.place, places.table.countries))
    return tuple(place for place in places if place.level == "country")


def with_wide(places: Sequence[Place], ids: Iterable[str]) -> tuple[Place, ...]:
    """Districts, regions and countries, and the places with these ids, in the order of the pack."""
    wanted = frozenset(ids)
    if not isinstance(places, IndexedPlaces):
        return tuple(place for place in places if place.level in WIDE or place.id in wanted)
    index = places.table
    numbers = {*index.wide, *(number for each in wanted if (number := index.number(each)) is not None)}
    if any(number >= index.count for number in numbers):
        raise index.broken("the wide places")
    return tuple(map(index.place, sorted(numbers)))


def open_index(path: Path, table: str) -> tuple[IndexedPlaces | None, str]:
    """The places, None where the index was made by other rules of names or for another kind of machine; and its digest.

    `table`: SHA-256 of `places.csv`. Refuses `pack_index_stale` where the index was made of another, `pack_index_broken` what is none."""
    header, digest = _header(path)
    if header["made_of"] != table:
        raise Refusal("pack_index_stale", path=path.name)
    if header["rules"] != key_rules():
        return None, digest
    return IndexedPlaces(PlaceIndex(path, header, digest)), digest


def _opened_again(path: Path, digest: str) -> IndexedPlaces:
    header, found = _header(path)
    if found != digest:
        raise Refusal("pack_index_stale", path=path.name)
    return IndexedPlaces(PlaceIndex(path, header, digest))


def _header(path: Path) -> tuple[dict[str, Any], str]:
    """The first lines, after the whole has been held against them; and the digest of the first lines, which name that of the rest."""
    with path.open("rb") as stream:
        magic, line = stream.readline(len(MAGIC)), stream.readline(_MAX_HEADER)
        try:
            header = json.loads(line) if magic == MAGIC and line.endswith(b"\n") else None
        except (ValueError, RecursionError):
            header = None
        at = len(magic) + len(line)
        if not isinstance(header, dict) or not _fits(header, path.stat().st_size - at):
            raise Refusal("pack_index_broken", path=path.name, where="its first lines, or its length")
        body = hashlib.sha256()
        while chunk := stream.read(_CHUNK):
            body.update(chunk)
    if body.hexdigest() != header["body"]:
        raise Refusal("pack_index_broken", path=path.name, where="its digest")
    return {**header, "at": at}, hashlib.sha256(magic + line).hexdigest()


def _fits(header: Mapping[str, Any], size: int) -> bool:
    """Whether the first lines say sizes that can be, of the file that there is."""
    count, sizes, countries = header.get("count"), header.get("sizes"), header.get("countries")
    if not _number(count) or not _number(header.get("longest")) or not isinstance(sizes, list) or not isinstance(countries, list):
        return False
    if len(sizes) != len(SECTIONS) or not all(map(_number, sizes)) or not all(map(_number, countries)):
        return False
    slots = sizes[2] // 8
    return (
        all(isinstance(header.get(key), str) for key in ("made_of", "rules", "body"))
        and sum(sizes) == size <= MAX_BYTES
        and max(countries, default=-1) < count <= MAX_PLACES
        and sizes[1] == 8 * (count + 1)
        and sizes[2] == 8 * slots
        and sizes[4] % 4 == 0
        and slots > 0
        and slots & (slots - 1) == 0
    )


def _number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _told(row: Any) -> Place:
    """A place from its row; ValueError or TypeError where a value is not what it has to be."""
    ident, name, names, level, lat, lon, uncertainty, within, side, origin, approx, made, unnamed = row
    words = (ident, name, level, side, origin, *unnamed, *(() if within is None else (within,)))
    if not all(isinstance(each, str) for each in words) or not isinstance(approx, bool):
        raise TypeError(ident)
    if not all(isinstance(each, (int, float)) and isfinite(each) for each in (lat, lon, uncertainty)):
        raise TypeError(ident)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and uncertainty > 0):
        raise ValueError(ident)
    return Place(
        ident,
        name,
        _names(names),
        level,
        float(lat),
        float(lon),
        float(uncertainty),
        within,
        side,
        origin,
        approx,
        _names(made),
        tuple(unnamed),
    )


def _names(given: Any) -> dict[str, tuple[str, ...]]:
    out = {language: tuple(names) for language, names in given.items()}
    if not all(isinstance(name, str) for names in out.values() for name in names):
        raise TypeError("a name")
    return out

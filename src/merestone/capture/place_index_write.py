"""Makes the index of a table of places (`place_index.py` says what it is). The same places give the same bytes.

Whoever has the table can make it again and compare: `merestone pack check` does.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Sequence
from zlib import crc32

from merestone.capture.names import fold, joined_words, key_rules, variants, without_levels
from merestone.capture.place_index import ANY, BARE, ENTRY, EXACT, HEAD, ID, LOWER, MAGIC, REACH, RECORD, SMALL, SOUND, WIDE, WORDS
from merestone.capture.terms import Place
from merestone.ledger.terms import Refusal

_ROOM = 64  # slots for one key at most: names chosen so that they meet in one slot are refused, not made room for without end
_COUNT_MOST = 65_535


def index_bytes(places: Sequence[Place], table: str) -> bytes:
    """The file. `table`: SHA-256 of the `places.csv` that the places are from. Refuses `pack_index_unfit`."""
    rows, starts, found = bytearray(), array("Q", [0]), _Found()
    wide, longest = array("I"), 0
    countries: list[int] = []
    heads: set[str] = set()
    for number, place in enumerate(places):
        rows += _row(place)
        starts.append(len(rows))
        if place.level in WIDE:
            wide.append(number)
        if place.level == "country":
            countries.append(number)
        for key, what in _keys_of(place).items():
            found.add(key, number, what)
            if not what & ID:
                words = key.split(" ")
                longest = max(longest, len(words))
                heads.update(" ".join(words[:size]) for size in range(1, len(words)))
    for head in sorted(heads):
        found.entries.setdefault(head, b"")
    keys, spots = _records(found.entries, heads)
    slots = _slots(spots)
    body = bytes(rows), starts.tobytes(), slots.tobytes(), bytes(keys), wide.tobytes()
    digest = hashlib.sha256()
    for part in body:
        digest.update(part)
    header = {
        "made_of": table, "rules": key_rules(), "count": len(starts) - 1, "longest": longest, "countries": countries,
        "sizes": [len(part) for part in body], "body": digest.hexdigest(),
    }  # fmt: skip
    return b"".join((MAGIC, json.dumps(header, sort_keys=True).encode() + b"\n", *body))


class _Found:
    def __init__(self) -> None:
        self.entries: dict[str, bytes] = {}

    def add(self, key: str, number: int, what: int) -> None:
        self.entries[key] = self.entries.get(key, b"") + ENTRY.pack(number, what)


def _row(place: Place) -> bytes:
    told = [
        place.id, place.name, place.names, place.level, place.lat, place.lon, place.uncertainty_m, place.within, place.side, place.origin,
        place.approx, place.transliterated, place.unnamed,
    ]  # fmt: skip
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _keys_of(place: Place) -> dict[str, int]:
    """Every key under which the place is found, and what it is to it. `extract.names` and `locate.gazetteer` make the same of small packs."""
    words: dict[str, int] = {}
    sounds: dict[str, int] = {}

    def put(into: dict[str, int], key: str, what: int) -> None:
        if key:
            into[key] = into.get(key, 0) | what

    for language, names in (("", (place.name,)), *place.names.items()):
        for name in names:
            capital = name[:1].isupper()
            lower = 0 if capital else LOWER
            whole = joined_words(name)
            put(words, whole, WORDS | lower)
            put(words, fold(name), EXACT | (SMALL if name[:1].islower() else 0))
            for bare in without_levels(whole):
                put(sounds, bare, BARE | lower)
            for key in sorted(variants(name, language)):
                put(sounds, key, SOUND)
            for key in sorted(variants(name, "")):
                put(sounds, key, ANY | (lower if name.isascii() else 0))
    out = {"\0" + place.id: ID, **words}
    for key, what in sounds.items():
        out[key] = out[key] | (what & ~LOWER) if out.get(key, 0) & WORDS else out.get(key, 0) | what
    return out


def _records(entries: dict[str, bytes], heads: set[str]) -> tuple[bytearray, array[int]]:
    """The records of the keys one after another, and of each its code with its place above."""
    out, spots = bytearray(8), array("Q")
    for key, told in entries.items():
        data = key.encode("utf-8", "surrogatepass")
        count = len(told) // ENTRY.size
        if len(data) > _COUNT_MOST or count > _COUNT_MOST:
            raise Refusal("pack_index_unfit", found=f"{count} places of one name" if count > _COUNT_MOST else "a name too long")
        spots.append(crc32(data) | len(out) << 32)
        out += RECORD.pack(len(data), HEAD if key in heads else 0, count) + data + told
    if len(out) >= 2**32:
        raise Refusal("pack_index_unfit", found="too many names")
    return out, spots


def _slots(spots: array[int]) -> array[int]:
    """The table of slots, twice as wide until every key lies within reach of its own."""
    count = len(spots)
    size = 8
    while size < 2 * count:
        size *= 2
    while True:
        made = _filled(spots, size)
        if made is not None:
            return made
        size *= 2
        if size > max(1024, _ROOM * count):
            raise Refusal("pack_index_unfit", found="names that meet in one slot")


def _filled(spots: array[int], size: int) -> array[int] | None:
    """None where a key has no room; its code, the lower half, says where it belongs."""
    slots, mask = array("Q", bytes(8 * size)), size - 1
    for spot in spots:
        for step in range(REACH):
            slot = (spot + step) & mask
            if not slots[slot]:
                slots[slot] = spot
                break
        else:
            return None
    return slots

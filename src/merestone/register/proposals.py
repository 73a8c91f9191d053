"""A reading as the vault keeps it, and its parts by their numbers. Pure.

It is the JSON of `extract.wire` without the text, which has an item of its own, and with what it was made from. The law it keeps: a
number means one thing for ever. A later reading of an exhibit goes on counting, and leaves out what a person decided on already.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from merestone.extract.terms import Reading
from merestone.extract.wire import from_json, to_json
from merestone.ledger.canonical import canonical
from merestone.ledger.terms import BrokenRecord, Refusal

KEYS: Mapping[str, str] = {"": "claims", "S": "statements", "A": "appeals", "R": "responses", "G": "signatories"}

Json = dict[str, Any]
Sameness = tuple[str, str, int, int, int]  # part, kind or type, start, end, and which of several that are alike


@dataclass(frozen=True, slots=True)
class Made:
    """A reading ready to be kept: its bytes, and how many there are of each part ("" S A R G)."""

    data: bytes
    counts: Mapping[str, int]


def made(reading: Reading, after: int, decided: Collection[Sameness], from_: Mapping[str, Any]) -> Made:
    """`after`: the highest number of the exhibit so far; `decided`: what people decided on, by `alike`; `from_`: `about` (a
    commitment), `pack_digest`, and what a model was asked, if one was."""
    told = to_json(reading)
    for part, key in KEYS.items():
        if part != "G":
            told[key] = [each for each, same in alike(told, part) if same not in decided]
    if any(same in decided for _, same in alike(told, "G")):
        told["signatories"], told["signatory_spans"] = [], []
    for number, claim in enumerate(told["claims"], after + 1):
        claim["id"] = number
        del claim["incident"], claim["copy_of"]
    counts = {part: len(told[key]) for part, key in KEYS.items()}
    counts["G"] = min(counts["G"], 1)
    return Made(canonical({**told, "after": after, **from_}), counts)


def loaded(data: bytes, where: str) -> Json:
    """The kept reading, the recorded content, or the text, at `where` (an id or ref). `BrokenRecord` for what is no JSON object."""
    try:
        told = json.loads(data)
    except ValueError as error:
        raise BrokenRecord(f"the reading of {where}", "JSON", "other bytes") from error
    if not isinstance(told, dict):
        raise BrokenRecord(f"the reading of {where}", "an object", type(told).__name__)
    return told


def alike(told: Json, part: str) -> Iterator[tuple[Json, Sameness]]:
    """Each of a part with what makes it the same in another reading of the same text: what it is, and the words it stands in."""
    seen: Counter[tuple[str, str, int, int]] = Counter()
    for each in [part_of(told, "G", told["after"] + 1 if "after" in told else 1)] if part == "G" else told[KEYS[part]]:
        if part == "G" and not each["signatories"]:
            return
        first = _place(each, part)
        seen[first] += 1
        yield each, (*first, seen[first])


def _place(each: Json, part: str) -> tuple[str, str, int, int]:
    if part == "G":
        return part, "", min(start for start, _ in each["signatory_spans"]), max(end for _, end in each["signatory_spans"])
    return part, str(each.get("kind") or each.get("type") or ""), each["start"], each["start"] + len(each["quote"])


def part_of(told: Json, part: str, number: int) -> Json:
    """The proposal of a number in a kept reading. `BrokenRecord` where the reading has none such."""
    if part == "G":
        return {"signatories": told["signatories"], "signatory_spans": told["signatory_spans"]}
    rows, at = told[KEYS[part]], number - told["after"] - 1
    if not 0 <= at < len(rows):
        raise BrokenRecord(f"the reading of {told['id']}", f"{part or '#'}{number}", f"{len(rows)} after {told['after']}")
    found: Json = rows[at]
    return found


def with_parts(told: Json, parts: Mapping[str, list[Json]], text: str) -> Reading:
    """The reading with other claims, statements and so on in place of its own: those that stand now."""
    signed = parts.get("G", [])
    own = {KEYS[part]: parts.get(part, []) for part in KEYS if part != "G"}
    names = {"signatories": [], "signatory_spans": []} if not signed else signed[-1]
    try:
        return from_json({**told, **own, **names}, text)
    except Refusal as refusal:
        raise BrokenRecord(f"the reading of {told.get('id')}", "what was kept of it", str(refusal)) from refusal


def without_reading(exhibit: str, language: str) -> Json:
    """For an exhibit that has claims by hand and was not read."""
    return to_json(replace(_NOTHING, id=exhibit, language=language)) | {"after": 0}


_NOTHING = Reading("", "", "not read", (), (), (), (), (), (), ())

"""What the tables show of vault items while they are open: a few columns of an exhibit's `about`, of a claim, of a reading.

Pure. What is not there is "": these columns are for lists and searches; who needs the whole opens the item. What near.py adds is for
linking a new claim.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from merestone.register import near

ABOUT = ("name", "publisher", "published", "language")
CLAIM = ("kind", "initiator", "start", "end")
NO_ABOUT: Mapping[str, str] = dict.fromkeys(ABOUT, "")
NO_CLAIM: Mapping[str, Any] = {**dict.fromkeys(CLAIM, ""), **near.NOTHING}
PARTS = {"": "claims", "s": "statements", "a": "appeals", "r": "responses", "g": "signatories"}


def of_about(data: bytes | None) -> Mapping[str, str]:
    """From an exhibit's `about`: plain text or {"value"} (Known; an Unknown has none)."""
    if data is None:
        return NO_ABOUT
    told = json.loads(data)
    exhibit = told.get("exhibit")
    if "name" not in told and isinstance(exhibit, dict):
        told = {**told, "name": exhibit.get("name")}
    return {column: _text(told.get(column)) for column in ABOUT}


def of_claim(data: bytes | None) -> Mapping[str, Any]:
    return NO_CLAIM if data is None else _claim(json.loads(data))


def of_reading(data: bytes | None, claims: int, others: Mapping[str, int]) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
    """Each row that a reading gives: part ("" S A R G), number from 1 in its part, and the columns where the reading is open."""
    told = {} if data is None else json.loads(data)
    for part, key in PARTS.items():
        rows = told.get(key, ())
        for number in range(1, (claims if not part else others.get(part, 0)) + 1):
            shown = _claim(rows[number - 1]) if not part and number <= len(rows) else NO_CLAIM
            yield part.upper(), number, shown


def _claim(told: Any) -> Mapping[str, Any]:
    if not isinstance(told, dict):
        return NO_CLAIM
    claim = told.get("claim", told)
    when = claim.get("when") or {}
    start, end = when.get("from", when.get("start")), when.get("to", when.get("end"))
    shown = {"kind": _text(claim.get("kind")), "initiator": _text(claim.get("initiator")), "start": _text(start), "end": _text(end)}
    beside = near.columns_of(claim)
    return {**shown, **beside, "near": legible(beside["near"])}


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("value")
    return legible(value) if isinstance(value, str) else ""


def legible(text: str) -> str:
    """As every text column takes it: half a surrogate pair and the sign NUL are exchanged."""
    return text.encode(errors="replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")

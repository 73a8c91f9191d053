"""A claim as linking sees it: what, when, where, how many, with which words; never who is blamed.

The law it keeps: `Told` has no field for the initiator, for the target's party, for the party of a casualty or for the
speaker, so nothing in this room can weigh them by accident (law 2).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from merestone.extract.terms import Located, Proposal, When
from merestone.link.terms import Dossier, Ref

DAY = 1440  # minutes
FINE = ("minute", "hour")
TIGHT = ("minute", "hour", "part_of_day", "day")  # the others cover days and never join two of them
WIDE_LEVELS = ("region", "border_section", "country")
# Where a place brings no uncertainty of its own: metres by level, half the usual width of such a place.
USUAL_UNCERTAINTY = {
    "settlement": 1500.0,
    "feature": 2000.0,
    "district": 15000.0,
    "border_section": 30000.0,
    "region": 35000.0,
    "country": 150000.0,
}

_WORD = re.compile(r"\w+")
_END = re.compile(r"(?<!\d)[.!?։。…]+[\"'»”)\]]*\s+|\n\s*\n|\n\s*[•*-]\s")


@dataclass(frozen=True, slots=True)
class Moment:
    """When, in minutes of local time, both ends inclusive. `offset` is None where the text knows the date alone."""

    precision: str
    start: int
    end: int
    offset: int | None
    said_start: str
    said_end: str

    @property
    def tight(self) -> bool:
        return self.precision in TIGHT


@dataclass(frozen=True, slots=True)
class Spot:
    """A located place: `reach_km` is how far from the point the happening may lie."""

    name: str
    place: str
    level: str
    role: str
    lat: float
    lon: float
    reach_km: float

    @property
    def wide(self) -> bool:
        return self.level in WIDE_LEVELS


@dataclass(frozen=True, slots=True)
class Told:
    """What linking looks at in one claim."""

    ref: Ref
    kind: str
    moment: Moment | None
    spots: tuple[Spot, ...]
    hit: frozenset[str]
    weapons: frozenset[str]
    figures: frozenset[tuple[str, str, int | None, int | None]]  # outcome, group, min, max: without the party
    words: tuple[str, ...]
    shingles: frozenset[tuple[str, ...]]
    sentence: int  # number of the sentence in its document in which the claim begins
    start: int
    repeated: bool


def words_of(text: str) -> tuple[str, ...]:
    return tuple(match.group().casefold() for match in _WORD.finditer(text))


def shingles_of(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def look(dossiers: Iterable[Dossier]) -> list[Told]:
    """Every claim of the dossiers, in the order of document and number, whatever order they came in."""
    told = []
    for dossier in sorted(dossiers, key=lambda each: each.reading.id):
        breaks = [match.end() for match in _END.finditer(dossier.text)]
        told += [_one(claim, dossier.reading.id, breaks) for claim in sorted(dossier.reading.claims, key=lambda each: each.id)]
    return told


def dated(told: Told) -> bool:
    """Is it of one time, so that it can be an incident's? A repeated act and one that covers days are not."""
    return told.moment is not None and told.moment.tight and not told.repeated


def _one(claim: Proposal, document: str, breaks: Sequence[int]) -> Told:
    words = words_of(claim.quote)
    return Told(
        ref=Ref(document, claim.id),
        kind=claim.kind,
        moment=moment_of(claim.when),
        spots=spots_of(claim.where),
        hit=frozenset(claim.hit),
        weapons=frozenset(claim.weapons),
        figures=frozenset((each.outcome, each.group, each.min, each.max) for each in claim.casualties),
        words=words,
        shingles=shingles_of(words),
        sentence=bisect_right(breaks, claim.start),
        start=claim.start,
        repeated=claim.repeated,
    )


def spots_of(where: Iterable[Located]) -> tuple[Spot, ...]:
    spots = {_spot(place) for place in where if place.lat is not None and place.lon is not None}
    return tuple(spots) if len(spots) < 2 else tuple(sorted(spots, key=_spot_order))


def _spot(place: Located) -> Spot:
    metres = place.uncertainty_m if place.uncertainty_m is not None else USUAL_UNCERTAINTY.get(place.level, 15000.0)
    name = place.name or place.text
    return Spot(name, place.place or "", place.level, place.role, float(place.lat or 0), float(place.lon or 0), metres / 1000)


def _spot_order(spot: Spot) -> tuple[float, float, str, str, str]:
    return (spot.lat, spot.lon, spot.name, spot.role, spot.level)


def moment_of(when: When) -> Moment | None:
    """None where the text gives no date at all: such a claim is never an incident."""
    if not when.start:
        return None
    start, offset, bare = _instant(when.start)
    last = when.end or when.start
    end, _, bare_end = _instant(last)
    precision = when.precision
    if bare_end:
        end += DAY - 1
    if bare and precision in {"minute", "hour", "part_of_day"}:
        precision = "day"
    if precision == "hour" and end == start:
        end += 59
    if precision in TIGHT and end - start >= 2 * DAY:
        precision = "week"  # whoever says "on the 3rd to the 9th" covers days
    return Moment(precision, start, max(start, end), None if bare else offset, when.start, last)


def _instant(text: str) -> tuple[int, int | None, bool]:
    """Minutes of local time since 1970, the offset in minutes if stated, and whether the text is a bare date."""
    if len(text) <= 10:
        return (date.fromisoformat(text).toordinal() - _EPOCH) * DAY, None, True
    stamp = datetime.fromisoformat(text)
    shift = stamp.utcoffset()
    minutes = (stamp.toordinal() - _EPOCH) * DAY + stamp.hour * 60 + stamp.minute
    return minutes, None if shift is None else int(shift / timedelta(minutes=1)), False


_EPOCH = date(1970, 1, 1).toordinal()


def kilometres(a: Spot, b: Spot) -> float:
    """Great-circle distance on a sphere of 6,371 km (haversine)."""
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))

"""A claim as linking sees it: what, when, where, how many, with which words; never who is blamed.

The law it keeps: `Told` has no field for the initiator, for the target's party, for the party of a casualty or for the
speaker, so nothing in this room can weigh them by accident (law 2).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from merestone.extract.terms import Located, Proposal, When
from merestone.link.terms import Dossier, Ref

DAY = 1440  # minutes
FINE = ("minute", "hour")
TIGHT = ("minute", "hour", "part_of_day", "day")  # the others cover days and never join two of them
EARLIER = "earlier"  # evidence by which a reading says that the dead had been wounded before (extract/later.py)
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


class Moment(NamedTuple):
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


class Spot(NamedTuple):
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


class _Told(NamedTuple):
    ref: Ref
    kind: str
    moment: Moment | None
    spots: tuple[Spot, ...]
    hit: frozenset[str]
    weapons: frozenset[str]
    figures: frozenset[tuple[str, str, int | None, int | None]]  # outcome, group, min, max: without the party
    words: tuple[str, ...]
    sentence: int  # number of the sentence in its document in which the claim begins
    start: int
    repeated: bool
    late: bool = False  # a death that is dated by its own day, when the wound was earlier


class Told(_Told):
    """What linking looks at in one claim."""

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Each three words in a row; made when they are asked for, which for most claims that stand near a new one is never."""
        return frozenset(zip(self.words, self.words[1:], self.words[2:], strict=False))


def words_of(text: str) -> tuple[str, ...]:
    return tuple(match.group().casefold() for match in _WORD.finditer(text))


def look(dossiers: Iterable[Dossier]) -> list[Told]:
    """Every claim of the dossiers, in the order of document and number, whatever order they came in."""
    told = []
    for dossier in sorted(dossiers, key=lambda each: each.reading.id):
        breaks = [match.end() for match in _END.finditer(dossier.text)]
        told += [_one(claim, dossier.reading.id, breaks) for claim in sorted(dossier.reading.claims, key=lambda each: each.id)]
    return told


def dated(told: Told) -> bool:
    """Is it of the time of a happening, so that it can be an incident's? A repeated act, one that covers days and a death of earlier wounds are not."""
    return told.moment is not None and told.moment.tight and not told.repeated and not told.late


def _one(claim: Proposal, document: str, breaks: Sequence[int]) -> Told:
    return Told(
        ref=Ref(document, claim.id),
        kind=claim.kind,
        moment=moment_of(claim.when),
        spots=spots_of(claim.where),
        hit=frozenset(claim.hit),
        weapons=frozenset(claim.weapons),
        figures=frozenset((each.outcome, each.group, each.min, each.max) for each in claim.casualties),
        words=words_of(claim.quote),
        sentence=bisect_right(breaks, claim.start),
        start=claim.start,
        repeated=claim.repeated,
        late=any(each.slot == EARLIER for each in claim.evidence),
    )


def spots_of(where: Iterable[Located]) -> tuple[Spot, ...]:
    return spots_in((each.text, each.role, each.name, each.level, each.lat, each.lon, each.uncertainty_m, each.place) for each in where)


def spots_in(where: Iterable[Sequence[Any]]) -> tuple[Spot, ...]:
    """Of each place text, role, name, level, latitude, longitude, metres, id: as register/near.py keeps them. Those that lie nowhere are left out."""
    spots = {
        Spot(
            name or text,
            place or "",
            level,
            role,
            float(lat),
            float(lon),
            (USUAL_UNCERTAINTY.get(level, 15000.0) if metres is None else metres) / 1000,
        )
        for text, role, name, level, lat, lon, metres, place in where
        if lat is not None and lon is not None
    }
    return tuple(spots) if len(spots) < 2 else tuple(sorted(spots, key=_spot_order))


def _spot_order(spot: Spot) -> tuple[float, float, str, str, str]:
    return (spot.lat, spot.lon, spot.name, spot.role, spot.level)


def moment_of(when: When) -> Moment | None:
    return moment_in(when.start or "", when.end or "", when.precision)


def moment_in(first: str, last: str, precision: str) -> Moment | None:
    """None where the text gives no date at all: such a claim is never an incident."""
    if not first:
        return None
    start, offset, bare = _instant(first)
    last = last or first
    end, _, bare_end = (start, offset, bare) if last == first else _instant(last)
    if bare_end:
        end += DAY - 1
    if bare and precision in {"minute", "hour", "part_of_day"}:
        precision = "day"
    if precision == "hour" and end == start:
        end += 59
    if precision in TIGHT and end - start >= 2 * DAY:
        precision = "week"  # whoever says "on the 3rd to the 9th" covers days
    return Moment(precision, start, max(start, end), None if bare else offset, first, last)


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

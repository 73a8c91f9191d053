"""What the table of claims keeps of one so that a new claim can be held against it (place.py): its minutes, the box of its places, and in
one line all that linking looks at. Pure.

The law it keeps: no party, no speaker and no person is among it. It is made from the stored claim alone, so that no reader is needed to
make the tables again.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

COLUMNS = ("near", "first", "last", "south", "north", "west", "east")
NOTHING: Mapping[str, Any] = {**dict.fromkeys(COLUMNS, None), "near": ""}
TIGHT = ("minute", "hour", "part_of_day", "day")  # as in link/told.py: the others cover days, and wait for a whole run
EARLIER = "earlier"  # as in link/told.py: a death of earlier wounds waits too
WIDE = ("region", "border_section", "country")
POINTS = ("settlement", "feature")
DAY, _HOUR = 1440, 59
REACH = 360  # minutes across midnight, as in link/candidates.py
LONGEST = 3 * DAY
EPOCH = date(1970, 1, 1).toordinal() * DAY  # link/told.py counts from here
NOON = DAY // 2, DAY // 2 + _HOUR  # the minutes of a day in `first` and `last` of a claim that gives the date alone
_WORD = re.compile(r"\w+")
_USUAL_KM, _WIDEST_KM = 15.0, 40.0
KM_A_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees. Does not reach across the meridian of 180 degrees."""

    south: float
    north: float
    west: float
    east: float

    def wider(self, km: float) -> Box:
        up = km / KM_A_DEGREE
        right = up / max(0.02, math.cos(math.radians(max(abs(self.south), abs(self.north)))))
        return Box(self.south - up, self.north + up, self.west - right, self.east + right)


def columns_of(claim: Mapping[str, Any]) -> Mapping[str, Any]:
    """`NOTHING` of a claim without a day, of one that covers days, is repeated or tells a death of earlier wounds, and of one that is not whole."""
    try:
        when, where = claim["when"], [each for each in claim.get("where") or () if each.get("lat") is not None]
        first, last = minutes_of(when["from"]), minutes_of(when.get("to") or when["from"]) + _HOUR
        late = any(each.get("slot") == EARLIER for each in claim.get("evidence") or ())
        if when["precision"] not in TIGHT or claim.get("repeated") or late or not 0 <= last - first <= LONGEST:
            return NOTHING
        line = _line(claim, when, where)
        box = box_of(where)
    except (KeyError, TypeError, ValueError, AttributeError):
        return NOTHING
    sides = {side: None if box is None else getattr(box, side) for side in COLUMNS[3:]}
    return {"near": line, "first": first, "last": last, **sides}


def minutes_of(stamp: str) -> int:
    """Of an ISO date or time as it is stated, on the clock of its place; of a date alone its noon."""
    clock = int(stamp[11:13]) * 60 + int(stamp[14:16]) if len(stamp) > 10 else DAY // 2
    return date.fromisoformat(stamp[:10]).toordinal() * DAY + clock


def within(first: str, last: str) -> tuple[int, int, int]:
    """The lowest `first`, the highest, and the lowest `last` of claims that may share a date with such a one or meet it across midnight.
    Somewhat more than these: an hour may be told as its beginning, a date as its noon."""
    since, until = minutes_of(first) - REACH, minutes_of(last) + REACH
    low, high = since // DAY * DAY - REACH, (until // DAY + 1) * DAY + REACH
    return low - LONGEST, high, low


def meeting(start: int, end: int) -> tuple[int, int]:
    """Of a claim of these minutes: the highest `first` and the lowest `last` of those told with a time, on the same clock, that begin on its
    date or are near enough to it to be about the same. A date alone stands as its noon, and may be: see `NOON`."""
    day = start // DAY * DAY
    return max(end + REACH, day + DAY - 1), min(start - REACH, day)


def box_of(where: Sequence[Mapping[str, Any]]) -> Box | None:
    """Around all places that are fine, as far as each may reach. None where there is none: such a claim is held against all of its days."""
    boxes = []
    for each in where:
        reach = each.get("uncertainty_m")
        km = _USUAL_KM if reach is None else reach / 1000
        if each.get("level") not in WIDE and km <= _WIDEST_KM:
            lat, lon = float(each["lat"]), float(each["lon"])
            boxes.append(Box(lat, lat, lon, lon).wider(0.0 if each.get("level") in POINTS else km))
    if not boxes:
        return None
    return Box(min(b.south for b in boxes), max(b.north for b in boxes), min(b.west for b in boxes), max(b.east for b in boxes))


def _line(claim: Mapping[str, Any], when: Mapping[str, Any], where: Sequence[Mapping[str, Any]]) -> str:
    told = (
        claim["kind"], (when["from"], when.get("to") or when["from"], when["precision"]),
        [[each.get(name) for name in ("text", "role", "name", "level", "lat", "lon", "uncertainty_m", "place")] for each in where],
        claim.get("hit") or [], claim.get("weapons") or [],
        [[each.get(name) for name in ("outcome", "group", "min", "max")] for each in claim.get("casualties") or ()],
        " ".join(_WORD.findall(claim["quote"])).casefold(), claim["start"],
    )  # fmt: skip
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

"""How finely a place may be told in public, and how old it must be.

No position of forces, weapons, origins of fire or of the mission's own people is finer than a 10 km cell or newer than 72 hours.
Where one person could be singled out a settlement becomes its district: a village of three houses names its witness.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from merestone.capture.terms import Place
from merestone.extract.terms import Located, Proposal
from merestone.report.words import date_of

CELL_KM = 10.0
HALF_DIAGONAL_M = 7100.0
FRESH = timedelta(hours=72)
ZONES = timedelta(hours=14)  # the most by which a clock on earth differs from UTC: a bare date may end that much later
FEW = 10  # fewer civilians than this, in one happening, can be singled out
FORCES = frozenset(
    [
        "advance",
        "position_held",
        "withdrawal",
        "engineering_works",
        "force_buildup",
        "ground_attack",
        "armed_clash",
        "minelaying",
        "drone_flight",
        "monitors_obstructed",
    ]
)
MILITARY = frozenset({"military_positions", "military_personnel", "monitors"})
PERSONAL = frozenset({"detention", "release", "ill_treatment", "theft", "threat_with_weapon"})
WIDE = frozenset({"district", "region", "country"})
WITHHELD = "place withheld"
CELL = "10 km cell"
_KM_PER_DEGREE = 111.32


def tells_positions(claim: Proposal) -> bool:
    """Whether the claim says where armed people, weapons, an origin of fire or the mission's own people are."""
    return claim.kind in FORCES or claim.target.what in MILITARY or any(located.role == "origin" for located in claim.where)


def concerns_few(claim: Proposal) -> bool:
    """Whether the claim is about persons so few that the name of their village would single them out."""
    if claim.kind in PERSONAL or any(not person.office for person in claim.persons):
        return True
    return any(c.group != "military" and (c.max is None or 0 < c.max < FEW) for c in claim.casualties)


def fresh(claim: Proposal, published: str, now: datetime) -> bool:
    """Whether what the claim tells may be newer than 72 hours. A state that holds is as new as the text that tells of it; what bears
    no date at all counts as new."""
    stamps = [latest(stamp) for stamp in (claim.when.end or claim.when.start, published) if stamp]
    known = [stamp for stamp in stamps if stamp is not None]
    if not known:
        return True
    newest = max(known) if claim.kind in FORCES or not claim.when.end else known[0]
    return newest > now - FRESH


def latest(stamp: str) -> datetime | None:
    """The last moment that an ISO date or time can mean, None where it is neither."""
    day = date_of(stamp)
    if day is None:
        return None
    try:
        moment = datetime.fromisoformat(stamp) if len(stamp) > 10 else None
    except ValueError:
        moment = None
    if moment is None:
        return datetime.combine(day, time(0), UTC) + timedelta(days=1) + ZONES
    return moment.replace(tzinfo=UTC) + ZONES if moment.tzinfo is None else moment


def cell(lat: float, lon: float) -> tuple[float, float]:
    """The middle of the fixed 10 km cell that holds a point. The middle of a cell is its own cell's middle."""
    high = CELL_KM / _KM_PER_DEGREE
    row = math.floor(lat / high)
    middle = (row + 0.5) * high
    wide = CELL_KM / (_KM_PER_DEGREE * max(0.05, math.cos(math.radians(middle))))
    return round(middle, 4), round((math.floor(lon / wide) + 0.5) * wide, 4)


def fine(located: Located) -> bool:
    """Whether a place is told more finely than a 10 km cell."""
    if located.name in (WITHHELD, CELL) or located.name.startswith(CELL):
        return False
    if located.uncertainty_m is not None and located.lat is not None:
        return located.uncertainty_m < HALF_DIAGONAL_M or located.level in ("settlement", "feature")
    return located.level not in WIDE and located.level != "border_section"


def below_district(located: Located) -> bool:
    return located.level not in WIDE and located.name != WITHHELD


def to_cell(located: Located, places: Mapping[str, Place]) -> Located:
    holder = holding(located.place, places)
    name = f"{CELL} in {holder.name}" if holder else CELL
    if located.lat is None or located.lon is None:
        return replace(_nowhere(located), name=holder.name if holder else WITHHELD)
    lat, lon = cell(located.lat, located.lon)
    uncertainty = HALF_DIAGONAL_M if located.uncertainty_m is None else max(HALF_DIAGONAL_M, located.uncertainty_m)
    return replace(_nowhere(located), name=name, level="feature", lat=lat, lon=lon, uncertainty_m=uncertainty, why="told by its 10 km cell")


def to_district(located: Located, places: Mapping[str, Place]) -> Located:
    holder = holding(located.place, places)
    if holder is None:
        return _nowhere(located)
    lat, lon = cell(holder.lat, holder.lon)
    uncertainty = max(HALF_DIAGONAL_M, holder.uncertainty_m)
    told = replace(_nowhere(located), name=holder.name, level=holder.level, lat=lat, lon=lon, uncertainty_m=uncertainty)
    return replace(told, place=holder.id, why=f"told by its {holder.level}")


def _nowhere(located: Located) -> Located:
    return Located("", 0, 0, located.role, WITHHELD, "", None, None, None, None, "told more coarsely", ())


def holding(place: str | None, places: Mapping[str, Place]) -> Place | None:
    """The district that holds a place, or the next wider area that the pack has; None where it has none."""
    seen: set[str] = set()
    while place is not None and place in places and place not in seen:
        seen.add(place)
        if places[place].level in WIDE:
            return places[place]
        place = places[place].within
    return None


def names_of(located: Located, places: Mapping[str, Place]) -> frozenset[str]:
    """Every name under which a place could show through a text."""
    found = {located.text, located.name}
    for known in (located.place, *located.others):
        if known is not None and known in places and places[known].level not in WIDE:
            found.add(places[known].name)
            found.update(name for names in places[known].names.values() for name in names)
    return frozenset(name for name in found if name)

"""Points that are said by way of other places: "3 km north-east of X", "between A and B". The point moves, its uncertainty grows."""

from __future__ import annotations

from dataclasses import replace

from merestone.extract.terms import Located, PlaceMention
from merestone.locate.geometry import destination, distance_m, midpoint, spread_m
from merestone.locate.place_words import PlaceWords
from merestone.locate.wording import Wording

_GAP = 40  # characters between the two names of "between A and B"


def moved(there: Located, said: Wording) -> Located:
    """ "3 km north-east of X" is not X: the point moves and its uncertainty grows; without a direction only the latter."""
    if there.lat is None or there.lon is None or there.uncertainty_m is None or said.metres is None:
        return there
    name = f"{said.words} {there.name}"
    if said.bearing is None:
        wide = there.uncertainty_m + said.metres
        why = f"{there.why}; {said.metres / 1000:g} km from it, no direction said"
        return replace(there, name=name, level="feature", uncertainty_m=wide, place=None, why=why)
    lat, lon = destination((there.lat, there.lon), said.bearing, said.metres)
    wide = spread_m(there.uncertainty_m, said.metres, said.half_angle)
    why = f"{there.why}; {said.metres / 1000:g} km at {said.bearing:g}° from it"
    return replace(there, name=name, level="feature", lat=round(lat, 5), lon=round(lon, 5), uncertainty_m=round(wide), place=None, why=why)


def between(first: PlaceMention, second: PlaceMention, text: str, words: PlaceWords) -> bool:
    """ "between A and B", with nothing but a short join in the middle."""
    if not words.between or not 0 <= second.start - first.end <= _GAP:
        return False
    before = text[max(0, first.start - _GAP) : first.start].casefold().split()
    joined = text[first.end : second.start].casefold().split()
    return any(word in words.between for word in before[-4:]) and any(word in words.joins for word in joined)


def halfway(a: Located, b: Located, text: str) -> Located | None:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None or a.uncertainty_m is None or b.uncertainty_m is None:
        return None
    apart = distance_m((a.lat, a.lon), (b.lat, b.lon))
    lat, lon = midpoint((a.lat, a.lon), (b.lat, b.lon))
    return Located(
        text=text[a.start : b.end], start=a.start, end=b.end, role=a.role, name=f"between {a.name} and {b.name}", level="feature",
        lat=round(lat, 5), lon=round(lon, 5), uncertainty_m=round(apart / 2 + max(a.uncertainty_m, b.uncertainty_m)), place=None,
        why=f"halfway between {a.name} and {b.name}, {apart / 1000:.0f} km apart", others=(),
    )  # fmt: skip

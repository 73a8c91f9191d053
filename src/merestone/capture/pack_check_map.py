"""What `pack check` asks of the map of a pack: places that lie far from all others of their district, lines that cross, namesakes.

The same questions for every party (law 2); sides are not looked at. Does not catch: a place outside its district but near another
place of it, since a pack holds no outlines of districts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import cos, floor, hypot, radians

from shapely import STRtree
from shapely.geometry import LineString

from merestone.capture.names import fold
from merestone.capture.pack_parse import Finding
from merestone.capture.terms import Line, Pack, Place

_FAR_KM = 40.0  # from every other place of the district, and farther than the district reaches
_FEW = 4  # places of a district from which on "all the others" means something
_APART_KM = 12.0  # namesakes nearer than this are one spot for a reader
_KM_PER_DEGREE = 111.2
_SHOWN = 4


def map_findings(pack: Pack) -> Iterator[Finding]:
    yield from _far_from_the_others(pack.places)
    yield from _namesakes(pack.places)
    yield from _crossings(pack.lines)


def _far_from_the_others(places: Sequence[Place]) -> Iterator[Finding]:
    """Settlements and features that a district holds. Asked by squares of the size of the distance, so that many places cost no more each."""
    holders = {place.id: place for place in places if place.level == "district"}
    held: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if place.within in holders and place.level in ("settlement", "feature"):
            held[place.within].append(place)
    for ident, inside in held.items():
        if len(inside) < _FEW:
            continue
        far = max(_FAR_KM, holders[ident].uncertainty_m / 1000)
        narrow = max(0.05, cos(radians(holders[ident].lat)))
        squares: dict[tuple[int, int], list[Place]] = defaultdict(list)
        for place in inside:
            squares[_square(place, far, narrow)].append(place)
        for place in inside:
            row, column = _square(place, far, narrow)
            around = (each for r in (-1, 0, 1) for c in (-1, 0, 1) for each in squares.get((row + r, column + c), ()))
            if not any(each is not place and _km(each, place) <= far for each in around):
                yield Finding("far_from_district", f"place {place.id}", f"no other place of {ident} lies within {far:.0f} km of it")


def _square(place: Place, size_km: float, narrow: float) -> tuple[int, int]:
    """A little wider than the distance, since its width is that of the district's middle."""
    step = size_km * 1.1 / _KM_PER_DEGREE
    return floor(place.lat / step), floor(place.lon * narrow / step)


def _namesakes(places: Sequence[Place]) -> Iterator[Finding]:
    """Names in one language that several places of one level bear, far apart, without different districts to tell them apart."""
    bearers: dict[tuple[str, str], dict[str, Place]] = defaultdict(dict)
    for place in places:
        if place.level in ("settlement", "feature"):
            for name in {fold(name) for given in ((place.name,), *place.names.values()) for name in given}:
                bearers[(place.level, name)][place.id] = place
    told: set[tuple[str, ...]] = set()
    for (_, name), found in bearers.items():
        ids = tuple(found)
        if len(found) < 2 or ids in told:
            continue
        by_holder: dict[str | None, list[Place]] = defaultdict(list)
        for place in found.values():
            by_holder[place.within].append(place)
        alike = [each for within, group in by_holder.items() if within is None or len(group) > 1 for each in group]
        if len(alike) > 1 and _wide_apart(alike):
            told.add(ids)
            names = ", ".join(each.id for each in alike[:_SHOWN]) + (" …" if len(alike) > _SHOWN else "")
            yield Finding("namesakes", f"name {name}", f"{names} bear it, and no district tells them apart")


def _wide_apart(places: Sequence[Place]) -> bool:
    return any(_km(places[0], each) > _APART_KM for each in places[1:])


def _crossings(lines: Iterable[Line]) -> Iterator[Finding]:
    """Lines that cross themselves, and lines of one origin and kind that cross each other: those of several origins may disagree."""
    drawn = [(line, [LineString([(lon, lat) for lat, lon in path]) for path in line.paths]) for line in lines]
    for line, paths in drawn:
        if not all(path.is_simple for path in paths) or any(a.crosses(b) for a, b in _near_each_other(paths, paths) if a is not b):
            yield Finding("crosses_itself", f"line {line.id}", "a stretch of it crosses another of its own")
    for (line, paths), (other, others) in combinations(drawn, 2):
        if (line.origin, line.kind) == (other.origin, other.kind) and any(a.crosses(b) for a, b in _near_each_other(paths, others)):
            yield Finding("lines_cross", f"line {line.id}", f"crosses {other.id}, which the same origin draws")


def _near_each_other(paths: Sequence[LineString], others: Sequence[LineString]) -> Iterator[tuple[LineString, LineString]]:
    tree = STRtree(others)
    return ((path, others[at]) for path in paths for at in tree.query(path))


def _km(a: Place, b: Place) -> float:
    """On a plane about the two: they lie near each other, or far enough for it not to matter."""
    return hypot(a.lat - b.lat, (a.lon - b.lon) * cos(radians((a.lat + b.lat) / 2))) * _KM_PER_DEGREE

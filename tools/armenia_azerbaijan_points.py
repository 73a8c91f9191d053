"""Where a row set by hand gets its point from: never from memory, always from the public data or from a row made of them.

The column `point` of the table by hand says how: `outline X`, `one X` (a single entry of the cities file), `postal X`, `city`,
`communities X…`, `page LAT LON X` (a single page read for this pack), `centre X`, `areas X…`, `area X`, `near X METRES`, `between X Y`. Empty: the row adds names to a row of the tables.
"""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shapely.geometry import Polygon, shape

NATURAL_EARTH = "Natural Earth 1:10m (public domain)"
CITIES = "single entry of Countries States Cities Database (ODbL 1.0)"
Pair = tuple[float, float]


@dataclass(frozen=True)
class Found:
    """A middle, how far it may be off, and where both come from."""

    lat: float
    lon: float
    uncertainty_m: float
    origin: str
    approx: bool = True


def km(a: Pair, b: Pair) -> float:
    """Great-circle distance of (lat, lon) pairs in km."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, pair)) for pair in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))


def middle_and_reach(points: Sequence[Pair], least_km: float = 5, wider_km: float = 5) -> tuple[float, float, float]:
    """The median point, and in metres how far the points reach from it. One that lies more than three times as far away as half of
    them (and more than 30 km) is taken for a mistake of its table and does not widen the area."""
    middle = (statistics.median(lat for lat, _ in points), statistics.median(lon for _, lon in points))
    far = [km(middle, point) for point in points]
    limit = max(30.0, 3 * statistics.median(far))
    reach = max(each for each in far if each <= limit)
    return round(middle[0], 4), round(middle[1], 4), max(least_km, round(reach + wider_km)) * 1000


def outline(polygon: Any, origin: str) -> Found:
    """Middle and reach of an area drawn somewhere."""
    inside = polygon.centroid if polygon.contains(polygon.centroid) else polygon.representative_point()
    rings = [part.exterior.coords for part in getattr(polygon, "geoms", [polygon])]
    reach = max(km((inside.y, inside.x), (lat, lon)) for ring in rings for lon, lat in ring)
    return Found(round(inside.y, 4), round(inside.x, 4), max(3, math.ceil(reach)) * 1000, f"middle and reach of the outline: {origin}")


def outlines(data: Path, sevan: Sequence[tuple[float, float]]) -> dict[str, Found]:
    """Countries and what lies apart from them in the Natural Earth polygons."""

    def parts(code: str) -> list[Polygon]:
        raw = json.loads((data / f"geo_borders/countries/10m/{code}.geojson").read_text(encoding="utf-8"))
        whole = shape(raw.get("features", [raw])[0]["geometry"])
        return list(getattr(whole, "geoms", [whole]))

    def at(polygons: Iterable[Polygon], lon: float, lat: float) -> Polygon:
        return min(polygons, key=lambda each: (each.centroid.x - lon) ** 2 + (each.centroid.y - lat) ** 2)

    armenia, azerbaijan = parts("ARM"), parts("AZE")
    disputed = json.loads((data / "geo_ne10m/ne_10m_admin_0_disputed_areas.json").read_text(encoding="utf-8"))["features"]
    karabakh = next(shape(each["geometry"]) for each in disputed if each["properties"]["BRK_NAME"] == "Nagorno-Karabakh")
    countries = f"{NATURAL_EARTH}, country polygons"
    return {
        "armenia": outline(max(armenia, key=lambda each: each.area), countries),
        "azerbaijan": outline(max(azerbaijan, key=lambda each: each.area), countries),
        "nakhchivan": outline(at(azerbaijan, 45.4, 39.3), countries),
        "artsvashen": outline(at(armenia, 45.52, 40.63), countries),
        "yukhari-askipara": outline(at(azerbaijan, 45.0, 41.05), countries),
        "barkhudarly": outline(at(azerbaijan, 45.2, 40.98), countries),
        "nagorno-karabakh": outline(karabakh, f"{NATURAL_EARTH}, disputed areas"),
        "sevan": outline(Polygon(sevan), "drawn by hand for this pack from the shore settlements"),
    }


@dataclass
class Points:
    """Finds the points of rows by hand; `row` gives the middle, reach and origin of a row that is there already."""

    data: Path
    outlines: dict[str, Found]
    communities: dict[str, list[Pair]]
    usual_reach_m: float  # the median reach of the districts whose settlements a table has
    row: Callable[[str], Found] = field(init=False)

    def find(self, how: str) -> Found:
        kind, _, rest = how.partition(" ")
        words = rest.split()
        if kind == "outline":
            return self.outlines[rest]
        if kind == "one":
            entry = self._city(rest)
            return Found(round(float(entry["latitude"]), 4), round(float(entry["longitude"]), 4), 3000, CITIES, approx=False)
        if kind == "page":
            return Found(float(words[0]), float(words[1]), 3000, f"coordinate stated by {' '.join(words[2:])} (CC BY-SA)", approx=False)
        if kind == "postal":
            return self._postal(rest)
        if kind in ("city", "communities"):
            points = [point for name in words for point in self.communities[name] or [(math.nan, math.nan)]]
            if any(math.isnan(lat) for lat, _ in points):
                raise SystemExit(f"no community of one of these names: {rest}")
            lat, lon, reach = middle_and_reach(points)
            return Found(lat, lon, reach, f"middle and reach of {len(points)} places of the settlement table of Armenia")
        if kind == "centre":
            centre = self.row(words[0])
            return Found(
                centre.lat, centre.lon, self.usual_reach_m, f"its centre ({centre.origin}), with the usual reach of such a district"
            )
        if kind == "area":
            area = self.row(words[0])
            return Found(area.lat, area.lon, area.uncertainty_m, f"the area of {words[0]}: where in it is not known here")
        if kind == "areas":
            held = [self.row(word) for word in words]
            lat, lon, _ = middle_and_reach([(each.lat, each.lon) for each in held])
            far = max(km((lat, lon), (each.lat, each.lon)) * 1000 + each.uncertainty_m for each in held)
            return Found(lat, lon, round(far, -3), f"middle and reach of {', '.join(words)}")
        if kind == "near":
            there = self.row(words[0])
            return Found(there.lat, there.lon, float(words[1]), f"near {words[0]}, with which it shares its name: {there.origin}")
        if kind == "between":
            a, b = (self.row(word) for word in words)
            half = km((a.lat, a.lon), (b.lat, b.lon)) / 2
            return Found((a.lat + b.lat) / 2, (a.lon + b.lon) / 2, math.ceil(half) * 1000, f"middle and reach of the way from {words[0]} to {words[1]}")  # fmt: skip
        raise SystemExit(f"nobody knows how to find a point by {how!r}")

    def _city(self, name: str) -> dict[str, Any]:
        entries: list[dict[str, Any]] = json.loads((self.data / "geo_cities_amaz/cities/AZ.json").read_text(encoding="utf-8"))
        return next(entry for entry in entries if entry["name"] == name)

    def _postal(self, name: str) -> Found:
        lines = (line.split("\t") for line in (self.data / "geo_az_postal/AZ.txt").read_text(encoding="utf-8").splitlines())
        line = next(line for line in lines if line[2] == line[3] == name)
        return Found(float(line[9]), float(line[10]), 6000, "GeoNames postal data (CC BY 4.0)", approx=False)

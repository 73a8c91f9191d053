"""Distances and directions on the sphere, and what an error of a compass word is worth in metres.

Great-circle formulas as in R. W. Sinnott, "Virtues of the Haversine", Sky & Telescope 68 (1984), and E. Williams, "Aviation
Formulary"; mean Earth radius of IUGG (Moritz, Geodetic Reference System 1980). Good to 0.6 % against the ellipsoid.
"""

from __future__ import annotations

import math

EARTH_M = 6_371_008.8

Point = tuple[float, float]  # (lat, lon) in degrees


def distance_m(a: Point, b: Point) -> float:
    """Great-circle distance in metres."""
    lat1, lat2 = math.radians(a[0]), math.radians(b[0])
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(b[1] - a[1]) / 2
    square = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * EARTH_M * math.asin(math.sqrt(min(1.0, square)))


def bearing_deg(a: Point, b: Point) -> float:
    """Initial course from `a` to `b`: degrees from north, clockwise, 0 up to 360."""
    lat1, lat2, turn = math.radians(a[0]), math.radians(b[0]), math.radians(b[1] - a[1])
    east = math.sin(turn) * math.cos(lat2)
    north = math.cos(lat1) * math.sin(lat2) - math.sin(lat1) * math.cos(lat2) * math.cos(turn)
    return math.degrees(math.atan2(east, north)) % 360.0


def destination(start: Point, bearing: float, metres: float) -> Point:
    """Where one arrives after `metres` on a great circle that leaves `start` at `bearing` degrees from north."""
    lat, lon, course, way = math.radians(start[0]), math.radians(start[1]), math.radians(bearing), metres / EARTH_M
    new_lat = math.asin(max(-1.0, min(1.0, math.sin(lat) * math.cos(way) + math.cos(lat) * math.sin(way) * math.cos(course))))
    east = math.sin(course) * math.sin(way) * math.cos(lat)
    new_lon = lon + math.atan2(east, math.cos(way) - math.sin(lat) * math.sin(new_lat))
    return math.degrees(new_lat), (math.degrees(new_lon) + 540.0) % 360.0 - 180.0


def midpoint(a: Point, b: Point) -> Point:
    """Halfway along the great circle."""
    return destination(a, bearing_deg(a, b), distance_m(a, b) / 2)


def spread_m(own_m: float, metres: float, half_angle: float, share: float = 0.15) -> float:
    """Uncertainty of "N km, that way, from X": X's own, the distance as rounded (`share` of it), and the width of the compass word
    (`half_angle` degrees to each side) taken as independent."""
    return math.hypot(own_m, metres * share, metres * math.sin(math.radians(half_angle)))

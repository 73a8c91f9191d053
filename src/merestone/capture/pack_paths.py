"""The paths of lines and areas in a pack, in whichever of two forms they are written, always out as (lat, lon).

What is no path on the Earth is refused with where it stands.
"""

from __future__ import annotations

from typing import Any

from merestone.ledger.terms import Refusal

Path = tuple[tuple[float, float], ...]


def paths_of(entry: dict[str, Any], where: str) -> tuple[Path, ...]:
    """GeoJSON geometry (lon, lat), or `points` / `paths` / `rings` written as [lat, lon]; always out as (lat, lon)."""
    geometry = entry.get("geometry")
    if isinstance(geometry, dict):
        kind = str(geometry.get("type", "")).strip()
        depth = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}.get(kind)
        if depth is None:
            raise Refusal("pack_malformed", where=where, what=f"geometry {kind} is not a line or an area")
        nested: Any = [geometry.get("coordinates")]
        for _ in range(depth):
            nested = [inner for outer in nested for inner in (outer if isinstance(outer, list) else [None])]
        return tuple(_path(path, where, flip=True) for path in nested)
    if "points" in entry:
        return (_path(entry["points"], where, flip=False),)
    nested = entry.get("paths", entry.get("rings"))
    if not isinstance(nested, list) or not nested:
        raise Refusal("pack_malformed", where=where, what="neither geometry nor points")
    return tuple(_path(path, where, flip=False) for path in nested)


def _path(points: Any, where: str, *, flip: bool) -> Path:
    try:
        pairs = [(float(point[0]), float(point[1])) for point in points]
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise Refusal("pack_malformed", where=where, what="a point is two numbers") from error
    out = tuple((second, first) if flip else (first, second) for first, second in pairs)
    if len(out) < 2 or not all(-90 <= lat <= 90 and -180 <= lon <= 180 for lat, lon in out):
        raise Refusal("pack_malformed", where=where, what="a path has two points or more, all of them on the Earth")
    return out

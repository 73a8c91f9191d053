"""The map as a vector picture: land, lakes, lines with their origin, and places with their uncertainty drawn.

A place known only as a region or country gets a note beside the map and never a dot. North is up; nothing is loaded.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

from shapely import make_valid
from shapely.geometry import LineString, MultiLineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from merestone.report import svg
from merestone.report.sites import Frame, Site, frame, sites_of
from merestone.report.terms import NUMBERED, Edition

AREA_M = 5_000.0  # a place known less surely than this is a circle with a name: a mark in its middle would say more than is known
DASHES = (None, "7 4", "2 3", "10 3 2 3", "14 4")


@dataclass(frozen=True, slots=True)
class Size:
    """How one drawing of the map is to be: for a wide page, or for a phone."""

    name: str
    width: float
    aspect: tuple[float, float]
    label: float
    most: int  # labels of places that were not claimed


WIDE = Size("mw", 1000, (1.15, 1.9), 14.5, 14)
NARROW = Size("mn", 390, (0.8, 1.1), 12, 5)

Box = tuple[float, float, float, float]  # left, top, right, bottom
SQUARE = 64.0


@dataclass
class Room:
    """Where labels and marks already stand, by squares of the picture, so that many places take no longer each. Mutable while one is drawn."""

    frame: Frame
    taken: dict[tuple[int, int], list[Box]] = field(default_factory=dict)

    def fits(self, area: Box) -> bool:
        x0, y0, x1, y1 = area
        if x0 < 4 or y0 < 4 or x1 > self.frame.width - 4 or y1 > self.frame.height - 4:
            return False
        near = (box for square in _squares(area) for box in self.taken.get(square, ()))
        return not any(x0 < right and x1 > left and y0 < bottom and y1 > top for left, top, right, bottom in near)

    def take(self, area: Box) -> None:
        for square in _squares(area):
            self.taken.setdefault(square, []).append(area)


def _squares(area: Box) -> Iterable[tuple[int, int]]:
    x0, y0, x1, y1 = (math.floor(edge / SQUARE) for edge in area)
    return product(range(x0, x1 + 1), range(y0, y1 + 1))


def map_svg(edition: Edition, size: Size) -> str:
    """The picture, "" when no place can be drawn."""
    sites, _ = sites_of(edition)
    if not sites:
        return ""
    view = frame(sites, size.width, size.aspect)
    room = Room(view)
    for corner in ((0, view.height - 40, 190, view.height), (view.width - 44, 0, view.width, 52)):
        room.take(corner)
    for site in sites:
        x, y = view.xy(site.lat, site.lon)
        room.take((x - 5, y - 5, x + 5, y + 5))
    marks = [mark for site in sites for mark in _marks(site, view, room)]
    lines, letters = _lines(edition, view, room)
    labels = [label for site in sites for label in _label(site, view, size, room)]
    told = f"{len(sites)} places named by claims, with the radius within which each lies. Lines are drawn as their origins give them."
    return svg.picture(
        view.width, view.height, "Map of the places that claims name", told,
        svg.el("defs", svg.el("clipPath", svg.el("rect", width=view.width, height=view.height), id=f"{size.name}-clip")),
        svg.el(
            "g",
            svg.el("rect", width=view.width, height=view.height, class_="sea" if _has_land(edition) else "land"),
            *_shapes(edition, view), *_graticule(view, size), *lines, *_circles(sites, view),
            *_orientation(edition, sites, view, size, room), *marks, *letters, *labels, *_scale(view), *_north(view),
            clip_path=f"url(#{size.name}-clip)",
        ),
        svg.el("rect", x=0.5, y=0.5, width=view.width - 1, height=view.height - 1, class_="frame"),
        id_=size.name, class_=f"map {size.name}",
    )  # fmt: skip


def letter(at: int) -> str:
    return chr(ord("A") + at) if at < 26 else str(at + 1)


def lines_drawn(edition: Edition) -> tuple[tuple[str, str, str, str | None], ...]:
    """The key of the lines that the wide map shows: letter, name, origin, dashes."""
    sites, _ = sites_of(edition)
    if not sites:
        return ()
    window = _window(frame(sites, WIDE.width, WIDE.aspect), 0)
    shown = [
        (n, line)
        for n, line in enumerate(edition.base.lines)
        if any(_path(path).intersects(window) for path in line.paths if len(path) > 1)
    ]
    return tuple((letter(n), line.name, line.origin, DASHES[n % len(DASHES)]) for n, line in shown)


def _path(points: tuple[tuple[float, float], ...]) -> LineString:
    return LineString([(lon, lat) for lat, lon in points])


def _has_land(edition: Edition) -> bool:
    return any(shape.kind == "land" for shape in edition.base.shapes)


def _window(view: Frame, grow: float = 0.05) -> BaseGeometry:
    dx, dy = (view.east - view.west) * grow, (view.north - view.south) * grow
    return box(view.west - dx, view.south - dy, view.east + dx, view.north + dy)


def _shapes(edition: Edition, view: Frame) -> Iterable[str]:
    window = _window(view)
    for kind in ("land", "lake"):
        for shape in (entry for entry in edition.base.shapes if entry.kind == kind):
            for ring in shape.rings:
                if len(ring) < 4:
                    continue
                whole = make_valid(Polygon([(lon, lat) for lat, lon in ring]))
                for part in _polygons(whole.intersection(window)):
                    outline = [view.xy(lat, lon) for lon, lat in part.exterior.simplify(view.km_wide / 90_000).coords]
                    yield svg.el("path", d=svg.path(outline, closed=True), class_=kind)


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    if isinstance(shape, Polygon):
        return [shape] if not shape.is_empty else []
    return [part for piece in getattr(shape, "geoms", ()) for part in _polygons(piece)]


def _runs(shape: BaseGeometry) -> list[LineString]:
    if isinstance(shape, LineString):
        return [shape] if not shape.is_empty else []
    return [part for piece in getattr(shape, "geoms", ()) for part in _runs(piece)]


def _lines(edition: Edition, view: Frame, room: Room) -> tuple[list[str], list[str]]:
    """Each line with its dashes, and its letter where there is room for it."""
    drawn, letters = [], []
    window = _window(view, 0)
    for at, line in enumerate(edition.base.lines):
        paths = [[(lon, lat) for lat, lon in path] for path in line.paths if len(path) > 1]
        runs = _runs(MultiLineString(paths).intersection(_window(view))) if paths else []
        for run in runs:
            points = [view.xy(lat, lon) for lon, lat in run.simplify(view.km_wide / 90_000).coords]
            drawn.append(svg.el("path", d=svg.path(points), class_="line-halo"))
            drawn.append(svg.el("path", d=svg.path(points), class_="line", stroke_dasharray=DASHES[at % len(DASHES)]))
        inside = _runs(MultiLineString(paths).intersection(window)) if paths else []
        if inside:
            letters.extend(_letter(max(inside, key=lambda run: run.length), at, view, room))
    return drawn, letters


def _letter(run: LineString, at: int, view: Frame, room: Room) -> list[str]:
    for share in (0.5 + 0.07 * at, 0.3, 0.7, 0.15, 0.85, 0.4, 0.6, 0.08, 0.92):
        spot = run.interpolate(min(share, 0.95), normalized=True)
        x, y = view.xy(spot.y, spot.x)
        area = (x - 11, y - 11, x + 11, y + 11)
        if room.fits(area):
            room.take(area)
            mark = svg.el("circle", cx=x, cy=y, r=9.5, class_="key-ground")
            return [mark, svg.words(letter(at), x=x, y=y + 4, class_="key-letter", text_anchor="middle")]
    return []


def _circles(sites: tuple[Site, ...], view: Frame) -> Iterable[str]:
    for site in sites:
        x, y = view.xy(site.lat, site.lon)
        yield svg.el("circle", cx=x, cy=y, r=max(3.0, view.pixels(site.uncertainty_m)), class_="unsure")


def _marks(site: Site, view: Frame, room: Room) -> Iterable[str]:
    """A filled disc for what was hit, a square for where it was, a triangle for where it came from: side by side where a place is several.
    An area of many kilometres has its circle and no mark, as a mark would say more than is known."""
    x, y = view.xy(site.lat, site.lon)
    if _area(site):
        room.take((x - 4, y - 4, x + 4, y + 4))
        return
    step = 12.0 * _free_side(len(site.roles) - 1, (x, y), room)
    reach = step * (len(site.roles) - 1)
    room.take((min(x, x + reach) - 7, y - 7, max(x, x + reach) + 7, y + 7))
    for at, role in enumerate(site.roles):
        yield mark(role, x + at * step, y)


def _area(site: Site) -> bool:
    return site.level == "district" or site.uncertainty_m > AREA_M


def _free_side(more: int, point: tuple[float, float], room: Room) -> int:
    """To which side the further marks of a place go: right, or left where only that is free. The first mark stands on the place itself."""
    x, y = point
    right, left = (x + 7, y - 6, x + 7 + 12 * more, y + 6), (x - 7 - 12 * more, y - 6, x - 7, y + 6)
    return -1 if more and not room.fits(right) and room.fits(left) else 1


def mark(role: str, x: float, y: float) -> str:
    if role == "target":
        return svg.el("circle", cx=x, cy=y, r=5.2, class_="mark")
    if role == "origin":
        return svg.el("path", d=svg.path([(x, y - 6), (x + 6, y + 5), (x - 6, y + 5)], closed=True), class_="mark hollow")
    return svg.el("rect", x=x - 4.6, y=y - 4.6, width=9.2, height=9.2, class_="mark")


def _label(site: Site, view: Frame, size: Size, room: Room) -> list[str]:
    """Name and incidents beside the mark: the first of the spots around it that is free, with a leader where it is a way off."""
    x, y = view.xy(site.lat, site.lon)
    own = [group for group in site.groups if group.startswith(NUMBERED)]
    ids = ", ".join(own[:3]) + (f" +{len(own) - 3}" if len(own) > 3 else "")
    for second in [ids, ""] if ids else [""]:
        wide = max(svg.breadth(site.name, size.label), svg.breadth(second, size.label - 2.5)) + 2
        high = size.label * (2.15 if second else 1.15)
        for away in (12.0, 26.0, 44.0, 66.0):
            for dx, dy in ((1, 0), (-1, 0), (0.8, -0.8), (0.8, 0.8), (-0.8, -0.8), (-0.8, 0.8), (0, -1), (0, 1)):
                left = x + dx * away - (0 if dx > 0 else wide if dx < 0 else wide / 2)
                top = y + dy * away - (high / 2 if dy == 0 else high if dy < 0 else 0)
                area = (left - 2, top - 1, left + wide + 2, top + high + 1)
                if room.fits(area):
                    room.take(area)
                    return _written(site, second, (left, top), size, _leader((x, y), area, away))
    return []


def _leader(point: tuple[float, float], area: tuple[float, float, float, float], away: float) -> str:
    if away < 20:
        return ""
    x, y = point
    end = (min(max(x, area[0]), area[2]), min(max(y, area[1]), area[3]))
    return svg.el("path", d=svg.path([(x, y), end]), class_="leader")


def _written(site: Site, second: str, at: tuple[float, float], size: Size, leader: str) -> list[str]:
    left, top = at
    first = svg.words(site.name, x=left, y=top + size.label * 0.85, class_="place area" if _area(site) else "place")
    if not second:
        return [leader, first]
    groups = [group for group in site.groups if group.startswith(NUMBERED)]
    ids = svg.words(second, x=left, y=top + size.label * 1.85, class_="ids")
    return [leader, first, svg.link(groups[0], ids)]


def _orientation(edition: Edition, sites: tuple[Site, ...], view: Frame, size: Size, room: Room) -> Iterable[str]:
    """Names of districts and wider areas in the picture, for orientation only; chosen by width and name, whoever holds them."""
    shown = {site.name for site in sites}
    order = {"country": 0, "region": 1, "district": 2}
    wide = [p for p in edition.base.places if p.level in order and p.name not in shown and _inside(view, p.lat, p.lon)]
    for place in sorted(wide, key=lambda p: (order[p.level], p.name, p.id))[: size.most]:
        x, y = view.xy(place.lat, place.lon)
        letters = svg.breadth(place.name.upper(), size.label - 3) * 1.2
        area = (x - letters / 2, y - 9, x + letters / 2, y + 5)
        if room.fits(area):
            room.take(area)
            yield svg.words(place.name.upper(), x=x, y=y, class_="around", text_anchor="middle")


def _inside(view: Frame, lat: float, lon: float) -> bool:
    return view.south < lat < view.north and view.west < lon < view.east


def _graticule(view: Frame, size: Size) -> Iterable[str]:
    step = _nice((view.north - view.south) / (2.2 if size is NARROW else 3))
    for lat in _steps(view.south, view.north, step):
        _, y = view.xy(lat, view.west)
        yield svg.el("path", d=svg.path([(0, y), (view.width, y)]), class_="grid")
        yield svg.words(_degree(lat, "N", "S"), x=5, y=y - 3, class_="grid-label")
    for lon in _steps(view.west, view.east, step):
        x, _ = view.xy(view.south, lon)
        yield svg.el("path", d=svg.path([(x, 0), (x, view.height)]), class_="grid")
        yield svg.words(_degree(lon, "E", "W"), x=x + 3, y=12, class_="grid-label")


def _steps(low: float, high: float, step: float) -> list[float]:
    first = math.ceil(low / step)
    return [n * step for n in range(first, math.floor(high / step) + 1)]


def _nice(wanted: float) -> float:
    return min((0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0), key=lambda step: abs(math.log(step / wanted)))


def _degree(value: float, plus: str, minus: str) -> str:
    whole, minutes = divmod(round(abs(value) * 60), 60)
    return f"{whole}°{minutes:02d}′{plus if value >= 0 else minus}" if minutes else f"{whole}°{plus if value >= 0 else minus}"


def _scale(view: Frame) -> Iterable[str]:
    km = max(km for km in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500) if km <= max(1.0, view.km_wide * 0.22))
    wide = km / view.km_wide * view.width
    y = view.height - 16
    yield svg.el("path", d=svg.path([(14, y - 5), (14, y), (14 + wide, y), (14 + wide, y - 5)]), class_="scale")
    yield svg.words(f"{km} km", x=14, y=y - 9, class_="scale-label")


def _north(view: Frame) -> Iterable[str]:
    x = view.width - 22
    yield svg.el("path", d=svg.path([(x, 30), (x, 12)]) + svg.path([(x - 4, 18), (x, 11), (x + 4, 18)]), class_="scale")
    yield svg.words("N", x=x, y=44, class_="scale-label", text_anchor="middle")

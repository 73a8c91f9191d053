"""The places of an edition as the map needs them: each once, with its roles, its uncertainty and the incidents that name it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median

from merestone.extract.terms import Located
from merestone.report.terms import Edition

KM_PER_DEGREE = 111.32
AREAS = ("region", "country", "border_section")
LEAST_KM = 44.0  # a map of one village shows what lies around it
FAR_KM = 120.0
AREA_M = 25_000.0  # what is known less surely than this is told beside the map, not drawn on it


@dataclass(frozen=True, slots=True)
class Site:
    """One place: where it is drawn, how surely, what it was said to be (roles), and the ids of its incidents and patterns."""

    name: str
    level: str
    lat: float
    lon: float
    uncertainty_m: float
    roles: tuple[str, ...]
    groups: tuple[str, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class Area:
    """A place that is told only roughly, or that could not be placed: a note beside the map."""

    name: str
    why: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the earth that is drawn and how: an equirectangular projection about its own middle, north up."""

    west: float
    south: float
    east: float
    north: float
    width: float
    height: float

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        return (
            (lon - self.west) / (self.east - self.west) * self.width,
            (self.north - lat) / (self.north - self.south) * self.height,
        )

    def pixels(self, metres: float) -> float:
        return metres / 1000 / KM_PER_DEGREE / (self.north - self.south) * self.height

    @property
    def km_wide(self) -> float:
        return (self.east - self.west) * KM_PER_DEGREE * math.cos(math.radians((self.north + self.south) / 2))


def sites_of(edition: Edition) -> tuple[tuple[Site, ...], tuple[Area, ...]]:
    found: dict[tuple[str, str], list[tuple[Located, str]]] = {}
    for card in edition.claims:
        for located in card.claim.where:
            key = (located.place or located.name, "" if located.lat is None else f"{located.lat:.3f},{located.lon:.3f}")
            found.setdefault(key, []).append((located, card.incident))
    sites, areas = [], []
    for told in found.values():
        first = told[0][0]
        groups = tuple(sorted({group for _, group in told if group}))
        name = first.name or first.text
        if first.lat is None or first.lon is None or first.uncertainty_m is None:
            areas.append(Area(name, "could not be placed", groups))
        elif first.level in AREAS or first.uncertainty_m > AREA_M:
            areas.append(Area(name, (first.level or "area").replace("_", " "), groups))
        else:
            roles = tuple(role for role in ("target", "at", "origin") if any(located.role == role for located, _ in told))
            sites.append(Site(name, first.level, first.lat, first.lon, first.uncertainty_m, roles, groups, len(told)))
    near = _near(sites)
    inside = set(near)
    areas.extend(Area(site.name, "outside the map", site.groups) for site in sites if site not in inside)
    return tuple(sorted(near, key=lambda s: (-s.claims, s.name))), tuple(sorted(areas, key=lambda a: a.name))


def _near(sites: list[Site]) -> list[Site]:
    """The sites without the few that lie so far from the middle of the claims that the map would show little else."""
    if not sites:
        return []
    told = [site for site in sites for _ in range(site.claims)]
    lat, lon = median(site.lat for site in told), median(site.lon for site in told)
    squeeze = math.cos(math.radians(lat))
    away = {site: math.hypot(site.lat - lat, (site.lon - lon) * squeeze) * KM_PER_DEGREE for site in sites}
    reach = max(FAR_KM, 4 * median(away[site] for site in told))
    return [site for site in sites if away[site] <= reach]


def frame(sites: tuple[Site, ...], width: float, aspect: tuple[float, float]) -> Frame:
    """The sites with a margin, at least LEAST_KM high, widened to an aspect (width by height) between the two given."""
    middle = math.radians(sum(site.lat for site in sites) / len(sites))
    squeeze = max(0.05, math.cos(middle))
    south, north = min(s.lat - _degrees(s) for s in sites), max(s.lat + _degrees(s) for s in sites)
    west, east = min(s.lon - _degrees(s) / squeeze for s in sites), max(s.lon + _degrees(s) / squeeze for s in sites)
    high = max((north - south) * 1.24, LEAST_KM / KM_PER_DEGREE)
    wide = max((east - west) * squeeze * 1.3, LEAST_KM / KM_PER_DEGREE)
    low, top = aspect
    if wide / high < low:
        wide = high * low
    elif wide / high > top:
        high = wide / top
    lat, lon = (north + south) / 2, (east + west) / 2
    half = wide / squeeze / 2
    return Frame(lon - half, lat - high / 2, lon + half, lat + high / 2, width, width * high / wide)


def _degrees(site: Site) -> float:
    return min(site.uncertainty_m, 12_000) / 1000 / KM_PER_DEGREE

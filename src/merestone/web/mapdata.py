"""What the map of the desk shows, as plain values for its page and its script.

Nothing is dropped in silence: a claim's place is drawn, or told beside the map with the reason; an incident without a place, or
without a date, is counted and listed. Marks, circles and lines mean what they mean on the map of the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from merestone.capture.terms import Place
from merestone.extract.terms import Located, When
from merestone.ledger.terms import Refusal
from merestone.link.terms import Group, Ref
from merestone.report import map as report_map
from merestone.report import words
from merestone.report.sites import AREA_M, AREAS, frame, sites_of
from merestone.report.standing import mark
from merestone.report.svg import clean
from merestone.report.terms import PROFILES, Card, Edition

ROLES = ("target", "at", "origin")
OTHER = "other"
WIDE = {"country": 0, "region": 1, "district": 2}
ANY_SHAPE = (0.05, 20.0)  # the browser widens it to the shape of its own map
LATEST = "9999-12-31T24:00"
_STROKE = 1.5  # the width of a line in the report, in which its dashes are told
_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
ALLOWED = "a day as 2031-05-17, or a day and an hour as 2031-05-17T05:00"

Href = Callable[[str], str]
Sides = Mapping[Ref, str]  # the side whose version a claim is: a party's code, or `other`


@dataclass(frozen=True, slots=True)
class Told:
    """All mentions of one place, each with the claim that makes it."""

    first: Located
    mentions: tuple[tuple[Located, Card], ...]

    @property
    def name(self) -> str:
        return clean(self.first.name or self.first.text)

    @property
    def beside(self) -> str:
        """Why the place is told beside the map, "" when it is drawn."""
        if self.first.lat is None or self.first.lon is None or self.first.uncertainty_m is None:
            return "could not be placed"
        if self.first.level in AREAS or self.first.uncertainty_m > AREA_M:
            return f"known only as a {(self.first.level or 'wide area').replace('_', ' ')}"
        return ""

    @property
    def groups(self) -> list[str]:
        return sorted({card.incident for _, card in self.mentions if card.incident})


def map_data(edition: Edition, href: Href) -> dict[str, Any]:
    """`href` gives the address of an incident or pattern by its id. Refuses an edition on which `redact` has not spoken."""
    if edition.profile not in PROFILES:
        raise Refusal("edition_not_redacted", found=edition.profile or "no profile")
    told = _told(edition)
    drawn = [entry for entry in told if not entry.beside]
    places = _by_group(told)
    sides = {ref: side for incident in edition.incidents for side, refs in incident.assessment.versions for ref in refs}
    near, _ = sites_of(edition)
    view = frame(near, 1.0, ANY_SHAPE) if near else None
    return {
        "parties": [{"code": code, "name": name} for code, name in edition.parties],
        "frame": None if view is None else [[_deg(view.west), _deg(view.south)], [_deg(view.east), _deg(view.north)]],
        "shapes": _collected(
            _shape(shape.kind, shape.rings) for kind in ("land", "lake") for shape in edition.base.shapes if shape.kind == kind
        ),
        "lines": _collected(_lines(edition)),
        "around": _around(edition, {entry.name for entry in drawn}),
        "places": _places(drawn, edition, sides),
        "incidents": _incidents(edition, places, href),
        "patterns": [_group(group, places.get(group.id, []), href) for group in edition.patterns],
        "rough": [{"name": entry.name, "why": entry.beside, "groups": entry.groups} for entry in told if entry.beside],
        "claims": len(edition.claims),
        "unplaced": sum(1 for card in edition.claims if not card.claim.where),
    }


def _told(edition: Edition) -> list[Told]:
    """Places in the order of their names; what is one place is decided as on the map of the report."""
    found: dict[tuple[str, str], list[tuple[Located, Card]]] = {}
    for card in edition.claims:
        for located in card.claim.where:
            key = (located.place or located.name, "" if located.lat is None else f"{located.lat:.3f},{located.lon:.3f}")
            found.setdefault(key, []).append((located, card))
    told = [Told(mentions[0][0], tuple(mentions)) for mentions in found.values()]
    return sorted(told, key=lambda entry: (entry.name, entry.first.lat or 0.0, entry.first.lon or 0.0))


def _by_group(told: list[Told]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    for entry in told:
        for group in entry.groups:
            found.setdefault(group, []).append(entry)
    return found


# --- the ground ---------------------------------------------------------------------------------------------------


def _deg(value: float) -> float:
    return round(value, 5)  # about a metre


def _collected(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _shape(kind: str, rings: Iterable[tuple[tuple[float, float], ...]]) -> dict[str, Any]:
    """Each ring is an area of its own, as on the map of the report."""
    areas = [[[[_deg(lon), _deg(lat)] for lat, lon in ring]] for ring in rings if len(ring) > 3]
    return {"type": "Feature", "properties": {"kind": kind}, "geometry": {"type": "MultiPolygon", "coordinates": areas}}


def _lines(edition: Edition) -> Iterable[dict[str, Any]]:
    """Every line of the pack, each as its origin gives it; where several disagree they stand beside each other."""
    for at, line in enumerate(edition.base.lines):
        dashes = report_map.DASHES[at % len(report_map.DASHES)]
        yield {
            "type": "Feature",
            "properties": {
                "letter": report_map.letter(at),
                "name": line.name,
                "kind": line.kind,
                "origin": line.origin,
                "dashes": dashes or "",
                "dash": [round(float(part) / _STROKE, 2) for part in dashes.split()] if dashes else [],
            },
            "geometry": {
                "type": "MultiLineString",
                "coordinates": [[[_deg(lon), _deg(lat)] for lat, lon in path] for path in line.paths if len(path) > 1],
            },
        }


def _around(edition: Edition, shown: set[str]) -> list[dict[str, Any]]:
    """Names for orientation, chosen by width and name alone, whoever holds them."""
    wide = sorted((p for p in edition.base.places if p.level in WIDE and p.name not in shown), key=lambda p: (WIDE[p.level], p.name, p.id))
    return [{"name": place.name, "level": place.level, "lon": _deg(place.lon), "lat": _deg(place.lat)} for place in wide]


# --- places -------------------------------------------------------------------------------------------------------


def _places(drawn: Iterable[Told], edition: Edition, sides: Sides) -> list[dict[str, Any]]:
    known = {place.id: place for place in edition.base.places}
    return [_place(n, entry, known.get(entry.first.place or ""), sides, edition) for n, entry in enumerate(drawn)]


def _place(number: int, told: Told, known: Place | None, sides: Sides, edition: Edition) -> dict[str, Any]:
    first = told.first
    if first.lat is None or first.lon is None or first.uncertainty_m is None:
        raise ValueError("a place that is not placed cannot be drawn")
    return {
        "id": number,
        "name": told.name,
        "names": _names(told.name, known),
        "level": first.level.replace("_", " "),
        "lon": _deg(first.lon),
        "lat": _deg(first.lat),
        "radius_km": round(first.uncertainty_m / 1000, 3),
        "within": words.distance(first.uncertainty_m),
        "area": first.level == "district" or first.uncertainty_m > report_map.AREA_M,
        "roles": [role for role in ROLES if any(located.role == role for located, _ in told.mentions)],
        "told": _roles_told(told, sides, [code for code, _ in edition.parties]),
        "loose": sum(1 for _, card in told.mentions if not card.incident),
    }


def _names(shown: str, known: Place | None) -> list[dict[str, str]]:
    """The other names of a place, one a language, in the order of the languages' codes."""
    told = {code: spelt[0] for code, spelt in sorted(known.names.items()) if code and spelt} if known else {}
    return [{"lang": code, "name": name} for code, name in told.items() if name != shown]


def _roles_told(told: Told, sides: Sides, codes: list[str]) -> list[dict[str, Any]]:
    """What the place is said to be in each incident or pattern, and in whose versions; parties in the order of their codes."""
    said: dict[tuple[str, str], set[str]] = {}
    for located, card in told.mentions:
        if card.incident:
            said.setdefault((card.incident, located.role), set()).add(sides.get(card.ref, ""))
    order = [*codes, OTHER]
    return [
        {"group": group, "role": role, "by": [side for side in order if side in by]}
        for (group, role), by in sorted(said.items(), key=lambda item: (item[0][0], ROLES.index(item[0][1])))
    ]


# --- incidents ----------------------------------------------------------------------------------------------------


def _incidents(edition: Edition, places: Mapping[str, list[Told]], href: Href) -> list[dict[str, Any]]:
    """In the order of their beginning; what bears no date comes last."""
    order = [*(code for code, _ in edition.parties), OTHER]
    made = []
    for incident in edition.incidents:
        group, assessment = incident.group, incident.assessment
        spoken = {side for side, refs in assessment.versions if refs}
        made.append(
            {
                **_group(group, places.get(group.id, []), href),
                "grade": assessment.grade,
                "mark": mark(edition, assessment.state),
                "versions": [side for side in order if side in spoken or (side == OTHER and spoken - set(order))],
                "begins": _moment(group.start or group.end, False),
                "ends": _moment(group.end or group.start, True),
                "precision": group.precision,
                "when": words.when(When(group.start, group.end, group.precision)),
            }
        )
    return sorted(made, key=lambda entry: (not entry["begins"], entry["begins"], entry["id"]))


def _group(group: Group, mine: list[Told], href: Href) -> dict[str, Any]:
    drawn = any(not entry.beside for entry in mine)
    places = [entry.name for entry in mine]
    more = f" and {len(places) - 2} more places" if len(places) > 3 else ""
    kept = places[:2] if more else places
    named = (", ".join(kept) + more) if more else words.listed(kept)
    reasons = list(dict.fromkeys(f"{entry.name}: {entry.beside}" for entry in mine if entry.beside))
    return {
        "id": group.id,
        "href": href(group.id),
        "title": f"{words.kind(group.kind)}, {named}" if named else words.kind(group.kind),
        "kind": group.kind,
        "kind_words": words.kind(group.kind),
        "places": places,
        "drawn": drawn,
        "why_not": "" if drawn else "; ".join(reasons) or "no place is told",
        "claims": len(group.claims),
    }


def _moment(iso: str, last: bool) -> str:
    """Local clock time to the minute, so that moments compare as words; a bare date that ends a period ends with its day. "" for none."""
    if words.date_of(iso) is None:
        return ""
    clock = words.clock(iso)
    return f"{iso[:10]}T{clock}" if clock else f"{iso[:10]}T{'24:00' if last else '00:00'}"


# --- a window of time ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """From and to as they stand in the address, "" for none: a day, or a local time to the minute. A day that ends it is in it."""

    since: str = ""
    until: str = ""

    @property
    def told(self) -> str:
        return words.stretch(self.since, self.until) if self.since or self.until else ""

    def holds(self, begins: str, ends: str) -> bool:
        """Whether what may lie anywhere between the two may lie in the window. What bears no date stays, apart."""
        if not begins:
            return True
        first, last = _moment(self.since, False), _moment(self.until, True) or LATEST
        return begins < last and (ends > first or begins == ends == first)


def window_asked(since: str, until: str) -> Window:
    """From the address. Refuses what is neither a day nor a time, and a window that ends before it begins."""
    for option, given in (("from", since), ("to", until)):
        if given and not (_DAY.fullmatch(given) or _CLOCK.fullmatch(given)):
            raise Refusal("filter_malformed", option=option, found=given, allowed=ALLOWED)
        _day_there_is(option, given)
    if since and until and _moment(since, False) > _moment(until, True):
        raise Refusal("window_reversed", since=since, until=until)
    return Window(since, until)


def _day_there_is(option: str, given: str) -> None:
    try:
        datetime.fromisoformat(given or "2000-01-01")
    except ValueError as error:
        raise Refusal("filter_malformed", option=option, found=given, allowed=ALLOWED) from error


def listed_in(data: Mapping[str, Any], window: Window) -> dict[str, list[dict[str, Any]]]:
    """The incidents for the list, each once: dated and on the map, dated and beside it, or without a date; those outside the window last."""
    told = data["incidents"]
    inside = [entry for entry in told if window.holds(entry["begins"], entry["ends"])]
    dated = [entry for entry in inside if entry["begins"]]
    return {
        "on_map": [entry for entry in dated if entry["drawn"]],
        "beside": [entry for entry in dated if not entry["drawn"]],
        "undated": [entry for entry in inside if not entry["begins"]],
        "outside": [entry for entry in told if not window.holds(entry["begins"], entry["ends"])],
    }

"""Points that are said by way of other places: "3 km north-east of X", "between A and B", "on the road from A to B".

The point moves, its uncertainty grows; where the words give no distance it stays and only the uncertainty grows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from math import hypot

from merestone.capture.names import fold, stems
from merestone.extract.terms import Located, PlaceMention
from merestone.locate.geometry import destination, distance_m, midpoint, spread_m
from merestone.locate.place_words import PlaceWords
from merestone.locate.wording import Wording

_GAP = 40  # characters between the two names of "between A and B"
_AROUND = 60
_WORD = re.compile(r"[^\W\d_]+")
_STOP = re.compile(r"[.;:!?\n](?=\s|$)")
NO_DISTANCE_M = 10_000.0  # what "north of X" may be off by, where no distance is said
_SHARE = 0.15  # of a distance as people say it


def moved(there: Located, said: Wording) -> Located:
    """ "3 km north-east of X" is not X: the point moves and its uncertainty grows; without a direction, or a distance, only the latter."""
    if there.lat is None or there.lon is None or there.uncertainty_m is None:
        return there
    name = f"{said.words} {there.name}"
    if said.metres is None:
        why = f"{there.why}; at {said.bearing:g}° from it, no distance said"
        return replace(there, name=name, level="feature", uncertainty_m=there.uncertainty_m + NO_DISTANCE_M, place=None, why=why)
    far = f"{said.metres / 1000:g} km" + (f" (± {said.give / 1000:g})" if said.give else "")
    if said.bearing is None:
        wide = there.uncertainty_m + said.metres + said.give
        why = f"{there.why}; {far} from it, no direction said"
        return replace(there, name=name, level="feature", uncertainty_m=wide, place=None, why=why)
    lat, lon = destination((there.lat, there.lon), said.bearing, said.metres)
    wide = hypot(spread_m(there.uncertainty_m, said.metres, said.half_angle, _SHARE), said.give)
    why = f"{there.why}; {far} at {said.bearing:g}° from it"
    return replace(there, name=name, level="feature", lat=round(lat, 5), lon=round(lon, 5), uncertainty_m=round(wide), place=None, why=why)


def joined(first: PlaceMention, second: PlaceMention, text: str, words: PlaceWords) -> str:
    """How two names make one area: `between`, `halfway`, `road`, `section` ("the A-B section"), or "" where they are two places."""
    if not 0 <= second.start - first.end <= _GAP or text[first.start : first.end] != first.text:
        return ""
    gap = text[first.end : second.start]
    middle = _folded(gap)
    light = words.joins | words.of | words.to | words.level_words | words.about
    if _STOP.search(gap) or "," in gap or not all(word in light for word in middle):
        return ""
    before = _folded(_STOP.split(text[max(0, first.start - _AROUND) : first.start])[-1])[-5:]
    behind = _folded(_STOP.split(text[second.end : second.end + _AROUND])[0])[:4]
    dashed = not middle and gap.strip() in {"-", "–", "—"}
    with_and = any(word in words.joins for word in middle)
    if (with_and or dashed) and (_any(before, words.halfway, words) or _any(behind[:3], words.halfway, words)):
        return "halfway"
    if with_and and (_any(before, words.between, words) or _any(behind[:2], words.between_behind, words)):
        return "road" if _any((*before, *behind), words.roads, words) else "between"
    led = dashed or not with_and
    if led and (_any(before, words.roads, words) or _any(behind[:3], words.roads, words)):
        return "road"
    ends = fold(second.text).split()[-1:] + behind[:1]
    if dashed and any(words.levels.get(form) == "border_section" for word in ends for form in stems(word, words.language)):
        return "section"
    return ""


def _folded(text: str) -> list[str]:
    return [fold(found) for found in _WORD.findall(text)]


def _any(run: list[str] | tuple[str, ...], sort: frozenset[str], words: PlaceWords) -> bool:
    return bool(sort) and any(form in sort for word in run for form in stems(word, words.language))


def ends(a: Located, b: Located) -> tuple[Located, Located]:
    """ "The A-B section": both of its ends, each as wide as the section, since no words say where on it."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None or a.uncertainty_m is None or b.uncertainty_m is None:
        return a, b
    apart = distance_m((a.lat, a.lon), (b.lat, b.lon))

    def end(here: Located, other: Located, own: float) -> Located:
        why = f"{here.why}; one end of a section to {other.name}, {apart / 1000:.0f} km long"
        return replace(here, level="border_section", uncertainty_m=round(apart + own), why=why)

    return end(a, b, a.uncertainty_m), end(b, a, b.uncertainty_m)


def midway(a: Located, b: Located, text: str, how: str) -> Located | None:
    """One area of two places: its middle is halfway, and it reaches to both, or stays about the middle where the words say halfway."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None or a.uncertainty_m is None or b.uncertainty_m is None:
        return None
    apart = distance_m((a.lat, a.lon), (b.lat, b.lon))
    lat, lon = midpoint((a.lat, a.lon), (b.lat, b.lon))
    widest = max(a.uncertainty_m, b.uncertainty_m)
    wide = hypot(widest, apart * _SHARE) if how == "halfway" else apart / 2 + widest
    names = f"{a.name} and {b.name}"
    named, why = {
        "between": (f"between {names}", f"between {names}"),
        "halfway": (f"halfway between {names}", f"halfway between {names}"),
        "road": (f"road between {names}", f"on the way between {names}, taken as straight"),
    }[how]
    return Located(
        text=text[a.start : b.end], start=a.start, end=b.end, role=a.role, name=named,
        level="feature", lat=round(lat, 5), lon=round(lon, 5), uncertainty_m=round(wide),
        place=None, why=f"{why}, {apart / 1000:.0f} km apart", others=(),
    )  # fmt: skip

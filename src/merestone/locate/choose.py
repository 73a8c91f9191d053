"""Which of the places that bear a name is meant: by the words about it, the places beside it, and nothing else.

Who is blamed and who speaks are never looked at. What cannot be told apart stays open, with its candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from merestone.capture.terms import Place
from merestone.locate.gazetteer import Gazetteer
from merestone.locate.geometry import distance_m

_WIDE = {"district": 1, "region": 2, "country": 3}
ONE_SPOT_M = 12_000.0  # namesakes closer than this are one spot, with an uncertainty that covers both
NEARER = 2.0  # the nearest of several must be nearer than the next by this factor, and by:
NEARER_M = 15_000.0


@dataclass(frozen=True, slots=True)
class Choice:
    """`place` is None where the candidates cannot be told apart."""

    place: Place | None
    why: str
    others: tuple[str, ...] = ()
    uncertainty_m: float | None = None


class Text(Protocol):
    """The text of a mention, as far as it tells namesakes apart."""

    def around(self) -> tuple[Place, ...]: ...

    def named_so(self, left: Sequence[Place], name: str) -> tuple[Place, str] | None: ...


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a mention. `claim`: sure places of its claim and its sentence; `document`: of all claims; `text`: asked last; `name` as written."""

    claim: tuple[Place, ...] = ()
    document: tuple[Place, ...] = ()
    text: Text | None = None
    name: str = ""


def choose(found: Sequence[Place], level: str, near: Beside, gaz: Gazetteer) -> Choice:
    """One of the places that bear the name, if the words or what stands beside them tell which."""
    if len(found) == 1:
        return Choice(found[0], "the only place of that name")
    every = tuple(place.id for place in found)
    left, why = _of_level(found, level)
    if len(left) == 1:
        return _chosen(left[0], why, every)
    inside = [place for place in left if any(gaz.holds(holder, place) for holder in near.claim if holder not in found)]
    if inside and len(inside) < len(left):
        left, why = inside, "the area that holds it is named beside it"
    if len(left) == 1:
        return _chosen(left[0], why, every)
    widest = max(left, key=lambda place: _WIDE.get(place.level, 0))
    if widest.level in _WIDE and all(place is widest or gaz.seat(widest, place) for place in left):
        return _chosen(widest, "no word says whether the area or a settlement in it is meant: the area", every)
    told = _by_the_others(left, found, near)
    if told is not None:
        return _chosen(*told, every)
    spot = _one_spot(left)
    if spot is not None:
        return spot
    names = ", ".join(place.id for place in left)
    return Choice(None, f"{len(left)} places bear this name and nothing tells them apart: {names}", every)


def _chosen(place: Place, why: str, every: tuple[str, ...]) -> Choice:
    return Choice(place, why, tuple(each for each in every if each != place.id))


def _of_level(found: Sequence[Place], level: str) -> tuple[list[Place], str]:
    """Those of the level that a word says; a region's word does for a district and the other way round."""
    if level:
        alike = {level, *({"district", "region"} if level in {"district", "region"} else set())}
        same = [place for place in found if place.level == level] or [place for place in found if place.level in alike]
        if same:
            return same, f"a word says that a {level} is meant"
    return list(found), ""


def _by_the_others(left: Sequence[Place], found: Sequence[Place], near: Beside) -> tuple[Place, str] | None:
    """By distance to what else is named, then by the tradition of naming that the text keeps to."""
    for known, where in ((near.claim, "the other places of the claim"), (near.document, "the other places of the document")):
        nearest = _nearest(left, [place for place in known if place not in found])
        if nearest is not None:
            return nearest, f"nearest to {where}"
    if near.text is None:
        return None
    nearest = _nearest(left, [place for place in near.text.around() if place not in found])
    if nearest is not None:
        return nearest, "nearest to the other places of the text"
    so = near.text.named_so(left, near.name)
    return None if so is None else (so[0], f"called so in the tradition ({so[1]}) whose names the text uses")


def _nearest(left: Sequence[Place], known: Sequence[Place]) -> Place | None:
    if not known:
        return None
    ranked = sorted(left, key=lambda place: (_gap(place, known), place.id))
    first, second = _gap(ranked[0], known), _gap(ranked[1], known)
    return ranked[0] if second > first * NEARER and second - first > NEARER_M else None


def _gap(place: Place, known: Sequence[Place]) -> float:
    """Distance to the nearest known place; what lies within that place's own uncertainty counts as half of it."""
    return min(max(distance_m((place.lat, place.lon), (each.lat, each.lon)), each.uncertainty_m / 2) for each in known)


def _one_spot(left: Sequence[Place]) -> Choice | None:
    first = min(left, key=lambda place: (place.uncertainty_m, place.id))
    reach = max(distance_m((first.lat, first.lon), (place.lat, place.lon)) + place.uncertainty_m for place in left)
    if reach > ONE_SPOT_M + first.uncertainty_m:
        return None
    others = tuple(place.id for place in left if place is not first)
    return Choice(first, "namesakes that lie together: the uncertainty covers them", others, max(reach, first.uncertainty_m))

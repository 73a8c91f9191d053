"""What is said of a mention in the end: the place with its reason, several of one name that lie together, or nothing and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.capture.terms import Place
from merestone.extract.terms import Located, PlaceMention
from merestone.locate.choose import Choice
from merestone.locate.geometry import distance_m
from merestone.locate.wording import Wording

POINTS = {"settlement", "feature"}
# What "the X area", "the X direction" is at least, where the pack has only the town X.
_LEAST_M = {"district": 20_000.0, "region": 50_000.0, "border_section": 8_000.0}
_FOUND = {"sound": " (spelt differently in the pack)", "inside": " (the narrowest name in these words)"}
_TWINS = "no place of the pack bears this name alone"


def once(where: Sequence[Located], text: str) -> tuple[Located, ...]:
    """Rival names of one place that stand side by side, "A (B)", "A / B", are one place: the first, with its other name in the reason."""
    out: list[Located] = []
    for each in where:
        last = out[-1] if out else None
        gap = text[last.end : each.start].strip() if last is not None and last.end <= each.start <= last.end + 4 else None
        if last is not None and last.place is not None and (last.place, last.role) == (each.place, each.role) and gap in {"(", "/", "["}:
            out[-1] = replace(last, why=f"{last.why}; also called {each.text} here")
        else:
            out.append(each)
    return tuple(out)


def nowhere(mention: PlaceMention, level: str, why: str, others: tuple[str, ...] = ()) -> Located:
    return Located(
        mention.text, mention.start, mention.end, mention.role, mention.text, level or "settlement", None, None, None, None, why, others
    )


def twins_of(mention: PlaceMention, found: Sequence[Place], choice: Choice) -> Located:
    """ "X", where the pack has Upper X and Lower X: one of them if the text tells which, the area of both if they lie together, else open."""
    ids, names = tuple(place.id for place in found), ", ".join(place.name for place in found)
    if len(found) == 1 or choice.place is None:
        return nowhere(mention, found[0].level, f"{_TWINS}, but with another word: {names}", ids)
    if choice.uncertainty_m is None:
        return at_place(
            mention, Wording(mention.text, ""), replace(choice, why=f"{_TWINS}; of {names}: {choice.why}"), choice.place, "twin"
        )
    lat, lon = (sum(getattr(place, axis) for place in found) / len(found) for axis in ("lat", "lon"))
    reach = max(distance_m((lat, lon), (place.lat, place.lon)) + place.uncertainty_m for place in found)
    return Located(
        text=mention.text, start=mention.start, end=mention.end, role=mention.role, name=mention.text, level=found[0].level,
        lat=round(lat, 5), lon=round(lon, 5), uncertainty_m=round(reach), place=None, why=f"{_TWINS}; these lie together: {names}", others=ids,
    )  # fmt: skip


def at_place(mention: PlaceMention, said: Wording, choice: Choice, place: Place, how: str) -> Located:
    level, uncertainty = place.level, choice.uncertainty_m if choice.uncertainty_m is not None else place.uncertainty_m
    why = choice.why + _FOUND.get(how, "")
    least = _LEAST_M.get(said.level)
    if least is not None and place.level in POINTS:
        level, uncertainty = said.level, max(uncertainty, least)
        told = said.level.replace("_", " ")
        why += f"; the text says {told}, the pack has the {place.level} of that name: as wide as a {told}"
    return Located(
        text=mention.text, start=mention.start, end=mention.end, role=mention.role, name=place.name, level=level,
        lat=place.lat, lon=place.lon, uncertainty_m=uncertainty, place=place.id, why=why, others=choice.others,
    )  # fmt: skip

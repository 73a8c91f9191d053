"""Where the places of a reading are: a mention becomes a candidate with an uncertainty and a reason, or says why it has none.

Looks names up, reads the words about them, tells namesakes apart by what is named beside them; guesses nothing (law 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from merestone.capture.terms import Place
from merestone.extract.terms import Located, PlaceMention, Proposal, Reading
from merestone.locate.choose import Choice, choose
from merestone.locate.gazetteer import Gazetteer
from merestone.locate.geometry import destination, distance_m, midpoint, spread_m
from merestone.locate.place_words import PlaceWords, place_words
from merestone.locate.wording import Wording, wording

_LEAST_M = {"district": 20_000.0, "region": 50_000.0}  # what "the X area" is at least, where the pack has only the town X
_FINE = {"settlement", "district", "feature"}
_GAP = 40  # characters between the two names of "between A and B"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A mention with its candidates and what the words about it say."""

    mention: PlaceMention
    said: Wording
    found: tuple[Place, ...]
    how: str


def resolve(reading: Reading, gazetteer: Gazetteer, text: str) -> Reading:
    """The reading with `where` of every proposal filled from its `places`; everything else as it was."""
    words = place_words(reading.language)
    asked = [tuple(_asked(mention, gazetteer, text, words, reading.language) for mention in claim.places) for claim in reading.claims]
    around = _sure((each for claim in asked for each in claim), gazetteer)
    claims = tuple(_located(claim, its, around, gazetteer, text, words) for claim, its in zip(reading.claims, asked, strict=True))
    return replace(reading, claims=claims)


def _asked(mention: PlaceMention, gazetteer: Gazetteer, text: str, words: PlaceWords, language: str) -> _Asked:
    said = wording(mention, text, words)
    found, how = gazetteer.known(mention.ids), "sound"
    if not found:
        for name in dict.fromkeys((mention.text, said.name)):
            ids, how = gazetteer.names.find(name, language)
            found = gazetteer.known(ids)
            if found:
                break
    exact = tuple(p for p in found if gazetteer.bears_exactly(p, mention.text, language) or gazetteer.bears_exactly(p, said.name, language))
    return _Asked(mention, said, exact or found, "exact" if exact else how)


def _sure(asked: Iterable[_Asked], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Places of mentions that need no other to be understood, narrow ones only: a country tells no namesakes apart."""
    out: dict[str, Place] = {}
    for each in asked:
        place = choose(each.found, each.said.level, (), (), gazetteer).place if each.found else None
        if place is not None and place.level in _FINE | {"region"}:
            out[place.id] = place
    return tuple(out.values())


def _located(
    claim: Proposal, asked: tuple[_Asked, ...], around: tuple[Place, ...], gazetteer: Gazetteer, text: str, words: PlaceWords
) -> Proposal:
    beside = _sure(asked, gazetteer)
    where: list[Located] = []
    skip = False
    for number, each in enumerate(asked):
        if skip:
            skip = False
            continue
        here = _place(each, beside, around, gazetteer)
        if number + 1 < len(asked) and _between(each.mention, asked[number + 1].mention, text, words):
            there = _place(asked[number + 1], beside, around, gazetteer)
            middle = _halfway(here, there, text)
            if middle is not None:
                where.append(middle)
                skip = True
                continue
        where.append(here)
    return replace(claim, where=tuple(where))


def _place(asked: _Asked, beside: Sequence[Place], around: Sequence[Place], gazetteer: Gazetteer) -> Located:
    mention, said = asked.mention, asked.said
    if not asked.found:
        return _nowhere(mention, said.level, "no place of the pack bears this name")
    choice = choose(asked.found, said.level, beside, around, gazetteer)
    if choice.place is None:
        return _nowhere(mention, asked.found[0].level, choice.why, choice.others)
    there = _at(mention, said, choice, choice.place, asked.how)
    return there if said.metres is None else _moved(there, said)


def _nowhere(mention: PlaceMention, level: str, why: str, others: tuple[str, ...] = ()) -> Located:
    return Located(
        mention.text, mention.start, mention.end, mention.role, mention.text, level or "settlement", None, None, None, None, why, others
    )


def _at(mention: PlaceMention, said: Wording, choice: Choice, place: Place, how: str) -> Located:
    level, uncertainty = place.level, choice.uncertainty_m if choice.uncertainty_m is not None else place.uncertainty_m
    why = choice.why + (" (spelt differently in the pack)" if how == "sound" else "")
    least = _LEAST_M.get(said.level)
    if least is not None and place.level in {"settlement", "feature"}:
        level, uncertainty = said.level, max(uncertainty, least)
        why += f"; the text says {said.level}, the pack has the {place.level} of that name: as wide as a {said.level}"
    return Located(
        text=mention.text, start=mention.start, end=mention.end, role=mention.role, name=place.name, level=level,
        lat=place.lat, lon=place.lon, uncertainty_m=uncertainty, place=place.id, why=why, others=choice.others,
    )  # fmt: skip


def _moved(there: Located, said: Wording) -> Located:
    """ "3 km north-east of X" is not X: the point moves and its uncertainty grows; without a direction only the latter."""
    if there.lat is None or there.lon is None or there.uncertainty_m is None or said.metres is None:
        return there
    name = f"{said.words} {there.name}"
    if said.bearing is None:
        wide = there.uncertainty_m + said.metres
        why = f"{there.why}; {said.metres / 1000:g} km from it, no direction said"
        return replace(there, name=name, level="feature", uncertainty_m=wide, place=None, why=why)
    lat, lon = destination((there.lat, there.lon), said.bearing, said.metres)
    wide = spread_m(there.uncertainty_m, said.metres, said.half_angle)
    why = f"{there.why}; {said.metres / 1000:g} km at {said.bearing:g}° from it"
    return replace(there, name=name, level="feature", lat=round(lat, 5), lon=round(lon, 5), uncertainty_m=round(wide), place=None, why=why)


def _between(first: PlaceMention, second: PlaceMention, text: str, words: PlaceWords) -> bool:
    """ "between A and B", with nothing but a short join in the middle."""
    if not words.between or not 0 <= second.start - first.end <= _GAP:
        return False
    before = text[max(0, first.start - _GAP) : first.start].casefold().split()
    joined = text[first.end : second.start].casefold().split()
    return any(word in words.between for word in before[-4:]) and any(word in words.joins for word in joined)


def _halfway(a: Located, b: Located, text: str) -> Located | None:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None or a.uncertainty_m is None or b.uncertainty_m is None:
        return None
    apart = distance_m((a.lat, a.lon), (b.lat, b.lon))
    lat, lon = midpoint((a.lat, a.lon), (b.lat, b.lon))
    return Located(
        text=text[a.start : b.end], start=a.start, end=b.end, role=a.role, name=f"between {a.name} and {b.name}", level="feature",
        lat=round(lat, 5), lon=round(lon, 5), uncertainty_m=round(apart / 2 + max(a.uncertainty_m, b.uncertainty_m)), place=None,
        why=f"halfway between {a.name} and {b.name}, {apart / 1000:.0f} km apart", others=(),
    )  # fmt: skip

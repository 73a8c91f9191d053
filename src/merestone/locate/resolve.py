"""Where the places of a reading are: a mention becomes a candidate with an uncertainty and a reason, or says why it has none.

Looks names up, reads the words about them, tells namesakes apart by what is named beside them; guesses nothing (law 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from merestone.capture.terms import Place
from merestone.extract.terms import Located, PlaceMention, Proposal, Reading
from merestone.locate.choose import Beside, Choice, choose
from merestone.locate.context import Context
from merestone.locate.gazetteer import Gazetteer
from merestone.locate.geometry import distance_m
from merestone.locate.offset import ends, joined, midway, moved
from merestone.locate.place_words import PlaceWords, every_twin, place_words
from merestone.locate.scan import Scanner
from merestone.locate.wording import Wording, wording

# What "the X area", "the X direction" is at least, where the pack has only the town X.
_LEAST_M = {"district": 20_000.0, "region": 50_000.0, "border_section": 8_000.0}
_FOUND = {"sound": " (spelt differently in the pack)", "inside": " (the narrowest name in these words)"}
_FINE = {"settlement", "district", "feature", "region"}
_POINTS = {"settlement", "feature"}
_TWINS = "no place of the pack bears this name alone"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A mention with its candidates and what the words about it say."""

    mention: PlaceMention
    said: Wording
    found: tuple[Place, ...]
    how: str


@dataclass(frozen=True, slots=True)
class _Page:
    """What all claims of a text share. `around`: places that its claims name for sure."""

    text: str
    gazetteer: Gazetteer
    words: PlaceWords
    around: tuple[Place, ...]
    context: Context


def resolve(reading: Reading, gazetteer: Gazetteer, text: str) -> Reading:
    """The reading with `where` of every proposal filled from its `places`; everything else as it was."""
    words = place_words(reading.language)
    asked = [tuple(_asked(mention, gazetteer, text, words) for mention in claim.places) for claim in reading.claims]
    around = _sure((each for claim in asked for each in claim), gazetteer)
    page = _Page(text, gazetteer, words, around, Context(text, gazetteer, _scanner(gazetteer, reading.language), words))
    claims = tuple(_located(claim, its, page) for claim, its in zip(reading.claims, asked, strict=True))
    return replace(reading, claims=claims)


@lru_cache(maxsize=4)
def _scanner(gazetteer: Gazetteer, language: str) -> Scanner:
    return Scanner(gazetteer.names, language)


def _asked(mention: PlaceMention, gazetteer: Gazetteer, text: str, words: PlaceWords) -> _Asked:
    said, language = wording(mention, text, words), words.language
    found, how = gazetteer.known(mention.ids), "sound"
    if not found:
        for name in dict.fromkeys((mention.text, said.name)):
            ids, how = gazetteer.names.find(name, language)
            found = gazetteer.known(ids)
            if found:
                break
    if not found:
        twins = gazetteer.known(gazetteer.names.with_words(said.name, language, every_twin()))
        inside = () if twins else _narrowest(gazetteer, mention.text, language)
        return _Asked(mention, said, twins or inside, "twin" if twins else "inside")
    exact = tuple(p for p in found if gazetteer.bears_exactly(p, mention.text, language) or gazetteer.bears_exactly(p, said.name, language))
    return _Asked(mention, said, exact or found, "exact" if exact else how)


def _narrowest(gazetteer: Gazetteer, words: str, language: str) -> tuple[Place, ...]:
    """Of several names in one mention, the places of the narrowest: "A section of the state border" is at A. A country comes last."""
    named = [gazetteer.known(ids) for ids in gazetteer.names.find_inside(words, language)]
    found = [places for places in named if places]
    return min(found, key=lambda places: (places[0].level == "country", max(each.uncertainty_m for each in places)), default=())


def _sure(asked: Iterable[_Asked], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Places of mentions that need no other to be understood, narrow ones only: a country tells no namesakes apart."""
    out: dict[str, Place] = {}
    for each in asked:
        known = each.found and each.how != "twin"
        place = choose(each.found, each.said.level, Beside(), gazetteer).place if known else None
        if place is not None and place.level in _FINE:
            out[place.id] = place
    return tuple(out.values())


def _located(claim: Proposal, asked: tuple[_Asked, ...], page: _Page) -> Proposal:
    beside = _sure(asked, page.gazetteer)
    where: list[Located] = []
    skip = False
    for number, each in enumerate(asked):
        if skip:
            skip = False
            continue
        here = _place(each, beside, page)
        following = asked[number + 1] if number + 1 < len(asked) else None
        how = joined(each.mention, following.mention, page.text, page.words) if following is not None else ""
        there = _place(following, beside, page) if following is not None and how else None
        middle = midway(here, there, page.text, how) if there is not None and how != "section" else None
        if there is not None and how == "section":
            where.extend(ends(here, there))
        else:
            where.append(middle or here)
        skip = middle is not None or how == "section"
    return replace(claim, where=_once(where, page.text))


def _once(where: Sequence[Located], text: str) -> tuple[Located, ...]:
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


def _place(asked: _Asked, beside: Sequence[Place], page: _Page) -> Located:
    mention, said = asked.mention, asked.said
    if not asked.found:
        return _nowhere(mention, said.level, "no place of the pack bears this name")
    near = Beside((*beside, *page.context.near(mention, asked.found)), page.around, page.context, said.name)
    choice = choose(asked.found, said.level, near, page.gazetteer)
    if asked.how == "twin":
        there = _twins(mention, asked.found, choice)
    elif choice.place is None:
        return _nowhere(mention, asked.found[0].level, choice.why, choice.others)
    else:
        there = _at(mention, said, choice, choice.place, asked.how)
    return moved(there, said) if said.metres is not None or (said.bearing is not None and there.level in _POINTS) else there


def _nowhere(mention: PlaceMention, level: str, why: str, others: tuple[str, ...] = ()) -> Located:
    return Located(
        mention.text, mention.start, mention.end, mention.role, mention.text, level or "settlement", None, None, None, None, why, others
    )


def _twins(mention: PlaceMention, found: Sequence[Place], choice: Choice) -> Located:
    """ "X", where the pack has Upper X and Lower X: one of them if the text tells which, the area of both if they lie together, else open."""
    ids, names = tuple(place.id for place in found), ", ".join(place.name for place in found)
    if len(found) == 1 or choice.place is None:
        return _nowhere(mention, found[0].level, f"{_TWINS}, but with another word: {names}", ids)
    if choice.uncertainty_m is None:
        return _at(mention, Wording(mention.text, ""), replace(choice, why=f"{_TWINS}; of {names}: {choice.why}"), choice.place, "twin")
    lat, lon = (sum(getattr(place, axis) for place in found) / len(found) for axis in ("lat", "lon"))
    reach = max(distance_m((lat, lon), (place.lat, place.lon)) + place.uncertainty_m for place in found)
    return Located(
        text=mention.text, start=mention.start, end=mention.end, role=mention.role, name=mention.text, level=found[0].level,
        lat=round(lat, 5), lon=round(lon, 5), uncertainty_m=round(reach), place=None, why=f"{_TWINS}; these lie together: {names}", others=ids,
    )  # fmt: skip


def _at(mention: PlaceMention, said: Wording, choice: Choice, place: Place, how: str) -> Located:
    level, uncertainty = place.level, choice.uncertainty_m if choice.uncertainty_m is not None else place.uncertainty_m
    why = choice.why + _FOUND.get(how, "")
    least = _LEAST_M.get(said.level)
    if least is not None and place.level in _POINTS:
        level, uncertainty = said.level, max(uncertainty, least)
        told = said.level.replace("_", " ")
        why += f"; the text says {told}, the pack has the {place.level} of that name: as wide as a {told}"
    return Located(
        text=mention.text, start=mention.start, end=mention.end, role=mention.role, name=place.name, level=level,
        lat=place.lat, lon=place.lon, uncertainty_m=uncertainty, place=place.id, why=why, others=choice.others,
    )  # fmt: skip

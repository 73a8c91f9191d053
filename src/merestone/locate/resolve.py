"""Where the places of a reading are: a mention becomes a candidate with an uncertainty and a reason, or says why it has none.

Looks names up, reads the words about them, tells namesakes apart by what is named beside them; guesses nothing (law 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from merestone.capture.terms import Place
from merestone.extract.terms import Located, PlaceMention, Proposal, Reading
from merestone.locate.choose import Beside, choose
from merestone.locate.context import Context
from merestone.locate.gazetteer import Gazetteer
from merestone.locate.offset import ends, joined, midway, moved
from merestone.locate.place_words import PlaceWords, every_twin, place_words
from merestone.locate.placed import POINTS, at_place, nowhere, once, twins_of
from merestone.locate.scan import Scanner
from merestone.locate.wording import Wording, wording

_FINE = {"settlement", "district", "feature", "region"}


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
    return replace(claim, where=once(where, page.text))


def _place(asked: _Asked, beside: Sequence[Place], page: _Page) -> Located:
    mention, said = asked.mention, asked.said
    if not asked.found:
        return nowhere(mention, said.level, "no place of the pack bears this name")
    near = Beside((*beside, *page.context.near(mention, asked.found)), page.around, page.context, said.name)
    choice = choose(asked.found, said.level, near, page.gazetteer)
    if asked.how == "twin":
        there = twins_of(mention, asked.found, choice)
    elif choice.place is None:
        return nowhere(mention, asked.found[0].level, choice.why, choice.others)
    else:
        there = at_place(mention, said, choice, choice.place, asked.how)
    return moved(there, said) if said.metres is not None or (said.bearing is not None and there.level in POINTS) else there

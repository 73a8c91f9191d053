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
from merestone.locate.offset import between, halfway, moved
from merestone.locate.place_words import PlaceWords, place_words
from merestone.locate.wording import Wording, wording

_LEAST_M = {"district": 20_000.0, "region": 50_000.0}  # what "the X area" is at least, where the pack has only the town X
_FOUND = {"sound": " (spelt differently in the pack)", "inside": " (the narrowest name in these words)"}
_FINE = {"settlement", "district", "feature"}


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
    if not found:
        return _Asked(mention, said, _narrowest(gazetteer, mention.text, language), "inside")
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
        if number + 1 < len(asked) and between(each.mention, asked[number + 1].mention, text, words):
            there = _place(asked[number + 1], beside, around, gazetteer)
            middle = halfway(here, there, text)
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
    return there if said.metres is None else moved(there, said)


def _nowhere(mention: PlaceMention, level: str, why: str, others: tuple[str, ...] = ()) -> Located:
    return Located(
        mention.text, mention.start, mention.end, mention.role, mention.text, level or "settlement", None, None, None, None, why, others
    )


def _at(mention: PlaceMention, said: Wording, choice: Choice, place: Place, how: str) -> Located:
    level, uncertainty = place.level, choice.uncertainty_m if choice.uncertainty_m is not None else place.uncertainty_m
    why = choice.why + _FOUND.get(how, "")
    least = _LEAST_M.get(said.level)
    if least is not None and place.level in {"settlement", "feature"}:
        level, uncertainty = said.level, max(uncertainty, least)
        why += f"; the text says {said.level}, the pack has the {place.level} of that name: as wide as a {said.level}"
    return Located(
        text=mention.text, start=mention.start, end=mention.end, role=mention.role, name=place.name, level=level,
        lat=place.lat, lon=place.lon, uncertainty_m=uncertainty, place=place.id, why=why, others=choice.others,
    )  # fmt: skip

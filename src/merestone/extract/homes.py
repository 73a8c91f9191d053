"""Who speaks for a place: the village at "head of the community" or "residents", and the person who stands beside an office.

A place is taken from right beside the words alone, in the case of owners where names have cases. It gives the side that the pack
names for it, the same for every party (law 2), and the name in the letters of the pack; residents speak for no party.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from merestone.capture.names import romanised
from merestone.extract.lexicon import Lexicon, level_words_of
from merestone.extract.names import Mention, Names
from merestone.extract.tokens import Layout, Token

WIDE = ("region", "district")


@dataclass(frozen=True, slots=True)
class Home:
    """Where a local voice belongs: the mention, its English name, and the one side that the pack gives to all places of that name."""

    mention: Mention
    name: str
    side: str


def home_of(mention: Mention, names: Names, wide: bool = False) -> Home | None:
    """The place that a mention names, a district or region first where `wide`."""
    places = [names.places[key] for key in mention.places]
    if not places or all(place.level == "country" for place in places):
        return None
    best = next((place for place in places if (place.level in WIDE) == wide), places[0])
    sides = {place.side for place in places if place.side}
    side = sides.pop() if len(sides) == 1 else ""
    return Home(mention, best.name.partition(" (")[0], side if side in names.parties else "")


def beside(layout: Layout, mentions: Sequence[Mention], lex: Lexicon, span: tuple[int, int]) -> Mention | None:
    """The place right before or behind the words of a local office: "X-town mayor", "residents of the village of X", "in X's community"."""
    levels = level_words_of(lex)[1] | lex.words["of_party"] | lex.words["determiners"]
    owners = lex.words["of"] | {"@attr", ""}
    for mention in mentions:
        if not mention.places or mention.parties or mention.sources:
            continue
        if mention.end <= span[0]:
            between, gap = layout.within(mention.end, span[0]), layout.text[mention.end : span[0]]
            fits = mention.case in owners or mention.adjective
        elif mention.start >= span[1]:
            between, gap = layout.within(span[1], mention.start), layout.text[span[1] : mention.start]
            fits = bool(between) or lex.morphology.head_first
        else:
            return mention
        if fits and len(between) <= 3 and all(t.folded in levels for t in between) and _plain(gap):
            return mention
    return None


def _plain(gap: str) -> bool:
    return all(c.isalnum() or c.isspace() or c in "-–'’\"“”«»" for c in gap)


def written(layout: Layout, tokens: Sequence[Token], names: Names) -> str:
    """The name of a person in Latin letters, without the ending of its case; as written where the language has no other letters."""
    start, end = tokens[0].start, tokens[-1].end
    if not names.morphology.bends:
        return layout.text[start:end]
    words = [t.text for t in tokens]
    cut = names.morphology.person_endings
    words[-1] = cut.sub("", words[-1]) if cut is not None else words[-1]
    return " ".join("-".join(part[:1].upper() + part[1:] for part in romanised(w, names.language).split("-")) for w in words)

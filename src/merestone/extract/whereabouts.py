"""Places that are not where something was: where people are from. And places that a noun points back at: "on the same section".

Both are read from the words beside the name alone, for every party and place alike (law 2).
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from merestone.extract.finder import Match
from merestone.extract.lexicon import Lexicon, level_words_of
from merestone.extract.terms import PlaceMention
from merestone.extract.tokens import Layout, Token

NEAR = 8  # words before a place in which it is looked for whose it is
BACK = 40  # places to which a noun may point back
HERE = 3  # words from a name to the noun that says what sort of place it is
LEAST = 4  # letters that two forms of one noun share
PEOPLE = "civilians"


def from_elsewhere(layout: Layout, places: Sequence[PlaceMention], lex: Lexicon) -> frozenset[int]:
    """Where the names stand of places that people are from ("a shepherd from X-town"). Of things it tells where they were ("carts from X-town")."""
    out = []
    for place in places:
        heads = _nouns(layout, place, PEOPLE, lex)
        if any(_of(layout, m.end, place, lex) if m.end <= place.start else _before(layout, place, m.start, lex) for m in heads):
            out.append(place.start)
    return frozenset(out)


def _nouns(layout: Layout, place: PlaceMention, tag: str, lex: Lexicon) -> list[Match]:
    """Nouns of a class a few words around a place."""
    sentence = layout.sentence_at(place.start)
    ahead = layout.before(place.start, sentence.start, NEAR)
    behind = layout.within(place.end, min(sentence.end, place.end + 60))[:HERE]
    stretch = (ahead[0].start if ahead else place.start, behind[-1].end if behind else place.end)
    return [m for m in lex.heads.find(layout, *stretch) if m.tag == tag]


def _of(layout: Layout, end: int, place: PlaceMention, lex: Lexicon) -> bool:
    """ "Shepherd from (the village of) X-town": right behind the noun."""
    between = [t.folded for t in layout.within(end, place.start)]
    small = level_words_of(lex)[1] | lex.words["determiners"]
    gap = layout.text[end : place.start]
    return (
        bool(between) and between[0] in lex.words["role_origin"] and all(w in small for w in between[1:]) and not set(gap) & set(",;:.()—")
    )


def _before(layout: Layout, place: PlaceMention, start: int, lex: Lexicon) -> bool:
    """Where the noun stands behind ("X-town-from shepherd")."""
    return place.role == "origin" and not lex.morphology.head_first and layout.text[place.end : start].isspace() and lex.morphology.bends


def of_villagers(layout: Layout, places: Sequence[PlaceMention], lex: Lexicon) -> frozenset[int]:
    """Where the names stand of places whose people are told of ("a villager of X-town"): they may have been anywhere, where another place is told."""
    out = []
    small = level_words_of(lex)[1]
    for place in places:
        people = [
            m for m in _nouns(layout, place, PEOPLE, lex) if layout.within(m.start, m.end)[-1].folded not in small
        ]  # "head of the community of X-town" is there
        behind = [layout.text[place.end : m.start] for m in people if m.start >= place.end and not lex.morphology.head_first]
        gaps = [(m.end, place.start) for m in people if m.end <= place.start and lex.morphology.head_first]
        ahead = [
            all(t.folded in small for t in layout.within(*gap)) and not set(layout.text[slice(*gap)]) & set(",;:.()—«»") for gap in gaps
        ]
        if any(ahead) or any(gap == " " for gap in behind):
            out.append(place.start)
    return frozenset(out)


def launched_at(layout: Layout, place: PlaceMention, lex: Lexicon) -> bool:
    """ "From the Xlandish post near X-town": where what came from there came from, whatever adjectives the post has."""
    sentence = layout.sentence_at(place.start)
    posts = [m for m in _nouns(layout, place, "positions", lex) if m.end <= place.start] if place.role == "at" else []
    if not posts:
        return False
    between = [t.folded for t in layout.within(posts[-1].end, place.start)]
    beside = lex.words["place_before"] | level_words_of(lex)[1] | lex.words["determiners"]
    if len(between) > HERE or not all(w in beside for w in between) or set(layout.text[posts[-1].end : place.start]) & set(",;:.()—"):
        return False
    for word in reversed(layout.before(posts[-1].start, sentence.start, HERE)):
        if word.folded in lex.words["launched_place"]:
            return True
        if lex.morphology.modifiers is None or not lex.morphology.modifiers.search(word.folded):
            return False
    return False


def pointed_back(layout: Layout, places: Sequence[PlaceMention], lex: Lexicon) -> tuple[tuple[int, PlaceMention], ...]:
    """By where the noun of "on the same section" stands, the place last told with that noun."""
    sorts = frozenset(w for forms in level_words_of(lex)[0].values() for w in forms)
    nouns = [t for t in layout.tokens if t.folded in sorts and _points(layout, t, lex)]
    out = []
    for noun in nouns:
        until = bisect_left(places, noun.end, key=attrgetter("start"))
        earlier = places[max(0, until - BACK) : until]
        if earlier and noun.start < earlier[-1].end:
            continue  # it is of a name itself
        told = (p for p in reversed(earlier) if any(_one_noun(noun, t) for t in _beside(layout, p)))
        if (place := next(told, None)) is not None:
            out.append((noun.start, place))
    return tuple(out)


def _points(layout: Layout, noun: Token, lex: Lexicon) -> bool:
    before = layout.before(noun.start, layout.sentence_at(noun.start).start, 2)
    return any(t.folded in lex.words["pointing"] for t in before)


def _beside(layout: Layout, place: PlaceMention) -> list[Token]:
    """The words of a place and those right around it."""
    sentence = layout.sentence_at(place.start)
    ahead = layout.before(place.start, sentence.start, 2)
    behind = layout.within(place.end, sentence.end)[:1]
    near = [*ahead, *layout.within(place.start, place.end), *behind]
    return [t for t in near if not set(layout.text[min(t.end, place.end) : max(t.start, place.start)]) & set(",;:.()—")]


def _one_noun(one: Token, other: Token) -> bool:
    shared = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one.folded, other.folded, strict=False)))
    return shared >= max(LEAST, min(len(one.folded), len(other.folded)) - 2)

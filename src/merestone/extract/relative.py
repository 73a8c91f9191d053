"""What a clause beside a noun does to the arguments of an act: the noun before "whom" is what it was done to, and who acts in a clause
between commas acts there alone.

Which words open such a clause is said by the language; the same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.acts import Act
from merestone.extract.around import Around
from merestone.extract.groups import Group
from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import Layout, Token
from merestone.extract.voice import OF_PEOPLE

NEAR = 10  # words from a relative word to the verb that it is the object of
PEOPLE = ("personnel", "civilians", "people", "forces", "monitors", "pronoun")
LEADS = 2  # words between the comma and the relative word
Span = tuple[int, int]


def beside_relative(layout: Layout, act: Act, around: Around, lex: Lexicon) -> tuple[Act, Around]:
    """The act and what its arguments are looked for in: without those of clauses that end before its verb; where a relative word is its
    object, without all that stands before that word, and with the noun that the word takes up as what the act was done to."""
    if not lex.words["object_relative"] or lex.morphology.attributive is None:  # where no ending tells who acts, the place of words does
        return act, around
    words = layout.within(*around.sentence)
    taken_up = _object_of(layout, act, words, lex)
    if taken_up is not None:
        noun = _noun_before(layout, taken_up, act, around)
        groups = tuple(g for g in around.groups if g.start >= taken_up.end)
        started = replace(act, verb=(max(act.verb[0], taken_up.end), act.verb[1]))
        return started, replace(around, groups=groups, hit=noun, limit=(max(around.limit[0], taken_up.end), around.limit[1]))
    closed = _closed(layout, act, around, lex)
    if not closed:
        return act, around
    outside = tuple(g for g in around.groups if not any(a <= g.start and g.end <= b for a, b in closed))
    return act, replace(around, groups=outside)


def _object_of(layout: Layout, act: Act, words: Sequence[Token], lex: Lexicon) -> Token | None:
    """The relative word, right behind its comma, that an active verb has for its object."""
    if act.rule.voice != "verb" or act.passive:
        return None
    ahead = [t for t in words if t.end <= act.verb[1] and t.folded in lex.words["object_relative"]]
    last = ahead[-1] if ahead else None
    if last is None or not layout.text[words[0].start : last.start].rstrip().endswith(","):
        return None
    near = last.start >= act.verb[0] or len(layout.within(last.end, act.verb[0])) <= NEAR
    return None if not near or set(layout.text[last.end : act.verb[1]]) & set(",;:.—()") else last


def _noun_before(layout: Layout, word: Token, act: Act, around: Around) -> Group | None:
    """What a relative word takes up: the people before it, of a kind that is done to people, else the noun that ends there."""
    start = max(layout.text.rfind(mark, around.sentence[0], layout.text.rfind(",", 0, word.start)) for mark in ",;:—")
    before = [g for g in around.groups if start < g.start and g.end <= word.start]
    people = [g for g in before if g.cls in PEOPLE] if act.rule.kind in OF_PEOPLE else []
    return (people or before)[-1] if before else None


def _closed(layout: Layout, act: Act, around: Around, lex: Lexicon) -> list[Span]:
    """The clauses beside nouns, from comma to comma, that end before the last word of the act."""
    out: list[Span] = []
    words, opens, verbs = layout.within(*around.sentence), lex.morphology.attributive, lex.morphology.told_verbs
    if opens is None or verbs is None:
        return out
    for at, token in enumerate(words):
        if token.end >= act.verb[1]:
            break
        begin = _begin(layout, words, at)
        if begin < 0 or not opens.search(token.folded) or any(g.start <= token.start < g.end for g in around.groups):
            continue
        close = layout.text.find(",", token.end, act.verb[1])
        inside = layout.within(token.end, close) if close > 0 else ()
        told = token.folded not in lex.words["relative"] or any(verbs.search(t.folded) for t in inside)
        if inside and told and not any(t.start == act.verb[0] for t in inside):
            out.append((begin, close))
    return out


def _begin(layout: Layout, words: Sequence[Token], at: int) -> int:
    """Where a clause begins whose word `at` opens it, at most two words behind its comma ("two of whom"); -1 where no comma stands there."""
    for first in range(at, max(at - LEADS, 0) - 1, -1):
        if first and layout.text[words[first - 1].end : words[first].start].strip() == ",":
            return words[first].start
    return -1

"""Whose deed it is where a verb has no subject of its own: "X's soldiers stopped a patrol of Y's and opened fire" tells of X twice.

Where words stand in their order, the subject of a joined verb is that of the verb before it, and no noun that this one had for its
object; the same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.extract.groups import Group
from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import Layout

PLACES = ("place",)
CLOSES = frozenset(';:—–"“”»')


def joined_verb(layout: Layout, at: int, lex: Lexicon) -> bool:
    """Does the verb at `at` stand right behind "and" or a comma, so that no subject of its own can stand before it?"""
    if lex.morphology.free_order or lex.morphology.bends:
        return False
    small = lex.words["adverbs"] | lex.words["be"] | lex.words["count_between"] | lex.words["plain_not"]
    end = at
    for token in reversed(layout.within(layout.sentence_at(at).start, at)):
        gap = layout.text[token.end : end].strip()
        if gap:
            return gap == ","
        if token.folded in lex.words["joints"]:
            return True
        if token.folded not in small and not any(token.folded.endswith(e) for e in lex.words["adverb_endings"]):
            return False
        end = token.start
    return False


def first_subject(layout: Layout, groups: Sequence[Group], at: int, lex: Lexicon) -> Group | None:
    """The subject of the verbs that are joined up to `at`: the first noun of their clause that nothing leads."""
    start = layout.sentence_at(at).start
    chosen: Group | None = None
    told = lex.kinds.find(layout, start, at)
    for group in groups:
        if any(m.start < group.start < m.end for m in told):
            continue  # "took two prisoners and withdrew": the object of the verb before
        if not (start <= group.start and group.end <= at) or group.cls in PLACES or group.before in lex.words["prepositions"]:
            continue
        if chosen is None or _begins(layout, group, chosen, lex):
            chosen = group
    return chosen


def _begins(layout: Layout, group: Group, last: Group, lex: Lexicon) -> bool:
    """Does another clause begin with this noun: behind a mark, behind ", and", behind "that", behind the comma that ends "when …"?"""
    if set(layout.text[last.end : group.start]) & set(";:—"):
        return True
    words = layout.before(group.start, last.end, 1)
    if not words:
        return False
    gap = layout.text[words[0].end : group.start].strip()
    if gap:
        return bool(set(gap) & CLOSES) or (gap == "," and (last.before in lex.words["subordinators"] or _spliced(layout, group, last, lex)))
    if words[0].folded in lex.words["that"]:
        return True
    mark = layout.text[last.end : words[0].start].rstrip()[-1:]
    return words[0].folded in lex.words["joints"] and (mark == "," or mark in CLOSES) and mark != ""


def _spliced(layout: Layout, group: Group, last: Group, lex: Lexicon) -> bool:
    """ "X's herdsmen crossed the river, Y's guards seized the animals": a comma between two clauses, each with its own verb, and no list."""
    told, behind = layout.within(last.end, group.start)[:1], layout.within(group.end, group.end + 60)[:1]
    if (
        not told
        or not behind
        or not layout.text[last.end : told[0].start].isspace()
        or not layout.text[group.end : behind[0].start].isspace()
    ):
        return False
    small = lex.words["prepositions"] | lex.words["joints"] | lex.words["relative"] | lex.words["who"]
    return told[0].folded not in small and behind[0].folded not in small

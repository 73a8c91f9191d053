"""What somebody tells of his own side and calls untrue in the same breath: nobody admits what he denies, doubts or only reports.

The same for every speaker and every side (law 2).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from merestone.extract.acts import Act
from merestone.extract.groups import Group
from merestone.extract.lexicon import Lexicon
from merestone.extract.thread import Page
from merestone.extract.tokens import Layout, Sentence

COPULA = 60  # characters behind a dash in which a report is called untrue
_DASH = re.compile(r"\s+[—–-]\s+")
NOUN = 3  # words between "the reports" and "that"
RATHER = 12  # words between "not X" and "but Y"


def without_ruled_out(layout: Layout, sentence: Sentence, groups: Sequence[Group], lex: Lexicon) -> tuple[Group, ...]:
    """The groups without X of "not X's soldiers but Y's have fired": neither did X do it nor was it done to X."""
    rather = [t for t in layout.within(sentence.start, sentence.end) if t.folded in lex.words["but_rather"]]

    def out(group: Group) -> bool:
        near = [t.folded for t in layout.before(group.start, sentence.start, 2)]
        led = " ".join(near) in lex.words["rules_out"] or " ".join(near[-1:]) in lex.words["rules_out"]
        return led and any(group.head <= t.start and layout.steps(group.head, t.start) <= RATHER for t in rather)

    return tuple(g for g in groups if not (rather and out(g)))


def called_untrue(page: Page, sentence: Sentence, act: Act) -> tuple[int, int] | None:
    """Where the sentence says, outside the clause, that what is told of the speaker's own side is a lie, or doubts it: "that our men fired is
    an invention"."""
    words = page.lex.words
    for token in page.layout.within(act.clause[0], act.verb[0]):
        behind = page.layout.text[token.end : token.end + 16].strip().casefold()
        if token.folded in words["negation"] and not any(behind.startswith(word) for word in words["not_only"]):
            return token.start, token.end
    said = page.attributions.cue_at(act.verb[0])
    start, end = said.scope if said is not None and said.how == "say" else (sentence.start, sentence.end)  # not what he called so before
    cues = [c for c in page.lex.cues.find(page.layout, start, end) if c.tag in ("denial", "doubt")]
    beside = [c for c in cues if c.tag == "denial" or act.clause[0] <= c.end <= act.verb[1]]
    untrue = min(((c.start, c.end) for c in beside), key=lambda span: abs(span[0] - act.verb[0]), default=None)
    return untrue or _reported(page, sentence, act)


def report_untrue(page: Page, act: Act) -> tuple[int, int] | None:
    """ "It is a lie that X's men fired", "the claim that X's men fired — an invention": where the sentence calls the report itself untrue,
    before its noun or behind the clause, whoever tells it."""
    layout, words = page.layout, page.lex.words
    sentence = layout.sentence_at(act.verb[0])
    noun, whose = _report(page, sentence, act), page.attributions.cue_at(act.verb[0])
    if noun is None and whose is None:
        return _by_copula(page, act)
    if noun is None or (whose is not None and sentence.start <= whose.start):
        return None  # "X's claim that …" is X's word
    for cue in page.lex.cues.find(layout, sentence.start, sentence.end):
        beside = layout.before(cue.start, sentence.start, 2)
        refused = any(t.folded in words["negation"] or t.folded in words["no_object"] for t in beside)
        near = cue.end <= noun[0] or cue.start <= noun[0] < cue.end or act.clause[1] <= cue.start
        if (
            (cue.tag == "denial" or cue.tag.startswith("say:denies"))
            and near
            and not refused
            and not set(layout.text[act.clause[1] : cue.start]) & set(";:")
        ):
            return cue.start, cue.end
    return None


def _by_copula(page: Page, act: Act) -> tuple[int, int] | None:
    """ "X's report of the shelling — a lie": behind a dash that stands for "is" right at the end of what was reported."""
    layout, (start, end) = page.layout, act.clause
    mark = _DASH.match(layout.text, len(layout.text[:end].rstrip(" —–-")))
    if mark is None or not page.lex.morphology.free_order or not of_report(page, act):
        return None
    near = (c for c in page.lex.cues.find(layout, start, min(mark.end() + COPULA, layout.sentence_at(start).end)) if c.tag == "denial")
    return next(((c.start, c.end) for c in near if mark.end() <= c.start and len(layout.within(mark.end(), c.start)) <= NOUN), None)


def told_apart(page: Page, one: int, other: int) -> bool:
    """ "Said that it was a lie and that X had fired": does another clause of what is told begin between two places?"""
    words = page.layout.within(*sorted((one, other)))
    joints, that = page.lex.words["joints"], page.lex.words["that"]
    return any(a.folded in joints and b.folded in that for a, b in itertools.pairwise(words))


def of_report(page: Page, act: Act) -> bool:
    """Does the sentence name a report of what it tells ("the news that ten were killed is a lie")?"""
    words, sentence = page.lex.words, page.layout.sentence_at(act.verb[0])
    nouns = words["version"] - words["pronouns"] - words["pointing"]
    return any(t.folded in nouns for t in page.layout.within(sentence.start, sentence.end))


def _report(page: Page, sentence: Sentence, act: Act) -> tuple[int, int] | None:
    """Where the noun stands whose content the act is: "the report(s) that …"."""
    layout, words = page.layout, page.lex.words
    opener = next((t for t in reversed(layout.within(sentence.start, act.verb[0])) if t.folded in words["that"]), None)
    if opener is None or opener.start > act.clause[1] or layout.text.find(",", opener.end, act.verb[0]) >= 0:
        return None
    told = [t for t in layout.before(opener.start, sentence.start, NOUN) if t.folded in words["version"] - words["pronouns"]]
    nouns = [t for t in told if not set(layout.text[t.end : opener.start].strip()) & set('.;:«»"“”')]
    return (nouns[-1].start, nouns[-1].end) if nouns else None


def _reported(page: Page, sentence: Sentence, act: Act) -> tuple[int, int] | None:
    """ "The ministry finds the reports that its men fired absurd": what a report says, whoever speaks of it, unless he confirms it."""
    confirmed = any(t.folded in page.lex.words["confirms"] for t in page.layout.within(sentence.start, sentence.end))
    return None if confirmed else _report(page, sentence, act)

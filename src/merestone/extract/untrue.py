"""What somebody tells of his own side and calls untrue in the same breath: nobody admits what he denies, doubts or only reports.

The same for every speaker and every side (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.extract.acts import Act
from merestone.extract.groups import Group
from merestone.extract.lexicon import Lexicon
from merestone.extract.thread import Page
from merestone.extract.tokens import Layout, Sentence

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


def _reported(page: Page, sentence: Sentence, act: Act) -> tuple[int, int] | None:
    """ "The ministry finds the reports that its men fired absurd": what a report says, whoever speaks of it, unless he confirms it."""
    layout, words = page.layout, page.lex.words
    opener = next((t for t in reversed(layout.within(sentence.start, act.verb[0])) if t.folded in words["that"]), None)
    if opener is None or opener.start > act.clause[1] or layout.text.find(",", opener.end, act.verb[0]) >= 0:
        return None
    told = [t for t in layout.before(opener.start, sentence.start, NOUN) if t.folded in words["version"] - words["pronouns"]]
    nouns = [t for t in told if not set(layout.text[t.end : opener.start].strip()) & set('.;:«»"“”')]
    if not nouns or any(t.folded in words["confirms"] for t in layout.within(sentence.start, sentence.end)):
        return None
    return nouns[-1].start, nouns[-1].end

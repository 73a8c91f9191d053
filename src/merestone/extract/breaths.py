"""What a sentence tells in one breath: behind the next verb of saying, another clause or another speaker begins.

Who is named there neither did it nor suffered it; the same for every speaker and every side (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.acts import Act
from merestone.extract.groups import Group
from merestone.extract.thread import Page
from merestone.extract.tokens import Sentence


def in_one_breath(page: Page, sentence: Sentence, act: Act, groups: Sequence[Group]) -> tuple[Act, tuple[Group, ...]]:
    """ "X denied shelling the town and said Y had fired": the act as far as its own speaker's clause goes, and who is named in it."""
    if page.lex.morphology.verb_last:
        return act, tuple(groups)
    end = min((at for at in _begun(page, act.verb[0]) if act.verb[1] <= at), default=sentence.end)
    cut = min(act.clause[1], end)
    text = page.layout.text
    while cut > act.verb[1] and text[cut - 1] in " ,;:—–-":
        cut -= 1
    return replace(act, clause=(act.clause[0], cut)), tuple(g for g in groups if g.start < end)


def apart(page: Page, one: int, other: int) -> bool:
    """ "X said its posts were fired at; Y said it had lost a man": does another breath begin between two places of a sentence?"""
    first, last = sorted((one, other))
    return not page.lex.morphology.verb_last and any(first < at <= last for at in _begun(page, one))


def _begun(page: Page, position: int) -> list[int]:
    """Where the clauses of a sentence begin that somebody is said to say."""
    cues = page.attributions.cues[page.layout.sentence_at(position).index]
    return [c.scope[0] for c in cues if c.how == "say"]

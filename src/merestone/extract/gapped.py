""" "X lost three soldiers and Y five": a side and a number behind "and", where the verb and the noun are not said again.

The second figure is of the same outcome and sort, of the side that is named beside it; the same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.groups import Group
from merestone.extract.harm import Harm
from merestone.extract.lexicon import Lexicon
from merestone.extract.numbers import Number
from merestone.extract.tokens import Layout, Sentence

NAMED = ("party", "country", "forces")


def gapped(
    layout: Layout, sentence: Sentence, harms: Sequence[Harm], told: tuple[Sequence[Group], Sequence[Number]], lex: Lexicon
) -> list[Harm]:
    """The figures of the sides that share the words of a harm told before them. `told`: the groups and the numbers of the text."""
    if lex.morphology.verb_last:
        return []
    out: list[Harm] = []
    for group in told[0]:
        number = _right_behind(layout, group, sentence, told[1], lex)
        before = [h for h in harms if max(h.figure.end, h.word[1]) <= group.start and h.figure.max]
        if number is None or not before or any(group.start <= h.word[0] < number.end + 1 for h in harms):
            continue
        last = before[-1]
        if last.group is None or last.figure.party == group.party or layout.steps(last.figure.end, group.start) > len(NAMED):
            continue
        figure = replace(last.figure, party=group.party, min=number.min, max=number.max, start=group.start, end=number.end)
        out.append(replace(last, figure=figure, word=(number.start, number.end), group=replace(last.group, party=group.party)))
    return out


def _right_behind(layout: Layout, group: Group, sentence: Sentence, numbers: Sequence[Number], lex: Lexicon) -> Number | None:
    """The number behind a side that is led by "and", if no noun is counted by it."""
    led = layout.before(group.start, sentence.start, 1)
    if not group.party or group.cls not in NAMED or not led or led[0].folded not in lex.words["joints"]:
        return None
    number = next((n for n in numbers if n.start >= group.end and not n.unit and not n.ordinal), None)
    if number is None or layout.within(group.end, number.start) or number.end > sentence.end:
        return None
    behind = layout.within(number.end, sentence.end)[:1]
    counted = bool(behind) and layout.text[number.end : behind[0].start].isspace()
    return None if counted and behind[0].folded not in lex.words["prepositions"] | lex.words["joints"] else number

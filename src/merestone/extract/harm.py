"""People killed, wounded, missing or taken: how many, of which group and party, read as ranges.

What a text does not say stays open (None); a stated "none" is zero; a bare plural is at least two.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from merestone.extract.finder import Finder, Match
from merestone.extract.groups import BOTH, Group
from merestone.extract.lexicon import Lexicon, lexicon
from merestone.extract.numbers import Number
from merestone.extract.terms import Casualties
from merestone.extract.tokens import Layout, lying

BESIDE = 3  # words between "nobody was harmed" and those of whom it is said before it
PEOPLE = ("personnel", "civilians", "people", "forces", "monitors", "equipment")


@dataclass(frozen=True, slots=True)
class Harm:
    """One figure. `party` is a code, own, opposed, both, "of:its" or "" (not said here); `word` is where the harm stands."""

    figure: Casualties
    word: tuple[int, int]
    rule: str
    group: Group | None


@dataclass(frozen=True, slots=True)
class HarmRules:
    finder: Finder
    none: Finder
    losses: Finder
    verbs: Finder
    unless: Finder
    rows: dict[str, tuple[str, str]]  # id -> outcome, side
    least: dict[str, int]  # of words for losses: how many there are at least


@functools.cache
def harm_rules(lex_key: str) -> HarmRules:
    """Compiled once a language; `lex_key` is the language."""
    lex = lexicon(lex_key)
    table = lex.table("casualties")
    p = lex.patterns
    return HarmRules(
        Finder(p, [(row["id"], row["words"]) for row in table["harm"]]),
        Finder(p, [(row["outcomes"], row["words"]) for row in table["none"]]),
        Finder(p, [(row["id"], row["words"]) for row in table["losses"]]),
        Finder(p, [("verb", table["losses_verbs"])]),
        Finder(p, [("unless", table["unless"])]),
        {row["id"]: (row["outcome"], row["side"]) for row in table["harm"]},
        {row["id"]: row["min"] for row in table["losses"]},
    )


def find_harms(layout: Layout, span: tuple[int, int], groups: Sequence[Group], numbers: Sequence[Number], lex: Lexicon) -> list[Harm]:
    """Every figure of harm said in `span` (a sentence), in text order."""
    rules = harm_rules(lex.rules.language)
    start, end = span
    nones, lost, said = (finder.find(layout, start, end) for finder in (rules.none, rules.losses, rules.finder))
    if not nones and not lost and not said:
        return []
    blocked = [(m.start, m.end) for m in rules.unless.find(layout, start, end)]
    out: list[Harm] = []
    for none in nones:
        if not any(a <= none.start < b for a, b in blocked):
            blocked.append((none.start, none.end))
            people = _people_near(layout, groups, none, lex, before=False) or _people_near(layout, groups, none, lex, before=True)
            for outcome in none.tag.split():
                figure = Casualties(outcome, people.party if people else "", _class_group(people, lex), 0, 0, none.start, none.end)
                out.append(Harm(figure, (none.start, none.end), "none", people))
    losses = [m for m in lost if not any(a <= m.start < b for a, b in blocked)]
    for match in losses:
        near = [
            v
            for v in rules.verbs.find(layout, start, end)
            if layout.steps(v.end, match.start) <= 10 or layout.steps(match.end, v.start) <= 10
        ]
        if near:
            blocked.append((match.start, match.end))
            out += _losses(layout, match, groups, rules.least[match.tag], lex)
    plain = [n for n in lying(numbers, start, end) if not n.unit and not n.ordinal]
    last: Group | None = None
    words = _distinct(layout, said)
    for match in words:
        if any(a < match.end and match.start < b for a, b in blocked):
            continue
        harm = _read(layout, match, rules.rows[match.tag], (groups, plain, last), lex)
        if harm:
            floor = max((w.end for w in words if w.end <= match.start), default=start)
            out += [*_fellows(layout, harm, [g for g in groups if g.start >= floor], plain, lex), harm]
            last = harm.group or last
    out = _counted_together(layout, out, lex)
    died = [h for h in out if h.figure.outcome == "killed" and rules.rows.get(h.rule, ("", ""))[1] == "before"]
    if died:  # "the soldier who was wounded on the 17th has died": told before, and no wound of now
        out = [h for h in out if h.figure.outcome != "wounded" or not _of_earlier(layout, h, lex)]
    return sorted(out, key=lambda h: h.word)


def is_loss(harm: Harm, lex: Lexicon) -> bool:
    """Is it told as a side's losses, and not as harm to people?"""
    return harm.rule in harm_rules(lex.rules.language).least


def _fellows(layout: Layout, harm: Harm, groups: Sequence[Group], numbers: Sequence[Number], lex: Lexicon) -> list[Harm]:
    """ "17 rebels and six soldiers were killed": what is joined to the people before the word is harmed with them, if it has a number."""
    if harm.group is None or harm.group.start > harm.word[0]:
        return []
    out: list[Harm] = []
    right = harm.group
    for group in reversed([g for g in groups if g.cls in PEOPLE and g.end <= harm.group.start]):
        joined = layout.within(group.end, right.start)
        number = _number_of(layout, group, numbers, lex)
        if number is None or len(joined) > 4 or not any(t.folded in lex.words["joints"] for t in joined):
            break
        figure = Casualties(
            harm.figure.outcome, group.party, _class_group(group, lex), number.min, number.max, number.start, max(number.end, group.end)
        )
        out.append(Harm(figure, harm.word, harm.rule, group))
        right = group
    return out


def _counted_together(layout: Layout, harms: Sequence[Harm], lex: Lexicon) -> list[Harm]:
    """ "three dead and four wounded soldiers": a bare count joined to one that names people counts the same people."""
    out = list(harms)
    for n in range(len(out) - 2, -1, -1):
        one, after = out[n], out[n + 1]
        gap = layout.within(one.figure.end, after.figure.start)
        joined = len(gap) <= 1 and all(t.folded in lex.words["joints"] for t in gap)
        if (
            one.group is None
            and after.group is not None
            and after.group.head >= after.word[0]
            and joined
            and one.figure.group == "unspecified"
        ):
            figure = replace(one.figure, party=one.figure.party or after.figure.party, group=after.figure.group)
            out[n] = replace(one, figure=figure, group=after.group)
    return out


def _of_earlier(layout: Layout, harm: Harm, lex: Lexicon) -> bool:
    before = layout.before(harm.word[0], layout.sentence_at(harm.word[0]).start, 3)
    return any(t.folded in lex.words["who"] for t in before)


def _distinct(layout: Layout, matches: Sequence[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (-layout.steps(m.start, m.end), m.rank, m.start)):
        if not any(match.start < k.end and k.start < match.end for k in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def _losses(layout: Layout, match: Match, groups: Sequence[Group], least: int, lex: Lexicon) -> list[Harm]:
    before = [g for g in groups if g.end <= match.start and (g.cls in PEOPLE or g.party)]
    people = _beside(layout, match, groups, lex) or (before[-1] if before else None)
    sort = "military" if people and people.cls != "civilians" else "unspecified"
    party = people.party if people else ""
    figures = [Casualties(outcome, party, sort, least, None, match.start, match.end) for outcome in ("killed", "wounded")]
    return [Harm(figure, (match.start, match.end), match.tag, people) for figure in figures]


def _class_group(group: Group | None, lex: Lexicon) -> str:
    groups: dict[str, str] = lex.table("lexicon")["groups"]
    return groups.get(group.cls, "unspecified") if group else "unspecified"


def _people_near(layout: Layout, groups: Sequence[Group], match: Match, lex: Lexicon, before: bool) -> Group | None:
    if before:
        fits = [g for g in groups if g.end <= match.start and g.cls in PEOPLE and layout.steps(g.end, match.start) <= BESIDE]
        if lex.morphology.verb_last:  # the one who did what is told before is no one of whom nobody was harmed
            fits = [g for g in fits if g.before not in lex.words["subject"]]
        return fits[-1] if fits else None
    fits = [g for g in groups if g.start >= match.start and g.cls in PEOPLE and layout.steps(match.end, g.start) <= 10]
    return fits[0] if fits else None


def _read(
    layout: Layout, match: Match, row: tuple[str, str], around: tuple[Sequence[Group], Sequence[Number], Group | None], lex: Lexicon
) -> Harm | None:
    """Find the number and the people of one word of harm: the number that touches it first, then the people's own."""
    outcome, side = row
    groups, numbers, last = around
    touching = _touching(layout, match, numbers, side, lex)
    people = _people(layout, match, groups, side, touching, lex)
    if touching is None and people is None and _toll(layout, match, numbers, lex) is None:
        return None
    number = touching or (_number_of(layout, people, numbers, lex) if people else None) or _toll(layout, match, numbers, lex)
    if number is None and (people is None or (side == "count" and outcome != "killed")):
        return None
    if people is None:
        people = last
    if number is not None:
        low, high = (0 if number.min is None else number.min), number.max  # of "up to ten" nobody may have been harmed
    elif people is not None and (people.plural or people.cls == "forces"):
        low, high = (1 if side == "count" else 2), None
    else:
        low, high = 1, 1
    beside = _beside(layout, match, groups, lex)
    party, sort = (people.party if people else ""), _class_group(people, lex)
    if beside and (not party or (people is not None and people.recalled)):
        party = BOTH if beside.cls == "both" else beside.party
        sort = _class_group(beside, lex) if sort == "unspecified" else sort
    start, end = (min(number.start, match.start), max(number.end, match.end)) if number else (match.start, match.end)
    figure = Casualties(outcome, party, sort, low, high, start, end)
    return Harm(figure, (match.start, match.end), match.tag, people)


def _touching(layout: Layout, match: Match, numbers: Sequence[Number], side: str, lex: Lexicon) -> Number | None:
    """ "8 killed", "two were killed", "the killing of three", "killed two" — with at most two small words between."""
    inside = [n for n in numbers if match.start <= n.start and n.end <= match.end and not n.article]
    if inside:
        return inside[0]
    before = [n for n in numbers if n.end <= match.start and not n.article]
    if before and side in ("both", "count", "before"):
        between = layout.within(before[-1].end, match.start)
        if len(between) <= 3 and all(
            t.folded in lex.words["be"] or t.folded in lex.words["adverbs"] or t.folded in lex.words["count_between"] for t in between
        ):
            gap = layout.text[before[-1].end : match.start]
            if "," not in gap and ";" not in gap:
                return before[-1]
    after = [n for n in numbers if n.start >= match.end and not n.article]
    if after and side == "count" and lex.morphology.free_order and _closes(layout, match, after[0], lex):
        return after[0]
    if after and side in ("both", "of") and not (side == "both" and _passive(layout, match, lex)):
        between = layout.within(match.end, after[0].start)
        split = lex.morphology.free_order and "," in layout.text[match.end : after[0].start]
        if len(between) <= 1 and not split and not any(t.folded in lex.words["bars"] for t in between):
            return after[0]
    return None


def _closes(layout: Layout, match: Match, number: Number, lex: Lexicon) -> bool:
    """ "of wounded it counted two.": a number at the end of its clause counts what stands before the verb."""
    between, gap = layout.within(match.end, number.start), layout.text[match.end : number.start]
    ends = layout.text[number.end : number.end + 1] in (",", ".", ";", "") and not any(t.folded in lex.words["joints"] for t in between)
    return ends and len(between) <= 4 and not set(gap) & set(",;:.—")


def _passive(layout: Layout, match: Match, lex: Lexicon) -> bool:
    tokens = list(layout.within(layout.sentence_at(match.start).start, match.start))
    return any(t.folded in lex.words["be"] for t in tokens[-3:])


def _people(layout: Layout, match: Match, groups: Sequence[Group], side: str, number: Number | None, lex: Lexicon) -> Group | None:
    led = lex.words["agent_by"] | lex.words["subset"]
    before = [g for g in groups if g.end <= match.start and g.cls in PEOPLE and g.before not in led]
    after = [
        g
        for g in groups
        if g.start >= match.end - 1 and g.cls in PEOPLE and layout.steps(match.end, g.head) <= 8 and g.before not in lex.words["agent_by"]
    ]
    if number is not None:
        return _counted(layout, match, groups, number, lex)
    if side == "of":
        return after[0] if after else None
    if side == "both" and not _passive(layout, match, lex):
        direct = [g for g in after if g.before not in lex.words["prepositions"] and layout.steps(match.end, g.head) <= 5]
        if lex.morphology.free_order:  # the name of the one who is harmed may stand between
            touching = [g for g in before if layout.steps(g.end, match.start) <= 2]
        else:
            touching = [g for g in before if len(layout.within(g.end, match.start)) <= 1]
        return direct[0] if direct else (touching[-1] if touching else None)
    if side == "count":
        return after[0] if after else (before[-1] if before else None)
    if lex.morphology.verb_last:  # the one who is harmed is the subject, wherever it stands before the verb
        if before and before[-1].before in lex.words["of"] and layout.steps(before[-1].end, match.start) == 0:
            return before[-1]  # "three soldiers' having died": in a clause that is no sentence the subject is an owner
        before = [g for g in before if g.before not in lex.words["prepositions"]] or before
    return before[-1] if before and layout.steps(before[-1].end, match.start) <= 13 else None


def _counted(layout: Layout, match: Match, groups: Sequence[Group], number: Number, lex: Lexicon) -> Group | None:
    """The people that a number next to a word of harm counts: around the number, between the two, or right behind the word."""
    people = [g for g in groups if g.cls in PEOPLE and g.before not in lex.words["agent_by"] | lex.words["subset"]]
    for group in people:
        if (group.start < number.end and number.start < group.end) or (
            number.end <= group.head and layout.steps(number.end, max(number.end, group.start)) <= 1 and group.head < match.start
        ):
            return group
    if number.end <= match.start and _passive(layout, match, lex):
        owner = [g for g in people if g.end <= number.start and layout.steps(g.end, number.start) == 0]
        return owner[-1] if owner else None
    limit, last = (2 if number.end <= match.start else 6), max(match.end, number.end)
    behind = [g for g in people if g.start >= last - 1 and layout.steps(last, g.head) <= limit]
    if lex.morphology.free_order:
        behind = [g for g in behind if not set(layout.text[last : g.head]) & set(",;:—")]
    return behind[0] if behind else None


def _number_of(layout: Layout, group: Group, numbers: Sequence[Number], lex: Lexicon) -> Number | None:
    """The number in or right before a group; of "one of the two" it is the one."""
    for number in numbers:
        between = layout.text[number.end : group.head].casefold().split()
        if (
            not number.article
            and number.end <= group.head
            and 1 < len(between) <= 4
            and between[0] in lex.words["of"]
            and between[1] in lex.words["determiners"]
        ):
            return number
    for number in numbers:
        if number.article:
            continue
        if (
            group.start < number.end <= group.head
            or group.start <= number.start < group.head
            or (
                number.end <= group.start
                and len(layout.within(number.end, group.start)) <= 1
                and "," not in layout.text[number.end : group.start]
            )
        ):
            return number
    return None


def _toll(layout: Layout, match: Match, numbers: Sequence[Number], lex: Lexicon) -> Number | None:
    """ "raised to six the number of its dead", "the death toll rose to 14": the number behind "to", with a word for a count."""
    sentence = layout.sentence_at(match.start)
    words = {t.folded for t in layout.within(sentence.start, sentence.end)}
    if not words & lex.words["toll"]:
        return None
    for number in numbers:
        before = layout.before(number.start, sentence.start, 1)
        if before and before[-1].folded in lex.words["toll_to"] and not number.article:
            return number
    return None


def _beside(layout: Layout, match: Match, groups: Sequence[Group], lex: Lexicon) -> Group | None:
    """ "on the Xlandish side", "among its military": a party group behind the harm, joined by a small word."""
    for group in groups:
        near = group.start >= match.start and layout.steps(match.end, group.start) <= 6
        if near and group.before in lex.words["people_of"] and group.cls in (*PEOPLE, "party", "both", "opposed"):
            return group
    return None

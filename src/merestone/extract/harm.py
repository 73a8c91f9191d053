"""People killed, wounded, missing or taken: how many, of which group and party, read as ranges.

What a text does not say stays open (None); a stated "none" is zero; a bare plural is at least two.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from merestone.extract.finder import Finder, Match
from merestone.extract.groups import BOTH, Group
from merestone.extract.headcount import (
    COUNTED,
    PEOPLE,
    Listed,
    are_counted,
    closes,
    count_of,
    distinct,
    is_family,
    is_pair,
    number_of,
    of_body,
    of_clause,
    of_family,
    of_owned,
    of_some,
    of_them,
    of_things,
    one_more,
    opens_with_number,
    roll,
    some_of_them,
    taken_up,
    toll_of,
    whole,
    whose_clause,
)
from merestone.extract.lexicon import Lexicon, lexicon
from merestone.extract.losses import by_pronoun, loser, losses_of, told_apart
from merestone.extract.numbers import Number
from merestone.extract.terms import Casualties
from merestone.extract.tokens import Layout, lying

REACH = 40  # letters before the people and the word within which their number stands
OBJECT = 6  # words between a verb and its object
BESIDE = 3  # words between "nobody was harmed" and those of whom it is said before it


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
    doing: Finder  # forms that only the one who harms is the subject of
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
        Finder(p, [("doing", table.get("doing", ()))]),
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
    plain = [n for n in lying(numbers, start, end) if not (n.unit or n.ordinal or of_body(layout, n, lex))]
    owned: list[tuple[Match, int]] = []  # words for losses that figures behind them tell apart, and how far these go
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
        if apart := told_apart(layout, match, said, plain):
            owned.append((match, apart))
        elif near:
            blocked.append((match.start, match.end))
            around = (groups, _beside(layout, match, groups, lex))
            told = losses_of(layout, match, around, rules.least[match.tag], lex)
            out += [Harm(figure, (match.start, match.end), match.tag, people) for figure, people in told]
    groups = [replace(g, cls="people") if g.cls == "party" and are_counted(layout, g, plain) else g for g in groups]
    last: Group | None = None
    words = distinct(layout, said)
    acting: list[tuple[int, int]] = []  # clauses of those who harmed the people before
    for match in words:
        if any(a < match.end and match.start < b for a, b in blocked):
            continue
        harm = _read(layout, match, rules.rows[match.tag], (groups, plain, last), lex)
        if harm and not any(harm.group is not None and a <= harm.group.start < b for a, b in acting):
            acting += whose_clause(layout, match, harm.group, lex)
            floor = max((w.end for w in words if w.end <= match.start), default=start)
            out += _fellows(layout, harm, [g for g in groups if g.start >= floor], plain, lex)
            last = harm.group or last
    out = _counted_together(layout, out, lex)
    died = [h for h in out if h.figure.outcome == "killed" and rules.rows.get(h.rule, ("", ""))[1] == "before"]
    if died:  # "the soldier who was wounded on the 17th has died": told before, and no wound of now
        out = [h for h in out if h.figure.outcome != "wounded" or not _of_earlier(layout, h, lex)]
    out = [_of_losers(layout, h, owned, groups, lex) for h in out]
    return sorted(_less_the_dead(layout, out, plain, lex), key=lambda h: h.word)


def _of_losers(layout: Layout, harm: Harm, owned: Sequence[tuple[Match, int]], groups: Sequence[Group], lex: Lexicon) -> Harm:
    """ "X's losses: two killed, five wounded": of the side whose losses they are."""
    told = next((match for match, end in owned if match.end <= harm.word[0] < end), None)
    side = loser(layout, told, groups, lex) if told is not None and not harm.figure.party else None
    return harm if side is None else replace(harm, figure=replace(harm.figure, party=side.party), group=harm.group or side)


def _less_the_dead(layout: Layout, harms: Sequence[Harm], numbers: Sequence[Number], lex: Lexicon) -> list[Harm]:
    """ "Three were wounded, one of them died": two wounded remain."""
    out = list(harms)
    for dead in harms:
        number = next((n for n in numbers if n.start == dead.figure.start and n.end <= dead.word[0]), None)
        if dead.figure.outcome != "killed" or number is None or not of_them(layout, number, lex):
            continue
        hurt = [h for h in out if h.figure.outcome == "wounded" and h.word[1] <= number.start]
        if hurt and (many := hurt[-1].figure).min == many.max and dead.figure.max is not None and (many.max or 0) > dead.figure.max:
            left = (many.max or 0) - dead.figure.max
            out[out.index(hurt[-1])] = replace(hurt[-1], figure=replace(many, min=left, max=left))
    return out


def is_loss(harm: Harm, lex: Lexicon) -> bool:
    """Is it told as a side's losses, and not as harm to people?"""
    return harm.rule in harm_rules(lex.rules.language).least


def _fellows(layout: Layout, harm: Harm, groups: Sequence[Group], numbers: Sequence[Number], lex: Lexicon) -> list[Harm]:
    """The harm with all who are told beside its people: "17 rebels and six soldiers were killed", "killed a teacher, her son and a guard".
    Those of one sort and party are counted together."""
    group, figure = harm.group, harm.figure
    if group is None or figure.max == 0 or group.cls == "forces" or harm.figure.start < min(group.start, harm.word[0]) - REACH:
        return [harm]
    ahead = group.head >= harm.word[1]
    listed = roll(layout, group, groups, numbers, lex, ahead)
    if listed == [count_of(layout, group, numbers, lex)]:
        return [harm]
    told: dict[tuple[str, str], list[Listed]] = {}
    for each in listed:
        named = each.group.party if not each.group.party.startswith("of:") else ""
        told.setdefault((named or figure.party, _class_group(each.group, lex)), []).append(each)
    out: list[Harm] = []
    for (party, sort), same in told.items():
        mine = any(each.group is group for each in same)
        counted = [(figure.min or 0, figure.max) if each.group is group else (each.low, each.high) for each in same]
        high = None if any(top is None for _, top in counted) else sum(top or 0 for _, top in counted)
        made = Casualties(
            figure.outcome,
            party,
            figure.group if mine else sort,
            sum(low for low, _ in counted),
            high,
            min([harm.word[0], *(each.group.start for each in same)]),
            max([harm.word[1], *(each.group.end for each in same)]),
        )
        out.append(replace(harm, figure=made, group=group if mine else same[0].group))
    return out


def _counted_together(layout: Layout, harms: Sequence[Harm], lex: Lexicon) -> list[Harm]:
    """ "three dead and four wounded soldiers": a bare count joined to one that names people counts the same people."""
    out = list(harms)
    for n in range(len(out) - 2, -1, -1):
        one, after = out[n], out[n + 1]
        gap = layout.within(one.figure.end, after.figure.start)
        joined = len(gap) <= 1 and all(t.folded in lex.words["joints"] for t in gap)
        named = after.group is not None and after.group.head >= after.word[0]
        if one.group is None and after.group is not None and named and joined and one.figure.group == "unspecified":
            figure = replace(one.figure, party=one.figure.party or after.figure.party, group=after.figure.group)
            out[n] = replace(one, figure=figure, group=after.group)
    return out


def _of_earlier(layout: Layout, harm: Harm, lex: Lexicon) -> bool:
    start = layout.sentence_at(harm.word[0]).start
    before = layout.before(harm.word[0], start, 3)
    led = [*layout.before(harm.figure.start, start, 2), *layout.within(harm.figure.start, harm.figure.end)[:1]]
    pairs = itertools.pairwise(t.folded for t in led)  # "of the eight wounded on Friday, one has died"
    if not lex.morphology.free_order and any(a in lex.words["of"] and b in lex.words["determiners"] for a, b in pairs):
        return True
    return any(t.folded in lex.words["who"] for t in before)


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
    doing = bool(harm_rules(lex.rules.language).doing.find(layout, match.start, match.end))
    doing = doing or not (lex.morphology.bends or _passive(layout, match, lex))
    whom = taken_up(layout, match, groups, doing and side in ("both", "object"), lex)
    touching = _touching(layout, match, [n for n in numbers if not of_owned(n, match.end, groups)], side, lex) if whom is None else None
    people = whom or _people(layout, match, groups, side, touching, lex)
    if side == "lost" and (touching is None or people is None):
        return None  # "lost two drones", "lost contact"
    nobody = toll_of(layout, match, numbers, lex) is None if touching is None else of_things(layout, touching, groups)
    if people is None and nobody:
        return None
    number = touching or of_clause(layout, match.start, people if people is last else None, numbers)
    more = one_more(layout, match, lex)
    number = number or (number_of(layout, people, numbers, lex) if people and not more else None) or toll_of(layout, match, numbers, lex)
    if number is None and (people is None or (side == "count" and outcome != "killed")):
        return None
    if people is None and number is not None and of_them(layout, number, lex):  # "soldiers, two of whom are wounded"
        people = next((g for g in reversed(groups) if g.end <= number.start and g.cls in COUNTED), None)
    if people is None and not (number is not None and of_some(layout, number, lex)):
        people = last
    if number is not None and (number.max != 1 or people is None or not is_family(people, lex)):
        low, high = (0 if number.min is None else number.min), number.max  # of "up to ten" nobody may have been harmed
    elif people is not None and is_pair(people, lex):
        low, high = 2, 2
    elif side != "count" and people is not None and (kin := of_family(layout, people, groups, numbers, lex)) is not None:
        low, high = kin
    elif people is not None and (people.plural or people.cls == "forces") and not more:
        low, high = (1 if side == "count" else 2), None
    else:
        low, high = 1, 1
    beside = _beside(layout, match, groups, lex)
    party, sort = (people.party if people else ""), _class_group(people, lex)
    if beside and (not party or (people is not None and people.recalled)):
        party = BOTH if beside.cls == "both" else beside.party
        sort = _class_group(beside, lex) if sort == "unspecified" else sort
    if side == "lost" and people is not None:
        party = party or by_pronoun(layout, match, groups)
        sort = "military" if layout.text[people.head : people.end].casefold() in lex.words["own_men"] else sort
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
        small = lex.words["be"] | lex.words["adverbs"] | lex.words["count_between"] | lex.words["partitive"]
        if len(between) <= 4 and all(t.folded in small or t.folded.endswith(tuple(lex.words["adverb_endings"])) for t in between):
            gap = layout.text[before[-1].end : match.start]
            if "," not in gap and ";" not in gap:
                return before[-1]
    after = [n for n in numbers if n.start >= match.end and not n.article]
    if after and side == "count" and lex.morphology.free_order and closes(layout, match, after[0], lex):
        return after[0]
    if after and side in ("both", "of", "lost") and not (side == "both" and _passive(layout, match, lex)):
        between = layout.within(match.end, after[0].start)
        split = "," in layout.text[match.end : after[0].start]
        if len(between) <= 1 and not split and not any(t.folded in lex.words["bars"] - lex.words["adverbs"] for t in between):
            return after[0]
    return None


def _passive(layout: Layout, match: Match, lex: Lexicon) -> bool:
    return any(t.folded in lex.words["be"] for t in layout.before(match.start, layout.sentence_at(match.start).start, 3))


def _people(layout: Layout, match: Match, groups: Sequence[Group], side: str, number: Number | None, lex: Lexicon) -> Group | None:
    led = lex.words["agent_by"]
    does = bool(harm_rules(lex.rules.language).doing.find(layout, match.start, match.end))
    led |= lex.words["subject"] if does else frozenset()  # who harms others
    groups = whole(layout, groups, lex) or groups
    before = [g for g in groups if g.end <= match.start and g.cls in COUNTED and g.before not in led]
    inside = [g for g in groups if match.start <= g.start and g.end <= match.end and g.cls in COUNTED]
    after = [
        g
        for g in groups
        if g.start >= match.end - 1 and g.cls in COUNTED and layout.steps(match.end, g.head) <= 8 and g.before not in lex.words["agent_by"]
    ]
    if number is not None:
        return _counted(layout, match, groups, number, lex)
    if side == "of" or (does and inside):
        return next(iter((*inside[:does], *after)), None)
    if side == "both" and (marked := _object(layout, match, before, after, lex)):
        return marked
    if side == "both" and not _passive(layout, match, lex):
        ruled = lex.words["prepositions"]
        direct = [g for g in after if (g.before not in ruled or opens_with_number(layout, g, lex)) and layout.steps(match.end, g.head) <= 5]
        if lex.morphology.free_order:  # the name of the one who is harmed may stand between
            touching = [g for g in before if layout.steps(g.end, match.start) <= 2]
        else:
            touching = [g for g in before if len(layout.within(g.end, match.start)) <= 1]
        return direct[0] if direct else (touching[-1] if touching else None)
    if side == "count":
        beside = [g for g in before[-1:] if layout.text[g.end : match.start].isspace() and not lex.morphology.free_order]
        behind = [g for g in after[:1] if layout.text[match.end : g.start].isspace()]
        if beside and not behind:
            return beside[0]  # "left one soldier dead and two wounded"
        return after[0] if after else (before[-1] if before else None)
    if side == "object":  # "the sniper the woman wounded"
        met = [g for g in before if g.before in lex.words["patient"]] or [g for g in before if layout.steps(g.end, match.start) <= 1]
        return met[-1] if met else None
    if lex.morphology.verb_last:  # the one who is harmed is the subject, wherever it stands before the verb
        if before and before[-1].before in lex.words["of"] and layout.steps(before[-1].end, match.start) == 0:
            return before[-1]  # "three soldiers' having died": in a clause that is no sentence the subject is an owner
        before = [g for g in before if g.before not in lex.words["prepositions"]] or before
    return before[-1] if before and layout.steps(before[-1].end, match.start) <= 13 else None


def _object(layout: Layout, match: Match, before: Sequence[Group], after: Sequence[Group], lex: Lexicon) -> Group | None:
    """ "The sniper wounded in the shoulder a corporal", "the keeper soldiers shot": of an active verb, the people in the case of its object."""
    if not harm_rules(lex.rules.language).doing.find(layout, match.start, match.end):
        return None
    case = {mark for mark in lex.words["patient"] | lex.words["of"] if mark.startswith("@")} - lex.words["subject"]
    behind = [g for g in after if g.before in case and layout.steps(match.end, g.head) <= OBJECT]
    shown = lex.morphology.object_endings  # "a teacher-whom wounded a sniper"
    marked = [g for g in before if g.before in lex.words["patient"] & case or (shown is not None and shown.search(g.word.casefold()))]
    ahead = [g for g in marked if layout.steps(g.end, match.start) <= OBJECT]
    return behind[0] if behind else (ahead[-1] if ahead else None)


def _counted(layout: Layout, match: Match, groups: Sequence[Group], number: Number, lex: Lexicon) -> Group | None:
    """The people that a number next to a word of harm counts: around the number, between the two, or right behind the word."""
    people = [g for g in whole(layout, groups, lex) if g.cls in COUNTED and g.before not in lex.words["agent_by"]]
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


def _beside(layout: Layout, match: Match, groups: Sequence[Group], lex: Lexicon) -> Group | None:
    """ "on the Xlandish side", "among its military": a party group behind the harm, joined by a small word."""
    for group in groups:
        near = group.start >= match.start and layout.steps(match.end, group.start) <= 6
        if any(t.folded in lex.words["means"] for t in layout.before(group.start, match.start, 2)):
            continue  # "as a result of X's provocation"
        side = group.cls in (*PEOPLE, "party", "both", "opposed") and not some_of_them(layout, group, lex)
        if near and side and group.before in lex.words["people_of"]:
            return group
    return None

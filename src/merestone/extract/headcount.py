"""People told one by one: "a teacher, her son and two soldiers were hurt" is two civilians and two of the military.

Each noun of a list counts for itself: by its number, else one where it is single, two and more where it is not. A list stops where
anything stands between its nouns but commas, joining words, numbers and what belongs to a noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from merestone.capture.names import fold
from merestone.extract.finder import Match
from merestone.extract.groups import Group
from merestone.extract.lexicon import Lexicon
from merestone.extract.numbers import Number
from merestone.extract.tokens import Layout, Token, starting

PEOPLE = ("personnel", "civilians", "people", "forces", "monitors", "equipment")
COUNTED = ("personnel", "civilians", "people", "monitors")
THINGS = ("property", "infrastructure", "heritage", "settlement")
ENDING = 3  # letters that a case may add to a noun
BEFORE = 160  # characters before a noun in which its number is looked for
COLONS = (":", "՝", " — ", " – ")
WHOM = 6  # words from a relative word to the verb that it is the object of, and from the people to it
OWN = 5  # words between the number of a clause and its word of harm
Range = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Listed:
    """One noun of a list, and how many it stands for."""

    group: Group
    low: int
    high: int | None
    number: Number | None


def of_body(layout: Layout, number: Number, lex: Lexicon) -> bool:
    """ "Lost both legs", "two fingers": the number counts no people."""
    behind = layout.within(number.end, number.end + 24)[:1]
    if not behind or (number.min or 0) < 2 or not layout.text[number.end : behind[0].start].isspace():
        return False
    word, bends = behind[0].folded, lex.morphology.bends
    return any(word == p or (bends and word.startswith(p) and len(word) <= len(p) + ENDING) for p in lex.words["body_parts"])


def taken_up(layout: Layout, match: Match, groups: Sequence[Group], does: bool, lex: Lexicon) -> Group | None:
    """ "The teacher, whom a sniper killed": the people whom a relative word takes up, where an active verb of harm stands behind it with no
    other mark between; "the sniper's killed teacher": those right behind a verb whose subject stands before it in the case of owners."""
    last, nominal = _relative(layout, match, lex), lex.morphology.nominals
    if last is None and nominal is not None and nominal.search(layout.within(match.start, match.end)[-1].folded):
        behind = [g for g in groups if g.start >= match.end and g.cls in COUNTED]
        owner = [g for g in groups if g.end <= match.start and g.before in lex.words["of"]]
        return behind[0] if owner and behind and layout.text[match.end : behind[0].start].isspace() else None
    if last is None or not does:
        return None
    ahead = layout.text[: last.start].rstrip()
    before = [g for g in groups if g.cls in COUNTED and g.end <= len(ahead)]
    near = bool(before) and len(layout.within(before[-1].end, last.start)) <= WHOM
    return before[-1] if near and (ahead.endswith(",") or not lex.morphology.bends) else None


def whose_clause(layout: Layout, match: Match, people: Group | None, lex: Lexicon) -> list[tuple[int, int]]:
    """The clause, up to its verb, that tells who harmed the people before it."""
    last = _relative(layout, match, lex)
    return [(last.end, match.end)] if last is not None and people is not None and people.end <= last.start else []


def _relative(layout: Layout, match: Match, lex: Lexicon) -> Token | None:
    """The relative word that stands for an object before a word of harm, with no mark between."""
    words = layout.within(layout.sentence_at(match.start).start, match.start)[-WHOM:]
    last = next((t for t in reversed(words) if t.folded in lex.words["object_relative"]), None)
    return None if last is None or set(layout.text[last.end : match.start]) & set(",;:.—()") else last


def distinct(layout: Layout, matches: Sequence[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (-layout.steps(m.start, m.end), m.rank, m.start)):
        if not any(match.start < k.end and k.start < match.end for k in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def in_part(layout: Layout, group: Group, lex: Lexicon) -> bool:
    """ "Including three children", "mostly civilians", "most of them civilians": are they some of those who are counted beside them?"""
    words = layout.within(group.start, group.end)
    led = group.before in lex.words["subset"] or (len(words) > 1 and words[0].folded in lex.words["subset"])
    return led or some_of_them(layout, group, lex) or _named_among(layout, group, lex)


def _named_among(layout: Layout, group: Group, lex: Lexicon) -> bool:
    """ "Three people, among them a child, died": told between commas as one of those before it."""
    comma = layout.text.rfind(",", layout.sentence_at(group.start).start, group.start)
    led = layout.within(comma + 1, group.start) if comma >= 0 else ()
    return 0 < len(led) <= 3 and led[0].folded in lex.words["subset"]


def some_of_them(layout: Layout, group: Group, lex: Lexicon) -> bool:
    words = layout.within(group.start, group.end)
    return group.before in lex.words["of"] and len(words) > 1 and words[0].folded in lex.words["pronouns"]


def whole(layout: Layout, groups: Sequence[Group], lex: Lexicon) -> list[Group]:
    """Those of the groups that are no part of others, and not joined to one that is ("many of them women and children")."""
    out: list[Group] = []
    part: Group | None = None
    for group in groups:
        between = layout.within(part.end, group.start) if part is not None and part.end <= group.start else ()
        joined = len(between) == 1 and between[0].folded in lex.words["joints"]
        if joined or in_part(layout, group, lex):
            part = group
        else:
            out.append(group)
    return out


def is_pair(group: Group, lex: Lexicon) -> bool:
    """Does the noun itself stand for two ("a couple")?"""
    pairs: Sequence[str] = lex.table("casualties").get("pairs", ())
    return any(word.startswith(pair) for pair in pairs for word in (group.word, group.word.rsplit(maxsplit=1)[-1] if group.word else ""))


def are_counted(layout: Layout, group: Group, numbers: Sequence[Number]) -> bool:
    """ "Three Xlanders were killed": people called by their side alone, right behind their number."""
    told = (n for n in numbers if not n.article and n.end <= group.start)
    return bool(group.party) and not group.recalled and any(layout.text[n.end : group.start] == " " for n in told)


def is_family(group: Group, lex: Lexicon) -> bool:
    stems = tuple(lex.words["families"])
    return bool(stems) and fold(group.word).startswith(stems)


def of_family(layout: Layout, group: Group, groups: Sequence[Group], numbers: Sequence[Number], lex: Lexicon) -> Range | None:
    """ "A family was killed: father, mother and two children" is four; a family of which nothing more is told is two or more."""
    if not is_family(group, lex):
        return None
    own = number_of(layout, group, numbers, lex)
    if own is not None and own.max != 1:
        return None
    of = next((n for n in starting(numbers, group.end, group.end + 12) if len(layout.within(group.end, n.start)) == 1), None)
    if of is not None and layout.within(group.end, of.start)[0].folded in lex.words["people_of"]:
        return of.min or 0, of.max
    end = layout.sentence_at(group.start).end
    marks = [at for mark in COLONS if (at := layout.text.find(mark, group.end, end)) >= 0]
    if not marks:
        return 2, None
    told = [g for g in groups if g.cls in COUNTED and g.start > min(marks) and not in_part(layout, g, lex)]
    listed = roll(layout, told[0], told, numbers, lex, True) if told else []
    if len(listed) < 2:
        return 2, None
    return sum(each.low for each in listed), None if any(each.high is None for each in listed) else sum(each.high or 0 for each in listed)


def count_of(layout: Layout, group: Group, numbers: Sequence[Number], lex: Lexicon) -> Listed:
    """How many a noun stands for by itself."""
    number = number_of(layout, group, numbers, lex)
    if number is not None:
        times = 2 if is_pair(group, lex) else 1
        return Listed(
            group, (0 if number.min is None else number.min) * times, number.max * times if number.max is not None else None, number
        )
    if is_pair(group, lex):
        return Listed(group, 2, 2, None)
    return Listed(group, 2, None, None) if group.plural or group.cls == "forces" else Listed(group, 1, 1, None)


def roll(layout: Layout, group: Group, groups: Sequence[Group], numbers: Sequence[Number], lex: Lexicon, ahead: bool) -> list[Listed]:
    """The nouns joined to `group`, itself among them, in text order; `ahead`: those behind it, else those before it."""
    people = sorted((g for g in groups if g.cls in COUNTED), key=lambda g: g.start)
    if group not in people:
        return [count_of(layout, group, numbers, lex)]
    at, step = people.index(group), 1 if ahead else -1
    chain = [group]
    while 0 <= (at := at + step) < len(people):
        one, other = (chain[-1], people[at]) if ahead else (people[at], chain[-1])
        if not _joined(layout, one, other, numbers, lex):
            break
        chain.append(people[at])
    ordered = chain if ahead else chain[::-1]
    if len(ordered) > 1 and not any(t.folded in lex.words["joints"] for t in layout.within(ordered[-2].end, ordered[-1].head)):
        return [count_of(layout, group, numbers, lex)]  # a comma alone ends a clause as well
    told = [count_of(layout, g, numbers, lex) for g in ordered]
    first, rest = told[0], told[1:]
    if rest and first.number is not None and first.high == sum(each.high or 0 for each in rest) and not any(e.number for e in rest):
        return [first]  # "two officers, a captain and a major": the same two by name
    return told


def _joined(layout: Layout, one: Group, other: Group, numbers: Sequence[Number], lex: Lexicon) -> bool:
    """Does nothing stand between two nouns but a comma or a joining word, and the number or owner of the second?"""
    if one.end > other.start or other.before in lex.words["agent_by"] or in_part(layout, other, lex):
        return False
    gap = layout.text[one.end : other.start]
    between = layout.within(one.end, other.start)
    if set(gap) & set(';:.—()«»"“”') or len(between) > 5 or gap.count(",") > 1:
        return False
    counted = [n for n in numbers if one.end <= n.start and n.end <= other.head]
    loose = lex.words["joints"] | lex.words["determiners"] | lex.words["possessives"] | lex.words["number_words"] | lex.words["own"]
    plain = all(t.folded in loose or any(n.start <= t.start < n.end for n in counted) for t in between)
    joint = "," in gap or any(t.folded in lex.words["joints"] for t in between)
    return plain and joint


def number_of(layout: Layout, group: Group, numbers: Sequence[Number], lex: Lexicon) -> Number | None:
    """The number in or right before a group; of "one of the two" it is the one."""
    numbers = starting(numbers, group.start - BEFORE, group.head + 1)
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


def of_clause(layout: Layout, at: int, people: Group | None, numbers: Sequence[Number]) -> Number | None:
    """ "Four sailors died, six caught splinters of different weight": a clause (its word of harm stands at `at`) behind `people` who are
    counted already has a number of its own."""
    if people is None or people.end > at:
        return None
    own = [n for n in numbers if people.end < n.start and n.end <= at and not n.article and layout.steps(n.end, at) <= OWN]
    parted = [n for n in own if "," in layout.text[people.end : n.start] and "," not in layout.text[n.end : at]]
    return parted[-1] if parted else None


def of_them(layout: Layout, number: Number, lex: Lexicon) -> bool:
    """Is it a part of those told before ("one of them", "of them one")?"""
    beside = [*layout.before(number.start, layout.sentence_at(number.start).start, 1), *layout.within(number.end, number.end + 30)[:2]]
    return any(t.folded in lex.words["partitive"] and t.folded not in lex.words["of"] for t in beside)


def of_some(layout: Layout, number: Number, lex: Lexicon) -> bool:
    """ "Killed five of the others": are those whom the number counts named behind it by words that are no people of those told before?"""
    behind = layout.within(number.end, number.end + 30)[:2]
    return len(behind) == 2 and behind[0].folded in lex.words["of"] and behind[1].folded in lex.words["determiners"]


def one_more(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """ "Two were captured and a third was killed": is the subject one more of those told before?"""
    told: Sequence[str] = lex.table("casualties").get("one_more", ())
    before = [t for t in layout.before(match.start, layout.sentence_at(match.start).start, 4) if t.folded not in lex.words["be"]]
    return bool(before) and before[-1].folded in told


def opens_with_number(layout: Layout, group: Group, lex: Lexicon) -> bool:
    """Does what leads to the noun belong to its number: its case, as that of what is counted, or the "at" of "at least ten"?"""
    first = layout.within(group.start, group.end)[:1]
    if first and f"{group.before} {first[0].folded}" in lex.words["roughly"]:
        return True
    return lex.morphology.number_rules_case and bool(first) and (first[0].folded in lex.words["number_words"] or first[0].text.isdigit())


def of_fire(layout: Layout, group: Group, lex: Lexicon) -> bool:
    """ "Suffered losses from the actions of X's side": X is the one who did it."""
    before = layout.before(group.start, max(group.start - 40, 0), 1)
    return bool(before) and before[0].folded in lex.words["fire_of"]


def of_owned(number: Number, end: int, groups: Sequence[Group]) -> bool:
    """ "Killed a mother of two": the number behind a noun of people counts no dead. `end` is that of the word of harm."""
    return any(end <= g.start and g.cls in COUNTED and g.head < number.start and number.end <= g.end for g in groups)


def toll_of(layout: Layout, match: Match, numbers: Sequence[Number], lex: Lexicon) -> Number | None:
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


def of_things(layout: Layout, number: Number, groups: Sequence[Group]) -> bool:
    """ "Five houses were hit by splinters", "three cows were killed": what the number counts is no people."""
    counted = [g for g in groups if g.start <= number.start < g.end or (number.end <= g.start and layout.steps(number.end, g.start) <= 1)]
    return bool(counted) and counted[0].cls in THINGS


def closes(layout: Layout, match: Match, number: Number, lex: Lexicon) -> bool:
    """ "of wounded it counted two.": a number at the end of its clause counts what stands before the verb."""
    between, gap = layout.within(match.end, number.start), layout.text[match.end : number.start]
    ends = layout.text[number.end : number.end + 1] in (",", ".", ";", "") and not any(t.folded in lex.words["joints"] for t in between)
    return ends and len(between) <= 4 and not set(gap) & set(",;:.—")

"""Who goes forward or back is a force: a shepherd who crosses the line by mistake advances nowhere, a family that flees or a patrol of
monitors that returns withdraws no troops.

Read from the noun that stands where the subject stands, or from its case; the same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.acts import Act
from merestone.extract.around import Around, can_act
from merestone.extract.groups import Group
from merestone.extract.subjects import antecedent
from merestone.extract.terms import Proposal
from merestone.extract.thread import Page

TOLD = 4  # words between people who are told to go and the verb
LET_GO = ("release", "drone_flight")  # behind these a pronoun stands for those let go, or for what flew
MOVES = ("advance", "withdrawal")
HELD_UP = ("detention", "movement_restricted", "position_held")
UNARMED = ("civilians", "monitors")
ARMED = ("forces", "personnel", "equipment", "party", "opposed", "positions", "both")


def of_civilians(page: Page, act: Act, around: Around) -> bool:
    """Is the subject of a movement people who are no force, or monitors?"""
    lex, groups = page.lex, around.groups
    if act.rule.kind not in MOVES or act.rule.voice != "verb" or act.passive:
        return False
    if _of_teller(page, act, around):
        return True
    if lex.morphology.bends:
        return _by_case(page, act, around)
    taken_up = _taken_up(page, act, groups)
    if taken_up is not None:
        return taken_up.cls in UNARMED
    start = _beginning(page, act)
    ahead = [g for g in groups if start <= g.start and g.end <= act.verb[0] and g.before not in lex.words["prepositions"]]
    if ahead and ahead[-1].cls in ("civilians", "people") and _told_to(page, act, ahead[-1]):
        return True  # "ordered the villagers to leave"
    if any(g.cls in ARMED and not g.recalled for g in ahead):
        return False
    if any(g.cls == "pronoun" and start <= g.start < act.verb[1] for g in groups):  # "some of them fled"
        return False
    flees = any(t.folded in lex.words["flees"] for t in page.layout.within(*act.verb))
    return flees or (bool(ahead) and ahead[-1].cls in UNARMED)


def _of_teller(page: Page, act: Act, around: Around) -> bool:
    """ "Left base at 08:00", "the patrol returned", in the word of monitors: where nobody else is named, it is they who came and went."""
    chain, words = page.attributions.at(act.verb[0]), page.lex.words["watchers"]
    if not chain or chain[-1].kind != "international":
        return False
    ahead = [
        g
        for g in around.groups
        if around.sentence[0] <= g.start and g.end <= act.verb[0] and g.before not in page.lex.words["prepositions"]
    ]
    bare = all((not g.party or g.recalled) and _last_word(g) in words for g in ahead if g.cls in ARMED)
    small = words | page.lex.words["determiners"] | page.lex.words["adverbs"]
    led = [t for t in page.layout.within(act.clause[0], act.verb[0]) if t.folded.isalpha() and t.folded not in small]
    return bare and (any(g.cls in ARMED for g in ahead) or not led)


def _told_to(page: Page, act: Act, people: Group) -> bool:
    """Is the verb an infinitive behind these people, whose place alone may stand between ("the people of X-town to leave")?"""
    lex, between = page.lex, page.layout.within(people.end, act.verb[0])
    led = bool(between) and between[-1].folded in lex.words["infinitive"]
    return led and not any(m for m in lex.kinds.find(page.layout, people.end, act.verb[0])) and len(between) <= TOLD


def of_those_told(page: Page, act: Act, around: Around, earlier: Sequence[Proposal]) -> bool:
    """ "They crossed the bridge" behind a release, "it turned back" behind a flight: a pronoun that stands for those who were let go or for
    the drone is of no force."""
    if act.rule.kind == "release" and any(c.kind == "monitors_obstructed" and c.start >= around.sentence[0] for c in earlier):
        return not any(g.cls in ("personnel", "civilians", "people") for g in around.groups if act.clause[0] <= g.start < act.clause[1])
    if act.rule.kind not in (*MOVES, "movement_restricted") or not earlier or act.rule.voice != "verb" or act.passive:
        return False
    here = page.layout.sentence_at(act.verb[0])
    before = page.layout.sentence_at(earlier[-1].start).index
    if earlier[-1].kind not in LET_GO or here.index - before not in (0, 1):
        return False
    ahead = [g for g in around.groups if g.end <= act.verb[0] and g.before not in page.lex.words["prepositions"]]
    return bool(ahead) and ahead[0].cls == "pronoun" and not any(g.cls in ARMED and g.party for g in ahead)


def as_monitors(page: Page, act: Act, groups: Sequence[Group], told: Sequence[Proposal]) -> Act:
    """ "The patrol was held at X's post", in the word of monitors: where it is their own that are held or not let pass, that is what was done."""
    chain, words = page.attributions.at(act.verb[0]), page.lex.words["watchers"]
    if act.rule.kind not in HELD_UP or not chain or chain[-1].kind != "international":
        return act
    people = [g for g in groups if act.clause[0] <= g.start < act.clause[1] and g.cls in ("forces", "personnel", "civilians", "people")]
    bends = page.lex.morphology.bends
    held = [g for g in people if (_last_word(g) in words if bends else act.passive == (g.end <= act.verb[0]))]
    led = [t.folded for t in page.layout.within(act.clause[0], act.verb[0])]
    if not held and act.passive and not bends and words & {*led[:2], *led[-1:]}:
        return replace(act, rule=replace(act.rule, kind="monitors_obstructed"))  # "team held at the barrier by X's guards"
    if act.rule.kind == "position_held" and not (bends and held):
        return act
    if any(c.kind == "monitors_obstructed" and c.start < act.clause[1] and act.clause[0] < c.end for c in told):
        held = []
    theirs = not held[0].party and _last_word(held[0]) in words if held else any(c.kind == "monitors_obstructed" for c in told)
    return replace(act, rule=replace(act.rule, kind="monitors_obstructed")) if theirs else act


def _last_word(group: Group) -> str:
    return (group.word.split() or [""])[-1]


def _by_case(page: Page, act: Act, around: Around) -> bool:
    """The same where cases tell the subject: are those who may be it people without arms alone?"""
    lex = page.lex
    if (led := antecedent(page.layout, act, around, lex)) is not None:
        return led.cls == "civilians"
    ruled = lex.words["prepositions"] - lex.words["subject"]
    near = [g for g in around.groups if act.clause[0] <= g.start and g.end <= act.verb[0] and g.before not in ruled]
    acting = [g for g in near if g.cls in ("civilians", "forces", "personnel", "pronoun") or (g.party and can_act(g, lex))]
    return bool(acting) and all(g.cls == "civilians" for g in acting)


def _taken_up(page: Page, act: Act, groups: Sequence[Group]) -> Group | None:
    """The noun that a "who" at the head of the clause takes up ("handed over a boy who had crossed the line")."""
    opening = page.layout.within(*act.clause)[:1]
    if not opening or opening[0].folded not in page.lex.words["who"] | page.lex.words["subject_relative"]:
        return None
    before = [g for g in groups if g.end <= opening[0].start]
    return before[-1] if before and not page.layout.within(before[-1].end, opening[0].start) else None


def _beginning(page: Page, act: Act) -> int:
    """Where the clause begins, or the noun that its "who" takes up."""
    opening = page.layout.within(*act.clause)[:1]
    if opening and opening[0].folded in page.lex.words["who"] | page.lex.words["relative"] | page.lex.words["joints"]:
        return page.layout.sentence_at(act.verb[0]).start
    return act.clause[0]

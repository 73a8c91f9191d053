"""Who is said to have done it and to whom: the doer and the one it was done to, from the grammar around the verb.

Parties come out of the words; where they do not tell, the value is `unknown`. The rules know no party by name (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.extract.acts import Act
from merestone.extract.around import FROM_POSTS, Around, accused, by_means, can_act, whose
from merestone.extract.chained import first_subject, joined_verb
from merestone.extract.downed import DOWNED, brought_down
from merestone.extract.fitting import is_means, is_ruled, may_be_done_to, measured, of_modifier, only_where, what_of
from merestone.extract.groups import BOTH, OPPOSED, Group
from merestone.extract.lexicon import Lexicon
from merestone.extract.noun_agents import agent_of_noun
from merestone.extract.owners import WHOSE, behind_relative, by_fire, elsewhere_seen, lone_land, only_forces, owner_beside, owner_of_means
from merestone.extract.performed import joined_with
from merestone.extract.subject_before import agent_before, before_its_noun, object_of, ours_by_verb
from merestone.extract.subjects import (
    OF_NO_SIDE,
    agrees,
    antecedent,
    civil_subject,
    is_nominal,
    of_no_side,
    of_participle,
    trying,
    warded_off,
)
from merestone.extract.terms import Target
from merestone.extract.tokens import Layout
from merestone.extract.voice import OF_PEOPLE, PEOPLE

LAUNCHERS = ("positions", "territory", "forces", "personnel", "equipment", "property", "vessels")
OF_THEMSELVES = ("position_held", "withdrawal", "advance")  # what people do and nobody does to them
Said = tuple[str, int, int, str]  # value, start, end, why


def doer(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Said | None:
    """The initiator that the words name; None where they name nobody. `none` for kinds in which nobody begins."""
    if act.rule.voice == "neutral":
        return ("none", act.verb[0], act.verb[1], "this kind of claim names nobody as beginning")
    if (led_by := antecedent(layout, act, around, lex)) is not None:
        party = around.party(led_by)
        at = (led_by.start, led_by.end)
        return (party, *at, f"“{layout.text[slice(*at)]}” is named as doing it") if party else ("unknown", at[0], at[0], OF_NO_SIDE)
    if (owner := warded_off(layout, act, around, lex)) is not False:
        at = (owner.start, owner.end) if owner is not None else act.verb
        return (around.party(owner), *at, f"“{layout.text[slice(*at)]}” is named as attacking") if owner is not None else None
    if (other := of_no_side(layout, act, around, lex)) is not None:
        return "unknown", other.start, other.start, OF_NO_SIDE
    led = behind_relative(layout, act, around, lex) if act.rule.voice == "verb" and not act.passive else []
    group = ours_by_verb(layout, act, lex) or (led[-1] if led else _agent(layout, act, around, lex))
    if group is None or not (group.cls == "pronoun" or around.party(group)):
        beside = owner_beside(layout, act, around, lex)
        if beside is not None:
            return around.party(beside), beside.start, beside.end, WHOSE
        group = only_forces(act, around, lex) or group

    if group is None and lex.morphology.verb_last and (owner := whose(act, around, lex)) is not None:
        at = (owner.start, max(owner.end, act.verb[1]))
        return (around.party(owner), *at, f"“{layout.text[slice(*at)]}” tells whose troops move, or in whose land people are held")
    if group is None:
        return None
    party = around.party(group)
    if group.cls == "pronoun":
        party = around.subject
    if not party:
        return None
    if brought_down(layout, act, group, lex):
        return around.opposite(party), group.start, group.end, DOWNED
    if party == BOTH or joined_with(layout, group, around, lex):
        return ("both", group.start, group.end, "both sides are named as doing it")
    return (party, group.start, group.end, f"“{layout.text[group.start : group.end]}” is named as doing it")


def _agent(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Group | None:
    start, end = act.verb
    if act.rule.voice == "inner":
        inner = [g for g in around.groups if start <= g.start < end and can_act(g, lex)]
        return inner[0] if inner else None
    if act.rule.voice == "noun" or (act.rule.voice == "verb" and is_nominal(layout, act, lex)):
        return trying(layout, act, around, lex) or agent_of_noun(layout, act, around, lex) or _launched(layout, act, around, lex)
    if act.passive:
        leading = act.rule.agent or lex.words["agent_from"]
        after = [g for g in around.groups if g.start >= start and g.before in leading and can_act(g, lex) and g.start <= around.limit[1]]
        if lex.morphology.free_order and not after:
            until = end if lex.morphology.verb_last else start
            after = [g for g in around.groups if act.clause[0] <= g.start < until and g.before in leading and can_act(g, lex)]
        holders = ("party", OPPOSED, "forces") if lex.words["postpositions"] else ("party",)  # "under the adversary's control has come"
        within = [g for g in around.groups if start <= g.start and g.end <= end and g.party and g.cls in holders]
        named = [g for g in (*within, *after) if g.party]
        if named or after:
            return (named or after)[0]
        if aimed := by_fire(layout, act, around, lex) or owner_of_means(layout, act, around, lex) or _launched(layout, act, around, lex):
            return aimed
        means = [
            g
            for g in around.groups
            if g.start >= end and g.cls in ("party", OPPOSED, "forces", "personnel") and g.party and by_means(layout, end, g, lex)
        ]
        return means[0] if means else None
    before = [g for g in around.groups if g.end <= start and can_act(g, lex) and g.cls != "positions" and agrees(layout, act, g, lex)]
    ruled = lex.words["prepositions"] - (lex.words["of"] if not lex.words["subject"] else frozenset())  # "them" is no subject
    subjects = [g for g in before if g.before not in lex.words["prepositions"] or (g.cls == "pronoun" and g.before not in ruled)]
    within = [g for g in around.groups if g.start <= start < g.end <= end and can_act(g, lex) and g.cls != "positions"]
    if lex.morphology.free_order and not lex.morphology.verb_last:  # between the noun and the verb that make the act
        within += [
            g for g in around.groups if start < g.start and g.end <= end and _is_subject(g, act, lex) and g.before in lex.words["subject"]
        ]
    if lex.morphology.verb_last:
        doing = agent_before(layout, act, around, lex)
        return doing or (None if before_its_noun(layout, act, lex) else _launched(layout, act, around, lex))
    within = [g for g in within if around.party(g) or g.cls == "pronoun"]  # of nobody: what is moved
    if beside := trying(layout, act, around, lex) or of_participle(layout, act, around, lex):
        return beside
    joined = not within and joined_verb(layout, start, lex)
    near = within or _nearest(layout, act, around, (subjects, joined), lex)
    behind = _subject_behind(act, around, lex)
    if behind is not None and _opens(layout, act, near, lex):
        return behind
    for group in reversed(near):  # the nearest that has a party; "its soldiers" and "they" count through what they refer to
        if around.party(group) or group.cls == "pronoun":
            return group
    held = [] if joined else _posts_before(act, around, lex)
    if held and not (behind and behind.before in lex.words["subject"]) and (lex.morphology.free_order or not held[-1].recalled):
        return held[-1]  # "the Xlandish post stopped the patrol", not "Xlandish posts attacked Yland's soldiers" where these did
    if behind or (lex.morphology.free_order and (behind := _launched(layout, act, around, lex))):
        return behind
    if found := _by(act, around, lex) or _launched(layout, act, around, lex):
        return found
    if lex.morphology.free_order:  # there what stands in the case of the owner is what it was done to
        if seen := elsewhere_seen(layout, act, around, lex) or lone_land(layout, act, before):
            return seen
        return accused(layout, act.verb[0], around, lex)  # "accused X of"
    return next((g for g in reversed(before) if g.party and g.before in lex.words["of"]), None)


def _nearest(layout: Layout, act: Act, around: Around, before: tuple[Sequence[Group], bool], lex: Lexicon) -> Sequence[Group]:
    """Those before the verb who may do it; of a joined verb the subject of the one before it alone. `before`: the subjects, and is it joined?"""
    subjects, joined = before
    if joined:
        shared = first_subject(layout, around.groups, act.verb[0], lex)
        return [shared] if shared is not None and (can_act(shared, lex) or shared.cls == "civilians") else []
    return civil_subject(layout, act, around, lex) or [g for g in subjects if g.end > around.limit[0]] or subjects


def _by(act: Act, around: Around, lex: Lexicon) -> Group | None:
    """ "By X" behind the act or among its words ("fires were set by X")."""
    return next((g for g in around.groups if g.start >= act.verb[0] and g.before in lex.words["agent_by"] and can_act(g, lex)), None)


def _subject_behind(act: Act, around: Around, lex: Lexicon) -> Group | None:
    """Where order is free: the one of a side that may be the subject behind the verb."""
    last = min(around.limit[1], act.clause[1])
    fits = [g for g in around.groups if g.head >= act.verb[1] and g.start <= last and _is_subject(g, act, lex)]
    return fits[0] if lex.morphology.free_order and fits and around.party(fits[0]) else None


def _posts_before(act: Act, around: Around, lex: Lexicon) -> list[Group]:
    """Posts of a side that may be the subject, before the verb in its clause."""
    posts = [g for g in around.groups if g.cls == "positions" and g.before not in lex.words["prepositions"] | lex.words["of"]]
    first = max(around.limit[0], act.clause[0])
    return [g for g in posts if first <= g.start and g.end <= act.verb[0] and around.party(g)]


def _opens(layout: Layout, act: Act, subjects: Sequence[Group], lex: Lexicon) -> bool:
    """Are all subjects before the verb of another clause ("denied that its men had fired and said that the fire opened X's men")?"""
    first = layout.within(*act.clause)[:1]
    return bool(first) and first[0].folded in lex.words["that"] and not any(g.start >= act.clause[0] for g in subjects)


def _is_subject(group: Group, act: Act, lex: Lexicon) -> bool:
    """Can a group behind the verb be its subject? Not one that is ruled; people only in the subject's case, or of what nobody does to them."""
    if group.before in lex.words["subject"]:
        return can_act(group, lex) and group.cls != "positions"
    acting = ("forces", "state", "party", "equipment", *(("personnel",) if act.rule.kind in OF_THEMSELVES else ()))
    return group.cls in acting and group.before not in lex.words["prepositions"]


def _from(layout: Layout, group: Group, lex: Lexicon) -> bool:
    """Does a word that says where fire came from lead to the group, right before it or through its case?"""
    led = layout.before(group.start, 0, 1) if lex.words["launched"] and group.before in lex.words["of"] else ()
    return group.before in lex.words["launched"] or any(t.folded in lex.words["launched"] for t in led)


def _launched(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Group | None:
    """ "fired from the Xlandish positions": where the fire came from names the doer, where no subject does."""
    if act.rule.kind not in lex.table("kinds")["families"]["aimed"] and not (lex.morphology.verb_last and act.rule.kind in FROM_POSTS):
        return None
    of_force = (g for g in around.groups if _from(layout, g, lex) and g.cls in (*LAUNCHERS, "party", "country"))
    of_place = (g for g in around.groups if g.before in lex.words["launched_place"] and g.cls == "place" and not measured(layout, g, lex))
    fits = (*of_force, *_held_near(layout, around, lex), *of_place)
    inside = (g for g in fits if g.party and g.party != OPPOSED and act.clause[0] <= g.start < act.clause[1])
    return next((g for g in inside if not _of_another_clause(layout, g, act, lex)), None)


def _of_another_clause(layout: Layout, group: Group, act: Act, lex: Lexicon) -> bool:
    """ "Families were brought out from X-town as shells landed": another clause begins between what leads the group and the verb."""
    return any(t.folded in lex.words["subordinators"] for t in layout.within(group.end, act.verb[0]))


def _held_near(layout: Layout, around: Around, lex: Lexicon) -> list[Group]:
    """ "from positions near X-village": those of the side of the village, unless the side that tells it holds the village itself."""
    out: list[Group] = []
    for group in around.groups:
        if group.cls != "positions" or group.party or not _from(layout, group, lex):
            continue
        behind = [g for g in around.groups if g.cls == "place" and g.start >= group.end and len(layout.within(group.end, g.start)) <= 3]
        near = [g for g in behind[:1] if not set(layout.text[group.end : g.start]) & set(",;:.()—")]
        out += [g for g in near if g.party in around.parties and around.opposite(g.party) == around.speaker]
    return out


def done_to(layout: Layout, act: Act, around: Around, initiator: str, lex: Lexicon) -> tuple[Target, Group | None, str]:
    """The target: its party and what it is. Gives the group that names it, if one does, and a sentence."""
    default = lex.table("kinds")["targets"][act.rule.kind]
    fallback = around.opposite(initiator) if default["party"] == "opposite" else default["party"]
    if initiator in ("none", "both", "unknown") and default["party"] == "opposite":
        fallback = "unknown"
    if "own" in default and initiator == around.speaker:
        return Target(default["own"], default["own"]), None, "it is said of the speaker's own side, to nobody"
    if default.get("fixed"):
        return Target(fallback, default["what"]), None, "what this kind of claim has for a target"
    group = around.hit or _patient(layout, act, around, initiator, lex) or _opening(act, around, initiator, lex)
    if group is None:
        what = act.rule.what or default["what"]
        return Target(fallback, what), None, "no words say to whom; read from the kind and from the one who did it"
    if only_where(act.rule.kind, group, lex):
        what = act.rule.what or default["what"]
    elif group.cls == "equipment" and default["what"] == "property":
        what = default["what"]
    else:
        what = what_of(group, lex, default["what"])
    party = around.party(group)
    if group.cls == "pronoun" or not party or (party == initiator and group.party.startswith("of:")):
        party = fallback
    what = default["what"] if default.get("always") else what
    if default.get("only"):
        what = default["what"] if what not in ("territory", "monitors") else what
        party = party if what == "territory" and party != initiator else fallback
    return Target(party, what), group, f"“{layout.text[group.start : group.end]}” is named as what it was done to"


def _patient(layout: Layout, act: Act, around: Around, initiator: str, lex: Lexicon) -> Group | None:
    start, end = act.verb
    known: dict[str, str] = lex.table("lexicon")["what"]
    fits = [g for g in may_be_done_to(around.groups, act.rule.kind, lex) if not (lex.words["launched"] and _from(layout, g, lex))]
    fits = [g for g in fits if not is_means(layout, act.clause, g, act.rule.kind, lex)]
    fits = [g for g in fits if not of_modifier(layout, g, around.groups, lex)] or fits
    others = [g for g in fits if around.party(g) != initiator]
    inside = [g for g in others if start - lex.morphology.verb_last < g.head and g.end <= end and g.cls in known]
    if act.rule.voice == "inner" and act.rule.kind == "detention":
        return next((g for g in reversed(fits) if g.end <= start and start - g.end <= 3), None)
    if (own := object_of(layout, act, fits, lex)) is not None:
        return own
    if act.rule.voice == "verb" and not act.passive:
        until = min(around.limit[1], act.clause[1])
        after = [g for g in others if start < g.head < until and g.before not in lex.words["agent_from"]]
        direct = [
            g
            for g in after
            if g.cls in known
            and (g.before in lex.words["patient"] or (g.before not in lex.words["prepositions"] and layout.steps(end, g.head) <= 7))
        ]
        if lex.morphology.free_order and not (inside or after):
            ahead = [g for g in others if around.limit[0] <= g.start and g.end <= start]
            ahead = ahead[::-1] if lex.morphology.verb_last else ahead  # what it is done to stands right before the verb
            return _first(
                [g for g in ahead if g.cls in known and g.before in lex.words["patient"]],
                [g for g in ahead if g.cls == "place" and g.before in lex.words["patient"]],
                [g for g in ahead if g.cls in known and g.before not in lex.words["prepositions"] | lex.words["subject"]],
            )
        return _first(
            inside,
            [g for g in after if g.cls == "place" and layout.steps(end, g.start) == 0 and not is_ruled(g, lex)],
            direct,
            [g for g in after if g.cls == "place" and g.before in lex.words["patient"]],
            [g for g in after if g.cls == "party" and g.before in lex.words["patient"]],
        )
    if act.passive:
        if initiator in around.parties and lex.morphology.free_order:
            fits = others
        fits = [g for g in fits if g.start >= start or not any(mark in layout.text[g.end : start] for mark in (": ", "; "))]
        led = [g for g in fits if g.end <= start and (g.cls in known or g.cls == "place") and g.before not in lex.words["agent_from"]]
        if lex.morphology.free_order:
            behind = [g for g in fits if g.head >= start and g.start < around.limit[1] and g.start < act.clause[1]]
            fitting = [g for g in behind if (g.cls in known or g.cls == "place") and g.before not in lex.words["agent_from"]]
            led = led + [g for g in fitting if g.before not in lex.words["prepositions"]]
        if lex.morphology.verb_last:
            return _before_last(act, around, (fits, led), lex)
        if people := _taken(act, fits, lex):
            return people[-1]
        if lex.morphology.free_order and act.rule.kind in OF_PEOPLE:
            led = [g for g in led if g.cls != "place"]
        led = [g for g in led if g.before not in lex.words["prepositions"]] or _aimed(act, around, fits, lex) or led
        before = [g for g in led if g.end > around.limit[0]] or led  # "was detained and beaten": the subject stands before both
        return _first([g for g in before if g.before not in lex.words["prepositions"]], before[::-1])
    after = [g for g in fits if start <= g.start < around.limit[1] and g.before in lex.words["patient"] and around.party(g) != initiator]
    after = [g for g in after if not _whence(layout, g, end, lex)]
    after = after or _aimed_ahead(act, fits, lex)
    of_noun = [g for g in after if lex.morphology.free_order and g.before in lex.words["of"] and layout.steps(end, g.start) == 0]
    return _first([g for g in of_noun if g.cls in known or g.cls == "place"], [g for g in after if g.cls in known], after)


def _aimed_ahead(act: Act, fits: Sequence[Group], lex: Lexicon) -> list[Group]:
    """Where order is free: people at whom shots were fired, before the noun ("at the patrol were fired four shots")."""
    if not lex.morphology.free_order or act.rule.kind not in lex.table("kinds")["families"]["aimed"]:
        return []
    ahead = [g for g in fits if act.clause[0] <= g.start and g.end <= act.verb[0] and g.before in lex.words["aim"]]
    return [g for g in ahead if g.cls in ("personnel", "monitors", "civilians", "people")]


def _whence(layout: Layout, group: Group, end: int, lex: Lexicon) -> bool:
    """ "Gunfire from the direction of X-town": whence it came, it did not hit."""
    near = layout.before(group.start, end, 4)
    return not lex.morphology.bends and group.before in lex.words["of"] and any(t.folded in lex.words["launched"] for t in near)


def _opening(act: Act, around: Around, initiator: str, lex: Lexicon) -> Group | None:
    """ "(Of) two fishermen they freed": where order is free and no other noun fits, people with whom the words of the act begin."""
    if act.rule.kind not in OF_PEOPLE or act.rule.voice != "verb" or act.passive or not lex.morphology.free_order:
        return None
    other = lex.words["subject"] | lex.words["prepositions"] - lex.words["patient"]
    first = [g for g in around.groups if g.cls in PEOPLE and g.head == act.verb[0] and g.before not in other]
    return next((g for g in first if around.party(g) != initiator), None)


def _before_last(act: Act, around: Around, choices: tuple[Sequence[Group], Sequence[Group]], lex: Lexicon) -> Group | None:
    """Where the verb stands last: the subject before it, else what its case shows as done to, else a place. `choices`: all, and those led."""
    (fits, led), end = choices, act.verb[1]
    known: dict[str, str] = lex.table("lexicon")["what"]
    named = [g for g in fits if g.cls in known and g.start < end and g.before not in lex.words["agent_from"]][::-1]
    near = [g for g in named if g.before in lex.words["subject"] and g.end > around.limit[0]]
    return _first(
        [g for g in near if around.party(g) and g.cls in PEOPLE and act.rule.kind in OF_PEOPLE],  # "an Xland soldier and a villager"
        near,
        [g for g in named if g.before in lex.words["subject"]],
        [g for g in named if g.before in lex.words["patient"]],
        [g for g in led if g.cls == "place"],
    )


def _taken(act: Act, groups: Sequence[Group], lex: Lexicon) -> list[Group]:
    """People in the subject's case who were taken or let go, a "man of X" without a noun too."""
    start, end = act.verb
    if not lex.morphology.free_order or act.rule.kind not in OF_PEOPLE:
        return []
    fits = [g for g in groups if g.cls in (*PEOPLE, "party") and g.before in lex.words["subject"] and not start <= g.head < end]
    return [g for g in fits if act.clause[0] <= g.start < act.clause[1]]


def _aimed(act: Act, around: Around, groups: Sequence[Group], lex: Lexicon) -> list[Group]:
    """ "there was firing at our posts": what the words aim at, in the clause."""
    if not lex.morphology.free_order or act.rule.kind not in lex.table("kinds")["families"]["aimed"]:
        return []
    start, end = max(around.limit[0], act.clause[0]), min(around.limit[1], act.clause[1])
    known: dict[str, str] = lex.table("lexicon")["what"]
    fits = [g for g in groups if g.before in lex.words["aim"] and g.cls in known and start <= g.start < end]
    return [g for g in fits if g.cls not in ("territory", "infrastructure")]


def _first(*choices: Sequence[Group]) -> Group | None:
    return next((groups[0] for groups in choices if groups), None)


def stance_of(initiator: str, speaker_party: str, official: bool, denied: bool) -> str:
    """`denies` wins over everything: a denial is never read as an admission. Otherwise an official of the doer's own side admits."""
    if denied:
        return "denies"
    return "admits" if official and initiator == speaker_party and speaker_party not in ("", "none", "unknown", "both") else "asserts"

"""Who did it by what stands right before the verb: the noun that a relative word takes up, or people of a side.

The nearest noun is the subject, of whatever side it is or of none; the same for every party (law 2).
"""

from __future__ import annotations

from typing import Literal

from merestone.extract.acts import Act
from merestone.extract.around import Around, can_act
from merestone.extract.groups import Group
from merestone.extract.leading import PARTING
from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import Layout, Token

OF_FORCES = ("advance", "ground_attack")  # what is tried, and warded off, by forces alone
TO_THINGS = ("utility_cut", "property_damage", "arson", "theft", "heritage_damage", "water_or_land_fouled", "minelaying")
NEAR = 10  # words from a relative word to the end of its verb
NEAR_BY = 2  # words between an attack and "by X"
OF_NO_SIDE = "they are named without a side"


def antecedent(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Group | None:
    """ "They hit guns that had shelled the village", "took people who laid mines": where the subject is a relative word, the doer is the noun
    before it, of whatever side."""
    if act.rule.voice != "verb" or act.passive or not lex.words["subject_relative"]:
        return None
    words = layout.within(around.sentence[0], act.verb[1])
    last = len(words) - 1
    if (noun := _of_active_participle(layout, act, around, lex)) is not None:
        return noun
    for at in range(last - 1, max(last - NEAR, 0), -1):
        if set(layout.text[words[at].end : words[at + 1].start]) & PARTING:
            return None
        if words[at].folded in lex.words["subject_relative"]:
            here = words[at].start, words[at].end
            if act.verb[0] <= here[0] and not _small(words[at + 1], lex):
                return None  # "sits on that path"
            if not lex.morphology.free_order and not all(_small(t, lex) for t in words[at + 1 :] if t.end <= act.verb[0]):
                return None  # "told the patrol that a bomb fired from …"
            until = act.verb[1] if lex.morphology.free_order else act.verb[0]
            own = any(here[1] <= g.start < until and _may_begin(g, lex) for g in around.groups)
            behind = any(
                act.verb[0] <= g.start < act.clause[1] and g.before in lex.words["subject"] and can_act(g, lex) for g in around.groups
            )
            return None if own or behind or not at else _noun_before(layout, words[at - 1], words[at], around, lex)
    return None


def _of_active_participle(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Group | None:
    """ "They took scouts, having-tried to cross the river": a participle of those who act, right behind a comma, is of the noun before it."""
    first, active = layout.within(*act.verb)[:1], lex.morphology.active_participles
    if active is None or not first or not active.search(first[0].folded):
        return None
    ahead = layout.before(first[0].start, around.sentence[0], 1)
    if not ahead or layout.text[ahead[0].end : first[0].start].strip() != ",":
        return None
    group = next((g for g in around.groups if g.start <= ahead[0].start < g.end), None)
    if group is None or group.cls == "pronoun":
        return None
    return group if group.cls in ("people", "civilians") or (can_act(group, lex) and around.party(group)) else None


def agrees(layout: Layout, act: Act, group: Group, lex: Lexicon) -> bool:
    """ "Xland agreed to a corridor, but the convoy they-shelled": one land, alone, is no subject of a verb in the plural."""
    many, plural = lex.morphology.plural_verbs, lex.morphology.plural_names
    if many is None or plural is None or group.cls not in ("party", "country") or group.word:
        return True
    words = layout.within(group.start, group.end)
    if len(words) != 1 or not words[0].text[0].isupper() or plural.search(words[0].folded):
        return True
    beside = (*layout.before(group.start, layout.sentence_at(group.start).start, 1), *layout.within(group.end, act.verb[0])[:1])
    if any(t.folded in lex.words["joints"] for t in beside):
        return True  # "Xland and Yland shelled"
    return not any(many.search(t.folded) for t in layout.within(*act.verb))


def _noun_before(layout: Layout, noun: Token, relative: Token, around: Around, lex: Lexicon) -> Group | None:
    """The group before a relative word; one of no side, where no group ends in this noun but a side's name right before it."""
    if layout.text[noun.end : relative.start].strip(" ,"):
        return None
    group = next((g for g in around.groups if g.start <= noun.start < g.end), None)
    start = noun.start if group is None else group.start
    if any(t.folded in lex.words["negation"] for t in layout.before(start, around.sentence[0], 2)):
        return None  # "it was not our men that fired but theirs"
    if group is not None:
        return group if group.cls in ("people", "civilians") or (can_act(group, lex) and group.cls != "pronoun") else None
    named = next((g for g in around.groups if g.cls == "party" and layout.text[g.end : noun.start] == " "), None)
    return named or Group(noun.start, noun.end, noun.start, "people", "", "", word=noun.folded)


def _small(token: Token, lex: Lexicon) -> bool:
    """A word that may stand between a relative word and its verb."""
    small = lex.words["be"] | lex.words["adverbs"] | lex.words["count_between"]
    return token.folded in small or any(token.folded.endswith(e) for e in lex.words["adverb_endings"])


def _may_begin(group: Group, lex: Lexicon) -> bool:
    """Can it be a subject of its own ("guns that our men hit")?"""
    return can_act(group, lex) and group.before not in lex.words["prepositions"]


def civil_subject(layout: Layout, act: Act, around: Around, lex: Lexicon) -> list[Group]:
    """ "X-ish divers cut the cable": people of a side right before an active verb did what is done to things, whoever is named farther off."""
    if lex.morphology.bends or act.rule.kind not in TO_THINGS:
        return []
    before = [g for g in around.groups if around.limit[0] <= g.start and g.end <= act.verb[0] and g.before not in lex.words["prepositions"]]
    nearest = before[-1] if before else None
    if nearest is None or nearest.cls != "civilians" or nearest.recalled or nearest.party not in around.parties:
        return []
    return [nearest] if all(_small(t, lex) for t in layout.within(nearest.end, act.verb[0])) else []


def is_nominal(layout: Layout, act: Act, lex: Lexicon) -> bool:
    """ "A complaint about the shelling of X-town": a verb behind an article is a noun, and the subject of the sentence is not its own."""
    first = layout.within(*act.verb)[:1]
    led = layout.before(act.verb[0], act.clause[0], 1)
    nouns = lex.morphology.verbal_nouns
    if nouns is not None and first and nouns.search(first[0].folded):
        return True  # "thanks for help in the return of the prisoners"
    return (
        bool(first and led)
        and any(first[0].folded.endswith(e) for e in lex.words["active_endings"])
        and led[0].folded in lex.words["articles"]
    )


def of_participle(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Group | None:
    """Whose deed a participle or a verb used as a noun tells, where order is fixed: "died in Xlandish shelling", "X's forces ambushed a
    convoy of Y, destroying two lorries"."""
    first = layout.within(*act.verb)[:1]
    if lex.morphology.free_order or not first or not any(first[0].folded.endswith(e) for e in lex.words["active_endings"]):
        return None
    at = first[0].start
    named = (g for g in around.groups if g.party and g.cls in ("party", "forces") and layout.text[g.end : at].isspace())
    return next(named, None) or _of_main_clause(layout, at, around, lex)


def _of_main_clause(layout: Layout, at: int, around: Around, lex: Lexicon) -> Group | None:
    """Behind a comma a participle has the subject of the clause before it, or the one behind the "by" of that clause."""
    begin = around.sentence[0]
    if not layout.text[begin:at].rstrip().endswith(","):
        return None
    end = layout.text.rfind(",", begin, at)
    while end > begin:
        start = max(*(layout.text.rfind(mark, begin, end) for mark in ",;:—"), begin - 1) + 1
        inside = [g for g in around.groups if start <= g.start < end and can_act(g, lex)]
        free = next((g for g in inside if g.before not in lex.words["prepositions"]), None)
        ahead = layout.within(start, free.start) if free is not None else ()
        told = any(t.folded in lex.words["be"] or any(t.folded.endswith(e) for e in lex.words["participle_endings"]) for t in ahead)
        if free is not None and not told and (around.party(free) or free.cls == "pronoun"):
            return next((g for g in inside if g.before in lex.words["agent_by"] and around.party(g)), free)
        end = start - 1
    return None


def trying(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Group | None:
    """ "They foiled an attempt by X (of X's troops) to cross": who is named right before the infinitive tried it, whoever is the subject."""
    led = lex.words["agent_by"] | lex.words["of"]
    for group in around.groups if act.mood == "attempted" else ():
        if not group.party or group.before not in led or not can_act(group, lex):
            continue
        if act.verb[0] < group.start and group.end < act.verb[1]:
            return group
        own = act.rule.kind in OF_FORCES and group.cls in ("forces", "personnel", "party")
        behind = [t.folded for t in layout.within(act.verb[1], group.start)] if group.start >= act.verb[1] else []
        if own and group.start >= act.verb[1] and len(behind) <= 2 and not lex.words["prepositions"].intersection(behind):
            return group  # "prevented the infiltration of X's saboteurs"
        between = layout.within(group.end, act.verb[0])
        if group.end <= act.verb[0] and len(between) <= 1 and not set(layout.text[group.end : act.verb[0]]) & set(",;:.()—"):
            return group
    return None


def warded_off(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Group | Literal[False] | None:
    """ "X's troops repelled a Y-ish attack": who attacked is the one whose attack it was, and not who wards it off. False where nothing is
    warded off, None where no words say whose it was."""
    words = layout.within(*act.verb)
    at = next((n for n, t in enumerate(words) if t.folded in lex.words["warded"]), None)
    if at is None or act.rule.kind not in OF_FORCES:
        return False
    start, end = act.verb
    named = [g for g in around.groups if around.party(g) in around.parties and g.cls in ("party", "forces", "personnel", "opposed")]
    inside = [g for g in named if start <= g.start < end]
    if inside:
        return inside[-1]
    led = lex.words["agent_by"] | lex.words["of"]
    behind = [g for g in named if at == 0 and g.start >= end and g.before in led and layout.steps(end, g.start) <= NEAR_BY]
    before = [g for g in named if at > 0 and g.end <= start and layout.text[g.end : start].strip("'’s ") == ""]
    return next(iter([*behind, *before[::-1]]), None)


def of_no_side(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Token | None:
    """ "X's men fired after the tractor crossed the line": in a clause of its own the verb has the subject that stands there, though it is of
    no side, and not that of the main clause."""
    if lex.morphology.bends or lex.morphology.free_order or act.rule.voice != "verb" or act.passive:
        return None
    words = list(layout.within(around.sentence[0], act.verb[0]))
    at = next((n for n in range(len(words) - 1, -1, -1) if words[n].folded in lex.words["subordinators"] - lex.words["relative"]), None)
    if at is None or words[at].folded in lex.words["who"] or len(words) - at > NEAR:
        return None
    own = words[at + 1 :] or list(layout.within(act.verb[0], act.verb[1]))[:1]
    if set(layout.text[words[at].end : act.verb[0]]) & PARTING or any(t.folded in lex.words["joints"] for t in own):
        return None
    groups = [g for g in around.groups if words[at].end <= g.start and g.end <= act.verb[0]]
    if any(can_act(g, lex) or around.party(g) for g in groups) or any(t.text[:1].isupper() for t in own):
        return None
    begins = lex.weapons.find(layout, act.verb[0], act.verb[1]) if own[0].start == act.verb[0] else ()  # "when shells hit their dugout"
    weapon = any(m.start == act.verb[0] for m in begins)
    return own[0] if weapon or (own[0].folded in lex.words["determiners"] and own[0].start < act.verb[0]) else None

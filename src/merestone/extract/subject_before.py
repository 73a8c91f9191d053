"""Who did it where the verb stands last: the subject before it, the noun behind a participle, the owner of a clause that is no sentence.

Read from cases and the forms of the verb alone; the same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.extract.acts import Act
from merestone.extract.around import THINGS, Around, accused, can_act
from merestone.extract.groups import OWN, WORN, Group
from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import Layout
from merestone.extract.voice import OF_PEOPLE

NEAR = 3  # words from the end of an object to the end of its verb
OBLIQUE = ("patient", "local", "role_origin")  # what leads a noun that something is done to, or a place


def before_its_noun(layout: Layout, act: Act, lex: Lexicon) -> int:
    """Is the verb a participle of the noun behind it ("the firing soldier", "the into-the-land to-come trying soldier")? Gives where the
    participle ends, 0 where it is none."""
    last, endings = layout.within(*act.verb)[-1:], lex.morphology.participles
    if endings is None or not last:
        return 0
    end = act.verb[1]
    if not endings.search(last[0].folded):  # the verb that bears the ending may stand behind the words of the act
        follows = layout.within(end, end + 40)[:1]
        finite = lex.morphology.finite
        if not follows or (finite is not None and finite.search(last[0].folded)) or not endings.search(follows[0].folded):
            return 0
        if not layout.text[end : follows[0].start].isspace() or not follows[0].text[:1].islower():
            return 0
        end = follows[0].end
    behind = layout.within(end, end + 40)[:1]
    joined = bool(behind) and layout.text[end : behind[0].start].isspace() and behind[0].folded not in lex.words["joints"]
    return end if joined else 0


def agent_before(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Group | None:
    """Where the verb stands last: the subject before it or among its words; behind a participle the noun that it belongs to;
    in a clause that is no sentence ("the by-X's-forces-opened fire") the owner."""
    start, end = act.verb
    last = layout.within(start, end)[-1:]
    if behind := before_its_noun(layout, act, lex):
        noun = next((g for g in around.groups if g.start >= behind and len(layout.within(behind, g.start)) <= 3), None)
        return noun if noun is not None and can_act(noun, lex) and noun.before not in lex.words["agent_from"] else None
    finite = lex.morphology.finite
    ends = finite is not None and bool(last) and finite.search(last[0].folded) is not None
    if not ends and (blamed := accused(layout, start, around, lex)):
        return blamed  # "X blames Y-acc for cutting the line"
    fits = [g for g in around.groups if g.end <= end and can_act(g, lex) and g.cls != "positions"]
    if _of_clause(layout, act, lex):
        owning = [g for g in fits if g.party and g.before in lex.words["of"]]
        named = [g for g in owning if g.end > around.limit[0]] or [g for g in owning if g.start >= act.clause[0]]
        for group in named:
            held = [o for o in around.groups if o.cls == "positions" and o.head >= group.end and layout.steps(group.end, o.head) == 0]
            if not (held or _owns_object(layout, group, start, lex)):
                return group
        if not named and (owner := _before_object(layout, act, around, lex)) is not None:
            return owner
    subjects = [g for g in fits if g.before not in lex.words["prepositions"] or (g.cls == "pronoun" and g.before in lex.words["of"])]
    near = [g for g in subjects if g.end > around.limit[0]] or subjects
    owned = [g for g in around.groups if g.end <= end and g.before in lex.words["prepositions"]]
    owners = [
        g
        for g in fits
        if g.party and g.before in lex.words["of"] and g.end > around.limit[0]
        if not any(o.head >= g.end and o.party == g.party for o in owned)  # the owner of what it was done to
    ]
    for group in reversed(near):
        if owners and owners[-1].start > group.start and act.rule.kind in lex.table("kinds")["families"]["fire"]:
            break
        if around.party(group) or group.cls == "pronoun":
            return group
    if ends:
        owners = [g for g in owners if g.cls not in ("personnel", "pronoun") and layout.text[g.start].isupper()]  # "X's aircraft fired"
    return owners[-1] if owners else None


def _before_object(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Group | None:
    """ "X's the village having shelled": of a name in the case of owners right before an object that may be in its own case ("village-its" or
    "the village"), where nothing else is the subject of such a clause."""
    if act.passive:
        return None
    for group in around.groups:
        words = layout.within(group.start, group.end)
        if group.cls not in THINGS or group.end > act.verb[1] or group.start < around.limit[0] or len(words) < 2:
            continue
        named = layout.text[group.start].isupper() and group.party and group.before in lex.words["subject"]
        if named and lex.morphology.case_of(words[0].folded, name=True) in lex.words["of"]:
            return Group(words[0].start, words[0].end, words[0].start, "party", group.party, "@gen")
    return None


def _of_clause(layout: Layout, act: Act, lex: Lexicon) -> bool:
    """Does the verb stand in a clause that is no sentence ("their having fired"), itself or with the next verb ("their coming and having fired")?"""
    nominals, finite = lex.morphology.nominals, lex.morphology.finite
    last, behind = layout.within(*act.verb)[-1:], layout.within(act.verb[1], act.clause[1])[:NEAR]
    if nominals is None or not last:
        return False
    if nominals.search(last[0].folded):
        return True
    goes_on = next((t for t in behind if nominals.search(t.folded)), None)
    joined = goes_on is not None and not set(layout.text[act.verb[1] : goes_on.start]) & set(",;:.—")
    return joined and finite is not None and finite.search(last[0].folded) is not None


def object_of(layout: Layout, act: Act, groups: Sequence[Group], lex: Lexicon) -> Group | None:
    """Whom it was done to by form alone, of whatever side: people behind a participle whose subject they are ("the on-a-mine-stepped shepherd");
    people in the case of objects right at the verb ("an X-lander-acc X's police held")."""
    end = act.verb[1]
    if not lex.morphology.verb_last:
        return None
    people = [g for g in groups if g.cls in WORN]
    if act.passive:
        at = before_its_noun(layout, act, lex)
        behind = [g for g in people if at and g.start >= at and len(layout.within(at, g.start)) <= 2]
        return behind[0] if behind else None
    if act.rule.kind not in OF_PEOPLE or act.rule.voice != "verb" or before_its_noun(layout, act, lex):
        return None
    held = [g for g in people if g.before in lex.words["accused"] and act.clause[0] <= g.start < end]
    return held[-1] if held and layout.steps(held[-1].end, end) <= NEAR else None


def _owns_object(layout: Layout, group: Group, until: int, lex: Lexicon) -> bool:
    """ "X's charges rejecting, its troops' not having fired": what stands in the case of owners belongs to the noun right behind it, which
    has a case of its own, and does nothing."""
    behind = [t for t in layout.within(group.end, until)[:1] if layout.text[group.end : t.start].isspace()]
    owned, oblique = lex.morphology.owned_endings, frozenset().union(*(lex.words[name] for name in OBLIQUE))
    return owned is not None and any(owned.search(t.folded) and lex.morphology.case_of(t.folded) in oblique for t in behind)


def ours_in(layout: Layout, words: tuple[int, int], lex: Lexicon) -> Group | None:
    """ "Our drones' having flown": whose they are is told by the ending of the noun among the words of the act."""
    ours = lex.morphology.own_endings
    if ours is None or not lex.morphology.verb_last:
        return None
    cases = lex.words["subject"] | lex.words["of"]
    nouns = (t for t in layout.within(*words) if ours.search(t.folded) and lex.morphology.case_of(t.folded) in cases)
    return next((Group(t.start, t.end, t.start, "equipment", OWN, "@nom", word=t.folded) for t in nouns), None)


def ours_by_verb(layout: Layout, act: Act, lex: Lexicon) -> Group | None:
    """ "(We) have struck their posts": where the form of the verb says "we", whatever nouns stand beside it."""
    ours, turned = lex.morphology.our_verbs, lex.morphology.passives
    if ours is None or act.rule.voice not in ("verb", "passive"):
        return None
    words = [*layout.within(*act.verb), *layout.within(act.verb[1], act.clause[1])[:1]]
    found = next((t for t in words if ours.search(t.folded) and "," not in layout.text[act.verb[1] : t.start]), None)
    if found is None or (turned is not None and any(turned.search(t.folded) for t in words)):
        return None
    return Group(found.start, found.end, found.start, "forces", OWN, "@nom", word=found.folded)

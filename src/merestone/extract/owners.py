"""Who did it by whose prison, gate or weapon it was, or by whose forces were seen, where no words at the verb name a doer.

Which nouns tell for which kinds is said by the language (`owners`, `seen_forces` of kinds.yaml); the same for every party (law 2).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.acts import Act
from merestone.extract.around import Around, can_act
from merestone.extract.groups import OPPOSED, Group, stands_alone
from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import Layout
from merestone.extract.voice import OF_PEOPLE

SEEN = ("force_buildup", "engineering_works")  # what is seen on a side's bank, that side does
OWNING = ("party", "forces", "personnel", "equipment", "positions", "state", "country", OPPOSED)
WHOSE = "it happened in their prison, at their gate or by their weapon"  # nobody admits anything by that
FORCES = ("forces", "personnel", "equipment")


def at_home(act: Act, groups: Sequence[Group]) -> bool:
    """ "X's forces remain in their positions": who holds what is his own, and no words say that it lies elsewhere, holds nothing of anybody's."""
    if act.rule.kind != "position_held":
        return False
    here = [g for g in groups if act.verb[0] <= g.head and g.head < act.clause[1]]
    away = any(g.cls in ("place", "settlement", "territory", "country") for g in here)
    return not away and any(g.cls == "positions" and g.recalled for g in here)


def over_own(layout: Layout, act: Act, lex: Lexicon) -> bool:
    """ "The helicopter had been over its own waters": what flies at home flies over nobody."""
    if act.rule.kind != "drone_flight":
        return False
    words = layout.within(act.verb[0], act.clause[1])
    return any(a.folded in lex.words["home"] and b.folded in lex.words["owned_places"] for a, b in itertools.pairwise(words))


def owner_beside(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Group | None:
    """ "In Xlandish custody", "a shell from the Xlandish bank": the party at whose prison, gate or weapon it happened."""
    rows = lex.table("kinds").get("owners", ())
    nouns = frozenset(word for row in rows if act.rule.kind in row["kinds"] for word in row["words"])
    for group in around.groups if nouns else ():
        if not around.party(group) or not (act.clause[0] <= group.start < act.clause[1]):
            continue
        named = layout.within(group.start, group.end)
        behind = [t for t in layout.within(group.end, act.clause[1])[:1] if layout.text[group.end : t.start].isspace()]
        led = not act.passive or group.start >= act.verb[0] or group.before in lex.words["prepositions"]
        if led and group.cls in OWNING and any(t.folded in nouns for t in (*named[1:], *behind)):
            return group
    return None


def only_forces(act: Act, around: Around, lex: Lexicon) -> Group | None:
    """ "Eleven Xlandish tanks were counted": of what is seen of forces, the only party whose forces the clause names is the doer."""
    if act.rule.kind not in lex.table("kinds").get("seen_forces", ()):
        return None
    inside = (g for g in around.groups if act.clause[0] <= g.start < act.clause[1] and g.before not in lex.words["prepositions"])
    own = [g for g in inside if g.cls in FORCES and around.party(g) in around.parties]
    return own[0] if len({around.party(g) for g in own}) == 1 else None


def behind_relative(layout: Layout, act: Act, around: Around, lex: Lexicon) -> list[Group]:
    """ "Houses that Xlandish troops burned": among the words of the act, behind a word that leads to the doer."""
    start, end = act.verb
    inside = (g for g in around.groups if start < g.start < end and g.party and g.cls in (*FORCES, "party", "state"))
    return [g for g in inside if any(t.folded in lex.words["relative"] for t in layout.before(g.start, start, 1))]


def elsewhere_seen(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Group | None:
    """Where no forces of a side are named: its reflexive subject among the words of the act ("two X-ish batteries drew up"), the side of the
    bank on which something is seen, its villagers and sailors in the subject's case."""
    start, end = act.verb
    stretch = [g for g in around.groups if act.clause[0] <= g.start < act.clause[1] and around.party(g) and not g.recalled]
    ruled = lex.words["prepositions"] | lex.words["subject"]
    inner = [g for g in stretch if start < g.start and g.end <= end and g.cls in ("forces", "equipment", "party") and g.before not in ruled]
    inner = [g for g in inner if g.cls != "party" or not stands_alone(layout, g, lex)]  # "X-ish signs": the adjective tells no doer
    shore = [g for g in stretch if g.before in lex.words["seen_at"] and act.rule.kind in SEEN and g.cls in ("party", "territory", "forces")]
    people = [g for g in stretch if g.cls == "civilians" and g.before in lex.words["subject"] and act.rule.kind not in OF_PEOPLE]
    return next(iter((*inner, *shore, *people)), None)


def lone_land(layout: Layout, act: Act, before: Sequence[Group]) -> Group | None:
    """ "Xland three fishermen detained": a land's name without a case at the head of the clause, which belongs to no noun behind it."""
    named = (g for g in before if g.cls == "party" and g.before == "@attr" and act.clause[0] <= g.start)
    ends = {g.end + 1 for g in before}  # "from X-land Y-land (was brought)": whither
    written = ((g, layout.text[g.start : g.end]) for g in named if g.start not in ends)
    return next((g for g, name in written if name[:1].isupper() and not name.isupper()), None)  # letters for a name show no case


def by_fire(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Group | None:
    """ "by fire of the Xlandish side damaged": the doer is the owner of the fire that stands before."""
    for group in around.groups:
        led = layout.before(group.start, act.clause[0], 1)
        if led and led[0].folded in lex.words["fire_of"] and group.end <= act.verb[0] and group.party and can_act(group, lex):
            return group
    return None


def owner_of_means(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Group | None:
    """ "X's forces' fire-from damaged": where postpositions stand, the owner of the fire before the verb did it."""
    if not lex.words["postpositions"]:
        return None
    for group in around.groups:
        led = lex.words["of"] | {"@attr"} | (frozenset() if lex.morphology.bare_owned is None else lex.words["subject"])
        if group.end > act.verb[0] + 1 or not group.party or group.before not in led or not can_act(group, lex):
            continue
        near = 1 if group.before in lex.words["subject"] else 3  # "an Xland shell hit"
        behind = layout.within(group.end, act.verb[0] if lex.morphology.bare_owned is None else act.verb[1])[:near]
        means = next((t for t in behind if t.folded in lex.words["means"]), None)
        if means is not None and not set(layout.text[group.end : means.start]) & set(",;:."):
            return replace(group, end=means.end)
    return None

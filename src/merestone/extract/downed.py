"""Who flew what was brought down: not the side that brought it down ("our troops shot down three drones").

Which verbs bring something down is said by the language; the same for every party (law 2).
"""

from __future__ import annotations

from merestone.extract.acts import Act
from merestone.extract.groups import Group
from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import Layout, Token

DOWNED = "who brings it down did not fly it: the other side did"


def brought_down(layout: Layout, act: Act, group: Group, lex: Lexicon) -> bool:
    """Is `group`, named as the doer of a flight, who brought it down: subject of such a verb, or behind the "by" of its passive?"""
    verbs = lex.morphology.downing
    if act.rule.kind != "drone_flight" or verbs is None:
        return False
    beside = (*layout.before(act.verb[0], act.clause[0], 1), *layout.within(*act.verb), *layout.within(act.verb[1], act.clause[1])[:1])
    found = [t for t in beside if verbs.search(t.folded)]
    if not found or (group.cls == "equipment" and act.verb[0] <= group.head < act.verb[1]):
        return False
    if group.before in lex.words["agent_by"]:
        active = found[0].start == act.verb[0] and not lex.morphology.bends  # "shot down a drone sent by X"
        return (any(t.end <= group.start for t in found) and not active) or lex.morphology.free_order
    if group.end > found[0].start or _undergone(layout, act, found[0], lex):
        return False
    owner = (
        group.before in lex.words["of"] and group.end < act.verb[0] and not layout.within(group.end, found[0].start)
    )  # "X's air defence"
    return owner or group.before not in (lex.words["prepositions"] | lex.words["of"]) - lex.words["subject"]


def _undergone(layout: Layout, act: Act, downing: Token, lex: Lexicon) -> bool:
    """ "Two X-ish drones were shot down": the subject of a passive is what was brought down and no one who brought it down."""
    passives = lex.morphology.passives
    if passives is not None and passives.search(downing.folded):
        return True
    return not lex.morphology.bends and any(t.folded in lex.words["be"] for t in layout.within(act.clause[0], downing.start)[-3:])

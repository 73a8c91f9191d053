"""Who did what a noun tells ("the shelling by X's forces", "X's attack", "the capture of Y's soldiers"): by what leads to whom.

The same for every party (law 2).
"""

from __future__ import annotations

from merestone.extract.acts import Act
from merestone.extract.around import Around, accused, can_act, charged_with
from merestone.extract.fitting import came_from
from merestone.extract.groups import OPPOSED, Group
from merestone.extract.lexicon import Lexicon
from merestone.extract.performed import performer
from merestone.extract.subject_before import ours_in
from merestone.extract.tokens import Layout


def agent_of_noun(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Group | None:
    start, end = act.verb
    if blamed := accused(layout, act.verb[0], around, lex) or ours_in(layout, act.verb, lex):
        return blamed
    after = [
        g
        for g in around.groups
        if g.start >= end - 1 and g.before in lex.words["agent_from"] and (can_act(g, lex) or came_from(layout, g, lex))
    ]
    for group in after:
        if group.party and layout.steps(end, group.start) <= 13:
            return group
    modifiers = [
        g
        for g in around.groups
        if g.end <= start + 1
        and len(layout.within(g.end, start)) <= (0 if lex.morphology.head_first else 2)
        and g.cls in ("party", OPPOSED, "forces", "personnel", "country")
    ]
    inside = [
        g
        for g in around.groups
        if g.start < end
        and g.end > start
        and g.party
        and not g.recalled
        and (g.cls in ("party", "forces", "personnel", "equipment", OPPOSED) or g.start < start)
    ]
    for group in (*inside, *reversed(modifiers)):
        itself = group.cls == "equipment" and start <= group.head < end and bool(lex.words["closes"])  # the drone that is told of
        if group.party and (group.cls == "party" or itself or group.before not in lex.words["patient"]):
            return group
    of = [
        g
        for g in around.groups
        if g.start >= start
        and g.before in lex.words["of"]
        and (act.rule.kind != "detention" or lex.morphology.verb_last)  # "the capture of X's soldiers": they were captured
        and (g.cls in ("forces", "personnel", "equipment") or (g.cls == OPPOSED and lex.morphology.bends))
        and g.party
    ]
    return of[0] if of else charged_with(layout, start, around, lex) or performer(layout, act, around, lex)

"""Who did it by whose prison, gate or weapon it was, or by whose forces were seen, where no words at the verb name a doer.

Which nouns tell for which kinds is said by the language (`owners`, `seen_forces` of kinds.yaml); the same for every party (law 2).
"""

from __future__ import annotations

from merestone.extract.acts import Act
from merestone.extract.around import Around
from merestone.extract.groups import OPPOSED, Group
from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import Layout

OWNING = ("party", "forces", "personnel", "equipment", "positions", "state", "country", OPPOSED)
WHOSE = "it happened in their prison, at their gate or by their weapon"  # nobody admits anything by that
SEEN = ("forces", "personnel", "equipment")


def owner(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Group | None:
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


def seen(act: Act, around: Around, lex: Lexicon) -> Group | None:
    """ "Eleven Xlandish tanks were counted": of what is seen of forces, the only party whose forces the clause names is the doer."""
    if act.rule.kind not in lex.table("kinds").get("seen_forces", ()):
        return None
    inside = (g for g in around.groups if act.clause[0] <= g.start < act.clause[1] and g.before not in lex.words["prepositions"])
    own = [g for g in inside if g.cls in SEEN and around.party(g) in around.parties]
    return own[0] if len({around.party(g) for g in own}) == 1 else None

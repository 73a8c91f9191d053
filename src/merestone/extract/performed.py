"""Who carried out what a noun tells ("X's forces carried out 23 shellings"), and subjects that are two sides.

Which verbs only say that something was done is said by the language; the same for every party (law 2).
"""

from __future__ import annotations

from merestone.extract.acts import Act
from merestone.extract.around import Around, can_act
from merestone.extract.groups import Group
from merestone.extract.leading import PARTING
from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import Layout

LIGHT = 5  # words between a verb that says that something was done and the noun that says what
SIDES = ("party", "forces", "state")


def performer(layout: Layout, act: Act, around: Around, lex: Lexicon) -> Group | None:
    """ "Xlandish forces carried out 23 shellings": the subject of a verb that only says that somebody did what the noun tells."""
    verbs, (start, end) = lex.morphology.light_verbs, act.verb
    if verbs is None:
        return None
    ahead = () if lex.morphology.verb_last else layout.within(act.clause[0], start)[-LIGHT:]
    behind = layout.within(end, act.clause[1])[:LIGHT] if lex.morphology.free_order else ()
    light = next((t for t in (*ahead, *behind) if verbs.search(t.folded)), None)
    if light is None or not _only_counts(layout, (min(light.end, end), max(start, light.start)), lex):
        return None
    until = min(start, light.start)
    before = [g for g in around.groups if act.clause[0] <= g.start and g.end <= until and can_act(g, lex) and g.cls != "positions"]
    if not lex.morphology.free_order and any(t.folded in lex.words["be"] for t in layout.before(light.start, act.clause[0], 1)):
        return None  # "were carried out": by whom stands behind
    fits = [g for g in before if g.before in lex.words["subject"] or g.before not in lex.words["prepositions"]]
    return next((g for g in reversed(fits) if around.party(g) or g.cls == "pronoun"), None)


def _only_counts(layout: Layout, gap: tuple[int, int], lex: Lexicon) -> bool:
    """ "Carried out a series of (shellings)", not "made a complaint about (the shelling)", "an investigation of": does what stands between the
    two only say how many there were, and of what sort?"""
    words, plain = layout.within(*gap), lex.words["light_between"]
    small = plain | lex.words["number_words"] | lex.words["determiners"] | lex.words["adverbs"] | lex.words["be"]
    sort = False
    for n, token in enumerate(words):
        if sort and token.folded in lex.words["determiners"]:
            return False  # "a complaint about the": another noun stands between
        if token.folded in small or token.text[0].isdigit():
            continue
        sort = True
        if token.folded in lex.words["prepositions"] | lex.words["of"]:
            if token.folded not in lex.words["of"] or not n or words[n - 1].folded not in plain | lex.words["number_words"]:
                return False
        elif lex.morphology.bends and not any(token.folded.endswith(e) for e in lex.words["light_endings"]):
            return False
    return not set(layout.text[slice(*gap)]) & PARTING


def joined_with(layout: Layout, group: Group, around: Around, lex: Lexicon) -> bool:
    """ "Both X and Y have massed troops": is the subject joined to the other side, named right before it?"""
    fits = [g for g in around.groups if g.end < group.start and g.cls in SIDES and group.cls in SIDES and around.party(g) in around.parties]
    if not fits or around.party(fits[-1]) in ("", around.party(group)) or fits[-1].before in lex.words["prepositions"]:
        return False
    gap = layout.within(fits[-1].end, group.start)
    plain = not set(layout.text[fits[-1].end : group.start]) & set(",;:.()—")
    return plain and len(gap) == 1 and gap[0].folded in lex.words["joints"]

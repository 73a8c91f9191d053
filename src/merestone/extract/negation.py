"""Whose "not" it is: one that stands right at a verb of its own denies nothing that is told behind that verb.

Where a language does not say how its verbs end, every "not" before an act is the act's.
"""

from __future__ import annotations

from merestone.extract.finder import Match
from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import Layout, Token

HINDERED = ("movement_restricted", "utility_cut", "monitors_obstructed", "information_withheld")  # done by what is not let or given


def of_verb_before(layout: Layout, token: Token, match: Match, lex: Lexicon) -> bool:
    """ "They understood not, took the cattle and left", "gave no water and beat them": a "not" at a verb before the comma, or before "and".

    A noun behind "not" ("not the army, of course, fired") is no verb: the act stays denied.
    """
    verbs, between = lex.morphology.told_verbs, layout.within(token.end, match.start)
    if verbs is None or token.folded not in lex.words["plain_not"] or not between:
        return False
    at = next((n for n, t in enumerate(between[:2]) if verbs.search(t.folded) and not lex.heads.find(layout, t.start, t.end)), None)
    if at is None:
        return False
    parted = "," in layout.text[between[at].end : match.start]
    return parted or any(t.folded in lex.words["joints"] for t in between[at + 1 :])


def says_not(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """Do the words of a kind say "not" themselves ("did not let pass")? Others of the same row ("made hindrance") may be denied."""
    rule, words = lex.kind_rules[match.tag], layout.within(match.start, match.end)
    said = lex.words["negation"] | (
        frozenset() if lex.morphology.verb_last else lex.words["no_object"]
    )  # there "none" asks for a "not" behind
    if rule.negative:
        return any(t.folded in said or lex.negative.search(t.folded) for t in words)
    stems = tuple(lex.words["hindering"])
    return rule.kind in HINDERED and bool(stems) and any(t.folded.startswith(stems) and lex.negative.search(t.folded) for t in words)


def ends_in_noun(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """Is the last word of a kind no form of a verb ("hindrance (they did not make)")? Where the verb stands last."""
    forms = [e for e in (lex.morphology.finite, lex.morphology.nominals, lex.morphology.participles) if e is not None]
    last = layout.within(match.start, match.end)[-1:]
    return lex.morphology.finite is not None and bool(last) and not any(e.search(last[0].folded) for e in forms)

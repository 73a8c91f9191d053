"""Whose "not" it is: one that stands right at a verb of its own denies nothing that is told behind that verb.

Where a language does not say how its verbs end, every "not" before an act is the act's.
"""

from __future__ import annotations

from merestone.extract.finder import Match
from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import Layout, Token


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

"""What is only supposed where the verb stands last: "if they fire-if", "they may-strike can". The verb's own ending or the word right behind it says so.

"Although they fired" bears the same ending with a small word behind it, and tells what was. The same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.extract.finder import Match
from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import Layout


def supposed(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """Does the verb say "if", or does a word of what may be stand right behind it?"""
    words, behind = layout.within(match.start, match.end), layout.within(match.end, match.end + 40)[:2]
    following = [t for t in behind[:1] if layout.text[match.end : t.start].isspace()]
    at = next((n for n, t in enumerate(behind) if t.folded in lex.words["may"]), None)
    if at is not None and not set(layout.text[match.end : behind[at].start]) & set(",;:.—"):
        return True
    ending = lex.morphology.conditional
    if ending is None or not words or not ending.search(words[-1].text.casefold()):
        return False
    return not any(t.folded in lex.words["although"] for t in following)


def only_asked(cues: Sequence[Match], position: int) -> bool:
    """ "Who fired is not known": a "not" of what nobody knows denies no deed."""
    return any(c.tag in ("undetermined", "asked") and c.start <= position < c.end for c in cues)


def of_the_noun_before(layout: Layout, position: tuple[int, int], lex: Lexicon) -> bool:
    """ "Not by shots, by a mine they were killed", where "not" stands behind its noun: before a comma it denies that noun and no verb."""
    return lex.morphology.verb_last and layout.text[position[1] :].lstrip().startswith(",")

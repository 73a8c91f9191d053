"""What tells the part of a group in its sentence: the preposition before it, the postposition behind it, or its case.

The same rules for every party (law 2).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import Layout, Token

PARTING = frozenset(",;:.()—")
_CLOCK = re.compile(r"\D?\d{1,2}[:։]\d\d$")


def leads_to(layout: Layout, tokens: Sequence[Token], span: tuple[int, int], case: str, lex: Lexicon) -> str:
    """What tells the part of a group in the sentence: the preposition before it, else the postposition behind it, else its case,
    else the word before it, whatever that is. A number rules the case of what it counts, which then tells nothing."""
    before = word_before(layout, tokens, span[0], lex)
    if before in lex.words["postpositions"]:
        before = ""  # it belongs to what stands before it
    if before in lex.words["prepositions"]:
        return before
    behind = layout.within(span[1], span[1] + 40)[:1] if lex.words["postpositions"] else ()
    if case in lex.words["closes"] & lex.words["subject"]:
        behind = ()  # "the units back drew": no postposition follows a subject
    if behind and behind[0].folded in lex.words["postpositions"] and layout.text[span[1] : behind[0].start].strip() in ("", "-"):
        return behind[0].folded
    last = layout.before(span[0], tokens[0].start, 1) if tokens else ()
    counted = lex.morphology.number_rules_case and bool(last) and (last[0].folded in lex.words["number_words"] or last[0].text.isdigit())
    return case if case and not counted else before


def word_before(layout: Layout, tokens: Sequence[Token], start: int, lex: Lexicon) -> str:
    """The word that leads to what begins at `start`, past articles and numbers; "" across a comma."""
    articles, numbers, right, led = lex.words["determiners"], lex.words["number_words"], start, False
    words = layout.within(tokens[0].start, start) if tokens and tokens[0].start < start else ()
    for at in range(len(words) - 1, -1, -1):
        token = words[at]
        if not PARTING.isdisjoint(layout.text[token.end : right]) or _CLOCK.match(layout.text, max(token.start - 3, 0), token.end):
            return ""  # what leads to a time of day leads to nothing behind it
        if led and (token.text[0].isdigit() or token.folded in numbers):
            return ""  # "at about 1600 the soldiers": the number counts nobody
        led = led or (right == start and token.folded in lex.words["articles"])
        near = ((at - 1, at + 1), (at, at + 2), (at, at + 1)) if right < start else ()
        if not lex.words["roughly"].isdisjoint(" ".join(t.folded for t in words[max(n, 0) : m]) for n, m in near):
            right = token.start  # "at least ten soldiers", "up to ten soldiers": the preposition belongs to the number
        elif token.folded not in articles and token.folded not in numbers and not token.text[0].isdigit():
            return token.folded
        right = token.start
    return ""

"""Whose "not" it is: one that stands right at a verb of its own denies nothing that is told behind that verb.

Where a language does not say how its verbs end, every "not" before an act is the act's.
"""

from __future__ import annotations

from merestone.extract.finder import Match
from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import MARKS, Layout, Token

FAR = ("@abl", "@ins", "@loc", "@def")  # cases in which a noun is not what a "not" right behind it denies
CAUSE = ("@abl", "@ins")


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


def behind(layout: Layout, match: Match, clause: tuple[int, int], lex: Lexicon) -> tuple[int, int] | None:
    """Where order is free, a "not" behind the words that tell: right behind them, if these are no noun that is known already ("shots
    were-not heard"; "the attack did-not succeed" denies none), or as the last word of the clause ("who fired, X is-not")."""
    after = layout.within(match.end, clause[1])
    if not (after and lex.words["closing_not"]):
        return None
    last = layout.within(match.start, match.end)[-1:]
    bare = bool(last) and lex.morphology.case_of(last[0].folded) not in FAR and layout.text[match.end : after[0].start].isspace()
    if bare and after[0].folded in lex.words["plain_not"] and not any(t.folded in lex.words["ceases"] for t in after[1:2]):
        return after[0].start, after[0].end
    closing = after[-1]
    own = closing.folded in lex.words["closing_not"] and "," not in layout.text[match.end : closing.start]
    return (closing.start, closing.end) if own else None


def feared(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """ "Of the shots we are not afraid": what a noun in the case of causes and means tells is no deed that a "not" denies."""
    last = layout.within(match.start, match.end)[-1:]
    return bool(last) and lex.morphology.free_order and lex.morphology.case_of(last[0].folded) in CAUSE


def says_not(layout: Layout, token: Token, lex: Lexicon) -> bool:
    """Is it a form of a verb that says "not" in itself? A name that begins so is none."""
    named = token.text[:1].isupper() and token.start > layout.sentence_at(token.start).start
    return not named and lex.negative.search(token.folded) is not None


def asked_on(layout: Layout, position: int, lex: Lexicon) -> bool:
    """Where the mark of a question is set on a word: does such a word stand in the stretch around `position`, between marks?"""
    signs = [mark for mark in lex.words["question_marks"] if mark in MARKS]
    if not signs:
        return False
    text, marks, start = layout.text, ",;:.։«»", layout.sentence_at(position).start
    left = max((text.rfind(mark, start, position) for mark in marks), default=-1)
    right = min((at for mark in marks if (at := text.find(mark, position)) >= 0), default=len(text))
    return any(sign in text[max(left, start) : right] for sign in signs)

"""Is an act said not to be so, and whose "not" it is: one that stands right at a verb of its own denies nothing that is told behind it.

Where a language does not say how its verbs end, every "not" before an act is the act's.
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.extract.finder import Match
from merestone.extract.lexicon import Lexicon
from merestone.extract.supposed import of_the_noun_before, only_asked
from merestone.extract.tokens import MARKS, Layout, Token

FAR = ("@abl", "@ins", "@loc", "@def")  # cases in which a noun is not what a "not" right behind it denies
CAUSE = ("@abl", "@ins")

HINDERED = ("movement_restricted", "utility_cut", "monitors_obstructed", "information_withheld")  # done by what is not let or given
STAYED = (*HINDERED, "position_held", "calm")  # or by not leaving, and told by what nobody saw
PEOPLE = ("personnel", "civilians", "people")
LET = 2  # words from a "not" to the verb that it makes a hindrance of


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


def of_another(layout: Layout, token: Token, match: Match, lex: Lexicon) -> bool:
    """ "Nobody may bury them since it was shelled", "no access to the prisoners held there": another clause begins between, or what is told is
    told of a noun behind a preposition of its own."""
    if lex.morphology.free_order or lex.morphology.bends:
        return False
    between = layout.within(token.end, match.start)
    if any(t.folded in lex.words["subordinators"] for t in between):
        return True
    led = [t for t in between if t.folded not in lex.words["determiners"]][-1:]
    noun = [m for m in lex.heads.find(layout, match.start, match.end) if m.start == match.start and m.tag in PEOPLE]
    return bool(led) and bool(noun) and led[0].folded in lex.words["prepositions"]


def says_not(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """Do the words of a kind say "not" themselves ("did not let pass")? Others of the same row ("made hindrance") may be denied."""
    rule, words = lex.kind_rules[match.tag], layout.within(match.start, match.end)
    said = lex.words["negation"] | (
        frozenset() if lex.morphology.verb_last else lex.words["no_object"]
    )  # there "none" asks for a "not" behind
    if rule.negative:
        return any(t.folded in said or lex.negative.search(t.folded) for t in words)
    stems = tuple(lex.words["hindering"])
    if rule.kind not in STAYED or not stems:
        return False
    if not lex.morphology.bends:  # "did not let pass", "has not left": the "not" is a word of its own
        nots = (n for n, t in enumerate(words) if t.folded in lex.words["plain_not"])
        return any(t.folded.startswith(stems) for n in nots for t in words[n + 1 : n + 1 + LET])
    return rule.kind in HINDERED and any(t.folded.startswith(stems) and lex.negative.search(t.folded) for t in words)


def ends_in_noun(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """Is the last word of a kind no form of a verb ("hindrance (they did not make)")? Where the verb stands last."""
    forms = [e for e in (lex.morphology.finite, lex.morphology.nominals, lex.morphology.participles) if e is not None]
    last = layout.within(match.start, match.end)[-1:]
    return lex.morphology.finite is not None and bool(last) and not any(e.search(last[0].folded) for e in forms)


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


def word_says_not(layout: Layout, token: Token, lex: Lexicon) -> bool:
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


def negated_at(layout: Layout, cues: Sequence[Match], match: Match, clause: tuple[int, int], lex: Lexicon) -> tuple[int, int] | None:
    if lex.kind_rules[match.tag].denied:
        return match.start, match.end
    before = list(layout.within(clause[0], match.start))[-4:]
    own = says_not(layout, match, lex)
    before = [] if own and lex.morphology.verb_last else before  # "they let nobody pass": there "nobody" asks for the "not"
    inside = [t for t in layout.within(match.start, match.end)[1:-1] if t.folded in lex.words["plain_not"] and not own]
    inside += _object_not(layout, match, clause, lex)
    if lex.morphology.verb_last:
        inside += [t for t in list(layout.within(match.end, clause[1]))[:2] if "," not in layout.text[match.end : t.start]]
        verb = layout.within(match.end, clause[1])[:1]
        noun = lex.kind_rules[match.tag].voice == "noun" or ends_in_noun(layout, match, lex)
        if verb and noun and not own and lex.negative.search(verb[0].folded):
            return verb[0].start, verb[0].end  # "an air strike they-did-not-make"
    inside = [t for t in inside if not own or t.start >= match.end]
    for token in () if own else layout.within(match.start, match.end):
        if word_says_not(layout, token, lex) and not (lex.morphology.verb_last and token.end < match.end and _is_participle(token, lex)):
            return token.start, token.end
    opening = list(layout.within(clause[0], match.start))[:2]
    before += [
        t for t in opening if t.folded in lex.words["no_object"] and "," not in layout.text[t.end : match.start]
    ]  # "no unit of ours has …"
    before = [t for t in before if not _contrasted(layout, t, match, lex)]
    said = [t.folded for t in before]
    pairs = [before[n] for n in range(len(before) - 1) if f"{said[n]} {said[n + 1]}" in lex.words["negation"]]  # "nor" in two words
    before = [t for t in before if not (of_verb_before(layout, t, match, lex) or of_another(layout, t, match, lex))]
    asked = [c.end for c in cues if c.tag == "asked" and clause[0] <= c.start and c.end <= match.start]  # "could not establish who fired"
    before = [t for t in before if not any(t.start < end for end in asked)]
    for token in [*pairs, *before, *inside]:
        verb = layout.within(token.end, match.start)[:1]
        if verb and not lex.morphology.verb_last and verb[0].folded in lex.words["ceases"]:
            continue  # "the shooting does not cease": it is not the shooting that is denied
        if only_asked(cues, token.start) or of_the_noun_before(layout, (token.start, token.end), lex):
            continue
        if token in pairs or token.folded in lex.words["negation"] or token.folded in lex.words["no_object"]:
            follower = layout.text[token.end : token.end + 16].strip().casefold()
            if not any(follower.startswith(word) for word in lex.words["not_only"]):
                return token.start, token.end
    return None if own else behind(layout, match, clause, lex)


def _contrasted(layout: Layout, token: Token, match: Match, lex: Lexicon) -> bool:
    """ "Nobody was hurt but eleven sheep were killed": behind "but" another clause has another subject."""
    between = layout.within(token.end, match.start)
    at = next((n for n, t in enumerate(between) if t.folded in lex.words["but_rather"]), None)
    verb = any(t.folded in lex.words["be"] for t in between[:at]) if at else False
    return verb and token.folded in lex.words["no_object"] and not lex.morphology.bends


def forgone(layout: Layout, cues: Sequence[Match], match: Match, lex: Lexicon) -> bool:
    """ "Refused to release them": what somebody refuses or fails to do he has not done. Such a verb stands right before the act, where the verb
    stands last right behind it. Those who refuse to let pass or tell hinder by that very refusal."""
    rule = lex.kind_rules[match.tag]
    if rule.kind in HINDERED or rule.voice == "noun":
        return False
    for cue in cues:
        if cue.tag != "forgone" or (match.start <= cue.start and cue.end <= match.end):
            continue
        first, last = (match.end, cue.start) if lex.morphology.verb_last else (cue.end, match.start)
        between = layout.within(first, last)
        beside = first <= last and not set(layout.text[first:last]) & set(",;:.—")
        if beside and all(t.folded in lex.words["adverbs"] for t in between):
            return True
    return False


def _is_participle(token: Token, lex: Lexicon) -> bool:
    """ "With unguided rockets": a "not" in the adjective of a noun denies no deed."""
    return lex.morphology.participles is not None and bool(lex.morphology.participles.search(token.folded))


def _object_not(layout: Layout, match: Match, clause: tuple[int, int], lex: Lexicon) -> list[Token]:
    """ "Took no carts", "fired no shots": the object is what the words deny, where "no" is not part of the kind itself."""
    rule, hostile = lex.kind_rules[match.tag], lex.table("kinds")["hostile"]
    if rule.voice not in ("verb", "noun") or rule.kind not in (*hostile, "information_withheld"):
        return []
    behind = [t for t in layout.within(match.end, clause[1])[:1] if layout.text[match.end : t.start].isspace()]
    done = rule.kind in hostile and rule.kind != "ill_treatment"
    words = layout.within(match.start, match.end)[1:] if done else ()  # "told them nothing" withholds, "given no food" ill-treats
    return [t for t in [*words, *behind] if t.folded in lex.words["no_object"]]

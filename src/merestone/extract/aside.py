"""Takes out what is told only by the way: harm that no act has taken up, and the picture with which a text begins.

Runs when claims have been merged and harm has been hung on what did it; nothing here asks who did anything (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.hanging import carried
from merestone.extract.harm import harm_rules
from merestone.extract.lexicon import Lexicon
from merestone.extract.merge import AFTER
from merestone.extract.terms import Proposal
from merestone.extract.tokens import Layout

HARM = "casualty"
SETTING = ("initiator", "target", "when", "where", "casualties")
PHRASE = 2  # words that are still a noun: more hold a verb
HEAD = 3  # sentences
STATES = ("calm", "position_held", "ceasefire_agreed")  # what is so now needs no day
NOUNS = ("of", "count")  # the dead, bodies: words that name people and tell no death


def without_asides(claims: Sequence[Proposal], layout: Layout, lex: Lexicon) -> tuple[Proposal, ...]:
    """The claims that remain, numbered anew from 1."""
    returned = {layout.sentence_at(c.start).index for c in claims if c.kind == "release"}
    told = [c for c in claims if not _picture(c, layout) and not _only_a_word(c, layout, lex)]
    told = [c for c in told if not any(_of_the_taken(c, t, layout, lex) or _driven_off(c, t, layout) for t in told)]
    kept = [c for c in told if c.kind != HARM or not _aside(c, lex, layout.sentence_at(c.start).index in returned)]
    return tuple(replace(claim, id=number) for number, claim in enumerate(kept, 1))


def _picture(claim: Proposal, layout: Layout) -> bool:
    """ "The bus goes no farther than X", at the head of a text: what tells neither who nor when, in nobody's name, paints what is told after it."""
    after = any(e.slot == "when" and e.why == AFTER for e in claim.evidence)
    open_ended = claim.stance == "asserts" and claim.initiator in ("unknown", "none") and claim.kind not in STATES
    head = layout.sentence_at(claim.start).index < HEAD
    told = bool(claim.casualties) or any(speaker.start < speaker.end for speaker in claim.said_by)  # somebody's word is no picture
    return after and head and open_ended and not told and not any(c.isdecimal() for c in claim.quote)


def _only_a_word(claim: Proposal, layout: Layout, lex: Lexicon) -> bool:
    """ "Impunity breeds new attacks", "that battle": a noun beside which neither doer, target, time, place nor number stands, or one that
    points back at what was told."""
    rule, word = lex.kind_rules.get(claim.rule), next((e for e in claim.evidence if e.slot == "kind"), None)
    if rule is None or word is None or claim.stance != "asserts" or rule.voice not in ("noun", "neutral") or word.start == word.end:
        return False
    told = {e.slot for e in claim.evidence if e.end > e.start}
    verbs = lex.morphology.told_verbs
    if verbs is not None and any(verbs.search(t.folded) for t in layout.within(word.start, word.end)):
        return False  # "into the store fell a rocket"
    harmful = rule.kind in lex.table("kinds")["families"]["harmful"]  # what is seen, a drone or a column, is told by being named
    if rule.voice == "noun" and harmful and not told & set(SETTING) and len(layout.within(word.start, word.end)) <= PHRASE:
        counted = [t for t in layout.within(claim.start, claim.end) if t.folded in lex.words["number_words"] or t.text[:1].isdecimal()]
        return not counted
    before = layout.before(word.start, layout.sentence_at(word.start).start, 1)
    return "when" not in told and bool(before) and before[-1].folded in lex.words["pointing"]


def _of_the_taken(claim: Proposal, taken: Proposal, layout: Layout, lex: Lexicon) -> bool:
    """ "The patrol detained two men who had crossed the border": beside the taking of people, a crossing whose doer no words name, or that
    would be the doing of those who took them, tells who was taken."""
    if (claim.kind, taken.kind) != ("advance", "detention") or "denies" in (claim.stance, taken.stance) or taken.realised != "done":
        return False
    rule, one, other = lex.kind_rules.get(claim.rule), _doer(claim), _doer(taken)
    active = rule is not None and rule.voice == "verb" and claim.realised == "done"
    behind = [next((e.start for e in c.evidence if e.slot == "kind"), c.start) for c in (taken, claim)]
    same = one == other and behind[0] < behind[1]  # "they crossed and took two" is told of one doer in its order
    return active and layout.sentence_at(claim.start) == layout.sentence_at(taken.start) and (one is None or same)


def _doer(claim: Proposal) -> tuple[int, int] | None:
    """Where the words stand that name who did it."""
    return next(((e.start, e.end) for e in claim.evidence if e.slot == "initiator" and e.start < e.end), None)


def _driven_off(claim: Proposal, tried: Proposal, layout: Layout) -> bool:
    """ "They tried to cross; met with fire, the group withdrew": the end of what the same side tried, in this sentence or the one before."""
    near = 0 <= layout.sentence_at(claim.start).index - layout.sentence_at(tried.start).index <= 1 and tried.start <= claim.start
    tried_in_vain = tried.realised == "attempted" and tried.stance == "asserts" and claim.stance == "asserts"
    return near and tried_in_vain and claim.kind == "withdrawal" and tried.kind != claim.kind and claim.initiator == tried.initiator


def _aside(claim: Proposal, lex: Lexicon, returned: bool) -> bool:
    """ "Nobody was hurt", of no act, people, time or place that are told; the dead, or who was missing, of whom the same sentence tells that they were handed over."""
    nobody = bool(claim.casualties) and all(c.max == 0 and c.group == "unspecified" for c in claim.casualties)
    if nobody and carried(claim, "when") and carried(claim, "where"):
        return True
    rows, rule = harm_rules(lex.rules.language).rows, next((e.rule for e in claim.evidence if e.slot == "kind"), "")
    outcome, side = rows.get(rule, ("", ""))
    return returned and ((outcome == "killed" and side in NOUNS) or outcome == "missing")

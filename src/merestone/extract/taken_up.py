"""A noun that points back tells no deed of its own: "the shelling lasted an hour", "before the attack", "it was the third raid in a week".

Read from the small word that leads it and from what it leaves open: no doer, nobody it was done to, no place. What such a sentence
adds (when, with what, who was harmed) is added to the deed told before. The same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.hanging import both_counted, carried, of_others
from merestone.extract.lexicon import Lexicon
from merestone.extract.terms import Proposal
from merestone.extract.tokens import Layout, Token

NEAR = 6  # sentences back in which the deed itself is looked for
ALSO = ("casualty", "property_damage")  # of which "the attack" may speak
BETWEEN = 2  # words between the small word and the noun ("the deadly", "the two-hour")


def without_taken_up(claims: Sequence[Proposal], layout: Layout, lex: Lexicon) -> list[Proposal]:
    """The claims without those whose noun only takes up a deed told before, or names it to tell when something else was."""
    family = lex.table("kinds")["families"]["harmful"]
    out: list[Proposal] = []
    for claim in claims:
        if _theirs(claim, out, layout, lex):
            continue
        lead = _lead(claim, layout, lex) if claim.kind in family and claim.stance == "asserts" else None
        if lead is not None and _tells_when(layout, lead, claim, lex):
            continue
        if lead is None or not _leaves_open(claim):
            out.append(claim)
            continue
        told = _told_before(out, claim, layout, family)
        if told is None:
            out.append(claim)
        else:
            out[told] = _with(out[told], claim)
    return out


def _lead(claim: Proposal, layout: Layout, lex: Lexicon) -> Token | None:
    """The small word that makes the noun point back, if the words of the kind are such a noun."""
    start, end = next(((e.start, e.end) for e in claim.evidence if e.slot == "kind"), (0, 0))
    words, points = layout.within(start, end), lex.words["definite"] | lex.words["pointing"]
    inside = [n for n, t in enumerate(words) if t.folded in lex.words["taken_up"]]
    if not inside:
        return None
    noun = words[inside[0]]
    for word in reversed(layout.before(noun.start, layout.sentence_at(start).start, BETWEEN + 1)):
        if word.folded in points - lex.words["that"] - lex.words["pronouns"]:
            return word
        if word.folded in lex.words["prepositions"] | lex.words["joints"] | lex.words["pronouns"] or not word.text[:1].islower():
            return None
    return None


def _theirs(claim: Proposal, told: Sequence[Proposal], layout: Layout, lex: Lexicon) -> bool:
    """ "They called their arrest an attack on the press": whose deed it was, or to whom, told before, and named by a noun."""
    start, end = next(((e.start, e.end) for e in claim.evidence if e.slot == "kind"), (0, 0))
    words = layout.within(start, end)
    before = layout.before(start, layout.sentence_at(start).start, 1)
    noun = bool(words) and len(words) == 1 and words[0].folded in lex.words["deeds"]
    led = noun and bool(before) and before[0].folded in lex.words["possessives"]
    return led and any(c.kind == claim.kind for c in told) and carried(claim, "when")


def _leaves_open(claim: Proposal) -> bool:
    """Do its words name no doer, no place, and nobody whom it was done to but those who were harmed?"""
    return _no_doer(claim) and carried(claim, "where") and (carried(claim, "target") or bool(claim.casualties))


def _no_doer(claim: Proposal) -> bool:
    return claim.initiator in ("none", "unknown") or carried(claim, "initiator")


def _tells_when(layout: Layout, lead: Token, claim: Proposal, lex: Lexicon) -> bool:
    """ "Before the attack", "since the fighting resumed", "ten years after the battle for X-town"."""
    before = layout.before(lead.start, layout.sentence_at(lead.start).start, 2)
    if not before or before[-1].folded not in lex.words["told_when"] or not _no_doer(claim):
        return False
    noun = next(t for t in layout.within(lead.end, layout.sentence_at(lead.start).end) if t.folded in lex.words["taken_up"])
    behind = layout.within(noun.end, layout.sentence_at(lead.start).end)[:1]
    told = bool(behind) and behind[0].folded in lex.words["prepositions"]
    return before[0].folded in lex.words["long_since"] or not (told or claim.casualties)


def _told_before(out: Sequence[Proposal], claim: Proposal, layout: Layout, family: Sequence[str]) -> int | None:
    """Where the deed stands that is taken up: the last of the same kind, else the last that did harm."""
    here = layout.sentence_at(claim.start).index
    near = [n for n, c in enumerate(out) if c.kind in (*family, *ALSO) and here - layout.sentence_at(c.start).index <= NEAR]
    near = [n for n in near if out[n].stance == "asserts" and out[n].realised == "done" and not of_others(out[n], claim)]
    alike = [n for n in near if out[n].kind == claim.kind]
    return (alike or near)[-1] if near else None


def _with(told: Proposal, again: Proposal) -> Proposal:
    timed = again if carried(told, "when") and not carried(again, "when") else told
    evidence = [e for e in told.evidence if e.slot != "when"] + [e for e in timed.evidence if e.slot == "when"]
    evidence += [e for e in again.evidence if e.slot == "casualties"]
    return replace(
        told,
        when=timed.when,
        weapons=tuple(dict.fromkeys((*told.weapons, *again.weapons))),
        casualties=both_counted(told.casualties, again.casualties),
        evidence=tuple(evidence),
    )

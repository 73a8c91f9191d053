"""Sentences that answer what was told before: "the ministry rejected that version", "residents blamed X's forces".

They name no act of their own; the claim that they make is about the one told just before, by another speaker.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.acts import Act, clause_of
from merestone.extract.apposed import answered_ahead
from merestone.extract.groups import Group
from merestone.extract.terms import Evidence, Proposal, Speaker
from merestone.extract.thread import Page
from merestone.extract.tokens import Sentence
from merestone.extract.turns import Cue

EFFECTS = ("property_damage", "heritage_damage", "utility_cut", "casualty")  # what fire does to things


def answers(
    page: Page, sentence: Sentence, groups: Sequence[Group], earlier: Sequence[Proposal], acts: Sequence[Act] = ()
) -> list[Proposal]:
    """The claim that a sentence without an act makes about an earlier one, if it makes one; a voice of a sentence with acts, about one of
    these that are not in its words."""
    return [*([] if acts else _blame(page, sentence, groups, earlier)), *_denial(page, sentence, earlier, acts)]


def _denial(page: Page, sentence: Sentence, earlier: Sequence[Proposal], acts: Sequence[Act]) -> list[Proposal]:
    cues = page.attributions.cues[sentence.index]
    for cue in cues:
        if any(cue.scope[0] <= act.verb[0] < cue.scope[1] for act in acts):
            continue
        party = cue.speaker.affiliation
        theirs = (party, "unknown") if party in page.parties else (party,)
        own = cue.speaker.end if sentence.start <= cue.speaker.end <= cue.end else sentence.start
        after = [*page.layout.within(cue.end, min(sentence.end, cue.scope[1]))[:4], *page.layout.within(own, cue.end)[-4:]]
        denies = cue.stance == "denies" or _untrue(page, sentence, cue, cues)
        owns = page.lex.morphology.verb_last and cue.stance == "admits" and cue.speaker.official
        ahead = answered_ahead(page.layout, (cue.start, cue.end), cue.scope, page.lex)
        bare = cue.stance == "denies" and not acts and _bare(page, sentence, cue)
        names = page.lex.words["version"] | (page.lex.words["deeds"] if cue.stance == "denies" else frozenset())
        if not (denies or owns) or not (ahead or bare or any(t.folded in names for t in after)):
            continue
        local = cue.speaker.kind == "resident" or cue.speaker.name in page.attributions.homes  # they say it of what was done to them
        told_before = (c for c in reversed(earlier) if c.stance == "asserts" and c.said_by and (local or c.initiator in theirs))
        blamed = next((c for c in told_before if c.said_by[-1].affiliation != party or local), None)
        if blamed is not None and (denies or blamed.initiator == party):
            until = min(sentence.end, cue.scope[1])
            marks = (page.layout.text.find(mark, cue.end, until) for mark in (";", ","))
            end = min((at for at in marks if at > 0), default=until)
            stance = "denies" if denies else "admits"
            why = Evidence("stance", stance, cue.start, cue.end, cue.rule, f"the speaker {stance} what was told before")
            said = (blamed.initiator if local else party, stance, cue.speaker)
            alone = not acts and len(cues) == 1
            return [_answer(page, blamed, (sentence.start if alone else cue.scope[0], end), said, why)]
    return []


def _untrue(page: Page, sentence: Sentence, cue: Cue, cues: Sequence[Cue]) -> bool:
    """ "X said the claim was propaganda", not "was no invention": does what he says call something untrue, and no other verb deny it?"""
    lex, last = page.lex, page.lex.morphology.verb_last
    if not last and any(c.stance == "denies" for c in cues):
        return False
    span = (sentence.start, sentence.end) if last else cue.scope
    found = (c for c in lex.cues.find(page.layout, *span) if c.tag == "denial")
    return any(last or not any(t.folded in lex.words["negation"] for t in page.layout.before(c.start, span[0], 2)) for c in found)


def _bare(page: Page, sentence: Sentence, cue: Cue) -> bool:
    """ "The X-ish side denies.": nothing but small words stands beside the speaker and the verb."""
    words = (t for t in page.layout.within(sentence.start, sentence.end) if not any(a <= t.start < b for a, b in cue.mask))
    small = page.lex.words["between"] | page.lex.words["adverbs"] | page.lex.words["joints"] | page.lex.words["determiners"]
    return all(t.folded in small or any(t.folded.endswith(e) for e in page.lex.words["adverb_endings"]) for t in words)


def _blame(page: Page, sentence: Sentence, groups: Sequence[Group], earlier: Sequence[Proposal]) -> list[Proposal]:
    verbs = [c for c in page.lex.cues.find(page.layout, sentence.start, sentence.end) if c.tag == "blame"]
    cues = page.attributions.cues[sentence.index]
    near = _blamed_for(page, sentence, earlier) if verbs and cues else []
    named = [g for g in groups if verbs and g.start >= verbs[0].end and g.party in page.names.parties]
    if not verbs or not cues or not near or not named or near[0].initiator == named[0].party:
        return []
    start, end = clause_of(page.layout, sentence, (verbs[0].start, named[0].end), page.lex)
    span = start, min([end, *(c.scope[0] for c in cues if c.scope[0] >= named[0].end)])
    told = Evidence("initiator", named[0].party, named[0].start, named[0].end, "blame", "the one whom this speaker blames for it")
    return [_answer(page, near[0], span, (named[0].party, "asserts", cues[0].speaker), told)]


def _blamed_for(page: Page, sentence: Sentence, earlier: Sequence[Proposal]) -> list[Proposal]:
    """What somebody is blamed for: what was told last in the paragraph; the act, and not that nobody was harmed, nor what it broke."""
    begin = page.layout.paragraphs[sentence.paragraph][0]
    here = list(itertools.takewhile(lambda c: c.start >= begin, reversed(earlier)))[::-1]
    here = [c for c in here if not (c.kind == "casualty" and c.casualties and all(f.max == 0 for f in c.casualties))]
    if not here or here[-1].kind not in EFFECTS:
        return here[-1:]
    fire = page.lex.table("kinds")["families"]["fire"]
    at = page.layout.sentence_at(here[-1].start).index
    open_ = [c for c in here if c.kind in fire and c.initiator in (here[-1].initiator, "unknown") and c.stance == "asserts"]
    acts = [c for c in open_ if at - page.layout.sentence_at(c.start).index <= (here[-1].kind == "casualty")]
    return acts[-1:] or here[-1:]


def _answer(page: Page, about: Proposal, span: tuple[int, int], said: tuple[str, str, Speaker], told: Evidence) -> Proposal:
    """`about` as this speaker has it: `said` is initiator, stance and speaker. Its kind is carried over, half of it read here."""
    start, end = span
    start = next((t.start for t in page.layout.within(start, end)), start)
    quote = page.layout.text[start:end].rstrip(" .;,")
    initiator, stance, speaker = said
    kind = Evidence("kind", about.kind, start, start, about.rule, "carried over from what was told before")
    return replace(
        about,
        start=start,
        end=start + len(quote),
        quote=quote,
        initiator=initiator,
        stance=stance,
        said_by=(speaker,),
        evidence=(kind, told),
        casualties=(),
        confidence=0.5,
    )

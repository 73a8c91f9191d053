"""Sentences that answer what was told before: "the ministry rejected that version", "residents blamed X's forces".

They name no act of their own; the claim that they make is about the one told just before, by another speaker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.acts import clause_of
from merestone.extract.groups import Group
from merestone.extract.terms import Evidence, Proposal, Speaker
from merestone.extract.thread import Page
from merestone.extract.tokens import Sentence


def answers(page: Page, sentence: Sentence, groups: Sequence[Group], earlier: Sequence[Proposal]) -> list[Proposal]:
    """The claim that a sentence without an act makes about an earlier one, if it makes one."""
    return _denial(page, sentence, earlier) or _blame(page, sentence, groups, earlier)


def _denial(page: Page, sentence: Sentence, earlier: Sequence[Proposal]) -> list[Proposal]:
    for cue in page.attributions.cues[sentence.index]:
        party = cue.speaker.affiliation
        theirs = (party, "unknown") if party in page.parties else (party,)
        after = list(page.layout.within(cue.end, sentence.end)[:4])
        if page.lex.morphology.free_order:
            after += page.layout.within(sentence.start, cue.end)[-4:]
        if cue.stance != "denies" or not any(t.folded in page.lex.words["version"] for t in after):
            continue
        asserted = (c for c in reversed(earlier) if c.initiator in theirs and c.stance == "asserts" and c.said_by)
        blamed = next((c for c in asserted if c.said_by[-1].affiliation != party), None)
        if blamed is not None:
            marks = (page.layout.text.find(mark, cue.end, sentence.end) for mark in (";", ","))
            end = min((at for at in marks if at > 0), default=sentence.end)
            told = Evidence("stance", "denies", cue.start, cue.end, cue.rule, "the speaker denies what was told before")
            return [_answer(page, blamed, (sentence.start, end), (party, "denies", cue.speaker), told)]
    return []


def _blame(page: Page, sentence: Sentence, groups: Sequence[Group], earlier: Sequence[Proposal]) -> list[Proposal]:
    verbs = [c for c in page.lex.cues.find(page.layout, sentence.start, sentence.end) if c.tag == "blame"]
    cues = page.attributions.cues[sentence.index]
    near = [c for c in earlier[-1:] if page.layout.sentence_at(c.start).paragraph == sentence.paragraph]
    named = [g for g in groups if verbs and g.start >= verbs[0].end and g.party in page.names.parties]
    if not verbs or not cues or not near or not named or near[0].initiator == named[0].party:
        return []
    span = clause_of(page.layout, sentence, (verbs[0].start, named[0].end), page.lex)
    told = Evidence("initiator", named[0].party, named[0].start, named[0].end, "blame", "the one whom this speaker blames for it")
    return [_answer(page, near[0], span, (named[0].party, "asserts", cues[0].speaker), told)]


def _answer(page: Page, about: Proposal, span: tuple[int, int], said: tuple[str, str, Speaker], told: Evidence) -> Proposal:
    """`about` as this speaker has it: `said` is initiator, stance and speaker. Its kind is carried over, half of it read here."""
    start, end = span
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

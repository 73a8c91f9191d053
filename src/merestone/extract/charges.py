"""What words of blame leave open: who blames somebody does not blame himself, and who tells what his own side is blamed for owns to nothing.

No rule can see which party is which (law 2).
"""

from __future__ import annotations

from merestone.extract.acts import Act
from merestone.extract.around import Around, accused
from merestone.extract.roles import Said
from merestone.extract.thread import Page

OF_ANOTHER = "who blames somebody for it blames the other side"
HIS_OWN = "“it”, of whom it is denied, is the one who denies it"


def not_himself(page: Page, act: Act, around: Around, said: Said) -> Said:
    """ "X's president blamed the neighbours: their divers had laid mines": the doer is not the side that blames; "X rejects Y's charge that it
    has fired": it is."""
    cue = page.attributions.cue_at(act.verb[0])
    first = page.layout.within(said[1], said[2])[:1]
    taken_up = bool(first) and first[0].folded in page.lex.words["pronouns"] | page.lex.words["possessives"]
    if cue is not None and cue.stance == "denies" and taken_up and cue.speaker.affiliation in page.parties:
        return cue.speaker.affiliation, said[1], said[2], HIS_OWN
    blames = [c for c in page.lex.cues.find(page.layout, *around.sentence) if c.tag == "blame" and c.end <= act.verb[0]]
    if cue is None or not blames or not (cue.start <= blames[-1].start < cue.end):
        return said
    own = said[0] == cue.speaker.affiliation and said[0] in page.parties
    return (around.opposite(said[0]), said[1], said[2], OF_ANOTHER) if own else said


def charged(page: Page, act: Act, around: Around, party: str) -> tuple[int, int] | None:
    """Where the words say that somebody blames `party`, the side of the officials who tell it, for the act."""
    chain = page.attributions.at(act.verb[0])
    if not chain or not chain[-1].official or chain[-1].affiliation != party or party not in page.parties:
        return None
    cues = [c for c in page.lex.cues.find(page.layout, *around.sentence) if c.tag == "blame"]
    whom = accused(page.layout, act.verb[0], around, page.lex)
    if not cues or (whom is not None and around.party(whom) != party):
        return None
    return cues[-1].start, cues[-1].end


def other_voice(page: Page, at: int, party: str) -> bool:
    """May it be another's word than that of the side that would admit what stands at `at`: where a speaker of an earlier sentence is carried on
    and this one names an office of the other side, or where an office is called without its side right behind the name of the other?"""
    cue, sentence = page.attributions.cue_at(at), page.layout.sentence_at(at)
    namings = page.attributions.namings[sentence.index]
    if not page.lex.morphology.head_first:
        return False  # right twice and wrong never where owners stand behind their nouns, wrong twice elsewhere
    if cue is None or not sentence.start <= cue.start < sentence.end:
        told = [n.speaker for n in namings if not n.bare and not n.back and n.speaker.official and n.speaker.end <= at]
        return any(s.affiliation in page.parties and s.affiliation != party for s in told)
    if not any(n.back and n.speaker.start == cue.speaker.start for n in namings):
        return False
    paragraph = (m for m in page.mentions if m.end <= cue.start and page.layout.sentence_at(m.start).paragraph == sentence.paragraph)
    sides = [m.parties[0] for m in paragraph if m.parties]
    return bool(sides) and sides[-1] in page.parties and sides[-1] != party


def blamed_for_harm(page: Page, at: int, around: Around) -> str:
    """The side that the sentence blames for harm told at `at`; "none" where it blames nobody."""
    whom = accused(page.layout, at, around, page.lex)
    return (around.party(whom) if whom is not None else "") or "none"

"""What words of blame leave open: who blames somebody does not blame himself, and who tells what his own side is blamed for owns to nothing.

No rule can see which party is which (law 2).
"""

from __future__ import annotations

from merestone.extract.acts import Act
from merestone.extract.around import Around, accused, charged_with
from merestone.extract.harm import Harm, harm_rules
from merestone.extract.lexicon import KindRule
from merestone.extract.roles import Said, doer
from merestone.extract.thread import Page

DONE = KindRule("harm", "casualty", "verb", (), "", ())
ARMED = ("forces", "personnel", "party")
OBJECT = 4  # words between a verb of harm and its object
NEAR_SUBJECT = 4  # words between a subject and its verb
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
    whom = accused(page.layout, at, around, page.lex) or charged_with(page.layout, at, around, page.lex)
    return (around.party(whom) if whom is not None else "") or "none"


def disowned(page: Page, at: int) -> Said | None:
    """ "X denied any involvement in the killing of": those who say that they had no part in it deny that they did it."""
    cue = page.attributions.cue_at(at)
    if cue is None or cue.stance != "denies" or cue.end > at or cue.speaker.affiliation not in page.parties:
        return None
    told = [c for c in page.lex.cues.find(page.layout, cue.start, at) if c.tag == "denial" and c.end <= at]
    return (cue.speaker.affiliation, told[-1].start, told[-1].end, "who denies a part in it denies having done it") if told else None


def _subject_of(page: Page, harm: Harm, clause: tuple[int, int], around: Around) -> Said | None:
    """The same where cases tell: who stands in no case of objects right before or behind a verb that only the one who harms is the subject of."""
    layout, lex, (start, end) = page.layout, page.lex, harm.word
    if not harm_rules(lex.rules.language).doing.find(layout, start, end):
        return None
    ruled = lex.words["prepositions"] | lex.words["patient"] | lex.words["of"]
    acting = [g for g in around.groups if g.cls in ARMED and around.party(g) in around.parties and g.before not in ruled]
    near = [g for g in acting if g is not harm.group and clause[0] <= g.start and g.end <= clause[1]]
    behind = [g for g in near if g.start >= end and layout.text[end : g.start].isspace()]
    ahead = [g for g in near if g.end <= start and len(layout.within(g.end, start)) <= NEAR_SUBJECT]
    by = behind[0] if behind else (ahead[-1] if ahead else None)
    if (
        by is None
        or set(layout.text[min(by.end, start) : max(by.start, end)]) & set(",;:.()—")
        or around.party(by) == around.party(harm.group or by)
    ):
        return None
    return around.party(by), by.start, by.end, f"“{layout.text[by.start : by.end]}” is named as doing it"


def killed_by(page: Page, harm: Harm, clause: tuple[int, int], around: Around) -> Said | None:
    """ "X's troops killed two soldiers", "X-ish fire wounded its sergeant": who is the subject right before an active verb of harm whose object
    stands behind it."""
    layout, lex, (start, end) = page.layout, page.lex, harm.word
    if lex.morphology.head_first and harm.group is not None:
        return _subject_of(page, harm, clause, around)
    if lex.morphology.bends or lex.morphology.free_order or harm.group is None or harm.group.head < end:
        return None
    said = layout.within(start, end)
    before = layout.before(start, around.sentence[0], 3)
    if (
        len(said) != 1
        or not said[0].folded.endswith(tuple(lex.words["participle_endings"]))
        or harm.group.before in lex.words["prepositions"] - lex.words["of"]
    ):
        return None
    if any(t.folded in lex.words["be"] | lex.words["of"] for t in before) or layout.steps(end, harm.group.start) > OBJECT:
        return None
    leads = lex.words["number_words"] | lex.words["determiners"] | lex.words["possessives"] | lex.words["own"] | lex.words["prepositions"]
    if before and (before[-1].text.isdigit() or before[-1].folded in leads):
        return None  # "has 3 killed and 5 wounded servicemen"
    by = doer(layout, Act(DONE, (start, end), clause, False, None, "done", None, None), around, lex)
    if by is None or by[0] not in around.parties:
        return None
    between = layout.within(by[2], start)
    apart = set(layout.text[by[2] : start]) & set(",;:.()—") or any(
        t.folded in lex.words["clause_openers"] - lex.words["joints"] or t.folded in lex.words["determiners"] for t in between
    )
    joined = bool(between) and between[-1].folded in lex.words["joints"]
    return None if (apart or len(between) > NEAR_SUBJECT) and not joined else by

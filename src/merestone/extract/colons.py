"""Whose word a line or a quotation behind a colon is, and who of those named can be no speaker: the one who is told, or is led to.

Whoever speaks is named by one rule for every party (law 2).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from merestone.extract.apposed import led
from merestone.extract.lexicon import Lexicon
from merestone.extract.speakers import Naming, hung
from merestone.extract.tokens import Layout, Sentence
from merestone.extract.turns import NEAR, Cue

_SAYING = re.compile(r"[:.․՝][^\S\n]?[\"“«„](?=\w)")
_HEADS = re.compile(r"[:․] (?=\w)")
WHOLE = 4  # sentences of a text that says in its body what its headline said
COLON = "colon"  # the rule that reads a quotation behind a colon


def quoted_behind(layout: Layout, sentence: Sentence, namings: Sequence[Naming], found: Sequence[Cue], lex: Lexicon) -> list[Cue]:
    """ "The duty officer of X's border service on the radio: «…»": a quotation behind a colon is the word of the one named before it,
    where no verb says whose it is."""
    out: list[Cue] = []
    for mark in _SAYING.finditer(layout.text, sentence.start, sentence.end):
        left = max([c.end for c in (*found, *out) if c.end <= mark.start()], default=sentence.start)
        left = max(left, *(layout.text.rfind(each, left, mark.start()) + 1 for each in (";", "”", "»")))
        around = [c for c in found if c.start < mark.end() and left < c.end] or [
            c for c in found if left - c.end <= 1 and c.end > sentence.start
        ]
        told = [n for n in namings if left <= n.speaker.start and n.speaker.end <= mark.start() and _names_itself(layout, sentence, n, lex)]
        named = {n.speaker.name for n in namings if left <= n.speaker.start < mark.start()}
        verbs = [m for m in lex.cues.find(layout, left, mark.start()) if m.tag.startswith("say:")]  # its subject is somebody unknown
        if around or verbs or len(named) != 1 or not told or layout.steps(told[0].speaker.end, mark.start()) > NEAR:
            continue
        who = told[0].speaker
        out.append(Cue(who, "asserts", "say", COLON, who.start, mark.start(), (sentence.start, sentence.end), ((who.start, who.end),)))
    return out


def opens_line(layout: Layout, sentence: Sentence, namings: Sequence[Naming], found: Sequence[Cue], lex: Lexicon) -> list[Cue]:
    """ "X's ministry: Y's forces have fired": a line that opens with somebody who speaks and a colon is the word of that one. A headline
    over a whole text is told again in it."""
    if sentence.line and not sentence.index and len(layout.sentences) >= WHOLE:
        return []
    for naming in namings:
        mark = _HEADS.match(layout.text, naming.speaker.end, sentence.end)
        ahead = layout.within(sentence.start, naming.speaker.start)
        held = [n for n in namings if n.speaker.end <= naming.speaker.start]  # "the spokesman of the ministry N.N.:"
        plain = all(t.text[0].isdigit() or any(n.speaker.start <= t.start < n.speaker.end for n in held) for t in ahead)
        taken = any(c.start < naming.speaker.end and sentence.start < c.end for c in found)
        if mark and plain and not taken and _names_itself(layout, sentence, naming, lex):
            who, scope = naming.speaker, (mark.end(), sentence.end)
            return [Cue(who, "asserts", "say", COLON, who.start, mark.start(), scope, ((who.start, mark.end()),))]
    return []


def _names_itself(layout: Layout, sentence: Sentence, naming: Naming, lex: Lexicon) -> bool:
    """Can the one named be who says what stands behind a colon: no land alone, nobody who is told it or is only pointed at?"""
    pointed = naming.back and (naming.back.startswith("pronoun") or naming.speaker.affiliation == "unknown")
    return not (naming.bare or pointed or told_to(layout, naming, lex) or led_to(layout, sentence, naming, lex))


def told_to(layout: Layout, naming: Naming, lex: Lexicon) -> bool:
    """Is it the one who is told, by its case ("said to the correspondent")?"""
    if hung(layout, naming.speaker.end) in lex.words["silent"]:
        return True
    named = layout.within(naming.speaker.start, naming.speaker.end)
    head = named[-1 if lex.morphology.verb_last else 0] if named else None
    return head is not None and not head.text.isupper() and lex.morphology.case_of(head.folded) in lex.words["silent"]


def led_to(layout: Layout, sentence: Sentence, naming: Naming, lex: Lexicon) -> bool:
    """Does a preposition lead to the one named, so that nobody speaks: "in a talk with X said Y", "a shell (flew) into the hospital"?"""
    words = layout.before(naming.speaker.start, sentence.start, 1)
    whither, head = lex.morphology.directed, layout.within(naming.speaker.start, naming.speaker.end)[:1]
    if words and whither is not None and words[0].folded in lex.words["prepositions"] and head and whither.search(head[0].folded):
        return True
    return led(layout, sentence, naming, lex)

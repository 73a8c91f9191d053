"""Whose word it is where no clause of its own says it: "Y, which denied it", "a charge denied by X", "…, a claim that X rejects".

The same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.extract.finder import Match
from merestone.extract.lexicon import Lexicon
from merestone.extract.speakers import Naming
from merestone.extract.terms import Speaker
from merestone.extract.tokens import Layout, Sentence, Token
from merestone.extract.turns import NEAR, says_we

AHEAD = 5  # words before the one who answers that may say what is answered
SHORT = 2  # words between the comma of an apposition and the one who denies
OWNED = ("'s", "’s", "s'", "s’")


def relative_of(layout: Layout, end: int, match: Match, lex: Lexicon) -> Token | None:
    """ "X blamed Y, which denied it": the one word between a speaker and the verb, where it stands for the speaker."""
    words = layout.within(end, match.start)
    opens = len(words) == 1 and words[0].folded in lex.words["subject_relative"] and layout.text[end] == ","
    return words[0] if opens else None


def of_adjective(layout: Layout, match: Match, namings: Sequence[Naming], lex: Lexicon) -> bool:
    """ "Denied an Xlandish claim that …": is it a noun, behind an article and the adjective of a side?"""
    beside = next((n for n in namings if n.bare and layout.text[n.speaker.end : match.start] == " "), None)
    if lex.morphology.free_order or beside is None or layout.within(match.start, match.end)[-1].folded not in lex.words["version"]:
        return False
    people = layout.text[beside.speaker.start : beside.speaker.end].casefold().endswith(tuple(lex.words["peoples"]))
    led = layout.before(beside.speaker.start, 0, 1)
    return not people and bool(led) and led[0].folded in lex.words["determiners"]


def by_whom(layout: Layout, match: Match, namings: Sequence[Naming], lex: Lexicon) -> Speaker | None:
    """ "A charge denied by X": the one behind a participle of denying, where a preposition leads who does it."""
    led = layout.within(match.end, match.end + 12)[:1]
    if lex.morphology.free_order or not led or led[0].folded not in lex.words["agent_by"]:
        return None
    return next(
        (n.speaker for n in namings if n.speaker.start >= led[0].end and len(layout.within(led[0].end, n.speaker.start)) <= 1), None
    )


def apposed(layout: Layout, words: tuple[int, int], scope: tuple[int, int], lex: Lexicon) -> int:
    """ "…, a charge denied by X", "…, which X denies": where a clause begins that only names what somebody denies in `words`; 0 where it is
    none."""
    comma = layout.text.rfind(",", scope[0], words[0])
    if comma < 0 or lex.morphology.verb_last or layout.within(words[1], scope[1]):
        return 0
    ahead = layout.within(comma, words[0])
    return comma if len(ahead) <= SHORT and _names_it(ahead, lex.words["version"], lex) else 0


def answered_ahead(layout: Layout, words: tuple[int, int], scope: tuple[int, int], lex: Lexicon) -> bool:
    """ "…, a claim X rejects", "…, which X denies", "that is not true, X said": does what is answered stand before the one who answers?"""
    if lex.morphology.verb_last or layout.within(words[1], scope[1]):
        return False
    return _names_it(layout.within(scope[0], words[0])[:AHEAD], lex.words["version"] | lex.words["that"], lex)


def _names_it(ahead: Sequence[Token], meant: frozenset[str], lex: Lexicon) -> bool:
    return any(t.folded in meant for t in ahead) or [t.folded in lex.words["relative"] for t in ahead] == [True]


def called_untrue(layout: Layout, sentence: Sentence, match: Match, lex: Lexicon) -> bool:
    """ "The report that X has spread, that …, is a lie": that is the word of the one who calls it so."""
    last = layout.within(match.start, sentence.end)
    told = [t for t in last if t.end >= match.end][:2] if lex.morphology.free_order and not lex.morphology.verb_last else []
    noun = next((t for t in told if t.folded in lex.words["version"] and layout.text[t.end : t.end + 1] == ","), None)
    if noun is None:
        return False
    ahead = any(c.tag.startswith("say:denies") and says_we(layout, c, lex) for c in lex.cues.find(layout, sentence.start, match.start))
    return ahead or any(c.tag == "denial" for c in lex.cues.find(layout, noun.end, sentence.end))


def versed(layout: Layout, sentence: Sentence, naming: Naming, lex: Lexicon) -> bool:
    """Is it the one whose word is denied or told of ("the ministry X's report rejected")?"""
    words = layout.before(naming.speaker.start, sentence.start, 1)
    return bool(words) and words[0].folded in lex.words["version"] and layout.text[words[0].end : naming.speaker.start] == " "


def owned_untrue(layout: Layout, sentence: Sentence, match: Match, lex: Lexicon) -> bool:
    """ "X's claim that … is false", "contrary to X's claim": the word of the one who calls it so, and not of X."""
    noun = layout.within(match.start, sentence.end)[:1]
    owned = layout.text[max(match.start - 3, 0) : match.start].rstrip().endswith(OWNED)
    if not owned or not noun or noun[0].folded not in lex.words["version"]:
        return False
    contrary = any(t.folded in lex.words["not_led"] for t in layout.before(match.start, sentence.start, 5))
    return contrary or any(c.tag == "denial" for c in lex.cues.find(layout, match.start, sentence.end))


def subject_of_joined(layout: Layout, sentence: Sentence, namings: Sequence[Naming], match: Match, lex: Lexicon) -> Speaker | None:
    """ "X's ministry condemned the attack and said that": of a verb of saying right behind "and", the one with whom the sentence opens."""
    joint = layout.before(match.start, sentence.start, 1)
    if lex.morphology.bends or lex.morphology.free_order or not joint or joint[0].folded not in lex.words["joints"]:
        return None
    before = [n for n in namings if n.speaker.end <= match.start]
    gap = layout.text[before[0].speaker.end : joint[0].start] if before else ","
    words = layout.within(before[0].speaker.end, joint[0].start) if before else ()
    opens = before and len(layout.within(sentence.start, before[0].speaker.start)) <= 1 and not led(layout, sentence, before[0], lex)
    if not opens or len(before) > 1 or set(gap) & set(',;:—"“”') or not words or len(words) > NEAR:
        return None
    verb = any(words[0].folded.endswith(e) for e in (*lex.words["participle_endings"], "s"))
    return before[0].speaker if verb and not owned(layout, words, lex) else None


def led(layout: Layout, sentence: Sentence, naming: Naming, lex: Lexicon) -> bool:
    """Is it led by a preposition behind which nobody speaks ("in a talk with X said Y")?"""
    words = layout.before(naming.speaker.start, sentence.start, 1)
    return bool(words) and words[0].folded in lex.words["not_led"]


def owned(layout: Layout, words: Sequence[Token], lex: Lexicon) -> bool:
    """Is the first word behind a side's name a noun for a thing, which says nothing, where words stand in their order?"""
    first, last = words[0], words[-1]
    if lex.morphology.bends:
        return False
    nouns = [m for m in lex.heads.find(layout, first.start, last.end) if m.tag in ("positions", "equipment", "property", "infrastructure")]
    return bool(nouns) or bool(lex.weapons.find(layout, first.start, last.end)) or first.folded in lex.words["owned_places"]

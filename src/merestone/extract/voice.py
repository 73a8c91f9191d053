"""Does what stands before the verb do it, or was it done to it: the voice of the words that carry a kind.

Read from their row, from the forms of the language and from what stands beside them; the same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.extract.finder import Match
from merestone.extract.lexicon import KindRule, Lexicon
from merestone.extract.tokens import Layout, Token


def is_passive(layout: Layout, match: Match, clause: tuple[int, int], rule: KindRule, lex: Lexicon) -> bool:
    """Is what stands before the words of `match` what it was done to ("was taken", "taken by")? `clause`: from where to where it reaches."""
    if rule.voice in ("passive", "neutral"):
        return True
    if rule.voice != "verb":
        return False
    words = list(layout.within(match.start, match.end))
    turned = lex.morphology.reflexive
    if turned is not None and rule.kind == "release" and words and any(turned.search(w.folded) for w in (words[0], words[-1])):
        return True  # "the soldiers returned home": those who come back let nobody go
    if words and lex.morphology.passives is not None and lex.morphology.passives.search(words[-1].folded):
        return True
    if words and words[0].folded in lex.words["be"]:
        return not any(words[-1].folded.endswith(e) for e in lex.words["active_endings"])
    for token in reversed(list(layout.within(layout.sentence_at(match.start).start, match.start))[-8:]):
        if token.folded in lex.words["be"]:
            return not (words and any(words[0].folded.endswith(e) for e in lex.words["active_endings"]))
        small = token.folded in lex.words["adverbs"] or any(token.folded.endswith(e) for e in lex.words["adverb_endings"])
        beside = token.folded in lex.words["joints"] or any(token.folded.endswith(e) for e in lex.words["participle_endings"])
        if not small and not beside:
            break
    if _counted_participle(layout, words, (clause[0], match.start), lex):
        return True
    if any(t.folded in lex.words["infinitive"] for t in layout.before(match.start, clause[0], 1)):
        return False  # "promised to free them by Friday"
    after = list(layout.within(match.end, clause[1]))[:1]
    return bool(after) and after[0].folded in lex.words["agent_by"]


def _counted_participle(layout: Layout, words: Sequence[Token], before: tuple[int, int], lex: Lexicon) -> bool:
    """ "Ten wounded and 13 captured": a participle right behind a number tells what was done to those who are counted."""
    said = [*layout.before(before[1], before[0], 1), *words] if len(words) == 1 else list(words)
    if len(said) != 2 or lex.morphology.free_order or not any(said[1].folded.endswith(e) for e in lex.words["participle_endings"]):
        return False
    return said[0].text.isdigit() or said[0].folded in lex.words["number_words"] - lex.words["adverbs"]


def of_themselves(layout: Layout, match: Match, rule: KindRule, lex: Lexicon) -> bool:
    """ "The patrol stopped by itself", "the monitors came back": nobody held them up."""
    turned, last = lex.morphology.reflexive, layout.within(match.start, match.end)[-1:]
    return turned is not None and rule.kind == "monitors_obstructed" and bool(last) and turned.search(last[0].folded) is not None


def is_attribute(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """ "Three detained persons", "the besieged town": a participle between what leads a noun and the noun tells how it is, and no act."""
    words = layout.within(match.start, match.end)
    if len(words) != 1 or lex.morphology.free_order or not any(words[0].folded.endswith(e) for e in lex.words["participle_endings"]):
        return False
    before = [t for t in layout.before(match.start, 0, 1) if layout.text[t.end : match.start].isspace()]
    leads = lex.words["determiners"] | lex.words["own"] | lex.words["possessives"] | lex.words["prepositions"] | lex.words["number_words"]
    led = bool(before) and (before[0].text.isdigit() or before[0].folded in leads)
    behind = layout.within(match.end, match.end + 24)[:1]
    return led and bool(behind) and any(h.start == behind[0].start for h in lex.heads.find(layout, match.end, behind[0].end))

"""What is only supposed by the form of its verb: "if they fire-if", "they may-strike can", an infinitive that no verb of beginning, going on or
succeeding leads ("the order to attack", "whether they fired").

"Although they fired" bears the same ending with a small word behind it, and tells what was. The same for every party (law 2).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from merestone.extract.finder import Match
from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import Layout

POSSIBLE = 6  # words before what is told in which a noun of what may come stands
ENDING = 4  # letters that a case may add to it
NEVER = re.compile("(?!)")
PARTED = set(',;:.—()«»"“”')
NOUNS = ("noun", "inner", "neutral")
LED = 12  # words from a verb of beginning to an infinitive that it leads


def supposed(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """Does the verb say "if", or does a word of what may be stand right behind it?"""
    words, behind = layout.within(match.start, match.end), layout.within(match.end, match.end + 40)[:2]
    following = [t for t in behind[:1] if layout.text[match.end : t.start].isspace()]
    at = next((n for n, t in enumerate(behind) if t.folded in lex.words["may"]), None)
    if at is not None and not set(layout.text[match.end : behind[at].start]) & set(",;:.—"):
        return True
    ending = lex.morphology.conditional
    if ending is None or not words or not ending.search(words[-1].text.casefold()):
        return False
    return not any(t.folded in lex.words["although"] for t in following)


def unrealised(layout: Layout, cues: Sequence[Match], match: Match, lex: Lexicon) -> bool:
    """ "The order to attack seemed madness": do words that are infinitives alone tell what nobody began, went on with or tried to do?"""
    form, told = lex.morphology.infinitives, lex.morphology.told_verbs
    words = layout.within(match.start, match.end)
    if form is None or not words or not (form.search(words[0].folded) or form.search(words[-1].folded)):
        return False
    if any(t.end != words[-1].end and (told is not None and told.search(t.folded)) for t in words):
        return False
    sentence = layout.sentence_at(match.start)
    behind = layout.within(match.end, sentence.end)[:POSSIBLE]  # "to agree (they) succeeded", "beat (they) did-not beat"
    before = layout.before(match.start, sentence.start, LED)
    again = told is not None and any(told.search(t.folded) and t.folded[:2] == words[0].folded[:2] for t in behind)
    if again or any(t.folded.startswith(tuple(lex.words["realising"])) for t in (*before, *behind)):
        return False
    led = (c for c in cues if c.tag in ("attempt", "announced", "forgone") and c.start < match.end)
    return not any(len(layout.within(c.end, match.start)) <= LED for c in led)


def only_possible(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """ "The risk of new fighting", "the order to attack", "(of the) shelling the danger": a noun of what may come or is to be done leads what
    is told, or stands right behind it where what belongs to a noun stands before it."""
    stems, words = lex.words["possible"], layout.within(match.start, match.end)
    if not stems or not words:
        return False
    told, nouns = lex.morphology.told_verbs, lex.kind_rules[match.tag].voice in NOUNS
    if lex.morphology.bends and not lex.morphology.head_first:
        unfinished = nouns or (lex.morphology.unfinished or NEVER).search(words[-1].folded)
        behind = layout.within(match.end, match.end + 50)[: 1 + nouns]
        apart = not behind or set(layout.text[match.end : behind[-1].start]) & PARTED
        return bool(unfinished) and not apart and _begins(behind[-1].folded, stems) | _begins(behind[0].folded, stems)
    start = layout.sentence_at(match.start).start
    before = layout.before(match.start, start, POSSIBLE)
    at = next((n for n in range(len(before) - 1, -1, -1) if _begins(before[n].folded, stems, lex.morphology.bends)), None)
    if at is None or set(layout.text[before[at].start : match.start]) & PARTED:
        return False
    led = [*before[at + 1 :], *words[:1]]
    if not lex.morphology.bends:
        if at and before[at - 1].folded in lex.words["prepositions"]:
            return False  # "in order to"
        to = before[-1].folded in lex.words["infinitive"]
        return to or (led[0].folded in lex.words["of"] and (nouns or any(words[0].folded.endswith(e) for e in lex.words["active_endings"])))
    loose, modifiers = lex.words["determiners"], lex.morphology.modifiers
    plain = lex.kind_rules[match.tag].voice != "neutral" or not any(told is not None and told.search(t.folded) for t in words)
    return (
        nouns
        and plain
        and all(
            t.folded in loose or any(e is not None and e.search(t.folded) for e in (modifiers, lex.morphology.verbal_nouns))
            for t in before[at + 1 :]
        )
    )


def _begins(word: str, stems: frozenset[str], bends: bool = True) -> bool:
    return any(word == p or (bends and word.startswith(p) and len(word) <= len(p) + ENDING) for p in stems)


def whether(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """ "Fired-whether they": does the small word that asks stand right behind a verb or a short word that begins what is told?"""
    small = lex.words["whether"]
    if not small:
        return False
    words = layout.within(match.start, match.end)
    behind = layout.within(match.end, match.end + 24)[:1]
    before = layout.before(match.start, layout.sentence_at(match.start).start, 2)
    asked = [*words[1:2], *behind] if words else []
    return any(t.folded in small for t in asked) or (bool(before) and before[-1].folded in small and len(before) > 1)


def only_asked(cues: Sequence[Match], position: int) -> bool:
    """ "Who fired is not known": a "not" of what nobody knows denies no deed."""
    return any(c.tag in ("undetermined", "asked") and c.start <= position < c.end for c in cues)


def of_the_noun_before(layout: Layout, position: tuple[int, int], lex: Lexicon) -> bool:
    """ "Not by shots, by a mine they were killed", where "not" stands behind its noun: before a comma it denies that noun and no verb."""
    return lex.morphology.verb_last and layout.text[position[1] :].lstrip().startswith(",")

"""Which of the words that could tell an act do: of those that overlap the longest, of fire the one that says most.

The same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.extract.finder import Match
from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import Layout, Sentence

NEAR = 4  # words around a match in which `unless` is asked


def choose(layout: Layout, sentence: Sentence, matches: Sequence[Match], lex: Lexicon) -> list[Match]:
    """Of matches that overlap keep the longest, then the earlier row; `unless` is asked a few words around."""
    kept: list[Match] = []
    matches = [m for m in matches if not (lex.morphology.free_order and _over_relative(layout, m, matches, lex))]
    matches = [m for m in matches if not _goes_on(layout, m, sentence, lex)]
    matches = [m for m in matches if not (_out_of_quote(layout, m, matches) or _only_whence(layout, m, matches, lex))]
    for match in sorted(matches, key=lambda m: (-layout.steps(m.start, m.end), m.rank, m.start)):
        if any(match.start < k.end and k.start < match.end for k in kept):
            continue
        finder = lex.unless.get(match.tag)
        if finder and any(_beside(layout, u, match) for u in finder.find(layout, sentence.start, sentence.end)):
            continue
        beside = lex.near.get(match.tag)
        if beside and not beside.find(layout, sentence.start, sentence.end):
            continue
        kept.append(match)
    family = lex.table("kinds")["families"]["fire"]
    strong = [m for m in kept if lex.kind_rules[m.tag].kind in family and not lex.kind_rules[m.tag].weak]
    seen: set[str] = set()
    out: list[Match] = []
    for match in sorted(kept, key=lambda m: m.start):
        rule = lex.kind_rules[match.tag]
        if out and _is_means(layout, out[-1], match, lex):
            continue
        if rule.weak and strong and not _counted_besides(layout, match, strong, lex):
            continue
        if rule.voice == "neutral" and rule.kind in seen:
            continue
        seen.add(rule.kind)
        out.append(match)
    return out


def _out_of_quote(layout: Layout, match: Match, matches: Sequence[Match]) -> bool:
    """ "«They took him away», says a villager": words within a quotation and behind it are none of one act, where the act is told without them."""
    closes = next((n for n in range(match.start, match.end) if layout.text[n] in "»”"), -1)
    opened = any(c in "«“" for c in layout.text[match.start : closes]) if closes > 0 else True
    return not opened and any(m is not match and match.start <= m.start < closes and m.end <= closes for m in matches)


def _only_whence(layout: Layout, match: Match, matches: Sequence[Match], lex: Lexicon) -> bool:
    """ "They took my husband straight from the field": the thing is whence he was taken, where people could be what was taken."""
    if lex.kind_rules[match.tag].kind != "theft":
        return False
    led = any(t.folded in lex.words["role_origin"] | lex.words["launched"] for t in layout.within(match.start, match.end)[1:-1])
    beside = (m for m in matches if m.start < match.end and match.start < m.end)
    return led and any(lex.kind_rules[m.tag].kind == "detention" for m in beside)


def _goes_on(layout: Layout, match: Match, sentence: Sentence, lex: Lexicon) -> bool:
    """ "The shooting does not cease": a quiet that begins with a "not" at its verb of ceasing is none."""
    ahead = layout.before(match.start, sentence.start, 1)
    ceases = layout.within(match.start, match.end)[0].folded in lex.words["ceases"]
    return lex.kind_rules[match.tag].kind == "calm" and ceases and bool(ahead) and ahead[0].folded in lex.words["plain_not"]


def _counted_besides(layout: Layout, match: Match, strong: Sequence[Match], lex: Lexicon) -> bool:
    """ "Forty blasts and 200 shots": a noun of another kind with a number of its own is not how the stronger act is named again."""
    rule, ahead = lex.kind_rules[match.tag], layout.before(match.start, layout.sentence_at(match.start).start, 1)
    number = bool(ahead) and (ahead[0].text[0].isdigit() or ahead[0].folded in lex.words["number_words"])
    return rule.voice == "noun" and number and all(lex.kind_rules[m.tag].kind != rule.kind for m in strong)


def _over_relative(layout: Layout, match: Match, matches: Sequence[Match], lex: Lexicon) -> bool:
    """ "The guards let go the farmer whom they had held": two verbs, one on each side of a relative word, are no words of one act."""
    inside = layout.within(match.start, match.end)[1:]
    word = next((t for t in inside if t.folded in lex.words["relative"]), None)
    if word is None:
        return False
    before = any(m.end <= word.start and m.start < word.start and match.start <= m.start for m in matches if m is not match)
    return before and any(word.start <= m.start < match.end for m in matches if m is not match)


def _beside(layout: Layout, one: Match, other: Match) -> bool:
    first, second = sorted((one, other), key=lambda m: m.start)
    return layout.steps(min(first.end, second.start), second.start) <= NEAR


def _is_means(layout: Layout, earlier: Match, match: Match, lex: Lexicon) -> bool:
    """ "damaged by the Xlandish shelling": the second act is how the first was done, not one of its own."""
    between = layout.within(earlier.end, match.start)
    return (
        len(between) <= 5
        and any(t.folded in lex.words["agent_by"] for t in between)
        and (lex.morphology.bends or not any(t.folded in lex.words["joints"] for t in between))  # "by mistake and was detained"
        and layout.text[earlier.end : match.start].count(",") == 0
    )

"""What words tell together, in one clause and in any order, where no row of kinds.yaml tells it: a verb of a class and what it acts on.

A row of together.yaml names the words that carry a kind (`any`) and what has to stand in their clause (`with`). It gives way to every
other act of its clause, a weak one to every act of fire in its sentence, so that it adds what was missed and changes nothing that was
found. No row can see which party is which (law 2).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from merestone.extract.finder import Match
from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import Layout, Sentence

Clauses = Callable[[Sequence[tuple[int, int]]], list[tuple[int, int]]]
REACH = 14  # words between what carries a kind and its company


def told_together(
    layout: Layout, sentence: Sentence, chosen: Sequence[Match], lex: Lexicon, kit: tuple[Clauses, Callable[[int], bool]]
) -> list[Match]:
    """`chosen` and what the rows of together.yaml add to it, in text order. `kit`: cuts clauses around words; says where nothing is told."""
    cut, shut = kit
    heads = [m for m in lex.together.find(layout, sentence.start, sentence.end) if not shut(m.start)]
    if not heads:
        return list(chosen)
    company = lex.company.find(layout, sentence.start, sentence.end)
    family = lex.table("kinds")["families"]["fire"]
    out = list(chosen)
    for head in sorted(heads, key=lambda m: (m.rank, m.start, -m.end)):
        rule = lex.kind_rules[head.tag]
        if any(head.start < k.end and k.start < head.end for k in out):
            continue
        if rule.weak and any(lex.kind_rules[k.tag].kind in family for k in out):
            continue
        beside = sorted({(head.start, head.end), *((k.start, k.end) for k in out)})
        start, end = cut(beside)[beside.index((head.start, head.end))]
        if any(start <= k.start < end for k in out):
            continue
        found = [c for c in company if c.tag == head.tag and start <= c.start and c.end <= end and _apart(layout, c, head, lex)]
        if rule.company and not found:
            continue
        if _is_noun(layout, head, lex):
            continue
        finder = lex.unless.get(head.tag)
        if finder and finder.find(layout, sentence.start, sentence.end):
            continue
        out.append(head)
    return sorted(out, key=lambda m: m.start)


def _is_noun(layout: Layout, head: Match, lex: Lexicon) -> bool:
    """ "To work on their land": where words stand in their order, one behind a possessive or an article is no verb."""
    words = layout.within(head.start, head.end)
    if lex.morphology.free_order or lex.kind_rules[head.tag].voice != "verb":
        return False
    before = [t for t in layout.before(head.start, 0, 1) if layout.text[t.end : head.start].isspace()]
    leads = lex.words["possessives"] | lex.words["own"] | lex.words["articles"]
    return bool(before) and before[0].folded in leads and not any(words[0].folded.endswith(e) for e in lex.words["participle_endings"])


def _apart(layout: Layout, one: Match, other: Match, lex: Lexicon) -> bool:
    """Do they share no word, and stand near enough to belong together?"""
    if not lex.morphology.bends and other.start < one.start and one.end < other.end:
        return True  # "let the hunter go": between the words that carry the kind
    first, second = sorted((one, other), key=lambda m: m.start)
    return first.end <= second.start and len(layout.within(first.end, second.start)) <= REACH

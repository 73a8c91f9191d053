"""Finds the patterns of a language in a text: what a word can begin is worked out once a word, and no expression is tried in vain.

All finders of a language are looked up together, in one pass over a sentence. A pattern is tried only at the words with which it can
begin, and only where all the words follow that it cannot do without; one of a single word is decided by the word alone.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from merestone.extract.patterns import DIGIT, Patterns
from merestone.extract.tokens import Layout, Sentence, Token


class Match(NamedTuple):
    """Where a pattern stands: `tag` is what it was filed under, `rank` its place in the table (earlier rows are preferred)."""

    tag: str
    rank: int
    start: int
    end: int


class _Filed(NamedTuple):
    """A pattern in the table of a finder. `needs`: the bits of what has to follow it (see `_Index.bits`)."""

    finder: int
    tag: str
    rank: int
    pattern: str
    needs: int


class _Begun(NamedTuple):
    """What a word can begin: `whole` are finder, tag, rank and length of what it is by itself; `bare` is tried wherever it stands, `more`
    only where the need follows under whose bit it is filed, the first of its own. `asked`: all these bits."""

    whole: tuple[tuple[int, str, int, int], ...] = ()
    bare: tuple[_Filed, ...] = ()
    asked: int = 0
    more: Mapping[int, tuple[_Filed, ...]] = MappingProxyType({})

    def all(self) -> Iterable[_Filed]:
        return itertools.chain(self.bare, *self.more.values())


_LOOKS = re.compile(r"\{.*(?:\(\?[=!]|\$)")
MOST = 100_000  # words that are remembered, of
LONGEST = 100  # letters at most
Found = Mapping[int, tuple[Match, ...]]  # by finder
NOTHING = _Begun()


class _Index:
    """The patterns of all finders of one language."""

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns
        self.finders = 0
        self.state = object()  # another one with every finder: what was found before is looked for again
        self._by_word: dict[str, list[tuple[int, str, int, str]]] = {}
        self._by_stem: dict[str, list[tuple[int, str, int, str]]] = {}
        self._anywhere: list[tuple[int, str, int, str]] = []
        self._sizes: list[int] = []
        self._compiled: tuple[dict[str, re.Pattern[str]], dict[str, re.Pattern[str]]] = {}, {}  # without signs on letters, and with
        self._bits: dict[str, int] = {}  # beginnings of words that some pattern needs, with the bits of those needs
        self._longest = 0  # letters of such a beginning
        self._needs: dict[frozenset[str], int] = {}
        self._known: dict[str, tuple[int, bool]] = {}
        self._words: dict[str, _Begun] = {}
        self._met: dict[str, int] = {}  # the needs that a word meets
        self._looks_on: set[int] = set()  # finders with an expression that asks what follows: a shorter stretch may hold other matches

    def add(self, table: Iterable[tuple[str, Iterable[str]]]) -> int:
        """Files the rows of a finder; gives its number."""
        number = self.finders
        for rank, (tag, given) in enumerate(table):
            for pattern in itertools.chain.from_iterable(map(self.patterns.apart, given)):
                if _LOOKS.search(pattern):
                    self._looks_on.add(number)
                openers = self.patterns.openers(pattern)
                if openers is None:
                    self._anywhere.append((number, tag, rank, pattern))
                    continue
                for opener in openers[0]:
                    self._by_word.setdefault(opener, []).append((number, tag, rank, pattern))
                for stem in openers[1]:
                    self._by_stem.setdefault(stem, []).append((number, tag, rank, pattern))
        self.finders += 1
        self.state = object()
        self._sizes = sorted({len(stem) for stem in self._by_stem})
        self._words.clear()
        return number

    def expression(self, pattern: str, marked: bool) -> re.Pattern[str]:
        """Compiled when a text first has all the words that it needs: a large table costs nothing at the start."""
        compiled = self._compiled[marked]
        made = compiled.get(pattern)
        if made is None:
            made = compiled[pattern] = self.patterns.compile([pattern], marked)
        return made

    def _marked(self, text: str, start: int, end: int) -> bool:
        """Do signs stand on letters in this stretch?"""
        marks = self.patterns.marks
        return marks is not None and marks.search(text, start, end) is not None

    def _begun(self, word: str, folded: str, alone: bool = True) -> _Begun:
        """What a word can begin, as written and folded. `alone`: nothing touches it in the text that could belong to it."""
        filed = list(self._by_word.get(folded, ()))
        if folded[:1].isdecimal():
            filed += self._by_stem.get(DIGIT, ())
        for size in self._sizes:
            if size > len(folded):
                break
            stem = folded[:size]
            if stem in self._by_stem and self.patterns.goes_on(stem, word):
                filed += self._by_stem[stem]
        whole: dict[tuple[int, str, int], int] = {}
        more: dict[int, list[_Filed]] = {}
        for number, tag, rank, pattern in (*filed, *self._anywhere):
            needs, single = self._read(pattern)
            if not (single and alone):
                more.setdefault(needs & -needs, []).append(_Filed(number, tag, rank, pattern, needs))
            elif match := self.expression(pattern, self._marked(word, 0, len(word))).match(word):
                key = (number, tag, rank)
                whole[key] = max(match.end(), whole.get(key, 0))
        if not whole and not more:
            return NOTHING
        bare = tuple(more.pop(0, ()))
        return _Begun(
            tuple((*key, size) for key, size in whole.items()), bare, sum(more), {bit: tuple(under) for bit, under in more.items()}
        )

    def _read(self, pattern: str) -> tuple[int, bool]:
        """The bits of what a pattern needs behind its first word, and whether it stays within one word."""
        known = self._known.get(pattern)
        if known is None:
            needs = 0
            for words in self.patterns.needed(pattern):
                if words not in self._needs:
                    bit = self._needs[words] = 1 << len(self._needs)
                    for word in words:
                        self._bits[word] = self._bits.get(word, 0) | bit
                        self._longest = max(self._longest, len(word))
                    self._met.clear()
                needs |= self._needs[words]
            known = self._known[pattern] = needs, self.patterns.single(pattern)
        return known

    def _bits_of(self, folded: str) -> int:
        """The needs that a word meets, one bit each."""
        bits = 0
        for size in range(1, len(folded) + 1):
            bits |= self._bits.get(folded[:size], 0)
        return bits

    def scan(self, layout: Layout, start: int, end: int) -> Found:
        """What all finders find in a stretch, the longest of each row at each word."""
        text, tokens = layout.text, _inside(layout, start, end)
        begun = self._all_begun(text, tokens, "_" not in text[max(0, start - 1) : end + 1])
        found: dict[int, list[Match]] = {}
        marked = self._marked(text, start, end)
        follows, met = 0, self._met  # the needs that the words from here on meet
        for at in range(len(tokens) - 1, -1, -1):
            token = tokens[at]
            bits = met.get(token.folded)
            follows |= self._meets(token.folded) if bits is None else bits
            whole, bare, asked, more = begun[at]
            if not whole and not bare and not asked & follows:
                continue
            first = token.start
            best = {(number, tag, rank): first + size for number, tag, rank, size in whole}
            tried, left = list(bare), asked & follows
            while left:
                bit = left & -left
                tried += more[bit]
                left ^= bit
            for number, tag, rank, pattern, needs in tried:
                if needs & follows == needs:
                    match = self.expression(pattern, marked).match(text, first, end)
                    if match is not None:
                        best[(number, tag, rank)] = max(match.end(), best.get((number, tag, rank), 0))
            for (number, tag, rank), stop in best.items():
                found.setdefault(number, []).append(Match(tag, rank, first, stop))
        return {number: tuple(sorted(matches, key=_order)) for number, matches in found.items()}

    def _all_begun(self, text: str, tokens: Sequence[Token], alone: bool) -> list[_Begun]:
        words = self._words
        if len(words) > MOST:
            words.clear()
        out = []
        for token in tokens:
            touched = not alone and "_" in text[max(0, token.start - 1) : token.end + 1]
            key = token.text + "_" if touched else token.text
            known = words.get(key)
            if known is None:
                known = self._begun(token.text, token.folded, alone=not touched)
                if len(key) <= LONGEST:
                    words[key] = known
            out.append(known)
        return out

    def _meets(self, folded: str) -> int:
        """The needs that a word meets, one bit each."""
        if len(self._met) > MOST:
            self._met.clear()
        bits = 0
        for size in range(1, min(len(folded), self._longest) + 1):
            bits |= self._bits.get(folded[:size], 0)
        if len(folded) <= LONGEST:
            self._met[folded] = bits
        return bits

    def of_sentence(self, layout: Layout, sentence: Sentence) -> Found:
        """What all finders find in a whole sentence, looked for once."""
        key = (self.state, sentence.start, sentence.end)
        known: Found | None = layout.found.get(key)
        if known is None:
            known = layout.found[key] = self.scan(layout, sentence.start, sentence.end)
        return known

    def part(self, layout: Layout, matches: Iterable[Match], number: int, start: int, end: int) -> Iterable[Match]:
        """Of the matches of a finder in a sentence those that lie in a part of it; a longer one gives way to a shorter of its row."""
        for match in matches:
            if not start <= match.start < end:
                continue
            token = layout.tokens[bisect_left(layout.starts, match.start)]
            if token.end > end:
                continue
            if match.end <= end:
                yield match
            elif shorter := self._shorter(layout.text, token, (number, match.tag, match.rank), end):
                yield Match(match.tag, match.rank, match.start, shorter)

    def _shorter(self, text: str, token: Token, row: tuple[int, str, int], end: int) -> int:
        """Where the longest match of a row at a word ends, if it has to end by `end`; 0 where there is none."""
        tried = (f.pattern for f in self._begun(token.text, token.folded, alone=False).all() if f[:3] == row)
        marked = self._marked(text, token.start, end)
        ends = (match.end() for pattern in tried if (match := self.expression(pattern, marked).match(text, token.start, end)))
        return max(ends, default=0)

    def told_by_sentence(self, layout: Layout, number: int, sentence: Sentence, start: int, end: int) -> bool:
        """Does what stands in the sentence tell what stands in a part of it? Not where the part ends within a word."""
        if (start, end) == (sentence.start, sentence.end):
            return True
        inside = sentence.start <= start and end <= sentence.end and number not in self._looks_on
        return inside and not (_is_letter(layout.text[end - 1 : end]) and _is_letter(layout.text[end : end + 1]))


class Finder:
    """A table of tagged patterns of a language."""

    def __init__(self, patterns: Patterns, table: Iterable[tuple[str, Iterable[str]]]) -> None:
        if patterns.index is None:
            patterns.index = _Index(patterns)
        self._index: _Index = patterns.index
        self._number = self._index.add(table)

    def find(self, layout: Layout, start: int, end: int) -> tuple[Match, ...]:
        """Every match that lies in start:end, the longest of each row at each word, in text order."""
        whole: Found | None = layout.found.get((self._index.state, start, end))
        if whole is not None:
            return whole.get(self._number, ())
        known: tuple[Match, ...] | None = layout.found.get((self, start, end))
        if known is None:
            known = layout.found[(self, start, end)] = self._find(layout, start, end)
        return known

    def _find(self, layout: Layout, start: int, end: int) -> tuple[Match, ...]:
        index, number = self._index, self._number
        sentence = layout.sentence_at(start) if layout.sentences else None
        if sentence is None or not index.told_by_sentence(layout, number, sentence, start, end):
            return index.scan(layout, start, end).get(number, ())
        matches = index.of_sentence(layout, sentence).get(number, ())
        if (start, end) == (sentence.start, sentence.end) or not matches:
            return matches
        return tuple(sorted(index.part(layout, matches, number, start, end), key=_order))


def _order(match: Match) -> tuple[int, int, int]:
    return match.start, -match.end, match.rank


def _is_letter(sign: str) -> bool:
    return sign == "_" or sign.isalnum()


def _inside(layout: Layout, start: int, end: int) -> Sequence[Token]:
    """The words that lie in a stretch."""
    left = bisect_left(layout.starts, start)
    right = bisect_left(layout.starts, end, lo=left)
    return layout.tokens[left : right - 1 if right > left and layout.tokens[right - 1].end > end else right]

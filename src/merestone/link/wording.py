"""Texts as words in a row, and the runs of words that two of them have in common.

The law it keeps: what stands in a run is word for word the same in both texts, and the time grows with the texts alone,
whatever they repeat. Does not catch: words told apart by invisible signs, and scripts that put no blanks between words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

SHORTEST = 4  # words of the shortest run
SHINGLE = 6  # words of what is remembered of a text: four would be found in every other one
GAP = 6  # words that an edit may take the place of, in either text

_WORD = re.compile(r"\w+")
_PLAIN = {code: chr(code).lower() if _WORD.match(chr(code)) else " " for code in range(128)}


def words_of(text: str) -> list[str]:
    """Casefolded word by word: folded as a whole, some letters come apart into a letter and a sign between words."""
    if text.isascii():  # the same words, in a third of the time
        return text.translate(_PLAIN).split()
    found = _WORD.findall(text)
    return " ".join(found).casefold().split(" ") if found else []


def spans_of(text: str) -> list[tuple[int, int]]:
    """Where the words of `words_of` stand, as half-open spans of code points."""
    return [match.span() for match in _WORD.finditer(text)]


class Run(NamedTuple):
    """`length` words from word number `start` of the earlier text are those from `later_start` of the later one."""

    start: int
    later_start: int
    length: int


class Wording:
    """One text. Some words in a row stand for themselves by their hash: who compares hashes compares the words afterwards, so
    that neither a clash nor the seed of the hash changes a result."""

    def __init__(self, text: str) -> None:
        self.words = words_of(text)

    @cached_property
    def shingles(self) -> list[int]:
        words = self.words
        return list(map(hash, zip(words, words[1:], words[2:], words[3:], words[4:], words[5:], strict=False)))

    @cached_property
    def _starts(self) -> list[int]:
        words = self.words
        return list(map(hash, zip(words, words[1:], words[2:], words[3:], strict=False)))

    @cached_property
    def _first(self) -> dict[int, int]:
        return dict(zip(reversed(self._starts), range(len(self._starts) - 1, -1, -1), strict=True))

    @cached_property
    def figures(self) -> list[int]:
        """Where words stand that begin with 0 to 9."""
        return [place for place, word in enumerate(self.words) if word < ":"]

    def runs(self, later: Wording) -> list[Run]:
        """Runs of at least `SHORTEST` words, in the order of `later`; no word of `later` stands in two.

        Where something stands here twice, the first place is taken; the run is led back from there as well as on.
        """
        ours, theirs = self.words, later.words
        found, end = [], 0
        for at, place in enumerate(map(self._first.get, later._starts)):
            if place is None or at < end:
                continue
            ahead, begin = place - at, at
            while begin > end and begin + ahead > 0 and ours[begin + ahead - 1] == theirs[begin - 1]:
                begin -= 1
            length = self._length(later, begin + ahead, begin)
            if length >= SHORTEST:
                found.append(Run(begin + ahead, begin, length))
                end = begin + length
        return found

    def longest(self, later: Wording, places: Iterable[int], enough: int) -> int:
        """The longest run that holds one of the shingles of `later` at `places`, or the first that is long enough."""
        longest = 0
        for place in places:
            longest = max(longest, self._around(later, place))
            if longest >= enough:
                break
        return longest

    def _around(self, later: Wording, at: int) -> int:
        """The length of the run with that shingle, at the first place where it stands here; 0 if nowhere."""
        ours, theirs = self.words, later.words
        shingle = theirs[at : at + SHINGLE]
        place = -1
        try:
            while ours[place : place + SHINGLE] != shingle:
                place = ours.index(shingle[0], place + 1)
        except ValueError:
            return 0
        before = 0
        while before < min(place, at) and ours[place - before - 1] == theirs[at - before - 1]:
            before += 1
        return before + self._length(later, place, at)

    def _length(self, later: Wording, place: int, at: int) -> int:
        """How many words are the same from here on."""
        ours, theirs = self.words, later.words
        most, step, length = min(len(ours) - place, len(theirs) - at), 16, 0
        while length < most:
            if ours[place + length : place + length + step] == theirs[at + length : at + length + step]:
                length = min(most, length + step)
                step *= 2
            elif step > 1:
                step = max(1, step // 4)
            else:
                break
        return length


def kept(earlier: Wording, later: Wording, runs: Sequence[Run]) -> tuple[int, int]:
    """Figures that both texts have in the runs, and others between the runs, in the text that has fewer there."""
    again = 0
    for run, after in pairwise(runs):  # of two gaps of one length, what stands at the same place
        ours, theirs = run.start + run.length, run.later_start + run.length
        gap = after.later_start - theirs
        if 0 < gap <= GAP and after.start - ours == gap:
            pairs = zip(earlier.words[ours : after.start], later.words[theirs : after.later_start], strict=True)
            again += sum(a == b and a < ":" for a, b in pairs)
    same, there = _within(later.figures, [(run.later_start, run.length) for run in runs])
    here = _within(earlier.figures, sorted((run.start, run.length) for run in runs))[1]
    return same + again, max(0, min(here, there) - again)


def _within(figures: Sequence[int], stretches: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How many figures stand in the stretches, and how many between the first and the last of them."""
    inside, at = 0, 0
    for start, length in stretches:
        at = bisect_left(figures, start, at)
        after = bisect_left(figures, start + length, at)
        inside, at = inside + after - at, after
    begin = bisect_left(figures, stretches[0][0])
    return inside, at - begin - inside


def extent(stretches: Iterable[tuple[int, int]]) -> int:
    """Words in stretches that may overlap."""
    words, end = 0, 0
    for start, length in sorted(stretches):
        words += max(0, start + length - max(start, end))
        end = max(end, start + length)
    return words

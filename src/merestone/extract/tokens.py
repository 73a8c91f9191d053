"""Words, sentences and paragraphs of a text, by their offsets in the text as it was given.

Nothing is normalised in place: what is folded for comparison stands beside the span that it came from (law 1).
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple, Protocol, TypeVar

from merestone.capture.names import fold

MARKS = "՛՜՞"  # signs that some scripts set on a letter inside a word
WORD = re.compile(rf"[^\W_]+(?:['’ʼ`´{MARKS}]+[^\W_]+)*")
_UNMARKED = dict.fromkeys(map(ord, MARKS))
_PARAGRAPH = re.compile(r"[^\n\r]+")
_END = re.compile(r"[.!?…։:;]+[\"”»’')\]]*(?=\s|$)|[.!?](?=\[\d+\])(?:\[\d+\])+")
_INK = re.compile(r"\S")
LONGEST = 200  # words of a sentence; what runs on without a stop is cut, so that reading stays linear
WRAPPED = 30  # characters: a shorter line stands alone
_CLOSED = '.!?…:;։"”»'
_BULLET = re.compile(r"^\s*(?:[•·▪◦‣*–—-]|\(?\d{1,2}[.)])\s+")


_starts = attrgetter("start")


class Spanned(Protocol):
    """Anything that stands at a place in the text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=Spanned)


def starting(spans: Sequence[S], start: int, end: int) -> Sequence[S]:
    """Of spans in text order, those that start in start:end. What a sentence asks of a text costs no more for a longer text."""
    left = bisect_left(spans, start, key=_starts)
    return spans[left : bisect_left(spans, end, lo=left, key=_starts)]


def lying(spans: Sequence[S], start: int, end: int) -> list[S]:
    """Of spans in text order, those that lie wholly in start:end."""
    return [each for each in starting(spans, start, end) if each.end <= end]


class Token(NamedTuple):
    """A word: where it stands, as written, and folded. There are many: a named tuple is made three times as fast as a frozen class."""

    start: int
    end: int
    text: str
    folded: str


_token = functools.partial(tuple.__new__, Token)  # of four values


class Sentence(NamedTuple):
    """`first:last` are token indices; `paragraph` and `index` count from 0; `line` says that it has no final stop and stands alone."""

    start: int
    end: int
    first: int
    last: int
    paragraph: int
    index: int  # type: ignore[assignment]  # hides a method of tuples that nobody asks of a sentence
    line: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """The text cut up. `sentences` cover every token once.

    `found` remembers what a finder has found in the text, so that nobody looks twice; it is no part of the value.
    """

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    paragraphs: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]
    openings: tuple[int, ...]  # where the sentences start
    found: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def within(self, start: int, end: int) -> Sequence[Token]:
        """The tokens that lie wholly in start:end."""
        left = bisect_left(self.starts, start)
        right = bisect_right(self.starts, end - 1)
        while right > left and self.tokens[right - 1].end > end:
            right -= 1
        return self.tokens[left:right]

    def steps(self, start: int, end: int) -> int:
        """How many words stand between two places, a name of several capitalised words counted once.

        Distances are told in words and not in characters, so that no name is nearer for being short.
        """
        count, named = 0, False
        for token in self.within(min(start, end), max(start, end)):
            capital = token.text[:1].isupper()
            count += not (capital and named)
            named = capital
        return count

    def before(self, position: int, floor: int, most: int) -> Sequence[Token]:
        """The last `most` words in floor:position."""
        return self.within(floor, position)[-most:] if floor < position else ()

    def sentence_at(self, position: int) -> Sentence:
        return self.sentences[(bisect_right(self.openings, position) or 1) - 1]


def _sentence_spans(text: str, start: int, end: int, abbreviations: frozenset[str], stops: str) -> list[tuple[int, int]]:
    spans = []
    begin = start
    for match in _END.finditer(text, start, end):
        mark = match.group()
        if mark[0] in ":;" and mark[0] not in stops:
            continue  # clauses, not sentences
        if mark.startswith(".") and _is_abbreviation(text, start, match.start(), abbreviations):
            continue
        rest = _INK.search(text, match.end(), end)
        if rest and mark[0] in ".…" and rest.group().islower():
            continue
        spans.append((begin, match.end()))
        begin = match.end()
    if text[begin:end].strip():
        spans.append((begin, end))
    return spans


def _is_abbreviation(text: str, floor: int, dot: int, abbreviations: frozenset[str]) -> bool:
    begin = dot
    while begin > floor and (text[begin - 1].isalnum() or text[begin - 1] == "."):
        begin -= 1
    word = text[begin:dot]
    if not word:
        return False
    if len(word) == 1 and word.isalpha() and word.isupper():
        return True  # an initial
    return fold(word) in abbreviations


def _paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Lines, joined where a text is wrapped: a line reads on in the next if that begins small, or if it ends in a comma or a small word
    (not the first line: a headline may). A list of names, one a line, stays a list."""
    out: list[tuple[int, int]] = []
    last = (0, 0)  # the line before
    for match in _PARAGRAPH.finditer(text):
        line = match.group().strip()
        if not line:
            continue
        first = len(out) == 1 and text.find("\n", *out[0]) < 0
        if out and _reads_on(text[last[0] : last[1]], text[last[1] : match.start()], line, first):
            out[-1] = (out[-1][0], match.end())
        else:
            out.append(match.span())
        last = match.span()
    return out


def _reads_on(before: str, gap: str, line: str, first: bool) -> bool:
    last = before.splitlines()[-1].rstrip()
    if gap.count("\n") > 1 or len(last) < WRAPPED or _BULLET.match(line):
        return False
    words = WORD.findall(last)
    open_ended = last[-1] == "," or (words and words[-1][0].islower() and last[-1] not in _CLOSED and not first)
    return line[0].islower() or bool(open_ended)


@functools.lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    return fold(word.translate(_UNMARKED))


def layout(text: str, abbreviations: frozenset[str], stops: str = "") -> Layout:
    """Cut `text` into paragraphs (lines), sentences and words. `abbreviations` are case-folded, without their stop; `stops` are
    marks that end a sentence in the language and only a clause in others."""
    spans = [match.span() for match in WORD.finditer(text)]
    words = [text[start:end] for start, end in spans]
    starts = tuple([start for start, _ in spans])
    tokens = tuple(map(_token, zip(starts, [end for _, end in spans], words, map(_folded, words), strict=True)))
    sentences: list[Sentence] = []
    paragraphs: list[tuple[int, int]] = []
    for opening, closing in _paragraph_spans(text):
        number = len(paragraphs)
        paragraphs.append((opening, closing))
        bullet = _BULLET.match(text[opening:closing])
        begin = opening + (bullet.end() if bullet else 0)
        bare = len(text[begin:closing].strip())
        for left, right in _sentence_spans(text, begin, closing, abbreviations, stops):
            start = right - len(text[left:right].lstrip())
            end = start + len(text[start:right].rstrip())
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            if first == last:
                continue
            alone = bare == end - start
            line = alone and text[end - 1] not in _CLOSED
            for a in range(first, last, LONGEST):
                b = min(a + LONGEST, last)
                piece = (start if a == first else tokens[a].start, end if b == last else tokens[b].start)
                sentences.append(Sentence(*piece, a, b, number, len(sentences), line))
    return Layout(text, tokens, tuple(sentences), tuple(paragraphs), starts, tuple(s.start for s in sentences))

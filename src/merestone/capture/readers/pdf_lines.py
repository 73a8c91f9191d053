"""How the lines of printed pages read on: which continue a sentence, which hyphens are the typesetter's, which lines only run along.

Geometry decides, not language: a line continues the one before when its first word would not have fitted there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from merestone.capture.language import raw_tables

Box = tuple[float, float, float, float]
_BULLET = re.compile(r"(?:[•–—▪●◦*-]|\(?\d{1,2}[.)]|\(?[a-z][)])\Z")
_ENDED = re.compile(r"[.!?:;։…][\"”»')]*\Z")
_COLUMN = 20.0  # lines that begin within two such steps of each other stand in one column
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """`hyphen`: the line ended in one, which the words no longer hold. `measure`: how far to the right its column reaches."""

    page: int
    words: tuple[Word, ...]
    hyphen: bool
    left: float
    right: float
    bottom: float
    height: float
    measure: float = 0.0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def line_of(page: int, words: tuple[Word, ...], *, hyphen: bool = False) -> Line:
    """A line and its extent."""
    bottom = min(word.box[1] for word in words)
    height = max(word.box[3] - word.box[1] for word in words)
    return Line(page, words, hyphen, words[0].box[0], words[-1].box[2], bottom, height)


def flowed(pages: Sequence[Sequence[Line]]) -> tuple[list[Line], int]:
    """All lines in reading order with their measures, without page numbers and running heads; and how many of those there were."""
    running = _running(pages)
    kept: list[Line] = []
    left_out = 0
    for lines in pages:
        rest = [line for at, line in enumerate(lines) if not (_edge(at, len(lines)) and _shape(line) in running)]
        left_out += len(lines) - len(rest)
        reach: dict[int, float] = {}
        for line in rest:
            column = round(line.left / _COLUMN)
            reach[column] = max(reach.get(column, 0.0), line.right)
        for line in rest:
            column = round(line.left / _COLUMN)
            measure = max(reach.get(near, 0.0) for near in range(column - 2, column + 3))
            kept.append(replace(line, measure=measure))
    return kept, left_out


def joint(before: Line, line: Line, words: AbstractSet[str]) -> str:
    """What stands between two lines: nothing or a hyphen inside a word, a space inside a paragraph, else a line break.

    `words`: all words of the document in lower case. They tell a compound from a word that was broken.
    """
    if before.hyphen:
        return _hyphen(before.words[-1].text, line.words[0].text, words)
    return " " if _reads_on(before, line) else "\n"


def _reads_on(before: Line, line: Line) -> bool:
    first = line.words[0]
    if _BULLET.match(first.text) or not 0.8 <= line.height / max(before.height, 0.1) <= 1.25:
        return False
    if before.page == line.page:
        step = before.bottom - line.bottom
        if not 0 < step <= 1.7 * before.height:
            return False
    width = first.box[2] - first.box[0]
    if not _ENDED.search(before.words[-1].text) and (first.text[0].islower() or first.text[0].isdigit()):
        return before.right - before.left >= 0.7 * (before.measure - before.left)  # broken by count, not by width
    return before.right + width + 0.15 * before.height > before.measure * 0.995


def _hyphen(left: str, right: str, words: AbstractSet[str]) -> str:
    """Broken by the typesetter, unless the document, a number, a capital or a usual first half of a compound says otherwise."""
    head = re.split(r"[^\w]", left.lower())[-1]
    tail = re.split(r"[^\w]", right.lower())[0]
    if f"{head}-{tail}" in words or not right[:1].islower() or not head.isalpha():
        return "-"
    if head + tail in words:
        return ""
    return "-" if head in raw_tables()["compound_starts"] else ""


def _edge(at: int, count: int) -> bool:
    return at < 2 or at >= count - 2


def _shape(line: Line) -> tuple[str, int]:
    """What makes two lines of different pages the same: words and height on the page. Only short ones may differ in their numbers."""
    text = line.text
    return _NUMBER.sub("#", text) if len(text) <= 40 else text, round(line.bottom / 3)


def _running(pages: Sequence[Sequence[Line]]) -> frozenset[tuple[str, int]]:
    """Shapes of lines at the edge of most pages: heads, feet, page numbers."""
    if len(pages) < 2:
        return frozenset()
    seen = Counter(shape for lines in pages for shape in {_shape(line) for at, line in enumerate(lines) if _edge(at, len(lines))})
    needed = max(3, 0.6 * len(pages))
    bare = {shape for shape, count in seen.items() if count >= 2 and re.fullmatch(r"\W*#\W*(?:[^\W\d_]{0,4}\W*#\W*)?", shape[0])}
    return frozenset(shape for shape, count in seen.items() if count >= needed) | frozenset(bare)

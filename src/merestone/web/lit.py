"""A text with stretches of it lit: which words stand in which marks, in an order that a page can write down one after the other.

The law it keeps: no character is lost, doubled or moved, and what stands in a mark is exactly what the mark spans. Marks may lie
within each other and across each other; what lies across is written in parts, the first of which bears its name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from merestone.report.page import segments

OPEN, CLOSE, WORDS = "open", "close", "words"
_TURNING = "\u202a-\u202e\u2066-\u2069"  # they turn round what follows them, as far as they are let
_UNSEEN = "\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff"  # without joiners, which shape the letters beside them
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # those that no page can hold
_ODD = re.compile(f"([{_TURNING}{_UNSEEN}{_CONTROL}])")
_SOFT = 60  # code points within which a portion is cut at white space


@dataclass(frozen=True, slots=True)
class Mark:
    """Code points `start:end` of a text, half-open. `id` names the mark in its page, `of` what it is a mark of, `kind` how it looks."""

    id: str
    start: int
    end: int
    of: str
    kind: str = "claim"


@dataclass(frozen=True, slots=True)
class Step:
    """Opens or closes a mark, or holds words that begin at `at`. `whole`: the mark begins here, or nothing more of it follows."""

    what: str
    mark: Mark | None = None
    whole: bool = False
    text: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A portion of a text, lit. `skipped` counts the code points before it that are not shown."""

    start: int
    end: int
    skipped: int
    steps: tuple[Step, ...]


def lit(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> tuple[Step, ...]:
    """The words `start:end` with every mark that touches them, well nested. Of two marks of the same words the first is the inner one."""
    stop = len(text) if end is None else end
    waiting = sorted(
        ((max(mark.start, start), min(mark.end, stop), number, mark) for number, mark in enumerate(marks)),
        key=lambda each: (each[0], -each[1], -each[2]),
    )
    waiting = [each for each in waiting if each[0] < each[1]]
    cuts = sorted({start, stop, *(at for low, high, _, _ in waiting for at in (low, high))}) if start < stop else []
    out: list[Step] = []
    within: list[tuple[int, Mark]] = []
    following = 0
    for number, at in enumerate(cuts):
        _close(out, within, at)
        while following < len(waiting) and waiting[following][0] == at:
            _, high, _, mark = waiting[following]
            out.append(Step(OPEN, mark, mark.start == at))
            within.append((high, mark))
            following += 1
        if number + 1 < len(cuts):
            out.append(Step(WORDS, None, False, text[at : cuts[number + 1]], at))
    return tuple(out)


def _close(out: list[Step], within: list[tuple[int, Mark]], at: int) -> None:
    """Closes what ends at `at`; what lies across it is closed with it and opened again."""
    again: list[tuple[int, Mark]] = []
    while any(high <= at for high, _ in within):
        high, mark = within.pop()
        out.append(Step(CLOSE, mark, high <= at))
        if high > at:
            again.append((high, mark))
    for high, mark in reversed(again):
        out.append(Step(OPEN, mark, False))
        within.append((high, mark))


def stretches(text: str, marks: Sequence[Mark], most: int, around: int) -> tuple[Stretch, ...]:
    """The whole text if it has at most `most` code points, else what stands around the marks, the first ones first, as far as that goes."""
    if len(text) <= most:
        return (Stretch(0, len(text), 0, lit(text, marks)),)
    windows: list[tuple[int, int]] = []
    spent = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        low, high = _low(text, mark.start - around), _high(text, min(mark.end, mark.start + most // 4) + around)
        last = windows[-1][1] if windows else 0
        new = max(0, high - max(low, last))
        if spent + new > most:
            break
        spent += new
        if windows and low <= last:
            windows[-1] = (windows[-1][0], max(last, high))
        else:
            windows.append((low, high))
    if not windows:
        windows.append((0, _high(text, most)))
    return _at(text, marks, windows)


def portion(text: str, marks: Sequence[Mark], start: int, most: int) -> Stretch:
    """About `most` code points from about `start` on."""
    begin = min(start, max(0, len(text) - 1))
    return _at(text, marks, [(_low(text, begin), _high(text, begin + most))])[0]


def _at(text: str, marks: Sequence[Mark], windows: Sequence[tuple[int, int]]) -> tuple[Stretch, ...]:
    out, done = [], 0
    for low, high in windows:
        out.append(Stretch(low, high, low - done, lit(text, [mark for mark in marks if mark.start < high and mark.end > low], low, high)))
        done = high
    return tuple(out)


def _low(text: str, at: int) -> int:
    """`at`, or a little before it where a word begins."""
    for near in range(max(0, at), max(0, at - _SOFT), -1):
        if text[near - 1].isspace():
            return near
    return max(0, at)


def _high(text: str, at: int) -> int:
    for near in range(min(len(text), at), min(len(text), at + _SOFT)):
        if text[near].isspace():
            return near
    return min(len(text), at)


def pieces(words: str, at: int = 0, persons: Iterable[tuple[int, int]] = ()) -> list[tuple[str, str, str]]:
    """Words in pieces of one look each: class, words, what is to be said of them. Characters that nobody sees are named, and those that
    would turn the words after them round are kept apart (class `turning`), so that a line reads in the order in which it was written."""
    out: list[tuple[str, str, str]] = []
    for look, piece in segments(words, at, persons):
        for part in _ODD.split(piece):
            if _ODD.fullmatch(part):
                out.append(("turning" if re.match(f"[{_TURNING}]", part) else "unseen", part, _named(part)))
            elif part:
                out.append((look, part, ""))
    return out


def _named(point: str) -> str:
    return f"U+{ord(point):04X} {unicodedata.name(point, 'control character')}"

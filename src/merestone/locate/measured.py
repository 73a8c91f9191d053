"""Distances and directions in the words about a name: "3–5 km north-west of", "on a bearing of 240", "X-dan 3 km şimalda".

The words are data (`packs/names`); what stands in front of a name is read backwards from it, what stands behind it forwards. A word that
is none of these ends it, so that a number which belongs to something else moves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from merestone.capture.names import fold, stems
from merestone.locate.place_words import PlaceWords

_WORD = re.compile(r"\d+(?:[.,]\d+)?|°|[^\W\d_]+")
_EXACT_ANGLE = 5.0  # degrees to each side of a bearing that is said in figures
_MOST = 14  # words that are looked at


@dataclass(frozen=True, slots=True)
class Measured:
    """`metres` with `give` to each side, and a course with `half_angle` to each side; None where the words do not say. `start:end` in the text."""

    metres: float | None
    give: float
    bearing: float | None
    half_angle: float
    start: int
    end: int


@dataclass(slots=True)
class _Words:
    """The words in the order in which they are read, from the name outwards."""

    spans: list[tuple[int, int]]
    folded: list[str]
    backwards: bool
    words: PlaceWords
    at: int = 0

    def here(self) -> str:
        return self.folded[self.at] if self.at < len(self.folded) else ""

    def skip(self, *sorts: frozenset[str]) -> bool:
        """Passes by words of these sorts; whether there were any."""
        first = self.at
        while self.here() and any(form in sort for sort in sorts for form in stems(self.here(), self.words.language)):
            self.at += 1
        return self.at > first


def before_name(text: str, floor: int, start: int, words: PlaceWords) -> Measured | None:
    """What is said in text[floor:start], right in front of a name."""
    spans = [found.span() for found in _WORD.finditer(text, floor, start)][-_MOST:][::-1]
    read = _Words(spans, [fold(text[a:b]) for a, b in spans], backwards=True, words=words)
    read.skip(words.level_words)
    joined = read.skip(words.of)
    read.skip(words.of, words.about, words.level_words)
    found = _measured(read, joined=joined)
    return found if found is None or joined or found.bearing is not None else None


def behind_name(text: str, end: int, ceiling: int, words: PlaceWords) -> Measured | None:
    """What is said in text[end:ceiling], right behind a name whose form, or that of the word of sort behind it, says "from"."""
    if not words.from_endings:
        return None
    spans = [found.span() for found in _WORD.finditer(text, end, ceiling)][:_MOST]
    folded = [fold(text[a:b]) for a, b in spans]
    last = fold(text[:end].rpartition(" ")[2])
    read = _Words(spans, folded, backwards=False, words=words)
    while read.skip(words.level_words):
        last = folded[read.at - 1]
    if not last.endswith(words.from_endings):
        return None
    read.skip(words.about, words.of)
    return _measured(read, joined=True)


def _measured(read: _Words, *, joined: bool) -> Measured | None:
    """A course, a distance or both, in either order."""
    first = read.at
    course, length = _course(read), None
    middle = read.at
    read.skip(read.words.of, read.words.about)
    length = _length(read)
    if length is None:
        read.at = middle
    elif course is None:
        middle = read.at
        read.skip(read.words.of, read.words.about)
        course = _course(read)
        if course is None:
            read.at = middle
    if (course is None and length is None) or (course is None and not joined):
        return None
    used = read.spans[first : read.at]
    bearing, angle = course if course is not None else (None, 0.0)
    metres, give = length if length is not None else (None, 0.0)
    return Measured(metres, give, bearing, angle, min(a for a, _ in used), max(b for _, b in used))


def _course(read: _Words) -> tuple[float, float] | None:
    """Degrees, and how far they may be off: a word of the eight-point rose stands for 22.5° to each side, one of the sixteen for half of it."""
    azimuth = _azimuth(read)
    if azimuth is not None:
        return azimuth, _EXACT_ANGLE
    for size in (3, 2, 1):
        run = read.folded[read.at : read.at + size]
        if len(run) < size:
            continue
        bearing = _rose(run[::-1] if read.backwards else run, read.words)
        if bearing is not None:
            read.at += size
            return bearing, 22.5 if bearing % 45 == 0 else 11.25
    return None


def _rose(run: Sequence[str], words: PlaceWords) -> float | None:
    before = "".join(f"{word} " for word in run[:-1])
    return next((found for form in stems(run[-1], words.language) if (found := words.bearings.get(before + form)) is not None), None)


def _azimuth(read: _Words) -> float | None:
    """ "bearing 240", "azimuth of 240 degrees", read from either end."""
    words, first = read.words, read.at
    sorts = (words.degrees, words.azimuth) if read.backwards else (words.azimuth, words.degrees)
    begun = read.skip(sorts[0])
    read.skip(words.of, words.about)
    degrees = _number(read.here(), words)
    if degrees is not None and 0 <= degrees <= 360:
        read.at += 1
        read.skip(words.of, words.about)
        ended = read.skip(sorts[1])
        if ended if read.backwards else begun:
            return degrees % 360
    read.at = first
    return None


def _length(read: _Words) -> tuple[float, float] | None:
    """Metres, and what they may be off by as they are said: "3–5 km", "several kilometres"."""
    first = read.at
    unit = _unit(read) if read.backwards else None
    lowest, highest = _numbers(read)
    if lowest is not None and highest is not None:
        read.skip(read.words.about) if not read.backwards else None
        unit = unit if read.backwards else _unit(read)
        if unit is not None:
            low, high = sorted((lowest * unit, highest * unit))
            return (low + high) / 2, (high - low) / 2
    read.at = first
    return None


def _unit(read: _Words) -> float | None:
    found = next((size for form in stems(read.here(), read.words.language) if (size := read.words.units.get(form)) is not None), None)
    read.at += found is not None
    return found


def _numbers(read: _Words) -> tuple[float | None, float | None]:
    """A number, or two of a range; a word for some of them is a range too."""
    words = read.words
    for size in (2, 1):
        run = read.folded[read.at : read.at + size]
        vague = words.several.get(" ".join(run[::-1] if read.backwards else run))
        if vague is not None:
            read.at += size
            return vague
    first = _number(read.here(), words)
    if first is None:
        return None, None
    read.at += 1
    back = read.at
    read.skip(words.to)
    second = _number(read.here(), words)
    if second is None or (second > first if read.backwards else second < first):
        read.at = back
        return first, first
    read.at += 1
    return first, second


def _number(word: str, words: PlaceWords) -> float | None:
    if word[:1].isdecimal():
        try:
            return float(word.replace(",", "."))
        except ValueError:
            return None
    return next((found for form in stems(word, words.language) if (found := words.numbers.get(form)) is not None), None) if word else None

"""What the words about a mention say of the place: its sort ("village of X"), and a distance and direction from it.

Reads the text, never the pack: which place is meant is decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from merestone.capture.names import fold
from merestone.extract.terms import PlaceMention
from merestone.locate.place_words import PlaceWords

LEVELS = ("settlement", "district", "region", "border_section", "country", "feature")
_WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")
_RUN = re.compile(r"(?:[^\W\d_]+\s+){1,3}$")
_BEFORE = 80  # characters that are looked at in front of a name
_END = re.compile(r"[.;:!?\n](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Wording:
    """`name` without words of sort; `level` "" when no word says it; `metres` and `bearing` of an offset, None when none is said.

    `half_angle`: how far the compass word may be off to each side. `words`: the words of the offset, as written.
    """

    name: str
    level: str
    metres: float | None = None
    bearing: float | None = None
    half_angle: float = 0.0
    words: str = ""


def wording(mention: PlaceMention, text: str, words: PlaceWords) -> Wording:
    name, level = _bare(mention.text, words)
    start = mention.start if text[mention.start : mention.end] == mention.text else 0
    before = _END.split(text[max(0, start - _BEFORE) : start])[-1] if start else ""
    hint = mention.level_hint if mention.level_hint in LEVELS else words.levels.get(fold(mention.level_hint), "")
    level = hint or level or _level_before(before, words) or (_level_behind(text[mention.end : mention.end + 30], words) if start else "")
    if mention.distance_km is not None:
        bearing = words.bearings.get(fold(mention.bearing))
        said = f"{mention.distance_km:g} km {mention.bearing}".strip()
        return Wording(name, level, mention.distance_km * 1000.0, bearing, _half_angle(bearing), said)
    return _offset(name, level, before, words)


def _bare(text: str, words: PlaceWords) -> tuple[str, str]:
    """The name without a word of sort at either end, and the level that the word says."""
    pieces = text.split()
    for at, rest in ((0, pieces[1:]), (-1, pieces[:-1])):
        level = words.levels.get(fold(pieces[at]), "") if len(pieces) > 1 else ""
        if level:
            skipped = 1 if at == 0 and rest and fold(rest[0]) in words.of else 0
            return " ".join(rest[skipped:]), level
    return text, ""


def _level_before(before: str, words: PlaceWords) -> str:
    """ "the village of X", "Lake X": the word right in front, or in front of "of"; nothing but spaces in between."""
    found = _RUN.search(before)
    pieces = [fold(each) for each in found[0].split()] if found else []
    joined = False
    while pieces and pieces[-1] in words.of:
        pieces.pop()
        joined = True
    level = words.levels.get(pieces[-1], "") if pieces else ""
    return level if joined or level in words.before else ""


def _level_behind(behind: str, words: PlaceWords) -> str:
    found = re.match(r"\s+([^\W\d_]+)", behind)
    level = words.levels.get(fold(found[1]), "") if found else ""
    return level if level in words.behind else ""


def _half_angle(bearing: float | None) -> float:
    """A word of the eight-point rose stands for 22.5° to each side, one of the sixteen-point rose for half of it."""
    if bearing is None:
        return 0.0
    return 22.5 if bearing % 45 == 0 else 11.25


def _offset(name: str, level: str, before: str, words: PlaceWords) -> Wording:
    """ "3 km north-east of", "about 500 metres from": read backwards from the name; anything else in between ends it."""
    spans = list(_WORD.finditer(before))
    found = [fold(each[0]) for each in spans]
    at = len(found)
    while at and (found[at - 1] in words.of or found[at - 1] in words.levels):
        at -= 1
    bearing, used = _bearing_ending(found[:at], words)
    joined = bool(set(found[at:]) & words.of)
    at -= used
    while at and found[at - 1] in words.of:
        at -= 1
    if at < 2 or found[at - 1] not in words.units or not (joined or bearing is not None):
        return Wording(name, level)
    try:
        number = float(found[at - 2].replace(",", "."))
    except ValueError:
        return Wording(name, level)
    said = before[spans[at - 2].start() :].strip()
    return Wording(name, level, number * words.units[found[at - 1]], bearing, _half_angle(bearing), said)


def _bearing_ending(found: list[str], words: PlaceWords) -> tuple[float | None, int]:
    for size in (3, 2, 1):
        if len(found) >= size and (bearing := words.bearings.get(" ".join(found[-size:]))) is not None:
            return bearing, size
    return None, 0

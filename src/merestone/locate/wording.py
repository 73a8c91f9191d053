"""What the words about a mention say of the place: its sort ("village of X"), and a distance and direction from it.

Reads the text, never the pack: which place is meant is decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from merestone.capture.names import fold
from merestone.extract.terms import PlaceMention
from merestone.locate.measured import before_name, behind_name
from merestone.locate.place_words import PlaceWords

LEVELS = ("settlement", "district", "region", "border_section", "country", "feature")
_RUN = re.compile(r"(?:[^\W\d_]+\s+){1,3}$")
_BEFORE = 80  # characters that are looked at in front of a name
_BEHIND = 60  # and behind it
_END = re.compile(r"[.;:!?\n](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Wording:
    """`name` without words of sort; `level` "" when no word says it; `metres` and `bearing` of an offset, None when none is said.

    `give`: what the distance may be off by as it is said. `half_angle`: how far the compass word may be off to each side. `words`: the words
    of the offset, as written.
    """

    name: str
    level: str
    metres: float | None = None
    bearing: float | None = None
    half_angle: float = 0.0
    words: str = ""
    give: float = 0.0


def wording(mention: PlaceMention, text: str, words: PlaceWords) -> Wording:
    name, level = _bare(mention.text, words)
    here = text[mention.start : mention.end] == mention.text
    start = mention.start if here else 0
    before = _END.split(text[max(0, start - _BEFORE) : start])[-1] if start else ""
    hint = mention.level_hint if mention.level_hint in LEVELS else words.levels.get(fold(mention.level_hint), "")
    behind = _END.split(text[mention.end : mention.end + _BEHIND], maxsplit=1)[0] if here else ""
    level = hint or level or _level_before(before, words) or _level_behind(behind, words)
    if mention.distance_km is not None:
        bearing = words.bearings.get(fold(mention.bearing))
        said = f"{mention.distance_km:g} km {mention.bearing}".strip()
        return Wording(name, level, mention.distance_km * 1000.0, bearing, _half_angle(bearing), said)
    if not level and _toward(before, words):
        level = "border_section"  # a direction is an area
    found = before_name(text, start - len(before), start, words) if before else None
    found = found or (behind_name(text, mention.end, mention.end + len(behind), words) if behind else None)
    if found is None:
        return Wording(name, level)
    said = text[found.start : mention.start].strip() if found.start < mention.start else text[found.start : found.end]
    return Wording(name, level, found.metres, found.bearing, found.half_angle, said, found.give)


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


def _toward(before: str, words: PlaceWords) -> bool:
    """ "in the direction of X", with or without words of sort in between."""
    told = fold(before)
    while words.toward:
        if told.endswith(words.toward):
            return True
        rest, _, last = told.rpartition(" ")
        if last not in words.of and last not in words.level_words:
            return False
        told = rest
    return False


def _half_angle(bearing: float | None) -> float:
    return 0.0 if bearing is None else 22.5 if bearing % 45 == 0 else 11.25

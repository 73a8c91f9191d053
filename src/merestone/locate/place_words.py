"""The words that stand about a place in a language: village, district, km, north-east of. Data in `packs/names`, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from merestone.capture.names import fold

_TABLES = Path(__file__).resolve().parent.parent / "packs" / "names"


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """All keys folded. `levels`: word to level; `bearings`: compass words to degrees; `units`: word to metres.

    `before` and `behind`: the levels whose words may stand in front of a name, or behind it, without "of". `several`: a word to the range
    that it stands for. `from_endings`: of a name behind which its distance stands. `toward`: what makes an area of a name behind it.
    `between_behind`, `roads`, `halfway`: what makes one area of two names. `twins`: "upper", "new": what tells namesakes apart.
    """

    language: str
    levels: Mapping[str, str]
    level_words: frozenset[str]
    before: frozenset[str]
    behind: frozenset[str]
    bearings: Mapping[str, float]
    units: Mapping[str, float]
    numbers: Mapping[str, float]
    several: Mapping[str, tuple[float, float]]
    of: frozenset[str]
    about: frozenset[str]
    to: frozenset[str]
    azimuth: frozenset[str]
    degrees: frozenset[str]
    from_endings: tuple[str, ...]
    toward: tuple[str, ...]
    between: frozenset[str]
    between_behind: frozenset[str]
    halfway: frozenset[str]
    roads: frozenset[str]
    joins: frozenset[str]
    twins: frozenset[str]


@lru_cache(maxsize=32)
def place_words(language: str) -> PlaceWords:
    """The words of `language`; none where there is no table."""
    path = _TABLES / f"{language}.yaml"
    known = language.isalnum() and path.is_file()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader) if known else {}  # noqa: S506 - a safe loader
    levels = {fold(str(word)): level for level, words in (raw.get("levels") or {}).items() for word in words}
    return PlaceWords(
        language=language,
        levels=levels,
        level_words=frozenset(levels),
        before=frozenset(raw.get("level_before") or []),
        behind=frozenset(raw.get("level_behind") or []),
        bearings=_numbers(raw, "bearings"),
        units=_numbers(raw, "units"),
        numbers=_numbers(raw, "numbers"),
        several={fold(str(word)): (float(pair[0]), float(pair[1])) for word, pair in (raw.get("several") or {}).items()},
        of=_words(raw, "of"),
        about=_words(raw, "about"),
        to=_words(raw, "to"),
        azimuth=_words(raw, "azimuth"),
        degrees=_words(raw, "degrees"),
        from_endings=tuple(sorted(_words(raw, "from_endings"))),
        toward=tuple(sorted(_words(raw, "toward"))),
        between=_words(raw, "between"),
        between_behind=_words(raw, "between_behind"),
        halfway=_words(raw, "halfway"),
        roads=_words(raw, "roads"),
        joins=_words(raw, "and"),
        twins=_words(raw, "twins"),
    )


@lru_cache(maxsize=1)
def every_twin() -> frozenset[str]:
    """Of all languages: a pack may have a name in one of them only."""
    return frozenset[str]().union(*(place_words(path.stem).twins for path in _TABLES.glob("*.yaml")))


def _words(raw: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(fold(str(word)) for word in raw.get(key) or [])


def _numbers(raw: Mapping[str, Any], key: str) -> dict[str, float]:
    return {fold(str(word)): float(number) for word, number in (raw.get(key) or {}).items()}

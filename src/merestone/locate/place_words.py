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

    `before` and `behind`: the levels whose words may stand in front of a name, or behind it, without "of".
    """

    levels: Mapping[str, str]
    before: frozenset[str]
    behind: frozenset[str]
    bearings: Mapping[str, float]
    units: Mapping[str, float]
    of: frozenset[str]
    between: frozenset[str]
    joins: frozenset[str]


@lru_cache(maxsize=32)
def place_words(language: str) -> PlaceWords:
    """The words of `language`; none where there is no table."""
    path = _TABLES / f"{language}.yaml"
    known = language.isalnum() and path.is_file()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader) if known else {}  # noqa: S506 - a safe loader
    return PlaceWords(
        levels={fold(str(word)): level for level, words in (raw.get("levels") or {}).items() for word in words},
        before=frozenset(raw.get("level_before") or []),
        behind=frozenset(raw.get("level_behind") or []),
        bearings={fold(str(word)): float(degrees) for word, degrees in (raw.get("bearings") or {}).items()},
        units={fold(str(word)): float(metres) for word, metres in (raw.get("units") or {}).items()},
        of=frozenset(fold(str(word)) for word in raw.get("of") or []),
        between=frozenset(fold(str(word)) for word in raw.get("between") or []),
        joins=frozenset(fold(str(word)) for word in raw.get("and") or []),
    )

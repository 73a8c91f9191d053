"""Which language a text is in: its script, then its letters and small words, then statistics; else unknown.

The list of languages and words is data (`languages.json`), one entry a language and none favoured. Only text decides here:
what a manifest says is weighed in `receive`.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from merestone.capture.terms import Known, Unknown

if TYPE_CHECKING:
    from lingua import LanguageDetector

_SAMPLE = 20_000
_LETTERS_NEEDED = 6
_VOTES_NEEDED = 2
_VOTES_FOR_LONG = 6
_LONG_WORDS = 40
_SURE = 0.45
_CLEAR = 2.0
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Tables:
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    scripts: tuple[str, ...]
    decisive: dict[str, str]
    letters: dict[str, dict[str, frozenset[str]]]
    voters: dict[str, tuple[str, ...]]  # word -> the languages it is a small word of
    lingua: tuple[str, ...]
    codes: dict[str, str]


@cache
def raw_tables() -> dict[str, Any]:
    """`languages.json` as it stands."""
    loaded: dict[str, Any] = json.loads(files("merestone.capture").joinpath("languages.json").read_text("utf-8"))
    return loaded


@cache
def _tables() -> _Tables:
    raw = raw_tables()
    ranges = sorted((start, end, script["name"]) for script in raw["scripts"] for start, end in script["ranges"])
    voters: dict[str, tuple[str, ...]] = {}
    for language, words in raw["words"].items():
        for word in set(words.split()):
            voters[word] = (*voters.get(word, ()), language)
    return _Tables(
        starts=tuple(start for start, _, _ in ranges),
        ends=tuple(end for _, end, _ in ranges),
        scripts=tuple(name for _, _, name in ranges),
        decisive={script["name"]: script["language"] for script in raw["scripts"] if "language" in script},
        letters={script: {code: frozenset(marks) for code, marks in by.items()} for script, by in raw["letters"].items()},
        voters=voters,
        lingua=tuple(raw["lingua"]),
        codes=raw["codes"],
    )


def language_code(stated: str) -> str | None:
    """`EN`, `en-GB`, `eng`, `English` as `en`; None for what is no language code."""
    primary = re.split(r"[-_]", stated.strip().lower(), maxsplit=1)[0]
    known = _tables().codes.get(primary)
    if known:
        return known
    return primary if re.fullmatch(r"[a-z]{2,3}", primary) else None


def language_of(text: str, *, statistics: bool = True) -> Known | Unknown:
    """The language of most of the text, with origin `text`. Without `statistics` only what script, letters and small words show."""
    sample = text if len(text) <= _SAMPLE else text[: _SAMPLE // 2] + " " + text[len(text) // 2 :][: _SAMPLE // 2]
    counts = _scripts(sample)
    if not counts:
        return Unknown("no letters")
    script, most = max(counts.items(), key=lambda item: (item[1], item[0]))
    if counts.get("kana", 0) * 10 > most and script == "han":
        script = "kana"
    tables = _tables()
    if script in tables.decisive:
        return Known(tables.decisive[script], "text")
    if most < _LETTERS_NEEDED:
        return Unknown("too short to tell")
    lowered = sample.lower().replace("i\u0307", "i")
    return _among(lowered, script) or (_by_statistics(lowered) if statistics else Unknown("small words do not tell"))


def _scripts(sample: str) -> dict[str, int]:
    tables = _tables()
    counts: dict[str, int] = {}
    for point in set(sample):
        at = bisect_right(tables.starts, ord(point)) - 1
        if at >= 0 and ord(point) <= tables.ends[at] and point.isalpha():
            script = tables.scripts[at]
            counts[script] = counts.get(script, 0) + sample.count(point)
    return counts


def _among(sample: str, script: str) -> Known | None:
    words = _WORD.findall(sample)
    votes = _votes(words)
    for code, amount in _letter_votes(sample, script).items():
        votes[code] = votes.get(code, 0.0) + amount
    order = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    if order:
        needed = _VOTES_FOR_LONG if len(words) >= _LONG_WORDS else _VOTES_NEEDED
        second = order[1][1] if len(order) > 1 else 0.0
        if order[0][1] >= needed and order[0][1] >= _CLEAR * second and order[0][1] * 12 >= len(words):
            return Known(order[0][0], "text")
    return None


def _votes(words: list[str]) -> dict[str, float]:
    """One vote a small word, shared by the languages that have it."""
    voters = _tables().voters
    votes: dict[str, float] = {}
    for word in words:
        codes = voters.get(word)
        if codes:
            for code in codes:
                votes[code] = votes.get(code, 0.0) + 1.0 / len(codes)
    return votes


def _letter_votes(sample: str, script: str) -> dict[str, float]:
    """Letters that only one language of the script has speak for it, in proportion to the words they stand in."""
    by = _tables().letters.get(script, {})
    votes: dict[str, float] = {}
    for code, marks in by.items():
        others = frozenset[str]().union(*(other for name, other in by.items() if name != code))
        found = sum(map(sample.count, marks - others))
        if found:
            votes[code] = found / 2
    return votes


@cache
def _detector() -> LanguageDetector:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, code.upper()) for code in _tables().lingua]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()


def _by_statistics(sample: str) -> Known | Unknown:
    values = _detector().compute_language_confidence_values(sample[:2_000])
    if len(values) < 2 or values[0].value < _SURE or values[0].value < _CLEAR * values[1].value:
        return Unknown("no language fits clearly")
    return Known(values[0].language.iso_code_639_1.name.lower(), "text")

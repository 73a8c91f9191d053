"""The rules by which a language writes numbers: `packs/languages/<language>/numbers.yaml`, checked and made ready for numbers.py.

An empty set is refused; what goes into a pattern is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from merestone.ledger.terms import Refusal

DASHES = "-‐‑–—"
CODE = 60  # letters of a code before its last digits, at most: a text without a gap is not gone through at each of its letters


@dataclass(frozen=True, slots=True)
class Phrase:
    """An entry of the data: its words, and what they do to a number. None in `low`/`high` opens that end."""

    id: str
    words: tuple[str, ...]
    low: int | None = 0
    high: int | None = 0
    approximate: bool = False
    nearly: bool = False
    unless_next: frozenset[str] = frozenset()
    needs_next: bool = False  # a word must follow


Phrases = Mapping[str, tuple[Phrase, ...]]  # first (or last) word -> phrases, longest first


@dataclass(frozen=True, slots=True)
class NumberRules:
    """The compiled data of one language."""

    language: str
    scan: re.Pattern[str]
    starters: frozenset[str]  # words with which a number, or a trap, may begin
    thousands: frozenset[str]
    decimal: str
    values: Mapping[str, int]
    multipliers: Mapping[str, int]
    needs_count: frozenset[str]
    teens: bool  # are eleven to nineteen made of ten and a unit?
    join: frozenset[str]
    articles: frozenset[str]
    vague: Phrases
    bounds: Phrases  # by last word
    bounds_after: Phrases
    never: Phrases
    range_open: frozenset[str]
    range_join: frozenset[str]
    range_join_after: Mapping[str, frozenset[str]]
    ordinals: Mapping[str, int]
    suffixes: frozenset[str]
    units: Phrases
    compounds: frozenset[str]
    endings: frozenset[str]  # that hang on a number in figures by a hyphen: "the 13-of-them"
    before: Phrases
    years_after: frozenset[str]
    years: tuple[int, int]
    years_unless: frozenset[str]
    ids: Mapping[str, str]


def load_numbers(language_data: Mapping[str, Any]) -> NumberRules:
    """Compile the content of a `numbers.yaml`. Refuses an empty or incomplete rule set."""
    data = language_data
    where = str(data.get("language", "?"))
    for key in ("digits", "words", "vague", "none", "bounds", "ranges", "ordinals", "units", "years"):
        if not data.get(key):
            raise Refusal("rules_empty", language=where, part=f"numbers: {key}")
    words, ranges, years = data["words"], data["ranges"], data["years"]
    opening = [*words["values"], *words["multipliers"], *words.get("articles", []), *data["ordinals"]["values"]]
    phrases = [w for entry in (*data["vague"], *data["none"]) for w in entry["words"]] + list(data.get("never", []))
    nothing = [dict(entry, min=0, max=0) for entry in data["none"]]
    return NumberRules(
        language=where,
        scan=_scanner(data["digits"]),
        starters=_set(opening) | frozenset(_split(_low(phrase))[0] for phrase in phrases if _split(_low(phrase))),
        thousands=frozenset(data["digits"]["thousands"]),
        decimal=str(data["digits"]["decimal"]),
        values={_low(k): int(v) for k, v in words["values"].items()},
        multipliers={_low(k): int(v) for k, v in words["multipliers"].items()},
        needs_count=_set(words.get("needs_count")),
        teens=11 not in {int(v) for v in words["values"].values()},
        join=_set(words.get("join")),
        articles=_set(words.get("articles")),
        vague=_phrases([*data["vague"], *nothing], where, amount=True),
        bounds=_phrases(data["bounds"], where, by_last=True),
        bounds_after=_phrases(data.get("bounds_after", []), where),
        never=_phrases([{"id": "never", "words": data.get("never", [])}], where),
        range_open=_set(ranges.get("open")),
        range_join=_set(ranges.get("join")),
        range_join_after={_low(k): _set(v) for k, v in ranges.get("join_after", {}).items()},
        ordinals={_low(k): int(v) for k, v in data["ordinals"]["values"].items()},
        suffixes=_set(data["ordinals"].get("suffixes")),
        units=_phrases([{"id": str(k), "words": v} for k, v in data["units"].items()], where),
        compounds=_set(data.get("compounds")),
        endings=_set(data.get("endings")),
        before=_phrases([{"id": str(k), "words": v} for k, v in data.get("before", {}).items()], where, by_last=True, cased=True),
        years_after=_set(years.get("after")),
        years=(int(years["from"]), int(years["to"])),
        years_unless=_set(years.get("unless_next")),
        ids={"digits": data["digits"]["id"], "words": words["id"], "range": ranges["id"], "ordinal": data["ordinals"]["id"]},
    )


def _low(word: object) -> str:
    return str(word).casefold()


def _set(words: Iterable[object] | None) -> frozenset[str]:
    return frozenset(_low(word) for word in (words or ()))


def _split(words: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W\d_]+(?:[.'’][^\W\d_]+)*|[^\w\s]", words))


def _phrases(entries: Sequence[Mapping[str, Any]], where: str, amount: bool = False, by_last: bool = False, cased: bool = False) -> Phrases:
    found: dict[str, list[Phrase]] = {}
    for entry in entries:
        if not entry.get("words") and entry.get("id") != "never":
            raise Refusal("rules_empty", language=where, part=f"numbers: {entry.get('id')}")
        for text in entry["words"]:
            parts = _split(str(text) if cased else _low(text))
            if not parts:
                raise Refusal("rules_empty", language=where, part=f"numbers: {entry.get('id')}: {text!r}")
            low, high = entry.get("low", 0), entry.get("high", 0)
            phrase = Phrase(
                id=str(entry["id"]),
                words=parts,
                low=(entry["min"] if amount else None if low == "open" else int(low)),
                high=(entry.get("max") if amount else None if high == "open" else int(high)),
                approximate=bool(entry.get("approximate", False)),
                nearly=bool(entry.get("nearly", False)),
                unless_next=_set(entry.get("unless_next")),
                needs_next=bool(entry.get("needs_next", False)),
            )
            found.setdefault(parts[-1] if by_last else parts[0], []).append(phrase)
    return {key: tuple(sorted(items, key=lambda item: -len(item.words))) for key, items in found.items()}


def _scanner(digits: Mapping[str, Any]) -> re.Pattern[str]:
    """One scan cuts a text into words, plain numbers, decimals, and runs with digits that are no number at all."""
    thousands = "[" + re.escape("".join(digits["thousands"])) + "]"
    decimal = re.escape(str(digits["decimal"]))
    letter = r"[^\W\d_]"
    return re.compile(
        # most words by far are plain: told first, and without trying at each of their letters whether they are a code ("T-72")
        rf"(?P<word>(?>{letter}+(?:[.'’]{letter}+)*)(?![\w]|[{DASHES}]\d))"
        rf"|(?P<other>\+\d[\d\s()-]{{6,}}\d|\d+(?:-\d+){{2,}}|\d+(?:[:./]\d+){{2,}}|\d+[:/]\d+|\d+\.(?:{letter}){{2,}}\S*|[$€£₽₼֏№#]\s?\d[\d.,]*|\[\d+\]"
        rf"|{letter}[\w]{{0,{CODE}}}(?:[{DASHES}](?=\d)|(?<=\w)(?=\d))[\d][\w-]*)"
        rf"|(?P<digits>\d{{1,3}}(?:{thousands}\d{{3}})+(?![\d]|{decimal}\d)|\d+(?!\d*{decimal}\d))"
        rf"|(?P<decimal>\d+{decimal}\d+)"
        rf"|(?P<last>{letter}+(?:[.'’]{letter}+)*)"
        rf"|(?P<sign>[^\w\s])"
    )

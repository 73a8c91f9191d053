"""The rules of speech acts of one language, compiled once from its table `speech.yaml`.

Everything that is looked for stands in the table; nothing here knows a language (law 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from merestone.capture.names import fold
from merestone.extract.rules import Patterns

NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: its compiled patterns, the folded words it can begin with (None: any), and whatever else the table says of it."""

    id: str
    find: re.Pattern[str]
    openers: frozenset[str] | None
    facts: Mapping[str, Any]


class SpeechRules:
    """The table `speech` of a language, compiled once. `words("x")` is a set of folded phrases, `expression("x")` finds any of them."""

    def __init__(self, tables: Mapping[str, Any], patterns: Patterns) -> None:
        self._table: Mapping[str, Any] = tables["speech"]
        self._all_tables = tables
        self._patterns = patterns
        self._words: dict[str, frozenset[str]] = {}
        self._expressions: dict[str, re.Pattern[str]] = {}
        self._rows: dict[str, tuple[Row, ...]] = {}

    def words(self, key: str) -> frozenset[str]:
        if key not in self._words:
            self._words[key] = frozenset(fold(form) for word in self._table.get(key) or () for form in self._forms(str(word)))
        return self._words[key]

    def plain(self, key: str) -> tuple[str, ...]:
        """The entries under `key` as they are written."""
        return tuple(str(word) for word in self._table.get(key) or ())

    def _forms(self, word: str) -> Iterable[str]:
        if word.endswith("~"):
            head, _, last = word[:-1].rpartition(" ")
            return tuple(f"{head} {form}".strip() for form in self._patterns.forms(last))
        return (word,)

    def expression(self, key: str) -> re.Pattern[str]:
        """One expression for the patterns under `key` (a string there is an expression as it stands, white space apart);
        finds nothing where the table has none."""
        if key not in self._expressions:
            listed = self._table.get(key)
            if isinstance(listed, str):
                self._expressions[key] = re.compile(listed, re.IGNORECASE | re.VERBOSE)
            else:
                self._expressions[key] = self._patterns.compile(listed) if listed else NEVER
        return self._expressions[key]

    def rows(self, key: str) -> tuple[Row, ...]:
        if key not in self._rows:
            self._rows[key] = tuple(self._row(row) for row in self._table.get(key) or ())
        return self._rows[key]

    def _row(self, row: Mapping[str, Any]) -> Row:
        openers: set[str] | None = set()
        for pattern in row["patterns"]:
            first = self._patterns.first_words(pattern)
            openers = None if first is None or openers is None else openers | first
        return Row(str(row["id"]), self._patterns.compile(row["patterns"]), None if openers is None else frozenset(openers), row)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that any table of the language holds, in all its forms: words that are no names by themselves."""
        found: set[str] = set()
        for phrase in _strings(self._all_tables):
            for word in re.split(r"[\s|,<>{}?*()\[\]\\]+", phrase):
                found.update(fold(form) for form in self._forms(word) if form[:1].islower())
        return frozenset(found) | self.words("common")

    @cached_property
    def no_names(self) -> frozenset[str]:
        """Words with a capital that are no person's name: those of the language, of the calendar and of states."""
        return self.vocabulary | self.words("calendar") | self.words("determiners") | self.words("countries")


def _strings(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _strings(inner)

"""The rules of speech acts of one language, compiled once from its table `speech.yaml`.

Everything that is looked for stands in the table; nothing here knows a language (law 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from merestone.capture.names import fold
from merestone.extract.patterns import DIGIT, Patterns

NEVER = re.compile(r"(?!)")
Opened = tuple[str, int]  # a table and the number of its row


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: its compiled patterns, and whatever else the table says of it. `openers`: the folded words that it can begin with;
    None where beginnings of words are all that is known, or nothing (`anywhere`)."""

    id: str
    find: re.Pattern[str]
    openers: frozenset[str] | None
    anywhere: bool
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
        words, begun = self._openers(row)
        return Row(str(row["id"]), self._patterns.compile(row["patterns"]), words, begun is None, row)

    def _openers(self, row: Mapping[str, Any]) -> tuple[frozenset[str] | None, tuple[frozenset[str], frozenset[str]] | None]:
        """The words that a row can begin with, if they can be listed; the words and the beginnings of words, if those can."""
        first = [self._patterns.first_words(pattern) for pattern in row["patterns"]]
        begun = [self._patterns.openers(pattern) for pattern in row["patterns"]]
        listed = [words for words in first if words is not None]
        known = [both for both in begun if both is not None]
        return (
            frozenset().union(*listed) if len(listed) == len(first) else None,
            (frozenset().union(*(w for w, _ in known)), frozenset().union(*(s for _, s in known))) if len(known) == len(begun) else None,
        )

    @cached_property
    def _opened(self) -> tuple[dict[str, list[Opened]], dict[str, list[Opened]], dict[str, list[Opened]]]:
        """The rows by the words that open them; those that are not listed so by words and by beginnings of words."""
        listed: dict[str, list[Opened]] = {}
        words: dict[str, list[Opened]] = {}
        stems: dict[str, list[Opened]] = {}
        for key, given in self._table.items():
            for number, row in enumerate(given if isinstance(given, list) else ()):
                if isinstance(row, Mapping) and "patterns" in row:
                    first, begun = self._openers(row)
                    for filed, openers in ((listed, first),) if first is not None else zip((words, stems), begun or (), strict=False):
                        for opener in openers or ():
                            filed.setdefault(opener, []).append((key, number))
        return listed, words, stems

    @cached_property
    def _longest(self) -> int:
        """Letters of the longest beginning of a word by which a row is filed."""
        return max(map(len, self._opened[2]), default=0)

    @lru_cache(maxsize=50_000)  # noqa: B019  (as many as there are languages, made once)
    def opened(self, word: str, part: bool) -> tuple[Opened, ...]:
        """The rows that a folded word may begin. `part`: only a part of the word, behind an apostrophe."""
        listed, words, stems = self._opened
        found = [*(() if part else listed.get(word, ())), *words.get(word, ())]
        for size in range(1, min(len(word), self._longest) + 1):
            found += stems.get(word[:size], ())
        if word[:1].isdecimal():
            found += stems.get(DIGIT, ())
        return tuple(dict.fromkeys(found))

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

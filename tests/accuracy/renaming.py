"""Calls the parties and places of an invented conflict by other names, in its pack and in its texts alike.

What is read must not hang on how long a name is: the names of two parties never have the same length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from merestone.capture.terms import Names, Pack

WORD = re.compile(r"[^\W\d_]+")


def inflected(stems: Mapping[str, str]) -> dict[str, str]:
    """Stem to stem, with the endings of adjectives and of people."""
    return {word + ending: other + ending for word, other in stems.items() for ending in ("", "n", "ns", "an", "ans", "ian", "ians", "s")}


class Renaming:
    """Whole words for whole words; capitals stay capitals."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = {word.casefold(): other for word, other in words.items()}
        self.swap: dict[str, str] = {}  # codes and places stay what they are
        self.places: dict[str, str] = {}

    def text(self, text: str) -> str:
        return WORD.sub(self._word, text)

    def name(self, name: str) -> str:
        return self.text(name)

    def _word(self, found: re.Match[str]) -> str:
        word = found.group()
        other = self.words.get(word.casefold())
        if other is None or word[0].islower():
            return word
        return other.upper() if word.isupper() and len(word) > 1 else other

    def _names(self, names: Names) -> Names:
        return {language: self._all(given) for language, given in names.items()}

    def _all(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.text(name) for name in names)

    def pack(self, pack: Pack) -> Pack:
        return replace(
            pack,
            parties=tuple(replace(p, name=self.text(p.name), aliases=self._names(p.aliases)) for p in pack.parties),
            sources=tuple(replace(s, name=self.text(s.name), aliases=self._names(s.aliases)) for s in pack.sources),
            places=tuple(replace(p, name=self.text(p.name), names=self._names(p.names)) for p in pack.places),
        )

"""Taking words out of texts: by where they stand in a document, and by what they say wherever else they are repeated.

Over-masking is the safe failure here: a word too many is a blemish, a name too many is a danger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from merestone.link.terms import Ref

NAME, PLACE, WORDS = 1, 2, 3
LABELS = {NAME: "[name withheld]", PLACE: "[place withheld]", WORDS: "[words withheld]"}
BLOCK = "█"  # stands for each character that is taken out of a text whose offsets must stay

# Fields that hold codes of a closed vocabulary, digests, or ids: never words of a text.
_CODES = frozenset(
    [
        "kind",
        "stance",
        "realised",
        "initiator",
        "party",
        "what",
        "precision",
        "role",
        "level",
        "outcome",
        "group",
        "rule",
        "sha256",
        "slot",
        "code",
        "affiliation",
        "how",
        "feature",
        "grade",
        "point",
        "start",
        "end",
        "language",
        "rules",
        "profile",
        "state",
        "bearing",
        "kinds",
        "weapons",
        "place",
        "type",
        "id",
        "incident",
        "document",
        "earlier",
        "later",
        "ref",
        "checkpoint",
        "basis",
        "edition",
        "mission",
        "verifier",
        "as_of",
        "local",
        "account",
    ]
)
_JOINT = r"(?:[\s_\-–—+.,]|%20)+"
_SENTENCE_END = re.compile(r"[.!?…։。]+[\"'”’»)\]]*\s+|\n+")
_SPEECH = re.compile(r"[“\"«„]([^“”\"«»„]{12,}?)[”\"»“]")
_SPEECH_WORDS = 4

_BLOCKS = re.compile(f"{BLOCK}(?:[{BLOCK}\\s]*{BLOCK})?")

T = TypeVar("T")
Sweep = Callable[[str], str]


class Sheet:
    """One document's text with a label for each character. Mutable while a redaction is worked out, never kept."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._marks = bytearray(len(text))

    def mark(self, start: int, end: int, label: int) -> None:
        low, high = max(0, start), min(len(self.text), end)
        if low < high:
            self._marks[low:high] = bytes([label]) * (high - low)

    def name(self, start: int, end: int) -> None:
        """Mark a name or a place, leaving what is closed altogether closed."""
        self._over(start, end, NAME)

    def place(self, start: int, end: int) -> None:
        self._over(start, end, PLACE)

    def _over(self, start: int, end: int, label: int) -> None:
        for at in range(max(0, start), min(len(self.text), end)):
            if self._marks[at] != WORDS:
                self._marks[at] = label

    def read(self, start: int, end: int) -> str:
        """The characters `start:end` with each marked run replaced by its label."""
        out: list[str] = []
        last = 0
        for at in range(start, end):
            label = self._marks[at]
            if not label:
                out.append(self.text[at])
            elif label != last:
                out.append(LABELS[label])
            last = label
        return "".join(out)

    def blocked(self) -> str:
        """The whole text with a BLOCK for each marked character but spaces."""
        return "".join(BLOCK if mark and not letter.isspace() else letter for letter, mark in zip(self.text, self._marks, strict=True))


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole sentences that `start:end` touches."""
    begin = 0
    for stop in _SENTENCE_END.finditer(text, 0, start):
        begin = stop.end()
    after = _SENTENCE_END.search(text, max(start, end - 1))
    return begin, after.end() if after else len(text)


def speeches(text: str) -> list[tuple[int, int]]:
    """Stretches between quotation marks that are longer than a name."""
    return [m.span(1) for m in _SPEECH.finditer(text) if len(m[1].split()) >= _SPEECH_WORDS]


def pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern for all of `words`, in any case, with any joint between their parts; None for an empty set."""
    found = set()
    for entry in words:
        parts = re.findall(r"\w+(?:['’ʼ]\w+)*", entry)
        if parts and any(any(c.isalpha() for c in part) for part in parts):
            found.add(_JOINT.join(re.escape(part) for part in parts))
    if not found:
        return None
    return re.compile(r"(?<![^\W_])(?:" + "|".join(sorted(found, key=lambda p: (-len(p), p))) + r")(?![^\W_])", re.IGNORECASE)


def sweeping(words: Iterable[str], label: str) -> Sweep:
    """A function that puts `label` in place of each of `words`; a BLOCK as label keeps the length."""
    found = pattern(words)
    if found is None:
        return _unchanged
    if label == BLOCK:
        return lambda text: found.sub(lambda m: BLOCK * len(m[0]), text)
    return lambda text: found.sub(label, text)


def unblocked(text: str) -> str:
    """A text whose offsets need not stay: how long the blocked words were is no longer told."""
    return _BLOCKS.sub(LABELS[WORDS], text)


def _unchanged(text: str) -> str:
    return text


def rewrite(value: T, change: Sweep) -> T:
    """`value` with `change` applied to every text in it, however deep; codes, numbers and references stay."""
    return _rewritten(value, change)  # type: ignore[no-any-return]


def _rewritten(value: Any, change: Sweep) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Ref):
        return value
    if isinstance(value, tuple):
        return tuple(_rewritten(item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        named = {f.name: getattr(value, f.name) for f in fields(value)}
        changed = {name: _rewritten(item, change) for name, item in named.items() if name not in _CODES}
        return replace(value, **{name: item for name, item in changed.items() if item != named[name]})
    return value


def texts_of(value: Any) -> Iterable[str]:
    """Every text in a value, codes included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts_of(key)
            yield from texts_of(item)
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from texts_of(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for f in fields(value):
            yield from texts_of(getattr(value, f.name))


def name_parts(names: Iterable[str], spared: frozenset[str], corpus: str) -> frozenset[str]:
    """The capitalised words of names that are masked by themselves too ("Xena Ypsil": "Ypsil said").

    `spared` are words that belong to places, parties, sources and office holders. A word that `corpus` also has in small letters
    is an ordinary word and stays. Does not catch: a surname that is also an ordinary word of these texts, standing alone.
    """
    parts = {part for name in names for part in re.findall(r"\w+(?:['’ʼ\-]\w+)*", name) if len(part) > 2 and part[0].isupper()}
    small = set(re.findall(r"\w+(?:['’ʼ\-]\w+)*", corpus))
    return frozenset(part for part in parts if part.casefold() not in spared and part.lower() not in small)

"""Words of strangers as paper can bear them: what no page may hold is shown as �, what is not seen is dropped."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")  # directions turned, and marks without width
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
FENCE = "\u200e"
_SPACES = re.compile("[ \t\n\r\x85\u2028\u2029]+")


def printable(text: str) -> str:
    """The text on one line, with one space between its words; each letter that can be shown stays as it is."""
    return _SPACES.sub(" ", _UNPRINTABLE.sub("\ufffd", _UNSEEN.sub("", text)))


def fenced(text: str) -> str:
    """The text with a mark at both ends where it holds letters that run from right to left, so that they turn nothing beside it."""
    if text.isascii() or not any(unicodedata.bidirectional(letter) in {"R", "AL", "AN"} for letter in text):
        return text
    return f"{FENCE}{text}{FENCE}"

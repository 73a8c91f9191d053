"""What a reader hands back: a text, the way back to the original, and what the file says about itself.

Metadata are words of the file, not yet believed: `receive` weighs them against manifest and options.
"""

from __future__ import annotations

from dataclasses import dataclass

from merestone.capture.terms import Piece
from merestone.ledger.terms import Refusal


@dataclass(frozen=True, slots=True)
class About:
    """What a file says about itself. `published` is as written; `created` is a date of the file, which is no date of publication."""

    title: str | None = None
    published: str | None = None
    created: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file inside a file, to be read like any other."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    text: str
    pieces: tuple[Piece, ...]
    encoding: str
    about: About = About()
    notices: tuple[Refusal, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()


def one_line(value: str | None) -> str | None:
    """A metadata value on one line, or None where it is empty."""
    return (" ".join(value.split()) or None) if value else None

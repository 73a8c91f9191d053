"""Texts made to break a reader: they are read, or say nothing; none of them stops a batch. Speed is no test: see benchmarks."""

from __future__ import annotations

import pytest

from tests.extract.reading import claims

HOSTILE = {
    "a number of 5,000 digits": "The army fired " + "1" * 5000 + " shells at Keldholt.",
    "a decimal of 5,000 digits": "Some 3." + "4" * 5000 + " million people fled.",
    "commas between digits": "Casualties: " + "1," * 1500 + "1 soldiers killed.",
    "one word of 100,000 letters": "x" * 100_000,
    "brackets": "(" * 20_000,
    "a verb without end": "shelled " * 2_000,
    "a list of asks": "We call on both sides to:\n" + "• stop fire;\n" * 1_000,
    "nothing but marks": ".,;:!?\u2014\u201c\u201d" * 500,
    "bidi and control characters": "\u202eOrsayan forces\u202c \x00shelled\x1b[31m Keldholt.",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_it_is_read_and_every_quote_stands_in_the_text(text: str) -> None:
    for claim in claims(text):
        assert claim.quote == text[claim.start : claim.end]
        for figure in claim.casualties:
            assert figure.max is None or figure.max < 10**9

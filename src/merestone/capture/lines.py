"""The lines of a corpus as they stand in it: what one document of it was before anybody read it.

A JSON line is its own; a row of a table stands after the table's header, so that each can be read again without the others.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from merestone.capture import sniff
from merestone.capture.identify import Identified


class Lines:
    """Asked for rows in rising order, as `corpus` counts them; goes through the text once."""

    def __init__(self, corpus: Identified) -> None:
        text = corpus.decoded.text if corpus.decoded is not None else ""
        self._rows = enumerate(_lines(text) if corpus.kind == sniff.JSONL else _records(text), 1)
        self._header = next(self._rows)[1] if corpus.kind == sniff.CSV and text else ""

    def bytes_of(self, row: int) -> bytes:
        """The line in UTF-8; b"" for a row that has gone by."""
        return next(((self._header + line).encode() for number, line in self._rows if number == row), b"")


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1


def _records(text: str) -> Iterator[str]:
    """Each row with its line ends, counted as `corpus.csv_entries` counts: a row that cannot be read is one too."""
    seen: list[str] = []

    def watched() -> Iterator[str]:
        for line in StringIO(text, newline=""):
            seen.append(line)
            yield line

    head = text[:20_000].split("\n", 1)[0]
    reader = csv.reader(watched(), delimiter=max(",;\t", key=head.count), strict=True)
    while True:
        try:
            values = next(reader, None)
        except csv.Error:
            values = []
        if values is None:
            return
        yield "".join(seen)
        seen.clear()

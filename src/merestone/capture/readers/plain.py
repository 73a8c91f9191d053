"""Plain text: the code points as given, a piece for each line."""

from __future__ import annotations

from merestone.capture.decode import Decoded
from merestone.capture.readers.draft import Draft
from merestone.capture.terms import ByteRange, Piece


def read_plain(decoded: Decoded, part: str = "") -> Draft:
    return Draft(decoded.text, line_pieces(decoded, part), decoded.encoding, notices=decoded.notices)


def line_pieces(decoded: Decoded, part: str = "") -> tuple[Piece, ...]:
    """One piece a line, its line break included."""
    text, pieces, start = decoded.text, [], 0
    byte = decoded.byte_at(0)
    while start < len(text):
        found = text.find("\n", start)
        end = len(text) if found < 0 else found + 1
        after = decoded.byte_at(end)
        pieces.append(Piece(start, end, ByteRange(part, byte, after)))
        start, byte = end, after
    return tuple(pieces)

"""Which bytes, boxes or cells a stretch of text came from.

A piece is only narrowed where that can be checked; otherwise the whole piece is named. Text that a reader supplied has no origin.
"""

from __future__ import annotations

from bisect import bisect_right

from merestone.capture.terms import ByteRange, Cell, ExhibitText, PageBox, Piece, Span

Origin = ByteRange | PageBox | Cell


def origin_of(text: ExhibitText, span: Span) -> tuple[Origin, ...]:
    """Where `span` stands in the original: one origin for each piece it touches, in text order; empty where the reader supplied all of it."""
    found: list[Origin] = []
    first = max(0, bisect_right(text.pieces, span.start, key=lambda piece: piece.start) - 1)
    for piece in text.pieces[first:]:
        if piece.start >= span.end:
            break
        start, end = max(piece.start, span.start), min(piece.end, span.end)
        if start < end:
            found.append(_narrowed(text, piece, start, end))
    return tuple(found)


def _narrowed(text: ExhibitText, piece: Piece, start: int, end: int) -> Origin:
    origin = piece.origin
    if isinstance(origin, Cell):
        return Cell(origin.row, origin.column, origin.start + start - piece.start, origin.start + end - piece.start)
    if isinstance(origin, PageBox) or (start, end) == (piece.start, piece.end):
        return origin
    encoding = plain_encoding(text.encoding)
    if encoded_length(text.text[piece.start : piece.end], encoding) != origin.end - origin.start:
        return origin  # an entity, a replaced byte or folded white space: there is nothing finer to name
    before = encoded_length(text.text[piece.start : start], encoding)
    inside = encoded_length(text.text[start:end], encoding)
    return ByteRange(origin.part, origin.start + before, origin.start + before + inside)


def plain_encoding(encoding: str) -> str:
    """The same encoding without a byte order mark of its own."""
    return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(encoding, encoding)


def encoded_length(text: str, encoding: str) -> int:
    """How many bytes `text` takes; -1 where the encoding cannot say it (a replaced character, for one)."""
    try:
        return len(text.encode(encoding))
    except UnicodeEncodeError:
        return -1


class Drawing:
    """Collects a text and, for each stretch of it, where it came from.

    `exact` stretches are the original's own characters: neighbours are joined, so that a paragraph is one piece.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0
        self._exact = False
        self._last = ""

    @property
    def length(self) -> int:
        return self._length

    @property
    def last(self) -> str:
        """The character that was added last, or nothing."""
        return self._last

    def take(self, text: str, origin: Origin, *, exact: bool = True) -> None:
        """Add text that came from `origin`."""
        if not text:
            return
        start = self._length
        self._add(text)
        before = self._pieces[-1] if self._pieces else None
        if exact and self._exact and before is not None and before.end == start:
            joined = _joined(before.origin, origin)
            if joined is not None:
                self._pieces[-1] = Piece(before.start, self._length, joined)
                return
        self._pieces.append(Piece(start, self._length, origin))
        self._exact = exact

    def supply(self, text: str) -> None:
        """Add text that is the reader's own (a line break between cells): no piece will cover it."""
        if text:
            self._add(text)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        self._last = text[-1]

    def drawn(self) -> tuple[str, tuple[Piece, ...]]:
        return "".join(self._parts), tuple(self._pieces)


def _joined(before: Origin, after: Origin) -> Origin | None:
    if isinstance(before, ByteRange) and isinstance(after, ByteRange) and before.part == after.part and before.end == after.start:
        return ByteRange(before.part, before.start, after.end)
    return None

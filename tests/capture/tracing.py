"""Checks a text against the bytes that its pieces name: what stands there must be what the text says, white space and entities aside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from merestone.capture import origin_of
from merestone.capture.offsets import plain_encoding
from merestone.capture.readers.draft import Draft
from merestone.capture.terms import ByteRange, Exhibit, ExhibitText, Span, Unknown

NOT_SHOWN = re.compile("[\u00ad\u200b]")


def folded(words: str) -> str:
    return " ".join(NOT_SHOWN.sub("", words).split())


def exhibit_text(draft: Draft) -> ExhibitText:
    unknown = Unknown("not stated")
    return ExhibitText("x", Exhibit("x", "x", 0, ""), draft.text, draft.pieces, unknown, draft.encoding, unknown, unknown, unknown, unknown)


def assert_traced(draft: Draft, parts: Mapping[str, bytes], *, supplied: str = r"\s*", entities: bool = False) -> None:
    """Every piece decodes to its words; pieces follow each other; what no piece covers matches `supplied`."""
    encoding = plain_encoding(draft.encoding)
    at = 0
    for piece in draft.pieces:
        assert at <= piece.start < piece.end
        assert re.fullmatch(supplied, draft.text[at : piece.start])
        at = piece.end
        assert isinstance(piece.origin, ByteRange)
        raw = parts[piece.origin.part][piece.origin.start : piece.origin.end].decode(encoding, "replace")
        assert folded(unescape(raw) if entities else raw) == folded(draft.text[piece.start : piece.end])
    assert re.fullmatch(supplied, draft.text[at:])


def assert_narrowed(draft: Draft, parts: Mapping[str, bytes], start: int, end: int) -> None:
    """The one origin of a span inside one piece holds its words, and nothing but them where it is as long as they are."""
    span = Span(min(start, len(draft.text)), min(end, len(draft.text)))
    found = origin_of(exhibit_text(draft), span)
    raw = b"".join(parts[origin.part][origin.start : origin.end] for origin in found if isinstance(origin, ByteRange))
    words = draft.text[span.start : span.end]
    if len(found) == 1 and len(raw) == len(words.encode(plain_encoding(draft.encoding), "replace")):
        assert raw.decode(plain_encoding(draft.encoding), "replace").split() == words.split()

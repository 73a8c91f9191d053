"""The original beside its text: which bytes, boxes or cells the lit words came from, and what of the original a page can show of them.

The law it keeps: an original is looked at, never run. Markup is shown as the words that it is written in, pages of a PDF are pictures
made here, and how much of either is shown has an end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import TypeVar

from merestone.capture import sniff
from merestone.capture.corpus import csv_entries, json_entries
from merestone.capture.decode import decode
from merestone.capture.limits import Limits
from merestone.capture.offsets import Origin, origin_of
from merestone.capture.readers.docx import open_container, part_of
from merestone.capture.readers.mail import payloads, read_mail
from merestone.capture.terms import ByteRange, Cell, ExhibitText, PageBox, Span
from merestone.ledger.terms import Refusal
from merestone.web.lit import Mark, Stretch, stretches
from merestone.web.pictures import Sheet, page_words, sheets

MOST, AROUND = 40_000, 500  # code points of a source on one page, and on each side of a mark
SHEETS = 40  # pages of a PDF on one page of ours
CELL, COLUMNS, PARTS = 2_000, 60, 12
_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
K = TypeVar("K", ByteRange, PageBox, Cell)
ENDINGS: Mapping[str, str] = {
    sniff.PLAIN: ".txt", sniff.MARKDOWN: ".md", sniff.HTML: ".html", sniff.PDF: ".pdf", sniff.DOCX_TYPE: ".docx", sniff.MAIL: ".eml",
    sniff.JSONL: ".jsonl", sniff.CSV: ".csv",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """The source of a part ("" is the file itself). `rest` counts the code points after the last stretch; `why` says why there is none."""

    name: str
    size: int
    stretches: tuple[Stretch, ...]
    rest: int
    why: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    stretches: tuple[Stretch, ...]
    rest: int


@dataclass(frozen=True, slots=True)
class Original:
    """`unmapped`: what the marks are of whose words have no place in it; `left` counts pages of a PDF that are not shown, of `pages`."""

    parts: tuple[Part, ...] = ()
    left_parts: int = 0
    row: int = 0
    columns: tuple[Column, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    pages: int = 0
    unmapped: tuple[str, ...] = ()


def file_name(exhibit: str, media_type: str) -> str:
    """A harmless name to save an original under: nothing of it is a stranger's word."""
    return f"{exhibit}{ENDINGS.get(media_type, '.bin')}"


def encloses(data: bytes, media_type: str) -> bool:
    """Whether the bytes hold files that are exhibits of their own, each of which may be open or not."""
    try:
        return media_type == sniff.MAIL and bool(read_mail(data, Limits()).enclosures)
    except Refusal:
        return True


def original(data: bytes, text: ExhibitText, marks: Sequence[Mark]) -> Original:
    """What a page shows of the bytes. `marks` are those of the text; here they are called o… instead of their own names' first letter."""
    placed = [(mark, origin_of(text, Span(mark.start, mark.end))) for mark in marks]
    unmapped = tuple(mark.of for mark, origins in placed if not origins)
    kinds = {type(piece.origin) for piece in text.pieces}
    if PageBox in kinds:
        boxes = [(mark.of, _of(origins, PageBox)) for mark, origins in placed]
        shown, pages = sheets(data, boxes, SHEETS)
        return Original(sheets=shown, pages=pages, unmapped=unmapped)
    if Cell in kinds:
        row, columns = _cells(data, text, [(mark, _of(origins, Cell)) for mark, origins in placed])
        return Original(row=row, columns=columns, unmapped=unmapped)
    names = list(dict.fromkeys(piece.origin.part for piece in text.pieces if isinstance(piece.origin, ByteRange)))
    ranges = [(mark, _of(origins, ByteRange)) for mark, origins in placed]
    shown_parts = tuple(_part(data, text, name, ranges, MOST // len(names[:PARTS])) for name in names[:PARTS])
    return Original(parts=shown_parts, left_parts=len(names) - len(shown_parts), unmapped=unmapped)


def _of(origins: Iterable[Origin], kind: type[K]) -> list[K]:
    return [origin for origin in origins if isinstance(origin, kind)]


def _renamed(mark: Mark, number: int, start: int, end: int) -> Mark:
    """A part of the mark in the original: the first is called o…, the others have no name."""
    return Mark("" if number else f"o{mark.id.removeprefix('c')}", start, end, mark.of, mark.kind)


# --- parts: words of the source, by their bytes -------------------------------------------------------------------


def part_bytes(data: bytes, media_type: str, name: str) -> bytes:
    """The bytes of a part that ranges count in; b"" where there is none. Raises the reader's `Refusal`."""
    if not name:
        return data
    if media_type == sniff.MAIL:
        return payloads(data, Limits()).get(name, b"")
    with open_container(data, Limits()) as container:
        return part_of(container, name, Limits()) or b""


def written(data: bytes, encoding: str, cuts: Iterable[int]) -> tuple[str, dict[int, int]]:
    """Bytes as the characters that they are written in, and at which character each of `cuts` lies. What fits no encoding becomes U+FFFD."""
    out: list[str] = []
    points, length, before = {0: 0}, 0, 0
    for cut in sorted({min(max(0, cut), len(data)) for cut in cuts} | {len(data)}):
        out.append(data[before:cut].decode(encoding, "replace"))
        length += len(out[-1])
        points[cut] = length
        before = cut
    return "".join(out), points


def _part(data: bytes, text: ExhibitText, name: str, ranges: Sequence[tuple[Mark, list[ByteRange]]], most: int) -> Part:
    try:
        source = part_bytes(data, text.exhibit.media_type, name)
        encoding = decode(source).encoding if text.exhibit.media_type == sniff.DOCX_TYPE else text.encoding
    except Refusal as refusal:
        return Part(name, 0, (), 0, refusal)
    here = [(mark, [origin for origin in found if origin.part == name and origin.end <= len(source)]) for mark, found in ranges]
    shown, points = written(source, encoding, (cut for _, found in here for origin in found for cut in (origin.start, origin.end)))
    marks = [_renamed(mark, n, points[o.start], points[o.end]) for mark, found in here for n, o in enumerate(found)]
    return Part(name, len(source), *_bounded(shown, marks, most))


def _bounded(text: str, marks: Sequence[Mark], most: int) -> tuple[tuple[Stretch, ...], int]:
    shown = stretches(text, marks, most, AROUND)
    return shown, len(text) - shown[-1].end


# --- cells: a line of a corpus, column by column -----------------------------------------------------------------


def _cells(data: bytes, text: ExhibitText, cells: Sequence[tuple[Mark, list[Cell]]]) -> tuple[int, tuple[Column, ...]]:
    """The row as it was read, once more; no columns where it is not to be found."""
    wanted = next(piece.origin.row for piece in text.pieces if isinstance(piece.origin, Cell))
    reader = csv_entries if text.exhibit.media_type == sniff.CSV else json_entries
    try:
        row = next((each for each in reader(decode(data), Limits()) if not isinstance(each, Refusal) and each.row == wanted), None)
    except Refusal:
        row = None
    if row is None:
        return wanted, ()
    return wanted, tuple(_column(name, value, cells) for name, value in list(row.fields.items())[:COLUMNS])


def _column(name: str, value: object, cells: Sequence[tuple[Mark, list[Cell]]]) -> Column:
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    marks = [_renamed(mark, n, cell.start, cell.end) for mark, found in cells for n, cell in enumerate(found) if cell.column == name]
    return Column(name, *_bounded(shown, marks, MOST if marks else CELL))


# --- all words that the bytes hold, for looking whether a word is among them --------------------------------------


def words_in(data: bytes, text: ExhibitText) -> str | None:
    """Whatever can be read of the bytes without a reader's judgement of what belongs to the text: markup, menus, other parts, all pages.
    None where nobody could look.

    Does not catch: words that are a picture; in a mail, encoded headers but for its subject.
    """
    media_type = text.exhibit.media_type
    try:
        if media_type == sniff.PDF:
            return page_words(data)
        if media_type == sniff.DOCX_TYPE:
            with open_container(data, Limits()) as container:
                names = [name for name in container.namelist() if name.endswith((".xml", ".rels"))]
                found = [part_of(container, name, Limits()) or b"" for name in names]
        else:
            found = [data, *(payloads(data, Limits()).values() if media_type == sniff.MAIL else ())]
    except Refusal:
        found = [data]
    encoding = "utf-8" if media_type == sniff.DOCX_TYPE or text.encoding in ("", "none") else text.encoding
    raw = "\n".join(each.decode(encoding, "replace") for each in found)
    bare = unescape(_TAG.sub("", raw))
    return "\n".join((raw, bare, _ESCAPE.sub(lambda found: chr(int(found[1], 16)), raw)))

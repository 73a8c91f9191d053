"""PDF: words with their boxes, lines that were broken by the page read on as sentences. Nothing in the file is run.

Locked, broken and image-only files are told apart. The date of the file is a date of the file, not of publication.
"""

from __future__ import annotations

import re
from typing import Any

from merestone.capture.limits import Limits
from merestone.capture.offsets import Drawing
from merestone.capture.readers.draft import About, Draft, one_line
from merestone.capture.readers.pdf_lines import Box, Line, Word, flowed, joint, line_of
from merestone.capture.terms import PageBox
from merestone.ledger.terms import Refusal

_WORD = re.compile(r"[^\s\ufffe\x02]+")
_LINE = re.compile(r"[^\r\n\ufffe\x02]*(?:\r\n|[\r\n\ufffe\x02]|\Z)")
_HYPHENS = ("\ufffe", "\x02")  # how PDFium writes a hyphen at the end of a line, whose next line follows without a break
_PASSWORD, _SECURITY = 4, 5


def read_pdf(data: bytes, limits: Limits) -> Draft:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in (_PASSWORD, _SECURITY):
            raise Refusal("encrypted_pdf") from error
        raise Refusal("broken_pdf", found=str(error)) from error
    try:
        return _read(document, limits)
    finally:
        document.close()


def _read(document: Any, limits: Limits) -> Draft:
    import pypdfium2

    count = len(document)
    if count == 0:
        raise Refusal("broken_pdf", found="no pages")
    if count > limits.pdf_pages:
        raise Refusal("too_large", what="pages", found=count, limit=limits.pdf_pages)
    pages: list[tuple[Line, ...]] = []
    pictured, broken, points = [], [], 0
    for index in range(count):
        try:
            lines, pictures = _page(document, index)
        except pypdfium2.PdfiumError:
            broken.append(index + 1)
            continue
        points += sum(len(word.text) + 1 for line in lines for word in line.words)
        if points > limits.text_points:
            raise Refusal("too_large", what="text", limit=limits.text_points)
        pages.append(lines)
        if not lines and pictures:
            pictured.append(index + 1)
    if not any(pages):
        raise _wordless(count, pictured, broken)
    notices = [Refusal("pages_without_text", pages=_list(pictured))] if pictured else []
    if broken:
        notices.append(Refusal("pages_unreadable", pages=_list(broken)))
    return _drawn(pages, notices, _about(document))


def _wordless(count: int, pictured: list[int], broken: list[int]) -> Refusal:
    if pictured:
        return Refusal("image_only_pdf", pages=count)
    return Refusal("broken_pdf", found=f"no page of {count} could be read") if len(broken) == count else Refusal("no_text", pages=count)


def _list(pages: list[int]) -> str:
    return ", ".join(map(str, pages[:20])) + (f" and {len(pages) - 20} more" if len(pages) > 20 else "")


def _drawn(pages: list[tuple[Line, ...]], notices: list[Refusal], about: About) -> Draft:
    lines, running = flowed(pages)
    if running:
        notices.append(Refusal("running_lines", left_out=running))
    drawing = Drawing()
    before: Line | None = None
    words = {word.text.lower() for line in lines for word in line.words}
    for line in lines:
        if before is not None:
            drawing.supply(joint(before, line, words))
        for index, word in enumerate(line.words):
            if index:
                drawing.supply(" ")
            drawing.take(word.text, PageBox(line.page, word.box), exact=False)
        before = line
    text, pieces = drawing.drawn()
    return Draft(text, pieces, "none", about, tuple(notices))


def _page(document: Any, index: int) -> tuple[tuple[Line, ...], bool]:
    """The lines of one page, and whether it holds pictures (asked only where there are no words)."""
    import pypdfium2.raw as pdfium

    page = document[index]
    try:
        text_page = page.get_textpage()
        text = text_page.get_text_range()
        lines = tuple(_lines(text_page, text, index + 1))
        text_page.close()
        pictures = not lines and next(iter(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=4)), None) is not None
    finally:
        page.close()
    return lines, pictures


def _lines(text_page: Any, text: str, page: int) -> list[Line]:
    straight = text_page.count_chars() == len(text)
    boxes = _Boxes(text_page)
    found = []
    for match in _LINE.finditer(text):
        words = []
        for word in _WORD.finditer(text, match.start(), match.end()):
            first, last = (word.start(), word.end() - 1) if straight else _indices(text_page, text, word.start(), word.end() - 1)
            box = boxes.around(first, last)
            if box is not None:
                words.append(Word(word.group(), box))
        if words:
            found.append(line_of(page, tuple(words), hyphen=match.group().endswith(_HYPHENS)))
    return found


def _indices(text_page: Any, text: str, first: int, last: int) -> tuple[int, int]:
    """PDFium's own numbers of two characters, where its text and its characters differ in number."""
    import pypdfium2.raw as pdfium

    units = (len(text[:at].encode("utf-16-le")) // 2 for at in (first, last))
    start, end = (pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, unit) for unit in units)
    return start, end


class _Boxes:
    """Boxes of words of one page: from a word's first character to its last, however the line is turned."""

    def __init__(self, text_page: Any) -> None:
        import ctypes

        import pypdfium2.raw as pdfium

        self._page = text_page.raw
        self._ask = pdfium.FPDFText_GetLooseCharBox
        self._first, self._last = pdfium.FS_RECTF(), pdfium.FS_RECTF()
        self._places = ctypes.byref(self._first), ctypes.byref(self._last)

    def around(self, first: int, last: int) -> Box | None:
        if first < 0 or last < 0 or not self._ask(self._page, first, self._places[0]) or not self._ask(self._page, last, self._places[1]):
            return None
        a, b = self._first, self._last
        left, bottom, right, top = a.left, a.bottom, b.right, b.top
        if left > right or bottom > top or a.top > top or b.bottom < bottom:  # turned, or of several heights
            left, right = min(a.left, b.left, a.right, b.right), max(a.left, b.left, a.right, b.right)
            bottom, top = min(a.bottom, b.bottom, a.top, b.top), max(a.bottom, b.bottom, a.top, b.top)
        return round(left, 2), round(bottom, 2), round(right, 2), round(top, 2)


def _about(document: Any) -> About:
    found = document.get_metadata_dict()
    return About(title=one_line(found.get("Title")), created=one_line(found.get("CreationDate")))

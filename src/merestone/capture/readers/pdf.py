"""PDF: words with their boxes, lines that were broken by the page read on as sentences. Nothing in the file is run.

Locked, broken and image-only files are told apart. The date of the file is a date of the file, not of publication.
"""

from __future__ import annotations

import re
from typing import Any

from merestone.capture.limits import Limits
from merestone.capture.offsets import Drawing
from merestone.capture.readers.draft import About, Draft, one_line
from merestone.capture.readers.pdf_lines import Line, Word, flowed, joint
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
    found = []
    for match in _LINE.finditer(text):
        words = []
        for word in _WORD.finditer(text, match.start(), match.end()):
            first, last = (word.start(), word.end() - 1) if straight else _indices(text_page, text, word.start(), word.end() - 1)
            box = _box(text_page, first, last)
            if box is not None:
                words.append(Word(word.group(), box))
        if words:
            found.append(Line(page, tuple(words), hyphen=match.group().endswith(_HYPHENS)))
    return found


def _indices(text_page: Any, text: str, first: int, last: int) -> tuple[int, int]:
    """PDFium's own numbers of two characters, where its text and its characters differ in number."""
    import pypdfium2.raw as pdfium

    units = (len(text[:at].encode("utf-16-le")) // 2 for at in (first, last))
    start, end = (pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, unit) for unit in units)
    return start, end


def _box(text_page: Any, first: int, last: int) -> tuple[float, float, float, float] | None:
    """The box around a word: from its first character to its last, however the line is turned."""
    import ctypes

    import pypdfium2.raw as pdfium

    edges = []
    for at in (first, last):
        rect = pdfium.FS_RECTF()
        if at < 0 or not pdfium.FPDFText_GetLooseCharBox(text_page, at, ctypes.byref(rect)):
            return None
        edges.append((rect.left, rect.bottom, rect.right, rect.top))
    a, b = edges
    return (
        round(min(a[0], b[0], a[2], b[2]), 2),
        round(min(a[1], b[1], a[3], b[3]), 2),
        round(max(a[0], b[0], a[2], b[2]), 2),
        round(max(a[1], b[1], a[3], b[3]), 2),
    )


def _about(document: Any) -> About:
    found = document.get_metadata_dict()
    return About(title=one_line(found.get("Title")), created=one_line(found.get("CreationDate")))

"""Pages of a PDF as pictures, and where on them words stand. Nothing in the file is run: no forms, no scripts, no links.

The law it keeps: one page at a time and never more pixels than are said here, however large the file says that its page is. A page
that cannot be drawn is a picture that says so.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from threading import Lock
from typing import Any

from merestone.capture.terms import PageBox

WIDE, SIDE, PIXELS, SCALE = 1_240, 4_000, 3_500_000, 4.0  # of a picture: usual width, longest side, all of it; and the most it is enlarged
TIME = timedelta(seconds=5)  # for one page
A4 = (595, 842)
UNIT = 10  # boxes are counted in tenths of a point
UNDRAWN = ("This page could not be drawn.", "The file itself can be downloaded.")

WAIT = 8.0  # seconds for one's turn

Rect = tuple[int, int, int, int]  # left, top, width, height in UNITs from the upper left corner


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its size in whole UNITs, and what is lit on it: (what it is a mark of, its boxes, whether the mark begins here)."""

    number: int
    width: int
    height: int
    lit: tuple[tuple[str, tuple[Rect, ...], bool], ...]


class Turns:
    """PDFium knows no threads: whoever asks it anything has to be the only one. Nobody waits long, and nobody at all once somebody has
    waited in vain: a few bytes can keep PDFium busy for hours, and a desk whose threads all wait for that answers nobody.

    Does not catch: the thread that is at it stays at it until PDFium is done or the program ends; other pages are shown meanwhile.
    """

    def __init__(self) -> None:
        self._lock, self._held_up = Lock(), False

    @contextmanager
    def taken(self) -> Iterator[bool]:
        """Whether it is one's turn."""
        if not self._lock.acquire(timeout=0 if self._held_up else WAIT):
            self._held_up = True
            yield False
            return
        try:
            yield True
        finally:
            self._held_up = False
            self._lock.release()


turns = Turns()


def sheets(data: bytes, boxes: Sequence[tuple[str, Sequence[PageBox]]], most: int) -> tuple[tuple[Sheet, ...], int]:
    """At most `most` pages, those on which something is lit before the others, in their order; and how many the file has."""
    import pypdfium2

    with turns.taken() as ours:
        if not ours:
            return (), 0
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return (), 0
        try:
            count = len(document)
            wanted = sorted({box.page for _, found in boxes for box in found if 1 <= box.page <= count})
            others = [number for number in range(1, min(count, most) + 1) if number not in set(wanted)]
            chosen = sorted([*wanted, *others[: max(0, most - len(wanted))]][:most])
            return tuple(_sheet(document, number, boxes) for number in chosen), count
        finally:
            document.close()


def _sheet(document: Any, number: int, boxes: Sequence[tuple[str, Sequence[PageBox]]]) -> Sheet:
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return Sheet(number, A4[0] * UNIT, A4[1] * UNIT, ())
    try:
        size = tuple(max(1, round(side * UNIT)) for side in page.get_size())
        lit = []
        for of, found in boxes:
            here = joined([box.box for box in found if box.page == number])
            if here:
                lit.append((of, tuple(_placed(page, size, box) for box in here), found[0].page == number))
        return Sheet(number, size[0], size[1], tuple(lit))
    finally:
        page.close()


def joined(boxes: Sequence[tuple[float, float, float, float]]) -> list[tuple[float, float, float, float]]:
    """Boxes of words that follow each other on a line, as one."""
    out: list[tuple[float, float, float, float]] = []
    for left, bottom, right, top in boxes:
        if out:
            a, b, c, d = out[-1]
            height = max(top - bottom, d - b)
            if min(top, d) - max(bottom, b) > 0.6 * height and -0.2 * height <= left - c <= 2 * height:
                out[-1] = (a, min(b, bottom), max(c, right), max(d, top))
                continue
        out.append((left, bottom, right, top))
    return out


def _placed(page: Any, size: tuple[int, ...], box: tuple[float, float, float, float]) -> Rect:
    """Where a box of the page's own space lies on the page as it is seen: cropped and turned as the file says."""
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for across, up in ((box[0], box[1]), (box[2], box[3])):
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, size[0], size[1], 0, across, up, ctypes.byref(x), ctypes.byref(y))
        corners.append((x.value, y.value))
    (a, b), (c, d) = corners
    return min(a, c), min(b, d), abs(a - c), abs(b - d)


def picture(data: bytes, number: int, clock: Callable[[], datetime]) -> bytes | None:
    """Page `number` (from 1) as PNG; None where the file has no such page."""
    import pypdfium2

    with turns.taken() as ours:
        if not ours:
            return undrawn()
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return None
        try:
            if not 1 <= number <= len(document):
                return None
            return _drawn(document, number, clock)
        finally:
            document.close()


def _drawn(document: Any, number: int, clock: Callable[[], datetime]) -> bytes:
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return undrawn()
    try:
        bitmap = _painted(page, clock)
        return undrawn() if bitmap is None else _png(bitmap.to_pil())
    except pypdfium2.PdfiumError:
        return undrawn()
    finally:
        page.close()


def _painted(page: Any, clock: Callable[[], datetime]) -> Any:
    """The page on white, or None where that failed or took longer than TIME.

    Does not catch: one object, or one page to be parsed, that takes long by itself; between its objects alone PDFium asks whether to go on.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    scale, until = scale_of(width, height), clock() + TIME
    across, down = max(1, math.ceil(width * scale)), max(1, math.ceil(height * scale))
    bitmap = pypdfium2.PdfBitmap.new_native(across, down, pdfium.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, across, down)
    pause = pdfium.IFSDK_PAUSE(version=1)
    kind: Any = dict(pdfium.IFSDK_PAUSE._fields_)["NeedToPauseNow"]
    pause.NeedToPauseNow = kind(lambda _: clock() > until)
    try:
        done = pdfium.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, across, down, 0, pdfium.FPDF_ANNOT, pause)
    finally:
        pdfium.FPDF_RenderPage_Close(page)
    return bitmap if done == pdfium.FPDF_RENDER_DONE else None


def scale_of(width: float, height: float) -> float:
    """Pixels a point, so that a page is as wide as a reader needs it and its picture not larger than is said above."""
    if not (width > 0 and height > 0 and math.isfinite(width * height)):
        return 1.0
    return min(SCALE, WIDE / width, (SIDE - 1) / max(width, height), math.sqrt(PIXELS / (width * height)))


def undrawn() -> bytes:
    """The picture of a page that could not be drawn."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", A4, 244)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, A4[0] - 1, A4[1] - 1), outline=190)
    for line, words in enumerate(UNDRAWN):
        draw.text((A4[0] / 2, A4[1] / 2 + 26 * line), words, fill=60, anchor="mm", font=ImageFont.load_default(17))
    return _png(image)


def page_words(data: bytes) -> str | None:
    """All words of all pages, also those that no reader takes for text of the document; None where nobody could look."""
    import pypdfium2

    found: list[str] = []
    with turns.taken() as ours:
        if not ours:
            return None
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return ""
        try:
            found.extend(str(value) for value in document.get_metadata_dict().values())
            for index in range(len(document)):
                try:
                    page = document[index]
                    found.append(page.get_textpage().get_text_range())
                except pypdfium2.PdfiumError:
                    continue
        finally:
            document.close()
    return "\n".join(found)


def _png(image: Any) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()

"""A web page: its main text, block by block on lines of its own, mapped to bytes; and what it says of itself. Scripts never run."""

from __future__ import annotations

from merestone.capture.decode import Decoded
from merestone.capture.limits import Limits
from merestone.capture.offsets import Drawing
from merestone.capture.readers.draft import Draft
from merestone.capture.readers.page_about import about_page, generator_of
from merestone.capture.readers.page_blocks import Block, page_of
from merestone.capture.readers.page_main import main_blocks
from merestone.capture.terms import ByteRange
from merestone.ledger.terms import Refusal

OWN = "merestone"


def read_page(decoded: Decoded, limits: Limits, part: str = "") -> Draft:
    """Raises `Refusal("own_report")` for a page that this program made: read as a source, it would bear itself out."""
    page = page_of(decoded.text)
    if generator_of(page) == OWN:
        raise Refusal("own_report", found=OWN)
    notices = list(decoded.notices)
    if page.depth > limits.html_depth:
        notices.append(Refusal("deep_html", depth=page.depth))
    if page.hidden_points:
        notices.append(Refusal("hidden_text", left_out=page.hidden_points))
    drawing = Drawing()
    for block in main_blocks(decoded.text, page, limits.html_depth):
        if drawing.length:
            drawing.supply("\n")
        _draw(drawing, block, decoded, part)
    text, pieces = drawing.drawn()
    return Draft(text, pieces, decoded.encoding, about_page(decoded.text, page), tuple(notices))


def _draw(drawing: Drawing, block: Block, decoded: Decoded, part: str) -> None:
    at, byte = -1, -1
    for run in block.runs:
        start = byte if run.start == at else decoded.byte_at(run.start)
        at, byte = run.end, decoded.byte_at(run.end)
        drawing.take(run.text, ByteRange(part, start, byte), exact=run.exact)

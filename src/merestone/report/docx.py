"""The report as DOCX: real headings and tables, a field for the contents, the bar on every page; the same bytes from the same edition.

The body is that of the PDF, block by block. Pictures are drawn by typst from the same SVG.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from merestone.report.blocks import Block, Heading, Icon, Pairs, Paper, Picture, Points, Runs, Table, Text
from merestone.report.contents import contents_of
from merestone.report.docx_body import EMU, Writer, flat
from merestone.report.docx_look import dress
from merestone.report.paper import paper_of
from merestone.report.pdf import compiler
from merestone.report.printable import printable
from merestone.report.terms import Edition

if TYPE_CHECKING:
    from docx.document import Document

DENSITY = 180  # dots an inch
DRAWING = (
    '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{n}" name="Picture {n}" descr={told}/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{n}" name="{n}.png"/>'
    '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{rel}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)


def report_docx(edition: Edition) -> bytes:
    """The DOCX of an edition that `redact` has passed."""
    return docx_of(contents_of(edition), edition.generated_at)


def docx_of(shown: Mapping[str, Any], made: datetime) -> bytes:
    import docx

    paper = paper_of(shown)
    document = docx.Document()
    dress(document, paper)
    _properties(document, paper, made)
    _fill(document, paper)
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _properties(document: Document, paper: Paper, made: datetime) -> None:
    """Nothing but what the page says itself: no author, no machine, no clock."""
    properties = document.core_properties
    day = made.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.title, properties.subject, properties.language = printable(paper.title)[:255], paper.bar, "en"
    properties.author = properties.last_modified_by = "merestone"
    properties.comments = properties.category = ""
    properties.keywords = "merestone"  # as in the PDF and the page: a report of ours can be told from a source
    properties.created = properties.modified = day
    properties.revision = 1
    relations = document.part.package.rels
    for name in [name for name, each in relations.items() if each.reltype.endswith("/thumbnail")]:
        relations.pop(name)


def _fill(document: Document, paper: Paper) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    pictures = _drawn(paper.blocks)
    numbers = iter(range(1, 1_000_000))

    def drawing(svg: str, told: str, wide: float, high: float) -> str:
        relation, _ = document.part.get_or_add_image(io.BytesIO(pictures[svg]))
        size = {"cx": round(wide * EMU), "cy": round(high * EMU)}
        return DRAWING.format(n=next(numbers), told=quoteattr(printable(told)), rel=relation, **size)

    writer = Writer(paper.blocks, drawing, lambda target: document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    written = "".join(map(writer.block, paper.blocks))
    body = document.element.body
    for element in list(parse_xml(f"<w:body {nsdecls('w', 'r', 'wp', 'a', 'pic')}>{written}</w:body>")):
        body.insert(len(body) - 1, element)  # the last is the section that the page belongs to


def _drawn(blocks: Iterable[Block]) -> dict[str, bytes]:
    """Each picture of the report as PNG, by its SVG."""
    found = {each.svg: each for block in flat(blocks) for each in _pictures(block)}
    if not found:
        return {}
    data = [{"svg": each.svg, "wide": each.wide, "high": each.high} for each in found.values()]
    made = compiler("pictures", data).compile(format="png", ppi=DENSITY)
    pages = made if isinstance(made, list) else [made]
    return {svg: page for svg, page in zip(found, pages, strict=True) if page is not None}


def _pictures(block: Block) -> Iterable[Icon | Picture]:
    match block:
        case Picture():
            yield block
        case Heading(_, runs) | Text(runs):
            yield from _icons(runs)
        case Points(items):
            for item in items:
                yield from _icons(item)
        case Pairs(rows):
            for _, runs in rows:
                yield from _icons(runs)
        case Table():
            for row in table_cells(block):
                yield from _icons(row)
        case _:
            return


def table_cells(table: Table) -> Iterable[Runs]:
    return (cell for row in table.rows for cell in row)


def _icons(runs: Runs) -> Iterable[Icon]:
    return (each for each in runs if isinstance(each, Icon))


def _timeless(document: bytes) -> bytes:
    """The same package with the date that every part of it has in common, and its parts in one order."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type, part.external_attr, part.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            new.writestr(part, old.read(name))
    return out.getvalue()

"""The look of the DOCX: paper, styles, numbered headings, and what stands on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from merestone.report.blocks import Paper
from merestone.report.docx_body import page_field, words

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Arial"  # on most desks, and it has all the scripts; a text program puts its own in its place elsewhere
SOFT, FAINT = "4A4843", "6B6861"
# name -> points, bold, italic, colour, points before, points after, stays with what follows
STYLES: dict[str, tuple[float, bool, bool, str, float, float, bool]] = {
    "Lead": (13, False, False, "", 0, 12, False),
    "Note": (9, False, False, SOFT, 2, 6, True),
    "How": (8.5, False, False, SOFT, 2, 6, False),
    "Legend": (8.5, False, False, SOFT, 2, 4, True),
    "Slots": (8.5, False, False, SOFT, 1, 1, True),
    "Leads": (8.5, False, False, "", 1, 8, False),
    "Tag": (8.5, False, False, SOFT, 12, 0, True),
    "Act": (9, False, False, SOFT, 0, 4, True),
    "Index": (9, False, False, "", 1, 2, False),
    "Rule": (8.5, False, False, SOFT, 4, 2, True),
    "Told": (10, False, True, "", 1, 2, False),
    "Short": (10, False, False, "", 1, 2, True),
    "Acted": (10, False, True, "", 1, 2, True),
    "Quote": (10, False, False, "", 1, 2, False),
    "Absent": (10, False, True, FAINT, 2, 6, False),
    "Summary": (9.5, True, False, "", 10, 3, True),
    "Speaker": (10, False, False, "", 6, 1, True),
    "Period": (10, False, False, "", 1, 4, True),
    "Point": (10, False, False, "", 2, 3, False),
    "LeadIn": (10, False, False, "", 8, 1, True),
    "Context": (10, False, False, "", 4, 6, False),
    "Differs": (9.5, False, False, "", 6, 6, False),
    "Box": (9.5, False, False, "", 8, 8, False),
    "Closing": (9, False, False, SOFT, 24, 0, False),
    "Cell": (9, False, False, "", 2, 2, False),
    "Small": (8, False, False, "", 1, 1, False),
    "Number": (8.5, False, False, "", 1, 1, False),
    "Gap": (4, False, False, "", 0, 0, False),
    "Picture": (10, False, False, "", 4, 6, True),
    "Contents": (13, True, False, "", 18, 6, True),
}
HEADINGS = {"Title": (26, 0, 8), "Heading 1": (18, 26, 8), "Heading 2": (13, 16, 5), "Heading 3": (10, 10, 3)}
NUMBERS = (
    '<w:abstractNum {ns} w:abstractNumId="{n}"><w:multiLevelType w:val="multilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/><w:suff w:val="space"/><w:lvlText w:val="%1"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading2"/><w:suff w:val="space"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
)


def dress(document: Document, paper: Paper) -> None:
    """Gives an empty document its page, its styles and its running lines."""
    _page(document)
    for name, (size, bold, italic, colour, before, after, keep) in STYLES.items():
        style = document.styles.add_style(f"Report {name}", 1)
        style.element.set(_w("styleId"), f"Report{name}")
        style.base_style = document.styles["Normal"]
        style.font.bold, style.font.italic = bold, italic
        _set(style, size, colour, (before, after), keep)
    for name, (size, before, after) in HEADINGS.items():
        _set(document.styles[name], size, "111111", (before, after), name != "Title")
        document.styles[name].font.bold = True
    _normal(document)
    _points(document)
    _contents(document)
    _numbers(document)
    _running(document, paper)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _set(style: Any, size: float, colour: str, room: tuple[float, float], keep: bool) -> None:
    from docx.shared import Pt, RGBColor

    style.font.size = Pt(size)
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(room[0]), Pt(room[1])
    style.paragraph_format.keep_with_next = keep
    _face(style)


def _face(style: Any) -> None:
    """One face for all scripts, and none of a theme."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(_w(name), FONT)


def _page(document: Document) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(17)
    section.top_margin, section.bottom_margin = Mm(29), Mm(20)
    section.header_distance, section.footer_distance = Mm(11), Mm(10)


def _normal(document: Document) -> None:
    normal = document.styles["Normal"]
    _set(normal, 10, "", (0, 4), False)
    normal.paragraph_format.line_spacing = 1.1
    for tag in document.styles.element.iter(_w("lang")):
        tag.set(_w("val"), "en")
    for name in ("Title", "Heading 1"):
        borders = document.styles[name].element.find(f".//{_w('pBdr')}")
        if borders is not None:
            borders.getparent().remove(borders)


def _points(document: Document) -> None:
    from docx.shared import Mm

    style = document.styles.add_style("Report Point in a list", 1)
    style.element.set(_w("styleId"), "ReportListed")
    style.base_style = document.styles["Normal"]
    _set(style, 9.5, "", (0, 3), False)
    style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Mm(7), Mm(-7)
    style.paragraph_format.tab_stops.add_tab_stop(Mm(7))
    document.styles["Report Number"].paragraph_format.alignment = 2
    document.styles["Report Index"].paragraph_format.left_indent = Mm(5)


def _contents(document: Document) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm

    for level in (1, 2):
        style = document.styles.add_style(f"toc {level}", 1)
        style.element.set(_w("styleId"), f"TOC{level}")
        style.base_style = document.styles["Normal"]
        style.font.bold = level == 1
        _set(style, 9.5, "", (4 if level == 1 else 0, 1), False)
        style.paragraph_format.left_indent = Mm(5 * (level - 1))
        style.paragraph_format.tab_stops.add_tab_stop(Mm(176), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _numbers(document: Document) -> None:
    """Headings 1 and 2 count themselves."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    numbering = document.part.numbering_part.element
    taken = [int(each.get(_w("abstractNumId"))) for each in numbering.findall(_w("abstractNum"))]
    used = [int(each.get(_w("numId"))) for each in numbering.findall(_w("num"))]
    abstract, number = max(taken, default=0) + 1, max(used, default=0) + 1
    first = numbering.find(_w("num"))
    made = parse_xml(NUMBERS.format(ns=nsdecls("w"), n=abstract))
    if first is None:
        numbering.append(made)
    else:
        first.addprevious(made)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'))
    for level in (0, 1):
        properties = document.styles[f"Heading {level + 1}"].element.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = number


def _running(document: Document, paper: Paper) -> None:
    """The bar and the running head above, the page number below, on every page."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    section = document.sections[0]
    tab = "<w:r><w:tab/></w:r>"
    bar = words(paper.bar, ["warn"]) + words(f"  {paper.more}", ["flag"]) + (tab + words(paper.inside, ["warn"]) if paper.inside else "")
    head = words(_short(paper.title), ["soft"]) + tab + words(f"{_short(paper.head)} · {paper.foot}", ["soft"])
    pages = (
        words("page ", ["soft"])
        + page_field(" PAGE ", words("1", ["soft"]))
        + words(" of ", ["soft"])
        + page_field(" NUMPAGES ", words("1", ["soft"]))
    )
    foot = words(paper.inside, ["soft"]) + tab + pages
    stops = '<w:tabs><w:tab w:val="right" w:pos="9978"/></w:tabs>'
    wash = '<w:shd w:val="clear" w:color="auto" w:fill="FFF3D6"/>'
    for name in ("Header", "Footer"):
        _set(document.styles[name], 8.5, SOFT, (0, 2), False)
        for stop in list(document.styles[name].element.iter(_w("tabs"))):
            stop.getparent().remove(stop)
    for part, name, lines in ((section.header, "Header", ((wash, bar), ("", head))), (section.footer, "Footer", (("", foot),))):
        element = part._element  # the only door to the XML of a header
        for old in list(element):
            element.remove(old)
        for shade, line in lines:
            element.append(parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{name}"/>{shade}{stops}</w:pPr>{line}</w:p>'))


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()}…"

"""The body of the DOCX: blocks as WordprocessingML, written as text so that thousands of rows take no time.

Every word goes through `printable` and is escaped; names of bookmarks are ours. A link that leads nowhere is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from urllib.parse import quote, urlsplit

from merestone.report.blocks import Beside, Block, Contents, Heading, Icon, Pairs, Picture, Points, Run, Runs, Table, Text, words_of
from merestone.report.printable import fenced, printable

WIDE = 9978  # twentieths of a point between the margins of A4: 176 mm
EMU = 36_000  # a millimetre
LOOKS: dict[str, dict[str, str]] = {
    "soft": {"color": 'w:val="4A4843"', "sz": 'w:val="17"'},
    "around": {"color": 'w:val="4A4843"'},
    "absent": {"i": "", "color": 'w:val="6B6861"'},
    "warn": {"b": "", "color": 'w:val="7A4A00"'},
    "strong": {"b": ""},
    "grade": {"b": "", "bdr": 'w:val="single" w:sz="4" w:space="0" w:color="111111"'},
    "flag": {"color": 'w:val="7A4A00"', "sz": 'w:val="16"'},
    "number": {"b": "", "color": 'w:val="1F4E5F"', "bdr": 'w:val="single" w:sz="4" w:space="0" w:color="A9BCC4"'},
    "ref": {"b": "", "color": 'w:val="1F4E5F"', "sz": 'w:val="16"'},
    "link": {"color": 'w:val="1F4E5F"'},
    "person": {"u": 'w:val="dotted" w:color="7A4A00"'},
    "mask": {"color": 'w:val="FFFFFF"', "shd": 'w:val="clear" w:color="auto" w:fill="55524C"'},
    "lit": {"shd": 'w:val="clear" w:color="auto" w:fill="FDEEB0"'},
    "code": {"rFonts": 'w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"', "sz": 'w:val="15"'},
}
ORDER = ("rFonts", "b", "i", "color", "sz", "u", "bdr", "shd")
FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
HAIR = 'w:val="single" w:sz="4" w:space="0" w:color="C4C0B6"'
Shown = Callable[[str, str, float, float], str]  # a picture's SVG, its words, its size in mm -> the drawing


class Writer:
    """Blocks one after the other as XML. `drawn` gives the drawing of a picture, `outside` the name of a relation to an address."""

    def __init__(self, blocks: Sequence[Block], drawn: Shown, outside: Callable[[str], str]) -> None:
        self._drawn, self._outside = drawn, outside
        anchors = [block.anchor for block in flat(blocks) if isinstance(block, (Heading, Text)) and block.anchor]
        self._names = {anchor: f"m{n}" for n, anchor in enumerate(dict.fromkeys(anchors), 1)}
        self._listed = [block for block in flat(blocks) if isinstance(block, Heading) and block.level in (1, 2)]
        self._marks = {id(block): f"_Toc{n:06d}" for n, block in enumerate(self._listed, 1)}
        self._count = 0

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                return self._heading(block)
            case Text(runs, style, anchor):
                return self._paragraph(self._runs(runs), _style(style), self._names.get(anchor, ""))
            case Points(items, marks):
                return self._points(items, marks)
            case Pairs(rows):
                cells = [((Run(name, "soft"),), runs) for name, runs in rows]
                return self._table(cells, (22, 78), ())
            case Table():
                return self._captioned(block)
            case Beside():
                return self._beside(block)
            case Picture(svg, told, wide, high):
                return self._paragraph(self._drawn(svg, told, wide, high), "ReportPicture")
            case Contents():
                return self._contents()

    def _heading(self, heading: Heading) -> str:
        tag = self._paragraph(self._runs(heading.tag), "ReportTag") if heading.tag else ""
        style = "Title" if heading.level == 0 else f"Heading{heading.level}"
        names = [name for name in (self._names.get(heading.anchor, ""), self._marks.get(id(heading), "")) if name]
        return tag + self._paragraph(self._runs(heading.runs, plain=True), style, *names)

    def _paragraph(self, inside: str, style: str = "", *names: str) -> str:
        for name in filter(None, names):
            self._count += 1
            inside = f'<w:bookmarkStart w:id="{self._count}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{self._count}"/>'
        told = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{told}{inside}</w:p>"

    def _runs(self, runs: Runs, *, plain: bool = False) -> str:
        out = []
        for each in runs:
            if isinstance(each, Icon):
                out.append(self._drawn(each.svg, each.told, each.wide, each.high))
            elif each.text:
                out.append(self._run(each, plain))
        return "".join(out)

    def _run(self, each: Run, plain: bool) -> str:
        opening = self._link(each.href)
        looks = [] if plain else each.style.split()
        text = words(each.text, looks + (["link"] if opening else []))
        return f"{opening}{text}</w:hyperlink>" if opening else text

    def _link(self, href: str) -> str:
        if href.startswith("#"):
            return f'<w:hyperlink w:anchor="{self._names[href[1:]]}">' if href[1:] in self._names else ""
        target = address(href)
        return f'<w:hyperlink r:id="{self._outside(target)}">' if target else ""

    def _points(self, items: Sequence[Runs], marks: Sequence[str]) -> str:
        made = zip(marks or ["–"] * len(items), items, strict=True)
        tab = "<w:r><w:tab/></w:r>"
        return "".join(
            self._paragraph(words(f"{mark}." if marks else mark, []) + tab + self._runs(item), "ReportListed") for mark, item in made
        )

    def _captioned(self, table: Table) -> str:
        caption = self._paragraph(self._runs(table.caption), "ReportSummary") if table.caption else ""
        head = [((Run(name, "soft"),),) for name in table.head]
        rows = [tuple(cell for (cell,) in head), *table.rows] if head else list(table.rows)
        return caption + self._table(
            rows, table.widths, table.numeric, heads=1 if head else 0, style="ReportSmall" if table.small else "ReportCell"
        )

    def _table(
        self, rows: Sequence[Sequence[Runs]], widths: Sequence[float], numeric: Sequence[int], *, heads: int = 0, style: str = "ReportCell"
    ) -> str:
        made = [
            [self._paragraph(self._runs(cell), "ReportNumber" if at in numeric else style) for at, cell in enumerate(row)] for row in rows
        ]
        return table(made, widths, heads)

    def _beside(self, beside: Beside) -> str:
        if beside.style != "sides":
            return "".join(self.block(block) for cell in beside.cells for block in cell)
        heads = [self.block(cell[0]) for cell in beside.cells]
        bodies = ["".join(map(self.block, cell[1:])) for cell in beside.cells]
        return table([heads, bodies], beside.widths, 1)

    def _contents(self) -> str:
        """A field that Word fills when it opens the file. Until then, and in programs that do not, it holds the headings as links;
        the pages they will stand on are not known here."""
        entries = []
        for n, heading in enumerate(self._listed):
            named = f'<w:hyperlink w:anchor="{self._marks[id(heading)]}">{words(words_of(heading.runs).strip(), [])}</w:hyperlink>'
            start = _field_start(' TOC \\o "1-2" \\h \\z \\u ', stale=True) if n == 0 else ""
            end = f'{FIELD_END}<w:r><w:br w:type="page"/></w:r>' if n == len(self._listed) - 1 else ""
            entries.append(self._paragraph(start + named + end, f"TOC{heading.level}"))
        return self._paragraph(words("Contents", []), "ReportContents") + "".join(entries)


def flat(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Beside):
            for cell in block.cells:
                yield from flat(cell)


def _style(name: str) -> str:
    return "Report" + "".join(part.capitalize() for part in name.split("-")) if name else ""


def words(text: str, looks: Iterable[str]) -> str:
    told: dict[str, str] = {}
    for look in looks:
        told |= LOOKS.get(look, {})
    inside = "".join(f"<w:{tag} {told[tag]}/>" for tag in ORDER if tag in told)
    shown = escape(fenced(printable(text)), quote=False)
    return f'<w:r>{f"<w:rPr>{inside}</w:rPr>" if inside else ""}<w:t xml:space="preserve">{shown}</w:t></w:r>'


def table(rows: Sequence[Sequence[str]], widths: Sequence[float], heads: int) -> str:
    """Rows of cells, each of paragraphs. The first `heads` rows are repeated on each page."""
    share = [round(WIDE * width / sum(widths)) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in share)
    made = []
    for n, row in enumerate(rows):
        told = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if n < heads else ""
        cells = (f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for width, cell in zip(share, row, strict=True))
        made.append(f"<w:tr>{told}{''.join(cells)}</w:tr>")
    edges = f"<w:tblBorders><w:top {HAIR}/><w:bottom {HAIR}/><w:insideH {HAIR}/></w:tblBorders>"
    look = f'<w:tblLook w:firstRow="{1 if heads else 0}" w:noHBand="1" w:noVBand="1"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{WIDE}" w:type="dxa"/>{edges}<w:tblLayout w:type="fixed"/>{look}</w:tblPr>'
        f'<w:tblGrid>{grid}</w:tblGrid>{"".join(made)}</w:tbl><w:p><w:pPr><w:pStyle w:val="ReportGap"/></w:pPr></w:p>'
    )


def _field_start(code: str, *, stale: bool = False) -> str:
    dirty = ' w:dirty="true"' if stale else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{dirty}/></w:r><w:r><w:instrText xml:space="preserve">{escape(code, quote=False)}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def page_field(code: str, shown: str) -> str:
    return f"{_field_start(code)}{shown}{FIELD_END}"


def address(href: str) -> str:
    """An address that a relation may bear: escaped, and "" where it cannot be taken apart."""
    if not re.match(r"https?://", href):
        return ""
    try:
        parts = urlsplit(printable(href))
    except ValueError:
        return ""
    return quote(parts.geturl(), safe="%/:=&?~#+!$,;'@()*[]") if parts.hostname else ""

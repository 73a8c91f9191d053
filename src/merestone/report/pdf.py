"""The report as PDF, set by typst from `templates/report.typ`: A4, tagged, the same bytes from the same edition.

Words of strangers reach typst as data in one JSON string, never as markup. Only the fonts that are shipped are used; no package and no file beside
the template can be read, and no clock: the date is the edition's.
"""

from __future__ import annotations

import functools
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from merestone.report.blocks import Beside, Block, Contents, Heading, Icon, Pairs, Paper, Picture, Points, Run, Runs, Table, Text
from merestone.report.contents import contents_of
from merestone.report.paper import paper_of
from merestone.report.printable import fenced, printable
from merestone.report.terms import Edition

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).resolve().parent
FONTS = next((folder for folder in (HERE / "fonts", HERE.parents[2] / "vendor" / "fonts") if folder.is_dir()), HERE / "fonts")
TEMPLATE = HERE / "templates" / "report.typ"
PAGE, LABEL = 500.0, 92.0  # points: the width of the words on a page, and of the names in a list of names
SIZE = 10.0  # words are at most as large as this outside headings; one that is wider than its room gets places to break
FIGURE = 4.2  # points: a letter of a number in a table is at most as wide on the average; what is `whole` and fits is not broken
HEADINGS = (26.0, 17.0, 13.0, 10.0)
WHOLE = 1600  # letters: what is longer may end on the next page
BREAK = "\u200b"


def report_pdf(edition: Edition) -> bytes:
    """The PDF of an edition that `redact` has passed."""
    return pdf_of(contents_of(edition), edition.generated_at)


def pdf_of(shown: Mapping[str, Any], made: datetime) -> bytes:
    found = compiler("report", data_of(paper_of(shown), made)).compile(format="pdf", timestamp=made.astimezone(UTC).replace(microsecond=0))
    if not isinstance(found, bytes):
        raise TypeError("typst gave no PDF")
    return found


def compiler(name: str, data: Any) -> typst.Compiler:
    """A template of ours with its data, closed against everything else on the machine."""
    import typst

    template = HERE / "templates" / f"{name}.typ"
    inputs = {"report": json.dumps(data, ensure_ascii=True)}
    return typst.Compiler(template, root=template.parent, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)


@functools.cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])


def data_of(paper: Paper, made: datetime) -> dict[str, Any]:
    anchors = {block.anchor for block in _flat(paper.blocks) if isinstance(block, (Heading, Text)) and block.anchor}
    setter = Setter(anchors)
    blocks = [setter.block(block, PAGE) for block in paper.blocks]
    day = made.astimezone(UTC)
    return {
        "title": printable(paper.title),
        "short": fenced(_short(printable(paper.title))),
        "head": fenced(_short(printable(paper.head))),
        "bar": paper.bar, "inside": paper.inside, "more": paper.more, "foot": paper.foot,
        "date": [day.year, day.month, day.day, day.hour, day.minute, day.second],
        "blocks": blocks,
        "pictures": setter.pictures,
    }  # fmt: skip


def _short(text: str, most: int = 58) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def _flat(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Beside):
            for cell in block.cells:
                yield from _flat(cell)


class Setter:
    """Blocks as the template reads them. Each picture is kept once; a link that leads nowhere is none."""

    def __init__(self, anchors: set[str]) -> None:
        self._anchors = anchors
        self._known: dict[str, int] = {}
        self.pictures: list[str] = []

    def block(self, block: Block, room: float) -> dict[str, Any]:
        data: dict[str, Any] = {"is": type(block).__name__.lower()}
        match block:
            case Heading(level, runs, anchor, tag):
                data |= {"level": level, "runs": self._runs(runs, room, HEADINGS[level]), "anchor": anchor, "tag": self._runs(tag, room)}
            case Text(runs, style, anchor):
                data |= {"runs": self._runs(runs, room), "style": style, "anchor": anchor}
            case Points(items, marks):
                data |= {"items": [self._runs(item, room - 30) for item in items], "marks": marks}
            case Pairs(rows):
                data |= {"rows": [[breakable(printable(name), LABEL), self._runs(runs, room - LABEL)] for name, runs in rows]}
            case Table():
                data |= self._table(block, room)
            case Beside(cells, style, widths):
                rooms = _rooms(widths, room - 14 * len(cells))
                data |= {"cells": [[self.block(b, w) for b in cell] for cell, w in zip(cells, rooms, strict=True)]}
                data |= {"style": style, "widths": widths, "whole": _letters(block) < WHOLE}
            case Picture(drawn, told, wide, _):
                data |= {"picture": self._picture(drawn), "told": told, "wide": wide}
            case Contents():
                pass
        return data

    def _table(self, table: Table, room: float) -> dict[str, Any]:
        rooms = _rooms(table.widths, room - 8 * len(table.widths))
        return {
            "caption": self._runs(table.caption, room),
            "head": table.head,
            "rows": [[self._runs(cell, w) for cell, w in zip(row, rooms, strict=True)] for row in table.rows],
            "widths": table.widths, "numeric": table.numeric, "small": table.small,
        }  # fmt: skip

    def _runs(self, runs: Runs, room: float, size: float = SIZE) -> list[dict[str, Any]]:
        out: list[dict[str, Any]] = []
        for each in runs:
            if isinstance(each, Icon):
                out.append({"icon": self._picture(each.svg), "wide": each.wide, "high": each.high, "told": each.told})
            elif each.text:
                style, text = each.style.split(), printable(each.text)
                if "whole" in style and len(text) * FIGURE > room:
                    style.remove("whole")
                shown = text if "whole" in style else breakable(text, room, size)
                out.append({"text": fenced(shown), "style": style, "href": self._href(each)})
        return out

    def _href(self, each: Run) -> str:
        if each.href.startswith("#"):
            return each.href if each.href[1:] in self._anchors else ""
        return printable(each.href)

    def _picture(self, drawn: str) -> int:
        if drawn not in self._known:
            self._known[drawn] = len(self.pictures)
            self.pictures.append(drawn)
        return self._known[drawn]


def _letters(value: Any) -> int:
    """How much there is to read in a block, or in anything that it is made of."""
    if isinstance(value, Run):
        return len(value.text)
    if isinstance(value, tuple):
        return sum(map(_letters, value))
    return sum(_letters(getattr(value, each.name)) for each in fields(value)) if is_dataclass(value) else 0


def _rooms(widths: tuple[float, ...], room: float) -> list[float]:
    return [room * width / sum(widths) for width in widths]


def breakable(text: str, room: float, size: float = SIZE) -> str:
    """The text with a place to break after every fourth letter of each word that is wider than its room."""
    return " ".join(word if _wider(word, room, size) is False else _broken(word) for word in text.split(" "))


def _wider(word: str, room: float, size: float) -> bool:
    """An upper bound: no letter of the fonts that we ship is wider than 1.1 of its size, few are wider than 0.7."""
    if len(word) * size * 1.1 <= room:
        return False
    return sum(1.1 if not c.isascii() or c in "MWmw@%" else 0.76 if c.isupper() else 0.64 for c in word) * size > room


def _broken(word: str) -> str:
    out = []
    for at, letter in enumerate(word):
        if at and at % 4 == 0 and not unicodedata.combining(letter) and letter != "\u200d" and word[at - 1] != "\u200d":
            out.append(BREAK)
        out.append(letter)
    return "".join(out)

"""The report's pictures made to stand alone, for paper: with a style and fills of their own, because no page lends them any.

The drawing itself is that of the page; nothing is added to it but colours.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

from merestone.report import svg
from merestone.report.blocks import Icon, Picture

WIDEST, HIGHEST, BESIDE_WORDS = 176.0, 214.0, 150.0  # millimetres: what a page has for a picture, and for one with its key and its table
MM = 0.27  # millimetres of a unit of a small picture
_STYLE = Path(__file__).resolve().parent / "templates" / "picture.css"
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_FILLS = re.compile(r"<defs><pattern.*?</defs>", re.DOTALL)
_OPENING = re.compile(r"<svg\b[^>]*>")


@functools.cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")


def alone(drawn: str) -> str:
    """One picture with its namespace and its style. Links inside it are dropped: paper has none in pictures."""
    head = _OPENING.match(drawn)
    if head is None:
        return ""
    opening = head[0] if "xmlns=" in head[0] else head[0].replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    body = re.sub(r"<a\b[^>]*>|</a>", "", drawn[head.end() :])
    return f"{opening}<style>{_style()}</style>{body}"


def pictures(drawn: str, told: str, highest: float = HIGHEST) -> tuple[Picture, ...]:
    """Each of the pictures in a row of them. Fills that only the first defines are lent to all."""
    fills = _FILLS.search(drawn)
    made = []
    for each in re.findall(r"<svg\b.*?</svg>", drawn, re.DOTALL):
        whole = each if fills is None or fills[0] in each else _OPENING.sub(lambda m: m[0] + fills[0], each, count=1)
        wide, high = _size(each)
        scale = min(WIDEST / wide, highest / high)
        made.append(Picture(alone(whole), told, wide * scale, high * scale))
    return tuple(made)


def icon(drawn: str, told: str = "") -> Icon:
    wide, high = _size(drawn)
    return Icon(alone(drawn), wide * MM, high * MM, told)


@functools.cache
def swatch(order: int, sides: int) -> Icon:
    """The fill of a party by its order, -1 for other voices."""
    fill = f"url(#k-h{order if order >= 0 else 'o'})"
    box = svg.el("rect", x=0.4, y=0.4, width=17.2, height=11.2, fill=fill, class_="swatch")
    drawn = svg.el("svg", svg.hatches("k", sides), box, viewBox="0 0 18 12")
    return Icon(alone(drawn), 4.2, 2.8)


def _size(drawn: str) -> tuple[float, float]:
    found = _BOX.search(drawn)
    return (float(found[1]), float(found[2])) if found else (1.0, 1.0)

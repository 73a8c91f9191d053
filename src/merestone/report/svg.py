"""Writing SVG: elements as text, every value escaped, nothing that could load or run.

Colours come from the page's style by class, so that the pictures follow dark mode and print.
"""

from __future__ import annotations

import re
from html import escape

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_WIDE = re.compile(r"[A-ZМШЩЖЮФMW@%Ա-Ֆ]")


def clean(words: str) -> str:
    """Words for a picture: no control characters, no marks that turn the direction of what follows."""
    return _UNSEEN.sub("", words)


def el(name: str, *inside: str, **attributes: str | float | None) -> str:
    """One element. `inside` is SVG already; `_` in a name of an attribute stands for `-`, a trailing `_` is dropped."""
    told = "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{told}>{''.join(inside)}</{name}>" if inside else f"<{name}{told}/>"


def words(text: str, **attributes: str | float | None) -> str:
    return el("text", escape(clean(text)), **attributes)


def link(target: str, *inside: str) -> str:
    """A link inside the page."""
    return el("a", *inside, href=f"#{target}")


def picture(width: float, height: float, title: str, told: str, *inside: str, id_: str, class_: str) -> str:
    """A picture with a title and a description for those who do not see it."""
    return el(
        "svg",
        el("title", escape(clean(title)), id=f"{id_}-t"),
        el("desc", escape(clean(told)), id=f"{id_}-d"),
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img",
        aria_labelledby=f"{id_}-t {id_}-d",
        class_=class_,
    )


def path(points: list[tuple[float, float]], closed: bool = False) -> str:
    steps = [f"{number(x)} {number(y)}" for x, y in points]
    return "M" + "L".join(steps) + ("Z" if closed else "") if steps else ""


def breadth(text: str, size: float) -> float:
    """About how wide a label is, in the units of its size."""
    return size * sum(0.68 if _WIDE.match(c) else 0.3 if c in " .,:;il|'-" else 0.54 for c in text)


def number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") or "0"


def _value(value: str | float) -> str:
    return escape(clean(value)) if isinstance(value, str) else number(value)


def hatches(prefix: str, parties: int) -> str:
    """The fills of parties by their order: plain, slanted lines, dots, upright lines; told apart without colour as well."""
    drawn = []
    for at in range(parties):
        ground = el("rect", width=6, height=6, class_=f"ground p{at % 4}")
        marks = (
            "",
            el("path", d="M-1 1L1 -1M0 6L6 0M5 7L7 5", class_="hatch"),
            el("circle", cx=3, cy=3, r=1.2, class_="dot"),
            el("path", d="M3 0V6", class_="hatch"),
        )[at % 4]
        drawn.append(el("pattern", ground, marks, id=f"{prefix}-h{at}", width=6, height=6, patternUnits="userSpaceOnUse"))
    drawn.append(
        el("pattern", el("rect", width=6, height=6, class_="ground po"), el("path", d="M0 3H6", class_="hatch"), id=f"{prefix}-ho", width=6, height=6,
           patternUnits="userSpaceOnUse")
    )  # fmt: skip
    return el("defs", *drawn)


def swatches(parties: int) -> str:
    """The hatches alone, unseen: what a page holds once so that the swatches in its text have their fills."""
    return el("svg", hatches("k", parties), width=0, height=0, aria_hidden="true", class_="defs")

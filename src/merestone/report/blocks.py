"""The nouns of a printed page: what a report on paper is made of, whatever prints it.

Values only. A style is a name that each printer knows; words of strangers stand in `text` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style (several names with spaces between; "" is plain). `href` is "#" and an anchor, or an address."""

    text: str
    style: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Icon:
    """A picture as high as a word: SVG that stands alone, millimetres, and what it says where it says more than the words beside it."""

    svg: str
    wide: float
    high: float
    told: str = ""


Runs = tuple[Run | Icon, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 0 is the title, 1 a section of the report, 2 an entry of it, 3 a part of an entry. Levels 1 and 2 are numbered and stand
    in the contents. `tag` stands above it."""

    level: int
    runs: Runs
    anchor: str = ""
    tag: Runs = ()


@dataclass(frozen=True, slots=True)
class Text:
    runs: Runs
    style: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list. `marks` are the numbers it gives its items; none: dots."""

    items: tuple[Runs, ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names and what belongs to them."""

    rows: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are shares; `numeric` the columns that are set to the right; `small` for reasons and rules."""

    caption: Runs
    head: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    widths: tuple[float, ...]
    numeric: tuple[int, ...] = ()
    small: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """Cells side by side, each beginning with a heading or a label. `style`: sides, ask or claim."""

    cells: tuple[tuple[Block, ...], ...]
    style: str
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """SVG that stands alone, with its size in millimetres and its words for those who do not see it."""

    svg: str
    told: str
    wide: float
    high: float


@dataclass(frozen=True, slots=True)
class Contents:
    """Where the list of headings with their pages goes."""


Block = Heading | Text | Points | Pairs | Table | Beside | Picture | Contents


@dataclass(frozen=True, slots=True)
class Paper:
    """A report to be printed. `bar` stands on every page, and `inside` (may be "") beside it; `head` runs along with the title."""

    title: str
    head: str
    bar: str
    inside: str
    more: str
    foot: str
    blocks: tuple[Block, ...]


def run(text: str, style: str = "", href: str = "") -> Runs:
    return (Run(text, style, href),)


def joined(parts: Iterable[Runs], between: str = " ") -> Runs:
    """Runs one after the other, with words between those that are not empty."""
    out: list[Run | Icon] = []
    for part in parts:
        if part:
            out.extend(([Run(between)] if out else []) + list(part))
    return tuple(out)


def words_of(runs: Runs) -> str:
    return "".join(each.text for each in runs if isinstance(each, Run))

"""The timeline as a vector picture: one row an incident, one bar a version, as long as its time is unsure.

By the hour when all lies within three days, by the day otherwise. What bears no date, or lies long before, is listed beside.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from statistics import median

from merestone.link.terms import Ref
from merestone.report import svg, words
from merestone.report.terms import Card, Edition, Incident

DAY = 24.0
FOCUS = 45 * DAY  # what lies further from the middle of the incidents is listed beside
HOURLY_DAYS = 3
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Size:
    name: str
    width: float
    left: float  # room for the row's label at its left; 0: the label stands above the bars
    row: float
    font: float


WIDE = Size("tw", 1000, 250, 30, 13)
NARROW = Size("tn", 390, 0, 46, 12)


@dataclass(frozen=True, slots=True)
class Bar:
    """One version's time, in hours of local clock time since the first day of the calendar, for drawing only; and which side says
    so (its order, -1 for other voices)."""

    start: float
    end: float
    side: int


@dataclass(frozen=True, slots=True)
class Row:
    incident: Incident
    bars: tuple[Bar, ...]

    @property
    def start(self) -> float:
        return min(bar.start for bar in self.bars)

    @property
    def end(self) -> float:
        return max(bar.end for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows in the window that is drawn (from midnight to midnight), and the incidents that are only listed."""

    rows: tuple[Row, ...]
    beside: tuple[Incident, ...]
    start: float = 0.0
    end: float = 0.0

    @property
    def days(self) -> int:
        return round((self.end - self.start) / DAY)


def timeline_of(edition: Edition) -> Timeline:
    cards = {card.ref: card for card in edition.claims}
    codes = [code for code, _ in edition.parties]
    rows = [Row(incident, tuple(_bars(incident, cards, codes))) for incident in edition.incidents]
    dated = [row for row in rows if row.bars]
    if not dated:
        return Timeline((), tuple(row.incident for row in rows))
    middle = median(row.start for row in dated)
    near = [row for row in dated if abs(row.start - middle) <= FOCUS and row.end - row.start <= FOCUS]
    shown = tuple(sorted(near, key=lambda row: (row.start, row.incident.group.id))[:MOST_ROWS])
    beside = tuple(row.incident for row in rows if row not in shown)
    if not shown:
        return Timeline((), beside)
    start = math.floor(min(row.start for row in shown) / DAY) * DAY
    end = math.ceil(max(row.end for row in shown) / DAY) * DAY
    return Timeline(shown, beside, start, max(end, start + DAY))


def _bars(incident: Incident, cards: Mapping[Ref, Card], codes: list[str]) -> list[Bar]:
    found: dict[Bar, None] = {}
    for side, refs in incident.assessment.versions:
        for ref in refs:
            when = cards[ref].claim.when
            start, end = _hours_of(when.start, False), _hours_of(when.end or when.start, True)
            if start is not None and end is not None and end >= start:
                found[Bar(start, end, codes.index(side) if side in codes else -1)] = None
    return list(found)


def _hours_of(iso: str, last: bool) -> float | None:
    """The end of the day where a bare date ends a period."""
    day, clock = words.date_of(iso), words.clock(iso)
    if day is None:
        return None
    midnight = day.toordinal() * DAY
    if clock:
        return midnight + int(clock[:2]) + int(clock[3:]) / 60
    return midnight + DAY if last else midnight


def timeline_svg(edition: Edition, size: Size) -> str:
    """The picture, "" when no incident bears a date."""
    line = timeline_of(edition)
    if not line.rows:
        return ""
    top = 46.0
    height = top + size.row * len(line.rows) + 12
    told = f"{len(line.rows)} incidents; each bar is one side's version, as long as its time is unsure."
    rows = [piece for n, row in enumerate(line.rows) for piece in _row(row, line, size, (top + n * size.row, n))]
    return svg.picture(
        size.width, height, "Timeline of incidents", told, svg.hatches(size.name, len(edition.parties)), *_axis(line, size, top, height), *rows,
        id_=size.name, class_=f"timeline {size.name}",
    )  # fmt: skip


def _x(hour: float, line: Timeline, size: Size) -> float:
    return size.left + 12 + (hour - line.start) / (line.end - line.start) * (size.width - size.left - 28)


def _axis(line: Timeline, size: Size, top: float, height: float) -> Iterable[str]:
    room = (size.width - size.left - 28) / line.days
    every = next(2**n for n in range(20) if room * 2**n >= 46)
    month = ""
    for n in range(line.days + 1):
        x = _x(line.start + n * DAY, line, size)
        if n % every == 0 or room >= 9:
            yield svg.el("path", d=svg.path([(x, top - 6), (x, height)]), class_="day" if n % every == 0 else "day faint")
        if n % every == 0 and n < line.days:
            day = date.fromordinal(round(line.start / DAY) + n)
            yield svg.words(str(day.day), x=x + 4, y=top - 12, class_="tick strong")
            name = f"{words.MONTHS[day.month - 1]} {day.year}"
            if name != month:
                month = name
                yield svg.words(name, x=x + 4, y=top - 29, class_="tick")
    if line.days <= HOURLY_DAYS:
        yield from _hours(line, size, top, height)


def _hours(line: Timeline, size: Size, top: float, height: float) -> Iterable[str]:
    room = (size.width - size.left - 28) / (line.days * DAY)
    every = next((step for step in (1, 2, 3, 6, 12) if room * step >= 36), 24)
    for n in range(every, line.days * 24, every):
        if n % 24:
            x = _x(line.start + n, line, size)
            yield svg.el("path", d=svg.path([(x, top - 4), (x, height)]), class_="day faint")
            yield svg.words(f"{n % 24:02d}:00", x=x, y=top - 9, class_="tick", text_anchor="middle")


def _row(row: Row, line: Timeline, size: Size, at: tuple[float, int]) -> Iterable[str]:
    top, order = at
    group = row.incident.group
    if order % 2 == 0:
        yield svg.el("rect", x=0, y=top, width=size.width, height=size.row, class_="band")
    label = [
        svg.el("tspan", escape(svg.clean(group.id)), class_="strong"),
        svg.el("tspan", escape(svg.clean(words.kind(group.kind))), dx=7),
    ]
    base = top + (size.row / 2 + size.font * 0.35 if size.left else size.font + 4)
    yield svg.link(group.id, svg.el("text", *label, x=6, y=base, class_="row-label"))
    sides = sorted({bar.side for bar in row.bars}, key=lambda side: (side < 0, side))
    low, high = (top + 4, size.row - 8) if size.left else (top + size.font + 10, size.row - size.font - 15)
    each = high / len(sides)
    for n, side in enumerate(sides):
        for bar in (bar for bar in row.bars if bar.side == side):
            yield _drawn(bar, line, size, (low + n * each, max(5.0, each - 2)))


def _drawn(bar: Bar, line: Timeline, size: Size, at: tuple[float, float]) -> str:
    top, high = at
    x0, x1 = _x(bar.start, line, size), _x(bar.end, line, size)
    key = "o" if bar.side < 0 else str(bar.side)
    fill = f"url(#{size.name}-h{key})"
    if x1 - x0 < 6:
        return svg.el("rect", x=(x0 + x1) / 2 - 3, y=top, width=6, height=high, class_="bar exact", fill=fill)
    return svg.el("rect", x=x0, y=top, width=x1 - x0, height=high, rx=1.5, class_="bar", fill=fill)

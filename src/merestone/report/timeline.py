"""The timeline as a vector picture: one row an incident, one bar a version, as long as its time is unsure.

By the hour when all lies within three days, by the day otherwise. Empty days are cut out. What bears no date, or an unsure one, is listed beside.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from merestone.link.terms import Ref
from merestone.report import svg, words
from merestone.report.terms import Card, Edition, Incident

DAY = 24.0
LONGEST = 14 * DAY  # a time less sure than this is listed beside
GAP = 2 * DAY  # more empty days than this are left out
BREAK = 20.0
MOST_DAYS = 50
HOURLY_DAYS = 3
MOST_ROWS = 60


Stretch = tuple[float, float]


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
    """Rows that are drawn, the stretches of days that they need (each from midnight to midnight), and incidents that are only listed."""

    rows: tuple[Row, ...]
    beside: tuple[Incident, ...]
    stretches: tuple[Stretch, ...] = ()

    @property
    def days(self) -> int:
        return sum(_days(stretch) for stretch in self.stretches)


def _days(stretch: Stretch) -> int:
    return round((stretch[1] - stretch[0]) / DAY)


def timeline_of(edition: Edition) -> Timeline:
    """Days on which nothing is said to have happened are left out where there are several, and the break is marked."""
    cards = {card.ref: card for card in edition.claims}
    codes = [code for code, _ in edition.parties]
    rows = [Row(incident, tuple(_bars(incident, cards, codes))) for incident in edition.incidents]
    dated = [row for row in rows if row.bars and row.end - row.start <= LONGEST]
    crowd = _stretches(dated)
    fullest = sorted(crowd, key=lambda one: (-sum(_inside(row, one) for row in dated), one))
    kept: list[Stretch] = []
    for one in fullest:
        if not kept or sum(map(_days, kept)) + _days(one) <= MOST_DAYS:
            kept.append(one)
    near = [row for row in dated if any(_inside(row, one) for one in kept)]
    shown = tuple(sorted(near, key=lambda row: (row.start, row.incident.group.id))[:MOST_ROWS])
    return Timeline(shown, tuple(row.incident for row in rows if row not in shown), _stretches(shown))


def _inside(row: Row, stretch: Stretch) -> bool:
    return stretch[0] <= row.start <= row.end <= stretch[1]


def _stretches(rows: Iterable[Row]) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    for start, end in sorted((math.floor(row.start / DAY) * DAY, math.ceil(row.end / DAY) * DAY) for row in rows):
        last = max(end, start + DAY)
        if found and start - found[-1][1] <= GAP:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((start, last))
    return tuple(found)


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
    top = 58.0
    height = top + size.row * len(line.rows) + 12
    told = f"{len(line.rows)} incidents; each bar is one side's version, as long as its time is unsure."
    rows = [piece for n, row in enumerate(line.rows) for piece in _row(row, line, size, top + n * size.row)]
    bands = [
        svg.el("rect", x=0, y=top + n * size.row, width=size.width, height=size.row, class_="band") for n in range(0, len(line.rows), 2)
    ]
    return svg.picture(
        size.width, height, "Timeline of incidents", told, svg.hatches(size.name, len(edition.parties)), *bands,
        *_axis(line, size, top, height), *rows,
        id_=size.name, class_=f"timeline {size.name}",
    )  # fmt: skip


def _scale(line: Timeline, size: Size) -> float:
    """Units of the picture an hour takes."""
    return (size.width - size.left - 28 - BREAK * (len(line.stretches) - 1)) / (line.days * DAY)


def _x(hour: float, line: Timeline, size: Size) -> float:
    left, scale = size.left + 12, _scale(line, size)
    for start, end in line.stretches:
        if hour <= end:
            return left + (max(hour, start) - start) * scale
        left += (end - start) * scale + BREAK
    return left - BREAK


def _axis(line: Timeline, size: Size, top: float, height: float) -> Iterable[str]:
    room = _scale(line, size) * DAY
    month, free, rows = "", 0.0, [0.0, 0.0]
    for start, end in line.stretches:
        for n in range(_days((start, end)) + 1):
            x = _x(start, line, size) + n * room
            labelled = n * DAY < end - start and x >= free
            if labelled or room >= 9 or n * DAY == end - start:
                yield svg.el("path", d=svg.path([(x, top - 6), (x, height)]), class_="day" if labelled else "day faint")
            if not labelled:
                continue
            day = date.fromordinal(round(start / DAY) + n)
            yield svg.words(str(day.day), x=x + 3, y=top - 12, class_="tick strong")
            free = x + max(room, 24.0)
            name = f"{words.MONTHS[day.month - 1][:3]} {day.year}"
            if name != month:
                month = name
                yield from _month(name, x, top, rows)
        if end != line.stretches[-1][1]:
            yield _break(_x(end, line, size) + BREAK / 2, top, height)
    if line.days <= HOURLY_DAYS and len(line.stretches) == 1:
        yield from _hours(line, size, top, height)


def _month(name: str, x: float, top: float, rows: list[float]) -> Iterable[str]:
    """A month above its first day, in the lower of two rows that is free; `rows` holds how far each is taken."""
    for row, taken in enumerate(rows):
        if x >= taken:
            rows[row] = x + svg.breadth(name, 11.5) + 8
            if row:
                yield svg.el("path", d=svg.path([(x, top - 42), (x, top - 6)]), class_="day")
            yield svg.words(name, x=x + 3, y=top - 28 - 14 * row, class_="tick")
            return


def _break(x: float, top: float, height: float) -> str:
    """Days left out: a dotted line that no bar crosses."""
    return svg.el("path", d=svg.path([(x, top - 6), (x, height)]), class_="gap")


def _hours(line: Timeline, size: Size, top: float, height: float) -> Iterable[str]:
    room = _scale(line, size)
    every = next((step for step in (1, 2, 3, 6, 12) if room * step >= 36), 24)
    for n in range(every, line.days * 24, every):
        if n % 24:
            x = _x(line.stretches[0][0] + n, line, size)
            yield svg.el("path", d=svg.path([(x, top - 4), (x, height)]), class_="day faint")
            yield svg.words(f"{n % 24:02d}:00", x=x, y=top - 9, class_="tick", text_anchor="middle")


def _row(row: Row, line: Timeline, size: Size, top: float) -> Iterable[str]:
    group = row.incident.group
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

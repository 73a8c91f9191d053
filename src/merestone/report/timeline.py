"""The timeline as a vector picture: one row an incident, one bar a version, as long as its time is unsure.

By the hour when all lies within three days, by the day otherwise. Empty days are cut out, and what lies too far apart for one axis
goes on in further panels below. What bears no date, or an unsure one, is listed beside.
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
LONGEST = 14 * DAY  # a version less sure than this is not drawn
GAP = 2 * DAY  # more empty days than this are left out
BREAK = 20.0  # the room that days left out take
HEAD = 58.0  # room for the axis above the rows of a panel
NARROWEST = 20.0  # the least room for a day; what does not fit beside each other goes into the next panel
HOURLY_DAYS = 3
MOST_ROWS = 150
MOST_IN_PANEL = 32  # what a printed page takes


Stretch = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Size:
    name: str
    width: float
    left: float  # room for the row's label at its left; 0: the label stands above the bars
    row: float
    font: float
    most: int = MOST_IN_PANEL


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
class Panel:
    """Rows that share one axis, and the stretches of days that they need (each from midnight to midnight)."""

    rows: tuple[Row, ...]
    stretches: tuple[Stretch, ...]

    @property
    def days(self) -> int:
        return sum(_days(stretch) for stretch in self.stretches)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows that are drawn; incidents that are only listed; incidents of which a version is too unsure to draw beside the others."""

    rows: tuple[Row, ...]
    beside: tuple[Incident, ...]
    partly: tuple[Incident, ...]
    stretches: tuple[Stretch, ...] = ()


def _days(stretch: Stretch) -> int:
    return round((stretch[1] - stretch[0]) / DAY)


def timeline_of(edition: Edition) -> Timeline:
    """Every incident with a date that is sure to within LONGEST is drawn, however far apart they lie."""
    cards = {card.ref: card for card in edition.claims}
    codes = [code for code, _ in edition.parties]
    told = [Row(incident, tuple(_bars(incident, cards, codes))) for incident in edition.incidents]
    sure = [Row(row.incident, tuple(bar for bar in row.bars if bar.end - bar.start <= LONGEST)) for row in told]
    dated = sorted((row for row in sure if row.bars), key=lambda row: (row.start, row.incident.group.id))
    shown = tuple(dated[:MOST_ROWS])
    drawn = {row.incident.group.id: len(row.bars) for row in shown}
    return Timeline(
        shown,
        tuple(row.incident for row in told if row.incident.group.id not in drawn),
        tuple(row.incident for row in told if 0 < drawn.get(row.incident.group.id, 0) < len(row.bars)),
        _stretches(shown),
    )


def panels_of(line: Timeline, size: Size) -> tuple[Panel, ...]:
    """The rows in order, a new panel wherever one axis would have no room for another row's days."""
    panels: list[Panel] = []
    for row in line.rows:
        wider = (*panels[-1].rows, row) if panels else (row,)
        panel = Panel(wider, _stretches(wider))
        if panels and len(wider) <= size.most and _room(size, panel) >= NARROWEST * panel.days:
            panels[-1] = panel
        else:
            panels.append(Panel((row,), _stretches((row,))))
    return tuple(panels)


def _room(size: Size, panel: Panel) -> float:
    """Units of the picture that the days of a panel share."""
    return size.width - size.left - 28 - BREAK * (len(panel.stretches) - 1)


def _stretches(rows: Iterable[Row]) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    for start, end in sorted((math.floor(bar.start / DAY) * DAY, math.ceil(bar.end / DAY) * DAY) for row in rows for bar in row.bars):
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
    """One picture a panel, so that a printed page can end between them; "" when no incident bears a date."""
    panels = panels_of(timeline_of(edition), size)
    return "".join(_panel(panel, len(edition.parties), size, f"{size.name}{n or ''}") for n, panel in enumerate(panels))


def _panel(panel: Panel, parties: int, size: Size, name: str) -> str:
    bottom = HEAD + size.row * len(panel.rows) + 12
    told = f"{len(panel.rows)} incidents; each bar is one side's version, as long as its time is unsure."
    bands = [
        svg.el("rect", x=0, y=HEAD + n * size.row, width=size.width, height=size.row, class_="band") for n in range(0, len(panel.rows), 2)
    ]
    rows = [piece for n, row in enumerate(panel.rows) for piece in _row(row, panel, size, HEAD + n * size.row)]
    hatches = (svg.hatches(size.name, parties),) if name == size.name else ()
    return svg.picture(
        size.width, bottom, "Timeline of incidents", told, *hatches, *bands, *_axis(panel, size, HEAD, bottom), *rows,
        id_=name, class_=f"timeline {size.name}",
    )  # fmt: skip


def _scale(panel: Panel, size: Size) -> float:
    """Units of the picture an hour takes."""
    return max(1.0, _room(size, panel)) / (panel.days * DAY)


def _x(hour: float, panel: Panel, size: Size) -> float:
    left, scale = size.left + 12, _scale(panel, size)
    for start, end in panel.stretches:
        if hour <= end:
            return left + (max(hour, start) - start) * scale
        left += (end - start) * scale + BREAK
    return left - BREAK


def _axis(panel: Panel, size: Size, top: float, bottom: float) -> Iterable[str]:
    room = _scale(panel, size) * DAY
    month, free, rows = "", 0.0, [0.0, 0.0]
    for start, end in panel.stretches:
        for n in range(_days((start, end)) + 1):
            x = _x(start, panel, size) + n * room
            labelled = n * DAY < end - start and x >= free
            if labelled or room >= 9 or n * DAY == end - start:
                yield svg.el("path", d=svg.path([(x, top - 6), (x, bottom)]), class_="day" if labelled else "day faint")
            if not labelled:
                continue
            day = date.fromordinal(round(start / DAY) + n)
            yield svg.words(str(day.day), x=x + 3, y=top - 12, class_="tick strong")
            free = x + max(room, 24.0)
            name = f"{words.MONTHS[day.month - 1][:3]} {day.year}"
            if name != month:
                month = name
                yield from _month(name, x, top, rows)
        if end != panel.stretches[-1][1]:
            yield _break(_x(end, panel, size) + BREAK / 2, top, bottom)
    if panel.days <= HOURLY_DAYS and len(panel.stretches) == 1:
        yield from _hours(panel, size, top, bottom)


def _month(name: str, x: float, top: float, rows: list[float]) -> Iterable[str]:
    """A month above its first day, in the lower of two rows that is free; `rows` holds how far each is taken."""
    for row, taken in enumerate(rows):
        if x >= taken:
            rows[row] = x + svg.breadth(name, 11.5) + 8
            if row:
                yield svg.el("path", d=svg.path([(x, top - 42), (x, top - 6)]), class_="day")
            yield svg.words(name, x=x + 3, y=top - 28 - 14 * row, class_="tick")
            return


def _break(x: float, top: float, bottom: float) -> str:
    """Days left out: a dotted line that no bar crosses."""
    return svg.el("path", d=svg.path([(x, top - 6), (x, bottom)]), class_="gap")


def _hours(panel: Panel, size: Size, top: float, bottom: float) -> Iterable[str]:
    room = _scale(panel, size)
    every = next((step for step in (1, 2, 3, 6, 12) if room * step >= 36), 24)
    for n in range(every, panel.days * 24, every):
        if n % 24:
            x = _x(panel.stretches[0][0] + n, panel, size)
            yield svg.el("path", d=svg.path([(x, top - 4), (x, bottom)]), class_="day faint")
            yield svg.words(f"{n % 24:02d}:00", x=x, y=top - 9, class_="tick", text_anchor="middle")


def _row(row: Row, panel: Panel, size: Size, top: float) -> Iterable[str]:
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
            yield _drawn(bar, panel, size, (low + n * each, max(5.0, each - 2)))


def _drawn(bar: Bar, panel: Panel, size: Size, at: tuple[float, float]) -> str:
    top, high = at
    x0, x1 = _x(bar.start, panel, size), _x(bar.end, panel, size)
    key = "o" if bar.side < 0 else str(bar.side)
    fill = f"url(#{size.name}-h{key})"
    if x1 - x0 < 6:
        return svg.el("rect", x=(x0 + x1) / 2 - 3, y=top, width=6, height=high, class_="bar exact", fill=fill)
    return svg.el("rect", x=x0, y=top, width=x1 - x0, height=high, rx=1.5, class_="bar", fill=fill)

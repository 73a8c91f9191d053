"""The timeline as a vector picture: one row an incident, one bar a version, as long as its time is unsure.

By the hour when all lies within three days, by the day otherwise. What bears no date, or lies long before, is listed beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from statistics import median

from merestone.link.terms import Ref
from merestone.report import svg, words
from merestone.report.terms import Card, Edition, Incident

FOCUS_DAYS = 45
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
    """One version's time: from when to when in local clock time, and which side says so (its order, -1 for other voices)."""

    start: datetime
    end: datetime
    side: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Row:
    incident: Incident
    bars: tuple[Bar, ...]

    @property
    def start(self) -> datetime:
        return min(bar.start for bar in self.bars)

    @property
    def end(self) -> datetime:
        return max(bar.end for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows in the window that is drawn, and the incidents that are only listed."""

    rows: tuple[Row, ...]
    beside: tuple[Incident, ...]
    start: datetime | None = None
    end: datetime | None = None
    by_hour: bool = False


def timeline_of(edition: Edition) -> Timeline:
    cards = {card.ref: card for card in edition.claims}
    codes = [code for code, _ in edition.parties]
    rows, undated = [], []
    for incident in edition.incidents:
        bars = tuple(_bars(incident, cards, codes))
        if bars:
            rows.append(Row(incident, bars))
        else:
            undated.append(incident)
    if not rows:
        return Timeline((), tuple(undated))
    middle = datetime.fromordinal(round(median(row.start.toordinal() for row in rows)))
    near = [row for row in rows if abs(row.start - middle) <= timedelta(days=FOCUS_DAYS) and row.end - row.start <= timedelta(days=FOCUS_DAYS)]
    shown = sorted(near, key=lambda row: (row.start, row.incident.group.id))[:MOST_ROWS]
    beside = [row.incident for row in rows if row not in shown]
    if not shown:
        return Timeline((), tuple((*beside, *undated)))
    start, end = min(row.start for row in shown), max(row.end for row in shown)
    by_hour = end - start <= timedelta(days=3)
    start = datetime(start.year, start.month, start.day)
    end = datetime(end.year, end.month, end.day) + (timedelta(days=1) if end > datetime(end.year, end.month, end.day) else timedelta())
    return Timeline(tuple(shown), tuple((*beside, *undated)), start, max(end, start + timedelta(days=1)), by_hour)


def _bars(incident: Incident, cards: Mapping[Ref, Card], codes: list[str]) -> Iterable[Bar]:
    seen = set()
    for side, refs in incident.assessment.versions:
        for ref in refs:
            when = cards[ref].claim.when
            start, end = _clock(when.start, False), _clock(when.end or when.start, True)
            if start is None or end is None or end < start:
                continue
            bar = Bar(start, end, codes.index(side) if side in codes else -1, end - start <= timedelta(minutes=1))
            if bar not in seen:
                seen.add(bar)
                yield bar


def _clock(iso: str, last: bool) -> datetime | None:
    """Local clock time without its zone, for drawing only; the end of the day where a bare date ends a period."""
    day = words.date_of(iso)
    if day is None:
        return None
    hour = words.clock(iso)
    base = datetime(day.year, day.month, day.day)
    if hour:
        return base + timedelta(hours=int(hour[:2]), minutes=int(hour[3:]))
    return base + timedelta(days=1) if last else base


def timeline_svg(edition: Edition, size: Size) -> str:
    """The picture, "" when no incident bears a date."""
    line = timeline_of(edition)
    if line.start is None or line.end is None:
        return ""
    top = 46.0
    height = top + size.row * len(line.rows) + 12
    told = f"{len(line.rows)} incidents; each bar is one side's version, as long as its time is unsure."
    axis = list(_axis(line, size, top, height))
    rows = [piece for n, row in enumerate(line.rows) for piece in _row(row, line, size, (top + n * size.row, n), edition)]
    return svg.picture(
        size.width, height, "Timeline of incidents", told, svg.hatches(size.name, len(edition.parties)), *axis, *rows,
        id_=size.name, class_=f"timeline {size.name}",
    )  # fmt: skip


def _x(moment: datetime, line: Timeline, size: Size) -> float:
    assert line.start is not None and line.end is not None
    share = (moment - line.start) / (line.end - line.start)
    return size.left + 12 + share * (size.width - size.left - 28)


def _axis(line: Timeline, size: Size, top: float, height: float) -> Iterable[str]:
    assert line.start is not None and line.end is not None
    days = max(1, round((line.end - line.start) / timedelta(days=1)))
    room = (size.width - size.left - 28) / days
    every = 1
    while room * every < 46:
        every *= 2
    month = ""
    for n in range(0, days + 1):
        day = line.start + timedelta(days=n)
        x = _x(day, line, size)
        yield svg.el("path", d=svg.path([(x, top - 6), (x, height)]), class_="day" if n % every == 0 else "day faint")
        if n % every == 0 and n < days:
            yield svg.words(str(day.day), x=x + 4, y=top - 12, class_="tick strong")
            name = f"{words.MONTHS[day.month - 1]} {day.year}"
            if name != month:
                month = name
                yield svg.words(name, x=x + 4, y=top - 29, class_="tick")
    if line.by_hour:
        yield from _hours(line, size, top, height, days)


def _hours(line: Timeline, size: Size, top: float, height: float, days: int) -> Iterable[str]:
    assert line.start is not None
    room = (size.width - size.left - 28) / (days * 24)
    every = next((step for step in (1, 2, 3, 6, 12) if room * step >= 36), 24)
    for n in range(every, days * 24, every):
        if n % 24:
            x = _x(line.start + timedelta(hours=n), line, size)
            yield svg.el("path", d=svg.path([(x, top - 4), (x, height)]), class_="day faint")
            yield svg.words(f"{n % 24:02d}:00", x=x, y=top - 9, class_="tick", text_anchor="middle")


def _row(row: Row, line: Timeline, size: Size, at: tuple[float, int], edition: Edition) -> Iterable[str]:
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
    if bar.exact or x1 - x0 < 6:
        return svg.el("rect", x=(x0 + x1) / 2 - 3, y=top, width=6, height=high, class_="bar exact", fill=fill)
    return svg.el("rect", x=x0, y=top, width=x1 - x0, height=high, rx=1.5, class_="bar", fill=fill)

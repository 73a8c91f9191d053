"""From what a text says about time to the calendar: `resolve(mention, anchor)`, and `explain` with a sentence on how.

No clock is read: all that is known is in the anchor. What cannot be told is `unknown` with empty bounds, and `explain` says why.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from merestone.extract.terms import When
from merestone.extract.time_terms import Clock, Moment, Part, Shift, TimeMention, Window
from merestone.extract.time_zones import Anchor, day_at_night, day_in, hour_of, local, midnight, minutes_of, stamps, stated_zone, zone_of

__all__ = ["Anchor", "explain", "resolve"]

# Conventions, the same for every language and party:
# - a weekday is the most recent such day on or before the publication; "last" is before it, "next" after it;
# - a date without a year has the year that the same day and month bear elsewhere in the text; else the year that puts it on or nearest
#   before the publication; else, from the latest full date of the text, its year if that is at most 60 days earlier, or the next such day;
# - the night of 27 to 28 runs from the evening of the 27th to the morning of the 28th; overnight ends on the day it is said of; a night
#   said of ONE date ends on it when that is the day of publication; otherwise nobody can tell which of two nights is meant, and the
#   time is the two days with precision day;
# - bounds are inclusive minutes.
BACK_DAYS = 60  # how far before the latest full date of a text a date without a year may lie
COARSER = {"minute": "hour", "hour": "day", "day": "week", "week": "month", "month": "year", "year": "year"}
Bounds = tuple[str, str, str, tuple[str, ...], str]  # from, to, precision, what was inferred, why
SPAN_DAYS = {"week": 3.0, "month": 15.0, "year": 182.0}  # "two weeks ago" is a week wide
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


@dataclass(frozen=True, slots=True)
class _Days:
    """A stretch of whole days (or, with `clock`, a moment told by counting hours) and what was filled in."""

    first: date
    last: date
    precision: str
    inferred: tuple[str, ...] = ()
    why: str = ""
    at: datetime | None = None


class _Unknown(Exception):
    """Inside this module only: why a time cannot be told. Leaves it as When(precision="unknown")."""


def resolve(mention: TimeMention, anchor: Anchor) -> When:
    """When it was, in local time with its offset if a time of day is known. See `explain` for the reason behind it."""
    return explain(mention, anchor)[0]


def explain(mention: TimeMention, anchor: Anchor) -> tuple[When, str]:
    """The same with a sentence on how the text was filled in, or why nothing can be said."""
    if mention.kind in ("duration", "repeated"):
        return When("", "", "unknown", mention.zone, (), (mention.start, mention.end)), "how long or how often is no date"
    try:
        start, end, precision, inferred, why = _bounds(mention, anchor)
    except _Unknown as unknown:
        return When("", "", "unknown", mention.zone, (), (mention.start, mention.end)), str(unknown)
    return When(start, end, precision, mention.zone, inferred, (mention.start, mention.end)), why


def _bounds(mention: TimeMention, anchor: Anchor) -> Bounds:
    first, last = mention.first, mention.last
    if last is None:
        return _single(mention, first, anchor)
    if first.part is not None and first.part.crosses and first.clock is None:
        return _night_between(first, last, first.part, anchor)
    start, _, fine, inferred, why = _single(mention, first, anchor)
    later = replace(anchor, context=start) if not last.dated or last.month is None else anchor
    if last.dated and last.year is None and last.month is not None and first.month is not None:
        year = int(start[:4])
        last = replace(last, year=year + 1 if last.month < first.month else year)
    _, end, other, more, also = _single(mention, last, later)
    if ("T" in start) != ("T" in end):
        start, end, fine = start[:10], end[:10], "day"
    one_day = (last.day, last.month) == (first.day, first.month) or not (last.dated and first.dated)
    if end < start and "T" in start and one_day:
        end = _next_day(end)  # 22:00–02:00
        published = _published(anchor)
        said = any(m.dated or m.shift or m.weekday for m in (first, last))
        if not said and published is not None and start[:10] == published.isoformat():
            start, end = _next_day(start, -1), _next_day(end, -1)  # nobody tells of the night to come
    if end < start:
        raise _Unknown(f"the range ends ({end}) before it begins ({start})")
    if fine in ("minute", "hour") and other in ("minute", "hour"):
        fine = "part_of_day" if start != end else fine
    elif fine in ("day", "part_of_day") and start[:10] != end[:10]:
        fine = _width(start, end)
    return start, end, fine, tuple(dict.fromkeys([*inferred, *more])), why or also


def _width(start: str, end: str) -> str:
    days = (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])).days
    return "day" if days <= 1 else "week" if days <= 10 else "month" if days <= 45 else "year"


def _next_day(stamp: str, days: int = 1) -> str:
    moved = datetime.fromisoformat(stamp) + timedelta(days=days)
    return moved.isoformat(timespec="minutes")


def _single(mention: TimeMention, moment: Moment, anchor: Anchor) -> Bounds:
    days = _days(moment, anchor)
    if moment.clock is not None:
        return _at_clock(mention, moment, moment.clock, days, anchor)
    if days.at is not None:
        return (*stamps(days.at, days.at, anchor), days.precision, days.inferred, days.why)
    if moment.part is not None:
        return _in_part(moment, moment.part, days, anchor)
    if moment.edge and moment.edge_of_day is not None and days.first == days.last:
        return (*minutes_of(days.first, *moment.edge_of_day, anchor), "part_of_day", days.inferred, days.why)
    first, last = days.first, days.last
    if moment.edge and days.precision in ("month", "year"):
        first, last = _edge(first, last, moment.edge)
    return first.isoformat(), last.isoformat(), days.precision, days.inferred, days.why


def _edge(first: date, last: date, edge: str) -> tuple[date, date]:
    """The first, middle or last third of a month, a year, a season or a decade."""
    third = ((last - first).days + 1) // 3
    if edge == "early":
        return first, first + timedelta(days=third - 1)
    return (last - timedelta(days=third - 1), last) if edge == "late" else (first + timedelta(days=third), last - timedelta(days=third))


# --- which day ----------------------------------------------------------------------------------------------------


def _days(moment: Moment, anchor: Anchor) -> _Days:
    if moment.shift is not None:
        return _shifted(moment.shift, anchor)
    if moment.window is not None:
        return _window(moment.window, anchor)
    if moment.decade is not None:
        return _Days(date(moment.decade, 1, 1), date(moment.decade + 9, 12, 31), "year")
    if moment.season is not None:
        return _season(moment, anchor)
    if moment.month is not None:
        return _in_month(moment, anchor)
    if moment.year is not None:
        return _Days(date(moment.year, 1, 1), date(moment.year, 12, 31), "year")
    if moment.day is not None:
        return _day_only(moment.day, anchor)
    if moment.weekday is not None:
        return _weekday(moment.weekday, moment.which, anchor)
    if anchor.period is not None and not anchor.context:
        day = day_in(moment, anchor.period)
        return _Days(day, day, "day", ("date",), "no date is said beside it: that of the period that the report is of")
    if anchor.night is not None and moment.clock is not None:
        day = day_at_night(moment.clock, moment.part, anchor.night)
        return _Days(day, day, "day", ("date",), "no date is said beside it: of the night last spoken of, or of the day after it")
    near, said = _near(anchor)
    return _Days(near, near, "day", ("date",), f"no date is said beside it: {said}")


def _published(anchor: Anchor) -> date | None:
    if not anchor.published:
        return None
    if len(anchor.published) == 10:
        return date.fromisoformat(anchor.published)
    moment = datetime.fromisoformat(anchor.published)
    zone = zone_of(anchor.zone)
    return (moment.astimezone(zone) if moment.tzinfo is not None and zone is not None else moment).date()


def _near(anchor: Anchor) -> tuple[date, str]:
    """The date last spoken of, else the publication."""
    if anchor.context:
        return date.fromisoformat(anchor.context[:10]), "that last spoken of in the text"
    published = _published(anchor)
    if published is None:
        raise _Unknown("no date is said, and neither a date before it in the text nor the publication is known")
    return published, "that of the publication"


def _need_published(anchor: Anchor, what: str) -> date:
    published = _published(anchor)
    if published is None:
        raise _Unknown(f"{what} counts from the publication, whose date is not known")
    return published


def _shifted(shift: Shift, anchor: Anchor) -> _Days:
    if shift.base == "published":
        base, why = _need_published(anchor, "it"), "counted from the publication"
    else:
        base, said = _near(anchor)
        why = f"counted from the date: {said}"
    if shift.unit in ("hour", "minute"):
        return _hours(shift, anchor, base, why)
    if shift.exact and shift.unit != "day":
        return _period(shift.unit, int(shift.low), base, why)
    low, high = _move(base, shift.unit, shift.low), _move(base, shift.unit, shift.high)
    slack = timedelta(days=SPAN_DAYS.get(shift.unit, 0.0))
    precision = shift.unit if shift.low == shift.high else COARSER[shift.unit]
    return _Days(low - slack, high + slack, precision, ("date",), why)


def _hours(shift: Shift, anchor: Anchor, base: date, why: str) -> _Days:
    """Hours count from a moment: where only its date is known, the day is all that can be said."""
    stamp = anchor.published if shift.base == "published" else anchor.context
    if "T" not in stamp:
        return _Days(base, base, "day", ("date",), why)
    size = timedelta(hours=1) if shift.unit == "hour" else timedelta(minutes=1)
    at = local(datetime.fromisoformat(stamp), anchor) + size * ((shift.low + shift.high) / 2)
    at = at.replace(second=0, microsecond=0)
    if shift.low != shift.high:
        return _Days(at.date(), at.date(), "day", ("date",), why)
    return _Days(at.date(), at.date(), "hour" if shift.unit == "hour" else "minute", ("date",), why, at)


def _move(base: date, unit: str, count: float) -> date:
    if unit in ("month", "year") and count == int(count):
        months = base.year * 12 + base.month - 1 + int(count) * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(base.day, calendar.monthrange(year, month + 1)[1]))
    return base + timedelta(days=count * DAYS[unit])


def _period(unit: str, by: int, base: date, why: str) -> _Days:
    """The calendar week, month or year `by` periods from that of the base."""
    if unit == "week":
        monday = base - timedelta(days=base.weekday()) + timedelta(days=7 * by)
        return _Days(monday, monday + timedelta(days=6), "week", ("date",), why)
    first = _move(base.replace(day=1, month=1 if unit == "year" else base.month), unit, by)
    last = _move(first, unit, 1) - timedelta(days=1)
    return _Days(first, last, unit, ("date",), why)


def _window(window: Window, anchor: Anchor) -> _Days:
    published = _need_published(anchor, "it")
    if window.unit in ("hour", "minute"):
        return _Days(published - timedelta(days=1), published, "day", ("date",), "the last hours before the publication")
    first = _move(published, window.unit, -window.count)
    days = (published - first).days
    precision = "day" if days <= 1 else "week" if days <= 10 else "month" if days <= 45 else "year"
    return _Days(first, published, precision, ("date",), "the days up to the publication")


def _weekday(weekday: int, which: str, anchor: Anchor) -> _Days:
    published = _need_published(anchor, "a weekday")
    back = (published.isoweekday() - weekday) % 7
    day = published - timedelta(days=back)
    if which == "last" and back == 0:
        day -= timedelta(days=7)
    if which == "next":
        day += timedelta(days=7)
    why = "the first such day after the publication" if which == "next" else "the most recent such day up to the publication"
    return _Days(day, day, "day", ("date",), why)


def _day_only(day: int, anchor: Anchor) -> _Days:
    """The 28th: of the month of the date last spoken of, or of the publication, whichever such day comes last before it."""
    near, said = _near(anchor)
    year, month = near.year, near.month
    if day > near.day and not anchor.context:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    if day > calendar.monthrange(year, month)[1]:
        raise _Unknown(f"the month has no day {day}")
    found = date(year, month, day)
    return _Days(found, found, "day", ("date",), f"month and year are taken from the date: {said}")


# --- which year ---------------------------------------------------------------------------------------------------


def _safe(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= year <= 9999 and day <= calendar.monthrange(year, month)[1] else None


def _in_month(moment: Moment, anchor: Anchor) -> _Days:
    month = moment.month if moment.month is not None else 1
    inferred: tuple[str, ...] = ()
    year, why = moment.year, ""
    if year is None:
        year, why = _year_of(month, moment, anchor)
        inferred = ("year",)
    if moment.day is None:
        last = calendar.monthrange(year, month)[1]
        return _Days(date(year, month, 1), date(year, month, last), "month", inferred, why)
    found = _safe(year, month, moment.day)
    if found is None:
        raise _Unknown(f"{year} has no such day")
    return _Days(found, found, "day", inferred, why)


def _year_of(month: int, moment: Moment, anchor: Anchor) -> tuple[int, str]:
    published, hint = _published(anchor), anchor.year_hint
    day = moment.day
    if day is not None and hint is not None and not (published is not None and (published.month, published.day) == (month, day)):
        same = [int(d[:4]) for d in hint.dates if d[5:] == f"{month:02}-{day:02}" and (published is None or d <= published.isoformat())]
        if same:
            return max(same), "the text gives the same day with its year"
    if published is not None:
        return _year_before(month, moment, published), "the year puts it on or nearest before the publication"
    if hint is None:
        raise _Unknown("no year is said, and neither the publication nor a full date in the text is known")
    latest = date.fromisoformat(hint.date)
    for year in (latest.year - 1, latest.year, latest.year + 1, latest.year + 2, latest.year + 3, latest.year + 4):
        found = _safe(year, month, day if day is not None else calendar.monthrange(year, month)[1])
        if found is not None and found >= latest - timedelta(days=BACK_DAYS):
            return year, f"the year follows from the latest full date in the text ({hint.date})"
    raise _Unknown("no year near the latest full date of the text has such a day")


def _year_before(month: int, moment: Moment, published: date) -> int:
    if moment.which == "next":
        return published.year if month > published.month else published.year + 1
    if moment.day is None:
        late = month > published.month or (moment.which == "last" and month == published.month)
        return published.year - 1 if late else published.year
    years = [y for y in range(published.year, published.year - 9, -1) if (d := _safe(y, month, moment.day)) is not None and d <= published]
    if not years:
        raise _Unknown("no year has such a day")
    nearest = _safe(years[0], month, moment.day)
    if moment.weekday is not None and nearest is not None and (published - nearest).days > 90:  # a recent day outweighs a misnamed weekday
        fitting = [y for y in years[:6] if date(y, month, moment.day).isoweekday() == moment.weekday]
        return fitting[0] if fitting else years[0]
    return years[0]


def _season(moment: Moment, anchor: Anchor) -> _Days:
    first, last = moment.season if moment.season is not None else (1, 12)
    marks: tuple[str, ...] = ()
    year, why = moment.year, ""
    if year is None:
        published = _published(anchor)
        if published is None:
            raise _Unknown("the season's year is not said, and the publication is not known")
        year, marks, why = published.year, ("year",), "the season on or nearest before the publication"
        if _season_days(year, first, last)[0] > published or (moment.which == "last" and _season_days(year, first, last)[1] >= published):
            year -= 1
    start, end = _season_days(year, first, last)
    return _Days(start, end, "year", marks, why)


def _season_days(year: int, first: int, last: int) -> tuple[date, date]:
    """A winter bears the year in which it ends."""
    begin = year - 1 if last < first else year
    return date(begin, first, 1), date(year, last, calendar.monthrange(year, last)[1])


# --- which minute -------------------------------------------------------------------------------------------------


def _at_clock(mention: TimeMention, moment: Moment, clock: Clock, days: _Days, anchor: Anchor) -> Bounds:
    if days.first != days.last:
        return days.first.isoformat(), days.last.isoformat(), days.precision, days.inferred, days.why
    hour = hour_of(clock, moment.part)
    day = days.first
    if moment.part is not None and moment.part.crosses and hour < 12 and moment.part.date == "starts":
        day += timedelta(days=1)
    if moment.part is not None and moment.part.crosses and hour >= 12 and moment.part.date == "ends":
        day -= timedelta(days=1)
    at = midnight(day) + timedelta(hours=hour, minutes=clock.minute if clock.minute is not None else 0)
    why = days.why
    if mention.zone and mention.zone_key != "local":
        zone = stated_zone(mention, anchor)
        here = zone_of(anchor.zone)
        if zone is None or here is None:
            said = at.isoformat(timespec="minutes")
            return said, said, "minute", days.inferred, f"as said: the clock of {mention.zone!r} is not known here"
        at = at.replace(tzinfo=zone).astimezone(here).replace(tzinfo=None)
        why = f"{why}; " if why else ""
        why += f"told in {mention.zone}, turned into local time"
    if clock.minute is None:
        return (*stamps(at, at + timedelta(minutes=59), anchor), "hour", days.inferred, why)
    return (*stamps(at, at, anchor), "minute", days.inferred, why)


def _in_part(moment: Moment, part: Part, days: _Days, anchor: Anchor) -> Bounds:
    if days.first != days.last:
        return days.first.isoformat(), days.last.isoformat(), days.precision, days.inferred, days.why
    day = days.first
    if not part.crosses:
        start, end = part.start, part.end
        if moment.edge:
            third = (end - start) // 3
            start, end = {"early": (start, start + third), "mid": (start + third, end - third), "late": (end - third, end)}[moment.edge]
        return (*minutes_of(day, start, end, anchor), "part_of_day", days.inferred, days.why)
    published = _published(anchor)
    if part.date == "either" and moment.dated and published is not None and published > day:
        return day.isoformat(), (day + timedelta(days=1)).isoformat(), "day", days.inferred, "which of two nights is meant cannot be told"
    if part.date in ("ends", "either"):
        day -= timedelta(days=1)
    return (*minutes_of(day, part.start, part.end + 1440, anchor), "part_of_day", days.inferred, days.why)


def _night_between(first: Moment, last: Moment, part: Part, anchor: Anchor) -> Bounds:
    """The night of 27 to 28 July: from the evening of one to the morning of the other."""
    begin, end = _days(first, anchor), _days(last, anchor)
    if end.first <= begin.first:
        raise _Unknown("the night ends before it begins")
    start, _ = minutes_of(begin.first, part.start, part.start, anchor)
    _, stop = minutes_of(end.first, part.end, part.end, anchor)
    precision = "part_of_day" if (end.first - begin.first).days == 1 else _width(start, stop)
    return start, stop, precision, begin.inferred, begin.why

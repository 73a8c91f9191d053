"""What resolving a time may lean on (`Anchor`), and the clock of a place: offsets, zones that a text names, local time.

Nothing is relabelled: a time told in another zone is turned into the local one, or kept as said where either zone is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from merestone.extract.time_terms import Clock, Moment, Part, TimeMention, YearHint

EVENING = 18  # the hour from which a clock told after a night is of its evening


@dataclass(frozen=True, slots=True)
class Anchor:
    """What resolving may lean on; "" and None are not known.

    `published` and `context` (the date last resolved in the text) are ISO dates or datetimes. `zone` is the name in the tz database of
    the clock at the place. `zones` gives names of clocks that only the pack knows ("Xtown", tz name). `period` is from when to when a
    report tells, where its head says so by the clock: a clock without a date lies in it. `night` is the night last told of, from and to: a clock without
    a date that is told after it is of that night, or of the day that it ends on.
    """

    published: str = ""
    context: str = ""
    year_hint: YearHint | None = None
    zone: str = ""
    zones: tuple[tuple[str, str], ...] = ()
    period: tuple[str, str] | None = None
    night: tuple[str, str] | None = None


def hour_of(clock: Clock, part: Part | None) -> int:
    """The hour of 24; where neither am nor pm is said, the part of the day decides ("3 o'clock in the afternoon")."""
    if clock.half == "am":
        return clock.hour % 12
    if clock.half == "pm":
        return clock.hour if clock.hour > 12 else clock.hour % 12 + 12
    if part is not None and clock.hour < 12 and not _within(part, clock.hour * 60) and _within(part, clock.hour * 60 + 720):
        return clock.hour + 12
    return clock.hour


def _within(part: Part, minute: int) -> bool:
    return minute >= part.start or minute < part.end if part.crosses else part.start <= minute < part.end


def midnight(day: date) -> datetime:
    """The wall clock's midnight; its zone is put on last, in `stamps`."""
    return datetime.combine(day, time())


def day_in(moment: Moment, period: tuple[str, str]) -> date:
    """The day of the period on which a clock or a part of the day lies; its first where it lies on both or on none, and for
    a night the one that it ends on."""
    first = datetime.fromisoformat(period[0]).replace(tzinfo=None)
    last = datetime.fromisoformat(period[1]).replace(tzinfo=None)
    if moment.part is not None and moment.part.crosses and moment.clock is None:
        return last.date() if moment.part.date != "starts" else first.date()
    if moment.clock is not None:
        minute = hour_of(moment.clock, moment.part) * 60 + (moment.clock.minute or 0)
    else:
        minute = moment.part.start if moment.part is not None else 0
    at = midnight(first.date()) + timedelta(minutes=minute)
    later = at + timedelta(days=1)
    return later.date() if at < first and later <= last else first.date()


def day_at_night(clock: Clock, part: Part | None, night: tuple[str, str]) -> date:
    """The day of a clock that is told after a night: its evening is of the day that the night begins on, the rest of that it ends on."""
    begin, end = (datetime.fromisoformat(bound) for bound in night)
    return begin.date() if hour_of(clock, part) >= min(begin.hour, EVENING) else end.date()


def minutes_of(day: date, start: int, end: int, anchor: Anchor) -> tuple[str, str]:
    return stamps(midnight(day) + timedelta(minutes=start), midnight(day) + timedelta(minutes=end), anchor)


def stamps(start: datetime, end: datetime, anchor: Anchor) -> tuple[str, str]:
    """Local wall time, with the offset of the place where its zone is known."""
    zone = zone_of(anchor.zone)
    return start.replace(tzinfo=zone).isoformat(timespec="minutes"), end.replace(tzinfo=zone).isoformat(timespec="minutes")


def local(moment: datetime, anchor: Anchor) -> datetime:
    zone = zone_of(anchor.zone)
    return (moment.astimezone(zone) if moment.tzinfo is not None and zone is not None else moment).replace(tzinfo=None)


def stated_zone(mention: TimeMention, anchor: Anchor) -> tzinfo | None:
    key = mention.zone_key
    if not key:
        said = mention.zone.casefold()
        named = [name for word, name in anchor.zones if word and word.casefold() in said]
        key = named[0] if named else _city(mention.zone)
    if key[:1] in "+-" and key:
        hours, minutes = key[1:].split(":")
        return timezone((1 if key[0] == "+" else -1) * timedelta(hours=int(hours), minutes=int(minutes)))
    return zone_of(key)


@lru_cache(maxsize=256)
def zone_of(name: str) -> tzinfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


@lru_cache(maxsize=256)
def _city(stated: str) -> str:
    """The tz database's own name of a clock named after a city ("Lisbon time"); "" unless exactly one fits."""
    words = stated.split()
    for count in (2, 1):
        found = {name for name in available_timezones() if name.rpartition("/")[2].casefold() == "_".join(words[:count]).casefold()}
        if len(found) == 1:
            return found.pop()
    return ""

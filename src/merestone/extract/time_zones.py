"""What resolving a time may lean on (`Anchor`), and the clock of a place: offsets, zones that a text names, local time.

Nothing is relabelled: a time told in another zone is turned into the local one, or kept as said where either zone is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from merestone.extract.time_terms import Clock, Part, TimeMention, YearHint


@dataclass(frozen=True, slots=True)
class Anchor:
    """What resolving may lean on; "" and None are not known.

    `published` and `context` (the date last resolved in the text) are ISO dates or datetimes. `zone` is the name in the tz database of
    the clock at the place. `zones` gives names of clocks that only the pack knows ("Xtown", tz name).
    """

    published: str = ""
    context: str = ""
    year_hint: YearHint | None = None
    zone: str = ""
    zones: tuple[tuple[str, str], ...] = ()


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

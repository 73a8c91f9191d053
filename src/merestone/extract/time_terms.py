"""What an expression of time says, before anybody asks which day it was: the nouns of times.py and time_resolve.py.

Only what is said is here; what is not said is None or "".
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day: minutes after midnight. A night has `end` before `start`; `date` says what a date beside it means."""

    name: str
    start: int
    end: int
    date: str = ""  # "" of the day itself; starts, ends, either: of a night

    @property
    def crosses(self) -> bool:
        return self.end < self.start


@dataclass(frozen=True, slots=True)
class Clock:
    """As said: `half` am, pm or "" (then the hour is read as it stands, unless a part of the day tells better)."""

    hour: int
    minute: int | None = None
    half: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """`low` to `high` units from the `base` (published, context): yesterday is -1 day; "a few days ago" -6 to -2 days.

    `exact` is False for "two weeks ago", which is not a calendar week, and True for "last week", which is one.
    """

    unit: str
    low: float
    high: float
    base: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Window:
    """The last `count` units up to the publication."""

    unit: str
    count: float


@dataclass(frozen=True, slots=True)
class Moment:
    """One end of an expression: what is said, and nothing else. None and "" are not said."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # 1 is Monday
    which: str = ""  # last this next (from the publication); for a weekday, month or season
    season: tuple[int, int] | None = None  # first and last month
    decade: int | None = None
    shift: Shift | None = None
    window: Window | None = None
    clock: Clock | None = None
    part: Part | None = None
    edge: str = ""  # early mid late
    edge_of_day: tuple[int, int] | None = None  # minutes, should the edge be one of a day

    @property
    def dated(self) -> bool:
        given = (self.year, self.month, self.day, self.weekday, self.season, self.decade, self.shift, self.window)
        return any(value is not None for value in given)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """`text[start:end] == wording`. `kind`: point range since until duration repeated.

    `last` is the other end of a range. `zone` is what the text names ("Xtown time"), `zone_key` what the rules make of it (a name of
    the tz database, UTC, +04:00, "local") or "" where only the anchor can tell. `label` says that the date names a document.
    """

    start: int
    end: int
    kind: str
    wording: str
    rule: str
    first: Moment
    last: Moment | None = None
    approximate: bool = False
    repeated: bool = False
    zone: str = ""
    zone_key: str = ""
    label: bool = False
    opener: str = ""  # the word that opens a range ("between"), case-folded
    core: int = 0  # where the time itself begins, behind the words in front


@dataclass(frozen=True, slots=True)
class YearHint:
    """The latest full date of a text, and every other: what a missing year is inferred from when the publication is unknown."""

    year: int
    start: int
    end: int
    date: str  # ISO
    dates: tuple[str, ...]

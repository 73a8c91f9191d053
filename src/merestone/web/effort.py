"""What a mission took in, day by day and language by language, and how often it went out itself. Pure.

Numbers only: where a patrol was or is to go is not told here, and of what is protected or erased nothing is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from merestone.report import words
from merestone.web.columns import Column, Sides

LATEST = 31  # days told one by one


@dataclass(frozen=True, slots=True)
class Arrived:
    """An exhibit that is open. Days are ISO or "", as stated by the exhibit and by the mission's clock."""

    publisher: str
    language: str
    published: str
    received: str


@dataclass(frozen=True, slots=True)
class Field:
    """What the mission itself perceived, in numbers; `nil` of the patrols perceived nothing."""

    patrols: int = 0
    nil: int = 0
    observations: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """Exhibits published on a day, by column, and those received on it. `days` are how many it stands for."""

    first: str
    last: str
    published: tuple[int, ...]
    received: int
    days: int = 1


@dataclass(frozen=True, slots=True)
class Effort:
    """`span` days from the `first` to the `last` that an exhibit bears, on `covered` of which at least one was published. `days` newest
    first; what is older than these stands in one, `earlier`."""

    exhibits: int
    undated: int
    first: str
    last: str
    span: int
    covered: int
    languages: tuple[tuple[str, int], ...]
    days: tuple[Day, ...]
    earlier: Day | None
    refused: int
    field: Field


def effort(arrived: Collection[Arrived], columns: Sequence[Column], sides: Sides, refused: int, field: Field) -> Effort:
    published: dict[date, Counter[str]] = {}
    received, languages, undated = Counter[date](), Counter[str](), 0
    for each in arrived:
        languages[each.language] += 1
        day, came = words.date_of(each.published), words.date_of(each.received)
        if day is None:
            undated += 1
        else:
            published.setdefault(day, Counter())[sides.publisher(each.publisher)] += 1
        if came is not None:
            received[came] += 1
    codes = [column.code for column in columns]
    all_days = sorted({*published, *received}, reverse=True)
    told = [_day((day,), codes, published, received) for day in all_days[:LATEST]]
    older = all_days[LATEST:]
    return Effort(
        exhibits=len(arrived),
        undated=undated,
        first=min(published).isoformat() if published else "",
        last=max(published).isoformat() if published else "",
        span=(max(published) - min(published)).days + 1 if published else 0,
        covered=len(published),
        languages=tuple(sorted(languages.items(), key=lambda item: (not item[0], item[0]))),
        days=tuple(told),
        earlier=_day(older, codes, published, received) if older else None,
        refused=refused,
        field=field,
    )


def _day(days: Sequence[date], codes: Sequence[str], published: dict[date, Counter[str]], received: Counter[date]) -> Day:
    by = sum((published.get(day, Counter()) for day in days), Counter[str]())
    return Day(
        min(days).isoformat(), max(days).isoformat(), tuple(by[code] for code in codes), sum(received[day] for day in days), len(days)
    )

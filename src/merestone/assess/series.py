"""The present period against the one before it, with counts and effort beside every rate.

A rate is told only for equal effort: twice as many texts read find twice as much. The law it keeps: where there was no effort, or
nothing before, no rate is made, and the counts stand alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from merestone.assess.intervals import rate
from merestone.assess.material import Material, Sides

DAYS = 7


@dataclass(frozen=True, slots=True)
class Turn:
    """Counts now and before, and how often now for once before at equal effort (None: no rate is made)."""

    now: int
    before: int
    rate: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Both periods as (first, last) day, both included. `effort`: texts of all sides published in each; `looked`: patrols in each, None where not told."""

    now: tuple[str, str]
    before: tuple[str, str]
    effort: tuple[int, int]
    looked: tuple[int, int] | None
    rows: tuple[Row, ...]


def series(found: Material, days: int = DAYS, until: str = "") -> Series | None:
    """`until`: the last day, ISO; "" for the latest on which a text was published. None where no text bears a date."""
    dated = [day for text in found.texts if (day := _day(text.published)) is not None]
    last = _day(until) or max(dated, default=None)
    if last is None:
        return None
    first = last - timedelta(days=days - 1)
    spells = ((first, last), (first - timedelta(days=days), first - timedelta(days=1)))
    texts = [_within((((t.side,), t.published) for t in found.texts), *spell) for spell in spells]
    effort = len(texts[0]), len(texts[1])
    rows = [Row("texts", tuple(Turn(_of(texts[0], side), _of(texts[1], side)) for side in found.columns))]
    for name, told in _told(found):
        both = [_within(told, *spell) for spell in spells]
        rows.append(Row(name, tuple(_turn(_of(both[0], side), _of(both[1], side), effort) for side in found.columns)))
    now, before = ((a.isoformat(), b.isoformat()) for a, b in spells)
    return Series(now, before, effort, _patrols(found, spells), tuple(rows))


def _patrols(found: Material, spells: Iterable[tuple[date, date]]) -> tuple[int, int] | None:
    if found.looked is None:
        return None
    now, before = (sum(1 for what, at in found.looked if what == "patrol" and _in(at, *spell)) for spell in spells)
    return now, before


def _told(found: Material) -> Iterator[tuple[str, list[tuple[Sides, str]]]]:
    yield "blamed", [(each.blamed, each.began) for each in found.incidents]
    yield "hit", [(each.hit, each.began) for each in found.incidents]


def _turn(now: int, before: int, effort: tuple[int, int]) -> Turn:
    made = rate(now, before, *effort)
    return Turn(now, before) if made is None else Turn(now, before, made[0], *made[1])


def _within(told: Iterable[tuple[Sides, str]], first: date, last: date) -> list[Sides]:
    return [sides for sides, at in told if _in(at, first, last)]


def _of(told: Iterable[Sides], side: str) -> int:
    return sum(1 for sides in told if side in sides)


def _in(at: str, first: date, last: date) -> bool:
    day = _day(at)
    return day is not None and first <= day <= last


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None

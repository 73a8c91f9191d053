"""Pairs worth comparing, and the levels that each falls into, in blocks of arrays.

The law it keeps: what is compared is time, place, kind, what was hit, weapon, figures, and whether one source tells both; no party.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from merestone.link.bulk.claims import ABSENT, KM_A_DEGREE, NOWHERE, REACH_KM, Claims, Codes, Field, Whole
from merestone.link.levels import KIND, relation

WINDOW = 1440.0  # minutes between two claims, beyond which they are not compared
DATED = 360.0  # the same where one of them gives a date alone
UNPLACED = 360.0  # the same where one of them has no place
_BLOCK = 20_000  # claims whose pairs are in memory at once

_GAPS = (5, 15, 30, 60, 120, 180, 360, 720)  # minutes
_SPANS = (0.5, 1, 2, 3, 4, 6, 8, 11)  # km
TIME = (*(f"within {each} min" for each in _GAPS), f"within {WINDOW:g} min", "dates that meet", "dates that follow each other")
PLACE = (*(f"within {each:g} km" for each in _SPANS), f"within {REACH_KM:g} km", "a wider place", "unplaced")
RELATIONS = tuple(KIND)
FIGURES = ("equal, nobody", "equal, few", "equal, many", "one apart", "two apart", "different", "not said")
SAID = ("same", "different", "not said")
SOURCE = ("another source", "one source", "not said")
# Each feature with the names of its levels, in the order in which a pattern is counted up.
FEATURES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("time", TIME),
    ("place", PLACE),
    ("kind", RELATIONS),
    ("hit", SAID),
    ("weapons", SAID),
    ("figures", FIGURES),
    ("source", SOURCE),
)
SHAPE = tuple(len(names) for _, names in FEATURES)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Places in the order of a `Field`, each pair once, and into which pattern of levels it falls (an index into `SHAPE`)."""

    a: Codes
    b: Codes
    pattern: Codes


@dataclass(frozen=True, slots=True)
class _Round:
    """Claims `first`, and for each the stretch from `low` to before `high` of `among` in which its neighbours stand."""

    first: Whole
    low: Whole
    high: Whole
    among: Whole | None = None  # None: of the field itself
    twice: bool = False  # every pair is met from both its ends


class Compare:
    """The claims in the order of their field, ready for comparison."""

    def __init__(self, claims: Claims, field: Field) -> None:
        order = field.order
        self.field = field
        self.whole_days = (claims.end - claims.start)[order] >= 120
        self.wide, self.kind, self.source = claims.wide[order], claims.kind[order], claims.source[order]
        self.hit, self.weapon = claims.hit[order], claims.weapon[order]
        self.figures = tuple(column[order] for column in claims.figures)
        words = (*claims.kinds, "")
        self.relations = np.array([[RELATIONS.index(relation(x, y)) for y in words] for x in words], dtype=np.int32)
        self.turn = float(field.middle.max(initial=0.0)) + 1.0

    def pairs(self, shift: float = 0.0, every: int = 1) -> Iterator[Pairs]:
        """Pairs of neighbours. `shift` turns the clock of the first of each pair by so many minutes: no true pair is left, all else is as it was.

        Of the claims each `every`-th alone is looked at as the first of a pair.
        """
        for stretch in self._rounds(shift, every):
            count = np.maximum(stretch.high - stretch.low, 0)
            total = int(count.sum())
            if not total:
                continue
            a = np.repeat(stretch.first, count)
            b = np.arange(total, dtype=np.int64) - np.repeat(np.cumsum(count) - count - stretch.low, count)
            if stretch.among is not None:
                b = stretch.among[b]
            yield self._compared(a, b, shift, 2 if stretch.twice else 1)

    def _rounds(self, shift: float, every: int) -> Iterator[_Round]:
        field = self.field
        longest = float(field.half.max(initial=0.0))
        stride = self.turn + 2 * (WINDOW + 2 * longest) + 2.0
        key = field.cell * stride + field.middle
        nowhere = int(np.searchsorted(field.cell, 0))
        placed = nowhere + np.argsort(field.middle[nowhere:], kind="stable")
        for low in range(0, len(key), _BLOCK):
            block = np.arange(low, min(len(key), low + _BLOCK), every, dtype=np.int64)
            for first in (block[block < nowhere], block[block >= nowhere]):
                if not len(first):
                    continue
                moved = np.mod(field.middle[first] + shift, self.turn) if shift else field.middle[first]
                width = WINDOW + field.half[first] + longest
                unplaced = int(first[0]) < nowhere
                for beside in (0,) if unplaced else (0, 1, field.across - 1, field.across, field.across + 1):
                    at = (field.cell[first] + beside) * stride + moved
                    start = np.searchsorted(key, at - width) if beside or shift else first + 1
                    yield _Round(first, start, np.searchsorted(key, at + width, side="right"), None, bool(shift) and not beside)
                if unplaced:
                    times = field.middle[placed]
                    width = width - WINDOW + UNPLACED
                    yield _Round(first, np.searchsorted(times, moved - width), np.searchsorted(times, moved + width, side="right"), placed)

    def _compared(self, a: Whole, b: Whole, shift: float, every: int) -> Pairs:
        """The pairs that are near enough, each with its pattern."""
        field = self.field
        north = (field.lat[a] - field.lat[b]) * np.float32(KM_A_DEGREE)
        east = (field.lon[a] - field.lon[b]) * field.east[a]
        square = north * north + east * east
        unplaced = (field.cell[a] == NOWHERE) | (field.cell[b] == NOWHERE)
        near = np.flatnonzero(unplaced | (square <= REACH_KM * REACH_KM))[::every]
        one, other, unplaced = a[near], b[near], unplaced[near]
        moved = np.mod(field.middle[one] + shift, self.turn) if shift else field.middle[one]
        gap = np.maximum(np.abs(moved - field.middle[other]) - field.half[one] - field.half[other], 0.0)
        dated = self.whole_days[one] | self.whole_days[other]
        kept = np.flatnonzero(gap <= np.where(unplaced, UNPLACED, np.where(dated, DATED, WINDOW)))
        one, other = one[kept], other[kept]
        time = np.where(dated[kept], np.where(gap[kept] > 0, 10, 9), np.searchsorted(_GAPS, gap[kept]))
        place = np.searchsorted(_SPANS, np.sqrt(square[near][kept]))
        place[self.wide[one] | self.wide[other]] = 9
        place[unplaced[kept]] = 10
        pattern = time
        for (_, names), level in zip(FEATURES[1:], (place, *self._said(one, other)), strict=True):
            pattern = pattern * len(names) + level
        return Pairs(one.astype(np.int32), other.astype(np.int32), pattern.astype(np.int32))

    def _said(self, a: Whole, b: Whole) -> tuple[Whole, ...]:
        return (
            self.relations[self.kind[a], self.kind[b]].astype(np.int64),
            _same(self.hit[a], self.hit[b]),
            _same(self.weapon[a], self.weapon[b]),
            self._figures(a, b),
            _same(self.source[a], self.source[b], absent=2, same=1, different=0),
        )

    def _figures(self, a: Whole, b: Whole) -> Whole:
        """The outcome that both give and that says most: a number other than nobody before nobody."""
        found = np.full(len(a), len(FIGURES) - 1, dtype=np.int64)
        for column in self.figures:
            x, y = column[a], column[b]
            apart = np.abs(x - y)
            equal = np.where(x == 0, 0, np.where(x < 3, 1, 2))
            level = np.where(apart == 0, equal, np.where(apart == 1, 3, np.where(apart == 2, 4, 5)))
            both = (x != ABSENT) & (y != ABSENT)
            better = both & ((found == len(FIGURES) - 1) | (found == 0))
            found = np.where(better, level, found)
        return found


def _same(x: Codes, y: Codes, same: int = 0, different: int = 1, absent: int = 2) -> Whole:
    return np.where((x == ABSENT) | (y == ABSENT), absent, np.where(x == y, same, different))

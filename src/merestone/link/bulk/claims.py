"""Claims as columns, and the order in which neighbours in space and time stand side by side.

The law it keeps: there is no column for who did it, to whom, or who said it on whose side; only that two claims are of one source.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]

REACH_KM = 15.0  # claims farther apart are not compared; also the width of a cell
WIDE_KM = 5.0
NOWHERE = -1  # the cell of a claim without a place
ABSENT = -1  # in a column of codes or figures: not said


@dataclass(frozen=True, slots=True)
class Claims:
    """`n` claims. `rank`: a different number for each, by which claims of one moment are put in order. `start`, `end`: minutes since 1970 on one clock, both ends inclusive, where `dated`;
    claims that are not stay alone. `lat`, `lon`: degrees, NaN where there is no place;
    `wide` where the place is uncertain by `WIDE_KM` or more.

    `kind`, `source`, `hit`, `weapon`: codes, `ABSENT` where not said; `kinds` are the words of `kind`. `figures`: one column an outcome, the number
    that is given, `ABSENT` where none is.
    """

    rank: Whole
    start: Whole
    end: Whole
    dated: npt.NDArray[np.bool_]
    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    wide: npt.NDArray[np.bool_]
    kind: Codes
    kinds: tuple[str, ...]
    source: Codes
    hit: Codes
    weapon: Codes
    figures: tuple[Codes, ...]

    def __len__(self) -> int:
        return len(self.start)

    def only(self, rows: Whole) -> Claims:
        """Those that stand at `rows`."""
        arrays = {each.name: getattr(self, each.name) for each in fields(self)}
        figures = tuple(column[rows] for column in arrays.pop("figures"))
        kinds = arrays.pop("kinds")
        return Claims(kinds=kinds, figures=figures, **{name: column[rows] for name, column in arrays.items()})


@dataclass(frozen=True, slots=True)
class Field:
    """Claims sorted by cell, then by the middle of their time. `order[k]` is where the k-th stands in `Claims`."""

    order: Whole
    cell: Whole
    across: int  # cells from one row of the grid to the next
    lat: Floats
    lon: Floats
    east: Floats  # km that a degree of longitude is wide at the claim
    middle: npt.NDArray[np.float64]  # minutes since the first
    half: Floats  # minutes from the middle to either end


def field_of(claims: Claims) -> Field:
    """Cells are at least `REACH_KM` wide and high everywhere, so that neighbours stand in one cell or in cells side by side.

    Does not join across the meridian of 180 degrees.
    """
    placed = ~(np.isnan(claims.lat) | np.isnan(claims.lon))
    lat, lon = np.where(placed, claims.lat, 0.0), np.where(placed, claims.lon, 0.0)
    narrowest = max(float(np.cos(np.radians(np.abs(lat).max(initial=0.0)))), 0.02)
    row = np.floor(lat * (KM_A_DEGREE / REACH_KM)).astype(np.int64)
    column = np.floor(lon * (KM_A_DEGREE * narrowest / REACH_KM)).astype(np.int64)
    row -= row.min(initial=0) - 1
    column -= column.min(initial=0) - 1
    across = int(column.max(initial=0)) + 2
    cell = np.where(placed, row * across + column, NOWHERE)
    half = (claims.end - claims.start) / 2.0
    middle = claims.start + half
    middle -= middle.min() if len(claims) else 0.0
    # Claims of one cell and moment are told apart by what they are called, never by where they stood in the file.
    order = np.lexsort((claims.rank, middle, cell))
    east = KM_A_DEGREE * np.cos(np.radians(lat[order]))
    narrow = np.float32
    return Field(
        order, cell[order], across, lat[order].astype(narrow), lon[order].astype(narrow), east.astype(narrow), middle[order],
        half[order].astype(narrow),
    )  # fmt: skip


KM_A_DEGREE = 111.2  # of a great circle on a sphere of 6,371 km

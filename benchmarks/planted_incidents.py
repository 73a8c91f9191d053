"""Invented claims whose incidents are known: both sides and outlets tell of the same happenings, each in its own way.

What makes them hard is planted: blame is mirrored, each side's clock and toponyms are displaced, fields are missing, one night brings a wave of
incidents to one sector, old incidents are told of again under their old date, and some give a date alone. Parties are written, and never read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

KINDS = ("small_arms_fire", "shelling", "blast", "detention", "casualty", "air_attack", "drone_flight", "movement_restricted")
SHARES = (0.32, 0.2, 0.1, 0.08, 0.1, 0.06, 0.08, 0.06)
# What else a reporter calls an act of each kind.
CALLED = {0: (1, 4), 1: (0, 5), 2: (4,), 3: (7,), 4: (0, 2), 5: (6, 1), 6: (5,), 7: (3,)}
DAY = 1440


@dataclass(frozen=True)
class Planted:
    """`columns` by name, and for each row the number of its incident."""

    columns: dict[str, Any]
    incident: np.ndarray[Any, np.dtype[np.int64]]


def planted(claims: int, seed: int = 7, a_day: int = 60) -> Planted:
    """About `claims` claims over as many days as `a_day` incidents a day need. Equal arguments give equal claims."""
    chance = np.random.default_rng(seed)
    count = int(claims / 2.4) + 5
    told = 1 + chance.poisson(1.4, count)
    days = max(3, count // a_day)
    where = np.c_[12.0 + 0.9 * chance.random(50), 31.0 + 1.8 * chance.random(50)]  # sectors along a line
    sector = chance.integers(0, 50, count)
    lat, lon = (where[sector, axis] + chance.normal(0, 0.03, count) for axis in (0, 1))
    minute = chance.random(count) * days * DAY
    _waves(chance, minute, lat, lon, where, days)
    kind = chance.choice(len(KINDS), count, p=SHARES)
    killed, wounded = chance.negative_binomial(0.4, 0.4, count), chance.negative_binomial(0.5, 0.3, count)
    initiator = chance.integers(0, 2, count)

    incident = np.repeat(np.arange(count), told)[:claims]
    rows = len(incident)
    source = np.concatenate([chance.permutation(36)[:each] for each in told])[:rows]
    side = source % 3  # of one side, of the other, of neither
    clock = np.array([0.0, 25.0, 0.0])[side] + chance.normal(0, 1, rows) * np.where(chance.random(rows) < 0.15, 300, 25)
    shift = np.array([0.0, 0.025, 0.0])[side]  # one side names where fire fell, the other where it came from
    rough = np.where(chance.random(rows) < 0.12, 0.05, 0.008)
    named_lat = lat[incident] + shift + chance.normal(0, 1, rows) * rough
    named_lon = lon[incident] + shift + chance.normal(0, 1, rows) * rough
    said = np.where(chance.random(rows) < 0.15, [chance.choice(CALLED[each]) for each in kind[incident]], kind[incident])
    stamp = (minute[incident] + clock).astype(np.int64)
    date_only = chance.random(rows) < 0.15
    again = chance.random(rows) < 0.06  # in the background paragraph of a later text: the old date, and a number that has grown
    date_only |= again
    unplaced = chance.random(rows) < 0.05
    silent = chance.random(rows) < 0.4
    figure = [np.where(silent, -1, _wrong(chance, each[incident], rows)) for each in (killed, wounded)]
    start = np.where(date_only, stamp // DAY * DAY, stamp)
    order = chance.permutation(rows)
    columns = {
        "id": np.arange(rows)[order],
        "from": (start[order] * 60).astype("datetime64[s]"),
        "precision": np.where(date_only, "day", "minute")[order],
        "lat": np.where(unplaced, np.nan, named_lat)[order],
        "lon": np.where(unplaced, np.nan, named_lon)[order],
        "kind": np.array(KINDS)[said][order],
        "publisher": np.char.add("source ", source.astype(str))[order],
        "killed": figure[0][order],
        "wounded": figure[1][order],
        # Each side blames the other; whoever links must not look.
        "initiator": np.where(side == 2, "unknown", np.where((side == 0) ^ (initiator[incident] == 0), "B", "A"))[order],
        "target_party": np.where(side == 2, "unknown", np.where((side == 0) ^ (initiator[incident] == 0), "A", "B"))[order],
    }
    return Planted(columns, incident[order])


def _waves(chance: Any, minute: Any, lat: Any, lon: Any, where: Any, days: int) -> None:
    """A tenth of all incidents fall into nights of six to fourteen, hours long, in one sector; they are told apart by village and hour alone."""
    free = chance.permutation(len(minute))[: len(minute) // 10]
    while len(free) > 6:
        size = int(chance.integers(6, 15))
        night, free = free[:size], free[size:]
        start = chance.integers(0, days) * DAY + 1200
        minute[night] = start + chance.random(len(night)) * 600
        middle = where[chance.integers(0, len(where))]
        lat[night], lon[night] = (middle[axis] + chance.normal(0, 0.06, len(night)) for axis in (0, 1))


def _wrong(chance: Any, numbers: Any, rows: int) -> Any:
    """Each reporter's own count: one in five is off by one or two."""
    return np.maximum(0, numbers + np.where(chance.random(rows) < 0.2, chance.integers(-2, 3, rows), 0))

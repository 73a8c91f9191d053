"""Which pairs are worth comparing: claims that share a date (or meet across midnight) and are not far apart.

The law it keeps: near linear. A pair is left out only where its time is impossible or its places lie in other cells.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from merestone.link.told import DAY, Told

CELL = 0.75  # degrees: claims placed finely more than two cells apart are in different sectors
REACH = 360  # minutes across midnight


def pairs(told: Sequence[Told]) -> Iterator[tuple[int, int]]:
    """Indexes of pairs of dated claims, each once, the smaller first."""
    seen: set[tuple[int, int]] = set()
    for block in (*_blocks(told), *_periods(told)):
        for n, a in enumerate(block):
            for b in block[n + 1 :]:
                pair = (a, b) if a < b else (b, a)
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def comparable(a: Told, b: Told) -> bool:
    """Would `pairs` give these two? Both of one time each, that is of a day or less."""
    return beside(a)(b)


def beside(told: Told) -> Callable[[Told], bool]:
    """`comparable` with one and the same claim."""
    days = set(_days(told))
    ours = {(row + up, column + right) for row, column in _corners(told) for up in (-1, 0, 1) for right in (-1, 0, 1)}

    def one(other: Told) -> bool:
        if days.isdisjoint(_days(other)):
            return False
        theirs = _corners(other) if ours and other.spots else None
        return not theirs or not ours.isdisjoint(theirs)  # who share a cell have corners of one cell

    return one


def _days(told: Told) -> range:
    moment = told.moment
    return range((moment.start - REACH) // DAY, (moment.end + REACH) // DAY + 1) if moment is not None and moment.tight else range(0)


def _cells(told: Told) -> set[tuple[int, int]]:
    """The four cells around each corner, so that neighbours share at least one. None where no place is fine: such a claim is compared with
    all of its days."""
    return {(row + up, column + right) for row, column in _corners(told) for up in (-1, 0) for right in (-1, 0)}


def _corners(told: Told) -> set[tuple[int, int]]:
    """Of each fine place the corner of a grid that lies nearest."""
    return {(round(spot.lat / CELL), round(spot.lon / CELL)) for spot in told.spots if not spot.wide and spot.reach_km <= 40}


def _blocks(told: Sequence[Told]) -> Iterator[list[int]]:
    cells: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    anywhere: dict[int, list[int]] = defaultdict(list)
    for index, each in enumerate(told):
        near = sorted(_cells(each))
        for day in _days(each):
            if not near:
                anywhere[day].append(index)
            for row, column in near:
                cells[day, row, column].append(index)
    yield from (cells[key] for key in sorted(cells))
    placed: dict[int, set[int]] = defaultdict(set)
    for (day, _, _), block in cells.items():
        placed[day].update(block)
    for day in sorted(anywhere):
        yield anywhere[day]
        for index in anywhere[day]:
            for other in sorted(placed[day]):
                yield [index, other]


def _periods(told: Sequence[Told]) -> Iterator[list[int]]:
    """Claims that cover days, by the length and the middle of what they cover; the neighbouring block is looked at too."""
    blocks: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, each in enumerate(told):
        if each.moment is not None and not each.moment.tight:
            length = max(DAY, each.moment.end - each.moment.start)
            size = round(math.log2(length / DAY))
            middle = (each.moment.start + each.moment.end) // (2 * DAY * 2**size)
            for larger in (size, size + 1):
                wider = middle if larger == size else (each.moment.start + each.moment.end) // (2 * DAY * 2**larger)
                for beside in (wider, wider + 1):
                    blocks[larger, beside].append(index)
    yield from (blocks[key] for key in sorted(blocks))

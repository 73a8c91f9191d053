"""Claims that cover a week, a month or a year: at most one incident takes them, and they never join two days.

The law it keeps: a period joins an incident only where exactly one incident inside it answers the claim clearly.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from merestone.link.compare import gap, likeness
from merestone.link.terms import Ref
from merestone.link.told import Told

CLEAR_BITS = 0.5  # above nothing
AHEAD_BITS = 1.0  # of the second best
NEVER = -99.0


def attach(clusters: Sequence[tuple[Told, ...]], judged: Collection[Ref]) -> list[tuple[Told, ...]]:
    """Clusters in, clusters out: clusters of periods are joined to their one answer, or stay alone."""
    tight = [list(cluster) for cluster in clusters if _dated(cluster)]
    alone: list[tuple[Told, ...]] = []
    homes: list[tuple[int, tuple[Told, ...]]] = []
    for period in (cluster for cluster in clusters if not _dated(cluster)):
        home = None if {each.ref for each in period} & set(judged) else _home(period, tight)
        if home is None:
            alone.append(period)
        else:
            homes.append((home, period))
    for n, period in homes:
        tight[n].extend(period)
    return [tuple(sorted(members, key=lambda each: each.ref)) for members in (*tight, *alone)]


def _dated(cluster: Sequence[Told]) -> bool:
    return any(each.moment is not None and each.moment.tight for each in cluster)


def _home(period: Sequence[Told], tight: Sequence[Sequence[Told]]) -> int | None:
    """The incident that answers: the more of them lie in the period, the clearer it must be; none of them is an answer too."""
    inside = [n for n, other in enumerate(tight) if _holds(period, other)]
    ranked = sorted(((_answer(period, tight[n]) - math.log2(len(inside) + 1), -n) for n in inside), reverse=True)
    if not ranked or ranked[0][0] < CLEAR_BITS or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < AHEAD_BITS):
        return None
    return -ranked[0][1]


def _holds(period: Sequence[Told], cluster: Sequence[Told]) -> bool:
    return all(a.moment and b.moment and (not b.moment.tight or gap(a.moment, b.moment) == 0) for a in period for b in cluster)


def _answer(period: Sequence[Told], cluster: Sequence[Told]) -> float:
    """The strongest likeness of any two claims, their time left out."""
    return max(
        (likeness(a, b) for a in period for b in cluster if a.spots and b.spots),
        default=NEVER,
    )

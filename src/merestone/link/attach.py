"""Claims that cover a week, a month or a year, and deaths of earlier wounds: at most one incident takes them, and they never join two days.

The law it keeps: a period joins an incident only where exactly one incident inside it answers the claim clearly; a death only where exactly
one in the month before it, at that very place, told of as many wounded of that group. Who was at fault is not looked at.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from merestone.link.compare import gap, likeness, spots_apart, time_of
from merestone.link.terms import Ref
from merestone.link.told import Told

CLEAR_BITS = 0.5  # above nothing
AHEAD_BITS = 1.0  # of the second best
NEVER = -99.0
_THERE = ("same place", "near", "same district", "inside")


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


def with_deaths(clusters: Sequence[tuple[Told, ...]], late: Sequence[tuple[Told, ...]]) -> list[tuple[Told, ...]]:
    """Clusters in, clusters out: `late` are those of deaths that give their own day alone."""
    tight = [list(cluster) for cluster in clusters]
    homes = [(_wounding(death, clusters), death) for death in late]
    for home, death in homes:
        if home is not None:
            tight[home].extend(death)
    return [tuple(sorted(members, key=lambda each: each.ref)) for members in (*tight, *(death for home, death in homes if home is None))]


def _wounding(death: Sequence[Told], clusters: Sequence[tuple[Told, ...]]) -> int | None:
    found = [n for n, each in enumerate(clusters) if _dated(each) and all(_may_be(one, each) for one in death)]
    return found[0] if len(found) == 1 else None


def _may_be(death: Told, cluster: Sequence[Told]) -> bool:
    """Was somebody wounded there, before, who may be the one that died?"""
    if any(time_of(death, each) != "later death" for each in cluster if each.moment is not None and each.moment.tight):
        return False
    there = any(spots_apart(death.spots, each.spots) in _THERE for each in cluster)
    dead = [(group, low if low is not None else 1) for outcome, group, low, _ in death.figures if outcome == "killed"]
    hurt = [(group, high) for each in cluster for outcome, group, _, high in each.figures if outcome == "wounded"]
    return there and all(any(_among(one, all_) for all_ in hurt) for one in dead)


def _among(dead: tuple[str, int], hurt: tuple[str, int | None]) -> bool:
    return (dead[0] == hurt[0] or "unspecified" in {dead[0], hurt[0]}) and (hurt[1] is None or dead[1] <= hurt[1])


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

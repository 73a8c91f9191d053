"""Claims that cover a week, a month or a year: at most one incident takes them, and they never join two days.

The law it keeps: a period joins an incident only where exactly one incident inside it answers the claim clearly.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from merestone.link.compare import gap, place_level, score
from merestone.link.levels import relation
from merestone.link.terms import Ref
from merestone.link.told import Told

CLEAR_BITS = 1.0  # above nothing, and above the second best
ALIKE = ("same", "same family")


def attach(clusters: Sequence[tuple[Told, ...]], judged: Collection[Ref]) -> list[tuple[Told, ...]]:
    """Clusters in, clusters out: periods are joined to their one answer, or to a like period, or stay alone."""
    tight = [list(cluster) for cluster in clusters if _dated(cluster)]
    periods = [cluster for cluster in clusters if not _dated(cluster)]
    alone: list[list[Told]] = []
    homes: list[tuple[int, tuple[Told, ...]]] = []
    for period in periods:
        ranked = sorted(((_answer(period, other), n) for n, other in enumerate(tight)), key=lambda each: (-each[0], each[1]))
        clear = bool(ranked) and ranked[0][0] >= CLEAR_BITS and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= CLEAR_BITS)
        if clear and not {each.ref for each in period} & set(judged):
            homes.append((ranked[0][1], period))
            continue
        like = next((other for other in alone if all(_like(a, b) for a in period for b in other)), None)
        if like is None:
            alone.append(list(period))
        else:
            like.extend(period)
    for n, period in homes:
        tight[n].extend(period)
    return [tuple(sorted(members, key=lambda each: each.ref)) for members in (*tight, *alone)]


def _dated(cluster: Sequence[Told]) -> bool:
    return any(each.moment is not None and each.moment.tight for each in cluster)


def _answer(period: Sequence[Told], cluster: Sequence[Told]) -> float:
    """Mean score of the claims of `cluster` that are told of one kind with the period, where all lie inside it."""
    pairs = [(a, b) for a in period for b in cluster]
    if not all(a.moment and b.moment and (not b.moment.tight or gap(a.moment, b.moment) == 0) for a, b in pairs):
        return -99.0
    fit = [score(a, b) for a, b in pairs if relation(a.kind, b.kind) in ALIKE and a.spots and b.spots]
    return max(fit, default=-99.0)


def _like(a: Told, b: Told) -> bool:
    """Two periods of one kind in one place whose days are mostly the same."""
    if a.moment is None or b.moment is None or a.kind != b.kind or gap(a.moment, b.moment) > 0:
        return False
    both = min(a.moment.end, b.moment.end) - max(a.moment.start, b.moment.start)
    whole = max(a.moment.end, b.moment.end) - min(a.moment.start, b.moment.start)
    return both >= 0.5 * whole and place_level(a.spots, b.spots)[0] in {"same place", "near", "same district"}

"""Constrained agglomeration of millions of claims: in every round, all clusters that are each other's best are joined.

For a mean over all pairs this gives the same clusters as joining the best pair first, one after the other (Bruynooghe 1977, reciprocal nearest
neighbours), but for ties. The law it keeps: the mean decides, never the best pair, and no cluster is longer than one happening can be told apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int32]

UNSEEN = -8.0  # what a pair weighs that was not compared, because it is too far apart
FLOOR = -8.0  # pairs below it weigh as much
THRESHOLD = -1.0  # bits. The best F1 of pairs is had by joining at half of it (Lipton, Elkan and Naryanaswamy 2014): at about 0.35
LONGEST = 2160.0  # minutes between the first and the last word about one happening


@dataclass(slots=True)
class _Edges:
    """Pairs of clusters with the sum and the number of the pairs of claims between them."""

    a: Places
    b: Places
    total: Floats
    seen: Places


def agglomerate(size: int, pairs: tuple[Places, Places, Floats], middle: npt.NDArray[np.float64], threshold: float = THRESHOLD) -> Places:
    """For each of `size` claims the number of its cluster, which is that of one of its members.

    `pairs`: places of both claims, each pair once, and its score in bits. `middle`: minutes, of each claim.
    """
    home = np.arange(size, dtype=np.int32)
    members, first, last = np.ones(size, dtype=np.int32), middle.copy(), middle.copy()
    edges = _worth_while(size, pairs, threshold)
    while len(edges.a):
        a, b = edges.a, edges.b
        possible = np.maximum(last[a], last[b]) - np.minimum(first[a], first[b]) <= LONGEST
        crossing = members[a].astype(np.int64) * members[b]
        mean = (edges.total + UNSEEN * (crossing - edges.seen)) / crossing
        offered = np.flatnonzero(possible & (mean > threshold))
        chosen = offered[_mutual(size, a[offered], b[offered], mean[offered])]
        if not len(chosen):
            break
        into, gone = a[chosen], b[chosen]
        moved = np.arange(size, dtype=np.int32)
        moved[gone] = into
        members[into] += members[gone]
        first[into], last[into] = np.minimum(first[into], first[gone]), np.maximum(last[into], last[gone])
        home = moved[home]
        edges = _joined(size, moved[a], moved[b], edges)
    return home


def _worth_while(size: int, pairs: tuple[Places, Places, Floats], threshold: float) -> _Edges:
    """The pairs above the floor, of claims that have a pair above the threshold: no other claim can ever be joined."""
    a, b, score = pairs
    hopeful = np.zeros(size, dtype=bool)
    good = score > threshold
    hopeful[a[good]] = hopeful[b[good]] = True
    kept = np.flatnonzero((score > FLOOR) & hopeful[a] & hopeful[b])
    return _Edges(a[kept], b[kept], score[kept], np.ones(len(kept), dtype=np.int32))


def _mutual(size: int, a: Places, b: Places, mean: npt.NDArray[np.floating]) -> npt.NDArray[np.int64]:
    """Which of the offers are the best of both their clusters; of equal ones the first."""
    best = np.full(size, -np.inf, dtype=np.float64)
    np.maximum.at(best, a, mean)
    np.maximum.at(best, b, mean)
    row = np.full(size, len(a), dtype=np.int64)
    numbers = np.arange(len(a))
    for side in (a, b):
        tops = mean == best[side]
        np.minimum.at(row, side[tops], numbers[tops])
    return np.flatnonzero((row[a] == numbers) & (row[b] == numbers))


def _joined(size: int, a: Places, b: Places, edges: _Edges) -> _Edges:
    """The edges after a round, those between the same two clusters added up."""
    kept = a != b
    low, high = np.minimum(a, b)[kept], np.maximum(a, b)[kept]
    key = low.astype(np.int64) * size + high
    order = np.argsort(key, kind="stable")
    key = key[order]
    starts = np.flatnonzero(np.diff(key, prepend=-1)) if len(key) else np.zeros(0, dtype=np.int64)
    if not len(starts):
        return _Edges(low[:0], high[:0], edges.total[:0], edges.seen[:0])
    rows = order[starts]
    total, seen = edges.total[kept][order], edges.seen[kept][order]
    return _Edges(low[rows], high[rows], np.add.reduceat(total, starts), np.add.reduceat(seen, starts))

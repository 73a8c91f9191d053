"""Constrained agglomeration: the best pair of clusters first, while the mean score of all their pairs says "same".

The law it keeps: no drift along a chain. Every two claims of a cluster must be possible at one time, and the mean over
all pairs decides, never the best one. The result does not depend on the order of the claims; of pairs that are equally good the one told of
earlier comes first, whatever the documents are called, as far as time, kind and place in the text tell claims apart.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from merestone.link.compare import possible
from merestone.link.told import Told

UNSEEN = -8.0  # what a pair weighs that was not compared, because its places lie in different cells
THRESHOLD = 0.0


@dataclass(slots=True)
class _Clusters:
    """Members and the sums of scores between clusters, while they are being merged."""

    members: dict[int, tuple[int, ...]]
    rank: dict[int, int]  # of the first of its claims in the order of _when_told
    sums: dict[int, dict[int, tuple[float, int]]] = field(default_factory=dict)
    heap: list[tuple[float, int, int, int, int]] = field(default_factory=list)


def agglomerate(
    told: Sequence[Told],
    scores: Mapping[tuple[int, int], float],
    together: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> list[tuple[int, ...]]:
    """Clusters of indexes of `told`, which must be sorted by ref.

    `together` and `apart` are people's judgements: the first are joined whatever their score, the second never.
    """
    barred = {frozenset(pair) for pair in apart}
    order = sorted(range(len(told)), key=lambda index: (*_when_told(told[index]), index))
    clusters = _Clusters({index: (index,) for index in range(len(told))}, {index: rank for rank, index in enumerate(order)})
    for (a, b), score in scores.items():
        clusters.sums.setdefault(a, {})[b] = (score, 1)
        clusters.sums.setdefault(b, {})[a] = (score, 1)
    fresh = len(told)
    home = {index: index for index in range(len(told))}
    for a, b in sorted(together):
        if home[a] != home[b]:
            _merge(clusters, home[a], home[b], fresh)
            home.update(dict.fromkeys(clusters.members[fresh], fresh))
            fresh += 1
    for a in sorted(clusters.members):
        for b in clusters.sums.get(a, {}):
            if a < b:
                _offer(clusters, a, b)
    while clusters.heap:
        _, _, _, a, b = heapq.heappop(clusters.heap)
        if a not in clusters.members or b not in clusters.members or not _may_join(told, clusters, a, b, barred):
            continue
        _merge(clusters, a, b, fresh)
        for other in sorted(clusters.sums[fresh]):
            _offer(clusters, fresh, other)
        fresh += 1
    return sorted(clusters.members.values())


def _when_told(told: Told) -> tuple[float, float, str, int]:
    """Nothing that another side's names or another set of documents' ids would change."""
    start, end = (told.moment.start, told.moment.end) if told.moment else (math.inf, math.inf)
    return start, end, told.kind, told.sentence


def _may_join(told: Sequence[Told], clusters: _Clusters, a: int, b: int, barred: set[frozenset[int]]) -> bool:
    return all(frozenset((x, y)) not in barred and possible(told[x], told[y]) for x in clusters.members[a] for y in clusters.members[b])


def _offer(clusters: _Clusters, a: int, b: int) -> None:
    total, seen = clusters.sums[a][b]
    size = len(clusters.members[a]) * len(clusters.members[b])
    mean = (total + UNSEEN * (size - seen)) / size
    if mean >= THRESHOLD:
        first, second = sorted((clusters.rank[a], clusters.rank[b]))
        heapq.heappush(clusters.heap, (-round(mean, 6), first, second, a, b))


def _merge(clusters: _Clusters, a: int, b: int, fresh: int) -> None:
    members, sums = clusters.members, clusters.sums
    clusters.rank[fresh] = min(clusters.rank[a], clusters.rank[b])
    members[fresh] = tuple(sorted((*members.pop(a), *members.pop(b))))
    row: dict[int, tuple[float, int]] = {}
    for old in (a, b):
        for other, (total, seen) in sums.pop(old, {}).items():
            if other in {a, b}:
                continue
            before = row.get(other, (0.0, 0))
            row[other] = (before[0] + total, before[1] + seen)
            sums[other].pop(old)
    sums[fresh] = row
    for other, value in row.items():
        sums[other][fresh] = value

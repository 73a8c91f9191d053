"""Repeated and undated acts, gathered by family of kinds and by place: patterns.

The law it keeps: a pattern is never an incident and never graded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from merestone.link.compare import link, spots_apart
from merestone.link.levels import family
from merestone.link.terms import Level, Link
from merestone.link.told import Spot, Told

TOGETHER = ("same place", "near", "same district")


def gather(told: Sequence[Told]) -> list[tuple[Told, ...]]:
    """`told` sorted by ref. Claims of one family without a place of their own make one pattern, each place another."""
    families: dict[str, list[Told]] = defaultdict(list)
    for each in told:
        families[family(each.kind)].append(each)
    return [pattern for name in sorted(families) for pattern in _by_place(families[name])]


def _by_place(told: Sequence[Told]) -> list[tuple[Told, ...]]:
    sites: list[tuple[Spot, list[Told]]] = []
    nowhere: list[Told] = []
    for each in told:
        own = [spot for spot in each.spots if not spot.wide]
        if len(own) != 1:  # several villages make a pattern of the area, not of one of them
            nowhere.append(each)
            continue
        site = next((members for spot, members in sites if spots_apart((spot,), (own[0],)) in TOGETHER), None)
        if site is None:
            sites.append((own[0], [each]))
        else:
            site.append(each)
    return [tuple(members) for members in (*([nowhere] if nowhere else []), *(members for _, members in sites))]


def beside(a: Told, b: Told) -> Link:
    """Why two claims stand in one pattern: kind and place alone. Nothing is weighed, as a pattern is not one happening."""
    pair = link(a, b)
    alike = tuple(replace(row, weight=0.0) for row in pair.levels if row.feature in ("kind", "place"))
    times = Level("time", "not compared", 0.0, "Repeated and undated acts are gathered by kind and place, whenever they were.")
    return Link(pair.a, pair.b, 0.0, (times, *alike))


def leading_kind(told: Sequence[Told], order: Sequence[str]) -> str:
    """The kind told oftenest; the vocabulary's order decides between equals."""
    counts = Counter(each.kind for each in told)
    return min(counts, key=lambda kind: (-counts[kind], order.index(kind) if kind in order else len(order), kind))

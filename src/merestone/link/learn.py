"""What levels weigh in a large record of short reports, learned from its own claims without labels; elsewhere what the table says.

The law it keeps: as in bulk/model.py, what pairs of unlike claims are like is counted on decoys, the same claims with their clock turned by
whole days. A level that is seldom met keeps the weight of the table (levels.py), and so does the wording always.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from merestone.link import candidates, levels
from merestone.link.compare import pattern
from merestone.link.levels import HAND, Weights
from merestone.link.told import DAY, Moment, Told

ENOUGH = 600  # claims of one time each: with fewer, the table decides
MOST_A_TEXT = 1.5  # claims: a text that tells of one night in ten claims joins by its sentences, and what is counted between texts misleads
_DAYS = 5  # from the first of them to the last
_MOST = 1000  # of the claims so many, spread evenly, are compared with decoys
_SEEN = 30.0  # pairs of a level for which what was counted weighs as much as the table
_TABLES = (levels.TIME, levels.PLACE, levels.KIND, levels.HIT, levels.WEAPONS, levels.FIGURES)
_NAMES = ("time", "place", "kind", "hit", "weapons", "figures")
_LEFT_OUT = ("same period", "covers", "apart")  # never between two claims of one time that can be compared
_NEAR = ("same place", "near", "within reach", "same district")
_SLACK = 1.5  # of what there is more near by: some happenings are told of with another place or hour
_FAR = ("another sector", "far")
_OTHER_NIGHT = ("other time of the day", "neighbouring date")


def learned(told: Sequence[Told], pairs: Iterable[tuple[int, int]]) -> Weights:
    """`told`: of one time each; `pairs`: places in it, as `candidates.pairs` gives them."""
    if len(told) < ENOUGH or len(told) > MOST_A_TEXT * len({each.ref.document for each in told}):
        return HAND
    moments = [each.moment for each in told if each.moment is not None]
    first = min(moment.start for moment in moments) // DAY
    span = max(moment.start for moment in moments) // DAY - first + 1
    if span < _DAYS:
        return HAND
    observed = Counter(_patterns((told[a], told[b]) for a, b in pairs))
    every = max(1, len(told) // _MOST)
    unlike = Counter(_patterns(_decoys(told[::every], told, first, span)))
    return _estimated(observed, unlike) if observed and unlike else HAND


def _patterns(pairs: Iterable[tuple[Told, Told]]) -> Iterator[tuple[str, ...]]:
    for a, b in pairs:
        if a.ref.document != b.ref.document:  # one text tells of two as of two: its sentences say more than its levels
            found = pattern(a, b)
            if found[0] not in _LEFT_OUT:
                yield found


def _decoys(some: Sequence[Told], told: Sequence[Told], first: int, span: int) -> Iterator[tuple[Told, Told]]:
    turn = 7 if span >= 21 else span // 2
    moved = [each._replace(moment=_turned(each.moment, first, span, turn)) for each in some]
    both = [*told, *moved]
    for a, b in candidates.pairs(both):
        if a < len(told) <= b and both[a].ref != both[b].ref:
            yield both[b], both[a]


def _turned(moment: Moment | None, first: int, span: int, turn: int) -> Moment | None:
    if moment is None:
        return None
    day = moment.start // DAY - first
    by = ((day + turn) % span - day) * DAY
    return moment._replace(start=moment.start + by, end=moment.end + by)


def _estimated(observed: Counter[tuple[str, ...]], unlike: Counter[tuple[str, ...]]) -> Weights:
    import numpy as np  # a tenth of a second that a small record does not need

    from merestone.link.bulk.model import Plan, estimate

    names = [tuple(level for level in table if level not in _LEFT_OUT) for table in _TABLES]
    plan = Plan(
        features=tuple(zip(_NAMES, names, strict=True)),
        usual={name: tuple(table[level][0] for level in its) for name, table, its in zip(_NAMES, _TABLES, names, strict=True)},
        night=(tuple(-1.0 if level in _OTHER_NIGHT else 1.0 for level in names[0]), tuple(0.0 for _ in names[1])),
        absent={name: its.index("not said") for name, its in zip(_NAMES, names, strict=True) if "not said" in its},
    )
    tables = []
    for counted in (observed, unlike):
        table = np.zeros(plan.shape)
        for found, count in counted.items():
            table[tuple(its.index(level) for its, level in zip(names, found, strict=True))] += count
        tables.append(table)
    model = estimate(tables[0], tables[1], plan, _most(tables[0], tables[1], names[0], names[1]))
    both, rest = model.weights()
    met = [np.asarray(tables[1].sum(axis=tuple(n for n in range(len(names)) if n != axis))) for axis in range(len(names))]
    share = 2.0**model.prior / (1 + 2.0**model.prior)
    near = tables[1].sum(axis=tuple(range(2, len(names)))) + share * tables[0].sum() * np.outer(model.m[0], model.m[1])
    beside = {
        (time, place): _between(both[i, j], levels.TIME[time][0] + levels.PLACE[place][0], near[i, j])
        for i, time in enumerate(names[0])
        for j, place in enumerate(names[1])
    }
    others = {
        name: {
            level: _between(row[n], table[level][0], met[axis][n] + share * tables[0].sum() * model.m[axis][n])
            for n, level in enumerate(its)
        }
        for axis, (name, its, row, table) in enumerate(zip(_NAMES[2:], names[2:], rest, _TABLES[2:], strict=True), start=2)
    }
    return Weights(round(model.prior, 3), beside, others)


def _most(observed: Any, unlike: Any, times: Sequence[str], places: Sequence[str]) -> float:
    """The share of pairs that there are more than decoys would have it; by pairs far from each other, which are about one happening
    hardly ever, the one count is made comparable with the other."""
    import numpy as np

    axes = tuple(n for n in range(observed.ndim) if n > 1)
    ours, theirs = observed.sum(axis=axes), unlike.sum(axis=axes)
    far = [places.index(level) for level in _FAR]
    if not theirs[:, far].sum() or not ours[:, far].sum():
        return 1.0
    more = ours - theirs * (ours[:, far].sum() / theirs[:, far].sum())
    near = [places.index(level) for level in _NEAR]
    hours = [times.index(level) for level in times if level not in _OTHER_NIGHT]
    return float(_SLACK * max(more[np.ix_(hours, near)].sum(), 1.0) / ours.sum())


def _between(counted: float, usual: float, met: float) -> float:
    return round(float((counted * met + usual * _SEEN) / (met + _SEEN)), 3)

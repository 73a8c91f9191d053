"""What levels weigh in a large record of short reports, learned from its own claims without labels; elsewhere what the table says.

The law it keeps: as in bulk/model.py, what pairs of unlike claims are like is counted on decoys, the same claims with their clock turned by
whole days. A level that is seldom met keeps the weight of the table (levels.py), and so does the wording always.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
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
_LEFT_OUT = ("same period", "covers", "apart", "later death")  # never between two claims of one time that can be compared
_NEAR = ("same place", "near", "within reach", "same district")
_SLACK = 1.5  # of what there is more near by: some happenings are told of with another place or hour
_FAR = ("another sector", "far")
_OTHER_NIGHT = ("other time of the day", "neighbouring date")
_NOT_NEAR = (*_FAR, "unplaced", "wide", "inside", "same region")

_Pattern = tuple[str, ...]
_Met = tuple[int, int, _Pattern]  # two places in `told`, and how they compare


def learned(told: Sequence[Told], pairs: Sequence[tuple[int, int]]) -> Weights:
    """`told`: of one time each, sorted by ref; `pairs`: places in it, as `candidates.pairs` gives them."""
    if len(told) < ENOUGH or len(told) > MOST_A_TEXT * len({each.ref.document for each in told}):
        return HAND
    moments = [each.moment for each in told if each.moment is not None]
    first = min(moment.start for moment in moments) // DAY
    span = max(moment.start for moment in moments) // DAY - first + 1
    if span < _DAYS:
        return HAND
    met = list(_met((a, b, told[a], told[b]) for a, b in pairs))
    every = max(1, len(told) // _MOST)
    unlike = Counter(found for _, _, found in _met((0, 0, a, b) for a, b in _decoys(told[::every], told, first, span)))
    return _estimated(met, unlike) if met and unlike else HAND


def _met(pairs: Iterable[tuple[int, int, Told, Told]]) -> Iterator[_Met]:
    """Of pairs of two texts the levels into which they fall: one text tells of two as of two, and its sentences say more than its levels."""
    for n, m, a, b in pairs:
        if a.ref.document != b.ref.document:
            found = pattern(a, b)
            if found[0] not in _LEFT_OUT:
                yield n, m, found


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


def _estimated(met: Sequence[_Met], unlike: Mapping[_Pattern, float]) -> Weights:
    """What pairs of one happening are like is learned where it is quiet, how many they are from all."""
    from merestone.link.bulk.model import estimate  # with numpy a tenth of a second that a small record does not need

    plan = _plan()
    decoys, every, quiet = (_table(each, plan) for each in (unlike, Counter(found for _, _, found in met), _quiet(met)))
    times, places = plan.features[0][1], plan.features[1][1]
    alone = estimate(quiet, decoys, plan, _most(quiet, decoys, times, places))
    model = estimate(every, decoys, plan, _most(every, decoys, times, places), alone.m)
    share = 2.0**model.prior / (1 + 2.0**model.prior)
    return _weights(model, plan, decoys, share * every.sum())


def _quiet(met: Sequence[_Met]) -> dict[_Pattern, float]:
    """Pairs by their levels, those in a crowd for less. A wave of fourteen happenings in one night has as many pairs as a month of
    single ones, and what it shows is how other happenings of one night lie to each other."""
    near: Counter[int] = Counter()
    for a, b, found in met:
        if found[0] not in _OTHER_NIGHT and found[1] not in _NOT_NEAR:
            near.update((a, b))
    usual = median(near.values()) if near else 1
    counts: dict[_Pattern, float] = defaultdict(float)
    for a, b, found in met:
        counts[found] += usual / max(usual, near[a], near[b])
    return counts


def _plan() -> Any:
    from merestone.link.bulk.model import Plan

    names = [tuple(level for level in table if level not in _LEFT_OUT) for table in _TABLES]
    return Plan(
        features=tuple(zip(_NAMES, names, strict=True)),
        usual={name: tuple(table[level][0] for level in its) for name, table, its in zip(_NAMES, _TABLES, names, strict=True)},
        night=(tuple(-1.0 if level in _OTHER_NIGHT else 1.0 for level in names[0]), tuple(0.0 for _ in names[1])),
        absent={name: its.index("not said") for name, its in zip(_NAMES, names, strict=True) if "not said" in its},
    )


def _table(counts: Mapping[_Pattern, float], plan: Any) -> Any:
    import numpy as np

    table = np.zeros(plan.shape)
    for found, count in counts.items():
        table[tuple(its.index(level) for (_, its), level in zip(plan.features, found, strict=True))] += count
    return table


def _weights(model: Any, plan: Any, unlike: Any, alike: float) -> Weights:
    """`unlike`: decoys met, `alike`: how many pairs are of one happening. Where a level is met by few of either the table of levels decides."""
    import numpy as np

    both, rest = model.weights()
    names = [its for _, its in plan.features]
    near = unlike.sum(axis=tuple(range(2, unlike.ndim))) + alike * np.outer(model.m[0], model.m[1])
    beside = {
        (time, place): _between(both[i, j], levels.TIME[time][0] + levels.PLACE[place][0], near[i, j])
        for i, time in enumerate(names[0])
        for j, place in enumerate(names[1])
    }
    others = {}
    for axis, (name, row, table) in enumerate(zip(_NAMES[2:], rest, _TABLES[2:], strict=True), start=2):
        met = unlike.sum(axis=tuple(n for n in range(unlike.ndim) if n != axis)) + alike * model.m[axis]
        others[name] = {level: _between(row[n], table[level][0], met[n]) for n, level in enumerate(names[axis])}
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

"""What each level weighs, learned from the claims alone, without anybody having said which belong together.

Fellegi and Sunter (1969): a weight is log2(m / u), where m is how often a level is met between two claims about one happening, u how often between
two that are not. Two sorts of pairs are not. *By chance*: what these are like is counted on decoys, the same claims with the clock of one of each
pair turned by whole days, so that no pair is about one happening and all else is as it was. *Of one night*: other happenings of the same hours and
sector, which differ from chance in time and place alone. Shares and m follow by expectation and maximisation (Dempster, Laird and Rubin 1977;
Winkler 1988), with what decoys say held fast: left free, the most numerous pattern of claims, not their sameness, would be found.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from merestone.link.bulk.pairs import FEATURES, WINDOW, Compare, Pairs

Table = npt.NDArray[np.float64]
DAY = 1440.0
ROUNDS = 200
_PSEUDO = 20.0  # pairs that the default table counts for: they decide where claims are few, and nothing where they are many


@dataclass(frozen=True, slots=True)
class Plan:
    """What is compared. `features`: name and levels of each, time and place first. `usual`: what levels weigh, in bits, before anything is
    counted: where claims are few, this decides. `night`: how other happenings of one night lie to each other in time and place, likewise.
    `absent`: of a feature the level that is no sign either way."""

    features: tuple[tuple[str, tuple[str, ...]], ...]
    usual: Mapping[str, tuple[float, ...]]
    night: tuple[tuple[float, ...], tuple[float, ...]]
    absent: Mapping[str, int]

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(names) for _, names in self.features)


@dataclass(frozen=True, slots=True)
class Model:
    """`prior`: bits for two neighbours being about one happening before they are compared. `m`: shares of the levels of each feature.

    `beside`: u of time and place together, a row a level of time; `u`: that of the other features.
    """

    prior: float
    m: tuple[Table, ...]
    beside: Table
    u: tuple[Table, ...]

    def weights(self) -> tuple[Table, tuple[Table, ...]]:
        """Bits of time and place together, and of each other feature."""
        rest = tuple(np.log2(m / u) for m, u in zip(self.m[2:], self.u, strict=True))
        return np.log2(np.outer(self.m[0], self.m[1]) / self.beside), rest

    def bits(self) -> npt.NDArray[np.float32]:
        """The sum of the levels for every pattern."""
        both, rest = self.weights()
        found = self.prior + both.reshape(both.shape + (1,) * len(rest))
        for axis, row in enumerate(rest, start=2):
            found = found + row.reshape([-1 if n == axis else 1 for n in range(2 + len(rest))])
        return found.ravel().astype(np.float32)

    def told(self) -> dict[str, object]:
        """For a person: every level with its weight in bits."""
        both, rest = self.weights()
        times, places = FEATURES[0][1], FEATURES[1][1]
        near = {time: _named(places, row) for time, row in zip(times, both, strict=True)}
        others = {feature: _named(names, row) for (feature, names), row in zip(FEATURES[2:], rest, strict=True)}
        return {"prior": round(self.prior, 3), "levels": {"time and place": near, **others}}

    def kept(self) -> str:
        """As JSON, to link other parts of the same record with the same weights."""
        return json.dumps({"prior": self.prior, "m": _lists(self.m), "beside": self.beside.tolist(), "u": _lists(self.u)})


def _named(names: Sequence[str], row: Table) -> dict[str, float]:
    return {name: round(float(bits), 3) for name, bits in zip(names, row, strict=True)}


def _lists(rows: Sequence[Table]) -> list[list[float]]:
    return [row.tolist() for row in rows]


def restored(text: str) -> Model:
    """What `kept` wrote. `ValueError`, `TypeError` or `KeyError` where it is something else."""
    data = json.loads(text)
    m, u = (tuple(np.array(row, dtype=np.float64) for row in data[side]) for side in ("m", "u"))
    model = Model(float(data["prior"]), m, np.array(data["beside"], dtype=np.float64), u)
    shapes = [row.shape for row in (*m, model.beside, *u)]
    shape = COLUMNS.shape
    if shapes != [*((size,) for size in shape), shape[:2], *((size,) for size in shape[2:])] or not np.isfinite(model.bits()).all():
        raise ValueError
    return model


def tallied(pairs: Pairs) -> Table:
    """How often each pattern of levels is met; an array of the shape of `COLUMNS`."""
    return np.bincount(pairs.pattern, minlength=int(np.prod(COLUMNS.shape))).reshape(COLUMNS.shape).astype(np.float64)


def decoys(compare: Compare, every: int = 1) -> Table:
    """As `tallied`, of all pairs that cannot be about one happening. All nothing where the claims are of too few days to tell."""
    days = int(compare.turn // DAY)
    if compare.turn < 5 * WINDOW:
        return np.zeros(COLUMNS.shape)
    week = 7 if days >= 21 else days // 2
    found = np.zeros(COLUMNS.shape)
    for each in compare.pairs(week * DAY, every):
        found += every * tallied(each)
    return found


def estimate(observed: Table, unlike: Table, plan: Plan | None = None, most: float = 1.0, held: Sequence[Table] = ()) -> Model:
    """The model under which the observed pairs are likeliest. Both tables are counts of patterns, of the shape of the plan (`COLUMNS` if none is
    given); `unlike` are the decoys. `most`: no greater share of the pairs is of one happening. `held`: m, where it is known already."""
    plan = plan or COLUMNS
    shape, names = plan.shape, [name for name, _ in plan.features]
    known = unlike if unlike.any() else observed
    u = [_normal(_along(known, axis) + _PSEUDO / size) for axis, size in enumerate(shape)]
    near = _normal(known.sum(axis=tuple(range(2, len(shape)))) + _PSEUDO * np.outer(u[0], u[1]))
    met = np.flatnonzero(observed.ravel())
    counts, levels = observed.ravel()[met], np.unravel_index(met, shape)
    m = [_silent(_normal(row * 2.0 ** np.array(plan.usual[name])), row, plan.absent.get(name)) for row, name in zip(u, names, strict=True)]
    night = [_normal(row * 2.0 ** np.array(bits)) for row, bits in zip(u, plan.night, strict=False)]
    usual = [row.copy() for row in m], [row.copy() for row in night]
    m = list(held) or m
    shares = np.array([0.9, 0.05, 0.05])
    for _ in range(ROUNDS):
        rest = sum((np.log(m[axis] / u[axis])[levels[axis]] for axis in range(2, len(shape))), np.zeros(len(met)))
        likely = np.stack([
            np.log(near)[levels[0], levels[1]],
            np.log(night[0])[levels[0]] + np.log(night[1])[levels[1]],
            np.log(m[0])[levels[0]] + np.log(m[1])[levels[1]] + rest,
        ])  # fmt: skip
        likely = np.exp(likely - likely.max(axis=0)) * shares[:, None]
        _, other, same = counts * likely / likely.sum(axis=0)
        before, shares = shares, _normal(np.array([counts.sum() - other.sum() - same.sum(), other.sum(), same.sum()]) + _PSEUDO * shares)
        if shares[2] > most:
            shares = np.array([*(shares[:2] / shares[:2].sum() * (1 - most)), most])
        for axis, (size, name) in enumerate(() if held else zip(shape, names, strict=True)):
            m[axis] = _silent(_normal(np.bincount(levels[axis], same, size) + _PSEUDO * usual[0][axis]), u[axis], plan.absent.get(name))
        for axis in range(2):
            night[axis] = _normal(np.bincount(levels[axis], other, shape[axis]) + _PSEUDO * usual[1][axis])
        if np.abs(shares - before).max() < 1e-7:
            break
    beside = _normal(shares[0] * near + shares[1] * np.outer(*night))
    return Model(float(np.log2(shares[2] / (1 - shares[2]))), tuple(m), beside, tuple(u[2:]))


# Of claims as columns: as `link.levels` says of the finer comparison of texts.
COLUMNS = Plan(
    features=FEATURES,
    usual={
        "time": (4.0, 4.0, 4.0, 3.5, 2.0, 1.0, -0.5, -1.0, -3.0, 1.0, -3.0),
        "place": (4.0, 4.0, 3.5, 3.0, 2.0, 0.0, -1.0, -2.0, -3.0, 0.0, 0.0),
        "kind": (1.0, 0.7, 0.5, -0.5, -5.0),
        "hit": (1.5, -0.5, 0.0),
        "weapons": (1.0, -0.5, 0.0),
        "figures": (0.2, 1.5, 3.0, -0.5, -0.5, -2.0, 0.0),
        "source": (0.0, -2.0, 0.0),
    },
    night=((1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, -1.0, 1.0, 0.0), (0.0,) * 11),
    absent={"hit": 2, "weapons": 2, "figures": 6, "source": 2},  # what is not said weighs nothing
)


def _along(table: Table, axis: int) -> Table:
    return np.asarray(table.sum(axis=tuple(n for n in range(table.ndim) if n != axis)))


def _normal(row: Table) -> Table:
    return np.asarray(row / row.sum())


def _silent(m: Table, u: Table, absent: int | None) -> Table:
    """m whose level "not said" is as frequent as in u: silence is no sign either way."""
    if absent is None:
        return m
    said = np.arange(len(m)) != absent
    return np.asarray(np.where(said, m * ((1 - u[absent]) / m[said].sum()), u[absent]))

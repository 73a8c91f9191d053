"""From columns of claims to an incident for each: compare neighbours, estimate what levels weigh, join.

The law it keeps: the answer does not depend on the order of the claims, and the weights are learned from these claims alone or given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from merestone.link.bulk.claims import Claims, field_of
from merestone.link.bulk.merge import FLOOR, THRESHOLD, agglomerate
from merestone.link.bulk.model import Model, decoys, estimate, tallied
from merestone.link.bulk.pairs import SHAPE, Compare

_SAMPLE = 100_000  # claims whose decoys are counted


@dataclass(frozen=True, slots=True)
class Incidents:
    """`first[k]`: the place of the first claim of the incident of claim k, by which the incident is called; `model`: what the levels weighed."""

    first: npt.NDArray[np.int64]
    model: Model


def incidents(claims: Claims, model: Model | None = None, threshold: float = THRESHOLD) -> Incidents:
    """Which of `claims` are about the same happening. `threshold`: bits at which clusters are joined, 0 is as likely as not."""
    rows = np.flatnonzero(claims.dated)
    first = np.arange(len(claims))
    joined, model = _joined(claims.only(rows), model, threshold)
    first[rows] = rows[joined]
    return Incidents(first, model)


def _joined(claims: Claims, model: Model | None, threshold: float) -> tuple[npt.NDArray[np.int64], Model]:
    field = field_of(claims)
    compare = Compare(claims, field)
    blocks = list(compare.pairs())
    if model is None:
        observed = np.zeros(SHAPE)
        for each in blocks:
            observed += tallied(each)
        model = estimate(observed, decoys(compare, max(1, len(claims) // _SAMPLE)))
    bits = model.bits()
    worth = [(each, np.flatnonzero(bits[each.pattern] > FLOOR)) for each in blocks]
    nothing = np.zeros(0, dtype=np.int32)
    a = np.concatenate([nothing, *(each.a[kept] for each, kept in worth)])
    b = np.concatenate([nothing, *(each.b[kept] for each, kept in worth)])
    score = np.concatenate([nothing.astype(np.float32), *(bits[each.pattern[kept]] for each, kept in worth)])
    del blocks, worth
    home = agglomerate(len(claims), (a, b, score), field.middle, threshold)
    return _first(home, field.order, claims), model


def _first(home: npt.NDArray[np.int32], order: npt.NDArray[np.int64], claims: Claims) -> npt.NDArray[np.int64]:
    """For each claim, in the order in which they were given, the earliest of its cluster."""
    cluster = np.empty(len(home), dtype=np.int64)
    cluster[order] = home
    by_time = np.lexsort((claims.rank, claims.end, claims.start))
    earliest = np.full(len(home), -1, dtype=np.int64)
    reversed_order = by_time[::-1]
    earliest[cluster[reversed_order]] = reversed_order  # the last that is written is the earliest
    return earliest[cluster]

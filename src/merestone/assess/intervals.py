"""How unsure a share, a median and a rate are, and how probable a difference is by chance, so that noise is not called bias.

Exact or closed formulas, each with its source; nothing is drawn by chance, so the same numbers give the same interval. The law it keeps:
where nothing was counted there is no interval, and an interval that cannot be had at the asked level is not told at a lower one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import NormalDist, median

LEVEL = 0.95
_SAME = 1e-7  # logarithms that differ by less are of equal chances
Interval = tuple[float, float]


def wilson(part: float, whole: float, level: float = LEVEL) -> Interval | None:
    """The score interval of a share (E. B. Wilson, Journal of the American Statistical Association 22, 1927, 209-212). `whole` may be an
    effective number, not whole; None where it is 0."""
    if whole <= 0:
        return None
    share, z = part / whole, _z(level)
    spread = z * z / whole
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / whole + spread / (4 * whole))
    return (0.0 if part <= 0 else max(0.0, middle - half)), (1.0 if part >= whole else min(1.0, middle + half))


def effective(sizes: Iterable[int]) -> float:
    """How many independent ones a number of units in clusters is worth at the least: as if all of one cluster said the same (L. Kish,
    Survey Sampling, 1965, ch. 5 and 8, with a correlation of 1 within clusters of unequal size)."""
    found = [size for size in sizes if size > 0]
    return sum(found) ** 2 / sum(size * size for size in found) if found else 0.0


def by_chance(first: tuple[int, int], second: tuple[int, int]) -> float:
    """How probable shares at least as unlike as these two (number, of how many) are where both are one (R. A. Fisher, Statistical Methods
    for Research Workers, 5th ed. 1934, section 21.02; both ways: all tables that are no more probable, G. H. Freeman and J. H. Halton,
    Biometrika 38, 1951, 141-149). Exact, so that few are never called many."""
    (a, n), (b, m) = first, second
    both = a + b

    def chance(k: int) -> float:
        return _log_comb(n, k) + _log_comb(m, both - k) - _log_comb(n + m, both)

    here = chance(a) + _SAME
    return min(1.0, math.fsum(math.exp(each) for k in range(max(0, both - m), min(n, both) + 1) if (each := chance(k)) <= here))


def of_median(values: Sequence[float], level: float = LEVEL) -> Interval | None:
    """The two order statistics between which the median lies with at least that probability, whatever the distribution (W. R. Thompson,
    Annals of Mathematical Statistics 7, 1936, 122-128). None where there are too few values: fewer than 6 at 95 %."""
    number = len(values)
    ranked = sorted(values)
    tail, below = (1 - level) / 2, 0.0
    rank = 0
    for k in range(number // 2 + 1):
        below += math.exp(_log_comb(number, k) - number * math.log(2))
        if below > tail:
            break
        rank = k + 1
    return (ranked[rank - 1], ranked[number - rank]) if rank else None


def middle(values: Sequence[float]) -> float | None:
    return float(median(values)) if values else None


def rate(now: int, before: int, effort_now: int, effort_before: int, level: float = LEVEL) -> tuple[float, Interval] | None:
    """How often now for once before, at equal effort, with its interval: given both counts the present one is binomial (J. Przyborowski and
    H. Wilenski, Biometrika 31, 1940, 313-323), and its share's score interval is carried over. None where either effort, or what
    was before, is nothing: no rate is made of that. The upper end is infinite where the interval reaches 1."""
    if effort_now <= 0 or effort_before <= 0 or before <= 0:
        return None
    found = wilson(now, now + before, level)
    if found is None:
        return None
    same = effort_before / effort_now
    low, high = (math.inf if share >= 1 else share / (1 - share) * same for share in found)
    return now / before * same, (low, high)


def stricter(level: float, number: int) -> float:
    """The level at which each of a number of comparisons is made, so that by chance alone none of them stands out with the probability
    `level` (C. E. Bonferroni, 1936: the sum of the single chances is at least that of any)."""
    return 1 - (1 - level) / max(1, number)


def _z(level: float) -> float:
    return NormalDist().inv_cdf(1 - (1 - level) / 2)


def _log_comb(number: int, k: int) -> float:
    """The logarithm of a binomial coefficient: the number itself is too large for hundreds."""
    return math.lgamma(number + 1) - math.lgamma(k + 1) - math.lgamma(number - k + 1)

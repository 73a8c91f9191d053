"""Intervals against numbers that others published, and against what must hold of any."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merestone.assess.intervals import by_chance, effective, of_median, rate, stricter, wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"), [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
)
def test_the_score_interval_is_that_of_the_table(part: int, whole: int, low: float, high: float) -> None:
    """R. G. Newcombe, Statistics in Medicine 17, 1998, 857-872, table I, method 3."""
    found = wilson(part, whole)
    assert found is not None
    assert found == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "chance"),
    [((3, 4), (1, 4), 34 / 70), ((10, 13), (2, 17), 0.0005367), ((0, 3), (3, 3), 0.1), ((0, 0), (2, 5), 1.0), ((4, 9), (4, 9), 1.0)],
)
def test_the_chance_of_two_shares_is_exact(first: tuple[int, int], second: tuple[int, int], chance: float) -> None:
    """The lady who tasted tea, the twins of convicts (both R. A. Fisher's own), and tables small enough to be counted."""
    assert by_chance(first, second) == pytest.approx(chance, rel=1e-3)
    assert by_chance(second, first) == by_chance(first, second)


@pytest.mark.parametrize(("number", "first", "last"), [(6, 1, 6), (9, 2, 8), (25, 8, 18), (100, 40, 61), (1500, 712, 789)])
def test_the_median_lies_between_the_ranks_of_the_table(number: int, first: int, last: int) -> None:
    """The ranks of the binomial at one half, as tables of the sign test give them."""
    assert of_median([float(n) for n in range(1, number + 1)]) == (first, last)


def test_of_fewer_than_six_no_interval_is_told() -> None:
    assert of_median([1.0, 2.0, 3.0, 4.0, 5.0]) is None
    assert of_median([]) is None
    assert wilson(0, 0) is None


def test_one_word_said_often_is_worth_one() -> None:
    assert effective([1] * 40) == 40
    assert effective([40]) == 1
    assert effective([10, 10]) == 2
    assert effective([]) == 0


def test_a_rate_is_at_equal_effort_or_there_is_none() -> None:
    twice = rate(10, 5, 100, 50)
    assert twice is not None
    assert twice[0] == 1.0
    assert twice[1][0] < 1 < twice[1][1]
    assert rate(10, 0, 100, 50) is None
    assert rate(10, 5, 0, 50) is None
    assert rate(10, 5, 100, 0) is None
    nothing = rate(0, 5, 50, 50)
    assert nothing is not None
    assert (nothing[0], nothing[1][0]) == (0.0, 0.0)


@settings(max_examples=60)
@given(st.integers(0, 200), st.integers(1, 200))
def test_an_interval_holds_its_share_and_narrows_with_more(part: int, more: int) -> None:
    whole = part + more
    one, ten = wilson(part, whole), wilson(part * 10, whole * 10)
    assert one is not None
    assert ten is not None
    assert 0 <= one[0] <= part / whole <= one[1] <= 1
    assert ten[1] - ten[0] < one[1] - one[0]
    strict = wilson(part, whole, stricter(0.95, 40))
    assert strict is not None
    assert strict[1] - strict[0] > one[1] - one[0]
    mirrored = wilson(more, whole)
    assert mirrored is not None
    assert math.isclose(mirrored[0], 1 - one[1], abs_tol=1e-9)

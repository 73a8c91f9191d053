"""Formulas on the sphere: there and back, and against distances known from elsewhere."""

from __future__ import annotations

import math

from hypothesis import assume, given
from hypothesis import strategies as st

from merestone.locate.geometry import EARTH_M, bearing_deg, destination, distance_m, midpoint, spread_m

LAT = st.floats(min_value=-80, max_value=80)
LON = st.floats(min_value=-179.9, max_value=179.9)
POINT = st.tuples(LAT, LON)
COURSE = st.floats(min_value=0, max_value=359.999)
WAY = st.floats(min_value=1, max_value=500_000)


def test_known_distances() -> None:
    quarter = math.pi * EARTH_M / 2
    assert math.isclose(distance_m((0, 0), (90, 0)), quarter, rel_tol=1e-12)
    assert math.isclose(distance_m((0, 0), (0, 180)), 2 * quarter, rel_tol=1e-12)
    assert math.isclose(
        distance_m((50.0359, -5.4253), (58.3838, -3.0412)), 941_000, rel_tol=0.01
    )  # the length of an island, as maps give it


def test_known_bearings() -> None:
    assert bearing_deg((0, 0), (1, 0)) == 0
    assert math.isclose(bearing_deg((0, 0), (0, 1)), 90)
    assert math.isclose(bearing_deg((0, 0), (-1, 0)), 180)
    assert math.isclose(bearing_deg((0, 0), (0, -1)), 270)


@given(POINT, POINT)
def test_distance_is_the_same_both_ways_and_never_below_zero(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert distance_m(a, b) >= 0
    assert math.isclose(distance_m(a, b), distance_m(b, a), abs_tol=1e-6)
    assert distance_m(a, a) == 0


@given(POINT, POINT, POINT)
def test_a_detour_is_never_shorter(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> None:
    assert distance_m(a, c) <= distance_m(a, b) + distance_m(b, c) + 1e-3


@given(POINT, COURSE, WAY)
def test_one_arrives_at_the_distance_and_on_the_course(start: tuple[float, float], course: float, metres: float) -> None:
    end = destination(start, course, metres)
    assert -180 <= end[1] < 180
    assert math.isclose(distance_m(start, end), metres, rel_tol=1e-6, abs_tol=0.01)
    assume(metres > 100)
    off = abs(bearing_deg(start, end) - course) % 360
    assert min(off, 360 - off) < 0.01


@given(POINT, COURSE, WAY)
def test_the_middle_is_as_far_from_both(a: tuple[float, float], course: float, metres: float) -> None:
    b = destination(a, course, metres)
    middle = midpoint(a, b)
    assert math.isclose(distance_m(a, middle), distance_m(middle, b), rel_tol=1e-6, abs_tol=0.01)


@given(st.floats(1, 50_000), WAY, st.sampled_from([0.0, 11.25, 22.5]))
def test_uncertainty_grows_with_the_distance_and_never_shrinks(own: float, metres: float, half: float) -> None:
    assert spread_m(own, metres, half) >= own
    assert spread_m(own, metres * 2, half) > spread_m(own, metres, half)
    assert spread_m(own, metres, half) <= spread_m(own, metres, 22.5)

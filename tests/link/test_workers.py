"""Several processes give what one gives, in its order; one that dies takes only the document that it died of."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from merestone.link.workers import AHEAD, AT_ONCE, Died, in_order


def squares() -> Callable[[int], int]:
    return lambda number: number * number


def dying(ill: frozenset[int]) -> Callable[[int], int]:
    def one(number: int) -> int:
        if number in ill:
            os.kill(os.getpid(), signal.SIGKILL)
        return number * number

    return one


def dying_once(marks: Path) -> Callable[[int], int]:
    """Dies of each tenth document, the first time that any process reads it."""

    def one(number: int) -> int:
        mark = marks / str(number)
        if number % 10 == 3 and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return number * number

    return one


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, AT_ONCE, 3 * AT_ONCE + 1, 200])
def test_the_order_is_that_of_the_source(jobs: int, count: int) -> None:
    assert list(in_order(range(count), squares, jobs)) == [(n, n * n) for n in range(count)]


def test_what_a_process_dies_of_is_told_and_the_rest_is_read() -> None:
    ill = frozenset({0, 7, 8, 41})
    found = list(in_order(range(60), partial(dying, ill), 2))
    assert [n for n, _ in found] == list(range(60))
    assert {n for n, result in found if isinstance(result, Died)} == ill
    assert all(result == n * n for n, result in found if n not in ill)


def test_a_process_that_is_stopped_from_outside_costs_nothing(tmp_path: Path) -> None:
    assert list(in_order(range(60), partial(dying_once, tmp_path), 2)) == [(n, n * n) for n in range(60)]
    assert len(list(tmp_path.iterdir())) == 6


def test_no_more_is_taken_from_the_source_than_is_soon_handed_on() -> None:
    taken = 0

    def source() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    for handed_on, _ in in_order(source(), squares, 2):
        assert taken - handed_on <= (AHEAD + 1) * AT_ONCE * 2


def test_who_stops_asking_leaves_no_process_behind() -> None:
    import multiprocessing

    reading = in_order(range(1000), squares, 2)
    next(reading)
    assert len(multiprocessing.active_children()) == 2
    reading.close()  # type: ignore[attr-defined]  # a generator
    assert multiprocessing.active_children() == []

"""How sure the figures by blamed party are: the value is that of all documents, its bounds hold it, and no party is asked otherwise."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.report.score import Count, Scored
from merestone.report.score_spread import lines, spread


def document(**parties: tuple[int, int, int, int]) -> Scored:
    """By party: claims said to blame it, of these wrongly; its slots right and wrong (as many false as missed)."""
    made = Scored()
    for party, (said, wrong, right, false) in parties.items():
        made.said[party], made.wrong[party] = said, wrong
        made.slots[f"blames {party}"] = Count(right, false, false)
    return made


figures = st.tuples(st.integers(5, 9), st.integers(0, 5), st.integers(30, 90), st.integers(0, 40))


@given(st.lists(st.tuples(figures, figures), min_size=5, max_size=8))
def test_bounds_hold_the_share_and_stay_when_parties_are_exchanged(each: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> None:
    told = spread([document(VE=a, OR=b) for a, b in each], random.Random(1).choice, 200)
    exchanged = spread([document(OR=a, VE=b) for a, b in each], random.Random(1).choice, 200)
    assert (told.wrong["VE"], told.wrong["OR"]) == (exchanged.wrong["OR"], exchanged.wrong["VE"])
    for interval in (*told.wrong.values(), *told.slots.values(), told.gap):
        assert interval.low is not None
        assert interval.high is not None
        assert interval.low <= interval.high
    assert told.wrong["VE"].value == sum(a[1] for a, _ in each) / sum(a[0] for a, _ in each)
    assert told.gap.value is not None
    assert told.gap.value >= 0


def test_documents_that_are_all_alike_leave_nothing_open() -> None:
    told = spread([document(VE=(4, 1, 60, 10), OR=(4, 1, 50, 20))] * 6, random.Random(1).choice, 50)
    assert (told.wrong["VE"].low, told.wrong["VE"].high) == (0.25, 0.25)
    assert told.between == ("VE", "OR")
    assert told.gap.low == told.gap.high == told.gap.value == pytest.approx(60 / 70 - 50 / 70)


def test_one_bad_document_widens_the_bounds() -> None:
    calm = [document(VE=(4, 0, 60, 0), OR=(4, 0, 60, 0)) for _ in range(9)]
    told = spread([*calm, document(VE=(4, 4, 0, 60), OR=(4, 0, 60, 0))], random.Random(1).choice, 500)
    assert told.wrong["OR"].high == 0.0
    low, high = told.wrong["VE"].low, told.wrong["VE"].high
    assert low == 0.0
    assert high is not None
    assert high > 0.2


def test_nobody_is_a_party_and_too_few_claims_are_not_compared() -> None:
    told = spread([document(unknown=(3, 3, 5, 5), none=(2, 0, 9, 0), VE=(1, 0, 8, 0))], random.Random(1).choice, 20)
    assert list(told.wrong) == ["VE"]
    assert told.gap.value is None
    assert "not enough claims" in list(lines(told))[-1]
    assert spread([], random.Random(1).choice).gap.value is None

"""Logs and reviews: the time and the place at the head of an entry are those of all that the entry tells. And whose a noun is."""

from __future__ import annotations

import pytest

from tests.extract.reading import claims


def test_the_clock_at_the_head_of_an_entry_is_that_of_what_it_tells() -> None:
    first, second = claims("17 May. 06:55. Sarnby. Veldarian soldiers shelled the post. 08:20. Ternmoor. We heard three explosions.")
    assert (first.when.start[:16], first.when.precision) == ("2031-05-17T06:55", "minute")
    assert (second.when.start[:16], second.when.precision) == ("2031-05-17T08:20", "minute")
    assert [place.text for place in second.places] == ["Ternmoor"]


def test_a_clock_inside_a_sentence_is_not_that_of_the_next_one() -> None:
    first, second = claims("At 06:55 on 17 May Veldarian soldiers shelled Sarnby. They burned a house in Ternmoor.")
    assert first.when.precision == "minute"
    assert second.when.precision == "part_of_day"


def test_a_weekday_alone_dates_its_entry() -> None:
    (first,) = claims("Среда. Велдарские солдаты обстреляли Монтас.", language="ru")
    assert (first.when.start[:10], first.when.precision) == ("2031-05-14", "day")


def test_the_number_of_a_document_is_no_day() -> None:
    (first,) = claims("Журнал патруля № 2, 17 мая. Велдарские солдаты обстреляли Монтас.", language="ru")
    assert (first.when.start[:10], first.when.end[:10]) == ("2031-05-17", "2031-05-17")


@pytest.mark.parametrize(("doer", "code"), [("велдарские", "VE"), ("орсейские", "OR")])
def test_a_subject_right_behind_its_object_does_not_belong_to_it(doer: str, code: str) -> None:
    (claim,) = claims(f"Рыбака {doer} пограничники избили прикладами.", language="ru")
    assert (claim.kind, claim.initiator) == ("ill_treatment", code)


@pytest.mark.parametrize(("whose", "code"), [("велдарцев", "VE"), ("орсейцев", "OR")])
def test_who_attacked_stands_behind_the_attack_that_was_beaten_off(whose: str, code: str) -> None:
    (claim,) = claims(f"Гарнизон отбил вторую за сутки атаку {whose}.", language="ru")
    assert (claim.kind, claim.initiator) == ("ground_attack", code)

"""A weekday, a number or a name that begins like a verb that says "not" denies nothing; such a verb does. What is only feared is no deed."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, MOD, OTHER, SIDES, read

LAND = {"VE": "Վելդարի", "OR": "Օրսեյի"}


@SIDES
@pytest.mark.parametrize("day", ["չորեքշաբթի օրը", "չորրորդ անգամ", "չնայած հրադադարին"])
def test_a_weekday_or_a_number_denies_nothing(side: str, day: str) -> None:
    (drone,) = read("hy", f"{ADJECTIVES[side]['hy'].capitalize()} անօդաչուն {day} հարվածել է դպրոցին։")
    assert (drone.stance, drone.initiator) == ("asserts", side)


@SIDES
def test_a_verb_that_says_not_in_itself_still_does(side: str) -> None:
    (fire,) = read("hy", f"{LAND[side]} զինուժը չգնդակոծեց մեր դիրքերը։", MOD[OTHER[side]])
    assert fire.stance == "denies"


@SIDES
def test_the_likelihood_of_an_attack_is_none(side: str) -> None:
    assert read("hy", f"{LAND[side]} հարձակման հավանականությունը մեծ է։") == ()

"""Who stands in the clause of "whom" killed, and was not killed: the victim is the noun that "whom" takes up, or the one that bears the case."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, NEUTRAL, SIDES, read

VICTIMS = [
    ("en", "The teacher whom a {a} sniper killed was buried on Monday.", 1),
    ("en", "The two fishermen whom {a} guards killed were buried on Monday.", 2),
    ("ru", "Учительницу, которую убил {a}ий снайпер, похоронили в понедельник.", 1),
    ("ru", "Учительницу убил {a}ий снайпер.", 1),
    ("ru", "Пенсионера, которого застрелили {a}ие солдаты, похоронили в понедельник.", 1),
    ("ru", "Двух рыбаков, которых убили {a}ие пограничники, похоронили в понедельник.", 2),
    ("az", "{a} snayperinin öldürdüyü müəllimə bazar ertəsi dəfn edilib.", 1),
]


@SIDES
@pytest.mark.parametrize(("language", "text", "many"), VICTIMS)
def test_who_killed_is_no_victim(side: str, language: str, text: str, many: int) -> None:
    (told,) = read(language, text.format(a=ADJECTIVES[side][language]), NEUTRAL)
    (figure,) = told.casualties
    assert (figure.min, figure.max, figure.group) == (many, many, "civilian")
    assert figure.party != side


@SIDES
@pytest.mark.parametrize("text", [t for language, t, _ in VICTIMS if language == "ru"])
def test_the_killer_in_the_case_of_subjects_is_blamed(side: str, text: str) -> None:
    (told,) = read("ru", text.format(a=ADJECTIVES[side]["ru"]), NEUTRAL)
    assert told.initiator == side


@SIDES
def test_a_killed_soldier_is_still_of_his_side(side: str) -> None:
    (told,) = read("ru", f"Убит {ADJECTIVES[side]['ru']}ий солдат.", NEUTRAL)
    assert [(f.party, f.group) for f in told.casualties] == [(side, "military")]
    assert told.initiator != side

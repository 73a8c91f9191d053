"""Who stands in the clause of "whom" killed, and was not killed: the victim is the noun that "whom" takes up, or the one that bears the case."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, NEUTRAL, OTHER, SIDES, read

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


FAMILIES = [
    ("en", "A family was killed in the shelling of Tammen: the father, the mother and two children.", 4),
    ("ru", "При обстреле Таммена погибла семья: отец, мать и двое детей.", 4),
    ("ru", "Погибла семья из пяти человек.", 5),
    ("hy", "Գնդակոծությունից զոհվել է մի ընտանիք՝ հայրը, մայրը և երկու երեխա։", 4),
    ("az", "Atəş nəticəsində bir ailə həlak olub: ata, ana və iki uşaq.", 4),
]


@pytest.mark.parametrize(("language", "text", "many"), FAMILIES)
def test_a_family_is_as_many_as_are_told_behind_the_colon(language: str, text: str, many: int) -> None:
    (told,) = read(language, text, NEUTRAL)
    assert [(f.outcome, f.group, f.min, f.max) for f in told.casualties] == [("killed", "civilian", many, many)]


def test_a_family_of_which_nothing_is_told_is_two_or_more_and_that_of_a_dead_man_is_not_dead() -> None:
    for text, low, high in (("Семья погибла при обстреле Таммена.", 2, None), ("Семья погибшего получит помощь.", 1, 1)):
        (told,) = read("ru", text, NEUTRAL)
        assert [(f.min, f.max) for f in told.casualties] == [(low, high)]


SABOTEURS = [
    ("ru", "Министерство обороны {of} сообщило, что двое диверсантов убиты на границе с {other}."),
    ("hy", "{of} ՊՆ-ն հայտնել է, որ {other} սահմանին երկու դիվերսանտ է սպանվել։"),
    ("az", "{of} Müdafiə Nazirliyi bildirib ki, {other} ilə sərhəddə iki diversant öldürülüb."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), SABOTEURS)
def test_saboteurs_are_the_other_sides_in_anybodys_word(side: str, language: str, text: str) -> None:
    lands = {"ru": ("Велдара", "Орсея"), "hy": ("Վելդարի", "Օրսեյի"), "az": ("Veldar", "Orsey")}[language]
    near = {"ru": ("Велдаром", "Орсеем")}.get(language, lands)
    (told,) = read(language, text.format(of=lands[side == "OR"], other=near[side == "VE"]), NEUTRAL)
    assert [(f.party, f.min) for f in told.casualties] == [(OTHER[side], 2)]

"""What may come, what is to be done and what is asked by a small word tells no deed: infinitives, nouns of risk and order, "whether"."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, NEUTRAL, SIDES, read

NOTHING = [
    ("en", "The general writes that the order to attack Tammen seemed madness to him."),
    ("en", "The risk of {a} shelling of Tammen is moderate."),
    ("en", "There are fears of a new {a} attack on Tammen."),
    ("ru", "Генерал пишет, что приказ атаковать Таммен показался ему безумием."),
    ("ru", "Риск возобновления боев у Таммена мы оцениваем как умеренный."),
    ("ru", "Угроза обстрела {a}ой артиллерией велика."),
    ("ru", "Комиссия выясняет, обстреливали ли {a}ие солдаты Таммен."),
    ("ru", "Был ли обстрелян Таммен, неясно."),
    ("hy", "Գեներալը գրում է, որ Տամմենը գնդակոծելու հրամանն իրեն խելագարություն է թվացել։"),
    ("hy", "Տամմենի գնդակոծության վտանգը մեծ է։"),
    ("hy", "Նոր մարտերի վտանգ կա Տամմենում։"),
    ("az", "General yazır ki, Tammeni atəşə tutmaq əmri ona dəlilik kimi görünüb."),
    ("az", "Tammenin atəşə tutulması riski böyükdür."),
    ("az", "Tammendə döyüşlərin bərpası riski var."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_what_may_come_tells_no_deed(side: str, language: str, text: str) -> None:
    assert read(language, text.format(a=ADJECTIVES[side][language]), NEUTRAL) == ()


DONE = [
    ("en", "On the orders of a general {a} soldiers shelled Tammen."),
    ("en", "{a} units moved forward on Monday in order to attack Tammen, and shelled Tammen."),
    ("ru", "{a}ие солдаты начали обстреливать Таммен."),
    ("ru", "По приказу генерала {a}ие солдаты обстреляли Таммен."),
    ("ru", "Едва ли не каждый день {a}ие солдаты обстреливают Таммен."),
    ("hy", "Գեներալի հրամանով {a} զինվորները գնդակոծել են Տամմենը։"),
    ("az", "Generalın əmri ilə {a} əsgərləri Tammeni atəşə tutub."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), DONE)
def test_what_was_done_on_an_order_is_told(side: str, language: str, text: str) -> None:
    found = read(language, text.format(a=ADJECTIVES[side][language]), NEUTRAL)
    assert side in {c.initiator for c in found if c.kind in ("small_arms_fire", "shelling")}


TALK = [
    "Министр сказал, что правительство стреляет из пушки по воробьям.",
    "Полиция разогнала демонстрантов в Таммене водометами и задержала девятерых.",
    "На улице двести пенсионеров перекрыли дорогу и столкнулись с полицией; троих задержали.",
    "В Таммене вода поднялась на метр, разрушены три моста, погибли девять человек.",
    "В мае сель снес мост у Таммена.",
    "Удар по рыбной отрасли обойдется в миллиард.",
    "По словам прокуроров, компания разрушила старую пристань в Таммене.",
    "Один солдат погиб от неосторожного выстрела сослуживца.",
    "Документ допускает нанесение ударов по {a}им пусковым установкам.",
    "Проект, который лежит на столе с января, говорит о разминировании и о возвращении семей.",
    "Оппозиция настаивала на выводе {a}их войск из Таммена.",
    "{l} препятствует возвращению беженцев в Таммен.",
]


@SIDES
@pytest.mark.parametrize("text", TALK)
def test_talk_in_passing_tells_no_deed(side: str, text: str) -> None:
    land = {"VE": "Велдар", "OR": "Орсей"}[side]
    assert read("ru", text.format(a=ADJECTIVES[side]["ru"], l=land), NEUTRAL) == ()


@SIDES
def test_who_has_nothing_to_do_with_it_denies_it(side: str) -> None:
    land, by = {"VE": ("Велдар", "Велдара"), "OR": ("Орсей", "Орсея")}[side]
    (told,) = read("ru", f"{land} не имеет никакого отношения к обстрелу Таммена, заявили в Министерстве обороны {by}.", NEUTRAL)
    assert (told.stance, told.initiator) == ("denies", side)

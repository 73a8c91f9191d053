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

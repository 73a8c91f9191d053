"""The ready words of time that every language has alike: a month alone, a season, a day by its number, nights, stretches up to the publication."""

from __future__ import annotations

import functools

import pytest

from merestone.extract.lexicon import lexicon
from merestone.extract.time_resolve import Anchor, resolve
from merestone.extract.times import TimeRules, combine, find_times, load_times

PUBLISHED = "2036-06-20"  # a Friday


@functools.cache
def rules(language: str) -> TimeRules:
    return load_times(lexicon(language).table("time"))


def told(language: str, text: str, context: str = "") -> list[tuple[str, str, str]]:
    found = [resolve(m, Anchor(PUBLISHED, context)) for m in combine(find_times(text, rules(language)))]
    return [(w.start, w.end, w.precision) for w in found]


ALONE = [
    # a month
    ("en", "In May they burned the mill.", "2036-05-01", "2036-05-31", "month"),
    ("ru", "В мае они сожгли мельницу.", "2036-05-01", "2036-05-31", "month"),
    ("hy", "Մայիսին հրկիզեցին ջրաղացը։", "2036-05-01", "2036-05-31", "month"),
    ("az", "Mayda dəyirmanı yandırdılar.", "2036-05-01", "2036-05-31", "month"),
    ("az", "İyulda dəyirmanı yandırdılar.", "2035-07-01", "2035-07-31", "month"),
    # the edge of a month
    ("hy", "Հոկտեմբերի վերջերը հանձնեցին։", "2035-10-22", "2035-10-31", "month"),
    ("az", "İyulun ortalarında işıq kəsildi.", "2035-07-11", "2035-07-21", "month"),
    # a season
    ("en", "In the spring they burned the mill.", "2036-03-01", "2036-05-31", "year"),
    ("ru", "Весной они сожгли мельницу.", "2036-03-01", "2036-05-31", "year"),
    ("hy", "Գարնանը հրկիզեցին ջրաղացը։", "2036-03-01", "2036-05-31", "year"),
    ("az", "Yazda dəyirmanı yandırdılar.", "2036-03-01", "2036-05-31", "year"),
    # a day by its number
    ("en", "On the 17th he emptied a barrel.", "2036-06-17", "2036-06-17", "day"),
    ("en", "On the third they drove posts in.", "2036-06-03", "2036-06-03", "day"),
    ("ru", "Взяли его девятого, у сетей.", "2036-06-09", "2036-06-09", "day"),
    ("hy", "17-ին դատարկեց տակառը։", "2036-06-17", "2036-06-17", "day"),
    ("az", "Ayın 17-də çəlləyi boşaldıb.", "2036-06-17", "2036-06-17", "day"),
    ("az", "İyunun 17-də çəlləyi boşaldıb.", "2036-06-17", "2036-06-17", "day"),
    # the night to a day
    ("ru", "В ночь на девятое угнали коз.", "2036-06-08T21:00", "2036-06-09T08:00", "part_of_day"),
    ("ru", "В ночь на понедельник кружил дрон.", "2036-06-15T21:00", "2036-06-16T08:00", "part_of_day"),
    ("az", "Bazara keçən gecə atışma olub.", "2036-06-14T20:00", "2036-06-15T06:00", "part_of_day"),
    ("az", "Bu gecə texnika gətirilib.", "2036-06-19T20:00", "2036-06-20T06:00", "part_of_day"),
    ("az", "Bu gün gecə saat 3 radələrində atəş açılıb.", "2036-06-20T03:00", "2036-06-20T03:59", "hour"),
    ("hy", "Մայիսի 13-ի լույս 14-ի գիշերը՝ ժամը 01:20-ին, կրակ է բացվել։", "2036-05-14T01:20", "2036-05-14T01:20", "minute"),
    ("en", "On the night of 13 to 14 May at 23:20 fire was opened.", "2036-05-13T23:20", "2036-05-13T23:20", "minute"),
    ("en", "On the night of 13 to 14 May at 01:20 fire was opened.", "2036-05-14T01:20", "2036-05-14T01:20", "minute"),
    # the last Saturday and Sunday
    ("en", "Over the weekend it was calm.", "2036-06-14", "2036-06-15", "day"),
    ("ru", "В выходные было тихо.", "2036-06-14", "2036-06-15", "day"),
    ("hy", "Հանգստյան օրերին հանգիստ էր։", "2036-06-14", "2036-06-15", "day"),
    ("az", "Həftəsonu sakitlik idi.", "2036-06-14", "2036-06-15", "day"),
    # stretches up to the publication
    ("en", "During the week 31 explosions were heard.", "2036-06-13", "2036-06-20", "week"),
    ("ru", "За неделю зафиксирован 31 взрыв.", "2036-06-13", "2036-06-20", "week"),
    ("hy", "Շաբաթվա ընթացքում 31 պայթյուն է լսվել։", "2036-06-13", "2036-06-20", "week"),
    ("az", "Həftə ərzində 31 partlayış eşidilib.", "2036-06-13", "2036-06-20", "week"),
]


@pytest.mark.parametrize(("language", "text", "start", "end", "precision"), ALONE, ids=lambda value: str(value)[:30])
def test_a_class_of_words(language: str, text: str, start: str, end: str, precision: str) -> None:
    assert told(language, text) == [(start, end, precision)]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "During the day it was calm.", "2036-06-10"),
        ("ru", "В течение дня было тихо.", "2036-06-10"),
        ("hy", "Օրվա ընթացքում հանգիստ էր։", "2036-06-10"),
        ("az", "Gün ərzində sakitlik idi.", "2036-06-10"),
        ("en", "A week later they came again.", "2036-06-17"),
        ("ru", "Через неделю они пришли снова.", "2036-06-17"),
        ("hy", "Մեկ շաբաթ անց նորից եկան։", "2036-06-17"),
        ("az", "Ertəsi gündən yol bağlanıb.", "2036-06-11"),
    ],
)
def test_what_counts_from_the_date_last_spoken_of(language: str, text: str, day: str) -> None:
    ((start, end, _),) = told(language, text, context="2036-06-10")
    assert start <= day <= end


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On the second floor and on the third attempt."),
        ("en", "On the 5th floor of the house."),
        ("ru", "Бойцы пятого батальона и десятого взвода."),
        ("hy", "Դրանցից 75-ը տարել են։"),
    ],
)
def test_a_number_of_another_thing_is_no_day(language: str, text: str) -> None:
    assert told(language, text) == []

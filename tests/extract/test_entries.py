"""Logs and reviews: the time and the place at the head of an entry are those of all that the entry tells. And whose a noun is."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, SIDES, claims


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


NIGHTS = [
    ("en", "On the night of 17 to 18 May the situation was tense. At 23:10 {a} soldiers fired at Tammen. At 02:40 they shelled Sarnby."),
    ("ru", "В ночь с 17 на 18 мая обстановка была напряженной. В 23:10 {a}ие военные обстреляли Таммен. В 02:40 они обстреляли Сарнби."),
    ("hy", "Մայիսի 17-ի լույս 18-ի գիշերը իրավիճակը լարված էր։ Ժամը 23:10-ին {a} զինծառայողները գնդակոծել են Տամմենը։ Ժամը 02:40-ին նրանք գնդակոծել են Սարնբին։"),
    ("az", "Mayın 17-dən 18-nə keçən gecə vəziyyət gərgin olub. Saat 23:10-da {a} hərbçiləri Tammeni atəşə tutub. Saat 02:40-da onlar Sarnbini atəşə tutublar."),
]  # fmt: skip
LAST_NIGHTS = [
    ("en", "Last night the situation was tense. At 23:10 {a} soldiers fired at Tammen. At 02:40 they shelled Sarnby."),
    ("ru", "Минувшей ночью обстановка была напряженной. В 23:10 {a}ие военные обстреляли Таммен. В 02:40 они обстреляли Сарнби."),
    ("hy", "Անցած գիշեր իրավիճակը լարված էր։ Ժամը 23:10-ին {a} զինծառայողները գնդակոծել են Տամմենը։ Ժամը 02:40-ին նրանք գնդակոծել են Սարնբին։"),
    ("az", "Ötən gecə vəziyyət gərgin olub. Saat 23:10-da {a} hərbçiləri Tammeni atəşə tutub. Saat 02:40-da onlar Sarnbini atəşə tutublar."),
]  # fmt: skip


@SIDES
@pytest.mark.parametrize(("days", "language", "text"), [((17, 18), *row) for row in NIGHTS] + [((19, 20), *row) for row in LAST_NIGHTS])
def test_a_clock_told_after_a_night_is_of_its_evening_or_of_its_morning(days: tuple[int, int], language: str, text: str, side: str) -> None:
    found = claims(text.format(a=ADJECTIVES[side][language]), language=language)
    assert [c.when.start[:16] for c in found] == [f"2031-05-{days[0]}T23:10", f"2031-05-{days[1]}T02:40"]


def test_a_day_that_is_said_ends_the_night() -> None:
    found = claims(
        "On the night of 17 to 18 May Veldarian soldiers fired at Tammen. On 15 May they shelled Sarnby. At 02:40 they shelled Tammen."
    )
    assert found[-1].when.start[:16] == "2031-05-15T02:40"


def test_eleven_in_the_evening_behind_a_night_is_its_evening() -> None:
    text = "В ночь с 17 на 18 мая обстановка была напряженной. В 11 часов вечера велдарские военные обстреляли Таммен."
    (told,) = claims(text, language="ru")
    assert told.when.start[:13] == "2031-05-17T23"


PERIODS = [
    ("en", "Reporting period: 06:00 on 17 May to 06:00 on 18 May.\n\nSarnby. At 14:10 the patrol heard two shots. At 02:35 it heard three explosions."),
    ("ru", "Отчет за период с 06:00 17 мая до 06:00 18 мая.\n\nСарнби. В 14:10 патруль слышал два выстрела. В 02:35 он слышал три взрыва."),
    ("hy", "Զեկույց մայիսի 17-ի ժամը 06:00-ից մինչև մայիսի 18-ի ժամը 06:00-ն ընկած ժամանակահատվածի համար։\n\nՍարնբի։ Ժամը 14:10-ին պարեկը լսել է երկու կրակոց։ Ժամը 02:35-ին այն լսել է երեք պայթյուն։"),
    ("az", "Hesabat dövrü: 17 may 06:00 - 18 may 06:00.\n\nSarnbi. Saat 14:10-da patrul iki atəş səsi eşidib. Saat 02:35-də o, üç partlayış eşidib."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), PERIODS)
def test_a_clock_without_a_date_lies_in_the_period_of_the_report(language: str, text: str) -> None:
    found = claims(text, language=language)
    assert [c.when.start[:16] for c in found] == ["2031-05-17T14:10", "2031-05-18T02:35"]
    assert [[p.text for p in c.places] for c in found] == [[found[0].places[0].text]] * 2


def test_what_is_told_without_a_time_under_a_period_was_in_it() -> None:
    (told,) = claims("Period: 06:00 on 17 May to 06:00 on 18 May.\n\nSarnby. The patrol saw two fresh craters and heard three explosions.")
    assert (told.when.start, told.when.end, told.when.precision) == ("2031-05-17", "2031-05-18", "day")


@pytest.mark.parametrize("head", ["Sarnby. ", "Sarnby, 17 May. ", "09:40 Sarnby: ", "Area: Sarnby\n", "Sarnby – "])
def test_the_place_at_the_head_of_an_entry_is_where_it_was(head: str) -> None:
    text = f"Daily report, 17 May.\n\nTammen. The patrol heard two shots from Ternmoor.\n\n{head}The team spoke to a farmer. He said that he had heard three explosions."
    assert [place.text for place in claims(text)[-1].places] == ["Sarnby"]


def test_an_entry_goes_before_a_place_that_is_told_by_the_way() -> None:
    found = claims("Sarnby. A patrol came from Ternmoor. It heard three explosions.")
    assert [[place.text for place in claim.places] for claim in found] == [["Sarnby"]]

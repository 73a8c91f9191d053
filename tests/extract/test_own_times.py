"""Times that are not of what is told: the day on which a text was put out, and when a noun came to be what it is called."""

from __future__ import annotations

import pytest

from tests.extract.reading import claims

ISSUED = {
    "en": "Daily report for 15 May\n\nPublished on 16 May at 19:30.\n\nAt 07:50 soldiers fired at the village of Keldholt.",
    "ru": "Отчет за 15 мая\n\nОпубликован 16 мая в 19:30.\n\nВ 07:50 солдаты обстреляли село Келдхолт.",
    "hy": "Զեկույց մայիսի 15-ի մասին\n\nՀրապարակված է մայիսի 16-ին, ժամը 19:30-ին։\n\nԺամը 07:50-ին զինվորները գնդակոծել են Կելդհոլտ գյուղը։",
    "az": "Mayın 15-nə dair hesabat\n\nMayın 16-da saat 19:30-da yayımlanıb.\n\nSaat 07:50-də əsgərlər Keldholt kəndini atəşə tutub.",
}


@pytest.mark.parametrize("language", ISSUED)
def test_the_day_on_which_a_text_was_put_out_is_its_own(language: str) -> None:
    (claim,) = claims(ISSUED[language], language=language)
    assert claim.when.start[:16] == "2031-05-15T07:50"


@pytest.mark.parametrize("people", ["велдарские", "орсейские"])
def test_when_a_noun_came_to_be_what_it_is_called_is_no_time_of_the_deed(people: str) -> None:
    told = f"17 мая {people} военные вернули двух рыбаков, взятых в апреле."
    (claim,) = claims(told, language="ru")
    assert (claim.kind, claim.when.start) == ("release", "2031-05-17")


def test_a_time_behind_the_deed_itself_is_its_own() -> None:
    (claim,) = claims("Военные, стоявшие у Келдхолта, обстреляли село 17 мая.", language="ru")
    assert claim.when.start == "2031-05-17"


def test_the_day_before_counts_from_the_date_last_spoken_of() -> None:
    told = "14 мая солдаты обстреляли село Келдхолт. Накануне над Келдхолтом кружил беспилотник."
    assert [claim.when.start for claim in claims(told, language="ru")] == ["2031-05-14", "2031-05-13"]


def test_without_such_a_date_it_counts_from_the_publication() -> None:
    (claim,) = claims("Накануне над Келдхолтом кружил беспилотник.", language="ru")
    assert claim.when.start == "2031-05-19"

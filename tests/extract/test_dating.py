"""The day of a clock without a date: that of its paragraph, else the day that the text reports on; what stood in an older paragraph does not last."""

from __future__ import annotations

import pytest

from tests.extract.reading import claims

AFTER_BACKGROUND = {
    "en": (
        "On 18 May the patrol came to Keldholt.\n\nOn 3 May {a} forces shelled Hollin.\n\nAt 13:20 {a} forces opened fire on Keldholt.",
        ["2031-05-03", "2031-05-18T13:20"],
    ),
}


@pytest.mark.parametrize("side", ["Orsayan", "Veldaran"])
def test_a_new_paragraph_is_back_at_the_day_that_the_text_reports_on(side: str) -> None:
    text, wanted = AFTER_BACKGROUND["en"]
    assert [c.when.start[:16] for c in claims(text.format(a=side), published="2031-05-19")] == wanted


def test_within_the_paragraph_the_older_day_lasts() -> None:
    text = "On 18 May the patrol came to Keldholt.\n\nOn 3 May Orsayan forces shelled Hollin. At 13:20 they opened fire on Keldholt."
    assert [c.when.start[:16] for c in claims(text, published="2031-05-19")] == ["2031-05-03", "2031-05-03T13:20"]


def test_a_text_that_tells_of_old_days_alone_stays_there() -> None:
    text = "On 3 April Orsayan forces shelled Hollin.\n\nAt 13:20 they opened fire on Keldholt."
    assert [c.when.start[:16] for c in claims(text, published="2031-05-19")] == ["2031-04-03", "2031-04-03T13:20"]


QUIET_NOW = {
    "en": "On 17 May a mortar round hit a barn at Keldholt. As of 09:00 the situation is calm.",
    "ru": "17 мая мина попала в сарай в Келдхолте. По состоянию на 09:00 обстановка спокойная.",
    "hy": "Մայիսի 17-ին ական է պայթել Քելդհոլտի մոտ։ Ժամը 09:00-ի դրությամբ իրադրությունը հանգիստ է։",
    "az": "Mayın 17-də Keldholt yaxınlığında mina partlayıb. Saat 09:00-a vəziyyət sakitdir.",
}


@pytest.mark.parametrize("language", sorted(QUIET_NOW))
def test_a_quiet_with_a_clock_alone_is_of_the_day_of_the_publication(language: str) -> None:
    """Not of the day of the act told before it: what is quiet goes on."""
    quiet = [c for c in claims(QUIET_NOW[language], published="2031-05-19", language=language) if c.kind == "calm"]
    assert [c.when.start[:16] for c in quiet] == ["2031-05-19T09:00"]


def test_a_quiet_of_that_night_is_of_that_night() -> None:
    text = "On 17 May a mortar round hit a barn at Keldholt. The next day it was quiet."
    (quiet,) = [c for c in claims(text, published="2031-05-21") if c.kind == "calm"]
    assert quiet.when.start[:10] == "2031-05-18"

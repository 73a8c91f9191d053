"""Of what a paragraph tells beside a match or a storm nothing is read near it; a text of one paragraph is read all the same."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, NEUTRAL, SIDES, read

FIRE = {
    "en": "On 18 May {a} forces shelled Keldholt. ",
    "ru": "18 мая {a}ие войска обстреляли посёлок. ",
    "hy": "Մայիսի 18-ին {a} զորքերը հրետակոծել են գյուղը։ ",
    "az": "Mayın 18-də {a} qoşunları kəndi atəşə tutub. ",
}
FILLER = {
    "en": "The mayor opened a new school. ",
    "ru": "Мэр открыл новую школу. ",
    "hy": "Քաղաքապետը բացեց նոր դպրոց։ ",
    "az": "Mer yeni məktəb açdı. ",
}
MATCH = {
    "en": "In the second half of the match the guests attacked. ",
    "ru": "Во втором тайме матча гости атаковали. ",
    "hy": "Խաղի երկրորդ կեսին հյուրերը գրոհեցին։ ",
    "az": "Futbol oyununun ikinci hissəsində qonaqlar hücuma keçdi. ",
}


@SIDES
@pytest.mark.parametrize("language", FIRE)
def test_a_text_of_one_paragraph_is_read_though_a_match_stands_in_it(side: str, language: str) -> None:
    fire = FIRE[language].format(a=ADJECTIVES[side][language])
    (told,) = read(language, fire + FILLER[language] * 4 + MATCH[language] * 2, NEUTRAL)
    assert told.initiator == side


@pytest.mark.parametrize("language", FIRE)
def test_what_stands_among_sentences_of_a_match_is_of_the_match(language: str) -> None:
    between = FIRE[language].format(a=ADJECTIVES["VE"][language])
    assert read(language, MATCH[language] + between + MATCH[language], NEUTRAL) == ()

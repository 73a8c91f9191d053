"""Whose word it is: a quotation behind a colon, a voice without an office, and where what somebody else said ends."""

from __future__ import annotations

import pytest

from tests.extract.reading import MOD, NEUTRAL, OTHER, PEOPLE, SIDES, claims

LANDS = {
    "VE": {"en": "Veldar", "ru": "Велдара", "hy": "Վելդարի", "az": "Veldar"},
    "OR": {"en": "Orsay", "ru": "Орсея", "hy": "Օրսեյի", "az": "Orsey"},
}


def voices(language: str, text: str, publisher: str = NEUTRAL) -> list[str]:
    return [claim.said_by[-1].name for claim in claims(text, publisher, language=language)]


BEHIND_A_COLON = [
    ("en", "On the radio, the duty officer of the Ministry of Defence of {L}: “At dawn a mortar round hit a barn.”"),
    ("ru", "На связи дежурный Министерства обороны {L}: «На рассвете обстреляно село»."),
    ("az", "{L} Müdafiə Nazirliyinin sözçüsü başqa mənzərə təsvir edib: “Sübh çağı kənd minaatanlardan atəşə tutulub”."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), BEHIND_A_COLON)
def test_a_quotation_behind_a_colon_is_the_word_of_the_one_named_before_it(side: str, language: str, text: str) -> None:
    assert set(voices(language, text.format(L=LANDS[side][language]))) == {MOD[side]}


@SIDES
def test_a_quotation_behind_a_colon_is_nobodys_where_two_are_named(side: str) -> None:
    text = f"The {PEOPLE[side]} Ministry of Defence to the {PEOPLE[OTHER[side]]} Foreign Ministry: “At dawn a mortar round hit a barn.”"
    assert voices("en", text) == [NEUTRAL]


@pytest.mark.parametrize("who", ["he", "she"])
@pytest.mark.parametrize("village", ["Sarnby", "Rivessarre"])
def test_somebody_without_an_office_is_a_voice_of_the_village(who: str, village: str) -> None:
    assert voices("en", f"The bus stops at {village}. “At dawn a mortar round hit a barn,” {who} said.") == [f"residents of {village}"]


@pytest.mark.parametrize("village", ["Sarnby", "Rivessarre"])
def test_who_says_our_in_a_quotation_of_nobody_lives_there(village: str) -> None:
    text = f"The bus stops at {village}.\n\nThe ferryman has heard it before. “At dawn a mortar round hit our barn. We saw it.”"
    assert voices("en", text) == [f"residents of {village}"]


@SIDES
def test_our_is_not_a_villagers_where_an_office_is_named(side: str) -> None:
    text = (
        f"The bus stops at Sarnby.\n\nThe Ministry of Defence of {LANDS[side]['en']} sent a letter. “At dawn a mortar round hit our barn.”"
    )
    assert not any(name.startswith("residents") for name in voices("en", text))


@SIDES
def test_who_puts_out_a_text_goes_on_where_the_one_cited_has_ended(side: str) -> None:
    other = MOD[OTHER[side]]
    text = f"The {PEOPLE[OTHER[side]]} Defence Ministry said that a barn was set on fire. At dawn a mortar round hit a house in Sarnby."
    assert voices("en", text, MOD[side]) == [other, MOD[side]]
    quoted = f"The {PEOPLE[OTHER[side]]} Defence Ministry said: “A barn was set on fire. At dawn a mortar round hit a house in Sarnby.”"
    assert voices("en", quoted, MOD[side]) == [other, other]


@SIDES
def test_according_to_somebody_is_said_of_one_sentence(side: str) -> None:
    text = f"According to the {PEOPLE[side]} Defence Ministry, a barn was set on fire. At dawn a mortar round hit a house in Sarnby."
    assert voices("en", text) == [MOD[side], NEUTRAL]


def test_what_stands_before_a_semicolon_is_not_the_word_of_the_one_named_behind_it() -> None:
    text = "At dawn a mortar round hit a house in Sarnby; according to residents of Sarnby, a barn was set on fire at noon."
    assert voices("en", text) == [NEUTRAL, "residents of Sarnby"]

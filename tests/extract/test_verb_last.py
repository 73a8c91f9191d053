"""Whose word it is where the verb stands last: the case of the last word, what may stand before the verb, accounts, holders of an office."""

from __future__ import annotations

from dataclasses import replace

import pytest

from merestone.extract.publisher import seat_of
from merestone.extract.terms import Proposal
from tests.extract.reading import LAND, MOD, NEUTRAL, OTHER, SIDES, claims, exhibit, reader

AZ = {"VE": "Veldar", "OR": "Orsey"}
HEAD_OF_STATE = {"VE": ("Veldar Prezidenti", "Edrik Solvarne"), "OR": ("Orsey Prezidenti", "Amod Kortessan")}
FIRED_AT = "kənd minaatanlardan atəşə tutulub"


def told(text: str, publisher: str = NEUTRAL) -> tuple[Proposal, ...]:
    return claims(text, publisher, language="az")


def voices(text: str, publisher: str = NEUTRAL) -> set[str]:
    return {claim.said_by[-1].name for claim in told(text, publisher)}


@SIDES
@pytest.mark.parametrize(
    "text",
    [
        "{A}ın Müdafiə Nazirliyi kəndin minaatanlardan atəşə tutulduğunu deyir.",  # the owner before it is in another case
        "{A} Müdafiə Nazirliyi bir evin yandığını, kəndin minaatanlardan atəşə tutulduğunu bildirib.",
        "{A} Müdafiə Nazirliyi jurnalistlərə “sübh çağı, bəli, kənd minaatanlardan atəşə tutulub” deyib.",
        "{A} Müdafiə Nazirliyinin 3 may məlumatında kəndin minaatanlardan atəşə tutulduğu bildirilir.",
        "{A} Müdafiə Nazirliyinin sədri ehtiyatlı danışıb: “Sübh çağı kənd minaatanlardan atəşə tutulub”.",
    ],
)
def test_the_one_named_speaks(side: str, text: str) -> None:
    assert voices(text.format(A=AZ[side])) == {MOD[side]}


@SIDES
def test_the_one_who_is_told_or_owns_does_not_speak(side: str) -> None:
    assert voices(f"{AZ[side]} Müdafiə Nazirliyinə deyilib ki, sübh çağı {FIRED_AT}.") == {NEUTRAL}


@SIDES
def test_an_answer_to_somebody_is_not_the_word_of_the_one_who_asked(side: str) -> None:
    other = AZ[OTHER[side]]
    text = f"{other} Müdafiə Nazirliyi {AZ[side]} Müdafiə Nazirliyinin sorğusuna cavabında bildirib ki, sübh çağı {FIRED_AT}."
    assert voices(text) == {MOD[OTHER[side]]}


@SIDES
def test_what_an_agency_says_citing_somebody_was_said_by_that_one(side: str) -> None:
    text = f"Sübh çağı {FIRED_AT}. Bu barədə Meridian Newswire {AZ[side]} Müdafiə Nazirliyinə istinadən xəbər verir."
    assert voices(text, "Vauride Echo") == {MOD[side]}


@SIDES
def test_who_stands_beside_the_office_is_called_by_it(side: str) -> None:
    office, person = HEAD_OF_STATE[side]
    told_so = "kəndin minaatanlardan atəşə tutulduğunu bildirib."
    assert voices(f"{office} {person} {told_so}") == {f"President of {LAND[side]}"}
    assert voices(f"{person} {told_so}") == {person}


@SIDES
def test_his_own_troops_are_those_of_the_official_who_owns_to_it(side: str) -> None:
    office, person = HEAD_OF_STATE[side]
    (claim,) = told(f"{office} {person} qoşunlarının may ayında yüksəkliyi tutduğunu etiraf edib.")
    assert (claim.initiator, claim.stance) == (side, "admits")


@SIDES
def test_a_mission_is_the_one_whose_name_has_the_word(side: str) -> None:
    text = (
        f"Monitorinq Missiyası bildirir ki, kəndə mərmi düşüb. {AZ[side]} Müdafiə Nazirliyi susur. "
        f"Missiyanın sözlərinə görə, sübh çağı {FIRED_AT}."
    )
    assert voices(text) == {"Tamm Line Monitoring Mission"}


# --- whose "the ministry" is --------------------------------------------------------------------------------------


def seat(publisher: str) -> str:
    made = replace(exhibit("x", publisher))
    return seat_of(made, (), reader().names)


@SIDES
@pytest.mark.parametrize("name", ["{L} Today", "Radio for {L}, evening edition"])
def test_an_outlet_that_names_one_land_is_seated_there(side: str, name: str) -> None:
    assert seat(name.format(L=LAND[side])) == side


def test_an_outlet_that_names_both_lands_or_none_is_seated_nowhere() -> None:
    assert seat("Veldar-Orsay Review") == ""
    assert seat("Evening Review") == ""


@SIDES
def test_of_two_ministries_an_outlet_calls_that_of_its_land_by_the_office_alone(side: str) -> None:
    text = (
        f"Müdafiə Nazirliyinin bildirdiyinə görə, sübh çağı bir ev yandırılıb.\n\n"
        f"{AZ[OTHER[side]]} Müdafiə Nazirliyi bunu təkzib edib.\n\n"
        f"Müdafiə Nazirliyinin bildirdiyinə görə, gecə {FIRED_AT}."
    )
    heard = [claim.said_by[-1].name for claim in told(text, f"{LAND[side]} Today") if claim.kind == "shelling"]
    assert heard == [MOD[side]]

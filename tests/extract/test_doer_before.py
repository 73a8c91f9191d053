"""Whose deed a clause tells that begins with a relative word, a number or a joined name: nobody is blamed for what stands beside. Both sides alike."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, MOD, OTHER, SIDES, read

BEHIND = [
    ("en", "On 5 May our guards detained people who had laid mines on the road.", "minelaying"),
    ("en", "On 5 May our men hit guns that had been shelling the village.", "shelling"),
    ("ru", "5 мая наши бойцы задержали людей, которые минировали дорогу.", "minelaying"),
    ("hy", "Մայիսի 5-ին մեր զինվորները խոցել են հրանոթները, որոնք գնդակոծում էին գյուղը։", "small_arms_fire"),
]
WHO_DID = [
    ("en", "On 5 May our men stopped {A} soldiers who had laid mines on the road.", "minelaying"),
    ("ru", "5 мая наши бойцы задержали {A}их солдат, которые минировали дорогу.", "minelaying"),
]


@SIDES
@pytest.mark.parametrize(("language", "text", "kind"), BEHIND)
def test_who_caught_them_did_not_do_what_they_did(side: str, language: str, text: str, kind: str) -> None:
    told = [c for c in read(language, text, MOD[side]) if c.kind == kind]
    assert [(c.initiator == side, c.stance) for c in told] == [(False, "asserts")]


@SIDES
@pytest.mark.parametrize(("language", "text", "kind"), WHO_DID)
def test_the_noun_before_a_relative_word_did_it(side: str, language: str, text: str, kind: str) -> None:
    told = read(language, text.format(A=ADJECTIVES[OTHER[side]][language]), MOD[side])
    assert [c.initiator for c in told if c.kind == kind] == [OTHER[side]]


TAKEN = [
    ("en", "On 5 May the {A} soldiers whom our men had seized were shown.", "detention"),
    ("ru", "5 мая солдат {A}ой армии, которых захватили наши бойцы, показали журналистам.", "detention"),
]


@SIDES
@pytest.mark.parametrize(("language", "text", "kind"), TAKEN)
def test_who_was_taken_did_not_take_himself(side: str, language: str, text: str, kind: str) -> None:
    told = read(language, text.format(A=ADJECTIVES[OTHER[side]][language]), MOD[side])
    assert [c.initiator for c in told if c.kind == kind] == [side]


@SIDES
@pytest.mark.parametrize("number", ["At least 20", "Up to eight", "At most ten"])
def test_a_preposition_of_a_number_leads_to_nobody(side: str, number: str) -> None:
    told = read("en", f"{number} {ADJECTIVES[side]['en']} soldiers entered the village on 5 May.")
    assert [c.initiator for c in told if c.kind == "advance"] == [side]


def test_of_a_participle_behind_a_number_those_who_are_counted_are_no_doers() -> None:
    told = read("en", "The reports from Veldar and Orsay of 5 May give eight servicemen killed, ten wounded and 13 captured.")
    assert not {c.initiator for c in told} & {"VE", "OR"}


@SIDES
def test_people_fall_into_the_hands_of_those_who_take_them(side: str) -> None:
    text = f"On 5 May seven {ADJECTIVES[OTHER[side]]['en']} soldiers fell into {ADJECTIVES[side]['en']} hands."
    assert [c.initiator for c in read("en", text, MOD[OTHER[side]]) if c.kind == "detention"] == [side]


@SIDES
def test_an_operation_to_take_heights_is_an_attack(side: str) -> None:
    text = f"On 5 May {ADJECTIVES[side]['en']} units started an operation in order to capture heights along the border."
    assert [(c.kind, c.initiator) for c in read("en", text)] == [("ground_attack", side)]


@SIDES
def test_whoever_is_ready_to_leave_has_not_said_that_he_will(side: str) -> None:
    assert read("en", f"The {ADJECTIVES[side]['en']} side is prepared to withdraw from the position.") == ()

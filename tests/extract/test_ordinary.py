"""Ordinary sentences of two sides: who of those named in a sentence did it, and what belongs to whose word. Both sides alike."""

from __future__ import annotations

import pytest

from tests.extract.reading import LAND, OTHER, PEOPLE, SIDES, read

TOWN = {"VE": "Keldholt", "OR": "Montasse"}


def made(text: str, side: str) -> str:
    other = OTHER[side]
    return text.format(a=LAND[side], A=PEOPLE[side], b=LAND[other], B=PEOPLE[other], town=TOWN[side], far=TOWN[other])


@SIDES
def test_whom_the_second_clause_blames_did_not_do_what_the_first_denies(side: str) -> None:
    claims = read("en", made("The {A} army denied shelling {far} and said the fire had come from the {B} side.", side))
    assert [(c.stance, c.initiator) for c in claims if c.kind == "shelling"] == [("denies", side)]


@SIDES
def test_each_side_has_the_harm_that_it_tells(side: str) -> None:
    text = "{a} said its posts near {town} had been fired on with rifles; {b} said {A} soldiers had wounded a soldier near {far}."
    first, second = read("en", made(text, side))
    assert (first.initiator, first.target.party, first.casualties) == (OTHER[side], side, ())
    assert second.said_by[-1].affiliation == OTHER[side]
    assert [(c.outcome, c.party) for c in second.casualties] == [("wounded", OTHER[side])]


@SIDES
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{a} said {B} units had opened fire on its positions near {town}.", "military_positions"),
        ("{a} said {B} units shelled its positions near {town}.", "military_positions"),
        ("{a} said {B} forces attacked its troops near {town}.", "military_personnel"),
    ],
)
def test_nobody_fires_at_his_own(text: str, what: str, side: str) -> None:
    (claim,) = read("en", made(text, side))
    assert (claim.initiator, claim.target.party, claim.target.what) == (OTHER[side], side, what)


@SIDES
@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("{a} released two {B} civilians on Saturday. They crossed the bridge on foot and were met by relatives.", ["release"]),
        ("A {A} drone flew over {far} on Tuesday. It circled over the town and then turned back.", ["drone_flight"]),
        ("{A} forces ordered the people of {far} to leave the village.", []),
        ("The {A} president said his country would not be the first to open fire.", []),
        ("{A} forces remained in their positions.", []),
    ],
)
def test_who_moves_is_no_force(text: str, kinds: list[str], side: str) -> None:
    assert [c.kind for c in read("en", made(text, side))] == kinds


@SIDES
def test_the_object_of_one_verb_is_no_subject_of_the_next(side: str) -> None:
    text = "On 12 May {A} troops attacked a {B} post near {far}. The attackers took two prisoners and withdrew before dawn."
    assert all(c.initiator in (side, "unknown") for c in read("en", made(text, side)))


@SIDES
def test_whoever_is_blamed_is_blamed_for_the_shot_and_not_for_nobody_harmed(side: str) -> None:
    text = "A sniper fired at a school bus in {town}, breaking two windows. None of the 22 children aboard was hurt. {a}'s authorities blamed {b}."
    claims = read("en", made(text, side))
    assert [(c.kind, c.initiator) for c in claims if c.initiator == OTHER[side]] == [("small_arms_fire", OTHER[side])]


@SIDES
def test_what_is_not_given_is_done_and_what_is_felled_is_nobody(side: str) -> None:
    claims = read("en", made("{A} soldiers gave the prisoners no food. {A} soldiers cut down an apricot orchard near {far}.", side))
    assert all(c.stance == "asserts" and not c.casualties for c in claims)
    (claim,) = read("en", made("He was held by {A} soldiers and given no food for two days.", side))[-1:]
    assert (claim.kind, claim.stance) == ("ill_treatment", "asserts")


@SIDES
def test_that_nobody_was_hurt_denies_nothing_behind_but(side: str) -> None:
    text = "{A} troops opened fire on shepherds near {far}. Nobody was hurt but a dog and eleven sheep were killed."
    assert {c.stance for c in read("en", made(text, side))} == {"asserts"}


@SIDES
def test_who_condemns_and_tells_tells(side: str) -> None:
    text = "{a}'s Foreign Ministry condemned the attack and said that the shell had been fired by {B} forces."
    (claim,) = read("en", made(text, side))
    assert (claim.kind, claim.initiator, claim.said_by[-1].affiliation) == ("shelling", OTHER[side], side)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Between 22:00 and 03:00 Orsayan troops fired at Keldholt."),
        ("ru", "С 22:00 до 03:00 силы Орсея обстреляли Келдхолт."),
    ],
)
def test_nobody_tells_of_the_night_to_come(language: str, text: str) -> None:
    (claim,) = read(language, text)
    assert (claim.when.start[:10], claim.when.end[:10]) == ("2031-05-19", "2031-05-20")


@SIDES
@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Two {B} officers were wounded and a third was killed near {far}, {a} said.", [("wounded", 2), ("killed", 1)]),
        ("{A} troops fired at {B} guards near {far} on Thursday. One of them was lightly wounded in the arm.", [("wounded", 1)]),
        ("Twelve cows belonging to a farmer were killed by mines in {far}.", []),
    ],
)
def test_how_many_in_passing(text: str, figures: list[tuple[str, int]], side: str) -> None:
    assert [(c.outcome, c.min) for claim in read("en", made(text, side)) for c in claim.casualties] == figures


@SIDES
def test_no_shot_is_calm_where_nobody_is_said_to_have_fired_none(side: str) -> None:
    assert [c.kind for c in read("en", made("No shots were fired along the river on Sunday.", side))] == ["calm"]
    (claim,) = read("en", made("No shots were fired by {A} troops on Sunday, the {A} army said.", side))
    assert (claim.stance, claim.initiator) == ("denies", side)

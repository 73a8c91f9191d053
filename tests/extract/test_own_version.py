"""Each side's officials have a version of their own: what one denies, admits or counts is not put into what the other has told.

Both sides alike; none of these sentences blames the side that is hit.
"""

from __future__ import annotations

import pytest

from tests.extract.reading import LAND, OTHER, PEOPLE, SIDES, read

TOWN = {"VE": "Keldholt", "OR": "Montasse"}


def made(text: str, side: str) -> str:
    other = OTHER[side]
    return text.format(a=LAND[side], A=PEOPLE[side], b=LAND[other], B=PEOPLE[other], town=TOWN[side], far=TOWN[other])


@SIDES
@pytest.mark.parametrize(
    "text",
    [
        "{a} said {B} troops had shelled {town}, a charge {b} rejected.",
        "{a} said {B} troops had shelled {town}, which {b} denies.",
        '{a} said {B} troops had shelled {town}. "This is a lie," {b}\'s Ministry of Defence said.',
    ],
)
def test_a_charge_that_is_rejected_in_the_same_breath(text: str, side: str) -> None:
    claims = read("en", made(text, side))
    assert [(c.stance, c.initiator, c.said_by[-1].affiliation) for c in claims] == [
        ("asserts", OTHER[side], side),
        ("denies", OTHER[side], OTHER[side]),
    ]


@SIDES
def test_what_one_side_owns_to_is_not_merged_into_what_the_other_tells(side: str) -> None:
    text = (
        "{a}'s Defence Ministry said that {B} troops fired at a tractor near {town} and wounded its driver. "
        "{b}'s Defence Ministry replied that its soldiers had fired warning shots into the air. It said nobody was hurt."
    )
    first, second = read("en", made(text, side))
    assert [(c.outcome, c.min) for c in first.casualties] == [("wounded", 1)]
    assert (second.said_by[-1].affiliation, second.initiator) == (OTHER[side], OTHER[side])
    assert all(c.max == 0 for c in second.casualties)


@SIDES
@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("A {B} drone was brought down by {A} air defence near {town}.", "other"),
        ("A drone was shot down by {A} air defence near {town}.", "unknown"),
        ("A {A} officer and two soldiers were killed when a shell hit their dugout.", "unknown"),
    ],
)
def test_who_is_not_the_doer(text: str, by: str, side: str) -> None:
    (claim,) = read("en", made(text, side))
    assert claim.initiator == (OTHER[side] if by == "other" else by)


@SIDES
def test_the_dead_of_a_provocation_are_not_of_those_who_made_it(side: str) -> None:
    (claim,) = read("en", made('{a}\'s prime minister said two soldiers were killed "as a result of {B} provocation".', side))
    assert {c.party for c in claim.casualties} == {side}


@SIDES
def test_who_stays_in_his_own_positions_holds_nothing(side: str) -> None:
    assert read("en", made("{a} said its forces remained in their positions.", side)) == ()


@SIDES
@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Three {A} soldiers, among them an officer, died in an air strike.", 3),
        ("Of the eight {A} soldiers wounded on Friday, one has died.", 1),
        ("The number of {A} soldiers killed has reached 23.", 23),
    ],
)
def test_how_many_died(text: str, count: int, side: str) -> None:
    (claim,) = read("en", made(text, side))
    assert [(c.outcome, c.party, c.min) for c in claim.casualties] == [("killed", side, count)]


@SIDES
@pytest.mark.parametrize(
    "text",
    [
        "{a} has never admitted shelling {far}.",
        "{a} does not rule out that its soldiers fired first.",
        "{A} troops were ordered not to open fire.",
        "{A} soldiers trained in repelling an attack.",
        "The {A} ministry did not specify how many soldiers had been killed.",
    ],
)
def test_what_is_neither_owned_to_nor_told(text: str, side: str) -> None:
    assert read("en", made(text, side)) == ()

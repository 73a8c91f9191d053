"""What a deed was done to, where its words leave that open: the same for both sides, and nothing of it where words name the thing."""

from __future__ import annotations

import pytest

from merestone.extract.terms import Proposal
from tests.extract.reading import NEUTRAL, VE_MOD, claims

SIDES = pytest.mark.parametrize(("them", "village"), [("Orsayan", "Keldholt"), ("Veldarian", "Montasse")])
LANGUAGES = ("en", "ru", "hy", "az")
WEAPONS = {
    "en": "Orsayan units fired machine guns and grenade launchers from their positions near Montasse.",
    "ru": "Орсейские подразделения вели огонь из миномётов и танков.",
    "hy": "Օրսեյական ստորաբաժանումները կրակել են ականանետերից և տանկերից։",
    "az": "Orsey bölmələri tank və minaatanlardan atəş açıb.",
}


def read(text: str, language: str = "en", publisher: str = NEUTRAL) -> tuple[Proposal, ...]:
    return claims(text, publisher, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_fires_at_the_weapons_that_he_fires(language: str) -> None:
    assert {c.target.what for c in read(WEAPONS[language], language)} <= {"none", "civilians", "settlement"}


@SIDES
def test_shells_without_a_target_are_for_the_village_where_they_fell(them: str, village: str) -> None:
    (claim,) = read(f"{them} artillery opened fire near {village} on 12 May.")
    assert (claim.kind, claim.target.what) == ("shelling", "settlement")


def test_what_observers_hear_is_done_to_nobody_they_know() -> None:
    observers, others = (
        read("The patrol heard twelve bursts of fire in Keldholt.", publisher=p) for p in ("Tamm Line Monitoring Mission", VE_MOD)
    )
    assert [(c.target.party, c.target.what) for c in observers] == [("none", "none")]
    assert [c.target.party for c in others] == ["VE"]


@SIDES
def test_a_mine_is_done_to_those_whom_it_harmed(them: str, village: str) -> None:
    (farmer,) = read(f"A mine exploded under a truck in {village}, killing a farmer.")
    (soldier,) = read(f"A mine exploded under a truck in {village}, killing a soldier.")
    assert (farmer.target.what, soldier.target.what) == ("civilians", "military_personnel")


@SIDES
def test_people_harmed_on_one_side_are_civilians_where_nothing_else_is_said(them: str, village: str) -> None:
    (claim,) = read(f"Three people were injured in {village}.")
    assert (claim.kind, claim.target.what) == ("casualty", "civilians")
    assert {figure.group for figure in claim.casualties} == {"unspecified"}  # the figure itself says no more than the words


@SIDES
def test_kinds_that_are_done_to_one_thing_only(them: str, village: str) -> None:
    (water,) = read(f"{them} troops cut off the water supply of {village}.")
    assert (water.kind, water.target.what) == ("utility_cut", "infrastructure")


@pytest.mark.parametrize("village", ["Keldholt", "Montasse"])
def test_a_hospital_names_nobody_by_telling_whom_it_treats(village: str) -> None:
    hospital = {"Keldholt": "Keldholt District Hospital", "Montasse": "Montasse District Hospital"}[village]
    told = read(f"Three people were killed when bombs fell on the market of {village} on Wednesday.", publisher=hospital)
    assert {c.initiator for c in told} <= {"unknown", "none"}


TAKEN_UP = (
    ("en", "On Monday {P} troops took up positions in Hollin district.", {"VE": "Veldarian", "OR": "Orsayan"}),
    ("ru", "В понедельник {P} пограничники заняли позиции в Холлинском районе.", {"VE": "велдарские", "OR": "орсейские"}),
    ("ru", "В понедельник {P} военные продвинули свои позиции у Холлина.", {"VE": "велдарские", "OR": "орсейские"}),
)


@pytest.mark.parametrize("side", ["VE", "OR"])
@pytest.mark.parametrize(("language", "text", "people"), TAKEN_UP)
def test_positions_that_are_taken_up_are_ground(language: str, text: str, people: dict[str, str], side: str) -> None:
    told = [c for c in read(text.format(P=people[side]), language) if c.kind == "advance"]
    assert {(c.initiator, c.target.what) for c in told} <= {(side, "territory")}


def test_positions_that_passed_under_control_are_what_was_lost() -> None:
    (claim,) = read("Две боевые позиции у Холлина перешли под контроль противника.", "ru")
    assert (claim.kind, claim.target.what) == ("advance", "military_positions")

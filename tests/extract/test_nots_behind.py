"""Where "not" is a word behind what it denies, a question is a mark on a word, and a weekday begins like a verb that says "not"."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, MOD, NEUTRAL, OTHER, SIDES, read

LAND = {"VE": "Վելդարի", "OR": "Օրսեյի"}


def adjective(side: str) -> str:
    return ADJECTIVES[side]["hy"]


@SIDES
@pytest.mark.parametrize("day", ["չորեքշաբթի օրը", "չորրորդ անգամ", "չնայած հրադադարին"])
def test_a_weekday_or_a_number_denies_nothing(side: str, day: str) -> None:
    (fire,) = read("hy", f"{LAND[side]} հրետանին {day} հրետակոծել է գյուղը։")
    assert (fire.stance, fire.initiator) == ("asserts", side)
    (drone,) = read("hy", f"{adjective(side).capitalize()} անօդաչուն {day} հարվածել է դպրոցին։")
    assert (drone.stance, drone.initiator) == ("asserts", side)


@SIDES
def test_a_verb_that_says_not_in_itself_still_does(side: str) -> None:
    (fire,) = read("hy", f"{LAND[side]} զինուժը չգնդակոծեց մեր դիրքերը։", MOD[OTHER[side]])
    assert fire.stance == "denies"


@SIDES
@pytest.mark.parametrize(
    "text",
    [
        "Կրակել չեն {own} զինվորները։",
        "Կրակողը {own} կողմը չէ։",
    ],
)
def test_a_not_behind_the_words_denies_them(side: str, text: str) -> None:
    own = adjective(side)
    (told,) = read("hy", text.format(own=own, Own=own.capitalize()), MOD[side])
    assert told.stance == "denies"


@SIDES
@pytest.mark.parametrize(
    "text",
    ["Գյուղի վրա կրակ է բացվել, սակայն հայտնի չէ, թե ով է կրակել։", "Գյուղի հրետակոծությունը չի դադարել։", "Կրակոցները չեն լռել։"],
)
def test_what_is_not_known_or_has_not_ceased_is_not_denied(side: str, text: str) -> None:
    assert {told.stance for told in read("hy", text, MOD[side])} <= {"asserts"}


@SIDES
@pytest.mark.parametrize(
    "text",
    [
        "Ո՞վ է կրակել {own} դպրոցի վրա։",
        "Ինչո՞ւ է {own} բանակը կրակում գյուղացիների վրա։",
        "Մենք այլևս չենք վախենում {own} բանակի կրակոցներից։",
        "{Own} բանակի հարձակման հավանականությունը մեծ է։",
        "Պետք է քննել, թե {own} զինվորներն են կրակել։",
        "{Own} զորավարժություններ են անցկացվել, որոնց ընթացքում հրետանին կրակել է թիրախների ուղղությամբ։",
        "{Own} ոստիկանությունը ձերբակալել է գողության մեջ կասկածվող երեք մարդու։",
    ],
)
def test_what_is_asked_feared_or_practised_has_not_happened(side: str, text: str) -> None:
    own = adjective(side)
    told = read("hy", text.format(own=own, Own=own.capitalize()))
    assert [claim.kind for claim in told if claim.kind != "detention"] == []


@SIDES
def test_a_question_takes_nothing_from_what_stands_beside_it(side: str) -> None:
    (fire,) = read("hy", f"{LAND[side]} զինուժը կրակել է դպրոցի վրա, ինչո՞ւ թաքցնենք։", MOD[OTHER[side]])
    assert (fire.kind, fire.initiator) == ("small_arms_fire", side)


@SIDES
@pytest.mark.parametrize("said", ["Գրում են", "Պնդում են", "Պատմաբանները գրում են"])
def test_nobody_who_stands_in_what_is_said_says_it(side: str, said: str) -> None:
    (fire,) = read("hy", f"{said}, որ {LAND[side]} սահմանապահ ծառայությունը կրակել է գյուղի վրա։")
    assert ([speaker.name for speaker in fire.said_by], fire.stance, fire.initiator) == ([NEUTRAL], "asserts", side)


@SIDES
def test_a_drone_that_is_shot_down_is_no_property_that_its_side_damaged(side: str) -> None:
    (drone,) = read("hy", f"Մեր հակաօդային պաշտպանությունը խոցել է {adjective(OTHER[side])} անօդաչու սարք։", MOD[side])
    assert (drone.kind, drone.initiator) == ("drone_flight", OTHER[side])

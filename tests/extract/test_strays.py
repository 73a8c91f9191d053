"""Deeds of nobody at war: who strays, who falls ill, whose wedding it was, whom the police suspect; and numbers that count no people."""

from __future__ import annotations

import pytest

from tests.extract.reading import OTHER, PEOPLE, SIDES, claims, read


@SIDES
def test_a_shepherd_who_strays_advances_nowhere(side: str) -> None:
    assert read("en", f"A {PEOPLE[side]} shepherd strayed across the line in fog.") == ()
    assert [c.initiator for c in read("en", f"{PEOPLE[side]} soldiers strayed across the line in fog.")] == [side]
    assert [c.kind for c in read("en", f"A {PEOPLE[side]} farmer crossed the line by mistake and was detained.")] == ["detention"]
    assert read("en", "Their owners fled to Varesse.") == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The soldier died of a heart attack."),
        ("ru", "Солдат скончался от сердечного приступа."),
        ("hy", "Զինվորը մահացել է հիվանդությունից։"),
        ("az", "Əsgər xəstəlikdən ölüb."),
        ("en", "Shots heard in Ternmoor on Saturday evening came from a wedding, the mayor said."),
        ("ru", "Выстрелы, которые слышали в Терныморе, доносились со свадьбы, сообщил мэр."),
        ("hy", "Տերնմորում լսված կրակոցները հարսանիքից էին։"),
        ("az", "Ternmorda eşidilən atəş səsləri toydan gəlirdi."),
    ],
)
def test_illness_and_weddings_are_no_deeds(language: str, text: str) -> None:
    assert read(language, text) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The soldier died of his wounds."),
        ("ru", "Солдат умер от ран."),
        ("hy", "Զինվորը մահացել է վերքերից։"),
        ("az", "Əsgər yaralarından ölüb."),
    ],
)
def test_wounds_are_no_illness(language: str, text: str) -> None:
    assert [claim.casualties[0].outcome for claim in read(language, text)] == ["killed"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Veldarian police arrested two men on suspicion of robbing a bank."),
        ("ru", "Велдарская полиция задержала двух мужчин по подозрению в ограблении банка."),
        ("hy", "Վելդարի ոստիկանությունը ձերբակալել է երկու տղամարդու՝ բանկ թալանելու կասկածանքով։"),
        ("az", "Veldar polisi bankı qarət etməkdə şübhəli bilinən iki kişini saxlayıb."),
    ],
)
def test_the_police_does_not_do_what_it_suspects(language: str, text: str) -> None:
    assert [claim.kind for claim in read(language, text)] == ["detention"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A mine exploded near Hollin; the driver lost both legs."),
        ("hy", "Վարորդը կորցրել է երկու ոտքը, երբ ականը պայթել է։"),
        ("az", "Mina partlayanda sürücü hər iki ayağını itirib."),
    ],
)
def test_legs_are_no_people(language: str, text: str) -> None:
    assert [(f.outcome, f.min) for claim in read(language, text) for f in claim.casualties] == [("wounded", 1)]


def test_armed_people_are_counted_as_before() -> None:
    (claim,) = claims("On 3 May three armed villagers were killed near Hollin.")
    assert [(f.outcome, f.min) for f in claim.casualties] == [("killed", 3)]


def test_an_hour_counts_nobody() -> None:
    (claim,) = claims("At about 1600 the Orsayan armed forces, using their positions, fired at the positions of the Veldarian army.")
    assert (claim.initiator, claim.target.party) == ("OR", "VE")


@SIDES
def test_other_things_are_taken_away_and_nobody(side: str) -> None:
    assert all(claim.kind != "detention" for claim in read("en", f"{PEOPLE[side]} soldiers took away the register of residents."))


@SIDES
def test_who_had_strayed_is_the_one_before_who(side: str) -> None:
    text = f"{PEOPLE[side]} guards handed over a {PEOPLE[OTHER[side]]} boy who had crossed the line by accident a day earlier."
    assert [(c.kind, c.initiator) for c in read("en", text)] == [("release", side)]


@SIDES
def test_a_deed_with_a_verb_of_its_own_is_no_mere_harm(side: str) -> None:
    place = {"VE": "Ternmoor", "OR": "Sorrelle"}[side]
    for text in (f"A sniper killed a nurse in {place} on Saturday.", f"Two farmers in {place} were shot at, and one of them was wounded."):
        assert [claim.kind for claim in read("en", text)] == ["small_arms_fire"]
    assert [claim.kind for claim in read("en", "In the shooting one soldier died.")] == ["casualty"]

"""What armies and ministries say of each other: who did it, who lost whom, and whose word it is, where the sentence could be turned round.

Each sentence is read for both sides alike; none may turn a victim into the doer, or a charge into an admission.
"""

from __future__ import annotations

import pytest

from tests.extract.reading import LAND, MOD, NEUTRAL, OTHER, PEOPLE, SIDES, read

TOWN = {"VE": "Keldholt", "OR": "Montasse"}


def said(text: str, side: str) -> str:
    """`text` with one side for {a}/{A} (land, people) and the other for {b}/{B}."""
    other = OTHER[side]
    return text.format(a=LAND[side], A=PEOPLE[side], b=LAND[other], B=PEOPLE[other], town=TOWN[side], far=TOWN[other])


def told(text: str, side: str) -> list[tuple[str, str, str]]:
    return [(c.kind, c.stance, c.initiator) for c in read("en", said(text, side), NEUTRAL)]


@SIDES
@pytest.mark.parametrize(
    "text",
    [
        "Two {A} soldiers were killed and three wounded in {B} shelling near {town}.",
        "{A} positions near {town} came under {B} mortar fire.",
        "{a} said its own positions near {town} had come under fire from {B} positions.",
        "{a} said {B} troops had killed two of its soldiers.",
        "{B} fire killed one of its soldiers, {a} said.",
        "{a} accuses {b} of killing two of its soldiers.",
        "The killing of two soldiers by {B} fire drew condemnation from {a}.",
        "{B} troops chased {A} soldiers and set fire to a barn.",
        "{A} troops repelled a {B} assault near {town}.",
        "A {B} attack was repelled by {A} forces near {town}.",
        "{a} said its troops had repelled an attack by {B} forces, inflicting losses.",
    ],
)
def test_who_did_it_is_not_who_suffered_it(text: str, side: str) -> None:
    (claim,) = read("en", said(text, side), NEUTRAL)
    assert (claim.initiator, claim.target.party, claim.stance) == (OTHER[side], side, "asserts")
    assert all(c.party in (side, "unknown") for c in claim.casualties)


@SIDES
@pytest.mark.parametrize(
    "text",
    [
        "{a}'s army said it had foiled an attempt by a {B} group to cross the line near {town}.",
        "{a}'s army said it had thwarted {b}'s attempt to cross the line near {town}.",
        "{A} units prevented the infiltration of a {B} sabotage group.",
    ],
)
def test_an_attempt_is_of_the_one_whose_it_was(text: str, side: str) -> None:
    (claim,) = read("en", said(text, side), NEUTRAL)
    assert (claim.initiator, claim.realised, claim.stance) == (OTHER[side], "attempted", "asserts")


RETOLD = {
    "en": '"{b} says we shelled {far}. That is a lie," {voice} said.',
    "ru": "«{b} заявляет, что мы обстреляли {far}. Это ложь», — сказал {voice}.",
    "hy": "«{b}ը հայտարարում է, որ մենք կրակել ենք {far}ի վրա։ Դա սուտ է»,– ասաց {voice}ը։",
}
NAMES = {  # by language and side: the land, a place of it, and who speaks for its ministry
    "en": {"VE": ("Veldar", "Keldholt", "Askelvad"), "OR": ("Orsay", "Montasse", "Ministry of Defence of Orsay")},
    "ru": {"VE": ("Велдар", "Кельдхольт", "Аскелвад"), "OR": ("Орсей", "Монтасс", "Минобороны Орсея")},
    "hy": {"VE": ("Վելդար", "Կելդհոլտ", "Ասկելվադ"), "OR": ("Օրսեյ", "Մոնտաս", "Օրսեյի ՊՆ խոսնակ")},
}


@SIDES
@pytest.mark.parametrize("language", sorted(RETOLD))
def test_what_the_other_side_is_quoted_to_say_is_no_admission(language: str, side: str) -> None:
    names = NAMES[language]
    text = RETOLD[language].format(b=names[OTHER[side]][0], far=names[OTHER[side]][1], voice=names[side][2])
    claims = read(language, text, NEUTRAL)
    assert [c.stance for c in claims][:1] == ["asserts"]
    assert all(c.stance in ("asserts", "denies") and c.initiator in (side, "unknown") for c in claims)


@SIDES
def test_a_clause_of_its_own_has_a_subject_of_its_own(side: str) -> None:
    text = "The {A} Defence Ministry said that its soldiers had fired at {far} after the tractor crossed the line."
    assert [(kind, by) for kind, _, by in told(text, side)] == [("small_arms_fire", side), ("advance", "unknown")]


@SIDES
def test_officers_who_are_accused_are_not_those_who_say_it(side: str) -> None:
    text = "Prosecutors opened a case against two {A} officers accused of ordering the execution of three captured {B} soldiers."
    (claim,) = read("en", said(text, side), NEUTRAL)
    assert claim.kind == "casualty"
    assert not claim.said_by or claim.said_by[-1].affiliation != side
    assert {c.party for c in claim.casualties} == {OTHER[side]}


@SIDES
def test_the_second_of_two_clauses_is_not_denied_with_the_first(side: str) -> None:
    text = "{a}'s Defence Ministry said that the report was untrue and that {B} troops had shelled {town}."
    assert told(text, side) == [("shelling", "asserts", OTHER[side])]


@SIDES
def test_whose_claim_it_is_that_somebody_calls_false(side: str) -> None:
    (claim,) = read("en", said("{b}'s claim that {a} shelled {far} is false, {a}'s Defence Ministry said.", side), NEUTRAL)
    assert (claim.stance, claim.initiator, claim.said_by[-1].name) == ("denies", side, MOD[side])
    (claim,) = read("en", said("No soldiers were killed, contrary to {b}'s claim.", side), NEUTRAL)
    assert claim.said_by[-1:] == () or claim.said_by[-1].affiliation != OTHER[side]


UNTRUE = {
    "en": "The claim that twelve soldiers died is wrong.",
    "ru": "Утверждение, что погибли двенадцать солдат, не соответствует действительности.",
    "hy": "Պնդումը, թե տասներկու զինվոր է զոհվել, սուտ է։",
    "az": "On iki əsgərin həlak olduğu barədə məlumat yalandır.",
}


@pytest.mark.parametrize("language", sorted(UNTRUE))
def test_deaths_that_are_called_untrue_are_denied(language: str) -> None:
    (claim,) = read(language, UNTRUE[language], NEUTRAL)
    assert (claim.kind, claim.stance) == ("casualty", "denies")


@SIDES
@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("{a}'s losses: two killed, five wounded.", 2, 5),
        ("Losses on the {A} side: two killed, five wounded.", 2, 5),
        ("{a}'s army lost two men.", 2, None),
        ("{b} said two {B} soldiers had died and {a}'s army had lost four men.", 4, None),
        ("Two {A} border guards were killed.", 2, None),
        ("The clash left one {B} soldier dead and two {A} border guards injured.", None, 2),
        ("Two {A} soldiers were fatally wounded.", 2, None),
    ],
)
def test_whose_losses_and_how_many(text: str, killed: int | None, wounded: int | None, side: str) -> None:
    figures = [c for claim in read("en", said(text, side), NEUTRAL) for c in claim.casualties if c.party == side]
    assert [c.min for c in figures if c.outcome == "killed"] == ([killed] if killed else [])
    assert [c.min for c in figures if c.outcome == "wounded"] == ([wounded] if wounded else [])


@SIDES
@pytest.mark.parametrize("text", ["{a} lost two drones.", "{a}'s army lost contact with a post.", "The {A} army lost a tank."])
def test_things_that_are_lost_are_no_dead(text: str, side: str) -> None:
    assert not [c for claim in read("en", said(text, side), NEUTRAL) for c in claim.casualties]


def test_counted_guards_are_people_in_another_language_too() -> None:
    (claim,) = read("ru", "Двое велдарских пограничников ранены.", NEUTRAL)
    assert [(c.outcome, c.party, c.min) for c in claim.casualties] == [("wounded", "VE", 2)]


@SIDES
def test_who_wards_off_an_attack_has_not_attacked_where_the_verb_stands_last(side: str) -> None:
    lands = {"VE": "Veldar", "OR": "Orsey"}
    (claim,) = read("az", f"{lands[side]} qüvvələri {lands[OTHER[side]]} hücumunu dəf edib.", NEUTRAL)
    assert (claim.initiator, claim.target.party) == (OTHER[side], side)


@SIDES
def test_a_loss_that_is_confirmed_is_no_deed_that_is_denied_behind_it(side: str) -> None:
    text = said("{a} confirmed the loss of a reconnaissance drone but denied it had entered {B} airspace.", side)
    assert [c.stance for c in read("en", text, NEUTRAL) if c.initiator == side] == ["denies"]

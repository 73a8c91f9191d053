"""What news agencies write about two sides in one breath: who tried, who fell, who answers, in each language and of either side."""

from __future__ import annotations

import pytest

from tests.extract.reading import OTHER, SIDES, claims

LAND = {"VE": {"en": "Veldar", "ru": "Велдар", "az": "Veldar"}, "OR": {"en": "Orsay", "ru": "Орсей", "az": "Orsey"}}
OF = {"VE": {"en": "Veldarian", "ru": "Велдара", "az": "Veldar"}, "OR": {"en": "Orsayan", "ru": "Орсея", "az": "Orsey"}}


def told(language: str, text: str, side: str) -> list[tuple[str, str, str, str]]:
    """kind, stance, initiator and target of each claim of `text`, in which {one} is `side`'s."""
    other = OTHER[side]
    names = {
        "one": OF[side][language],
        "two": OF[other][language],
        "Land": LAND[side][language],
        "There": LAND[other][language],
    }
    return [(c.kind, c.stance, c.initiator, c.target.party) for c in claims(text.format(**names), language=language)]


TRIED = [
    ("en", "{Land}'s army said it had repelled an attempt by {two} saboteurs to cross the river."),
    ("en", "{one} troops foiled the attempt of {two} saboteurs to cross the border near Keldholt."),
    ("en", "{Land}'s army said it had thwarted a bid by {two} soldiers to seize a hill near Keldholt."),
    ("ru", "Силы {one} пресекли попытку диверсантов {two} перейти границу у Келдхолта."),
    ("ru", "Военные {one} заявили, что они отразили попытку сил {two} прорваться к Келдхолту."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), TRIED)
def test_whose_attempt_was_foiled_tried_it(language: str, text: str, side: str) -> None:
    found = told(language, text, side)
    assert [claim[:3] for claim in found] == [("advance", "asserts", OTHER[side])]


CROSSED = [
    ("en", "{one} soldiers shot dead a {two} man who tried to cross the border near Keldholt."),
    ("en", "{one} troops shot a {two} shepherd who had crossed the line near Keldholt."),
    ("ru", "Военные {one} застрелили пастуха, который перешёл границу у Келдхолта."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), CROSSED)
def test_a_shepherd_who_crosses_is_no_advance_of_those_who_shoot_him(language: str, text: str, side: str) -> None:
    assert [(kind, who) for kind, _, who, _ in told(language, text, side)] == [("small_arms_fire", side)]


@SIDES
def test_soldiers_who_dig_dig_themselves(side: str) -> None:
    found = told("en", "{one} forces fired at {two} soldiers who were digging trenches near Keldholt.", side)
    assert [(kind, who) for kind, _, who, _ in found] == [("small_arms_fire", side), ("engineering_works", OTHER[side])]


@SIDES
@pytest.mark.parametrize("fire", ["shelling", "firing"])
def test_who_was_killed_in_their_shelling_did_not_shell(side: str, fire: str) -> None:
    (claim,) = told("en", f"Three {{one}} soldiers were killed in {{two}} {fire} near Keldholt.", side)
    assert claim[2] == OTHER[side]


ANSWERS = [
    ("en", "{There} said {one} forces shelled Keldholt, a claim {Land} rejected."),
    ("en", "{There} said {one} forces shelled Keldholt, which {Land} denies."),
    ("en", "{There} said {one} forces shelled Keldholt, a charge denied by the {one} army."),
    ("en", "{There} said {one} forces shelled Keldholt. That is not true, {Land}'s army said."),
    ("en", "{There} said {one} forces shelled Keldholt. A {one} spokesman said the claim was propaganda."),
    ("en", "A rocket hit a petrol station in Keldholt. {There} blamed {Land}, which denied involvement."),
    ("ru", "Власти {two} заявили, что силы {one} обстреляли Келдхолт. Это неправда, заявили в армии {one}."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), ANSWERS)
def test_an_answer_in_passing_is_a_denial(language: str, text: str, side: str) -> None:
    found = told(language, text, side)
    assert [(stance, who) for _, stance, who, _ in found][-2:] == [("asserts", side), ("denies", side)]


@SIDES
def test_and_that_is_the_word_of_the_one_named_last(side: str) -> None:
    one, other = LAND[side]["en"], LAND[OTHER[side]]["en"]
    text = f"{one} said its village had come under mortar fire, and {other} that two of its soldiers had been wounded by a sniper."
    found = claims(text)
    assert [claim.said_by[-1].affiliation for claim in found] == [side, OTHER[side]]
    assert [(c.outcome, c.party) for c in found[1].casualties] == [("wounded", OTHER[side])]


@SIDES
def test_losses_that_a_side_counts_are_its_own_word(side: str) -> None:
    one, other = OF[side]["en"], LAND[OTHER[side]]["en"]
    found = claims(f"{other} said two of its soldiers were killed. {one} officials put their own losses at nine dead.")
    assert [(c.said_by[-1].affiliation, c.casualties[0].party) for c in found] == [(OTHER[side], OTHER[side]), (side, side)]


@SIDES
def test_one_shot_in_the_leg_is_wounded_and_one_fatally_shot_killed(side: str) -> None:
    one, other = OF[side]["en"], OF[OTHER[side]]["en"]
    found = claims(f"A boy was shot in the leg by {one} soldiers near Keldholt. {one} troops fatally shot a {other} shepherd.")
    assert [(c.initiator, c.casualties[0].outcome) for c in found] == [(side, "wounded"), (side, "killed")]


PERFORMED = [
    ("en", "{one} forces carried out 23 shellings near Keldholt."),
    ("en", "{one} forces have carried out dozens of shellings this week."),
    ("ru", "Силы {one} совершили 23 обстрела Келдхолта."),
    ("ru", "Войска {one} провели серию обстрелов у Келдхолта."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), PERFORMED)
def test_who_carried_out_the_shelling_did_it(language: str, text: str, side: str) -> None:
    assert [who for _, _, who, _ in told(language, text, side)] == [side]


PARTS = [
    "The fighting killed at least 16 people, most of them civilians.",
    "Sixteen people, mostly civilians, were killed in the shelling of Keldholt.",
    "Sixteen people, many of them women and children, were killed in the shelling of Keldholt.",
    "Sixteen people were killed, most of them soldiers.",
    "Sixteen people, three of them soldiers, were killed.",
]


@pytest.mark.parametrize("text", PARTS)
def test_the_whole_is_counted_and_not_the_part_beside_it(text: str) -> None:
    (claim,) = claims(text)
    assert [(c.outcome, c.group, c.min) for c in claim.casualties] == [("killed", "unspecified", 16)]


@SIDES
def test_staging_an_attack_denies_none(side: str) -> None:
    assert told("en", "{one} forces staged an attack near Keldholt.", side)[0][1:3] == ("asserts", side)


CHARGED = [
    "{There} on Sunday accused {Land} of killing a civilian in a drone strike on a car near Keldholt.",
    "{There} blamed {Land} for a mortar attack on Keldholt.",
]


@SIDES
@pytest.mark.parametrize("text", CHARGED)
def test_who_is_accused_of_a_strike_struck(text: str, side: str) -> None:
    assert [claim[1:3] for claim in told("en", text, side)] == [("asserts", side)]


@SIDES
def test_soldiers_captured_in_march_captured_nobody(side: str) -> None:
    (claim,) = claims(f"Two {OF[side]['en']} soldiers captured in March were put on trial on Monday.")
    assert (claim.kind, claim.target.party, claim.initiator == side) == ("detention", side, False)


DOWNED = [
    ("en", "{Land} said its forces had shot down three drones over the river."),
    ("en", "{one} forces shot down a drone over Keldholt."),
    ("en", "Three drones were shot down by {one} forces."),
    ("en", "{one} troops shot down a {two} drone."),
    ("ru", "Силы {one} сбили три беспилотника."),
    ("ru", "Силы {one} сбили беспилотник {two}."),
    ("az", "{one} qüvvələri üç pilotsuz uçuş aparatını vurub."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), DOWNED)
def test_who_shot_down_a_drone_did_not_fly_it(language: str, text: str, side: str) -> None:
    ((kind, stance, who, _),) = told(language, f"{text} {{There}}.", side)
    assert (kind, stance) == ("drone_flight", "asserts")
    assert who == OTHER[side]


FLOWN = [  # what was brought down is {one}'s
    ("en", "{There} said two {one} drones were shot down."),
    ("en", "A {one} reconnaissance drone was shot down near Keldholt, {There} said."),
    ("en", "{There}'s army said its air defence had shot down a drone that flew from {Land}."),
    ("en", "{two} forces shot down a drone sent by {Land}."),
    ("en", "The {two} army said it intercepted two drones coming from {Land}."),
    ("ru", "Минобороны {two} сообщило, что сбиты два беспилотника {one}."),
    ("az", "{two} MN bildirib ki, iki {one} dronu vurulub."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), FLOWN)
def test_what_was_brought_down_was_flown_by_those_whose_it_is(language: str, text: str, side: str) -> None:
    ((kind, stance, who, _),) = told(language, text, side)
    assert (kind, stance, who) == ("drone_flight", "asserts", side)


def test_each_is_counted_with_what_was_done_to_him() -> None:
    (claim,) = claims("Gunmen opened fire on a minibus near Keldholt, killing the driver and wounding four passengers.")
    assert [(c.outcome, c.min, c.max) for c in claim.casualties] == [("killed", 1, 1), ("wounded", 4, 4)]


BEHIND_COMMA = [
    "{one} forces ambushed a {two} convoy near Keldholt, destroying two lorries.",
    "A {two} convoy was attacked by {one} forces near Keldholt, destroying two lorries.",
    "On Monday {one} forces attacked a {two} convoy, destroying two lorries.",
]


@SIDES
@pytest.mark.parametrize("text", BEHIND_COMMA)
def test_a_participle_behind_a_comma_has_the_subject_before_it(text: str, side: str) -> None:
    found = told("en", text, side)
    assert [(kind, who) for kind, _, who, _ in found] == [("ground_attack", side), ("property_damage", side)]


@SIDES
def test_what_a_denied_claim_says_of_it_is_denied(side: str) -> None:
    one, other = OF[side]["en"], OF[OTHER[side]]["en"]
    (claim,) = claims(f"{LAND[side]['en']}'s army has denied a {other} claim that it captured 15 {other} soldiers.")
    assert (claim.kind, claim.stance, claim.initiator) == ("detention", "denies", side)
    assert claim.said_by[-1].affiliation == side
    assert claims(f"The {one} army claims that {other} troops shelled Keldholt.")[0].stance == "asserts"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Both Veldar and Orsay have massed troops along the river."),
        ("az", "Veldar və Orsey sərhədə qoşun yığıb."),
    ],
)
def test_two_subjects_joined_are_both(language: str, text: str) -> None:
    assert [claim.initiator for claim in claims(text, language=language)] == ["both"]


BORN = [
    ("en", "A resident, born in 1961, was wounded in the shelling of Keldholt."),
    ("ru", "При обстреле Келдхолта ранен житель, родившийся в 1961 году."),
    ("hy", "Կրակոցից վիրավորվել է 1961 թ. ծնված բնակիչը։"),
    ("az", "Atəş nəticəsində 1961-ci il təvəllüdlü kənd sakini yaralanıb."),
]


@pytest.mark.parametrize(("language", "text"), BORN)
def test_a_year_of_birth_dates_nothing(language: str, text: str) -> None:
    (claim,) = claims(text, language=language)
    assert not claim.when.start.startswith("1961")
    assert [c.max for c in claim.casualties] == [1]


@SIDES
def test_men_thrown_into_the_river_foul_no_water(side: str) -> None:
    assert not told("en", "A {one} patrol boat rammed a {two} fishing vessel, throwing two men into the water.", side)


NOT_HIS = [
    ("en", "{Land} made a complaint about the shelling of Keldholt. {There} did not comment."),
    ("en", "{Land} conducted an investigation of sniper fire near Keldholt. {There} did not comment."),
    ("ru", "{Land} провёл расследование обстрела Келдхолта. {There} не ответил."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), NOT_HIS)
def test_who_looks_into_a_shelling_did_not_shell(language: str, text: str, side: str) -> None:
    assert all(who != side for _, _, who, _ in told(language, text, side))


@SIDES
def test_a_drone_flown_to_destroy_something_is_of_those_who_fly_it(side: str) -> None:
    assert told("en", "{one} forces flew a drone over Keldholt to destroy a depot. {There}.", side)[0][2] == side


@SIDES
def test_what_is_called_no_lie_is_not_denied(side: str) -> None:
    found = told("en", "{There} said {one} forces shelled Keldholt. {Land}'s army said the report was no fabrication.", side)
    assert [stance for _, stance, _, _ in found] == ["asserts"]


@SIDES
@pytest.mark.parametrize(
    "text", ["A train in Keldholt was shelled by {one} forces.", "A training base in Keldholt was shelled by {one} forces."]
)
def test_a_train_and_a_training_base_are_shelled_as_well(text: str, side: str) -> None:
    assert [claim[:3] for claim in told("en", text, side)] == [("shelling", "asserts", side)]

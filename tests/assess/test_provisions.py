"""Where a point stands on a day: dates, numbers and words side by side, and never a verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from merestone.assess import provisions
from merestone.assess.provisions import Happened, Telling, holders, state, touches
from merestone.capture.terms import Level, Provision, Said, Step, Touching
from merestone.link.terms import Ref

OR_SAID = Telling(
    Ref("a", 1), "withdrawal", "2031-04-03", frozenset({"grell", "north"}), "Ministry of Defence of Orsay", "OR", "done", "asserts"
)
VE_DENIES = replace(OR_SAID, ref=Ref("b", 1), day="2031-04-06", by="Ministry of Defence of Veldar", party="VE", stance="denies")
STEP = Step("Mount Grell", "2031-04-04", kinds=("withdrawal",), places=("grell",))
ONE_OFF = Provision("4", "Each withdraws.", "one_off", since="2031-03-05", steps=(STEP,))


@pytest.mark.parametrize(("on", "when"), [("2031-04-03", "ahead"), ("2031-04-04", "ahead"), ("2031-04-05", "passed")])
def test_a_due_day_is_ahead_or_has_passed(on: str, when: str) -> None:
    assert state(ONE_OFF, on, ()).steps[0].when == when


def test_what_was_put_off_is_due_on_the_later_day_and_both_are_told() -> None:
    moved = replace(ONE_OFF, steps=(replace(STEP, moved_to="2031-04-18", moved_by="both parties, 2 April"),))
    found = state(moved, "2031-04-10", ()).steps[0]
    assert (found.due, found.first, found.moved_by, found.when) == ("2031-04-18", "2031-04-04", "both parties, 2 April", "ahead")
    assert state(replace(ONE_OFF, steps=(replace(STEP, due=""),)), "2031-04-10", ()).steps[0].when == "no day"


def test_who_says_that_it_was_done_and_who_that_it_was_not() -> None:
    found = state(ONE_OFF, "2031-04-10", (VE_DENIES, OR_SAID)).steps[0]
    assert [(word.by, word.on, word.says, word.ref) for word in found.words] == [
        (OR_SAID.by, "2031-04-03", "done", Ref("a", 1)),
        (VE_DENIES.by, "2031-04-06", "not done", Ref("b", 1)),
    ]
    assert len(state(ONE_OFF, "2031-04-05", (VE_DENIES, OR_SAID)).steps[0].words) == 1, "what was said later is not known yet"


def test_what_is_elsewhere_earlier_or_another_act_tells_nothing_of_it() -> None:
    for other in (
        replace(OR_SAID, places=frozenset({"north"})),
        replace(OR_SAID, day="2031-03-01"),
        replace(OR_SAID, day=""),
        replace(OR_SAID, kind="advance"),
    ):
        assert state(ONE_OFF, "2031-04-10", (other,)).steps[0].words == ()


def test_what_a_pack_cites_is_told_with_its_source_and_held_by_nobody() -> None:
    said = Said("Ministry of Defence of Orsay", "OR", "2031-04-03", "done", "a newspaper", "Mount Grell")
    found = state(replace(ONE_OFF, said=(said, replace(said, on="2031-05-01"))), "2031-04-10", ()).steps[0]
    assert [(word.source, word.ref) for word in found.words] == [("a newspaper", None)]


def test_a_number_stands_beside_the_one_agreed_on() -> None:
    point = Provision(
        "8",
        "Monitors.",
        "level",
        levels=(Level("monitors", 90),),
        said=(Said("The mission", "", "2031-05-01", "number", "its report", "monitors", 62),),
    )
    ((word, apart),) = state(point, "2031-06-01", ()).levels[0].words
    assert (word.number, apart, state(point, "2031-06-01", ()).levels[0].agreed) == (62, -28, 90)
    assert state(point, "2031-04-01", ()).levels[0].words == ()


@pytest.mark.parametrize(
    ("on", "term"), [("2031-03-04", "not yet"), ("2031-03-05", "holds"), ("2036-03-05", "holds"), ("2036-03-06", "term over")]
)
def test_a_point_holds_from_a_day_to_a_day(on: str, term: str) -> None:
    assert state(replace(ONE_OFF, until="2036-03-05"), on, ()).term == term
    assert state(Provision("7", "Return.", "continuing"), on, ()).term == "no day"


FIRE = Telling(Ref("c", 1), "small_arms_fire", "2031-05-01", frozenset({"mill", "north"}), "A resident", "none", "done", "asserts")
CEASEFIRE = Provision("1", "Fire ends.", "continuing", since="2031-03-05", touching=(Touching(("small_arms_fire",), "Fire is to end."),))


def test_an_incident_touches_a_point_by_kind_place_and_day_and_says_why() -> None:
    (found,) = touches(CEASEFIRE, (Happened("B-001", "2031-05-01", (FIRE, replace(FIRE, ref=Ref("c", 2), kind="theft"))),))
    assert (found.incident, found.why, found.kinds, found.claims) == ("B-001", "Fire is to end.", ("small_arms_fire",), (Ref("c", 1),))
    assert touches(CEASEFIRE, (Happened("B-001", "2031-03-04", (FIRE,)), Happened("B-002", "", (FIRE,)))) == ()
    there = replace(CEASEFIRE, touching=(replace(CEASEFIRE.touching[0], places=("south",)),))
    assert touches(there, (Happened("B-001", "2031-05-01", (FIRE,)),)) == ()
    assert touches(replace(CEASEFIRE, until="2031-04-01"), (Happened("B-001", "2031-05-01", (FIRE,)),)) == ()


def test_who_it_was_touches_nothing() -> None:
    """No rule can see a party: the same incident of the other one touches the same points."""
    other = replace(FIRE, party="VE", by="Ministry of Defence of Veldar")
    one, two = (touches(CEASEFIRE, (Happened("B-001", "2031-05-01", (each,)),)) for each in (FIRE, other))
    assert one == two


def test_no_word_of_a_state_is_a_verdict() -> None:
    values = {provisions.NOT_YET, provisions.HOLDS, provisions.ENDED, provisions.NO_DAY, provisions.AHEAD, provisions.PASSED}
    assert not values & {"kept", "broken", "breached", "fulfilled", "complied"}


def test_a_place_is_in_all_that_hold_it() -> None:
    assert holders("mill", {"mill": "north", "north": "land", "land": "mill"}) == {"mill", "north", "land"}
    assert holders(None, {}) == frozenset()

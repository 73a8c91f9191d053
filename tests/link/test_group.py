"""Which claims are joined, which are held apart, and that neither blame nor order has a say."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.extract.terms import Proposal, Target
from merestone.ledger.terms import Refusal
from merestone.link import Dossier, Judgement, Linked, Ref, group, link, look
from merestone.link.cluster import agglomerate
from merestone.link.told import Told
from tests.link.telling import (
    OR_MOD,
    PARTIES,
    VE_MOD,
    WIRE,
    at,
    changed,
    claim,
    conflict,
    dossier,
    hurt,
    incident_of,
    joined,
    on,
)  # fmt: skip

MIRRORED = (
    dossier("ve", [claim("Orsayan units fired from Alta Vauride at our posts", on("2031-05-17T02:40"), (*at("Alta Vauride", role="origin"), *at("Upper Brask", role="target")),
                         by=VE_MOD, blames="OR", harms="VE", weapons=("small_arms",))]),
    dossier("or", [claim("near Alta Brasca the other side shot at a post of ours", on("2031-05-17T03:05"), at("Alta Vauride", role="target"),
                         by=OR_MOD, blames="VE", harms="OR", weapons=("grenade_launcher",))]),
)  # fmt: skip


def pair(first: Proposal, second: Proposal) -> bool:
    """Are two claims of two texts joined?"""
    return joined(group([dossier("a", [first]), dossier("b", [second])]), ("a", 1), ("b", 1))


def test_both_sides_of_one_exchange_are_one_incident() -> None:
    linked = group(MIRRORED)
    assert joined(linked, ("ve", 1), ("or", 1))
    assert linked.incidents[0].id == "B-001"
    assert (linked.incidents[0].start, linked.incidents[0].precision) == ("2031-05-17T02:40", "minute")


def test_a_night_spans_two_dates() -> None:
    late = claim("fire on the posts began", on("2031-05-27T23:50"), at("Upper Brask"))
    early = claim("shots rang out from there", on("2031-05-28T00:40"), at("Lower Brask"))
    next_evening = claim("another exchange was told", on("2031-05-28T22:10"), at("Lower Brask"))
    assert pair(late, early)
    assert not pair(early, next_evening)


def test_clocks_of_two_zones_are_one_clock() -> None:
    here = claim("posts came under fire", on("2031-05-17T02:40+04:00"), at("Upper Brask"))
    there = claim("shooting was heard by all", on("2031-05-17T01:45+03:00"), at("Upper Brask"))
    assert "same minute" in {row.level for row in link(*look([dossier("a", [here]), dossier("b", [there])])).levels}


def test_two_sectors_of_one_night_are_two_unless_one_sentence_joins_them() -> None:
    north = claim("fire at Upper Brask that night", on("2031-05-17T02:00"), at("Upper Brask"))
    south = claim("shooting around Hollin was reported", on("2031-05-17T02:10"), at("Hollin"))
    assert not pair(north, south)
    both = claim("firing at Upper Brask and Hollin alike", on("2031-05-17T02:05"), at("Upper Brask", "Hollin"))
    assert pair(north, both)
    assert pair(south, both)


def test_acts_without_range_in_two_villages_are_two() -> None:
    here = claim("a farmer was led away", on("2031-05-17"), at("Upper Brask"), kind="detention")
    there = claim("soldiers took a shepherd", on("2031-05-17"), at("Lower Brask"), kind="detention")
    assert not pair(here, there)
    assert pair(here, replace(there, where=at("Upper Brask")))


def test_other_sorts_of_happening_stay_apart() -> None:
    fire = claim("posts were shot at", on("2031-05-17T02:00"), at("Upper Brask"))
    theft = claim("forty sheep were driven off", on("2031-05-17"), at("Upper Brask"), kind="theft")
    assert not pair(fire, replace(theft, kind="monitors_obstructed"))
    assert not pair(replace(fire, kind="heritage_damage"), theft)


def test_waves_of_one_date_stay_apart() -> None:
    night = claim("posts were shot at", on("2031-05-17T01:00"), at("Upper Brask"))
    evening = claim("fire was opened again", on("2031-05-17T20:30"), at("Upper Brask"))
    assert not pair(night, evening)


def test_the_truce_and_the_losses_belong_to_the_fighting() -> None:
    linked = group([
        dossier("a", [claim("an assault on the posts began", on("2031-05-17T03:40"), at("Upper Brask"), kind="ground_attack")]),
        dossier("b", [claim("three soldiers fell that day", on("2031-05-17"), at("Upper Brask"), kind="casualty", casualties=(hurt("killed", 3),))]),
        dossier("c", [claim("the fire ceased by agreement", on("2031-05-17T10:00"), at("Upper Brask"), kind="ceasefire_agreed")]),
    ])  # fmt: skip
    assert len(linked.incidents) == 1
    assert linked.incidents[0].kind == "ground_attack"
    assert linked.incidents[0].start == "2031-05-17T03:40"


@pytest.mark.parametrize("precision", ["week", "month", "year"])
def test_a_period_never_joins_two_days(precision: str) -> None:
    first = dossier("a", [claim("shots fell on the third", on("2031-05-03T02:00"), at("Upper Brask"))])
    second = dossier("b", [claim("posts were fired at once more", on("2031-05-06T02:00"), at("Upper Brask"))])
    period = dossier("c", [claim("fire all that time", on("2031-05-01", "2031-05-31", precision), at("Upper Brask"))])
    linked = group([first, second, period])
    assert not joined(linked, ("a", 1), ("b", 1))
    assert incident_of(linked, Ref("c", 1)) not in {incident_of(linked, Ref("a", 1)), incident_of(linked, Ref("b", 1))}


def test_a_period_is_held_by_the_only_incident_that_answers_it() -> None:
    day = dossier("a", [claim("posts stood by the lake", on("2031-05-03"), at("Upper Brask"), kind="position_held")])
    week = dossier(
        "b", [claim("that week they held ground there", on("2031-05-01", "2031-05-07", "week"), at("Upper Brask"), kind="position_held")]
    )
    linked = group([day, week])
    assert joined(linked, ("a", 1), ("b", 1))
    assert (linked.incidents[0].start, linked.incidents[0].end) == ("2031-05-03", "2031-05-03")


def test_a_week_covers_and_tells_of_no_day() -> None:
    night = claim("posts were shot at", on("2031-05-03T02:00"), at("Upper Brask"))
    week = claim("fire on posts that week", on("2031-05-01", "2031-05-07", "week"), at("Upper Brask"))
    rows = {row.feature: row.level for row in link(*look([dossier("a", [night]), dossier("b", [week])])).levels}
    assert rows["time"] == "covers"
    quiet = claim("fire on posts that week", on("2031-05-04", "2031-05-10", "week"), at("Upper Brask"))
    assert not pair(night, quiet)


@pytest.mark.parametrize(("when", "together"), [("2031-05-17", True), ("2031-05-17T02:40", True), ("2031-05-19", False)])
def test_an_update_is_a_later_claim_about_the_same(when: str, together: bool) -> None:
    """It is dated by what it is about; one that gives the day of the death alone is told apart until a person joins it."""
    linked = group([
        dossier("a", [claim("two soldiers were wounded on a post", on("2031-05-17T02:40"), at("Upper Brask"), casualties=(hurt("wounded", 2),))]),
        dossier("b", [claim("one of those wounded then has died", on(when), at("Upper Brask"), kind="casualty", casualties=(hurt("killed", 1),))],
                published="2031-05-21"),
    ])  # fmt: skip
    assert joined(linked, ("a", 1), ("b", 1)) == together


def test_periods_of_the_same_days_stand_together_and_others_apart() -> None:
    week = on("2031-05-01", "2031-05-07", "week")
    linked = group([
        dossier("a", [claim("that week saw fire there", week, at("Upper Brask")), claim("a soldier died of it", week, at("Upper Brask"), kind="casualty")]),
        dossier("b", [claim("fire in all those weeks", on("2031-05-01", "2031-05-31", "month"), at("Upper Brask"))]),
    ])  # fmt: skip
    assert joined(linked, ("a", 1), ("a", 2))
    assert not joined(linked, ("a", 1), ("b", 1))


def test_repeated_and_undated_acts_are_patterns() -> None:
    linked = group([
        dossier("a", [claim("they regularly shoot at villages", on("2031-05-17"), repeated=True), claim("cattle are stolen", on("", "", "unknown"), kind="theft")]),
        dossier("b", [claim("shelling happens daily", on("", "", "unknown"), kind="shelling"), claim("a shot on that day", on("2031-05-17"), at("Hollin"))]),
    ])  # fmt: skip
    assert [(each.kind, [str(ref) for ref in each.claims]) for each in linked.patterns] == [
        ("small_arms_fire", ["a#1", "b#1"]),
        ("theft", ["a#2"]),
    ]
    assert all(each.pattern and each.id.startswith("P-") and each.precision == "unknown" for each in linked.patterns)
    assert [each.claims for each in linked.incidents] == [(Ref("b", 2),)]


# --- laws ---------------------------------------------------------------------------------------------------------


def test_what_linking_looks_at_has_no_room_for_a_party() -> None:
    assert not set(Told._fields) & {"initiator", "target", "party", "affiliation", "said_by", "speaker", "stance"}
    figures = look([dossier("a", [claim("two wounded", on("2031-05-17"), casualties=(hurt("wounded", 2, "VE"),))])])[0].figures
    assert figures == {("wounded", "military", 2, 2)}


def other_blame(dice: random.Random) -> Callable[[Ref, Proposal], Proposal]:
    codes = (*PARTIES, "unknown", "none", "both")

    def change(_: Ref, one: Proposal) -> Proposal:
        if dice.random() < 0.4:
            return one
        return replace(
            one,
            initiator=dice.choice(codes),
            target=Target(dice.choice(codes), one.target.what),
            casualties=tuple(replace(each, party=dice.choice(codes)) for each in one.casualties),
            said_by=tuple(replace(each, affiliation=dice.choice(codes), official=dice.random() < 0.5) for each in one.said_by),
        )

    return change


def grouped(linked: Linked) -> object:
    return linked.incidents, linked.patterns, linked.copy_of, linked.passages


@given(st.integers(0, 10_000))
def test_replacing_blame_changes_no_incident(seed: int) -> None:
    dice = random.Random(seed)
    dossiers = [*conflict(seed % 5, happenings=10, days=3).dossiers, *MIRRORED]
    dossiers = changed(
        dossiers, lambda ref, one: replace(one, casualties=(hurt("wounded", 1 + ref.claim % 3),) if ref.claim % 2 else (), said_by=(WIRE,))
    )
    assert grouped(group(changed(dossiers, other_blame(dice)))) == grouped(group(dossiers))


@given(st.integers(0, 10_000))
def test_the_order_of_dossiers_and_claims_changes_nothing(seed: int) -> None:
    dossiers = list(conflict(seed % 7, happenings=12, days=3).dossiers)
    shuffled = [_shuffled(each, random.Random(seed)) for each in dossiers]
    random.Random(seed).shuffle(shuffled)
    assert group(shuffled) == group(dossiers)


def _shuffled(each: Dossier, dice: random.Random) -> Dossier:
    claims = list(each.reading.claims)
    dice.shuffle(claims)
    return replace(each, reading=replace(each.reading, claims=tuple(claims)))


def pair_f1(seed: int) -> float:
    told = conflict(seed)
    linked = group(told.dossiers)
    found = {ref: each.id for each in linked.incidents for ref in each.claims}
    assert found.keys() == told.about.keys()
    pairs = [(told.about[a] == told.about[b], found[a] == found[b]) for a, b in combinations(sorted(told.about), 2)]
    right, joins, same = sum(x and y for x, y in pairs), sum(y for _, y in pairs), sum(x for x, _ in pairs)
    return 2 * right / (joins + same)


def test_known_happenings_are_found_again() -> None:
    """Bounds for a sparse synthetic conflict with mirrored blame, displaced clocks and places, and missing fields."""
    reached = [pair_f1(seed) for seed in range(6)]
    assert sum(reached) / len(reached) >= 0.88
    assert min(reached) >= 0.8


@pytest.mark.parametrize("seed", range(4))
def test_every_claim_is_in_one_group_and_every_joined_claim_has_its_reason(seed: int) -> None:
    linked = group(conflict(seed).dossiers)
    for found in linked.incidents:
        linked_claims = {ref for each in found.links for ref in (each.a, each.b)}
        assert len(found.links) == len(found.claims) - 1
        assert linked_claims == (set(found.claims) if len(found.claims) > 1 else set())
        for each in found.links:
            assert each.score == pytest.approx(sum(row.weight for row in each.levels), abs=0.01)
            assert all(row.why.endswith(".") for row in each.levels)
    for found in linked.patterns:
        assert {row.feature for each in found.links for row in each.levels} <= {"time", "kind", "place", "wording"}
        assert all(each.score >= 0 for each in found.links), "a pattern is gathered, so nothing speaks against its claims"
    everyone = [ref for found in (*linked.incidents, *linked.patterns) for ref in found.claims]
    assert len(everyone) == len(set(everyone))


def test_names_follow_time_and_then_text() -> None:
    linked = group([
        dossier("b", [claim("the later one", on("2031-05-19"), at("Hollin")), claim("the earlier one", on("2031-05-17"), at("Hollin"))]),
        dossier("a", [claim("told of another place", on("2031-05-19"), at("Upper Brask"))]),
    ])  # fmt: skip
    assert [(each.id, str(each.claims[0])) for each in linked.incidents] == [("B-001", "b#2"), ("B-002", "a#1"), ("B-003", "b#1")]


# --- people's judgements ------------------------------------------------------------------------------------------


def test_judgements_override_the_machine() -> None:
    a, b = Ref("ve", 1), Ref("or", 1)
    apart = group(MIRRORED, [Judgement(a, b, "different", "an analyst", "two posts")])
    assert not joined(apart, ("ve", 1), ("or", 1))
    far = [
        dossier("a", [claim("fire in the north", on("2031-05-17T02:00"), at("Upper Brask"))]),
        dossier("b", [claim("shots in the south", on("2031-05-19T02:10"), at("Hollin"))]),
    ]
    together = group(far, [Judgement(Ref("a", 1), Ref("b", 1), "same", "an analyst", "the date is a slip")])
    assert joined(together, ("a", 1), ("b", 1))
    assert "an analyst" in together.incidents[0].links[0].levels[0].why
    assert group(MIRRORED, [Judgement(a, b, "unsure")]) == group(MIRRORED)


def test_judgements_that_contradict_each_other_are_refused() -> None:
    dossiers = [dossier(name, [claim(f"{name} tells of shots", on("2031-05-17"))]) for name in "abc"]
    a, b, c = (Ref(name, 1) for name in "abc")
    with pytest.raises(Refusal, match="judgements_contradict"):
        group(dossiers, [Judgement(a, b, "same"), Judgement(b, c, "same"), Judgement(a, c, "different")])
    with pytest.raises(Refusal, match="unknown_verdict"):
        group(dossiers, [Judgement(a, b, "perhaps")])


def test_no_chain_of_good_links_joins_what_cannot_be_of_one_time() -> None:
    told = look([dossier(f"d{day}", [claim(f"shots on day {day}", on(f"2031-05-{day}"), at("Upper Brask"))]) for day in (17, 18, 19)])
    assert agglomerate(told, {(0, 1): 30.0, (1, 2): 30.0}) == [(0, 1), (2,)]
    assert agglomerate(told, {(0, 1): 30.0, (1, 2): 30.0}, apart=[(0, 1)]) == [(0,), (1, 2)]
    assert agglomerate(told, {}, together=[(0, 2)]) == [(0, 2), (1,)]

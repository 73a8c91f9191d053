"""A death that gives its own day alone is a later word on the wounding, where it can be only one; it joins no two happenings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from merestone.extract.terms import Casualties, Evidence, Proposal, Target, When
from merestone.link import Dossier, Judgement, Linked, Ref, group
from merestone.link.compare import time_level
from merestone.link.told import look
from tests.link.telling import OR_MOD, PARTIES, VE_MOD, WIRE, at, changed, claim, dossier, hurt, joined, on

EARLIER = Evidence("earlier", "wounded before", 0, 0, "harm.earlier", "told")


def shots(day: str, place: str = "Upper Brask", figure: Casualties | None = None, said: str = "fire wounded soldiers") -> Proposal:
    return claim(said, on(day), at(place), casualties=(hurt("wounded", 2) if figure is None else figure,))


def died(when: When, place: str = "Upper Brask", figure: Casualties | None = None, said: str = "a wounded soldier died then") -> Proposal:
    told = claim(said, when, at(place), kind="casualty", casualties=(hurt("killed", 1) if figure is None else figure,))
    return replace(told, evidence=(EARLIER,))


def run(*claims: Proposal, judged: tuple[Judgement, ...] = ()) -> Linked:
    return group([dossier(f"d{n}", [each], published="2031-06-30") for n, each in enumerate(claims)], judged)


def together(linked: Linked, a: int, b: int) -> bool:
    return joined(linked, (f"d{a}", 1), (f"d{b}", 1))


@pytest.mark.parametrize("day", ["2031-05-17", "2031-05-19", "2031-06-16"])
def test_it_goes_to_the_happening_of_the_wound(day: str) -> None:
    linked = run(shots("2031-05-17T02:40"), died(on(day)))
    assert together(linked, 0, 1)
    (found,) = linked.incidents
    assert (found.start, found.end, found.kind) == ("2031-05-17T02:40", "2031-05-17T02:40", "small_arms_fire")
    assert [level.level for level in found.links[0].levels if level.feature == "time"] == ["later death"]


@pytest.mark.parametrize(
    ("wounding", "death"),
    [
        (shots("2031-05-17T02:40"), died(on("2031-06-18"))),  # too long after it
        (shots("2031-05-20T02:40"), died(on("2031-05-19"))),  # before it
        (shots("2031-05-17T02:40"), died(on("2031-05-19"), "Hollin")),
        (shots("2031-05-17T02:40", figure=hurt("killed", 1)), died(on("2031-05-19"))),  # nobody was wounded
        (shots("2031-05-17T02:40", figure=hurt("wounded", 2, group="civilian")), died(on("2031-05-19"))),
        (shots("2031-05-17T02:40", figure=hurt("wounded", 1)), died(on("2031-05-19"), figure=hurt("killed", 2))),  # more dead than wounded
        (shots("2031-05-17T02:40", figure=hurt("wounded", 0)), died(on("2031-05-19"))),
        (shots("2031-05-17T02:40"), replace(died(on("2031-05-19")), where=())),
        (shots("2031-05-17T02:40"), replace(died(on("2031-05-19")), evidence=())),  # killed on that day, for all that is said
    ],
)
def test_it_stays_apart_where_it_may_be_another(wounding: Proposal, death: Proposal) -> None:
    assert not together(run(wounding, death), 0, 1)


def test_where_two_happenings_can_be_meant_it_joins_neither() -> None:
    linked = run(shots("2031-05-10T02:40"), shots("2031-05-17T02:40"), died(on("2031-05-19")))
    assert len(linked.incidents) == 3


def test_it_is_no_part_of_what_happens_on_the_day_of_the_death() -> None:
    linked = run(shots("2031-05-17T02:40"), shots("2031-05-19T22:00", figure=hurt("killed", 3)), died(on("2031-05-19")))
    assert together(linked, 0, 2)
    assert not together(linked, 1, 2)
    assert not together(linked, 0, 1)


def test_two_reports_of_one_death_go_together() -> None:
    linked = run(shots("2031-05-17T02:40"), died(on("2031-05-19")), died(on("2031-05-19"), said="hospital says he passed away"))
    assert together(linked, 0, 1)
    assert together(linked, 0, 2)
    alone = run(died(on("2031-05-19")), died(on("2031-05-19"), said="hospital says he passed away"))
    assert together(alone, 0, 1)


def test_a_person_comes_first() -> None:
    claims = shots("2031-05-10T02:40"), shots("2031-05-17T02:40"), died(on("2031-05-19"))
    same = Judgement(Ref("d0", 1), Ref("d2", 1), "same")
    assert together(run(*claims, judged=(same,)), 0, 2)
    apart = Judgement(Ref("d0", 1), Ref("d1", 1), "different")
    assert not together(run(claims[0], claims[2], judged=(replace(apart, b=Ref("d1", 1)),)), 0, 1)


def test_it_is_told_alike_from_both_sides_and_whoever_is_blamed() -> None:
    told: list[Dossier] = [
        dossier("a", [replace(shots("2031-05-17T02:40"), said_by=(VE_MOD,), initiator="OR")]),
        dossier("b", [replace(shots("2031-05-17T03:10", said="our men were shot at and fell"), said_by=(OR_MOD,), initiator="VE")]),
        dossier("c", [replace(died(on("2031-05-19")), said_by=(WIRE,))], published="2031-05-20"),
    ]
    found = [each.claims for each in group(told).incidents]
    assert len(found) == 1
    for party in PARTIES:
        blamed = changed(told, lambda _, each, party=party: replace(each, initiator=party, target=Target(party, "none")))
        assert [each.claims for each in group(blamed).incidents] == found


def test_the_level_is_the_same_both_ways() -> None:
    a, b = look([dossier("a", [shots("2031-05-17T02:40")]), dossier("b", [died(on("2031-05-19"))])])
    assert time_level(a, b)[0] == time_level(b, a)[0] == "later death"

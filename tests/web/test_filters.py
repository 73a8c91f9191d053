"""What a list is narrowed by: narrowing only narrows, two filters are what both let through, and neither party is asked for otherwise."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.extract.terms import KINDS, Proposal
from merestone.ledger.terms import Refusal
from merestone.ledger.words import message
from merestone.report.terms import Edition, Incident
from merestone.web.filters import NAMES, STATES, Filter, asked, dated, matching, matching_claims, narrowed
from merestone.web.house import House

GRADES = ("observed", "acknowledged", "corroborated", "reported by both", "reported")
PLACES = ("Keldholt", "Brask", "Veldar", "Браск", "no such place")
DAYS = st.none() | st.dates(date(2031, 5, 10), date(2031, 5, 25))
FILTERS = st.builds(
    Filter,
    since=DAYS,
    until=DAYS,
    place=st.sampled_from(("", *PLACES)),
    kind=st.sampled_from(("", "", *KINDS[:6])),
    party=st.sampled_from(("", "OR", "VE", "XT")),
    grade=st.sampled_from(("", *GRADES)),
    state=st.sampled_from(("", *STATES)),
)
SWAP = {"OR": "VE", "VE": "OR"}


@pytest.fixture(scope="module")
def edition(house: House) -> Edition:
    return house.sight().edition


def ids(incidents: tuple[Incident, ...]) -> list[str]:
    return [incident.group.id for incident in incidents]


# --- what a filter does -------------------------------------------------------------------------------------------


def test_no_filter_keeps_everything(edition: Edition) -> None:
    assert matching(edition, Filter()) == edition.incidents
    assert matching_claims(edition, Filter()) == edition.claims


@given(wanted=FILTERS, more=FILTERS)
def test_narrowing_only_narrows(edition: Edition, wanted: Filter, more: Filter) -> None:
    both = joined(wanted, more)
    assert set(ids(matching(edition, both))) <= set(ids(matching(edition, wanted)))
    assert set(matching_claims(edition, both)) <= set(matching_claims(edition, wanted))


@given(wanted=FILTERS, name=st.sampled_from(NAMES))
def test_two_filters_let_through_what_each_does(edition: Edition, wanted: Filter, name: str) -> None:
    left, alone = wanted.without(name), wanted.without(*(each for each in NAMES if each != name))
    assert joined(left, alone) == wanted
    assert ids(matching(edition, wanted)) == [i for i in ids(matching(edition, left)) if i in ids(matching(edition, alone))]
    assert [c for c in matching_claims(edition, left) if c in matching_claims(edition, alone)] == list(matching_claims(edition, wanted))


@given(wanted=FILTERS)
def test_exchanged_parties_are_asked_for_alike(edition: Edition, wanted: Filter) -> None:
    mirror, turned = exchanged(edition), replace(wanted, party=SWAP.get(wanted.party, wanted.party))
    assert ids(matching(mirror, turned)) == ids(matching(edition, wanted))
    assert [c.ref for c in matching_claims(mirror, turned)] == [c.ref for c in matching_claims(edition, wanted)]


def joined(one: Filter, other: Filter) -> Filter:
    """Both at once, the days by their narrower bounds; where they differ in a word, the first one's."""
    since = max((day for day in (one.since, other.since) if day), default=None)
    until = min((day for day in (one.until, other.until) if day), default=None)
    rest = {each.name: getattr(one, each.name) or getattr(other, each.name) for each in fields(Filter)[2:]}
    return Filter(since, until, **rest)


def exchanged(edition: Edition) -> Edition:
    def turn(code: str) -> str:
        return SWAP.get(code, code)

    def claim(told: Proposal) -> Proposal:
        return replace(
            told,
            initiator=turn(told.initiator),
            target=replace(told.target, party=turn(told.target.party)),
            said_by=tuple(replace(speaker, affiliation=turn(speaker.affiliation)) for speaker in told.said_by),
            casualties=tuple(replace(figure, party=turn(figure.party)) for figure in told.casualties),
        )

    return replace(
        edition,
        claims=tuple(replace(card, claim=claim(card.claim)) for card in edition.claims),
        incidents=tuple(
            Incident(each.group, replace(each.assessment, versions=tuple((turn(side), refs) for side, refs in each.assessment.versions)))
            for each in edition.incidents
        ),
    )


# --- time ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "start", "end", "held"),
    [
        (None, None, "2031-05-17", "2031-05-17", True),
        (17, 17, "2031-05-17T23:50-02:00", "2031-05-18T00:20-02:00", True),  # both days of a night
        (18, 18, "2031-05-17T23:50-02:00", "2031-05-18T00:20-02:00", True),
        (19, None, "2031-05-17T23:50-02:00", "2031-05-18T00:20-02:00", False),
        (None, 16, "2031-05-17", "2031-05-17", False),
        (20, 21, "2031-05-01", "2031-05-31", True),  # some day of that month
        (20, 21, "", "2031-05-19", False),
        (20, 21, "", "2031-05-20", True),
        (20, 21, "2031-05-22", "", False),
        (20, 21, "", "", True),  # cannot be said to lie outside
    ],
)
def test_days_overlap_with_both_bounds(since: int | None, until: int | None, start: str, end: str, held: bool) -> None:
    first, last = (None if number is None else date(2031, 5, number) for number in (since, until))
    assert Filter(first, last).holds_days(start, end) is held


def test_what_bears_no_date_stays_and_is_told_apart(edition: Edition) -> None:
    first = edition.incidents[0]
    bare = Incident(replace(first.group, start="", end="", precision="unknown"), first.assessment)
    odd = replace(edition, incidents=(bare, *edition.incidents[1:]))
    found = matching(odd, Filter(since=date(2040, 1, 1)))
    assert found == (bare,)
    assert not dated(bare)
    assert dated(edition.incidents[1])


# --- places, parties ----------------------------------------------------------------------------------------------


def test_a_place_is_found_by_any_of_its_names_in_any_script(edition: Edition) -> None:
    place = next(p for p in edition.base.places if p.level == "settlement" and len(p.names) > 3 and matching(edition, Filter(place=p.name)))
    here = ids(matching(edition, Filter(place=place.name)))
    for spelt in place.names.values():
        for name in spelt:
            assert set(here) <= set(ids(matching(edition, Filter(place=name)))), name
            assert set(here) <= set(ids(matching(edition, Filter(place=name.upper())))), name


def test_a_wide_place_holds_what_lies_in_it(edition: Edition) -> None:
    inner = next(p for p in edition.base.places if p.within and p.level == "settlement" and matching(edition, Filter(place=p.name)))
    outer = next(p for p in edition.base.places if p.id == inner.within)
    assert set(ids(matching(edition, Filter(place=inner.name)))) <= set(ids(matching(edition, Filter(place=outer.name))))


def test_a_party_is_found_speaking_blamed_or_meant(edition: Edition) -> None:
    for code, _ in edition.parties:
        for card in matching_claims(edition, Filter(party=code)):
            named: list[Any] = [card.claim.initiator, card.claim.target.party, *(s.affiliation for s in card.claim.said_by)]
            named += [figure.party for figure in card.claim.casualties]
            side = next((s for i in edition.incidents for s, refs in i.assessment.versions if card.ref in refs), "")
            assert {code, "both"} & {*named, side}


def test_tables_are_of_what_matches_alone(edition: Edition) -> None:
    found = matching(edition, Filter(kind="shelling"))
    left = narrowed(edition, found)
    assert left.incidents == found
    assert {card.incident for card in left.claims} == set(ids(found))
    assert not left.statements


# --- from an address ----------------------------------------------------------------------------------------------


@given(wanted=FILTERS.filter(lambda each: each.place != "no such place" and not (each.since and each.until and each.since > each.until)))
def test_an_address_says_the_filter(edition: Edition, wanted: Filter) -> None:
    address = wanted.address("/incidents/", page=2)
    assert asked(dict(parse_qsl(address.partition("?")[2])), edition) == wanted


def test_what_is_left_empty_filters_nothing(edition: Edition) -> None:
    assert asked(dict.fromkeys(NAMES, " "), edition) == Filter()
    assert Filter().address("/incidents/") == "/incidents/"


@pytest.mark.parametrize(
    "query",
    [
        {"from": "yesterday"}, {"from": "2031-13-01"}, {"to": "20310517"}, {"to": "2031-05-17T08:00"}, {"from": "2031-W20-1"}, {"kind": "violence"},
        {"party": "ZZ"}, {"party": "or"}, {"grade": "certain"}, {"state": "rejected"}, {"place": "Nowhere at all"}, {"place": "’"},
        {"from": "2031-05-18", "to": "2031-05-17"}, {"partei": "VE"},
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_with_what_can(edition: Edition, query: dict[str, str]) -> None:
    with pytest.raises(Refusal) as refused:
        asked(query, edition)
    assert refused.value.code == "filter_malformed"
    assert "What can stand there: " in message(refused.value)


def test_a_list_knows_only_its_own_filters(edition: Edition) -> None:
    assert asked({"party": "VE"}, edition, names=("party",)).party == "VE"
    with pytest.raises(Refusal):
        asked({"grade": "reported"}, edition, names=("party",))

"""What the map shows: every place and every incident, each side's alike, and how surely a place is known."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.ledger.terms import Refusal
from merestone.report import INTERNAL, PUBLIC, Edition, redact
from merestone.report.map import lines_drawn
from merestone.report.sites import sites_of
from merestone.web.mapdata import Window, listed_in, map_data, window_asked
from tests.report.invented import OR, SETTLEMENTS, SMALL, VE, WIRE, Bundle, Paper, Told, edition

SIDES = {"VE": VE, "OR": OR, "none": WIRE}


def shown(found: Edition) -> dict[str, Any]:
    return map_data(redact(found, INTERNAL), lambda name: f"/at/{name}/")


def moved(found: Edition, **changes: object) -> Edition:
    """The edition with the places of its first claim altered."""
    first = found.claims[0]
    return replace(
        found,
        claims=(
            replace(first, claim=replace(first.claim, where=tuple(replace(w, **changes) for w in first.claim.where))),
            *found.claims[1:],
        ),
    )


def place(data: dict[str, Any], name: str) -> dict[str, Any]:
    [found] = [each for each in data["places"] if each["name"] == name]
    return dict(found)


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    """Papers of either side and of none, about any of the places or none, with and without a date."""
    papers = []
    for n in range(draw(st.integers(1, 4))):
        side = draw(st.sampled_from(sorted(SIDES)))
        told = [
            Told(
                f"Claim {n}.{m} is of {SETTLEMENTS[at] if at is not None else 'nowhere'}.",
                by=SIDES[side],
                side=side,
                place=at,
                role=draw(st.sampled_from(["target", "at", "origin"])),
                days=draw(st.sampled_from([None, 3, 16, 40])),
            )
            for m in range(draw(st.integers(1, 3)))
            for at in [draw(st.one_of(st.none(), st.integers(0, 5)))]
        ]
        papers.append(Paper(f"paper-{n}", tuple(told), publisher=SIDES[side]))
    return Bundle(tuple(papers))


# --- roles, uncertainty, versions ---------------------------------------------------------------------------------


def test_a_place_says_what_it_is_in_each_incident_and_in_whose_versions() -> None:
    found = edition(SMALL)
    later = found.claims[2].claim  # the other side names the same village as where the fire came from
    turned = replace(found.claims[2], claim=replace(later, where=tuple(replace(w, role="origin") for w in later.where)))
    data = shown(replace(found, claims=(*found.claims[:2], turned, *found.claims[3:])))
    amberley = place(data, "Amberley")
    assert amberley["roles"] == ["target", "origin"]
    assert amberley["told"] == [
        {"group": "B-001", "role": "target", "by": ["OR", "VE"]},
        {"group": "B-001", "role": "origin", "by": ["OR"]},
    ]
    assert place(data, "Caldmoor")["told"] == [{"group": "B-001", "role": "at", "by": ["other"]}]


def test_an_incident_has_its_address_its_grade_and_the_sides_that_tell_of_it() -> None:
    [first, *_] = shown(edition(SMALL))["incidents"]
    assert first["id"] == "B-001"
    assert first["href"] == "/at/B-001/"
    assert first["title"] == "Small-arms fire, Amberley and Caldmoor"
    assert (first["grade"], first["versions"], first["precision"]) == ("reported by both", ["OR", "VE", "other"], "day")
    assert (first["begins"], first["ends"]) == ("2031-05-17T00:00", "2031-05-17T24:00")


@pytest.mark.parametrize(("metres", "area"), [(900.0, False), (5_000.0, False), (5_001.0, True), (25_000.0, True)])
def test_the_radius_is_told_and_what_is_less_sure_than_5_km_gets_no_mark(metres: float, area: bool) -> None:
    found = place(shown(moved(edition(Bundle(SMALL.papers[:1])), uncertainty_m=metres)), "Amberley")
    assert (found["radius_km"], found["area"]) == (metres / 1000, area)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"uncertainty_m": 25_001.0}, "known only as a settlement"),
        ({"level": "border_section"}, "known only as a border section"),
        ({"lat": None, "lon": None}, "could not be placed"),
    ],
)
def test_a_place_that_is_not_drawn_is_told_beside_the_map_with_the_reason(changes: dict[str, Any], why: str) -> None:
    data = shown(moved(edition(Bundle(SMALL.papers[:1])), **changes))
    assert data["rough"] == [{"name": "Amberley", "why": why, "groups": ["B-001"]}]
    [first] = [each for each in data["incidents"] if each["id"] == "B-001"]
    assert (first["drawn"], first["why_not"]) == (False, f"Amberley: {why}")


def test_other_names_of_a_place_stand_under_their_languages() -> None:
    found = edition(SMALL)
    names = {"": ("Amberley",), "ru": ("Эмберли", "Эмберлей"), "hy": ("Ամբեռլի",), "az": ("Amberley",)}
    base = replace(found.base, places=tuple(replace(p, names=names) if p.name == "Amberley" else p for p in found.base.places))
    told = place(shown(replace(found, base=base)), "Amberley")["names"]
    assert told == [{"lang": "hy", "name": "Ամբեռլի"}, {"lang": "ru", "name": "Эмберли"}]


# --- nothing is dropped -------------------------------------------------------------------------------------------


@given(bundles())
def test_every_mention_of_a_place_and_every_incident_is_somewhere(bundle: Bundle) -> None:
    found = redact(edition(bundle), INTERNAL)
    data = map_data(found, str)
    drawn = {(each["name"], told["group"], told["role"]) for each in data["places"] for told in each["told"]}
    beside = {(each["name"], group) for each in data["rough"] for group in each["groups"]}
    for card in found.claims:
        for located in card.claim.where:
            assert (located.name, card.incident, located.role) in drawn or (located.name, card.incident) in beside
    assert data["unplaced"] == sum(not card.claim.where for card in found.claims)
    lists = listed_in(data, Window())
    told = [each["id"] for name in ("on_map", "beside", "undated", "outside") for each in lists[name]]
    assert sorted(told) == sorted(each.group.id for each in found.incidents)
    assert all(each["drawn"] or each["why_not"] for each in (*data["incidents"], *data["patterns"]))
    assert [each["id"] for each in data["patterns"]] == [each.id for each in found.patterns]
    assert json.loads(json.dumps(data)) == data


def test_what_is_drawn_is_what_the_report_draws_and_what_lies_far_off_as_well() -> None:
    found = redact(edition(SMALL), INTERNAL)
    assert {each["name"] for each in map_data(found, str)["places"]} == {site.name for site in sites_of(found)[0]}
    far = moved(found, lat=60.0, lon=10.0)
    _, areas = sites_of(far)
    assert "Amberley" in {area.name for area in areas}
    drawn = [each for each in map_data(far, str)["places"] if each["name"] == "Amberley"]
    assert [(each["lat"], each["lon"]) for each in drawn][-1] == (60.0, 10.0)


def test_lines_have_the_letters_and_dashes_of_the_report_and_their_origin() -> None:
    found = redact(edition(SMALL), INTERNAL)
    [line] = found.base.lines
    both = replace(found, base=replace(found.base, lines=(line, replace(line, id="l2", name="Another line", origin="a map"))))
    told = [each["properties"] for each in map_data(both, str)["lines"]["features"]]
    assert [(each["letter"], each["name"], each["origin"], each["dashes"] or None) for each in told] == list(lines_drawn(both))
    assert told[1]["dash"] == [4.67, 2.67]


def test_what_claims_without_an_incident_name_is_drawn_too() -> None:
    found = edition(SMALL)
    loose = replace(found, incidents=(), claims=tuple(replace(card, incident="") for card in found.claims))
    assert [each["loose"] for each in shown(loose)["places"] if each["name"] == "Amberley"] == [3]


# --- both sides alike ---------------------------------------------------------------------------------------------


def exchanged(bundle: Bundle) -> Bundle:
    other = {"VE": "OR", "OR": "VE"}
    return replace(
        bundle,
        papers=tuple(
            replace(paper, told=tuple(replace(told, side=other.get(told.side, told.side)) for told in paper.told))
            for paper in bundle.papers
        ),
    )


def ordered(value: Any) -> Any:
    """Lists of sides in one order, whichever code comes first."""
    if isinstance(value, dict):
        return {key: sorted(each) if key in ("by", "versions") else ordered(each) for key, each in value.items()}
    return [ordered(each) for each in value] if isinstance(value, list) else value


@given(bundles())
def test_exchanging_the_parties_exchanges_the_parties_and_nothing_else(bundle: Bundle) -> None:
    one, two = (ordered(shown(edition(each))) for each in (bundle, exchanged(bundle)))
    two["parties"], one["parties"] = [], []
    swapped = re.sub(r'"(VE|OR)"', lambda code: '"OR"' if code[1] == "VE" else '"VE"', json.dumps(one, sort_keys=True))
    assert ordered(json.loads(swapped)) == two


# --- a window of time ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "begins", "ends", "inside"),
    [
        ("2031-05-17", "2031-05-17", "2031-05-17T00:00", "2031-05-17T24:00", True),
        ("2031-05-18", "", "2031-05-17T00:00", "2031-05-17T24:00", False),
        ("", "2031-05-16", "2031-05-17T00:00", "2031-05-17T24:00", False),
        ("2031-05-17T02:00", "2031-05-19", "2031-05-17T01:10", "2031-05-17T01:50", False),
        ("2031-05-17T02:00", "2031-05-19", "2031-05-17T01:10", "2031-05-17T02:30", True),
        ("2031-05-17T02:00", "2031-05-17T03:00", "2031-05-17T02:00", "2031-05-17T02:00", True),
        ("2031-05-17T02:00", "2031-05-17T03:00", "2031-05-17T03:00", "2031-05-17T03:00", False),
        ("2031-05-17", "2031-05-17", "2031-05-01T00:00", "2031-05-31T24:00", True),
        ("2031-05-17", "2031-05-17", "", "", True),
    ],
)
def test_what_may_lie_in_the_window_is_in_it(since: str, until: str, begins: str, ends: str, inside: bool) -> None:
    assert window_asked(since, until).holds(begins, ends) is inside


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        ("2031-05-19", "2031-05-17", "window_reversed"),
        ("2031-05-17T05:00", "2031-05-17T04:00", "window_reversed"),
        ("2031-02-30", "", "filter_malformed"),
        ("", "2031-05-17T25:00", "filter_malformed"),
        ("2031-05-17T05:00+04:00", "", "filter_malformed"),
        ("yesterday", "", "filter_malformed"),
    ],
)
def test_a_window_that_is_none_is_refused(since: str, until: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        window_asked(since, until)
    assert refused.value.code == code


@given(bundles(), st.sampled_from(["", "2031-05-17", "2031-05-29"]), st.sampled_from(["", "2031-05-17", "2031-05-30T12:00"]))
def test_the_list_has_each_incident_once_whatever_the_window(bundle: Bundle, since: str, until: str) -> None:
    if since and until and since > until:
        since = ""
    data = shown(edition(bundle))
    lists = listed_in(data, window_asked(since, until))
    assert sorted(each["id"] for part in lists.values() for each in part) == sorted(each["id"] for each in data["incidents"])
    assert all(not each["begins"] for each in lists["undated"])


def test_an_edition_that_redact_has_not_seen_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        map_data(edition(SMALL), str)
    assert refused.value.code == "edition_not_redacted"


def test_a_public_edition_shows_no_place_that_redact_took_out() -> None:
    found = redact(edition(SMALL), PUBLIC)
    known = {located.name for card in found.claims for located in card.claim.where}
    data = map_data(found, str)
    assert {each["name"] for each in (*data["places"], *data["rough"])} <= known


def test_marks_that_turn_the_direction_of_words_are_dropped_from_names() -> None:
    turned = moved(edition(SMALL), name="Amber\u202eley", place="")
    assert "Amberley" in {each["name"] for each in shown(turned)["places"]}
    assert "\u202e" not in json.dumps(shown(turned), ensure_ascii=False)

"""People harmed: from words to figures, as ranges, with what is not said left open; and whose people they are in a claim."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extract.reading import NEUTRAL, OTHER, PEOPLE, VE_MOD, claims, only, steps

Figure = tuple[str, str, str, int | None, int | None]


def figures(text: str) -> list[Figure]:
    found = [h.figure for h in steps(text).harms()]
    return [(f.outcome, f.party, f.group, f.min, f.max) for f in found]


def killed(low: int | None, high: int | None, group: str = "military", party: str = "") -> Figure:
    return ("killed", party, group, low, high)


def wounded(low: int | None, high: int | None, group: str = "military", party: str = "") -> Figure:
    return ("wounded", party, group, low, high)


# --- how many -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two soldiers were killed.", [killed(2, 2)]),
        ("A soldier was killed.", [killed(1, 1)]),
        ("Soldiers were killed.", [killed(2, None)]),
        ("Between three and five soldiers were wounded.", [wounded(3, 5)]),
        ("At least 8 soldiers died.", [killed(8, None)]),
        ("Up to 10 soldiers were injured.", [wounded(0, 10)]),
        ("Dozens of civilians were injured.", [wounded(24, None, "civilian")]),
        ("The killing of three shepherds shook Hollin.", [killed(3, 3, "civilian")]),
        ("The mine killed two farmers and wounded a boy.", [killed(2, 2, "civilian"), wounded(1, 1, "civilian")]),
        ("A farmer lost a leg.", [wounded(1, 1, "civilian")]),
        ("A woman, 40, was wounded.", [wounded(1, 1, "civilian")]),
        ("Four people were wounded.", [wounded(4, 4, "unspecified")]),
        ("Three dead, two wounded.", [killed(3, 3, "unspecified"), wounded(2, 2, "unspecified")]),
        ("Three soldiers went missing.", [("missing", "", "military", 3, 3)]),
        ("Five soldiers were captured.", [("detained", "", "military", 5, 5)]),
    ],
)
def test_how_many(text: str, expected: list[Figure]) -> None:
    assert figures(text) == expected


@given(st.integers(2, 900), st.sampled_from(["soldiers", "civilians"]), st.sampled_from([("killed", "killed"), ("wounded", "wounded")]))
def test_any_number_is_kept(number: int, people: str, words: tuple[str, str]) -> None:
    group = {"soldiers": "military", "civilians": "civilian"}[people]
    assert figures(f"{number} {people} were {words[0]}.") == [(words[1], "", group, number, number)]


@given(st.integers(2, 400), st.integers(1, 400))
def test_a_range_stays_a_range(low: int, more: int) -> None:
    assert figures(f"Between {low} and {low + more} soldiers were killed.") == [killed(low, low + more)]


@pytest.mark.parametrize(
    "text", ["No casualties were reported.", "There were no casualties.", "Nobody was hurt.", "There were no victims."]
)
def test_none_is_zero(text: str) -> None:
    assert [(f[0], f[3], f[4]) for f in figures(text)] == [("killed", 0, 0), ("wounded", 0, 0)]


@pytest.mark.parametrize(
    "text",
    ["Ten sheep were killed.", "There are no figures of killed.", "They came to a dead end.", "Two barns burned.", "The killing must end."],
)
def test_no_figure_where_no_people_are_harmed(text: str) -> None:
    assert figures(text) == []


def test_losses_are_at_least_none_with_no_bound() -> None:
    assert figures("Orsayan forces suffered losses.") == [killed(0, None, party="OR"), wounded(0, None, party="OR")]


@pytest.mark.parametrize("text", ["The death toll rose to 14.", "The number of dead rose to 14."])
def test_a_toll_is_the_number_behind_to(text: str) -> None:
    assert figures(text) == [killed(14, 14, "unspecified")]


def test_one_of_the_two_is_one() -> None:
    assert figures("One of the two soldiers was killed.") == [killed(1, 1)]


def test_people_joined_are_counted_with_each_other() -> None:
    assert figures("Two farmers and six soldiers were killed.") == [killed(2, 2, "civilian"), killed(6, 6)]


def test_a_part_is_not_counted_again() -> None:
    assert figures("Four people, including two children, were wounded.") == [wounded(4, 4, "unspecified")]


def test_earlier_wounds_are_no_wounds_of_now() -> None:
    assert figures("The soldier who was wounded on the 17th has died.") == [killed(1, 1)]
    assert figures("The soldier who was wounded on the 17th is home.") == [wounded(1, 1)]


def test_ages_and_years_are_no_counts() -> None:
    assert figures("A soldier, 23, was killed.") == [killed(1, 1)]
    assert figures("Two soldiers were killed on 18 May 2031.") == [killed(2, 2)]


def test_the_words_of_a_figure_stand_in_the_text() -> None:
    text = "At dawn two soldiers were killed and up to 10 farmers injured."
    assert [text[h.figure.start : h.figure.end] for h in steps(text).harms()] == ["two soldiers were killed", "up to 10 farmers injured"]


# --- whose --------------------------------------------------------------------------------------------------------

BOTH_SIDES = pytest.mark.parametrize("code", ["VE", "OR"])


@BOTH_SIDES
@pytest.mark.parametrize(
    "text",
    [
        "Two {A} soldiers were killed.",
        "Two soldiers of the {A} army were killed.",
        "Two soldiers were killed on the {A} side.",
        "{B} forces killed two {A} soldiers.",
        "Two {A} soldiers were killed by {B} soldiers.",
        "The killing of two {A} soldiers.",
    ],
)
def test_the_party_at_the_people(code: str, text: str) -> None:
    assert figures(text.format(A=PEOPLE[code], B=PEOPLE[OTHER[code]])) == [killed(2, 2, party=code)]


def in_claim(text: str, publisher: str = NEUTRAL) -> list[Figure]:
    (claim,) = claims(text, publisher)
    return [(f.outcome, f.party, f.group, f.min, f.max) for f in claim.casualties]


@BOTH_SIDES
def test_harm_in_an_act_is_the_targets(code: str) -> None:
    text = f"{PEOPLE[code]} forces shelled {PEOPLE[OTHER[code]]} posts, killing two soldiers."
    assert in_claim(text) == [killed(2, 2, party=OTHER[code])]


def test_harm_without_a_party_is_unknown() -> None:
    claim = only("Two people were wounded near Tammen.")
    assert (claim.kind, claim.initiator, claim.casualties[0].party) == ("casualty", "none", "unknown")


def test_a_ministry_counts_its_own_soldiers() -> None:
    assert in_claim("Two soldiers were killed near Tammen.", VE_MOD) == [killed(2, 2, party="VE")]


@BOTH_SIDES
def test_how_many_were_taken(code: str) -> None:
    text = f"{PEOPLE[code]} soldiers detained {{}} {PEOPLE[OTHER[code]]} shepherd{{}}."
    for number, plural, low, high in (("three", "s", 3, 3), ("a", "", 1, 1), ("some", "s", 2, None)):
        assert in_claim(text.format(number, plural)) == [("detained", OTHER[code], "civilian", low, high)]


def test_a_denial_counts_nobody_taken() -> None:
    claim = only("The Orsayan army denied that Orsayan soldiers detained three Veldarian shepherds.")
    assert (claim.kind, claim.stance) == ("detention", "denies")


def test_harm_without_an_act_is_a_claim_of_its_own() -> None:
    claim = only("Two Veldarian soldiers were killed and three wounded on 18 May.")
    assert claim.kind == "casualty"
    assert (claim.target.party, claim.target.what) == ("VE", "military_personnel")
    assert [(f.outcome, f.min, f.max) for f in claim.casualties] == [("killed", 2, 2), ("wounded", 3, 3)]

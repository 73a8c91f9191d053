"""A model's reading beside that of the rules: it adds, and takes nothing away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.extract.beside import beside, unblocked
from merestone.extract.model_address import check_address, is_here
from merestone.extract.terms import Proposal, Reading, Target, When
from merestone.ledger.terms import Refusal

KINDS = ("shelling", "theft", "small_arms_fire")


def claim(start: int, end: int, kind: str, rule: str = "model", initiator: str = "VE") -> Proposal:
    nothing = When("", "", "unknown")
    return Proposal(
        0,
        kind,
        start,
        end,
        "",
        (),
        "done",
        "asserts",
        initiator,
        Target("unknown", "none"),
        nothing,
        (),
        (),
        (),
        (),
        True,
        (),
        rule,
        1.0,
        (),
        (),
    )


def reading(*claims: Proposal, rules: str = "en 1a2b3c4d") -> Reading:
    return Reading("EXH", "en", rules, tuple(replace(each, id=n) for n, each in enumerate(claims, 1)), (), (), (), (), (), ())


spans = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))
claims_by = lambda rule: st.lists(st.builds(lambda span, kind: claim(*span, kind, rule), spans, st.sampled_from(KINDS)), max_size=5)  # noqa: E731


@given(claims_by("en.fire.1"), claims_by("model"))
def test_no_answer_takes_anything_away_and_every_claim_has_its_number(ours: list[Proposal], theirs: list[Proposal]) -> None:
    whole, dropped = beside(reading(*ours), reading(*theirs), "en 1a2b3c4d model 7")
    kept = [replace(each, id=0) for each in whole.claims]
    assert all(each in kept for each in ours)
    assert len(kept) + len(dropped) == len(ours) + len(theirs)
    assert [each.id for each in whole.claims] == list(range(1, len(kept) + 1))
    assert whole.rules == "en 1a2b3c4d model 7"


def test_what_the_model_says_otherwise_is_told() -> None:
    whole, (dropped,) = beside(reading(claim(0, 9, "theft", "en.1", "unknown")), reading(claim(4, 12, "theft")), "x model 1")
    assert [each.rule for each in whole.claims] == ["en.1"]
    assert dropped.why == "the rules read it at 0–9 with initiator unknown, which the model says is VE"


def test_claims_that_touch_are_two() -> None:
    whole, dropped = beside(reading(claim(0, 9, "theft", "en.1")), reading(claim(9, 12, "theft")), "x model 1")
    assert (len(whole.claims), dropped) == (2, ())


def test_blocks_are_opened_where_they_stand_once() -> None:
    text, blocked = "Anna Velska spoke. Mia spoke. Eva spoke.", "████ ██████ spoke. ███ spoke. ███ spoke."
    told = {"quote": "████ ██████ spoke", "said_by": [{"words": "███ spoke"}], "n": 3, "none": None, "": "no"}
    (found,) = unblocked([told], blocked, text, "█")
    assert found == {"quote": "Anna Velska spoke", "said_by": [{"words": "███ spoke"}], "n": 3, "none": None, "": "no"}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.255.0.9", "::1", "localhost"])
def test_this_machine_by_its_usual_names(host: str) -> None:
    assert is_here(host)


@pytest.mark.parametrize("host", ["127.1", "0x7f000001", "2130706433", "0.0.0.0", "::", "localhost.", "10.0.0.1", "::ffff:10.0.0.1", ""])
def test_nothing_else_is_this_machine(host: str) -> None:
    assert not is_here(host)


@given(st.text(max_size=60))
def test_no_address_is_taken_that_holds_a_password_or_goes_in_the_clear(given_url: str) -> None:
    for url in (given_url, f"http://{given_url}", f"https://{given_url}"):
        try:
            check_address(url)
        except Refusal:
            continue
        assert url.lower().startswith(("https://", "http://127.", "http://[::1]", "http://localhost"))
        assert "@" not in url.partition("//")[2].partition("/")[0]


def test_an_answer_nested_without_end_is_looked_into_so_far_and_no_farther() -> None:
    deep: object = "████"
    for _ in range(900):
        deep = [deep]
    (found,) = unblocked([deep], "████", "Anna", "█")
    while isinstance(found, list):
        found = found[0]
    assert found == "████"

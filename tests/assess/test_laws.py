"""What no text can do to a grade: who began, boasts, losses, lookalikes; each law for both parties."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merestone.assess.ladder import CONCEDES
from merestone.extract.terms import OWN, Speaker
from merestone.link import Ref
from tests.assess.test_grade import cases, graded, height, made, only, told
from tests.link.telling import LAMP, OR_MOD, VE_MOD, WIRE, hurt

OFFICIALS = {"VE": VE_MOD, "OR": OR_MOD}
OTHER = {"VE": "OR", "OR": "VE"}
parties = st.sampled_from(("VE", "OR"))
FEW = settings(max_examples=30)


@FEW
@given(cases, st.lists(st.sampled_from(("VE", "OR", "none", "unknown")), min_size=5, max_size=5))
def test_who_is_blamed_changes_no_grade(case: list[dict[str, object]], blamed: list[str]) -> None:
    plain = [{**each, "stance": "asserts" if each["stance"] == "admits" else each["stance"]} for each in case]
    turned = [{**each, "blames": code} for each, code in zip(plain, blamed, strict=False)]
    assert graded(made(plain)) == graded(made(turned))


@FEW
@given(cases, parties, st.sampled_from(("asserts", "admits")), st.integers(1, 9))
def test_own_losses_never_say_who_caused_them(case: list[dict[str, object]], party: str, stance: str, count: int) -> None:
    lost = told(
        5, OFFICIALS[party], kind="casualty", stance=stance, blames=party, harms=party, casualties=(hurt("killed", count, party=party),)
    )
    assert (graded([*made(case), lost]) == "acknowledged") == (graded(made(case)) == "acknowledged")


@pytest.mark.parametrize("party", ["VE", "OR"])
def test_a_boast_acknowledges_the_act_and_never_the_figure(party: str) -> None:
    other = OTHER[party]
    boast = told(0, OFFICIALS[party], blames=party, harms=other, stance="admits", casualties=(hurt("killed", 40, party=other),))
    found = only([boast, told(1, OFFICIALS[other], blames=party, harms=other, casualties=(hurt("killed", 2, party=other),))])
    assert found.grade == "acknowledged"
    reason = next(each for each in found.reasons if each.supports)
    assert CONCEDES in reason.text
    assert "40" not in reason.text
    assert (found.figures[0].min, found.figures[0].max) == (2, 40)
    assert "how_many" in {each.point for each in found.contested}


@FEW
@given(cases)
def test_refuted_and_unverifiable_are_nothing_that_a_text_can_bring(case: list[dict[str, object]]) -> None:
    assert graded(made(case)) not in ("refuted", "unverifiable", "observed")
    assert only(made(case[:1])).state == "proposed"


@FEW
@given(cases, st.sampled_from((WIRE, LAMP)))
def test_an_outlets_own_correspondent_adds_one_voice_and_not_two(case: list[dict[str, object]], outlet: Speaker) -> None:
    reporter = Speaker(OWN, "media", "unknown", False, 0, 0)
    once = [*made(case), told(5, reporter, publisher=outlet.name)]
    twice = [*once, replace_claim(told(4, outlet, publisher=outlet.name), "zz")]
    assert height(graded(once)) >= height(graded(made(case)))
    assert graded(twice) == graded(once) or outlet.name in {each["by"].name for each in case}  # type: ignore[attr-defined]


def replace_claim(dossier: object, name: str) -> object:
    return replace(dossier, reading=replace(dossier.reading, id=name))  # type: ignore[type-var,attr-defined]


def test_an_outlet_that_tells_what_a_ministry_says_and_heads_it_itself_is_no_second_voice() -> None:
    """The commonest way to make two voices of one: the headline and the lead are in nobody's name."""
    first = told(0, VE_MOD, blames="OR", harms="VE")
    story = told(2, WIRE, chain=(WIRE, VE_MOD), blames="OR", harms="VE")
    lead = replace(told(3, WIRE).reading.claims[0], id=2, start=0, end=10)
    story = replace(story, reading=replace(story.reading, claims=(*story.reading.claims, lead)))
    assert only([first, story]).grade == "reported"
    heard = replace(lead, said_by=(Speaker(OWN, "media", "unknown", False, 0, 0),))
    story = replace(story, reading=replace(story.reading, claims=(story.reading.claims[0], heard)))
    found = only([first, story])
    assert (found.grade, found.reasons[-1].claims or found.reasons[2].claims) == (
        "corroborated",
        (Ref("d0", 1), Ref("d2", 1), Ref("d2", 2)),
    )

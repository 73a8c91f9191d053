"""The ladder rung by rung, what is contested, how figures are kept, and the laws that no input may break."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.assess import GRADES, Assessment, assess
from merestone.capture.terms import Pack
from merestone.extract.terms import Proposal, Speaker, Target
from merestone.link import Dossier, Ref, group
from tests.link.telling import (
    ADVOCATES,
    ALLY,
    LAMP,
    OR_MOD,
    PACK,
    RESIDENT,
    VE_MOD,
    WIRE,
    at,
    changed,
    claim,
    conflict,
    dossier,
    hurt,
    on,
)  # fmt: skip

WORDINGS = (
    "posts by the river were shot at with rifles",
    "there was firing toward the bank for an hour",
    "we heard bursts close to the upper village",
    "an exchange broke out beside the crossing",
    "bullets struck earthworks at the ford",
    "machine guns were used against trenches tonight",
)


def told(number: int, by: Speaker, **more: object) -> Dossier:
    """One text with one claim about one exchange, in words of its own."""
    publisher = str(more.pop("publisher", by.name))
    published = str(more.pop("published", "2031-05-17"))
    when = more.pop("when", on("2031-05-17T02:40"))
    where = more.pop("where", at("Upper Brask"))
    one = claim(WORDINGS[number], when, where, by=more.pop("chain", by), **more)  # type: ignore[arg-type]
    return dossier(f"d{number}", [one], published=published, publisher=publisher)


def only(dossiers: Sequence[Dossier], pack: Pack = PACK) -> Assessment:
    found = assess(group(dossiers, pack=pack), dossiers, pack)
    assert len(found) == 1
    return found[0]


BLAMES_OR = told(0, VE_MOD, blames="OR", harms="VE")
BLAMES_VE = told(1, OR_MOD, blames="VE", harms="OR")
FREE = told(2, WIRE, blames="none", harms="both")


@pytest.mark.parametrize(
    ("dossiers", "grade"),
    [
        ([BLAMES_OR], "reported"),
        ([FREE], "reported"),
        ([BLAMES_OR, told(3, ADVOCATES, blames="OR", harms="VE")], "reported"),
        ([BLAMES_OR, told(3, ALLY)], "reported"),
        ([BLAMES_OR, told(3, replace(WIRE, name="An Outlet", affiliation="unknown"))], "reported"),
        ([BLAMES_OR, told(3, RESIDENT, publisher=ADVOCATES.name)], "reported"),
        ([BLAMES_OR, told(3, WIRE, chain=(WIRE, VE_MOD))], "reported"),
        ([BLAMES_OR, BLAMES_VE], "reported by both"),
        ([told(3, replace(LAMP, name="Joint Commission", affiliation="both"))], "reported by both"),
        ([BLAMES_OR, FREE], "corroborated"),
        ([FREE, told(3, LAMP)], "corroborated"),
        ([FREE, told(3, ALLY)], "corroborated"),
        ([BLAMES_OR, BLAMES_VE, FREE], "corroborated"),
        ([BLAMES_OR, told(3, OR_MOD, blames="OR", harms="VE", stance="admits")], "acknowledged"),
        ([told(3, WIRE, chain=(WIRE, OR_MOD), blames="OR", harms="VE", stance="admits")], "acknowledged"),
    ],
)
def test_the_ladder(dossiers: list[Dossier], grade: str) -> None:
    found = only(dossiers)
    assert found.grade == grade
    assert [each.number for each in found.reasons] == list(range(1, len(found.reasons) + 1))
    reached = [each for each in found.reasons if each.supports]
    assert reached
    assert all(each.claims for each in reached)
    assert found.state == "proposed"


@pytest.mark.parametrize(
    "more",
    [
        {"by": replace(OR_MOD, official=False)},
        {"by": VE_MOD},
        {"by": OR_MOD, "blames": "VE"},
        {"by": OR_MOD, "harms": "OR", "kind": "casualty"},
        {"by": OR_MOD, "stance": "asserts"},
        {"by": replace(OR_MOD, received=False), "publisher": WIRE.name},
        {"by": OR_MOD, "publisher": ADVOCATES.name},
        {"by": OR_MOD, "chain": (VE_MOD, OR_MOD)},
        {"by": replace(OR_MOD, affiliation="none")},
    ],
)
def test_what_does_not_acknowledge(more: dict[str, object]) -> None:
    given_claim = {"blames": "OR", "harms": "VE", "stance": "admits", **more}
    by = given_claim.pop("by")
    assert only([told(3, by, **given_claim)]).grade != "acknowledged"  # type: ignore[arg-type]


def test_a_cited_document_that_is_not_here_is_no_voice() -> None:
    cited = told(3, WIRE, chain=(WIRE, replace(LAMP, received=False)))
    found = only([BLAMES_OR, cited])
    assert found.grade == "reported"
    assert any("Cited, not received" in each.text and each.claims == (Ref("d3", 1),) for each in found.reasons)
    repeated_by_its_own_side = told(3, ADVOCATES, chain=(ADVOCATES, replace(VE_MOD, received=False)), blames="OR")
    assert only([repeated_by_its_own_side, FREE]).grade == "corroborated"


def test_a_denial_is_no_report_and_contests() -> None:
    found = only([BLAMES_OR, told(1, OR_MOD, blames="OR", harms="VE", stance="denies")])
    assert found.grade == "reported"
    that = next(each for each in found.contested if each.point == "that")
    assert [(each.voice, each.says.split(" (")[0]) for each in that.versions] == [
        ("Veldar", "says that it happened"),
        ("Orsay", "denies it"),
    ]
    alone = only([told(1, OR_MOD, blames="OR", harms="VE", stance="denies")])
    assert (alone.grade, [each.point for each in alone.contested]) == ("reported", ["that"])


def test_quiet_does_not_corroborate_fire() -> None:
    quiet = told(3, LAMP, kind="calm", when=on("2031-05-17"))
    assert only([told(0, VE_MOD, when=on("2031-05-17")), quiet]).grade == "reported"


def test_who_began_is_contested_and_never_graded() -> None:
    found = only([BLAMES_OR, BLAMES_VE])
    who = next(each for each in found.contested if each.point == "who")
    assert [(each.voice, each.says, each.claims) for each in who.versions] == [
        ("Veldar", "names Orsay", (Ref("d0", 1),)), ("Orsay", "names Veldar", (Ref("d1", 1),)),
    ]  # fmt: skip
    assert found.versions == (("VE", (Ref("d0", 1),)), ("OR", (Ref("d1", 1),)))
    assert "who" not in {each.point for each in only([BLAMES_OR, told(3, LAMP, blames="OR")]).contested}


def test_clocks_and_places_are_contested_beyond_their_slack() -> None:
    late = told(1, OR_MOD, when=on("2031-05-17T04:30"), where=at("Alta Vauride"))
    assert [each.point for each in only([BLAMES_OR, late]).contested] == ["when"]
    near = told(1, OR_MOD, when=on("2031-05-17T03:20"), where=at("Alta Vauride"))
    assert only([BLAMES_OR, near]).contested == ()


# --- figures ------------------------------------------------------------------------------------------------------


def test_figures_keep_range_voice_and_group() -> None:
    found = only([
        told(0, VE_MOD, casualties=(hurt("killed", 3), hurt("wounded", 2, group="unspecified"))),
        told(1, OR_MOD, casualties=(hurt("killed", 5, most=7), hurt("killed", 0, party="OR", most=0))),
        told(2, WIRE, casualties=(hurt("killed", 4, group="civilian"),)),
    ])  # fmt: skip
    figures = {(each.outcome, each.party, each.group): (each.min, each.max) for each in found.figures}
    assert figures == {
        ("killed", "VE", "military"): (3, 7), ("killed", "VE", "civilian"): (4, 4),
        ("killed", "OR", "military"): (0, 0), ("wounded", "VE", "unspecified"): (2, 2),
    }  # fmt: skip
    assert found.figures[0].voices == (("Veldar", 3, 3, (Ref("d0", 1),)), ("Orsay", 5, 7, (Ref("d1", 1),)))
    counted = next(each for each in found.contested if each.point == "how_many")
    assert [each.says for each in counted.versions] == ["3 killed military of Veldar", "5 to 7 killed military of Veldar"]


def test_an_open_end_stays_open() -> None:
    found = only([told(0, VE_MOD, casualties=(hurt("killed", 3),)), told(1, OR_MOD, casualties=(hurt("killed", 1, most=None),))])
    assert (found.figures[0].min, found.figures[0].max) == (1, None)
    found = only([told(0, VE_MOD, casualties=(hurt("killed", None, most=10),))])
    assert (found.figures[0].min, found.figures[0].max) == (None, 10)


def test_the_latest_word_of_a_voice_counts_and_a_copy_is_no_later_word() -> None:
    first = told(0, VE_MOD, casualties=(hurt("wounded", 4),), published="2031-05-17T06:00")
    update = told(1, VE_MOD, casualties=(hurt("wounded", 5),), published="2031-05-17T12:00")
    copy = replace(first, reading=replace(first.reading, id="copy"), published="2031-05-19", publisher=WIRE.name)
    found = only([first, update, copy])
    assert found.figures[0].voices == (("Veldar", 5, 5, (Ref("d1", 1),)),)
    undated = replace(update, published="2031-05-17")
    assert only([first, undated]).figures[0].voices[0][1:3] == (4, 5)


# --- laws ---------------------------------------------------------------------------------------------------------

SPEAKERS = (
    VE_MOD,
    OR_MOD,
    WIRE,
    LAMP,
    ALLY,
    RESIDENT,
    ADVOCATES,
    replace(OR_MOD, official=False),
    replace(WIRE, name="An Outlet", affiliation="unknown"),
)
claims = st.fixed_dictionaries({
    "by": st.sampled_from(SPEAKERS), "blames": st.sampled_from(("VE", "OR", "none", "unknown")), "harms": st.sampled_from(("VE", "OR", "both")),
    "stance": st.sampled_from(("asserts", "denies", "admits")), "kind": st.sampled_from(("small_arms_fire", "shelling", "armed_clash")),
})  # fmt: skip
cases = st.lists(claims, min_size=1, max_size=5)


def made(case: Sequence[dict[str, object]]) -> list[Dossier]:
    return [told(n, **dict(each)) for n, each in enumerate(case)]  # type: ignore[arg-type]


def height(grade: str) -> int:
    return -GRADES.index(grade)


def graded(dossiers: Sequence[Dossier]) -> str:
    """The grade of the incident that holds the first text's claim."""
    ref = Ref("d0", 1)
    linked = group(dossiers, pack=PACK)
    home = next(each.id for each in linked.incidents if ref in each.claims)
    return next(each.grade for each in assess(linked, dossiers, PACK) if each.incident == home)


@given(cases, st.data())
def test_another_copy_never_raises_a_grade(case: list[dict[str, object]], data: st.DataObject) -> None:
    dossiers = made(case)
    source = data.draw(st.sampled_from(dossiers))
    publisher = data.draw(st.sampled_from((WIRE.name, LAMP.name, "somebody new", "")))
    later = data.draw(st.sampled_from(("2031-05-17", "2031-05-18", "")))
    speaker = data.draw(st.sampled_from(((), (WIRE,), (LAMP,))))
    copied = replace(
        source, reading=replace(source.reading, id="zz", claims=tuple(replace(each, said_by=speaker) for each in source.reading.claims))
    )
    assert height(graded([*dossiers, replace(copied, published=later, publisher=publisher)])) <= height(graded(dossiers))


@given(cases, st.sampled_from(("small_arms_fire", "shelling", "armed_clash")))
def test_another_independent_voice_never_lowers_a_grade(case: list[dict[str, object]], kind: str) -> None:
    dossiers = made(case)
    fresh = told(5, replace(LAMP, name="Fresh Eyes"), kind=kind, blames="unknown")
    assert height(graded([*dossiers, fresh])) >= height(graded(dossiers))


@given(cases, claims)
def test_nobody_else_raises_to_acknowledged(case: list[dict[str, object]], extra: dict[str, object]) -> None:
    dossiers = made(case)
    speaker = extra["by"]
    assert isinstance(speaker, Speaker)
    added = told(5, **extra)  # type: ignore[arg-type]
    if speaker.official and speaker.affiliation == extra["blames"]:
        return
    assert (graded([*dossiers, added]) == "acknowledged") == (graded(dossiers) == "acknowledged")


@given(cases)
def test_no_text_is_an_observation_and_every_grade_is_on_the_ladder(case: list[dict[str, object]]) -> None:
    assert graded(made(case)) in GRADES[1:]


SWAP = {"VE": "OR", "OR": "VE"}


def exchanged(case: Sequence[dict[str, object]]) -> list[Dossier]:
    def other(speaker: Speaker) -> Speaker:
        return replace(speaker, affiliation=SWAP.get(speaker.affiliation, speaker.affiliation))

    def change(_: Ref, one: Proposal) -> Proposal:
        return replace(
            one, initiator=SWAP.get(one.initiator, one.initiator), target=Target(SWAP.get(one.target.party, one.target.party), one.target.what),
            said_by=tuple(other(each) for each in one.said_by),
            casualties=tuple(replace(each, party=SWAP.get(each.party, each.party)) for each in one.casualties),
        )  # fmt: skip

    return changed(made(case), change)


def other_pack() -> Pack:
    parties = tuple(replace(each, code=SWAP.get(each.code, each.code)) for each in PACK.parties)
    sources = tuple(
        replace(
            each,
            affiliation=SWAP.get(each.affiliation, each.affiliation),
            aligned_with=SWAP.get(each.aligned_with or "", each.aligned_with),
        )
        for each in PACK.sources
    )
    return replace(PACK, parties=parties, sources=sources)


def swapped_codes(found: Sequence[Assessment]) -> list[Assessment]:
    return [
        replace(
            each,
            versions=tuple((SWAP.get(code, code), claims_) for code, claims_ in each.versions),
            figures=tuple(replace(figure, party=SWAP.get(figure.party, figure.party)) for figure in each.figures),
        )
        for each in found
    ]


@given(cases)
def test_exchanging_the_parties_exchanges_nothing_else(case: list[dict[str, object]]) -> None:
    """The codes change hands and the names go with them, so that every sentence stays as it was."""
    case = [{**each, "casualties": (hurt("wounded", n + 1, party=str(each["harms"])),)} for n, each in enumerate(case)]
    plain, other = made(case), exchanged(case)
    before, after = assess(group(plain, pack=PACK), plain, PACK), assess(group(other, pack=other_pack()), other, other_pack())
    assert swapped_codes(after) == list(before)


@given(cases, st.integers(0, 1000))
def test_the_order_changes_nothing(case: list[dict[str, object]], seed: int) -> None:
    dossiers = made(case)
    shuffled = list(dossiers)
    random.Random(seed).shuffle(shuffled)
    assert assess(group(shuffled, pack=PACK), shuffled, PACK) == assess(group(dossiers, pack=PACK), dossiers, PACK)


@pytest.mark.parametrize("seed", range(3))
def test_patterns_get_no_grade_and_each_incident_one(seed: int) -> None:
    repeated = dossier("often", [claim("they shoot at villages time and again", on("", "", "unknown"), repeated=True, by=WIRE)])
    dossiers = [*conflict(seed).dossiers, repeated]
    linked = group(dossiers, pack=PACK)
    assert linked.patterns
    assert [each.incident for each in assess(linked, dossiers, PACK)] == [each.id for each in linked.incidents]


def test_kinds_are_told_in_words_and_not_by_their_codes() -> None:
    found = only([told(0, VE_MOD), told(1, OR_MOD, stance="denies"), told(2, OR_MOD)])
    assert any(reason.text.endswith(" denies small-arms fire.") for reason in found.reasons)
    assert not any("small arms" in str(part) for part in (found.reasons, found.contested))

"""Passages with exact spans, copies, and who repeats whom."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.extract.terms import Proposal, Speaker
from merestone.link import Dossier, Ref, Voice, group, passages
from merestone.link.passages import WORDS
from merestone.link.told import words_of
from tests.link.telling import (
    ADVOCATES,
    LAMP,
    OR_MOD,
    PACK,
    RESIDENT,
    VE_MOD,
    WIRE,
    at,
    claim,
    conflict,
    dossier,
    hurt,
    incident_of,
    on,
)  # fmt: skip

REPORT = "units on the far bank opened fire with machine guns on two posts near the upper village and kept it up for an hour"


OWN_REPORTER = Speaker("own correspondent in Upper Brask", "media", "unknown", False, 0, 0)


def fired(quote: str = REPORT, **more: object) -> Proposal:
    return claim(quote, on("2031-05-17T02:40"), at("Upper Brask"), **more)


def voice_of(voices: tuple[Voice, ...], document: str, number: int = 1) -> Voice:
    return next(each for each in voices if Ref(document, number) in each.claims)


def voices(*dossiers: Dossier) -> tuple[Voice, ...]:
    return group(dossiers, pack=PACK).voices


# --- passages -----------------------------------------------------------------------------------------------------


def words(dice: random.Random, count: int, tag: str) -> list[str]:
    return [f"{tag}{dice.randrange(10**6)}" for _ in range(count)]


def text_of(name: str, told: list[str], published: str) -> Dossier:
    return replace(dossier(name, [], published=published), text=f"{name}: " + ", ".join(told) + "\n")


@given(st.integers(0, 10_000), st.integers(5, 40), st.integers(0, 9), st.integers(0, 9))
def test_a_planted_passage_is_found_with_exact_spans_and_its_earliest_holder(seed: int, length: int, before: int, after: int) -> None:
    dice = random.Random(seed)
    shared = words(dice, length, "s")
    first = text_of("zz-first", words(dice, before, "a") + shared + words(dice, 7, "b"), "2031-05-17T08:00")
    later = text_of("aa-later", words(dice, after, "c") + shared + words(dice, 3, "d"), "2031-05-17T09:00")
    third = text_of("mm-third", words(dice, 2, "e") + shared, "")
    found = passages([later, third, first])
    if length < WORDS:
        assert found == ()
        return
    assert {(each.earlier, each.later) for each in found} == {("zz-first", "aa-later"), ("zz-first", "mm-third")}
    for each in found:
        theirs = first.text[each.start : each.end]
        ours = (later if each.later == "aa-later" else third).text[each.later_start : each.later_end]
        assert words_of(theirs) == words_of(ours) == tuple(shared)
        assert (theirs[0], theirs[-1]) == (shared[0][0], shared[-1][-1])


def test_letter_case_and_signs_between_words_do_not_hide_a_passage() -> None:
    first = replace(dossier("a", [], published="2031-05-17"), text=REPORT)
    later = replace(dossier("b", [], published="2031-05-18"), text="He wrote: " + REPORT.upper().replace(" NEAR ", " – near, "))
    found = passages([first, later])
    assert [(each.start, each.end) for each in found] == [(0, len(REPORT))]


# --- chains -------------------------------------------------------------------------------------------------------


def test_who_repeats_a_ministry_is_the_ministry() -> None:
    told = voices(
        dossier("mod", [fired(by=VE_MOD)], publisher=VE_MOD.name),
        dossier("wire", [fired("according to the ministry there was shooting", by=(WIRE, VE_MOD))], publisher=WIRE.name),
        dossier("forum", [fired("our village heard of firing at posts", by=ADVOCATES)], publisher=ADVOCATES.name),
    )
    assert [(each.id, each.name, each.affiliation) for each in told] == [("V-01", "Veldar", "VE")]
    assert told[0].members == (ADVOCATES.name, WIRE.name, VE_MOD.name)
    edges = {(each.repeater, each.origin, each.how) for each in told[0].edges}
    assert (WIRE.name, VE_MOD.name, "according_to") in edges
    assert (ADVOCATES.name, "Veldar", "speaks_for") in edges
    assert all(each.why.endswith(".") and each.claims for each in told[0].edges)


def test_own_content_is_an_own_voice_and_repeated_content_is_not() -> None:
    told = voices(
        dossier(
            "wire",
            [fired("our correspondent heard shots for an hour", by=OWN_REPORTER), fired("the ministry spoke of shooting", by=VE_MOD)],
            publisher=WIRE.name,
        ),
    )
    assert voice_of(told, "wire", 1).affiliation == "none"
    assert voice_of(told, "wire", 2).affiliation == "VE"


def test_a_resident_heard_by_an_outlet_is_an_own_voice_and_heard_by_a_party_is_that_partys() -> None:
    told = voices(
        dossier("wire", [fired("a woman said that she heard shots", by=RESIDENT)], publisher=WIRE.name),
        dossier("mod", [fired("a man had told us of the shots", by=(VE_MOD, RESIDENT))], publisher=VE_MOD.name),
    )
    assert voice_of(told, "wire").name == RESIDENT.name
    assert voice_of(told, "mod").affiliation == "VE"


def test_one_sides_account_of_what_the_other_said_is_that_sides() -> None:
    told = voices(dossier("forum", [fired("their ministry admits that it fired", by=(ADVOCATES, OR_MOD))], publisher="somebody"))
    assert [each.affiliation for each in told] == ["VE"]


def test_an_outlet_of_one_side_may_quote_the_other() -> None:
    told = voices(dossier("forum", [fired("the ministry over there told of shots", by=OR_MOD)], publisher=ADVOCATES.name))
    assert [each.affiliation for each in told] == ["OR"]


def test_who_quotes_the_other_side_is_no_member_of_its_voice() -> None:
    told = voices(dossier("forum", [fired("the ministry over there told of shots", by=OR_MOD)], publisher=VE_MOD.name))
    assert [(each.affiliation, each.members) for each in told] == [("OR", (OR_MOD.name,))]
    assert (VE_MOD.name, OR_MOD.name, "according_to") in {(each.repeater, each.origin, each.how) for each in told[0].edges}


def test_an_unknown_publisher_is_a_voice_of_its_own_and_unknown() -> None:
    told = voices(dossier("a", [fired("shots were heard at night")]), dossier("b", [fired("it came to shooting there")]))
    assert [(each.name, each.affiliation) for each in told] == [("publisher of a", "unknown"), ("publisher of b", "unknown")]


def test_what_a_neutral_source_is_said_to_say_in_a_text_of_one_side_is_that_sides() -> None:
    quoted = [fired("the forum speaks of shots in the night", by=ADVOCATES), fired("the lamp bearers are said to have heard them", by=LAMP)]
    told = voices(dossier("a", quoted))
    assert [(each.affiliation, each.members) for each in told] == [("VE", (ADVOCATES.name, "publisher of a"))]
    balanced = [*quoted, fired("the other ministry names its own posts", by=OR_MOD)]
    assert voice_of(voices(dossier("a", balanced)), "a", 2).affiliation == "none"


# --- copies -------------------------------------------------------------------------------------------------------


def test_a_reprint_has_the_voice_and_the_incident_of_its_origin() -> None:
    origin = dossier("origin", [fired(by=VE_MOD)], published="2031-05-17", publisher=VE_MOD.name)
    reprint = dossier("reprint", [fired()], published="2031-05-18", publisher=WIRE.name)
    linked = group([reprint, origin], pack=PACK)
    assert linked.copy_of == ((Ref("reprint", 1), Ref("origin", 1)),)
    assert len(linked.voices) == 1
    assert incident_of(linked, Ref("reprint", 1)) == incident_of(linked, Ref("origin", 1))
    edge = next(each for each in linked.voices[0].edges if each.how == "reprint")
    assert (edge.repeater, edge.origin) == (WIRE.name, VE_MOD.name)


def test_copies_of_copies_lead_to_the_root() -> None:
    linked = group([dossier(name, [fired(by=Speaker(name, "media", "none", False, 0, 0))], published=day, publisher=name)
                    for name, day in (("c", "2031-05-19"), ("a", "2031-05-18"), ("b", "2031-05-17"))])  # fmt: skip
    assert linked.copy_of == ((Ref("a", 1), Ref("b", 1)), (Ref("c", 1), Ref("b", 1)))
    assert [each.name for each in linked.voices] == ["b"]


def test_the_same_words_about_another_day_are_no_copy() -> None:
    other = claim(REPORT, on("2031-06-20T02:40"), at("Upper Brask"), by=WIRE)
    linked = group([dossier("a", [fired(by=LAMP)]), dossier("b", [other], published="2031-06-20")])
    assert linked.copy_of == ()
    assert len(linked.incidents) == 2


def test_few_changed_words_and_equal_figures_are_a_copy_and_other_figures_are_not() -> None:
    said = "two soldiers were hurt when posts near the upper village came under fire at night"
    first = dossier("a", [fired(said, by=WIRE, casualties=(hurt("wounded", 2),))], publisher=WIRE.name)
    second = fired(said.replace("upper", "high"), by=LAMP, casualties=(hurt("wounded", 2),))
    assert len(group([first, dossier("b", [second], published="2031-05-18", publisher=LAMP.name)]).voices) == 1
    counted = replace(second, casualties=(hurt("wounded", 3),))
    assert len(group([first, dossier("b", [counted], published="2031-05-18", publisher=LAMP.name)]).voices) == 2


@pytest.mark.parametrize("seed", range(5))
def test_planted_chains_are_found_and_nothing_else(seed: int) -> None:
    """Every text of a synthetic conflict is reprinted by one outlet, in part and a day later."""
    dice = random.Random(seed)
    origins = [each for each in conflict(seed).dossiers if each.reading.claims]
    reprints = []
    for each in origins:
        kept = tuple(one for one in each.reading.claims if dice.random() < 0.7)
        text = each.text if kept == each.reading.claims else " ".join(f"{one.quote}. And so on it goes." for one in kept)
        placed = tuple(replace(one, start=text.index(one.quote), end=text.index(one.quote) + len(one.quote)) for one in kept)
        reading = replace(each.reading, id=f"re-{each.reading.id}", claims=placed)
        reprints.append(Dossier(reading, text, "2031-06-02", "Copying House", "en"))
    linked = group([*reprints, *origins])
    planted = {
        (Ref(each.reading.id, one.id), Ref(each.reading.id.removeprefix("re-"), one.id)) for each in reprints for one in each.reading.claims
    }
    assert set(linked.copy_of) == planted
    assert "Copying House" not in {each.name for each in linked.voices}

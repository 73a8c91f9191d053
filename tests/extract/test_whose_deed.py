"""Whose deed it is where the sentence names nobody, and when a side's word for its own deed admits it: in every language, both sides alike."""

from __future__ import annotations

import pytest

from merestone.extract.around import can_act
from merestone.extract.groups import find_groups
from merestone.extract.names import find_names
from merestone.extract.tokens import layout
from tests.extract.reading import ADJECTIVES, MOD, NEUTRAL, OTHER, SIDES, read, reader

MISSION = "Tamm Line Monitoring Mission"


FOUND = [
    ("en", "{A} soldiers fired at the village at 10:00. At 11:20 a drone was seen over the road."),
    ("ru", "В 10:00 {A}ие военные обстреляли село. В 11:20 над дорогой замечен беспилотник."),
    ("hy", "Ժամը 10:00-ին {A} զինվորները կրակել են գյուղի ուղղությամբ։ Ժամը 11:20-ին ճանապարհի վրայով անօդաչու սարք է թռել։"),
    ("az", "Saat 10:00-da {A} əsgərləri kəndi atəşə tutub. Saat 11:20-də yolun üstündə pilotsuz uçuş aparatı uçub."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), FOUND)
def test_what_one_side_did_tells_nothing_of_what_is_seen_next(side: str, language: str, text: str) -> None:
    told = read(language, text.format(A=ADJECTIVES[side][language]), MISSION)
    assert [c.initiator for c in told if c.kind == "small_arms_fire"][:1] == [side]
    assert not {c.initiator for c in told if c.kind != "small_arms_fire"} & {"VE", "OR"}


@SIDES
def test_who_took_people_let_them_go_and_treated_them_so(side: str) -> None:
    text = f"{ADJECTIVES[side]['en']} soldiers detained four fishermen on 12 May. The men were beaten. All four were let go on 14 May."
    assert {(c.kind, c.initiator) for c in read("en", text)} >= {("detention", side), ("release", side)}


@SIDES
def test_a_passive_deed_is_not_that_of_the_one_before(side: str) -> None:
    text = f"{ADJECTIVES[side]['en']} soldiers fired at the village at dawn. Some of them fled. Six persons were detained and disarmed."
    assert {c.initiator for c in read("en", text, MOD[OTHER[side]]) if c.kind == "detention"} == {"unknown"}


TAKEN = [
    ("en", "Three {A} soldiers were detained on 19 May."),
    ("ru", "19 мая трое {A}их военнослужащих взяты в плен."),
    ("hy", "Մայիսի 19-ին երեք {A} զինվոր ձերբակալվել է։"),
    ("az", "Mayın 19-da üç {A} hərbçisi saxlanılıb."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), TAKEN)
def test_officials_who_tell_whose_people_were_taken_own_to_it(side: str, language: str, text: str) -> None:
    told = text.format(A=ADJECTIVES[side][language])
    words = {"en": "Veldar and Orsay", "ru": "Велдар и Орсей", "hy": "Վելդար և Օրսեյ", "az": "Veldar və Orsey"}[language]
    heard = {
        who: [(c.initiator, c.stance) for c in read(language, f"{words}.\n\n{told}", who) if c.kind == "detention"]
        for who in (MOD[OTHER[side]], MOD[side], NEUTRAL)
    }
    assert heard == {
        MOD[OTHER[side]]: [(OTHER[side], "admits")],
        MOD[side]: [(OTHER[side], "asserts")],
        NEUTRAL: [(OTHER[side], "asserts")],
    }


@SIDES
def test_that_nobody_was_taken_is_no_admission(side: str) -> None:
    text = f"Veldar and Orsay.\n\nNo {ADJECTIVES[side]['en']} soldiers were detained on 19 May."
    assert [c.stance for c in read("en", text, MOD[OTHER[side]])] == ["denies"]


@SIDES
def test_a_boat_of_ours_is_the_speakers(side: str) -> None:
    told = f"{ADJECTIVES[OTHER[side]]['en']} boats lay off the pier. A patrol boat of ours fired at a trawler at dawn."
    (claim,) = [c for c in read("en", told, MOD[side]) if c.kind == "small_arms_fire"]
    assert (claim.initiator, claim.stance) == (side, "admits")


@pytest.mark.parametrize(
    ("language", "text", "acts"), [("az", "Onu döyüblər.", False), ("az", "Onlar kəndə girib.", True), ("ru", "Им велели уйти.", False)]
)
def test_a_pronoun_in_the_case_of_an_object_does_nothing(language: str, text: str, acts: bool) -> None:
    kit = reader(language)
    done = layout(text, kit.lex.abbreviations)
    (group, *_) = find_groups(done, done.sentences[0], find_names(done, kit.names), kit.names, kit.lex)
    assert can_act(group, kit.lex) is acts

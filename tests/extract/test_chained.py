"""Whose deed a verb tells that shares its subject or its "to be" with the verb before it, and what a participle without an object tells.

Both sides alike: what is read of one is read of the other with the parties exchanged.
"""

from __future__ import annotations

import pytest

from tests.extract.reading import MOD, OTHER, PEOPLE, SIDES, read


def told(side: str, text: str, publisher: str = "Meridian Newswire") -> list[tuple[str, str, str]]:
    claims = read("en", text.format(one=PEOPLE[side], other=PEOPLE[OTHER[side]]), publisher)
    return [(claim.kind, claim.initiator, claim.target.party) for claim in claims]


@SIDES
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{one} soldiers arrested an {other} soldier and beat him.", "ill_treatment"),
        ("{one} police stopped two {other} conscripts near the mill and detained them.", "detention"),
        ("{one} border guards met an {other} patrol near the mill and opened fire.", "small_arms_fire"),
        ("A {one} officer insulted an {other} soldier, drew his pistol and fired.", "small_arms_fire"),
        ("{one} doctors treated an {other} soldier and handed him over to his brother.", "release"),
        ("The agency said that {one} soldiers had stopped an {other} patrol and opened fire.", "small_arms_fire"),
    ],
)
def test_a_joined_verb_is_of_the_first_subject(side: str, text: str, kind: str) -> None:
    deeds = [each for each in told(side, text) if each[0] == kind]
    assert deeds == [(kind, side, OTHER[side])]


@SIDES
def test_a_subject_of_its_own_begins_another_clause(side: str) -> None:
    text = "{one} troops shelled the village, and {other} soldiers entered the town and burned houses."
    assert [(kind, by) for kind, by, _ in told(side, text)] == [("shelling", side), ("advance", OTHER[side]), ("arson", OTHER[side])]
    text = "On Tuesday {one} forces fired forty mortar rounds; on Thursday {other} artillery replied, hitting a depot."
    assert [by for _, by, _ in told(side, text)] == [side, OTHER[side]]


@SIDES
@pytest.mark.parametrize(
    "text",
    [
        "An {other} court sentenced two {one} soldiers captured in March to 14 years in prison.",
        "Two {one} soldiers were stopped by {other} guards on the road, questioned for an hour and detained.",
    ],
)
def test_a_participle_without_an_object_is_what_was_done(side: str, text: str) -> None:
    (deed,) = [each for each in told(side, text) if each[0] == "detention"]
    assert deed == ("detention", OTHER[side], side)


@SIDES
def test_who_is_sent_and_detains_others_is_no_one_detained(side: str) -> None:
    assert told(side, "{one} soldiers were sent to the village and detained three {other} farmers.") == [("detention", side, OTHER[side])]


@SIDES
def test_where_families_leave_nobody_has_fired(side: str) -> None:
    place = {"VE": "Ternmoor", "OR": "Sorrelle"}[side]
    assert told(side, f"Thirty families were brought out from {place} as shells landed on the edge of the village.")[0][1] == "unknown"


@SIDES
def test_arms_do_not_speak(side: str) -> None:
    (claim,) = read("en", f"On Thursday {PEOPLE[side]} artillery replied, hitting a depot.")
    assert claim.said_by[-1].affiliation == "none"


@SIDES
def test_what_complaints_tell_is_not_the_word_of_the_accused(side: str) -> None:
    text = f"The office received complaints from villagers, according to which {PEOPLE[side]} soldiers fire at the fields."
    assert all(claim.stance == "asserts" and claim.said_by[-1].affiliation != side for claim in read("en", text, MOD[OTHER[side]]))

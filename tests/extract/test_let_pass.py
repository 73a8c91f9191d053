"""A "not" that is the hindrance itself, the silence or the staying; a "not" of another clause; who denies with a participle.

In the languages whose verbs say "not" in themselves this was read so before.
"""

from __future__ import annotations

import pytest

from tests.extract.reading import MOD, OTHER, PEOPLE, SIDES, read


def stances(text: str, publisher: str = "Meridian Newswire") -> list[tuple[str, str, str]]:
    return [(claim.kind, claim.stance, claim.realised) for claim in read("en", text, publisher)]


@SIDES
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{} soldiers did not let the farmers cross the bridge.", "movement_restricted"),
        ("{} soldiers would not let the farmers through.", "movement_restricted"),
        ("{} troops have not left the village.", "position_held"),
        ("The {} government would not say where the prisoners were held.", "information_withheld"),
    ],
)
def test_what_is_not_let_is_done(side: str, text: str, kind: str) -> None:
    assert (kind, "asserts", "done") in stances(text.format(PEOPLE[side]))


@SIDES
@pytest.mark.parametrize("text", ["{} soldiers did not close the road.", "{} guards did not stop the patrol."])
def test_what_was_not_closed_is_denied(side: str, text: str) -> None:
    assert [stance for _, stance, _ in stances(text.format(PEOPLE[side]))] == ["denies"]


def test_a_not_of_another_clause_denies_nothing() -> None:
    fire = "Nobody has been allowed to visit the cemetery since it came under sniper fire in April."
    assert ("small_arms_fire", "asserts", "done") in stances(fire)
    assert all(stance == "asserts" for _, stance, _ in stances("We were given no access to the prisoners held in Aldervik."))


@SIDES
def test_who_denies_with_a_participle_denies(side: str) -> None:
    text = f"The soldier died of a heart attack, the {PEOPLE[side]} Defence Ministry said, denying reports that he had been shot."
    assert [(claim.kind, claim.stance) for claim in read("en", text, MOD[OTHER[side]])] == [("small_arms_fire", "denies")]


@pytest.mark.parametrize(
    "text",
    [
        "The report that 30 civilians were killed in Montasse is false, the town council said.",
        "The report, which has spread since Sunday, that 30 civilians were killed in Montasse is false, the town council said.",
    ],
)
def test_the_dead_of_a_false_report_are_denied(text: str) -> None:
    assert {claim.stance for claim in read("en", text)} == {"denies"}


def test_what_is_feared_was_not_done() -> None:
    assert stances("Villagers fear that the army will burn their crops.") == []


def test_monitors_kept_from_entering_were_kept() -> None:
    assert ("monitors_obstructed", "asserts", "done") in stances("The monitors were prevented from entering the depot.")

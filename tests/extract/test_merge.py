"""What is told twice is one claim, harm hangs on its act; nothing is merged across speakers' stances, doers or days."""

from __future__ import annotations

from dataclasses import replace

import pytest

from merestone.extract.merge import merged
from merestone.extract.terms import Proposal
from tests.extract.reading import LAND, OTHER, PEOPLE, claims, cut, reader

BOTH_SIDES = pytest.mark.parametrize("code", ["VE", "OR"])
QUIET = "It rained. It rained. It rained. "
DEED = "Orsayan forces shelled Keldholt"


def kinds(text: str) -> list[str]:
    return [c.kind for c in claims(text)]


def harmed(claim: Proposal) -> list[tuple[str, int | None, int | None]]:
    return [(f.outcome, f.min, f.max) for f in claim.casualties]


def family() -> list[str]:
    found: list[str] = reader().lex.table("kinds")["families"]["fire"]
    return found


# --- told twice ---------------------------------------------------------------------------------------------------


def test_a_headline_that_the_body_tells_is_taken_out() -> None:
    text = f"Orsayan forces shell Keldholt\n\nOn 18 May at 03:40 {DEED}. The mayor came. He said little. He left."
    (claim,) = claims(text)
    assert claim.start > text.index("\n")
    assert claim.when.precision == "minute"


def test_a_headline_that_says_something_else_stays() -> None:
    text = "Orsayan soldiers detain two shepherds\n\nOn 18 May Orsayan forces shelled Keldholt. The mayor came. He said little. He left."
    assert kinds(text) == ["detention", "shelling"]


def test_a_lead_without_a_time_is_told_in_full_by_the_next_sentence() -> None:
    (claim,) = claims(f"{DEED}. On 18 May at 03:40 Orsayan forces shelled Keldholt with mortars.")
    assert (claim.when.precision, claim.weapons) == ("minute", ("mortar",))


def test_the_same_sentence_told_again_is_one_claim() -> None:
    assert kinds(QUIET + f"On 18 May {DEED}. On 18 May {DEED}.") == ["shelling"]


def test_the_fuller_is_kept_with_what_the_other_says() -> None:
    (claim,) = claims(QUIET + f"On 18 May at 03:40 {DEED} with mortars. On 18 May {DEED} with tanks, killing two farmers.")
    assert claim.when.precision == "minute"
    assert set(claim.weapons) == {"mortar", "tank"}
    assert harmed(claim) == [("killed", 2, 2)]


def test_a_claim_without_a_time_has_that_of_the_next() -> None:
    first, second = claims("Orsayan soldiers detained two shepherds. On 18 May Orsayan forces shelled Keldholt.")
    assert (first.when.start, second.when.start) == ("2031-05-18", "2031-05-18")
    assert [e.rule for e in first.evidence if e.slot == "when"] == ["carried"]


# --- never merged -------------------------------------------------------------------------------------------------


@BOTH_SIDES
def test_never_across_stances(code: str) -> None:
    a, b = PEOPLE[code], PEOPLE[OTHER[code]]
    text = f"The {b} Defence Ministry said that on 18 May {a} forces shelled posts. The {a} Defence Ministry denied that on 18 May {a} forces shelled posts."
    assert [(c.stance, c.said_by[-1].affiliation) for c in claims(text)] == [("asserts", OTHER[code]), ("denies", code)]


def test_never_across_days() -> None:
    assert [c.when.start for c in claims(QUIET + f"On 18 May {DEED}. On 19 May {DEED}.")] == ["2031-05-18", "2031-05-19"]


def test_never_across_doers() -> None:
    text = QUIET + "On 18 May Orsayan forces shelled posts near Tammen. On 18 May Veldarian forces shelled posts near Tammen."
    assert [c.initiator for c in claims(text)] == ["OR", "VE"]


def test_never_across_speakers() -> None:
    text = QUIET + f"The Veldarian army said that on 18 May {DEED}. Residents said that on 18 May {DEED}."
    assert len({c.said_by[-1].name for c in claims(text)}) == 2


def test_never_across_deed_and_attempt() -> None:
    text = QUIET + "On 18 May Orsayan soldiers detained a shepherd. On 18 May Orsayan soldiers tried to detain a shepherd."
    assert [c.realised for c in claims(text)] == ["done", "attempted"]


def test_never_across_different_numbers() -> None:
    text = QUIET + f"On 18 May {DEED}, killing two farmers. On 18 May {DEED}, killing five farmers."
    assert [harmed(c) for c in claims(text)] == [[("killed", 2, 2)], [("killed", 5, 5)]]


def test_a_single_act_and_repeated_ones_stay_apart() -> None:
    text = QUIET + f"On 18 May {DEED}. Orsayan forces regularly shell Keldholt."
    assert [c.repeated for c in claims(text)] == [False, True]


# --- harm ---------------------------------------------------------------------------------------------------------


@BOTH_SIDES
def test_harm_right_behind_an_act_is_that_acts(code: str) -> None:
    text = f"{PEOPLE[code]} forces shelled {PEOPLE[OTHER[code]]} posts. Two soldiers were killed."
    (claim,) = claims(text)
    assert (claim.kind, harmed(claim)) == ("shelling", [("killed", 2, 2)])
    assert claim.casualties[0].party in (OTHER[code], "unknown")
    assert "casualties" in {e.slot for e in claim.evidence}


@pytest.mark.parametrize(
    "text",
    [
        f"{DEED}.\n\nIt rained. Two farmers were killed.",  # another paragraph, not right behind
        f"{DEED}.\n\nThe ministry said that two farmers were killed.",  # another paragraph with a speaker of its own
        f"On 18 May {DEED}. Two farmers were killed on 19 May.",  # a time of its own
        f"{DEED}. The Orsayan army said that two soldiers were killed.",  # another speaker
        "Orsayan forces regularly shell Keldholt. Two farmers were killed.",
        "Orsayan forces withdrew from the height. Two farmers were killed.",  # no act that harms people
        f"{DEED}. It rained. It rained. Two farmers were killed.",  # too far
    ],
)
def test_harm_that_may_be_of_something_else_stays_alone(text: str) -> None:
    assert kinds(text)[-1] == "casualty"
    assert claims(text)[0].casualties == ()


def test_harm_right_behind_an_act_is_its_harm_across_a_paragraph() -> None:
    (claim,) = claims(f"{DEED}.\n\nTwo farmers were killed.")
    assert harmed(claim) == [("killed", 2, 2)]


def test_that_nobody_was_harmed_hangs_on_the_act_too() -> None:
    (claim,) = claims(f"{DEED}. No casualties were reported.")
    assert harmed(claim) == [("killed", 0, 0), ("wounded", 0, 0)]


def test_harm_is_not_counted_twice() -> None:
    (claim,) = claims(f"{DEED}, killing two farmers. Two farmers were killed.")
    assert harmed(claim) == [("killed", 2, 2)]


# --- the function itself ------------------------------------------------------------------------------------------

TEXTS = (
    "",
    f"{DEED}. Two farmers were killed. On 19 May Veldarian forces opened fire on Montasse.",
    f"The Veldarian army said that {DEED}, while the Orsayan army denied it. No casualties were reported.",
    f"On 18 May {DEED}. On 18 May {DEED}.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_merging_what_is_merged_changes_nothing(text: str) -> None:
    once = claims(text)
    assert [replace(c, id=0) for c in merged(once, cut(text), family())] == [replace(c, id=0) for c in once]


@pytest.mark.parametrize("text", TEXTS)
def test_numbers_count_from_one_in_text_order(text: str) -> None:
    found = claims(text)
    assert [c.id for c in found] == list(range(1, len(found) + 1))
    assert [c.start for c in found] == sorted(c.start for c in found)


def test_nothing_comes_of_nothing() -> None:
    assert merged((), cut("It rained."), family()) == ()


# --- answers to what was told -------------------------------------------------------------------------------------


@BOTH_SIDES
def test_a_version_that_is_rejected_is_denied(code: str) -> None:
    a, b = PEOPLE[code], PEOPLE[OTHER[code]]
    told, answer = claims(
        f"The {b} Defence Ministry said that {a} forces shelled posts near Tammen. The {a} Defence Ministry rejected that version."
    )
    assert (answer.kind, answer.initiator, answer.stance) == (told.kind, code, "denies")
    assert [s.name for s in answer.said_by] == [f"Ministry of Defence of {LAND[code]}"]
    assert (answer.casualties, answer.confidence) == ((), 0.5)


@BOTH_SIDES
def test_those_who_are_blamed_for_what_was_told(code: str) -> None:
    told, answer = claims(f"Mortar shells landed in Tammen. Residents blamed {PEOPLE[code]} forces.")
    assert (told.initiator, answer.initiator, answer.kind) == ("unknown", code, told.kind)
    assert [s.name for s in answer.said_by] == ["residents of Tammen"]


def test_an_answer_to_nothing_is_no_claim() -> None:
    assert claims("The Orsayan Defence Ministry rejected that version. Residents blamed Veldarian forces.") == ()

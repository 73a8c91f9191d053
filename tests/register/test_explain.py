"""Why, and who did what when: told from the record, and of what is closed only the acts."""

from __future__ import annotations

from pathlib import Path

import pytest

from merestone.ledger.terms import Refusal
from merestone.register import queries
from merestone.register.claims import correct, record_claims, record_form, withdraw
from merestone.register.decide import Deciding, decide
from merestone.register.describe import describe
from merestone.register.edition import Asking
from merestone.register.editions import draft
from merestone.register.explain import explain
from merestone.register.judge import judge
from merestone.register.notes import note
from merestone.register.protect import protect
from merestone.register.terms import Mission
from tests.register.cast import ANALYST, REVIEWER
from tests.register.desk_work import LATER, VELDAR, give, proposed, two_sides

INC = "INC-2031-0001"


def done_to(told: str) -> list[str]:
    """The acts, without the hour."""
    lines = told.split("\nWhat was done to it:\n")[1].split("\n")
    assert all("Z, " in line for line in lines)
    return [line.split("Z, ")[1] for line in lines]


def test_an_incident_is_explained_level_by_level_with_its_history(mission: Mission, tmp_path: Path) -> None:
    ve, orsay = two_sides(mission, tmp_path / "a")
    proposed(mission)
    told = explain(mission, INC)
    assert told.startswith(f"{INC}: small-arms fire, an incident. State: proposed; nobody has decided on it.")
    for words in (
        "Grade: reported by both",
        "Contested: who began.",
        f"{ve}#1 and {orsay}#1" if ve < orsay else f"{orsay}#1 and {ve}#1",
        " time, ",
        " place, same place: ",
    ):
        assert words in told
    first, second = sorted((f"{ve}#1", f"{orsay}#1"))
    assert done_to(told) == [f"Anouk: given this number; joined {first}, {second}"]
    judge(mission, ANALYST, f"{ve}#1", f"{orsay}#1", "same", "one exchange")
    decide(mission, REVIEWER, Deciding(INC, "adopted", reason="both sides tell it"))
    note(mission, REVIEWER, INC, "ask the mill")
    assert "judged" not in explain(mission, INC).split("What was done")[0]  # linking has not run since, and it says so
    assert "Run propose, then ask again." in explain(mission, INC)
    proposed(mission)
    told = explain(mission, INC)
    assert "State: adopted, by a person's decision." in told
    assert " judgement, same: " in told
    assert done_to(told)[1:] == [
        f"Anouk: judged same: {first} and {second} (“one exchange”)", "Rune: decided: adopted (“both sides tell it”)", "Rune: noted (“ask the mill”)",
    ]  # fmt: skip


def test_a_number_that_led_on_says_where(mission: Mission, tmp_path: Path) -> None:
    ve, orsay = two_sides(mission, tmp_path / "a")
    (later,) = give(mission, tmp_path / "b", {"later.txt": LATER}, published="2031-05-20", language="en")
    proposed(mission)
    (other,) = {row.incident for row in queries.claims(mission, exhibit=later.exhibit)} - {""}
    for row in queries.claims(mission, incident=other):
        judge(mission, ANALYST, row.ref, f"{ve}#1", "same", "one")
        judge(mission, ANALYST, row.ref, f"{orsay}#1", "same", "one")
    proposed(mission)
    home = queries.claim(mission, f"{ve}#1").incident
    gone = ({INC, other} - {home}).pop()
    assert explain(mission, gone).startswith(f"{gone}: its claims went to {home}.")
    assert f"Anouk: leads on to {home}" in done_to(explain(mission, gone))
    assert any(f"{gone} leads on to it" in line for line in done_to(explain(mission, home)))


def test_a_claim_is_explained_from_proposal_to_correction(mission: Mission, tmp_path: Path) -> None:
    ve, _ = two_sides(mission, tmp_path / "a")
    proposed(mission)
    ref = f"{ve}#1"
    told = explain(mission, ref)
    assert told.startswith(f"{ref}: small arms fire. A proposal that a machine read; nobody has reviewed it.")
    assert "kind = small_arms_fire: “fire with small arms”" in told
    assert f"It is one of the claims about {INC}." in told
    record_claims(mission, ANALYST, [ref])
    correct(mission, REVIEWER, ref, {"kind": "shelling"}, "the word is shelling")
    told = explain(mission, ref)
    assert told.startswith(f"{ref}: shelling. In the record: a person put it there.")
    assert 'kind: "small_arms_fire" became "shelling"' in told
    withdraw(mission, ANALYST, ref, "a drill")
    rules = queries.exhibit(mission, ve).rules
    assert done_to(explain(mission, ref)) == [
        f"Anouk: proposed by the rules {rules}", f"Anouk: joined to {INC}", "Anouk: recorded", "Rune: corrected (“the word is shelling”)", "Anouk: withdrawn (“a drill”)",
    ]  # fmt: skip


def test_a_claim_by_hand_and_one_that_was_read_anew(mission: Mission, tmp_path: Path) -> None:
    ve, _ = two_sides(mission, tmp_path / "a")
    proposed(mission)
    form = {"kind": "casualty", "quote": "One civilian was wounded", "when": {"from": "2031-05-17", "precision": "day"}}
    by_hand = record_form(mission, ANALYST, ve, form).subject
    assert "In the record: a person wrote it by hand." in explain(mission, by_hand)
    describe(mission, ANALYST, ve, {"publisher": "Meridian Newswire"}, "masthead")
    proposed(mission)
    told = explain(mission, f"{ve}#1")
    assert "A proposal of an earlier reading of this exhibit" in told
    assert any("was described" in line for line in done_to(told))
    assert any(line.startswith("Anouk: read anew by the rules") for line in done_to(told))
    assert sum(line.startswith("Anouk: proposed by the rules") for line in done_to(explain(mission, f"{ve}#3"))) == 1


def test_every_part_of_an_exhibit_can_be_explained(mission: Mission, tmp_path: Path) -> None:
    letter = (
        "We, the undersigned organisations, call on the Monitoring Mission to investigate the shelling of Keldholt on 17 May 2031.\n\n"
        f"{VELDAR}\n\nSignatories:\nVeldar Forum of Civic Groups\nKeldholt Farmers' Union\n"
    )
    (arrived,) = give(mission, tmp_path / "a", {"letter.md": letter}, published="2031-05-21", language="en")
    assert "It was not read yet" in explain(mission, arrived.exhibit)
    proposed(mission)
    rows = queries.claims(mission, exhibit=arrived.exhibit)
    assert {row.part for row in rows} >= {"", "A", "G"}
    for row in rows:
        told = explain(mission, row.ref)
        assert told.startswith(row.ref)
        assert "proposed by the rules" in told
        assert row.ref in explain(mission, arrived.exhibit)
    assert "Keldholt Farmers' Union (characters" in explain(mission, f"{arrived.exhibit}#G1")


def test_of_what_is_protected_only_the_acts_are_told(mission: Mission, tmp_path: Path) -> None:
    ve, _ = two_sides(mission, tmp_path / "a")
    proposed(mission)
    note(mission, ANALYST, ve, "the brother of the miller")
    protect(mission, ANALYST, ve, "a witness of the mill")
    for what in (ve, f"{ve}#1"):
        told = explain(mission, what)
        assert "is protected" in told
        assert any("protected" in line for line in done_to(told))
        for words in ("Keldholt", "ve.txt", "Ministry of Defence of Veldar", "miller", "mill)", "small arms"):
            assert words not in told
    assert f"{ve}#1" not in explain(mission, INC).split("What was done")[0]


def test_an_edition_says_what_it_rests_on(mission: Mission, tmp_path: Path) -> None:
    two_sides(mission, tmp_path / "a")
    proposed(mission)
    row = draft(mission, ANALYST, Asking())
    told = explain(mission, row.id)
    assert told.startswith(f"{row.id}: drafted, profile internal.")
    assert f"the first {row.size} entries (root {row.root})" in told
    assert "Drafted by Anouk." in told
    assert done_to(told) == [f"Anouk: drafted for the profile internal: {row.claims} claims, {row.proposals} proposals"]


@pytest.mark.parametrize("what", ["INC-2031-0099", "EXH-0000-0000", "EXH-0000-0000#1", "EDN-2031-0001", "ACC-001", "the mill", ""])
def test_what_is_not_there_is_refused(mission: Mission, what: str) -> None:
    with pytest.raises(Refusal, match="not_in_record"):
        explain(mission, what)

"""A correction shows in the next edition as a correction, and in public tells of nothing that was not shown in public."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from merestone.register import editions, queries, vault
from merestone.register.claims import correct, record_claims, withdraw
from merestone.register.decide import Deciding, decide
from merestone.register.edition import Asking
from merestone.register.frozen import thaw
from merestone.register.protect import protect
from merestone.register.regroup import merge
from merestone.register.terms import Mission
from merestone.report.terms import Edition
from tests.register.bundles import TEXTS
from tests.register.cast import ANALYST, PUBLISHER, REVIEWER
from tests.register.desk_work import LATER, give, proposed, two_sides

MANIFEST = "path,publisher,published,language\nlater.txt,Meridian Newswire,2031-05-20T20:00-02:00,en\n"


@pytest.fixture
def refs(mission: Mission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str, str]:
    """Claims of both sides on one night and of another on a later day: all recorded, and published as EDN-2031-0001."""
    monkeypatch.setattr("merestone.report.pdf.pdf_of", lambda *_: b"%PDF")
    monkeypatch.setattr("merestone.report.docx.docx_of", lambda *_: b"PK")
    ve, orsay = two_sides(mission, tmp_path / "a")
    (later,) = give(mission, tmp_path / "b", {"later.txt": LATER, "manifest.csv": MANIFEST})
    proposed(mission)
    record_claims(mission, ANALYST, (), everything=True)
    row = editions.draft(mission, ANALYST, Asking(recorded_only=True))
    assert thaw(Edition, vault.read(mission, row.content)).corrections is None
    for profile in ("internal", "public"):
        editions.publish(mission, PUBLISHER, row.id, profile)
    return f"{ve}#1", f"{orsay}#1", f"{later.exhibit}#1"


def following(mission: Mission, profile: str = "internal") -> dict[str, object]:
    row = editions.draft(mission, ANALYST, Asking(recorded_only=True))
    files = editions.files(mission, row.id, profile, TEXTS)
    told = json.loads(files["edition.json"])["corrections"]
    page = files["report.html"].decode()
    assert "Corrections" in page
    return {**told, "page": page.partition('id="corrections"')[2].partition("</section>")[0]}


def test_nothing_corrected_is_said_too(mission: Mission, refs: tuple[str, str, str]) -> None:
    told = following(mission)
    assert (told["since"], told["items"]) == ("EDN-2031-0001", [])
    assert "Nothing that EDN-2031-0001 says is corrected here." in str(told["page"])


def test_a_corrected_and_a_withdrawn_claim_are_told_with_what_was_altered(mission: Mission, refs: tuple[str, str, str]) -> None:
    ve, _, later = refs
    correct(mission, REVIEWER, ve, {"kind": "shelling", "said_by": ["Ministry of Defence of Veldar"]}, "the word is shelling")
    withdraw(mission, REVIEWER, later, "another year")
    proposed(mission)
    told = following(mission)
    items = {item["what"]: item for item in told["items"]}  # type: ignore[attr-defined]
    assert (items["corrected"]["claims"], "kind" in items["corrected"]["slots"]) == ([ve], True)
    assert items["withdrawn"]["claims"] == [later]
    assert "what was done" in str(told["page"])


def test_in_public_a_withdrawn_claim_has_no_number(mission: Mission, refs: tuple[str, str, str]) -> None:
    withdraw(mission, REVIEWER, refs[2], "another year")
    proposed(mission)
    told = following(mission, "public")
    (item,) = told["items"]  # type: ignore[misc]
    assert (item["what"], item["claims"]) == ("withdrawn", [])
    assert refs[2] not in str(told["page"])


def test_a_merged_a_regraded_and_a_rejected_incident_are_told(mission: Mission, refs: tuple[str, str, str]) -> None:
    first, second = queries.claim(mission, refs[0]).incident, queries.claim(mission, refs[2]).incident
    before = {row.id for row in queries.incidents(mission)}
    merge(mission, ANALYST, (first, second), "one after all")
    proposed(mission)
    told = following(mission)
    items = [item for item in told["items"] if item["what"] == "merged"]  # type: ignore[attr-defined]
    assert {items[0]["incident"], items[0]["now"]} == {first, second} <= before
    stays = items[0]["now"]
    decide(mission, REVIEWER, Deciding(stays, "rejected", reason="a rehearsal"))
    rejected = [item["incident"] for item in following(mission)["items"] if item["what"] == "rejected"]  # type: ignore[attr-defined]
    assert rejected == [stays]


def test_a_grade_that_is_another_now_is_told(mission: Mission, refs: tuple[str, str, str]) -> None:
    incident = queries.claim(mission, refs[0]).incident
    decide(mission, REVIEWER, Deciding(incident, "refuted", point="that", by=(refs[2].partition("#")[0],), reason="seen by nobody"))
    (item,) = (item for item in following(mission)["items"] if item["what"] == "graded")  # type: ignore[attr-defined]
    assert (item["incident"], item["now"]) == (incident, "refuted")
    assert item["was"] not in ("", "refuted")


def test_days_that_were_not_asked_for_are_no_correction(mission: Mission, refs: tuple[str, str, str]) -> None:
    row = editions.draft(mission, ANALYST, Asking(recorded_only=True, since="2031-05-19"))
    made = thaw(Edition, vault.read(mission, row.content))
    assert made.corrections is not None
    assert made.corrections.items == ()


def test_an_earlier_edition_that_holds_what_is_protected_now_is_not_spoken_of(mission: Mission, refs: tuple[str, str, str]) -> None:
    withdraw(mission, REVIEWER, refs[1], "another year")
    protect(mission, ANALYST, refs[2].partition("#")[0], "a witness can be known by it")
    proposed(mission)
    row = editions.draft(mission, ANALYST, Asking(recorded_only=True))
    assert thaw(Edition, vault.read(mission, row.content)).corrections is None

"""Editions of a mission from the drafting to the bundle in a stranger's hands, with the teaching documents and a witness."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connections

from merestone.capture import Options
from merestone.extract import Reader
from merestone.ledger.bundle import verify_bundle
from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register import editions, people, queries, vault
from merestone.register import mission as missions
from merestone.register.claims import record_claims
from merestone.register.edition import Asking, edition_of
from merestone.register.frozen import freeze, thaw
from merestone.register.propose import propose
from merestone.register.protect import lift, protect
from merestone.register.receive import receive
from merestone.register.terms import ROLES, Founding, Mission
from merestone.report.standing import ALONE, reviewed
from merestone.report.terms import Edition
from tests.register.bundles import LATER, RECORDED, TEXTS, copied, exhibit, fill, filled_in, kept, parts, published, repacked, typeset
from tests.register.cast import ADMINISTRATOR, ANALYST, MONITOR, PUBLISHER, REVIEWER, SECOND
from tests.register.cast import ROLES as CAST
from tests.register.conftest import ground, whole


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_in(tmp_path_factory.mktemp("editions"))


@pytest.fixture
def mission(filled: Path, tmp_path: Path) -> Iterator[Mission]:
    yield from copied(filled, tmp_path / "copy")


# --- drafts -------------------------------------------------------------------------------------------------------


def test_a_draft_holds_what_is_proposed_and_says_so(mission: Mission) -> None:
    row = editions.draft(mission, ANALYST, Asking())
    assert (row.id, row.state, row.drafted_by) == ("EDN-2031-0001", "drafted", people.who(mission, ANALYST).id)
    assert row.claims == row.proposals > 50
    assert row.size == row.drafted, "frozen at the checkpoint before the draft"
    for profile in ("internal", "public"):
        told = editions.files(mission, row.id, profile, TEXTS)
        data = json.loads(told["edition.json"])
        assert data["unreviewed"] is True
        assert data["title"] == "A mission for tests"
        assert data["checkpoint"] == {"origin": f"merestone/{mission.id}", "size": row.size, "root": row.root}
        assert data["standing"]["proposals"] > 0 == data["standing"]["recorded"]
        assert {claim["state"] for claim in data["claims"]} == {"proposed"}
        assert b"<strong>Unreviewed</strong>" in told["report.html"]


def test_a_frozen_edition_comes_back_as_it_was(mission: Mission) -> None:
    row = editions.draft(mission, ANALYST, Asking())
    made = thaw(Edition, vault.read(mission, row.content))
    assert freeze(made) == vault.read(mission, row.content)
    assert made.standing is not None
    assert replace(made, standing=None) == replace(edition_of(mission, Asking(generated_at=made.generated_at)), checkpoint=made.checkpoint)


def test_no_reader_runs(mission: Mission, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a reader ran")

    monkeypatch.setattr(Reader, "__init__", never)  # nothing is read without one
    assert edition_of(mission, Asking()).claims


def test_only_what_people_recorded_when_that_is_asked_for(mission: Mission) -> None:
    some = [row.ref for row in queries.claims(mission) if not row.part][:5]
    record_claims(mission, ANALYST, some)
    both, alone = edition_of(mission, Asking()), edition_of(mission, RECORDED)
    assert sorted(str(card.ref) for card in alone.claims) == sorted(some)
    assert {card.state for card in alone.claims} == {"recorded"}
    assert not alone.statements
    assert sorted(str(card.ref) for card in both.claims if card.state == "recorded") == sorted(some)
    shown = {ref for incident in alone.incidents for ref in incident.group.claims}
    assert shown <= {card.ref for card in alone.claims}
    assert {ref for voice in alone.voices for ref in voice.claims} <= {card.ref for card in alone.claims}


def test_a_window_leaves_out_what_lies_outside(mission: Mission) -> None:
    found = edition_of(mission, Asking(since="2031-05-19", until="2031-05-19"))
    assert 0 < len(found.claims) < len(edition_of(mission, Asking()).claims)
    with pytest.raises(Refusal, match="window_reversed"):
        editions.draft(mission, ANALYST, Asking(since="2031-05-20", until="2031-05-19"))


def test_nothing_is_drafted_from_tables_that_the_entries_do_not_know(mission: Mission) -> None:
    """Whoever may write the file can call a proposal recorded; no act is in the ledger, and none may come to rest on it."""
    ref = queries.claims(mission, state="proposed")[0].ref
    for state in ("recorded", "proposed"):
        with connections[mission.alias].cursor() as cursor:
            cursor.execute("UPDATE claim SET state = %s WHERE ref = %s", (state, ref))
        if state == "recorded":
            with pytest.raises(BrokenRecord, match=f"the row of {ref} in the table claim"):
                editions.draft(mission, ANALYST, RECORDED)
    assert not queries.editions(mission)


def test_a_monitor_drafts_nothing(mission: Mission) -> None:
    with pytest.raises(Refusal, match="role_missing"):
        editions.draft(mission, MONITOR, Asking())
    assert queries.editions(mission) == ()


# --- who may publish what -----------------------------------------------------------------------------------------


def test_proposals_are_not_published(mission: Mission) -> None:
    row = editions.draft(mission, ANALYST, Asking())
    with pytest.raises(Refusal, match="edition_unreviewed"):
        editions.publish(mission, PUBLISHER, row.id, "public")
    assert queries.edition(mission, row.id).state == "drafted"


def test_nobody_approves_or_publishes_the_own_draft_in_a_mission_of_several(mission: Mission) -> None:
    people.appoint(mission, ADMINISTRATOR, "Both", ("analyst", "reviewer", "publisher"))
    row = editions.draft(mission, "Both", RECORDED)
    with pytest.raises(Refusal, match="edition_own"):
        editions.approve(mission, "Both", row.id)
    with pytest.raises(Refusal, match="edition_own"):
        editions.publish(mission, "Both", row.id, "public")
    assert queries.edition(mission, row.id).state == "drafted"


def test_a_reviewer_does_not_publish(mission: Mission) -> None:
    row = editions.draft(mission, ANALYST, RECORDED)
    with pytest.raises(Refusal, match="role_missing"):
        editions.publish(mission, REVIEWER, row.id, "public")


def test_a_draft_made_before_a_protecting_is_void_and_nobody_is_told_why(mission: Mission) -> None:
    record_claims(mission, ANALYST, (), everything=True)
    row = editions.draft(mission, ANALYST, RECORDED)
    hidden = exhibit(mission, "hidden.txt")
    protect(mission, MONITOR, hidden, "she is afraid")
    for act in (
        lambda: editions.publish(mission, PUBLISHER, row.id, "public"),
        lambda: editions.approve(mission, REVIEWER, row.id),
        lambda: editions.files(mission, row.id, "internal"),
    ):
        with pytest.raises(Refusal, match="edition_void") as refused:
            act()
        assert hidden not in str(refused.value)
    with pytest.raises(Refusal, match="linking_outdated"):
        editions.draft(mission, ANALYST, RECORDED)
    propose(mission, ANALYST)
    again = editions.draft(mission, ANALYST, RECORDED)
    assert again.id == "EDN-2031-0002"
    for profile in ("internal", "public"):
        told = b"".join(editions.files(mission, again.id, profile, TEXTS).values())
        for trace in (hidden, "Wexhorn", "hidden.txt", "by the well"):
            assert trace.encode() not in told, trace


def test_what_was_published_inside_is_not_published_outside_once_something_of_it_is_protected(mission: Mission) -> None:
    number, inside = published(mission, "internal")
    protect(mission, MONITOR, exhibit(mission, "hidden.txt"), "she is afraid")
    with pytest.raises(Refusal, match="edition_void"):
        editions.publish(mission, PUBLISHER, number, "public")
    with pytest.raises(Refusal, match="item_erased"):  # the zip that was kept is all that there is
        editions.bundle(mission, number, "internal")
    assert inside


def test_that_an_exhibit_was_once_protected_is_not_told_outside(mission: Mission, tmp_path: Path) -> None:
    """Received under protection and opened by two persons: its entry would say so, so it is not given."""
    once = "outlet.txt"
    (tmp_path / once).write_text("On 18 May 2031 units of Orsay shelled the village of Keldholt, the ministry said.", encoding="utf-8")
    manifest = tmp_path / "manifest.csv"
    manifest.write_text(
        f"path,publisher,url,protected\n{once},Ministry of Defence of Veldar,https://example.org/18,yes\n", encoding="utf-8"
    )
    before = {row.id for row in queries.exhibits(mission)}
    list(receive(mission, MONITOR, [tmp_path / once], Options(manifest=manifest)))
    (ident,) = {row.id for row in queries.exhibits(mission)} - before
    lift(mission, REVIEWER, SECOND, ident, "they published it themselves")
    propose(mission, ANALYST)
    number, bundle = published(mission)
    data = json.loads(parts(bundle)["edition.json"])
    assert ident in {document["id"] for document in data["documents"]}
    assert ident not in {each["id"] for each in data["basis"]}
    assert b'"protected":true' not in parts(bundle)["record/entries.jsonl"].replace(b"\\", b"")
    editions.publish(mission, PUBLISHER, number, "internal")


# --- the bundle ---------------------------------------------------------------------------------------------------


def test_a_published_bundle_is_verified_by_a_stranger_and_an_edited_report_is_found(mission: Mission, tmp_path: Path) -> None:
    number, bundle = published(mission)
    path = kept(bundle, tmp_path / "kept.zip")
    steps = verify_bundle(path, mission.keys.verifier).steps
    assert all(step.checked for step in steps if step.number in "1234567")
    found = parts(bundle)
    data = json.loads(found["edition.json"])
    assert data["unreviewed"] is False
    assert data["edition"] == number
    assert b"Unreviewed</strong>" not in found["report.html"]
    assert found["report.pdf"].startswith(b"%PDF")
    for name in ("report.html", "claims.csv", "report.pdf", "edition.json"):
        edited = repacked(bundle, {name: found[name].replace(b"e", b"a", 1)}, tmp_path / "edited.zip")
        with pytest.raises((BrokenRecord, Refusal)):
            verify_bundle(edited, mission.keys.verifier)


def test_a_public_bundle_tells_of_nobody(mission: Mission, tmp_path: Path) -> None:
    hidden, witness = exhibit(mission, "hidden.txt"), exhibit(mission, "witness.txt")
    protect(mission, MONITOR, hidden, "she is afraid")
    propose(mission, ANALYST)
    _, bundle = published(mission)
    found = parts(bundle)
    everywhere = b"\n".join(found.values())
    for trace in (
        *CAST,
        hidden,
        witness,
        "Wexhorn",
        "hidden.txt",
        "witness.txt",
        "nineteen bursts",
        "my mill",
        "by the well",
        "read twice",
    ):
        assert trace.encode() not in everywhere, trace
    own = b"\n".join([*(content for name, content in found.items() if not name.startswith(("record/", "HOW-TO"))), *typeset(found)])
    assert b"ACC-0" not in own, "an account's number stands in entries alone"
    entries = [json.loads(json.loads(line)["entry"]) for line in found["record/entries.jsonl"].splitlines()]
    assert {entry["act"] for entry in entries} == {"opened", "received", "linked", "drafted", "approved", "published"}
    named = {d["id"] for d in json.loads(found["edition.json"])["documents"]}
    assert {entry["body"]["exhibit"] for entry in entries if entry["act"] == "received"} <= named


def test_what_the_page_says_of_how_to_check_is_what_the_bundle_holds(mission: Mission) -> None:
    number, bundle = published(mission)
    found = parts(bundle)
    page = found["HOW-TO-CHECK.txt"].decode()
    assert f"verify {number}-public.zip --key" in page
    assert f"holds {len(found['record/entries.jsonl'].splitlines())} entries" in page
    at = next(row.entry for row in queries.editions(mission))
    assert f"The entry at position {at} is the act of publishing" in page
    assert mission.keys.verifier in page
    assert "does not show" in page
    assert "withheld" in page


def test_publishing_that_stopped_after_its_commit_gives_the_same_bundle_again(mission: Mission, monkeypatch: pytest.MonkeyPatch) -> None:
    """The power goes between the COMMIT and the zip."""
    record_claims(mission, ANALYST, (), everything=True)
    row = editions.draft(mission, ANALYST, RECORDED)
    real = editions._packed

    def gone(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(editions, "_packed", gone)
    with pytest.raises(KeyboardInterrupt):
        editions.publish(mission, PUBLISHER, row.id, "public")
    monkeypatch.setattr(editions, "_packed", real)
    entries = queries.counts(mission)["entries"]
    assert queries.edition(mission, row.id).state == "published"
    done, bundle = editions.publish(mission, PUBLISHER, row.id, "public")
    people.appoint(mission, ADMINISTRATOR, "Later", ("publisher",))
    assert (done.position, editions.bundle(mission, row.id, "public")) == (entries - 1, bundle)
    files = editions.files(mission, row.id, "public")
    assert {name: content for name, content in parts(bundle).items() if name in files} == files


def test_publishing_that_stopped_before_its_commit_published_nothing(mission: Mission, monkeypatch: pytest.MonkeyPatch) -> None:
    row = editions.draft(mission, ANALYST, RECORDED)
    real = editions.render

    def slow(*given: object) -> dict[str, bytes]:
        people.appoint(mission, ADMINISTRATOR, "Meanwhile", ("publisher",))
        return dict.fromkeys(TEXTS, b"")

    monkeypatch.setattr(editions, "render", slow)
    with pytest.raises(Refusal, match="edition_moved"):
        editions.publish(mission, PUBLISHER, row.id, "public")
    monkeypatch.setattr(editions, "render", real)
    assert queries.edition(mission, row.id).state == "drafted"
    with pytest.raises(Refusal, match="edition_not_published"):
        editions.bundle(mission, row.id, "public")


def test_the_house_gets_its_own_profile_with_every_entry(mission: Mission, tmp_path: Path) -> None:
    number, bundle = published(mission, "internal")
    verify_bundle(kept(bundle, tmp_path / "inside.zip"), mission.keys.verifier)
    data = json.loads(parts(bundle)["edition.json"])
    names = {each["id"] for each in data["basis"]}
    assert {claim["ref"] for claim in data["claims"]} <= names
    assert {statement["ref"] for statement in data["statements"]} <= names
    assert "ACC-00" in json.dumps(data["standing"])
    assert b"Internal: not to leave the house" in parts(bundle)["report.html"]
    done, outside = editions.publish(mission, PUBLISHER, number, "public")
    verify_bundle(kept(outside, tmp_path / "outside.zip"), mission.keys.verifier)
    assert done.position == queries.edition(mission, number).entry


def test_a_retracted_edition_stays_retracted(mission: Mission) -> None:
    number, _ = published(mission)
    with pytest.raises(Refusal, match="not_in_record"):
        editions.retract(mission, PUBLISHER, number, "a wrong name", "EDN-2031-0009")
    with pytest.raises(Refusal, match="edition_replaces_itself"):
        editions.retract(mission, PUBLISHER, number, "a wrong name", number)
    with pytest.raises(Refusal, match="edition_state"):  # nobody outside can read a draft
        editions.retract(mission, PUBLISHER, number, "a wrong name", editions.draft(mission, ANALYST, RECORDED).id)
    with pytest.raises(Refusal, match="reason_missing"):
        editions.retract(mission, PUBLISHER, number, "  ")
    editions.retract(mission, PUBLISHER, number, "a wrong name")
    assert queries.edition(mission, number).state == "retracted"
    for act in (
        lambda: editions.publish(mission, PUBLISHER, number, "public"),
        lambda: editions.retract(mission, PUBLISHER, number, "again"),
    ):
        with pytest.raises(Refusal, match="edition_state"):
            act()
    draft = editions.draft(mission, ANALYST, RECORDED)
    with pytest.raises(Refusal, match="edition_state"):
        editions.retract(mission, PUBLISHER, draft.id, "not yet out")


# --- a mission of one ---------------------------------------------------------------------------------------------


def test_a_mission_of_one_publishes_and_every_page_says_that_it_is_one(tmp_path: Path) -> None:
    founding = Founding("teaching", "Solveig", "A mission of one", roles=ROLES)
    alone = missions.create(tmp_path / "alone", founding, ground(9, LATER))
    try:
        fill(alone, tmp_path / "papers", "Solveig", "Solveig")
        record_claims(alone, "Solveig", (), everything=True)
        row = editions.draft(alone, "Solveig", RECORDED)
        with pytest.raises(Refusal, match="edition_own"):
            editions.approve(alone, "Solveig", row.id)
        _, bundle = editions.publish(alone, "Solveig", row.id, "public")
        verify_bundle(kept(bundle, tmp_path / "alone.zip"), alone.keys.verifier)
        found = parts(bundle)
        assert ALONE in found["report.html"].decode().split("<header", 1)[0]
        assert json.loads(found["edition.json"])["standing"]["four_eyes"] is False
        assert "Four eyes were not used" in found["HOW-TO-CHECK.txt"].decode()
        assert b"Solveig" not in b"".join(found.values())
        with zipfile.ZipFile(io.BytesIO(found["report.docx"])) as printed:
            assert any(ALONE.encode() in printed.read(name) for name in printed.namelist() if "header" in name or "document" in name)
        entry = queries.entry(alone, queries.edition(alone, row.id).entry).body
        assert (entry["four_eyes"], entry["people"]) == (False, 1)
        assert reviewed(replace(thaw(Edition, vault.read(alone, row.content)), standing=None)) is False
    finally:
        whole(alone)
        missions.close(alone)

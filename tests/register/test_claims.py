"""Claims enter the record: as they were proposed, or by hand; a batch is done whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from merestone.ledger.terms import Refusal
from merestone.register import packs, queries, vault
from merestone.register.claims import correct, record_claims, record_form, withdraw
from merestone.register.decide import Deciding, decide
from merestone.register.describe import describe
from merestone.register.erase import Erasing, erase
from merestone.register.protect import protect
from merestone.register.standing import standing
from merestone.register.terms import Mission
from tests.register.cast import ANALYST, MONITOR, PUBLISHER, REVIEWER, SECOND
from tests.register.desk_work import LATER, ORSAY, VELDAR, acts, claims, give, proposed, two_sides

LETTER = (
    "We, the undersigned organisations, call on the Monitoring Mission to investigate the shelling of Keldholt on 17 May 2031.\n\n"
    "On 17 May Orsayan forces shelled the village of Keldholt.\n\n"
    "Signatories:\nVeldar Forum of Civic Groups\nKeldholt Farmers' Union\n"
)


def content(mission: Mission, ref: str) -> Any:
    return json.loads(vault.read(mission, queries.claim(mission, ref).content))


def test_a_claim_is_recorded_as_it_was_proposed(mission: Mission, tmp_path: Path) -> None:
    ve, _ = two_sides(mission, tmp_path / "a")
    proposed(mission)
    (row,) = claims(mission, ve)
    (done,) = record_claims(mission, ANALYST, [row.ref])
    after = queries.claim(mission, row.ref)
    told = json.loads(vault.read(mission, row.reading))["claims"][0]
    assert (done.kind, done.subject, after.state, after.reading, after.incident) == (
        "recorded",
        row.ref,
        "recorded",
        row.reading,
        row.incident,
    )
    assert content(mission, row.ref) == told
    assert (after.kind, after.initiator, after.start, after.end) == (row.kind, row.initiator, row.start, row.end)
    assert proposed(mission).joined.position is None


def test_an_exhibit_stands_for_all_of_its_waiting_proposals(mission: Mission, tmp_path: Path) -> None:
    (arrived,) = give(mission, tmp_path / "a", {"letter.md": LETTER}, published="2031-05-21", language="en")
    proposed(mission)
    rows = queries.claims(mission, exhibit=arrived.exhibit)
    assert {row.part for row in rows} >= {"", "A", "G"}
    decide(mission, REVIEWER, Deciding(rows[0].ref, "deferred", reason="to be asked about"))
    done = record_claims(mission, REVIEWER, [arrived.exhibit])
    assert [each.subject for each in done] == [row.ref for row in rows[1:]]
    signed = content(mission, f"{arrived.exhibit}#G1")
    assert signed["signatories"] == ["Veldar Forum of Civic Groups", "Keldholt Farmers' Union"]
    appeal = content(mission, f"{arrived.exhibit}#A1")
    assert LETTER[appeal["start"] :].startswith(appeal["quote"])
    describe(mission, ANALYST, arrived.exhibit, {"publisher": "Meridian Newswire"}, "masthead")
    proposed(mission)
    again = queries.claims(mission, exhibit=arrived.exhibit)
    assert {row.ref for row in again} >= {row.ref for row in rows}
    assert [row.part for row in again if row.part in "AG" and row.state == "proposed"] == []


def test_everything_that_waits(mission: Mission, tmp_path: Path) -> None:
    ve, orsay = two_sides(mission, tmp_path / "a")
    proposed(mission)
    done = record_claims(mission, ANALYST, (), everything=True)
    assert {each.subject.partition("#")[0] for each in done} == {ve, orsay}
    for whats, everything, code in (((), False, "nothing_named"), ((), True, "nothing_waiting"), ((ve,), False, "nothing_waiting")):
        with pytest.raises(Refusal, match=code):
            record_claims(mission, ANALYST, whats, everything)


def test_a_batch_with_one_fault_is_not_done_and_every_fault_is_named(mission: Mission, tmp_path: Path) -> None:
    ve, orsay = two_sides(mission, tmp_path / "a")
    (later,) = give(mission, tmp_path / "b", {"later.txt": LATER}, published="2031-05-20", language="en")
    proposed(mission)
    record_claims(mission, ANALYST, [f"{orsay}#1"])
    protect(mission, ANALYST, later.exhibit, "a witness")
    before = acts(mission)
    with pytest.raises(Refusal) as caught:
        record_claims(mission, ANALYST, [f"{ve}#1", f"{orsay}#1", later.exhibit, f"{ve}#9"])
    assert (caught.value.code, caught.value.facts["count"]) == ("batch_refused", 3)
    for part in (f"{orsay}#1: claim_recorded", f"{later.exhibit}: exhibit_protected", f"{ve}#9: not_in_record"):
        assert part in caught.value.facts["problems"]
    assert acts(mission) == before
    assert queries.claim(mission, f"{ve}#1").state == "proposed"


def test_what_was_decided_against_is_not_recorded(mission: Mission, tmp_path: Path) -> None:
    ve, orsay = two_sides(mission, tmp_path / "a")
    proposed(mission)
    decide(mission, REVIEWER, Deciding(f"{ve}#1", "rejected", reason="a drill"))
    with pytest.raises(Refusal, match="claim_rejected"):
        record_claims(mission, ANALYST, [f"{ve}#1"])
    decide(mission, REVIEWER, Deciding(f"{ve}#1", "deferred", reason="no drill after all"))
    record_claims(mission, ANALYST, [f"{ve}#1", f"{ve}#1"])
    withdraw(mission, ANALYST, f"{ve}#1", "it was a drill")
    with pytest.raises(Refusal, match="claim_withdrawn"):
        record_claims(mission, ANALYST, [f"{ve}#1"])
    erase(mission, REVIEWER, Erasing(orsay, "the person's wish", "asked", SECOND))
    with pytest.raises(Refusal, match="exhibit_erased"):
        record_claims(mission, ANALYST, [f"{orsay}#1"])


@pytest.mark.parametrize("actor", [MONITOR, PUBLISHER])
def test_only_analysts_and_reviewers_record(mission: Mission, tmp_path: Path, actor: str) -> None:
    ve, _ = two_sides(mission, tmp_path / "a")
    proposed(mission)
    with pytest.raises(Refusal, match="role_missing"):
        record_claims(mission, actor, [ve])


FORM = {
    "kind": "casualty",
    "quote": "One civilian was wounded",
    "said_by": ["Ministry of Defence of Veldar"],
    "initiator": "OR",
    "target": {"party": "VE", "what": "civilians"},
    "when": {"from": "2031-05-17T02:40-02:00", "precision": "minute"},
    "casualties": [{"outcome": "wounded", "party": "VE", "group": "civilian", "min": 1, "max": 1}],
}


def test_a_claim_by_hand_stands_beside_the_proposals(mission: Mission, tmp_path: Path) -> None:
    ve, _ = two_sides(mission, tmp_path / "a")
    proposed(mission)
    place = packs.of(mission).places[0]
    count = len(claims(mission, ve))
    done = record_form(mission, ANALYST, ve, {**FORM, "where": [{"place": place.id, "role": "at"}]})
    assert done.subject == f"{ve}#{count + 1}"
    told = content(mission, done.subject)
    assert VELDAR[told["start"] :].startswith(FORM["quote"])
    assert (told["where"][0]["lat"], told["where"][0]["name"]) == (place.lat, place.name)
    assert told["rule"] == "written by hand"
    row = queries.claim(mission, done.subject)
    assert (row.state, row.kind, row.initiator, row.reading) == ("recorded", "casualty", "OR", "")
    proposed(mission)
    assert queries.claim(mission, done.subject).incident == queries.claim(mission, f"{ve}#1").incident != ""


def test_a_claim_by_hand_can_be_in_an_exhibit_that_nobody_read(mission: Mission, tmp_path: Path) -> None:
    (arrived,) = give(mission, tmp_path / "a", {"fr.txt": "Un civil a été blessé le 17 mai."}, language="fr")
    done = record_form(mission, ANALYST, arrived.exhibit, {**FORM, "quote": "Un civil a été blessé"})
    assert proposed(mission).joined.incidents == 1
    assert queries.claim(mission, done.subject).incident
    describe(mission, ANALYST, arrived.exhibit, {"language": "en"}, "to be read all the same")
    proposed(mission)
    assert {row.ref: row.state for row in claims(mission, arrived.exhibit)}[done.subject] == "recorded"
    (dossier,) = standing(mission).dossiers
    assert dossier.reading.claims[0].quote == "Un civil a été blessé"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quote": "Two civilians were wounded"}, "quote"),
        ({"quote": None}, "quote"),
        ({"quote": "e"}, "start"),
        ({"start": 3}, "quote"),
        ({"kind": "attack"}, "kind"),
        ({"initiator": "XX"}, "initiator"),
        ({"target": {"party": "XX"}}, "target.party"),
        ({"target": {"what": "the sky"}}, "target.what"),
        ({"casualties": [{"outcome": "wounded", "party": "XX"}]}, "casualties[0].party"),
        ({"casualties": [{"outcome": "tired"}]}, "casualties[0].outcome"),
        ({"where": [{"place": "nowhere-at-all"}]}, "where[0].place"),
        ({"where": "Keldholt"}, "where"),
        ({"when": {"from": "yesterday"}}, "when.from"),
        ({"weapons": ["stones"]}, "weapons"),
        ({"Kind": "casualty"}, "Kind"),
        ({"incident": "INC-2031-0001"}, "incident"),
    ],
)
def test_a_form_with_a_fault_names_the_field(mission: Mission, tmp_path: Path, wrong: dict[str, Any], field: str) -> None:
    ve, _ = two_sides(mission, tmp_path / "a")
    before = acts(mission)
    with pytest.raises(Refusal) as caught:
        record_form(mission, ANALYST, ve, {**FORM, **wrong})
    assert (caught.value.code, caught.value.facts["field"]) == ("form_wrong", field)
    assert acts(mission) == before


def test_a_correction_points_back_and_counts(mission: Mission, tmp_path: Path) -> None:
    ve, _ = two_sides(mission, tmp_path / "a")
    proposed(mission)
    record_claims(mission, ANALYST, [f"{ve}#1"])
    before = queries.claim(mission, f"{ve}#1")
    done = correct(mission, REVIEWER, f"{ve}#1", {"kind": "shelling", "said_by": ["Meridian Newswire"]}, "the word is shelling")
    entry = queries.entry(mission, done.position)
    after = queries.claim(mission, f"{ve}#1")
    assert (entry.body["replaces"], entry.body["content"]) == (before.content, after.content)
    assert after.kind == "shelling"
    told, old = content(mission, f"{ve}#1"), json.loads(vault.read(mission, before.content))
    assert {key for key in told if told[key] != old[key]} == {"kind", "said_by", "speakers"}
    assert told["speakers"][0]["affiliation"] == "none"
    for form, code in (({"kind": "shelling"}, "nothing_changes"), ({"kind": "attack"}, "form_wrong"), ({"rule": "x"}, "form_wrong")):
        with pytest.raises(Refusal, match=code):
            correct(mission, REVIEWER, f"{ve}#1", form, "again")
    with pytest.raises(Refusal, match="reason_missing"):
        correct(mission, REVIEWER, f"{ve}#1", {"kind": "casualty"}, " ")


def test_only_what_is_in_the_record_is_corrected_or_withdrawn(mission: Mission, tmp_path: Path) -> None:
    ve, orsay = two_sides(mission, tmp_path / "a")
    proposed(mission)
    with pytest.raises(Refusal, match="claim_not_recorded"):
        correct(mission, ANALYST, f"{ve}#1", {"kind": "shelling"}, "because")
    with pytest.raises(Refusal, match="claim_not_recorded"):
        withdraw(mission, ANALYST, f"{ve}#1", "because")
    record_claims(mission, ANALYST, [orsay])
    withdraw(mission, ANALYST, f"{orsay}#1", "misread")
    assert queries.claim(mission, f"{orsay}#1").state == "withdrawn"
    assert ORSAY not in json.dumps([entry.body for entry in queries.entries(mission)])

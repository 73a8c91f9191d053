"""Decisions: on what waits, and on incidents; refuting takes a point and something that it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from merestone.ledger.terms import Refusal
from merestone.register import packs, queries
from merestone.register.claims import record_claims
from merestone.register.decide import Deciding, decide
from merestone.register.field import observe, patrol
from merestone.register.protect import protect
from merestone.register.terms import Mission
from tests.register.cast import ANALYST, MONITOR, PUBLISHER, REVIEWER
from tests.register.desk_work import acts, proposed, two_sides

INC = "INC-2031-0001"


def test_a_proposal_is_rejected_deferred_and_taken_up_again(mission: Mission, tmp_path: Path) -> None:
    ve, _ = two_sides(mission, tmp_path / "a")
    proposed(mission)
    for verdict in ("rejected", "deferred"):
        decide(mission, REVIEWER, Deciding(f"{ve}#1", verdict, reason="because"))
        assert queries.claim(mission, f"{ve}#1").state == verdict
    for verdict, point, code in (
        ("deferred", "", "claim_not_waiting"), ("adopted", "", "adopt_by_recording"), ("refuted", "", "decision_unfit"), ("rejected", "who", "decision_unfit"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=code):
            decide(mission, REVIEWER, Deciding(f"{ve}#1", verdict, point, reason="because"))
    record_claims(mission, ANALYST, [f"{ve}#1"])
    with pytest.raises(Refusal, match="claim_not_waiting"):
        decide(mission, REVIEWER, Deciding(f"{ve}#1", "rejected", reason="because"))


@pytest.mark.parametrize("verdict", ["adopted", "rejected", "deferred", "unverifiable"])
def test_an_incident_is_decided(mission: Mission, tmp_path: Path, verdict: str) -> None:
    ve, _ = two_sides(mission, tmp_path / "a")
    proposed(mission)
    decide(mission, REVIEWER, Deciding(INC, verdict, by=(ve, ve), reason="because"))
    assert queries.incident(mission, INC).state == verdict
    (row,) = queries.decisions(mission, INC)
    assert (row.verdict, row.by) == (verdict, (ve,))


def test_refuting_names_the_point_and_what_it_rests_on(mission: Mission, tmp_path: Path) -> None:
    ve, orsay = two_sides(mission, tmp_path / "a")
    proposed(mission)
    place = packs.of(mission).places[0].id
    window = {"from": "2031-05-17T02:00-02:00", "to": "2031-05-17T04:00-02:00"}
    nil = patrol(mission, MONITOR, {"kind": "post", "window": window, "places": [place], "nil": True}).subject
    seen = observe(mission, MONITOR, {"position": {"place": place}, "means": "camera", "what": "other", "window": window}).subject
    protect(mission, ANALYST, orsay, "a witness")
    before = acts(mission)
    cases = [
        ("", (seen,), "refuting_rests_on_nothing"), ("who", (), "refuting_rests_on_nothing"), ("where", (nil,), "nil_refutes_nothing"),
        ("where", (seen, nil), "nil_refutes_nothing"), ("why", (seen,), "point_unknown"), ("where", (orsay,), "exhibit_protected"),
        ("where", (f"{ve}#1",), "ground_unfit"), ("where", ("OBS-0000-0000",), "not_in_record"), ("where", (INC,), "ground_unfit"),
    ]  # fmt: skip
    for point, by, code in cases:
        with pytest.raises(Refusal, match=code):
            decide(mission, REVIEWER, Deciding(INC, "refuted", point, by, "seen otherwise"))
    assert acts(mission) == before
    decide(mission, REVIEWER, Deciding(INC, "refuted", "how_many", (seen, ve), "seen otherwise"))
    (row,) = queries.decisions(mission, INC)
    assert (row.verdict, row.point, row.by) == ("refuted", "how_many", (seen, ve))
    assert queries.incident(mission, INC).state == "proposed"  # a point of it is refuted, not the whole


def test_only_a_reviewer_decides_and_always_with_a_reason(mission: Mission, tmp_path: Path) -> None:
    two_sides(mission, tmp_path / "a")
    proposed(mission)
    for actor in (ANALYST, MONITOR, PUBLISHER):
        with pytest.raises(Refusal, match="role_missing"):
            decide(mission, actor, Deciding(INC, "adopted", reason="because"))
    for subject, verdict, reason, code in (
        (INC, "adopted", "", "reason_missing"), (INC, "proven", "because", "decision_unfit"), ("INC-2031-0099", "adopted", "because", "not_in_record"),
        ("OBS-0000-0000", "adopted", "because", "decision_unfit"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=code):
            decide(mission, REVIEWER, Deciding(subject, verdict, reason=reason))

"""Judgements: on claims, on an observation and an incident; the later counts, and none contradicts the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.ledger.terms import Refusal
from merestone.link.terms import Judgement, Ref
from merestone.register import packs, queries, vault
from merestone.register.decide import Deciding, decide
from merestone.register.field import observe
from merestone.register.judge import contradiction, judge
from merestone.register.standing import latest
from merestone.register.terms import Mission
from tests.register.cast import ANALYST, MONITOR, REVIEWER
from tests.register.desk_work import LATER, acts, give, proposed, two_sides


def three(mission: Mission, folder: Path) -> tuple[str, str, str]:
    ve, orsay = two_sides(mission, folder / "a")
    (later,) = give(mission, folder / "b", {"later.txt": LATER}, published="2031-05-20", language="en")
    proposed(mission)
    return f"{ve}#1", f"{orsay}#1", f"{later.exhibit}#1"


def test_the_later_judgement_counts_and_both_are_kept(mission: Mission, tmp_path: Path) -> None:
    a, b, _ = three(mission, tmp_path)
    judge(mission, ANALYST, a, b, "different", "other hours")
    judge(mission, REVIEWER, b, a, "same", "the clocks differ")
    rows = queries.judgements(mission)
    assert [(row.a, row.b, row.verdict) for row in rows] == [(*sorted((a, b)), "different"), (*sorted((a, b)), "same")]
    assert [row.verdict for row in latest(rows)] == ["same"]
    assert [vault.read(mission, row.reason) for row in rows] == [b"other hours", b"the clocks differ"]


def test_what_contradicts_is_refused_with_both_claims_named(mission: Mission, tmp_path: Path) -> None:
    a, b, c = three(mission, tmp_path)
    judge(mission, ANALYST, a, b, "same", "one")
    judge(mission, ANALYST, b, c, "same", "one")
    before = acts(mission)
    with pytest.raises(Refusal) as caught:
        judge(mission, ANALYST, c, a, "different", "two")
    assert (caught.value.code, {caught.value.facts["a"], caught.value.facts["b"]}) == ("judgements_contradict", {a, c})
    assert acts(mission) == before
    judge(mission, ANALYST, b, c, "unsure", "not so sure")
    judge(mission, ANALYST, c, a, "different", "two")
    assert proposed(mission).joined.incidents == 2


def test_what_is_no_pair_is_refused(mission: Mission, tmp_path: Path) -> None:
    a, b, c = three(mission, tmp_path)
    decide(mission, REVIEWER, Deciding(c, "rejected", reason="no claim"))
    cases = [
        (a, a, "same", "pair_unfit"), (a, "INC-2031-0001", "same", "pair_unfit"), (a, "EXH-0000-0000#1", "same", "not_in_record"),
        (a, c, "same", "claim_not_standing"), (a, b, "alike", "unknown_verdict"), ("OBS-0000-0000", "INC-2031-0001", "same", "not_in_record"),
    ]  # fmt: skip
    for first, second, verdict, code in cases:
        with pytest.raises(Refusal, match=code):
            judge(mission, ANALYST, first, second, verdict, "because")
    with pytest.raises(Refusal, match="reason_missing"):
        judge(mission, ANALYST, a, b, "same", "")
    with pytest.raises(Refusal, match="role_missing"):
        judge(mission, MONITOR, a, b, "same", "because")


def test_an_observation_is_judged_to_be_of_an_incident(mission: Mission, tmp_path: Path) -> None:
    a, b, c = three(mission, tmp_path)
    place = packs.of(mission).places[0].id
    form = {"position": {"place": place}, "means": "heard", "what": "burst", "window": {"from": "2031-05-17T02:38-02:00"}}
    seen = observe(mission, MONITOR, form).subject
    incident = queries.claim(mission, a).incident
    judge(mission, ANALYST, incident, seen, "same", "the same minute")
    (row,) = queries.judgements(mission)
    assert (row.a, row.b) == (seen, incident)
    other = queries.claim(mission, c).incident
    judge(mission, ANALYST, b, c, "same", "one")
    for row in queries.claims(mission, incident=other):
        judge(mission, ANALYST, a, row.ref, "same", "one")
    proposed(mission)
    # the number that an observation was judged to be of stays; the other leads on, and is not judged any more
    assert {queries.claim(mission, each).incident for each in (a, b, c)} == {incident}
    with pytest.raises(Refusal) as caught:
        judge(mission, ANALYST, seen, other, "different", "another day")
    assert (caught.value.code, caught.value.facts) == ("incident_led_on", {"incident": other, "now": incident})


PAIRS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from(["same", "different", "unsure"])), max_size=12)


@given(PAIRS)
def test_a_contradiction_is_found_exactly_where_there_is_one(pairs: list[tuple[int, int, str]]) -> None:
    judged = [Judgement(Ref("EXH-1", a), Ref("EXH-1", b), verdict) for a, b, verdict in pairs if a != b]
    together = {n: {n} for n in range(6)}
    for a, b, verdict in pairs:
        if verdict == "same":
            joined = together[a] | together[b]
            for each in joined:
                together[each] = joined
    clash = any(verdict == "different" and a != b and b in together[a] for a, b, verdict in pairs)
    assert (contradiction(judged) is not None) == clash

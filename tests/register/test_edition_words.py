"""What people say of an incident stands in an edition over what the machine concluded, and only that; what they reject is not there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from merestone.ledger.terms import Refusal
from merestone.register import editions, queries
from merestone.register.claims import correct, record_claims, withdraw
from merestone.register.conclusions import Word, with_word
from merestone.register.decide import Deciding, decide
from merestone.register.edition import Asking, edition_of
from merestone.register.erase import Erasing, erase
from merestone.register.field import observe
from merestone.register.judge import judge
from merestone.register.propose import propose
from merestone.register.protect import protect
from merestone.register.terms import Mission
from merestone.report import INTERNAL, PUBLIC
from merestone.report.terms import Edition, Incident
from tests.register.bundles import TEXTS, copied, exhibit, filled_in
from tests.register.cast import ANALYST, MONITOR, PUBLISHER, REVIEWER

SEEN = {
    "position": {"place": "keldholt-district"},
    "means": "heard",
    "what": "explosion",
    "window": {"from": "2031-05-19T06:00-02:00"},
    "words": "as the miller pointed",
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_in(tmp_path_factory.mktemp("words"))


@pytest.fixture
def mission(filled: Path, tmp_path: Path) -> Iterator[Mission]:
    yield from copied(filled, tmp_path / "copy")


def now(mission: Mission, **asked: object) -> Edition:
    return edition_of(mission, Asking(**asked))  # type: ignore[arg-type]


def incident(found: Edition, number: str) -> Incident:
    return next(each for each in found.incidents if each.group.id == number)


def shared(found: Edition) -> Incident:
    """An incident of several claims of several exhibits."""
    return max(found.incidents, key=lambda each: (len({ref.document for ref in each.group.claims}), each.group.id))


def decided(mission: Mission, number: str, verdict: str, point: str = "", by: tuple[str, ...] = ()) -> None:
    decide(mission, REVIEWER, Deciding(number, verdict, point, by, "because the miller's widow says so"))


# --- decisions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verdict", ["adopted", "deferred", "unverifiable"])
def test_a_decision_on_an_incident_is_its_state_and_a_reason_and_leaves_the_grade(mission: Mission, verdict: str) -> None:
    before = shared(now(mission))
    decided(mission, before.group.id, verdict)
    found = now(mission)
    after = incident(found, before.group.id).assessment
    assert (after.state, after.grade) == (verdict, before.assessment.grade)
    assert after.reasons[0].text.lower().startswith(verdict)
    assert [reason.number for reason in after.reasons] == list(range(1, len(before.assessment.reasons) + 2))
    assert dict(found.basis)[before.group.id] == queries.decisions(mission)[0].entry


def test_the_reason_that_a_person_gave_stays_in_the_record(mission: Mission) -> None:
    decided(mission, shared(now(mission)).group.id, "adopted")
    row = editions.draft(mission, ANALYST, Asking())
    for profile in (INTERNAL, PUBLIC):
        assert b"widow" not in b"".join(editions.files(mission, row.id, profile, TEXTS).values())


def test_the_later_decision_holds(mission: Mission) -> None:
    number = shared(now(mission)).group.id
    decided(mission, number, "deferred")
    decided(mission, number, "adopted")
    assert incident(now(mission), number).assessment.state == "adopted"


def test_a_rejected_incident_is_not_there_and_its_claims_stand_alone(mission: Mission) -> None:
    gone = shared(now(mission))
    decided(mission, gone.group.id, "rejected")
    found = now(mission)
    assert gone.group.id not in {each.group.id for each in found.incidents}
    assert {card.incident for card in found.claims if card.ref in gone.group.claims} == {""}


def test_refuting_the_whole_needs_a_ground_and_outside_it_is_not_named(mission: Mission) -> None:
    number = shared(now(mission)).group.id
    paper = exhibit(mission, "or-president-2031-05-22.txt")
    decided(mission, number, "refuted", "that", (paper,))
    assert incident(now(mission), number).assessment.grade == "refuted"
    row = editions.draft(mission, ANALYST, Asking())
    inside, outside = (json.loads(editions.files(mission, row.id, each, TEXTS)["edition.json"]) for each in (INTERNAL, PUBLIC))
    assert paper in _reason(inside, number)
    assert _reason(outside, number) == "Refuted on one point (that it happened): a person of this mission so decided."
    assert number not in {each["id"] for each in outside["basis"]}, "the entry names what stands behind it"


def test_refuting_one_point_leaves_the_grade(mission: Mission) -> None:
    before = shared(now(mission))
    decided(mission, before.group.id, "refuted", "where", (exhibit(mission, "witness.txt"),))
    after = incident(now(mission), before.group.id).assessment
    assert after.grade == before.assessment.grade
    assert "on one point (where)" in after.reasons[0].text
    assert after.reasons[0].supports is False


def test_a_decision_that_rests_on_what_is_protected_by_now_is_not_told(mission: Mission) -> None:
    number = shared(now(mission)).group.id
    before = incident(now(mission), number).assessment
    decided(mission, number, "refuted", "that", (exhibit(mission, "hidden.txt"),))
    protect(mission, MONITOR, exhibit(mission, "hidden.txt"), "she is afraid")
    propose(mission, ANALYST)
    found = now(mission)
    assert incident(found, number).assessment.grade == before.grade
    assert number not in dict(found.basis)


# --- observations -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["judged", "decided"])
def test_an_observation_makes_the_grade_and_no_text_does(mission: Mission, way: str) -> None:
    before = now(mission)
    assert "observed" not in {each.assessment.grade for each in before.incidents}
    number = shared(before).group.id
    seen = observe(mission, MONITOR, SEEN).subject
    if way == "judged":
        judge(mission, ANALYST, seen, number, "same", "same hour, as the miller pointed")
    else:
        decided(mission, number, "adopted", by=(seen,))
    after = incident(now(mission), number).assessment
    assert after.grade == "observed"
    assert "Observed: an observation signed by this mission" in after.reasons[0].text
    assert not [reason for reason in after.reasons if reason.text.startswith("Not observed")]
    row = editions.draft(mission, ANALYST, Asking())
    outside = b"".join(editions.files(mission, row.id, PUBLIC, TEXTS).values())
    assert seen.encode() not in outside
    assert b"miller" not in outside


@pytest.mark.parametrize("way", ["judged", "decided"])
def test_an_observation_that_was_erased_makes_no_grade(mission: Mission, way: str) -> None:
    number = shared(now(mission)).group.id
    before = incident(now(mission), number).assessment
    seen = observe(mission, MONITOR, SEEN).subject
    if way == "judged":
        judge(mission, ANALYST, seen, number, "same", "the same hour")
    else:
        decided(mission, number, "adopted", by=(seen,))
    assert incident(now(mission), number).assessment.grade == "observed"
    erase(mission, REVIEWER, Erasing(seen, "order 17/2031", "asked by the person", PUBLISHER))
    assert incident(now(mission), number).assessment == before


def test_an_observation_judged_different_later_makes_no_grade(mission: Mission) -> None:
    before = shared(now(mission))
    seen = observe(mission, MONITOR, SEEN).subject
    judge(mission, ANALYST, seen, before.group.id, "same", "the hour")
    judge(mission, REVIEWER, seen, before.group.id, "different", "another valley")
    assert incident(now(mission), before.group.id).assessment == before.assessment


def test_nothing_that_was_said_of_it_leaves_an_assessment_as_it_is(mission: Mission) -> None:
    found = shared(now(mission)).assessment
    assert with_word(found, Word(None, (), ())) is found


# --- claims that go, and linking that is out of date --------------------------------------------------------------


def test_a_rejected_and_a_withdrawn_claim_are_gone_from_all_that_was_made_of_them(mission: Mission) -> None:
    before = shared(now(mission))
    first, second, *rest = before.group.claims
    decide(mission, REVIEWER, Deciding(str(first), "rejected", reason="a slip of the reader"))
    record_claims(mission, ANALYST, (str(second),))
    withdraw(mission, ANALYST, str(second), "it was another day")
    found = now(mission)
    assert {first, second}.isdisjoint(card.ref for card in found.claims)
    after = incident(found, before.group.id)
    assert after.group.claims == tuple(rest)
    linked = {ref for link in after.group.links for ref in (link.a, link.b)}
    assert linked == set(rest) if len(rest) > 1 else not linked
    told = json.dumps([str(ref) for reason in after.assessment.reasons for ref in reason.claims])
    assert str(first) not in told
    assert str(second) not in told
    assert {str(first), str(second)}.isdisjoint(name for name, _ in found.basis)


def test_recording_a_proposal_as_it_stands_needs_no_new_linking(mission: Mission) -> None:
    record_claims(mission, ANALYST, (), everything=True)
    assert now(mission, recorded_only=True).incidents


def test_a_correction_that_linking_has_not_seen_is_refused_until_it_has(mission: Mission) -> None:
    ref = str(shared(now(mission)).group.claims[0])
    record_claims(mission, ANALYST, (ref,))
    correct(mission, ANALYST, ref, {"kind": "arson"}, "the text says so")
    with pytest.raises(Refusal, match="linking_outdated"):
        now(mission)
    propose(mission, ANALYST)
    assert next(card for card in now(mission).claims if str(card.ref) == ref).claim.kind == "arson"


def test_a_judgement_that_changes_nothing_stands_in_nobodys_way(mission: Mission) -> None:
    one, other = shared(now(mission)).group.claims[:2]
    judge(mission, ANALYST, str(one), str(other), "unsure", "cannot tell")
    assert propose(mission, ANALYST).joined.position is None, "linking finds nothing new, so no entry says that it has seen it"
    assert now(mission).incidents


def _reason(data: dict[str, object], number: str) -> str:
    incidents: list[dict[str, object]] = data["incidents"]  # type: ignore[assignment]
    reasons: list[dict[str, str]] = next(each["reasons"] for each in incidents if each["id"] == number)  # type: ignore[assignment]
    return reasons[0]["text"]

"""A person concludes: on a proposal (rejected, deferred) or on an incident (adopted, rejected, deferred, unverifiable, refuted).

The law it keeps: refuting names the point and what it rests on, an observation or an exhibit. That a patrol perceived nothing refutes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from merestone.assess.terms import POINTS
from merestone.ledger.terms import Refusal
from merestone.register import people, queries, vault
from merestone.register.judge import standing_incident
from merestone.register.reason import reasoned
from merestone.register.record import writing
from merestone.register.standing import open_exhibit
from merestone.register.terms import DECISIONS, Act, Mission, Recorded

_OF_CLAIMS = ("rejected", "deferred")
_WAITS = ("proposed", "deferred", "rejected")


@dataclass(frozen=True, slots=True)
class Deciding:
    """`subject`: EXH-…#N or INC-…; `point`: of a contested incident, that who where when how_many, "" for the whole; `by`: OBS-… and
    EXH-… that it rests on."""

    subject: str
    verdict: str
    point: str = ""
    by: tuple[str, ...] = ()
    reason: str = ""


def decide(mission: Mission, actor: str, deciding: Deciding) -> Recorded:
    """Refuses `decision_unfit` for what a subject cannot have, and what stands in the way of it."""
    subject, verdict = deciding.subject, deciding.verdict
    if verdict not in DECISIONS:
        raise Refusal("decision_unfit", subject=subject, verdict=verdict, there_is=", ".join(DECISIONS))
    why = reasoned(deciding.reason, "decided")
    with writing(mission) as desk:
        by = people.who(mission, actor).id
        if "#" in subject:
            _claim(mission, deciding)
        else:
            _incident(mission, deciding)
        for each in deciding.by:
            _ground(mission, each)
        item = vault.item(mission, "reason", subject.partition("#")[0], why)
        body = {"subject": subject, "verdict": verdict, "point": deciding.point, "by": list(dict.fromkeys(deciding.by))}
        return Recorded(desk.add(Act("decided", by, {**body, "reason": item.commitment}, items=(item,))), "decided", subject)


def _claim(mission: Mission, deciding: Deciding) -> None:
    """A proposal. `adopted` would be no less than to record it, and what was recorded is withdrawn, not rejected."""
    if deciding.verdict == "adopted":
        raise Refusal("adopt_by_recording", claim=deciding.subject)
    if deciding.verdict not in _OF_CLAIMS or deciding.point:
        raise Refusal(
            "decision_unfit", subject=deciding.subject, verdict=deciding.point or deciding.verdict, there_is=", ".join(_OF_CLAIMS)
        )
    open_exhibit(mission, deciding.subject.partition("#")[0])
    row = queries.claim(mission, deciding.subject)
    if row.state not in _WAITS or row.state == deciding.verdict:
        raise Refusal("claim_not_waiting", claim=row.ref, state=row.state)


def _incident(mission: Mission, deciding: Deciding) -> None:
    if not deciding.subject.startswith("INC-"):
        raise Refusal("decision_unfit", subject=deciding.subject, verdict=deciding.verdict, there_is="decisions on EXH-…#N and INC-…")
    standing_incident(mission, deciding.subject)
    if deciding.point and deciding.point not in POINTS:
        raise Refusal("point_unknown", asked=deciding.point, there_is=", ".join(POINTS))
    if deciding.verdict == "refuted" and (not deciding.point or not deciding.by):
        raise Refusal("refuting_rests_on_nothing", incident=deciding.subject, points=", ".join(POINTS))


def _ground(mission: Mission, asked: str) -> None:
    """What a decision rests on: an observation of something, or an exhibit that is open."""
    if asked.startswith("PTL-"):
        raise Refusal("nil_refutes_nothing", patrol=asked)
    if asked.startswith("EXH-") and "#" not in asked:
        open_exhibit(mission, asked)
    elif not asked.startswith("OBS-"):
        raise Refusal("ground_unfit", asked=asked)
    elif all(row.id != asked for row in queries.observations(mission)):
        raise Refusal("not_in_record", asked=asked)

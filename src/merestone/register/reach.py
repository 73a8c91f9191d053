"""What a mission tells for the balance audit of its edition: where it looked, when it came to know and to decide, who decided what.

Counted from what is open alone: of an exhibit that is protected or erased, and of a form that is gone, nothing is told. The law it keeps:
a place becomes the side that it lies on before it leaves this room.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from merestone.capture.terms import Pack
from merestone.register import queries, vault
from merestone.register.standing import is_open
from merestone.register.terms import DecisionRow, EntryRow, Mission
from merestone.report.reach import CAMERA_DOWN, OBSERVATION, PATROL, REFUSED, Ground, areas_of, ground_of
from merestone.report.terms import Decided, Edition, Hours, Reach, Went


def reach_in(mission: Mission, made: Edition, pack: Pack, decisions: Sequence[DecisionRow], linked: Sequence[EntryRow]) -> Reach | None:
    """The reach of `made`, with what the mission knows. `decisions` are those that rest on what is open, `linked` the linking runs
    and the claims that were placed without one."""
    if made.reach is None:
        return None
    ground = ground_of(pack)
    went = tuple(_went(mission, ground))
    return replace(
        made.reach,
        areas=areas_of(ground, went, made.claims),
        went=went,
        hours=tuple(_hours(mission, made, decisions, linked)),
        decided=tuple(_decided(mission, made, decisions)),
    )


def _went(mission: Mission, ground: Ground) -> Iterator[Went]:
    for row in queries.patrols(mission):
        form = _form(mission, row.form)
        if form is None:
            continue
        day, sides = _day(form), _sides(_listed(form["places"]), ground)
        yield Went(PATROL, sides, day, form["nil"] is True)
        for each in form["restrictions"]:  # where it was is not always said: then on the sides of the patrol
            yield Went(REFUSED, _sides([each["place"]], ground) or sides, day)
        yield from (Went(CAMERA_DOWN, _sides([place], ground), day) for place in _listed(form["cameras_down"]))
    for seen in queries.observations(mission):
        form = _form(mission, seen.form)
        if form is not None:
            yield Went(OBSERVATION, _sides([form["position"]["place"]], ground), _day(form))


def _form(mission: Mission, commitment: str) -> dict[str, Any] | None:
    data = vault.open_item(mission.alias, commitment)
    return None if data is None else dict(json.loads(data))


def _listed(value: Any) -> list[str]:
    return list(value) if isinstance(value, list) else []


def _sides(places: Collection[str], ground: Ground) -> tuple[str, ...]:
    return tuple(sorted({ground.sides[place] for place in places if place in ground.sides}))


def _day(form: Mapping[str, Any]) -> str:
    start = str(form["window"]["from"])
    return start if start != "unknown" else ""


def _hours(mission: Mission, made: Edition, decisions: Sequence[DecisionRow], linked: Sequence[EntryRow]) -> Iterator[Hours]:
    basis, graded = dict(made.basis), _first_graded(mission, linked)
    decided = {row.subject: row.entry for row in reversed(decisions)}  # the first decision on it
    at = queries.hours(mission, [*basis.values(), *decided.values()])
    for incident in made.incidents:
        arrived = sorted(at.get(basis.get(ref.document, -1), "") for ref in incident.group.claims)
        name = incident.group.id
        yield Hours(name, next((hour for hour in arrived if hour), ""), graded.get(name, ""), at.get(decided.get(name, -1), ""))


def _first_graded(mission: Mission, linked: Sequence[EntryRow]) -> dict[str, str]:
    """Number of an incident -> hour of the linking run, or of the one claim, that it was given with. A run whose members were taken away tells nothing."""
    found: dict[str, str] = {}
    for entry in linked:
        if entry.act == "placed":
            found.setdefault(str(entry.body["incident"]), entry.at)
            continue
        members = vault.open_item(mission.alias, str(entry.body["members"]))
        for name in json.loads(members)["fresh"] if members is not None else ():
            found.setdefault(str(name), entry.at)
    return found


def _decided(mission: Mission, made: Edition, decisions: Sequence[DecisionRow]) -> Iterator[Decided]:
    """The last word on each question, with whom the claims of it blame by now; of claims that are not open nothing."""
    closed = {row.id for row in queries.exhibits(mission) if not is_open(row)}
    leads = {row.id: row.leads_to for row in queries.incidents(mission) if row.leads_to}
    asserted = {str(card.ref): card.claim.initiator for card in made.claims if card.claim.stance == "asserts"}
    for row in {(row.subject, row.point): row for row in decisions}.values():
        if "#" in row.subject:
            claim = queries.claim(mission, row.subject)
            named = {claim.initiator} if not claim.part and claim.exhibit not in closed else set()
        else:
            incident = row.subject
            while incident in leads:
                incident = leads[incident]
            named = {asserted[claim.ref] for claim in queries.claims(mission, incident=incident) if claim.ref in asserted}
        if named:
            yield Decided(row.actor, row.verdict, row.subject, tuple(sorted(named)))

"""What the edition published last says and the record no longer does: for the next edition, which has to say so.

The law it keeps: only people's acts correct (a claim corrected or withdrawn, an incident rejected or merged, a grade that is another now); what
an edition leaves out because other days were asked for is no correction. What was protected or erased since makes the earlier
edition void: it is not spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from merestone.link.terms import Ref
from merestone.register import queries, vault
from merestone.register.frozen import thaw
from merestone.register.standing import is_open, ref_of
from merestone.register.terms import EditionRow, Mission
from merestone.report.corrections import CORRECTED, GRADED, MERGED, REJECTED, SLOTS, WITHDRAWN
from merestone.report.terms import Card, Correction, Corrections, Edition
from merestone.report.withhold import plan_of


def corrections_in(mission: Mission, made: Edition) -> Corrections | None:
    """`made` against the last published edition that is whole; None where there is none."""
    last = _last(mission)
    if last is None:
        return None
    row, before = last
    hidden = plan_of(before).out
    items = (*_claims(mission, row, before, made, hidden), *_incidents(mission, before, made, hidden))
    return Corrections(row.id, items)


def _last(mission: Mission) -> tuple[EditionRow, Edition] | None:
    closed = {row.id for row in queries.exhibits(mission) if not is_open(row)}
    for row in reversed([row for row in queries.editions(mission) if row.state == "published"]):
        data = vault.open_item(mission.alias, row.content)
        if data is not None:
            before = thaw(Edition, data)
            if not closed & {document.id for document in before.documents}:
                return row, before
    return None


def _claims(mission: Mission, row: EditionRow, before: Edition, made: Edition, hidden: frozenset[Ref]) -> Iterator[Correction]:
    stood, stands = ({card.ref: card for card in edition.claims} for edition in (before, made))
    acts: Mapping[Ref, str] = {
        ref_of(str(entry.body["claim"])): entry.act
        for entry in queries.acts(mission, (CORRECTED, WITHDRAWN), row.size)
        if "#" in str(entry.body["claim"]) and str(entry.body["claim"]).partition("#")[2].isdecimal()
    }
    for ref in sorted(acts.keys() & stood.keys()):
        if acts[ref] == WITHDRAWN:
            yield Correction(WITHDRAWN, stood[ref].incident, (ref,), open=ref not in hidden)
        elif ref in stands:
            yield Correction(CORRECTED, stands[ref].incident, (ref,), _altered(stood[ref], stands[ref]), open=ref not in hidden)


def _altered(before: Card, now: Card) -> tuple[str, ...]:
    return tuple(slot for slot in SLOTS if getattr(before.claim, slot) != getattr(now.claim, slot))


def _incidents(mission: Mission, before: Edition, made: Edition, hidden: frozenset[Ref]) -> Iterator[Correction]:
    now = {each.group.id: each.assessment.grade for each in made.incidents}
    rows = {row.id: row for row in queries.incidents(mission)}
    for each in before.incidents:
        name, was = each.group.id, each.assessment.grade
        there, leads = not set(each.group.claims) <= hidden, rows[name].leads_to if name in rows else ""
        if name in now and now[name] != was:
            yield Correction(GRADED, name, was=was, now=now[name], open=there)
        elif name not in now and leads:
            yield Correction(MERGED, name, now=leads, open=there)
        elif name not in now and name in rows and rows[name].state == "rejected":
            yield Correction(REJECTED, name, open=there)

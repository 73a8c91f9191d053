"""Claims enter the record: proposals as they stand, or by a form; corrected and withdrawn by acts that point back.

The law it keeps: a batch is one transaction. Whatever stands in the way of one claim is named, with all else that does, and nothing is done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from merestone.ledger.canonical import canonical
from merestone.ledger.terms import Refusal
from merestone.register import packs, people, queries, vault
from merestone.register.claim_form import claim_of_form, corrected
from merestone.register.desk import Desk
from merestone.register.reason import reasoned
from merestone.register.record import writing
from merestone.register.standing import Kept, open_exhibit, text_of
from merestone.register.terms import Act, ClaimRow, Item, Mission, Recorded

_WHY_NOT = {"recorded": "claim_recorded", "rejected": "claim_rejected", "withdrawn": "claim_withdrawn", "superseded": "claim_superseded"}


def record_claims(mission: Mission, actor: str, whats: Sequence[str], everything: bool = False) -> tuple[Recorded, ...]:
    """Records "EXH-…" (all its waiting proposals), "EXH-…#3", "#S1" a statement, "#A1" an appeal, "#R1" a response, "#G1" signatories.

    `everything`: all waiting proposals of the mission. Refuses `nothing_named`, `nothing_waiting`, and what stands in the way: by its own
    code where it is one, as `batch_refused` with every one named where there are several.
    """
    with writing(mission) as desk:
        by = people.who(mission, actor).id
        if not whats and not everything:
            raise Refusal("nothing_named")
        problems: list[Refusal] = []
        rows: dict[str, ClaimRow] = {}
        for what in whats or [row.id for row in queries.exhibits(mission) if not row.protected and not row.erased]:
            try:
                rows.update((row.ref, row) for row in _waiting(mission, what, everything=not whats))
            except Refusal as refusal:
                problems.append(refusal)
        if problems:
            raise _together(problems)
        if not rows:
            raise Refusal("nothing_waiting", asked="the mission")
        return tuple(_recorded(desk, by, list(rows.values())))


def record_form(mission: Mission, actor: str, exhibit: str, form: object) -> Recorded:
    """A claim by hand: the fields of a claim in a reading, its quote standing in the exhibit's text. Refuses `form_wrong` and what
    concerns the exhibit."""
    with writing(mission) as desk:
        by = people.who(mission, actor).id
        row = open_exhibit(mission, exhibit)
        if not row.text:
            raise Refusal("exhibit_unread", id=row.id, found=row.unread or "it only carries others")
        number = max((each.number for each in queries.claims(mission, exhibit=row.id)), default=0) + 1
        claim = claim_of_form(form, packs.of(mission), text_of(mission, row).text) | {"id": number}
        return _content(desk, "recorded", (by, f"{row.id}#{number}"), claim, {"reading": ""})


def correct(mission: Mission, actor: str, claim: str, form: object, reason: str) -> Recorded:
    """Puts other values in the place of a recorded claim's: `form` holds the fields that change, all others stay."""
    with writing(mission) as desk:
        by = people.who(mission, actor).id
        row, told = _recorded_claim(mission, claim)
        text = text_of(mission, queries.exhibit(mission, row.exhibit)).text
        content = corrected(row.part, told, form, packs.of(mission), text)
        if content == told:
            raise Refusal("nothing_changes", subject=claim)
        why = vault.item(mission, "reason", row.exhibit, reasoned(reason, "corrected"))
        return _content(desk, "corrected", (by, row.ref), content, {"replaces": row.content, "reason": why.commitment}, (why,))


def withdraw(mission: Mission, actor: str, claim: str, reason: str) -> Recorded:
    """Takes a recorded claim back. It stays in the ledger; nothing is linked or concluded with it any more."""
    with writing(mission) as desk:
        by = people.who(mission, actor).id
        row, _ = _recorded_claim(mission, claim)
        why = vault.item(mission, "reason", row.exhibit, reasoned(reason, "withdrawn"))
        return Recorded(desk.add(Act("withdrawn", by, {"claim": row.ref, "reason": why.commitment}, items=(why,))), "withdrawn", row.ref)


def _waiting(mission: Mission, what: str, *, everything: bool) -> Iterator[ClaimRow]:
    exhibit = open_exhibit(mission, what.partition("#")[0])
    if "#" in what:
        row = queries.claim(mission, what)
        if row.state in _WHY_NOT:
            raise Refusal(_WHY_NOT[row.state], claim=what)
        yield row
        return
    rows = [row for row in queries.claims(mission, exhibit=exhibit.id) if row.state == "proposed"]
    if not rows and not everything:
        raise Refusal("nothing_waiting", asked=what)
    yield from rows


def _recorded(desk: Desk, actor: str, rows: Sequence[ClaimRow]) -> Iterator[Recorded]:
    kept: dict[str, Kept] = {}
    for row in rows:
        if row.exhibit not in kept:
            kept[row.exhibit] = Kept(desk.mission, queries.exhibit(desk.mission, row.exhibit), ())
        yield _content(desk, "recorded", (actor, row.ref), kept[row.exhibit].told(row), {"reading": row.reading})


def _content(
    desk: Desk, kind: str, who_what: tuple[str, str], content: Mapping[str, Any], body: Mapping[str, str], items: tuple[Item, ...] = ()
) -> Recorded:
    actor, ref = who_what
    item = vault.item(desk.mission, "claim", ref.partition("#")[0], canonical(dict(content)))
    return Recorded(desk.add(Act(kind, actor, {"claim": ref, "content": item.commitment, **body}, items=(item, *items))), kind, ref)


def _recorded_claim(mission: Mission, claim: str) -> tuple[ClaimRow, dict[str, Any]]:
    """A claim that stands in the record, and what it says."""
    exhibit = open_exhibit(mission, claim.partition("#")[0])
    row = queries.claim(mission, claim)
    if row.state != "recorded":
        raise Refusal("claim_not_recorded", claim=claim, state=row.state)
    return row, Kept(mission, exhibit, ()).told(row)


def _together(problems: Sequence[Refusal]) -> Refusal:
    if len(problems) == 1:
        return problems[0]
    told = [f"{next(iter(each.facts.values()), '?')}: {each.code}" for each in problems]
    return Refusal("batch_refused", count=len(problems), problems="; ".join(told))

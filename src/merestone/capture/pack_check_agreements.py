"""What is wrong or missing in the agreements of a pack: whose text, who reads it how, which days, kinds and places it names.

The law it keeps: the same is asked of every party and every version; that a reading is contested needs a source as much as that it is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from merestone.capture.pack_agreements import KINDS, READ_AS, SAYS
from merestone.capture.place_index import places_by_id
from merestone.capture.terms import Agreement, Pack, Provision

Told = tuple[str, str, str]  # code, where, what


def agreements(pack: Pack, kinds: Collection[str]) -> Iterator[Told]:
    """`kinds`: those of claims; empty where nobody says which there are."""
    ids = {agreement.id for agreement in pack.agreements}
    for agreement in pack.agreements:
        where = f"agreement {agreement.id}"
        if not agreement.origin:
            yield "no_origin", where, "nothing says whose text it is"
        if agreement.of and (agreement.of not in ids or agreement.of == agreement.id):
            yield "unknown_agreement", where, f"`{agreement.of}`, of which it is said to be a version, is no other agreement of the pack"
        for provision in agreement.provisions:
            yield from _provision(pack, agreement, provision, kinds)


def _provision(pack: Pack, agreement: Agreement, provision: Provision, kinds: Collection[str]) -> Iterator[Told]:
    where = f"agreement {agreement.id}, point {provision.number}"
    codes, places = {party.code for party in pack.parties}, places_by_id(pack.places)
    if provision.kind not in KINDS:
        yield "unknown_kind", where, f"`{provision.kind}`; known are {', '.join(KINDS)}"
    read = [*provision.applies.items(), *((each.party, each.says) for each in provision.readings)]
    for code, says in read:
        if code not in codes or says not in READ_AS:
            yield "unknown_applies", where, f"`{code}: {says}`"
    for each in provision.readings:
        if not each.source:
            yield "no_origin", where, f"nothing says where it is from that {each.party} reads it so"
    for said in provision.said:
        if said.says not in SAYS or not said.by or (said.party and said.party not in codes):
            yield "unknown_said", where, f"`{said.by}: {said.says}`; known are {', '.join(SAYS)}"
        if not said.source:
            yield "no_origin", where, f"nothing says where it is from that {said.by} said so"
    for day in _days(provision):
        if not _is_day(day):
            yield "bad_date", where, f"`{day}` is no day (YYYY-MM-DD)"
    rules = [*((step.kinds, step.places) for step in provision.steps), *((rule.kinds, rule.places) for rule in provision.touching)]
    for wanted, within in rules:
        for unknown in (kind for kind in wanted if kinds and kind not in kinds):
            yield "unknown_kind", where, f"`{unknown}` is no kind of claim"
        for unknown in (place for place in within if place not in places):
            yield "unknown_place", where, f"`{unknown}` is no place of the pack"


def _days(provision: Provision) -> Iterator[str]:
    days = [provision.since, provision.until, *(each.on for each in provision.readings), *(each.on for each in provision.said)]
    days += [day for step in provision.steps for day in (step.due, step.moved_to)]
    yield from (day for day in days if day)


def _is_day(told: str) -> bool:
    try:
        date.fromisoformat(told)
    except ValueError:
        return False
    return True

"""The audit: balance between the sides, effort, and the ledger with its proofs.

A record that is broken is shown here with the place where it is: this is the page on which one looks for that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from markupsafe import Markup

from merestone.assess.series import DAYS
from merestone.capture.terms import Pack
from merestone.ledger.note import opened
from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.ledger.tree import node_in
from merestone.register import bodies, editions, queries, vault
from merestone.register.switch import is_on
from merestone.register.terms import KINDS, EntryRow, Mission
from merestone.report import svg
from merestone.web import entries
from merestone.web.columns import Sides, columns_of
from merestone.web.effort import Arrived, Effort, Field, effort
from merestone.web.house import KNOWN, House, Sight, house_of, sight_asked
from merestone.web.page import page, plain
from merestone.web.proof import proven

Json = Mapping[str, Any]
SPELLS = (7, 14, 30)  # days that the page offers


def audit(request: HttpRequest) -> HttpResponse:
    house = house_of(request)
    shown: dict[str, Any] = {"balance": None, "effort": None, "parity": (), "hatches": "", "counts": {}, "broken_at": None, **_head(house)}
    sight: Sight | Refusal | None = None
    try:
        pack = house.pack()
        shown |= {"effort": _effort(house.mission, pack), "columns": columns_of(pack), "hatches": _hatches(pack)}
        sight = house.sight_or_reason()
    except BrokenRecord as broken:
        shown["broken_at"] = broken
    if isinstance(sight, Sight):
        edition = sight.edition
        shown |= {
            "balance": sight.balance(), "parity": edition.method.parity,
            "counts": {"claims": len(edition.claims), "incidents": len(edition.incidents), "documents": len(edition.documents)},
        }  # fmt: skip
    return plain(request, "audit.html", **shown) if sight is None else page(request, "audit.html", sight, **shown)


def balance(request: HttpRequest) -> HttpResponse:
    """`?days=`: how long the present period is that stands against the one before."""
    house = house_of(request)
    days = _days(request.GET.get("days", ""))
    shown: dict[str, Any] = {"balance": None, "parity": (), "hatches": "", "days": days, "spells": SPELLS}
    sight = sight_asked(request) if request.GET.get(KNOWN) else house.sight_or_reason()
    if isinstance(sight, Sight):
        shown |= {"balance": sight.balance(days), "parity": sight.edition.method.parity, "hatches": _hatches(house.pack())}
    return page(request, "audit-balance.html", sight, **shown)


def _days(asked: str) -> int:
    if not asked:
        return DAYS
    if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked) <= 366:
        raise Refusal("bad_option", option="days", found=asked)
    return int(asked)


def verified(request: HttpRequest) -> HttpResponse:
    """Looks through the whole record now. Whoever comes by an address comes to the button."""
    if request.method != "POST":
        return HttpResponseRedirect("/audit/#ledger")
    house = house_of(request)
    size, _ = queries.head(house.mission)
    shown: dict[str, Any] = {"result": None, "broken_at": None, "size": size, "at": house.mission.ground.clock(), "status": 200}
    try:
        shown["result"] = house.verified()
        shown["status"] = 409 if shown["result"] is None else 200
    except BrokenRecord as broken:
        shown |= {"broken_at": broken, "status": 500}
    return plain(request, "audit-verified.html", **shown)


def ledger(request: HttpRequest) -> HttpResponse:
    house = house_of(request)
    size, _ = queries.head(house.mission)
    accounts = {account.id: account for account in queries.accounts(house.mission)}
    asked = entries.wanted(request.GET.dict(), size, accounts)
    found = entries.found(house.mission, asked)
    telling = entries.Telling(house.mission, zones(house), accounts)
    rows = [(position, None if entry is None else telling.line(entry)) for position, entry in found.rows]
    return plain(
        request, "ledger.html", as_of=size, asked=asked, found=found, rows=rows, size=size, accounts=tuple(accounts.values()), acts=tuple(KINDS),
        older=f"?{urlencode({**asked.filters, 'before': found.low})}" if found.low else "",
        newest=f"?{urlencode(asked.filters)}" if asked.before < size else "",
    )  # fmt: skip


def entry(request: HttpRequest, position: int) -> HttpResponse:
    house = house_of(request)
    mission = house.mission
    size, note = queries.head(mission)
    if position >= size:
        raise Refusal("not_in_record", asked=f"entry {position}")
    shown: dict[str, Any] = {"proof": None, "broken_at": None, "line": None, "items": (), "pretty": "", "status": 200}
    data = queries.data(mission, position)
    try:
        checkpoint = opened(note, mission.keys.verifier)
        shown["proof"] = proven(data, position, checkpoint, node_in(lambda at: queries.hashes(mission, at)))
        told = queries.entry(mission, position)
        telling = entries.Telling(mission, zones(house), {account.id: account for account in queries.accounts(mission)})
        pretty = json.dumps(json.loads(data), indent=2, ensure_ascii=False)
        shown |= {"line": telling.line(told), "items": tuple(_items(mission, told)), "pretty": pretty}
    except BrokenRecord as broken:
        shown |= {"broken_at": broken, "status": 500}
    return plain(
        request, "entry.html", as_of=size, position=position, size=size, note=note.decode(errors="replace"), verifier=mission.keys.verifier,
        exact=data.decode(errors="replace"), length=len(data), **shown,
    )  # fmt: skip


# --- the ledger at a glance -----------------------------------------------------------------------------------------------


def _head(house: House) -> Json:
    """The last checkpoint, and whether the mission's key signed it."""
    size, note = queries.head(house.mission)
    verifier = house.mission.keys.verifier
    shown = {
        "size": size,
        "note": note.decode(errors="replace"),
        "verifier": verifier,
        "root": "",
        "unsigned": None,
        "last": None,
        "model_on": is_on(house.mission),
    }
    try:
        shown["root"] = opened(note, verifier).root.hex()
        shown["last"] = datetime.fromisoformat(queries.entry(house.mission, size - 1).at)
    except BrokenRecord as broken:
        shown["unsigned"] = broken
    return shown


def zones(house: House) -> tuple[str, ...]:
    """The mission's clocks; none where its pack is not the one that the record names."""
    try:
        return house.pack().timezones
    except BrokenRecord:
        return ()


def _hatches(pack: Pack) -> Markup:
    return Markup(svg.swatches(len(pack.parties)))  # noqa: S704 - written by report/svg.py, which escapes every value


# --- what is counted ------------------------------------------------------------------------------------------------------


def _effort(mission: Mission, pack: Pack) -> Effort:
    arrived = tuple(
        Arrived(publisher, language, published, _local(at, pack.timezones))
        for publisher, language, published, at in queries.arrivals(mission)
    )
    patrols = [form for row in queries.patrols(mission) if (form := vault.open_item(mission.alias, row.form)) is not None]
    seen = [row for row in queries.observations(mission) if vault.open_item(mission.alias, row.form) is not None]
    field = Field(len(patrols), sum(1 for form in patrols if json.loads(form).get("nil") is True), len(seen))
    refused = sum(1 for row in queries.refused(mission) if not row.protected)
    return effort(arrived, columns_of(pack), Sides(pack), refused, field)


def _local(at: str, zones: tuple[str, ...]) -> str:
    """The hour on the mission's first clock, by which its days are."""
    if not at:
        return ""
    return next((iso for _, iso in editions.clocks(datetime.fromisoformat(at), zones[:1])), at)


# --- what an entry names --------------------------------------------------------------------------------------------------


def _items(mission: Mission, told: EntryRow) -> Iterator[Json]:
    """Each commitment of the entry: in which field, and what became of its bytes. What they are is not told."""
    if not entries.known(told):
        return
    named = [(field, each) for field in told.body for each in _commitments(told, field)]
    kept = vault.kept(mission.alias, [each for _, each in named])
    for field, each in named:
        gone = None if each in kept else vault.removed_by(mission.alias, each)
        state = ("sealed" if kept[each] else "open") if each in kept else "missing" if gone is None else "gone"
        yield {"field": field.replace("_", " "), "commitment": each, "state": state, "gone": gone}


def _commitments(told: EntryRow, field: str) -> list[str]:
    ours = {commitment for commitment, _, _ in bodies.named(told.act, told.body)}
    value = told.body[field]
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str) and each in ours]

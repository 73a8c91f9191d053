"""Incidents: the list with its filters, and one with both sides’ versions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from markupsafe import Markup

from merestone.ledger.terms import Refusal
from merestone.register import queries, vault
from merestone.register.history import history
from merestone.register.standing import is_open
from merestone.register.terms import EntryRow, IncidentRow, Mission
from merestone.report import map as maps
from merestone.report import svg
from merestone.report.terms import Edition
from merestone.web import filters
from merestone.web.house import KNOWN, Sight, house_of, sight_asked
from merestone.web.hrefs import incident_href
from merestone.web.incident import Deed, deeds, incident_page, perceived
from merestone.web.incident_rows import LABELS, PATH, choices
from merestone.web.incident_rows import listed as rows_of
from merestone.web.page import page
from merestone.web.tabled import PAGE, form_asked, table


def listed(request: HttpRequest) -> HttpResponse:
    """As a page, or, at the same address, as CSV or GeoJSON of what the filter lets through."""
    sight = sight_asked(request)
    edition = sight.edition
    wanted, form = filters.asked(request.GET, edition), form_asked(request)
    if form != PAGE:
        return table(filters.narrowed(edition, filters.matching(edition, wanted)), form, "incidents")
    number = request.GET.get("page", "") or "1"
    found = rows_of(edition, wanted, int(number)) if number.isdecimal() and len(number) < 6 else None
    if found is None:
        raise Refusal("filter_malformed", option="page", found=number[:40], allowed="the number of a page of this list")
    shown = page(
        request,
        "incidents.html",
        sight,
        found=found,
        given=dict(wanted.given),
        choices=choices(edition),
        labels=LABELS,
        path=PATH,
        forms={name: wanted.address(PATH, format=name) for name in ("csv", "geojson")},
        hatches=_hatches(edition),
    )
    shown["Vary"] = "Accept"
    return shown


def one(request: HttpRequest, incident: str) -> HttpResponse:
    """One that led on to another, or that is a pattern, sends there; one that a person rejected says so."""
    house = house_of(request)
    sight, form = sight_asked(request), form_asked(request)
    found = sight.incidents.get(incident)
    if found is None and sight.known is not None:
        raise Refusal("not_in_record", asked=incident)
    if found is None:
        return _elsewhere(request, sight, house.mission, incident)
    if form != PAGE:
        return table(filters.narrowed(sight.edition, (found,)), form, incident)
    told = incident_page(found, sight.edition, sight.anchors, sight.cards)
    shown = page(
        request,
        "incident.html",
        sight,
        incident=told,
        deeds=_deeds(house.mission, sight, incident),
        observations=_observed(house.mission, sight, told["observed"]),
        forms={
            name: filters.Filter(known=request.GET.get(KNOWN, "")).address(incident_href(incident), format=name)
            for name in ("csv", "geojson")
        },
        picture=Markup(told["picture"]),  # noqa: S704 - written by report/svg.py, which escapes every value
        marks=[(_mark(role), name) for name, role in told["marks"]],
        hatches=_hatches(sight.edition),
    )
    shown["Vary"] = "Accept"
    return shown


def _elsewhere(request: HttpRequest, sight: Sight, mission: Mission, asked: str) -> HttpResponse:
    """An incident of which only what is protected or erased tells is not there, as if it never had been."""
    if asked in {pattern.id for pattern in sight.edition.patterns}:
        return HttpResponseRedirect(incident_href(asked))
    row = queries.incident(mission, asked)
    seen = {row.id}
    while row.leads_to and row.leads_to not in seen:
        row = queries.incident(mission, row.leads_to)
        seen.add(row.id)
    if row.id != asked and row.id in sight.incidents:
        return HttpResponseRedirect(incident_href(row.id))
    refs = [claim.ref for claim in queries.claims(mission, incident=asked) if not claim.part]
    claims = [{**sight.cards[ref], "language": ""} for ref in sight.anchors.claims if str(ref) in refs]
    done = _deeds(mission, sight, asked)
    if not claims or not _rejected(row, asked, done):
        raise Refusal("not_in_record", asked=asked)
    return page(request, "incident-rejected.html", sight, id=asked, claims=claims, deeds=done, hatches=_hatches(sight.edition))


def _rejected(row: IncidentRow, asked: str, done: Iterable[Deed]) -> bool:
    """Rejected by a decision that may be told: one that rests on what is protected may not."""
    return row.id == asked and row.state == "rejected" and any(deed.what == "decided: rejected" for deed in done)


# --- what the record says of it -----------------------------------------------------------------------------------


def _deeds(mission: Mission, sight: Sight, incident: str) -> list[Deed]:
    lines = [line for line in history(mission, incident) if all(position < sight.size for position in _positions((line,)))]
    entries = [queries.entry(mission, position) for position in _positions(lines)]
    names = {account.id: account.name or account.id for account in queries.accounts(mission)}
    who = {entry.position: " and ".join(names.get(each, each) for each in (entry.actor, entry.second) if each) for entry in entries}
    closed = {row.id for row in queries.exhibits(mission) if not is_open(row)}
    found = deeds(lines, {entry.position: tuple(_named(entry)) for entry in entries}, who, sight.anchors, closed)
    return [replace(deed, why=sight.hushed(deed.why)) for deed in found]


def _positions(lines: Iterable[str]) -> Iterator[int]:
    for line in lines:
        yield int(line.split()[1].rstrip(","))


def _named(entry: EntryRow) -> Iterator[str]:
    """The ids that the body of an act about an incident names."""
    for name in ("subject", "a", "b", "claim"):
        yield str(entry.body.get(name, ""))
    yield from (str(each) for each in entry.body.get("by", ()))


def _observed(mission: Mission, sight: Sight, ids: Iterable[str]) -> list[dict[str, Any]]:
    """The mission's own observations that are of it, each as it was signed but for what captives
    are called; one whose form was erased is none."""
    rows = {row.id: row for row in queries.observations(mission)}
    made = []
    for name in ids:
        data = vault.open_item(mission.alias, rows[name].form) if name in rows else None
        if data is not None and rows[name].entry < sight.size:
            known, unknown = perceived(json.loads(data))
            known = [(field, sight.hushed(told)) for field, told in known]
            made.append({"id": name, "entry": rows[name].entry, "known": known, "unknown": unknown})
    return made


def _hatches(edition: Edition) -> Markup:
    return Markup(svg.swatches(len(edition.parties)))  # noqa: S704 - written by report/svg.py, which escapes every value


def _mark(role: str) -> Markup:
    drawn = svg.el("svg", maps.mark(role, 8, 8), viewBox="0 0 16 16", width=16, height=16, aria_hidden="true", class_="map key")
    return Markup(drawn)  # noqa: S704 - as above

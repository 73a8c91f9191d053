"""Patterns, statements, appeals and agreements: what has no date or is no happening."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from merestone.extract.terms import STATEMENTS
from merestone.ledger.terms import Refusal
from merestone.register import queries
from merestone.register.standing import is_open
from merestone.report import agreements as texts
from merestone.report import sections, words
from merestone.report.edition import value_of
from merestone.report.svg import swatches
from merestone.report.terms import Edition
from merestone.web import spoken
from merestone.web.house import KNOWN, Sight, house_of, sight_asked
from merestone.web.page import page, plain

FORMATS = ("html", "csv")


def patterns(request: HttpRequest) -> HttpResponse:
    sight = _seen(request)
    if isinstance(sight, Refusal):
        return plain(request, "patterns.html", patterns=[], hatches="", empty=True)
    shown = sections.patterns(sight.edition, sight.anchors, sight.cards)
    return page(request, "patterns.html", sight, patterns=shown, hatches=_hatches(sight.edition), empty=False)


def agreements(request: HttpRequest) -> HttpResponse:
    """Each point as its texts have it, how the parties read it, where it stands and what touches it."""
    sight = _seen(request)
    if isinstance(sight, Refusal):
        return plain(request, "agreements.html", found=[], empty=True)
    return page(request, "agreements.html", sight, found=texts.shown(sight.edition, sight.anchors), empty=False)


def statements(request: HttpRequest) -> HttpResponse:
    """By type, side by side; in order of date with `view=date`; as a table with `format=csv`, under the same filters."""
    sight = _seen(request)
    if isinstance(sight, Refusal):
        return plain(request, "statements.html", hatches="", empty=True)
    edition, query = sight.edition, request.GET.dict()
    wanted = spoken.wanted(query, edition)
    form = query.get("format", FORMATS[0])
    if form not in FORMATS:
        raise Refusal("filter_malformed", option="format", found=form[:200], allowed=words.listed(FORMATS))
    if form == "csv":
        return _csv(spoken.statements_csv(edition, sight.anchors, wanted), "statements.csv")
    entries = spoken.statements(edition, sight.anchors, wanted)
    types, silent = spoken.by_type(edition, entries, wanted.party)
    return page(
        request,
        "statements.html",
        sight,
        entries=entries,
        types=types,
        silent=silent,
        wanted=wanted,
        views=spoken.VIEWS,
        kinds=[(code, words.STATEMENTS.get(code, code.replace("_", " ").capitalize())) for code in STATEMENTS],
        sides_of=[*edition.parties, (spoken.OTHER, "Others")],
        whole=len(edition.statements),
        addresses={view: _address(query, view=view) for view in spoken.VIEWS},
        table=_address(query, format="csv"),
        hatches=_hatches(edition),
        languages=_languages(edition),
        empty=False,
    )


def appeals(request: HttpRequest) -> HttpResponse:
    """All of them, or those that are answered or not with `met`."""
    sight = _seen(request)
    if isinstance(sight, Refusal):
        return plain(request, "appeals.html", empty=True)
    edition = sight.edition
    met = spoken.met_asked(request.GET.dict())
    shown = spoken.appeals(edition, sight.anchors)
    return page(
        request,
        "appeals.html",
        sight,
        asks=[ask for ask in shown["asks"] if not met or ask["met"] == (met == "yes")],
        unmatched=shown["unmatched"],
        signatories=spoken.signatories(edition, sight.anchors),
        met=met,
        choices=spoken.MET,
        answered_count=sum(1 for ask in shown["asks"] if ask["met"]),
        whole=len(shown["asks"]),
        languages=_languages(edition),
        empty=False,
    )


def _seen(request: HttpRequest) -> Sight | Refusal:
    """The edition, or that of the hour that stands in the address; the refusal itself where the mission has no exhibit yet, so that the page can say what to do first."""
    house = house_of(request)
    if request.GET.get(KNOWN):
        return sight_asked(request)
    sight = house.sight_or_reason()
    if isinstance(sight, Refusal) and any(is_open(row) for row in queries.exhibits(house.mission)):
        raise sight
    return sight


def _address(query: Mapping[str, str], **more: str) -> str:
    """The same list in another form."""
    return f"/statements/?{urlencode({**{name: value for name, value in query.items() if value}, **more})}"


def _languages(edition: Edition) -> dict[str, str]:
    """Of each document, for whoever has its words read out."""
    return {document.id: value_of(document.language) for document in edition.documents}


def _hatches(edition: Edition) -> Markup:
    return Markup(swatches(len(edition.parties)))  # noqa: S704 - written by report/svg.py, which escapes every value


def _csv(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(data, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})

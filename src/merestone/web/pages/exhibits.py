"""Exhibits: the list, one with its text beside the original, and the original itself.

The law it keeps: only what stands in the redacted edition may be asked for; to anything else, protected, erased or never there, the
answer is the same. Where redaction took words out of a document its bytes are not given, since they would say them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from markupsafe import Markup

from merestone.capture import sniff
from merestone.capture.terms import ExhibitText
from merestone.ledger.terms import Refusal
from merestone.register import queries, vault
from merestone.register.about import About
from merestone.register.frozen import thaw
from merestone.register.standing import text_of
from merestone.register.terms import ExhibitRow, Mission
from merestone.report import page as report_page
from merestone.report import svg, words
from merestone.report.edition import value_of
from merestone.report.masking import BLOCK
from merestone.report.terms import Card, Document
from merestone.web import holdings, originals, pictures, shown
from merestone.web.failures import shown as refused_page
from merestone.web.house import Sight, house_of, sight_asked
from merestone.web.hrefs import exhibit_href, staying
from merestone.web.page import page

ROWS = 100  # exhibits on one page of the list
LOCKED = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_LANGUAGE = re.compile(r"[a-z]{2,3}")


# --- the list -------------------------------------------------------------------------------------------------------


def listed(request: HttpRequest) -> HttpResponse:
    house, sight = house_of(request), sight_asked(request)
    edition = sight.edition
    wanted = holdings.asked({name: value for name, value in request.GET.items() if name not in ("page", "format")}, edition)
    found = holdings.matching(holdings.holdings(edition, holdings.sides_of(house.pack())), wanted)
    if request.GET.get("format") == "csv":
        return _csv(holdings.table(found, _types(house.mission, (each.document.id for each in found))))
    number = _whole(request.GET, "page", 1)
    here = found[(number - 1) * ROWS : number * ROWS]
    turns = {"before": number - 1 if number > 1 else None, "after": number + 1 if number * ROWS < len(found) else None}
    return page(
        request,
        "exhibits.html",
        sight,
        rows=holdings.rows(here, edition, _types(house.mission, (each.document.id for each in here))),
        found=len(found),
        all=len(edition.documents),
        wanted=dict(wanted.given),
        narrows=wanted.narrows,
        choices=holdings.choices(edition),
        csv=wanted.address(format="csv"),
        turns={name: wanted.address(page=str(to)) for name, to in turns.items() if to is not None},
        unread=[report_page.refused(refusal) for refusal in edition.refusals],
        hatches=_hatches(len(edition.parties)),
    )


def _csv(data: bytes) -> HttpResponse:
    return HttpResponse(
        data, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="exhibits.csv"'}
    )


def _types(mission: Mission, ids: Iterable[str]) -> Mapping[str, str]:
    """What the bytes of some exhibits are. An exhibit of the edition is open, so what is known about it is."""
    rows = {row.id: row for row in queries.exhibits(mission)}
    return {id: thaw(About, vault.read(mission, rows[id].about)).media_type for id in ids}


def _hatches(sides: int) -> Markup:
    drawn = svg.el("svg", svg.hatches("k", sides), width=0, height=0, aria_hidden="true", class_="defs")
    return Markup(drawn)  # noqa: S704 - written by report/svg.py, which escapes every value


def _whole(query: QueryDict, name: str, least: int) -> int:
    given = query.get(name, str(least))
    if not re.fullmatch(r"[0-9]{1,9}", given) or int(given) < least:
        raise Refusal("filter_malformed", option=name, found=given[:40], allowed=f"a whole number from {least} on")
    return int(given)


# --- one ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Held:
    """An exhibit that may be shown, with what the vault has of it. `closed`: its bytes hold what the edition does not show."""

    sight: Sight
    document: Document
    row: ExhibitRow
    text: ExhibitText
    data: bytes
    closed: bool


def _held(request: HttpRequest, exhibit: str) -> _Held:
    house, sight = house_of(request), sight_asked(request)
    document = sight.documents.get(exhibit)
    if document is None:
        raise Refusal("not_in_record", asked=exhibit)
    row = queries.exhibit(house.mission, exhibit)
    text = text_of(house.mission, row)
    data = vault.read(house.mission, row.original)
    closed = shown.altered(document, text) or speaks(data, text, _taken_out(house.mission, sight))
    return _Held(sight, document, row, text, data, closed)


def speaks(data: bytes, text: ExhibitText, taken: frozenset[str]) -> bool:
    """Whether an original may hold words that were taken out. Where nobody can look, it may."""
    there = originals.words_in(data, text) if taken else ""
    return there is None or shown.speaks_of(there, taken)


def _taken_out(mission: Mission, sight: Sight) -> frozenset[str]:
    """Words that redaction took out of any text, and what captives are called. Usually none, and then nothing is read for it."""
    blocked = [document for document in sight.edition.documents if BLOCK in document.text]
    return sight.unsaid | shown.taken_out(blocked, (text_of(mission, queries.exhibit(mission, document.id)) for document in blocked))


def one(request: HttpRequest, exhibit: str) -> HttpResponse:
    held = _held(request, exhibit)
    edition, document = held.sight.edition, held.document
    cards = [card for card in edition.claims if card.ref.document == exhibit]
    marks = shown.claim_marks(cards)
    at = _whole(request.GET, "at", 0) if "at" in request.GET else None
    text = shown.text_of_page(document.text, (*marks, *shown.other_marks(edition, document)), at)
    others = shown.others_told(edition, document)
    told, back = _told(held.sight, cards, others)
    people = shown.persons_of(document, cards)
    kept, encloses = None, originals.encloses(held.data, held.text.exhibit.media_type)
    if not held.closed:
        kept = originals.original(held.data, held.text, marks)
    return page(
        request,
        "exhibit.html",
        held.sight,
        id=exhibit,
        title=value_of(document.title),
        about=_about(request, held),
        language=value_of(document.language) if _LANGUAGE.fullmatch(value_of(document.language)) else "",
        text=text,
        size=len(document.text),
        most=shown.MOST,
        portions=[(each.skipped, shown.steps(each.steps, told, people)) for each in text.stretches],
        original=None if kept is None else _original(kept, back),
        closed=held.closed,
        encloses=encloses,
        hatches=_hatches(len(edition.parties)),
        claims=len(cards),
        others=others,
        **_cards(held.sight, cards, text, kept),
    )


def _told(
    sight: Sight, cards: Iterable[Card], others: Iterable[Mapping[str, Any]]
) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """The sign that stands at the end of lit words, leading to their card; and, in the original, back to the words in the text."""
    on: dict[str, dict[str, Any]] = {}
    back: dict[str, dict[str, Any]] = {}
    for card in cards:
        of, number = f"c{card.ref.claim}", str(sight.cards[card.ref]["footnote"])
        on[of] = {"label": number, "title": f"What was read here, claim {card.ref}", "href": f"#k-{of}"}
        back[of] = {"label": number, "title": f"To the words of claim {card.ref} in the text", "href": f"#{of}"}
    for other in others:
        on[other["of"]] = {"label": other["of"], "title": f"What was read here, {other['kind'].lower()}", "href": f"#k-{other['of']}"}
    return on, back


def _cards(sight: Sight, cards: list[Card], text: shown.Text, kept: originals.Original | None) -> dict[str, Any]:
    """Cards of what is lit on this page and, of a text with very many claims, a line for each of the others."""
    here = [card for card in cards if f"c{card.ref.claim}" in text.placed]
    full = cards if len(cards) <= shown.CARDS else here[: shown.CARDS]
    chosen = {card.ref for card in full}
    unmapped = frozenset[str]() if kept is None else frozenset(kept.unmapped)

    def values(card: Card) -> dict[str, Any]:
        of = f"c{card.ref.claim}"
        placed = of in text.placed
        far = staying(f"{exhibit_href(card.ref.document)}?at={max(0, card.claim.start - shown.AROUND)}#{of}", sight.then)
        more = {"of": of, "placed": placed, "elsewhere": "" if placed else far, "mapped": kept is not None and of not in unmapped}
        return {**sight.cards[card.ref], **more, "entry": sight.basis.get(str(card.ref))}

    return {"cards": [values(card) for card in full], "lines": [values(card) for card in cards if card.ref not in chosen]}


def _original(kept: originals.Original, back: shown.Told) -> dict[str, Any]:
    def lit(found: Iterable[Any]) -> list[tuple[int, list[dict[str, Any]]]]:
        return [(each.skipped, shown.steps(each.steps, back)) for each in found]

    return {
        "parts": [{"name": p.name, "size": p.size, "stretches": lit(p.stretches), "rest": p.rest, "why": p.why and str(p.why)} for p in kept.parts],
        "left_parts": kept.left_parts,
        "row": kept.row,
        "columns": [{"name": c.name, "stretches": lit(c.stretches), "rest": c.rest} for c in kept.columns],
        "sheets": [
            {"number": s.number, "width": s.width, "height": s.height,
             "lit": [{"of": of, "rects": rects, "id": f"o{of[1:]}" if first else "", **back[of]} for of, rects, first in s.lit]}
            for s in kept.sheets
        ],
        "pages": kept.pages,
        "unmapped": [back[of] for of in kept.unmapped],
    }  # fmt: skip


def _about(request: HttpRequest, held: _Held) -> dict[str, Any]:
    """What is known of it beside its text. The digest of bytes that may not be seen is not shown: it would confirm a guess."""
    house, document = house_of(request), held.document
    mission = house.mission
    about = thaw(About, vault.read(mission, held.row.about))
    side = holdings.side_of(value_of(document.publisher), holdings.sides_of(house.pack()))
    codes = [code for code, _ in held.sight.edition.parties]
    promised = sniff.expected(about.name)
    return {
        "title": report_page.known(document.title),
        "publisher": report_page.known(document.publisher),
        "published": report_page.known(document.published, words.day(value_of(document.published))),
        "language": report_page.known(document.language),
        "url": report_page.known(document.url),
        "order": codes.index(side.code) if side.code in codes else -1,
        "side": holdings.side_told(side, dict(held.sight.edition.parties)) if value_of(document.publisher) else "",
        "sided": side.code != holdings.NOT_KNOWN,
        "why": side.why,
        "file": document.input,
        "found": held.text.exhibit.media_type,
        "format": holdings.FORMATS.get(held.text.exhibit.media_type, "file"),
        "promised": "" if not promised or held.text.exhibit.media_type in promised or about.line is not None else promised[0],
        "size": f"{len(held.data):,}",
        "digest": "" if held.closed else hashlib.sha256(held.data).hexdigest(),
        "entry": held.row.received,
        "received": words.stamp(datetime.fromisoformat(queries.entry(mission, held.row.received).at)),
        "within": about.within if about.within in held.sight.documents else "",
        "notices": [report_page.refused(notice)["told"] for notice in document.notices],
    }


# --- the bytes ------------------------------------------------------------------------------------------------------


def original(request: HttpRequest, exhibit: str) -> HttpResponse:
    """The bytes as they came, to be saved and never to be shown by this browser."""
    held = _held(request, exhibit)
    media_type = held.text.exhibit.media_type
    if held.closed or originals.encloses(held.data, media_type):
        return _not_given(request, exhibit)
    headers = {
        "Content-Disposition": f'attachment; filename="{originals.file_name(exhibit, media_type)}"',
        "Content-Security-Policy": LOCKED,
    }
    return HttpResponse(held.data, content_type="application/octet-stream", headers=headers)


def picture(request: HttpRequest, exhibit: str, number: int) -> HttpResponse:
    held = _held(request, exhibit)
    if held.closed:
        return _not_given(request, exhibit)
    clock = house_of(request).mission.ground.clock
    drawn = pictures.picture(held.data, number, clock) if held.text.exhibit.media_type == sniff.PDF else None
    if drawn is None:
        raise Refusal("not_in_record", asked=f"page {number} of {exhibit}")
    return HttpResponse(drawn, content_type="image/png")


def _not_given(request: HttpRequest, exhibit: str) -> HttpResponse:
    answer = refused_page(request, Refusal("original_not_given", exhibit=exhibit))
    answer.status_code = 403
    return answer

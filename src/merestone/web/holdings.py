"""The exhibits of an edition as a list: who published each, on whose side that source stands by the pack, what was read in it.

The law it keeps: what the edition does not hold is not in the list, and the side of a source is the pack's word and no reading of ours.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from merestone.capture import sniff
from merestone.capture.names import fold
from merestone.capture.terms import Known, Pack, Source
from merestone.ledger.terms import Refusal
from merestone.report import words
from merestone.report.edition import value_of
from merestone.report.tables import safe
from merestone.report.terms import Document, Edition
from merestone.web import filters
from merestone.web.hrefs import exhibit_href

FORMATS: Mapping[str, str] = {
    sniff.PLAIN: "text", sniff.MARKDOWN: "Markdown", sniff.HTML: "web page", sniff.PDF: "PDF", sniff.DOCX_TYPE: "DOCX", sniff.MAIL: "mail",
    sniff.JSONL: "line of a corpus", sniff.CSV: "row of a table",
}  # fmt: skip
NO_PARTY, NOT_KNOWN = "none", "unknown"
COLUMNS = (
    "id", "title", "published", "publisher", "affiliation", "language", "format", "file", "claims", "statements", "appeals", "responses", "entry",
)  # fmt: skip
_OWN = ("publisher", "language")
EVERY = filters.Filter()


@dataclass(frozen=True, slots=True)
class Side:
    """Where the pack has a source: `code` of a party, `both`, `none` or `unknown` (the pack does not know it); `bound` is the code of the
    party that it is aligned with, or its party."""

    code: str
    bound: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    document: Document
    side: Side
    claims: int
    others: tuple[int, int, int]  # statements, appeals, responses
    entry: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """`party` is a code, `none` or `unknown`; an empty word filters nothing. The hour for which the list speaks goes along with `days`."""

    days: filters.Filter = EVERY
    party: str = ""
    publisher: str = ""
    language: str = ""

    @property
    def given(self) -> tuple[tuple[str, str], ...]:
        more = (("party", self.party), ("publisher", self.publisher), ("language", self.language))
        return (*self.days.given, *((name, value) for name, value in more if value))

    @property
    def narrows(self) -> bool:
        return bool(self.days.without("known").given or self.party or self.publisher or self.language)

    def address(self, **more: str) -> str:
        query = urlencode((*self.given, *more.items()))
        return f"/exhibits/?{query}" if query else "/exhibits/"


def sides_of(pack: Pack) -> Mapping[str, Side]:
    """Each name of the pack's sources, as it is compared -> where the pack has it. An aligned party's source is aligned as its party is."""
    allies = {party.code: party for party in pack.parties if party.aligned_with}

    def side(source: Source) -> Side:
        ally = allies.get(source.affiliation)
        if ally is None:
            return Side(source.affiliation, source.aligned_with or "", source.why)
        return Side(source.affiliation, ally.aligned_with or "", ally.why)

    named = {fold(name): side(source) for source in pack.sources for names in source.aliases.values() for name in names}
    return named | {fold(source.name): side(source) for source in pack.sources}


def side_of(publisher: str, sides: Mapping[str, Side]) -> Side:
    return sides.get(fold(publisher), Side(NOT_KNOWN)) if publisher else Side(NOT_KNOWN)


def side_told(side: Side, parties: Mapping[str, str]) -> str:
    """In words, for a page."""
    bound = f", aligned with {words.party(side.bound, dict(parties))}" if side.bound and side.bound != side.code else ""
    return ("not known to the pack" if side.code == NOT_KNOWN else words.party(side.code, dict(parties))) + bound


def holdings(edition: Edition, sides: Mapping[str, Side]) -> tuple[Holding, ...]:
    """All, the latest published first, those without a date at the end."""
    claims = Counter(card.ref.document for card in edition.claims)
    others = [Counter(entry.document for entry in entries) for entries in (edition.statements, edition.appeals, edition.responses)]
    basis = dict(edition.basis)
    found = [
        Holding(
            document,
            side_of(value_of(document.publisher), sides),
            claims[document.id],
            (others[0][document.id], others[1][document.id], others[2][document.id]),
            basis.get(document.id, 0),
        )
        for document in edition.documents
    ]
    found.sort(key=lambda each: (value_of(each.document.title).casefold(), each.document.id))
    return tuple(sorted(found, key=lambda each: _published(each.document) or date.min, reverse=True))


def asked(query: Mapping[str, str], edition: Edition) -> Wanted:
    """What an address asks for. Refuses `filter_malformed`, as every list does."""
    party = query.get("party", "").strip()
    apart = party if party in (NO_PARTY, NOT_KNOWN) else ""
    plain = {name: value for name, value in query.items() if name not in _OWN and not (name == "party" and apart)}
    found = filters.asked(plain, edition, ("from", "to", "party", "known"))
    own = {name: query.get(name, "").strip() for name in _OWN}
    for name, value in own.items():
        there = {value_of(getattr(document, name)) for document in edition.documents}
        if value and value not in there:
            raise Refusal(
                "filter_malformed", option=name, found=value[: filters.LONGEST], allowed=f"a {name} that the list of exhibits names"
            )
    return Wanted(found.without("party"), apart or found.party, own["publisher"], own["language"])


def matching(found: Iterable[Holding], wanted: Wanted) -> tuple[Holding, ...]:
    """Those that match; what bears no date of publication may lie in any days. A source of both parties is each one's."""

    def matches(each: Holding) -> bool:
        published = value_of(each.document.published)
        return (
            wanted.days.holds_days(published, published)
            and wanted.publisher in ("", value_of(each.document.publisher))
            and wanted.language in ("", value_of(each.document.language))
            and (
                not wanted.party
                or each.side.code == wanted.party
                or (each.side.code == "both" and wanted.party not in (NO_PARTY, NOT_KNOWN))
            )
        )

    return tuple(each for each in found if matches(each))


def choices(edition: Edition) -> dict[str, list[tuple[str, str]]]:
    """What each filter may be set to: value and words, in an order that says nothing."""
    publishers = sorted({value_of(document.publisher) for document in edition.documents} - {""}, key=str.casefold)
    languages = sorted({value_of(document.language) for document in edition.documents} - {""})
    return {
        "party": [*edition.parties, (NO_PARTY, "no party"), (NOT_KNOWN, "not known to the pack")],
        "publisher": [(name, name) for name in publishers],
        "language": [(code, code) for code in languages],
    }


def rows(found: Iterable[Holding], edition: Edition, types: Mapping[str, str]) -> list[dict[str, object]]:
    """Values for the page. `types`: id -> what its bytes are."""
    codes, names = [code for code, _ in edition.parties], dict(edition.parties)
    return [
        {
            "id": each.document.id,
            "href": exhibit_href(each.document.id),
            "title": value_of(each.document.title),
            "file": each.document.input,
            "publisher": value_of(each.document.publisher),
            "published": words.day(value_of(each.document.published)) if isinstance(each.document.published, Known) else "",
            "inferred": isinstance(each.document.published, Known) and each.document.published.origin == "text",
            "order": codes.index(each.side.code) if each.side.code in codes else -1,
            "sided": each.side.code != NOT_KNOWN,
            "side": side_told(each.side, names),
            "why": each.side.why,
            "language": value_of(each.document.language),
            "format": FORMATS.get(types.get(each.document.id, ""), "file"),
            "claims": each.claims,
            "others": _others(each.others),
            "entry": each.entry,
        }
        for each in found
    ]


def _others(counts: tuple[int, int, int]) -> str:
    named = zip(counts, ("statement", "appeal", "response"), strict=True)
    return words.listed(f"{count} {name}{'' if count == 1 else 's'}" for count, name in named if count)


def table(found: Iterable[Holding], types: Mapping[str, str]) -> bytes:
    """The list as CSV, as the report writes its tables: no cell can be read as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in found:
        document = each.document
        said = (document.title, document.published, document.publisher)
        cells = (
            document.id, *(value_of(value) for value in said), each.side.code, value_of(document.language), types.get(document.id, ""), document.input,
            *(str(count) for count in (each.claims, *each.others, each.entry)),
        )  # fmt: skip
        writer.writerow([safe(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _published(document: Document) -> date | None:
    return words.date_of(value_of(document.published))

"""One exhibit as its page shows it: the edition's text with what was read in it lit, and the cards of what was read.

The law it keeps: the words are those of the redacted edition. What the edition says of a place in the text is found there by its
address (#c3, #S1) even where the text is too long for one page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from merestone.capture.terms import ExhibitText
from merestone.report import words
from merestone.report.edition import value_of
from merestone.report.masking import BLOCK, pattern
from merestone.report.page import segments
from merestone.report.standing import mark
from merestone.report.terms import Card, Document, Edition
from merestone.web.lit import CLOSE, OPEN, Mark, Step, Stretch, pieces, portion, stretches

MOST, AROUND = 60_000, 700  # code points of a text on one page, and on each side of a mark where it is longer
CARDS = 300
_RUN = re.compile(rf"{BLOCK}(?:[{BLOCK}\s]*{BLOCK})?")
_SAID = ("title", "publisher", "url", "published", "language")

Told = Mapping[str, dict[str, Any]]  # what a mark is a mark of -> label, title, href


@dataclass(frozen=True, slots=True)
class Text:
    """`placed`: what is lit on this page from its beginning on. `before` and `after` are where the portions beside this one begin."""

    stretches: tuple[Stretch, ...]
    placed: frozenset[str]
    rest: int
    whole: bool
    before: int | None = None
    after: int | None = None


# --- what is lit ---------------------------------------------------------------------------------------------------


def claim_marks(cards: Iterable[Card]) -> tuple[Mark, ...]:
    return tuple(Mark(f"c{card.ref.claim}", card.claim.start, card.claim.end, f"c{card.ref.claim}") for card in cards)


def other_marks(edition: Edition, document: Document) -> tuple[Mark, ...]:
    """Statements, appeals, responses and signatories, in a quieter light."""
    found = [
        *((entry.ref, entry.statement.start, entry.statement.end) for entry in edition.statements if entry.document == document.id),
        *((entry.ref, entry.appeal.start, entry.appeal.end) for entry in edition.appeals if entry.document == document.id),
        *((entry.ref, entry.response.start, entry.response.end) for entry in edition.responses if entry.document == document.id),
    ]
    marks = [Mark(_number(ref), start, end, _number(ref), "quiet") for ref, start, end in found]
    for entry in edition.signatories:
        if entry.document == document.id:
            of = _number(entry.ref)
            marks.extend(
                Mark("" if n else of, start, end, of, "quiet") for n, (start, end) in enumerate(signed(document.text, entry.names))
            )
    return tuple(marks)


def _number(ref: str) -> str:
    return ref.rpartition("#")[2]


def signed(text: str, names: Sequence[str]) -> list[tuple[int, int]]:
    """Where the names stand, from the last one back: a list of signatories stands after the text that they put them to.

    Does not catch: a name that the text holds once more below the list.
    """
    found: list[tuple[int, int]] = []
    end = len(text)
    for name in reversed(names):
        at = text.rfind(name, 0, end) if name else -1
        if at >= 0:
            found.append((at, at + len(name)))
            end = at
    return found[::-1]


def text_of_page(text: str, marks: Sequence[Mark], at: int | None) -> Text:
    """The text, or of a long one what stands around its marks; with `at`, the portion that begins there."""
    if at is None or len(text) <= MOST:
        shown = stretches(text, marks, MOST, AROUND)
        return Text(shown, _placed(shown), len(text) - shown[-1].end, len(text) <= MOST)
    one = portion(text, marks, at, MOST)
    before, after = (max(0, one.start - MOST) if one.start else None), (one.end if one.end < len(text) else None)
    return Text((one,), _placed((one,)), len(text) - one.end, False, before, after)


def _placed(shown: Iterable[Stretch]) -> frozenset[str]:
    return frozenset(s.mark.of for each in shown for s in each.steps if s.what == OPEN and s.whole and s.mark is not None and s.mark.id)


def steps(found: Iterable[Step], told: Told, persons: Sequence[tuple[int, int]] = ()) -> list[dict[str, Any]]:
    """Steps as plain values. A mark has its name where it begins, and the sign that leads on where the last part of it ends."""
    out: list[dict[str, Any]] = []
    steps = tuple(found)
    last = {step.mark.of: number for number, step in enumerate(steps) if step.mark is not None and step.what == CLOSE and step.whole}
    for number, step in enumerate(steps):
        if step.mark is None:
            out.append({"what": step.what, "pieces": pieces(step.text, step.at, persons)})
        elif step.what == OPEN:
            out.append({"what": OPEN, "id": step.mark.id if step.whole else "", "of": step.mark.of, "kind": step.mark.kind})
        else:
            out.append({"what": CLOSE, "sign": told.get(step.mark.of) if last.get(step.mark.of) == number else None})
    return out


def persons_of(document: Document, cards: Iterable[Card]) -> list[tuple[int, int]]:
    """Spans that name or single out a person, office holders apart: as the report marks them."""
    named = [*document.persons, *(person for card in cards for person in card.claim.persons)]
    return sorted({(person.start, person.end) for person in named if not person.office})


# --- cards ---------------------------------------------------------------------------------------------------------


def others_told(edition: Edition, document: Document) -> list[dict[str, Any]]:
    """Statements, appeals, responses and signatories of a document: what each is, by whom, in whose words."""
    people = persons_of(document, ())
    names = dict(edition.parties)
    out: list[dict[str, Any]] = []
    for said in edition.statements:
        if said.document == document.id:
            each = said.statement
            side = words.party(each.party, names) if each.party not in ("", "none", "unknown") else ""
            kind = words.STATEMENTS.get(each.type, each.type.replace("_", " ").capitalize())
            out.append(_told(edition, said, kind, (each.by, side, "", each.rule)) | {"quote": segments(each.quote, each.start, people)})
    for asks in edition.appeals:
        if asks.document == document.id:
            more = f"to {words.listed(asks.appeal.to)}: {asks.appeal.ask}" if asks.appeal.to else asks.appeal.ask
            told = _told(edition, asks, "Appeal", (words.listed(asks.appeal.by), "", more, asks.appeal.rule))
            out.append(told | {"quote": segments(asks.appeal.quote, asks.appeal.start, people)})
    for answer in edition.responses:
        if answer.document == document.id:
            dated = words.day(answer.response.date) if answer.response.date else "date not known"
            told = _told(
                edition,
                answer,
                "Response",
                (answer.response.by, "", f"{answer.response.type.replace('_', ' ')}, {dated}", answer.response.rule),
            )
            out.append(told | {"quote": segments(answer.response.quote, answer.response.start, people)})
    out.extend(
        _told(edition, put, "Signatories", (words.listed(put.names), "", "", "")) | {"quote": []}
        for put in edition.signatories
        if put.document == document.id
    )
    return out


def _told(edition: Edition, entry: Any, kind: str, more: tuple[str, str, str, str]) -> dict[str, Any]:
    by, side, about, rule = more
    return {
        "of": _number(entry.ref), "ref": entry.ref, "kind": kind, "by": by, "side": side, "about": about, "rule": rule,
        "mark": mark(edition, entry.state), "entry": dict(edition.basis).get(entry.ref),
    }  # fmt: skip


# --- what of the original may not be shown ---------------------------------------------------------------------------


def altered(document: Document, text: ExhibitText) -> bool:
    """Whether redaction took something out of what the edition says of this document: then its bytes would say it all the same."""
    said = any(value_of(getattr(document, name)) != value_of(getattr(text, name)) for name in _SAID)
    return said or document.text != text.text or not document.input.startswith(text.exhibit.name)


def taken_out(documents: Iterable[Document], texts: Iterable[ExhibitText]) -> frozenset[str]:
    """The words that redaction took out of texts, each run of them by itself."""
    before = {text.id: text.text for text in texts}
    return frozenset(
        before[document.id][run.start() : run.end()]
        for document in documents
        if document.id in before and document.text != before[document.id]
        for run in _RUN.finditer(document.text)
        if before[document.id][run.start() : run.end()] != run.group()
    )


def speaks_of(words_there: str, taken: frozenset[str]) -> bool:
    """Whether one of the words that were taken out stands in what an original holds, also where no text of the edition has it."""
    found = pattern(taken)
    return found is not None and found.search(words_there) is not None

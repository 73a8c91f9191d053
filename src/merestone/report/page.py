"""What the page shows, as plain values for its template: every number with the anchor of the claims behind it.

No conclusion is reached here; what an edition does not hold is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from merestone.capture.terms import Known, Unknown
from merestone.ledger.terms import Refusal
from merestone.ledger.words import message
from merestone.link.terms import Ref
from merestone.report import words
from merestone.report.edition import value_of
from merestone.report.masking import BLOCK, LABELS
from merestone.report.standing import mark
from merestone.report.terms import NUMBERED, Card, Document, Edition, Unread

_MASKS = re.compile("(" + "|".join(re.escape(label) for label in LABELS.values()) + f"|{BLOCK}+)")
Segment = tuple[str, str]  # class ("" for plain, person, mask), words


@dataclass(frozen=True, slots=True)
class Anchors:
    """Names of places in the page. Ids of documents may hold any character, so claims are named by their order."""

    claims: Mapping[Ref, str]
    documents: Mapping[str, str]
    numbers: Mapping[Ref, int]  # running numbers of claims on this page, as footnotes have them

    @classmethod
    def of(cls, edition: Edition) -> Anchors:
        documents = {document.id: f"d{n}" for n, document in enumerate(edition.documents, 1)}
        claims = {card.ref: f"{documents[card.ref.document]}c{card.ref.claim}" for card in edition.claims}
        return cls(claims, documents, {ref: n for n, ref in enumerate(claims, 1)})


def mentions(refs: Iterable[Ref], anchors: Anchors) -> list[dict[str, str]]:
    return [{"href": anchors.claims[ref], "name": str(ref), "number": str(anchors.numbers[ref])} for ref in refs if ref in anchors.claims]


def segments(text: str, at: int = 0, persons: Iterable[tuple[int, int]] = ()) -> list[Segment]:
    """A text in pieces: what names a person (marked in `internal`), what was withheld, and the rest. `at` is where it begins."""
    marks = sorted((max(0, start - at), min(len(text), end - at)) for start, end in persons if start < at + len(text) and end > at)
    out: list[Segment] = []
    done = 0
    for start, end in marks:
        if start < done:
            continue
        out.extend(_plain(text[done:start]))
        out.append(("person", text[start:end]))
        done = end
    out.extend(_plain(text[done:]))
    return [segment for segment in out if segment[1]]


def _plain(text: str) -> list[Segment]:
    return [("mask" if _MASKS.fullmatch(piece) else "", piece) for piece in _MASKS.split(text) if piece]


def known(value: Known | Unknown, shown: str = "") -> dict[str, str]:
    """A value with how it is known, or that it is not and why."""
    if isinstance(value, Known):
        inferred = "inferred" if value.origin == "text" else ""
        return {"value": shown or value.value, "how": words.ORIGINS.get(value.origin, value.origin), "inferred": inferred}
    return {"value": "", "how": value.reason, "inferred": ""}


def refused(unread: Unread) -> dict[str, str]:
    """A refusal in sentences, with the file it speaks of."""
    facts = dict(unread.facts)
    told = message(Refusal(unread.code, **facts)) if facts else unread.code.replace("_", " ")
    return {"path": facts.get("path", ""), "code": unread.code, "told": told}


class Cards:
    """The claims of an edition as cards, made once and found by reference."""

    def __init__(self, edition: Edition, anchors: Anchors) -> None:
        self._edition, self._anchors = edition, anchors
        self._names = dict(edition.parties)
        self._documents = {document.id: document for document in edition.documents}
        self._by_ref = {card.ref: card for card in edition.claims}
        self._made = {card.ref: self._make(card) for card in edition.claims}

    def __getitem__(self, ref: Ref) -> dict[str, Any]:
        return self._made[ref]

    def card(self, ref: Ref) -> Card:
        return self._by_ref[ref]

    def of(self, document: str) -> list[dict[str, Any]]:
        return [self._made[ref] for ref in self._made if ref.document == document]

    def __contains__(self, ref: Ref) -> bool:
        return ref in self._made

    def _make(self, card: Card) -> dict[str, Any]:
        claim = card.claim
        document = self._documents[card.ref.document]
        people = [(p.start, p.end) for p in (*document.persons, *claim.persons) if not p.office]
        return {
            "anchor": self._anchors.claims[card.ref],
            "ref": str(card.ref),
            "footnote": self._anchors.numbers[card.ref],
            "number": claim.id,
            "kind": words.kind(claim.kind),
            "act": words.act(claim, self._names),
            "stance": claim.stance,
            "realised": words.REALISED.get(claim.realised, claim.realised),
            "said": words.STANCES.get(claim.stance, claim.stance),
            "speaker": words.chain(claim) + ("," if len(claim.said_by) > 1 else ""),
            "chain": [_speaker(s, self._names) for s in claim.said_by],
            "when": words.when(claim.when),
            "inferred": list(claim.when.inferred),
            "where": [
                {
                    "role": words.ROLES.get(w.role, w.role),
                    "name": words.place(w),
                    "level": w.level.replace("_", " "),
                    "why": w.why,
                    "text": w.text,
                }
                for w in claim.where
            ],
            "weapons": ", ".join(words.plain(w, words.WEAPONS) for w in claim.weapons),
            "casualties": [words.casualties(c, self._names) for c in claim.casualties],
            "before": segments(card.before, claim.start - len(card.before), people),
            "quote": segments(claim.quote, claim.start, people),
            "after": segments(card.after, claim.end, people),
            "short": segments(_shortened(claim.quote), claim.start, people),
            "told": not claim.quote,
            "rule": claim.rule,
            "span": f"{claim.start}–{claim.end}",
            "confidence": f"{claim.confidence:.0%}",
            "evidence": [
                {
                    "slot": e.slot.replace("_", " "),
                    "value": words.instants(e.value) if e.slot == "when" else e.value,
                    "rule": e.rule,
                    "why": e.why,
                    "at": f"{e.start}–{e.end}" if e.end > e.start else "",
                }
                for e in claim.evidence
            ],
            "document": document.id,
            "document_anchor": self._anchors.documents[document.id],
            "publisher": value_of(document.publisher),
            "published": words.day(value_of(document.published)) if value_of(document.published) else "",
            "incident": card.incident,
            "mark": mark(self._edition, card.state),
            "repeats": None if card.copy_of is None else {"href": self._anchors.claims.get(card.copy_of, ""), "name": str(card.copy_of)},
        }


def _speaker(speaker: Any, names: dict[str, str]) -> dict[str, str]:
    side = speaker.affiliation
    told = "affiliation not known" if side == "unknown" else "no party" if side == "none" else words.party(side, names)
    return {
        "name": speaker.name,
        "side": told,
        "kind": speaker.kind.replace("_", " "),
        "received": "" if speaker.received else "cited, not received",
    }


def _shortened(quote: str, most: int = 190) -> str:
    if len(quote) <= most:
        return quote
    cut = quote[:most].rsplit(None, 1)[0]
    return f"{cut} …"


def documents(edition: Edition, anchors: Anchors, cards: Cards) -> list[dict[str, Any]]:
    return [
        {
            "anchor": anchors.documents[document.id],
            "id": document.id,
            "title": known(document.title),
            "publisher": known(document.publisher),
            "published": known(document.published, words.day(value_of(document.published))),
            "language": known(document.language),
            "url": _address(document),
            "notices": [refused(notice)["told"] for notice in document.notices],
            "cards": cards.of(document.id),
        }
        for document in edition.documents
    ]


def _address(document: Document) -> dict[str, str]:
    """An address is a link only when it is http or https; anything else is shown as the text it is."""
    address = value_of(document.url)
    return {"text": address, "href": address if re.match(r"https?://[^\s]+$", address) else ""}


def summary(edition: Edition, anchors: Anchors) -> list[dict[str, Any]]:
    """Numbers of claims by kind and day. Each number leads to its entry in the index, or straight to the one claim behind it."""
    found: dict[str, dict[str, list[Ref]]] = {}
    for card in edition.claims:
        when = card.claim.when
        spell = "/".join(dict.fromkeys(stamp[:10] for stamp in (when.start, when.end) if words.date_of(stamp)))
        found.setdefault(card.claim.kind, {}).setdefault(spell, []).append(card.ref)
    rows = []
    for kind, days in sorted(found.items(), key=lambda item: (-sum(len(refs) for refs in item[1].values()), words.kind(item[0]))):
        refs = [ref for entry in days.values() for ref in entry]
        entries = [
            {
                "day": words.stretch(*(day.split("/") * 2)[:2]) if day else "no date",
                "count": len(days[day]),
                "refs": mentions(days[day], anchors),
                "href": _entry(kind, day, days[day], anchors),
                "anchor": f"n-{kind}-{_slug(day)}",
            }
            for day in sorted(days, key=lambda day: (not day, day))
        ]
        incidents = {card.incident for card in edition.claims if card.claim.kind == kind and card.incident.startswith(NUMBERED)}
        rows.append(
            {"kind": words.kind(kind), "count": len(refs), "anchor": f"n-{kind}", "days": entries, "incidents": len(incidents),
             "href": _entry(kind, None, refs, anchors)}
        )  # fmt: skip
    return rows


def _slug(days: str) -> str:
    return days.replace("/", "_") or "undated"


def _entry(kind: str, day: str | None, refs: list[Ref], anchors: Anchors) -> str:
    if len(refs) == 1:
        return anchors.claims[refs[0]]
    return f"n-{kind}" if day is None else f"n-{kind}-{_slug(day)}"

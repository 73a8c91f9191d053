"""Whose words may be quoted, and who must not be heard at all.

In public only institutions and outlets are quoted, and only from what they published themselves. A captive is quoted nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from merestone.capture.terms import Known
from merestone.extract.terms import Person, Speaker
from merestone.report.masking import sentence
from merestone.report.terms import Card, Document, Edition

INSTITUTIONS = frozenset(
    [
        "government",
        "ministry",
        "armed_forces",
        "office_holder",
        "ombudsperson",
        "state_media",
        "media",
        "civil_society",
        "international",
        "third_state",
    ]
)
UNNAMED = "a speaker who is not quoted"
CAPTIVITY = frozenset({"detention", "release"})
# Does not catch: other languages, unless the reader gives the speaker the kind `captive`.
_CAPTIVE = re.compile(r"\b(captives?|prisoners?|detainees?|hostages?|pows?|captured|detained)\b", re.IGNORECASE)


def published_itself(document: Document, kinds: Mapping[str, str]) -> bool:
    """Whether an institution or outlet put the text out: its publisher is known, and is one of the pack's or gives a public address."""
    if not isinstance(document.publisher, Known):
        return False
    address = document.url.value if isinstance(document.url, Known) else ""
    return kinds.get(document.publisher.value, "") in INSTITUTIONS or address.startswith(("http://", "https://"))


def institutional(speaker: Speaker, document: Document) -> bool:
    publisher = document.publisher.value if isinstance(document.publisher, Known) else ""
    return speaker.kind in INSTITUTIONS or (speaker.name == publisher != "")


def quotable(card: Card, document: Document, kinds: Mapping[str, str]) -> bool:
    return published_itself(document, kinds) and all(institutional(speaker, document) for speaker in card.claim.said_by)


def known_institutions(edition: Edition) -> frozenset[str]:
    """Names that stand for an institution: the pack's, and those that a reading found to be one."""
    named = {name for name, kind in edition.sources if kind in INSTITUTIONS}
    named.update(s.name for card in edition.claims for s in card.claim.said_by if s.kind in INSTITUTIONS)
    named.update(name for entry in edition.signatories for name in entry.names)
    named.update(d.publisher.value for d in edition.documents if isinstance(d.publisher, Known))
    return frozenset(named)


def captive(speaker: Speaker, names: frozenset[str]) -> bool:
    if speaker.kind in INSTITUTIONS:
        return False
    return speaker.kind == "captive" or captive_name(speaker.name, names)


def captive_name(name: str, names: frozenset[str]) -> bool:
    return _CAPTIVE.search(name) is not None or any(known in name for known in names)


def captives_named(edition: Edition) -> frozenset[str]:
    """The words that name or single out the persons of whose capture or return a claim tells, office holders and speakers apart."""
    documents = {document.id: document for document in edition.documents}
    found: set[str] = set()
    for card in edition.claims:
        if _of_captivity(card) and card.ref.document in documents:
            found.update(_named(card, documents[card.ref.document]))
    return frozenset(name for name in found if any(c.isalpha() for c in name))


def tells_of_captives(cards: Iterable[Card], text: str) -> bool:
    """Whether a text may hold a captive's words without a reader's having found who speaks."""
    return _CAPTIVE.search(text) is not None or any(_of_captivity(card) or card.claim.kind == "ill_treatment" for card in cards)


def _of_captivity(card: Card) -> bool:
    return card.claim.kind in CAPTIVITY or any(c.outcome == "detained" for c in card.claim.casualties)


def _named(card: Card, document: Document) -> Iterable[str]:
    if not document.text:
        return
    low, high = sentence(document.text, card.claim.start, card.claim.end)
    for person in (*document.persons, *card.claim.persons):
        inside = person.start < high and person.end > low
        if inside and not person.office and not _speaks(person, card.claim.said_by):
            yield document.text[person.start : person.end]


def _speaks(person: Person, chain: tuple[Speaker, ...]) -> bool:
    return any(person.start < speaker.end and person.end > speaker.start for speaker in chain)

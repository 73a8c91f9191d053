"""Whose words may be quoted, and who must not be heard at all.

In public only institutions and outlets are quoted, and only from what they published themselves. A captive is quoted nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from merestone.capture.terms import Known
from merestone.extract.terms import Person, Proposal, Speaker
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
        document = documents.get(card.ref.document)
        if document is not None:
            found.update(captives_in((card.claim,), document.text, document.persons))
    return frozenset(found)


def captives_in(claims: Iterable[Proposal], text: str, persons: Iterable[Person]) -> frozenset[str]:
    """The same of one document: its claims, its text, the persons whom it names."""
    there = tuple(persons)
    found = {name for claim in claims if text and _of_captivity(claim) for name in _named(claim, text, there)}
    return frozenset(name for name in found if any(c.isalpha() for c in name))


def tells_of_captives(cards: Iterable[Card], text: str) -> bool:
    """Whether a text may hold a captive's words without a reader's having found who speaks."""
    return _CAPTIVE.search(text) is not None or any(_of_captivity(card.claim) or card.claim.kind == "ill_treatment" for card in cards)


def _of_captivity(claim: Proposal) -> bool:
    return claim.kind in CAPTIVITY or any(c.outcome == "detained" for c in claim.casualties)


def _named(claim: Proposal, text: str, persons: tuple[Person, ...]) -> Iterable[str]:
    low, high = sentence(text, claim.start, claim.end)
    for person in (*persons, *claim.persons):
        inside = person.start < high and person.end > low
        if inside and not person.office and not _speaks(person, claim.said_by):
            yield text[person.start : person.end]


def _speaks(person: Person, chain: tuple[Speaker, ...]) -> bool:
    return any(person.start < speaker.end and person.end > speaker.start for speaker in chain)

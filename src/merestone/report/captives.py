"""What a captive said or is called leaves the house in no profile.

Characters are blocked one for one, so that every offset into a document's text still holds.
"""

from __future__ import annotations

from dataclasses import replace

from merestone.link.terms import Ref
from merestone.report import masking, speakers
from merestone.report.numbering import kept
from merestone.report.terms import Card, Document, Edition, Said


def without_captives(edition: Edition) -> Edition:
    names = speakers.captives_named(edition)
    heard = {card.ref: card for card in edition.claims if any(speakers.captive(s, names) for s in card.claim.said_by)}
    said = tuple(s for s in edition.statements if speakers.captive_name(s.statement.by, names) and s.statement.by not in _institutions(edition))
    if not names and not heard and not said:
        return edition
    blocked = replace(
        edition,
        documents=tuple(_closed(document, heard, said) for document in edition.documents),
        statements=tuple(s for s in edition.statements if s not in said),
        withheld=replace(edition.withheld, captives=edition.withheld.captives + len(heard) + len(said)),
    )
    nameless = masking.rewrite(kept(blocked, frozenset(heard)), masking.sweeping(names, masking.BLOCK))
    return _reread(nameless)


def _institutions(edition: Edition) -> frozenset[str]:
    return speakers.known_institutions(edition)


def _closed(document: Document, heard: dict[Ref, Card], said: tuple[Said, ...]) -> Document:
    """The document's text with the sentences that tell a captive's words blocked."""
    spans = [(card.claim.start, card.claim.end) for ref, card in heard.items() if ref.document == document.id]
    spans.extend((s.statement.start, s.statement.end) for s in said if s.document == document.id)
    text = document.text
    for start, end in spans:
        low, high = masking.sentence(document.text, start, end)
        text = text[:low] + _blocks(text[low:high]) + text[high:]
    return replace(document, text=text) if spans and text else document


def _blocks(words: str) -> str:
    return "".join(c if c.isspace() else masking.BLOCK for c in words)


def _reread(edition: Edition) -> Edition:
    """Quotes and their surroundings read again from the blocked texts."""
    texts = {document.id: document.text for document in edition.documents if document.text}
    return replace(
        edition,
        claims=tuple(_card(card, texts[card.ref.document]) if card.ref.document in texts else card for card in edition.claims),
        passages=tuple(
            replace(s, words=texts[s.passage.earlier][s.passage.start : s.passage.end]) if s.passage.earlier in texts else s
            for s in edition.passages
        ),
    )


def _card(card: Card, text: str) -> Card:
    start, end = card.claim.start, card.claim.end
    before, after = text[start - len(card.before) : start], text[end : end + len(card.after)]
    return replace(card, claim=replace(card.claim, quote=text[start:end]), before=before, after=after)

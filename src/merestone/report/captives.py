"""What a captive said or is called leaves the house in no profile.

Characters are blocked one for one, so that every offset into a document's text still holds.
"""

from __future__ import annotations

from dataclasses import replace

from merestone.link.terms import Dossier, Ref, Voice
from merestone.report import masking, speakers
from merestone.report.numbering import kept
from merestone.report.terms import Card, Document, Edition, Said
from merestone.report.withhold import parts_of


def unheard(dossier: Dossier) -> Dossier:
    """The dossier without claims that a captive makes: nothing is linked or graded with them. For use before linking."""
    claims = tuple(c for c in dossier.reading.claims if not any(speakers.captive(s, frozenset()) for s in c.said_by))
    return replace(dossier, reading=replace(dossier.reading, claims=claims))


def without_captives(edition: Edition, since: frozenset[str] = frozenset()) -> Edition:
    """`since`: what captives are called by texts that the edition does not hold."""
    names = speakers.captives_named(edition) | since
    names = names | parts_of(edition, names)
    heard = {card.ref: card for card in edition.claims if any(speakers.captive(s, names) for s in card.claim.said_by)}
    known = speakers.known_institutions(edition)
    said = tuple(s for s in edition.statements if s.statement.by not in known and speakers.captive_name(s.statement.by, names))
    if not names and not heard and not said:
        return edition
    blocked = replace(
        edition,
        documents=tuple(_closed(document, heard, said) for document in edition.documents),
        statements=tuple(s for s in edition.statements if s not in said),
        voices=tuple(_unnamed(voice, heard) for voice in edition.voices),
        withheld=replace(edition.withheld, captives=edition.withheld.captives + len(heard) + len(said)),
    )
    apart = kept(_unconcluded(blocked, frozenset(heard)), frozenset(heard))
    return _reread(masking.rewrite(apart, masking.sweeping(names, masking.BLOCK)))


def _unconcluded(edition: Edition, heard: frozenset[Ref]) -> Edition:
    """Without incidents that were concluded with a captive's word: their grade, reasons and versions would repeat it. Their other
    claims stand alone."""
    gone = {incident.group.id for incident in edition.incidents if heard.intersection(incident.group.claims)}
    if not gone:
        return edition
    return replace(
        edition,
        incidents=tuple(incident for incident in edition.incidents if incident.group.id not in gone),
        claims=tuple(replace(card, incident="") if card.incident in gone else card for card in edition.claims),
    )


def _unnamed(voice: Voice, heard: dict[Ref, Card]) -> Voice:
    """The voice without members and edges that are the captive."""
    names = {s.name for card in heard.values() for s in card.claim.said_by if s.kind not in speakers.INSTITUTIONS}
    return replace(
        voice,
        members=tuple(member for member in voice.members if member not in names),
        edges=tuple(edge for edge in voice.edges if edge.repeater not in names and edge.origin not in names),
    )


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

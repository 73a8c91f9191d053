"""What has to be held back in public, decided before a word is touched.

Hiding is contagious: a place that one claim of an incident hides, or one word of a text, is hidden in all that share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from merestone.capture.terms import Known, Place
from merestone.extract.terms import Located
from merestone.link.terms import Ref
from merestone.report import coarsen, masking, speakers
from merestone.report.standing import OBSERVATION
from merestone.report.terms import Card, Document, Edition


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done to the claims: left out, told in our words, places told more coarsely (by claim and position in `where`)."""

    out: frozenset[Ref]
    told: frozenset[Ref]
    coarse: Mapping[Ref, tuple[Located, ...]]
    changed: frozenset[Ref]
    hidden: Mapping[Ref, frozenset[str]]  # names of places that must not show through the texts about a claim


def plan_of(edition: Edition) -> Plan:
    kinds, places = dict(edition.sources), {place.id: place for place in edition.base.places}
    documents = {document.id: document for document in edition.documents}
    out = _too_fresh(edition, documents)
    told = frozenset(c.ref for c in edition.claims if not c.claim.quote or not speakers.quotable(c, documents[c.ref.document], kinds))
    hidden = _spots_hidden(edition, told)
    coarse = {card.ref: tuple(_told(located, card, told, hidden, places) for located in card.claim.where) for card in edition.claims}
    changed = {card.ref: [a for a, b in zip(card.claim.where, coarse[card.ref], strict=True) if a != b] for card in edition.claims}
    names = {ref: frozenset(n for located in gone for n in coarsen.names_of(located, places)) for ref, gone in changed.items()}
    gone = {card.ref: _all_names(card, places) for card in edition.claims if card.ref in out}
    return Plan(out, told, coarse, frozenset(ref for ref, lost in changed.items() if lost), {**names, **gone})


def _all_names(card: Card, places: Mapping[str, Place]) -> frozenset[str]:
    fine = [located for located in card.claim.where if coarsen.below_district(located)]
    return frozenset(name for located in fine for name in coarsen.names_of(located, places))


def _too_fresh(edition: Edition, documents: Mapping[str, Document]) -> frozenset[Ref]:
    """Claims on positions newer than 72 hours, with all that was linked to them: half an incident would tell of the other half. What this
    mission observed tells a position too, that of its own people."""
    fresh = set()
    ours = {each.group.id for each in edition.incidents if any(OBSERVATION in reason.text for reason in each.assessment.reasons)}
    for card in edition.claims:
        known = documents[card.ref.document].published
        published = known.value if isinstance(known, Known) else ""
        if (coarsen.tells_positions(card.claim) or card.incident in ours) and coarsen.fresh(card.claim, published, edition.generated_at):
            fresh.add(card.ref)
    linked = [set(incident.group.claims) for incident in edition.incidents]
    return frozenset(fresh.union(*(claims for claims in linked if claims & fresh)))


Spot = tuple[str, str]  # ("word", "DOC:start:end") for a mention, (incident, place) for a place within an incident


def _spots_hidden(edition: Edition, told: frozenset[Ref]) -> frozenset[Spot]:
    """Mentions and places to be told coarsely. What one claim of an incident hides, or one word of a text, is hidden in all that
    share the incident or the word; so the set is grown until it grows no more."""
    hidden: set[Spot] = set()
    own = {spot for card in edition.claims for located in card.claim.where if _needs(card, located, told) for spot in _spots(card, located)}
    while own - hidden:
        hidden |= own
        own = {
            spot
            for card in edition.claims
            for located in card.claim.where
            if hidden.intersection(_spots(card, located)) and coarsen.below_district(located)
            for spot in _spots(card, located)
        }
    return frozenset(hidden)


def _spots(card: Card, located: Located) -> list[Spot]:
    found = [("word", f"{card.ref.document}:{located.start}:{located.end}")] if located.end > located.start else []
    if card.incident and located.place is not None:
        found.append((card.incident, located.place))
    return found


def _needs(card: Card, located: Located, told: frozenset[Ref]) -> bool:
    if card.ref in told or coarsen.concerns_few(card.claim):
        return coarsen.below_district(located)
    return coarsen.tells_positions(card.claim) and coarsen.fine(located)


def _told(located: Located, card: Card, told: frozenset[Ref], hidden: frozenset[Spot], places: Mapping[str, Place]) -> Located:
    if located.name.startswith(coarsen.CELL) and card.ref not in told:
        return located
    if (card.ref in told or coarsen.concerns_few(card.claim)) and coarsen.below_district(located):
        return coarsen.to_district(located, places)
    if _needs(card, located, told) or (hidden.intersection(_spots(card, located)) and coarsen.below_district(located)):
        return coarsen.to_cell(located, places)
    return located


def names_of(edition: Edition) -> frozenset[str]:
    """What names or singles out a person, and the parts of such names; office holders of the pack apart."""
    names = frozenset(_spans(edition, office=False)) - frozenset(_spans(edition, office=True))
    names = frozenset(name for name in names if any(c.isalpha() for c in name))
    return names | parts_of(edition, names)


def parts_of(edition: Edition, names: frozenset[str]) -> frozenset[str]:
    """The parts of names that are masked by themselves: none that a place, a party, a source or an office holder bears."""
    spared = [*_spans(edition, office=True), *(name for name, _ in edition.sources), *(name for _, name in edition.parties)]
    spared.extend(name for place in edition.base.places for shown in place.names.values() for name in shown)
    spared.extend(place.name for place in edition.base.places)
    words = frozenset(word.casefold() for entry in spared for word in entry.split())
    return masking.name_parts(names, words, "\n".join(document.text for document in edition.documents))


def _spans(edition: Edition, office: bool) -> list[str]:
    texts = {document.id: document.text for document in edition.documents if document.text}
    spans = [(d.id, p) for d in edition.documents for p in d.persons]
    spans.extend((card.ref.document, p) for card in edition.claims for p in card.claim.persons)
    return [texts[name][p.start : p.end] for name, p in spans if name in texts and p.office == office]


def unnamed(edition: Edition, plan: Plan) -> frozenset[str]:
    """Names of speakers who are not quoted, wherever a voice, a reason or an edge repeats them; institutions apart."""
    known = speakers.known_institutions(edition)
    found = {s.name for card in edition.claims if card.ref in plan.told for s in card.claim.said_by if s.kind not in speakers.INSTITUTIONS}
    return frozenset(name for name in found - known if name and name != speakers.UNNAMED)

"""`edition.json`: the edition as plain data, in the shapes and names of interface.md, keys in a fixed order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from merestone.assess.terms import Assessment, Figure
from merestone.capture.terms import Known, Unknown
from merestone.extract.terms import Located, Proposal
from merestone.ledger.words import escaped
from merestone.link.terms import Group, Link, Voice
from merestone.report import agreements, alignment, corrections, standing
from merestone.report.balance import audited
from merestone.report.terms import PUBLIC, Answered, Asked, Card, Document, Edition, Incident, Reach, Said, Signed, Unread


def edition_json(edition: Edition) -> bytes:
    """UTF-8; a lone surrogate of a damaged text is written as its escape."""
    return escaped(json.dumps(with_balance(as_data(edition)), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def with_balance(data: dict[str, Any]) -> dict[str, Any]:
    """The data with the balance that is counted from them, where the edition keeps what it takes."""
    return {**data, "balance": audited(data).as_data()} if "reach" in data else data


def as_data(edition: Edition) -> dict[str, Any]:
    cards = {card.ref: card for card in edition.claims}
    aligned = {name: {"aligned_with": other, "why": why} for name, other, why in edition.aligned}
    allies = {name: {"aligned_with": other} for name, other, _ in edition.allies}
    return {
        "title": edition.title,
        "unreviewed": not standing.reviewed(edition),
        "profile": edition.profile,
        "checkpoint": None if edition.checkpoint is None else asdict(edition.checkpoint),
        **standing.as_data(edition),
        "generated_at": edition.generated_at.isoformat(),
        "pack": {"name": edition.pack[0], "title": edition.pack[1], "digest": edition.method.pack_digest},
        "parties": [{"code": code, "name": name, **aligned.get(code, {})} for code, name in edition.parties],
        "window": {"from": edition.window[0] or None, "to": edition.window[1] or None},
        "inputs": [{"name": entry.name, "bytes": entry.size, "sha256": entry.sha256} for entry in edition.inputs],
        "documents": [_document(document) for document in edition.documents],
        "incidents": [_incident(incident, cards, edition) for incident in edition.incidents],
        "patterns": [_pattern(pattern, cards) for pattern in edition.patterns],
        "claims": [_claim(card) for card in edition.claims],
        "voices": [{**_voice(v), **(allies if v.affiliation == "none" else {}).get(v.name, {})} for v in edition.voices],
        "passages": [{**asdict(entry.passage), "words": entry.words} for entry in edition.passages],
        "statements": [_told(entry.document, asdict(entry.statement), **_state(entry, edition)) for entry in edition.statements],
        "appeals": [
            _told(entry.document, asdict(entry.appeal), responses=list(entry.answers), **_state(entry, edition))
            for entry in edition.appeals
        ],
        "responses": [
            _told(entry.document, {**asdict(entry.response), "date": entry.response.date or None}, **_state(entry, edition))
            for entry in edition.responses
        ],
        "signatories": [_told(entry.document, {"names": list(entry.names)}, **_state(entry, edition)) for entry in edition.signatories],
        "citations": [_told(entry.document, asdict(entry.citation), words=entry.words) for entry in edition.citations],
        "refusals": [unread_data(refusal) for refusal in edition.refusals],
        "withheld": asdict(edition.withheld),
        "method": {
            "version": edition.method.version,
            "rules": list(edition.method.rules),
            "pack_digest": edition.method.pack_digest,
            "attribution": list(edition.method.attribution),
            "thresholds": dict(edition.method.thresholds),
            "known_limits": list(edition.method.known_limits),
            "pack_parity": list(edition.method.parity),
            "grades": dict(edition.method.grades),
        },
        **agreements.as_data(edition),
        **_reach(edition.reach, edition.profile),
        **corrections.as_data(edition),
    }


def _reach(reach: Reach | None, profile: str) -> dict[str, Any]:
    """What the balance is counted from beside the rest, and the balance; nothing for an edition of a release that kept none."""
    if reach is None:
        return {}
    names = [{"name": name, "affiliation": affiliation, "source": source or None} for name, affiliation, source in reach.names]
    told = {name: asdict(reach)[name] for name in ("areas", "went", "hours", "decided")}
    if reach.areas is None or profile == PUBLIC:
        told["went"] = None
    return {"reach": {"sources": dict(reach.sources), "names": names, **told}}


def _told(document: str, values: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"document": document, **values, **more}


def _state(entry: Said | Asked | Answered | Signed, edition: Edition) -> dict[str, Any]:
    """In a mission each has its own number, but in public, and says whether a person has recorded it."""
    return {} if edition.standing is None else {"ref": entry.ref or None, "state": entry.state}


def unread_data(refusal: Unread) -> dict[str, Any]:
    return {"code": refusal.code, **{key: value for key, value in refusal.facts if key != "code"}}


def _known(value: Known | Unknown) -> dict[str, Any]:
    if isinstance(value, Known):
        return {"value": value.value, "known_from": value.origin}
    return {"value": None, "unknown": value.reason}


def _document(document: Document) -> dict[str, Any]:
    told: dict[str, Any] = {"id": document.id, "input": document.input or None}
    for name in ("title", "publisher", "published", "language", "url"):
        told[name] = _known(getattr(document, name))
    told["notices"] = [unread_data(notice) for notice in document.notices]
    if document.text:
        told["text"] = document.text
        told["persons"] = [asdict(person) for person in document.persons]
    return told


def _claim(card: Card) -> dict[str, Any]:
    claim = card.claim
    return {
        "ref": str(card.ref),
        "state": card.state,
        "document": card.ref.document,
        "id": claim.id,
        "kind": claim.kind,
        "quote": claim.quote,
        "start": claim.start,
        "before": card.before,
        "after": card.after,
        "said_by": [speaker.name for speaker in claim.said_by],
        "speakers": [asdict(speaker) for speaker in claim.said_by],
        "realised": claim.realised,
        "stance": claim.stance,
        "initiator": claim.initiator,
        "target": {"party": claim.target.party, "what": claim.target.what},
        "when": _when(claim),
        "where": [_where(located) for located in claim.where],
        "weapons": list(claim.weapons),
        "casualties": [asdict(figure) for figure in claim.casualties],
        "repeated": claim.repeated,
        "incident": card.incident or None,
        "copy_of": None if card.copy_of is None else str(card.copy_of),
        "persons": [[person.start, person.end] for person in claim.persons],
        "hit": list(claim.hit),
        "rule": claim.rule,
        "confidence": claim.confidence,
        "evidence": [asdict(evidence) for evidence in claim.evidence],
    }


def _when(claim: Proposal) -> dict[str, Any]:
    when = claim.when
    return {
        "from": when.start or None,
        "to": when.end or None,
        "precision": when.precision,
        "zone_stated": when.zone_stated or None,
        "inferred": list(when.inferred),
    }


def _where(located: Located) -> dict[str, Any]:
    told = asdict(located)
    told["level"] = located.level or None
    told["others"] = list(located.others)
    return told


def places_of(group: Group, cards: Mapping[Any, Card]) -> list[dict[str, Any]]:
    """The places of all versions, each once a role, in the order of the claims."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for ref in group.claims:
        for located in cards[ref].claim.where:
            place = {
                "name": located.name,
                "role": located.role,
                "level": located.level or None,
                "lat": located.lat,
                "lon": located.lon,
                "uncertainty_m": located.uncertainty_m,
                "place": located.place,
            }
            found.setdefault((located.place or located.name, located.role), place)
    return list(found.values())


def _group(group: Group, cards: Mapping[Any, Card]) -> dict[str, Any]:
    return {
        "id": group.id,
        "kind": group.kind,
        "kinds": list(group.kinds),
        "period": {"from": group.start or None, "to": group.end or None, "precision": group.precision},
        "places": places_of(group, cards),
    }


def _pattern(pattern: Group, cards: Mapping[Any, Card]) -> dict[str, Any]:
    return {**_group(pattern, cards), "claims": [str(ref) for ref in pattern.claims], "why": [_link(link) for link in pattern.links]}


def versions_of(edition: Edition, assessment: Assessment) -> dict[str, dict[str, list[str]]]:
    """By party, each under its own code; where the pack has aligned parties, also each with those that are aligned with it."""
    told = {"versions": {side: [str(ref) for ref in refs] for side, refs in assessment.versions}}
    if edition.aligned:
        told["versions_together"] = {side: [str(ref) for ref in refs] for side, refs in alignment.together(edition, assessment)}
    return told


def _incident(incident: Incident, cards: Mapping[Any, Card], edition: Edition) -> dict[str, Any]:
    assessment = incident.assessment
    return {
        **_group(incident.group, cards),
        **versions_of(edition, assessment),
        "grade": assessment.grade,
        "state": assessment.state,
        "reasons": _reasons(assessment),
        "contested": [
            {
                "point": entry.point,
                "versions": [{"voice": v.voice, "says": v.says, "claims": [str(ref) for ref in v.claims]} for v in entry.versions],
            }
            for entry in assessment.contested
        ],
        "figures": [
            {
                "outcome": figure.outcome,
                "party": figure.party,
                "group": figure.group,
                "min": figure.min,
                "max": figure.max,
                "voices": [{"voice": v, "min": low, "max": high, "claims": [str(r) for r in refs]} for v, low, high, refs in figure.voices],
            }
            | _changed(figure)
            for figure in assessment.figures
        ],
        "voices": list(assessment.voices),
        "claims": [str(ref) for ref in incident.group.claims],
        "why": [_link(link) for link in incident.group.links],
    }


def _changed(figure: Figure) -> dict[str, Any]:
    """Nothing where nobody changed a word: most figures are told once."""
    told = [
        {"voice": word.voice, "since": word.since, "min": word.min, "max": word.max, "claims": [str(ref) for ref in word.claims]}
        for word in figure.changed
    ]
    return {"changed": told} if told else {}


def _reasons(assessment: Assessment) -> list[dict[str, Any]]:
    return [
        {"number": reason.number, "text": reason.text, "supports": reason.supports, "claims": [str(ref) for ref in reason.claims]}
        for reason in assessment.reasons
    ]


def _link(link: Link) -> dict[str, Any]:
    return {"a": str(link.a), "b": str(link.b), "score": link.score, "levels": [asdict(level) for level in link.levels]}


def _voice(voice: Voice) -> dict[str, Any]:
    return {
        "id": voice.id,
        "name": voice.name,
        "affiliation": voice.affiliation,
        "members": list(voice.members),
        "edges": [{**asdict(edge), "claims": [str(ref) for ref in edge.claims]} for edge in voice.edges],
        "claims": [str(ref) for ref in voice.claims],
    }

"""Leaving claims out, and numbering what remains so that no gap tells of what was left out.

In public the numbers of claims, incidents, patterns, voices and nameless documents run without a gap and are the edition's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from merestone.link.terms import Group, Link, Ref, Voice
from merestone.report.masking import LABELS
from merestone.report.terms import Document, Edition, Incident


def kept(edition: Edition, out: frozenset[Ref]) -> Edition:
    """The edition without some claims, and without what stood on them alone."""
    if not out:
        return edition
    incidents = tuple(_incident(incident, out) for incident in edition.incidents if set(incident.group.claims) - out)
    patterns = tuple(_group(pattern, out) for pattern in edition.patterns if set(pattern.claims) - out)
    return replace(
        edition,
        claims=tuple(replace(c, copy_of=None if c.copy_of in out else c.copy_of) for c in edition.claims if c.ref not in out),
        incidents=incidents,
        patterns=patterns,
        voices=tuple(_voice(voice, out) for voice in edition.voices if not voice.claims or set(voice.claims) - out),
    )


def _group(group: Group, out: frozenset[Ref]) -> Group:
    links = tuple(link for link in group.links if link.a not in out and link.b not in out)
    return replace(group, claims=tuple(ref for ref in group.claims if ref not in out), links=links)


def _incident(incident: Incident, out: frozenset[Ref]) -> Incident:
    if not set(incident.group.claims) & out:
        return incident
    assessment = _without(incident.assessment, out)
    reasons = tuple(r for r, old in zip(assessment.reasons, incident.assessment.reasons, strict=True) if r.claims or not old.claims)
    numbered = tuple(replace(reason, number=n) for n, reason in enumerate(reasons, 1))
    return Incident(_group(incident.group, out), replace(assessment, reasons=numbered))


def _voice(voice: Voice, out: frozenset[Ref]) -> Voice:
    edges = tuple(_without(edge, out) for edge in voice.edges if not edge.claims or set(edge.claims) - out)
    return replace(voice, claims=tuple(ref for ref in voice.claims if ref not in out), edges=edges)


def _without(value: Any, out: frozenset[Ref]) -> Any:
    if isinstance(value, tuple):
        return tuple(_without(item, out) for item in value if not (isinstance(item, Ref) and item in out))
    if is_dataclass(value) and not isinstance(value, (type, Ref, Link)):
        return replace(value, **{f.name: _without(getattr(value, f.name), out) for f in fields(value)})
    return value


@dataclass(frozen=True, slots=True)
class _Numbers:
    documents: Mapping[str, str]
    refs: Mapping[Ref, Ref]
    words: Callable[[str], str]


def renumbered(edition: Edition) -> Edition:
    """A public edition with numbers of its own."""
    documents = _document_ids(edition.documents)
    refs: dict[Ref, Ref] = {}
    count: dict[str, int] = {}
    for card in edition.claims:
        name = card.ref.document
        count[name] = count.get(name, 0) + 1
        refs[card.ref] = Ref(documents[name], count[name])
    tokens = {f"{old.document}#{old.claim}": str(new) for old, new in refs.items() if old != new}
    tokens.update({old: new for old, new in documents.items() if old != new})
    for letter, groups in (("B", [i.group for i in edition.incidents]), ("P", edition.patterns), ("V", edition.voices)):
        tokens.update(_run(letter, (group.id for group in groups)))
    numbers = _Numbers(documents, refs, _replacing(tokens))
    claims = tuple(
        replace(_renumbered(c, numbers), claim=replace(_renumbered(c.claim, numbers), id=refs[c.ref].claim)) for c in edition.claims
    )
    named = tuple(replace(_renumbered(d, numbers), id=documents[d.id]) for d in edition.documents)
    rest = {name: _renumbered(getattr(edition, name), numbers) for name in _SHOWN}
    return replace(edition, claims=claims, documents=named, **rest)


_SHOWN = (
    "incidents",
    "patterns",
    "voices",
    "passages",
    "statements",
    "appeals",
    "responses",
    "signatories",
    "citations",
    "inputs",
    "corrections",
)


def _document_ids(documents: Iterable[Document]) -> dict[str, str]:
    """A document that may not be named, or whose id holds what was taken out, is known by a number. `input` is "" for the first."""
    taken = {document.id for document in documents}
    named = {}
    for number, document in enumerate(documents, 1):
        fresh = f"document-{number}"
        while fresh in taken and fresh != document.id:
            fresh += "a"
        closed = not document.input or any(label in document.input for label in LABELS.values())
        settled = re.fullmatch(r"document-\d+a*", document.id) is not None
        named[document.id] = fresh if closed and not settled else document.id
    return named


def _run(letter: str, ids: Iterable[str]) -> dict[str, str]:
    """New numbers in the same order, as wide as the old; ids of another form stay."""
    found = [name for name in ids if re.fullmatch(rf"{letter}-\d+", name)]
    return {old: f"{letter}-{n:0{len(old) - 2}d}" for n, old in enumerate(found, 1)}


def _replacing(tokens: Mapping[str, str]) -> Callable[[str], str]:
    changed = {old: new for old, new in tokens.items() if old != new}
    if not changed:
        return lambda text: text
    words = "|".join(re.escape(old) for old in sorted(changed, key=lambda old: (-len(old), old)))
    found = re.compile(rf"(?<![\w#-])(?:{words})(?![\w-])")
    return lambda text: found.sub(lambda m: changed[m[0]], text)


def _renumbered(value: Any, numbers: _Numbers, field: str = "") -> Any:
    if isinstance(value, Ref):
        return numbers.refs.get(value, value)
    if isinstance(value, str):
        if field in ("document", "earlier", "later"):
            return numbers.documents.get(value, value)
        return numbers.words(value) if field not in _FIXED else value
    if isinstance(value, tuple):
        return tuple(_renumbered(item, numbers, field) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _renumbered(getattr(value, f.name), numbers, f.name) for f in fields(value)})
    return value


_FIXED = frozenset(
    [
        "kind",
        "kinds",
        "stance",
        "realised",
        "initiator",
        "what",
        "precision",
        "role",
        "level",
        "outcome",
        "group",
        "rule",
        "sha256",
        "slot",
        "affiliation",
        "how",
        "feature",
        "grade",
    ]
)

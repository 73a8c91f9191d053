"""From what the rooms upstream found to one frozen edition.

Deterministic: the same findings, pack and hour give the same edition. Protected documents have to be gone before linking, since
a number or a grade worked out with them would tell of them; `redact` refuses an edition that still holds one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from merestone.assess.terms import Assessment
from merestone.capture.alignment import aligned_of
from merestone.capture.parity import differences
from merestone.capture.place_index import places_by_id, with_wide
from merestone.capture.terms import ExhibitText, Known, Pack, Received, Unknown
from merestone.extract.terms import Proposal, Reading
from merestone.ledger.terms import Refusal
from merestone.link.terms import Dossier, Group, Linked, Ref
from merestone.report import terms
from merestone.report.reach import reach_of
from merestone.report.words import GRADE_RULE, KNOWN_LIMITS

CONTEXT = 260  # code points shown on each side of a quote, less what is cut to end at a word


@dataclass(frozen=True, slots=True)
class Findings:
    """What a run found. Every dossier has its text among `received.texts`, under the same id."""

    received: Received
    dossiers: tuple[Dossier, ...]
    linked: Linked
    assessments: tuple[Assessment, ...]


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the asker decides: the title, the hour of making (passed in, never read from a clock), the window, the version."""

    title: str
    generated_at: datetime
    window: tuple[str, str] = ("", "")
    version: str = ""
    thresholds: tuple[tuple[str, str], ...] = ()


def assemble(findings: Findings, pack: Pack, particulars: Particulars) -> terms.Edition:
    """The edition, not yet redacted. Raises Refusal when `generated_at` has no offset."""
    if particulars.generated_at.tzinfo is None:
        raise Refusal("time_without_zone", asked="generated_at", found=particulars.generated_at.isoformat())
    readings = tuple(dossier.reading for dossier in findings.dossiers)
    texts = {dossier.reading.id: dossier.text for dossier in findings.dossiers}
    claims, documents = _cards(readings, texts, findings.linked), _documents(findings)
    responses = tuple(terms.Answered(r.id, response) for r in readings for response in r.responses)
    return terms.Edition(
        title=particulars.title,
        profile="",
        generated_at=particulars.generated_at,
        pack=(pack.name, pack.title),
        window=particulars.window,
        parties=tuple(sorted((party.code, party.name) for party in pack.parties)),
        sources=_sources(pack),
        inputs=_inputs(findings.received),
        documents=documents,
        claims=claims,
        incidents=_incidents(findings.linked.incidents, findings.assessments),
        patterns=findings.linked.patterns,
        voices=findings.linked.voices,
        passages=tuple(terms.Shared(p, texts[p.earlier][p.start : p.end]) for p in findings.linked.passages),
        statements=tuple(terms.Said(r.id, statement) for r in readings for statement in r.statements),
        appeals=_appeals(readings, responses),
        responses=responses,
        signatories=tuple(terms.Signed(r.id, tuple(s[0] for s in r.signatories)) for r in readings if r.signatories),
        citations=tuple(terms.Cited(r.id, c, texts[r.id][c.start : c.end]) for r in readings for c in r.citations),
        refusals=tuple(unread(refusal) for refusal in findings.received.refusals if not refusal.facts.get("protected")),
        method=terms.Method(
            version=particulars.version,
            rules=tuple(sorted({r.rules for r in readings if r.rules})),
            pack_digest=pack.digest,
            attribution=pack.attribution,
            thresholds=particulars.thresholds,
            known_limits=KNOWN_LIMITS,
            grades=GRADE_RULE,
            parity=differences(pack),
        ),
        base=_base(pack, claims),
        aligned=aligned_of(pack),
        allies=tuple(
            sorted((s.name, s.aligned_with, s.why) for s in pack.sources if s.affiliation == "none" and s.aligned_with is not None)
        ),
        reach=reach_of(pack, documents, claims),
        agreements=pack.agreements,
    )


def unread(refusal: Refusal) -> terms.Unread:
    return terms.Unread(refusal.code, tuple((key, str(value)) for key, value in sorted(refusal.facts.items())))


def _sources(pack: Pack) -> tuple[tuple[str, str], ...]:
    found = {name: source.kind for source in pack.sources for names in source.aliases.values() for name in names}
    found.update({source.name: source.kind for source in pack.sources})
    return tuple(sorted(found.items()))


def _inputs(received: Received) -> tuple[terms.Input, ...]:
    """The files whose text was read or refused; what only names other files (a manifest) is none. A file that holds a protected
    document is neither named nor digested: its other texts are listed one by one."""
    closed = {text.exhibit.name for text in received.texts if text.protected}
    used = {text.exhibit.name for text in received.texts} | {
        str(r.facts.get("path")) for r in received.refusals if not r.facts.get("protected")
    }
    listed = [
        terms.Input(e.name, e.size, e.sha256)
        for e in received.exhibits
        if e.name in used - closed and not e.name.startswith(_inside(closed))
    ]
    listed.extend(_apart(text) for text in received.texts if text.exhibit.name in closed and not text.protected)
    return tuple(sorted(listed, key=lambda entry: (entry.name, entry.sha256)))


def _inside(closed: set[str]) -> tuple[str, ...]:
    return tuple(f"{name}/" for name in sorted(closed))


def _apart(text: ExhibitText) -> terms.Input:
    content = text.text.encode("utf-8", "surrogatepass")
    return terms.Input(text.id, len(content), hashlib.sha256(content).hexdigest())


def _documents(findings: Findings) -> tuple[terms.Document, ...]:
    readings = {dossier.reading.id: dossier.reading for dossier in findings.dossiers}
    return tuple(_document(text, readings[text.id]) for text in findings.received.texts if text.id in readings)


def _document(text: ExhibitText, reading: Reading) -> terms.Document:
    return terms.Document(
        id=text.id,
        input=text.exhibit.name,
        title=text.title,
        publisher=text.publisher,
        published=text.published,
        language=text.language,
        url=text.url,
        text=text.text,
        persons=reading.persons,
        notices=tuple(unread(notice) for notice in text.notices),
        protected=text.protected,
    )


def _cards(readings: Iterable[Reading], texts: Mapping[str, str], linked: Linked) -> tuple[terms.Card, ...]:
    home = {ref: group.id for group in (*linked.incidents, *linked.patterns) for ref in group.claims}
    copies = dict(linked.copy_of)
    cards = []
    for reading in readings:
        for claim in reading.claims:
            ref = Ref(reading.id, claim.id)
            before, after = around(texts[reading.id], claim)
            cards.append(terms.Card(ref, claim, before, after, home.get(ref, ""), copies.get(ref)))
    return tuple(cards)


def around(text: str, claim: Proposal) -> tuple[str, str]:
    """The words before and after the quote, cut at a space so that no word is halved."""
    left = max(0, claim.start - CONTEXT)
    if left:
        gap = re.search(r"\s", text[left : claim.start])
        left = left + gap.end() if gap else claim.start
    right = min(len(text), claim.end + CONTEXT)
    if right < len(text):
        gaps = [gap.start() for gap in re.finditer(r"\s", text[claim.end : right])]
        right = claim.end + gaps[-1] if gaps else claim.end
    return text[left : claim.start], text[claim.end : right]


def _incidents(groups: Iterable[Group], assessments: Iterable[Assessment]) -> tuple[terms.Incident, ...]:
    judged = {assessment.incident: assessment for assessment in assessments}
    return tuple(terms.Incident(group, judged[group.id]) for group in groups)


def _appeals(readings: Iterable[Reading], responses: tuple[terms.Answered, ...]) -> tuple[terms.Asked, ...]:
    return tuple(
        terms.Asked(reading.id, appeal, tuple(n for n, r in enumerate(responses) if _answers(r.response.by, appeal.to)))
        for reading in readings
        for appeal in reading.appeals
    )


def _answers(by: str, to: tuple[str, ...]) -> bool:
    """Whether a response comes from an addressee: the same name, or one proper name whole within the other. A general word
    ("states", "the parliament") names nobody, so no body that happens to bear it in its name has been asked."""
    who = by.strip()
    names = [name.strip() for name in to]
    return any(name.casefold() == who.casefold() or _within(name, who) or _within(who, name) for name in names if name and who)


def _within(part: str, whole: str) -> bool:
    return not part[0].islower() and re.search(rf"(?<!\w){re.escape(part)}(?!\w)", whole) is not None


def _base(pack: Pack, claims: Iterable[terms.Card]) -> terms.Base:
    """Lines and shapes of the pack, its wide places, and the places that claims name with all that hold them."""
    known = places_by_id(pack.places)
    wanted: set[str] = set()
    for card in claims:
        for located in card.claim.where:
            here = located.place
            while here is not None and here in known and here not in wanted:
                wanted.add(here)
                here = known[here].within
    return terms.Base(pack.lines, pack.shapes, with_wide(pack.places, wanted))


def value_of(known: Known | Unknown) -> str:
    """The value, "" where it is unknown: for places where only words are compared or written."""
    return known.value if isinstance(known, Known) else ""

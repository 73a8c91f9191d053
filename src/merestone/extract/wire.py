"""The JSON of one reading, out and in: the fields of interface.md and gold/GUIDE.md, with the evidence beside them.

Out loses nothing. In is tolerant of what other programs and annotators leave out (rule, confidence, speakers, start), and
strict about what they say: a quote stands in the text, a code is one of the vocabulary, or `malformed_reading`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from merestone.extract.fields import Fields
from merestone.extract.terms import (
    GROUPS,
    KINDS,
    LEVELS,
    OUTCOMES,
    PRECISIONS,
    REALISED,
    ROLES,
    STANCES,
    STATEMENTS,
    TARGETS,
    WEAPONS,
    Appeal,
    Casualties,
    Citation,
    Evidence,
    Located,
    Person,
    PlaceMention,
    Proposal,
    Reading,
    Response,
    Speaker,
    Statement,
    Target,
    When,
)

NOT_STATED = "not stated"  # the rule of a value whose program does not say how it was read

APPROX_UNCERTAINTY = 10_000.0  # metres: gold/GUIDE.md marks a settlement `approx` that may lie more than 5 km off

WhoIs = Callable[[str, int, int], Speaker]  # name as written, start, end of the words that name it (equal where unknown)


# --- out ----------------------------------------------------------------------------------------------------------


def to_json(reading: Reading, incidents: Mapping[int, str] | None = None, copies: Mapping[int, str] | None = None) -> dict[str, Any]:
    """The reading as plain data. `incidents` and `copies` (claim id -> incident, -> DOC_ID#N) fill what only linking knows."""
    joined, copied = incidents or {}, copies or {}
    return {
        "id": reading.id,
        "language": reading.language,
        "rules": reading.rules,
        "claims": [_claim_out(claim, joined.get(claim.id), copied.get(claim.id)) for claim in reading.claims],
        "statements": [_plain(entry) for entry in reading.statements],
        "appeals": [_plain(entry) for entry in reading.appeals],
        "responses": [{**_plain(entry), "date": entry.date or None} for entry in reading.responses],
        "signatories": [name for name, _start, _end in reading.signatories],
        "signatory_spans": [[start, end] for _name, start, end in reading.signatories],
        "citations": [_plain(entry) for entry in reading.citations],
        "persons": [_plain(entry) for entry in _everybody(reading)],
    }


def _everybody(reading: Reading) -> list[Person]:
    """All persons of the reading, those of its claims among them, each once."""
    known = dict.fromkeys(reading.persons)
    for claim in reading.claims:
        known.update(dict.fromkeys(claim.persons))
    return list(known)


def _claim_out(claim: Proposal, incident: str | None, copy_of: str | None) -> dict[str, Any]:
    when = claim.when
    return {
        "id": claim.id,
        "kind": claim.kind,
        "quote": claim.quote,
        "start": claim.start,
        "said_by": [speaker.name for speaker in claim.said_by],
        "speakers": [_plain(speaker) for speaker in claim.said_by],
        "realised": claim.realised,
        "stance": claim.stance,
        "initiator": claim.initiator,
        "target": {"party": claim.target.party, "what": claim.target.what},
        "when": {
            "from": when.start or None,
            "to": when.end or None,
            "precision": when.precision,
            "zone_stated": when.zone_stated or None,
            "inferred": list(when.inferred),
            "span": None if when.span is None else list(when.span),
        },
        "where": [{**_plain(place), "level": place.level or None} for place in claim.where],
        "mentions": [_plain(place) for place in claim.places],
        "weapons": list(claim.weapons),
        "casualties": [_plain(entry) for entry in claim.casualties],
        "hit": list(claim.hit),
        "repeated": claim.repeated,
        "incident": incident,
        "copy_of": copy_of,
        "persons": [[person.start, person.end] for person in claim.persons],
        "rule": claim.rule,
        "confidence": claim.confidence,
        "evidence": [_plain(entry) for entry in claim.evidence],
    }


@functools.cache
def _keys(noun: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(noun))


def _plain(noun: Any) -> dict[str, Any]:
    """A flat noun as a mapping, with lists for tuples and the outside's names for ours (`quote` makes `end` superfluous)."""
    out = {key: list(value) if isinstance(value := getattr(noun, key), tuple) else value for key in _keys(noun.__class__)}
    if "quote" in out:
        del out["end"]
    return out


# --- in -----------------------------------------------------------------------------------------------------------


def from_json(document: object, text: str | None = None, who_is: WhoIs | None = None) -> Reading:
    """The reading in `document`, a JSON object of ours, of another program, or a gold document.

    `text` is what spans count in (by default the object's own `text`). `who_is` makes a speaker of a name when the record
    has only `said_by`; without it such a speaker's affiliation is `unknown`. Refuses with `malformed_reading`.
    """
    whole = Fields.of(document, _identity(document), "")
    body = text if text is not None else whole.text("text", "") or None
    persons = tuple(_person_in(entry, whole, number) for number, entry in enumerate(whole.listed("persons")))
    claims = tuple(_claim_in(entry, number, body, persons, who_is) for number, entry in enumerate(whole.many("claims"), start=1))
    _once(whole, claims)
    return Reading(
        id=whole.text("id"),
        language=whole.text("language", ""),
        rules=whole.text("rules", NOT_STATED),
        claims=claims,
        statements=tuple(_statement_in(entry, body) for entry in whole.many("statements")),
        appeals=tuple(_appeal_in(entry, body) for entry in whole.many("appeals")),
        responses=tuple(_response_in(entry, body) for entry in whole.many("responses")),
        signatories=_signatories_in(whole, body),
        citations=tuple(_citation_in(entry) for entry in whole.many("citations")),
        persons=persons,
    )


def _identity(document: object) -> str:
    return str(document.get("id", "?")) if isinstance(document, Mapping) else "?"


def _once(whole: Fields, claims: tuple[Proposal, ...]) -> None:
    seen: set[int] = set()
    for claim in claims:
        if claim.id in seen:
            raise whole.wrong("claims", "each id once", f"the id {claim.id} twice")
        seen.add(claim.id)


def _claim_in(entry: Fields, number: int, text: str | None, persons: tuple[Person, ...], who_is: WhoIs | None) -> Proposal:
    start, end, quote = entry.quoted(text)
    given = entry.count("id")
    target = entry.part("target")
    confidence = entry.number("confidence", 0, 1)
    undated = entry.has("pattern") and not entry.has("incident")
    return Proposal(
        id=number if given is None else given,
        kind=entry.one_of("kind", KINDS),
        start=start,
        end=end,
        quote=quote,
        said_by=_speakers_in(entry, text, who_is),
        realised=entry.one_of("realised", REALISED, "done"),
        stance=entry.one_of("stance", STANCES, "asserts"),
        initiator=entry.text("initiator", "unknown"),
        target=Target(target.text("party", "unknown"), target.one_of("what", TARGETS, "none")),
        when=_when_in(entry.part("when")),
        places=tuple(_mention_in(place) for place in entry.many("mentions")),
        where=tuple(_located_in(place, text, start, end) for place in entry.many("where")),
        weapons=_vocabulary(entry, "weapons", WEAPONS),
        casualties=tuple(_casualties_in(figure, start, end) for figure in entry.many("casualties")),
        repeated=entry.flag("repeated", absent=undated),
        persons=tuple(_person_at(span, persons, entry) for span in entry.listed("persons")),
        rule=entry.text("rule", NOT_STATED),
        confidence=0.0 if confidence is None else confidence,  # the share of slots known to have been read from words: none is known
        evidence=tuple(_evidence_in(row) for row in entry.many("evidence")),
        hit=entry.words("hit"),
    )


def _vocabulary(entry: Fields, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    words = entry.words(key)
    for word in words:
        if word not in allowed:
            raise entry.wrong(key, "only " + ", ".join(allowed), repr(word[:40]))
    return words


def _speakers_in(entry: Fields, text: str | None, who_is: WhoIs | None) -> tuple[Speaker, ...]:
    if entry.has("speakers"):
        return tuple(
            Speaker(
                name=speaker.text("name"),
                kind=speaker.text("kind", "other"),
                affiliation=speaker.text("affiliation", "unknown"),
                official=speaker.flag("official", absent=False),
                start=speaker.span()[0],
                end=speaker.span()[1],
                received=speaker.flag("received", absent=True),
            )
            for speaker in entry.many("speakers")
        )
    found = []
    for name in entry.words("said_by"):
        at = -1 if text is None else text.find(name)
        start, end = (at, at + len(name)) if at >= 0 else (0, 0)
        found.append(
            who_is(name, start, end) if who_is is not None else Speaker(name, "other", "unknown", official=False, start=start, end=end)
        )
    return tuple(found)


def _when_in(when: Fields) -> When:
    spans = when.listed("span")
    start = when.day("from")
    return When(
        start=start,
        end=when.day("to", end=True) or when.day("from", end=True),
        precision=when.one_of("precision", PRECISIONS, "unknown" if not start else "minute" if "T" in start else "day"),
        zone_stated=when.text("zone_stated", ""),
        inferred=when.words("inferred"),
        span=when.pair("span", spans) if spans else None,
    )


def _located_in(place: Fields, text: str | None, claim_start: int, claim_end: int) -> Located:
    words = place.text("text", "")
    start, end = place.count("start"), place.count("end")
    if start is None or end is None:
        start, end = _nearest(words, text, claim_start, claim_end)
    lat, lon = place.number("lat", -90, 90), place.number("lon", -180, 180)
    level = place.one_of("level", (*LEVELS, ""), "")
    margin = place.number("uncertainty_m", 0)
    if margin is None and level in ("settlement", "feature") and place.flag("approx", absent=False):
        margin = APPROX_UNCERTAINTY
    return Located(
        text=words,
        start=start,
        end=end,
        role=place.one_of("role", ROLES, "at"),
        name=place.text("name", words),
        level=level,
        lat=lat if lon is not None else None,
        lon=lon if lat is not None else None,
        uncertainty_m=margin,
        place=place.text("place") if place.has("place") else None,
        why=place.text("why", "given with the claim"),
        others=place.words("others"),
    )


def _nearest(words: str, text: str | None, start: int, end: int) -> tuple[int, int]:
    """Where a place's words stand: inside the claim, else first in the text, else the claim itself stands for them."""
    if not words or text is None:
        return start, end
    at = text.find(words, start, end)
    at = text.find(words) if at < 0 else at
    return (at, at + len(words)) if at >= 0 else (start, end)


def _mention_in(place: Fields) -> PlaceMention:
    start, end = place.span()
    return PlaceMention(
        text=place.text("text"),
        start=start,
        end=end,
        role=place.one_of("role", ROLES, "at"),
        ids=place.words("ids"),
        level_hint=place.text("level_hint", ""),
        distance_km=place.number("distance_km", 0),
        bearing=place.text("bearing", ""),
    )


def _casualties_in(figure: Fields, start: int, end: int) -> Casualties:
    at, to = figure.count("start"), figure.count("end")
    low, high = figure.count("min"), figure.count("max")
    if low is not None and high is not None and low > high:
        raise figure.wrong("min", f"at most max ({high})")
    return Casualties(
        outcome=figure.one_of("outcome", OUTCOMES),
        party=figure.text("party", "unknown"),
        group=figure.one_of("group", GROUPS, "unspecified"),
        min=low,
        max=high,
        start=start if at is None else at,
        end=end if to is None else to,
    )


def _person_in(value: object, whole: Fields, number: int) -> Person:
    if isinstance(value, (list, tuple)):
        return Person(*whole.pair("persons", value), office=False, why=NOT_STATED)
    entry = Fields.of(value, whole.document, f"persons[{number}]")
    start, end = entry.span()
    return Person(start, end, entry.flag("office", absent=False), entry.text("why", NOT_STATED))


def _person_at(span: object, persons: tuple[Person, ...], entry: Fields) -> Person:
    """A claim's span with what the document says of it; a span that it does not list is a person all the same."""
    start, end = entry.pair("persons", span)
    return next((person for person in persons if (person.start, person.end) == (start, end)), Person(start, end, False, NOT_STATED))


def _evidence_in(row: Fields) -> Evidence:
    start, end = row.span()
    told = {field.name: row.text(field.name, "") for field in fields(Evidence) if field.name not in ("start", "end")}
    return Evidence(start=start, end=end, **told)


def _statement_in(entry: Fields, text: str | None) -> Statement:
    start, end, quote = entry.quoted(text)
    return Statement(
        entry.one_of("type", STATEMENTS),
        entry.text("by", "unknown"),
        entry.text("party", "unknown"),
        start,
        end,
        quote,
        entry.text("rule", NOT_STATED),
    )


def _appeal_in(entry: Fields, text: str | None) -> Appeal:
    start, end, quote = entry.quoted(text)
    return Appeal(entry.words("by"), entry.words("to"), entry.text("ask", ""), start, end, quote, entry.text("rule", NOT_STATED))


def _response_in(entry: Fields, text: str | None) -> Response:
    start, end, quote = entry.quoted(text)
    return Response(
        entry.text("by", "unknown"), entry.text("type", NOT_STATED), entry.day("date"), start, end, quote, entry.text("rule", NOT_STATED)
    )


def _citation_in(entry: Fields) -> Citation:
    start, end = entry.span()
    return Citation(entry.text("by"), start, end, entry.flag("received", absent=False))


def _signatories_in(whole: Fields, text: str | None) -> tuple[tuple[str, int, int], ...]:
    names, spans = whole.words("signatories"), whole.listed("signatory_spans")
    if spans and len(spans) != len(names):
        raise whole.wrong("signatory_spans", f"{len(names)} spans", f"{len(spans)} spans")
    found = []
    for number, name in enumerate(names):
        if spans:
            start, end = whole.pair("signatory_spans", spans[number])
        else:
            at = -1 if text is None else text.find(name)
            start, end = (at, at + len(name)) if at >= 0 else (0, 0)
        found.append((name, start, end))
    return tuple(found)

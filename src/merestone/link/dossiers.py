"""Dossiers: documents that were read and located, made from what arrived or from a line of somebody's readings.

A document that cannot be read is a refusal beside the others, never the end of a batch. A protected document is left out
before anything is worked out with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from merestone.capture.terms import ExhibitText, Known, Pack, Unknown
from merestone.extract import load_rules, names_for, read
from merestone.extract.fields import Fields
from merestone.extract.terms import Reading
from merestone.extract.wire import from_json
from merestone.ledger.terms import Refusal
from merestone.link.terms import Dossier, Linked, Ref
from merestone.locate import gazetteer, resolve


def readings_of(texts: Iterable[ExhibitText], pack: Pack) -> Iterator[tuple[ExhibitText, Reading | Refusal]]:
    """Each text that is not protected, with its located reading or with the refusal that says why there is none."""
    places = gazetteer(pack)
    for exhibit in texts:
        if not exhibit.protected:
            yield exhibit, _reading(exhibit, pack, places)


def dossier_of(exhibit: ExhibitText, reading: Reading) -> Dossier:
    return Dossier(
        reading=reading,
        text=exhibit.text,
        published=_value(exhibit.published),
        publisher=_value(exhibit.publisher),
        language=reading.language,
        url=_value(exhibit.url),
    )


def dossier_in(document: object) -> Dossier:
    """The dossier in one object of a readings file: ours, another program's, or an annotated document. Refuses `malformed_reading`."""
    reading = from_json(document)
    fields = Fields.of(document, reading.id, "")
    return Dossier(
        reading=reading,
        text=fields.text("text", ""),
        published=fields.day("published"),
        publisher=fields.text("publisher", ""),
        language=reading.language,
        url=fields.text("url", ""),
    )


def documents_in(lines: Iterable[str]) -> Iterator[tuple[dict[str, Any] | None, Dossier | Refusal]]:
    """The objects of a readings file with their dossiers; what cannot be used comes with its refusal and the number of its line."""
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith('{"incidents":'):  # the last line of what `link` wrote
            continue
        document: dict[str, Any] | None = None
        try:
            document = _object(line)
            dossier = _dossier_once(document, seen)
        except Refusal as refusal:
            yield document, Refusal(refusal.code, **{**refusal.facts, "line": number})
        else:
            yield document, dossier


def _object(line: str) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Refusal("malformed_reading", document="?", at="the line", expected="one JSON object", found=str(error)) from error
    if not isinstance(document, dict):
        raise Refusal("malformed_reading", document="?", at="the line", expected="one JSON object", found=type(document).__name__)
    return document


def _dossier_once(document: dict[str, Any], seen: set[str]) -> Dossier:
    if document.get("refusals") and not document.get("claims"):
        raise Refusal("refused_before", id=str(document.get("id") or document.get("path") or "?"))
    dossier = dossier_in(document)
    if dossier.reading.id in seen:
        raise Refusal("same_id_twice", id=dossier.reading.id)
    seen.add(dossier.reading.id)
    return dossier


def filled(document: Mapping[str, Any], dossier: Dossier, linked: Linked) -> dict[str, Any]:
    """The object as it came, with what linking found: `incident`, `copy_of`, and `pattern` for repeated or undated acts."""
    joined = {ref: group for group in (*linked.incidents, *linked.patterns) for ref in group.claims}
    copies = dict(linked.copy_of)
    claims = []
    for given, claim in zip(document["claims"], dossier.reading.claims, strict=True):
        ref = Ref(dossier.reading.id, claim.id)
        group, copied = joined.get(ref), copies.get(ref)
        found = {"incident": group.id if group and not group.pattern else None, "pattern": group.id if group and group.pattern else None}
        claims.append({**given, **found, "copy_of": str(copied) if copied else None})
    return {**document, "claims": claims}


def _reading(exhibit: ExhibitText, pack: Pack, places: Any) -> Reading | Refusal:
    if isinstance(exhibit.language, Unknown):
        return Refusal("language_not_known", id=exhibit.id, why=exhibit.language.reason)
    try:
        rules = load_rules(exhibit.language.value)
    except Refusal as refusal:
        return Refusal(refusal.code, id=exhibit.id, **refusal.facts)
    return resolve(read(exhibit, rules, names_for(pack, rules)), places)


def _value(known: Known | Unknown) -> str:
    return known.value if isinstance(known, Known) else ""

"""Dossiers: documents that were read and located, made from what arrived or from a line of somebody's readings.

A document that cannot be read is a refusal beside the others, never the end of a batch. A protected document is left out
before anything is worked out with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from merestone.capture.terms import ExhibitText, Known, Pack, Unknown
from merestone.extract import Reader, languages_with_rules, read
from merestone.extract.document import file_refused
from merestone.extract.fields import Fields
from merestone.extract.terms import Reading
from merestone.extract.wire import from_json
from merestone.ledger.terms import Refusal
from merestone.ledger.words import told
from merestone.link.terms import Dossier, Linked, Ref
from merestone.link.workers import Died, in_order
from merestone.locate import gazetteer, resolve


def readings_of(texts: Sequence[ExhibitText], pack: Pack) -> Iterator[tuple[ExhibitText, Reading]]:
    """Each text that is not protected, nor enclosed in a protected one, with its located reading.

    The texts have to be in languages with rules: receive them with `languages_with_rules`, which refuses the others by name.
    """
    open_texts = shown(texts)
    read_one = reader_of(pack, publishers_of(open_texts))
    for text in open_texts:
        yield text, read_one(text)


def readings_by(texts: Sequence[ExhibitText], pack: Pack, jobs: int) -> Iterator[tuple[ExhibitText, Reading | Refusal]]:
    """The same by several processes. A text of which a process died comes with its refusal."""
    open_texts = shown(texts)
    for text, reading in in_order(open_texts, partial(reader_of, pack, publishers_of(open_texts), languages_of(open_texts)), jobs):
        yield text, died(text) if isinstance(reading, Died) else reading


def died(text: ExhibitText) -> Refusal:
    return Refusal("reader_died", path=text.exhibit.name, id=text.id)


def shown(texts: Sequence[ExhibitText]) -> list[ExhibitText]:
    """The texts that are not protected, nor enclosed in a protected one."""
    closed = tuple(f"{text.exhibit.name}/" for text in texts if text.protected)
    return [text for text in texts if not text.protected and not text.exhibit.name.startswith(closed)]


def publishers_of(texts: Sequence[ExhibitText]) -> frozenset[str]:
    return frozenset(text.publisher.value for text in texts if isinstance(text.publisher, Known))


def languages_of(texts: Sequence[ExhibitText]) -> frozenset[str]:
    """The languages of the texts, of those that have rules."""
    return frozenset(_value(text.language) for text in texts).intersection(languages_with_rules())


def reader_of(pack: Pack, received: frozenset[str], ready: frozenset[str] = frozenset()) -> Callable[[ExhibitText], Reading]:
    """Reads and locates one text after the other. `received`: who publishes what arrived with them. `ready`: languages whose rules are
    made ready at once, not when their first text comes."""
    places = gazetteer(pack)
    readers = {language: Reader(pack, language, received) for language in sorted(ready)}

    def one(text: ExhibitText) -> Reading:
        language = _value(text.language)
        if language not in readers:
            readers[language] = Reader(pack, language, received)
        return resolve(read(text, readers[language]), places, text.text)

    return one


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
        document = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Refusal("malformed_reading", document="?", at="the line", expected="one JSON object", found=str(error)) from error
    if not isinstance(document, dict):
        raise Refusal("malformed_reading", document="?", at="the line", expected="one JSON object", found=type(document).__name__)
    return document


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number in JSON")


def _dossier_once(document: dict[str, Any], seen: set[str]) -> Dossier:
    if document.get("refusals") and not document.get("claims"):
        raise Refusal("refused_before", id=str(document.get("id") or document.get("path") or "?"))
    dossier = dossier_in(document)
    if dossier.reading.id in seen:
        raise Refusal("duplicate_id", id=dossier.reading.id)
    seen.add(dossier.reading.id)
    return dossier


def line_out(document: dict[str, Any] | None, each: Dossier | Refusal, linked: Linked) -> dict[str, Any]:
    """The object as it came, with what linking found: `incident`, `copy_of`, and `pattern` for repeated or undated acts.

    One that cannot be used goes out with its refusal; one that was refused when it was read goes out as it came.
    """
    if isinstance(each, Dossier):
        return {**(document or {}), "claims": _filled(document or {}, each, linked)}
    if document is None:
        return file_refused(each)
    return document if each.code == "refused_before" else {**document, "refusals": [*(document.get("refusals") or []), told(each)]}


def _filled(document: Mapping[str, Any], dossier: Dossier, linked: Linked) -> list[dict[str, Any]]:
    joined = {ref: group for group in (*linked.incidents, *linked.patterns) for ref in group.claims}
    copies = dict(linked.copy_of)
    claims = []
    for given, claim in zip(document.get("claims") or [], dossier.reading.claims, strict=True):
        ref = Ref(dossier.reading.id, claim.id)
        group, copied = joined.get(ref), copies.get(ref)
        found = {"incident": group.id if group and not group.pattern else None, "pattern": group.id if group and group.pattern else None}
        claims.append({**given, **found, "copy_of": str(copied) if copied else None})
    return claims


def _value(known: Known | Unknown) -> str:
    return known.value if isinstance(known, Known) else ""

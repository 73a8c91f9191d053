"""From what arrives to the lines of `read`: one JSON object a document, as text, or why it was not read. Order is that of arrival."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from functools import partial
from typing import Any

from merestone.capture.terms import ExhibitText, Known, Pack, Received
from merestone.extract import Reader
from merestone.extract.document import document_out
from merestone.extract.grounded import grounded
from merestone.extract.model import answer_in, question
from merestone.ledger.terms import Refusal
from merestone.ledger.words import escaped
from merestone.link.dossiers import died, languages_of, publishers_of, reader_of, shown
from merestone.link.workers import Died, in_order
from merestone.locate import gazetteer, resolve


def lines_of(arriving: Iterable[tuple[Received, frozenset[str] | None]], pack: Pack, jobs: int) -> Iterator[str | Refusal]:
    """`arriving`: portions, with who publishes the whole that they are parts of (None: the portion is the whole). Protected documents
    leave no trace."""
    portions = iter(arriving)
    first = next(portions, None)
    if first is None:
        return
    received, told = first
    texts = shown(received.texts)
    publishers = publishers_of(texts) if told is None else told

    def items() -> Iterator[ExhibitText | Refusal]:
        yield from _items(received)
        for portion, _ in portions:
            yield from _items(portion)

    for item, line in in_order(items(), partial(_line_of, pack, publishers, languages_of(texts)), jobs):
        if not isinstance(line, Died):
            yield line
        elif isinstance(item, ExhibitText):
            yield died(item)


def _items(received: Received) -> Iterator[ExhibitText | Refusal]:
    yield from (refusal for refusal in received.refusals if not refusal.facts.get("protected"))
    yield from shown(received.texts)


def _line_of(pack: Pack, publishers: frozenset[str], ready: frozenset[str]) -> Callable[[ExhibitText | Refusal], str | Refusal]:
    read_one = reader_of(pack, publishers, ready)

    def one(item: ExhibitText | Refusal) -> str | Refusal:
        if isinstance(item, Refusal):
            return item
        return escaped(json.dumps(document_out(item, read_one(item)), ensure_ascii=False, allow_nan=False))

    return one


Send = Callable[[dict[str, Any]], bytes]  # the body of a question -> that of its answer, or a refusal


def lines_of_model(
    arriving: Iterable[tuple[Received, frozenset[str] | None]], pack: Pack, model: str, send: Send
) -> Iterator[str | Refusal]:
    """The same lines, read by a model, each with what was `dropped`. `send` is given the text of no protected document."""
    places = gazetteer(pack)
    readers: dict[str, Reader] = {}
    for received, _ in arriving:
        for item in _items(received):
            if isinstance(item, Refusal):
                yield item
                continue
            language = item.language.value if isinstance(item.language, Known) else ""
            if language not in readers:
                readers[language] = Reader(pack, language)
            try:
                claims = answer_in(send(question(item.text, pack, model)))
            except Refusal as refusal:
                yield Refusal(refusal.code, **{**refusal.facts, "id": item.id, "path": item.exhibit.name})
                continue
            reading, dropped = grounded(claims, item, readers[language], model)
            line = document_out(item, resolve(reading, places, item.text))
            told = {"model": model, "dropped": [asdict(each) for each in dropped]}
            yield escaped(json.dumps({**line, **told}, ensure_ascii=False, allow_nan=False))

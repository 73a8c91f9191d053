"""One document in, one document out: a line of `read`, made from what arrived and what was read, or from why it was not.

The fields of the line that came in are echoed as they were given; what is not known is null, with the reason beside it.
"""

from __future__ import annotations

from typing import Any

from merestone.capture.terms import ExhibitText, Known, Unknown
from merestone.extract.terms import Reading
from merestone.extract.wire import to_json
from merestone.ledger.terms import Refusal
from merestone.ledger.words import told

METADATA = ("published", "publisher", "language", "url", "title")


def document_out(exhibit: ExhibitText, reading: Reading) -> dict[str, Any]:
    """The line of a document that was read. `origins` says how each value came to be known, or why it is not."""
    return {**exhibit.echoed, **_head(exhibit), "refusals": [], **to_json(reading)}


def file_refused(refusal: Refusal) -> dict[str, Any]:
    """The line of what could not be received, or of a line that cannot be used: where it stood, why, and nothing read."""
    where: dict[str, Any] = {key: refusal.facts[key] for key in ("id", "path", "line") if key in refusal.facts}
    nothing: dict[str, Any] = {"claims": [], "statements": [], "appeals": [], "responses": [], "signatories": []}
    return {"id": None, "path": None, **where, "refusals": [told(refusal)], **nothing}


def _head(exhibit: ExhibitText) -> dict[str, Any]:
    values: dict[str, Known | Unknown] = {key: getattr(exhibit, key) for key in METADATA}
    return {
        "id": exhibit.id,
        "text": exhibit.text,
        **{key: value.value if isinstance(value, Known) else None for key, value in values.items()},
        "origins": {key: value.origin if isinstance(value, Known) else f"unknown: {value.reason}" for key, value in values.items()},
        "input": exhibit.exhibit.name,
        "notices": [told(notice) for notice in exhibit.notices],
    }

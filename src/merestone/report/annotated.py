"""Documents that people read and annotated by hand: the folder that a reading is scored against.

A folder is used as a whole or refused as a whole: figures over the part of it that happened to open would mislead.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from merestone.capture.language import language_code
from merestone.capture.pack import read_yaml
from merestone.capture.terms import Pack, Received
from merestone.extract.document import document_out
from merestone.ledger.terms import Refusal
from merestone.link import group
from merestone.link.dossiers import dossier_of, line_out, readings_of

Entry = Mapping[str, Any]

_NEEDED = ("id", "language", "text")
_GIVEN = ("id", "text", "published", "publisher", "language", "url")
_QUOTED = ("claims", "statements", "appeals", "responses")
_MOST_BYTES = 4 * 1024 * 1024
_SPACED_TIME = re.compile(r"(?<=\d) (?=\d)")


def annotated(folder: Path, language: str | None = None) -> tuple[Entry, ...]:
    """The documents (`*.yaml`) of the folder, or of its folder `documents`, by the names of their files; of one language where one is
    given. Refuses `gold_missing`, `gold_malformed`, and `bad_option` for what is no language."""
    wanted = None if language is None else language_code(language)
    if language is not None and wanted is None:
        raise Refusal("bad_option", option="language", found=language)
    documents = tuple(_document(path) for path in _files(folder))
    seen: dict[str, None] = {}
    for document in documents:
        if document["id"] in seen:
            raise Refusal("gold_malformed", where=str(document["id"]), what="two documents have this id")
        seen[document["id"]] = None
    chosen = tuple(document for document in documents if wanted in (None, document["language"]))
    if not chosen:
        raise Refusal("gold_missing", folder=str(folder), found=f"no document in {wanted}" if documents else "no .yaml file")
    return chosen


def corpus_of(documents: tuple[Entry, ...]) -> str:
    """JSON Lines as somebody would hand them in: what is annotated is left out."""
    return "".join(json.dumps(_unanswered(document), ensure_ascii=False) + "\n" for document in documents)


def _unanswered(document: Entry) -> dict[str, str]:
    return {key: _SPACED_TIME.sub("T", str(document[key])) if key == "published" else document[key] for key in _GIVEN if document.get(key)}


def read_anew(received: Received, pack: Pack) -> dict[str, dict[str, Any]]:
    """What was received, read and joined into incidents: by id, the objects that `link` writes."""
    read = [(text, reading, dossier_of(text, reading)) for text, reading in readings_of(received.texts, pack)]
    linked = group([dossier for _, _, dossier in read], pack=pack)
    return {text.id: line_out(document_out(text, reading), dossier, linked) for text, reading, dossier in read}


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise Refusal("gold_missing", folder=str(folder), found="no folder of this name")
    return sorted(folder.glob("*.yaml")) or sorted((folder / "documents").glob("*.yaml"))


def _document(path: Path) -> Entry:
    if not path.is_file() or path.stat().st_size > _MOST_BYTES:
        raise Refusal("gold_malformed", where=path.name, what=f"not a plain file of at most {_MOST_BYTES} bytes")
    try:
        found = read_yaml(path.read_bytes(), path.name)
    except Refusal as refusal:  # the reader of packs, with its own words
        raise Refusal("gold_malformed", where=str(refusal.facts["where"]), what=str(refusal.facts["what"])) from refusal
    if not isinstance(found, dict):
        raise Refusal("gold_malformed", where=path.name, what="not a mapping of fields")
    for key in _NEEDED:
        if not isinstance(found.get(key), str) or not found[key].strip():
            raise Refusal("gold_malformed", where=path.name, what=f"`{key}` is missing or no text")
    if "claims" not in found:
        raise Refusal("gold_malformed", where=path.name, what="`claims` is missing (write [] where there are none)")
    for part in _QUOTED:
        _checked(found, part, path.name)
    signed = found.get("signatories")
    if signed is not None and not (isinstance(signed, list) and all(isinstance(name, str) for name in signed)):
        raise Refusal("gold_malformed", where=path.name, what="`signatories` is not a list of names")
    return found


def _checked(document: Entry, part: str, where: str) -> None:
    entries = document.get(part)
    if entries is None:
        return
    if not isinstance(entries, list):
        raise Refusal("gold_malformed", where=where, what=f"`{part}` is not a list")
    for number, entry in enumerate(entries, start=1):
        spot = f"{where}, {part} {number}"
        if not isinstance(entry, dict):
            raise Refusal("gold_malformed", where=spot, what="not a mapping of fields")
        quote = entry.get("quote")
        if not isinstance(quote, str) or not quote or quote not in document["text"]:
            raise Refusal("gold_malformed", where=spot, what="its `quote` does not stand in the text, word for word")
        if part == "claims":
            _claim(entry, spot)


def _claim(claim: Entry, spot: str) -> None:
    if not isinstance(claim.get("kind"), str) or not isinstance(claim.get("stance"), str):
        raise Refusal("gold_malformed", where=spot, what="`kind` or `stance` is missing")
    for key, shape in (("target", dict), ("when", dict), ("said_by", list), ("weapons", list), ("where", list), ("casualties", list)):
        value = claim.get(key)
        if value is not None and not isinstance(value, shape):
            raise Refusal("gold_malformed", where=spot, what=f"`{key}` is not a {'list' if shape is list else 'mapping of fields'}")
    for key in ("where", "casualties"):
        if not all(isinstance(each, dict) for each in claim.get(key) or ()):
            raise Refusal("gold_malformed", where=spot, what=f"an entry of `{key}` is not a mapping of fields")

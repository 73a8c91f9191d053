"""The corpora that accuracy is measured on, each as documents in the form of the outside format, and what a run over them gives.

The annotated documents and the two statements lie beside the checkout and are never copied into it; the teaching documents
come with their pack.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from merestone.capture import Options, receive
from merestone.capture.pack import SHIPPED
from merestone.capture.terms import Known, Pack
from merestone.extract import languages_with_rules
from merestone.report.symmetry import whole_way
from merestone.report.symmetry_compare import Run

Document = dict[str, Any]
LANGUAGE = "en"


def gold_paths(gold: Path, language: str = LANGUAGE) -> list[Path]:
    """The annotated documents in a language under a folder that holds `documents/`."""
    return sorted((gold / "documents").glob(f"{language}-*.yaml"))


def gold(folder: Path, language: str = LANGUAGE) -> list[Document]:
    """As somebody would hand them in: no annotation among the fields."""
    return [
        {
            "id": entry["id"],
            "text": entry["text"],
            "published": _iso(entry["published"]),
            "publisher": entry["publisher"],
            "language": entry["language"],
            "url": entry["url"],
        }
        for entry in (yaml.safe_load(path.read_text(encoding="utf-8")) for path in gold_paths(folder, language))
    ]


def digest(folder: Path, language: str = LANGUAGE) -> str:
    """SHA-256 over the names and bytes of the annotated documents in a language and of the scorer."""
    whole = hashlib.sha256()
    for path in (*gold_paths(folder, language), folder / "score.py"):
        whole.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def seeds(folder: Path) -> list[Document]:
    """Text alone: neither date nor publisher is known of them."""
    return [{"id": path.stem, "text": path.read_text(encoding="utf-8"), "language": LANGUAGE} for path in sorted((folder).glob("*.txt"))]


@functools.cache
def _teaching() -> str:
    folder = SHIPPED / "teaching" / "documents"
    received = receive((folder,), Options(manifest=folder / "manifest.csv", languages_with_rules=languages_with_rules()))
    known = {"published": "published", "publisher": "publisher", "language": "language"}
    documents = []
    for text in received.texts:
        values = {name: getattr(text, field) for name, field in known.items()}
        documents.append({"id": text.id, "text": text.text, **{n: v.value for n, v in values.items() if isinstance(v, Known)}})
    return json.dumps(documents)


def teaching() -> list[Document]:
    """The documents of the teaching pack in English, as they were received."""
    documents: list[Document] = json.loads(_teaching())
    return [document for document in documents if document.get("language") == LANGUAGE]


def write_corpus(documents: Sequence[Document], path: Path) -> Path:
    path.write_text("".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents), encoding="utf-8")
    return path


def _iso(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return value.isoformat() if isinstance(value, dt.date) else re.sub(" ", "T", str(value))


def run(documents: Sequence[Document], pack: Pack, folder: Path) -> Run:
    """The whole way: received from a corpus file in `folder`, read, located, linked, assessed."""
    corpus = write_corpus(documents, folder / "corpus.jsonl")
    received = receive((corpus,), Options(languages_with_rules=languages_with_rules()))
    assert received.refusals == (), received.refusals
    return whole_way(received.texts, pack)

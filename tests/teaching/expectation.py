"""The hand-made expectation of the teaching pack: `expected.yaml` with its defaults filled in, and written out as gold documents.

Nothing here reads what a program of ours found: an expectation that followed the product could not fail it.
"""

from __future__ import annotations

import csv
import functools
import json
import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "src" / "merestone" / "packs" / "conflicts" / "teaching"
DOCUMENTS = FOLDER / "documents"
CLAIM = {"realised": "done", "stance": "asserts", "where": [], "weapons": [], "casualties": [], "incident": None}
GENRES = {"mod": "communique", "ombudsperson": "ombudsman", "tlmm": "mission_report", "appeal": "appeal", "president": "speech"}
GENRES |= {"herald": "interview", "courier": "interview", "guard": "communique", "notice": "communique"}


@functools.cache
def expected() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / "expected.yaml").read_text(encoding="utf-8"))
    return loaded


@functools.cache
def places() -> dict[str, dict[str, str]]:
    with (FOLDER / "places.csv").open(encoding="utf-8", newline="") as table:
        return {row["id"]: row for row in csv.DictReader(table)}


@functools.cache
def manifest() -> dict[str, dict[str, str]]:
    with (DOCUMENTS / "manifest.csv").open(encoding="utf-8", newline="") as table:
        return {row["path"]: row for row in csv.DictReader(table)}


def corpora() -> list[Path]:
    """Files that hold many documents, and say of each themselves what a manifest would."""
    return [*sorted(DOCUMENTS.glob("*.jsonl")), DOCUMENTS / "outlets.csv"]


@functools.cache
def told() -> dict[str, dict[str, str]]:
    """Of every document by its id: what the manifest or its corpus says of it (published, publisher, language, url)."""
    rows: dict[str, dict[str, str]] = {}
    for path in corpora():
        with path.open(encoding="utf-8", newline="") as lines:
            rows |= {row["id"]: row for row in (map(json.loads, lines) if path.suffix == ".jsonl" else csv.DictReader(lines))}
    return {each["id"]: rows.get(each["id"]) or manifest()[each["path"]] for each in expected()["documents"]}


def documents() -> list[dict[str, Any]]:
    """Every document with each claim's defaults filled in and ids from 1 in the order of the file."""
    return [
        {**entry, "claims": [_claim(entry, number, claim) for number, claim in enumerate(entry["claims"], 1)]}
        for entry in expected()["documents"]
    ]


def claims() -> list[tuple[str, dict[str, Any]]]:
    return [(document["id"], claim) for document in documents() for claim in document["claims"]]


def _claim(document: dict[str, Any], number: int, claim: dict[str, Any]) -> dict[str, Any]:
    return {"id": number, **CLAIM, "said_by": [document["publisher"]], **claim}


def find(quote: str, text: str) -> tuple[int, int] | None:
    """Where the quote stands in the text: exact but for white space (a PDF breaks its lines where it likes)."""
    found = re.search(r"\s+".join(re.escape(word) for word in quote.split()), text)
    return found.span() if found else None


def to_gold(document: dict[str, Any], text: str, published: str) -> dict[str, Any]:
    """One document in the shape of the annotation guide, with the quotes as they stand in `text`. Needs `documents()` entries."""
    genre = next((name for word, name in GENRES.items() if word in document["id"]), "news")
    claims = []
    for claim in document["claims"]:
        where = [_place(place, text) for place in claim["where"]]
        claims.append({**claim, "quote": as_written(claim["quote"], text), "where": where})
    return {
        "id": document["id"],
        "language": told()[document["id"]]["language"],
        "published": published,
        "publisher": document["publisher"],
        "genre": genre,
        "url": f"https://example.org/{document['id']}",
        "text": text,
        "claims": claims,
        **{
            key: [{**entry, "quote": as_written(entry["quote"], text)} for entry in document.get(key, [])]
            for key in ("statements", "appeals", "responses")
        },
        "signatories": document.get("signatories", []),
    }


def as_written(quote: str, text: str) -> str:
    span = find(quote, text)
    assert span is not None, f"not in the text: {quote}"
    return text[slice(*span)]


def _place(place: dict[str, str], text: str) -> dict[str, Any]:
    row = places()[place["place"]]
    named = {"text": as_written(place["text"], text), "name": row["name"], "role": place["role"], "level": row["level"]}
    return {**named, "lat": float(row["lat"]), "lon": float(row["lon"]), "place": place["place"]}


def write_gold(folder: Path, texts: dict[str, str], published: dict[str, str]) -> int:
    """Writes one YAML file a document into `folder`, for any scorer that reads gold; gives their number."""
    for document in documents():
        gold = to_gold(document, texts[document["id"]], published[document["id"]])
        (folder / f"{document['id']}.yaml").write_text(yaml.safe_dump(gold, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return len(documents())

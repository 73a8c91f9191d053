"""What the reader reads of real texts goes out as JSON and comes back the same: every span in order and inside its text."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from merestone.capture import Options, list_packs, load_pack, receive
from merestone.extract.wire import from_json, to_json
from merestone.link.dossiers import readings_of


def test_each_reading_of_an_annotated_text_comes_back_as_it_went(shared: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    documents = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((shared / "gold" / "documents").glob("en-*.yaml"))]
    corpus.write_text(
        "\n".join(json.dumps({key: document[key] for key in ("id", "text", "publisher")}) for document in documents), encoding="utf-8"
    )
    pack = load_pack(next(name for name in list_packs() if name != "teaching"))
    received = receive([corpus], Options(language="en"))
    assert len(received.texts) == len(documents)
    wrong = []
    for text, reading in readings_of(received.texts, pack):
        spans = [
            (row.start, row.end)
            for claim in reading.claims
            for row in (*claim.evidence, *claim.casualties, *claim.where, *claim.said_by, *claim.persons)
        ]
        wrong += [f"{text.id}: {start}–{end}" for start, end in spans if not 0 <= start <= end <= len(text.text)]
        if not wrong:
            assert from_json(json.loads(json.dumps(to_json(reading))), text.text) == reading
    assert wrong == []

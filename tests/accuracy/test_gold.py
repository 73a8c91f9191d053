"""The whole reading against the annotated documents of each language, scored by the annotators' own program.

The floors of the issue hold for any corpus of them; those pinned hold for the corpus with the digest that stands beside them.
"""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from merestone.capture import Options, load_pack, receive
from merestone.extract import languages_with_rules
from merestone.extract.document import document_out
from merestone.link.dossiers import readings_of
from tests.accuracy import corpora, scorer

PACK = "armenia-azerbaijan"


@functools.cache
def predictions(gold: Path, folder: Path, language: str) -> dict[str, Mapping[str, Any]]:
    """Received, read and located; one object a document, as it goes out."""
    corpus = corpora.write_corpus(corpora.gold(gold, language), folder / "corpus.jsonl")
    received = receive((corpus,), Options(languages_with_rules=languages_with_rules()))
    assert received.refusals == ()
    return {text.id: document_out(text, reading) for text, reading in readings_of(received.texts, load_pack(PACK))}


@pytest.fixture(scope="module")
def gold(shared: Path) -> Path:
    return shared / "gold"


@pytest.fixture(scope="module", params=scorer.languages())
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def read(gold: Path, language: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Mapping[str, Any]]:
    return predictions(gold, tmp_path_factory.mktemp("gold"), language)


@pytest.fixture(scope="module")
def scored(gold: Path, language: str, read: dict[str, Mapping[str, Any]]) -> dict[str, Any]:
    return scorer.score(gold, read, language=language)


@pytest.fixture(scope="module")
def floors(gold: Path, language: str) -> scorer.Floors:
    return scorer.floors(scorer.written(language), corpora.digest(gold, language))


def test_every_document_is_read(gold: Path, language: str, read: dict[str, Mapping[str, Any]], scored: dict[str, Any]) -> None:
    assert set(read) == {path.stem for path in corpora.gold_paths(gold, language)}
    assert scored["documents_without_prediction"] == 0


def test_claims_are_found(scored: dict[str, Any], floors: scorer.Floors) -> None:
    assert scored["detection"]["all"]["f1"] >= floors.detection


def test_slots_are_read(scored: dict[str, Any], floors: scorer.Floors) -> None:
    assert scored["slots"]["all"]["f1"] >= floors.slots


def test_no_denial_is_read_as_an_admission(scored: dict[str, Any]) -> None:
    assert "denies read as admits" not in scored["stance_confusion"]
    assert scored["stance_confusion"].get("denies read as denies"), "no denial is read at all"


def test_every_word_of_a_claim_stands_in_its_text(gold: Path, language: str, read: dict[str, Mapping[str, Any]]) -> None:
    texts = {document["id"]: document["text"] for document in corpora.gold(gold, language)}
    for name, document in read.items():
        for part in ("claims", "statements", "appeals", "responses"):
            for each in document[part]:
                assert texts[name][each["start"] : each["start"] + len(each["quote"])] == each["quote"], (name, part)


def test_the_command_line_reads_the_same(gold: Path, language: str, read: dict[str, Mapping[str, Any]], tmp_path: Path) -> None:
    corpus = corpora.write_corpus(corpora.gold(gold, language), tmp_path / "corpus.jsonl")
    program = str(Path(sys.executable).with_name("merestone"))
    run = subprocess.run([program, "read", str(corpus), "--pack", PACK, "--jsonl"], check=True, capture_output=True, encoding="utf-8")
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    assert {line["id"]: line for line in lines} == json.loads(json.dumps(read))


# --- the floors themselves ----------------------------------------------------------------------------------------


def test_pinned_floors_are_for_one_corpus_alone() -> None:
    written = {"issue": {"detection": 0.5, "slots": 0.4}, "pinned": {"corpus": "a", "detection": 0.7, "slots": 0.6}}
    assert scorer.floors(written, "a") == scorer.Floors(0.7, 0.6)
    assert scorer.floors(written, "b") == scorer.Floors(0.5, 0.4)


def test_a_floor_sinks_only_for_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "floors.yaml"
    copy.write_text(scorer.FLOORS.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(scorer, "FLOORS", copy)
    scorer.pin({"detection": 0.9, "slots": 0.9}, "corpus")
    with pytest.raises(ValueError, match="no reason"):
        scorer.pin({"detection": 0.9, "slots": 0.8}, "corpus")
    assert scorer.written()["pinned"]["slots"] == pytest.approx(0.9 - scorer.ROOM)
    scorer.pin({"detection": 0.9, "slots": 0.8}, "corpus", "the rules are simpler")
    assert scorer.written()["lowered"][-1]["why"] == "the rules are simpler"
    assert scorer.floors(scorer.written(), "corpus") == scorer.Floors(0.9 - scorer.ROOM, 0.8 - scorer.ROOM)


@pytest.mark.parametrize("language", scorer.languages())
def test_pinned_floors_are_never_under_those_of_the_issue(language: str) -> None:
    written = scorer.written(language)
    assert all(written["pinned"][key] >= written["issue"][key] for key in ("detection", "slots"))

"""`score`: the figures of the annotators' own program, and what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from merestone.capture import Options, load_pack, receive
from merestone.extract import languages_with_rules
from merestone.report import score
from merestone.report.annotated import annotated, corpus_of, read_anew
from tests.cli.conftest import TEXT, Run

CLAIM = """
  - id: 1
    kind: small_arms_fire
    quote: On 17 May 2031 at 03:10 Veldarian forces fired at the village of Alta Vauride
    said_by: [Ministry of Defence of Orsay]
    stance: asserts
    initiator: VE
    target: {party: OR, what: settlement}
    when: {from: 2031-05-17T03:10, to: 2031-05-17T03:10, precision: minute}
    where: [{text: Alta Vauride, name: Alta Vauride, role: target, lat: -37.9, lon: -22.0, level: settlement, approx: true}]
"""


def document(claims: str = CLAIM, name: str = "en-1", language: str = "en") -> str:
    return (
        f"id: {name}\nlanguage: {language}\npublished: 2031-05-17 09:00:00\npublisher: Ministry of Defence of Orsay\ntext: |\n  {TEXT}"
        f"claims:{claims}\n"
    )


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "en-1.yaml").write_text(document(), encoding="utf-8")
    return tmp_path / "gold"


def test_a_reading_is_scored(run: Run, gold: Path) -> None:
    code, out, err = run("score", gold, "--pack", "teaching", "--json")
    assert (code, err) == (0, "")
    figures = json.loads(out)
    assert figures["detection"]["all"] == figures["detection"]["lang en"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "tp": 1, "fp": 0, "fn": 0}
    assert figures["blamed_wrongly"] == {"VE": {"said": 1, "wrong": 0}}
    assert figures["documents_without_prediction"] == 0
    code, out, _ = run("score", gold, "--pack", "teaching")
    assert code == 0
    assert "detection  all                    P 1.000  R 1.000  F1 1.000   (1 right, 0 false, 0 missed)" in out
    assert "blamed     VE                     0 of 1 wrongly" in out


def test_who_is_blamed_by_the_reading_alone_is_blamed_wrongly(run: Run, gold: Path) -> None:
    (gold / "en-1.yaml").write_text(document(CLAIM.replace("initiator: VE", "initiator: OR")), encoding="utf-8")
    _, out, err = run("score", gold, "--pack", "teaching", "--json", "--errors", 5)
    assert json.loads(out)["blamed_wrongly"] == {"VE": {"said": 1, "wrong": 1}}
    assert "en-1#1 initiator: annotated ['OR'], read ['VE']" in err


def test_one_language_alone(run: Run, gold: Path) -> None:
    (gold / "en-2.yaml").write_text(document(" []", "en-2", "qx"), encoding="utf-8")
    _, out, _ = run("score", gold, "--pack", "teaching", "--json", "--language", "en")
    assert json.loads(out)["detection"]["all"]["tp"] == 1
    code, out, err = run("score", gold, "--pack", "teaching", "--language", "hy")
    assert (code, out) == (2, "")
    assert "no document in hy" in err


def test_a_document_that_cannot_be_read_is_counted_and_strict_fails(run: Run, gold: Path) -> None:
    (gold / "fr-1.yaml").write_text(document(" []", "fr-1", "fr"), encoding="utf-8")
    code, out, err = run("score", gold, "--pack", "teaching", "--json")
    assert code == 0
    assert json.loads(out)["documents_without_prediction"] == 1
    assert "1 refused, 1 done" in err
    assert run("score", gold, "--pack", "teaching", "--strict")[0] == 1


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("text: [", "en-1.yaml"),
        ("- a list", "not a mapping of fields"),
        ("id: a\nlanguage: en\n", "`text` is missing"),
        ("id: a\nlanguage: en\ntext: Words.\n", "`claims` is missing"),
        (document(" 7"), "`claims` is not a list"),
        (document("\n  - 7"), "claims 1"),
        (document(CLAIM.replace("quote: On 17", "quote: On 18")), "does not stand in the text"),
        (document(CLAIM.replace("stance: asserts", "")), "`kind` or `stance` is missing"),
        (document(CLAIM.replace("{party: OR, what: settlement}", "OR")), "`target` is not a mapping"),
        (document(CLAIM.replace("where: [{", "where: [7, {")), "an entry of `where`"),
        (document() + "statements: [{quote: elsewhere}]\n", "statements 1"),
        (document() + "signatories: Somebody\n", "`signatories` is not a list"),
    ],
)
def test_a_malformed_document_is_refused_in_words_and_nothing_is_scored(run: Run, gold: Path, content: str, what: str) -> None:
    (gold / "en-1.yaml").write_text(content, encoding="utf-8")
    code, out, err = run("score", gold, "--pack", "teaching")
    assert (code, out) == (2, "")
    assert what in err
    assert "[gold_malformed]" in err


def test_an_id_that_stands_twice_and_an_empty_folder_are_refused(run: Run, gold: Path, tmp_path: Path) -> None:
    (gold / "en-2.yaml").write_text(document(), encoding="utf-8")
    assert "two documents have this id" in run("score", gold, "--pack", "teaching")[2]
    (tmp_path / "empty").mkdir()
    for name in ("empty", "nowhere"):
        code, _, err = run("score", tmp_path / name, "--pack", "teaching")
        assert (code, "[gold_missing]" in err) == (2, True)
    assert run("score", gold, "--pack", "teaching", "--language", "words")[0] == 2


# --- against the annotators' own program --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def both(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], list[str], dict[str, Any], list[str]]:
    """Figures and lines for people, ours and theirs, of one reading of all documents."""
    folder = tmp_path_factory.mktemp("score")
    gold = annotated(shared / "gold")
    corpus = folder / "corpus.jsonl"
    corpus.write_text(corpus_of(gold), encoding="utf-8")
    received = receive((corpus,), Options(languages_with_rules=languages_with_rules()))
    read = read_anew(received, load_pack("armenia-azerbaijan"))
    told, theirs = folder / "read.jsonl", folder / "score.json"
    told.write_text("".join(json.dumps(each) + "\n" for each in read.values()), encoding="utf-8")
    program = [sys.executable, str(shared / "gold" / "score.py"), str(shared / "gold" / "documents"), str(told), "--json", str(theirs)]
    printed = subprocess.run(program, check=True, capture_output=True, encoding="utf-8").stdout
    ours = score.result(score.score(gold, read))
    return ours, list(score.lines(ours)), json.loads(theirs.read_text(encoding="utf-8")), printed.splitlines()


def test_the_figures_are_those_of_the_annotators_program(both: tuple[dict[str, Any], list[str], dict[str, Any], list[str]]) -> None:
    ours, _, theirs, _ = both
    assert theirs["detection"]["all"]["tp"] > 100
    assert json.loads(json.dumps(ours)) == theirs


def test_what_is_printed_is_what_the_annotators_program_prints(both: tuple[dict[str, Any], list[str], dict[str, Any], list[str]]) -> None:
    _, ours, _, theirs = both
    assert ours == theirs


def test_intervals_by_party_come_on_request(run: Run, gold: Path) -> None:
    code, out, _ = run("score", gold, "--pack", "teaching", "--json", "--intervals")
    figures = json.loads(out)
    assert code == 0
    assert figures["intervals"]["wrong"]["VE"] == {"value": 0.0, "low": 0.0, "high": 0.0}
    _, told, _ = run("score", gold, "--pack", "teaching", "--intervals")
    assert "wrongly 0.000 (95 %: 0.000 to 0.000)" in told

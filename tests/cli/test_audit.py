"""`audit symmetry`: what it prints, what it takes, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import TEXT, Run


def test_symmetry_of_a_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    code, out, _ = run("audit", "symmetry", tmp_path / "one.txt", "--pack", "teaching")
    assert code == 0
    assert "VE and OR exchanged" in out
    assert out.splitlines()[-1] == "0 differences hang on a side, 0 on a name"


def test_annotated_documents_are_read_without_their_annotations(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "en-1.yaml").write_text(
        f"id: en-1\nlanguage: en\npublished: 2031-05-17\npublisher: Ministry of Defence of Orsay\ntext: |\n  {TEXT}claims: []\n",
        encoding="utf-8",
    )
    code, out, _ = run("audit", "symmetry", tmp_path / "gold", "--pack", "teaching", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["holds"] is True
    assert found["documents"] == 1
    assert found["claims"]["en"] >= 1


def test_parties_that_the_pack_does_not_have_are_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    for between in ("VE,QQ", "VE", "VE,VE"):
        code, out, err = run("audit", "symmetry", tmp_path / "one.txt", "--pack", "teaching", "--between", between)
        assert (code, out) == (2, "")
        assert between in err


def test_nothing_to_read_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, _, err = run("audit", "symmetry", tmp_path / "empty", "--pack", "teaching")
    assert code == 1
    assert "Nothing was found to read" in err

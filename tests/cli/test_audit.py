"""`audit symmetry`: what it prints, what it takes, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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


def edition(run: Run, tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    code, _, _ = run("brief", tmp_path / "one.txt", "--pack", "teaching", "--out", tmp_path / "out")
    assert code == 0
    return tmp_path / "out" / "edition.json"


def test_the_balance_of_a_brief_is_counted_from_its_file(run: Run, tmp_path: Path) -> None:
    file = edition(run, tmp_path)
    code, out, err = run("audit", "balance", file)
    assert (code, err) == (0, "")
    assert "Unequal numbers are no bias" in out
    assert "No observation was made on any side" in out
    code, again, _ = run("audit", "balance", file.parent, "--json", "--days", "30", "--until", "2031-05-20")
    found = json.loads(again)
    assert code == 0
    assert found["chapters"] == json.loads(file.read_text(encoding="utf-8"))["balance"]["chapters"]
    assert found["series"]["now"] == ["2031-04-21", "2031-05-20"]


def test_a_balance_that_is_not_the_files_own_is_told_and_counted_anew(run: Run, tmp_path: Path) -> None:
    file = edition(run, tmp_path)
    told = json.loads(file.read_text(encoding="utf-8"))
    told["balance"]["comparisons"] += 1
    file.write_text(json.dumps(told), encoding="utf-8")
    code, out, err = run("audit", "balance", file)
    assert code == 1
    assert "balance_differs" in err
    assert out.startswith("Balance between the sides")


def test_what_is_no_edition_has_no_balance(run: Run, tmp_path: Path) -> None:
    for content in ("[]", "{}", "no", '{"parties": [], "claims": 3}'):
        (tmp_path / "x.json").write_text(content, encoding="utf-8")
        code, out, err = run("audit", "balance", tmp_path / "x.json")
        assert (code, out) == (2, "")
        assert "malformed_edition" in err
    assert run("audit", "balance", tmp_path / "missing.json")[0] == 2
    for wrong in ("--days=0", "--until=May"):
        with pytest.raises(SystemExit, match="2"):
            run("audit", "balance", tmp_path / "x.json", wrong)

"""`merestone link` over Parquet: what it writes, what it tells, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from benchmarks.planted_incidents import planted
from tests.cli.conftest import Run


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    path = tmp_path / "claims.parquet"
    pa.parquet.write_table(pa.table(planted(1500, seed=4).columns), path)
    return path


def test_a_row_a_claim_in_the_order_given(run: Run, claims: Path, tmp_path: Path) -> None:
    code, out, words = run("link", claims, "--out", tmp_path / "out.parquet", "--json")
    found, given = pa.parquet.read_table(tmp_path / "out.parquet"), pa.parquet.read_table(claims)
    assert code == 0
    assert found["id"].equals(given["id"])
    told = json.loads(out)
    assert told["incidents"] == len(set(found["incident"].to_pylist())) < told["claims"] == 1500
    assert set(told["levels"]) == {"time and place", "kind", "hit", "weapons", "figures", "source"}
    assert "1500 claims" in words
    sizes = found.group_by("incident").aggregate([("id", "count")])
    by_incident = dict(zip(sizes["incident"].to_pylist(), sizes["id_count"].to_pylist(), strict=True))
    assert found["claims"].to_pylist() == [by_incident[each] for each in found["incident"].to_pylist()]


def test_a_part_is_weighed_as_the_whole_was(run: Run, claims: Path, tmp_path: Path) -> None:
    run("link", claims, "--out", tmp_path / "whole.parquet")
    code, out, _ = run("link", claims, "--out", tmp_path / "again.parquet", "--weights", tmp_path / "whole.parquet", "--json")
    assert code == 0
    assert json.loads(out)["incidents"] == len(set(pa.parquet.read_table(tmp_path / "whole.parquet")["incident"].to_pylist()))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("link", "CLAIMS"), "option_missing"),
        (("link", "nowhere.parquet", "--out", "o.parquet"), "missing_file"),
        (("link", "CLAIMS", "--out", "o.parquet", "--weights", "CLAIMS"), "weights_malformed"),
        (("link", "readings.jsonl"), "option_missing"),
    ],
)
def test_refused_with_what_to_do(arguments: tuple[str, ...], code: str, run: Run, claims: Path, tmp_path: Path) -> None:
    ended, _, words = run(*(str(claims) if each == "CLAIMS" else each for each in arguments))
    assert ended == 2
    assert f"[{code}]" in words
    assert not list(tmp_path.glob("*o.parquet*"))


def test_what_was_read_is_never_written_over(run: Run, claims: Path) -> None:
    before = claims.read_bytes()
    code, _, words = run("link", claims, "--out", claims)
    assert code == 2
    assert "[out_taken]" in words
    assert claims.read_bytes() == before

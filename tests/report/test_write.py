"""Files appear whole or not at all, and never through a link."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from merestone.ledger.terms import Refusal
from merestone.report import write
from merestone.report import write as write_function

FILES = {"report.html": b"page", "edition.json": b"{}"}


def listing(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_new_folder_holds_the_files_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    assert write(FILES, tmp_path / "deep" / "out") == (tmp_path / "deep/out/report.html", tmp_path / "deep/out/edition.json")
    assert listing(tmp_path / "deep" / "out") == FILES
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]


def test_our_own_files_are_replaced_and_foreign_ones_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "report.html").write_bytes(b"old")
    (out / "notes.txt").write_bytes(b"mine")
    write(FILES, out)
    assert listing(out) == {**FILES, "notes.txt": b"mine"}


def test_a_link_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refusal, match="cannot_write"):
        write(FILES, tmp_path / "out")
    assert listing(tmp_path / "elsewhere") == {}


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_a_name_that_is_no_plain_file_is_refused_and_nothing_is_written(tmp_path: Path, kind: str) -> None:
    out, target = tmp_path / "out", tmp_path / "target"
    out.mkdir()
    target.write_bytes(b"theirs")
    taken = out / "edition.json"
    {"link": lambda: taken.symlink_to(target), "folder": taken.mkdir, "pipe": lambda: os.mkfifo(taken)}[kind]()
    with pytest.raises(Refusal, match="cannot_write"):
        write(FILES, out)
    assert target.read_bytes() == b"theirs"
    assert not (out / "report.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "target"]


@pytest.mark.parametrize("name", ["../report.html", "a/b", "..", ""])
def test_a_name_with_a_way_in_it_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal, match="cannot_write"):
        write_function({name: b""}, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"theirs")
    with pytest.raises(Refusal, match="cannot_write"):
        write(FILES, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"theirs"

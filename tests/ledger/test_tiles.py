"""A ledger as static files: written, checked, and every byte of it altered."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from merestone.ledger import tiles
from merestone.ledger.note import signed
from merestone.ledger.terms import BrokenRecord, Checkpoint, Refusal, Row
from merestone.ledger.tiles import files, verify_tiles
from merestone.ledger.tree import leaf_hash
from tests.ledger.made import OTHER, SIGNER, VKEY, entries, note_at, recursive, rows_of

ROWS = rows_of(entries(600))


def laid(folder: Path, size: int, rows: list[Row] = ROWS, vkey: str = VKEY) -> Path:
    for name, data in files(rows, size, note_at(rows, size), vkey):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 511, 512, 600])
def test_what_is_written_is_verified(tmp_path: Path, size: int) -> None:
    verified = verify_tiles(laid(tmp_path, size), VKEY)
    assert [step.checked for step in verified.steps] == [True] * 5 + [False] * 2
    assert f"{size} entries" in verified.steps[1].found


def test_the_files_are_those_of_the_specification(tmp_path: Path) -> None:
    folder = laid(tmp_path, 600)
    assert names(folder) == {
        "key", "checkpoint", "tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/000", "tile/entries/001", "tile/entries/002.p/88",
    }  # fmt: skip
    assert (folder / "tile/0/001").read_bytes() == b"".join(leaf_hash(row.data) for row in ROWS[256:512])
    assert (folder / "tile/1/000.p/2").read_bytes() == b"".join(recursive([row.data for row in ROWS[at : at + 256]]) for at in (0, 256))
    first = ROWS[0].data
    assert (folder / "tile/entries/000").read_bytes().startswith(len(first).to_bytes(2, "big") + first)


@pytest.mark.parametrize(
    ("number", "width", "path"),
    [
        (0, 0, "000"),
        (7, 3, "007.p/3"),
        (999, 0, "999"),
        (1000, 0, "x001/000"),
        (1234067, 0, "x001/x234/067"),
        (1234067, 255, "x001/x234/067.p/255"),
    ],
)
def test_the_path_of_a_tile(number: int, width: int, path: str) -> None:
    assert tiles._path("0", number, width) == f"tile/0/{path}"


def test_three_levels(tmp_path: Path) -> None:
    """65,536 entries fill a tile of the second level; the third begins."""
    rows = rows_of([b"%d" % at for at in range(65_537)])
    given = dict(files(rows, 65_537, b""))
    assert given["tile/2/000.p/1"] == rows[65_535].hashes[16 * 32 :]
    assert len(given["tile/1/000"]) == 256 * 32
    assert "tile/1/001.p/1" not in given
    assert given["tile/0/256.p/1"] == rows[65_536].hashes


def test_the_checkpoint_is_written_last() -> None:
    assert [name for name, _ in files(ROWS, 300, b"note", VKEY)][-1] == "checkpoint"
    assert "key" not in dict(files(ROWS, 300, b"note"))


def test_it_grows_in_place(tmp_path: Path) -> None:
    for size in (3, 255, 300, 600):
        assert verify_tiles(laid(tmp_path, size), VKEY)


@pytest.mark.parametrize("size", [3, 260])
def test_every_altered_byte_is_found(tmp_path: Path, size: int) -> None:
    folder = laid(tmp_path, size)
    for name in sorted(names(folder)):
        whole = (folder / name).read_bytes()
        for at in range(0, len(whole), 1 if size == 3 else 997):
            data = bytearray(whole)
            data[at] ^= 1 << at % 8
            (folder / name).write_bytes(data)
            with pytest.raises(BrokenRecord):
                verify_tiles(folder, VKEY)
        (folder / name).write_bytes(whole)
    assert verify_tiles(folder, VKEY)


def test_every_missing_shorter_or_longer_file_is_found(tmp_path: Path) -> None:
    folder = laid(tmp_path, 600)
    for name in sorted(names(folder) - {"key"}):
        whole = (folder / name).read_bytes()
        for data in (None, b"", whole[:-1], whole + b"\0", whole + whole):
            (folder / name).unlink()
            if data is not None:
                (folder / name).write_bytes(data)
            with pytest.raises(BrokenRecord):
                verify_tiles(folder, VKEY)
            (folder / name).write_bytes(whole)


def test_the_key_of_the_folder_is_compared_or_said_not_to_be(tmp_path: Path) -> None:
    folder = laid(tmp_path, 5)
    step = verify_tiles(folder).steps[0]
    assert not step.checked
    assert "compared with none" in step.found
    with pytest.raises(BrokenRecord, match="another key"):
        verify_tiles(folder, OTHER.verifier)
    (folder / "key").unlink()
    assert verify_tiles(folder, VKEY).steps[0].checked
    with pytest.raises(Refusal, match="not_verifiable"):
        verify_tiles(folder)
    with pytest.raises(BrokenRecord):
        verify_tiles(folder, OTHER.verifier)


def test_a_ledger_signed_anew_by_its_forger_passes_only_under_his_own_key(tmp_path: Path) -> None:
    rows = rows_of(entries(5, 40))
    folder = laid(tmp_path, 5, rows, VKEY)
    (folder / "checkpoint").write_bytes(note_at(rows, 5, OTHER))
    (folder / "key").write_text(OTHER.verifier + "\n", encoding="utf-8")
    assert not verify_tiles(folder).steps[0].checked
    with pytest.raises(BrokenRecord):
        verify_tiles(folder, VKEY)


def test_a_root_that_we_signed_and_that_is_not_of_these_entries(tmp_path: Path) -> None:
    folder = laid(tmp_path, 5)
    (folder / "checkpoint").write_bytes(note_at(rows_of(entries(5, 40)), 5))
    with pytest.raises(BrokenRecord) as broken:
        verify_tiles(folder, VKEY)
    assert broken.value.where == "checkpoint"


def test_what_is_signed_and_is_no_entry(tmp_path: Path) -> None:
    with pytest.raises(BrokenRecord, match="entry 1"):
        verify_tiles(laid(tmp_path, 2, rows_of([*entries(1), b'{"act": "recorded"}'])), VKEY)


def test_a_checkpoint_kept_from_before(tmp_path: Path) -> None:
    folder = laid(tmp_path, 300)
    for size in (0, 1, 256, 299, 300):
        assert verify_tiles(folder, VKEY, note_at(ROWS, size)).steps[5].found == f"the one of size {size}"
    for note in (note_at(ROWS, 301), note_at(rows_of(entries(300, 9)), 7)):
        with pytest.raises(BrokenRecord):
            verify_tiles(folder, VKEY, note)
    for unfit in (note_at(ROWS, 7, OTHER), b"x"):  # the reader's file is at fault, not the record
        with pytest.raises(Refusal, match="checkpoint_unfit"):
            verify_tiles(folder, VKEY, unfit)


def test_a_signed_size_far_beyond_the_files_ends_at_the_first_that_is_missing(tmp_path: Path) -> None:
    folder = laid(tmp_path, 256)
    (folder / "checkpoint").write_bytes(signed(Checkpoint(SIGNER.name, 9_999_999_999_999_999, bytes(32)), SIGNER))
    with pytest.raises(BrokenRecord, match="tile/entries/001"):
        verify_tiles(folder, VKEY)


def test_pipes_folders_and_other_things_in_place_of_files(tmp_path: Path) -> None:
    folder = laid(tmp_path, 3)
    for name in ("checkpoint", "tile/entries/000.p/3"):
        shutil.move(folder / name, tmp_path / "aside")
        os.mkfifo(folder / name)
        with pytest.raises(BrokenRecord, match="ordinary file"):
            verify_tiles(folder, VKEY)
        (folder / name).unlink()
        shutil.move(tmp_path / "aside", folder / name)
    for empty in (tmp_path / "none", tmp_path / "no\0ne"):
        with pytest.raises((Refusal, BrokenRecord)):
            verify_tiles(empty, VKEY)


def test_rows_that_do_not_follow_or_are_too_few() -> None:
    for rows, size in ((ROWS[1:], 3), (ROWS[:2], 3), ([ROWS[0], ROWS[0]], 2)):
        with pytest.raises(BrokenRecord):
            list(files(rows, size, b""))

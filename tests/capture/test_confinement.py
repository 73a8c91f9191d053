"""A path in a corpus or manifest stays inside its folder, follows no link and never blocks, whatever it is made of."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.capture import Limits, Options, receive
from merestone.capture.walk import Found, inside, read, walk
from merestone.ledger.terms import Refusal
from tests.faults.makers import STORY

SECRET = "what lies outside"
STEP = st.sampled_from(
    ["..", ".", "", "sub", "in.txt", "link", "out.txt", "...", "C:", "\0", "~", "%2e%2e", "..;", "\u2025", "secret.txt", "a" * 300]
)
MARK = st.sampled_from(["/", "\\", "//", "/./"])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("place")
    (top / "secret.txt").write_text(SECRET)
    inner = top / "folder"
    (inner / "sub").mkdir(parents=True)
    (inner / "in.txt").write_text(STORY)
    (inner / "sub" / "in.txt").write_text(STORY)
    (inner / "link").symlink_to(top, target_is_directory=True)
    (inner / "out.txt").symlink_to(top / "secret.txt")
    return inner


@given(steps=st.lists(st.tuples(STEP, MARK), min_size=1, max_size=6), start=st.sampled_from(["", "/", "\\", "C:\\", "//host/"]))
def test_no_path_reads_what_lies_outside(place: Path, steps: list[tuple[str, str]], start: str) -> None:
    path = start + "".join(step + mark for step, mark in steps)
    folder = os.open(place, os.O_RDONLY)
    try:
        with inside(folder, path) as found:
            outcome = read(found, 10_000).decode()
    except Refusal as refusal:
        outcome = refusal.code
    os.close(folder)
    assert outcome in {STORY, "outside_folder", "symlink", "missing_file", "not_a_file"}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../secret.txt", "outside_folder"),
        ("sub/../../secret.txt", "outside_folder"),
        ("..\\secret.txt", "outside_folder"),
        ("/etc/hostname", "outside_folder"),
        ("C:\\in.txt", "outside_folder"),
        ("in.txt\0.html", "outside_folder"),
        ("out.txt", "symlink"),
        ("link/secret.txt", "symlink"),
        ("absent.txt", "missing_file"),
        ("sub", "not_a_file"),
    ],
)
def test_each_way_out_is_refused_by_name(place: Path, path: str, code: str) -> None:
    (place / "corpus.jsonl").write_text(json.dumps({"id": "a", "path": path}))
    received = receive([place / "corpus.jsonl"], Options())
    assert [refusal.code for refusal in received.refusals] == [code]
    assert received.refusals[0].facts["line"] == 1
    assert received.texts == ()


@pytest.mark.parametrize("path", ["in.txt", "./in.txt", "sub/in.txt", "sub\\in.txt", "sub//in.txt"])
def test_what_lies_inside_is_read(place: Path, path: str) -> None:
    (place / "corpus.jsonl").write_text(json.dumps({"id": "a", "path": path}))
    received = receive([place / "corpus.jsonl"], Options())
    assert [(text.id, text.text) for text in received.texts] == [("a", STORY)]
    assert received.refusals == ()


def test_a_file_that_becomes_a_link_or_pipe_after_it_was_listed_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text(STORY)
    (tmp_path / "secret").write_text(SECRET)
    codes = []
    for found in walk([tmp_path], Limits()):
        assert isinstance(found, Found)
        if found.name == "secret":
            continue
        (tmp_path / found.name).unlink()
        if found.name == "a.txt":
            (tmp_path / found.name).symlink_to(tmp_path / "secret")
        else:
            os.mkfifo(tmp_path / found.name)
        with pytest.raises(Refusal) as caught:
            read(found, 1000)
        codes.append(caught.value.code)
    assert codes == ["symlink", "not_a_file"]


def test_a_link_given_by_hand_is_refused_and_a_folder_behind_links_is_not(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text(STORY)
    (tmp_path / "alias").symlink_to(tmp_path / "real", target_is_directory=True)
    assert [refusal.code for refusal in receive([tmp_path / "alias"], Options()).refusals] == ["symlink"]
    assert [text.id for text in receive([tmp_path / "alias" / "a.txt"], Options()).texts] == ["a"]


def test_names_that_cannot_be_printed_are_written_out(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff\n.txt")).write_text(STORY)
    text = receive([tmp_path], Options()).texts[0]
    assert text.exhibit.name == "a\\xff\\n.txt"
    text.id.encode("utf-8")


def test_hidden_names_are_not_looked_at_and_nothing_is_read_twice(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text(SECRET)
    (tmp_path / "a.txt").write_text(STORY)
    received = receive([tmp_path, tmp_path / "a.txt", tmp_path], Options())
    assert [text.exhibit.name for text in received.texts] == ["a.txt"]
    assert received.refusals == ()


def test_files_folders_and_growth_have_limits(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(STORY)
    deep = tmp_path / "x" / "y" / "z"
    deep.mkdir(parents=True)
    (deep / "d.txt").write_text(STORY)
    few = receive([tmp_path], Options(limits=Limits(files=2)))
    assert (len(few.texts), [refusal.code for refusal in few.refusals]) == (2, ["too_large"])
    flat = receive([tmp_path], Options(limits=Limits(folder_depth=1)))
    assert (len(flat.texts), [refusal.facts["path"] for refusal in flat.refusals]) == (3, ["x/y/"])

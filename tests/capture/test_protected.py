"""A protected file that cannot be read is as silent as one that can: its refusal is marked, and its name gives no other away."""

from __future__ import annotations

from pathlib import Path

import pytest

from merestone.capture import Options, receive
from merestone.capture.terms import Received

STORY = "On 17 May at 02:40 Orsayan forces shelled the village of Keldholt and three houses were damaged."


def batch(folder: Path, files: dict[str, bytes], protected: set[str]) -> Received:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    rows = [f"{name},2031-05-17,{'true' if name in protected else ''}" for name in (*files, *(protected - set(files)))]
    (folder / "manifest.csv").write_text("path,published,protected\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return receive([folder], Options(manifest=folder / "manifest.csv"))


@pytest.mark.parametrize(
    ("name", "data"),
    [("hidden.pdf", b"%PDF-1.4 broken"), ("hidden.txt", b""), ("hidden.bin", b"\x7fELF\x02\x01\x01" + bytes(64))],
    ids=["broken", "empty", "unknown"],
)
def test_the_refusal_of_a_protected_file_is_marked(tmp_path: Path, name: str, data: bytes) -> None:
    received = batch(tmp_path, {name: data, "open.txt": STORY.encode()}, {name})
    (refusal,) = received.refusals
    assert refusal.facts["protected"] is True
    assert [text.id for text in received.texts] == ["open"]


def test_a_protected_file_that_is_missing_is_marked(tmp_path: Path) -> None:
    received = batch(tmp_path, {"open.txt": STORY.encode()}, {"hidden.txt"})
    assert [refusal.facts.get("protected") for refusal in received.refusals] == [True]


@pytest.mark.parametrize("name", ["hidden.txt", "shelf/hidden.txt"], ids=["a link", "in a linked folder"])
def test_a_protected_link_is_marked_wherever_it_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "hidden.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "open-link.txt").symlink_to(tmp_path / "kept" / "hidden.txt")
    (tmp_path / "given" / name.split("/", maxsplit=1)[0]).symlink_to(tmp_path / "kept" / ("" if "/" in name else "hidden.txt"))
    received = batch(tmp_path / "given", {"open.txt": STORY.encode()}, {name})
    marked = {refusal.facts["path"]: refusal.facts.get("protected") for refusal in received.refusals}
    assert marked.pop("open-link.txt") is None
    assert set(marked) == {name, name.split("/", maxsplit=1)[0]}
    assert set(marked.values()) == {True}


def test_the_refusal_of_an_open_file_is_not_marked(tmp_path: Path) -> None:
    received = batch(tmp_path, {"broken.pdf": b"%PDF-1.4 broken", "open.txt": STORY.encode()}, set())
    assert [refusal.facts.get("protected") for refusal in received.refusals] == [None]


def test_no_id_tells_of_a_protected_namesake(tmp_path: Path) -> None:
    received = batch(tmp_path, {"a/story.txt": STORY.encode(), "b/story.txt": (STORY + " It rained.").encode()}, {"a/story.txt"})
    assert {text.id for text in received.texts if not text.protected} == {"story"}
    assert len({text.id for text in received.texts}) == 2

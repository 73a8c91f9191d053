"""The zip: a museum of archives that are not ours, one way of being wrong each, and none of them gives more than a refusal."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.ledger import archive
from merestone.ledger.archive import bytes_at, unpacked, written
from merestone.ledger.terms import Refusal

FILES = {"top/a.txt": b"one " * 50, "top/record/key": b"two", "top/z": b""}
GOOD = written(FILES)


def refusal(data: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        unpacked(data)
    assert refused.value.code == "bundle_unreadable"
    return str(refused.value.facts["found"])


def made(members: dict[str, bytes], change: Callable[[zipfile.ZipInfo], None] = lambda info: None, **options: object) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            change(info)
            zipped.writestr(info, data, **options)  # type: ignore[arg-type]
    return out.getvalue()


def test_there_and_back() -> None:
    assert unpacked(GOOD) == ("top", {"a.txt": b"one " * 50, "record/key": b"two", "z": b""})
    assert written(dict(reversed(FILES.items()))) == GOOD
    with zipfile.ZipFile(io.BytesIO(GOOD)) as zipped:
        assert zipped.testzip() is None
        assert {info.filename: zipped.read(info) for info in zipped.infolist()} == FILES
        assert {info.date_time for info in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@given(st.dictionaries(st.sampled_from([f"top/{letter}" for letter in "abcdef"]), st.binary(max_size=300), min_size=1))
def test_any_files_there_and_back(files: dict[str, bytes]) -> None:
    assert unpacked(written(files)) == ("top", {name.removeprefix("top/"): data for name, data in files.items()})


def test_stored_files_can_be_read_too() -> None:
    assert unpacked(made(FILES)) == unpacked(GOOD)


@pytest.mark.parametrize(
    "name",
    ["../evil", "top/../evil", "top/../../evil", "/top/a", "top//a", "top/./a", "top\\a", "C:/top/a", "top/a:b", "top/.hidden", "top/a.", "top/a ", "top/ä", "top/a\nb", "alone", "top/",
     "top/a\x1b[2J", "top/" + "a" * 101, "a/b/c/d/e/f", "top/-rf", "~/a", "top/a*"],
    ids=ascii,
)  # fmt: skip
def test_names_that_are_not_plain(name: str) -> None:
    assert "name" in refusal(made({name: b"x"})) or "additions" in refusal(made({name: b"x"}))


def test_a_name_with_a_nul() -> None:
    assert "name" in refusal(GOOD.replace(b"top/a.txt", b"top/a\0txt"))


@pytest.mark.parametrize(
    "members",
    [
        {"top/a": b"1", "top/A": b"2"},
        {"top/a": b"1", "top/a/b": b"2"},
        {"top/Dir/x": b"1", "top/dir": b"2"},
        {"one/a": b"1", "two/a": b"2"},
    ],
    ids=" ".join,
)
def test_files_that_a_disk_would_mix_up(members: dict[str, bytes]) -> None:
    assert "two files of one name" in refusal(made(members)) or "top folders" in refusal(made(members))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("top/a", b"1")
        zipped.writestr("top/a", b"2")
    assert refusal(out.getvalue()) == "two files of one name"


@pytest.mark.parametrize("mode", [stat.S_IFLNK | 0o777, stat.S_IFDIR | 0o755, stat.S_IFIFO | 0o644, stat.S_IFCHR | 0o644])
def test_links_folders_and_devices(mode: int) -> None:
    assert "a link" in refusal(made({"top/a": b"/etc/passwd"}, lambda info: setattr(info, "external_attr", mode << 16)))


def test_a_folder_by_its_other_mark() -> None:
    assert "a link" in refusal(made({"top/a": b""}, lambda info: setattr(info, "external_attr", 0x10)))


def patched(at: bytes, offset: int, new: bytes, data: bytes = GOOD) -> bytes:
    """The archive with other bytes behind the first `at`."""
    start = data.index(at) + offset
    return data[:start] + new + data[start + len(new) :]


LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def test_encryption() -> None:
    assert refusal(patched(CENTRAL, 8, b"\x01\0")) == "encryption"
    assert refusal(patched(LOCAL, 6, b"\x01\0", patched(CENTRAL, 8, b"\x01\0"))) == "encryption"


@pytest.mark.parametrize(
    ("at", "offset", "new"),
    [(LOCAL, 0, b"PX"), (CENTRAL, 0, b"PX"), (LOCAL, 6, b"\x01\0"), (LOCAL, 6, b"\x08\0"), (LOCAL, 8, b"\0\0"), (LOCAL, 14, b"\1\2\3\4"), (LOCAL, 18, b"\1\0\0\0"), (LOCAL, 22, b"\1\0\0\0"), (LOCAL, 26, b"\x08\0"), (LOCAL, 28, b"\1\0"),
     (LOCAL, 30, b"bot"), (CENTRAL, 8, b"\x08\0"), (CENTRAL, 10, b"\x63\0"), (CENTRAL, 10, b"\x0c\0"), (CENTRAL, 16, b"\1\2\3\4"), (CENTRAL, 20, b"\xff\xff\xff\xff"),
     (CENTRAL, 24, b"\xff\xff\xff\xff"), (CENTRAL, 24, b"\1\0\0\0"), (CENTRAL, 28, b"\xff\xff"), (CENTRAL, 30, b"\1\0"), (CENTRAL, 32, b"\1\0"), (CENTRAL, 34, b"\1\0"), (CENTRAL, 42, b"\1\0\0\0"),
     (CENTRAL, 42, b"\xff\xff\xff\xff"), (END, 4, b"\1\0"), (END, 6, b"\1\0"), (END, 8, b"\2\0"), (END, 10, b"\2\0"), (END, 8, b"\0\0\0\0"), (END, 8, b"\xff\xff\xff\xff"), (END, 8, b"\2\0\2\0"), (END, 8, b"\4\0\4\0"),
     (END, 12, b"\1\0\0\0"), (END, 16, b"\0\0\0\0"), (END, 16, b"\xff\xff\xff\xff"), (END, 20, b"\1\0")],
)  # fmt: skip
def test_lists_and_heads_that_disagree(at: bytes, offset: int, new: bytes) -> None:
    assert refusal(patched(at, offset, new))


def test_bytes_before_between_and_behind() -> None:
    """A second archive inside the first is how one file shows two contents to two programs."""
    assert refusal(GOOD + b"\0")
    assert refusal(b"\0" + GOOD)
    assert refusal(GOOD + GOOD)
    start = GOOD.index(CENTRAL)
    moved = struct.pack("<L", start + 5)
    assert "belong to no file" in refusal(patched(END, 16, moved)[:start] + b"12345" + patched(END, 16, moved)[start:])


def test_a_comment_and_extra_fields() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("top/a", b"1")
        zipped.comment = b"see PK"
    assert refusal(out.getvalue())
    assert refusal(made({"top/a": b"1"}, lambda info: setattr(info, "extra", b"\x55\x54\x00\x00")))


def test_two_files_over_the_same_bytes() -> None:
    """The quoted-overlap bomb: all entries of the list point at one head."""
    start = GOOD.index(CENTRAL)
    one = GOOD[start : GOOD.index(CENTRAL, start + 4)]
    twice = GOOD[:start] + one + one.replace(b"a.txt", b"b.txt") + struct.pack("<4s4H2LH", END, 0, 0, 2, 2, 2 * len(one), start, 0)
    assert "does not fit" in refusal(twice)


def test_a_bomb() -> None:
    bomb = made({"top/a": bytes(30 << 20)}, compress_type=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 40_000
    assert "far more" in refusal(bomb)


def test_many_files_that_are_small_but_too_large_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "UNPACKED", 1000)
    assert "when unpacked" in refusal(written({f"top/{n}": b"%d" % n * 300 for n in range(4)}))


def test_too_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "FILES", 3)
    assert unpacked(GOOD)
    assert "4 files" in refusal(written({**FILES, "top/more": b""}))


def test_a_file_that_says_it_is_shorter_or_longer_than_it_is() -> None:
    for size in (0, 1, 199, 201, 70_000):
        head, line = struct.pack("<L", size), GOOD.index(CENTRAL)
        lied = GOOD[:22] + head + GOOD[26 : line + 24] + head + GOOD[line + 28 :]
        assert "another size" in refusal(lied) or "damaged" in refusal(lied)


def test_bytes_hidden_behind_the_end_of_a_packed_file() -> None:
    data = b"one " * 50
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    for raw, whole in ((packed, True), (packed + b"more", False), (packed[:-1], False)):
        numbers = (0, 8, 0, 33, zlib.crc32(data), len(raw), len(data))
        head = struct.pack("<4s5H3L2H", LOCAL, 20, *numbers, 5, 0) + b"top/a" + raw
        row = struct.pack("<4s6H3L5H2L", CENTRAL, 788, 20, *numbers, 5, 0, 0, 0, 0, 0, 0) + b"top/a"
        zipped = head + row + struct.pack("<4s4H2LH", END, 0, 0, 1, 1, len(row), len(head), 0)
        if whole:
            assert unpacked(zipped) == ("top", {"a": data})
        else:
            assert "another size" in refusal(zipped)


def test_cut_off_anywhere() -> None:
    for end in range(len(GOOD)):
        assert refusal(GOOD[:end])


def test_every_altered_byte_is_refused_or_changes_nothing() -> None:
    for at in range(8 * len(GOOD)):
        data = bytearray(GOOD)
        data[at // 8] ^= 1 << at % 8
        try:
            top, files = unpacked(bytes(data))
        except Refusal:
            continue
        assert {f"{top}/{name}": content for name, content in files.items()} == FILES


@given(st.binary(max_size=200))
def test_any_bytes_at_all(data: bytes) -> None:
    for each in (data, data + GOOD, GOOD[:60] + data + GOOD[60:], GOOD[: GOOD.index(CENTRAL)] + data + GOOD[-22:]):
        if each != GOOD:
            refusal(each)


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7", END + bytes(18), bytes(22)], ids=ascii)
def test_what_is_no_zip(data: bytes) -> None:
    refusal(data)


def test_what_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "none", tmp_path / "pipe", tmp_path / ("x" * 5000), tmp_path / "a\0b"):
        with pytest.raises(Refusal, match="bundle_unreadable"):
            bytes_at(path)
    (tmp_path / "large").write_bytes(b"12345")
    assert bytes_at(tmp_path / "large") == b"12345"
    monkeypatch.setattr(archive, "PACKED", 4)
    with pytest.raises(Refusal, match="more than 4 bytes"):
        bytes_at(tmp_path / "large")

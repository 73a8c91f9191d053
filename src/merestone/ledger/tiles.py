"""A ledger as static files (C2SP tlog-tiles), which any web server gives out and other people's tools read.

Tiles never change once full; the checkpoint is written last, so that whoever stops half-way has the old ledger whole.
Checking makes all tiles again from the entries and compares.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from merestone.ledger.entry import LIMIT, entry_of
from merestone.ledger.note import brought, opened, verifier_of
from merestone.ledger.terms import BrokenRecord, Checkpoint, Refusal, Row, Step, Verified
from merestone.ledger.tree import EMPTY, WIDTH, Frontier, grow

FULL = 256  # hashes of a tile, entries of a bundle of entries
KEY, CHECKPOINT = "key", "checkpoint"
NOT_SHOWN = (
    "that what the entries say is so, that the mission recorded all that it received, and that nobody was shown another ledger: "
    "compare the checkpoint with one that somebody else was given"
)


def files(rows: Iterable[Row], size: int, note: bytes, vkey: str = "") -> Iterator[tuple[str, bytes]]:
    """Every file of the first `size` entries, by its path. The caller MUST write them in this order: if it stops before the last
    one, the checkpoint, the folder still shows the tree of the old checkpoint and nothing in it is wrong."""
    if vkey:
        yield KEY, f"{vkey}\n".encode()
    levels, entries, count = [bytearray()], bytearray(), 0
    for row in islice(rows, size):
        if row.position != count:
            raise BrokenRecord(f"entry {count}", f"position {count}", f"position {row.position}")
        count += 1
        entries += len(row.data).to_bytes(2, "big") + row.data
        for level, start in enumerate(range(0, len(row.hashes), 8 * WIDTH)):
            if level == len(levels):
                levels.append(bytearray())
            levels[level] += row.hashes[start : start + WIDTH]
        if count % FULL == 0:
            yield _path("entries", count // FULL - 1), bytes(entries)
            entries.clear()
        for level, hashes in enumerate(levels):
            if len(hashes) == FULL * WIDTH:
                yield _path(str(level), (count >> 8 * (level + 1)) - 1), bytes(hashes)
                hashes.clear()
    if count != size:
        raise BrokenRecord(f"entry {count}", f"{size} entries", f"{count}")
    if entries:
        yield _path("entries", count // FULL, count % FULL), bytes(entries)
    for level, hashes in enumerate(levels):
        if hashes:
            yield _path(str(level), count >> 8 * (level + 1), len(hashes) // WIDTH), bytes(hashes)
    yield CHECKPOINT, note


def verify_tiles(folder: Path, vkey: str = "", since: bytes = b"") -> Verified:
    """1 the key  2 the checkpoint is signed  3 every entry is canonical  4 every tile is that of the entries  5 so is the signed root
    6 a checkpoint kept from before is contained  7 what this does not show. Raises `BrokenRecord`, or all of it holds."""
    own = _key(folder)  # 1
    used = vkey or own
    if not used:
        raise Refusal("not_verifiable", found="a folder of tiles without a key: name one")
    name = verifier_of(used).name
    if vkey and own and own != vkey:
        raise BrokenRecord(KEY, f"the key {vkey}", "another key")
    note = _read(folder, CHECKPOINT, LIMIT)
    checkpoint = opened(note, used)  # 2
    kept = brought(since, used) if since else None
    roots = {0: EMPTY}
    wanted = (checkpoint.size, *([kept.size] if kept else []))
    rows = _rows(folder, checkpoint.size, lambda frontier: roots.__setitem__(frontier.size, frontier.root()), wanted)  # 3
    count = 0
    for path, data in files(rows, checkpoint.size, note):  # 4
        count += 1
        if _read(folder, path, len(data)) != data:
            raise BrokenRecord(path, "the hashes of the entries", "others")
    _same(CHECKPOINT, checkpoint, roots)  # 5
    if kept:  # 6
        _same("the checkpoint kept from before", kept, roots)
    return Verified(name, tuple(_steps(bool(vkey), checkpoint, count, kept)))


def _path(level: str, number: int, width: int = 0) -> str:
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03d}")
    return f"tile/{level}/{'/'.join(reversed(groups))}{f'.p/{width}' if width else ''}"


def _rows(folder: Path, size: int, tell: Callable[[Frontier], None], wanted: tuple[int, ...]) -> Iterator[Row]:
    """The rows of the entries on disk; `tell` is given the tree at each wanted size."""
    frontier = Frontier()
    for number in range(-(-size // FULL)):
        width = min(FULL, size - number * FULL)
        path = _path("entries", number, width % FULL)
        entries = _entries(path, _read(folder, path, FULL * (LIMIT + 2)), number * FULL, width)
        while entries:
            room = min([end - frontier.size for end in wanted if end > frontier.size] + [len(entries)])
            start = frontier.size
            frontier, hashes = grow(frontier, entries[:room])
            if frontier.size in wanted:
                tell(frontier)
            yield from (Row(start + at, data, found) for at, (data, found) in enumerate(zip(entries, hashes, strict=False)))
            entries = entries[room:]


def _entries(path: str, data: bytes, position: int, width: int) -> list[bytes]:
    out: list[bytes] = []
    at = 0
    while at < len(data) and len(out) < width:
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        out.append(data[at + 2 : end])
        at = end
        try:
            entry_of(out[-1])
        except Refusal as refusal:
            where = f"entry {position + len(out) - 1}"
            raise BrokenRecord(where, "canonical bytes of an entry", f"{refusal.code}: {refusal.facts['found']}") from None
    if at != len(data) or len(out) != width:
        raise BrokenRecord(path, f"{width} entries, and nothing else", "another length")
    return out


def _key(folder: Path) -> str:
    try:
        present = (folder / KEY).is_file()
    except OSError:
        present = False
    if not present:
        return ""
    text = _read(folder, KEY, LIMIT)
    try:
        return str(verifier_of(text.decode("utf-8", "replace").removesuffix("\n")))
    except Refusal as refusal:
        raise BrokenRecord(KEY, "a key", str(refusal.facts["found"])) from None


def _read(folder: Path, path: str, limit: int) -> bytes:
    """No more than `limit` bytes and one, of an ordinary file; a pipe or a device would never end."""
    try:
        if not stat.S_ISREG((folder / path).stat().st_mode):
            raise BrokenRecord(path, "an ordinary file", "none")
        with (folder / path).open("rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError):
        raise BrokenRecord(path, "a file", "none that can be read") from None
    if len(data) > limit:
        raise BrokenRecord(path, f"at most {limit} bytes", "more")
    return data


def _same(where: str, checkpoint: Checkpoint, roots: dict[int, bytes]) -> None:
    root = roots.get(checkpoint.size)
    if root is None:
        raise BrokenRecord(where, f"at least {checkpoint.size} entries", "fewer")
    if root != checkpoint.root:
        raise BrokenRecord(where, f"root {root.hex()}", f"root {checkpoint.root.hex()}")


def _steps(compared: bool, checkpoint: Checkpoint, count: int, kept: Checkpoint | None) -> Iterator[Step]:
    told = "the one that was given" if compared else "the folder's own, compared with none: get the mission's key from elsewhere"
    yield Step("1", f"The key of {checkpoint.origin}", told, checked=compared)
    yield Step("2", "The checkpoint is signed by it", f"{checkpoint.size} entries, root {checkpoint.root.hex()}")
    yield Step("3", "Every entry is canonical", f"{checkpoint.size} entries")
    yield Step("4", "Every tile is that of the entries", f"{count - 1} files; others in the folder were not looked at")
    yield Step("5", "The signed root is that of the entries", checkpoint.root.hex())
    found = f"the one of size {kept.size}" if kept else "none was given: keep this one for the next time"
    yield Step("6", "A checkpoint kept from before is still contained", found, checked=kept is not None)
    yield Step("7", "What this does not show", NOT_SHOWN, checked=False)

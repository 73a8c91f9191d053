"""A zip file of which every byte is accounted for: written in one way, and read only if no two programs could read it differently.

So what was checked is what a stranger unpacks. Anything else (links, encryption, comments, gaps, doubles, bombs) is refused
before it is unpacked.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from merestone.ledger.terms import Refusal

PACKED = UNPACKED = 256 << 20  # bytes, of the file and of all that is in it
FILES = 1000
RATIO, SMALL = 200, 1 << 20  # no text of ours packs tighter; below a mebibyte it does not matter

_PART = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?"
_NAME = re.compile(rf"{_PART}(?:/{_PART}){{1,4}}")
_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_DEFLATED, _STORED = 8, 0


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    method: int
    crc: int
    packed: int
    size: int
    begin: int  # of its bytes


def written(files: Mapping[str, bytes]) -> bytes:
    """The same files give the same bytes (with the same zlib): sorted, dated 1980-01-01, for everybody to read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data, compresslevel=9)
    return out.getvalue()


def bytes_at(path: Path) -> bytes:
    """The bytes of an ordinary file that is not too large to be one of ours."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Refusal("bundle_unreadable", found="no ordinary file")
        with path.open("rb") as stream:
            data = stream.read(PACKED + 1)
    except (OSError, ValueError):
        raise Refusal("bundle_unreadable", found="a file that cannot be opened") from None
    if len(data) > PACKED:
        raise Refusal("bundle_unreadable", found=f"more than {PACKED} bytes")
    return data


def unpacked(data: bytes) -> tuple[str, dict[str, bytes]]:
    """The name of the one top folder, and what is in it by name below that folder. Else `Refusal` `bundle_unreadable`."""
    members = tuple(_members(data))
    _check_names([member.name for member in members])
    if sum(member.size for member in members) > UNPACKED:
        raise Refusal("bundle_unreadable", found=f"more than {UNPACKED} bytes when unpacked")
    tops = {member.name.partition("/")[0] for member in members}
    if len(tops) != 1:
        raise Refusal("bundle_unreadable", found=f"{len(tops)} top folders, where there is one")
    return tops.pop(), {member.name.partition("/")[2]: _content(data, member) for member in members}


def _members(data: bytes) -> Iterator[_Member]:
    """Walks both lists of the archive side by side: they must say the same and leave no byte between."""
    if len(data) < _END.size or data[-_END.size :][:4] != b"PK\x05\x06":
        raise Refusal("bundle_unreadable", found="no zip file, or one with something behind its end")
    _, disk, first, here, count, length, start, comment = _END.unpack(data[-_END.size :])
    if disk or first or comment or here != count or start + length != len(data) - _END.size:
        raise Refusal("bundle_unreadable", found="an end that does not fit the rest")
    if not 0 < count <= FILES:
        raise Refusal("bundle_unreadable", found=f"{count} files, where 1 to {FILES} can be")
    at, begin = start, 0
    for _ in range(count):
        member, at = _member(data, at, begin)
        yield member
        begin = member.begin + member.packed
    if begin != start or at != start + length:
        raise Refusal("bundle_unreadable", found="bytes that belong to no file")


def _member(data: bytes, at: int, begin: int) -> tuple[_Member, int]:
    """The file whose line in the list stands at `at`, and whose own head must stand at `begin`; and where the list goes on."""
    if at + _CENTRAL.size > len(data) or begin + _LOCAL.size > at:
        raise Refusal("bundle_unreadable", found="a list of files that is cut off")
    sign, _, _, flags, method, _, _, crc, packed, size, length, *rest = _CENTRAL.unpack_from(data, at)
    extra, comment, disk, _, attributes, offset = rest
    name = data[at + _CENTRAL.size :][:length]
    if flags & 1:
        raise Refusal("bundle_unreadable", found="encryption")
    if flags or extra or comment or disk or sign != b"PK\x01\x02" or method not in (_STORED, _DEFLATED):
        raise Refusal("bundle_unreadable", found="additions to a zip file that ours does not have")
    if stat.S_IFMT(attributes >> 16) not in (0, stat.S_IFREG) or attributes & 0x10:
        raise Refusal("bundle_unreadable", found="a link, a folder or a device among the files")
    local = _LOCAL.unpack_from(data, begin)
    if offset != begin or local[0] != b"PK\x03\x04" or (*local[2:4], *local[6:]) != (0, method, crc, packed, size, length, 0):
        raise Refusal("bundle_unreadable", found="a list of files that does not fit the files")
    begin += _LOCAL.size + length
    if data[begin - length : begin] != name or begin + packed > at:
        raise Refusal("bundle_unreadable", found="a list of files that does not fit the files")
    if size > UNPACKED or (size > SMALL and size > RATIO * packed):
        raise Refusal("bundle_unreadable", found="a file that unpacks to far more than it holds packed")
    return _Member(_name(name), method, crc, packed, size, begin), at + _CENTRAL.size + length


def _name(name: bytes) -> str:
    found = name.decode("latin-1")
    if len(found) > 255 or not _NAME.fullmatch(found):
        raise Refusal("bundle_unreadable", found="a name of a file that is not plain, or is outside the folder")
    return found


def _check_names(names: list[str]) -> None:
    """No two files that some disk would take for one, and no file that is another's folder."""
    folded = {name.casefold() for name in names}
    folders = {"/".join(parts[:end]) for parts in (name.split("/") for name in folded) for end in range(1, len(parts))}
    if len(folded) != len(names) or folded & folders:
        raise Refusal("bundle_unreadable", found="two files of one name")


def _content(data: bytes, member: _Member) -> bytes:
    raw = data[member.begin : member.begin + member.packed]
    if member.method == _DEFLATED:
        raw = _inflated(raw, member.size)
    if len(raw) != member.size or zlib.crc32(raw) != member.crc:
        raise Refusal("bundle_unreadable", found="a damaged file")
    return raw


def _inflated(raw: bytes, size: int) -> bytes:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        out = stream.decompress(raw, size + 1)  # never more than was said, whatever the bytes would give
    except zlib.error:
        raise Refusal("bundle_unreadable", found="a damaged file") from None
    if not stream.eof or stream.unused_data or stream.unconsumed_tail:
        raise Refusal("bundle_unreadable", found="a file of another size than is said")
    return out

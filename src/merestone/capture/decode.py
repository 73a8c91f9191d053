"""From bytes to code points, with the way back.

Order: byte order mark, strict UTF-8 or what was declared, then statistics. What is replaced or guessed is said in a notice.
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from dataclasses import dataclass

from merestone.capture.offsets import encoded_length
from merestone.ledger.terms import Refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with theirs
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STEP = 512  # code points between two marks of a map
_REPLACED_LIMIT = 2_000
_GUESS_BYTES = 200_000
_BLOCKS = (0x00, 0x04, 0x05, 0x06, 0x10)  # of scripts; white space is in block 0 too
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` without its byte order mark; `marks` are (code point, byte) pairs from which `byte_at` counts on."""

    text: str
    encoding: str
    marks: tuple[tuple[int, int], ...]
    notices: tuple[Refusal, ...] = ()

    def byte_at(self, point: int) -> int:
        """The byte at which code point `point` begins; `len(text)` gives the end."""
        at, byte = self.marks[bisect_right(self.marks, (point, 1 << 62)) - 1]
        return byte if at == point else byte + encoded_length(self.text[at:point], self.encoding)


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Raises `Refusal("undecodable")` when no encoding that can be mapped back fits."""
    notices: list[Refusal] = []
    encoding, skip = _chosen(data, declared, notices)
    text, marks, replaced = _mapped(data, encoding, skip)
    if replaced:
        notices.append(Refusal("replaced_bytes", count=replaced, encoding=encoding))
    return Decoded(text, encoding, marks, (*notices, *oddities(text)))


def oddities(text: str) -> tuple[Refusal, ...]:
    """What is odd in a text and stays in it."""
    found = []
    if "\0" in text:
        found.append(Refusal("nul_characters", count=text.count("\0")))
    controls = 0 if text.isascii() else sum(map(text.count, _BIDI))
    if controls:
        found.append(Refusal("bidi_controls", count=controls))
    return tuple(found)


def without_surrogates(text: str) -> tuple[str, int]:
    """Halves of a surrogate pair are no characters: each becomes U+FFFD, so that every offset stays. And how many there were."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        count = sum(1 for point in text if "\ud800" <= point <= "\udfff")
        return "".join("\ufffd" if "\ud800" <= point <= "\udfff" else point for point in text), count
    return text, 0


def _chosen(data: bytes, declared: str | None, notices: list[Refusal]) -> tuple[str, int]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    named = _mappable(declared) if declared else None
    if named and named != "utf-8" and _fits(data, named) and not (_fits(data, "utf-8") and not data.isascii()):
        return named, 0
    if _fits(data, "utf-8") and (b"\0" not in data or not _wide(data)):
        return "utf-8", 0
    guessed = _wide(data) or _nearly(data)
    if guessed == "utf-8":
        return guessed, 0  # its bad bytes are told when they are replaced
    guessed = guessed or _guess(data)
    if guessed is None:
        guessed = named
    if guessed is None:
        raise Refusal("undecodable", size=len(data))
    head = data[:_GUESS_BYTES].decode(guessed, "replace")
    if sum(1 for point in head if "\x7f" <= point <= "\x9f") * 50 > len(head):
        raise Refusal("undecodable", size=len(data))  # control characters that no text has: a guess at noise
    notices.append(Refusal("encoding_guessed", encoding=guessed))
    return guessed, 0


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is the number of a script's block, nought for Latin, 4 for Cyrillic."""
    head = data[: min(4096, len(data) // 2 * 2)]
    if len(head) < 8 or b"\0" not in head:
        return None
    for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        blocks = head[offset::2]
        most = max(set(blocks), key=blocks.count)
        if (
            most in _BLOCKS
            and blocks.count(most) * 2 >= len(blocks)
            and len(set(blocks)) < len(set(head[1 - offset :: 2]))
            and _fits(data, encoding)
        ):
            return encoding
    return None


def _nearly(data: bytes) -> str | None:
    """UTF-8 with a few bad bytes among many good ones: no other encoding looks like that."""
    shown = data[:_GUESS_BYTES].decode("utf-8", "replace")
    bad = shown.count("\ufffd")
    good = sum(1 for point in shown if point > "\x7f") - bad
    return "utf-8" if good >= 8 * bad else None


def _guess(data: bytes) -> str | None:
    import chardet  # 80 ms: only for what is not UTF-8

    head = data[:_GUESS_BYTES]
    found = chardet.detect(head)["encoding"]
    encoding = _mappable(found) if found else None
    if encoding == "utf-8" or (found and found.lower() == "ascii"):
        encoding = "utf-8"  # nearly: some bytes will be replaced
    return encoding


def _mappable(name: str) -> str | None:
    """The codec's own name where one byte is one character or the encoding is a UTF; others cannot be mapped back surely."""
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if known in ("utf-8", "utf-8-sig", "ascii"):
        return "utf-8"
    if known in ("utf-16", "utf-32"):
        return known + "-le"
    if known in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        return known
    known = {"iso8859-1": "cp1252", "iso8859-9": "cp1254"}.get(known, known)  # as browsers read them
    single = known.startswith(("cp125", "cp866", "iso8859", "koi8", "mac-", "ptcp154", "kz1048"))
    return known if single else None


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _mapped(data: bytes, encoding: str, skip: int) -> tuple[str, tuple[tuple[int, int], ...], int]:
    """Decode piece by piece around what does not decode; each bad stretch becomes one U+FFFD."""
    parts: list[str] = []
    marks: list[tuple[int, int]] = []
    points, at, replaced = 0, skip, 0
    view = memoryview(data)
    while at < len(data):
        try:
            good, bad = codecs.decode(view[at:], encoding), 0
        except UnicodeDecodeError as error:
            good = codecs.decode(view[at : at + error.start], encoding)
            bad = error.end - error.start
        points, at = _marked(good, encoding, points, at, marks)
        parts.append(good)
        if bad:
            marks.append((points, at))
            parts.append("\ufffd")
            points, at, replaced = points + 1, at + bad, replaced + 1
            if replaced > _REPLACED_LIMIT:
                raise Refusal("undecodable", encoding=encoding, replaced=replaced)
    marks.append((points, len(data)))
    return "".join(parts), tuple(marks), replaced


def _marked(good: str, encoding: str, points: int, at: int, marks: list[tuple[int, int]]) -> tuple[int, int]:
    if good.isascii() and encoding == "utf-8":
        marks.extend((points + index, at + index) for index in range(0, len(good), _STEP))
        return points + len(good), at + len(good)
    for index in range(0, len(good), _STEP):
        marks.append((points + index, at))
        at += len(good[index : index + _STEP].encode(encoding))
    return points + len(good), at

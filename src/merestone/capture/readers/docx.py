"""DOCX: the words of `word/document.xml` by their bytes in that part, then its notes. Deletions, hidden words and macros stay out.

The container is read within limits and the parser accepts no document type, so neither a bomb nor an entity can unfold.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from xml.parsers import expat

from merestone.capture.limits import Limits
from merestone.capture.offsets import Drawing
from merestone.capture.readers.draft import About, Draft, one_line
from merestone.capture.terms import ByteRange
from merestone.ledger.terms import Refusal

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main|"
_W_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main|"
_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange"})
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    UnicodeDecodeError,
)


def open_container(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The container, once its directory is within limits. Raises `Refusal`: archive_bomb, broken_archive."""
    try:
        container = zipfile.ZipFile(BytesIO(data))
    except _BROKEN as error:
        raise Refusal("broken_archive", found=type(error).__name__) from error
    members = container.infolist()
    unpacked = sum(member.file_size for member in members)
    bomb = unpacked > limits.zip_bytes or (unpacked > limits.zip_free and unpacked > limits.zip_ratio * len(data))
    if bomb or len(members) > limits.zip_members:
        raise Refusal("archive_bomb", packed=len(data), unpacked=unpacked, members=len(members))
    return container


def part_of(container: zipfile.ZipFile, name: str, limits: Limits) -> bytes | None:
    """One part, never more of it than the limits allow, whatever the directory says of its size. None where it is not there."""
    try:
        member = container.getinfo(name)
    except KeyError:
        return None
    if member.flag_bits & 1:
        raise Refusal("encrypted_document", part=name)
    try:
        with container.open(member) as stream:
            data = stream.read(limits.zip_bytes + 1)
    except _BROKEN as error:
        raise Refusal("broken_archive", part=name, found=type(error).__name__) from error
    if len(data) > limits.zip_bytes or (len(data) > limits.zip_free and len(data) > limits.zip_ratio * max(1, member.compress_size)):
        raise Refusal("archive_bomb", part=name, unpacked=len(data))
    return data


def read_docx(data: bytes, limits: Limits) -> Draft:
    container = open_container(data, limits)
    drawing, notices = Drawing(), []
    words = _Words(drawing, "word/document.xml")
    words.read(part_of(container, "word/document.xml", limits) or b"")
    for kind in ("footnotes", "endnotes"):
        part = f"word/{kind}.xml"
        found = part_of(container, part, limits)
        if found:
            _Words(drawing, part).read(found)
    names = container.namelist()
    if any(name.endswith("vbaProject.bin") for name in names):
        notices.append(Refusal("macros_ignored"))
    if words.hidden:
        notices.append(Refusal("hidden_text", left_out=words.hidden))
    text, pieces = drawing.drawn()
    core = part_of(container, "docProps/core.xml", limits)
    return Draft(text, pieces, "utf-8", _core(core) if core else About(), tuple(notices))


def _parser(part: str) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator="|")

    def refuse(*_: object) -> None:
        raise Refusal("unsafe_xml", part=part)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def _parse(parser: expat.XMLParserType, data: bytes, part: str) -> None:
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, UnicodeError) as error:
        raise Refusal("broken_docx", part=part, found=str(error)) from error


class _Words:
    """The words of one part. `left_out` counts open elements whose words are not shown."""

    def __init__(self, drawing: Drawing, part: str) -> None:
        self.drawing, self.part = drawing, part
        self.data = b""
        self.left_out = self.hidden = 0
        self.in_text = self.vanish = self.separator = False
        self.note = ""
        self.parser = _parser(part)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def read(self, data: bytes) -> None:
        self.data = data
        if data:
            _parse(self.parser, data, self.part)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        word = name.rsplit("|", 1)[-1]
        if word in _LEFT_OUT:
            self.left_out += 1
        elif not name.startswith((_W, _W_STRICT)):
            return
        elif word == "t":
            self.in_text = True
        elif word == "r":
            self.vanish = False
        elif word == "vanish":
            self.vanish = _value(attributes, "val") not in ("0", "false", "off")
        elif word in ("footnote", "endnote"):
            self.separator = _value(attributes, "type") in ("separator", "continuationSeparator", "continuationNotice")
            self.note = _value(attributes, "id")
            self._mark("\n", f"[{self.note}] ")
        elif word in ("footnoteReference", "endnoteReference"):
            self._mark("", f"[{_value(attributes, 'id')}]")
        elif word in ("tab", "br", "cr", "noBreakHyphen") and not self._tab_stop(word, attributes):
            self._place("\t" if word == "tab" else "-" if word == "noBreakHyphen" else "\n")

    def _tab_stop(self, word: str, attributes: dict[str, str]) -> bool:
        """A `tab` with a position defines a stop and is not a character."""
        return word == "tab" and bool(_value(attributes, "pos"))

    def _end(self, name: str) -> None:
        word = name.rsplit("|", 1)[-1]
        if word in _LEFT_OUT:
            self.left_out -= 1
        elif word == "t":
            self.in_text = False
        elif word == "r":
            self.vanish = False
        elif word == "tc" and self.drawing.last == "\n":
            pass  # a cell's last paragraph has ended its line
        elif word == "p" and name.startswith((_W, _W_STRICT)) and self.drawing.last not in ("", "\n"):
            self.drawing.supply("\n")

    def _mark(self, before: str, mark: str) -> None:
        if self.left_out or self.separator:
            return
        if before and self.drawing.last not in ("", "\n"):
            self.drawing.supply(before)
        self.drawing.supply(mark)

    def _place(self, mark: str) -> None:
        if not self.left_out and not self.vanish:
            self.drawing.supply(mark)

    def _characters(self, text: str) -> None:
        if not self.in_text or self.left_out or self.separator:
            return
        if self.vanish:
            self.hidden += len(text)
            return
        start = self.parser.CurrentByteIndex
        origin, exact = self._origin(text, start)
        if origin is None:
            self.drawing.supply(text)
        else:
            self.drawing.take(text, origin, exact=exact)

    def _origin(self, text: str, start: int) -> tuple[ByteRange | None, bool]:
        encoded = text.encode("utf-8")
        if self.data.startswith(encoded, start):
            return ByteRange(self.part, start, start + len(encoded)), True
        if self.data.startswith(b"&", start):
            end = self.data.find(b";", start, start + 16)
            return (ByteRange(self.part, start, end + 1), False) if end > 0 else (None, False)
        if self.data.startswith(b"\r\n", start) and text == "\n":
            return ByteRange(self.part, start, start + 2), False
        for encoding in ("utf-16-le", "utf-16-be", "iso8859-1"):
            wide = text.encode(encoding, "replace")
            if self.data.startswith(wide, start):
                return ByteRange(self.part, start, start + len(wide)), False
        return None, False


def _value(attributes: dict[str, str], key: str) -> str:
    return attributes.get(_W + key, attributes.get(_W_STRICT + key, ""))


def _core(data: bytes) -> About:
    """Title and dates of the file. `creator` is a person's name and is not read."""
    found: dict[str, str] = {}
    open_names: list[str] = []
    parser = _parser("docProps/core.xml")

    def characters(text: str) -> None:
        if len(open_names) == 2:
            found[open_names[-1]] = found.get(open_names[-1], "") + text

    parser.StartElementHandler = lambda name, _: open_names.append(name.rsplit("|", 1)[-1])
    parser.EndElementHandler = lambda _: open_names.pop()
    parser.CharacterDataHandler = characters
    _parse(parser, data, "docProps/core.xml")
    return About(title=one_line(found.get("title")), created=one_line(found.get("created")), language=one_line(found.get("language")))

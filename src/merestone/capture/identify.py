"""One file's bytes become a draft or a corpus, by what they are. A name that says otherwise gives a notice, never another reader."""

from __future__ import annotations

import re
from dataclasses import dataclass

from merestone.capture import sniff
from merestone.capture.decode import Decoded, decode
from merestone.capture.limits import Limits
from merestone.capture.readers.draft import Draft
from merestone.ledger.terms import Refusal

_CHARSET = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.-]{2,40})""",
    re.IGNORECASE,
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_GZIP_FACTOR = 200


@dataclass(frozen=True, slots=True)
class Identified:
    """What the bytes are. `decoded` is there for kinds of text; a corpus is read line by line by the caller."""

    kind: str
    decoded: Decoded | None = None
    notices: tuple[Refusal, ...] = ()

    @property
    def media_type(self) -> str:
        return sniff.DOCX_TYPE if self.kind == sniff.DOCX else self.kind

    @property
    def corpus(self) -> bool:
        return self.kind in (sniff.JSONL, sniff.CSV)


def identify(data: bytes, name: str, limits: Limits) -> Identified:
    """Raises `Refusal` without `path`: empty, unknown_type, encrypted_document, archive_bomb, broken_archive, undecodable."""
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise Refusal("empty", size=len(data))
    decoded = None
    kind = sniff.signature(data)
    if kind == sniff.ZIP:
        kind = _container(data, limits)
    elif kind is None:
        decoded = decode(data, _declared(data))
        kind = sniff.look(decoded.text, name)
    if kind in (sniff.PLAIN, sniff.MARKDOWN, sniff.HTML, sniff.PDF, sniff.DOCX, sniff.MAIL, sniff.JSONL, sniff.CSV):
        return Identified(kind, decoded, _mismatch(kind, name))
    raise _unknown(data, kind)


def draft_of(data: bytes, identified: Identified, limits: Limits) -> Draft:
    """The text of one document. Raises the reader's `Refusal`. Readers are imported when a file needs them."""
    decoded, kind = identified.decoded, identified.kind
    if kind == sniff.PDF:
        from merestone.capture.readers.pdf import read_pdf

        return read_pdf(data, limits)
    if kind == sniff.DOCX:
        from merestone.capture.readers.docx import read_docx

        return read_docx(data, limits)
    if kind == sniff.MAIL:
        from merestone.capture.readers.mail import read_mail

        return read_mail(data, limits)
    if decoded is None:
        raise Refusal("unknown_type", found=kind)
    if len(decoded.text) > limits.text_points:
        raise Refusal("too_large", what="text", found=len(decoded.text), limit=limits.text_points)
    if kind == sniff.HTML:
        from merestone.capture.readers.webpage import read_page

        return read_page(decoded, limits)
    if kind == sniff.MARKDOWN:
        from merestone.capture.readers.markdown import read_markdown

        return read_markdown(decoded)
    from merestone.capture.readers.plain import read_plain

    return read_plain(decoded)


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    return (found.group(1) or found.group(2)).decode("ascii") if found else None


def _mismatch(kind: str, name: str) -> tuple[Refusal, ...]:
    promised = sniff.expected(name)
    return (Refusal("type_mismatch", name_says=promised[0], found=kind),) if promised and kind not in promised else ()


def _container(data: bytes, limits: Limits) -> str:
    from merestone.capture.readers.docx import open_container

    with open_container(data, limits) as container:
        return sniff.DOCX if "word/document.xml" in container.namelist() else sniff.ZIP


def _unknown(data: bytes, kind: str) -> Refusal:
    if kind == sniff.OLE and _ENCRYPTED in data:
        return Refusal("encrypted_document")
    if kind == sniff.GZIP and int.from_bytes(data[-4:], "little") > max(_GZIP_FACTOR * len(data), 10_000_000):
        return Refusal("archive_bomb", packed=len(data), unpacked=int.from_bytes(data[-4:], "little"))
    return Refusal("unknown_type", found=kind)

"""What bytes are, whatever their name says.

Signatures first, then the look of the decoded text; the name only decides between kinds that look alike (text, Markdown, CSV).
"""

from __future__ import annotations

import re

PLAIN, MARKDOWN, HTML, PDF, DOCX = "text/plain", "text/markdown", "text/html", "application/pdf", "docx"
MAIL, JSONL, CSV = "message/rfc822", "application/jsonl", "text/csv"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP, OLE, GZIP = "application/zip", "application/x-ole-storage", "application/gzip"

_SIGNATURES = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"\x1f\x8b", GZIP),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"RIFF", "application/x-riff"),
    (b"OggS", "application/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ", "application/x-executable"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS", "application/postscript"),
)
_TEXT_LIKE = (b"BM", b"MZ", b"ID3", b"RIFF", b"BZh", b"OggS", b"fLaC")  # these may also be how a sentence begins
_EXPECTED = {
    "txt": (PLAIN,),
    "text": (PLAIN,),
    "md": (MARKDOWN, PLAIN),
    "markdown": (MARKDOWN, PLAIN),
    "html": (HTML,),
    "htm": (HTML,),
    "xhtml": (HTML,),
    "pdf": (PDF,),
    "docx": (DOCX,),
    "docm": (DOCX,),
    "eml": (MAIL,),
    "mht": (MAIL,),
    "mhtml": (MAIL,),
    "jsonl": (JSONL,),
    "ndjson": (JSONL,),
    "csv": (CSV,),
    "tsv": (CSV,),
}
_HTML_HEAD = re.compile(
    r"(?:\s|<!--.{0,2000}?-->|<\?xml[^>]{0,200}>)*<(?:!doctype\s+html|html|head|body|article|main|div|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_HEAD = re.compile(r"\s*<\?xml\b")
_TAG = re.compile(r"</?(?:p|div|br|a|span|table|ul|ol|li|h[1-6]|strong|em|section|article|img)\b[^<>]{0,500}>", re.IGNORECASE)
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]?.*\Z")
_MAIL_KNOWN = frozenset(
    [
        "from",
        "to",
        "cc",
        "date",
        "subject",
        "message-id",
        "mime-version",
        "received",
        "content-type",
        "return-path",
        "sender",
        "reply-to",
        "delivered-to",
    ]
)
_MAIL_SURE = frozenset(["message-id", "mime-version", "received", "return-path", "delivered-to"])
_FRONT = re.compile(r"---[ \t]*\r?\n(?:[A-Za-z_][\w -]{0,40}:.*\r?\n|[ \t#-].*\r?\n|\r?\n)+?---[ \t]*(?:\r?\n|\Z)")
_FIELDS = frozenset(["id", "text", "path", "published", "publisher", "language", "url", "protected"])


def suffix(name: str) -> str:
    """The ending of a name in lower case, without its dot."""
    tail = name.rsplit("/", 1)[-1]
    return tail.rsplit(".", 1)[1].lower() if "." in tail[1:] else ""


def expected(name: str) -> tuple[str, ...]:
    """The types that a name promises; empty when it promises nothing."""
    return _EXPECTED.get(suffix(name), ())


def signature(data: bytes) -> str | None:
    """The type that the first bytes declare, or `application/octet-stream` for what cannot be text; None: it may be text."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and _binary(data[:8192])):
        return PDF
    for mark, kind in _SIGNATURES:
        if data.startswith(mark) and (mark not in _TEXT_LIKE or _control_share(data[:512]) > 0.02):
            return kind
    if data[4:8] == b"ftyp":
        return "video/mp4"
    return "application/octet-stream" if _binary(data[:8192]) else None


def look(text: str, name: str) -> str:
    """Which kind of text it is; `application/xml` for markup that no reader here knows."""
    promised = expected(name)
    head = text[:20_000].lstrip("\ufeff \t\r\n")
    if _HTML_HEAD.match(head) or (HTML in promised and _TAG.search(text)):
        return HTML
    if _XML_HEAD.match(head):
        return HTML if "<html" in head.lower() else "application/xml"
    if JSONL in promised or _json_line(head):
        return JSONL
    if head[:1] in "[{" and suffix(name) in ("json", "geojson"):
        return "application/json"
    if _mail(head, sure=MAIL not in promised):
        return MAIL
    if CSV in promised or _csv_header(head):
        return CSV
    if MARKDOWN in promised or _FRONT.match(head):
        return MARKDOWN
    return PLAIN


def _control_share(head: bytes) -> float:
    odd = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\r\f\x1b\x00")
    return odd / max(1, len(head))


def _binary(head: bytes) -> bool:
    """Does not catch: a short binary file without control characters. It is then text that nobody can read."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    if _control_share(head) <= 0.05:
        return False
    pairs = len(head) // 2
    odd, even = head[1::2][:pairs], head[0::2][:pairs]
    return not any(side and max(map(side.count, (0, 4, 5, 6, 16))) * 2 >= len(side) for side in (odd, even))  # UTF-16


def _json_line(head: str) -> bool:
    line = head.split("\n", 1)[0].strip()
    return line.startswith("{") and line.endswith("}") and ('"text"' in line or '"path"' in line)


def _mail(head: str, *, sure: bool) -> bool:
    seen: set[str] = set()
    for line in head.splitlines()[:200]:
        if not line.strip():
            break
        if line[0] in " \t" and seen:
            continue
        found = _HEADER.match(line)
        if found is None:
            return False
        seen.add(found.group(1).lower())
    known = seen & _MAIL_KNOWN
    return bool(known & _MAIL_SURE and len(known) >= 2) if sure else bool(known)


def _csv_header(head: str) -> bool:
    line = head.split("\n", 1)[0].strip()
    for mark in ",;\t":
        names = {name.strip().strip('"').lower() for name in line.split(mark)}
        if len(names) >= 2 and names & {"text", "path"} and len(names & _FIELDS) >= 2:
            return True
    return False

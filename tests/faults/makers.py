"""Small files of each kind, made by hand so that a test can make them wrong in one place."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STORY = "On 17 May the ministry said that fire was opened at the positions near Upper Brask and that two soldiers were wounded."


def pdf(pages: Sequence[Sequence[tuple[int, int, str]]], *, encrypted: bool = False, image: bool = False, info: str = "") -> bytes:
    """Pages of (x, y, words) in 12-point Helvetica. `encrypted` asks for a password; `image` puts a picture on every page."""
    objects: list[bytes] = [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"
    )
    kids = []
    for lines in pages:
        drawn = b"q 200 0 0 200 50 50 cm /I Do Q\n" if image else b""
        for x, y, words in lines:
            escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")
            drawn += b"BT /F 12 Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n" % (x, y, escaped)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        resources = b"<< /Font << /F 1 0 R >> /XObject << /I 2 0 R >> >>"
        objects.append(
            b"<< /Type /Page /Parent @ 0 R /MediaBox [0 0 595 842] /Resources %s /Contents %d 0 R >>" % (resources, len(objects))
        )
        kids.append(len(objects))
    parent = len(objects) + 1
    objects.append(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids)))
    objects.append(b"<< /Type /Catalog /Pages %d 0 R >>" % parent)
    trailer = b"/Root %d 0 R" % len(objects)
    if info:
        objects.append(b"<< %s >>" % info.encode("latin-1"))
        trailer += b" /Info %d 0 R" % len(objects)
    if encrypted:
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32))
        trailer += b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (len(objects), b"43" * 16, b"43" * 16)
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content.replace(b"@ 0 R", b"%d 0 R" % parent))
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(out))


def page_of(lines: Sequence[str], *, top: int = 780, left: int = 72) -> list[tuple[int, int, str]]:
    return [(left, top - 14 * at, words) for at, words in enumerate(lines)]


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t xml:space='preserve'>{escape(words)}</w:t></w:r></w:p>"


def docx(body: str, parts: Mapping[str, str | bytes] | None = None, *, before: str = "", encoding: str = "utf-8") -> bytes:
    """A document whose body is `body`. `before` stands before its root element; `parts` are further parts of the container."""
    document = f'<?xml version="1.0" encoding="{encoding}"?>{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return container({"[Content_Types].xml": "<Types/>", "word/document.xml": document.encode(encoding), **(parts or {})})


def container(parts: Mapping[str, str | bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2031, 5, 17, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def notes(words: str) -> str:
    return f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1">{paragraph(words)}</w:footnote></w:footnotes>'

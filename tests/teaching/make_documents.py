"""Writes the binary documents of the teaching pack (.docx, .pdf) from `sources/`, byte for byte the same each time.

Run `python tests/teaching/make_documents.py` after a change to a source text. No clock writes a date into these files, so a
test can compare what lies in the pack with what this makes. Typst writes its version into what it sets: make the three anew when
another is taken.
"""

from __future__ import annotations

import io
import json
import textwrap
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import typst

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"
ROOT = HERE.parents[1]
DOCUMENTS = ROOT / "src" / "merestone" / "packs" / "conflicts" / "teaching" / "documents"
FONTS = ROOT / "vendor" / "fonts"

WORD = (
    ("ve-herald-keldholt-2031-05-20", "Aldervik Herald", "2031-05-20T17:00:00Z"),
    ("or-courier-montasse-2031-05-20", "Portelaine Courier", "2031-05-20T18:00:00Z"),
    ("or-courier-sorrelle-2031-05-21-ru", "Portelaine Courier", "2031-05-21T16:30:00Z"),
    ("ve-herald-ternmoor-2031-05-21-ru", "Aldervik Herald", "2031-05-21T15:45:00Z"),
    ("or-courier-sorrelle-2031-05-21-hy", "Portelaine Courier", "2031-05-21T18:20:00Z"),
    ("ve-herald-ternmoor-2031-05-21-hy", "Aldervik Herald", "2031-05-21T17:10:00Z"),
    ("or-ombudsperson-2031-05-22-az", "Ombudsperson of Orsay", "2031-05-22T12:20:00Z"),
)
TYPESET = (
    ("tlmm-2031-05-21-ru", "ru", datetime(2031, 5, 21, 20, tzinfo=UTC)),
    ("white-lamp-2031-05-22-hy", "hy", datetime(2031, 5, 22, 15, tzinfo=UTC)),
    ("ve-border-guard-2031-05-20-az", "az", datetime(2031, 5, 20, 20, 30, tzinfo=UTC)),
)
# The words come as data, so that nothing in them is markup.
PAGE = """#set page(paper: "a4", margin: 25mm)
#set text(font: ("Noto Sans", "Noto Sans Armenian"), size: 10.5pt, lang: sys.inputs.language, hyphenate: false)
#set par(justify: false, spacing: 1.1em)
#let told = json(bytes(sys.inputs.paragraphs))
#set document(title: told.first(), date: none)
#for one in told { par(one) }
"""

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONS = (
    f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)


def docx(text: str, title: str, author: str, created: str) -> bytes:
    """A minimal Word document: one paragraph for each line that is not empty, every third one in two runs as Word likes to have it."""
    body = []
    for number, line in enumerate(filter(None, text.splitlines())):
        cut = len(line) // 2 if number % 3 == 2 else len(line)
        runs = "".join(f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in (line[:cut], line[cut:]) if part)
        body.append(f"<w:p>{runs}</w:p>")
    document = f'{_XML}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{"".join(body)}<w:sectPr/></w:body></w:document>'
    core = (
        f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created></cp:coreProperties>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        parts = (("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELATIONS), ("word/document.xml", document), ("docProps/core.xml", core))
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content.encode())
    return out.getvalue()


def pdf(text: str, title: str, created: str) -> bytes:
    """A PDF of text set in Helvetica, broken at 88 characters, 46 lines a page."""
    lines = [part for line in text.splitlines() for part in (textwrap.wrap(line, 88, break_on_hyphens=False) or [""])]
    pages = [lines[start : start + 46] for start in range(0, len(lines), 46)]
    streams = []
    for page in pages:
        shown = "\n".join(f"({_pdf_text(line)}) Tj T*" for line in page)
        streams.append(f"BT /F1 10 Tf 56 780 Td 15 TL\n{shown}\nET".encode("cp1252"))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    resources = b"<< /Font << /F1 3 0 R >> >>"
    return _assemble(
        [(resources, stream) for stream in streams], {3: font}, f"<< /Title ({_pdf_text(title)}) /CreationDate ({created}) >>".encode()
    )


def typeset(text: str, language: str, created: datetime) -> bytes:
    """A PDF with its fonts in it, for letters that Helvetica has not; each line of the text is a paragraph."""
    inputs = {"language": language, "paragraphs": json.dumps([line for line in text.splitlines() if line])}
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    made = typst.compile(PAGE.encode(), font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs, format="pdf", timestamp=created)
    assert isinstance(made, bytes)
    return made


def scanned_pdf() -> bytes:
    """A page that is only a picture (8 x 8 grey squares): there is no text to read in it."""
    picture = bytes(230 if (x + y) % 3 else 60 for y in range(8) for x in range(8))
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 64 >>\nstream\n"
        + picture
        + b"\nendstream"
    )
    return _assemble([(b"<< /XObject << /Im1 3 0 R >> >>", b"q 480 0 0 700 56 70 cm /Im1 Do Q")], {3: image}, b"<< /Title (scan) >>")


def _pdf_text(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _assemble(pages: list[tuple[bytes, bytes]], objects: dict[int, bytes], info: bytes) -> bytes:
    """Objects 1 catalogue, 2 page tree, 3 what the caller gives, then a page and its content by turns, and the info last."""
    first = 4
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    made = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(), **objects}
    for number, (resources, stream) in enumerate(pages):
        here = first + 2 * number
        made[here] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources " + resources + f" /Contents {here + 1} 0 R >>".encode()
        )
        made[here + 1] = f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream"
    last = first + 2 * len(pages)
    made[last] = info
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number in range(1, last + 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + made[number] + b"\nendobj\n"
    start = len(out)
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out += f"xref\n0 {last + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {last + 1} /Root 1 0 R /Info {last} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def source(name: str) -> str:
    return (SOURCES / name).read_text(encoding="utf-8")


def build() -> dict[str, bytes]:
    """Every made document by its file name."""
    report = source("tlmm-2031-05-19.txt")
    made = {f"{name}.docx": _word(name, author, created) for name, author, created in WORD}
    made |= {f"{name}.pdf": typeset(source(f"{name}.txt"), language, made_on) for name, language, made_on in TYPESET}
    return made | {"tlmm-2031-05-19.pdf": pdf(report, "Daily report 47/2031", "D:20310519200000Z"), "scan-2031-05-20.pdf": scanned_pdf()}


def _word(name: str, author: str, created: str) -> bytes:
    text = source(f"{name}.txt")
    return docx(text, text.splitlines()[0], author, created)


def main() -> None:
    for name, content in build().items():
        (DOCUMENTS / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")


if __name__ == "__main__":
    main()

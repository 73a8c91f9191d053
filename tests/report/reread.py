"""What a reader finds in the files: headings and words of report.html, report.pdf and report.docx, for tests that hold them against each other."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import docx
import pypdfium2
import pypdfium2.raw
from docx.document import Document
from docx.oxml.ns import qn
from lxml import html

from merestone.report import INTERNAL, PUBLIC, Edition, redact
from merestone.report.render import render
from tests.report.four_scripts import in_four_scripts
from tests.report.invented import SMALL, edition
from tests.report.mission import drafted, finished

MM = 72 / 25.4
EDGE = 17 * MM  # the margin of a page at both sides
FOLDED = re.compile(r"\d+ more|and \d+ more")  # what the page folds away, paper shows


EDITIONS: dict[str, Callable[[], Edition]] = {
    "internal": lambda: redact(edition(SMALL), INTERNAL),
    "public": lambda: redact(edition(SMALL), PUBLIC),
    "scripts": lambda: redact(in_four_scripts(), INTERNAL),
    "draft": lambda: redact(drafted(), INTERNAL),
    "published": lambda: redact(finished(), PUBLIC),
}


@dataclass(frozen=True)
class Files:
    page: Any
    pdf: pypdfium2.PdfDocument
    document: Document


def files_of(found: Edition) -> Files:
    made = render(found, ("report.html", "report.pdf", "report.docx"))
    return Files(
        html.fromstring(made["report.html"].decode("utf-8")),
        pypdfium2.PdfDocument(made["report.pdf"]),
        docx.Document(io.BytesIO(made["report.docx"])),
    )


def squeezed(text: str) -> str:
    """Without spaces, breaks and the marks that let a long word break, as a line may end anywhere."""
    return re.sub(r"[\s\u200b\u200e\u00ad\ufffe]+", "", text)


# --- the page -----------------------------------------------------------------------------------------------------


def page_headings(page: Any) -> list[tuple[int, str]]:
    """Level (0 is the title) and words, without the numbers that the page of a mission gives its sections: on paper all have them."""
    return [(int(h.tag[1]) - 1, _unnumbered(h.tag, squeezed(h.text_content()))) for h in page.xpath("//h1|//h2|//h3|//h4")]


def _unnumbered(tag: str, words: str) -> str:
    return re.sub(r"^\d+\.", "", words) if tag == "h2" else words


def page_words(page: Any) -> Iterator[str]:
    """The words of the page piece by piece, in its order; not those of pictures, which are told to the blind, nor of the list of contents, nor of the
    tables that paper tells run in (reasons_of)."""
    for node in page.xpath("//main//text()|//header[@class='masthead']//text()|//footer//text()"):
        parents = [node.getparent(), *node.getparent().iterancestors()]
        if any(parent.tag in ("svg", "title", "style") or _told_run_in(parent) for parent in parents) or FOLDED.search(node):
            continue
        if squeezed(node):
            yield _unnumbered(node.getparent().tag, squeezed(node))


def _told_run_in(node: Any) -> bool:
    return node.tag == "table" and (node.get("class") == "levels" or node.getparent().get("class") == "evidence")


def reasons_of(page: Any) -> list[str]:
    """Why each slot was read and each pair joined, without what weighed nothing."""
    rows = page.xpath("//table[@class='levels']/tbody/tr|//details[@class='evidence']/table/tbody/tr")
    return [squeezed(row[-1].text_content()) for row in rows if squeezed(row[-2].text_content()) not in ("+0.0", "-0.0")]


def page_tokens(page: Any) -> set[str]:
    return tokens(" ".join(page.xpath("//text()[not(ancestor::style)]")) + " " + " ".join(page.xpath("//title//text()|//*[@title]/@title")))


def tokens(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.replace("\u200b", "")))


# --- the PDF ------------------------------------------------------------------------------------------------------


def pdf_headings(pdf: pypdfium2.PdfDocument) -> list[tuple[int, str, int]]:
    """Level, words without their number, page from 1."""
    found = []
    for mark in pdf.get_toc():
        name = re.sub(r"^\d+(\.\d+)? ", "", mark.get_title()) if mark.level < 2 else mark.get_title()
        found.append((mark.level + 1, squeezed(name), mark.get_dest().get_index() + 1))
    return found


def pdf_pages(pdf: pypdfium2.PdfDocument) -> list[str]:
    """All words of each page, head and foot included."""
    return [page.get_textpage().get_text_range() for page in pdf]


def pdf_body(pdf: pypdfium2.PdfDocument) -> str:
    """The words between head and foot, page after page, without the watermark and without spaces."""
    out = []
    for page in pdf:
        text = page.get_textpage().get_text_bounded(0, 19 * MM, page.get_width(), page.get_height() - 26 * MM)
        out.append(squeezed(text).replace("UNREVIEWEDMACHINEREADING", ""))
    return "".join(out)


def letters(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, tuple[float, float, float, float]]]:
    """Each letter of a page, its size and its box (left, bottom, right, top)."""
    text = page.get_textpage()
    for at in range(text.count_chars()):
        letter = chr(pypdfium2.raw.FPDFText_GetUnicode(text.raw, at))
        if letter.strip():
            yield letter, pypdfium2.raw.FPDFText_GetFontSize(text.raw, at), text.get_charbox(at)


# --- the DOCX -----------------------------------------------------------------------------------------------------


def paragraphs(document: Document) -> Iterator[tuple[str, str]]:
    """Style and words of each paragraph in the order of the body, those in tables too."""
    names = {style.style_id: style.name for style in document.styles}
    for paragraph in document.element.body.iter(qn("w:p")):
        style = paragraph.pPr.pStyle.val if paragraph.pPr is not None and paragraph.pPr.pStyle is not None else "Normal"
        yield names[style], "".join(t.text or "" for t in paragraph.iter(qn("w:t")))


def docx_headings(document: Document) -> list[tuple[int, str]]:
    found = []
    for style, words in paragraphs(document):
        if style == "Title":
            found.append((0, squeezed(words)))
        elif re.fullmatch(r"Heading \d", style):
            found.append((int(style[-1]), squeezed(words)))
    return found


def docx_body(document: Document) -> str:
    return squeezed("".join(words for _, words in paragraphs(document)))


def docx_words(document: Document) -> str:
    """Everything that the file says anywhere: body, head and foot, words of pictures, properties."""
    section = document.sections[0]
    parts = [document.element, section.header._element, section.footer._element]
    said = [t.text or "" for part in parts for t in part.iter(qn("w:t"))]
    said += [str(told) for part in parts for told in part.xpath("//*[local-name()='docPr']/@descr")]
    properties = document.core_properties
    named = ("title", "subject", "author", "last_modified_by", "comments", "keywords", "category", "identifier", "content_status")
    return "\n".join([*said, *(str(getattr(properties, name)) for name in named)])


# What paper says and the page has no need of: a list of pages, heads of columns, a watermark, words for pictures, who set it in type.
OURS = tokens(
    "Contents page Claims Kind By day UNREVIEWED MACHINE READING Typst merestone Map of the places that claims name in all with radius within which each lies "
    "Timeline of incidents each bar is one side’s version as long as its time is unsure"
)


def printed(files: Files) -> str:
    """All words of the PDF and the DOCX with what stands in no line: metadata, bookmarks, words of pictures."""
    marks = (mark.get_title() for mark in files.pdf.get_toc())
    return "\n".join([*pdf_pages(files.pdf), *marks, *files.pdf.get_metadata_dict().values(), docx_words(files.document)])


def lost(pieces: Iterable[str], whole: str) -> list[str]:
    return [piece for piece in pieces if piece not in whole]

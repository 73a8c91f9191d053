"""The DOCX as strangers meet it: headings one can walk by, tables whose heads come again, and the words of the page and no others."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from merestone.report import INTERNAL, PUBLIC, Edition, redact
from merestone.report.docx import report_docx
from merestone.report.docx_body import address
from merestone.report.paper import INSIDE
from merestone.report.printable import printable
from tests.report.invented import NOW, SMALL, edition
from tests.report.reread import (
    EDITIONS,
    OURS,
    Files,
    docx_body,
    docx_headings,
    docx_words,
    files_of,
    lost,
    page_headings,
    page_tokens,
    page_words,
    reasons_of,
    squeezed,
    tokens,
)
from tests.report.test_pdf import LONG, SHOWN, hostile


@pytest.fixture(scope="module", params=EDITIONS)
def found(request: pytest.FixtureRequest) -> tuple[Edition, Files]:
    made = EDITIONS[request.param]()
    return made, files_of(made)


def fields(document: Document) -> list[str]:
    section = document.sections[0]
    parts = (document.element, section.header._element, section.footer._element)
    return [" ".join((code.text or "").split()) for part in parts for code in part.iter(qn("w:instrText"))]


def test_the_headings_are_those_of_the_page_in_its_order(found: tuple[Edition, Files]) -> None:
    _, files = found
    assert docx_headings(files.document) == page_headings(files.page)


def test_all_that_the_page_says_is_said_and_nothing_else(found: tuple[Edition, Files]) -> None:
    _, files = found
    pieces = list(page_words(files.page))
    assert len(pieces) > 150
    assert lost(pieces, docx_body(files.document)) == []
    assert [why for why in reasons_of(files.page) if why not in docx_body(files.document)] == []
    assert tokens(docx_words(files.document)) - page_tokens(files.page) - OURS == set()


def test_every_claim_stands_there_in_its_own_words(found: tuple[Edition, Files]) -> None:
    made, files = found
    body = docx_body(files.document)
    for card in made.claims:
        assert squeezed(printable(card.before + card.claim.quote + card.after)) in body


def test_head_and_foot_of_every_page(found: tuple[Edition, Files]) -> None:
    made, files = found
    assert len(files.document.sections) == 1
    section = files.document.sections[0]
    assert not section.different_first_page_header_footer
    head = "".join(t.text or "" for t in section.header._element.iter(qn("w:t")))
    assert made.standing is not None or "Unreviewed machine reading" in head
    assert ("Unreviewed" in head) == (made.standing is None or made.standing.state == "draft")
    assert "What the documents say" in head
    assert f"Veldar and Orsay · profile {made.profile}" in head
    assert (INSIDE in head) == (made.profile == INTERNAL)
    assert {"PAGE", "NUMPAGES"} <= set(fields(files.document))


def test_the_contents_are_a_field_that_already_holds_the_headings(found: tuple[Edition, Files]) -> None:
    _, files = found
    assert fields(files.document)[0] == 'TOC \\o "1-2" \\h \\z \\u'
    begins = [c.get(qn("w:fldCharType")) for c in files.document.element.iter(qn("w:fldChar"))]
    assert begins == ["begin", "separate", "end"] * (len(begins) // 3)
    listed = [p.text for p in files.document.paragraphs if p.style is not None and (p.style.name or "").startswith("toc ")]
    assert [squeezed(words) for words in listed] == [words for level, words in docx_headings(files.document) if level in (1, 2)]


def test_headings_number_themselves(found: tuple[Edition, Files]) -> None:
    _, files = found
    styles = files.document.styles
    for level in (1, 2):
        assert styles[f"Heading {level}"].element.xpath("./w:pPr/w:numPr/w:numId/@w:val") not in ([], ["0"])
    assert styles["Heading 3"].element.xpath("./w:pPr/w:numPr") == []


def test_tables_are_tables_and_their_heads_come_again_on_the_next_page(found: tuple[Edition, Files]) -> None:
    made, files = found
    tables = files.document.tables
    heads = [[squeezed(cell.text) for cell in table.rows[0].cells] for table in tables if table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")]
    assert ["Claims", "Kind", "Byday"] in heads
    assert ["Name", "Bytes", "SHA-256"] in heads or made.profile == PUBLIC
    sides = [table for table in tables if [c.text.strip() for c in table.rows[0].cells][:2] == ["Orsay", "Veldar"]]
    assert len(sides) == len(made.incidents)
    for table in sides:
        assert all(cell.paragraphs[0].style.name == "Heading 3" for cell in table.rows[0].cells)  # type: ignore[union-attr]
        assert re.search("says|denies", "".join(cell.text for cell in table.rows[1].cells))


def test_links_lead_to_marks_that_are_there_once(found: tuple[Edition, Files]) -> None:
    made, files = found
    body = files.document.element
    names = body.xpath("//w:bookmarkStart/@w:name")
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name) for name in names)
    targets = body.xpath("//w:hyperlink/@w:anchor")
    assert len(targets) > len(made.claims)
    assert set(targets) <= set(names)
    on_the_page = files.page.xpath("//main//a[starts-with(@href, '#')][not(ancestor::svg)]|//header//dd/a[starts-with(@href, '#')]")
    assert len([target for target in targets if not target.startswith("_Toc")]) == len(on_the_page)
    outside = [relation.target_ref for relation in files.document.part.rels.values() if relation.is_external]
    assert outside and all(target.startswith(("https://", "http://")) for target in outside)  # noqa: PT018 - one is nothing without the other


def test_the_map_is_a_picture_with_words(found: tuple[Edition, Files]) -> None:
    _, files = found
    told = files.document.element.xpath("//*[local-name()='docPr']/@descr")
    assert any(words.startswith("Map of the places") for words in told)
    assert any(words.startswith("Timeline of") for words in told)
    images = [part for part in files.document.part.package.iter_parts() if part.content_type.startswith("image/")]
    assert {part.content_type for part in images} == {"image/png"}
    assert max(len(part.blob) for part in images) > 5000


def test_it_tells_no_author_and_no_clock(found: tuple[Edition, Files]) -> None:
    made, files = found
    properties = files.document.core_properties
    assert (properties.title, properties.author, properties.last_modified_by, properties.comments) == (
        made.title,
        "merestone",
        "merestone",
        "",
    )
    assert properties.created == properties.modified == NOW.replace(tzinfo=properties.created.tzinfo)  # type: ignore[union-attr]
    content = report_docx(made)
    assert content == report_docx(made)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
        assert not [name for name in package.namelist() if "thumbnail" in name]
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))


def test_hostile_words_are_shown_as_they_are() -> None:
    content = report_docx(redact(hostile(), INTERNAL))
    body = docx_body(docx.Document(io.BytesIO(content)))
    assert body.count(SHOWN) > 6
    assert squeezed(LONG) in body


@settings(max_examples=12, deadline=None)
@given(st.text(min_size=1), st.text(min_size=1))
def test_no_words_break_it(title: str, said: str) -> None:
    made = replace(redact(edition(SMALL), INTERNAL), title=title)
    card = replace(made.claims[0], before=said, after=said)
    document = docx.Document(io.BytesIO(report_docx(replace(made, claims=(card, *made.claims[1:])))))
    assert squeezed(printable(said)) in docx_body(document)


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ('https://example.org/ծ"<>', "https://example.org/%D5%AE%22%3C%3E"),
        ("https://[", ""),
        ("https://", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_an_address_is_a_link_only_where_it_can_be_one(given_: str, told: str) -> None:
    assert address(given_) == told

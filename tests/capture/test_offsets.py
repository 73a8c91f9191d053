"""For every text that a reader gives, each character leads back to the bytes it was made from."""

from __future__ import annotations

import csv
import json
from email.message import EmailMessage
from html import escape
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.capture import Limits, Options, origin_of, receive
from merestone.capture.decode import decode
from merestone.capture.readers.docx import read_docx
from merestone.capture.readers.draft import Draft
from merestone.capture.readers.mail import read_mail
from merestone.capture.readers.markdown import read_markdown
from merestone.capture.readers.pdf import read_pdf
from merestone.capture.readers.plain import read_plain
from merestone.capture.readers.webpage import read_page
from merestone.capture.terms import Cell, PageBox, Span
from tests.capture.tracing import assert_narrowed, assert_traced, exhibit_text
from tests.faults.makers import docx, notes, page_of, paragraph, pdf

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\u00ad\u200b")
PRINTED = st.text(LETTERS, min_size=1, max_size=40)
LIMITS = Limits()
PLACES = st.tuples(st.integers(0, 300), st.integers(0, 300)).map(sorted)


@given(
    text=st.text(st.characters(exclude_categories=("Cs",)), max_size=2000),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    place=PLACES,
)
def test_plain_text_keeps_every_code_point(text: str, encoding: str, place: list[int]) -> None:
    data = text.encode(encoding)
    draft = read_plain(decode(data, "utf-8" if encoding == "utf-8" else None))
    if encoding != "utf-8" or "\0" not in text:
        assert draft.text == text.removeprefix("\ufeff" if encoding == "utf-8" else "")
    assert_traced(draft, {"": data}, supplied="")
    assert_narrowed(draft, {"": data}, *place)


@given(data=st.binary(max_size=400), place=PLACES)
def test_bytes_that_are_no_text_are_replaced_in_their_place(data: bytes, place: list[int]) -> None:
    mixed = "naïve text, long enough — é ü ö ß ¿ ".encode() * 30 + data
    decoded = decode(mixed)
    assert [decoded.byte_at(at) for at in (0, len(decoded.text))] == [0, len(mixed)]
    marks = [decoded.byte_at(at) for at in range(len(decoded.text) + 1)]
    assert marks == sorted(set(marks))
    assert_narrowed(read_plain(decoded), {"": mixed}, *place)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp1254"])
def test_older_encodings_are_found_and_mapped(encoding: str) -> None:
    words = {"cp1254": "Bakanlık, gece köyün yakınındaki mevzilere ateş açıldığını ve iki askerin yaralandığını söyledi. "}
    text = words.get(encoding, "Министерство сообщило, что ночью у села был открыт огонь по позициям и ранены два солдата. ") * 3
    draft = read_plain(decode(text.encode(encoding)))
    assert draft.text == text
    assert [notice.code for notice in draft.notices] == ["encoding_guessed"]
    assert_traced(draft, {"": text.encode(encoding)}, supplied="")


@given(
    blocks=st.lists(st.tuples(st.sampled_from(["p", "li", "td", "h2", "div", "blockquote"]), PRINTED, PRINTED), max_size=12),
    style=st.sampled_from(
        ["{a} {b}", "{a}<b>{b}</b>", "{a}<br>{b}", "<a href='x'>{a}</a>&nbsp;{b}", "{a}<!-- {b} -->{b}", "  {a}\n\t{b}  "]
    ),
    encoding=st.sampled_from(["utf-8", "utf-16"]),
    place=PLACES,
)
def test_a_page_leads_back_to_its_bytes(blocks: list[tuple[str, str, str]], style: str, encoding: str, place: list[int]) -> None:
    body = "".join(f"<{name} class=x>{style.format(a=escape(a), b=escape(b))}</{name}>\n" for name, a, b in blocks)
    data = f"<!doctype html><html><head><title>T</title></head><body>{body}</body></html>".encode(encoding)
    draft = read_page(decode(data), LIMITS)
    assert_traced(draft, {"": data}, entities=True)
    assert_narrowed(draft, {"": data}, *place)
    shown = "".join(draft.text.split())
    for _, a, b in blocks:
        assert "".join(a.split()) in shown
        assert "".join(b.split()) in shown


@given(st.text(st.sampled_from("<>/!-\"'= &;abp\n"), max_size=400))
def test_any_soup_of_tags_is_read_to_its_end(soup: str) -> None:
    data = soup.encode()
    assert_traced(read_page(decode(data), LIMITS), {"": data}, entities=True)


@given(
    lines=st.lists(
        st.one_of(
            PRINTED, st.sampled_from(["# Head", "- item", "> quoted", "", "---", "```", "[words](https://example.org)", "**a** _b_ `c`"])
        ),
        max_size=20,
    ),
    place=PLACES,
)
def test_markdown_leads_back_to_its_bytes(lines: list[str], place: list[int]) -> None:
    data = "\n".join(lines).encode()
    draft = read_markdown(decode(data, "utf-8"))
    assert_traced(draft, {"": data})
    assert_narrowed(draft, {"": data}, *place)


@given(words=st.lists(PRINTED, max_size=8), encoding=st.sampled_from(["utf-8", "utf-16"]), place=PLACES)
def test_a_document_leads_back_to_its_part(words: list[str], encoding: str, place: list[int]) -> None:
    words = [
        word.replace("\r", " ") for word in words if all(point == "\t" or (point >= " " and point not in "\ufffe\uffff") for point in word)
    ]
    data = docx("".join(map(paragraph, words)), {"word/footnotes.xml": notes("From the archive & elsewhere")}, encoding=encoding)
    with ZipFile(BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    draft = read_docx(data, LIMITS)
    if encoding == "utf-8":
        assert_traced(draft, parts, supplied=r"\s*(\[1\] )?\s*", entities=True)
        assert_narrowed(draft, parts, *place)
    for word in words:
        assert word in draft.text


@given(lines=st.lists(PRINTED, min_size=1, max_size=12), transfer=st.sampled_from(["base64", "quoted-printable"]), place=PLACES)
def test_a_mail_leads_back_to_its_decoded_part(lines: list[str], transfer: str, place: list[int]) -> None:
    message = EmailMessage()
    message.set_content("\n".join(" ".join(line.split()) for line in lines), cte=transfer, charset="utf-8")
    draft = read_mail(message.as_bytes(), LIMITS)
    decoded = message.get_payload(decode=True)
    assert isinstance(decoded, bytes)
    assert_traced(draft, {"1": decoded}, supplied="")
    assert_narrowed(draft, {"1": decoded}, *place)


@given(texts=st.lists(PRINTED.filter(str.strip), min_size=1, max_size=5), place=PLACES)
def test_a_cell_counts_in_its_own_value(texts: list[str], place: list[int], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("cells")
    (folder / "a.jsonl").write_text("\n".join(json.dumps({"id": f"j{at}", "text": text}) for at, text in enumerate(texts)))
    table = StringIO()
    csv.writer(table).writerows([["id", "text"], *([f"c{at}", text] for at, text in enumerate(texts))])
    (folder / "b.csv").write_bytes(table.getvalue().encode())
    received = receive([folder], Options())
    assert [text.text for text in received.texts] == texts + texts
    for at, text in enumerate(received.texts):
        start, end = (min(point, len(text.text)) for point in place)
        for origin in origin_of(text, Span(start, end)):
            assert isinstance(origin, Cell)
            assert (origin.row, origin.column) == (at % len(texts) + (2 if at >= len(texts) else 1), "text")
            assert text.text[origin.start : origin.end] == text.text[start:end]


def test_words_of_a_paper_lie_in_their_boxes() -> None:
    import pypdfium2

    lines = ["On 17 May the ministry said that", "fire was opened at the positions", "near Upper Brask."]
    data = pdf([page_of(lines), page_of(["A second page says nothing", "more of it."], top=500)])
    draft = read_pdf(data, LIMITS)
    document = pypdfium2.PdfDocument(data)
    for piece in draft.pieces:
        assert isinstance(piece.origin, PageBox)
        left, bottom, right, top = piece.origin.box
        words = document[piece.origin.page - 1].get_textpage().get_text_bounded(left + 0.2, bottom + 2, right - 0.2, top - 4)
        assert words.strip() == draft.text[piece.start : piece.end]
    document.close()
    at = draft.text.index("Brask")
    assert [type(origin) for origin in origin_of(exhibit_text(draft), Span(at, at + 5))] == [PageBox]
    assert draft.text.split("\n")[0] == " ".join(lines)


def test_a_span_of_nothing_and_words_of_the_reader_have_no_origin() -> None:
    draft = Draft("a\nb", (), "utf-8")
    assert origin_of(exhibit_text(draft), Span(0, 3)) == ()
    page = read_page(decode(b"<p>one</p><p>two</p>"), LIMITS)
    assert origin_of(exhibit_text(page), Span(3, 4)) == ()
    assert [
        (origin.start, origin.end) for origin in origin_of(exhibit_text(page), Span(1, 6)) if not isinstance(origin, PageBox | Cell)
    ] == [(4, 6), (13, 15)]


def test_an_entity_is_named_whole(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><p>fire &amp; smoke</p></body></html>")
    text = receive([tmp_path], Options()).texts[0]
    at = text.text.index("&")
    (origin,) = origin_of(text, Span(at, at + 1))
    assert (tmp_path / "a.html").read_bytes()[origin.start : origin.end] == b"&amp;"  # type: ignore[union-attr]

"""PDF, DOCX, mail and Markdown: what is read, what reads on, what stays out."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from merestone.capture import Limits, Options, receive
from merestone.capture.decode import decode
from merestone.capture.readers.docx import read_docx
from merestone.capture.readers.markdown import read_markdown
from merestone.capture.readers.pdf import read_pdf
from merestone.capture.terms import Known, Unknown
from tests.faults.makers import STORY, docx, notes, page_of, paragraph, pdf

LIMITS = Limits()


def test_lines_of_a_page_read_on_and_lists_do_not() -> None:
    lines = [
        "On 17 May the forces of one side opened fire from large-",
        "calibre weapons at the positions near Upper Brask, the mini-",
        "stry said. Two soldiers were wounded at about 03:40 in the",
        "morning.",
        "Open Hearth Veldar",
        "Lantern Orsay",
        "1. Parents of Belcorre",
    ]
    assert read_pdf(pdf([page_of(lines)]), LIMITS).text.split("\n") == [
        (
            "On 17 May the forces of one side opened fire from large-calibre weapons at the positions near Upper Brask, the ministry said. "
            "Two soldiers were wounded at about 03:40 in the morning."
        ),
        "Open Hearth Veldar",
        "Lantern Orsay",
        "1. Parents of Belcorre",
    ]


def test_a_sentence_reads_on_over_the_page_past_heads_and_numbers() -> None:
    pages = []
    for number in range(1, 5):
        body = [
            f"This is line one of page {'abcd'[number - 1]} and it goes on and on and",
            f"it goes on to the page after {'abcd'[number - 1]} where the sentence still goes",
        ]
        pages.append([(72, 810, "Daily report of the mission"), *page_of(body), (290, 30, str(number))])
    draft = read_pdf(pdf(pages), LIMITS)
    assert draft.text.count("\n") == 0
    assert "Daily report" not in draft.text
    assert {notice.code: notice.facts for notice in draft.notices} == {"running_lines": {"left_out": 8}}


def test_a_file_date_is_a_last_resort_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([page_of([STORY[:60], STORY[60:]])], info="/CreationDate (D:20310517101500-02'00') /Title (T)"))
    text = receive([tmp_path], Options()).texts[0]
    assert (text.published, text.title) == (Known("2031-05-17T10:15-02:00", "metadata"), Known("T", "metadata"))
    assert "date_of_file" in {notice.code for notice in text.notices}
    stated = receive([tmp_path], Options(published="2031-05-20")).texts[0]
    assert stated.published == Known("2031-05-20", "option")
    assert "date_of_file" not in {notice.code for notice in stated.notices}


def run(inner: str) -> str:
    return f"<w:p><w:r>{inner}</w:r></w:p>"


def test_a_document_keeps_what_stands_and_leaves_out_what_was_struck() -> None:
    body = (
        paragraph("Stays.")
        + "<w:p><w:r><w:t>Kept </w:t></w:r><w:del><w:r><w:delText>deleted</w:delText><w:t>deleted</w:t></w:r></w:del><w:ins><w:r><w:t>added</w:t></w:r></w:ins></w:p>"
        + "<w:p><w:moveFrom><w:r><w:t>moved away</w:t></w:r></w:moveFrom></w:p>"
        + run("<w:instrText>HYPERLINK</w:instrText><w:t>link</w:t><w:tab/><w:t>tabbed</w:t><w:br/><w:t>below</w:t>")
        + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>shown</w:t></w:r></w:p>"
        + "<w:tbl><w:tr><w:tc>" + paragraph("a1") + "</w:tc><w:tc>" + paragraph("b1") + "</w:tc></w:tr></w:tbl>"
        + run('<w:t>Noted.</w:t><w:footnoteReference w:id="1"/>')
    )  # fmt: skip
    draft = read_docx(docx(body, {"word/footnotes.xml": notes("By the archive.")}), LIMITS)
    assert draft.text.split("\n") == [
        "Stays.",
        "Kept added",
        "link\ttabbed",
        "below",
        "shown",
        "a1",
        "b1",
        "Noted.[1]",
        "[1] By the archive.",
        "",
    ]
    assert [(notice.code, notice.facts) for notice in draft.notices] == [("hidden_text", {"left_out": 6})]


def test_python_docx_and_this_reader_see_the_same_paragraphs(tmp_path: Path) -> None:
    import docx as peer

    document = peer.Document()
    words = ["First paragraph — with “marks” & more", "Second, with a\ttab", "Последний"]
    for each in words:
        document.add_paragraph(each)
    document.core_properties.title = "A title"
    document.save(str(tmp_path / "a.docx"))
    draft = read_docx((tmp_path / "a.docx").read_bytes(), LIMITS)
    assert draft.text.rstrip("\n").split("\n") == words
    assert draft.about.title == "A title"


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"] = '"Ombudsperson of Orsay" <press@example.org>'
    message["Subject"] = "Erklärung über Feuer"
    message["Date"] = "Mon, 19 May 2031 13:10:00 -0200"
    message.set_content(STORY + "\n", cte="base64")
    message.add_alternative(f"<html><body><p>{STORY} Web.</p></body></html>", subtype="html")
    return message


def test_a_mail_gives_its_text_its_headers_and_what_is_enclosed(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(pdf([page_of([STORY[:60], STORY[60:]])]), maintype="application", subtype="pdf", filename="../report.pdf")
    message.add_attachment(b"\x89PNG\r\n\x1a\n0000", maintype="image", subtype="png", filename="picture.png")
    message.add_attachment(mail())
    (tmp_path / "press.eml").write_bytes(message.as_bytes())
    received = receive([tmp_path], Options())
    assert [text.id for text in received.texts] == ["press", "press/report", "press/part-4"]
    first, report, inner = received.texts
    assert first.text.strip() == inner.text.strip() == STORY
    assert first.title == Known("Erklärung über Feuer", "metadata")
    assert first.publisher == report.publisher == Known("Ombudsperson of Orsay", "metadata")
    assert first.published == report.published == Known("2031-05-19T13:10-02:00", "metadata")
    assert [(refusal.code, refusal.facts["path"]) for refusal in received.refusals] == [("unknown_type", "press.eml/picture.png")]
    assert [exhibit.name for exhibit in received.exhibits] == [
        "press.eml",
        "press.eml/report.pdf",
        "press.eml/picture.png",
        "press.eml/part-4.eml",
    ]


@pytest.mark.parametrize("charset", ["no-such-charset", "utf-8", None])
def test_a_mail_with_a_wrong_or_missing_charset_is_read(charset: str | None, tmp_path: Path) -> None:
    kind = f"Content-Type: text/html; charset={charset}\n" if charset else "Content-Type: text/html\n"
    words = "Le ministère a déclaré que des tirs ont été signalés près du village dans la nuit et que deux soldats sont blessés."
    (tmp_path / "a.eml").write_bytes(f"From: a@example.org\nDate: never\n{kind}\n<p>".encode() + words.encode("cp1252") + b"</p>")
    text = receive([tmp_path], Options()).texts[0]
    assert text.text == words
    assert (text.publisher, text.published) == (Unknown("not stated"), Unknown("not stated"))
    assert {notice.code for notice in text.notices} == {"encoding_guessed", "bad_date"}


def test_mails_in_mails_end(tmp_path: Path) -> None:
    message = mail()
    for _ in range(8):
        outer = mail()
        outer.add_attachment(message)
        message = outer
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    received = receive([tmp_path], Options())
    assert len(received.texts) == LIMITS.mail_depth + 1
    assert [refusal.code for refusal in received.refusals] == ["mail_too_deep"]


def test_markdown_loses_its_markup_and_keeps_its_lines() -> None:
    source = (
        "---\ntitle: 'Joint call'\ndate: 2031-05-21\nsource: Community Forum\nlang: en\n---\n# Joint *call*\n\n"
        "We are **deeply** alarmed by what [happened](https://example.org) in the fields of snake_case\nand beyond it.\n\n"
        "- Open Hearth\n- Lantern\n\n1. First ask\n2. Second ask\n\nShort line\nAnother line\n\n> quoted words\n\n***\n<b>bold</b> \\*star `code`\n\n[1]: https://example.org\n"
    )
    draft = read_markdown(decode(source.encode()))
    assert [line for line in draft.text.split("\n") if line] == [
        "Joint call",
        "We are deeply alarmed by what happened in the fields of snake_case and beyond it.",
        "Open Hearth",
        "Lantern",
        "1. First ask",
        "2. Second ask",
        "Short line",
        "Another line",
        "quoted words",
        "bold *star code",
    ]
    about = draft.about
    assert (about.title, about.published, about.publisher, about.language) == ("Joint call", "2031-05-21", "Community Forum", "en")

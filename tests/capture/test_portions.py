"""Portion by portion: the same exhibits and texts as in one batch, each with its bytes, and no more in memory than one file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from merestone.capture import Options, receive, receive_each
from merestone.capture.pack import SHIPPED
from merestone.capture.terms import Cell, Known, Portion, Unknown
from merestone.ledger.terms import Refusal

TEACHING = SHIPPED / "teaching" / "documents"
STORY = "On 17 May at 02:40 Orsayan forces shelled the village of Keldholt and three houses were damaged."


def portions(folder: Path, options: Options | None = None) -> list[Portion]:
    return list(receive_each([folder], options or Options()))


def test_the_teaching_documents_are_the_same_in_portions() -> None:
    options = Options(manifest=TEACHING / "manifest.csv")
    whole, parts = receive([TEACHING], options), portions(TEACHING, options)
    taken = [each for part in parts for each in part.taken]
    read = [each.document for each in taken if each.document.text]
    assert sorted(text.text for text in read) == sorted(text.text for text in whole.texts)
    by_text = {text.text: text for text in whole.texts}
    for text in read:
        twin = by_text[text.text]
        assert (text.published, text.publisher, text.title, text.url, text.language, text.protected) == (
            twin.published, twin.publisher, twin.title, twin.url, twin.language, twin.protected,
        )  # fmt: skip
    refusals = [each for part in parts for each in (*part.refusals, *(one.refusal for one in part.taken if one.refusal))]
    assert sorted((each.code, each.facts["path"]) for each in refusals) == sorted(
        (each.code, each.facts["path"]) for each in whole.refusals
    )
    for each in taken:
        assert each.exhibit.size == len(each.data)
        assert each.exhibit.sha256 == hashlib.sha256(each.data).hexdigest()
        if each.line is None:
            assert each.data == (TEACHING / each.exhibit.name).read_bytes() or each.within is not None
    assert "manifest.csv" not in {each.exhibit.name for each in taken}
    assert max(len({each.exhibit.name for each in part.taken}) for part in parts if all(each.within is None for each in part.taken)) == 1


def test_a_mail_comes_with_what_it_encloses(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Date"], mail["Subject"] = "a@example.org", "b@example.org", "Mon, 19 May 2031 10:00:00 +0000", "Report"
    mail.set_content(STORY)
    for words in (STORY + " First.", STORY + " Second."):
        mail.add_attachment(words.encode(), maintype="text", subtype="plain", filename="note.txt")
    (tmp_path / "a.eml").write_bytes(mail.as_bytes())
    (part,) = portions(tmp_path)
    assert [each.within for each in part.taken] == [None, 0, 0]
    assert [each.data for each in part.taken][1:] == [(STORY + " First.").encode(), (STORY + " Second.").encode()]


def test_each_line_of_a_corpus_is_an_exhibit_of_its_own_bytes(tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"d{n}", "text": f"{STORY} {n}", "published": "2031-05-17"}) for n in (1, 2)]
    (tmp_path / "wire.jsonl").write_text(f"{lines[0]}\n\nnot json\n{lines[1]}\n", encoding="utf-8")
    (part,) = portions(tmp_path)
    assert [(each.line, each.data.decode()) for each in part.taken] == [(1, lines[0]), (4, lines[1])]
    assert [piece.origin for each in part.taken for piece in each.document.pieces] == [Cell(1, "text", 0, len(STORY) + 2)] * 2
    assert [(each.code, each.facts["line"]) for each in part.refusals] == [("malformed_line", 3)]


def test_a_row_of_a_table_keeps_its_header(tmp_path: Path) -> None:
    rows = ["published;text\r\n", '2031-05-17;"Two\r\nlines."\r\n', "2031-05-18;too;many\r\n", "\r\n", "2031-05-19;One line.\r\n"]
    (tmp_path / "t.csv").write_bytes("".join(rows).encode())
    (part,) = portions(tmp_path)
    assert [each.data.decode() for each in part.taken] == [rows[0] + rows[1], rows[0] + rows[4]]
    assert [each.document.text for each in part.taken] == ["Two\r\nlines.", "One line."]
    assert {piece.origin.row for each in part.taken for piece in each.document.pieces if isinstance(piece.origin, Cell)} == {2}
    again = tmp_path / "again"
    again.mkdir()
    (again / "t.csv").write_bytes(part.taken[0].data)
    assert receive([again], Options()).texts[0].text == "Two\r\nlines."


def test_a_long_corpus_comes_in_several_portions(tmp_path: Path) -> None:
    text = "\n".join(json.dumps({"text": f"Story number {n}."}) for n in range(450))
    (tmp_path / "long.jsonl").write_text(text, encoding="utf-8")
    parts = portions(tmp_path)
    assert [len(part.taken) for part in parts] == [200, 200, 50]
    assert [each.document.text for part in parts for each in part.taken] == [f"Story number {n}." for n in range(450)]


def test_a_corpus_that_names_files_gives_them_one_by_one(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"{STORY} {name}", encoding="utf-8")
    lines = [json.dumps({"path": f"{name}.txt", "publisher": "A"}) for name in ("one", "two", "three")]
    (tmp_path / "index.jsonl").write_text("\n".join(lines), encoding="utf-8")
    parts = portions(tmp_path)
    assert [[each.exhibit.name for each in part.taken] for part in parts if part.taken] == [["one.txt"], ["two.txt"]]
    assert [each.code for part in parts for each in part.refusals] == ["missing_file"]


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.pdf", b"%PDF-1.4 broken"), ("a.txt", b""), ("a.bin", b"\x7fELF\x02\x01\x01" + bytes(64)), ("t.csv", b"name,x\n1,2\n")],
)
def test_what_cannot_be_read_keeps_its_bytes_and_what_is_stated(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    (part,) = portions(tmp_path, Options(published="2031-05-17", publisher="A", language="en"))
    (taken,) = part.taken
    assert taken.data == data
    assert taken.refusal is not None
    assert not part.refusals
    stated = taken.document
    assert (stated.text, stated.published, stated.publisher, stated.language) == (
        "",
        Known("2031-05-17", "option"),
        Known("A", "option"),
        Known("en", "option"),
    )
    assert isinstance(stated.title, Unknown)


def test_what_is_not_there_has_no_bytes(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "elsewhere")
    (part,) = portions(tmp_path)
    assert (part.taken, [each.code for each in part.refusals]) == ((), ["symlink"])


def test_a_bad_line_of_a_protected_corpus_is_marked(tmp_path: Path) -> None:
    (tmp_path / "wire.jsonl").write_text(json.dumps({"text": STORY}) + "\nnot json\n", encoding="utf-8")
    (tmp_path / "manifest.csv").write_text("path,protected\nwire.jsonl,true\n", encoding="utf-8")
    options = Options(manifest=tmp_path / "manifest.csv")
    (part,) = portions(tmp_path, options)
    assert [each.document.protected for each in part.taken] == [True]
    assert [each.facts.get("protected") for each in (*part.refusals, *receive([tmp_path], options).refusals)] == [True, True]


def test_what_concerns_the_whole_is_said_at_the_first_portion(tmp_path: Path) -> None:
    each = receive_each([tmp_path], replace(Options(), published="soon"))
    with pytest.raises(Refusal, match="bad_option"):
        next(each)

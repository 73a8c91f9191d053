"""Who is believed about a document: its own line, then its manifest, then the options, then its metadata; and what stays unknown."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from merestone.capture import Limits, Options, receive
from merestone.capture.terms import ExhibitText, Known, Received, Unknown
from merestone.ledger.terms import Refusal
from tests.faults.makers import STORY

PAGE = f"""<html><head><meta property="article:published_time" content="2031-01-01T00:00Z"><meta property="og:site_name" content="Page">
<link rel="canonical" href="https://page.example.org"></head><body><p>{STORY}</p></body></html>"""
OTHER = "Министерство сообщило, что ночью был открыт огонь по позициям у села и что два солдата были ранены."


def one(folder: Path, **options: object) -> ExhibitText:
    received = receive([folder], Options(**options))  # type: ignore[arg-type]
    assert received.refusals == ()
    return received.texts[0]


def values(text: ExhibitText) -> list[tuple[str, str] | None]:
    return [(value.value, value.origin) if isinstance(value, Known) else None for value in (text.published, text.publisher, text.url)]


def test_metadata_then_options_then_manifest_then_the_corpus_line(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_text(PAGE)
    manifest = tmp_path / "list.jsonl"
    manifest.write_text(json.dumps({"path": "in/a.html", "published": "2031-03-03", "publisher": "Listed", "protected": True}))
    assert values(one(folder)) == [("2031-01-01T00:00+00:00", "metadata"), ("Page", "metadata"), ("https://page.example.org", "metadata")]
    optional = one(folder, published="2031-02-02", publisher="Asked")
    assert values(optional) == [("2031-02-02", "option"), ("Asked", "option"), ("https://page.example.org", "metadata")]
    listed = one(folder, published="2031-02-02", publisher="Asked", manifest=manifest)
    assert values(listed)[:2] == [("2031-03-03", "manifest"), ("Listed", "manifest")]
    assert (listed.protected, optional.protected) == (True, False)
    (folder / "c.jsonl").write_text(json.dumps({"id": "x", "path": "a.html", "published": "2031-04-04", "mark": 7}))
    lined = one(folder, published="2031-02-02", publisher="Asked", manifest=manifest)
    assert values(lined)[:2] == [("2031-04-04", "corpus"), ("Listed", "manifest")]
    assert (lined.id, lined.protected, lined.echoed["mark"]) == ("x", True, 7)


def test_what_nobody_says_is_unknown_and_receipt_is_not_publication(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    moment = datetime(2031, 6, 1, tzinfo=UTC)
    text = one(tmp_path, received_at=moment)
    assert text.published == text.publisher == text.title == text.url == Unknown("not stated")
    assert text.exhibit.received_at == moment


def test_a_date_that_cannot_be_read_is_told_and_the_next_one_used(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": STORY, "published": "last Tuesday"}))
    text = one(tmp_path, published="2031-02-02")
    assert text.published == Known("2031-02-02", "option")
    assert [(notice.code, notice.facts["stated"]) for notice in text.notices] == [("bad_date", "last Tuesday")]


def test_a_stated_language_wins_and_a_contradiction_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(OTHER)
    text = one(tmp_path, language="EN-gb", languages_with_rules=("en",))
    assert text.language == Known("en", "option")
    assert [(notice.code, notice.facts["found"]) for notice in text.notices] == [("language_contradiction", "ru")]


@pytest.mark.parametrize(
    ("words", "code"), [(OTHER, "language_without_rules"), ("Tarn Alvar Kessim", "language_unknown"), ("12 34", "language_unknown")]
)
def test_other_languages_are_refused_only_when_rules_matter(words: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(words)
    assert [refusal.code for refusal in receive([tmp_path], Options(languages_with_rules=("en",))).refusals] == [code]
    assert len(receive([tmp_path], Options()).texts) == 1


@pytest.mark.parametrize("options", [{"published": "soon"}, {"language": "?"}])
def test_an_option_that_cannot_be_used_stops_the_batch(options: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        receive([tmp_path], Options(**options))  # type: ignore[arg-type]
    assert caught.value.code == "bad_option"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "missing_file"),
        (b"", "empty"),
        (b"just words", "unknown_type"),
        (b"a,b\n1,2\n", "unknown_type"),
        (b"%PDF-1.4", "unknown_type"),
    ],
)
def test_a_manifest_that_cannot_be_read_stops_the_batch(content: bytes | None, reason: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    manifest = tmp_path / "list.csv"
    if content is not None:
        manifest.write_bytes(content)
    with pytest.raises(Refusal) as caught:
        receive([tmp_path], Options(manifest=manifest))
    assert (caught.value.code, caught.value.facts["reason"]) == ("bad_manifest", reason)


def test_a_manifest_is_no_document_and_its_bad_lines_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "list.csv").write_text(
        "path,publisher,protected\na.txt,Forum,perhaps\na.txt,Other,\nabsent.txt,Forum,\n../b.txt,Forum,\na.txt,Forum\n"
    )
    received = receive([tmp_path], Options(manifest=tmp_path / "list.csv"))
    (text,) = received.texts
    assert (text.publisher, text.protected) == (Known("Forum", "manifest"), True)
    assert [notice.code for notice in text.notices] == ["protected_unclear"]
    told = [(refusal.code, refusal.facts.get("row", refusal.facts["line"])) for refusal in received.refusals]
    assert told == [("duplicate_path", 3), ("missing_file", 4), ("outside_folder", 5), ("malformed_line", 6)]
    assert [exhibit.name for exhibit in received.exhibits] == ["list.csv", "a.txt"]


def test_ids_that_are_given_stay_and_those_from_names_step_aside(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "a.md").write_text(STORY)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "a.txt").write_text(STORY)
    (tmp_path / "b" / "c.jsonl").write_text(json.dumps({"id": "a", "text": STORY}) + "\n" + json.dumps({"text": STORY}))
    received: Received = receive([tmp_path], Options())
    assert [(text.exhibit.name, text.id) for text in received.texts] == [
        ("a.md", "a-2"),
        ("a.txt", "a-3"),
        ("b/c.jsonl", "a"),
        ("b/c.jsonl", "c-2"),
        ("b/a.txt", "a-4"),
    ]


def line(folder: Path, raw: str) -> Received:
    (folder / "c.jsonl").write_bytes(raw.encode())
    return receive([folder], Options())


@pytest.mark.parametrize(
    "raw",
    [
        "[1]",
        "{",
        '{"id": "a"}',
        '{"text": 3}',
        '{"id": ["a"], "text": "x"}',
        '{"id": "a", "text": "x", "n": NaN}',
        '{"id": "a", "text": "x", "n": 1e999}',
        "[" * 100_000,
        '{"text": "x", "n": ' + "9" * 5000 + "}",
    ],
    ids=lambda raw: raw[:20],
)
def test_a_line_that_cannot_be_a_document_is_refused_with_its_number(raw: str, tmp_path: Path) -> None:
    received = line(tmp_path, "\n" + raw + "\n" + json.dumps({"id": "good", "text": STORY}))
    assert [(refusal.code, refusal.facts["line"], refusal.facts["path"]) for refusal in received.refusals] == [
        ("malformed_line", 2, "c.jsonl")
    ]
    assert [text.id for text in received.texts] == ["good"]


def test_text_is_kept_as_given_and_halves_of_characters_keep_their_place(tmp_path: Path) -> None:
    received = line(tmp_path, '{"id": "a", "text": "\\ufeff e\\u0301 \\ud800 \\ud83d\\ude00 \\u0000\\r\\n", "note": "\\udfff"}')
    (text,) = received.texts
    assert text.text == "\ufeff e\u0301 \ufffd \U0001f600 \0\r\n"
    assert text.echoed["text"] == text.text
    assert {notice.code for notice in text.notices} == {"lone_surrogates", "nul_characters"}
    json.dumps(dict(text.echoed), ensure_ascii=False, allow_nan=False).encode("utf-8")


def test_a_corpus_of_garbage_ends(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text("garbage\n" * 500)
    received = receive([tmp_path], Options(limits=Limits(bad_lines=10)))
    assert len(received.refusals) == 11
    assert "not read" in received.refusals[-1].facts["found"]


def test_an_empty_text_is_refused_by_its_id(tmp_path: Path) -> None:
    received = line(tmp_path, '{"id": "a", "text": "  "}')
    assert [(refusal.code, refusal.facts["id"], refusal.facts["line"]) for refusal in received.refusals] == [("empty", "a", 1)]

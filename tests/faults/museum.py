"""A museum of bad inputs: one maker for each way of being wrong, named after it, with what capture says of it.

`REFUSED` are not read, `NOTICED` are read with a remark, `GOOD` are read as they are. `build` puts them all into one folder.
"""

from __future__ import annotations

import gzip
import json
import os
import socket
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from tests.faults.makers import STORY, container, docx, page_of, paragraph, pdf

OTHER = "Министерство сообщило, что ночью был открыт огонь по позициям у села и что два солдата были ранены."


def zip_with_encrypted_part() -> bytes:
    """The flag alone: the reader must see it before it tries."""
    data = bytearray(docx(paragraph(STORY)))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def zip_that_lies() -> bytes:
    """The directory says ten bytes; the part is longer."""
    data = bytearray(docx(paragraph(STORY)))
    at = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return docx(paragraph("&l9;").replace("&amp;", "&"), before=f'<!DOCTYPE d [<!ENTITY l0 "ha">{entities}]>')


def nested_mail(depth: int) -> bytes:
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return (
        "From: Press <press@example.org>\nMIME-Version: 1.0\nDate: Sat, 17 May 2031 10:00:00 +0000\n"
        + head
        + "Content-Type: text/plain\n\n"
        + STORY
    ).encode()


def big_zip(unpacked: int) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("word/document.xml", b" " * unpacked)
    return packed.getvalue()


def ole(words: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + words.encode("utf-16-le")


def lines(*objects: object) -> bytes:
    return "\n".join(item if isinstance(item, str) else json.dumps(item) for item in objects).encode()


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty.txt": ("empty", lambda: b""),
    "blank.txt": ("empty", lambda: b"\xef\xbb\xbf \r\n\t\n"),
    "picture.png": ("unknown_type", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 64),
    "picture_named_text.txt": ("unknown_type", lambda: b"\xff\xd8\xff\xe0" + bytes(range(256))),
    "binary.bin": ("unknown_type", lambda: bytes(range(256)) * 8),
    "old_word.doc": ("unknown_type", lambda: ole("WordDocument")),
    "rich.rtf": ("unknown_type", lambda: b"{\\rtf1 text}"),
    "feed.xml": ("unknown_type", lambda: b"<?xml version='1.0'?><feed><entry/></feed>"),
    "array.json": ("unknown_type", lambda: b'[\n  {"id": "a", "text": "fire"}\n]'),
    "zip_in_zip.zip": ("unknown_type", lambda: container({"inner.zip": container({"text.txt": STORY})})),
    "table_without_text.csv": ("unknown_type", lambda: b"a,b\n1,2\n3,4\n"),
    "locked.docx": ("encrypted_document", lambda: ole("EncryptedPackage")),
    "locked_part.docx": ("encrypted_document", zip_with_encrypted_part),
    "encrypted.pdf": ("encrypted_pdf", lambda: pdf([page_of([STORY])], encrypted=True)),
    "broken.pdf": ("broken_pdf", lambda: b"%PDF-1.7\n" + b"nothing that a PDF holds " * 20),
    "cut_off.pdf": ("broken_pdf", lambda: pdf([page_of([STORY])])[:200]),
    "image_only.pdf": ("image_only_pdf", lambda: pdf([[], []], image=True)),
    "no_words.pdf": ("no_text", lambda: pdf([[]])),
    "bomb.docx": ("archive_bomb", lambda: big_zip(60_000_000)),
    "bomb.gz": ("archive_bomb", lambda: gzip.compress(b"\0" * 60_000_000)),
    "cut_off.docx": ("broken_archive", lambda: docx(paragraph(STORY))[:-30]),
    "lying_directory.docx": ("broken_archive", zip_that_lies),
    "laughs.docx": ("unsafe_xml", laughs),
    "broken_xml.docx": ("broken_docx", lambda: docx("<w:p>")),
    "no_words.docx": ("no_text", lambda: docx("<w:p/>")),
    "scripts_only.html": ("no_text", lambda: b"<html><body><script>document.write('fire')</script></body></html>"),
    "nested.eml": ("mail_too_deep", lambda: nested_mail(2000)),
    "too_large.txt": ("too_large", lambda: b"fire " * 50_000),
    "noise.txt": ("undecodable", lambda: b"\xfe\xed" + bytes((a * 7 + 128) % 128 + 128 for a in range(6000))),
    "other_language.txt": ("language_without_rules", OTHER.encode),
    "no_language.txt": ("language_unknown", lambda: b"Tarn Kessim Alvar Oru."),
}
NOTICED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "page_named_pdf.pdf": ("type_mismatch", f"<!doctype html><html><body><p>{STORY}</p></body></html>".encode),
    "text_named_docx.docx": ("type_mismatch", STORY.encode),
    "mail_named_text.txt": (
        "type_mismatch",
        lambda: b"From: A <a@example.org>\nMessage-ID: <1@example.org>\nSubject: x\n\n" + STORY.encode(),
    ),
    "one_bad_byte.txt": ("replaced_bytes", lambda: STORY.encode() + b" \xff caf\xc3\xa9 " + "д".encode() * 40),
    "zero_characters.txt": ("nul_characters", lambda: STORY.encode() + b"\0 end"),
    "mixed_bidi.txt": ("bidi_controls", (STORY + " \u202etxet\u202c").encode),
    "deep.html": ("deep_html", lambda: b"<html><body>" + b"<div>" * 10_000 + STORY.encode() + b"</div>" * 10_000),
    "hidden.html": ("hidden_text", f"<html><body><p>{STORY}</p><p style='display: none'>unseen words</p></body></html>".encode),
    "some_pages_are_pictures.pdf": ("pages_without_text", lambda: pdf([page_of([STORY[:70], STORY[70:]]), []], image=True)),
    "macros.docx": ("macros_ignored", lambda: docx(paragraph(STORY), {"word/vbaProject.bin": b"Sub AutoOpen"})),
    "guessed.txt": ("encoding_guessed", lambda: "Le ministère a déclaré que des tirs ont été signalés près du village.".encode("cp1252")),
    "file_date.pdf": ("date_of_file", lambda: pdf([page_of([STORY[:70], STORY[70:]])], info="/CreationDate (D:20310517101500Z)")),
}
GOOD: dict[str, Callable[[], bytes]] = {
    "plain.txt": STORY.encode,
    "carriage_returns.txt": f"First line.\r\n{STORY}\r\n".encode,
    "wide.txt": lambda: STORY.encode("utf-16"),
    "marked.txt": lambda: STORY.encode("utf-8-sig"),
    "page.html": f"<html><head><title>News</title></head><body><p>{STORY}</p></body></html>".encode,
    "paper.pdf": lambda: pdf([page_of([STORY[:70], STORY[70:]])]),
    "letter.docx": lambda: docx(paragraph(STORY)),
    "mail.eml": lambda: b"From: Press <press@example.org>\nSubject: News\nDate: Sat, 17 May 2031 10:00:00 +0000\n\n" + STORY.encode(),
}
CORPUS = lines(
    {"id": "line-1", "text": STORY},
    "{not json",
    {"id": "line-3", "text": STORY},
    {"id": "line-3", "text": STORY},
    {"id": "out", "path": "../x"},
)


def build(folder: Path) -> None:
    """Everything above, and what only a file system can hold: a link, a pipe, a socket, a corpus with bad lines."""
    for name, (_, make) in {**REFUSED, **NOTICED}.items():
        (folder / name).write_bytes(make())
    for name, maker in GOOD.items():
        (folder / name).write_bytes(maker())
    (folder / "corpus.jsonl").write_bytes(CORPUS)
    (folder / "link.txt").symlink_to(folder / "plain.txt")
    (folder / "link_to_folder").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe.txt")
    plug = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(folder)  # a socket's address may not be long
    try:
        plug.bind("socket.txt")
    finally:
        os.chdir(here)
        plug.close()

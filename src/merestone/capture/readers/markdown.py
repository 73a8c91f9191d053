"""Markdown: front matter is metadata, markup is left out, wrapped lines read on; what is left keeps its place.

Does not know all of Markdown: what it does not know stays in the text as it was written.
"""

from __future__ import annotations

import re

from merestone.capture.decode import Decoded
from merestone.capture.offsets import Drawing
from merestone.capture.readers.draft import About, Draft, one_line
from merestone.capture.terms import ByteRange

_FRONT = re.compile(r"\s*---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"([A-Za-z_][\w -]*?)[ \t]*:[ \t]*(.*?)[ \t\r]*\Z")
_LEAD = re.compile(r"(?:[ \t]{0,3}>[ \t]?)*[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)?")
_BLOCK_LINE = re.compile(r"[ \t]*(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,3}[.)][ \t]|>|```|~~~|\||\Z)")
_DEFINITION = re.compile(r"[ \t]{0,3}\[[^\]^][^\]]*\]:[ \t]+\S")
_MARKUP = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])|(?P<image>!\[[^\]\n]{0,500}\]\([^()\n]{0,2000}\))|(?P<open>\[)(?=[^\[\]\n]{1,1000}\]\([^()\n]{0,2000}\))"
    r"|(?P<close>(?<=[^\n])\]\([^()\n]{0,2000}\))|(?P<auto><(?=https?://[^<>\s]{1,2000}>))|(?P<tag></?[A-Za-z][^<>\n]{0,500}>|<!--.{0,2000}?-->)"
    r"|(?P<strong>\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_])|~~)|(?P<code>`+)"
)
_WRAPPED = 55  # shorter lines were ended by their writer: a list of names must not become one line
_NAMES = {
    "title": ("title",),
    "published": ("published", "date", "published_at", "datepublished", "pubdate"),
    "publisher": ("publisher", "source", "site", "outlet"),
    "url": ("url", "canonical", "link", "permalink", "canonical_url"),
    "language": ("language", "lang"),
}


def read_markdown(decoded: Decoded) -> Draft:
    text, at, fields = decoded.text, 0, {}
    front = _FRONT.match(text)
    if front:
        fields, at = _fields(front.group(1)), front.end()
    drawing, title = Drawing(), None
    fenced = wrapped = False
    while at < len(text):
        found = text.find("\n", at)
        end = len(text) if found < 0 else found
        line = text[at:end].rstrip("\r")
        fence = line.lstrip().startswith(("```", "~~~"))
        fenced = fenced != fence
        if not fence and not _rule(line) and not _DEFINITION.match(line):
            joins = wrapped and not _BLOCK_LINE.match(line)
            if drawing.length:
                drawing.take(" " if joins else "\n", _range(decoded, at - 1, at), exact=not joins)
            if title is None and line.lstrip().startswith("# "):
                title = line.lstrip()[2:].strip(" #*_")
            _line(drawing, decoded, at, line, fenced)
            wrapped = len(line) >= _WRAPPED and not fenced and not line.lstrip().startswith(("#", "|")) and not line.endswith("  ")
        at = end + 1
    body, pieces = drawing.drawn()
    about = {name: next((one_line(fields[key]) for key in keys if fields.get(key)), None) for name, keys in _NAMES.items()}
    about["title"] = about["title"] or one_line(title)
    return Draft(body, pieces, decoded.encoding, About(**about), decoded.notices)


def _fields(front: str) -> dict[str, str]:
    """The `key: value` lines of front matter. Not YAML: what nests stays unread."""
    found: dict[str, str] = {}
    for line in front.splitlines():
        field = _FIELD.match(line)
        if field:
            value = field.group(2)
            if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            found.setdefault(field.group(1).lower(), value)
    return found


def _rule(line: str) -> bool:
    """A line drawn with markup, an underline of a heading, or the row under a table's head."""
    marks = set(line) - set(" \t")
    return (
        bool(marks) and (marks <= set("-|:") or (len(marks) == 1 and marks <= set("*_="))) and any(line.count(mark) >= 3 for mark in marks)
    )


def _line(drawing: Drawing, decoded: Decoded, at: int, line: str, fenced: bool) -> None:
    if fenced:
        _take(drawing, decoded, at, at + len(line))
        return
    lead = _LEAD.match(line)
    heading = line.lstrip().startswith("#")
    shown = line.rstrip().rstrip("#").rstrip() if heading else line.rstrip()
    start, end = at + (lead.end() if lead else 0), at + len(shown)
    for mark in _MARKUP.finditer(decoded.text, start, max(start, end)):
        _take(drawing, decoded, start, mark.start())
        start = mark.end() - 1 if mark.lastgroup == "escape" else mark.end()
    _take(drawing, decoded, start, end)


def _take(drawing: Drawing, decoded: Decoded, start: int, end: int) -> None:
    if end > start:
        drawing.take(decoded.text[start:end], _range(decoded, start, end))


def _range(decoded: Decoded, start: int, end: int) -> ByteRange:
    return ByteRange("", decoded.byte_at(start), decoded.byte_at(end))

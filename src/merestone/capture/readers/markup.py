"""HTML as a row of tokens with their places, in one pass over the text, however broken it is.

Every step moves forward, so the time is linear; nothing is run, fetched or nested. `html.parser` has quadratic corners.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_OPENING = re.compile(r"<(?=[A-Za-z!?/])")  # any other bracket is text
_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(r"[^\s/>=][^\s/>=]*")
_SPACE = re.compile(r"[\s/]*")
_EQUALS = re.compile(r"\s*=\s*")
_BARE = re.compile(r"[^\s>]*")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"})
ENTITY = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,30};?)")


@dataclass(frozen=True, slots=True)
class Token:
    """`kind`: text, open, close, raw (the content of the element `name`, a title or a script). `start:end` in code points."""

    kind: str
    start: int
    end: int
    name: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    closed: bool = False  # <br/>


def tokens(text: str) -> Iterator[Token]:
    at, length = 0, len(text)
    while at < length:
        found = _OPENING.search(text, at)
        if found is None:
            yield Token("text", at, length)
            return
        opening = found.start()
        if opening > at:
            yield Token("text", at, opening)
        token, at = _after_bracket(text, opening)
        if token is None:
            continue
        yield token
        if token.kind == "open" and token.name in _RAW:
            end, at = _raw_end(text, at, token.name)
            yield Token("raw", token.end, end, token.name)
            yield Token("close", end, at, token.name)


def _after_bracket(text: str, opening: int) -> tuple[Token | None, int]:
    following = text[opening + 1 : opening + 2]
    if following.isascii() and following.isalpha():
        return _tag(text, opening, opening + 1, "open")
    if following == "/" and text[opening + 2 : opening + 3].isalpha():
        return _tag(text, opening, opening + 2, "close")
    mark = "-->" if text.startswith("<!--", opening) else "]]>" if text.startswith("<![CDATA[", opening) else ">"
    found = text.find(mark, opening + 2)
    return None, len(text) if found < 0 else found + len(mark)


def _tag(text: str, opening: int, at: int, kind: str) -> tuple[Token | None, int]:
    name = _NAME.match(text, at)
    if name is None:  # a letter that is not ASCII after "</"
        found = text.find(">", at)
        return None, len(text) if found < 0 else found + 1
    attributes: dict[str, str] = {}
    at, closed = name.end(), False
    while at < len(text):
        space = _SPACE.match(text, at)
        after = space.end() if space else at
        closed = after > at and text[after - 1] == "/"
        at = after
        if text[at : at + 1] == ">":
            return Token(kind, opening, at + 1, name.group().lower(), attributes, closed), at + 1
        attribute = _ATTRIBUTE.match(text, at)
        if attribute is None:
            at += 1
            continue
        key, at = attribute.group().lower(), attribute.end()
        equals = _EQUALS.match(text, at)
        value = ""
        if equals:
            value, at = _value(text, equals.end())
            if at < 0:
                break
        attributes.setdefault(key, unescape(value) if "&" in value else value)
    return None, len(text)  # the text ended inside the tag


def _value(text: str, at: int) -> tuple[str, int]:
    quote = text[at : at + 1]
    if quote in ('"', "'") and quote:
        found = text.find(quote, at + 1)
        return ("", -1) if found < 0 else (text[at + 1 : found], found + 1)
    bare = _BARE.match(text, at)
    return (bare.group(), bare.end()) if bare else ("", at)


def _raw_end(text: str, at: int, name: str) -> tuple[int, int]:
    """Where the raw content ends and where its closing tag ends. Scripts may be many: the search goes forward only."""
    found = re.compile(rf"</{re.escape(name)}\s*/?>", re.IGNORECASE).search(text, at)
    return (found.start(), found.end()) if found else (len(text), len(text))

"""Is a quotation open at a place of the text? Marks of several scripts, read in order.

A low mark („) says that “ closes; without one “ opens. Asked of a long line, no mark is read twice.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from merestone.extract.tokens import Layout

_MARK = re.compile('["“”„«»]')


def still_quoted(text: str, quoted: bool) -> bool:
    """Is a quotation open at the end of the text? `quoted`: it was at its beginning."""
    low = "„" in text
    for mark in _MARK.findall(text):
        quoted = _behind(mark, quoted, low)
    return quoted


def _behind(mark: str, quoted: bool, low: bool) -> bool:
    """Is a quotation open behind the mark?"""
    if mark == '"' or (mark == "“" and low and quoted):
        return not quoted
    return mark in "“«„"


def opens_quotation(text: str, start: int) -> bool:
    """Does a quotation begin here?"""
    return text[start : start + 2].lstrip("-–— ")[:1] in tuple('"“„«')


def quoted(layout: Layout, paragraph: int, position: int) -> bool:
    """Does a position stand inside quotation marks of its paragraph?"""
    places, plain, low, first = layout.found.get(("quoted", paragraph)) or _marked(layout, paragraph)
    before = bisect_left(places, position)
    return (low if first < position else plain)[before]


def _marked(layout: Layout, paragraph: int) -> tuple[list[int], list[bool], list[bool], int]:
    """The places of all marks of a paragraph; whether a quotation is open before each and behind the last, read without and with a
    low mark; where the first low mark stands."""
    start, end = layout.paragraphs[paragraph]
    marks = list(_MARK.finditer(layout.text, start, end))
    states: tuple[list[bool], list[bool]] = ([False], [False])
    for mark in marks:
        for low, state in enumerate(states):
            state.append(_behind(mark.group(), state[-1], bool(low)))
    first = next((mark.start() for mark in marks if mark.group() == "„"), end)
    known = layout.found[("quoted", paragraph)] = ([mark.start() for mark in marks], *states, first)
    return known

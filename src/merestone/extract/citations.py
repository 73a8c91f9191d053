"""Documents that a text relies on: footnote marks, reports that it names, links.

A cited document that nobody here holds is *cited, not received* and is no voice: the caller says which ones are held.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from merestone.extract.speech import Setting
from merestone.extract.terms import Citation
from merestone.extract.tokens import Token

_NOTE = re.compile(r"\[\d{1,3}\]|[¹²³⁴-⁹⁰]+|\[(?:note|ref)\.?\s*\d+\]", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|www\.)([^\s/<>\"')\]]+)[^\s<>\"')\]]*", re.IGNORECASE)


def find_citations(setting: Setting, received: Callable[[str], bool]) -> tuple[Citation, ...]:
    """In text order. `by` is the body cited as the pack names it, else the document's name as written."""
    found: list[Citation] = []
    for match in _NOTE.finditer(setting.text):
        by = _before_note(setting, match)
        if by:
            found.append(Citation(by, match.start(), match.end(), received(by)))
    for row, match in setting.hits("citations"):
        made = _report(setting, match, str(row.facts["who"]))
        if made is not None and not any(c.start < made[2] and made[1] < c.end for c in found):
            found.append(Citation(made[0], made[1], made[2], received(made[0])))
    found += [Citation(m.group(1), m.start(), m.end(), received(m.group(1))) for m in _LINK.finditer(setting.text)]
    return tuple(sorted(found, key=lambda c: (c.start, c.end)))


def _before_note(setting: Setting, match: re.Match[str]) -> str:
    """What a mark stands at: the body named right before it, else the words of its noun phrase, else the note itself."""
    if setting.text[: match.start()].rsplit("\n", 1)[-1].strip() == "":
        return ""  # the note's own line, not a mark in the text
    sentence = setting.sentence(max(0, match.start() - 1))
    words = list(setting.layout.within(sentence.start, match.start()))[-8:]
    if not words or setting.text[words[-1].end : match.start()].strip(" \"”’'»)"):
        return match.group().strip("[]")
    found = _speaker(setting, words[0].start, match.start())
    if found:
        return found
    kept: list[Token] = []
    stops = setting.rules.words("breakers") | setting.rules.words("determiners") | setting.rules.words("citation_stops")
    for token in reversed(words):
        if token.folded in stops or (kept and setting.text[token.end : kept[-1].start].strip(' -“"')):
            break
        kept.append(token)
    return setting.text[kept[-1].start : words[-1].end] if kept else match.group().strip("[]")


def _speaker(setting: Setting, start: int, end: int) -> str:
    """Whom the words that end at `end` name."""
    for token in setting.layout.within(start, end):
        speaker = setting.who.named(token.start, end)
        if speaker is not None and start <= speaker.start and speaker.end >= end - 2:
            return speaker.name
    for mention in setting.mentions_in(start, end):
        if mention.end == end and mention.sources:
            return mention.sources[0]
    return ""


def _report(setting: Setting, match: re.Match[str], who: str) -> tuple[str, int, int] | None:
    sentence = setting.sentence(match.start())
    if who == "after":
        limit = min(sentence.end, match.end() + 120)
        for token in setting.layout.within(match.end(), limit)[:6]:
            speaker = setting.who.named(token.start, token.end)
            if speaker is not None and speaker.start <= token.start:
                return speaker.name, match.start(), max(match.end(), speaker.end)
            mention = next((m for m in setting.mentions_in(token.start, limit) if m.start == token.start and m.sources), None)
            if mention is not None:
                return mention.sources[0], match.start(), mention.end
        return None
    author = setting.author(match.start())
    if author.name and author.start < match.start():
        return author.name, match.start(), match.end()
    return None

"""Lists of asks: "we call on X to:" and every line that follows, "Recommendations", "To X:" and its lines.

Each line of such a list is one ask. Where the head names nobody, a line may name whom it asks itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from merestone.extract.bodies import bodies
from merestone.extract.speech import Author, Setting

BULLET = re.compile(r"^\s*(?:[•·▪◦‣*–—-]|\(?(?:\d{1,2}|[a-z])[.)])\s+")


@dataclass(frozen=True, slots=True)
class Ask:
    """One ask before it is summed up. `kept` is False for what is no ask of this text's own, but still nothing that happened."""

    author: Author
    to: tuple[str, ...]
    start: int
    ask_start: int
    end: int
    rule: str
    kept: bool = True
    asked_end: int = -1  # where what is asked ends, if the verb of asking stands behind it

    @property
    def first_person(self) -> bool:
        return self.author.first_person

    @property
    def until(self) -> int:
        return self.end if self.asked_end < 0 else self.asked_end


def refused(setting: Setting, start: int) -> bool:
    """Negated, or only imagined: "did not ask", "if Norland demands"."""
    sentence = setting.sentence(start)
    before = setting.text[max(sentence.start, start - 60) : start]
    near = " ".join(before.split()[-4:])
    rules = setting.rules
    return bool(rules.expression("not_asked").search(near)) or bool(rules.expression("conditions").search(before))


def listed_asks(setting: Setting) -> Iterable[Ask]:
    """ "We call on X to:" and every line of the list that follows; "Recommendations", "To X:" and its lines."""
    text, paragraphs = setting.text, setting.layout.paragraphs
    for n, (start, end) in enumerate(paragraphs):
        if not text[start:end].rstrip().endswith(":"):
            continue
        head = _list_head(setting, start, end)
        if head is None:
            continue
        author, to, rule = head
        open_line = False
        for begin, stop in paragraphs[n + 1 :]:
            line = text[begin:stop]
            bullet = BULLET.match(line)
            body = line[bullet.end() :] if bullet else line.lstrip()
            if line.rstrip().endswith(":") or not (bullet or open_line or body[:1].islower()):
                break
            inner_start = stop - len(body)
            own_to, ask_start = _own_addressee(setting, inner_start, stop) if not to else (to, inner_start)
            begin_at, end_at = setting.trimmed(inner_start, stop)
            ending = text[begin_at:stop].rstrip()
            joined = setting.rules.expression("list_ends").search(text, begin_at, stop)
            if joined is not None:
                end_at = setting.trimmed(begin_at, joined.start())[1]
            yield Ask(author, own_to, begin_at, max(begin_at, ask_start), end_at, rule)
            open_line = ending.endswith((";", ",")) or joined is not None
            if ending.endswith(".") and not bullet:
                break


def _list_head(setting: Setting, start: int, end: int) -> tuple[Author, tuple[str, ...], str] | None:
    for row in setting.rules.rows("appeals_lists"):
        for match in row.find.finditer(setting.text, start, end):
            if not re.fullmatch(r"\s*:\s*", setting.text[_after_link(setting, match.end(), end) : end]):
                continue
            link = next(iter(list(setting.rules.expression("list_links").finditer(setting.text, match.end(), end))[-1:]), None)
            to = bodies(setting, match.end(), link.start() if link else end - 1)
            author = setting.spoken(match.start(), match.start()) if row.facts.get("heading") else setting.author(match.start())
            if row.facts.get("heading") and not to:
                continue
            return replace(author, first_person=author.first_person or bool(row.facts.get("heading"))), to, row.id
    return None


def _after_link(setting: Setting, start: int, end: int) -> int:
    colon = setting.text.rfind(":", start, end)
    return colon if colon >= 0 else end


def _own_addressee(setting: Setting, start: int, stop: int) -> tuple[tuple[str, ...], int]:
    for link in setting.rules.expression("to_do").finditer(setting.text, start, min(stop, start + 200)):
        to = bodies(setting, start, link.start())
        return (to, link.end()) if to else ((), start)
    return (), start

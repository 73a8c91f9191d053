"""Templates of a time table and its lists of words as patterns, and which rules a text can match by how it begins.

A pattern is compiled when a text first begins like something it matches: of the hundreds of a language most texts need a few dozen.
Everything from the data is escaped, and a bad template is refused when it is loaded, not when it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from merestone.ledger.terms import Refusal

if TYPE_CHECKING:
    from merestone.extract.time_rules import Rule

GAP = r"(?:[^\S\n]{1,3}|[^\S\n]?\n[^\S\n]?(?!\s))"
DASH = "[-‐‑–—]"
LEFT = r"(?<![\w$€£#№@])(?<!\d[.,:/])(?<![A-Z0-9][-‑])"
RIGHT = r"(?!\w)(?![.,:/]\d)"
YEAR, HOUR, DAY = r"(?:1[89]|20)\d\d", r"(?:2[0-4]|[01]?\d)", r"(?:3[01]|[12]\d|0?[1-9])"
DIGITS = "0"  # the key of what starts with a digit
BEHIND = 4  # signs of a text behind its first word by which rules are told apart
REMEMBERED, LONGEST = 8_192, 60  # beginnings of texts, and their length
NUMERIC = {
    "dd": DAY, "n1": DAY, "n2": DAY, "mm": r"(?:1[0-2]|0?[1-9])", "year": YEAR, "year2": YEAR, "yy": r"\d\d", "decade": r"(?:1[89]|20)\d0",
    "hour": HOUR, "hour2": HOUR, "minute": r"[0-5]\d", "minute2": r"[0-5]\d", "second": r"[0-5]\d", "hhmm": r"(?:2[0-3]|[01]\d)[0-5]\d",
    "number": r"\d{1,3}", "nth": DAY, "sign": r"[+−–-]", "offset_hour": r"(?:1[0-4]|0?\d)", "offset_minute": r"[0-5]\d",
}  # fmt: skip
FIGURES = {
    "year": (4,),
    "year2": (4,),
    "decade": (4,),
    "hhmm": (4,),
    "yy": (2,),
    "minute": (2,),
    "minute2": (2,),
    "second": (2,),
    "offset_minute": (2,),
    "number": (1, 2, 3),
}  # how many figures a slot has, if not one or two
LISTS = {"month": "month", "month2": "month", "weekday": "weekday", "half": "half", "half2": "half", "count": "count", "unit": "unit", "period": "period", "season": "season",
         "which": "which", "part": "part", "edge": "edge", "zone": "zone", "hour_word": "hour_word", "day_word": "day_word"}  # fmt: skip


def folded(word: str) -> str:
    """Without capitals; the dotted capital I of some alphabets is a small i, and no two letters."""
    return word.casefold().replace("i\u0307", "i")


def norm(word: str) -> str:
    """The form under which a word of the data is looked up."""
    return " ".join(folded(word.replace("’", "'")).split())


_SAME = str.maketrans(dict.fromkeys("‐‑–—", "-") | {"’": "'"})


def plain(text: str) -> str:
    """Without what patterns do not tell apart: capitals, kinds of apostrophes and dashes, gaps, and which figure it is."""
    return re.sub(r"\d", "0", "".join(folded(text).translate(_SAME).split()))


@dataclass(frozen=True)
class Way:
    """One template of a rule."""

    rule: Rule
    template: str
    expression: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.expression)


def cased(word: str) -> set[str]:
    """The ways in which a word may be written: as given, with a capital, in capitals, and with a dotted capital I where it begins with i."""
    forms = {word, word[:1].upper() + word[1:], word.upper()}
    return forms | {"İ" + word[1:], "İ" + word[1:].upper()} if word[:1] == "i" else forms


def normed(word: str) -> tuple[str, ...]:
    """Under which forms a word is looked up that may be written in capitals: in some alphabets these lose what tells two letters apart."""
    return tuple({norm(form): None for form in sorted(cased(word))})


def _atom(char: str) -> str:
    """One character of the data as a pattern: gaps, apostrophes and hyphens in all their forms, the rest escaped."""
    return {" ": GAP, "'": "['’]", "-": DASH}.get(char, re.escape(char))


def any_of(words: Iterable[str]) -> str:
    """An alternation of all forms of the words, as a tree by first letters: the longest wins, and it is quick to test and to build."""
    tree: dict[str, Any] = {}
    for form in {form.strip() for word in words for form in cased(word)}:
        node = tree
        for char in form:
            node = node.setdefault(_atom(char), {})
        node[""] = {}
    return _branches(tree)


def _branches(node: Mapping[str, Any]) -> str:
    options = [key + _branches(child) for key, child in sorted(node.items()) if key]
    body = options[0] if len(options) == 1 and "" not in node else f"(?:{'|'.join(options)})" if options else ""
    return body + "?" if options and "" in node else body


def neighbour(words: Iterable[Any] | None, where: str, frame: str) -> re.Pattern[str]:
    listed = [str(word) for word in words or ()]
    if not listed:
        raise Refusal("rules_empty", language=where, part="time: labels or units")
    return re.compile(frame % any_of(listed))


class Templates:
    """Turns a template into a pattern, and says with which words it may start and how it may go on."""

    def __init__(self, where: str, lists: Mapping[str, list[str]], suffixes: list[str]) -> None:
        self.where = where
        self.lists = lists
        ending = "|".join(re.escape(s) for s in suffixes)
        self.slots = dict(NUMERIC)
        for slot in ("day", "day2", "day3"):
            self.slots[slot] = rf"{DAY}(?:{ending})?" if ending else DAY
        self.slots["ordinal"] = rf"{DAY}(?:{ending})" if ending else DAY
        self.slots["name"] = r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)?"
        self.slots.update({slot: any_of(lists[key]) for slot, key in LISTS.items() if key in lists})
        self._plain = {slot: tuple("0" * many for many in FIGURES.get(slot, (1, 2))) for slot in NUMERIC} | {"sign": ("+", "−", "-")}
        endings = [plain(form) for suffix in suffixes for form in cased(suffix)]
        for slot in ("ordinal", "day", "day2", "day3"):
            self._plain[slot] = tuple(day + ending for day in ("0", "00") for ending in (endings if slot == "ordinal" else ["", *endings]))
        self._cuts: dict[tuple[str, int], tuple[str, ...]] = {}
        for slot, key in LISTS.items():
            self._plain[slot] = tuple({plain(form) for word in lists.get(key, ()) for form in cased(word)})

    def expression(self, template: str, left: str = LEFT, name: bool = False) -> str:
        slots = re.findall(r"\{(\w+)\}", template)
        body, at = self._sequence(template, 0, "")
        if at < len(template) or not body or (not name and "name" in slots) or len(set(slots)) < len(slots):
            raise Refusal("rules_bad_template", language=self.where, part=f"time: {template}")
        return left + body + RIGHT

    def _sequence(self, text: str, at: int, closers: str) -> tuple[str, int]:
        out: list[str] = []
        while at < len(text) and text[at] not in closers:
            piece, at = self._piece(text, at)
            out.append(piece)
        return "".join(out), at

    def _piece(self, text: str, at: int) -> tuple[str, int]:
        char = text[at]
        if text[at : at + 3] in ("[(]", "[)]"):
            return (r"(?:[^\S\n]?\(|[^\S\n]|(?<=\())?" if text[at + 1] == "(" else r"\)?"), at + 3
        if char == "{":
            end = text.find("}", at)
            slot = text[at + 1 : end]
            if end < 0 or slot not in self.slots:
                raise Refusal("rules_unknown_slot", language=self.where, part=f"time: {text}")
            return f"(?P<{slot}>{self.slots[slot]})", end + 1
        if char in "[(":
            close = "]" if char == "[" else ")"
            branches: list[str] = []
            while True:
                body, at = self._sequence(text, at + 1, "|" + close)
                branches.append(body)
                if at >= len(text):
                    raise Refusal("rules_bad_template", language=self.where, part=f"time: {text}")
                if text[at] == close:
                    break
            return f"(?:{'|'.join(branches)})" + ("?" if char == "[" else ""), at + 1
        if char in "])}|":
            raise Refusal("rules_bad_template", language=self.where, part=f"time: {text}")
        if char == " ":
            return GAP, at + 1
        if char.isalpha():
            word = re.match(r"[^\W\d_]+", text[at:])
            end = at + (word.end() if word else 1)
            return f"(?:{'|'.join(re.escape(form) for form in sorted(cased(text[at:end])))})", end
        return {"'": "['’]", "-": DASH}.get(char, re.escape(char)), at + 1

    def starts(self, template: str) -> frozenset[str]:
        """The first words (case-folded letter runs, or DIGITS) with which a text matching the template may start."""
        found, _, _ = self._starts(template, 0, "")
        return found

    def _starts(self, text: str, at: int, closers: str) -> tuple[frozenset[str], bool, int]:
        """(words, may be empty, where it ends) of one sequence."""
        found: frozenset[str] = frozenset()
        empty = True
        while at < len(text) and text[at] not in closers:
            char = text[at]
            words: frozenset[str]
            if char == "{":
                end = text.find("}", at)
                slot = text[at + 1 : end]
                words, passing, at = self._slot_starts(slot), False, end + 1
            elif char in "[(":
                close = "]" if char == "[" else ")"
                words, passing = frozenset(), char == "["
                while True:
                    branch, hollow, at = self._starts(text, at + 1, "|" + close)
                    words, passing = words | branch, passing or hollow
                    if text[at] == close:
                        break
                at += 1
            else:
                word = re.match(r"[^\W\d_]+|.", text[at:], re.DOTALL)
                run = word.group() if word else char
                words, passing, at = (
                    (frozenset({DIGITS if run.isdigit() else folded(run)}) if run.strip() else frozenset()),
                    not run.strip(),
                    at + len(run),
                )
            if empty:
                found = found | words
                empty = passing
        return found, empty, at

    def _slot_starts(self, slot: str) -> frozenset[str]:
        if slot not in LISTS:
            return frozenset({DIGITS})
        firsts = (re.match(r"[^\W\d_]+", word) for word in self.lists[LISTS[slot]])
        return frozenset(folded(first.group()) for first in firsts if first)

    def _cut(self, slot: str, room: int) -> tuple[str, ...]:
        """The words of a slot, cut to so many signs: few are left, and they are worked out once."""
        key = (slot, room)
        if key not in self._cuts:
            self._cuts[key] = tuple({piece[: max(0, room)] for piece in self._plain[slot]})
        return self._cuts[key]

    def heads(self, template: str, first: str, most: int) -> frozenset[str]:
        """How a text may begin that matches the template and begins with `first`: as `plain` gives it, cut to `most` signs or more."""
        found, _ = self._heads(template, 0, "", frozenset({""}), (first, most))
        return found

    def _heads(self, text: str, at: int, closers: str, stems: frozenset[str], within: tuple[str, int]) -> tuple[frozenset[str], int]:
        """The stems with what one sequence adds to them, and where it ends."""
        while at < len(text) and text[at] not in closers:
            char = text[at]
            if char in "[(":
                close = "]" if char == "[" else ")"
                grown = stems if char == "[" else frozenset()
                while True:
                    branch, at = self._heads(text, at + 1, "|" + close, stems, within)
                    grown = grown | branch
                    if text[at] == close:
                        break
                stems, at = grown, at + 1
                continue
            pieces: Iterable[str]
            if char == "{":
                end = text.find("}", at)
                slot, at = text[at + 1 : end], end + 1
                room = min(map(len, stems), default=0)
                pieces = self._cut(slot, within[1] - room) if room >= len(within[0]) else self._plain[slot]
            else:
                word = re.match(r"[^\W\d_]+|.", text[at:], re.DOTALL)
                run = word.group() if word else char
                pieces, at = {plain(form) for form in cased(run)}, at + len(run)
            stems = frozenset(_grown(stems, pieces, *within))
        return stems, at


def _grown(stems: Iterable[str], pieces: Iterable[str], first: str, most: int) -> Iterator[str]:
    for stem in stems:
        if len(stem) >= most:
            yield stem
            continue
        for piece in pieces:
            whole = stem + piece
            if len(stem) >= len(first) or whole.startswith(first) or first.startswith(whole):
                yield whole[:most]


class Beginnings:
    """Which rules a text may match that begins as it does: by its first word or figures, and by what stands behind them."""

    def __init__(self, templates: Templates, by_word: Mapping[str, Sequence[Way]]) -> None:
        self._templates = templates
        self._by_word = by_word
        self._tables: dict[str, tuple[dict[str, set[int]], dict[str, set[int]]]] = {}
        self.known: dict[str, tuple[tuple[Rule, re.Pattern[str]], ...]] = {}

    def fitting(self, begin: str, word: str) -> tuple[tuple[Rule, re.Pattern[str]], ...]:
        """The rules that `begin` does not exclude, in their order: the first word of a text and the `BEHIND` signs behind it."""
        first = DIGITS if word[0].isdigit() else folded(word)
        ways, lead = self._by_word.get(first, ()), "0" * min(len(word), 6) if first == DIGITS else plain(word)
        if lead not in self._tables:
            self._tables[lead] = self._table(ways, lead)
        going, over = self._tables[lead]
        shown = plain(begin)[: len(lead) + BEHIND]
        fits = going.get(shown, set()).union(*(over[part] for end in range(len(shown)) if (part := shown[:end]) in over))
        found = tuple((ways[number].rule, ways[number].pattern) for number in sorted(fits))
        if len(begin) <= LONGEST:
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[begin] = found
        return found

    def _table(self, ways: Sequence[Way], lead: str) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
        """Which templates go on from a beginning, and which may be at their end there."""
        going: dict[str, set[int]] = {}
        over: dict[str, set[int]] = {}
        for number, way in enumerate(ways):
            for head in self._templates.heads(way.template, lead, len(lead) + BEHIND):
                over.setdefault(head, set()).add(number)
                for end in range(len(lead), len(head) + 1):
                    going.setdefault(head[:end], set()).add(number)
        return going, over

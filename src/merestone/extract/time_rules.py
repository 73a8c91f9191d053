"""The rules by which a language says when: `packs/languages/<language>/time.yaml`, compiled to patterns.

Everything from the data is escaped before it becomes part of a pattern, and an empty or unknown set is refused. A template is
words, `{slot}`, `[optional]` and `(one|other)`; a space is any gap inside a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from merestone.extract.time_terms import Part
from merestone.ledger.terms import Refusal

GAP = r"(?:[^\S\n]{1,3}|[^\S\n]?\n[^\S\n]?(?!\s))"
DASH = "[-‐‑–—]"
LEFT = r"(?<![\w$€£#№@])(?<!\d[.,:/])(?<![A-Z0-9][-‑])"
RIGHT = r"(?!\w)(?![.,:/]\d)"
READS = ("at", "shift", "window", "duration", "repeated")
DIGITS = "0"  # the key of what starts with a digit
YEAR, HOUR, DAY = r"(?:1[89]|20)\d\d", r"(?:2[0-4]|[01]?\d)", r"(?:3[01]|[12]\d|0?[1-9])"
NUMERIC = {
    "dd": DAY, "n1": DAY, "n2": DAY, "mm": r"(?:1[0-2]|0?[1-9])", "year": YEAR, "year2": YEAR, "yy": r"\d\d", "decade": r"(?:1[89]|20)\d0",
    "hour": HOUR, "hour2": HOUR, "minute": r"[0-5]\d", "minute2": r"[0-5]\d", "second": r"[0-5]\d", "hhmm": r"(?:2[0-3]|[01]\d)[0-5]\d",
    "number": r"\d{1,3}", "sign": r"[+−–-]", "offset_hour": r"(?:1[0-4]|0?\d)", "offset_minute": r"[0-5]\d",
}  # fmt: skip
LISTS = {"month": "month", "month2": "month", "weekday": "weekday", "half": "half", "half2": "half", "count": "count", "unit": "unit", "period": "period", "season": "season",
         "which": "which", "part": "part", "edge": "edge", "zone": "zone", "hour_word": "hour_word"}  # fmt: skip
MANY = 4  # from so many rules on, one test for all of them comes first
UNITS = ("minute", "hour", "day", "week", "month", "year")
WHICH = ("last", "this", "next", "before", "same", "after")


@dataclass(frozen=True, slots=True)
class Before:
    """Words in front of a time and what they make of it."""

    id: str
    words: str
    kind: str = "point"
    opens: bool = False
    approximate: bool = False
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the data. `read` names how the engine understands its slots; the other fields are conditions on the neighbours."""

    id: str
    read: str
    patterns: tuple[re.Pattern[str], ...]
    sets: Mapping[str, Any]
    needs: frozenset[str] = frozenset()
    needs_any: frozenset[str] = frozenset()
    next_words: frozenset[str] = frozenset()
    next_not: frozenset[str] = frozenset()
    not_units: bool = False
    next_digit: bool = False


@dataclass(frozen=True, slots=True)
class Bucket:
    """The rules that may start with one word: a quick test where they are many, then each."""

    quick: re.Pattern[str] | None
    rules: tuple[tuple[Rule, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class ZoneRule:
    id: str
    patterns: tuple[re.Pattern[str], ...]
    local: bool


@dataclass(frozen=True, slots=True)
class TimeRules:
    """The compiled data of one language."""

    language: str
    numeric_order: str
    values: Mapping[str, Mapping[str, Any]]  # list -> word -> value
    scan: re.Pattern[str]  # the words and digits with which a rule may start
    buckets: Mapping[str, Bucket]
    before: Mapping[str, Before]
    before_scan: re.Pattern[str]
    range_id: str
    range_join: frozenset[str]
    range_join_after: Mapping[str, frozenset[str]]
    glue: frozenset[str]
    zones: tuple[ZoneRule, ...]
    label_before: re.Pattern[str]
    label_after: re.Pattern[str]
    until_after: re.Pattern[str]
    units: re.Pattern[str]
    edge_of_day: Mapping[str, tuple[int, int]]


def norm(word: str) -> str:
    """The form under which a word of the data is looked up."""
    return " ".join(word.replace("’", "'").casefold().split())


def load_times(language_data: Mapping[str, Any]) -> TimeRules:
    """Compile the content of a `time.yaml`. Raises Refusal(rules_…) for an empty set, an unknown slot, or an id used twice."""
    data = language_data
    where = str(data.get("language", "?"))
    for key in ("words", "before", "ranges", "rules", "edge_of_day", "edges", "units"):
        if not data.get(key):
            raise Refusal("rules_empty", language=where, part=f"time: {key}")
    values = _values(data, where)
    compiler = _Compiler(where, _lists(values, data), [str(s) for s in data.get("ordinal_suffixes", [])])
    before = {form: _before(entry, w) for entry in data["before"] for w in map(str, entry["words"]) for form in _normed(w)}
    rules = tuple(_rule(entry, compiler, frozenset(before), where) for entry in data["rules"])
    ids = [rule.id for rule in rules]
    if len(set(ids)) < len(ids):
        raise Refusal("rules_id_twice", language=where, part=f"time: {min(i for i in ids if ids.count(i) > 1)}")
    buckets = _buckets(data["rules"], rules, compiler)
    ranges, labels = data["ranges"], data.get("labels", {})
    return TimeRules(
        language=where,
        numeric_order=str(data.get("numeric_order", "dmy")),
        values=values,
        scan=re.compile(rf"(?<![^\W_])(?:\d+|(?:{_any(word for word in buckets if word != DIGITS)})(?![^\W_]))"),
        buckets=buckets,
        before=before,
        before_scan=re.compile(rf"(?<!\w)(?:{_any(before)})(?:{GAP}|(?<=[-‑]))$"),
        range_id=str(ranges["id"]),
        range_join=frozenset(norm(w) for w in ranges["join"]),
        range_join_after={norm(k): frozenset(norm(w) for w in v) for k, v in ranges.get("join_after", {}).items()},
        glue=frozenset(norm(w) for w in ranges["glue"]),
        zones=tuple(
            ZoneRule(z["id"], tuple(compiler.compile(t, left="", name=True) for t in z["match"]), bool(z.get("local", False)))
            for z in data["zones"]
        ),
        label_before=_neighbour(labels.get("before"), where, r"(?<!\w)(?:%s) (?:the )?$"),
        label_after=_neighbour(labels.get("after"), where, r"[ \u00a0](?:%s)(?!\w)"),
        until_after=_neighbour(data.get("until_after", ["(?!)"]), where, r"[ \u00a0](?:%s)(?!\w)"),
        units=_neighbour(data["units"], where, rf"(?:{GAP}|-)?(?:%s)(?!\w)"),
        edge_of_day={str(k): (minutes(v[0]), minutes(v[1])) for k, v in data["edge_of_day"].items()},
    )


def minutes(clock: str) -> int:
    hour, minute = str(clock).split(":")
    return int(hour) * 60 + int(minute)


# --- words --------------------------------------------------------------------------------------------------------


def _values(data: Mapping[str, Any], where: str) -> dict[str, dict[str, Any]]:
    words = data["words"]
    for key in ("month", "weekday", "half", "count", "unit", "period", "season", "which", "part", "zone"):
        if not words.get(key) or any(not entry for entry in words[key].values()):
            raise Refusal("rules_empty", language=where, part=f"time: words: {key}")
    if unknown := ((set(words["unit"]) | set(words["period"])) - set(UNITS)) | (set(words["which"]) - set(WHICH)):
        raise Refusal("rules_unknown_word", language=where, part=f"time: {min(unknown)}")
    found: dict[str, dict[str, Any]] = {}
    for key, entries in words.items():
        listed = [(str(w), _value(key, k, e)) for k, e in entries.items() for w in (e["words"] if key == "part" else e)]
        found[key] = {form: value for word, value in listed for form in _normed(word)}
    found["part_by_name"] = {str(k): _value("part", k, e) for k, e in words["part"].items()}
    found["edge"] = {form: k for k, entry in data["edges"].items() for w in entry for form in _normed(str(w))}
    found["hour_word"] = {
        w: int(low) for w, (low, high) in found["count"].items() if low == high and 1 <= low <= 12 and low == int(low) and w.isalpha()
    }
    return found


def _value(key: str, name: Any, entry: Any) -> Any:
    if key == "part":
        return Part(str(name), minutes(entry["from"]), minutes(entry["to"]), str(entry.get("date", "")))
    if key in ("month", "weekday"):
        return int(name)
    if key in ("count", "season"):
        low, _, high = str(name).partition("-")
        return (float(low), float(high or low)) if key == "count" else (int(low), int(high))
    return str(name)


def _lists(values: Mapping[str, Mapping[str, Any]], data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The words as written (capitals matter), by list."""
    written: dict[str, list[str]] = {"edge": [str(w) for entry in data["edges"].values() for w in entry]}
    for key, entries in data["words"].items():
        written[key] = [str(w) for e in entries.values() for w in (e["words"] if key == "part" else e)]
    written["hour_word"] = list(values["hour_word"])
    return written


def _before(entry: Mapping[str, Any], words: str) -> Before:
    return Before(
        str(entry["id"]), norm(words), str(entry.get("kind", "point")), bool(entry.get("opens", False)), bool(entry.get("approximate", False)),
        str(entry.get("edge", "")),
    )  # fmt: skip


def _cased(word: str) -> set[str]:
    """The ways in which a word may be written: as given, with a capital, in capitals."""
    return {word, word[:1].upper() + word[1:], word.upper()}


def _normed(word: str) -> tuple[str, ...]:
    """Under which forms a word is looked up that may be written in capitals: in some alphabets these lose what tells two letters apart."""
    return tuple({norm(form): None for form in sorted(_cased(word))})


def _atom(char: str) -> str:
    """One character of the data as a pattern: gaps, apostrophes and hyphens in all their forms, the rest escaped."""
    return {" ": GAP, "'": "['’]", "-": DASH}.get(char, re.escape(char))


def _any(words: Iterable[str]) -> str:
    """An alternation of all forms of the words, as a tree by first letters: the longest wins, and it is quick to test and to build."""
    tree: dict[str, Any] = {}
    for form in {form.strip() for word in words for form in _cased(word)}:
        node = tree
        for char in form:
            node = node.setdefault(_atom(char), {})
        node[""] = {}
    return _branches(tree)


def _branches(node: Mapping[str, Any]) -> str:
    options = [key + _branches(child) for key, child in sorted(node.items()) if key]
    body = options[0] if len(options) == 1 and "" not in node else f"(?:{'|'.join(options)})" if options else ""
    return body + "?" if options and "" in node else body


def _neighbour(words: Iterable[Any] | None, where: str, frame: str) -> re.Pattern[str]:
    listed = [str(word) for word in words or ()]
    if not listed:
        raise Refusal("rules_empty", language=where, part="time: labels or units")
    return re.compile(frame % _any(listed))


# --- templates ----------------------------------------------------------------------------------------------------


class _Compiler:
    """Turns a template into a pattern, and says with which words it may start."""

    def __init__(self, where: str, lists: Mapping[str, list[str]], suffixes: list[str]) -> None:
        self.where = where
        self.lists = lists
        ending = "|".join(re.escape(s) for s in suffixes)
        self.slots = dict(NUMERIC)
        for slot in ("day", "day2", "day3"):
            self.slots[slot] = rf"{DAY}(?:{ending})?" if ending else DAY
        self.slots["ordinal"] = rf"{DAY}(?:{ending})" if ending else DAY
        self.slots["name"] = r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)?"
        self.slots.update({slot: _any(lists[key]) for slot, key in LISTS.items()})

    def compile(self, template: str, left: str = LEFT, name: bool = False) -> re.Pattern[str]:
        body, at = self._sequence(template, 0, "")
        if at < len(template) or not body or (not name and "{name}" in template):
            raise Refusal("rules_bad_template", language=self.where, part=f"time: {template}")
        return re.compile(left + body + RIGHT)

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
            forms = sorted(_cased(text[at:end])) if len(text[at:end]) > 1 else [text[at:end]]
            return f"(?:{'|'.join(re.escape(form) for form in forms)})", end
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
                    (frozenset({DIGITS if run.isdigit() else run.casefold()}) if run.strip() else frozenset()),
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
        return frozenset(first.group().casefold() for first in firsts if first)


def _rule(entry: Mapping[str, Any], compiler: _Compiler, before: frozenset[str], where: str) -> Rule:
    name = str(entry.get("id", "?"))
    if entry.get("read") not in READS or not entry.get("match"):
        raise Refusal("rules_empty", language=where, part=f"time: {name}: match or read")
    conditions = {
        key: frozenset(norm(str(word)) for word in entry.get(key, ())) for key in ("needs", "needs_any", "next_words", "next_not")
    }
    if stray := (conditions["needs"] | conditions["needs_any"]) - before:
        raise Refusal("rules_unknown_word", language=where, part=f"time: {name}: needs {min(stray)!r}, which `before` does not list")
    for template in map(str, entry["match"]) if entry["read"] == "shift" else ():
        if not _says_how_far({*entry.get("sets", {}), *re.findall(r"\{(\w+)\}", re.sub(r"\[[^\]]*\]", "", template))}):
            raise Refusal("rules_empty", language=where, part=f"time: {name}: how far {template!r} is away")
    return Rule(
        id=name,
        read=str(entry["read"]),
        patterns=tuple(compiler.compile(str(template)) for template in entry["match"]),
        sets=dict(entry.get("sets", {})),
        not_units=bool(entry.get("not_units", False)),
        next_digit=bool(entry.get("next_digit", False)),
        **conditions,
    )


def _says_how_far(told: set[str]) -> bool:
    """Whether a shift can be worked out of what its template and its `sets` are sure to tell (times._shifted)."""
    if told & {"month", "season", "which"}:
        return True
    return "base" in told and bool(told & {"unit", "period"}) and ("by" in told or ("sign" in told and bool(told & {"count", "number"})))


def _buckets(entries: Iterable[Mapping[str, Any]], rules: Iterable[Rule], compiler: _Compiler) -> dict[str, Bucket]:
    gathered: dict[str, list[tuple[Rule, re.Pattern[str]]]] = {}
    for entry, rule in zip(entries, rules, strict=True):
        for template, pattern in zip(entry["match"], rule.patterns, strict=True):
            for word in compiler.starts(str(template)):
                gathered.setdefault(word, []).append((rule, pattern))
    return {word: Bucket(_quick(found) if len(found) > MANY else None, tuple(found)) for word, found in gathered.items()}


def _quick(found: Iterable[tuple[Rule, re.Pattern[str]]]) -> re.Pattern[str]:
    parts = (re.sub(r"\?P<\w+>", "?:", pattern.pattern.removeprefix(LEFT).removesuffix(RIGHT)) for _, pattern in found)
    return re.compile(f"{LEFT}(?:{'|'.join(parts)}){RIGHT}")

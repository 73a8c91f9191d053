"""The rules by which a language says when: `packs/languages/<language>/time.yaml`, compiled to patterns.

Everything from the data is escaped before it becomes part of a pattern, and an empty or unknown set is refused. A template is
words, `{slot}`, `[optional]` and `(one|other)`; a space is any gap inside a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from merestone.extract.time_templates import DIGITS, GAP, Beginnings, Templates, Way, any_of, neighbour, norm, normed
from merestone.extract.time_terms import Part
from merestone.ledger.terms import Refusal

READS = ("at", "shift", "window", "duration", "repeated")
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
    sets: Mapping[str, Any]
    needs: frozenset[str] = frozenset()
    needs_any: frozenset[str] = frozenset()
    next_words: frozenset[str] = frozenset()
    next_not: frozenset[str] = frozenset()
    not_units: bool = False
    next_digit: bool = False


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
    beginnings: Beginnings
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


def load_times(language_data: Mapping[str, Any]) -> TimeRules:
    """Compile the content of a `time.yaml`. Raises Refusal(rules_…) for an empty set, an unknown slot, or an id used twice."""
    data = language_data
    where = str(data.get("language", "?"))
    for key in ("words", "before", "ranges", "rules", "edge_of_day", "edges", "units"):
        if not data.get(key):
            raise Refusal("rules_empty", language=where, part=f"time: {key}")
    values = _values(data, where)
    templates = Templates(where, _lists(values, data), [str(s) for s in data.get("ordinal_suffixes", [])])
    before = {form: _before(entry, w) for entry in data["before"] for w in map(str, entry["words"]) for form in normed(w)}
    rules = tuple(_rule(entry, frozenset(before), where) for entry in data["rules"])
    ids = [rule.id for rule in rules]
    if len(set(ids)) < len(ids):
        raise Refusal("rules_id_twice", language=where, part=f"time: {min(i for i in ids if ids.count(i) > 1)}")
    by_word = _by_word(data["rules"], rules, templates)
    ranges, labels = data["ranges"], data.get("labels", {})
    return TimeRules(
        language=where,
        numeric_order=str(data.get("numeric_order", "dmy")),
        values=values,
        scan=re.compile(rf"(?<![^\W_])(?:\d+|(?:{any_of(word for word in by_word if word != DIGITS)})(?![^\W_]))"),
        beginnings=Beginnings(templates, by_word),
        before=before,
        before_scan=re.compile(rf"(?<!\w)(?:{any_of(before)})(?:{GAP}|(?<=[-‑]))$"),
        range_id=str(ranges["id"]),
        range_join=frozenset(norm(w) for w in ranges["join"]),
        range_join_after={norm(k): frozenset(norm(w) for w in v) for k, v in ranges.get("join_after", {}).items()},
        glue=frozenset(norm(w) for w in ranges["glue"]),
        zones=tuple(
            ZoneRule(
                z["id"], tuple(re.compile(templates.expression(t, left="", name=True)) for t in z["match"]), bool(z.get("local", False))
            )
            for z in data["zones"]
        ),
        label_before=neighbour(labels.get("before"), where, r"(?<!\w)(?:%s) (?:the )?$"),
        label_after=neighbour(labels.get("after"), where, r"[ \u00a0](?:%s)(?!\w)"),
        until_after=neighbour(data.get("until_after", ["(?!)"]), where, r"[ \u00a0](?:%s)(?!\w)"),
        units=neighbour(data["units"], where, rf"(?:{GAP}|-)?(?:%s)(?!\w)"),
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
        found[key] = {form: value for word, value in listed for form in normed(word)}
    found["part_by_name"] = {str(k): _value("part", k, e) for k, e in words["part"].items()}
    found["edge"] = {form: k for k, entry in data["edges"].items() for w in entry for form in normed(str(w))}
    found["hour_word"] = {
        w: int(low) for w, (low, high) in found["count"].items() if low == high and 1 <= low <= 12 and low == int(low) and w.isalpha()
    }
    return found


def _value(key: str, name: Any, entry: Any) -> Any:
    if key == "part":
        return Part(str(name), minutes(entry["from"]), minutes(entry["to"]), str(entry.get("date", "")))
    if key in ("month", "weekday", "day_word"):
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


def _rule(entry: Mapping[str, Any], before: frozenset[str], where: str) -> Rule:
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
        sets={key: tuple(value) if isinstance(value, list) else value for key, value in entry.get("sets", {}).items()},
        not_units=bool(entry.get("not_units", False)),
        next_digit=bool(entry.get("next_digit", False)),
        **conditions,
    )


def _says_how_far(told: set[str]) -> bool:
    """Whether a shift can be worked out of what its template and its `sets` are sure to tell (times._shifted)."""
    if told & {"month", "season", "which"}:
        return True
    return "base" in told and bool(told & {"unit", "period"}) and ("by" in told or ("sign" in told and bool(told & {"count", "number"})))


def _by_word(entries: Iterable[Mapping[str, Any]], rules: Iterable[Rule], templates: Templates) -> dict[str, list[Way]]:
    found: dict[str, list[Way]] = {}
    for entry, rule in zip(entries, rules, strict=True):
        for template in map(str, entry["match"]):
            way = Way(rule, template, templates.expression(template))
            for word in templates.starts(template):
                found.setdefault(word, []).append(way)
    return found

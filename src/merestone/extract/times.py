"""Every expression of time in a text, with its span and its rule; not yet anchored to a calendar (see time_resolve.py).

The engine knows no language: the words and templates are data. One scan over the words finds what a rule may start with, the
longest match wins, words in front ("since early", "between") are joined to it, then ranges and a date with its clock.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from merestone.extract.time_join import combine, join, labelled, zoned
from merestone.extract.time_rules import Before, Rule, TimeRules, load_times
from merestone.extract.time_templates import BEHIND, folded, norm
from merestone.extract.time_terms import Clock, Moment, Part, Shift, TimeMention, Window, YearHint

__all__ = [
    "Clock",
    "Moment",
    "Part",
    "Shift",
    "TimeMention",
    "TimeRules",
    "Window",
    "YearHint",
    "combine",
    "find_times",
    "load_times",
    "sets_context",
    "year_hint",
]

FOLLOWING = re.compile(r"[ \u00a0](?:(\d)|([^\W\d_]+))")


# --- finding ------------------------------------------------------------------------------------------------------


def find_times(text: str, rules: TimeRules) -> tuple[TimeMention, ...]:
    """Every time expression in `text`, in order, without overlap."""
    found: list[TimeMention] = []
    floor = 0
    beginnings, known = rules.beginnings, rules.beginnings.known
    for word in rules.scan.finditer(text):
        start, end = word.span()
        if start < floor:
            continue
        fitting = known.get(begin := text[start : end + BEHIND])
        if fitting is None:
            fitting = beginnings.fitting(begin, word.group())
        if not fitting:
            continue
        matches = [(rule, match) for rule, pattern in fitting if (match := pattern.match(text, start)) is not None]
        for rule, match in sorted(matches, key=lambda each: -each[1].end()):  # of two as long the first rule
            mention = _mention(text, rules, rule, match, floor, found[-1] if found else None)
            if mention is not None:
                found.append(mention)
                floor = mention.end
                break
    return join(text, found, rules)


def _mention(text: str, rules: TimeRules, rule: Rule, match: re.Match[str], floor: int, previous: TimeMention | None) -> TimeMention | None:
    start, befores = (match.start(), []) if rule.read in ("duration", "repeated") else _words_before(text, rules, match.start(), floor)
    if not _admitted(text, rules, rule, match, befores, previous):
        return None
    ends = _moments(rules, rule, match)
    if ends is None:
        return None
    first, last = ends
    kind = rule.read if rule.read in ("duration", "repeated") else "point" if last is None else "range"
    opener, approximate = "", False
    for before in befores:
        approximate = approximate or before.approximate
        if before.edge and not first.edge:
            first = replace(first, edge=before.edge, edge_of_day=rules.edge_of_day.get(before.edge))
        if before.opens:
            opener = before.words
        if kind == "point" and before.kind != "point":
            kind = before.kind
    mention = TimeMention(
        start,
        match.end(),
        kind,
        text[start : match.end()],
        rule.id,
        first,
        last,
        approximate,
        kind == "repeated",
        opener=opener,
        core=match.start(),
    )
    if first.clock is not None:
        mention = zoned(text, rules, mention)
    return labelled(text, rules, mention)


def _words_before(text: str, rules: TimeRules, start: int, floor: int) -> tuple[int, list[Before]]:
    """Take up to three phrases in front ("since early", "until about"): where they begin, and they, the nearest first."""
    found: list[Before] = []
    for _ in range(3):
        match = rules.before_scan.search(text, max(floor, start - 40), start)
        if match is None:
            break
        before = rules.before[norm(match.group())]
        found.append(before)
        start = match.start()
    return start, found


def _admitted(text: str, rules: TimeRules, rule: Rule, match: re.Match[str], befores: list[Before], previous: TimeMention | None) -> bool:
    """Do the neighbours allow what the rule asks for?"""
    if rule.needs and not (befores and befores[0].words in rule.needs) and not _continues(text, rules, match.start(), previous):
        return False
    if rule.needs_any and not any(before.words in rule.needs_any for before in befores):
        return False
    if rule.not_units and rules.units.match(text, match.end()):
        return False
    following = FOLLOWING.match(text, match.end())
    if rule.next_digit and (following is None or (following.group(1) is None and folded(following.group(2)) not in rules.values["month"])):
        return False
    word = following.group(2) if following else None
    if word is None:
        return True
    return folded(word) not in rule.next_not and (not rule.next_words or folded(word) in rule.next_words)


def _continues(text: str, rules: TimeRules, start: int, previous: TimeMention | None) -> bool:
    """Does it stand behind another time and a word of a range ("from May to July")?"""
    if previous is None or start - previous.end > 12:
        return False
    gap = norm(text[previous.end : start])
    return gap in rules.range_join or gap in rules.range_join_after.get(previous.opener, frozenset())


# --- what a match says ---------------------------------------------------------------------------------------------


def _moments(rules: TimeRules, rule: Rule, match: re.Match[str]) -> tuple[Moment, Moment | None] | None:
    """The one or two ends that a match names; None where its numbers make no date."""
    said = {key: value for key, value in match.groupdict().items() if value is not None}
    values: dict[str, Any] = {**rule.sets, **{key: _read(rules, key, value) for key, value in said.items()}}
    if rule.read in ("duration", "repeated"):
        low, high = values.get("count", (values.get("number"), values.get("number")))
        return Moment(shift=Shift(values["unit"], low, high, "published") if "unit" in values and low is not None else None), None
    if "period" in values:
        values["unit"] = values["period"]
    if isinstance(values.get("part"), str):
        values["part"] = rules.values["part_by_name"][values["part"]]
    if rule.read == "window":
        back = values["back"] if "back" in values else values["count"][1] if "count" in values else values["number"]
        return Moment(window=Window(values["unit"], float(back))), None
    if rule.read == "shift":
        return _shifted(values), None
    return _dated(rules, values)


def _read(rules: TimeRules, slot: str, wording: str) -> Any:
    name = slot.rstrip("23") if slot not in ("offset_hour", "offset_minute") else slot
    if name in ("day", "ordinal"):
        return int(re.match(r"\d+", wording).group())  # type: ignore[union-attr]  # the slot starts with digits
    if name == "hhmm":
        return int(wording[:2]), int(wording[2:])
    if name in rules.values:
        return rules.values[name][norm(wording)]
    return int(wording) if wording.isdigit() else wording


def _shifted(values: dict[str, Any]) -> Moment:
    part, which = values.get("part"), values.get("which", "")
    if "month" in values or "season" in values:
        return Moment(month=values.get("month"), season=values.get("season"), which=which)
    if which:
        by = {"last": -1, "before": -1, "next": 1, "after": 1}.get(which, 0)
        base = "published" if which in ("last", "this", "next") else "context"
        unit = values.get("unit", "day")
        # "last night" is the night that begins a day back; any other part of the day is of the day itself
        return Moment(shift=Shift(unit, by, by, base), part=replace(part, date="starts") if part and part.crosses and by else part)
    if "by" in values:
        return Moment(
            shift=Shift(values["unit"], values["by"], values["by"], values["base"]),
            part=replace(part, date="starts" if values["by"] or values["base"] == "context" else "ends") if part and part.crosses else part,
        )
    low, high = values.get("count", (values.get("number"), values.get("number")))
    sign = values["sign"]
    return Moment(shift=Shift(values["unit"], min(sign * low, sign * high), max(sign * low, sign * high), values["base"], exact=False))


def _dated(rules: TimeRules, values: dict[str, Any]) -> tuple[Moment, Moment | None] | None:
    values = _numeric(values, rules.numeric_order)
    if values.get("month", 1) > 12:
        return None
    day = next((values[slot] for slot in ("day", "ordinal", "nth", "day_word") if slot in values), None)
    month, year = values.get("month"), values.get("year")
    clock = _clock(values, "")
    if clock is not None and clock.hour > 12 and clock.half and clock.hour != 24 and clock.half == "am":
        return None
    edge = values.get("edge", "")
    first = Moment(
        year, month, day, values.get("weekday"), values.get("which", ""), values.get("season"), values.get("decade"), clock=clock, part=values.get("part"),
        edge=edge, edge_of_day=rules.edge_of_day.get(edge),
    )  # fmt: skip
    if not _possible(first):
        return None
    if "hour2" in values:
        other = _clock(values, "2")
        if clock is not None and other is not None and not clock.half and other.half:
            clock = _half_from(clock, other)
        return replace(first, clock=clock), replace(first, clock=other)
    if "weekday2" in values:
        return first, replace(first, weekday=values["weekday2"])
    if "day2" not in values and "month2" not in values:
        return first, None
    later = values.get("month2", month)
    crossed = year + 1 if year is not None and month is not None and later is not None and later < month else year
    second = replace(first, day=values.get("day2"), month=later, year=values.get("year2", crossed))
    if first.year is None and second.year is not None:
        crosses = first.month is not None and second.month is not None and first.month > second.month
        first = replace(first, year=second.year - 1 if crosses else second.year)
    same_month = (first.year, first.month) == (second.year, second.month)
    if (
        not _possible(second)
        or not _possible(first)
        or (same_month and first.day is not None and second.day is not None and first.day >= second.day)
    ):
        return None
    return first, second


def _half_from(clock: Clock, other: Clock) -> Clock:
    """Of "9 and 11 pm", "9" is pm too; of "11 and 2 am" the 11 is pm; a 24-hour number stays."""
    if clock.hour > 12:
        return clock
    same = clock.hour % 12 <= other.hour % 12
    return replace(clock, half=other.half if same else {"am": "pm", "pm": "am"}[other.half])


def _clock(values: dict[str, Any], which: str) -> Clock | None:
    if not which and "hhmm" in values:
        return Clock(*values["hhmm"])
    hour = values.get("hour" + which, values.get("hour_word") if not which else None)
    return None if hour is None else Clock(hour, values.get("minute" + which), values.get("half" + which, ""))


def _numeric(values: dict[str, Any], order: str) -> dict[str, Any]:
    """Dates in numbers: the language's order, unless only the other makes a month."""
    if "yy" in values:
        values = {**values, "year": 2000 + int(values["yy"])}
    if "mm" in values:
        return {**values, "day": int(values["dd"]), "month": int(values["mm"])}
    if "n1" in values:
        day, month = (values["n1"], values["n2"]) if order == "dmy" else (values["n2"], values["n1"])
        return {**values, "day": day, "month": month} if month <= 12 else {**values, "day": month, "month": day}
    return values


def _possible(moment: Moment) -> bool:
    if moment.clock is not None and moment.clock.hour == 24 and moment.clock.minute:
        return False
    if moment.clock is not None and moment.clock.half and not 1 <= moment.clock.hour <= (12 if moment.clock.half == "am" else 23):
        return False
    if moment.day is None or moment.month is None:
        return True
    leap = moment.year is None or (moment.year % 4 == 0 and (moment.year % 100 != 0 or moment.year % 400 == 0))
    return moment.day <= (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[moment.month - 1]


def sets_context(mention: TimeMention) -> bool:
    """May the times that follow lean on this one's day? Yes for a day that is said or counted from the publication, as the date of a
    happening: not for one that itself leans on another, names a document, ends a state, or is wider than a day.
    """
    moment = mention.first
    if mention.kind not in ("point", "range", "since") or mention.label:
        return False
    if moment.shift is not None:
        return moment.shift.base == "published" and moment.shift.unit == "day" and moment.shift.low == moment.shift.high
    return moment.weekday is not None or moment.day is not None


# --- a hint for years that are not said ----------------------------------------------------------------------------


def year_hint(text: str, rules: TimeRules, mentions: Sequence[TimeMention] | None = None) -> YearHint | None:
    """The latest full date in `text` (day, month and year), with its span; None where there is none. `mentions`: if found already."""
    full = [
        (f"{moment.year:04}-{moment.month:02}-{moment.day:02}", mention.start, mention.end)
        for mention in (mentions if mentions is not None else find_times(text, rules))
        for moment in (mention.first, mention.last)
        if moment is not None and moment.year is not None and moment.month is not None and moment.day is not None
    ]
    if not full:
        return None
    date, start, end = max(full, key=lambda item: (item[0], -item[1]))
    return YearHint(int(date[:4]), start, end, date, tuple(sorted({item[0] for item in full})))

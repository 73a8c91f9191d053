"""Expressions of time that stand together become one: a range, a date with its clock, a clock with its zone.

Only neighbours are joined, and only through the words that the language's data lists; nothing is moved across a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.time_rules import TimeRules
from merestone.extract.time_templates import norm
from merestone.extract.time_terms import Moment, TimeMention

DASHES = frozenset("-‐‑–—")
APART = ("duration", "repeated")
NOON = 12
_DAY = re.compile(r"(3[01]|[12]\d|0?[1-9])-\w{1,3}")


def zoned(text: str, rules: TimeRules, mention: TimeMention) -> TimeMention:
    """Take the zone right behind a clock: "(local time)", "GMT+4", "Xtown time"; the longest one."""
    found = ((rule, match) for rule in rules.zones for pattern in rule.patterns if (match := pattern.match(text, mention.end)))
    for rule, match in sorted(found, key=lambda item: -item[1].end()):
        said = match.groupdict()
        name = said.get("name")
        if name is not None and not all(word[:1].isupper() for word in name.split()):
            continue
        end = match.end() - (1 if match.group().endswith(")") and "(" not in match.group() else 0)
        stated = text[match.start() : end].strip(" \u00a0()")
        key = "local" if rule.local else _zone_key(rules, said)
        return replace(mention, end=end, wording=text[mention.start : end], zone=stated, zone_key=key)
    return mention


def _zone_key(rules: TimeRules, said: dict[str, str | None]) -> str:
    zone = said.get("zone")
    if zone is None:
        return ""
    if said.get("sign") is None:
        return str(rules.values["zone"][norm(zone)])
    sign = "+" if said["sign"] == "+" else "-"
    return f"{sign}{int(str(said['offset_hour'])):02}:{said.get('offset_minute') or '00'}"


def labelled(text: str, rules: TimeRules, mention: TimeMention) -> TimeMention:
    """Mark a date that names a document ("the 9 November statement", "the statement of 9 November"), and a clock by which something
    was so, where a word behind it says that ("17:00 as-of")."""
    if mention.kind == "point" and rules.until_after.match(text, mention.end):
        return replace(mention, kind="until")
    if (
        mention.kind not in ("point", "range")
        or mention.first.clock is not None
        or (mention.first.day is None and mention.first.year is None)
    ):
        return mention
    near = text[max(0, mention.core - 60) : mention.core]
    if rules.label_after.match(text, mention.end) or rules.label_before.search(near):
        return replace(mention, label=True)
    return mention


# --- neighbours ---------------------------------------------------------------------------------------------------


def join(text: str, mentions: Sequence[TimeMention], rules: TimeRules) -> tuple[TimeMention, ...]:
    """Ranges first, then dates with clocks, then ranges of such; two rounds reach "22:00 on 5 May to 03:00 on 6 May"."""
    found = list(mentions)
    for step in (_one_clock, _range, _together, _range, _together):
        joined: list[TimeMention] = []
        for mention in found:
            both = step(text, joined[-1], mention, rules) if joined else None
            if both is None:
                joined.append(mention)
            else:
                joined[-1] = both
        found = joined
    return tuple(found)


def _span(text: str, a: TimeMention, b: TimeMention, **changes: object) -> TimeMention:
    return replace(a, end=b.end, wording=text[a.start : b.end], approximate=a.approximate or b.approximate, **changes)  # type: ignore[arg-type]


def _one_clock(text: str, a: TimeMention, b: TimeMention, _: TimeRules) -> TimeMention | None:
    """03:40 (02:40 Xtown time): the same moment on two clocks; the first one counts."""
    gap = text[a.end : b.start].strip()
    if a.first.clock is None or b.first.clock is None or not b.zone or b.first.dated or a.last or b.last or gap not in ("(", "/", "["):
        return None
    closing = 1 if gap == "(" and text[b.end : b.end + 1] == ")" else 0
    return replace(a, end=b.end + closing, wording=text[a.start : b.end + closing])


def _range(text: str, a: TimeMention, b: TimeMention, rules: TimeRules) -> TimeMention | None:
    if a.kind in APART or b.kind in APART or a.last is not None or b.last is not None or b.core - a.end > 24:
        return None
    if (a.first.clock is None) != (b.first.clock is None) or (
        a.first.dated and not b.first.dated and b.first.part is None and b.first.clock is None
    ):
        return None
    gap = norm(text[a.end : b.core])
    gap = gap.lstrip(", ") if a.first.clock is not None and a.first.dated and b.first.dated else gap
    plain = gap in rules.range_join and not (gap in DASHES and b.start != b.core)
    from_there = a.first.dated and any(norm(a.wording).endswith(j) for j in rules.range_join if j[0] in DASHES and len(j) > 1)
    day = _DAY.fullmatch(gap) if from_there and not b.first.dated else None  # "from 18:00 of the 13th of May of the 14th 18:00"
    if day is not None:
        b = replace(b, first=_with_date(b.first, replace(a.first, day=int(day[1]))))
    plain = plain or day is not None or (from_there and not gap and b.first.dated)
    first_word = gap.split()[0] if gap else ""
    opened = bool(a.opener) and (first_word in rules.range_join_after.get(a.opener, frozenset()) or first_word in rules.range_join)
    if not plain and not opened:
        return None
    if (a.first.part is not None) != (b.first.part is not None) and a.first.clock is None and a.first.dated != b.first.dated:
        return None
    first, last = _shared(a.first, b.first)
    kind = "since" if a.kind == "since" and not a.opener else "range"
    return _span(
        text,
        a,
        b,
        kind=kind,
        first=first,
        last=last,
        rule=rules.range_id,
        zone=b.zone or a.zone,
        zone_key=b.zone_key or a.zone_key,
        label=a.label or b.label,
    )


def _shared(first: Moment, last: Moment) -> tuple[Moment, Moment]:
    """What one end leaves out, the other tells: the month and year of "28 to 30 July 2021", the day of "from 02:40 to 04:00"."""
    if first.month is not None and last.month is not None and first.year is None and last.year is not None:
        first = replace(first, year=last.year - 1 if first.month > last.month else last.year)
    if first.year is not None and last.year is None and last.month is not None and first.month is not None:
        last = replace(last, year=first.year + 1 if last.month < first.month else first.year)
    if first.month is not None and last.month is None and last.day is not None:
        last = replace(last, month=first.month, year=first.year)
    if first.clock is not None and last.clock is not None and first.dated and not last.dated:
        last = _with_date(last, first)
    if first.clock is not None and last.clock is not None and last.dated and not first.dated:
        first = _with_date(first, last)
    if (
        first.clock is not None
        and last.clock is not None
        and not first.clock.half
        and last.clock.half
        and first.clock.hour <= 12
        and last.clock.minute is None
    ):
        first = replace(first, clock=replace(first.clock, half=last.clock.half))
    return first, last


def _together(text: str, a: TimeMention, b: TimeMention, rules: TimeRules) -> TimeMention | None:
    """A date with its clock or part of the day, or with its weekday, when nothing but glue stands between."""
    gap = text[a.end : b.start]
    if len(gap) > 12 or "\n\n" in gap or norm(gap) not in rules.glue:
        return None
    if "\n" in gap and b.first.clock is not None and not text[b.start].islower():
        return None  # the date of a heading, and the clock of the first entry under it
    return _merged(a, b, text)


def _merged(a: TimeMention, b: TimeMention, text: str = "") -> TimeMention | None:
    if a.kind in APART or b.kind in APART or (a.last is not None and b.last is not None):
        return None
    bare, full = (a, b) if _free(a.first, b.first) else (b, a)
    if (night := _in_the_night(bare, full)) is not None:
        full = night
    if not _free(bare.first, full.first) or a.label or b.label:
        return None
    if full.last is not None and full.last.clock is None and bare.first.part is None:
        return None  # a clock does not go with a range of days
    first = _union(full.first, bare.first)
    last = None
    if full.last is not None:
        last = _union(full.last, bare.first)
    elif bare.last is not None:
        last = _union(full.first, bare.last)
    if first is None or (last is None and (full.last is not None or bare.last is not None)):
        return None
    kind = "range" if last is not None else next((m.kind for m in (a, b) if m.kind != "point"), "point")
    rule = a.rule if a.rule == b.rule else f"{a.rule}+{b.rule}"
    zone, key = (a.zone, a.zone_key) if a.zone else (b.zone, b.zone_key)
    end = b.end if text else a.end
    wording = text[a.start : b.end] if text else a.wording
    return replace(
        a,
        end=end,
        wording=wording,
        kind=kind,
        rule=rule,
        first=first,
        last=last,
        approximate=a.approximate or b.approximate,
        zone=zone,
        zone_key=key,
    )


def _in_the_night(bare: TimeMention, full: TimeMention) -> TimeMention | None:
    """ "The night of 13 to 14 May, at 01:20": the clock says on which of the two days."""
    night = full.first.part is not None and full.first.part.crosses and full.first.clock is None
    if full.last is None or not night or bare.first.clock is None or bare.first.dated or bare.last is not None:
        return None
    hour = bare.first.clock.hour
    day = full.last if (hour < NOON or hour == 2 * NOON) and bare.first.clock.half != "pm" else full.first
    return replace(full, kind="point", first=replace(day, part=None), last=None)


def _free(bare: Moment, full: Moment) -> bool:
    """May `bare` be added to `full`: nothing said twice, and a date with a time or a weekday with a date."""
    if bare.dated and full.dated:
        calendar = full.month is not None and full.day is not None and full.weekday is None
        only_weekday = (
            bare.weekday is not None and bare.day is None and bare.shift is None and full.clock is None
        )  # "06:00 on Monday 5 May"
        return calendar and only_weekday and (bare.part is None or full.part is None)
    if bare.clock is not None and full.clock is not None:
        return False
    if bare.part is not None and full.part is not None:
        return False
    if full.dated:
        day = full.day is not None or full.weekday is not None or (full.shift is not None and full.shift.unit == "day" and full.shift.exact)
        return day and (bare.clock is not None or bare.part is not None)
    return not bare.dated and ((full.part is not None and bare.clock is not None) or (full.clock is not None and bare.part is not None))


def _union(full: Moment, bare: Moment) -> Moment | None:
    changes: dict[str, object] = {}
    if bare.weekday is not None:
        changes["weekday"] = bare.weekday
    if bare.clock is not None:
        changes["clock"] = bare.clock
    if bare.part is not None:
        changes["part"] = bare.part
    if bare.edge and not full.edge:
        changes["edge"], changes["edge_of_day"] = bare.edge, bare.edge_of_day
    return replace(full, **changes)  # type: ignore[arg-type]


def _with_date(bare: Moment, dated: Moment) -> Moment:
    return replace(dated, clock=bare.clock, part=bare.part if bare.part is not None else dated.part)


# --- in one clause ------------------------------------------------------------------------------------------------


def combine(mentions: Sequence[TimeMention]) -> tuple[TimeMention, ...]:
    """The mentions of ONE clause, with a clock or part of the day joined to the date that stands farther off in it.

    A time without a date takes the nearest date before it, else the nearest behind; that date is then spent, unless other times
    of the clause need it too. The span is that of the time; spans of `since`, `until`, labels and repeated acts are left alone.
    """
    dates = [m for m in mentions if m.kind in ("point", "range") and not m.label and m.first.dated and m.first.clock is None]
    joined: dict[int, TimeMention] = {}
    spent: set[int] = set()
    for index, mention in enumerate(mentions):
        if mention.kind not in ("point", "range") or mention.first.dated or (mention.first.clock is None and mention.first.part is None):
            continue
        before = [d for d in dates if d.start < mention.start]
        for date in [*reversed(before), *(d for d in dates if d.start > mention.start)]:
            both = _merged(mention, date)
            if both is not None:
                joined[index] = both
                spent.add(mentions.index(date))
                break
    return tuple(joined.get(index, mention) for index, mention in enumerate(mentions) if index not in spent)

"""Casualty figures as ranges, with who says which.

The law it keeps: a range stays a range and an open end stays open; `unspecified` is never added to another group; each
voice is taken at its latest word, and a copy is no later word.
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.assess.heard import Heard, by_voice
from merestone.assess.terms import Figure
from merestone.extract.terms import GROUPS, OUTCOMES, Casualties
from merestone.link.terms import Ref, Voice

_Key = tuple[str, str, str]  # outcome, party, group
_Line = tuple[str, int | None, int | None, tuple[Ref, ...]]
NOT_HELD = " (cited, not received)"


def figures(heard: Sequence[Heard]) -> tuple[Figure, ...]:
    """One figure for each outcome, party and group that a claim counts. `min` or `max` None: no such bound was given by some voice."""
    told: dict[_Key, list[tuple[Heard, Casualties]]] = {}
    for each in heard:
        if each.denies or each.copy:
            continue
        for count in each.claim.casualties:
            told.setdefault((count.outcome, count.party, count.group), []).append((each, count))
    found = [_figure(key, told[key]) for key in told]
    first = {key: told[key][0][0].ref for key in told}
    return tuple(
        sorted(
            found, key=lambda each: (_rank(OUTCOMES, each.outcome), first[each.outcome, each.party, each.group], _rank(GROUPS, each.group))
        )
    )


def _rank(order: Sequence[str], value: str) -> int:
    return order.index(value) if value in order else len(order)


def _figure(key: _Key, told: Sequence[tuple[Heard, Casualties]]) -> Figure:
    lines = [
        _line(voice, [(each, count) for each, count in told if each.voice.id == voice.id])
        for voice, _ in by_voice(each for each, _ in told)
    ]
    return Figure(*key, _lowest([low for _, low, _, _ in lines]), _highest([high for _, _, high, _ in lines]), tuple(lines))


def _line(voice: Voice, told: Sequence[tuple[Heard, Casualties]]) -> _Line:
    """The voice's latest word; several of one time make a range."""
    newest = _latest([each.published for each, _ in told])
    last = [(each, count) for each, count in told if each.published in newest]
    name = voice.name if any(each.held for each, _ in last) else voice.name + NOT_HELD
    claims = tuple(sorted({each.ref for each, _ in last}))
    return name, _lowest([count.min for _, count in last]), _highest([count.max for _, count in last]), claims


def _latest(published: Sequence[str]) -> set[str]:
    """The dates that may be the latest: a bare date and a time of the same day cannot be told apart."""
    day = max(each[:10] for each in published)
    same = {each for each in published if each[:10] == day}
    return {max(same)} if all(len(each) > 10 for each in same) else same


def _lowest(bounds: Sequence[int | None]) -> int | None:
    known = [each for each in bounds if each is not None]
    return min(known) if len(known) == len(bounds) and known else None


def _highest(bounds: Sequence[int | None]) -> int | None:
    known = [each for each in bounds if each is not None]
    return max(known) if len(known) == len(bounds) and known else None


def disjoint(a: _Line, b: _Line) -> bool:
    """No number can be meant by both."""
    return (a[2] is not None and b[1] is not None and a[2] < b[1]) or (b[2] is not None and a[1] is not None and b[2] < a[1])


def said(low: int | None, high: int | None) -> str:
    if low is None:
        return f"up to {high}" if high is not None else "an unknown number"
    if high is None:
        return f"{low} or more"
    return str(low) if low == high else f"{low} to {high}"

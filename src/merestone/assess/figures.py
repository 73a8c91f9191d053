"""Casualty figures as ranges, with who says which.

The law it keeps: a range stays a range and an open end stays open; `unspecified` is never added to another group; each
voice is taken at its latest word, its earlier ones are kept beside it, and a copy is no later word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.assess.heard import NOT_A_PARTY, Heard, Names, by_voice
from merestone.assess.terms import Figure, Word
from merestone.extract.terms import GROUPS, OUTCOMES, Casualties
from merestone.link.passages import instant
from merestone.link.terms import Ref, Voice

_Key = tuple[str, str, str]  # outcome, party, group
_Line = tuple[str, int | None, int | None, tuple[Ref, ...]]
NOT_HELD = " (cited, not received)"


def figures(heard: Sequence[Heard], names: Names) -> tuple[Figure, ...]:
    """One figure for each outcome, party and group that a claim counts. `min` or `max` None: no such bound was given by some voice."""
    told: dict[_Key, list[tuple[Heard, Casualties]]] = {}
    for each in heard:
        if each.denies or each.copy:
            continue
        for count in each.claim.casualties:
            told.setdefault((count.outcome, count.party, count.group), []).append((each, count))
    found = [_figure(key, told[key], names) for key in told]
    first = {key: told[key][0][0].ref for key in told}
    return tuple(
        sorted(
            found, key=lambda each: (_rank(OUTCOMES, each.outcome), first[each.outcome, each.party, each.group], _rank(GROUPS, each.group))
        )
    )


def _rank(order: Sequence[str], value: str) -> int:
    return order.index(value) if value in order else len(order)


def _figure(key: _Key, told: Sequence[tuple[Heard, Casualties]], names: Names) -> Figure:
    words = [
        _words(voice, [(each, count) for each, count in told if each.voice.id == voice.id], names)
        for voice, _ in by_voice(each for each, _ in told)
    ]
    lines: list[_Line] = [(each[-1].voice, each[-1].min, each[-1].max, each[-1].claims) for each in words]
    changed = tuple(word for each in words if len(each) > 1 for word in each)
    return Figure(*key, _lowest([low for _, low, _, _ in lines]), _highest([high for _, _, high, _ in lines]), tuple(lines), changed)


def _words(voice: Voice, told: Sequence[tuple[Heard, Casualties]], names: Names) -> list[Word]:
    """What the voice said, in the order of publication; several of one time make a range, and the same again is no new word.

    Who tells later what the voice had said before has no later word of it: only the voice itself may go back to a figure.
    """
    out: list[Word] = []
    for since, group in _by_time(told):
        said = {(word.min, word.max) for word in out}
        fresh = [(each, count) for each, count in group if _itself(each, names) or (count.min, count.max) not in said]
        if not fresh:
            continue
        name = voice.name if any(each.held for each, _ in fresh) else voice.name + NOT_HELD
        low, high = _lowest([count.min for _, count in fresh]), _highest([count.max for _, count in fresh])
        claims = tuple(sorted({each.ref for each, _ in fresh}))
        if out and (out[-1].min, out[-1].max, out[-1].voice) == (low, high, name):
            out[-1] = replace(out[-1], claims=tuple(sorted({*out[-1].claims, *claims})))
        else:
            out.append(Word(name, since, low, high, claims))
    return out


def _itself(each: Heard, names: Names) -> bool:
    """Whether the text is the voice's own, not one that tells what it said."""
    publisher = each.publisher.casefold()
    return publisher == each.voice.name.casefold() or (
        each.voice.affiliation not in NOT_A_PARTY and names.affiliation.get(publisher, "") == each.voice.affiliation
    )


def _by_time(told: Sequence[tuple[Heard, Casualties]]) -> list[tuple[str, list[tuple[Heard, Casualties]]]]:
    """Texts of a day of which one gives the date alone stand together: their order is not known. So do those without a date, first."""
    vague = {each.published for each, _ in told if len(each.published) <= 10}
    times: dict[str, tuple[str, list[tuple[Heard, Casualties]]]] = {}
    for each, count in sorted(told, key=lambda one: (instant(one[0].published), one[0].ref)):
        day = each.published[:10]
        key = day if day in vague else instant(each.published)
        times.setdefault(key, (day if day in vague else each.published, []))[1].append((each, count))
    return [times[key] for key in sorted(times)]


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

"""Numbers of people and things in a text, as ranges: "at least three" is 3 and up, "nearly 7,000" is 6,500 to 7,000.

The engine knows no language: words, bounds, units and traps are the data of `packs/languages/<language>/numbers.yaml`.
A number is a span that exists; what names a date, a clock, a distance, a road or a calibre carries `unit`, so that a caller can
pass it by. An end that the text leaves open stays None.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from merestone.extract.number_rules import DASHES, NumberRules, Phrase, Phrases, load_numbers

LONGEST = 15  # letters of a number in digits; more is a code or a prank

__all__ = ["Number", "NumberRules", "find_numbers", "load_numbers"]


@dataclass(frozen=True, slots=True)
class Number:
    """`text[start:end] == wording`. `min` or `max` None: that end is open. `unit`: "" for a plain count, else why it is none
    (km, mm, year, date, clock, percent, age, name, time, the word of "four-storey" …). `article`: only "a" or "an".
    `ordinal`: "third", "3rd".
    """

    start: int
    end: int
    min: int | None
    max: int | None
    approximate: bool
    wording: str
    ordinal: bool = False
    article: bool = False
    unit: str = ""
    rule: str = ""


class _Token(NamedTuple):
    text: str
    low: str
    start: int
    end: int
    kind: str  # word, digits, decimal, sign, other (a code, a phone number, a clock …)


_token = functools.partial(tuple.__new__, _Token)  # of five values: there are many, and this is the quickest way to make them
# what a group of the scan holds: `last` are the words that "word" leaves over, a sign may stand in no group
_KINDS: dict[str | None, str] = {**{kind: kind for kind in ("word", "digits", "decimal", "sign", "other")}, "last": "word", None: "sign"}


@dataclass(frozen=True, slots=True)
class _Base:
    """A number as read, before bounds: tokens first:last."""

    first: int
    last: int
    low: int | None
    high: int | None
    rule: str
    ordinal: bool = False
    article: bool = False
    unit: str = ""


# --- finding ------------------------------------------------------------------------------------------------------


def find_numbers(text: str, rules: NumberRules, times: Sequence[tuple[int, int]] = ()) -> tuple[Number, ...]:
    """Every number in `text`, in order, without overlap. What lies in a span of `times` (see times.py; in text order) gets unit `time`."""
    tokens = _tokens(text, rules)
    starters, digits = rules.starters, ("digits", "decimal")
    found: list[Number] = []
    floor = behind = 0
    for index in [n for n, token in enumerate(tokens) if token.kind in digits or token.low in starters]:
        if index < behind:
            continue
        base = _base(text, tokens, index, rules)
        if base is None:
            skip = _phrase_at(tokens, index, rules.never)
            behind = index + len(skip.words) if skip else index
            continue
        number, last = _bounded(text, tokens, base, rules, floor)
        before = bisect_left(times, (number.end,))  # the times that start before its end; the last of them ends last
        if before and times[before - 1][1] > number.start:
            number = replace(number, unit="time")
        found.append(number)
        behind = floor = last
    return tuple(found)


def _tokens(text: str, rules: NumberRules) -> list[_Token]:
    matches = list(rules.scan.finditer(text))
    words = [match.group() for match in matches]
    spans = [match.span() for match in matches]
    kinds = [_KINDS[match.lastgroup] for match in matches]
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    return list(map(_token, zip(words, map(str.casefold, words), starts, ends, kinds, strict=True)))


def _phrase_at(tokens: Sequence[_Token], index: int, phrases: Phrases) -> Phrase | None:
    for phrase in phrases.get(tokens[index].low, ()) if index < len(tokens) else ():
        end = index + len(phrase.words)
        if end == index + 1 or (end <= len(tokens) and all(t.low == word for t, word in zip(tokens[index:end], phrase.words, strict=True))):
            following = tokens[end] if end < len(tokens) else None
            if following is not None and following.low in phrase.unless_next:
                continue
            if phrase.needs_next and (following is None or following.kind != "word"):
                continue
            return phrase
    return None


def _phrase_before(tokens: Sequence[_Token], index: int, phrases: Phrases, floor: int, cased: bool = False) -> Phrase | None:
    if index <= floor:
        return None
    token = tokens[index - 1]
    for phrase in (*phrases.get(token.low, ()), *(phrases.get(token.text, ()) if cased and token.text != token.low else ())):
        start = index - len(phrase.words)
        if start >= floor and all(word in (t.low, t.text) for t, word in zip(tokens[start:index], phrase.words, strict=True)):
            return phrase
    return None


def _base(text: str, tokens: Sequence[_Token], index: int, rules: NumberRules) -> _Base | None:
    token = tokens[index]
    if token.kind not in ("word", "digits", "decimal") or _phrase_at(tokens, index, rules.never):
        return None
    vague = _phrase_at(tokens, index, rules.vague)
    if vague is not None and not (vague.words[0] in rules.values and _cardinal(text, tokens, index, rules)[1] > index + len(vague.words)):
        low = vague.low
        return _Base(index, index + len(vague.words), low, vague.high, vague.id)
    if token.low in rules.ordinals:
        return _Base(index, index + 1, rules.ordinals[token.low], rules.ordinals[token.low], rules.ids["ordinal"], ordinal=True)
    value, last = _cardinal(text, tokens, index, rules)
    if last > index:
        return _hinted(text, tokens, _Base(index, last, value, value, rules.ids["digits" if token.kind == "digits" else "words"]), rules)
    if (
        token.low in rules.articles
        and index + 1 < len(tokens)
        and tokens[index + 1].kind == "word"
        and _near(text, token, tokens[index + 1])
    ):
        return _Base(index, index + 1, 1, 1, rules.ids["words"], article=True)
    return None


def _near(text: str, left: _Token, right: _Token, dash: bool = True) -> bool:
    gap = text[left.end : right.start]
    return (gap.isspace() and "\n\n" not in gap) or (dash and len(gap) == 1 and gap in DASHES)


def _cardinal(text: str, tokens: Sequence[_Token], index: int, rules: NumberRules) -> tuple[int, int]:
    """(value, first token after it); (0, index) where no cardinal starts. Sums groups: two thousand, three hundred and five."""
    total = current = 0
    last = at = index
    while at < len(tokens):
        token = tokens[at]
        hyphened = at > index and tokens[at - 1].kind == "sign" and tokens[at - 1].end == token.start
        if at > index and not hyphened and not _near(text, tokens[at - 1], token) and not (token.kind == "sign" and token.text in DASHES):
            break
        if token.kind == "sign" and token.text in DASHES and at == last and at > index and token.start == tokens[at - 1].end:
            at += 1  # the hyphen of twenty-three; `last` waits for what it joins
            continue
        following = tokens[at + 1].low if at + 1 < len(tokens) else ""
        if token.kind in ("decimal", "digits") and len(token.text) > LONGEST:
            break  # no count of anything
        if token.kind == "decimal":
            if at > index or following not in rules.multipliers:
                break
            whole, part = token.text.split(rules.decimal)
            current = int(whole + part) * rules.multipliers[following] // 10 ** len(part)
            return current, at + 2
        if token.kind == "digits":
            if at > index or _glued(text, token):
                break
            current = int("".join(c for c in token.text if c not in rules.thousands))
            last = at + 1
            if following not in rules.multipliers or following in rules.needs_count:
                return current, last
        elif token.low in rules.multipliers and (at > index or token.low not in rules.needs_count) and at == last:
            times = rules.multipliers[token.low]
            if at == index and following == "s":
                break
            current = (current if at > index else 1) * times
            if times >= 1000:
                total, current = total + current, 0
            last = at + 1
        elif token.low in rules.values:
            value = rules.values[token.low]
            if at > index and not _fits(total, current, value, rules.teens):
                break
            current += value
            last = at + 1
        elif token.low in rules.articles and at == index and following in rules.multipliers and following not in rules.needs_count:
            current = 1
            last = at + 1
        elif not (
            token.low in rules.join
            and at == last
            and at > index
            and (current % 100 == 0)
            and current + total >= 100
            and following in rules.values
        ):
            break
        at += 1
    return (total + current, last) if last > index else (0, index)


def _fits(total: int, current: int, value: int, teens: bool) -> bool:
    """May `value` follow: seventy three, two hundred five; never two three or twenty thirty. `teens`: "ten one" is eleven."""
    if current == 0:
        return total > 0 and value > 0
    step = 10 if current % 100 >= (10 if teens else 20) else 100
    return current % step == 0 and 0 < value < step


def _glued(text: str, token: _Token) -> bool:
    """A digit run with letters right behind or a code before it (T-72 is cut off earlier): no number, unless a unit or ending follows."""
    before = text[token.start - 1] if token.start else " "
    return before.isalnum() or before in "_@&=/" or (before in DASHES and token.start > 1 and text[token.start - 2].isalpha())


def _hinted(text: str, tokens: Sequence[_Token], base: _Base, rules: NumberRules) -> _Base:
    """Look at what stands behind and in front: a unit, a date, a name with a number, an ending such as 3rd."""
    last, token = base.last, tokens[base.last - 1]
    if last < len(tokens):
        following = tokens[last]
        glued = following.start == token.end
        if glued and following.low in rules.suffixes and token.kind == "digits":
            return replace(base, last=last + 1, ordinal=True, rule=rules.ids["ordinal"])
        if token.kind == "digits" and _ended(tokens, last, rules):
            return replace(base, last=last + 2)
        if (unit := _unit(text, tokens, last, rules)) != "":
            return replace(base, unit=unit)
        if glued and following.kind == "word":
            return replace(base, unit="name")
    stop = base.first - 1 if base.first and tokens[base.first - 1].text == "." else base.first  # No. 7
    named = _phrase_before(tokens, stop, rules.before, 0, cased=True)
    if named is not None and (token.kind == "digits" or named.id == "age"):
        gap = text[tokens[stop - 1].end : tokens[base.first].start]
        if gap.strip(". ") == "" and "\n" not in gap and not (named.id == "clock" and len(token.text) != 4):
            return replace(base, unit=named.id)
    if _is_year(tokens, base, rules):
        return replace(base, unit="year")
    return base


def _ended(tokens: Sequence[_Token], at: int, rules: NumberRules) -> bool:
    """Does an ending hang on the number by a hyphen ("the 10-of-them")?"""
    if at + 1 >= len(tokens) or tokens[at].text not in DASHES or tokens[at + 1].low not in rules.endings:
        return False
    return tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[at + 1].start


def _unit(text: str, tokens: Sequence[_Token], at: int, rules: NumberRules) -> str:
    """The unit that starts at token `at`, through a hyphen too (122-mm, 22-year-old); a hyphened other word is its own unit."""
    hyphen = tokens[at].kind == "sign" and tokens[at].text in DASHES and tokens[at].start == tokens[at - 1].end
    start = at + 1 if hyphen else at
    if start >= len(tokens):
        return ""
    gap = text[tokens[start - 1].end : tokens[start].start]
    unit = _phrase_at(tokens, at, rules.units) or (_phrase_at(tokens, start, rules.units) if hyphen else None)
    if unit is not None and (gap == "" or (gap.isspace() and "\n\n" not in gap)):
        return unit.id
    joined = hyphen and gap == "" and tokens[start].kind == "word"
    return tokens[start].low if joined and tokens[start].low not in rules.values and tokens[start].low not in rules.compounds else ""


def _is_year(tokens: Sequence[_Token], base: _Base, rules: NumberRules) -> bool:
    token = tokens[base.first]
    if base.last != base.first + 1 or not (token.kind == "digits" and len(token.text) == 4 and token.text.isdigit()):
        return False
    if not rules.years[0] <= int(token.text) <= rules.years[1] or base.first == 0:
        return False
    following = tokens[base.last].low if base.last < len(tokens) else ""
    return tokens[base.first - 1].low in rules.years_after and following not in rules.years_unless


# --- bounds and ranges --------------------------------------------------------------------------------------------


def _bounded(text: str, tokens: Sequence[_Token], base: _Base, rules: NumberRules, floor: int) -> tuple[Number, int]:
    """Join a range, then apply the words in front and behind. Returns the number and the first token after it."""
    first, last, low, high = base.first, base.last, base.low, base.high
    rule, unit, approximate = base.rule, base.unit, False
    if not base.ordinal and not base.article and low is not None and low == high:
        other, opened = _range_end(text, tokens, base, rules, floor)
        if other is not None and other.high is not None:
            first, last, high, rule = base.first - opened, other.last, other.high, rules.ids["range"]
            unit = other.unit or unit
    if not base.ordinal and not base.article and low is not None and low == high:
        for _ in range(2):
            if first <= floor or not _near(text, tokens[first - 1], tokens[first], dash=False):
                break
            bound = _phrase_before(tokens, first, rules.bounds, floor)
            if bound is None:
                break
            least, most = _apply(bound, low, high)
            if least is None and most is None:
                break
            low, high = least, most
            first, approximate = first - len(bound.words), approximate or bound.approximate
            rule = bound.id if rule in rules.ids.values() else rule
    after = None if base.ordinal or base.article else _phrase_at(tokens, last, rules.bounds_after)
    if after is not None and _apply(after, low, high) != (None, None):
        low, high = _apply(after, low, high)
        last, rule, approximate = last + len(after.words), after.id, approximate or after.approximate
    start, end = tokens[first].start, tokens[last - 1].end
    return Number(start, end, low, high, approximate, text[start:end], base.ordinal, base.article, unit, rule), last


def _range_end(text: str, tokens: Sequence[_Token], base: _Base, rules: NumberRules, floor: int) -> tuple[_Base | None, int]:
    """The second number of a range, and 1 if a word that opens it stands in front."""
    if base.last + 1 >= len(tokens):
        return None, 0
    opener = tokens[base.first - 1].low if base.first > floor else ""
    opened = opener in rules.range_open
    joiner = tokens[base.last].low
    if joiner not in rules.range_join and not (opened and joiner in rules.range_join_after.get(opener, frozenset())):
        return None, 0
    value, last = _cardinal(text, tokens, base.last + 1, rules)
    if (
        last <= base.last + 1
        or base.low is None
        or value <= base.low
        or "\n\n" in text[tokens[base.last].end : tokens[base.last + 1].start]
    ):
        return None, 0
    other = _hinted(text, tokens, _Base(base.last + 1, last, value, value, rules.ids["range"]), rules)
    return (None, 0) if other.ordinal else (other, 1 if opened else 0)


def _apply(bound: Phrase, low: int | None, high: int | None) -> tuple[int | None, int | None]:
    if bound.nearly and high is not None:
        return max(high - _half_step(high), 0), high
    new_low = None if bound.low is None or low is None else low + bound.low
    new_high = None if bound.high is None or high is None else high + bound.high
    return new_low, new_high


def _half_step(number: int) -> int:
    """Half of the largest power of ten that is not above half of `number`: 500 for 7,000, 5 for 60, 1 for less than 20."""
    step = 1
    while step * 10 <= number // 2:
        step *= 10
    return max(step // 2, 1)

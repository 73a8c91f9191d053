"""Asks whose verb stands behind whom it asks: "whom + what + verb of asking", and the free order "whom + verb + what".

Which ending marks whom a verb asks, and which words may be asked for, stands in the table (`appeals_behind`): nothing here
knows a language (law 2). A noun that could as well be the one who asks is not taken for the one who is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from merestone.extract.appeal_lists import Ask, refused
from merestone.extract.bodies import bodies, body
from merestone.extract.speech import Author, Setting
from merestone.extract.speech_rules import Row
from merestone.extract.tokens import Token

WIDEST = 6  # words of one addressee that the pack does not name


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whom: the names, and where the words for them stand."""

    to: tuple[str, ...]
    start: int
    end: int


def behind_asks(setting: Setting) -> Iterable[Ask]:
    """All asks of the table `appeals_behind`, one for each group of addressees that has something of its own to do."""
    for row, match in setting.hits("appeals_behind"):
        sentence = setting.sentence(match.start())
        if match.end() > sentence.end or refused(setting, match.start()):
            continue
        first = sentence.start
        for cut in setting.rules.expression("asks_open").finditer(setting.text, sentence.start, match.start()):
            first = cut.end()
        if row.facts.get("modal"):
            yield from _modal(setting, row, match, first)
        elif row.facts.get("after"):
            yield from _after(setting, row, match, first)
        else:
            yield from _before(setting, row, match, first)


def _before(setting: Setting, row: Row, match: re.Match[str], first: int) -> Iterable[Ask]:
    floor = _last_clause(setting, first, match.start())
    wanted = list(setting.rules.expression(str(row.facts["asked"])).finditer(setting.text, floor, match.start()))
    if not wanted:
        return
    groups = _groups(setting, _addressees(setting, row, floor, match.start()), wanted)
    if not groups and row.facts.get("open"):
        author = _asker(setting, match, first, wanted[0].start())
        if author.name and author.kind not in ("resident", "person"):
            start = setting.trimmed(_behind_asker(setting, floor, wanted[0].start(), author), match.start())[0]
            yield Ask(author, _parties(setting, floor, match.start(), author), start, start, match.end(), row.id, asked_end=match.start())
    for group, following in zip_longest(groups, groups[1:]):
        limit = match.start() if following is None else following.start
        inside = [w.end() for w in wanted if group.end <= w.start() and w.end() <= limit]
        author = _asker(setting, match, first, groups[0].start)
        if not inside or not author.name or author.name in group.to:
            continue
        end = match.end() if following is None else inside[-1]
        yield Ask(author, group.to, group.start, group.end, end, row.id, asked_end=inside[-1])


def _after(setting: Setting, row: Row, match: re.Match[str], first: int) -> Iterable[Ask]:
    """ "Whom + verb + what": whom right before the verb, what behind it."""
    stop = setting.clause_end(match.end(), setting.sentence(match.start()).end)
    wanted = setting.rules.expression(str(row.facts["asked"])).search(setting.text, match.end(), min(stop, match.end() + 90))
    found = [a for a in _addressees(setting, row, first, match.start()) if not setting.segment(a.end, match.start())]
    if wanted is None or not found:
        return
    author = _asker(setting, match, first, found[-1].start)
    if author.name and author.name not in found[-1].to:
        yield Ask(author, found[-1].to, found[-1].start, match.end(), stop, row.id)


def _modal(setting: Setting, row: Row, match: re.Match[str], first: int) -> Iterable[Ask]:
    """ "Whom … must": the subject of the clause, which begins it; a party or a body of the table."""
    found = next((a for a in _addressees(setting, row, first, match.start()) if not setting.segment(first, a.start)), None)
    if found is None or "," in setting.text[first : found.start]:
        return
    named = setting.mentions_in(found.start, found.end)
    if named or setting.rules.expression("modal_bodies").search(setting.text, found.start, found.end):
        author = setting.spoken(match.start(), found.start)
        if author.name:
            yield Ask(author, found.to, found.start, found.end, match.end(), row.id)


# --- whom ---------------------------------------------------------------------------------------------------------


def _addressees(setting: Setting, row: Row, start: int, end: int) -> list[_Asked]:
    """The bodies of a stretch whose last word bears the ending that the verb asks for, in text order."""
    ending = setting.rules.expression(str(row.facts["addressee"]))
    tokens = setting.tokens_before(start, end)
    heads = setting.rules.expression("body_heads")
    found: list[_Asked] = []
    for at, token in enumerate(tokens):
        if not ending.search(token.folded) or (found and token.start < found[-1].end):
            continue
        over = setting.mention_over(token.start, token.end)
        named = over is not None and over.end == token.end and bool(over.parties or over.sources)
        if not named and not heads.fullmatch(setting.text, token.start, token.end):
            continue
        one = _widest(setting, tokens[: at + 1], over.start if over is not None and named else token.start)
        if one is not None and not _subject(setting, row, one, token):
            found.append(one)
    return found


def _widest(setting: Setting, tokens: Sequence[Token], begin: int) -> _Asked | None:
    """The noun phrase that ends with these words: as far back as the pack knows a name, else with its adjectives."""
    end = tokens[-1].end
    for mention in setting.mentions_in(begin, end):
        if (mention.start, mention.end) == (begin, end) and len(mention.parties) == 1 and not mention.sources:
            return _Asked((setting.names.parties[mention.parties[0]].name,), begin, end)
    back = [t for t in tokens if t.start <= begin][-WIDEST:]
    for token in back:
        whole = setting.text[token.start : end]
        if re.search(r"[,;:]", whole):
            continue
        to = body(setting, token.start, end)
        if to and to != (whole,) and (token.start == begin or _owns(setting, token)):
            return _Asked(to, token.start, end)
    start = begin
    small = setting.rules.words("body_adjectives") | setting.rules.words("determiners") | setting.rules.words("body_epithets")
    for token in reversed(back[:-1] if len(back) > 1 else ()):
        over = setting.mention_over(token.start, token.end)
        if not (token.folded in small or (over is not None and over.parties)) or "," in setting.text[token.end : start]:
            break
        start = token.start
    both = setting.rules.expression("both_owners").search(setting.text, max(start - 30, tokens[0].start), end)
    if both is not None:
        return _Asked(setting.both, both.start(), end)
    to = body(setting, start, end) or bodies(setting, begin, end)
    return _Asked(to, start, end) if to else None


def _owns(setting: Setting, token: Token) -> bool:
    over = setting.mention_over(token.start, token.end)
    return over is not None and over.start == token.start


def _subject(setting: Setting, row: Row, one: _Asked, last: Token) -> bool:
    """Could the words be the one who asks: a name as in a dictionary, or a noun with its owner before it and no ending but the owner's."""
    owned = row.facts.get("doubtful")
    if owned is None or not setting.rules.expression(str(owned)).search(last.folded):
        return False
    if last.folded in setting.names.table:
        return True
    return any(m.start < last.start for m in setting.mentions_in(one.start, one.end))


def _groups(setting: Setting, found: Sequence[_Asked], wanted: Sequence[re.Match[str]]) -> list[_Asked]:
    """Addressees of one list together; one that follows without a list mark is part of what is asked."""
    groups: list[_Asked] = []
    for one in found:
        if not groups:
            groups.append(one)
            continue
        last = groups[-1]
        between = setting.text[last.end : one.start]
        if setting.rules.expression("list_marks").fullmatch(between):
            groups[-1] = _Asked(tuple(dict.fromkeys((*last.to, *one.to))), last.start, one.end)
        elif any(last.end <= w.start() and w.end() <= one.start and _at_mark(setting, w.end(), one.start) for w in wanted):
            groups.append(one)
    return groups


def _at_mark(setting: Setting, start: int, end: int) -> bool:
    return setting.rules.expression("list_marks").fullmatch(setting.text[start:end].rstrip('“«"')) is not None


def _parties(setting: Setting, start: int, end: int, author: Author) -> tuple[str, ...]:
    """The parties named in what is demanded, but for the one that demands it."""
    if setting.rules.expression("both_sides_anywhere").search(setting.text, start, end):
        return setting.both
    codes = {setting.party_of(m) for m in setting.mentions_in(start, end)} - {"", author.party}
    return tuple(sorted(setting.names.parties[code].name for code in codes))


# --- who ----------------------------------------------------------------------------------------------------------


def _asker(setting: Setting, match: re.Match[str], first: int, start: int) -> Author:
    """Who asks: those who put out the text where the verb says "I" or "we", else the subject before the one who is asked."""
    if setting.rules.expression("asks_as_us").search(match.group()):
        return setting.first_person(match.start(), start)
    if not setting.tokens_before(first, start):
        return setting.spoken(match.start(), start)
    return replace(setting.opening(start, first), start=start)


def _behind_asker(setting: Setting, start: int, end: int, author: Author) -> int:
    """Where what is asked begins: with the clause, or behind the name of the one who asks where that opens it."""
    if author.first_person:
        return start
    for mention in setting.mentions_in(start, end)[:1]:
        if author.name in mention.sources or setting.party_of(mention) == author.party:
            return mention.end
    return start


def _last_clause(setting: Setting, start: int, end: int) -> int:
    """Behind the last verb that ends a clause before its comma: whom that verb had is not whom this one asks."""
    finite = setting.names.morphology.finite
    if finite is None:
        return start
    for token in setting.tokens_before(start, end):
        if setting.text[token.end : token.end + 1] in (",", ";") and finite.search(token.folded):
            start = token.end + 1
    return start

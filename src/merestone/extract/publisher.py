"""Whose text it is where nobody else is named: the publisher, or those who sign.

A name that neither the pack nor an office explains stays as it was given, with its affiliation unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from merestone.capture.terms import ExhibitText, Known, Unknown
from merestone.extract.lexicon import Lexicon
from merestone.extract.names import Mention, Names, find_names
from merestone.extract.speakers import OFFICIAL, Offices, party_at, speaker_of_source
from merestone.extract.terms import Speaker
from merestone.extract.tokens import Layout, layout

_LAND_CODE = re.compile(r"\w\.([A-Za-z]{2})$")
_HOST = re.compile(r"^[a-z]+://[^/\s:]+\.([A-Za-z]{2})(?:[:/]|$)")
_STOPS = re.compile(r"[,.;:!?\n()]")


def publisher_of(given: Known | Unknown, names: Names, lex: Lexicon, offices: Offices) -> tuple[Speaker, ...]:
    """The publisher as a speaker: a source of the pack, an office with a party in its name, or the name as given; () if unknown."""
    if not isinstance(given, Known):
        return ()
    name = given.value
    cut = layout(name, frozenset())
    entry = names.table.get(" ".join(t.folded for t in cut.tokens), ())
    for kind, key, _ in entry:
        if kind == "source":
            return (_called(speaker_of_source(names.sources[key], 0, 0), name),)
    mentions = find_names(cut, names)
    for match in offices.finder.find(cut, 0, len(name)):
        office = offices.offices.get(match.tag)
        _, _, code = party_at(cut, cut.tokens, mentions, lex, (match.start, match.end))
        if office and code and office.kind in OFFICIAL:
            return (Speaker(office.name.replace("{P}", names.parties[code].name), office.kind, code, office.official, 0, 0),)
    sources = [m.sources[0] for m in mentions if m.sources]
    if sources:
        return (_called(speaker_of_source(names.sources[sources[0]], 0, 0), name),)
    return (Speaker(name, "other", "unknown", False, 0, 0),)


def seat_of(exhibit: ExhibitText, publisher: Sequence[Speaker], names: Names) -> str:
    """The party whose land an outlet is of: the pack's word for it, else the land code that ends its name or the host of its address,
    else the one party whose land, people or town its name names ("Xland Today", "Xtown Herald").

    It tells only whose "the ministry" and "our" are in the outlet's own words; nobody is made a party's voice by it.
    """
    for speaker in publisher:
        if speaker.affiliation in names.parties:
            return speaker.affiliation
    abroad = any(speaker.affiliation != "unknown" for speaker in publisher)  # of no party; a service of it may be for one
    for known, expression in () if abroad else ((exhibit.publisher, _LAND_CODE), (exhibit.url, _HOST)):
        found = expression.search(known.value.strip()) if isinstance(known, Known) else None
        if found and found.group(1).upper() in names.parties:
            return found.group(1).upper()
    name = exhibit.publisher.value if isinstance(exhibit.publisher, Known) else ""
    mentions = find_names(layout(name, frozenset()), names)
    named = {code for mention in mentions for code in mention.parties or (names.places[key].side for key in mention.places)}
    return named.pop() if len(named) == 1 and named <= set(names.parties) else ""


def _called(speaker: Speaker, name: str) -> Speaker:
    """An outlet is called as it was given, an office by its own name."""
    return speaker if speaker.official else replace(speaker, name=name)


def named_themselves(cut: Layout, mentions: Sequence[Mention], themselves: re.Pattern[str]) -> str:
    """The party whose organisations those who sign say they are ("the undersigned Xlandish organisations"); "" where they do not."""
    for found in themselves.finditer(cut.text):
        for mention in mentions:
            gap = cut.text[found.end() : mention.start] if found.end() <= mention.start else cut.text[mention.end : found.start()]
            beside = found.end() <= mention.start or mention.end <= found.start()
            if beside and len(mention.parties) == 1 and not _STOPS.search(gap) and len(gap.split()) <= 1:
                return mention.parties[0]
    return ""


def signed(
    mentions: Sequence[Mention], signatories: Sequence[tuple[str, int, int]], names: Names, lex: Lexicon, themselves: str = ""
) -> Speaker:
    """Those who sign speak. Their party is the one that they name, else that the pack's sources, or the signatories' names, carry."""
    codes: Counter[str] = Counter([themselves] * (len(signatories) + 1) if themselves else [])
    for _, start, end in signatories:
        for mention in mentions:
            if start <= mention.start and mention.end <= end:
                codes.update(mention.parties)
                codes.update(names.sources[s].affiliation for s in mention.sources if names.sources[s].affiliation in names.parties)
    words = lex.table("offices")["signed"]
    best = codes.most_common(2)
    if best and (len(best) == 1 or best[0][1] > best[1][1]):
        code = best[0][0]
        return Speaker(words["of"].replace("{P}", names.parties[code].name), "civil_society", code, False, 0, 0)
    return Speaker(words["by"], "civil_society", "unknown", False, 0, 0)

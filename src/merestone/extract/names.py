"""Finds the names of a pack in a text: parties, sources and places, in any script and with the endings of a language.

An exact n-gram table over folded words: what it finds is what stands in the pack, nothing is guessed (law 1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from merestone.capture.names import fold, skeleton, variants
from merestone.capture.terms import Pack, Party, Place, Source
from merestone.extract.tokens import Layout, Token

LONGEST = 12  # words of one name; longer names of a pack are cut to this many


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the text that name parties, sources or places of the pack (several when the name is shared)."""

    start: int
    end: int
    first: int
    last: int
    parties: tuple[str, ...]
    sources: tuple[str, ...]
    places: tuple[str, ...]
    adjective: bool  # read through an ending: "Xlandish", "Xland's"


@dataclass(frozen=True, slots=True)
class Names:
    """The table, and the pack's nouns by key. Build once a pack and language with `names_of`.

    `table` goes from folded names to (party | source | place, key, written with a capital); `longest` counts words.
    """

    table: Mapping[str, tuple[tuple[str, str, bool], ...]]
    openers: frozenset[str]  # the first words of all names
    longest: int
    parties: Mapping[str, Party]
    sources: Mapping[str, Source]
    places: Mapping[str, Place]
    endings: tuple[str, ...]
    timezone: str


_PIECE = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")


def _key(name: str) -> str:
    return " ".join([fold(word) for word in _PIECE.findall(name)][:LONGEST])


def _all(names: Mapping[str, Iterable[str]]) -> Iterable[str]:
    for given in names.values():
        yield from given


def names_of(pack: Pack, endings: Sequence[str], adjectives: Sequence[str]) -> Names:
    """The names of `pack` ready for a language; `endings` are its inflections, `adjectives` what makes "Xlandish" of "Xland"."""
    table: dict[str, dict[tuple[str, str], bool]] = {}

    def put(name: str, kind: str, key: str) -> None:
        words = _key(name)
        if words:
            table.setdefault(words, {})[(kind, key)] = name[:1].isupper()

    for party in pack.parties:
        given = {party.name, *_all(party.aliases)}
        derived = {name + a for name in given for a in adjectives if len(name) >= 4 and " " not in name and name[0].isupper()}
        derived |= {name[:-1] + a for name in given for a in adjectives if len(name) >= 6 and " " not in name and name[-1] in "aey"}
        for name in sorted(given | derived):
            put(name, "party", party.code)
    for source in pack.sources:
        for name in {source.name, *_all(source.aliases)}:
            put(name, "source", source.name)
    for place in pack.places:
        for name in sorted({place.name, *_all(place.names)}):
            put(name, "place", place.id)
            for other in variants(name, ""):
                table.setdefault(other, {}).setdefault(("place", place.id), name[:1].isupper() or not name.isascii())
    return Names(
        table={words: tuple((k, key, cap) for (k, key), cap in sorted(found.items())) for words, found in table.items()},
        openers=frozenset(words.split(" ")[0] for words in table),
        longest=max((words.count(" ") + 1 for words in table), default=0),
        parties={p.code: p for p in pack.parties},
        sources={s.name: s for s in pack.sources},
        places={p.id: p for p in pack.places},
        endings=tuple(sorted(endings, key=len, reverse=True)),
        timezone=pack.timezones[0] if pack.timezones else "UTC",
    )


def _stems(word: str, endings: Sequence[str]) -> list[str]:
    out = [word]
    for ending in endings:
        folded = fold(ending)
        if len(word) > len(folded) + 1 and word.endswith(folded):
            out.append(word[: -len(folded)])
    return out


def _look_up(names: Names, tokens: Sequence[Token]) -> tuple[tuple[tuple[str, str, bool], ...], bool] | None:
    """What the words name, and whether an ending had to be taken off. Places are found by their sound too."""
    before = " ".join(t.folded for t in tokens[:-1])
    for number, last in enumerate(_stems(tokens[-1].folded, names.endings)):
        words = f"{before} {last}" if before else last
        found = names.table.get(words)
        if found:
            return found, number > 0
        by_sound = names.table.get(skeleton(words))
        places = tuple(entry for entry in by_sound or () if entry[0] == "place")
        if places and len(words) > 2:
            return places, number > 0
    return None


def find_names(layout: Layout, names: Names) -> tuple[Mention, ...]:
    """Every longest name, left to right, none overlapping another. A name in capitals is not found in small letters."""
    out: list[Mention] = []
    tokens, at = layout.tokens, 0
    while at < len(tokens):
        mention = _longest(layout, names, at) if _opens(names, tokens[at].folded) else None
        if mention:
            out.append(mention)
        at = mention.last if mention else at + 1
    return tuple(out)


def _opens(names: Names, word: str) -> bool:
    return any(stem in names.openers or skeleton(stem) in names.openers for stem in _stems(word, names.endings))


def _longest(layout: Layout, names: Names, at: int) -> Mention | None:
    tokens = layout.tokens
    for size in range(min(names.longest, len(tokens) - at), 0, -1):
        words = tokens[at : at + size]
        gap = layout.text[words[0].start : words[-1].end]
        if ("\n" in gap and layout.sentence_at(words[0].start).end < words[-1].end) or any(
            mark in gap for mark in (". ", ", ", "; ", ": ")
        ):
            continue
        got = _look_up(names, words)
        small = words[0].text[:1].islower()
        kept = [(kind, key) for kind, key, capital in got[0] if not (capital and small)] if got else []
        if got and kept:
            sorts = {kind: tuple(key for other, key in kept if other == kind) for kind in ("party", "source", "place")}
            return Mention(words[0].start, words[-1].end, at, at + size, sorts["party"], sorts["source"], sorts["place"], got[1])
    return None

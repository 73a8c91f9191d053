"""Finds the names of a pack in a text: parties, sources and places, in any script and with the endings of a language.

An exact n-gram table over folded words: what it finds is what stands in the pack, nothing is guessed (law 1).
"""

from __future__ import annotations

import functools
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from merestone.capture.names import fold, joined_words, romanised, skeleton, variants
from merestone.capture.place_index import IndexedPlaces, countries_of, places_by_id
from merestone.capture.terms import Pack, Party, Place, Source
from merestone.extract.indexed_names import IndexedBeginnings, IndexedRoots, IndexedSet, IndexedTable
from merestone.extract.morphology import Morphology
from merestone.extract.tokens import Layout, Token


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
    case: str = ""  # the mark of the case that its last word shows
    owns: int = -1  # where the noun begins that it may own; -1: any behind it


def by_itself(mention: Mention, closes: Container[str], apart: Container[str]) -> bool:
    """Does a name stand in a case in which it tells nothing of the noun behind it? In one of `apart` only by an ending of its own:
    a name without one is in the case of its noun."""
    return mention.case in closes or (mention.case in apart and mention.adjective)


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The table, and the pack's nouns by key. Build once a pack and language with `names_of`.

    `table` goes from folded names to (party | source | place, key, written with a capital); `longest` counts words.
    `heads`: what stands before the last word in names of several words, and before any other of their words but the first.
    """

    table: Mapping[str, tuple[tuple[str, str, bool], ...]] | IndexedTable
    openers: Container[str]  # the first words of all names
    heads: Container[str]
    longest: int
    parties: Mapping[str, Party]
    sources: Mapping[str, Source]
    places: Mapping[str, Place]
    endings: tuple[str, ...]
    timezone: str
    language: str = ""
    morphology: Morphology = field(default_factory=Morphology)
    roots: Mapping[str, tuple[tuple[str, str, bool], ...]] | IndexedRoots = field(default_factory=dict)  # names by the roots of their words
    beginnings: Container[str] = frozenset()  # the roots with which a name may begin, one word and more
    countries: frozenset[str] = frozenset()  # ids of places


def _all(names: Mapping[str, Iterable[str]]) -> Iterable[str]:
    for given in names.values():
        yield from given


_Entries = Mapping[str, tuple[tuple[str, str, bool], ...]]


def names_of(pack: Pack, endings: Sequence[str], adjectives: Sequence[str], bending: tuple[str, Morphology] = ("", Morphology())) -> Names:
    """The names of `pack` ready for a language; `endings` are its inflections, `adjectives` what makes "Xlandish" of "Xland".

    `bending`: the language's code and how its words bend; every word of a name may bend then, and is found by its root.
    """
    language, bend = bending
    table, roots = _tables(pack, adjectives, bend)
    openers = frozenset(words.split(" ")[0] for words in table)
    heads = frozenset(words[:at] for words in table for at, sign in enumerate(words) if sign == " ")
    begun = frozenset(" ".join(words.split(" ")[:n]) for words in roots for n in range(1, words.count(" ") + 2))
    made = Names(
        table=table,
        openers=openers,
        heads=heads,
        longest=max((words.count(" ") + 1 for words in table), default=0),
        parties={p.code: p for p in pack.parties},
        sources={s.name: s for s in pack.sources},
        places=places_by_id(pack.places),
        endings=tuple(fold(ending) for ending in sorted(endings, key=len, reverse=True)),
        timezone=pack.timezones[0] if pack.timezones else "UTC",
        language=language,
        morphology=bend,
        roots=roots,
        beginnings=begun,
        countries=frozenset(place.id for place in countries_of(pack.places)),
    )
    if not isinstance(pack.places, IndexedPlaces):
        return made
    index = pack.places.table
    by_root = IndexedRoots(roots, index, bend)
    return replace(
        made,
        table=IndexedTable(table, index),
        openers=IndexedSet(openers, index, longer=False),
        heads=IndexedSet(heads, index, longer=True),
        longest=max(made.longest, index.longest),
        roots=by_root,
        beginnings=IndexedBeginnings(begun, by_root),
    )


def _tables(pack: Pack, adjectives: Sequence[str], bend: Morphology) -> tuple[_Entries, _Entries]:
    """By the words of each name, and by their roots, what bears it. The places of an index stay there."""
    table: dict[str, dict[tuple[str, str], bool]] = {}
    roots: dict[str, dict[tuple[str, str], bool]] = {}

    def put(name: str, kind: str, key: str) -> None:
        words = joined_words(name)
        if words:
            table.setdefault(words, {})[(kind, key)] = name[:1].isupper()
            if bend.bends:
                for form, capital in _rooted(words, name, kind, bend):
                    entry = roots.setdefault(form, {})
                    entry[(kind, key)] = entry.get((kind, key), True) and capital

    for party in pack.parties:
        given = {party.name, *_all(party.aliases)}
        derived = {name + a for name in given for a in adjectives if len(name) >= 4 and " " not in name and name[0].isupper()}
        derived |= {name[:-1] + a for name in given for a in adjectives if len(name) >= 6 and " " not in name and name[-1] in "aey"}
        for name in sorted(given | derived):
            put(name, "party", party.code)
    for source in pack.sources:
        for name in {source.name, *_all(source.aliases)}:
            put(name, "source", source.name)
    for place in () if isinstance(pack.places, IndexedPlaces) else pack.places:
        for name in sorted({place.name, *_all(place.names)}):
            put(name, "place", place.id)
            for other in variants(name, ""):
                table.setdefault(other, {}).setdefault(("place", place.id), name[:1].isupper() or not name.isascii())
    return _sorted(table), _sorted(roots)


def _sorted(given: Mapping[str, Mapping[tuple[str, str], bool]]) -> _Entries:
    return {words: tuple((kind, key, capital) for (kind, key), capital in sorted(found.items())) for words, found in given.items()}


def _rooted(words: str, name: str, kind: str, bend: Morphology) -> Iterable[tuple[str, bool]]:
    """The roots under which a name is found, and whether it is written with a capital: the name itself, the adjective of a party
    or a place, and a place without the word that says what it is ("X district" is found as "X")."""
    capital = name[:1].isupper()
    parts = words.split(" ")
    yield " ".join(bend.root(part) for part in parts), capital
    if kind == "place":
        inner = [part for part in parts if part not in bend.level_words]
        if inner and len(inner) < len(parts) and len(inner[0]) > bend.least:
            yield " ".join(bend.root(part) for part in inner), capital
    if len(parts) > 1 or not capital:
        return
    for ending, instead in {"party": bend.party_adjectives, "place": bend.place_adjectives}.get(kind, ()):
        if parts[0].endswith(ending) and len(parts[0]) - len(ending) >= bend.least:
            made = parts[0][: len(parts[0]) - len(ending)] + instead
            yield bend.root(made), kind == "place"


@functools.lru_cache(maxsize=100_000)
def _stems(word: str, endings: tuple[str, ...]) -> tuple[str, ...]:
    return (word, *(word[: -len(ending)] for ending in endings if len(word) > len(ending) + 1 and word.endswith(ending)))


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
        if places and len(words) > 2:  # what a name's own endings tell goes before how it sounds
            return (_rooted_in(names, tokens) if names.morphology.bends else None) or (places, number > 0)
    return _by_roots(names, tokens) if names.morphology.bends else None


def _by_roots(names: Names, tokens: Sequence[Token]) -> tuple[tuple[tuple[str, str, bool], ...], bool] | None:
    """What the words name in any of their forms; a place also by how its name sounds in Latin letters."""
    if rooted := _rooted_in(names, tokens):
        return rooted
    if len(tokens) > 2 or tokens[0].text[:1].islower() or tokens[0].text[:1].isascii():
        return None
    before = "".join(romanised(t.folded, names.language) + " " for t in tokens[:-1])
    for number, form in enumerate(names.morphology.roots(tokens[-1].folded)):
        latin = _sound(before, form, names.language)
        places = tuple(entry for entry in names.table.get(latin, ()) if entry[0] == "place") if len(latin) > 3 else ()
        if places:
            return places, number > 0
    return None


def _rooted_in(names: Names, tokens: Sequence[Token]) -> tuple[tuple[tuple[str, str, bool], ...], bool] | None:
    begun = [""]
    for token in tokens:
        begun = _further(names, begun, token.folded)
        if not begun:
            break
    found = next((words for words in begun if words in names.roots), None)
    return None if found is None else (names.roots[found], found != " ".join(t.folded for t in tokens))


def _further(names: Names, begun: Sequence[str], word: str) -> list[str]:
    """The beginnings of names, by their roots, that `word` carries on."""
    options = names.morphology.roots(word)
    return [b for a in begun for o in options if (b := f"{a} {o}" if a else o) in names.beginnings]


@functools.lru_cache(maxsize=100_000)
def _sound(before: str, form: str, language: str) -> str:
    return skeleton(fold(before + romanised(form, language)))


ANY, NONE = -1, 1 << 60  # what may be its own begins anywhere; nowhere
OBJECT = "@acc"  # of what something is done to
ADJECTIVE = "@attr"  # of a name that is one: it belongs to whatever noun is behind it
BARE = 3  # words behind a bare name in which the noun is looked for that may be its own


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


@functools.lru_cache(maxsize=100_000)
def _opens(names: Names, word: str) -> bool:
    if names.morphology.bends and (not word.isascii() or any(root in names.beginnings for root in names.morphology.roots(word))):
        return True
    return any(stem in names.openers or skeleton(stem) in names.openers for stem in _stems(word, names.endings))


def _of_person(layout: Layout, names: Names, at: int) -> bool:
    """Is a word that is known by its sound alone the first of two with capitals, as persons are named?"""
    if any(root in names.roots for root in names.morphology.roots(layout.tokens[at].folded)) or at + 1 == len(layout.tokens):
        return False
    after = layout.tokens[at + 1]
    return after.text[:1].isupper() and layout.text[layout.tokens[at].end : after.start] == " "


def _most(names: Names, tokens: Sequence[Token], at: int) -> int:
    """How many words a name that begins at a word can have: as long as what stands before the last is the head of some name.
    Where words bend, two words may always be a place that is known by its sound."""
    most = min(names.longest, len(tokens) - at)
    before, begun, size = "", [""], 1
    while size < most:
        word = tokens[at + size - 1].folded
        before = f"{before} {word}" if before else word
        begun = _further(names, begun, word) if begun and names.morphology.bends else []
        sounded = size == 1 and names.morphology.bends
        if not (sounded or begun or before in names.heads or skeleton(before) in names.heads):
            break
        size += 1
    return size


def _longest(layout: Layout, names: Names, at: int) -> Mention | None:
    tokens = layout.tokens
    for size in range(_most(names, tokens, at), 0, -1):
        words = tokens[at : at + size]
        gap = layout.text[words[0].start : words[-1].end]
        if ("\n" in gap and layout.sentence_at(words[0].start).end < words[-1].end) or any(
            mark in gap for mark in (". ", ", ", "; ", ": ")
        ):
            continue
        got = _look_up(names, words)
        small = words[0].text[:1].islower()
        kept = [(kind, key) for kind, key, capital in got[0] if not (capital and small)] if got else []
        if got and kept and not (size == 1 and names.morphology.bends and _of_person(layout, names, at)):
            sorts = {kind: tuple(key for other, key in kept if other == kind) for kind in ("party", "source", "place")}
            marks = (names.morphology.case_of(word.folded, name=True) for word in (words if names.morphology.head_first else words[::-1]))
            bent, owns = next((mark for mark in marks if mark), ""), ANY
            if not got[1]:
                bent, owns = (
                    _bare(layout, names, at + size - 1) if sorts["party"] else (names.morphology.case_of_bare(words[-1].folded), ANY)
                )
            return Mention(
                words[0].start, words[-1].end, at, at + size, sorts["party"], sorts["source"], sorts["place"], got[1], bent, owns
            )
    return None


def _bare(layout: Layout, names: Names, last: int) -> tuple[str, int]:
    """The case of a party's name without any ending, and where the noun begins that may be its own: where a noun behind it has the ending
    of the owned, the name is in that noun's case ("the Xland press-its-in"); before any other it is the subject ("Xland to the border")."""
    bend, tokens = names.morphology, layout.tokens
    mark = bend.case_of_bare(tokens[last].folded)
    if bend.bare_owned is None or mark == bend.bare_subject:
        return mark, ANY if bend.bare_owned is None else NONE
    for n in range(last + 1, min(last + 1 + BARE, len(tokens))):
        if not layout.text[tokens[n - 1].end : tokens[n].start].isspace():
            break
        word = tokens[n].folded
        if bend.bare_modifiers is not None and bend.bare_modifiers.search(word):
            continue
        case = bend.case_of(word)
        if mark == ADJECTIVE and bend.adjective_objects is not None and bend.adjective_objects.search(f"{tokens[last].folded} {word}"):
            return OBJECT, ANY
        if mark == ADJECTIVE or bend.bare_owned.search(word):
            return case or mark, ANY if mark == ADJECTIVE else tokens[n].start
        if case != bend.bare_subject:
            break
    return bend.bare_subject, ANY if mark == ADJECTIVE else NONE

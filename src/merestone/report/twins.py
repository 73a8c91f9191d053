"""Tells a text and its pack with two parties exchanged, in any language: every name becomes its twin of the other side.

A twin is the same word with an invented beginning, one for each side ("Bzaba…", "Bzaga…"), in text and pack alike: the endings, the
cases and the order of the words stay what they were, and nothing but the party differs (law 2).
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from merestone.capture.names import fold, in_script_of, skeleton, variants
from merestone.capture.terms import Names as Aliases
from merestone.capture.terms import Pack, Party, Place, Source
from merestone.extract import languages_with_rules, load_rules
from merestone.extract.lexicon import lexicon
from merestone.extract.names import Mention, Names, find_names, names_of
from merestone.extract.tokens import layout

BEGINNINGS = ("bzaba", "bzaga")  # sounds that every script of ours writes alike, and no word of our tables begins with
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
_OPEN = re.compile(r"([^\W_]+)[%~]")
_LAND = re.compile(r"(?<=[^\W\d_]\.)[A-Za-z]{2}(?=$|[/:?#])")  # the code that ends the name of a host
_SHARED = 2  # letters at the beginning of a word and of the one that it is a form of, at least
_SHORTEST = 4  # letters of a word that others may be forms of
_BENT = 3  # letters at the end of a word that its forms may lack
_SHORTEST_ORDINARY = 4
_LONGEST_FORM = 4  # letters that a form may add to a word of the rules


@dataclass(frozen=True, slots=True, eq=False)
class Twins:
    """The names of two parties of a pack, and what each becomes. Make with `twins_of`.

    `swap`: the code of each party to that of the other. `own`: the folded words that belong to the names of one party alone, with its
    code. `sides`: the party of every source that is of one of the two.
    """

    original: Pack
    swap: Mapping[str, str]
    own: Mapping[str, str]
    sides: Mapping[str, str]
    names: dict[str, Names] = field(default_factory=dict)  # as each language finds them, made when first asked for

    def text(self, text: str, language: str, exchanged: bool) -> tuple[str, tuple[str, ...]]:
        """A text with every name replaced by its twin, of the other side where `exchanged`; and the names of parties and bodies that
        hold no word of one party alone: they stay as they are, and change sides in the pack only."""
        out, at, plain = [], 0, []
        for mention in find_names(layout(text, lexicon(language).abbreviations), self._names(language)):
            surface = text[mention.start : mention.end]
            made = self.words(surface, exchanged, self._words_of(mention))
            if made == surface and self._sided(mention):
                plain.append(surface)
            out += [text[at : mention.start], made]
            at = mention.end
        return "".join([*out, text[at:]]), tuple(plain)

    def called(self, name: str, exchanged: bool) -> str:
        """What a body is called that somebody named beside a text, or that reading made from one (a resident of a village)."""
        name = self.addressed(name) if exchanged else name
        if any(source.name == name for source in self.original.sources):
            return self.words(name, exchanged)
        told = (self.text(name, language, exchanged)[0] for language in languages_with_rules())
        return next((made for made in told if made != name), name)

    def turned(self, name: str) -> str:
        """A name that holds twins, with these exchanged."""
        name = self.addressed(name)
        for one, other in self._written():
            name = name.replace(one, "\0").replace(other, one).replace("\0", other)
        return name

    def addressed(self, name: str) -> str:
        """An address, or a name that ends as one, in the other land: its code is the party's."""
        return _LAND.sub(lambda code: self._code(code.group()), name)

    def _code(self, code: str) -> str:
        other = self.swap.get(code.upper(), code)
        return other.lower() if code.islower() else other

    def pack(self, exchanged: bool) -> Pack:
        """The pack with the twins of all names; where `exchanged`, each party holds the names, bodies, places, clock and allies of the other."""
        turn: Mapping[str, str] = self.swap if exchanged else {}
        known = {party.code: party for party in self.original.parties}
        return replace(
            self.original,
            parties=tuple(self._party(known[turn.get(p.code, p.code)], p.code, turn, exchanged) for p in self.original.parties),
            sources=tuple(self._source(source, turn, exchanged) for source in self.original.sources),
            places=tuple(self._place(place, turn, exchanged) for place in self.original.places),
        )

    # --- words --------------------------------------------------------------------------------------------------------

    def words(self, surface: str, exchanged: bool, known: tuple[str, ...] = ()) -> str:
        """The words of a name, those that belong to one party replaced by their twins. `known`: the folded words of the pack's names that
        it is a form of; none where it stands as in the pack."""

        def twin(found: re.Match[str]) -> str:
            word = fold(found.group())
            form = word in self.own or word in known
            side = self.own.get(word if form else _nearest(word, [each for each in known if each in self.own]))
            return found.group() if side is None else self.twin(found.group(), self.swap[side] if exchanged else side)

        return _WORD.sub(twin, self.addressed(surface) if exchanged else surface)

    def twin(self, word: str, side: str) -> str:
        """ "Northland" with the beginning of a side: "Bzabanorthland"; capitals stay capitals, and the script stays the word's own."""
        beginning = in_script_of(BEGINNINGS[list(self.swap).index(side)], word)
        if word.isupper() and len(word) > 1:
            return beginning.upper() + word
        first = word[:1].lower() if len(word[:1].lower()) == 1 else word[:1]  # "İ" has no small letter of its own
        return (beginning.capitalize() if word[:1].isupper() else beginning) + first + word[1:]

    def _written(self) -> set[tuple[str, str]]:
        """Both beginnings in every script of the names, in small letters and capitals."""
        pairs = {(in_script_of(BEGINNINGS[0], word), in_script_of(BEGINNINGS[1], word)) for word in self.own}
        return {(form(one), form(other)) for one, other in pairs for form in (str.lower, str.upper, str.capitalize)}

    def _names(self, language: str) -> Names:
        if language not in self.names:
            lex = lexicon(language)
            words = lex.rules.tables["morphology"]
            self.names[language] = names_of(self.original, words["name_endings"], words["adjectives"], (language, lex.morphology))
        return self.names[language]

    def _words_of(self, mention: Mention) -> tuple[str, ...]:
        """The folded words of all names of what a mention names."""
        parties, sources, places = set(mention.parties), set(mention.sources), set(mention.places)
        names = [*({"": (p.name,), **p.aliases} for p in self.original.parties if p.code in parties)]
        names += [{**s.aliases, "": (s.name,)} for s in self.original.sources if s.name in sources]
        names += [{**p.names, "-": (p.name,)} for p in self.original.places if p.id in places]
        return tuple(dict.fromkeys(word for each in names for word in _words(each)))

    def _sided(self, mention: Mention) -> bool:
        return any(name in self.sides for name in mention.sources) or any(code in self.swap for code in mention.parties)

    # --- the pack -----------------------------------------------------------------------------------------------------

    def _party(self, party: Party, code: str, turn: Mapping[str, str], exchanged: bool) -> Party:
        aligned = turn.get(party.aligned_with or "", party.aligned_with)
        aliases = self._aliases(party.aliases, exchanged)
        return replace(party, code=code, name=self.words(party.name, exchanged), aliases=aliases, aligned_with=aligned)

    def _source(self, source: Source, turn: Mapping[str, str], exchanged: bool) -> Source:
        aligned = turn.get(source.aligned_with or "", source.aligned_with)
        affiliation = turn.get(source.affiliation, source.affiliation)
        aliases = self._aliases(source.aliases, exchanged)
        return replace(source, name=self.words(source.name, exchanged), aliases=aliases, affiliation=affiliation, aligned_with=aligned)

    def _place(self, place: Place, turn: Mapping[str, str], exchanged: bool) -> Place:
        return replace(
            place,
            name=self.words(place.name, exchanged),
            names=self._aliases(place.names, exchanged),
            transliterated=self._aliases(place.transliterated, exchanged),
            side=turn.get(place.side, place.side),
        )

    def _aliases(self, names: Aliases, exchanged: bool) -> Aliases:
        return {language: tuple(self.words(name, exchanged) for name in given) for language, given in names.items()}


def twins_of(pack: Pack, one: str, other: str) -> Twins:
    """The twins of the names of two parties of `pack`."""
    owners = _owners(pack)
    own = {word: side for word, side in owners.items() if side in (one, other)}
    return Twins(
        original=pack,
        swap={one: other, other: one},
        own=own,
        sides={source.name: source.affiliation for source in pack.sources if source.affiliation in (one, other)},
    )


def _owners(pack: Pack) -> dict[str, str]:
    """The folded words of the pack's names that are no ordinary ones, with the code of the party whose names alone hold them. A party's own
    name is its own whoever bears it besides; names of no side ("A-B border") take nothing from anybody, and give up forms of such words."""
    owners: dict[str, set[str]] = defaultdict(set)
    parties: dict[str, set[str]] = defaultdict(set)
    alone: dict[str, set[str]] = defaultdict(set)  # a party by itself, so no ordinary word and nobody else's
    for party in pack.parties:
        for word in _words({"": (party.name,), **party.aliases}):
            parties[word].add(party.code)
        for name in (party.name, *chain(*party.aliases.values())):
            if " " not in name:
                alone[fold(name)].add(party.code)
    for name, aliases, side in (
        *((source.name, source.aliases, source.affiliation) for source in pack.sources),
        *((place.name, place.names, place.side) for place in pack.places),
    ):
        for word in _words({**aliases, "": (name, *aliases.get("", ()))}):
            owners[word] |= {side} & {party.code for party in pack.parties}
    found = {**owners, **parties, **alone}
    own = {w: min(codes) for w, codes in found.items() if len(codes) == 1 and (w in alone or not ordinary(w))}
    nobodys = [w for w, codes in found.items() if not codes and not ordinary(w)]
    by_sound = {skeleton(word): side for word, side in own.items()}
    stems = {w: [own[w[:-n]] for n in range(1, _BENT + 1) if len(w) - n >= _SHORTEST and w[:-n] in own] for w in nobodys}
    sounds = {w: sorted({by_sound[sound] for sound in variants(w) if sound in by_sound}) for w in nobodys}
    return {**own, **{w: (stems[w] or sounds[w])[0] for w in nobodys if stems[w] or len(sounds[w]) == 1}}


def _nearest(word: str, known: Iterable[str]) -> str:
    """The one of some words that a word is a form of, by its letters or by its sound in Latin ones; itself where it is a form of none."""
    sounds = {word, skeleton(word), *variants(word)}
    best, most = word, _SHARED - 1
    for other in known:
        for whole in {other, skeleton(other)}:
            shared = max(_alike(sound, whole) for sound in sounds)
            if shared > most and len(whole) - shared <= _BENT:
                best, most = other, shared
    return best


def _alike(one: str, other: str) -> int:
    """How many letters two words share from the beginning."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _words(names: Aliases) -> Iterator[str]:
    return (fold(word) for given in names.values() for name in given for word in _WORD.findall(name))


@functools.lru_cache(maxsize=100_000)
def ordinary(word: str) -> bool:
    """Is a folded word one of the reading rules', or a form of one?"""
    words, beginnings = _ordinary()
    sizes = range(max(_SHORTEST_ORDINARY, len(word) - _LONGEST_FORM), len(word) + 1)
    return word in words or any(word[:size] in beginnings for size in sizes)


@functools.cache
def _ordinary() -> tuple[frozenset[str], frozenset[str]]:
    """The folded words of all reading rules, and those of them that stand for more than themselves ("stem%", "word~")."""
    tables = (load_rules(language).tables for language in languages_with_rules())
    texts = [text for each in tables for text in _texts(list(each.values()))]
    words = frozenset(fold(word) for text in texts for word in _WORD.findall(text))
    return words, frozenset(fold(stem) for text in texts for stem in _OPEN.findall(text))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _texts([key, each])
    elif isinstance(value, Iterable):
        for each in value:
            yield from _texts(each)

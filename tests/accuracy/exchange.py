"""Exchanges two parties of a pack in a text: names, adjectives, demonyms, capitals, bodies, office holders and places.

Everything comes from the pack's own tables: what has no counterpart on the other side is a `Gap`, never a guess. Whatever belongs
to neither party stays. One pass, longest name first, capitals as they were.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from merestone.capture.names import fold, skeleton
from merestone.capture.terms import Pack, Party, Place, Source
from merestone.extract.lexicon import lexicon
from merestone.extract.names import Mention, Names, find_names, names_of
from merestone.extract.tokens import layout

LANGUAGE = "en"
WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
POSSESSIVE = re.compile(r"['’]s?$")
DIVISIONS = ("region", "district")  # both the first division of a land; one land may have few large ones, the other many small ones
PERSONS = ("office_holder", "ombudsperson")
TITLES = ("president", "prime minister", "colonel general")


class Gap(Exception):
    """No counterpart in the pack for `words`."""

    def __init__(self, words: str, start: int, why: str) -> None:
        super().__init__(f"{words!r}: {why}")
        self.words, self.start, self.why = words, start, why


def english(names: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [name for language in ("", LANGUAGE) for name in names.get(language, ())]


def latin(names: Mapping[str, tuple[str, ...]]) -> list[str]:
    """English names first, then those of other languages that an English text could write as they are."""
    others = [name for language, given in names.items() if language not in ("", LANGUAGE) for name in given]
    return [*english(names), *(name for name in others if name.isascii())]


def sorts(party: Party) -> dict[str, list[str]]:
    """Single words that name a party, by sort. A second word of a sort (a short form of the adjective, say) stands behind the first."""
    given = english(party.aliases)
    adjective = next(name.removesuffix(" side") for name in given if name.endswith(" side"))
    out: dict[str, list[str]] = {"name": [party.name], "adjective": [adjective], "people": [adjective + "s"], "short": [], "capital": []}
    for name in given:
        if " " in name or any(name in words for words in out.values()):
            continue
        if name.isupper():
            out["short"].append(name)
        elif fold(name)[:3] == fold(party.name)[:3]:
            out["people" if name.endswith("s") else "adjective"].append(name)
        else:
            out["capital"].append(name)
    return out


@dataclass
class Exchange:
    """The exchange of `one` and `other` in the texts of one corpus: places are paired as they turn up."""

    pack: Pack
    one: str
    other: str
    words: dict[str, str] = field(init=False)  # folded core word -> core word of the other party
    bodies: dict[str, str] = field(init=False)  # source name -> source name
    places: dict[str, str] = field(init=False, default_factory=dict)  # id -> id, both ways
    named: dict[tuple[str, ...], tuple[str, ...]] = field(init=False, default_factory=dict)  # ids that a name means -> those of its twin

    def __post_init__(self) -> None:
        self.parties = {party.code: party for party in self.pack.parties}
        self.swap = {self.one: self.other, self.other: self.one}
        lex = lexicon(LANGUAGE)
        morphology = lex.rules.tables["morphology"]
        self.abbreviations = lex.abbreviations
        self.names: Names = names_of(self.pack, morphology["name_endings"], morphology["adjectives"])
        self.words = {}
        for code in self.swap:
            mine, theirs = sorts(self.parties[code]), sorts(self.parties[self.swap[code]])
            for sort, given in mine.items():
                for number, word in enumerate(given):
                    if theirs[sort]:
                        self.words[fold(word)] = theirs[sort][min(number, len(theirs[sort]) - 1)]
        self.bodies = dict(self._bodies())

    # --- bodies -------------------------------------------------------------------------------------------------------

    def _bodies(self) -> Iterator[tuple[str, str]]:
        """By what their names say, where the exchanged name stands in the pack; the others of a kind in the order of the pack."""
        sides = {code: [s for s in self.pack.sources if s.affiliation == code] for code in self.swap}
        left: dict[str, list[Source]] = {code: [] for code in self.swap}
        known = {s.name for s in self.pack.sources}
        for code, sources in sides.items():
            for source in sources:
                twin = self._by_words(source.name)
                if twin in known and twin != source.name:
                    yield source.name, twin
                else:
                    left[code].append(source)
        for kind in {s.kind for s in left[self.one]}:
            for a, b in zip([s for s in left[self.one] if s.kind == kind], [s for s in left[self.other] if s.kind == kind], strict=False):
                yield a.name, b.name
                yield b.name, a.name

    def _by_words(self, words: str) -> str:
        """Core words exchanged, with their possessive endings; the rest as it is."""
        return WORD.sub(lambda found: self._word(found.group()), words)

    def _word(self, word: str) -> str:
        ending = POSSESSIVE.search(word)
        bare = word[: ending.start()] if ending else word
        twin = self.words.get(fold(bare))
        if twin is None:
            return word
        tail = ending.group() if ending else ""
        return (twin.upper() if bare.isupper() and len(bare) > 3 else twin) + tail

    def _shape(self, alias: str) -> tuple[tuple[str, ...], int, tuple[str, ...]]:
        """Which sorts of core words an alias holds, how many others, and the title it opens with: like goes to like."""
        core = []
        other = 0
        for word in WORD.findall(alias):
            bare = POSSESSIVE.sub("", word)
            if fold(bare) in self.words:
                core.append(self._sort(bare) + ("'s" if bare != word else ""))
            else:
                other += 1
        title = tuple(t for t in TITLES if fold(alias).startswith(t))
        return tuple(core), other, title

    def _sort(self, word: str) -> str:
        for code in self.swap:
            for sort, given in sorts(self.parties[code]).items():
                if fold(word) in map(fold, given):
                    return sort
        return ""

    def _alias(self, surface: str, theirs: list[str]) -> str | None:
        """The alias of the counterpart that is most like `surface`, None where there is none of its sort."""
        core, other, title = self._shape(surface)
        rest = {fold(w) for w in WORD.findall(surface)} - set(self.words)

        def like(alias: str) -> tuple[int, int, int, int]:
            c, o, t = self._shape(alias)
            shared = len(rest & ({fold(w) for w in WORD.findall(alias)} - set(self.words)))
            return (c == core, t == title, shared, -abs(o - other))

        same_sort = [alias for alias in theirs if bool(self._shape(alias)[0]) == bool(core)]
        return max(same_sort, key=like) if same_sort else None

    # --- places -------------------------------------------------------------------------------------------------------

    def _signature(self, ids: Iterable[str]) -> Counter[tuple[str, str]]:
        return Counter((self.names.places[i].side, self._level(i)) for i in ids)

    def _level(self, place: str) -> str:
        level = self.names.places[place].level
        return DIVISIONS[0] if level in DIVISIONS else level

    def _mirrored(self, ids: Iterable[str]) -> Counter[tuple[str, str]]:
        return Counter({(self.swap.get(side, side), level): n for (side, level), n in self._signature(ids).items()})

    def _pairing(self, mine: tuple[str, ...], theirs: tuple[str, ...]) -> dict[str, str] | None:
        """Ids to ids of the mirrored side and the same level, in keeping with what is paired already."""

        def order(ids: tuple[str, ...], mirrored: bool) -> list[str]:
            return sorted(
                ids,
                key=lambda i: (
                    self.swap.get(self.names.places[i].side, "") if mirrored else self.names.places[i].side,
                    self._level(i),
                    i,
                ),
            )

        pairs = {}
        if len(mine) != len(theirs):
            return None
        for a, b in zip(order(mine, True), order(theirs, False), strict=True):
            if not self.names.places[a].side:
                if a != b:
                    return None
                continue
            if self.places.get(a, b) != b or self.places.get(b, a) != a or pairs.get(b, a) != a:
                return None
            pairs |= {a: b, b: a}
        return pairs

    def _candidates(self) -> list[tuple[str, tuple[str, ...]]]:
        """All names of places of the two parties that mean places alone, with what they mean, in the order of the pack."""
        if not hasattr(self, "_all"):
            out = []
            for place in self.pack.places:
                for name in latin(place.names):
                    if place.side in self.swap:
                        found = find_names(layout(name, self.abbreviations), self.names)
                        if (
                            len(found) == 1
                            and not found[0].parties
                            and not found[0].sources
                            and (found[0].start, found[0].end) == (0, len(name))
                        ):
                            out.append((name, found[0].places))
            self._all = out
        return self._all

    def _rank(self) -> dict[str, int]:
        """Where a place stands among those of its side and level, in the order of the pack."""
        if not hasattr(self, "_ranks"):
            seen: Counter[tuple[str, str]] = Counter()
            self._ranks = {}
            for place in self.pack.places:
                self._ranks[place.id] = seen[place.side, place.level]
                seen[place.side, place.level] += 1
        return self._ranks

    def _place(self, words: str, ids: tuple[str, ...], start: int) -> str:
        """The name of the counterpart that stands where `words` stand among the names of theirs: two names stay two names."""
        wanted = self._mirrored(ids)
        if not any(side in self.swap for side, _ in wanted):
            return words
        if ids not in self.named:
            self._pair(words, ids, wanted, start)
        mine, theirs = self._called(ids), self._called(self.named[ids])
        if self.named[ids] == ids:
            return words
        at = next((n for n, name in enumerate(mine) if skeleton(fold(name)) == skeleton(fold(words))), 0)
        return theirs[at] if at < len(theirs) else theirs[0]

    def _called(self, ids: tuple[str, ...]) -> list[str]:
        """The names that mean just these places, the one to show first."""
        names = dict.fromkeys(name for name, meant in self._candidates() if meant == ids)
        shown = {self.names.places[i].name for i in ids}
        return sorted(names, key=lambda name: name not in shown)

    def _pair(self, words: str, ids: tuple[str, ...], wanted: Counter[tuple[str, str]], start: int) -> None:
        rank = self._rank()
        best: tuple[tuple[int, ...], dict[str, str], tuple[str, ...]] | None = None
        if self._signature(ids) == wanted:  # one of each side: the name is its own counterpart
            pairs = self._pairing(ids, ids)
            best = None if pairs is None else ((0,), pairs, ids)
        for name, theirs in self._candidates() if best is None else ():
            pairs = self._pairing(ids, theirs) if self._signature(theirs) == wanted else None
            if pairs is None:
                continue
            levels = sum(self.names.places[a].level != self.names.places[b].level for a, b in pairs.items())
            key = (levels, abs(len(WORD.findall(name)) - len(WORD.findall(words))), abs(rank[ids[0]] - rank[theirs[0]]))
            if best is None or key < best[0]:
                best = key, pairs, theirs
        if best is None:
            raise Gap(words, start, "no place of the other side has a name that means as many places of the same levels")
        self.places |= best[1]
        self.named[ids], self.named[best[2]] = best[2], ids

    # --- texts --------------------------------------------------------------------------------------------------------

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """As the reader finds them; a body's name that is longer than what the reader looks up is taken whole."""
        found: list[Mention] = []
        for mention in find_names(layout(text, self.abbreviations), self.names):
            if found and mention.start < found[-1].end:
                continue
            whole = [len(a) for s in mention.sources for a in english(self.names.sources[s].aliases) if text.startswith(a, mention.start)]
            found.append(replace(mention, end=max([mention.end, *(mention.start + size for size in whole)])))
        return tuple(found)

    def text(self, text: str) -> str:
        """The text with the two parties exchanged; raises `Gap` at the first name without a counterpart."""
        out, at = [], 0
        for mention in self.mentions(text):
            out += [text[at : mention.start], self._mention(mention, text[mention.start : mention.end])]
            at = mention.end
        return "".join([*out, text[at:]])

    def name(self, name: str) -> str:
        """What a speaker or a signatory is called on the other side; what has no counterpart keeps its name."""
        if name in self.bodies:
            return self.bodies[name]
        try:
            return self.text(name)
        except Gap:
            return name

    def _mention(self, mention: Mention, surface: str) -> str:
        mine = {s for s in mention.sources if s in self.bodies or self.names.sources[s].affiliation in self.swap}
        if mention.sources and mine:
            return self._body(mention, surface, min(mine))
        if set(mention.parties) & set(self.swap):
            return self._party(mention, surface)
        ids = tuple(i for i in mention.places)
        sided = [i for i in ids if self.names.places[i].side in self.swap]
        if not sided or mention.parties or mention.sources:
            return self._by_words(surface)
        if any(self.names.places[i].level == "country" for i in sided):
            return self._land(mention, surface)
        bare = POSSESSIVE.sub("", surface)
        twin = self._place(bare, ids, mention.start)
        return (twin.upper() if bare.isupper() and len(bare) > 3 else twin) + surface[len(bare) :]

    def _known(self, words: str, mention: Mention) -> bool:
        """Whether the exchanged words mean the exchanged party, body or land, and nothing else."""
        found = self.mentions(words)
        if len(found) != 1 or (found[0].start, found[0].end) != (0, len(words)):
            return False
        same = sorted(found[0].parties) == sorted(self.swap.get(code, code) for code in mention.parties)
        return same and sorted(found[0].sources) == sorted(self.bodies.get(name, name) for name in mention.sources)

    def _party(self, mention: Mention, surface: str) -> str:
        words = self._by_words(surface)
        if words != surface and self._known(words, mention):
            self.places |= self._pairing(mention.places, self.mentions(words)[0].places) or {}
            return words
        code = next(code for code in mention.parties if code in self.swap)
        alias = self._alias(surface, english(self.parties[self.swap[code]].aliases))
        if alias is None:
            raise Gap(surface, mention.start, "the other party has no name of this sort")
        return alias

    def _land(self, mention: Mention, surface: str) -> str:
        words = self._by_words(surface)
        found = self.mentions(words)
        if len(found) != 1 or self._signature(found[0].places) != self._mirrored(mention.places):
            raise Gap(surface, mention.start, "the other land has no name of this sort")
        self.places |= self._pairing(mention.places, found[0].places) or {}
        return words

    def _body(self, mention: Mention, surface: str, name: str) -> str:
        if name not in self.bodies:
            raise Gap(surface, mention.start, f"{name} has no counterpart in the pack")
        words = self._by_words(surface)
        if words != surface and self._known(words, mention):
            return words
        ending = POSSESSIVE.search(surface)
        bare = surface[: ending.start()] if ending and fold(surface) not in self.names.table else surface
        twin = self.names.sources[self.bodies[name]]
        alias = self._alias(bare, [twin.name, *english(twin.aliases)])
        if alias is None and twin.kind not in PERSONS:
            alias = twin.name
        if alias is None:
            raise Gap(surface, mention.start, f"{twin.name} has no alias of this sort")
        return alias + surface[len(bare) :]

    # --- the pack -----------------------------------------------------------------------------------------------------

    def geography(self) -> Pack:
        """The pack with paired places in each other's position, and with alliances exchanged; names and sides stay.

        How far two villages lie from each other is no matter of who holds them; linking looks at it, so it is exchanged as well.
        """
        spots = {place.id: place for place in self.pack.places}
        places = tuple(self._moved(place, spots) for place in self.pack.places)
        sources = tuple(replace(s, aligned_with=self.swap.get(s.aligned_with or "", s.aligned_with)) for s in self.pack.sources)
        parties = tuple(replace(p, aligned_with=self.swap.get(p.aligned_with or "", p.aligned_with)) for p in self.pack.parties)
        return replace(self.pack, places=places, sources=sources, parties=parties)

    def _moved(self, place: Place, spots: dict[str, Place]) -> Place:
        twin = self.places.get(place.id)
        if twin is None:
            return place
        spot = spots[twin]
        within = self.places.get(spot.within or "", spot.within)
        return replace(
            place, lat=spot.lat, lon=spot.lon, uncertainty_m=spot.uncertainty_m, within=within, approx=spot.approx, level=spot.level
        )


def sentences(text: str) -> list[tuple[int, int]]:
    """Sentences as stretches that cover the text: each runs to the beginning of the next."""
    starts = [s.start for s in layout(text, lexicon(LANGUAGE).abbreviations).sentences]
    return list(pairwise([0, *starts[1:], len(text)])) if starts else [(0, len(text))]

"""The pack's places by every spelling of every name: what a mention may mean, and how it was found.

A look-up never chooses: it gives all places that bear the name, exact spellings before those that only sound alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from merestone.capture.names import fold, joined_words, romanised, skeleton, stems, variants, without_levels
from merestone.capture.place_index import BARE, EXACT, SMALL, SOUND, IndexedPlaces, Keyed, Spellings, places_by_id
from merestone.capture.terms import Pack, Place
from merestone.locate.geometry import distance_m

_PIECE = re.compile(r"[^\W_]+(?:['’ʼ`´-][^\W_]+)*")
_LONGEST = 8  # words of a name inside a longer run
_FORMS = 8  # of a name, beside words that tell namesakes apart
_MOST = 40  # words of a mention that are looked at one by one


class _Spellings:
    """Exact spellings, and whether longer names begin with them."""

    def __init__(self, exact: Mapping[str, tuple[str, ...]]) -> None:
        self._exact = exact
        self._heads = frozenset(words[:at] for words in exact for at, sign in enumerate(words) if sign == " ")

    def look(self, key: str) -> tuple[tuple[str, ...], bool]:
        return self._exact.get(key, ()), key in self._heads


@dataclass(frozen=True, slots=True)
class NameTable:
    """Folded names to ids, and keys of sound (see `capture.names.variants`) to ids. `small`: names that a pack writes without a capital."""

    exact: Mapping[str, tuple[str, ...]] | Keyed
    sound: Mapping[str, tuple[str, ...]] | Keyed
    bare: Mapping[str, tuple[str, ...]] | Keyed  # names without the words that say what sort of place it is
    small: frozenset[str] | Keyed
    spellings: Spellings | _Spellings

    def find(self, name: str, language: str) -> tuple[tuple[str, ...], str]:
        """Ids and how they were found: `exact`, `ending`, `sound`, `bare` or "" for nothing."""
        forms = spoken(name, language)
        for table, how in ((self.exact, "exact"), (self.sound, "sound")):
            for number, form in enumerate(forms):
                key = form if how == "exact" else skeleton(form)
                ids = table.get(key, ())
                if ids:
                    return ids, "ending" if number and how == "exact" else how
        # a name that the pack has in one tradition's letters only, written in those of the text
        for form in (*(romanised(form, language) for form in forms), *spoken(romanised(name, language), language)):
            ids = self.sound.get(skeleton(fold(form)), ())
            if ids:
                return ids, "sound"
        bare = next((ids for form in forms if (ids := self.bare.get(form, ()))), ())
        return bare, "bare" if bare else ""

    def with_words(self, name: str, language: str, words: Iterable[str]) -> tuple[str, ...]:
        """Ids of those called "Upper X", "New X" and so on, where nobody is called X."""
        forms = spoken(name, language)[:_FORMS]
        found = (self.exact.get(key, ()) for form in forms if form for word in words for key in (f"{word} {form}", f"{form} {word}"))
        return tuple(sorted({ident for ids in found for ident in ids}))

    def find_inside(self, words: str, language: str) -> tuple[tuple[str, ...], ...]:
        """The names that stand in a longer run of words ("the A section of the state border"), longest first, none overlapping."""
        pieces = _PIECE.findall(words)[:_MOST]
        out: list[tuple[str, ...]] = []
        at = 0
        while at < len(pieces):
            sizes = range(min(_LONGEST, len(pieces) - at), 0, -1)
            found = next(((ids, size) for size in sizes if (ids := self._named(pieces[at : at + size], language))), None)
            if found is not None:
                out.append(found[0])
            at += found[1] if found is not None else 1
        return tuple(out)

    def _named(self, pieces: list[str], language: str) -> tuple[str, ...]:
        """Ids for these words, if they can be a name: it has a capital, or is a name that is written without one."""
        name = " ".join(pieces)
        if pieces[0][:1].islower() and not any(form in self.small for form in spoken(name, language)):
            return ()
        ids, how = self.find(name, language)
        return ids if how in ("exact", "ending") or (how and pieces[0][:1].isupper()) else ()


def spoken(name: str, language: str) -> list[str]:
    """The folded name as written, then with the endings of its words taken off, in all combinations (the first 64)."""
    words = fold(name).split()
    if len(words) > _MOST:
        return [" ".join(words)]
    options = [stems(word, language) for word in words]
    return [" ".join(words) for words in islice(product(*options), 64)]


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Places by id, the table of their names, and the ids of the areas that hold each."""

    places: Mapping[str, Place]
    names: NameTable
    holders: Mapping[str, tuple[str, ...]]

    def known(self, ids: tuple[str, ...]) -> tuple[Place, ...]:
        return tuple(self.places[each] for each in ids if each in self.places)

    def bears_exactly(self, place: Place, name: str, language: str) -> bool:
        """Whether one of the place's names is this spelling (endings apart)."""
        return any(place.id in self.names.exact.get(form, ()) for form in spoken(name, language))

    def holds(self, holder: Place, held: Place) -> bool:
        return holder.id in self.holders.get(held.id, ())

    def seat(self, wide: Place, narrow: Place) -> bool:
        """Whether `narrow` lies in `wide` (by the pack, or by distance where the pack does not say)."""
        if self.holds(wide, narrow):
            return True
        return (
            wide.uncertainty_m > narrow.uncertainty_m and distance_m((wide.lat, wide.lon), (narrow.lat, narrow.lon)) <= wide.uncertainty_m
        )


class _Holders(Mapping[str, tuple[str, ...]]):
    """The ids of the areas that hold a place, worked out when they are asked for."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self._places = places
        self._of = lru_cache(maxsize=50_000)(self._worked_out)

    def __getitem__(self, ident: str) -> tuple[str, ...]:
        return self._of(ident)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _worked_out(self, ident: str) -> tuple[str, ...]:
        out: list[str] = []
        at = self._places[ident].within
        while at is not None and at in self._places and at not in out and at != ident:
            out.append(at)
            at = self._places[at].within
        return tuple(out)


def gazetteer(pack: Pack) -> Gazetteer:
    """Build once a pack."""
    by_id = places_by_id(pack.places)
    if isinstance(pack.places, IndexedPlaces):
        index = pack.places.table
        return Gazetteer(
            by_id,
            NameTable(Keyed(index, EXACT), Keyed(index, SOUND), Keyed(index, BARE), Keyed(index, SMALL), Spellings(index)),
            _Holders(by_id),
        )
    exact: dict[str, dict[str, None]] = {}
    sound: dict[str, dict[str, None]] = {}
    bare: dict[str, dict[str, None]] = {}
    for place in pack.places:
        for language, names in (("", (place.name,)), *place.names.items()):
            for name in names:
                exact.setdefault(fold(name), {})[place.id] = None
                for key in variants(name, language):
                    sound.setdefault(key, {})[place.id] = None
                for key in without_levels(joined_words(name)):
                    bare.setdefault(key, {})[place.id] = None
    table = NameTable(
        exact={key: tuple(ids) for key, ids in exact.items()},
        sound={key: tuple(ids) for key, ids in sound.items()},
        bare={key: tuple(ids) for key, ids in bare.items()},
        small=frozenset(fold(name) for place in pack.places for names in place.names.values() for name in names if name[:1].islower()),
        spellings=_Spellings({key: tuple(ids) for key, ids in exact.items()}),
    )
    return Gazetteer(by_id, table, _Holders(by_id))

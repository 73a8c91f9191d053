"""The names of places of a very large pack, looked up in its index in place of tables made of them.

What `names_of` would put into its tables for every name is asked the other way round: which names could have the root that a text shows.
Nothing is found here that would not stand in the tables of a small pack, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import overload

from merestone.capture.names import joined_words
from merestone.capture.place_index import ANY, BARE, LOWER, WORDS, PlaceIndex
from merestone.extract.morphology import Morphology

Entry = tuple[str, str, bool]  # party | source | place, its key, written with a capital


class IndexedTable:
    """Folded names to what bears them: those of parties and sources from `own`, places from the index."""

    def __init__(self, own: Mapping[str, tuple[Entry, ...]], index: PlaceIndex) -> None:
        self._own, self._index = own, index
        self._found = lru_cache(maxsize=100_000)(self._look_up)

    def _look_up(self, key: str) -> tuple[Entry, ...]:
        return tuple(sorted((*self._own.get(key, ()), *placed(self._index, key, WORDS | ANY))))

    @overload
    def get(self, key: str, absent: None = None, /) -> tuple[Entry, ...] | None: ...
    @overload
    def get(self, key: str, absent: tuple[Entry, ...], /) -> tuple[Entry, ...]: ...
    def get(self, key: str, absent: tuple[Entry, ...] | None = None, /) -> tuple[Entry, ...] | None:
        return self._found(key) or absent

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None


class IndexedSet:
    """First words of names (`longer` False), or what stands before the last word of one."""

    def __init__(self, own: frozenset[str], index: PlaceIndex, longer: bool) -> None:
        self._own, self._index, self._longer = own, index, longer

    def __contains__(self, words: object) -> bool:
        return isinstance(words, str) and (words in self._own or self._index.leads(words)[self._longer])


class IndexedRoots:
    """Names by the roots of their words, in a language whose words bend: parties and sources from `own`, places from the index."""

    def __init__(self, own: Mapping[str, tuple[Entry, ...]], index: PlaceIndex, bend: Morphology) -> None:
        self._own, self._index, self._bend = own, index, bend
        self.get = lru_cache(maxsize=100_000)(self._get)
        self.beginnings = lru_cache(maxsize=100_000)(self._beginnings)

    def __getitem__(self, root: str) -> tuple[Entry, ...]:
        return self.get(root)

    def __contains__(self, root: object) -> bool:
        return isinstance(root, str) and bool(self.get(root))

    def _get(self, root: str) -> tuple[Entry, ...]:
        found: dict[tuple[str, str], bool] = {(kind, key): capital for kind, key, capital in self._own.get(root, ())}
        for written in self.beginnings(root):
            for kind, key, capital in (*placed(self._index, written, WORDS), *self._bare(written)):
                found[(kind, key)] = found.get((kind, key), True) and capital
        for written in self._adjectives(root):
            for kind, key, capital in placed(self._index, written, WORDS):
                if capital:
                    found.setdefault((kind, key), True)
        return tuple((kind, key, capital) for (kind, key), capital in sorted(found.items()))

    def _bare(self, written: str) -> Iterator[Entry]:
        """Places of which these are the words of a name without those that say, in this language, what sort of place it is."""
        if len(written.split(" ", 1)[0]) <= self._bend.least:
            return
        for number, what in self._index.entries(written):
            if not what & BARE:
                continue
            place = self._index.place(number)
            for name in (place.name, *(name for names in place.names.values() for name in names)):
                parts = joined_words(name).split(" ")
                inner = [part for part in parts if part not in self._bend.level_words]
                if len(inner) < len(parts) and " ".join(inner) == written:
                    yield "place", place.id, name[:1].isupper()

    def _beginnings(self, root: str) -> tuple[str, ...]:
        """What stands in the index, as a name or as the beginning of one, and has these words as its roots."""
        before, _, last = root.rpartition(" ")
        heads = [f"{head} " for head in self.beginnings(before) if self._index.leads(head)[1]] if before else [""]
        return tuple(f"{head}{form}" for head in heads for form in self._forms(last) if self._index.leads(f"{head}{form}")[0])

    def _forms(self, root: str) -> Iterator[str]:
        """Dictionary forms that have this root."""
        if self._bend.root(root) == root:
            yield root
        for ending, instead in self._bend.base:
            form = root[: len(root) - len(instead)] + ending
            if root.endswith(instead) and self._bend.root(form) == root:
                yield form

    def _adjectives(self, root: str) -> Iterator[str]:
        """Names of one word whose adjective has this root."""
        if " " in root:
            return
        for form in self._forms(root):
            for ending, instead in self._bend.place_adjectives:
                name = form[: len(form) - len(instead)] + ending
                if form.endswith(instead) and len(name) - len(ending) >= self._bend.least:
                    yield name


class IndexedBeginnings:
    """The roots with which a name may begin, one word and more."""

    def __init__(self, own: frozenset[str], roots: IndexedRoots) -> None:
        self._own, self._roots = own, roots

    def __contains__(self, root: object) -> bool:
        return isinstance(root, str) and (root in self._own or bool(self._roots.beginnings(root)) or bool(self._roots.get(root)))


def placed(index: PlaceIndex, key: str, flags: int) -> Iterator[Entry]:
    for number, what in index.entries(key):
        if what & flags:
            yield "place", index.place(number).id, not what & LOWER

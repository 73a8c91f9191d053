"""The pack's places by every spelling of every name: what a mention may mean, and how it was found.

A look-up never chooses: it gives all places that bear the name, exact spellings before those that only sound alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from merestone.capture.names import fold, skeleton, stems, variants
from merestone.capture.terms import Pack, Place
from merestone.locate.geometry import distance_m


@dataclass(frozen=True, slots=True)
class NameTable:
    """Folded names to ids, and keys of sound (see `capture.names.variants`) to ids."""

    exact: Mapping[str, tuple[str, ...]]
    sound: Mapping[str, tuple[str, ...]]

    def find(self, name: str, language: str) -> tuple[tuple[str, ...], str]:
        """Ids and how they were found: `exact`, `ending`, `sound` or "" for nothing."""
        words = fold(name)
        head, _, last = words.rpartition(" ")
        forms = [f"{head} {form}".strip() for form in stems(last, language)]
        for table, how in ((self.exact, "exact"), (self.sound, "sound")):
            for number, form in enumerate(forms):
                key = form if how == "exact" else skeleton(form)
                if key in table:
                    return table[key], "ending" if number and how == "exact" else how
        return (), ""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places by id, the table of their names, and the ids of the areas that hold each."""

    places: Mapping[str, Place]
    names: NameTable
    holders: Mapping[str, tuple[str, ...]]

    def known(self, ids: tuple[str, ...]) -> tuple[Place, ...]:
        return tuple(self.places[each] for each in ids if each in self.places)

    def bears_exactly(self, place: Place, name: str, language: str) -> bool:
        """Whether one of the place's names is this spelling (endings apart)."""
        folded = fold(name)
        head, _, last = folded.rpartition(" ")
        forms = {f"{head} {form}".strip() for form in stems(last, language)}
        return any(place.id in self.names.exact.get(form, ()) for form in forms)

    def holds(self, holder: Place, held: Place) -> bool:
        return holder.id in self.holders.get(held.id, ())

    def seat(self, wide: Place, narrow: Place) -> bool:
        """Whether `narrow` lies in `wide` (by the pack, or by distance where the pack does not say)."""
        if self.holds(wide, narrow):
            return True
        return (
            wide.uncertainty_m > narrow.uncertainty_m and distance_m((wide.lat, wide.lon), (narrow.lat, narrow.lon)) <= wide.uncertainty_m
        )


def gazetteer(pack: Pack) -> Gazetteer:
    """Build once a pack."""
    exact: dict[str, dict[str, None]] = {}
    sound: dict[str, dict[str, None]] = {}
    for place in pack.places:
        for language, names in (("", (place.name,)), *place.names.items()):
            for name in names:
                exact.setdefault(fold(name), {})[place.id] = None
                for key in variants(name, language):
                    sound.setdefault(key, {})[place.id] = None
    by_id = {place.id: place for place in pack.places}
    table = NameTable({key: tuple(ids) for key, ids in exact.items()}, {key: tuple(ids) for key, ids in sound.items()})
    return Gazetteer(by_id, table, {place.id: _holders(place, by_id) for place in pack.places})


def _holders(place: Place, by_id: Mapping[str, Place]) -> tuple[str, ...]:
    out: list[str] = []
    at = place.within
    while at is not None and at in by_id and at not in out and at != place.id:
        out.append(at)
        at = by_id[at].within
    return tuple(out)

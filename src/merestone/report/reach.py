"""What an edition keeps for its balance audit, and how much of that the public may see.

The law it keeps: where monitors were is told by side alone, never by place or day, and in public only what is older than 72 hours, in
steps of five: zero stays zero, because that nobody looked there is the one thing that a reader must know. No account leaves the house.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from merestone.assess.heard import names_of
from merestone.assess.material import NONE
from merestone.capture.terms import Pack
from merestone.report.coarsen import FRESH, latest
from merestone.report.terms import Card, Document, Edition, Reach, Reached, Went

STEP = 5  # public numbers of patrols and observations are told in steps of it
PATROL, REFUSED, CAMERA_DOWN, OBSERVATION = "patrol", "refused", "camera_down", "observation"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a pack says that reach needs: sources by affiliation, names -> (affiliation, the pack's name), places -> side."""

    sources: tuple[tuple[str, int], ...]
    known: Mapping[str, tuple[str, str]]
    sides: Mapping[str, str]


def ground_of(pack: Pack) -> Ground:
    codes = {party.code for party in pack.parties}
    affiliation = names_of(pack).affiliation
    names: dict[str, tuple[str, str]] = {}
    for source in pack.sources:
        for name in (source.name, *(alias for aliases in source.aliases.values() for alias in aliases)):
            names.setdefault(name.casefold(), (affiliation[name.casefold()], source.name))
    sides = {place.id: place.side if place.side in codes else NONE for place in pack.places}
    counts = Counter(source.affiliation for source in pack.sources)
    return Ground(tuple(sorted(counts.items())), names, sides)


def reach_of(pack: Pack, documents: Iterable[Document], claims: Collection[Card]) -> Reach:
    """Of a brief: there is no mission, so nothing is told of patrols and decisions."""
    ground = ground_of(pack)
    shown = {name for document in documents if (name := getattr(document.publisher, "value", ""))}
    shown |= {speaker.name for card in claims for speaker in card.claim.said_by}
    names = tuple((name, *ground.known.get(name.casefold(), ("unknown", ""))) for name in sorted(shown))
    return Reach(ground.sources, names)


def areas_of(ground: Ground, went: tuple[Went, ...], claims: Iterable[Card]) -> tuple[Reached, ...]:
    """One area a side, in order of code."""
    places = Counter(ground.sides.values())
    told = {w.place for card in claims for w in card.claim.where if w.place is not None}
    named = Counter(ground.sides[place] for place in told if place in ground.sides)
    return tuple(_looked(Reached(side, places[side], named[side]), went, 1) for side in sorted(places))


def _looked(area: Reached, went: tuple[Went, ...], step: int) -> Reached:
    here = [each for each in went if area.party in each.parties]
    counts = Counter(each.what for each in here)
    return replace(
        area,
        patrols=_range(counts[PATROL], step),
        nil=_range(sum(each.nil for each in here), step),
        refused=_range(counts[REFUSED], step),
        cameras_down=_range(counts[CAMERA_DOWN], step),
        observations=_range(counts[OBSERVATION], step),
    )


def _range(number: int, step: int) -> tuple[int, int]:
    if number == 0 or step == 1:
        return number, number
    low = number // step * step
    return max(1, low), low + step - 1


def public_reach(reach: Reach | None, edition: Edition) -> Reach | None:
    """As `edition`, which is public already, may tell it: names that it shows itself, sides without places, nothing that is new."""
    if reach is None:
        return None
    shown = {name for document in edition.documents if (name := getattr(document.publisher, "value", ""))}
    shown |= {speaker.name for card in edition.claims for speaker in card.claim.said_by}
    names = tuple(each for each in reach.names if each[0] in shown)
    areas = reach.areas if reach.areas is None else tuple(_coarse(area, reach.went, edition.generated_at) for area in reach.areas)
    return Reach(reach.sources, names, areas)


def _coarse(area: Reached, went: tuple[Went, ...], now: datetime) -> Reached:
    """Where no patrol is told by itself, nothing was done or it has been coarsened already."""
    bare = replace(area, named=None)
    return _looked(bare, tuple(each for each in went if _old(each.day, now)), STEP) if went else bare


def _old(day: str, now: datetime) -> bool:
    """What bears no day counts as new."""
    last = latest(day) if day else None
    return last is not None and last <= now - FRESH

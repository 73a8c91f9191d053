"""What a pack holds of each party, side by side: places, names, how exact they are, sources, aliases. Counted, never weighed.

The same questions for every party (law 2). `differences` puts the counts into the words that a report's method shows, so that
nobody reads a silence of the pack for a silence of a party.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from merestone.capture.alignment import Aligned, aligned_of
from merestone.capture.terms import Pack, Place

_NO_SIDE = "On no party's side"


@dataclass(frozen=True, slots=True)
class Named:
    """Of a party's places, how many have a name of their own in a language, one made by transliteration (`matched` of them are
    looked for in texts), none and the pack says so, none and the pack says nothing."""

    language: str
    own: int
    transliterated: int
    matched: int
    unknown: int
    missing: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What the pack holds for one party ("" for places and sources of no side). `aliases`: language to how many names the party has
    in it; `sources_named`: language to how many of its sources have an alias in it; `allies`: sources of no party aligned with it."""

    party: str
    places: int
    named: tuple[Named, ...]
    median_uncertainty_m: float | None
    sources: tuple[tuple[str, int], ...]  # kind to number
    aliases: tuple[tuple[str, int], ...]
    sources_named: tuple[tuple[str, int], ...]
    allies: int = 0


def languages(pack: Pack) -> tuple[str, ...]:
    """Languages in which the pack names parties or places."""
    return tuple(sorted(({language for party in pack.parties for language in party.aliases} | set(_of_places(pack))) - {""}))


def _of_places(pack: Pack) -> tuple[str, ...]:
    used = {language for place in pack.places for names in (place.names, place.transliterated) for language in names}
    return tuple(sorted(used - {""}))


def tallies(pack: Pack) -> tuple[Tally, ...]:
    """One a party in the order of the pack, then one for every other side that a place names, and for sources of no party."""
    by_side: dict[str, list[Place]] = defaultdict(list)
    for place in pack.places:
        by_side[place.side].append(place)
    aliases = {party.code: party.aliases for party in pack.parties}
    used, of_places = languages(pack), _of_places(pack)
    out = []
    others = set(by_side) | ({""} if any(source.affiliation not in aliases for source in pack.sources) else set())
    for side in [*aliases, *sorted(others - set(aliases))]:
        sources = [source for source in pack.sources if (source.affiliation if source.affiliation in aliases else "") == side]
        held = by_side[side]
        out.append(
            Tally(
                party=side,
                places=len(held),
                named=tuple(_named(held, language) for language in of_places) if held else (),
                median_uncertainty_m=statistics.median(place.uncertainty_m for place in held) if held else None,
                sources=tuple(sorted(Counter(source.kind for source in sources).items())),
                aliases=tuple((language, len(aliases.get(side, {}).get(language, ()))) for language in used),
                sources_named=tuple(
                    (language, sum(language in source.aliases or "" in source.aliases for source in sources)) for language in used
                ),
                allies=sum(source.affiliation not in aliases and source.aligned_with == side for source in pack.sources),
            )
        )
    return tuple(out)


def _named(places: list[Place], language: str) -> Named:
    found = Counter(place.named(language) for place in places)
    matched = sum(language in place.names for place in places if place.named(language) == "transliterated")
    return Named(language, found["own"], found["transliterated"], matched, found["unknown"], found["missing"])


def differences(pack: Pack) -> tuple[str, ...]:
    """The counts in words: what reading them has to do with a report, then one sentence a party in the order of their codes, whatever the
    pack writes first. Nothing for a pack of one party."""
    codes = {party.code for party in pack.parties}
    told = sorted(
        (tally for tally in tallies(pack) if tally.places or tally.sources), key=lambda tally: (tally.party not in codes, tally.party)
    )
    if len(pack.parties) < 2 or not told:
        return ()
    names = {party.code: party.name for party in pack.parties}
    return (
        "What the pack holds of each party differs as counted here. A place, name or source that it lacks is not found in a text.",
        *(f"{names.get(tally.party, tally.party or _NO_SIDE)}: {_told(tally)}." for tally in told),
        *(_both_readings(each, pack, names) for each in aligned_of(pack)),
    )


def _both_readings(aligned: Aligned, pack: Pack, names: Mapping[str, str]) -> str:
    """A party that is aligned with another, counted apart and counted together with it and with all that are aligned with it."""
    code, other, why = aligned
    together = {other, *(each for each, with_, _ in aligned_of(pack) if with_ == other)}
    places = sum(place.side in together for place in pack.places)
    sources = sum(source.affiliation in together for source in pack.sources)
    return (
        f"{names[code]} is aligned with {names[other]}: {why or 'the pack does not say why'}. It is a party of its own here and stands under its own name. "
        f"Read together with {names[other]} and all that is aligned with it: {places} {_plural('place', places)}, "
        f"{sources} {_plural('source', sources)}, and what they alone report is not reported by both. "
        "Their figures are never added: both may count the same people."
    )


def _told(tally: Tally) -> str:
    parts = []
    if tally.median_uncertainty_m is not None:
        parts.append(f"{tally.places} {_plural('place', tally.places)}, half of them known within {tally.median_uncertainty_m / 1000:g} km")
        parts.extend(f"{each.language} {share_words(each, tally.places)}" for each in tally.named)
    sources = sum(number for _, number in tally.sources)
    parts.append(f"{sources} {_plural('source', sources)}" + (f", and {tally.allies} of no party aligned with it" if tally.allies else ""))
    return "; ".join(parts)


def share_words(named: Named, places: int) -> str:
    """ "97 % named, of these 84 % by transliteration" and so on: shares of all places, in whole per cent."""
    have = named.own + named.transliterated
    words = f"{have / places:.0%} named"
    return f"{words}, {named.transliterated / places:.0%} by transliteration alone" if named.transliterated else words


def _plural(word: str, number: int) -> str:
    return word if number == 1 else f"{word}s"

"""Says what is missing or odd in a pack that could be read, and what each party has in it, side by side.

The same questions for every party (law 2). A finding never stops a pack from being used; whoever keeps the pack decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from merestone.capture.alignment import Aligned, aligned_of
from merestone.capture.names import fold
from merestone.capture.pack import index_for, open_pack
from merestone.capture.pack_check_agreements import agreements
from merestone.capture.pack_check_map import map_findings
from merestone.capture.pack_parse import Finding
from merestone.capture.parity import Tally, languages, tallies
from merestone.capture.place_index import IndexedPlaces
from merestone.capture.terms import Pack, Place, Source

_SAME_SPOT_KM = 1.0


@dataclass(frozen=True, slots=True)
class PackCheck:
    """Findings in the order of the pack, one tally a party ("" for no side), and the parties aligned with another."""

    pack: str
    digest: str
    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]
    aligned: tuple[Aligned, ...] = ()


def check(name_or_path: str, kinds: Collection[str] = ()) -> PackCheck:
    """Opens a pack and checks it; refuses as `load_pack` does. `kinds`: those that claims can have, where the caller knows them."""
    opened = open_pack(name_or_path)
    if not isinstance(opened.pack.places, IndexedPlaces):
        return check_pack(opened.pack, opened.findings, kinds)
    path, made, places = index_for(name_or_path)
    same = path.read_bytes() == made
    index = () if same else (Finding("index_differs", path.name, "it is not what `merestone pack index` makes of places.csv"),)
    return check_pack(replace(opened.pack, places=places), (*opened.findings, *index), kinds)


def check_pack(pack: Pack, notes: Iterable[Finding] = (), kinds: Collection[str] = ()) -> PackCheck:
    """`notes`: what was odd in the files, from `open_pack`."""
    found = (
        *notes,
        *_clocks(pack),
        *_parties(pack),
        *_sources(pack),
        *_shared(pack),
        *_fewer(pack),
        *_unnamed(pack),
        *_balance(pack),
        *_twice(pack),
        *_places(pack),
        *map_findings(pack),
        *_names(pack),
        *_maps(pack),
        *(Finding(*told) for told in agreements(pack, kinds)),
    )
    return PackCheck(pack.name, pack.digest, tuple(found), tallies(pack), aligned_of(pack))


def told(checked: PackCheck) -> tuple[str, ...]:
    """The check as lines of text: some for each party, then one a finding."""
    out = [f"{checked.pack} {checked.digest[:12]}"]
    for tally in checked.tallies:
        out += _party_lines(tally)
        out += [f"  aligned with {other}: {why or 'nothing says why'}" for code, other, why in checked.aligned if code == tally.party]
    out += [f"{finding.code}: {finding.where}: {finding.what}" for finding in checked.findings]
    out.append(f"{len(checked.findings)} findings")
    return tuple(out)


def _party_lines(tally: Tally) -> list[str]:
    median = "unknown" if tally.median_uncertainty_m is None else f"{tally.median_uncertainty_m / 1000:g} km"
    out = [f"{tally.party or '(no side)'}: {tally.places} places; median uncertainty {median}"]
    for each in tally.named:
        shares = [(each.own, "own"), (each.transliterated, "transliterated"), (each.unknown, "unknown"), (each.missing, "not said")]
        words = ", ".join(f"{number / tally.places:.0%} {what}" for number, what in shares if number)
        found = f" ({each.matched} of {each.transliterated} transliterated ones looked for in texts)" if each.transliterated else ""
        out.append(f"  {each.language or 'any'}: {words}{found}")
    sources = ", ".join(f"{kind} {number}" for kind, number in tally.sources) or "none"
    whole = sum(number for _, number in tally.sources)
    aliases = ", ".join(f"{language} {number}" for language, number in tally.aliases) or "none"
    named = ", ".join(f"{language} {number / whole:.0%}" for language, number in tally.sources_named if whole) or "none"
    of_no_party = [f"  sources of no party aligned with it: {tally.allies}"] if tally.allies else []
    of_party = f"aliases of the party: {aliases}; " if tally.party else ""
    return [*out, f"  sources {whole}: {sources}", f"  {of_party}sources with an alias: {named}", *of_no_party]


# --- who and when -------------------------------------------------------------------------------------------------


def _clocks(pack: Pack) -> Iterator[Finding]:
    if not all(pack.period):
        yield Finding("no_period", "period", "from or to is missing; a year cannot be inferred well without it")
    for zone in (*pack.timezones, *(party.timezone for party in pack.parties if party.timezone)):
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            yield Finding("unknown_timezone", "timezones", f"{zone} is no zone of the time zone database")


def _parties(pack: Pack) -> Iterator[Finding]:
    owners: dict[str, set[str]] = defaultdict(set)
    for party in pack.parties:
        if not party.aliases:
            yield Finding("no_aliases", f"party {party.code}", "only its name is found in texts")
        if party.aligned_with is not None and not party.why:
            yield Finding("no_why", f"party {party.code}", f"nothing says why it is aligned with {party.aligned_with}")
        for names in party.aliases.values():
            for name in names:
                owners[fold(name)].add(party.code)
    for name, codes in owners.items():
        if len(codes) > 1:
            yield Finding("shared_alias", "parties", f"“{name}” names {', '.join(sorted(codes))}")
    for language in languages(pack):
        missing = [party.code for party in pack.parties if language not in party.aliases and "" not in party.aliases]
        if missing and len(missing) < len(pack.parties):
            yield Finding("party_unnamed", f"language {language}", f"no alias for {', '.join(missing)}, but for others")


def _sources(pack: Pack) -> Iterator[Finding]:
    codes = {party.code for party in pack.parties}
    owners: dict[str, set[str]] = defaultdict(set)
    for source in pack.sources:
        where = f"source {source.name}"
        if source.affiliation not in codes | {"both", "none"}:
            yield Finding("unknown_affiliation", where, f"`{source.affiliation}` is neither a party nor both nor none")
        if source.aligned_with is not None and source.aligned_with not in codes:
            yield Finding("unknown_alignment", where, f"`{source.aligned_with}` is no party")
        if not source.why:
            yield Finding("no_why", where, f"nothing says why it is {source.affiliation}")
        for name in {source.name, *(name for names in source.aliases.values() for name in names)}:
            owners[fold(name)].add(source.name)
    for name, sources in owners.items():
        if len(sources) > 1:
            yield Finding("shared_alias", "sources", f"“{name}” names {', '.join(sorted(sources))}")


def _shared(pack: Pack) -> Iterator[Finding]:
    """One name for a party and for a source of another side: whose word it is cannot be told."""
    sides = {
        fold(name): party.code for party in pack.parties for name in (party.name, *(n for names in party.aliases.values() for n in names))
    }
    for source in pack.sources:
        for name in sorted({fold(name) for names in ((source.name,), *source.aliases.values()) for name in names}):
            if name in sides and sides[name] != source.affiliation:
                yield Finding("shared_alias", f"source {source.name}", f"“{name}” names the party {sides[name]} too, which it is not of")


def _fewer(pack: Pack) -> Iterator[Finding]:
    """Languages in which a party has less than half as many names as another; parties aligned with one have it to speak for them."""
    bound = {party.code for party in pack.parties if party.aligned_with is not None}
    own = [tally for tally in tallies(pack) if tally.party and tally.party not in bound]
    for language in languages(pack):
        counts = {tally.party: dict(tally.aliases)[language] for tally in own}
        if counts and 0 < min(counts.values()) * 2 < max(counts.values()):
            told = ", ".join(f"{code} {number}" for code, number in counts.items())
            yield Finding("fewer_names", f"language {language}", f"names of the parties: {told}")


def _balance(pack: Pack) -> Iterator[Finding]:
    """Kinds of which the parties have different numbers; parties with less than half of the largest party's sources are left out."""
    kinds: dict[str, Counter[str]] = {
        party.code: Counter(source.kind for source in pack.sources if source.affiliation == party.code) for party in pack.parties
    }
    most = max((counted.total() for counted in kinds.values()), default=0)
    with_sources = {code: counted for code, counted in kinds.items() if counted and counted.total() * 2 >= most}
    for kind in sorted({kind for counted in with_sources.values() for kind in counted}):
        numbers = {code: counted[kind] for code, counted in with_sources.items()}
        if len(set(numbers.values())) > 1:
            yield Finding("unequal_sources", f"kind {kind}", ", ".join(f"{code} {number}" for code, number in numbers.items()))


def _unnamed(pack: Pack) -> Iterator[Finding]:
    """By language and affiliation: sources without an alias in a language that other sources have aliases in; one finding each."""
    used = sorted({language for source in pack.sources for language in source.aliases} - {""})
    held: dict[str, list[Source]] = defaultdict(list)
    for source in pack.sources:
        held[source.affiliation].append(source)
    for affiliation, sources in held.items():
        for language in used:
            missing = [source.name for source in sources if language not in source.aliases and "" not in source.aliases]
            if missing:
                first = ", ".join(missing[:3]) + (" …" if len(missing) > 3 else "")
                yield Finding("source_unnamed", f"language {language}, {affiliation}", f"{len(missing)} of {len(sources)} sources have no alias: {first}")  # fmt: skip


def _twice(pack: Pack) -> Iterator[Finding]:
    """Ids that stand twice. Places and parties cannot: such a pack is refused."""
    for what, ids in (
        ("source", [source.name for source in pack.sources]),
        ("line", [line.id for line in pack.lines]),
        ("agreement", [agreement.id for agreement in pack.agreements]),
    ):
        for ident, number in Counter(ids).items():
            if number > 1:
                yield Finding("duplicate_id", f"{what} {ident}", f"stands {number} times")


# --- where --------------------------------------------------------------------------------------------------------


def _places(pack: Pack) -> Iterator[Finding]:
    codes, by_id = {party.code for party in pack.parties}, {place.id: place for place in pack.places}
    frame = _frame(pack)
    spots: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in pack.places:
        where = f"place {place.id}"
        if place.side and place.side not in codes:
            yield Finding("unknown_side", where, f"`{place.side}` is no party")
        if not place.origin:
            yield Finding("no_origin", where, "nothing says where its coordinate comes from")
        if frame is not None and not (frame[0] <= place.lat <= frame[2] and frame[1] <= place.lon <= frame[3]):
            yield Finding("outside", where, f"{place.lat}, {place.lon} is outside the land that the pack shows")
        if place.within is not None:
            yield from _held(place, by_id.get(place.within), where)
        spots[(place.level, fold(place.name))].append(place)
    for namesakes in spots.values():
        for first, second in pairwise(namesakes):
            if _km(first, second) < _SAME_SPOT_KM:
                yield Finding("duplicate_place", f"place {second.id}", f"same name and spot as {first.id}")


def _held(place: Place, holder: Place | None, where: str) -> Iterator[Finding]:
    if holder is None:
        yield Finding("unknown_within", where, f"`{place.within}` is no place of the pack")
    elif (apart := _km(place, holder)) * 1000 > holder.uncertainty_m + place.uncertainty_m:
        yield Finding(
            "off_district", where, f"{apart:.0f} km from the middle of {holder.id}, which reaches {holder.uncertainty_m / 1000:g} km"
        )


def _frame(pack: Pack) -> tuple[float, float, float, float] | None:
    """South, west, north, east of the land, a tenth of it wider."""
    points = [point for shape in pack.shapes if shape.kind == "land" for ring in shape.rings for point in ring]
    if not points:
        return None
    south, north = min(lat for lat, _ in points), max(lat for lat, _ in points)
    west, east = min(lon for _, lon in points), max(lon for _, lon in points)
    return south - (north - south) / 10, west - (east - west) / 10, north + (north - south) / 10, east + (east - west) / 10


def _names(pack: Pack) -> Iterator[Finding]:
    """By language and side: how many places have no name in it; one finding each, not one a place."""
    for tally in tallies(pack):
        for each in tally.named:
            if each.missing:
                yield Finding(
                    "names_missing",
                    f"language {each.language}, side {tally.party or 'none'}",
                    f"{each.missing} of {tally.places} places have no name in it, and it is not stated as unknown",
                )


def _km(a: Place, b: Place) -> float:
    """Great-circle distance (haversine, mean radius 6,371 km)."""
    lat1, lat2 = radians(a.lat), radians(b.lat)
    square = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(min(1.0, square)))


# --- maps --------------------------------------------------------------------------------------------------------


def _maps(pack: Pack) -> Iterator[Finding]:
    for line in pack.lines:
        if not line.origin:
            yield Finding("no_origin", f"line {line.id}", "nothing says who draws it so")
    for number, shape in enumerate(pack.shapes, start=1):
        if not shape.origin:
            yield Finding("no_origin", f"shape {number}", "nothing says where it comes from")

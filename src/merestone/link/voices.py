"""Who repeats whom: each claim is given to the voice that it comes from, and every step on the way is an edge.

The law it keeps: a party and everything that repeats it is one voice; a copy has the voice of its origin; a document that
is cited and that nobody here holds is no voice. Where it cannot be told, claims share a voice rather than gain one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from merestone.capture.terms import Pack
from merestone.extract.terms import Proposal, Speaker
from merestone.link.copies import Copy
from merestone.link.terms import Dossier, Edge, Ref, Voice

FIRST_HAND = ("resident", "hospital")  # kinds whose own words are first-hand content, even where they live on one side
NOT_A_PARTY = ("none", "both", "unknown", "")
ALONE = "nobody says who published it, and no other party speaks in it"


@dataclass(frozen=True, slots=True)
class _Said:
    """One source in the chain of a claim, from the publisher inwards."""

    name: str
    kind: str
    affiliation: str
    received: bool
    publisher: bool = False

    @property
    def party(self) -> str:
        return "" if self.affiliation in NOT_A_PARTY else self.affiliation


@dataclass(frozen=True, slots=True)
class _Key:
    """What makes one voice: a party, or one source."""

    party: str
    source: str


@dataclass(slots=True)
class _Gathered:
    key: _Key
    name: str
    affiliation: str
    members: set[str] = field(default_factory=set)
    claims: list[Ref] = field(default_factory=list)
    steps: dict[tuple[str, str, str, str], set[Ref]] = field(default_factory=lambda: defaultdict(set))


def voices(dossiers: Iterable[Dossier], repeats: Sequence[Copy], pack: Pack | None = None) -> tuple[Voice, ...]:
    """The voices of all claims, numbered in the order of their first claim. Each claim belongs to exactly one."""
    ordered = sorted(dossiers, key=lambda each: each.reading.id)
    known = _Known(ordered, pack)
    chains = {Ref(d.reading.id, claim.id): known.chain(d, claim) for d in ordered for claim in d.reading.claims}
    copied = {each.later: each for each in repeats}
    owners = _owners(chains, copied)
    publishers = {dossier.reading.id: known.publisher(dossier).name for dossier in ordered}
    gathered: dict[_Key, _Gathered] = {}
    for ref in sorted(chains):
        key, speaker = owners[ref]
        voice = gathered.setdefault(key, _Gathered(key, known.party(key.party) if key.party else speaker.name, speaker.affiliation))
        voice.claims.append(ref)
        _steps(voice, ref, speaker, chains[ref], known)
        if ref in copied:
            copy = copied[ref]
            repeater, origin = publishers[ref.document], publishers[copy.earlier.document]
            voice.members.update((repeater, origin))
            voice.steps[repeater, origin, copy.how, copy.why].add(ref)
    return tuple(_voice(n, each) for n, each in enumerate(gathered.values(), 1))


def _owners(chains: dict[Ref, list[_Said]], copied: dict[Ref, Copy]) -> dict[Ref, tuple[_Key, _Said]]:
    """The voice of each claim: its own chain's, unless it is a copy; a family of copies that holds one party is that party's."""
    own = {ref: _owner(chain) for ref, chain in chains.items()}
    families: dict[Ref, list[Ref]] = defaultdict(list)
    for ref in sorted(chains):
        families[copied[ref].earlier if ref in copied else ref].append(ref)
    owners = {}
    for root, members in families.items():
        parties = {own[ref][0].party: own[ref] for ref in (root, *members) if own[ref][0].party}
        shared = next(iter(parties.values())) if len(parties) == 1 else own[root]
        for ref in members:
            owners[ref] = own[ref] if own[ref][0].party else shared
    return owners


def _owner(chain: Sequence[_Said]) -> tuple[_Key, _Said]:
    """`chain` runs from the publisher to the innermost speaker.

    A party's word told by somebody else is the party's, but one side's account of what the other said, or of what a
    neutral source or a resident said, is that side's: nobody here holds more than its word. A cited document that is not
    here still owns what repeats it, and `assess` counts no voice for it.
    """
    speaker, outside = chain[-1], chain[:-1]
    tellers = [each for each in outside if each.party and (not each.publisher or not speaker.party)]
    other = [each for each in tellers if each.party != speaker.party]
    if other:
        speaker = other[-1]
    if speaker.party and speaker.kind not in FIRST_HAND:
        return _Key(speaker.party, ""), speaker
    return _Key("", speaker.name.casefold()), speaker


def _steps(voice: _Gathered, ref: Ref, owner: _Said, chain: Sequence[_Said], known: _Known) -> None:
    """The owner of the words and who repeats it are members; whom the owner only says to have heard is not."""
    repeaters = chain[: chain.index(owner) + 1] if owner in chain else chain[:1]
    voice.members.update(each.name for each in repeaters if each.received or each.publisher)
    for outer, inner in pairwise(chain):
        cited = "" if inner.received else ", which is cited and which nobody here holds"
        voice.steps[outer.name, inner.name, "according_to", f"{outer.name} gives it as the word of {inner.name}{cited}."].add(ref)
    if voice.key.party:
        for each in chain:
            if each.party == voice.key.party:
                why = known.why(each.name)
                said = f"{each.name} carries the affiliation of {known.party(each.party)}{f': {why}' if why else ''}"
                voice.steps[each.name, voice.name, "speaks_for", f"{said.rstrip('.')}."].add(ref)


def _voice(number: int, each: _Gathered) -> Voice:
    edges = [
        Edge(repeater, origin, how, why, tuple(sorted(claims)))
        for (repeater, origin, how, why), claims in each.steps.items()
        if repeater != origin
    ]
    return Voice(
        id=f"V-{number:02d}",
        name=each.name,
        affiliation=each.affiliation,
        members=tuple(sorted(each.members)),
        edges=tuple(sorted(edges, key=lambda edge: (edge.repeater, edge.origin, edge.how, edge.claims, edge.why))),
        claims=tuple(sorted(each.claims)),
    )


class _Known:
    """What is known of sources: from the pack, and from the readings' own speakers where the pack is silent."""

    def __init__(self, dossiers: Iterable[Dossier], pack: Pack | None) -> None:
        self._parties = {each.code: each.name for each in pack.parties} if pack else {}
        self._why: dict[str, str] = {}
        self._sources: dict[str, _Said] = {}
        for source in pack.sources if pack else ():
            said = _Said(source.name, source.kind, source.affiliation, received=True)
            self._why[source.name] = source.why
            for name in (source.name, *(alias for names in source.aliases.values() for alias in names)):
                self._sources.setdefault(name.casefold(), said)
        spoken = sorted(
            (speaker.name, speaker.kind, speaker.affiliation) for d in dossiers for claim in d.reading.claims for speaker in claim.said_by
        )
        for name, kind, affiliation in spoken:
            if affiliation not in {"unknown", ""}:
                self._sources.setdefault(name.casefold(), _Said(name, kind, affiliation, received=True))

    def party(self, code: str) -> str:
        return self._parties.get(code, code)

    def why(self, name: str) -> str:
        return self._why.get(name, "")

    def publisher(self, dossier: Dossier) -> _Said:
        """Where nobody says who published a text, and one party alone speaks in it, the text is that party's."""
        name = dossier.publisher.strip()
        if not name:
            name = f"publisher of {dossier.reading.id}"
            speaking = {claim.said_by[0].affiliation for claim in dossier.reading.claims if claim.said_by} - {*NOT_A_PARTY}
            code = next(iter(speaking)) if len(speaking) == 1 else "unknown"
            self._why[name] = ALONE
            return _Said(name, "other", code, received=True, publisher=True)
        known = self._sources.get(name.casefold())
        if known is None:
            return _Said(name, "other", "unknown", received=True, publisher=True)
        return _Said(known.name, known.kind, known.affiliation, received=True, publisher=True)

    def chain(self, dossier: Dossier, claim: Proposal) -> list[_Said]:
        """From the publisher to the innermost speaker, without naming one source twice in a row."""
        chain = [self.publisher(dossier)]
        for speaker in claim.said_by:
            each = self._speaker(speaker)
            if each.name.casefold() != chain[-1].name.casefold():
                chain.append(each)
        return chain

    def _speaker(self, speaker: Speaker) -> _Said:
        known = self._sources.get(speaker.name.casefold())
        if known is None or speaker.affiliation not in {"unknown", ""}:
            return _Said(known.name if known else speaker.name, speaker.kind, speaker.affiliation, speaker.received)
        return _Said(known.name, speaker.kind, known.affiliation, speaker.received)

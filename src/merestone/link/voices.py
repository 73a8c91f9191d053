"""Who repeats whom: each claim is given to the voice that it comes from, and every step on the way is an edge.

The law it keeps: a party and everything that repeats it is one voice; a copy has the voice of its origin; a document that
is cited and that nobody here holds is no voice. Where it cannot be told, claims share a voice rather than gain one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from merestone.capture.terms import Pack
from merestone.link.chains import FIRST_HAND, NOT_A_PARTY, Chain, Sayer, Sources
from merestone.link.copies import Copy
from merestone.link.retold import Retold, led_on, linked_to, restated
from merestone.link.terms import Dossier, Edge, Ref, Voice
from merestone.link.told import Told

__all__ = ["FIRST_HAND", "NOT_A_PARTY", "voices"]
ROUNDS = 3  # of following whom a cited source had it from; longer chains are rare, and each further step could only join voices


@dataclass(frozen=True, slots=True)
class _Key:
    """What makes one voice: a party, or one source."""

    party: str
    source: str


_Owner = tuple[_Key, Sayer]


@dataclass(slots=True)
class _Gathered:
    key: _Key
    name: str
    affiliation: str
    members: set[str] = field(default_factory=set)
    claims: list[Ref] = field(default_factory=list)
    steps: dict[tuple[str, str, str, str], set[Ref]] = field(default_factory=lambda: defaultdict(set))


def voices(dossiers: Iterable[Dossier], repeats: Sequence[Copy], told: Sequence[Told], pack: Pack | None = None) -> tuple[Voice, ...]:
    """The voices of all claims, numbered in the order of their first claim. Each claim belongs to exactly one."""
    ordered = sorted(dossiers, key=lambda each: each.reading.id)
    known = Sources(ordered, pack)
    chains = {Ref(d.reading.id, claim.id): chain for d in ordered for claim, chain in known.chains(d)}
    copied = {each.later: each for each in repeats if _heard(chains[each.later]) <= _heard(chains[each.nearest])}
    owners, retold = _owners(ordered, chains, copied, {each.ref: each for each in told})
    gathered: dict[_Key, _Gathered] = {}
    for ref in sorted(chains):
        key, speaker = owners[ref]
        voice = gathered.setdefault(key, _Gathered(key, known.party(key.party) if key.party else speaker.name, speaker.affiliation))
        voice.claims.append(ref)
        _steps(voice, ref, speaker, chains[ref].sayers, known)
        if ref in copied and owners[copied[ref].earlier][0] == key:
            _copied(voice, copied[ref], chains)
        elif ref in retold and retold[ref].how and owners[retold[ref].earlier][0] == key:
            _retold(voice, retold[ref], chains)
    return tuple(_voice(n, each) for n, each in enumerate(gathered.values(), 1))


def _owners(
    dossiers: Sequence[Dossier], chains: Mapping[Ref, Chain], copied: Mapping[Ref, Copy], told: Mapping[Ref, Told]
) -> tuple[dict[Ref, _Owner], dict[Ref, Retold]]:
    """The voice of each claim: its own chain's, unless it is a copy or tells again what another has said."""
    own = {ref: _owner(chain.sayers) for ref, chain in chains.items()}
    first = dict(own)
    retold = {
        each.later: each for each in (*led_on(dossiers, told, chains), *linked_to(dossiers, told, chains)) if each.later not in copied
    }
    for _ in range(ROUNDS):
        owners = _families(own, copied)
        again = restated(dossiers, told, chains, lambda ref: owners[ref][0] != first[ref][0] or len(chains[ref].sayers) > 1, copied)  # noqa: B023
        for each in again:
            if each.later not in copied:
                retold.setdefault(each.later, each)
        changed = {
            ref: owners[each.earlier] for ref, each in retold.items() if not own[ref][0].party and owners[each.earlier][0] != own[ref][0]
        }
        if not changed:
            break
        own.update(changed)
    return _families(own, copied), retold


def _families(own: Mapping[Ref, _Owner], copied: Mapping[Ref, Copy]) -> dict[Ref, _Owner]:
    """A copy has its origin's voice; a family of copies that holds one party is that party's."""
    families: dict[Ref, list[Ref]] = defaultdict(list)
    for ref in sorted(own):
        families[copied[ref].earlier if ref in copied else ref].append(ref)
    owners = {}
    for root, members in families.items():
        parties = {own[ref][0].party: own[ref] for ref in (root, *members) if own[ref][0].party}
        shared = next(iter(parties.values())) if len(parties) == 1 else own[root]
        for ref in members:
            owners[ref] = own[ref] if own[ref][0].party else shared
    return owners


def _owner(chain: Sequence[Sayer]) -> _Owner:
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


def _heard(chain: Chain) -> bool:
    """First-hand content: whoever adds it has it from nobody who does not give it as such."""
    return chain.own or (len(chain.sayers) > 1 and chain.sayers[-1].kind in FIRST_HAND)


def _copied(voice: _Gathered, copy: Copy, chains: Mapping[Ref, Chain]) -> None:
    """Who says the same of one source in like words has it from that source, as the step before says, and need not have it from another."""
    ours, theirs = chains[copy.later].sayers, chains[copy.nearest].sayers
    voice.members.update(each.name for each in (ours[0], theirs[0]) if each.party in ("", voice.key.party))
    if copy.how == "reprint" or len(ours) == 1 or len(theirs) == 1 or ours[-1].name != theirs[-1].name:
        voice.steps[ours[0].name, theirs[0].name, copy.how, copy.why].add(copy.later)


def _retold(voice: _Gathered, each: Retold, chains: Mapping[Ref, Chain]) -> None:
    repeater, source = chains[each.later].sayers[0].name, chains[each.earlier].sayers
    origin = source[0].name if source[0].name != repeater else source[-1].name
    voice.members.add(repeater)
    voice.steps[repeater, origin if origin != repeater else voice.name, each.how, each.why].add(each.later)


def _steps(voice: _Gathered, ref: Ref, owner: Sayer, chain: Sequence[Sayer], known: Sources) -> None:
    """The owner of the words and who repeats it are members; whom the owner only says to have heard is not, nor another party that
    quotes it."""
    repeaters = chain[: chain.index(owner) + 1] if owner in chain else chain[:1]
    voice.members.update(each.name for each in repeaters if (each.received or each.publisher) and each.party in ("", voice.key.party))
    for outer, inner in pairwise(chain):
        cited = "" if inner.received else ", which is cited and which nobody here holds"
        said = f"names {inner.name} as its source in a line at the end" if inner.credited else f"gives it as the word of {inner.name}"
        voice.steps[outer.name, inner.name, "according_to", f"{outer.name} {said}{cited}."].add(ref)
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

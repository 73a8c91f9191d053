"""The claims of one incident with their voices: what grading, contesting and counting look at.

The law it keeps: everything is sorted by claim, never by party, so that exchanging the parties exchanges nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from merestone.capture.alignment import aligned_of, sides_of
from merestone.capture.terms import Pack
from merestone.extract.terms import Proposal, Speaker
from merestone.link.terms import Dossier, Group, Linked, Ref, Voice
from merestone.link.told import Moment, Spot, Told, look

NOT_A_PARTY = ("none", "both", "unknown", "")


@dataclass(frozen=True, slots=True)
class Heard:
    """One claim of an incident. `held` is False where all we have is a mention of a document that nobody here holds."""

    ref: Ref
    claim: Proposal
    told: Told
    voice: Voice
    published: str
    publisher: str
    copy: bool
    held: bool

    @property
    def speaker(self) -> Speaker | None:
        """The innermost speaker; None where the publisher speaks itself."""
        return self.claim.said_by[-1] if self.claim.said_by else None

    @property
    def denies(self) -> bool:
        return self.claim.stance == "denies"

    @property
    def moment(self) -> Moment | None:
        return self.told.moment

    @property
    def spots(self) -> tuple[Spot, ...]:
        return self.told.spots


@dataclass(frozen=True, slots=True)
class Names:
    """What the pack says of parties and sources."""

    parties: Mapping[str, str]
    affiliation: Mapping[str, str]  # lower-case name or alias of a source -> its affiliation
    aligned: Mapping[str, str]  # lower-case name or alias of a source -> the party it is aligned with
    bound: Mapping[str, str]  # code of a party -> the party it is aligned with

    def party(self, code: str) -> str:
        return self.parties.get(code, code)

    def side(self, code: str) -> str:
        """A party and those aligned with it are one side where it matters that two are opposed; else each stands for itself."""
        return self.bound.get(code, code)

    def told(self, code: str) -> str:
        """A party's name, with the party that it is aligned with: whoever reads it may read either way."""
        return f"{self.party(code)} (aligned with {self.party(self.bound[code])})" if code in self.bound else self.party(code)

    def independent(self, voice: Voice) -> bool:
        """Affiliation none, and not aligned with anybody. `unknown` is not none."""
        return voice.affiliation == "none" and not self.ally(voice)

    def ally(self, voice: Voice) -> bool:
        """Affiliation none, and aligned with a party."""
        return voice.affiliation == "none" and voice.name.casefold() in self.aligned


def names_of(pack: Pack) -> Names:
    affiliation: dict[str, str] = {}
    aligned: dict[str, str] = {}
    for source in pack.sources:
        for name in (source.name, *(alias for aliases in source.aliases.values() for alias in aliases)):
            affiliation.setdefault(name.casefold(), source.affiliation)
            if source.aligned_with:
                aligned.setdefault(name.casefold(), source.aligned_with)
    return Names({party.code: party.name for party in pack.parties}, affiliation, aligned, sides_of(aligned_of(pack)))


class Hearing:
    """The claims of every incident of a linking run, looked up once."""

    def __init__(self, linked: Linked, dossiers: Sequence[Dossier], names: Names) -> None:
        self._voices = {ref: voice for voice in linked.voices for ref in voice.claims}
        self._copies = {later for later, _ in linked.copy_of}
        self._told = {each.ref: each for each in look(dossiers)}
        self._claims = {Ref(d.reading.id, claim.id): (d, claim) for d in dossiers for claim in d.reading.claims}
        self._names = names

    def of(self, incident: Group) -> tuple[Heard, ...]:
        return tuple(self._one(ref) for ref in sorted(incident.claims))

    def _one(self, ref: Ref) -> Heard:
        dossier, claim = self._claims[ref]
        voice = self._voices[ref]
        return Heard(
            ref, claim, self._told[ref], voice, dossier.published, dossier.publisher, ref in self._copies, self._held(dossier, claim, voice)
        )

    def _held(self, dossier: Dossier, claim: Proposal, voice: Voice) -> bool:
        """A cited document that is not here counts only where somebody of the same side, whom we do hold, repeats it."""
        if not claim.said_by or claim.said_by[-1].received:
            return True
        if voice.affiliation in NOT_A_PARTY:
            return False
        tellers = [each.affiliation for each in claim.said_by if each.received]
        tellers.append(self._names.affiliation.get(dossier.publisher.casefold(), "unknown"))
        return self._names.side(voice.affiliation) in {self._names.side(code) for code in tellers}


def by_voice(heard: Iterable[Heard]) -> list[tuple[Voice, list[Heard]]]:
    """Claims gathered by voice, voices in the order of their number."""
    found: dict[str, tuple[Voice, list[Heard]]] = {}
    for each in heard:
        found.setdefault(each.voice.id, (each.voice, []))[1].append(each)
    return [found[key] for key in sorted(found, key=lambda name: (len(name), name))]


def refs(heard: Iterable[Heard]) -> tuple[Ref, ...]:
    return tuple(sorted(each.ref for each in heard))


def kind_words(kind: str) -> str:
    """A kind within a sentence; where its code is not what one would write, the word that is."""
    return {"casualty": "casualties", "small_arms_fire": "small-arms fire"}.get(kind, kind.replace("_", " "))

"""The ladder of grades: one rule, published, the same for every party. Each rung that is not reached says why.

The law it keeps: monotone. A copy adds no voice, another voice takes none away, and nobody but a blamed party's own
officials makes an incident acknowledged. Parties that are aligned are two voices, and one side where opposed ones are asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from merestone.assess.heard import NOT_A_PARTY, Heard, Names, by_voice, kind_words, refs
from merestone.link.levels import NO_ACTS, relation
from merestone.link.terms import Ref, Voice
from merestone.link.voices import FIRST_HAND

BEARS_ON = ("same", "same family", "goes with")
CONCEDES = "This concedes the act, not its figures and not who began."

_Told = tuple[str, tuple[Ref, ...], bool]  # a reason before it has a number


@dataclass(frozen=True, slots=True)
class _Bearing:
    """The claims that report acts of one sort, by voice."""

    kind: str
    claims: tuple[Heard, ...]

    @property
    def voices(self) -> list[Voice]:
        return [voice for voice, _ in by_voice(self.claims)]

    def independent(self, names: Names) -> list[Voice]:
        return [voice for voice in self.voices if names.independent(voice)]

    def parties(self) -> list[Voice]:
        """Voices that are a party's own; one that stands for both parties together counts too."""
        return [voice for voice in self.voices if voice.affiliation == "both" or _is_party_voice(voice, self.claims)]

    def both(self, names: Names) -> bool:
        """Whether two parties that are not aligned with one another report it."""
        sides = {names.side(voice.affiliation) for voice in self.parties()}
        return "both" in sides or len(sides) >= 2

    def independent_of_each_other(self, names: Names) -> int:
        """How many voices there are where a party and all that is aligned with it count once."""
        theirs = {voice.id: names.side(voice.affiliation) for voice in self.parties()}
        allies = {voice.id: names.side(names.aligned[voice.name.casefold()]) for voice in self.voices if names.ally(voice)}
        return len({theirs.get(voice.id, allies.get(voice.id, voice.id)) for voice in self.voices})


def _is_party_voice(voice: Voice, claims: Sequence[Heard]) -> bool:
    """A resident who lives on one side is not that side: its voice is its own."""
    first_hand = all(each.speaker is not None and each.speaker.kind in FIRST_HAND for each in claims if each.voice.id == voice.id)
    return voice.affiliation not in NOT_A_PARTY and not first_hand


def reports(heard: Sequence[Heard]) -> tuple[Heard, ...]:
    """The claims that say that something happened: no denial, no announcement, nothing that nobody here holds."""
    acts = [each for each in heard if each.claim.kind not in NO_ACTS] or list(heard)
    return tuple(each for each in acts if not each.denies and each.claim.realised != "announced" and each.held)


def climb(heard: Sequence[Heard], names: Names) -> tuple[str, list[_Told]]:
    """The rungs from the top; each that is not reached says why."""
    told: list[_Told] = [("Not observed: a text, whatever it says, is no observation of this mission.", (), False)]
    said = reports(heard)
    bearings = [
        _Bearing(kind, tuple(each for each in said if relation(each.claim.kind, kind) in BEARS_ON))
        for kind in sorted({h.claim.kind for h in said})
    ]
    own = [each for each in said if acknowledges(each, names)]
    if own:
        told += [_acknowledged(each, names) for each in own]
        return "acknowledged", told + _beside(heard, names)
    told.append(
        ("Not acknowledged: no official of a party that is blamed says, in words held here, that its own forces did it.", (), False)
    )
    best = max(
        (each for each in bearings if len(each.voices) >= 2 and each.independent(names)), key=lambda each: len(each.voices), default=None
    )
    if best is not None:
        told.append(_corroborated(best, names))
        return "corroborated", told + _beside(heard, names)
    told.append(_not_corroborated(bearings))
    both = max((each for each in bearings if each.both(names)), key=lambda each: len(each.claims), default=None)
    if both is not None:
        sides = ", ".join(_voice_name(voice, names) for voice in both.parties())
        claims = refs(each for each in both.claims if each.voice in both.parties())
        told.append(
            (
                f"Reported by both: {sides} report {kind_words(both.kind)} or what goes with it. This says nothing about who began.",
                claims,
                True,
            )
        )
        return "reported by both", told + _beside(heard, names)
    told.append(_not_by_both(bearings))
    told.append(_reported(said, names))
    return "reported", told + _beside(heard, names)


def acknowledges(each: Heard, names: Names) -> bool:
    """The blamed party's own official says that its own forces did the act, in words that the other side did not carry.

    Its own losses are not meant: what harmed its own people acknowledges the loss, never who caused it.
    """
    speaker, claim = each.speaker, each.claim
    if speaker is None or claim.stance != "admits" or not speaker.official or not speaker.received:
        return False
    party = speaker.affiliation
    if party in NOT_A_PARTY or claim.initiator != party or claim.target.party == party:
        return False
    carriers = {other.affiliation for other in claim.said_by[:-1]} | {names.affiliation.get(each.publisher.casefold(), "unknown")}
    return all(names.side(code) == names.side(party) or code in NOT_A_PARTY for code in carriers)


def _acknowledged(each: Heard, names: Names) -> _Told:
    who = each.speaker.name if each.speaker else ""
    return (
        f"Acknowledged: {who} says that forces of {names.party(each.claim.initiator)} did it: {kind_words(each.claim.kind)}. {CONCEDES}",
        (each.ref,),
        True,
    )


def _corroborated(best: _Bearing, names: Names) -> _Told:
    independent = ", ".join(voice.name for voice in best.independent(names))
    everyone = ", ".join(_voice_name(voice, names) for voice in best.voices)
    number = best.independent_of_each_other(names)
    once = "" if number == len(best.voices) else "; voices that are aligned count once"
    text = f"Corroborated: {number} independent voices report {kind_words(best.kind)} or what goes with it ({everyone}{once}); of no party: {independent}."
    return text, refs(best.claims), True


def _not_corroborated(bearings: Sequence[_Bearing]) -> _Told:
    several = [each for each in bearings if len(each.voices) >= 2]
    if not several:
        return "Not corroborated: no two independent voices report the same.", (), False
    return (
        "Not corroborated: of the voices that report it, none is known to be of no party and aligned with none.",
        refs(several[0].claims),
        False,
    )


def _not_by_both(bearings: Sequence[_Bearing]) -> _Told:
    several = [each for each in bearings if len({voice.affiliation for voice in each.parties()}) >= 2]
    if not several:
        return "Not reported by both: no two parties report it.", (), False
    best = max(several, key=lambda each: len(each.claims))
    claims = refs(each for each in best.claims if each.voice in best.parties())
    return "Not reported by both: the parties that report it are aligned, and no party opposed to them reports it.", claims, False


def _reported(said: Sequence[Heard], names: Names) -> _Told:
    if not said:
        return (
            "Reported: nobody here asserts it; what is held denies it, announces it, or cites a document that nobody here holds.",
            (),
            True,
        )
    voices = by_voice(said)
    text = ", ".join(_voice_name(voice, names) for voice, _ in voices)
    if len(voices) == 1:
        return f"Reported: one voice, {text}.", refs(said), True
    return f"Reported: {text}; not enough for a higher grade.", refs(said), True


def _beside(heard: Sequence[Heard], names: Names) -> list[_Told]:
    """What speaks against, and what was not counted."""
    told: list[_Told] = []
    for voice, claims in by_voice(each for each in heard if each.denies):
        told.append((f"{_voice_name(voice, names)} denies {kind_words(claims[0].claim.kind)}.", refs(claims), False))
    copies = [each for each in heard if each.copy]
    if copies:
        one = len(copies) == 1
        words = f"{len(copies)} of the claims {'repeats' if one else 'repeat'} another text word for word and {'adds' if one else 'add'} no voice."
        told.append((words, refs(copies), False))
    unheld = [each for each in heard if not each.held]
    if unheld:
        told.append(("Cited, not received: nobody here holds the document, so it is no voice.", refs(unheld), False))
    bound = dict.fromkeys(voice.affiliation for voice, _ in by_voice(heard) if voice.affiliation in names.bound)
    told += [(_two_readings(code, names), refs(each for each in heard if each.voice.affiliation == code), False) for code in bound]
    for voice in [voice for voice, _ in by_voice(heard) if names.ally(voice)]:
        code = names.aligned[voice.name.casefold()]
        theirs = refs(each for each in heard if each.voice.id == voice.id)
        told.append((f"{voice.name} is aligned with {names.party(code)} and does not count as being of no party.", theirs, False))
    return told


def _two_readings(code: str, names: Names) -> str:
    party, other = names.party(code), names.party(names.bound[code])
    return f"{party} is aligned with {other}. Counted apart it is a party of its own; with {other} it adds no party."


def _voice_name(voice: Voice, names: Names) -> str:
    if voice.affiliation in NOT_A_PARTY:
        return voice.name
    party = names.party(voice.affiliation)
    return party if voice.name in {party, voice.affiliation} else f"{voice.name} ({party})"

"""What a run says with the parties exchanged in it, side by side with what another run says: every difference, or none.

Spans are left out, since exchanged names are longer or shorter; everything else that a reading, a link or a conclusion holds is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from merestone.assess import Assessment
from merestone.extract.terms import Located, PlaceMention, Proposal, Reading, Speaker
from merestone.link import Linked
from merestone.link.terms import Ref

Difference = tuple[str, str, object, object]  # where, what, wanted, found


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a corpus: readings by document, what was linked, what can be concluded."""

    readings: Mapping[str, Reading]
    linked: Linked
    assessed: tuple[Assessment, ...]


class Naming(Protocol):
    """What codes, ids of places and names become; a name without a counterpart stays what it is."""

    @property
    def swap(self) -> Mapping[str, str]: ...

    @property
    def places(self) -> Mapping[str, str]: ...

    def name(self, name: str) -> str: ...


class As:
    """Values as they are (`exchange` is None) or with the parties exchanged."""

    def __init__(self, exchange: Naming | None) -> None:
        self.exchange = exchange

    def code(self, code: str) -> str:
        return self.exchange.swap.get(code, code) if self.exchange else code

    def place(self, place: str | None) -> str | None:
        return self.exchange.places.get(place, place) if self.exchange and place is not None else place

    def name(self, name: str) -> str:
        return self.exchange.name(name) if self.exchange else name

    def all(self, names: tuple[str, ...]) -> list[str]:
        return sorted(self.name(name).casefold() for name in names)

    def speaker(self, each: Speaker) -> tuple[object, ...]:
        return (self.name(each.name).casefold(), each.kind, self.code(each.affiliation), each.official, each.received)

    def mention(self, each: PlaceMention) -> tuple[object, ...]:
        return (tuple(sorted(str(self.place(i)) for i in each.ids)), each.role, each.distance_km, each.bearing)

    def located(self, each: Located) -> tuple[object, ...]:
        return (self.place(each.place), each.role)

    def claim(self, claim: Proposal) -> dict[str, object]:
        return {
            "kind": claim.kind,
            "said_by": [self.speaker(each) for each in claim.said_by],
            "realised": claim.realised,
            "stance": claim.stance,
            "initiator": self.code(claim.initiator),
            "target": (self.code(claim.target.party), claim.target.what),
            "when": (claim.when.start, claim.when.end, claim.when.precision, claim.when.zone_stated, claim.when.inferred),
            "mentions": sorted(map(self.mention, claim.places), key=str),
            "where": sorted(map(self.located, claim.where), key=str),
            "weapons": claim.weapons,
            "casualties": sorted(((f.outcome, self.code(f.party), f.group, f.min, f.max) for f in claim.casualties), key=str),
            "repeated": claim.repeated,
            "persons": len(claim.persons),
            "hit": claim.hit,
            "rule": claim.rule,
            "confidence": claim.confidence,
        }

    def reading(self, reading: Reading) -> dict[str, list[Any]]:
        return {
            "claims": [self.claim(claim) for claim in reading.claims],
            "statements": [
                {"type": s.type, "by": self.name(s.by).casefold(), "party": self.code(s.party), "rule": s.rule} for s in reading.statements
            ],
            "appeals": [{"by": self.all(a.by), "to": self.all(a.to), "rule": a.rule} for a in reading.appeals],
            "responses": [{"by": self.name(r.by).casefold(), "type": r.type, "date": r.date, "rule": r.rule} for r in reading.responses],
            "signatories": [{"name": self.name(name).casefold()} for name, _, _ in reading.signatories],
            "citations": [{"by": self.name(c.by).casefold(), "received": c.received} for c in reading.citations],
            "persons": [{"office": p.office} for p in reading.persons],
        }

    def voices(self, run: Run) -> dict[str, tuple[str, str]]:
        return {voice.id: (self.name(voice.name).casefold(), self.code(voice.affiliation)) for voice in run.linked.voices}

    def conclusions(self, run: Run) -> dict[str, Any]:
        """By the claims that it joins: kind, grade, whose versions, what is contested, figures by voice."""
        voices = self.voices(run)
        assessed = {each.incident: each for each in run.assessed}
        named = {voice.name: voices[voice.id] for voice in run.linked.voices}
        out: dict[str, Any] = {}
        for found in run.linked.incidents:
            each = assessed[found.id]
            out[_refs(found.claims)] = {
                "kinds": (found.kind, found.kinds),
                "period": (found.start, found.end, found.precision),
                "grade": each.grade,
                "state": each.state,
                "reasons": [(reason.number, reason.supports, _refs(reason.claims)) for reason in each.reasons],
                "versions": {self.code(side): _refs(refs) for side, refs in each.versions},
                "voices": sorted(voices[voice] for voice in each.voices),
                "contested": sorted((c.point, sorted(_refs(v.claims) for v in c.versions)) for c in each.contested),
                "figures": sorted(
                    (
                        (
                            f.outcome,
                            self.code(f.party),
                            f.group,
                            f.min,
                            f.max,
                            sorted(((named.get(v, (v, ""))[1], low, high) for v, low, high, _ in f.voices), key=str),
                        )
                        for f in each.figures
                    ),
                    key=str,
                ),
            }
        return out

    def links(self, run: Run) -> dict[str, Any]:
        return {
            "patterns": {_refs(found.claims): {"kinds": (found.kind, found.kinds)} for found in run.linked.patterns},
            "voices": {
                _refs(voice.claims): {"name": self.voices(run)[voice.id], "members": len(voice.members)} for voice in run.linked.voices
            },
            "copies": {f"{a} of {b}": {} for a, b in run.linked.copy_of},
            "passages": {str(n): {"of": (p.earlier, p.later)} for n, p in enumerate(run.linked.passages)},
        }


def _refs(refs: tuple[Ref, ...]) -> str:
    return " ".join(sorted(map(str, refs)))


def readings(before: Run, after: Run, exchange: Naming) -> Iterator[Difference]:
    """Readings of the second run that differ from those of the first with the parties exchanged."""
    there, here = As(exchange), As(None)
    for document, reading in before.readings.items():
        wanted, found = there.reading(reading), here.reading(after.readings[document])
        for part in wanted:
            if len(wanted[part]) != len(found[part]):
                yield document, f"number of {part}", _short(wanted[part]), _short(found[part])
                continue
            for number, (a, b) in enumerate(zip(wanted[part], found[part], strict=True), start=1):
                yield from _differ(f"{document}#{number}", part, a, b)


def conclusions(before: Run, after: Run, exchange: Naming) -> Iterator[Difference]:
    """Incidents, patterns, voices and copies of the second run that differ from the first with the parties exchanged."""
    there, here = As(exchange), As(None)
    yield from _keyed("incident", there.conclusions(before), here.conclusions(after))
    wanted, found = there.links(before), here.links(after)
    for part in wanted:
        yield from _keyed(part, wanted[part], found[part])


def _keyed(part: str, wanted: dict[str, Any], found: dict[str, Any]) -> Iterator[Difference]:
    for key in sorted({*wanted, *found}):
        if key not in wanted or key not in found:
            yield part, key, "there" if key in wanted else "not there", "there" if key in found else "not there"
        else:
            yield from _differ(key, part, wanted[key], found[key])


def _differ(where: str, part: str, a: dict[str, object], b: dict[str, object]) -> Iterator[Difference]:
    for slot, value in a.items():
        if value != b[slot]:
            yield where, f"{part} {slot}", value, b[slot]


def _short(entries: list[dict[str, object]]) -> list[object]:
    return [tuple(entry.get(key) for key in ("kind", "type", "initiator", "rule") if key in entry) for entry in entries]

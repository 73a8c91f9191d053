"""What stands now: each open exhibit with the claims that nobody rejected or withdrew, as people recorded them or else as they were read.

Protected and erased exhibits are not among them. What a person put into the record comes before what a machine proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from merestone.capture.names import fold
from merestone.capture.terms import ExhibitText
from merestone.extract.terms import Reading
from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.link.dossiers import dossier_of
from merestone.link.terms import Dossier, Judgement, Ref
from merestone.register import queries, vault
from merestone.register.about import About, known_as
from merestone.register.folds import split
from merestone.register.frozen import thaw
from merestone.register.proposals import Json, Sameness, alike, loaded, part_of, with_parts, without_reading
from merestone.register.terms import ClaimRow, ExhibitRow, JudgementRow, Mission

STANDS = ("proposed", "deferred", "recorded")
DECIDED = ("recorded", "rejected", "deferred", "withdrawn")


@dataclass(frozen=True, slots=True)
class Standing:
    """`home`: the incident of each claim by the tables; `follows`: a claim of an earlier reading -> the same one of the present reading."""

    dossiers: tuple[Dossier, ...]
    home: Mapping[Ref, str]
    follows: Mapping[Ref, Ref]

    def now(self, ref: Ref) -> Ref:
        return self.follows.get(ref, ref)


def standing(mission: Mission) -> Standing:
    by_exhibit: dict[str, list[ClaimRow]] = {}
    for row in queries.claims(mission):
        by_exhibit.setdefault(row.exhibit, []).append(row)
    exhibits = [row for row in queries.exhibits(mission) if is_open(row)]
    names = frozenset(fold(row.publisher) for row in exhibits if row.publisher)
    dossiers: list[Dossier] = []
    follows: dict[Ref, Ref] = {}
    for each in exhibits:
        rows = by_exhibit.get(each.id, [])
        if each.text and (each.reading or rows):
            kept = Kept(mission, each, rows)
            dossiers.append(dossier_of(kept.text, _held(kept.reading(), names)))
            follows.update(kept.follows())
    home = {ref_of(row.ref): row.incident for rows in by_exhibit.values() for row in rows if row.incident and not row.part}
    return Standing(tuple(dossiers), home, follows)


def present(mission: Mission, refs: Iterable[Ref]) -> dict[Ref, Ref]:
    """Of claims of earlier readings, those that stand in the present one under another number."""
    follows: dict[Ref, Ref] = {}
    for exhibit in sorted({ref.document for ref in refs}):
        row, claims = queries.exhibit(mission, exhibit), queries.claims(mission, exhibit=exhibit)
        if is_open(row) and any(claim.state == "superseded" for claim in claims):
            follows.update(Kept(mission, row, claims).follows())
    return follows


class Kept:
    """The claims of one open exhibit, with the items that hold them."""

    def __init__(self, mission: Mission, row: ExhibitRow, claims: Iterable[ClaimRow]) -> None:
        self._mission, self._row, self._rows = mission, row, tuple(claims)
        self._readings: dict[str, Json] = {}

    @cached_property
    def text(self) -> ExhibitText:
        """As it is described now."""
        return text_of(self._mission, self._row)

    @cached_property
    def words(self) -> str:
        """The text alone. The rest of the item is not read: whether it has its form says `text`."""
        told = loaded(vault.read(self._mission, self._row.text), self._row.id).get("text")
        if not isinstance(told, str):
            raise BrokenRecord(f"the text of {self._row.id}", "words", type(told).__name__)
        return told

    def told(self, row: ClaimRow) -> Json:
        """What a claim says: as it is recorded, else as it is proposed."""
        _, part, number = split(row.ref)
        if row.content:
            return {**loaded(vault.read(self._mission, row.content), row.ref), **({"id": number} if not part else {})}
        return part_of(self.reading_item(row.reading), part, number)

    def proposed(self, row: ClaimRow) -> Json | None:
        """What the reading said, whatever was recorded; None for a claim by hand."""
        _, part, number = split(row.ref)
        return part_of(self.reading_item(row.reading), part, number) if row.reading else None

    def reading_item(self, commitment: str) -> Json:
        if commitment not in self._readings:
            self._readings[commitment] = loaded(vault.read(self._mission, commitment), self._row.id)
        return self._readings[commitment]

    def reading(self) -> Reading:
        """The present reading with the claims that stand."""
        parts: dict[str, list[Json]] = {}
        for row in self._rows:
            if row.state in STANDS:
                parts.setdefault(row.part, []).append(self.told(row))
        return with_parts(self._present(), parts, self.words)

    def follows(self) -> dict[Ref, Ref]:
        """Each claim of an earlier reading that stands in the present one, under its new number."""
        if all(row.state != "superseded" for row in self._rows):
            return {}
        present = {same: ref for ref, same in self._same(row for row in self._rows if row.state != "superseded")}
        return {ref: present[same] for ref, same in self._same(row for row in self._rows if row.state == "superseded") if same in present}

    def decided(self) -> frozenset[Sameness]:
        """What a person decided on, as it was read and as it was recorded: a later reading proposes none of it again."""
        found: set[Sameness] = set()
        for row in self._rows:
            if row.state in DECIDED:
                for each in (self.proposed(row), self.told(row)):
                    if each is not None:
                        found.add(self._sameness(row, each))
        return frozenset(found)

    def _present(self) -> Json:
        return self.reading_item(self._row.reading) if self._row.reading else without_reading(self._row.id, self._row.language)

    def _same(self, rows: Iterable[ClaimRow]) -> Iterator[tuple[Ref, Sameness]]:
        for row in rows:
            each = self.proposed(row)
            if each is not None and not row.part:
                yield ref_of(row.ref), self._sameness(row, each)

    def _sameness(self, row: ClaimRow, told: Json) -> Sameness:
        """In its own reading, where several may be alike; a recorded content is compared as the first of its like.

        Does not catch: of two alike in one reading, one decided on and the other read again, which then is the first of its like.
        """
        if row.reading:
            for each, same in alike(self.reading_item(row.reading), row.part):
                if each == told:
                    return same
        keys = {"claims": [], "statements": [], "appeals": [], "responses": [], "signatories": [], "signatory_spans": [], "after": 0}
        alone: Json = {**keys, **(told if row.part == "G" else {_KEY[row.part]: [told]})}
        return next(same for _, same in alike(alone, row.part))


_KEY = {"": "claims", "S": "statements", "A": "appeals", "R": "responses"}


def is_open(row: ExhibitRow) -> bool:
    return not row.protected and not row.erased


def open_exhibit(mission: Mission, asked: str) -> ExhibitRow:
    """The exhibit, if it may be worked with. Refuses not_in_record, exhibit_protected, exhibit_erased."""
    row = queries.exhibit(mission, asked)
    if row.erased or row.protected:
        raise Refusal("exhibit_erased" if row.erased else "exhibit_protected", exhibit=asked)
    return row


def text_of(mission: Mission, row: ExhibitRow) -> ExhibitText:
    """The text of an open exhibit, as it is described now."""
    return known_as(thaw(ExhibitText, vault.read(mission, row.text)), thaw(About, vault.read(mission, row.about)))


def ref_of(ref: str) -> Ref:
    exhibit, _, number = split(ref)
    return Ref(exhibit, number)


def latest(rows: Iterable[JudgementRow]) -> tuple[JudgementRow, ...]:
    """The last word on each pair, the earliest pair first."""
    found = {frozenset((row.a, row.b)): row for row in rows}
    return tuple(sorted(found.values(), key=lambda row: row.entry))


def judgements(rows: Iterable[JudgementRow], standing: Standing) -> tuple[Judgement, ...]:
    """People's words on pairs of claims, as linking takes them. The reason stays in the vault: a link says in which entry it stands."""
    pairs = [row for row in latest(rows) if "#" in row.a and "#" in row.b]
    return tuple(
        Judgement(standing.now(ref_of(row.a)), standing.now(ref_of(row.b)), row.verdict, row.actor, f"see entry {row.entry}")
        for row in pairs
    )


def _held(reading: Reading, names: frozenset[str]) -> Reading:
    """Citations with whether the mission holds the document by now: it may have come after the one that cites it."""
    return replace(reading, citations=tuple(replace(each, received=fold(each.by) in names) for each in reading.citations))

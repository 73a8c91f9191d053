"""The balance between the sides: what was taken in of each, what is said of each, and what people decided, in the same columns.

Pure, and counted, never weighed. The law it keeps: one rule for every column, so that exchanging two parties exchanges their numbers
and nothing else. What is said of both parties, or of nobody in particular, has a column of its own: it is added to no side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from merestone.assess.heard import names_of
from merestone.capture.terms import Known, Pack
from merestone.extract.terms import STANCES, Proposal
from merestone.report import words
from merestone.report.terms import RECORDED, Card, Edition

NONE, OTHER = "none", "other"  # columns beside those of the parties
VERDICTS = ("adopted", "rejected", "deferred", "unverifiable", "refuted")
_NOT_KNOWN = "language not known"


@dataclass(frozen=True, slots=True)
class Column:
    """`order` is that of the party's hatch, -1 beside the parties; `aligned` the name of the party that it is aligned with, or ""."""

    code: str
    name: str
    order: int
    aligned: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One number for each column. `of` is what the number is a share of, column by column; empty where it is a share of nothing."""

    name: str
    cells: tuple[int, ...]
    of: tuple[int, ...] = ()
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    note: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    columns: tuple[Column, ...]
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided: of an incident, with the claims that it has by now, or of one claim (`refs` holds that one)."""

    subject: str
    verdict: str
    refs: tuple[str, ...]


Counts = Counter[str]  # column -> number


def balance(edition: Edition, pack: Pack, decided: Iterable[Decided], blamed: Mapping[str, str]) -> Balance:
    """`blamed`: ref of a claim that was decided on -> whom it names as the one who did it; it may not be among the edition's any more."""
    count = _Count(edition, pack)
    drafts = [
        count.sources(),
        count.exhibits(),
        count.speaking(),
        count.told_of(),
        *count.incidents(),
        *count.decisions(tuple(decided), blamed),
    ]
    used = any(counts[OTHER] for _, _, rows in drafts for _, counts, _, _ in rows)
    columns = columns_of(pack, used)
    codes = [column.code for column in columns]
    return Balance(columns, tuple(Chapter(title, note, tuple(_row(draft, codes) for draft in rows)) for title, note, rows in drafts))


def columns_of(pack: Pack, other: bool = True) -> tuple[Column, ...]:
    """The parties in order of code, then those of no party; `other` adds the column of what is not of one."""
    known = names_of(pack)
    parties = tuple(
        Column(code, name, order, known.party(known.bound[code]) if code in known.bound else "")
        for order, (code, name) in enumerate(sorted(known.parties.items()))
    )
    return (*parties, Column(NONE, "No party", -1), *((Column(OTHER, "Both, or not known", -1),) if other else ()))


class Sides:
    """To which column a source, a publisher or a code belongs. A name is a source of the pack's under any of its aliases."""

    def __init__(self, pack: Pack) -> None:
        self._parties = frozenset(party.code for party in pack.parties)
        self._affiliation = names_of(pack).affiliation
        self._sources: dict[str, str] = {}
        for source in pack.sources:
            for name in (source.name, *(alias for aliases in source.aliases.values() for alias in aliases)):
                self._sources.setdefault(name.casefold(), source.name)

    def column(self, code: str) -> str:
        return code if code in self._parties else NONE if code == NONE else OTHER

    def publisher(self, name: str) -> str:
        """ "" is a publisher that is not known."""
        return self.column(self._affiliation.get(name.casefold(), "unknown"))

    def source(self, name: str) -> str:
        """The pack's name of it, "" where the pack does not know it."""
        return self._sources.get(name.casefold(), "")


_Draft = tuple[str, Counts, Counts | None, bool]  # name, numbers, of what they are a share, inner
_Drafts = tuple[str, str, list[_Draft]]  # title, note, rows


def _row(draft: _Draft, codes: list[str]) -> Row:
    name, counts, of, inner = draft
    return Row(name, tuple(counts[code] for code in codes), () if of is None else tuple(of[code] for code in codes), inner)


class _Count:
    """An edition counted chapter by chapter."""

    def __init__(self, edition: Edition, pack: Pack) -> None:
        self._edition, self._pack, self._sides = edition, pack, Sides(pack)
        self._publisher = {d.id: d.publisher.value if isinstance(d.publisher, Known) else "" for d in edition.documents}
        self._cards = {str(card.ref): card for card in edition.claims}

    def sources(self) -> _Drafts:
        known = Counter(self._sides.column(source.affiliation) for source in self._pack.sources)
        heard = {(name, self._sides.publisher(name)) for name in self._publisher.values() if name}
        heard |= {(s.name, self._sides.column(s.affiliation)) for card in self._edition.claims for s in card.claim.said_by if s.received}
        ours = Counter(column for _, column in {(self._sides.source(name), column) for name, column in heard if self._sides.source(name)})
        others = Counter(column for _, column in {(name.casefold(), column) for name, column in heard if not self._sides.source(name)})
        note = "Heard: an exhibit of theirs is here, or one that is here tells their words as theirs."
        rows: list[_Draft] = [
            ("Known to the pack", known, None, False),
            ("of these heard", ours, known, True),
            ("Heard, not named in the pack", others, None, False),
        ]
        return "Sources", note, rows

    def exhibits(self) -> _Drafts:
        languages: dict[str, Counts] = {}
        for document in self._edition.documents:
            language = document.language.value if isinstance(document.language, Known) else ""
            languages.setdefault(language, Counter())[self._sides.publisher(self._publisher[document.id])] += 1
        whole = sum(languages.values(), Counter[str]())
        rows: list[_Draft] = [("Exhibits with a text", whole, None, False)]
        rows += [(each or _NOT_KNOWN, languages[each], None, True) for each in sorted(languages, key=lambda each: (not each, each))]
        return "Exhibits", "By who published them, and in which language.", rows

    def speaking(self) -> _Drafts:
        by: dict[str, Counts] = {stance: Counter() for stance in STANCES}
        recorded, copies = Counter[str](), Counter[str]()
        for card in self._edition.claims:
            column = self._speaker(card)
            by.setdefault(card.claim.stance, Counter())[column] += 1
            recorded[column] += card.state == RECORDED
            copies[column] += card.copy_of is not None
        whole = sum(by.values(), Counter[str]())
        rows: list[_Draft] = [("Claims in its words", whole, None, False)]
        rows += [(words.STANCES.get(stance, stance), counts, None, True) for stance, counts in by.items()]
        rows += [("repeat another claim", copies, whole, True), ("recorded by a person", recorded, whole, True)]
        return "Who speaks", "The one whose words a claim is: the last of a chain, or the publisher where nobody is cited.", rows

    def told_of(self) -> _Drafts:
        blamed, recorded, hit = Counter[str](), Counter[str](), Counter[str]()
        for card in self._edition.claims:
            if card.claim.stance == "asserts":
                side = self._sides.column(card.claim.initiator)
                blamed[side] += 1
                recorded[side] += card.state == RECORDED
            for side in self._hit(card.claim):
                hit[side] += 1
        rows: list[_Draft] = [
            ("Blamed: named as the one who did it", blamed, None, False),
            ("recorded by a person", recorded, blamed, True),
            ("Hit, or meant to be", hit, None, False),
        ]
        note = "A claim that denies blames nobody, nor does one in which a party speaks of its own acts. No party: the claim says that nobody did it."
        return "Of whom claims speak", note, rows

    def incidents(self) -> Iterator[_Drafts]:
        grades = dict(self._edition.method.grades)
        blamed: dict[str, Counts] = {grade: Counter() for grade in grades}
        hit: dict[str, Counts] = {grade: Counter() for grade in grades}
        for incident in self._edition.incidents:
            refs, grade = [str(ref) for ref in incident.group.claims], incident.assessment.grade
            blamed.setdefault(grade, Counter()).update(self._blamed_in(refs))
            hit.setdefault(grade, Counter()).update(self._hit_in(refs))
        yield (
            "Incidents in which it is blamed",
            "By grade. The grade is of the happening; who began is never graded.",
            list(_graded(blamed)),
        )
        yield "Incidents in which it was hit", "By grade. One incident counts for each party that a claim of it names.", list(_graded(hit))

    def decisions(self, decided: Collection[Decided], blamed: Mapping[str, str]) -> Iterator[_Drafts]:
        whole: dict[str, Counts] = {verdict: Counter() for verdict in VERDICTS}
        single: dict[str, Counts] = {verdict: Counter() for verdict in ("rejected", "deferred")}
        for each in decided:
            if "#" not in each.subject:
                whole.setdefault(each.verdict, Counter()).update(self._blamed_in(each.refs))
            elif each.subject in blamed:
                single.setdefault(each.verdict, Counter())[self._sides.column(blamed[each.subject])] += 1
        rows: list[_Draft] = [(f"Incidents {verdict}", counts, None, False) for verdict, counts in whole.items()]
        rows += [(f"Single claims {verdict}", counts, None, False) for verdict, counts in single.items()]
        note = "By whom the claims blame. Of two decisions on the same question the later one counts."
        yield "What people decided", note, rows

    def _speaker(self, card: Card) -> str:
        if card.claim.said_by:
            return self._sides.column(card.claim.said_by[-1].affiliation)
        return self._sides.publisher(self._publisher[card.ref.document])

    def _hit(self, claim: Proposal) -> set[str]:
        """Whom a claim says to have been hit or harmed; what it denies hit nobody. A party that is only named as the other side was not."""
        if claim.stance == "denies":
            return set()
        named = {figure.party for figure in claim.casualties} | ({claim.target.party} if claim.target.what != "none" else set())
        return _columns(self._sides.column(code) for code in named)

    def _blamed_in(self, refs: Iterable[str]) -> set[str]:
        here = (self._cards[ref].claim for ref in refs if ref in self._cards)
        return _columns(self._sides.column(claim.initiator) for claim in here if claim.stance == "asserts")

    def _hit_in(self, refs: Iterable[str]) -> set[str]:
        return _columns(column for ref in refs if ref in self._cards for column in self._hit(self._cards[ref].claim))


def _columns(found: Iterable[str]) -> set[str]:
    """Where a party is named, that is what is said; else that both are or nobody knows; else that nobody is."""
    named = set(found)
    parties = named - {NONE, OTHER}
    return parties or ({OTHER} if OTHER in named else named)


def _graded(by: Mapping[str, Counts]) -> Iterator[_Draft]:
    yield "All", sum(by.values(), Counter[str]()), None, False
    for grade, counts in by.items():
        if any(counts.values()):
            yield grade, counts, None, True

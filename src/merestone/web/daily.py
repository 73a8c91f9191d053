"""What happened in the last days, counted: by kind, beside the same number of days before, with how many sources were heard.

Pure. The law it keeps: the same count for every side; 0 is a number and silence is not calm; what bears no date, or one so loose that it
may lie elsewhere, is counted apart and said so. The last days are those of the record, never of the machine's clock.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from merestone.report import words
from merestone.report.edition import value_of
from merestone.report.sections import concerned
from merestone.report.terms import Document, Edition, Incident

CHOICES = (1, 3, 7, 14)  # lengths of the time looked at, in days
USUAL = 3
STRIP = 14  # days of the strip
LOOSE = 2  # an incident that may lie on more calendar days than a night has is not of one day
FIRE = "Fire and explosions"
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (FIRE, ("air_attack", "armed_clash", "blast", "ground_attack", "shelling", "small_arms_fire")),
    (
        "Forces along the line",
        (
            "advance",
            "drone_flight",
            "engineering_works",
            "force_buildup",
            "minelaying",
            "position_held",
            "threat_with_weapon",
            "withdrawal",
        ),
    ),
    ("People", ("casualty", "detention", "ill_treatment", "movement_restricted", "release")),
    (
        "Property, supply and land",
        ("arson", "heritage_damage", "property_damage", "theft", "utility_cut", "water_or_land_fouled"),
    ),
    ("Ceasefire, calm and monitoring", ("calm", "ceasefire_agreed", "information_withheld", "monitors_obstructed")),
)
ELSE = "Other kinds"
MORE, FEWER, SIMILAR, NO_COMPARISON = "more", "fewer", "similar", "no comparison"


@dataclass(frozen=True, slots=True)
class Days:
    """Both days belong to it."""

    first: date
    last: date

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def told(self) -> str:
        return words.stretch(self.first.isoformat(), self.last.isoformat())

    @property
    def href(self) -> str:
        return f"/incidents/?from={self.first.isoformat()}&to={self.last.isoformat()}"

    def before(self) -> Days:
        """As many days, ending on the day before the first."""
        return Days(self.first - timedelta(days=self.count), self.first - timedelta(days=1))

    def touches(self, other: Days) -> bool:
        return self.first <= other.last and other.first <= self.last

    def holds(self, other: Days) -> bool:
        return self.first <= other.first and other.last <= self.last


@dataclass(frozen=True, slots=True)
class Heard:
    """Who published something in some days: `sides` (name, order, sources) in order of code, order -1 for those of no party;
    `nameless` exhibits have no known publisher."""

    sides: tuple[tuple[str, int, int], ...]
    exhibits: int
    nameless: int

    @property
    def sources(self) -> int:
        return sum(count for _, _, count in self.sides)


@dataclass(frozen=True, slots=True)
class Row:
    """One kind, or one group of kinds, now and before. `word` is one of MORE, FEWER, SIMILAR, NO_COMPARISON."""

    name: str
    kind: str
    now: int
    before: int
    word: str


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    incidents: int
    fire: int
    sources: int

    @property
    def href(self) -> str:
        return Days(self.day, self.day).href


@dataclass(frozen=True, slots=True)
class Daily:
    """`groups`: each group of kinds with its kinds. `loose` of the incidents now may lie outside the days as well. `tellers` (name, order,
    incidents of the days with a version of that side) in order of code, others last, with order -1. `undated` bear no date, `later`
    are said to be of days after anything was received. `silent`: the days since, up to the last entry, with who was heard in them."""

    days: Days
    earlier: Days
    all: Row
    groups: tuple[tuple[Row, tuple[Row, ...]], ...]
    loose: int
    heard: Heard
    heard_before: Heard
    tellers: tuple[tuple[str, int, int], ...]
    strip: tuple[Day, ...]
    undated: int
    later: int
    silent: tuple[Days, Heard] | None


def daily(edition: Edition, count: int, entered: date) -> Daily | None:
    """The last `count` days of which anything is told. `entered`: the day of the record's last entry. None where nothing bears a date."""
    dated = [(incident, when) for incident in edition.incidents if (when := days_of(incident)) is not None]
    known = max([entered, *(day for document in edition.documents if (day := _published(document)) is not None)])
    told = [(incident, when) for incident, when in dated if when.first <= known]
    if not told:
        return None
    last = _last(told, known)
    days = Days(last - timedelta(days=count - 1), last)
    earlier = days.before()
    ears = Ears(edition)
    heard, heard_before = ears.heard(days), ears.heard(earlier)
    now, before = [each for each in told if each[1].touches(days)], [each for each in told if each[1].touches(earlier)]
    both = heard.exhibits > 0 and heard_before.exhibits > 0
    return Daily(
        days, earlier, Row("Incidents", "", len(now), len(before), compared(len(now), len(before), both)),
        _groups(_kinds(now), _kinds(before), both), sum(1 for _, when in now if not days.holds(when)), heard, heard_before,
        _tellers(edition, [incident for incident, _ in now]), tuple(_strip(ears, told, last)), len(edition.incidents) - len(dated),
        len(dated) - len(told), _silent(ears, last, entered),
    )  # fmt: skip


def days_of(incident: Incident) -> Days | None:
    """The calendar days on which it may lie, by the local clock that its claims tell; None where it bears no date."""
    first, last = words.date_of(incident.group.start), words.date_of(incident.group.end)
    first, last = first or last, last or first
    return None if first is None or last is None else Days(min(first, last), max(first, last))


def compared(now: int, before: int, both: bool) -> str:
    """More or fewer is said only of a difference above what chance makes of such numbers (the root of their sum), so that one incident
    beside none is no trend; and of nothing when in one of the two times nobody was heard (`both` is False)."""
    if not both:
        return NO_COMPARISON
    if abs(now - before) <= math.sqrt(now + before):
        return SIMILAR
    return MORE if now > before else FEWER


class Ears:
    """Which sources published something on which days, and for which side they speak."""

    def __init__(self, edition: Edition) -> None:
        side = sides(edition)
        codes = concerned(edition)
        self._columns = [(code, name, n) for n, (code, name) in enumerate(edition.parties) if code in codes]
        known = [(day, value_of(document.publisher)) for document in edition.documents if (day := _published(document)) is not None]
        self._heard = [(day, name, side.get(name, "") if side.get(name) in codes else "") for day, name in known]

    def heard(self, days: Days) -> Heard:
        here = [(name, side) for day, name, side in self._heard if days.first <= day <= days.last]
        named = {(name, side) for name, side in here if name}
        columns = (*self._columns, ("", "others", -1))
        found = tuple((name, order, sum(1 for _, side in named if side == code)) for code, name, order in columns)
        return Heard(found, len(here), sum(1 for name, _ in here if not name))


def sides(edition: Edition) -> Mapping[str, str]:
    """Name of a source -> the affiliation that it has wherever it speaks."""
    found = {voice.name: voice.affiliation for voice in edition.voices}
    for card in edition.claims:
        for speaker in card.claim.said_by:
            found.setdefault(speaker.name, speaker.affiliation)
    for entry in edition.statements:
        found.setdefault(entry.statement.by, entry.statement.party)
    return found


# --- the parts ----------------------------------------------------------------------------------------------------

Dated = tuple[Incident, Days]


def _published(document: Document) -> date | None:
    return words.date_of(value_of(document.published))


def _last(told: list[Dated], known: date) -> date:
    """The newest day of an incident that is of one day or night; where all are loose, the newest that they may lie on."""
    near = [when.last for _, when in told if when.count <= LOOSE]
    return min(known, max(near or [when.last for _, when in told]))


def _kinds(incidents: Iterable[Dated]) -> list[frozenset[str]]:
    """Of each incident the kinds as which it is told: it is counted under each, as the list of incidents finds it under each."""
    return [frozenset((incident.group.kind, *incident.group.kinds)) for incident, _ in incidents]


def _count(told: Iterable[frozenset[str]], kinds: Iterable[str]) -> int:
    wanted = frozenset(kinds)
    return sum(1 for each in told if each & wanted)


def _groups(now: list[frozenset[str]], before: list[frozenset[str]], both: bool) -> tuple[tuple[Row, tuple[Row, ...]], ...]:
    """Groups and kinds in a fixed order. A group stands even with nothing in it; a kind stands where it was told of in either time."""
    known = {kind for _, kinds in GROUPS for kind in kinds}
    told = frozenset[str]().union(*now, *before)
    others = tuple(sorted(told - known))

    def row(name: str, kind: str, kinds: tuple[str, ...]) -> Row:
        counts = _count(now, kinds), _count(before, kinds)
        return Row(name, kind, *counts, compared(*counts, both))

    return tuple(
        (row(name, "", kinds), tuple(row(words.kind(kind), kind, (kind,)) for kind in kinds if kind in told))
        for name, kinds in (*GROUPS, *(((ELSE, others),) if others else ()))
    )


def _tellers(edition: Edition, incidents: Iterable[Incident]) -> tuple[tuple[str, int, int], ...]:
    told = [{side for side, refs in incident.assessment.versions if refs} for incident in incidents]
    codes = concerned(edition)
    every = [code for code, _ in edition.parties]
    found = [(name, n, sum(1 for each in told if code in each)) for n, (code, name) in enumerate(edition.parties) if code in codes]
    return (*found, ("others", -1, sum(1 for each in told if each - set(every))))


def _strip(ears: Ears, told: Iterable[Dated], last: date) -> Iterable[Day]:
    near = [(incident, when) for incident, when in told if when.count <= LOOSE]
    fire = dict(GROUPS)[FIRE]
    for back in reversed(range(STRIP)):
        day = last - timedelta(days=back)
        only = Days(day, day)
        here = [each for each in near if each[1].touches(only)]
        yield Day(day, len(here), _count(_kinds(here), fire), ears.heard(only).sources)


def _silent(ears: Ears, last: date, entered: date) -> tuple[Days, Heard] | None:
    if entered <= last:
        return None
    since = Days(last + timedelta(days=1), entered)
    return since, ears.heard(since)

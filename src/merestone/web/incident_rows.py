"""Incidents as rows of a list, newest first, with what is needed to choose one: when, where, who tells of it, what is contested. Pure.

The law it keeps: a row concludes nothing of its own. Times keep their uncertainty, figures stay ranges, one for each party, and the
versions of the parties are counted beside each other in the order of their codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from merestone.assess.terms import POINTS, Figure
from merestone.extract.terms import PRECISIONS
from merestone.link.terms import Group, Ref
from merestone.report import words
from merestone.report.standing import mark
from merestone.report.terms import Card, Edition, Incident
from merestone.web.filters import NAMES, STATES, Filter, dated, matching
from merestone.web.hrefs import incident_href

PATH = "/incidents/"
A_PAGE = 200
PLACES, FIGURES = 2, 3  # of each so many in a row; how many more there are is told
_ROLES = {"target": 0, "at": 1, "origin": 2}
_UNTOLD = {"day": "hour not said", "week": "day not said", "month": "day not said", "year": "month not said", "unknown": "not known when"}
LABELS = {
    "from": "From",
    "to": "To",
    "place": "Place",
    "kind": "Kind",
    "party": "Party",
    "grade": "Grade",
    "state": "State",
    "known": "As known on",
}


@dataclass(frozen=True, slots=True)
class Side:
    """`order` is that of the party by its code, -1 for other voices."""

    order: int
    name: str
    told: str


@dataclass(frozen=True, slots=True)
class Row:
    """`day` is the heading it stands under: the day or days within which it lies, "" where no date is said."""

    id: str
    href: str
    kind: str
    places: tuple[str, ...]
    more_places: int
    day: str
    clock: str
    known: str
    grade: str
    state: str
    decided: bool
    versions: tuple[Side, ...]
    contested: tuple[str, ...]
    harm: tuple[Side, ...]
    more_harm: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that was chosen, in words, and the address without it."""

    name: str
    told: str
    href: str


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    count: int
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list. `days` are headings with their rows; `undated` those without a date, told apart on the last page."""

    days: tuple[tuple[str, tuple[Row, ...]], ...]
    undated: tuple[Row, ...]
    matching: int
    whole: int
    claims: int
    grades: tuple[Link, ...]
    chips: tuple[Chip, ...]
    pages: tuple[Link, ...]


def listed(edition: Edition, wanted: Filter, number: int) -> Listed | None:
    """The page `number` (from 1) of what matches; None where there is no such page."""
    around = matching(edition, wanted.without("grade"))
    found = [each for each in around if wanted.grade in ("", each.assessment.grade)]
    ordered = sorted((each for each in found if dated(each)), key=_latest, reverse=True)
    bare = [each for each in found if not dated(each)]
    count = max(1, -(-len(found) // A_PAGE))
    if not 1 <= number <= count:
        return None
    part = [*ordered, *bare][(number - 1) * A_PAGE : number * A_PAGE]
    cards = {card.ref: card for card in edition.claims}
    rows = [_row(each, edition, cards) for each in part]
    spells = groupby((row for row in rows if row.day), key=lambda row: row.day)
    return Listed(
        days=tuple((day, tuple(mine)) for day, mine in spells),
        undated=tuple(row for row in rows if not row.day),
        matching=len(found),
        whole=len(edition.incidents),
        claims=sum(len(each.group.claims) for each in found),
        grades=_grades(edition, wanted, [each.assessment.grade for each in around]),
        chips=chips(edition, wanted),
        pages=tuple(Link(str(n), 0, wanted.address(PATH, page=n), n == number) for n in range(1, count + 1)) if count > 1 else (),
    )


def _latest(incident: Incident) -> tuple[str, str, str]:
    group = incident.group
    return (group.start or group.end)[:10], (group.end or group.start)[:10], f"{group.start or group.end} {group.id}"


# --- a row --------------------------------------------------------------------------------------------------------


def _row(incident: Incident, edition: Edition, cards: Mapping[Ref, Card]) -> Row:
    group, judged = incident.group, incident.assessment
    here = [cards[ref] for ref in group.claims if ref in cards]
    places, harm = _places(here), _harm(judged.figures, edition)
    begins, ends = words.clock(group.start), words.clock(group.end)
    contested = [words.POINTS.get(entry.point, entry.point) for entry in sorted(judged.contested, key=lambda e: POINTS.index(e.point))]
    return Row(
        id=group.id,
        href=incident_href(group.id),
        kind=words.kind(group.kind),
        places=tuple(places[:PLACES]),
        more_places=len(places[PLACES:]),
        day=words.stretch(group.start[:10], group.end[:10]) if dated(incident) else "",
        clock="" if not begins else begins if begins == ends else f"{begins}–{ends}",
        known=_known(group, here, begins),
        grade=judged.grade,
        state=mark(edition, judged.state),
        decided=judged.state != "proposed",
        versions=_versions(incident, edition),
        contested=tuple(contested),
        harm=tuple(harm[:FIGURES]),
        more_harm=len(harm[FIGURES:]),
    )


def _known(group: Group, claims: Sequence[Card], clock: str) -> str:
    """How surely the time is known, "" where it is to the minute; and what every claim leaves out, so that we filled it in."""
    told = _UNTOLD.get(group.precision, "") if not clock else ""
    if clock and group.precision in PRECISIONS[1:3]:
        told = f"known to the {words.plain(group.precision, words.PRECISIONS)}"
    filled = [part for part in ("date",) if claims and all(part in card.claim.when.inferred for card in claims)]
    return ", ".join(part for part in (told, *(f"{part} inferred" for part in filled)) if part)


def _places(claims: Iterable[Card]) -> list[str]:
    """What was hit before where it was before where it came from, each once."""
    found = [(located.role, located.name or located.text) for card in claims for located in card.claim.where]
    return list(dict.fromkeys(name for _, name in sorted(found, key=lambda each: _ROLES.get(each[0], len(_ROLES)))))


def _versions(incident: Incident, edition: Edition) -> tuple[Side, ...]:
    said = dict(incident.assessment.versions)
    codes = [code for code, _ in edition.parties]
    sides = [Side(order, name, str(len(said[code]))) for order, (code, name) in enumerate(edition.parties) if said.get(code)]
    others = sum(len(refs) for side, refs in said.items() if side not in codes)
    return (*sides, *((Side(-1, "other voices", str(others)),) if others else ()))


def _harm(figures: Iterable[Figure], edition: Edition) -> list[Side]:
    """Each figure with the party whose people they are; those of no party named stand last."""
    codes = [code for code, _ in edition.parties]
    names = dict(edition.parties)
    told = [
        Side(codes.index(f.party) if f.party in codes else -1, words.party(f.party, names), _figure(f))
        for f in figures
        if f.max != 0  # that nobody came to harm is told on the incident's own page
    ]
    return sorted(told, key=lambda side: (side.order < 0, side.order))


def _figure(figure: Figure) -> str:
    one = figure.min == figure.max == 1
    group = {"civilian": "civilian " if one else "civilians ", "military": "military "}.get(figure.group, "")
    return f"{words.span_of(figure.min, figure.max)} {group}{figure.outcome}"


# --- around the rows ----------------------------------------------------------------------------------------------


def _grades(edition: Edition, wanted: Filter, around: list[str]) -> tuple[Link, ...]:
    """How many there are of each grade among what the rest of the filter lets through, in the order of the ladder."""
    ladder = dict.fromkeys((*dict(edition.method.grades), *around))
    return tuple(
        Link(grade, around.count(grade), replace(wanted, grade=grade).address(PATH), wanted.grade == grade)
        for grade in ladder
        if grade in around or grade == wanted.grade
    )


def chips(edition: Edition, wanted: Filter, path: str = PATH) -> tuple[Chip, ...]:
    """What was chosen, each to be taken away by itself."""
    tables: Mapping[str, Mapping[str, str]] = {"party": dict(edition.parties), "state": STATES, "kind": words.KINDS}
    said = {name: words.day(value) if name in ("from", "to") else tables.get(name, {}).get(value, value) for name, value in wanted.given}
    return tuple(Chip(LABELS[name], told, wanted.without(name).address(path)) for name, told in said.items())


def choices(edition: Edition) -> dict[str, list[tuple[str, str]]]:
    """What a filter of incidents can be, as (value, words): of kinds and grades those that there are."""
    kinds = sorted({kind for each in edition.incidents for kind in (each.group.kind, *each.group.kinds)}, key=words.kind)
    found = {each.assessment.grade for each in edition.incidents}
    places = sorted({located.name or located.text for card in edition.claims for located in card.claim.where} - {""})
    made = {
        "place": [(name, name) for name in places],
        "kind": [(kind, words.kind(kind)) for kind in kinds],
        "party": list(edition.parties),
        "grade": [(grade, grade) for grade, _ in edition.method.grades if grade in found],
        "state": list(STATES.items()),
    }
    return {name: made[name] for name in NAMES if name in made}

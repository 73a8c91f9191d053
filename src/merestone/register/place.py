"""Puts the claims of an exhibit that have no incident beside those that stand, one by one, without linking all again.

The law it keeps: a proposal, like every number that a run gives (join.py). It takes nothing out of an incident and joins no two; what
more there is to say says the next whole run, as a difference. A claim that gives no day, a period of several, or a captive's word waits
for it too, and joins nothing here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from merestone.link import look
from merestone.link.levels import Weights
from merestone.link.place import Home, home, hopeful
from merestone.link.terms import Dossier, Ref
from merestone.link.told import Told, dated, moment_in, spots_in
from merestone.register import ids, queries
from merestone.register.configure import rows
from merestone.register.desk import Desk
from merestone.register.near import DAY, EPOCH, NOON, box_of, meeting, within
from merestone.register.record import writing
from merestone.register.standing import STANDS, Kept, open_exhibit, ref_of
from merestone.register.terms import Act, Mission
from merestone.report.captives import unheard

_OF = f"SELECT ref, incident, near FROM claim WHERE state IN {STANDS} AND part = '' AND near <> '' AND incident <> ''"  # noqa: S608 - words of ours
_THEN = ' AND "first" >= %s AND "first" <= %s AND "last" >= %s'
_MEETING = f' AND ("first" <= %s OR "first" %% {DAY} = {NOON[0]}) AND ("last" >= %s OR "last" %% {DAY} = {NOON[1]})'
_REACH_KM = 20.0  # two places farther from each other, and from what each may cover, are held to be about two things without comparing
_THERE = " AND (south IS NULL OR (south <= %s AND north >= %s AND west <= %s AND east >= %s))"

_READ = json.JSONDecoder().raw_decode  # of a line that is ours nothing stands before or behind the value

_Looked = tuple[Told, Mapping[str, Told]]  # a claim, and those of its text as they are seen in it


@dataclass(frozen=True, slots=True)
class Placed:
    """`fresh`: the claim is the first of its incident; else `home` says why it went there. `position` is that of the entry."""

    claim: str
    incident: str
    fresh: bool
    home: Home | None
    position: int


def place(mission: Mission, actor: str, exhibits: Sequence[str]) -> tuple[Placed, ...]:
    """All of it in one transaction. Claims that have an incident stay where they are; those that wait for a whole run are left out.

    Refuses exhibits that are not there, protected or erased.
    """
    with writing(mission) as desk:
        by, weights = desk.who(actor).id, Weights.read(rows(mission.alias, "SELECT weights FROM mission")[0][0])
        return tuple([_placed(desk, by, (told, beside), weights) for asked in exhibits for told, beside in _waiting(mission, asked)])


def _waiting(mission: Mission, asked: str) -> Iterator[_Looked]:
    """Each claim that can be placed, and those of its text as they are seen in it."""
    row = open_exhibit(mission, asked)
    claims = queries.claims(mission, exhibit=asked)
    if not row.text or not claims:
        return
    kept = Kept(mission, row, claims)
    reading = kept.reading()
    seen = {str(each.ref): each for each in look([unheard(Dossier(reading, kept.words, "", "", reading.language))])}
    without = {each.ref for each in claims if not each.part and not each.incident}
    yield from ((each, seen) for ref, each in seen.items() if ref in without and dated(each))


def _placed(desk: Desk, actor: str, looked: _Looked, weights: Weights) -> Placed:
    mission, new = desk.mission, looked[0]
    desk.flush()  # what was placed before it stands too
    same, different = _judged(mission, new.ref)
    found = home(new, _standing(mission, looked, same, weights), weights, same, different)
    number = ids.following(mission, "INC")[0] if found is None else found.incident
    position = desk.add(Act("placed", actor, {"claim": str(new.ref), "incident": number, "fresh": found is None}))
    return Placed(str(new.ref), number, found is None, found, position)


def _standing(mission: Mission, looked: _Looked, same: frozenset[Ref], weights: Weights) -> dict[str, list[Told]]:
    """The incidents that have a claim which might be about the same, with all their claims."""
    new, beside = looked
    seen: dict[str, Told] = {}

    def told(row: tuple[Any, ...]) -> Told:
        if row[0] not in seen:
            seen[row[0]] = _told(row, beside)
        return seen[row[0]]

    might = hopeful(new, weights)
    found = {row[1] for row in _near(mission, new) if might(told(row))}
    found |= {row.incident for row in (queries.claim(mission, str(ref)) for ref in same) if row.incident}
    standing: dict[str, list[Told]] = {incident: [] for incident in sorted(found)}
    if found:
        marks = ", ".join(["%s"] * len(found))
        for row in rows(mission.alias, f"{_OF} AND incident IN ({marks})", sorted(found)):
            standing[row[1]].append(told(row))
    return standing


def _near(mission: Mission, new: Told) -> list[tuple[Any, ...]]:
    """Claims of its days, near its places or without any."""
    if new.moment is None:
        return []
    box = box_of([{"lat": spot.lat, "lon": spot.lon, "level": spot.level, "uncertainty_m": spot.reach_km * 1000} for spot in new.spots])
    wide = None if box is None else box.wider(_REACH_KM)
    there = () if wide is None else (wide.north, wide.south, wide.east, wide.west)
    # clocks of two offsets are not held against each other here
    when = () if new.moment.offset is not None else meeting(new.moment.start + EPOCH, new.moment.end + EPOCH)
    sql = _OF + _THEN + (_MEETING if when else "") + (_THERE if there else "")
    return rows(mission.alias, sql, (*within(new.moment.said_start, new.moment.said_end), *when, *there))


def _told(row: tuple[Any, ...], beside: Mapping[str, Told]) -> Told:
    """As linking sees it; which sentence it stands in is known of claims of the same text alone."""
    if row[0] in beside:
        return beside[row[0]]
    exhibit, _, number = row[0].partition("#")
    kind, when, where, hit, weapons, casualties, quote, at = _READ(row[2])[0]
    return Told(
        Ref(exhibit, int(number)), kind, moment_in(*when), spots_in(where), frozenset(hit), frozenset(weapons),
        frozenset(map(tuple, casualties)), tuple(quote.split(" ")), 0, at, False,
    )  # fmt: skip


def _judged(mission: Mission, ref: Ref) -> tuple[frozenset[Ref], frozenset[Ref]]:
    """What people judged to be about the same as the claim, and what not: their last word on each pair."""
    found: dict[str, str] = {}
    for a, b, verdict in rows(
        mission.alias, "SELECT a, b, verdict FROM judgement WHERE a = %s OR b = %s ORDER BY entry", (str(ref), str(ref))
    ):
        found[b if a == str(ref) else a] = verdict
    pairs = {ref_of(other): verdict for other, verdict in found.items() if "#" in other}
    same, different = (frozenset(other for other, verdict in pairs.items() if verdict == wanted) for wanted in ("same", "different"))
    return same, different

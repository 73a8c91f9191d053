"""Links what stands, and puts what changed into the record under the mission's own numbers.

The law it keeps: judgements come before the machine, numbers stay (incidents.py), and one entry says all that moved, or there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from merestone.capture.terms import Pack
from merestone.ledger.canonical import canonical
from merestone.link import group
from merestone.link.terms import Linked, Ref
from merestone.register import ids, queries, vault
from merestone.register.desk import Desk
from merestone.register.frozen import freeze, thaw
from merestone.register.incidents import Numbered, moves, numbered
from merestone.register.record import writing
from merestone.register.standing import Standing, judgements, latest, ref_of, standing
from merestone.register.terms import Act, EntryRow, Mission
from merestone.report.captives import unheard

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Joined:
    """What linking changed. `moved`: claim, the incident before, the incident now ("" for none); `leads`: a number without claims, and
    the one that took them. `position` is that of the entry, None where nothing changed or nothing was to be written; `decided` those of
    the changed incidents on which somebody had decided: they are to be looked at again."""

    incidents: int
    fresh: tuple[str, ...] = ()
    moved: tuple[tuple[str, str, str], ...] = ()
    leads: tuple[tuple[str, str], ...] = ()
    position: int | None = None
    decided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    size: int  # entries that were there when it was looked
    stands: Standing
    linked: Linked


def join(mission: Mission, actor: str, pack: Pack) -> Joined:
    """`actor` is an account id. One entry at most."""
    found = _found(mission, pack, queries.head(mission)[0])
    with writing(mission) as desk:
        if desk.size != found.size:  # somebody recorded something meanwhile
            found = _found(mission, pack, desk.size)
        return _written(desk, actor, pack, found)


def difference(mission: Mission, pack: Pack) -> Joined:
    """What `join` would change now. Nothing is written."""
    return _joined(mission, _run(mission, _found(mission, pack, queries.head(mission)[0])), None)


def _found(mission: Mission, pack: Pack, size: int) -> _Found:
    stands = standing(mission)
    heard = [unheard(dossier) for dossier in stands.dossiers]
    return _Found(size, stands, group(heard, judgements(queries.judgements(mission), stands), pack))


@dataclass(frozen=True, slots=True)
class _Run:
    """What linking found under the mission's numbers, and what that moves."""

    numbered: Numbered
    moved: Mapping[str, str]
    home: Mapping[Ref, str]


def _run(mission: Mission, found: _Found) -> _Run:
    stands = found.stands
    here = {ref for incident in found.linked.incidents for ref in incident.claims}
    before = {stands.now(ref): number for ref, number in stands.home.items() if stands.now(ref) in here or ref in here}
    run = numbered(found.linked, before, _held(mission, stands), _numbers(mission, len(found.linked.incidents)).__next__)
    return _Run(run, moves(run, stands.home), stands.home)


def _written(desk: Desk, actor: str, pack: Pack, found: _Found) -> Joined:
    mission, made = desk.mission, _run(desk.mission, found)
    run, moved = made.numbered, made.moved
    data = freeze(run.linked)
    if not moved and not run.leads and _last(mission) == data:
        return Joined(len(run.linked.incidents))
    told = {"moved": moved, "fresh": list(run.fresh), "leads": dict(run.leads), "weights": run.linked.weights}
    items = (vault.item(mission, "linking", "", data), vault.item(mission, "members", "", canonical(told)))
    body = {"seen": found.size, "pack_digest": pack.digest, "linking": items[0].commitment, "members": items[1].commitment}
    counts = {"incidents": len(run.linked.incidents), "fresh": len(run.fresh)}
    position = desk.add(Act("linked", actor, {**body, **counts}, items=items))
    return _joined(mission, made, position)


def _joined(mission: Mission, made: _Run, position: int | None) -> Joined:
    run = made.numbered
    moved = tuple((ref, made.home.get(ref_of(ref), ""), now) for ref, now in made.moved.items())
    touched = {number for _, *both in moved for number in both} | set(run.leads)
    decided = sorted(touched & {row.subject for row in queries.decisions(mission)})
    return Joined(len(run.linked.incidents), run.fresh, moved, tuple(run.leads.items()), position, tuple(decided))


def _numbers(mission: Mission, count: int) -> Iterator[str]:
    return iter(ids.following(mission, "INC", count))


def _held(mission: Mission, stands: Standing) -> frozenset[str]:
    """Numbers that somebody decided on, or that a judgement names or has a claim of."""
    found = {row.subject for row in queries.decisions(mission) if row.subject.startswith("INC-")}
    for row in latest(queries.judgements(mission)):
        for each in (row.a, row.b):
            found.add(each if "#" not in each else stands.home.get(ref_of(each), ""))
    return frozenset(found - {""})


def last_linked(mission: Mission) -> EntryRow | None:
    """The entry of the last linking run, None where there was none."""
    end = queries.head(mission)[0]
    while end > 0:
        first = max(0, end - _CHUNK)
        for entry in reversed(queries.entries(mission, first, end - first)):
            if entry.act == "linked":
                return entry
        end = first
    return None


def linking_of(mission: Mission) -> Linked | None:
    """What the last linking run found; None where there was none, or where it was taken out with something that it held."""
    data = _last(mission)
    return None if data is None else thaw(Linked, data)


def _last(mission: Mission) -> bytes | None:
    entry = last_linked(mission)
    return None if entry is None else vault.open_item(mission.alias, entry.body["linking"])

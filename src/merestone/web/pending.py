"""What waits for a person, and what is new since an edition was frozen: counts over rows of the record, with what they lead to.

Pure. The law it keeps: of an exhibit that is protected or erased nothing is counted, and without an edition (linking out of date) what
can be counted still is; what cannot be known then is None, never 0.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from merestone.register.standing import is_open
from merestone.register.terms import ClaimRow, DecisionRow, ExhibitRow, IncidentRow, RefusedRow
from merestone.report.terms import Edition


@dataclass(frozen=True, slots=True)
class Rows:
    """What the tables hold at one moment."""

    exhibits: tuple[ExhibitRow, ...]
    claims: tuple[ClaimRow, ...]
    incidents: tuple[IncidentRow, ...]
    decisions: tuple[DecisionRow, ...]
    refused: tuple[RefusedRow, ...]

    @property
    def closed(self) -> frozenset[str]:
        """Ids of what is protected or erased: nothing that names one of them is shown."""
        return frozenset(row.id for row in self.exhibits if not is_open(row))


@dataclass(frozen=True, slots=True)
class Waiting:
    """`proposals` of `exhibits` exhibits nobody has reviewed; `unread` exhibits and files could not be read, or were not yet. None:
    only an edition tells."""

    proposals: int
    exhibits: int
    deferred: int
    unread: int
    undecided: int | None
    contested: int | None
    disputed: int | None  # incidents with a contested point

    @property
    def nothing(self) -> bool:
        return not any((self.proposals, self.deferred, self.unread, self.undecided, self.contested))


@dataclass(frozen=True, slots=True)
class News:
    """Since the ledger had `since` entries: what came, and incidents (ids) that are new or changed; None without an edition."""

    since: int
    received: int
    proposed: int
    recorded: int
    fresh: tuple[str, ...] | None
    changed: tuple[str, ...] | None

    @property
    def nothing(self) -> bool:
        return not any((self.received, self.proposed, self.recorded, self.fresh, self.changed))


def waiting(rows: Rows, edition: Edition | None) -> Waiting:
    closed = rows.closed
    proposed = [row for row in rows.claims if row.state == "proposed" and row.exhibit not in closed]
    deferred = sum(1 for row in rows.claims if row.state == "deferred" and row.exhibit not in closed)
    incidents = () if edition is None else edition.incidents
    decided = {(row.subject, row.point) for row in rows.decisions if row.point and not closed & set(row.by)}
    points = [(each.group.id, entry.point) for each in incidents for entry in each.assessment.contested]
    left = [point for point in points if point not in decided]
    return Waiting(
        proposals=len(proposed),
        exhibits=len({row.exhibit for row in proposed}),
        deferred=deferred,
        unread=_unread(rows),
        undecided=None if edition is None else sum(1 for each in incidents if each.assessment.state == "proposed"),
        contested=None if edition is None else len(left),
        disputed=None if edition is None else len({incident for incident, _ in left}),
    )


def _unread(rows: Rows) -> int:
    """As the edition lists them: what bears no text of its own and only carries others is none."""
    claimed = {row.exhibit for row in rows.claims}
    mine = [row for row in rows.exhibits if is_open(row) and not (row.text and (row.reading or row.id in claimed))]
    return sum(1 for row in mine if row.text or row.unread) + sum(1 for row in rows.refused if not row.protected)


def news(rows: Rows, since: int, runs: Sequence[Mapping[str, object]], shown: Collection[str] | None) -> News:
    """`runs`: the members of the linking runs since ("fresh" ids, "moved" claim -> id); `shown`: ids of the incidents of the edition."""
    closed = rows.closed
    claims = [row for row in rows.claims if row.entry >= since and row.exhibit not in closed]
    fresh, moved = _linked(runs)
    touched = {row.id for row in rows.incidents if row.entry >= since} | moved
    touched |= {row.incident for row in claims if row.incident}
    made = None if shown is None else tuple(sorted(fresh & set(shown), key=_by_number))
    return News(
        since=since,
        received=sum(1 for row in rows.exhibits if row.received >= since and is_open(row)),
        proposed=sum(1 for row in claims if row.state == "proposed"),
        recorded=sum(1 for row in claims if row.state == "recorded"),
        fresh=made,
        changed=None if shown is None or made is None else tuple(sorted((touched & set(shown)) - set(made), key=_by_number)),
    )


def _linked(runs: Iterable[Mapping[str, object]]) -> tuple[set[str], set[str]]:
    fresh: set[str] = set()
    moved: set[str] = set()
    for run in runs:
        new, went = run["fresh"], run["moved"]
        if isinstance(new, list) and isinstance(went, dict):
            fresh.update(str(each) for each in new)
            moved.update(str(each) for each in went.values() if each)
    return fresh, moved


def _by_number(incident: str) -> tuple[int, str]:
    return len(incident), incident

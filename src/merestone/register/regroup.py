"""A person says that several incidents are one, or that one is two: judgements on its claims, all of one moment.

The law it keeps: merging and splitting are nothing of their own. They are written down pair by pair as `judged`, so that they are kept,
explained and taken back as any judgement is; linking then does what they say, and a number that is left without claims leads on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product

from merestone.ledger.terms import Refusal
from merestone.register import people, queries, vault
from merestone.register.desk import Desk
from merestone.register.judge import agree, standing_incident
from merestone.register.reason import reasoned
from merestone.register.record import writing
from merestone.register.standing import STANDS, is_open, latest, ref_of
from merestone.register.terms import Act, JudgementRow, Mission

MOST = 2_000  # judgements in one act: what is larger nobody has looked at

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Regrouped:
    """The judgements that say it: how many, and the position of the first."""

    subject: str
    position: int
    judged: int


def merge(mission: Mission, actor: str, incidents: Sequence[str], reason: str) -> Regrouped:
    """All claims of the incidents are about the same. Linking tells which number goes on: one that somebody decided on, else the one with
    the most claims. Refuses `merge_alone` for fewer than two, and what contradicts judgements on other claims."""
    wanted = tuple(dict.fromkeys(incidents))
    if len(wanted) < 2:
        raise Refusal("merge_alone", incident=wanted[0] if wanted else "")
    with writing(mission) as desk:
        refs = [ref for each in wanted for ref in _claims(mission, each)]
        said = _said(mission)
        apart = [pair for pair in combinations(refs, 2) if said.get(frozenset(pair)) == "different"]
        verdicts = dict.fromkeys([*pairwise(refs), *apart], "same")
        return _written(desk, actor, (wanted[0], verdicts), reason)


def split(mission: Mission, actor: str, incident: str, claims: Sequence[str], reason: str) -> Regrouped:
    """The claims named are about one happening and the rest of the incident about another. The larger part keeps the number. Refuses
    `split_unfit` where a claim is not of the incident, and where none or all are named."""
    with writing(mission) as desk:
        whole = _claims(mission, incident)
        taken = sorted(dict.fromkeys(claims), key=ref_of)
        strangers = [ref for ref in taken if ref not in whole]
        if strangers or not taken or len(taken) == len(whole):
            raise Refusal("split_unfit", incident=incident, found=strangers[0] if strangers else f"{len(taken)} of {len(whole)} claims")
        rest = [ref for ref in whole if ref not in taken]
        said = _said(mission)
        joined = [pair for pair in product(taken, rest) if said.get(frozenset(pair)) == "same"]
        verdicts = {
            **dict.fromkeys([*pairwise(taken), *pairwise(rest)], "same"),
            **dict.fromkeys([*joined, (taken[0], rest[0])], "different"),
        }
        return _written(desk, actor, (incident, verdicts), reason)


def _claims(mission: Mission, incident: str) -> list[str]:
    """Those that stand, in order: a claim of a protected exhibit is none of anybody's."""
    standing_incident(mission, incident)
    closed = {row.id for row in queries.exhibits(mission) if not is_open(row)}
    rows = [row for row in queries.claims(mission, incident=incident) if not row.part and row.state in STANDS and row.exhibit not in closed]
    return sorted((row.ref for row in rows), key=ref_of)


def _said(mission: Mission) -> Mapping[frozenset[str], str]:
    return {frozenset((row.a, row.b)): row.verdict for row in latest(queries.judgements(mission))}


def _written(desk: Desk, actor: str, said: tuple[str, Mapping[Pair, str]], reason: str) -> Regrouped:
    mission, (subject, verdicts) = desk.mission, said
    standing, by = _said(mission), people.who(mission, actor).id
    fresh = [(*sorted(pair, key=ref_of), verdict) for pair, verdict in verdicts.items() if standing.get(frozenset(pair)) != verdict]
    if not 0 < len(fresh) <= MOST:
        raise Refusal("regroup_size", found=len(fresh), most=MOST)
    first = desk.size
    agree(mission, [JudgementRow(a, b, verdict, by, "", first + n) for n, (a, b, verdict) in enumerate(fresh)])
    why = reasoned(reason, "judged")
    for a, b, verdict in fresh:
        item = vault.item(mission, "reason", a.partition("#")[0], why)
        desk.add(Act("judged", by, {"a": a, "b": b, "verdict": verdict, "reason": item.commitment}, items=(item,)))
    return Regrouped(subject, first, len(fresh))

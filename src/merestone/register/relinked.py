"""What linking did to incidents after somebody had decided on them: the claims that came, and how many went.

The law it keeps: a decision is of the claims that stood when it was taken. What a machine puts to them later is shown as that, and nobody's word.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from merestone.link.terms import Ref
from merestone.register import queries, vault
from merestone.register.standing import present, ref_of
from merestone.register.terms import DecisionRow, Mission


@dataclass(frozen=True, slots=True)
class Since:
    """`joined`: claims, by their present numbers, that were not of the incident when it was decided on; `left`: how many are no longer."""

    joined: tuple[Ref, ...]
    left: int


def since_decided(mission: Mission, decisions: Iterable[DecisionRow]) -> Mapping[str, Since]:
    """By incident, of those on which somebody decided as a whole and that have changed since. Linking runs alone are looked at: a claim
    that somebody recorded by hand, withdrew or protected was a person's act."""
    last = {row.subject: row.entry for row in decisions if row.subject.startswith("INC-") and not row.point}
    if not last:
        return {}
    stood = _homes(mission, last)
    home = {row.ref: row.incident for row in queries.claims(mission) if not row.part and row.incident}
    follows = present(mission, (ref_of(ref) for refs in stood.values() for ref in refs))
    found = {}
    for incident in sorted(last):
        before = {follows.get(ref_of(ref), ref_of(ref)) for ref in stood[incident]}
        now = {ref_of(ref) for ref, number in home.items() if number == incident}
        gone = {ref for ref in before - now if home.get(str(ref))}  # one that is in no incident any more was taken out by a person
        if now - before or gone:
            found[incident] = Since(tuple(sorted(now - before)), len(gone))
    return found


def _homes(mission: Mission, last: Mapping[str, int]) -> dict[str, frozenset[str]]:
    """The claims of each incident at the position that `last` gives for it, as linking runs before it put them."""
    home: dict[str, str] = {}
    stood: dict[str, frozenset[str]] = {}
    waiting = sorted(last.items(), key=lambda each: each[1])
    runs = (position for position in _runs(mission) if position < max(last.values()))
    for run in [*runs, None]:
        while waiting and (run is None or run > waiting[0][1]):
            incident, _ = waiting.pop(0)
            stood[incident] = frozenset(ref for ref, number in home.items() if number == incident)
        if run is not None:
            home.update(_moved(mission, queries.entry(mission, run).body))
    return stood


def _moved(mission: Mission, body: Mapping[str, Any]) -> Mapping[str, str]:
    """Claim -> incident, of a run or of one claim that was placed."""
    if "members" not in body:
        return {body["claim"]: body["incident"]}
    moved: Mapping[str, str] = json.loads(vault.read(mission, body["members"]))["moved"]
    return moved


def _runs(mission: Mission) -> Iterable[int]:
    return [entry.position for entry in queries.acts(mission, ("linked", "placed"), 0)]

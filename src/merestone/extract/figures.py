"""The casualty figures of a claim: whose people, and of which group, where the words beside the number do not say.

A figure keeps its range; a party that cannot be told is `unknown`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.acts import Act
from merestone.extract.groups import Group
from merestone.extract.harm import Harm
from merestone.extract.numbers import Number
from merestone.extract.roles import Around
from merestone.extract.terms import Casualties, Target
from merestone.extract.tokens import Layout, starting


def figures_of(around: Around, harms: Sequence[Harm], initiator: str, target: Target, speaker: str) -> tuple[Casualties, ...]:
    out: dict[tuple[str, str, str], Casualties] = {}
    for harm in harms:
        figure = harm.figure
        party = _party_of_harm(harm, around)
        if not party:
            known = target.party in around.parties or target.party == "both"
            own = around.speaker if figure.group != "civilian" else ""
            party = target.party if known else own or "unknown"
        recalled = harm.group is not None and harm.group.recalled
        if party == initiator and party in around.parties and (recalled or not harm.figure.party):
            party = around.opposite(initiator)
        group = figure.group
        if group == "unspecified" and harm.group is None:
            of_army = bool(around.speaker) and speaker in ("ministry", "armed_forces")
            group = {"military_personnel": "military", "civilians": "civilian"}.get(target.what, "military" if of_army else group)
        made = replace(figure, party=party, group=group)
        out.setdefault((made.outcome, made.party, made.group), made)
    return tuple(out.values())


def _party_of_harm(harm: Harm, around: Around) -> str:
    """The party of the people harmed: at the people, or in words beside the harm."""
    given = harm.figure.party
    if not given and harm.group is not None and harm.group.places:
        return ""
    if given in ("own", "opposed") or given.startswith("of:"):
        stand_in = harm.group if harm.group is not None else None
        return around.party(replace(stand_in, party=given)) if stand_in else ""
    return given


def taken(
    layout: Layout, numbers: Sequence[Number], act: Act, group: Group | None, target: Target, nearest: bool = False
) -> tuple[Casualties, ...]:
    """How many were taken: the number at the people, else (`nearest`) the one nearest to the verb; a bare plural is at least two."""
    people = group if group is not None and group.cls in ("personnel", "civilians", "people", "forces") else None
    a, b = act.clause
    near = [n for n in starting(numbers, a, b) if not n.unit and not n.ordinal and not n.article]
    inside = [n for n in near if people is not None and n.start < people.head and people.start <= n.end + 1] or [
        n for n in near if layout.steps(n.end, act.verb[0]) <= 4
    ]
    if people is None and not inside:
        return ()
    if nearest and people is None:
        inside = sorted(inside, key=lambda n: layout.steps(n.end, act.verb[0]))
    kind = {"civilians": "civilian", "military_personnel": "military"}.get(target.what, "unspecified")
    if act.rule.voice == "inner" and people is not None:
        inside = []
    low, high = (inside[0].min, inside[0].max) if inside else ((2, None) if people and people.plural else (1, 1))
    words = (act.verb, *((number.start, number.end) for number in inside[:1]))
    return (Casualties("detained", target.party, kind, low, high, min(start for start, _ in words), max(end for _, end in words)),)

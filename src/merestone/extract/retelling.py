"""One act told twice in one sentence is one claim: cause and effect, and the same kind of the same doer by the same speaker.

What both tell is kept; nothing is joined across doers, stances or times of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.hanging import both_counted, carried
from merestone.extract.terms import Casualties, Proposal

EFFECTS = (
    "utility_cut",
    "movement_restricted",
    "monitors_obstructed",
    "property_damage",
    "arson",
    "theft",
    "water_or_land_fouled",
    "heritage_damage",
    "release",
)
FIRE = ("small_arms_fire", "shelling", "air_attack", "ground_attack")
HARMED = ("killed", "wounded")  # who is missing is told of as a happening of its own


def without_retelling(new: Sequence[Proposal], text: str) -> list[Proposal]:
    """In one sentence, the same kind of the same doer by the same speaker is one claim, unless each has a time of its own."""
    kept: list[Proposal] = []
    for claim in new:
        cause = next((n for n, k in enumerate(kept) if _cause_and_effect(k, claim)), None)
        at = next((n for n, k in enumerate(kept) if _one_act(k, claim) or _denied_again(k, claim)), None)
        if cause is not None:
            kept[cause] = _whole(kept[cause], claim, text)
        elif at is None:
            kept.append(claim)
        elif claim.stance == "denies" and carried(claim, "kind"):
            kept[at] = claim
        else:
            near = claim.start > kept[at].end and claim.start - kept[at].end <= 12
            if near or claim.kind == "casualty":  # "two died, three were wounded": what the second clause counts is no retelling
                harmed = [c for c in claim.casualties if near or c.outcome in HARMED]
                more = both_counted(kept[at].casualties, _of_the_same(kept[at].casualties, harmed))
                kept[at] = replace(kept[at], casualties=more, weapons=kept[at].weapons or (claim.weapons if near else ()))
    return kept


def _of_the_same(told: Sequence[Casualties], more: Sequence[Casualties]) -> list[Casualties]:
    """What is counted on in the same sentence without a word for whose people they are is of those counted before."""
    parties, sorts = {c.party for c in told}, {c.group for c in told}
    party, sort = (parties.pop() if len(parties) == 1 else "unknown"), (sorts.pop() if sorts == {"military"} else "unspecified")
    return [replace(c, party=party, group=sort if c.group == "unspecified" else c.group) if c.party == "unknown" else c for c in more]


def _named(claim: Proposal) -> bool:
    return any(e.slot == "initiator" and e.end > e.start for e in claim.evidence)


def _cause_and_effect(a: Proposal, b: Proposal) -> bool:
    """ "The village lost its light when sappers took down the line": of the two that are one, the words name a doer in one only, and to
    the other none is given either ("X let five go, and Y six")."""
    same = (a.kind, a.stance, a.realised, a.said_by[-1:]) == (b.kind, b.stance, b.realised, b.said_by[-1:])
    one = len({c.initiator for c in (a, b)} - {"unknown", "none"}) <= 1
    return same and one and a.kind in EFFECTS and _named(a) != _named(b) and 0 <= b.start - a.end <= 12


def _whole(a: Proposal, b: Proposal, text: str) -> Proposal:
    """Both stretches as one claim, with the doer that the words name and the time and place of the one that tells them."""
    known, other = (a, b) if _named(a) else (b, a)
    told = {e.slot for e in known.evidence if e.end > e.start}
    when = other.when if "when" not in told else known.when
    places = other.places if "where" not in told else known.places
    harm = both_counted(known.casualties, other.casualties)
    return replace(known, start=a.start, end=b.end, quote=text[a.start : b.end], when=when, places=places, casualties=harm)


def _denied_again(a: Proposal, b: Proposal) -> bool:
    """ "X rejects the accusation and says that it has not fired": the answer and the denial are of one deed."""
    same = a.stance == b.stance == "denies" and a.initiator == b.initiator and a.said_by[-1:] == b.said_by[-1:]
    return same and a.kind in FIRE and b.kind in FIRE and carried(a, "kind") != carried(b, "kind")


def _one_act(a: Proposal, b: Proposal) -> bool:
    same = (a.kind, a.initiator, a.stance, a.realised) == (b.kind, b.initiator, b.stance, b.realised)
    own_time = a.when.span != b.when.span and a.when.start != b.when.start
    if a.target.what != b.target.what and a.when == b.when and not (a.start < b.end and b.start < a.end):
        return False
    apart = {p.start for p in a.places} != {p.start for p in b.places} and a.places and b.places and a.target != b.target
    return same and not own_time and not apart and a.said_by[-1:] == b.said_by[-1:]

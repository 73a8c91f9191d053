"""What a deed was done to where its words name no such thing, or name only what stands beside it: from the kind, from who was harmed,
from whether people live at its place.

Counted over annotated documents of four languages and several conflicts, and the same for every party (law 2). It comes last: no joining
of claims rests on what is supposed here, and of the figures only of which group they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from merestone.capture.names import fold
from merestone.extract.terms import Casualties, Proposal, Target
from merestone.extract.thread import Page

FIRE = ("small_arms_fire", "shelling", "air_attack")
OBSERVERS = ("international",)  # who hear fire and do not know at whom
SIGHTED = ("engineering_works", "force_buildup", "drone_flight")
BESIDE = ("none", "military_personnel", "military_positions")  # what those who hear fire name beside it: where they were, what it came from
SCENE = ("none", "settlement", "territory")  # where it was, not whom it hit
NEVER: Mapping[str, frozenset[str]] = {  # such deeds are done to nothing else, whatever stands beside them
    "monitors_obstructed": frozenset(("monitors",)),
    "utility_cut": frozenset(("infrastructure",)),
    "water_or_land_fouled": frozenset(("infrastructure",)),
    "theft": frozenset(("property",)),
    "arson": frozenset(("property",)),
    "heritage_damage": frozenset(("property",)),
    "property_damage": frozenset(("property", "military_positions")),
    "threat_with_weapon": frozenset(("civilians", "monitors")),
    "movement_restricted": frozenset(("civilians", "infrastructure", "monitors")),
    "information_withheld": frozenset(("civilians", "military_personnel")),
    "minelaying": frozenset(("infrastructure", "territory")),
}
FIRST = {
    "monitors_obstructed": "monitors",
    "utility_cut": "infrastructure",
    "water_or_land_fouled": "infrastructure",
    "threat_with_weapon": "civilians",
    "movement_restricted": "civilians",
    "information_withheld": "civilians",
    "minelaying": "infrastructure",
}
UNNAMED = {"minelaying": "infrastructure", "air_attack": "infrastructure"}  # where no words say to what
WHY = "what it was, from the kind, from who was harmed and from the place"
SETTLED = {"small_arms_fire": "civilians", "shelling": "settlement"}  # the same, at a place where people live


def supposed(page: Page, claim: Proposal) -> Proposal:
    """The claim with what it was done to, where its words leave that open."""
    target = _target(page, claim)
    figures = tuple(replace(c, group="civilian") if c.group == "unspecified" and _civil(claim, target, c) else c for c in claim.casualties)
    claim = replace(claim, casualties=figures)
    if target == claim.target:
        return claim
    told = tuple(
        replace(e, value=f"{target.party} {target.what}", why=f"{e.why}; {WHY}") if e.slot == "target" else e for e in claim.evidence
    )
    return replace(claim, target=target, evidence=told)


def _civil(claim: Proposal, target: Target, figure: Casualties) -> bool:
    """Whom no noun tells apart: of a deed that hit civilians (6 of 7 figures), and of fire at nothing that is named those who were spared (10
    of 10, most in the words of villagers) are civilians. Of dead whom no deed is told of it is open (8 of 18)."""
    if figure.max == 0:
        return claim.target.what == "none" and target.what != "infrastructure" and claim.kind != "armed_clash"
    return target.what == "civilians" and claim.kind != "casualty"


def _target(page: Page, claim: Proposal) -> Target:
    named = any(e.slot == "target" and e.end > e.start for e in claim.evidence)
    target = claim.target
    if _observed(claim, named):
        return Target("none", "none")
    what = _harmed(claim)
    if what == target.what:
        what = _by_kind(page, claim, named)
    return replace(target, what=what)


def _observed(claim: Proposal, named: bool) -> bool:
    """Observers count what they see and hear: troops, diggers and drones are against nobody in their words, and of fire that nobody
    is said to have opened they do not know at whom it was."""
    if not claim.said_by or claim.said_by[-1].kind not in OBSERVERS:
        return False
    if claim.kind in SIGHTED:
        return True
    hit = claim.target.what not in BESIDE[: 3 if named else 1] or any(figure.max != 0 for figure in claim.casualties)
    return claim.kind in FIRE and claim.initiator == "unknown" and not hit


def _harmed(claim: Proposal) -> str:
    """Who was harmed tells whom it hit, where no words do or only a place, a car or a boat is named."""
    kind, what = claim.kind, claim.target.what
    groups = {figure.group for figure in claim.casualties if figure.max != 0}
    if kind == "casualty" and what == "none":
        sides = {figure.party for figure in claim.casualties}
        return "civilians" if groups and len(sides) == 1 and not sides & {"unknown", "none", "both"} else what
    if "civilian" in groups and (kind == "blast" or (kind in FIRE[:2] and what in ("none", "property"))):
        return "civilians"
    if kind == "blast" and groups == {"military"}:
        return "military_personnel"
    return "civilians" if kind == "blast" and what in SCENE else what


def _by_kind(page: Page, claim: Proposal, named: bool) -> str:
    kind, what = claim.kind, claim.target.what
    if kind in NEVER:
        first = FIRST.get(kind, "property")
        return first if what not in NEVER[kind] or (not named and kind in UNNAMED) else what
    if kind == "advance" and what == "military_positions" and _taken_up(page, claim):
        return "territory"
    if kind == "drone_flight" and what == "territory":
        return "settlement" if "settlement" in _levels(page, claim) else what
    if named or what != "none" or claim.initiator not in page.parties:
        return what
    if kind in SETTLED and _levels(page, claim)[:1] == ["settlement"]:
        return SETTLED[kind]
    return UNNAMED.get(kind, what)


def _taken_up(page: Page, claim: Proposal) -> bool:
    """ "They moved their positions forward", "occupy positions in X district": several of them, and moved into by the deed itself, are the ground;
    those that "passed under control" are what was lost."""
    rule = page.lex.kind_rules.get(claim.rule)
    words = [fold(page.layout.text[e.start : e.end]).split() for e in claim.evidence if e.slot == "target" and e.end > e.start]
    many = bool(words) and any(words[0][-1].endswith(ending) for ending in page.lex.words["plural_endings"])
    return rule is not None and rule.voice == "verb" and many


def _levels(page: Page, claim: Proposal) -> list[str]:
    """What sort of places the claim has, in text order; where it came from left out."""
    places = page.names.places
    return [places[key].level for place in claim.places if place.role != "origin" for key in place.ids[:1] if key in places]

"""Hangs harm on the act that did it: what is told of people hurt, in a sentence of its own, belongs to the hostile act told before.

The law it keeps: a figure moves whole, to an act of the same speaker alone, and never to one that is denied or repeated; no rule can
see which party is which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.terms import Casualties, Proposal
from merestone.extract.tokens import Layout, Sentence

NEAR = 2  # sentences
ALSO_HARMFUL = ("property_damage", "arson", "heritage_damage", "ill_treatment")  # acts that may harm people, the last by itself
HURTING = ("small_arms_fire", "shelling", "air_attack", "blast")  # those whom these harmed, they hit
HARMLESS = ("casualty", "force_buildup", "position_held", "withdrawal", "engineering_works", "release", "ceasefire_agreed")
MOVED = ("advance", "ground_attack")  # whom an army says that nobody of was harmed by these, are its soldiers
HOMES = ("settlement", "civilians", "property", "infrastructure")  # at which people live or work
SPARED = {"military_personnel": "military", "military_positions": "military", "civilians": "civilian", "monitors": "civilian"}
OPEN = ("unknown", "none", "both")


def hung(claims: Sequence[Proposal], layout: Layout, family: Sequence[str], completed: bool) -> list[Proposal]:
    """Harm told right behind an act, by the same speaker and without a time of its own, is that act's. `completed`: also the harm of a
    clash that is told so ("During the exchange two soldiers were wounded")."""
    out: list[Proposal] = []
    for claim in claims:
        home = _home(out, claim, layout, family) if _hangs(claim, clash=completed) else None
        if home is None and claim.kind == "casualty" and _unharmed(claim):
            home = _unharming(out, claim, layout)
        if home is None and claim.kind == "casualty" and claim.stance == "asserts":
            home = _with_damage(out, claim, layout)
        if home is None:
            out.append(_alone(claim))
        else:
            out[home] = _with_harm(out[home], claim)
    return out


def host_of(earlier: Sequence[Proposal], layout: Layout, sentence: Sentence, family: Sequence[str]) -> Proposal | None:
    """The fire told right before that may take up the harm that this sentence tells."""
    for claim in reversed(earlier):
        at = layout.sentence_at(claim.start)
        if sentence.index - at.index > NEAR or at.paragraph != sentence.paragraph:
            return None
        if claim.kind in family and claim.stance != "denies" and not claim.repeated and claim.realised == "done":
            return claim
    return None


def both_counted(told: Sequence[Casualties], more: Sequence[Casualties]) -> tuple[Casualties, ...]:
    """The figures of one act told in two places: what `more` tells of others is added, what it tells of the same people is not."""
    added = [c for c in more if not any(c.outcome == t.outcome and (c.party == t.party or "unknown" in (c.party, t.party)) for t in told)]
    return (*told, *added)


def sort_of(what: str, group: str, of_army: bool) -> str:
    """Of which group people are whom no noun tells apart: by what was hit; of an army's own account the rest are its own."""
    if what in ("military_personnel", "military_positions"):
        return "military"
    if what == "civilians" or (of_army and what in ("settlement", "property", "infrastructure")):
        return "civilian"
    return "military" if of_army else group


def sort_of_spared(what: str, group: str) -> str:
    """Of which group people are who are said not to have been harmed, where no noun tells: those who were hit; at houses and works anybody."""
    return SPARED.get(what, group)


def carried(claim: Proposal, slot: str) -> bool:
    """Do no words of the claim tell this slot?"""
    return all(e.end <= e.start for e in claim.evidence if e.slot == slot)


def _sentence(layout: Layout, claim: Proposal) -> tuple[int, int]:
    sentence = layout.sentence_at(claim.start)
    return sentence.index, sentence.paragraph


def _speaker(claim: Proposal) -> str:
    return claim.said_by[-1].name if claim.said_by else ""


def _with_damage(out: Sequence[Proposal], claim: Proposal, layout: Layout) -> int | None:
    """What the sentence tells of damaged things, where no act before it takes up the harm that it tells as well."""
    here = [n for n, c in enumerate(out) if c.kind in ALSO_HARMFUL and layout.sentence_at(c.start) == layout.sentence_at(claim.start)]
    theirs = [n for n in here if out[n].stance != "denies" and out[n].said_by[-1:] == claim.said_by[-1:] and not out[n].casualties]
    return theirs[-1] if theirs else None


def _unharmed(claim: Proposal) -> bool:
    return bool(claim.casualties) and all(c.max == 0 for c in claim.casualties)


def _unharming(out: Sequence[Proposal], claim: Proposal, layout: Layout) -> int | None:
    """That nobody was harmed is said of an act told before, one that may have harmed, and is no happening of its own."""
    index, harmed = _sentence(layout, claim)[0], {c.party for c in claim.casualties} - {"unknown"}
    near = [n for n in range(len(out) - 1, -1, -1) if out[n].stance != "denies" and index - _sentence(layout, out[n])[0] <= 2 * NEAR]
    near = [n for n in near if not of_others(out[n], claim)]
    if any(c.party == "both" for c in claim.casualties):
        return None  # a balance of both sides
    near = [n for n in near if out[n].kind not in HARMLESS] or [n for n in near if out[n].kind != "casualty"]
    theirs = [n for n in near if harmed and harmed == {out[n].target.party}]  # not the answer to it, which hit others
    return next(iter(theirs or near), None)


def of_others(told: Proposal, claim: Proposal) -> bool:
    """Does an official of another side say it than the one who told of the act? Then it is his version of it."""
    one, other = (c.said_by[-1] if c.said_by else None for c in (told, claim))
    if one is None or other is None or not (one.official and other.official):
        return False
    return one.affiliation != other.affiliation and "none" not in (one.affiliation, other.affiliation)


def _hangs(claim: Proposal, *, clash: bool) -> bool:
    """Is it harm that may belong to an act told before?"""
    none = all(c.max == 0 for c in claim.casualties)
    counted = none or any(c.max is not None or (c.min is not None and c.min > 0) for c in claim.casualties)
    harm = claim.kind == "casualty" or (clash and claim.kind == "armed_clash" and bool(claim.casualties))
    return harm and counted and claim.stance == "asserts" and not claim.repeated and carried(claim, "when")


def _home(out: Sequence[Proposal], claim: Proposal, layout: Layout, family: Sequence[str]) -> int | None:
    """The act that a harm hangs on: the last one that may have done it, in the sentences right before; else one that rather harms things.
    That nobody was harmed is said of whatever was told."""
    none = all(c.max == 0 for c in claim.casualties)
    index, paragraph = _sentence(layout, claim)
    harmed = {c.party for c in claim.casualties}
    second: int | None = None
    for n in range(len(out) - 1, -1, -1):
        other = out[n]
        at, within = _sentence(layout, other)
        if index - at > NEAR:
            break
        if index == at or (within != paragraph and (index - at > 1 or _tells_itself(claim, layout))):
            continue
        theirs = other.target.party in OPEN or harmed <= {other.target.party, "unknown"}
        if (
            not theirs
            or other.repeated
            or other.stance == "denies"
            or (_speaker(other) != _speaker(claim) and _tells_itself(claim, layout))
            or of_others(other, claim)
        ):
            continue
        if other.kind in family or (other.kind == "calm" and none):
            return n
        if second is None and (other.kind in ALSO_HARMFUL or (none and other.kind not in HARMLESS)):
            second = n
    return second


def _tells_itself(claim: Proposal, layout: Layout) -> bool:
    """Does its own sentence say whose word it is? Then it is a report of losses, not the end of what was told before."""
    sentence = layout.sentence_at(claim.start)
    return any(sentence.start <= speaker.start < speaker.end <= sentence.end for speaker in claim.said_by)


def _of_army(claim: Proposal) -> bool:
    last = claim.said_by[-1] if claim.said_by else None
    return last is not None and last.kind in ("ministry", "armed_forces") and bool(last.affiliation)


def _alone(claim: Proposal) -> Proposal:
    """Harm that hangs on no act: those whom an army counts without another word are its soldiers."""
    if claim.kind != "casualty" or not _of_army(claim) or not any(c.group == "unspecified" for c in claim.casualties):
        return claim
    told = tuple(replace(c, group="military") if c.group == "unspecified" else c for c in claim.casualties)
    target = replace(claim.target, what="military_personnel") if claim.target.what == "none" else claim.target
    return replace(claim, casualties=told, target=target)


def _with_harm(act: Proposal, harm: Proposal) -> Proposal:
    moved = act.kind in MOVED
    told = [replace(c, party=act.target.party if c.party == "unknown" else c.party) for c in harm.casualties]
    told = [replace(c, group=sort_of_spared(act.target.what, c.group)) if c.max == 0 and c.group == "unspecified" else c for c in told]
    open_ = [c for c in told if c.group == "unspecified" and (c.max != 0 or (moved and act.target.what in ("none", "territory")))]
    told = [replace(c, group=sort_of(act.target.what, c.group, _of_army(harm))) if c in open_ else c for c in told]
    figures = both_counted(act.casualties, told)
    new = figures[len(act.casualties) :]
    evidence = tuple(e for e in harm.evidence if e.slot == "casualties")
    harmed = {c.group for c in new if c.max != 0 and c.party in (act.target.party, "unknown")}
    whom = {"military": "military_personnel", "civilian": "civilians"}.get(harmed.pop(), "none") if len(harmed) == 1 else "none"
    target = replace(act.target, what=whom) if act.target.what == "none" and act.kind in HURTING else act.target
    return replace(act, target=target, casualties=figures, evidence=act.evidence + evidence)

"""Takes out what a text tells twice; hanging.py hangs harm on the act that did it.

A headline that the body repeats, a lead whose act the next sentence tells in full, a figure told again; what both say is
kept in the fuller one. Nothing is merged across speakers' stances, doers or days.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.hanging import both_counted, carried, hung, of_others
from merestone.extract.terms import Casualties, Evidence, PlaceMention, Proposal
from merestone.extract.tokens import Layout

FINE = ("minute", "hour", "part_of_day", "day", "week", "month", "year", "unknown")
AFTER = "said of what is told just after"  # why a claim has its time
LEAD = 3  # sentences within which a lead is followed by its date


def merged(claims: Sequence[Proposal], layout: Layout, family: Sequence[str], completed: bool = False) -> tuple[Proposal, ...]:
    """The claims that remain, numbered anew from 1 in text order. `family`: the kinds that do harm to people. `completed`: a sentence
    that only tells when or from where an act came completes the claim before it."""
    kept = _without_headline(claims, layout)
    kept = _dated(_completed(kept, layout, family) if completed else kept, layout)
    kept = hung(kept, layout, family, completed)
    kept = _told_once(kept, layout, completed)
    return tuple(replace(claim, id=number) for number, claim in enumerate(kept, 1))


def _completed(claims: Sequence[Proposal], layout: Layout, family: Sequence[str]) -> list[Proposal]:
    """ "The posts were fired at. The fire came from X" and "X fired at the posts. The shooting began at six" are one act each."""
    out: list[Proposal] = []
    for claim in claims:
        last = out[-1] if out else None
        if last is None or not _completes(last, claim, layout, family):
            out.append(claim)
            continue
        named = claim.initiator if _unnamed(last) and claim.initiator != "unknown" else last.initiator
        target = (
            last.target
            if last.target.party != "unknown" or claim.target.party == "unknown"
            else replace(last.target, party=claim.target.party)
        )
        timed = claim if carried(last, "when") and not carried(claim, "when") else last
        slots = {"initiator": claim if named != last.initiator or _unnamed(last) else last, "target": last, "when": timed}
        evidence = [e for e in last.evidence if e.slot not in slots]
        evidence += [e for slot, source in slots.items() for e in source.evidence if e.slot == slot]
        origins = tuple(p for p in claim.places if p.role == "origin" and not carried(claim, "where"))
        out[-1] = replace(
            last,
            initiator=named,
            target=target,
            when=timed.when,
            places=last.places + tuple(p for p in origins if p not in last.places),
            weapons=tuple(dict.fromkeys((*last.weapons, *claim.weapons))),
            casualties=both_counted(last.casualties, claim.casualties),
            evidence=tuple(evidence),
        )
    return out


def _completes(a: Proposal, b: Proposal, layout: Layout, family: Sequence[str]) -> bool:
    """Is `b` the same fire as `a`, told by the same speaker in the next sentence, with no more than a doer or a time of its own?"""
    near = 0 < layout.sentence_at(b.start).index - layout.sentence_at(a.start).index <= 1
    plain = (a.stance, b.stance, a.repeated, b.repeated) == ("asserts", "asserts", False, False) and a.realised == b.realised
    if not near or not plain or a.kind != b.kind or a.kind not in family or _speaker(a) != _speaker(b):
        return False
    one = "unknown" in (a.initiator, b.initiator) or (a.initiator == b.initiator and (_unnamed(a) or _unnamed(b)))
    return one and b.target.what == "none" and (carried(b, "when") or carried(a, "when"))


def _without_headline(claims: Sequence[Proposal], layout: Layout) -> list[Proposal]:
    if len(layout.sentences) < 4 or not layout.sentences[0].line:
        return list(claims)
    end = layout.sentences[0].end
    body = [c for c in claims if c.start >= end]
    head = [c for c in claims if c.start < end]
    return [h for h in head if not any(_tells(c, h) for c in body)] + body


def _tells(fuller: Proposal, brief: Proposal) -> bool:
    same = fuller.kind == brief.kind or (brief.kind == "casualty" and _figures(brief.casualties) <= _figures(fuller.casualties))
    harm = brief.kind == "casualty" and bool(fuller.casualties)
    return (same or harm) and (brief.initiator in (fuller.initiator, "unknown", "none") or fuller.initiator in ("none", "unknown"))


def _figures(given: Sequence[Casualties]) -> set[tuple[str, int | None]]:
    return {(c.outcome, c.min) for c in given}


def _counts(wider: Proposal, again: Proposal) -> bool:
    """Is everybody whom `again` counts among those whom `wider` counts?"""

    def within(one: Casualties, other: Casualties) -> bool:
        if one.min is None or other.min is None or (one.outcome, one.party) != (other.outcome, other.party):
            return False
        return one.min >= other.min and (other.max is None or (one.max is not None and one.max <= other.max))

    return bool(again.casualties) and all(any(within(one, other) for other in wider.casualties) for one in again.casualties)


def _speaker(claim: Proposal) -> str:
    return claim.said_by[-1].name if claim.said_by else ""


def _unnamed(claim: Proposal) -> bool:
    """Do no words of the claim name its doer?"""
    return claim.initiator == "unknown" or carried(claim, "initiator")


def _dated(claims: Sequence[Proposal], layout: Layout) -> list[Proposal]:
    """News tells first what, then when: a claim without any time has that of the next dated one, if it follows at once."""
    out: list[Proposal] = []
    for n, claim in enumerate(claims):
        undated = any(e.slot == "when" and e.rule == "publication" for e in claim.evidence)
        if not undated or claim.repeated:
            out.append(claim)
            continue
        at = layout.sentence_at(claim.start).index
        reach = layout.openings[at + LEAD + 1] if at + LEAD + 1 < len(layout.openings) else len(layout.text)
        later = [
            c
            for c in claims[n + 1 : bisect_left(claims, reach, key=lambda c: c.start)]
            if not carried(c, "when") and not c.repeated and c.when.precision in FINE[:4]
        ]
        if not later:
            out.append(claim)
            continue
        alike = [c for c in later if (c.kind, c.initiator) == (claim.kind, claim.initiator)]
        when = (alike or later)[0].when
        said = Evidence("when", f"{when.start}/{when.end}", claim.start, claim.start, "carried", AFTER)
        out.append(replace(claim, when=when, evidence=(*(e for e in claim.evidence if e.slot != "when"), said)))
    return out


def _told_once(claims: Sequence[Proposal], layout: Layout, loose: bool = False) -> list[Proposal]:
    """Of two claims that can only be one act told twice, keep the one that knows more."""
    out: list[Proposal] = []
    filed: dict[object, list[int]] = {}  # places in `out`, by all that a twin may share
    for claim in claims:
        near = sorted({n for key in _shared(claim, layout) for n in filed.get(key, ())})
        twin = next((n for n in near if _same_act(out[n], claim, layout, loose)), None)
        for key in _filed(claim, layout):
            filed.setdefault(key, []).append(len(out) if twin is None else twin)
        if twin is None:
            out.append(claim)
            continue
        other = out[twin]
        fuller = _knows(claim) > _knows(other) and (claim.initiator == other.initiator or "unknown" in (claim.initiator, other.initiator))
        if "casualty" in (claim.kind, other.kind) and claim.kind != other.kind:
            fuller = other.kind == "casualty"  # the act tells more than the harm alone
        better, worse = (claim, other) if fuller else (other, claim)
        out[twin] = replace(
            _said(_blaming(better, worse), worse),
            casualties=both_counted(better.casualties, worse.casualties),
            weapons=tuple(dict.fromkeys((*better.weapons, *worse.weapons))),
            places=_where_too(better, worse),
        )
    return sorted(out, key=lambda c: (c.start, c.end, c.kind))


def _said(better: Proposal, worse: Proposal) -> Proposal:
    """A lead is in nobody's name; where the body gives the same act as somebody's word, it is that one's."""
    named = [any(speaker.start < speaker.end for speaker in claim.said_by) for claim in (better, worse)]
    if named != [False, True] or better.stance != worse.stance:
        return better
    evidence = [e for e in better.evidence if e.slot != "said_by"] + [e for e in worse.evidence if e.slot == "said_by"]
    return replace(better, said_by=worse.said_by, evidence=tuple(evidence))


def _where_too(better: Proposal, worse: Proposal) -> tuple[PlaceMention, ...]:
    """Where only the one tells whence it came and only the other where it went, both are known."""
    whence = bool(better.places) and all(p.role == "origin" for p in better.places)
    return better.places + tuple(p for p in worse.places if p.role != "origin") if whence else better.places


def _blaming(better: Proposal, worse: Proposal) -> Proposal:
    """Who did it is taken from the other one where this one leaves it open."""
    if better.initiator != "unknown" or worse.initiator == "unknown" or worse.kind != better.kind:
        return better
    target = replace(better.target, party=worse.target.party) if better.target.party == "unknown" else better.target
    slots = ("initiator",) if target == better.target else ("initiator", "target")
    evidence = [e for e in better.evidence if e.slot not in slots] + [e for e in worse.evidence if e.slot in slots]
    return replace(better, initiator=worse.initiator, target=target, evidence=tuple(evidence))


def _filed(claim: Proposal, layout: Layout) -> list[object]:
    """Under what a claim is kept for its twins: the lead, its sentence, its kind, doer and day (see `_same_act`)."""
    at = layout.sentence_at(claim.start).index
    return [at, (claim.kind, claim.initiator, claim.when.start[:10]), *(["lead"] if _lead(claim, layout) else [])]


def _shared(claim: Proposal, layout: Layout) -> list[object]:
    """Under what the twins of a claim are kept: any lead, this sentence and the one before, the same kind, doer and day."""
    at = layout.sentence_at(claim.start).index
    return ["lead", at, at - 1, (claim.kind, claim.initiator, claim.when.start[:10])]


def _knows(claim: Proposal) -> tuple[int, bool, bool, int]:
    return -FINE.index(claim.when.precision), not carried(claim, "when"), not carried(claim, "where"), len(claim.evidence)


def _same_act(a: Proposal, b: Proposal, layout: Layout, loose: bool) -> bool:
    if a.repeated != b.repeated or a.stance == "denies" or b.stance == "denies" or a.realised != b.realised:
        return False
    if of_others(a, b):
        return False  # each side's officials have a version of their own
    if carried(b, "kind") and b.stance == "admits":
        return False  # "X has owned to it": another's word of what was told
    if b.kind == "casualty" and b.stance == "asserts" and _speaker(a) == _speaker(b) and carried(b, "when") and _counts(a, b):
        return True  # "one of the dead has been named": the same people again
    if (a.kind == "casualty") != (b.kind == "casualty"):
        brief, fuller = (a, b) if a.kind == "casualty" else (b, a)
        return _lead(a, layout) and bool(brief.casualties) and _figures(brief.casualties) <= _figures(fuller.casualties)
    if (
        a.kind == b.kind
        and _unnamed(b)
        and b.initiator in ("unknown", a.initiator)
        and b.rule != a.rule
        and carried(b, "when")
        and carried(b, "where")
    ):
        return 0 <= layout.sentence_at(b.start).index - layout.sentence_at(a.start).index <= 1  # "the fire was intensive"
    unsaid = (
        a.kind == b.kind and a.initiator == "unknown" and _lead(a, layout) and not carried(b, "kind")
    )  # a lead that leaves open who did it
    unsaid = unsaid or (
        a.kind == b.kind and b.initiator == "unknown" and _lead(a, layout) and not carried(b, "when") and _speaker(a) == _speaker(b)
    )
    if (a.kind, a.initiator) != (b.kind, b.initiator) and not unsaid:
        return False
    apart = a.target.what != b.target.what and "none" not in (a.target.what, b.target.what)
    if apart and layout.sentence_at(a.start).index == layout.sentence_at(b.start).index:
        return False  # "at posts and at villages"
    if not _lead(a, layout) and (_speaker(a) != _speaker(b) or apart):
        return False
    told_in_full = _lead(a, layout) and "T" not in a.when.start and "T" in b.when.start
    night = (
        loose and told_in_full and b.when.start[:10] <= a.when.start[:10] <= b.when.end[:10]
    )  # "on the 28th", "on the night to the 28th"
    return _may_be_one(replace(a, when=b.when) if night else a, b, told_in_full)


def _lead(claim: Proposal, layout: Layout) -> bool:
    """Does it stand at the head of the text, where news tells in short what follows?"""
    return layout.sentence_at(claim.start).index <= 1


def _may_be_one(a: Proposal, b: Proposal, anywhere: bool) -> bool:
    times = a.when.start[:10] == b.when.start[:10] and (
        a.when.start == b.when.start or "T" not in a.when.start or "T" not in b.when.start or carried(a, "when") or carried(b, "when")
    )
    mine, yours = ({i for p in c.places if p.role != "origin" for i in p.ids} for c in (a, b))  # whence it came tells not where it went
    places = anywhere or not mine or not yours or bool(mine & yours) or carried(a, "where") or carried(b, "where")
    one, other = (_figures([h for h in c.casualties if c.start <= h.start < c.end]) for c in (a, b))  # what was hung on them parts none
    figures = one <= other or other <= one
    return times and places and figures

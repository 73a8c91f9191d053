"""Incidents and patterns get their names, their period, their leading kind, and a link for each claim that was joined.

The law it keeps: names follow from time and text alone; each claim of a group can be asked why it is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from merestone.extract.terms import KINDS
from merestone.link import patterns
from merestone.link.compare import link, score
from merestone.link.copies import Copy
from merestone.link.levels import HAND, NO_ACTS, Weights
from merestone.link.terms import Group, Judgement, Level, Link, Ref
from merestone.link.told import Told

_Found = tuple[
    tuple[Told, ...], Mapping[Ref, Copy], Sequence[Judgement]
]  # claims of one group, which of them are copies, what people judged


def named(
    found: Sequence[tuple[Told, ...]],
    follows: Mapping[Ref, Copy],
    judgements: Sequence[Judgement],
    form: str,
    pattern: bool = False,
    weights: Weights = HAND,
) -> tuple[Group, ...]:
    """`weights`: by which incidents were joined; nothing is weighed in a pattern."""
    groups = [_group((members, follows, judgements), pattern, weights) for members in found]
    when = {
        each.claims: min((told.moment.start for told in members if told.moment), default=0)
        for each, members in zip(groups, found, strict=True)
    }
    where = {each.claims: min((told.ref.document, told.start) for told in members) for each, members in zip(groups, found, strict=True)}
    ordered = sorted(groups, key=lambda each: (0 if pattern else when[each.claims], where[each.claims], each.claims))
    return tuple(replace(each, id=form.format(n)) for n, each in enumerate(ordered, 1))


def _group(found: _Found, pattern: bool, weights: Weights) -> Group:
    members, follows, _ = found
    own = [each for each in members if each.ref not in follows]
    acts = [each for each in own if each.kind not in NO_ACTS and each.kind != "casualty"] or own
    start, end, precision = ("", "", "unknown") if pattern else _period(own)
    return Group(
        id="",
        pattern=pattern,
        kind=patterns.leading_kind(acts, KINDS),
        kinds=tuple(sorted({each.kind for each in members})),
        claims=tuple(each.ref for each in members),
        links=_links(found, pattern, weights),
        start=start,
        end=end,
        precision=precision,
    )


def _period(members: Sequence[Told]) -> tuple[str, str, str]:
    """From the first to the last time that the finest claims give; how it ended does not say when it began."""
    dated = [each for each in members if each.moment is not None and each.moment.tight] or list(members)
    acts = [each for each in dated if each.kind not in NO_ACTS and not each.late] or dated
    for precisions in (("minute", "hour"), ("part_of_day",), ("day",), ("week",), ("month",), ("year",), ("unknown",)):
        fine = [each.moment for each in acts if each.moment is not None and each.moment.precision in precisions]
        if fine:
            first, last = min(fine, key=lambda each: (each.start, each.said_start)), max(fine, key=lambda each: (each.end, each.said_end))
            return first.said_start, last.said_end, max((each.precision for each in fine), key=precisions.index)
    return "", "", "unknown"


def _links(group: _Found, pattern: bool, weights: Weights) -> tuple[Link, ...]:
    """The strongest links that hold the group together (a spanning tree), so that each claim has its reason."""
    members, follows, judgements = group
    looks = {each.ref: each for each in members}
    found = [_copied(follows[ref]) for ref in sorted(looks) if ref in follows and follows[ref].earlier in looks]
    found += [_by_person(each) for each in judgements if each.verdict == "same" and each.a in looks and each.b in looks]
    joined = {ref: ref for ref in looks}

    def root(ref: Ref) -> Ref:
        while joined[ref] != ref:
            ref = joined[ref]
        return ref

    for each in found:
        joined[root(each.b)] = root(each.a)
    own = [each for each in members if each.ref not in follows]
    ranked = sorted((-score(a, b, weights), a.ref, b.ref) for n, a in enumerate(own) for b in own[n + 1 :])
    for _, a, b in ranked:
        if root(a) != root(b):
            joined[root(b)] = root(a)
            found.append(patterns.beside(looks[a], looks[b]) if pattern else link(looks[a], looks[b], weights))
    return tuple(sorted(found, key=lambda each: (each.a, each.b)))


def _copied(copy: Copy) -> Link:
    first, second = sorted((copy.earlier, copy.later))
    return Link(first, second, 20.0, (Level("wording", copy.how.replace("_", " "), 20.0, copy.why),))


def _by_person(judgement: Judgement) -> Link:
    first, second = sorted((judgement.a, judgement.b))
    why = f"{judgement.actor or 'A person'} judged that both are about the same: {judgement.reason or 'no reason given'}."
    return Link(first, second, 40.0, (Level("judgement", judgement.verdict, 40.0, why),))

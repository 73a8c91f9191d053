"""From claims to incidents and patterns: look, compare, join, name.

The law it keeps: neither initiator nor target party nor speaker enters a link, the order of the dossiers changes nothing,
and every claim that is joined has a link that says why, level by level.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from merestone.capture.terms import Pack
from merestone.extract.terms import KINDS
from merestone.ledger.terms import Refusal
from merestone.link import candidates, patterns
from merestone.link.attach import attach
from merestone.link.cluster import agglomerate
from merestone.link.compare import link, score
from merestone.link.copies import Copy, copies
from merestone.link.levels import AFTERMATH
from merestone.link.passages import passages
from merestone.link.terms import Dossier, Group, Judgement, Level, Link, Linked, Ref
from merestone.link.told import Told, look
from merestone.link.voices import voices


def group(dossiers: Sequence[Dossier], judgements: Sequence[Judgement] = (), pack: Pack | None = None) -> Linked:
    """What the claims of `dossiers` are about, and who repeats whom.

    `judgements` are people's: "same" joins and "different" keeps apart whatever the machine finds; "unsure" changes
    nothing. `pack` gives publishers their affiliation; without it only what the readings say of speakers is known.
    """
    told = look(dossiers)
    shared = passages(dossiers)
    repeats = copies(dossiers, told, shared)
    judged = {ref for each in judgements if each.verdict != "unsure" for ref in (each.a, each.b)}
    follows = {each.later: each for each in repeats if each.later not in judged}
    undated = [each for each in told if each.repeated or each.moment is None]
    dated = [each for each in told if not each.repeated and each.moment is not None]
    incidents = _incidents([each for each in dated if each.ref not in follows], judgements)
    incidents, patterned = _with_copies(incidents, patterns.gather([each for each in undated if each.ref not in follows]), told, follows)
    return Linked(
        incidents=_named(incidents, follows, judgements, "B-{:03d}"),
        patterns=_named(patterned, follows, judgements, "P-{:02d}", pattern=True),
        voices=voices(dossiers, repeats, pack),
        passages=shared,
        copy_of=tuple((each.later, each.earlier) for each in repeats),
    )


def _incidents(dated: Sequence[Told], judgements: Sequence[Judgement]) -> list[tuple[Told, ...]]:
    place = {each.ref: n for n, each in enumerate(dated)}
    together, apart = _judged(judgements, place)
    scores = {(a, b): score(dated[a], dated[b]) for a, b in candidates.pairs(dated)}
    clusters = agglomerate(dated, scores, together, apart)
    return attach([tuple(dated[n] for n in cluster) for cluster in clusters], {ref for each in judgements for ref in (each.a, each.b)})


def _judged(judgements: Sequence[Judgement], place: Mapping[Ref, int]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    found: dict[str, set[tuple[int, int]]] = {"same": set(), "different": set(), "unsure": set()}
    for each in judgements:
        if each.a in place and each.b in place:
            first, second = sorted((place[each.a], place[each.b]))
            found[each.verdict].add((first, second))
    home = {n: n for n in place.values()}
    for a, b in sorted(found["same"]):
        home.update({n: home[a] for n in home if home[n] == home[b]})
    for a, b in sorted(found["different"]):
        if home[a] == home[b]:
            names = {n: str(ref) for ref, n in place.items()}
            raise Refusal("judgements_contradict", a=names[a], b=names[b])
    return sorted(found["same"]), sorted(found["different"])


def _with_copies(
    incidents: Sequence[tuple[Told, ...]], gathered: Sequence[tuple[Told, ...]], told: Sequence[Told], follows: Mapping[Ref, Copy]
) -> tuple[list[tuple[Told, ...]], list[tuple[Told, ...]]]:
    """Each copy goes where its origin is."""
    after: dict[Ref, list[Told]] = {}
    for each in told:
        if each.ref in follows:
            after.setdefault(follows[each.ref].earlier, []).append(each)

    def grown(members: tuple[Told, ...]) -> tuple[Told, ...]:
        return tuple(sorted((*members, *(copy for each in members for copy in after.get(each.ref, ()))), key=lambda each: each.ref))

    return [grown(members) for members in incidents], [grown(members) for members in gathered]


# --- names and explanations ---------------------------------------------------------------------------------------


def _named(
    found: Sequence[tuple[Told, ...]], follows: Mapping[Ref, Copy], judgements: Sequence[Judgement], form: str, pattern: bool = False
) -> tuple[Group, ...]:
    groups = [_group(members, follows, judgements, pattern) for members in found]
    when = {each.claims: min((told.moment.start for told in members if told.moment), default=0) for each, members in zip(groups, found, strict=True)}
    where = {each.claims: min((told.ref.document, told.start) for told in members) for each, members in zip(groups, found, strict=True)}
    ordered = sorted(groups, key=lambda each: (0 if pattern else when[each.claims], where[each.claims], each.claims))
    return tuple(replace(each, id=form.format(n)) for n, each in enumerate(ordered, 1))


def _group(members: tuple[Told, ...], follows: Mapping[Ref, Copy], judgements: Sequence[Judgement], pattern: bool) -> Group:
    own = [each for each in members if each.ref not in follows]
    acts = [each for each in own if each.kind not in AFTERMATH and each.kind != "casualty"] or own
    start, end, precision = ("", "", "unknown") if pattern else _period(own)
    return Group(
        id="",
        pattern=pattern,
        kind=patterns.leading_kind(acts, KINDS),
        kinds=tuple(sorted({each.kind for each in members})),
        claims=tuple(each.ref for each in members),
        links=_links(members, follows, judgements),
        start=start,
        end=end,
        precision=precision,
    )


def _period(members: Sequence[Told]) -> tuple[str, str, str]:
    """From the first to the last time that the finest claims give; how it ended does not say when it began."""
    dated = [each for each in members if each.moment is not None and each.moment.tight] or list(members)
    acts = [each for each in dated if each.kind not in AFTERMATH] or dated
    for precisions in (("minute", "hour"), ("part_of_day",), ("day",), ("week",), ("month",), ("year",), ("unknown",)):
        fine = [each.moment for each in acts if each.moment is not None and each.moment.precision in precisions]
        if fine:
            first, last = min(fine, key=lambda each: (each.start, each.said_start)), max(fine, key=lambda each: (each.end, each.said_end))
            return first.said_start, last.said_end, max((each.precision for each in fine), key=precisions.index)
    return "", "", "unknown"


def _links(members: Sequence[Told], follows: Mapping[Ref, Copy], judgements: Sequence[Judgement]) -> tuple[Link, ...]:
    """The strongest links that hold the group together (a spanning tree), so that each claim has its reason."""
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
    ranked = sorted((-score(a, b), a.ref, b.ref) for n, a in enumerate(own) for b in own[n + 1 :])
    for _, a, b in ranked:
        if root(a) != root(b):
            joined[root(b)] = root(a)
            found.append(link(looks[a], looks[b]))
    return tuple(sorted(found, key=lambda each: (each.a, each.b)))


def _copied(copy: Copy) -> Link:
    first, second = sorted((copy.earlier, copy.later))
    return Link(first, second, 20.0, (Level("wording", copy.how.replace("_", " "), 20.0, copy.why),))


def _by_person(judgement: Judgement) -> Link:
    first, second = sorted((judgement.a, judgement.b))
    why = f"{judgement.actor or 'A person'} judged that both are about the same: {judgement.reason or 'no reason given'}."
    return Link(first, second, 40.0, (Level("judgement", judgement.verdict, 40.0, why),))

"""From claims to incidents and patterns: look, compare, join, name.

The law it keeps: neither initiator nor target party nor speaker enters a link, the order of the dossiers changes nothing,
and every claim that is joined has a link that says why, level by level.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from merestone.capture.terms import Pack
from merestone.ledger.terms import Refusal
from merestone.link import candidates, patterns
from merestone.link.attach import attach, with_deaths
from merestone.link.chains import Sources, leading
from merestone.link.cluster import agglomerate
from merestone.link.compare import score
from merestone.link.copies import Copy, copies
from merestone.link.learn import learned
from merestone.link.levels import Weights
from merestone.link.naming import named
from merestone.link.passages import passages_of, repeats
from merestone.link.terms import Dossier, Judgement, Linked, Ref
from merestone.link.told import Told, look
from merestone.link.voices import voices


def group(dossiers: Sequence[Dossier], judgements: Sequence[Judgement] = (), pack: Pack | None = None) -> Linked:
    """What the claims of `dossiers` are about, and who repeats whom.

    `judgements` are people's: "same" joins and "different" keeps apart whatever the machine finds; "unsure" changes
    nothing. `pack` gives publishers their affiliation; without it only what the readings say of speakers is known.
    """
    told = look(dossiers)
    first = leading(dossiers, Sources(dossiers, pack))
    shared = repeats(dossiers, first)
    repeated = copies(dossiers, told, shared, first)
    judged = {ref for each in judgements if each.verdict != "unsure" for ref in (each.a, each.b)}
    follows = {each.later: each for each in repeated if each.later not in judged}
    undated = [each for each in told if each.repeated or each.moment is None]
    dated = [each._replace(late=each.late and each.ref not in judged) for each in told if not each.repeated and each.moment is not None]
    own = [each for each in dated if each.ref not in follows and not each.late]
    late = [each for each in dated if each.ref not in follows and each.late]
    pairs = list(candidates.pairs(own))
    weights = learned(own, pairs)
    incidents = _incidents(own, pairs, weights, judgements)
    incidents = with_deaths(incidents, _incidents(late, list(candidates.pairs(late)), weights, ()))
    incidents, patterned = _with_copies(incidents, patterns.gather([each for each in undated if each.ref not in follows]), told, follows)
    heard = voices(dossiers, repeated, told, pack)
    owner = {ref: voice.id for voice in heard for ref in voice.claims}
    return Linked(
        incidents=named(incidents, follows, judgements, "B-{:03d}", weights=weights),
        patterns=named(patterned, follows, judgements, "P-{:02d}", pattern=True),
        voices=heard,
        passages=passages_of(shared),
        copy_of=tuple((each.later, each.earlier) for each in repeated if owner[each.later] == owner[each.earlier]),
        weights=weights.kept(),
    )


def _incidents(
    dated: Sequence[Told], pairs: Sequence[tuple[int, int]], weights: Weights, judgements: Sequence[Judgement]
) -> list[tuple[Told, ...]]:
    place = {each.ref: n for n, each in enumerate(dated)}
    together, apart = _judged(judgements, place)
    scores = {(a, b): score(dated[a], dated[b], weights) for a, b in pairs}
    clusters = agglomerate(dated, scores, together, apart)
    return attach([tuple(dated[n] for n in cluster) for cluster in clusters], {ref for each in judgements for ref in (each.a, each.b)})


def _judged(judgements: Sequence[Judgement], place: Mapping[Ref, int]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    found: dict[str, set[tuple[int, int]]] = {"same": set(), "different": set(), "unsure": set()}
    for each in judgements:
        if each.verdict not in found:
            raise Refusal("unknown_verdict", verdict=each.verdict, known=", ".join(found))
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

"""A linking run for some of its claims, and people's word over what was concluded from them. Pure.

The law it keeps: nothing is linked here. A group may lose claims and gets the kind and the days of those that are left; a claim that
no run has seen is in no group. Only a person's decision refutes, and only an observation of this mission makes a grade `observed`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from merestone.assess.terms import Assessment, Reason
from merestone.link.levels import Weights
from merestone.link.naming import named
from merestone.link.terms import Dossier, Group, Linked, Ref, Voice
from merestone.link.told import Told, look
from merestone.register.relinked import Since
from merestone.register.terms import DecisionRow, JudgementRow
from merestone.report.standing import OBSERVATION, behind
from merestone.report.words import POINTS

_UNSEEN = "Not observed:"
_THAT = "that"  # the point of a whole happening


@dataclass(frozen=True, slots=True)
class Word:
    """What people decided of one incident: of the whole ("" while nobody did), of points of it, and the observations that are of it."""

    whole: DecisionRow | None
    points: tuple[DecisionRow, ...]
    observations: tuple[str, ...]
    since: Since | None = None  # what linking did to it after that


# --- some claims of a run -----------------------------------------------------------------------------------------


def restricted(linked: Linked, kept: Collection[Ref], dossiers: Sequence[Dossier]) -> Linked:
    """The run as far as it is about the claims `kept`, which are those of `dossiers`."""
    names = {dossier.reading.id for dossier in dossiers}
    seen = {told.ref: told for told in look(dossiers)}
    weights = Weights.read(linked.weights)
    groups = [_less(each, kept, seen, weights) for each in (*linked.incidents, *linked.patterns) if any(ref in kept for ref in each.claims)]
    return Linked(
        incidents=tuple(each for each in groups if not each.pattern),
        patterns=tuple(each for each in groups if each.pattern),
        voices=tuple(_voice(each, kept) for each in linked.voices if any(ref in kept for ref in each.claims)),
        passages=tuple(each for each in linked.passages if each.earlier in names and each.later in names),
        copy_of=tuple(pair for pair in linked.copy_of if pair[0] in kept and pair[1] in kept),
        weights=linked.weights,
    )


def regrouped(linked: Linked, dossiers: Sequence[Dossier], home: Mapping[Ref, str]) -> Linked:
    """The run with the incidents that `home` (claim -> number) says in place of its own. What `home` does not name stays in no incident."""
    seen = {told.ref: told for told in look(dossiers)}
    members: dict[str, list[Ref]] = {}
    for ref, number in sorted(home.items()):
        if ref in seen:
            members.setdefault(number, []).append(ref)
    weights = Weights.read(linked.weights)
    groups = [named([tuple(seen[ref] for ref in refs)], {}, (), number, weights=weights)[0] for number, refs in sorted(members.items())]
    return replace(linked, incidents=tuple(replace(each, id=number) for each, number in zip(groups, sorted(members), strict=True)))


def _less(group: Group, kept: Collection[Ref], seen: Mapping[Ref, Told], weights: Weights) -> Group:
    left = tuple(ref for ref in group.claims if ref in kept)
    if left == group.claims:
        return group
    anew = named([tuple(seen[ref] for ref in left)], {}, (), group.id, pattern=group.pattern, weights=weights)[0]
    links = tuple(link for link in group.links if link.a in kept and link.b in kept)
    held = {ref for link in links for ref in (link.a, link.b)}
    more = tuple(link for link in anew.links if not {link.a, link.b} <= held)
    return replace(anew, id=group.id, claims=left, links=tuple(sorted((*links, *more), key=lambda each: (each.a, each.b))))


def _voice(voice: Voice, kept: Collection[Ref]) -> Voice:
    edges = tuple(replace(edge, claims=tuple(ref for ref in edge.claims if ref in kept)) for edge in voice.edges)
    shown = tuple(edge for edge, old in zip(edges, voice.edges, strict=True) if edge.claims or not old.claims)
    return replace(voice, claims=tuple(ref for ref in voice.claims if ref in kept), edges=shown)


# --- people's word ------------------------------------------------------------------------------------------------


def words_on(
    incidents: Iterable[Group], decisions: Iterable[DecisionRow], judgements: Iterable[JudgementRow], since: Mapping[str, Since]
) -> dict[str, Word]:
    """By incident. Rows come the earliest first: of two on the same subject and point, or on the same pair, the later one holds."""
    decided: dict[tuple[str, str], DecisionRow] = {(row.subject, row.point): row for row in decisions}
    judged = {frozenset((row.a, row.b)): row.verdict for row in judgements}
    same = [pair for pair, verdict in judged.items() if verdict == "same" and any(each.startswith(OBSERVATION) for each in pair)]
    found = {}
    for incident in incidents:
        mine = {incident.id, *(str(ref) for ref in incident.claims)}
        whole = decided.get((incident.id, ""))
        points = tuple(row for (subject, point), row in sorted(decided.items()) if subject == incident.id and point)
        watched = {each for pair in same if pair & mine for each in pair - mine if each.startswith(OBSERVATION)}
        if whole is not None and whole.verdict == "adopted":
            watched |= {each for each in whole.by if each.startswith(OBSERVATION)}
        after = since.get(incident.id)
        mine_still = after and replace(after, joined=tuple(ref for ref in after.joined if ref in incident.claims))
        found[incident.id] = Word(whole, points, tuple(sorted(watched)), mine_still)
    return found


def with_word(assessment: Assessment, word: Word) -> Assessment:
    """The assessment with what people say of it standing first. The machine's own reasons stay below."""
    said = list(_said(word))
    if not said:
        return assessment
    own = [reason for reason in assessment.reasons if not (word.observations and reason.text.startswith(_UNSEEN))]
    reasons = [*(Reason(0, text, (), supports) for text, supports in said), *_changed(word), *own]
    grade = "refuted" if _refuted(word) else "observed" if word.observations else assessment.grade
    return replace(
        assessment,
        grade=grade,
        state=word.whole.verdict if word.whole is not None else assessment.state,
        reasons=tuple(replace(reason, number=number) for number, reason in enumerate(reasons, 1)),
    )


def _changed(word: Word) -> Iterator[Reason]:
    if word.since is not None and (word.since.joined or word.since.left):
        came, went = len(word.since.joined), word.since.left
        told = [f"put {came} more claim{'' if came == 1 else 's'} to it"] if came else []
        told += [f"taken {went} away"] if went else []
        text = f"Since the decision linking has {' and '.join(told)}; nobody has decided on it as it is now."
        yield Reason(0, text, word.since.joined, supports=False)


def _refuted(word: Word) -> bool:
    return any(row.verdict == "refuted" and row.point in ("", _THAT) for row in _rows(word))


def _rows(word: Word) -> tuple[DecisionRow, ...]:
    return (*(() if word.whole is None else (word.whole,)), *word.points)


def _said(word: Word) -> Iterable[tuple[str, bool]]:
    """Each sentence, and whether it speaks for the grade above. The person's own reason stays in the record: it may name somebody."""
    seen = word.observations
    refuted = _refuted(word)
    if seen:
        many = "An observation" if len(seen) == 1 else f"{len(seen)} observations"
        verb = "was" if len(seen) == 1 else "were"
        yield (
            f"Observed: {many[0].lower() + many[1:]} signed by this mission {verb} found by a person to be of this happening.{behind(seen)}",
            not refuted,
        )
    for row in _rows(word):
        on = f" on one point ({POINTS.get(row.point, row.point).lower()})" if row.point else ""
        if row.verdict == "refuted":
            whole = row.point in ("", _THAT)
            yield f"Refuted{on}: a person of this mission so decided.{behind(row.by)}", whole
        elif row.verdict == "unverifiable":
            yield f"Unverifiable{on}: a person of this mission tried and found no way to tell.{behind(row.by)}", False
        elif row.verdict in ("adopted", "deferred"):
            by = behind(each for each in row.by if each not in seen)
            yield f"{row.verdict.capitalize()}{on} by a decision of a person of this mission.{by}", row.verdict == "adopted" and not refuted

"""Where a point of an agreement stands on a day, and which incidents touch it. Pure: dates, numbers and what was said, nothing else.

The law it keeps: no verdict. That a day has passed, that a number differs, that somebody says it was done and somebody that it was not, all that
is told with who says so; whether a point was kept or broken is for people. One rule for every party: nothing here looks at which it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from merestone.capture.terms import Provision, Step
from merestone.link.terms import Ref

NOT_YET, HOLDS, ENDED, NO_DAY = "not yet", "holds", "term over", "no day"
AHEAD, PASSED = "ahead", "passed"


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim that may tell of a point: its kind, its day (ISO, "" not known), its places with all that hold them, and who says so."""

    ref: Ref
    kind: str
    day: str
    places: frozenset[str]
    by: str
    party: str
    realised: str
    stance: str


@dataclass(frozen=True, slots=True)
class Happened:
    """An incident: its day, and its claims that do not deny."""

    incident: str
    day: str
    told: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Touch:
    """An incident that touches a point, why, and the claims of it by which it does. It is no breach and no finding on who did it."""

    incident: str
    why: str
    kinds: tuple[str, ...]
    claims: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said: begun, done, not done, ended, announced, attempted, or a number. `ref` is the claim that says so; None where the
    pack cites it from `source` and nobody here holds it."""

    by: str
    party: str
    on: str
    says: str
    number: int | None
    source: str
    ref: Ref | None


@dataclass(frozen=True, slots=True)
class StepState:
    """`due` is the day that holds (the later one where it was put off, `first` then the earlier); `when`: ahead, passed or no day."""

    name: str
    due: str
    first: str
    moved_by: str
    when: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class LevelState:
    """The number agreed on, and what was said of it; how far each lies from it."""

    name: str
    agreed: int
    words: tuple[tuple[Word, int], ...]


@dataclass(frozen=True, slots=True)
class State:
    """On a day. `term`: not yet, holds, term over, or no day where the text gives none; `words` on the point as a whole."""

    on: str
    term: str
    steps: tuple[StepState, ...]
    levels: tuple[LevelState, ...]
    words: tuple[Word, ...]


def state(provision: Provision, on: str, told: Iterable[Telling]) -> State:
    """`on`: an ISO day. Of `told` counts what is of the step's kinds and places, from the first day of the point on and not after `on`."""
    claims = [each for each in told if each.day and _from(provision.since, each.day) and each.day[:10] <= on]
    cited = [
        Word(said.by, said.party, said.on, said.says, said.number, said.source, None)
        for said in provision.said
        if said.on <= on or not said.on
    ]
    names = [said.name for said in provision.said if said.on <= on or not said.on]
    steps = tuple(
        _step(step, on, [w for w, name in zip(cited, names, strict=True) if name == step.name], claims) for step in provision.steps
    )
    levels = tuple(
        LevelState(
            level.name,
            level.number,
            tuple(
                (word, word.number - level.number)
                for word, name in zip(cited, names, strict=True)
                if name == level.name and word.number is not None
            ),
        )
        for level in provision.levels
    )
    own = {step.name for step in provision.steps} | {level.name for level in provision.levels}
    return State(
        on, _term(provision, on), steps, levels, tuple(word for word, name in zip(cited, names, strict=True) if not name or name not in own)
    )


def _term(provision: Provision, on: str) -> str:
    if not provision.since and not provision.until:
        return NO_DAY
    if provision.since and on < provision.since:
        return NOT_YET
    return ENDED if provision.until and on > provision.until else HOLDS


def _step(step: Step, on: str, cited: Sequence[Word], claims: Iterable[Telling]) -> StepState:
    due = step.moved_to or step.due
    words = [*cited, *(_word(each) for each in claims if each.kind in step.kinds and _within(each.places, step.places))]
    when = NO_DAY if not due else PASSED if on > due else AHEAD
    return StepState(
        step.name, due, step.due if step.moved_to else "", step.moved_by, when, tuple(sorted(words, key=lambda word: (word.on, word.by)))
    )


def _word(each: Telling) -> Word:
    says = "not done" if each.stance == "denies" else each.realised
    return Word(each.by, each.party, each.day, says, None, "", each.ref)


def touches(provision: Provision, incidents: Iterable[Happened]) -> tuple[Touch, ...]:
    """The incidents that touch it, in the order given: of a kind and, where the point names places, in one of them, on a day from which it
    holds. An incident without a day touches nothing."""
    found = []
    for incident in incidents:
        if not incident.day or not _from(provision.since, incident.day) or (provision.until and incident.day[:10] > provision.until):
            continue
        for rule in provision.touching:
            here = [each for each in incident.told if each.kind in rule.kinds and _within(each.places, rule.places)]
            if here:
                kinds = tuple(dict.fromkeys(each.kind for each in here))
                found.append(Touch(incident.incident, rule.why, kinds, tuple(sorted({each.ref for each in here}))))
    return tuple(found)


def _from(since: str, day: str) -> bool:
    return not since or day[:10] >= since


def _within(places: Collection[str], wanted: Sequence[str]) -> bool:
    return not wanted or not set(wanted).isdisjoint(places)


def holders(place: str | None, within: Mapping[str, str | None]) -> frozenset[str]:
    """A place with all that hold it."""
    found: set[str] = set()
    while place is not None and place not in found:
        found.add(place)
        place = within.get(place)
    return frozenset(found)

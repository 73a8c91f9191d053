"""The balance audit: what was heard of each side, what was concluded of it and how it was worked on, each number with its interval.

It looks and changes nothing: no grade is worked out here and none is read back. The law it keeps: one rule for every column, so that
exchanging two parties exchanges their numbers and nothing else. How much there is of each side is never compared (nobody expects equal
numbers); how each was treated is, and so strictly that by chance alone nothing in the whole audit stands out 19 times of 20.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from merestone.assess.intervals import LEVEL, by_chance, effective, middle, of_median, stricter, wilson
from merestone.assess.material import Happening, Material, Sides, Told, Verdict
from merestone.assess.terms import GRADES

COUNT, SHARE, MEDIAN, RANGE = "count", "share", "median", "range"
VERDICTS = ("adopted", "rejected", "deferred", "unverifiable", "refuted")


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a column. A share has `of` (of how many), a median `number` (of how many values); `value`, `low`, `high` None: not known.
    Of a range `low` and `high` are the number itself as far as it is told."""

    number: int
    of: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One line: a cell a column. `name` and `about` (a language, a grade, an actor) say what; `compared` are the pairs of parties of which
    enough is known, `apart` those of them that differ by more than chance; `treated` says whether it is a line that is compared at all."""

    name: str
    about: str
    kind: str
    cells: tuple[Cell, ...]
    inner: bool = False
    treated: bool = False
    compared: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """`unknown`: why nothing of it can be told, a code; "" where something is."""

    name: str
    measures: tuple[Measure, ...]
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """`comparisons`: how many were made; `level`: at which each was made, so that all together hold at LEVEL."""

    columns: Sides
    parties: Sides
    chapters: tuple[Chapter, ...]
    comparisons: int
    level: float


def balance(found: Material) -> Balance:
    drafts = [
        ("sources", list(_sources(found)), ""), ("texts", list(_texts(found)), ""), ("speaking", list(_speaking(found)), ""),
        ("told_of", list(_told_of(found)), ""), ("blamed", list(_graded(found, "blamed")), ""), ("hit", list(_graded(found, "hit")), ""),
        ("time", list(_times(found)), ""), ("decided", list(_decided(found)), "" if found.verdicts is not None else "no_decisions"),
        ("looked", list(_looked(found)), "" if found.areas is not None else "no_mission"), ("wording", list(_wording(found)), ""),
    ]  # fmt: skip
    pairs = tuple(combinations(sorted(found.parties), 2))
    number = sum(1 for _, rows, _ in drafts for row in rows for pair in pairs if row.can(pair, LEVEL))
    level = stricter(LEVEL, number)
    chapters = tuple(Chapter(name, tuple(row.measure(found.columns, pairs, level) for row in rows), why) for name, rows, why in drafts)
    return Balance(found.columns, tuple(sorted(found.parties)), chapters, number, level)


# --- one line ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """A share's parts in one column: how many, of how many, and how many independent ones these are worth."""

    number: int
    of: int
    worth: float

    @property
    def independent(self) -> tuple[int, int]:
        """The same share of so many independent ones, in whole numbers."""
        whole = int(self.worth + 1e-9)
        return (round(self.number / self.of * whole) if self.of else 0), whole


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    about: str = ""
    inner: bool = False
    counts: Mapping[str, int] | None = None
    ranges: Mapping[str, tuple[int, int]] | None = None
    shares: Mapping[str, _Part] | None = None
    values: Mapping[str, Sequence[float]] | None = None
    treated: bool = False  # whether it says how a side was treated, so that two may be compared

    def can(self, pair: tuple[str, str], level: float) -> bool:
        """Whether the two could stand apart at all, were they as unlike as can be: where not, nothing is learned from comparing them."""
        if not self.treated:
            return False
        if self.shares is not None:
            one, other = (self.shares[code].independent[1] if code in self.shares else 0 for code in pair)
            return by_chance((0, one), (other, other)) <= 1 - level
        return all(of_median((self.values or {}).get(code, ()), stricter(level, 2)) is not None for code in pair)

    def measure(self, columns: Sides, pairs: Iterable[tuple[str, str]], level: float) -> Measure:
        compared = tuple(pair for pair in pairs if self.can(pair, level))
        apart = tuple(pair for pair in compared if self._differ(*pair, level))
        kind = COUNT if self.counts is not None else RANGE if self.ranges is not None else SHARE if self.shares is not None else MEDIAN
        return Measure(self.name, self.about, kind, tuple(self._cell(code) for code in columns), self.inner, self.treated, compared, apart)

    def _cell(self, code: str) -> Cell:
        if self.counts is not None:
            return Cell(self.counts.get(code, 0))
        if self.ranges is not None:
            low, high = self.ranges.get(code, (0, 0))
            return Cell(low, None, None, low, high)
        if self.shares is not None:
            part = self.shares.get(code, _Part(0, 0, 0))
            if not part.of:
                return Cell(0, 0)
            low_high = wilson(part.number / part.of * part.worth, part.worth) or (None, None)
            return Cell(part.number, part.of, part.number / part.of, *low_high)
        values = (self.values or {}).get(code, ())
        return Cell(len(values), None, middle(values), *(of_median(values) or (None, None)))

    def _differ(self, a: str, b: str, level: float) -> bool:
        """Two medians: where the intervals of both do not meet, one of them misses its median, so each is made at half the chance."""
        if self.shares is not None:
            return by_chance(self.shares[a].independent, self.shares[b].independent) <= 1 - level
        first, second = (of_median((self.values or {})[code], stricter(level, 2)) for code in (a, b))
        return first is not None and second is not None and (first[1] < second[0] or second[1] < first[0])


def _count(items: Iterable[Sides]) -> dict[str, int]:
    found: dict[str, int] = {}
    for sides in items:
        for side in sides:
            found[side] = found.get(side, 0) + 1
    return found


def _parts(units: Collection[tuple[Sides, bool, str]]) -> dict[str, _Part]:
    """Of each column the share of its units that are so. A unit: its columns, whether it is so, and the cluster it stands in ("" for none)."""
    made: dict[str, _Part] = {}
    for side in {side for sides, _, _ in units for side in sides}:
        ours = [(so, cluster) for sides, so, cluster in units if side in sides]
        sizes = _count((cluster,) for _, cluster in ours if cluster)
        alone = [1 for _, cluster in ours if not cluster]
        made[side] = _Part(sum(so for so, _ in ours), len(ours), effective([*sizes.values(), *alone]))
    return made


def _whole(units: Sequence[tuple[Sides, str]], columns: Sides) -> dict[str, _Part]:
    """Of all units the share of each column."""
    worth = effective([*_count((cluster,) for _, cluster in units if cluster).values(), *(1 for _, cluster in units if not cluster)])
    counts = _count(sides for sides, _ in units)
    return {side: _Part(counts.get(side, 0), len(units), worth) for side in columns}


# --- chapters ---------------------------------------------------------------------------------------------------------


def _sources(found: Material) -> Iterator[_Line]:
    named = [source for source in found.sources if source.named]
    yield _Line("sources_named", counts=_count((source.side,) for source in named))
    yield _Line("sources_heard", inner=True, shares=_parts([((s.side,), s.heard, "") for s in named]), treated=True)
    yield _Line("sources_others", counts=_count((s.side,) for s in found.sources if not s.named))


def _texts(found: Material) -> Iterator[_Line]:
    yield _Line("texts", shares=_whole([((text.side,), "") for text in found.texts], found.columns))
    for language in sorted({text.language for text in found.texts}, key=lambda each: (not each, each)):
        yield _Line("texts_language", language, True, shares=_parts([((t.side,), t.language == language, "") for t in found.texts]))
    yield _Line("texts_claims", inner=True, values=_values(((t.side,), float(t.claims)) for t in found.texts), treated=True)


def _values(told: Iterable[tuple[Sides, float | None]]) -> dict[str, list[float]]:
    made: dict[str, list[float]] = {}
    for sides, value in told:
        for side in sides if value is not None else ():
            made.setdefault(side, []).append(value or 0.0)
    return made


def _speaking(found: Material) -> Iterator[_Line]:
    def share(name: str, so: Callable[[Told], bool], about: str = "", treated: bool = False) -> _Line:
        return _Line(name, about, True, shares=_parts([((c.side,), so(c), c.text) for c in found.claims]), treated=treated)

    yield _Line("claims", shares=_whole([((claim.side,), claim.text) for claim in found.claims], found.columns))
    for stance in ("asserts", "denies", "admits"):
        yield share("claims_stance", lambda claim, stance=stance: claim.stance == stance, stance)  # type: ignore[misc]
    yield share("claims_copy", lambda claim: claim.copy, treated=True)
    yield share("claims_recorded", lambda claim: claim.recorded, treated=True)
    yield share("claims_unquoted", lambda claim: not claim.quoted, treated=True)


def _told_of(found: Material) -> Iterator[_Line]:
    says = [claim for claim in found.claims if claim.stance == "asserts"]
    yield _Line("claims_blamed", shares=_whole([(claim.blamed, claim.text) for claim in says], found.columns))
    yield _Line("blamed_recorded", inner=True, shares=_parts([(c.blamed, c.recorded, c.text) for c in says]), treated=True)
    yield _Line("claims_hit", shares=_whole([(claim.hit, claim.text) for claim in found.claims if claim.stance != "denies"], found.columns))


def _graded(found: Material, way: str) -> Iterator[_Line]:
    def sides(each: Happening) -> Sides:
        return each.blamed if way == "blamed" else each.hit

    yield _Line("incidents", counts=_count(sides(each) for each in found.incidents))
    grades = [*GRADES, *sorted({each.grade for each in found.incidents} - set(GRADES))]
    for grade in grades:
        if any(each.grade == grade for each in found.incidents):
            yield _Line("grade", grade, True, shares=_parts([(sides(i), i.grade == grade, "") for i in found.incidents]), treated=True)
    yield _Line("contested", inner=True, shares=_parts([(sides(i), i.contested, "") for i in found.incidents]), treated=True)
    yield _Line("voices", inner=True, values=_values((sides(i), float(i.voices)) for i in found.incidents), treated=True)
    yield _Line("claims_each", inner=True, values=_values((sides(i), float(i.claims)) for i in found.incidents), treated=True)


def _times(found: Material) -> Iterator[_Line]:
    """Days from the beginning of the happening, by whom the claims blame. What has no such hour is counted, not guessed."""
    for name, hour in (("published", "published"), ("received", "received"), ("graded", "graded"), ("decided", "decided")):
        told = [(each.blamed, _days(each.began, getattr(each, hour))) for each in found.incidents]
        yield _Line(f"time_{name}", values=_values(told), treated=True)
        unknown = _count(sides for sides, days in told if days is None)
        if unknown:
            yield _Line("time_unknown", name, True, counts=unknown)


def _days(first: str, last: str) -> float | None:
    """Whole days between two ISO dates or times, None where either is not known."""
    try:
        return float((date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days)
    except ValueError:
        return None


def _decided(found: Material) -> Iterator[_Line]:
    verdicts = found.verdicts
    if verdicts is None:
        return
    yield _Line("decisions", counts=_count(each.blamed for each in verdicts if not each.single))
    yield from _verdicts([each for each in verdicts if not each.single], "verdict")
    yield _Line("decisions_single", counts=_count(each.blamed for each in verdicts if each.single))
    yield from _verdicts([each for each in verdicts if each.single], "verdict")
    for actor in sorted({each.actor for each in verdicts}):
        yield _Line("by_actor", actor, counts=_count(each.blamed for each in verdicts if each.actor == actor))
        yield from _verdicts([each for each in verdicts if each.actor == actor], "verdict")


def _verdicts(verdicts: Sequence[Verdict], name: str) -> Iterator[_Line]:
    for verdict in VERDICTS:
        if any(each.verdict == verdict for each in verdicts):
            yield _Line(name, verdict, True, shares=_parts([(v.blamed, v.verdict == verdict, "") for v in verdicts]), treated=True)


def _looked(found: Material) -> Iterator[_Line]:
    if found.areas is None:
        return
    areas = {area.side: area for area in found.areas}
    yield _Line("places", counts={side: area.places for side, area in areas.items()})
    if any(area.named is not None for area in areas.values()):
        named = {side: _Part(area.named or 0, area.places, area.places) for side, area in areas.items()}
        yield _Line("places_named", inner=True, shares=named, treated=True)
    yield _Line("patrols", ranges={side: area.patrols for side, area in areas.items()})
    for name in ("nil", "refused", "cameras_down"):
        yield _Line(f"patrols_{name}", inner=True, ranges={side: getattr(area, name) for side, area in areas.items()})
    yield _Line("observations", ranges={side: area.observations for side, area in areas.items()})


def _wording(found: Material) -> Iterator[_Line]:
    for way in ("blamed", "hit"):
        yield _Line("words", way, values=_values((getattr(i, way), float(i.words)) for i in found.incidents), treated=True)

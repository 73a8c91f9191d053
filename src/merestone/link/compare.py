"""Two claims, compared feature by feature: each level with its weight and a sentence.

The law it keeps: it takes `Told`, which knows no party; the sum of the levels (the prior is one of them) is the score.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from merestone.link import levels
from merestone.link.levels import AFTERMATH, HAND, Weights, relation
from merestone.link.terms import Level, Link
from merestone.link.told import DAY, FINE, Moment, Spot, Told, kilometres

SECTOR_KM = 40.0
LINGERED = 30  # days from a wound to the death of it: who dies later is told of as dead of that happening by people


def link(a: Told, b: Told, weights: Weights = HAND) -> Link:
    """The comparison of a pair, every level explained. Symmetric but for the order of `a` and `b`."""
    first, second = (a, b) if a.ref <= b.ref else (b, a)
    rows = weigh(first, second, weights)
    return Link(first.ref, second.ref, round(sum(row.weight for row in rows), 3), rows)


def weigh(a: Told, b: Told, weights: Weights = HAND) -> tuple[Level, ...]:
    time, place = time_level(a, b), place_of(a, b)
    near = weights.near(time[0], place[0])
    alone = near - levels.PLACE[place[0]][0]  # what time and place weigh together is told half by half
    said = (
        ("kind", _kind(a, b)),
        ("hit", (_hit_of(a, b), _shared(a.hit, b.hit))),
        ("weapons", (_weapons_of(a, b), _shared(a.weapons, b.weapons))),
        ("figures", _figures(a, b)),
        ("wording", _wording(a, b)),
    )
    return (
        Level("prior", "same days", weights.prior, "Most claims of the same days are about different happenings."),
        _row("time", levels.TIME[time[0]][1], time, alone),
        _row("place", levels.PLACE[place[0]][1], place, near - alone),
        *(_row(name, levels.TABLES[name][found[0]][1], found, weights.of(name, found[0])) for name, found in said),
    )


def score(a: Told, b: Told, weights: Weights = HAND) -> float:
    """The sum of `weigh`, without the sentences."""
    said = _rest(a, b, weights) + weights.of("wording", _wording(a, b)[0])
    return weights.prior + weights.near(time_of(a, b), nearness(a, b)) + said


def scoring(a: Told, weights: Weights = HAND) -> Callable[[Told, str], float]:
    """`score` with one and the same claim; the level of their time is given."""
    beside = _beside(a, weights)

    def one(b: Told, time: str) -> float:
        near, said = beside(b, time)
        return near + (said + weights.of("wording", _words(a, b)))

    return one


def reaching(a: Told, bits: float, weights: Weights = HAND) -> Callable[[Told], bool]:
    """Of other claims: are they possible with `a`, and is `score` that much? Their words are looked at only where these can decide: that
    takes longer than all the rest."""
    beside, most, least = _beside(a, weights), weights.most("wording"), weights.least("wording")

    def one(b: Told) -> bool:
        time = time_of(a, b)
        if time in _NEVER:
            return False
        near, said = beside(b, time)
        if near + (said + most) < bits or near + (said + least) >= bits:
            return near + (said + least) >= bits
        return near + (said + weights.of("wording", _words(a, b))) >= bits

    return one


def _beside(a: Told, weights: Weights) -> Callable[[Told, str], tuple[float, float]]:
    """What `score` adds up but for the wording: time and place with the prior, and the rest."""
    kind, hit, weapons, figures = (weights.bits(name) for name in ("kind", "hit", "weapons", "figures"))

    def one(b: Told, time: str) -> tuple[float, float]:
        said = kind[relation(a.kind, b.kind)] + hit[_hit_of(a, b)] + weapons[_weapons_of(a, b)] + figures[figures_of(a, b)]
        return weights.prior + weights.near(time, nearness(a, b)), said

    return one


def _words(a: Told, b: Told) -> str:
    """The level of `_wording`. In two texts with less than two words in common no two runs of three words are the same: none is made."""
    if a.ref.document != b.ref.document and len(frozenset(a.words).intersection(b.words)) < 2:
        return "own words"
    return _wording(a, b)[0]


def likeness(a: Told, b: Told, weights: Weights = HAND) -> float:
    """All of `score` but the prior and the time."""
    return levels.PLACE[nearness(a, b)][0] + _rest(a, b, weights) + weights.of("wording", _wording(a, b)[0])


def pattern(a: Told, b: Told) -> tuple[str, str, str, str, str, str]:
    """The levels into which a pair falls, but for its wording."""
    return time_of(a, b), nearness(a, b), relation(a.kind, b.kind), _hit_of(a, b), _weapons_of(a, b), figures_of(a, b)


def _rest(a: Told, b: Told, weights: Weights) -> float:
    return (
        weights.of("kind", relation(a.kind, b.kind))
        + weights.of("hit", _hit_of(a, b))
        + weights.of("weapons", _weapons_of(a, b))
        + weights.of("figures", figures_of(a, b))
    )


def _row(feature: str, reason: str, found: tuple[str, str], weight: float) -> Level:
    level, why = found
    told = f"{why[:1].upper()}{why[1:]}"
    return Level(feature, level, round(weight, 3), f"{told}." if reason.startswith("one of them") else f"{told} ({reason}).")


# --- time ---------------------------------------------------------------------------------------------------------


def gap(a: Moment, b: Moment) -> int:
    """Minutes between two intervals, 0 where they meet; on one clock where both state an offset, else in local time."""
    shift = a.offset - b.offset if a.offset is not None and b.offset is not None else 0
    return max(0, b.start + shift - a.end, a.start - b.end - shift)


def possible(a: Told, b: Told) -> bool:
    """May both be of one time? A claim that covers days goes with another of the same days only: `attach` does the rest."""
    return goes(time_of(a, b))


def goes(level: str) -> bool:
    """`possible`, where the level of their time is known."""
    return level not in _NEVER


_NEVER = frozenset(("apart", "later death", "covers"))  # "covers": one of them covers days


def time_level(a: Told, b: Told) -> tuple[str, str]:
    """The level with its sentence."""
    level, x, y = time_of(a, b), a.moment, b.moment
    if x is None or y is None:
        return level, "One of them has no date"
    apart = gap(x, y)
    said = f"{_told_time(x)} and {_told_time(y)}"
    if level == "later death" or a.late != b.late:
        return level, f"{said}: one is the day on which somebody died of wounds" + ("" if level != "apart" else ", and not after the other")
    if level == "apart" and not (x.tight and y.tight):
        return level, f"{said} do not meet"
    if "day" in {x.precision, y.precision} and level in _OF_A_DATE:
        alike = level == "same day" and x.start == y.start
        return level, f"both of {x.said_start[:10]}" if alike else f"{said}{_OF_A_DATE[level]}"
    return level, f"{said}{_OF_TIMES[level].format(minutes=apart, hours=_hours(apart))}"


_OF_A_DATE = {
    "same day": " meet", "day holds it": ": the date holds the time", "neighbouring date": " are on dates that follow each other",
    "apart": " are on different days",
}  # fmt: skip
_OF_TIMES = {
    "same period": ": mostly the same days", "covers": ": one is a period that meets the other", "same part of day": " overlap",
    "adjacent night": " are {minutes} min apart across midnight", "neighbouring date": " are {hours} apart on two dates",
    "apart": " are {hours} apart", "aftermath": " are {hours} apart, and the later one tells how it ended",
    **dict.fromkeys(("same minute", "within an hour", "within three hours"), " are {minutes} min apart"),
    **dict.fromkeys(("within six hours", "other time of the day"), " are {hours} apart"),
}  # fmt: skip


def time_of(a: Told, b: Told) -> str:
    """The level alone: most pairs are told to nobody."""
    x, y = a.moment, b.moment
    if x is None or y is None:
        return "apart"
    if a.late != b.late:
        return _after(*((x, y) if a.late else (y, x)))
    apart = gap(x, y)
    if not (x.tight and y.tight):
        if not (x.tight or y.tight) and _mostly(x, y):
            return "same period"
        return "covers" if apart == 0 else "apart"
    if x.precision == "day" or y.precision == "day":
        return _with_a_date(x, y, apart)
    if x.precision == "part_of_day" or y.precision == "part_of_day":
        if apart == 0:
            return "same part of day"
    elif apart <= 15:
        return "same minute"
    if x.start // DAY != y.start // DAY:
        if apart <= 120:
            return "adjacent night"
        return "neighbouring date" if apart <= 360 else "apart"
    if apart <= 180:
        return "within an hour" if apart <= 60 else "within three hours"
    if _aftermath(a, b):
        return "aftermath"
    return "within six hours" if apart <= 360 else "other time of the day"


def _after(death: Moment, wound: Moment) -> str:
    return "later death" if wound.tight and 0 <= death.start // DAY - wound.start // DAY <= LINGERED else "apart"


def _mostly(x: Moment, y: Moment) -> bool:
    """Two periods of which more than half is common."""
    return min(x.end, y.end) - max(x.start, y.start) >= 0.6 * (max(x.end, y.end) - min(x.start, y.start))


def _with_a_date(x: Moment, y: Moment, apart: int) -> str:
    if apart == 0:
        return "same day" if x.precision == y.precision else "day holds it"
    return "neighbouring date" if apart <= 360 else "apart"


def _aftermath(a: Told, b: Told) -> bool:
    """One is a truce, a withdrawal or quiet, and the other began before it."""
    if a.moment is None or b.moment is None:
        return False
    ends = [each.kind in AFTERMATH for each in (a, b)]
    if ends[0] == ends[1]:
        return ends[0]
    return a.moment.start >= b.moment.start if ends[0] else b.moment.start >= a.moment.start


def _told_time(moment: Moment) -> str:
    if moment.said_start == moment.said_end or moment.precision in FINE:
        return moment.said_start
    return f"{moment.said_start} to {moment.said_end}"


def _hours(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60} min"


# --- place --------------------------------------------------------------------------------------------------------

_ORDER = ("far", "another sector", "unplaced", "wide", "inside", "within reach", "same region", "same district", "near", "same place")
_RANK = {level: rank for rank, level in enumerate(_ORDER)}
_POINTS = frozenset({"settlement", "feature"})
_BOUND = {"near": "next village", "within reach": "other village"}


def place_of(a: Told, b: Told) -> tuple[str, str]:
    """As `place_level`, but an act that happens on the spot is not the one in the next village."""
    level, why = place_level(a.spots, b.spots)
    return _bound(a, b, level), why


def nearness(a: Told, b: Told) -> str:
    """The level of `place_of` alone."""
    return _bound(a, b, spots_apart(a.spots, b.spots)) if a.spots and b.spots else "unplaced"


def _bound(a: Told, b: Told, level: str) -> str:
    return level if level not in _BOUND or (a.kind in levels.RANGED and b.kind in levels.RANGED) else _BOUND[level]


def place_level(a: tuple[Spot, ...], b: tuple[Spot, ...]) -> tuple[str, str]:
    """The best of all pairs of places, whatever their role: the origin of one may be the target of the other."""
    if not a or not b:
        return "unplaced", "No place of one of them is known"
    found = [_two_spots(x, y) for x in _finer(a) for y in _finer(b)]
    return max(found, key=lambda each: (_RANK[each[0]], each[1]))


@lru_cache(maxsize=65536)
def spots_apart(a: tuple[Spot, ...], b: tuple[Spot, ...]) -> str:
    """The level of `place_level` alone."""
    if not a or not b:
        return "unplaced"
    if len(a) == len(b) == 1:
        return _by_distance(a[0], b[0], kilometres(a[0], b[0]))
    return max((_by_distance(x, y, kilometres(x, y)) for x in _finer(a) for y in _finer(b)), key=_RANK.__getitem__)


def _finer(spots: tuple[Spot, ...]) -> Sequence[Spot]:
    return [spot for spot in spots if not spot.wide] or spots


def _two_spots(x: Spot, y: Spot) -> tuple[str, str]:
    near = kilometres(x, y)
    level = _by_distance(x, y, near)
    if level in {"same region", "same district"}:
        return level, f"both name {x.name}"
    return level, f"{x.name if x.name == y.name else ' and '.join(sorted((x.name, y.name)))}: {near:.0f} km apart"


def _by_distance(x: Spot, y: Spot, near: float) -> str:
    same = (x.place == y.place and bool(x.place)) or near < 0.05
    points = x.level in _POINTS and y.level in _POINTS
    if points and (same or near <= 2):
        return "same place"
    if same and x.wide and y.wide and x.level != "country":
        return "same region"
    if x.wide or y.wide:
        return "wide" if near <= x.reach_km + y.reach_km + SECTOR_KM else "far"
    if same:
        return "same district"
    if points and near <= 20:
        return "near" if near <= 8 else "within reach"
    beyond = near - x.reach_km - y.reach_km
    if not points and beyond <= 5:
        return "inside"
    return "another sector" if beyond <= SECTOR_KM else "far"


# --- the rest -----------------------------------------------------------------------------------------------------


def _kind(a: Told, b: Told) -> tuple[str, str]:
    said = f"both {a.kind}" if a.kind == b.kind else " and ".join(sorted((a.kind, b.kind)))
    return relation(a.kind, b.kind), said.replace("_", " ")


def _hit_of(a: Told, b: Told) -> str:
    return "not said" if not a.hit or not b.hit else "different" if a.hit.isdisjoint(b.hit) else "same"


def _weapons_of(a: Told, b: Told) -> str:
    return "not said" if not a.weapons or not b.weapons else "different" if a.weapons.isdisjoint(b.weapons) else "shared"


def _shared(x: frozenset[str], y: frozenset[str]) -> str:
    if not x or not y:
        return "One of them does not say"
    common = sorted(x & y)
    said = f"both name {', '.join(common)}" if common else f"{', '.join(sorted(x))} in one, {', '.join(sorted(y))} in the other"
    return said.replace("_", " ")


def _figures(a: Told, b: Told) -> tuple[str, str]:
    level = figures_of(a, b)
    if level == "not said":
        return level, "They count different things" if a.figures and b.figures else "One of them gives no figure"
    if level in _OF_FIGURES:
        return level, _OF_FIGURES[level]
    return level, f"both say {', '.join(sorted(f'{low} {outcome}' for outcome, _, low, _ in a.figures & b.figures if low))}"


_OF_FIGURES = {
    "none hurt": "both say that nobody was hurt", "overlapping": "their figures can be the same", "different": "their figures differ",
}  # fmt: skip


def figures_of(a: Told, b: Told) -> str:
    """The level of `_figures` alone."""
    ours, theirs = a.figures, b.figures
    if not ours or not theirs:
        return "not said"
    common = ours & theirs
    if common:
        some = len([1 for _, _, low, _ in common if low])
        if some:
            return "several equal" if some > 1 else "equal"
        if all(high == 0 for *_, high in ours | theirs):
            return "none hurt"
    level = "not said"
    for x in ours:
        for y in theirs:
            if x[0] == y[0] and (x[1] == y[1] or x[1] == "unspecified" or y[1] == "unspecified"):
                if _meet(x[2], x[3], y[2], y[3]):
                    return "overlapping"
                level = "different"
    return level


def _meet(low: int | None, high: int | None, other_low: int | None, other_high: int | None) -> bool:
    return not (
        (high is not None and other_low is not None and high < other_low)
        or (low is not None and other_high is not None and other_high < low)
    )


def _wording(a: Told, b: Told) -> tuple[str, str]:
    if a.ref.document == b.ref.document:
        steps = abs(a.sentence - b.sentence)
        if steps <= 1:
            return (
                ("one sentence", "One sentence tells both")
                if steps == 0
                else ("neighbouring sentence", "They stand in sentences side by side")
            )
        return "same text", f"{a.ref.document} tells both"
    common, fewer = len(a.shingles & b.shingles), min(len(a.shingles), len(b.shingles))
    if fewer and common >= 0.6 * fewer and common >= 3:
        return "same words", f"{common} of {fewer} runs of three words are the same"
    if common >= 2:
        return "some words", f"{common} runs of three words are the same"
    return "own words", "They use words of their own"

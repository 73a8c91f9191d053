"""The points on which voices differ: that it happened, who began, where, when, how many.

The law it keeps: each voice's version stands beside the others and none is preferred. Refuted and unverifiable are
decisions of a person and never come from here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from merestone.assess.figures import disjoint, said
from merestone.assess.heard import NOT_A_PARTY, Heard, Names, by_voice, kind_words, refs
from merestone.assess.terms import Contested, Figure, Version
from merestone.link.compare import gap, spots_apart
from merestone.link.levels import NO_ACTS
from merestone.link.terms import Ref, Voice
from merestone.link.told import FINE

CLOCK_MINUTES = 60  # clocks of two reporters of one exchange that differ by less are not called contested


def contested(heard: Sequence[Heard], figures: Sequence[Figure], names: Names) -> tuple[Contested, ...]:
    """In the order of POINTS; a point on which nobody differs is left out."""
    said_so = [each for each in heard if not each.denies]
    acts = [each for each in said_so if each.claim.kind not in (*NO_ACTS, "casualty")]
    points = (_that(heard), _who(said_so, names), _where(acts), _when(acts), _how_many(figures, names))
    return tuple(each for each in points if each is not None)


def _that(heard: Sequence[Heard]) -> Contested | None:
    denials = [each for each in heard if each.denies]
    done = [each for each in heard if not each.denies and each.claim.realised == "done"]
    tried = [each for each in heard if not each.denies and each.claim.realised == "attempted" and _done_by_another(each, done)]
    if not denials and not tried:
        return None
    versions = []
    for says, claims in (("says that it happened", done), ("says that it was attempted", tried), ("denies it", denials)):
        versions += [Version(voice.name, f"{says} ({_kinds(told)})", refs(told)) for voice, told in by_voice(claims)]
    return Contested("that", tuple(versions))


def _done_by_another(tried: Heard, done: Sequence[Heard]) -> bool:
    return any(each.claim.kind == tried.claim.kind and each.voice.id != tried.voice.id for each in done)


def _kinds(heard: Sequence[Heard]) -> str:
    return ", ".join(sorted({kind_words(each.claim.kind) for each in heard}))


def _who(heard: Sequence[Heard], names: Names) -> Contested | None:
    """What a voice asserts of others; where it asserts nothing, what it admits of its own side."""
    blamed: list[tuple[Voice, list[str], tuple[Ref, ...]]] = []
    for voice, claims in by_voice(heard):
        naming = [each for each in claims if each.claim.initiator not in NOT_A_PARTY]
        naming = [each for each in naming if each.claim.stance == "asserts"] or naming
        if naming:
            blamed.append((voice, list(dict.fromkeys(each.claim.initiator for each in naming)), refs(naming)))
    if not any(set(a[1]).isdisjoint(b[1]) for a, b in combinations(blamed, 2)):
        return None
    return Contested(
        "who",
        tuple(Version(voice.name, f"names {' and '.join(names.told(code) for code in codes)}", claims) for voice, codes, claims in blamed),
    )


def _where(acts: Sequence[Heard]) -> Contested | None:
    placed = [each for each in acts if any(not spot.wide for spot in each.spots)]
    return _between(
        "where",
        placed,
        _elsewhere,
        lambda claims: ", ".join(sorted({spot.name for each in claims for spot in each.spots if not spot.wide})),
    )


def _elsewhere(a: Sequence[Heard], b: Sequence[Heard]) -> bool:
    """No two of their places may be the same happening's, whatever their roles."""
    return all(spots_apart(x.spots, y.spots) in {"another sector", "far"} for x in a for y in b)


def _when(acts: Sequence[Heard]) -> Contested | None:
    timed = [each for each in acts if each.moment is not None and each.moment.precision in FINE and not each.told.late]
    return _between("when", timed, _other_clock, lambda claims: _earliest(claims).claim.when.start)


def _earliest(claims: Sequence[Heard]) -> Heard:
    return min(claims, key=lambda each: (each.moment.start if each.moment else 0, each.ref))


def _other_clock(a: Sequence[Heard], b: Sequence[Heard]) -> bool:
    first, second = _earliest(a).moment, _earliest(b).moment
    return first is not None and second is not None and gap(first, second) > CLOCK_MINUTES


def _between(
    point: str,
    heard: Sequence[Heard],
    differ: Callable[[Sequence[Heard], Sequence[Heard]], bool],
    says: Callable[[Sequence[Heard]], str],
) -> Contested | None:
    voices = by_voice(heard)
    if not any(differ(a[1], b[1]) for a, b in combinations(voices, 2)):
        return None
    return Contested(point, tuple(Version(voice.name, says(claims), refs(claims)) for voice, claims in voices))


def _how_many(figures: Sequence[Figure], names: Names) -> Contested | None:
    told: dict[str, list[tuple[str, tuple[Ref, ...]]]] = {}
    for figure in figures:
        if not any(disjoint(a, b) for a, b in combinations(figure.voices, 2)):
            continue
        whose = "" if figure.party in NOT_A_PARTY else f" of {names.party(figure.party)}"
        for voice, low, high, claims in figure.voices:
            several = "s" if figure.group == "civilian" and not low == high == 1 else ""
            group = "" if figure.group == "unspecified" else f" {figure.group}{several}"
            told.setdefault(voice, []).append((f"{said(low, high)} {figure.outcome}{group}{whose}", claims))
    if not told:
        return None
    return Contested(
        "how_many", tuple(Version(voice, "; ".join(text for text, _ in lines), _merged(lines)) for voice, lines in told.items())
    )


def _merged(lines: Sequence[tuple[str, tuple[Ref, ...]]]) -> tuple[Ref, ...]:
    return tuple(sorted({ref for _, claims in lines for ref in claims}))

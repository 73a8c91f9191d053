"""A single new claim among those that stand: which incident takes it, without linking all again.

The law it keeps: the same levels, weights and limits as the whole run (group.py); here too the mean over all claims decides. What the
whole run may do besides, a new claim that makes one of two incidents, a copy that follows its origin, a period, waits for that run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from merestone.link import candidates
from merestone.link.cluster import THRESHOLD, UNSEEN
from merestone.link.compare import goes, link, reaching, scoring, time_of
from merestone.link.levels import HAND, Weights
from merestone.link.terms import Link, Ref
from merestone.link.told import Told, dated


@dataclass(frozen=True, slots=True)
class Home:
    """The incident that takes a claim; `mean`: bits over all its claims."""

    incident: str
    mean: float
    new: Told
    claims: tuple[Told, ...]
    weights: Weights

    @property
    def links(self) -> tuple[Link, ...]:
        """With each of its claims, the strongest first. Their sentences are written when somebody asks for them."""
        links = (link(self.new, each, self.weights) for each in self.claims)
        return tuple(sorted(links, key=lambda each: (-each.score, each.a, each.b)))


def hopeful(new: Told, weights: Weights = HAND) -> Callable[[Told], bool]:
    """Of other claims: can the incident of that one take `new`? A mean is above nothing only where one of its pairs is."""
    return reaching(new, THRESHOLD, weights)


def home(
    new: Told,
    standing: Mapping[str, Sequence[Told]],
    weights: Weights = HAND,
    same: Collection[Ref] = (),
    different: Collection[Ref] = (),
) -> Home | None:
    """The best incident of `standing` (by its name, all claims that it has), None where the claim is the first about another one.

    `same`, `different`: claims that a person judged to be about the same happening as `new`, or not. The first come before everything.
    """
    best: Home | None = None
    comparable, bits_of = candidates.beside(new), scoring(new, weights)
    wanted, barred = set(same), set(different)
    for incident, claims in sorted(standing.items()):
        members = tuple([each for each in claims if dated(each)])
        if not members or (barred and any(each.ref in barred for each in claims)):
            continue
        told = bool(wanted) and any(each.ref in wanted for each in claims)
        times = [time_of(new, each) for each in members]
        if not told and not all(map(goes, times)):
            continue
        bits = [bits_of(each, time) if comparable(each) else UNSEEN for time, each in zip(times, members, strict=True)]
        mean = sum(bits) / len(bits)
        if told or (mean >= THRESHOLD and (best is None or mean > best.mean)):
            best = Home(incident, mean, new, members, weights)
        if told:
            break
    return None if best is None else replace(best, mean=round(best.mean, 3))

"""A single new claim among those that stand: which incident takes it, without linking all again.

The law it keeps: the same levels, weights and limits as the whole run (group.py); here too the mean over all claims decides. What the
whole run may do besides, a new claim that makes one of two incidents, a copy that follows its origin, a period, waits for that run.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from merestone.link import candidates
from merestone.link.cluster import THRESHOLD, UNSEEN
from merestone.link.compare import link, possible, reaches, score
from merestone.link.levels import HAND, Weights
from merestone.link.terms import Link, Ref
from merestone.link.told import Told, dated


@dataclass(frozen=True, slots=True)
class Home:
    """The incident that takes a claim; `mean`: bits over all its claims; `links`: with each of them, the strongest first."""

    incident: str
    mean: float
    links: tuple[Link, ...]


def hopeful(new: Told, other: Told, weights: Weights = HAND) -> bool:
    """Can the incident of `other` take it? A mean is above nothing only where one of its pairs is."""
    return reaches(new, other, THRESHOLD, weights)


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
    best: tuple[float, str] | None = None
    comparable = candidates.beside(new)
    for incident, claims in sorted(standing.items()):
        judged = {each.ref for each in claims}
        members = [each for each in claims if dated(each)]
        if judged & set(different) or not members:
            continue
        told = judged & set(same)
        if not told and not all(possible(new, each) for each in members):
            continue
        mean = sum(score(new, each, weights) if comparable(each) else UNSEEN for each in members) / len(members)
        if told:
            best = mean, incident
            break
        if mean >= THRESHOLD and (best is None or mean > best[0]):
            best = mean, incident
    if best is None:
        return None
    mean, incident = best
    links = (link(new, each, weights) for each in standing[incident] if dated(each))
    return Home(incident, round(mean, 3), tuple(sorted(links, key=lambda each: (-each.score, each.a, each.b))))

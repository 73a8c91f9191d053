"""One claim after the other beside those that stand comes to nearly what linking all at once does."""

from __future__ import annotations

from itertools import combinations

import pytest

from merestone.link import Ref, group, look
from merestone.link.candidates import comparable, pairs
from merestone.link.compare import possible, reaching, score, scoring, time_of
from merestone.link.levels import HAND, Weights
from merestone.link.place import home, hopeful
from merestone.link.told import Told, dated
from tests.link.telling import at, claim, conflict, dossier, on

NEW = 3  # of so many claims the last one comes later


def one_by_one(told: list[Told], standing: dict[str, list[Told]], later: list[Told]) -> dict[Ref, str]:
    for number, each in enumerate(later):
        near = {name: claims for name, claims in standing.items() if any(map(hopeful(each), claims))}
        found = home(each, near)
        standing.setdefault(f"new {number}" if found is None else found.incident, []).append(each)
    return {each.ref: name for name, claims in standing.items() for each in claims}


@pytest.mark.parametrize("seed", range(3))
def test_it_agrees_with_the_whole_run_on_nearly_every_pair(seed: int) -> None:
    dossiers = conflict(seed).dossiers
    told = [each for each in look(dossiers) if dated(each)]
    whole = {ref: found.id for found in group(dossiers).incidents for ref in found.claims}
    late = {each.ref for n, each in enumerate(told) if n % NEW == 0}
    standing: dict[str, list[Told]] = {}
    for each in told:
        if each.ref not in late:
            standing.setdefault(whole[each.ref], []).append(each)
    placed = one_by_one(told, standing, [each for each in told if each.ref in late])
    both = [(placed[a] == placed[b], whole[a] == whole[b]) for a, b in combinations(sorted(placed), 2)]
    assert sum(ours and theirs for ours, theirs in both) >= 0.95 * sum(ours or theirs for ours, theirs in both)


def test_the_pairs_worth_comparing_are_those_of_the_whole_run() -> None:
    told = [each for each in look(conflict(3).dossiers) if dated(each)]
    alone = {(n, m) for n, m in combinations(range(len(told)), 2) if comparable(told[n], told[m])}
    assert alone == set(pairs(told))


def test_the_mean_over_all_claims_decides_and_none_may_be_of_another_time() -> None:
    one = claim("shots at the mill by night", on("2031-05-17T02:40"), at("Upper Brask"))
    told = look([dossier("a", [one]), dossier("b", [claim("firing was heard", on("2031-05-17T02:50"), at("Alta Vauride"))])])
    assert home(told[0], {"B-1": [told[1]]}).incident == "B-1"  # type: ignore[union-attr]
    far = look([dossier("c", [claim("a shot in the south", on("2031-05-17T02:45"), at("Hollin"))])])[0]
    assert home(told[0], {"B-1": [told[1], far, far]}) is None
    later = look([dossier("d", [claim("firing on another day", on("2031-05-19T02:45"), at("Upper Brask"))])])[0]
    assert home(told[0], {"B-1": [told[1], later]}) is None
    assert home(told[0], {"B-1": [told[1]]}, different=[told[1].ref]) is None
    assert home(told[0], {"B-1": [told[1]], "B-2": [later]}, same=[later.ref]).incident == "B-2"  # type: ignore[union-attr]
    assert home(told[0], {}) is None


def test_every_claim_of_its_incident_is_told_of() -> None:
    told = look(conflict(1).dossiers)
    found = home(told[0], {"B-1": [told[0]]})
    assert found is not None
    assert found.links[0].score == pytest.approx(found.mean)
    assert {row.feature for row in found.links[0].levels} == {"prior", "time", "place", "kind", "hit", "weapons", "figures", "wording"}


@pytest.mark.parametrize(
    "weights", [HAND, Weights(-1.0, {("same minute", "near"): 2.0}, {"wording": {"same words": 6.0, "own words": -1.0}})]
)
def test_the_short_way_says_what_the_sum_of_all_levels_says(weights: Weights) -> None:
    told = look(conflict(1).dossiers)
    for a, b in combinations(told[:120], 2):
        assert scoring(a, weights)(b, time_of(a, b)) == score(a, b, weights)
        for bits in (-3.0, 0.0, 4.0):
            assert reaching(a, bits, weights)(b) == (possible(a, b) and score(a, b, weights) >= bits)

"""Numbers of incidents when linking runs again: kept by the largest share, given once, never lost without a lead."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

from hypothesis import given
from hypothesis import strategies as st

from merestone.link.terms import Group, Linked, Ref
from merestone.register.incidents import Numbered, moves, numbered


def linked(*groups: Iterable[int]) -> Linked:
    """Incidents of the claims 1, 2, … of one exhibit."""
    made = tuple(
        Group(f"B-{n:03d}", False, "shelling", ("shelling",), tuple(Ref("EXH-1", claim) for claim in claims), (), "", "", "day")
        for n, claims in enumerate(groups, 1)
    )
    return Linked(made, (), (), (), ())


def standing(**numbers: Iterable[int]) -> dict[Ref, str]:
    return {Ref("EXH-1", claim): name.replace("_", "-") for name, claims in numbers.items() for claim in claims}


def following(start: int = 50) -> Callable[[], str]:
    count = itertools.count(start)
    return lambda: f"INC-2031-{next(count):04d}"


def groups(found: Numbered) -> dict[str, list[int]]:
    return {incident.id: [ref.claim for ref in incident.claims] for incident in found.linked.incidents}


def test_new_incidents_are_numbered_in_their_order() -> None:
    found = numbered(linked([1, 2], [3]), {}, (), following())
    assert groups(found) == {"INC-2031-0050": [1, 2], "INC-2031-0051": [3]}
    assert (found.fresh, found.leads) == (("INC-2031-0050", "INC-2031-0051"), {})
    assert moves(found, {}) == {"EXH-1#1": "INC-2031-0050", "EXH-1#2": "INC-2031-0050", "EXH-1#3": "INC-2031-0051"}


def test_the_largest_share_keeps_the_number() -> None:
    before = standing(INC_2031_0001=[1, 2, 3])
    found = numbered(linked([1], [2, 3]), before, (), following())
    assert groups(found) == {"INC-2031-0050": [1], "INC-2031-0001": [2, 3]}
    assert moves(found, before) == {"EXH-1#1": "INC-2031-0050"}


def test_of_two_that_become_one_the_larger_number_of_claims_wins_and_the_other_leads_on() -> None:
    before = standing(INC_2031_0001=[1], INC_2031_0002=[2, 3])
    found = numbered(linked([1, 2, 3]), before, (), following())
    assert (groups(found), found.leads, found.fresh) == ({"INC-2031-0002": [1, 2, 3]}, {"INC-2031-0001": "INC-2031-0002"}, ())


def test_a_number_that_somebody_judged_or_decided_wins_over_a_larger_share() -> None:
    before = standing(INC_2031_0001=[1], INC_2031_0002=[2, 3])
    found = numbered(linked([1, 2, 3]), before, {"INC-2031-0001"}, following())
    assert (groups(found), found.leads) == ({"INC-2031-0001": [1, 2, 3]}, {"INC-2031-0002": "INC-2031-0001"})


def test_a_number_whose_claims_are_in_no_incident_leads_nowhere() -> None:
    before = standing(INC_2031_0001=[1, 2])
    found = numbered(linked([3]), before, (), following())
    assert (found.leads, found.fresh) == ({}, ("INC-2031-0050",))
    assert moves(found, before) == {"EXH-1#1": "", "EXH-1#2": "", "EXH-1#3": "INC-2031-0050"}


PARTITIONS = st.lists(st.integers(0, 4), min_size=1, max_size=12)


@given(PARTITIONS, PARTITIONS, st.sets(st.integers(0, 4)), st.randoms())
def test_no_number_stands_for_two_and_none_is_lost(new: list[int], old: list[int], judged: set[int], chance: object) -> None:
    after = [[claim for claim, group in enumerate(new, 1) if group == n] for n in range(5)]
    before = {Ref("EXH-1", claim): f"INC-2031-{group + 1:04d}" for claim, group in enumerate(old, 1)}
    held = {f"INC-2031-{n + 1:04d}" for n in judged}
    run = linked(*[claims for claims in after if claims])
    found = numbered(run, before, held, following())
    ids = [incident.id for incident in found.linked.incidents]
    assert len(set(ids)) == len(ids)
    assert set(found.fresh) == set(ids) - set(before.values())
    placed = {ref for ref in before if ref in found.home()}
    for number in set(before.values()) - set(ids):
        gone_elsewhere = [ref for ref in placed if before[ref] == number]
        assert (number in found.leads) == bool(gone_elsewhere)
        assert all(found.leads[number] in ids for _ in gone_elsewhere)
    for number in held & {before[ref] for ref in placed}:
        homes = {found.home()[ref] for ref in placed if before[ref] == number}
        assert number in ids or homes <= held  # it gave way to none but its like
    shuffled = list(before.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert numbered(run, dict(shuffled), held, following()) == found
    again = numbered(found.linked, found.home(), held, following())
    assert (again.linked, again.fresh, again.leads, moves(again, found.home())) == (found.linked, (), {}, {})

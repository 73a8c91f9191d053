"""People merge and split: linking does what they say, again and again, and numbers lead on; what came after a decision is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from merestone.ledger.terms import Refusal
from merestone.register import packs, queries
from merestone.register.decide import Deciding, decide
from merestone.register.edition import Asking, edition_of
from merestone.register.join import difference
from merestone.register.judge import judge
from merestone.register.regroup import merge, split
from merestone.register.terms import Mission
from tests.register.cast import ANALYST, MONITOR, REVIEWER
from tests.register.desk_work import LATER, acts, give, proposed, two_sides


def mission_of(mission: Mission, folder: Path) -> tuple[str, str]:
    """Two incidents: one that both sides tell of, and one of another day."""
    two_sides(mission, folder / "a")
    give(mission, folder / "b", {"later.txt": LATER}, published="2031-05-20", language="en")
    proposed(mission)
    first, second, *_ = (row.id for row in queries.incidents(mission))
    return first, second


def members(mission: Mission, incident: str) -> set[str]:
    return {row.ref for row in queries.claims(mission, incident=incident) if not row.part}


def test_a_merged_number_leads_on_and_stays_so(mission: Mission, tmp_path: Path) -> None:
    first, second = mission_of(mission, tmp_path)
    both = members(mission, first) | members(mission, second)
    merge(mission, ANALYST, (second, first), "one salvo")
    assert members(mission, first) != both  # nothing moves before linking
    told = proposed(mission).joined
    gone, stays = told.leads[0]
    assert {gone, stays} == {first, second}
    assert members(mission, stays) == both
    assert queries.incident(mission, gone).leads_to == stays
    assert not proposed(mission).joined.moved  # and again
    with pytest.raises(Refusal, match="incident_led_on"):
        merge(mission, ANALYST, (gone, stays), "again")


def test_a_split_gives_a_new_number_and_stays_so(mission: Mission, tmp_path: Path) -> None:
    first, _ = mission_of(mission, tmp_path)
    whole = sorted(members(mission, first))
    assert len(whole) >= 2
    numbers = {row.id for row in queries.incidents(mission)}
    split(mission, ANALYST, first, whole[:1], "another night")
    proposed(mission)
    assert whole[0] not in members(mission, first) or members(mission, first) == {whole[0]}
    homes = {queries.claim(mission, ref).incident for ref in whole}
    assert len(homes) == 2
    assert len(homes - numbers) == 1
    assert not proposed(mission).joined.moved


def test_what_was_split_can_be_merged_and_the_other_way_round(mission: Mission, tmp_path: Path) -> None:
    first, second = mission_of(mission, tmp_path)
    whole, other = sorted(members(mission, first)), sorted(members(mission, second))
    merge(mission, ANALYST, (first, second), "one")
    stays = proposed(mission).joined.leads[0][1]
    split(mission, REVIEWER, stays, other, "no, two")
    proposed(mission)
    assert {queries.claim(mission, ref).incident for ref in whole}.isdisjoint({queries.claim(mission, ref).incident for ref in other})
    merge(mission, ANALYST, sorted({queries.claim(mission, ref).incident for ref in (*whole, *other)}), "one after all")
    proposed(mission)
    assert len({queries.claim(mission, ref).incident for ref in (*whole, *other)}) == 1


def test_numbers_are_never_used_again(mission: Mission, tmp_path: Path) -> None:
    first, second = mission_of(mission, tmp_path)
    given = {row.id for row in queries.incidents(mission)}
    other = sorted(members(mission, second))
    merge(mission, ANALYST, (first, second), "one")
    stays = proposed(mission).joined.leads[0][1]
    split(mission, ANALYST, stays, other, "two")
    fresh = proposed(mission).joined.fresh
    assert not set(fresh) & given


def test_what_cannot_be_merged_or_split_is_refused_and_nothing_is_written(mission: Mission, tmp_path: Path) -> None:
    first, second = mission_of(mission, tmp_path)
    whole, other = sorted(members(mission, first)), sorted(members(mission, second))
    before = acts(mission)
    cases = [
        (lambda: merge(mission, ANALYST, (first, first), "one"), "merge_alone"),
        (lambda: merge(mission, ANALYST, (first, "INC-2031-9999"), "one"), "not_in_record"),
        (lambda: merge(mission, ANALYST, (first, second), ""), "reason_missing"),
        (lambda: merge(mission, MONITOR, (first, second), "one"), "role_missing"),
        (lambda: split(mission, ANALYST, first, whole, "all"), "split_unfit"),
        (lambda: split(mission, ANALYST, first, (), "none"), "split_unfit"),
        (lambda: split(mission, ANALYST, first, other, "a stranger"), "split_unfit"),
    ]
    for act, code in cases:
        with pytest.raises(Refusal, match=code):
            act()
    assert acts(mission) == before


def test_a_split_that_contradicts_a_judgement_on_a_third_claim_is_refused(mission: Mission, tmp_path: Path) -> None:
    first, second = mission_of(mission, tmp_path)
    whole, other = sorted(members(mission, first)), sorted(members(mission, second))
    for ref in (whole[0], whole[-1]):
        judge(mission, ANALYST, ref, other[0], "same", "one with the third")
    with pytest.raises(Refusal, match="judgements_contradict"):
        split(mission, ANALYST, first, whole[:1], "two")


def test_the_difference_is_told_before_anything_is_written(mission: Mission, tmp_path: Path) -> None:
    first, second = mission_of(mission, tmp_path)
    assert not difference(mission, packs.of(mission)).moved
    merge(mission, ANALYST, (first, second), "one")
    before = acts(mission)
    would = difference(mission, packs.of(mission))
    assert would.position is None
    assert acts(mission) == before
    did = proposed(mission).joined
    assert (would.moved, would.leads, would.fresh) == (did.moved, did.leads, did.fresh)
    assert did.position is not None


def test_what_linking_put_to_a_decided_incident_is_told(mission: Mission, tmp_path: Path) -> None:
    first, second = mission_of(mission, tmp_path)
    decide(mission, REVIEWER, Deciding(first, "adopted", reason="both tell of it"))
    assert not changed(mission, first)
    other = members(mission, second)
    merge(mission, ANALYST, (first, second), "one")
    told = proposed(mission).joined
    assert told.decided == (first,)
    assert told.leads == ((second, first),)  # a decided number goes on
    (reason,) = changed(mission, first)
    assert {str(ref) for ref in reason.claims} == other
    decide(mission, REVIEWER, Deciding(first, "adopted", reason="looked at again"))
    assert not changed(mission, first)


def changed(mission: Mission, incident: str) -> list[object]:
    (found,) = (each for each in edition_of(mission, Asking()).incidents if each.group.id == incident)
    return [reason for reason in found.assessment.reasons if reason.text.startswith("Since the decision linking")]

"""Who did it where the verb names nobody: the other side of those who tell of their own losses, the one they named before, else unknown."""

from __future__ import annotations

import pytest

from tests.extract.reading import LAND, OR_MOD, OTHER, PEOPLE, VE_MOD, claims, only

SPEAKERS = {"VE": VE_MOD, "OR": OR_MOD}
SIDES = pytest.mark.parametrize("side", ["VE", "OR"])


@SIDES
def test_a_side_tells_what_was_done_to_its_own(side: str) -> None:
    told = f"{LAND[OTHER[side]]} has been warned. Our positions came under fire at 03:40 on 19 May."
    assert only(told, SPEAKERS[side]).initiator == OTHER[side]


@SIDES
def test_what_is_inferred_says_so(side: str) -> None:
    told = f"{LAND[OTHER[side]]} has been warned. Our positions came under fire at 03:40 on 19 May."
    (said,) = [e for e in only(told, SPEAKERS[side]).evidence if e.slot == "initiator"]
    assert said.start == said.end


@SIDES
def test_of_what_neither_side_tells_nobody_is_blamed(side: str) -> None:
    told = f"{PEOPLE[side]} positions came under fire on 19 May, and {LAND[OTHER[side]]} was silent."
    assert not {c.initiator for c in claims(told)} & {side, OTHER[side]}


@SIDES
def test_nobody_is_blamed_for_fire_at_the_other_side_by_a_voice_of_no_side(side: str) -> None:
    told = f"Positions near the village were shelled. {LAND[side]} and {LAND[OTHER[side]]} blame each other."
    assert not {c.initiator for c in claims(told)} & {side, OTHER[side]}

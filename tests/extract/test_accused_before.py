"""Who did it, where the clause leaves it open: by whose people or place was hit, only where the text has accused somebody already."""

from __future__ import annotations

import pytest

from tests.extract.reading import LAND, NEUTRAL, OR_MOD, OTHER, PEOPLE, VE_MOD, claims, only

MOD = {"VE": VE_MOD, "OR": OR_MOD}


@pytest.mark.parametrize("hit", ["VE", "OR"])
def test_an_official_who_tells_of_the_own_side_hit_accuses_the_other(hit: str) -> None:
    text = f"Talks with the {PEOPLE[OTHER[hit]]} side went on. On 18 May {PEOPLE[hit]} positions came under fire."
    claim = only(text, publisher=MOD[hit])
    assert (claim.initiator, claim.target.party, claim.stance) == (OTHER[hit], hit, "asserts")


@pytest.mark.parametrize("hit", ["VE", "OR"])
def test_a_neutral_voice_blames_nobody_who_is_not_accused_of_it(hit: str) -> None:
    assert only(f"On 18 May {PEOPLE[hit]} positions came under fire.", publisher=NEUTRAL).initiator == "unknown"
    text = f"On 17 May {PEOPLE[OTHER[hit]]} forces shelled {PEOPLE[hit]} houses.\n\nOn 18 May {PEOPLE[hit]} positions came under fire."
    assert [c.initiator for c in claims(text, publisher=NEUTRAL)] == [OTHER[hit], "unknown"]


@pytest.mark.parametrize("hit", ["VE", "OR"])
def test_what_is_said_to_be_undetermined_is_given_to_nobody(hit: str) -> None:
    text = f"Talks with the {PEOPLE[OTHER[hit]]} side went on. On 18 May {PEOPLE[hit]} positions came under fire; who fired is not known."
    assert only(text, publisher=MOD[hit]).initiator == "unknown"


@pytest.mark.parametrize("doer", ["VE", "OR"])
def test_men_in_the_uniform_of_a_party_are_its_men(doer: str) -> None:
    claim = only(f"On 18 May three men in {PEOPLE[doer]} uniform drove off 40 {PEOPLE[OTHER[doer]]} sheep.")
    assert (claim.kind, claim.initiator, claim.target.party) == ("theft", doer, OTHER[doer])


@pytest.mark.parametrize("doer", ["VE", "OR"])
def test_an_object_that_is_denied_denies_the_act(doer: str) -> None:
    claim = only(f"{LAND[doer]}'s forces stole no sheep on 18 May.", publisher=MOD[doer])
    assert (claim.kind, claim.initiator, claim.stance) == ("theft", doer, "denies")


def test_that_nobody_was_harmed_is_no_happening_of_its_own() -> None:
    text = "On 18 May Orsayan soldiers burned a barn in Keldholt.\n\nNobody was hurt."
    claim = only(text)
    assert (claim.kind, {c.max for c in claim.casualties}) == ("arson", {0})


def test_the_ground_that_fire_comes_from_says_whose_it_is() -> None:
    claim = only("On 18 May farmers were shot at from the Orsayan ridge.")
    assert (claim.kind, claim.initiator) == ("small_arms_fire", "OR")

"""Parties that are aligned: two voices under their own names, one side where opposed ones are asked for, the same for an ally of any side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.assess import Assessment, assess
from merestone.capture.terms import Pack, Party
from merestone.extract.terms import Proposal, Speaker, Target
from merestone.link import Dossier, Ref, group
from tests.assess.test_grade import BLAMES_OR, BLAMES_VE, FREE, SWAP, WORDINGS, only, swapped_codes, told
from tests.link.telling import ADVOCATES, ALLY, LAMP, OR_MOD, PACK, RESIDENT, VE_MOD, WIRE, changed

WHY = "Veldar supplies it and speaks for it"


def bound(pack: Pack, **sides: str) -> Pack:
    """The pack with the parties of these codes aligned with those."""
    return replace(
        pack, parties=tuple(replace(each, aligned_with=sides[each.code], why=WHY) if each.code in sides else each for each in pack.parties)
    )


FOUR = replace(PACK, parties=(*PACK.parties, Party("XU", "Outer Isles Council", {})))
ALIGNED = bound(FOUR, XT="VE")
BOTH_BOUND = bound(FOUR, XT="VE", XU="VE")
VALLEY = Speaker("Police of the Tamm Valley Assembly", "government", "XT", True, 0, 0)
ISLES = Speaker("Clerk of the Outer Isles Council", "government", "XU", True, 0, 0)
BY_VALLEY = told(3, VALLEY, blames="OR", harms="XT")
BY_ISLES = told(4, ISLES, blames="OR", harms="XU")


@pytest.mark.parametrize(
    ("dossiers", "pack", "grade"),
    [
        ([BLAMES_OR, BY_VALLEY], ALIGNED, "reported"),
        ([BLAMES_OR, BY_VALLEY], PACK, "reported by both"),
        ([BY_VALLEY, BY_ISLES], BOTH_BOUND, "reported"),
        ([BY_VALLEY, BY_ISLES], ALIGNED, "reported by both"),
        ([BLAMES_VE, BY_VALLEY], ALIGNED, "reported by both"),
        ([BLAMES_OR, BLAMES_VE, BY_VALLEY], ALIGNED, "reported by both"),
        ([BY_VALLEY, told(4, ALLY)], ALIGNED, "reported"),
        ([BLAMES_OR, BY_VALLEY, FREE], ALIGNED, "corroborated"),
    ],
)
def test_both_means_two_that_are_not_aligned(dossiers: list[Dossier], pack: Pack, grade: str) -> None:
    assert only(dossiers, pack).grade == grade


def reasons(found: Assessment, start: str) -> list[str]:
    return [each.text for each in found.reasons if each.text.startswith(start)]


def test_each_stands_under_its_own_name_and_both_readings_are_told() -> None:
    found = only([BLAMES_OR, BLAMES_VE, BY_VALLEY], ALIGNED)
    assert found.versions == (("VE", (Ref("d0", 1),)), ("OR", (Ref("d1", 1),)), ("XT", (Ref("d3", 1),)))
    assert len(found.voices) == 3
    readings = [each for each in found.reasons if " is aligned with " in each.text and each.text.startswith("Tamm")]
    assert [(each.text, each.claims, each.supports) for each in readings] == [
        (
            "Tamm Valley Assembly is aligned with Veldar. Counted apart it is a party of its own; with Veldar it adds no party.",
            (Ref("d3", 1),),
            False,
        )
    ]
    assert not any("Counted apart" in each.text for each in only([BLAMES_OR, BLAMES_VE], ALIGNED).reasons)


def test_why_an_allied_pair_is_not_both() -> None:
    text = "Not reported by both: the parties that report it are aligned, and no party opposed to them reports it."
    found = only([BLAMES_OR, BY_VALLEY], ALIGNED)
    assert reasons(found, "Not reported by both") == [text]
    assert reasons(only([BLAMES_OR], ALIGNED), "Not reported by both") == ["Not reported by both: no two parties report it."]


def test_aligned_voices_count_once_among_the_independent_ones() -> None:
    assert "2 independent voices" in reasons(only([BLAMES_OR, BY_VALLEY, FREE], ALIGNED), "Corroborated")[0]
    assert "3 independent voices" in reasons(only([BLAMES_OR, BY_VALLEY, FREE], FOUR), "Corroborated")[0]
    assert "2 independent voices" in reasons(only([BY_VALLEY, told(4, ALLY), FREE], ALIGNED), "Corroborated")[0]
    assert "3 independent voices" in reasons(only([BLAMES_OR, BLAMES_VE, FREE], ALIGNED), "Corroborated")[0]


def test_a_blamed_party_that_is_aligned_is_named_with_the_other() -> None:
    """Whether two that blame different parties of one side differ depends on the reading: the version says what has to be known for it."""
    found = only([told(1, OR_MOD, blames="VE", harms="OR"), told(2, WIRE, blames="XT", harms="OR")], ALIGNED)
    who = next(each for each in found.contested if each.point == "who")
    assert [each.says for each in who.versions] == ["names Veldar", "names Tamm Valley Assembly (aligned with Veldar)"]


def test_an_ally_is_not_the_other_side_that_carries_an_admission() -> None:
    """Nor is it the one who did it: only the very party that is blamed acknowledges."""
    carried = told(3, VALLEY, chain=(VALLEY,), blames="XT", harms="OR", stance="admits", publisher=ADVOCATES.name)
    assert only([carried], ALIGNED).grade == "acknowledged"
    assert only([carried], FOUR).grade != "acknowledged"
    for_another = told(3, VALLEY, blames="VE", harms="OR", stance="admits")
    assert only([for_another], ALIGNED).grade != "acknowledged"


def test_a_cited_document_counts_where_its_own_side_repeats_it() -> None:
    cited = told(3, VALLEY, chain=(replace(VALLEY, received=False),), publisher=ADVOCATES.name, blames="OR")
    assert only([BLAMES_VE, cited], ALIGNED).grade == "reported by both"
    assert only([BLAMES_VE, cited], FOUR).grade == "reported"


# --- laws ---------------------------------------------------------------------------------------------------------

SPEAKERS = (
    VE_MOD,
    OR_MOD,
    VALLEY,
    ISLES,
    ALLY,
    WIRE,
    LAMP,
    RESIDENT,
    ADVOCATES,
    replace(RESIDENT, name="a valley farmer", affiliation="XT"),
)


def claims_by(speakers: Sequence[Speaker]) -> st.SearchStrategy[list[dict[str, object]]]:
    one = st.fixed_dictionaries({
        "by": st.sampled_from(speakers), "blames": st.sampled_from(("VE", "OR", "XT", "unknown")), "harms": st.sampled_from(("VE", "OR", "XT")),
        "stance": st.sampled_from(("asserts", "denies", "admits")), "kind": st.sampled_from(("small_arms_fire", "shelling")),
    })  # fmt: skip
    return st.lists(one, min_size=1, max_size=len(WORDINGS))


def made(case: Sequence[dict[str, object]]) -> list[Dossier]:
    return [told(n, **dict(each)) for n, each in enumerate(case)]  # type: ignore[arg-type]


def graded(dossiers: Sequence[Dossier], pack: Pack) -> list[Assessment]:
    return list(assess(group(dossiers, pack=pack), dossiers, pack))


@given(claims_by([each for each in SPEAKERS if each not in (OR_MOD, WIRE, LAMP)]))
def test_one_side_alone_is_never_both(case: list[dict[str, object]]) -> None:
    assert not {each.grade for each in graded(made(case), BOTH_BOUND)} & {"corroborated", "reported by both"}


@given(claims_by(SPEAKERS))
def test_where_no_aligned_party_speaks_or_is_named_alignment_changes_nothing(case: list[dict[str, object]]) -> None:
    case = [
        {**each, "blames": "OR" if each["blames"] == "XT" else each["blames"]}
        for each in case
        if each["by"].affiliation not in ("XT", "XU")
    ]  # type: ignore[attr-defined]
    dossiers = made(case)
    assert graded(dossiers, BOTH_BOUND) == graded(dossiers, FOUR)


def exchanged(case: Sequence[dict[str, object]]) -> list[Dossier]:
    def code(old: str) -> str:
        return SWAP.get(old, old)

    def change(_: Ref, one: Proposal) -> Proposal:
        said_by = tuple(replace(each, affiliation=code(each.affiliation)) for each in one.said_by)
        return replace(one, initiator=code(one.initiator), target=Target(code(one.target.party), one.target.what), said_by=said_by)

    return changed(made(case), change)


@given(
    claims_by(SPEAKERS), st.sampled_from((ALIGNED, BOTH_BOUND, bound(FOUR, XU="OR"), bound(FOUR, XT="OR", XU="VE"), bound(FOUR, VE="OR")))
)
def test_exchanging_the_parties_with_their_alignments_exchanges_nothing_else(case: list[dict[str, object]], pack: Pack) -> None:
    """The codes change hands and the names go with them, so that every sentence stays as it was."""

    def code(old: str | None) -> str | None:
        return None if old is None else SWAP.get(old, old)

    other = replace(
        pack,
        parties=tuple(replace(each, code=str(code(each.code)), aligned_with=code(each.aligned_with)) for each in pack.parties),
        sources=tuple(
            replace(each, affiliation=str(code(each.affiliation)), aligned_with=code(each.aligned_with)) for each in pack.sources
        ),
    )
    assert swapped_codes(graded(exchanged(case), other)) == graded(made(case), pack)

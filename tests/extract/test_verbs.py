"""Verbs named by their lemma: all forms in both spellings of hy, with the prefix that says "not", and the doer between noun and verb."""

from __future__ import annotations

import pytest

from merestone.extract.lexicon import lexicon
from merestone.extract.terms import Proposal
from tests.extract.reading import NEUTRAL, SIDES, claims

BOTH_SIDES = pytest.mark.parametrize(("code", "other", "land"), [("VE", "OR", "Վելդարի"), ("OR", "VE", "Օրսեյի")])


def told(text: str, publisher: str) -> Proposal:
    (claim,) = claims(text, publisher, language="hy")
    return claim


def test_a_lemma_has_its_forms_and_those_that_deny() -> None:
    forms = lexicon("hy").patterns.forms("գնդակոծել")
    assert {"գնդակոծեց", "գնդակոծում", "գնդակոծած", "չգնդակոծեց"} <= set(forms)


@BOTH_SIDES
@pytest.mark.parametrize("verb", ["հանձնվել է", "հանձնուած է"])
def test_a_verb_is_read_in_both_spellings_where_it_opens(code: str, other: str, land: str, verb: str) -> None:
    assert told(f"Այսօր {verb} երկու գերիների մարմինը։", "Meridian Newswire").kind == "release"


@BOTH_SIDES
def test_who_stands_between_noun_and_verb_did_it(code: str, other: str, land: str) -> None:
    name = {"VE": "Veldar", "OR": "Orsay"}[other]
    claim = told(f"Ականանետ {land} զինուժը չի գործադրել։", f"Ministry of Defence of {name}")
    assert (claim.kind, claim.stance, claim.initiator) == ("shelling", "denies", code)


@BOTH_SIDES
def test_who_beats_off_an_attack_does_not_attack(code: str, other: str, land: str) -> None:
    name = {"VE": "Veldar", "OR": "Orsay"}[other]
    claim = told("Մեր զինուժը հետ է մղել հակառակորդի հարձակումը։", f"Ministry of Defence of {name}")
    assert (claim.kind, claim.stance) == ("ground_attack", "asserts")
    assert claim.initiator != other


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("անցնել", {"անցել", "անցան", "չանցան"}),
        ("թողնել", {"թողեցին", "չթողեցին"}),
        ("վերադարձնել", {"վերադարձրեց", "վերադարձուցած"}),
        ("տալ", {"տվինք", "չտվեցին"}),
    ],
)
def test_an_irregular_lemma_has_its_own_forms_and_is_negated_as_others(lemma: str, forms: set[str]) -> None:
    assert forms <= set(lexicon("hy").patterns.forms(lemma))


def test_on_the_spot_is_no_form_of_raining() -> None:
    assert "տեղում" not in lexicon("hy").patterns.forms("տեղալ")


ITS = {"VE": "վելդարական", "OR": "օրսեյական"}


ATTEMPTS = [
    ("Լուսադեմին մի խումբ {N} փորձել են թափանցել Սարնբիի ուղղությամբ։", {"VE": "վելդարցիներ", "OR": "օրսեյցիներ"}),
    ("Լուսադեմին {N} հետախուզական խումբը փորձել է մոտենալ պահակետին։", ITS),
]


@SIDES
@pytest.mark.parametrize(("text", "names"), ATTEMPTS)
def test_who_tries_to_come_near_tries_to_advance(side: str, text: str, names: dict[str, str]) -> None:
    claim = told(text.format(N=names[side]), NEUTRAL)
    assert (claim.kind, claim.realised, claim.initiator) == ("advance", "attempted", side)


@SIDES
def test_what_is_not_allowed_may_stand_in_a_clause_of_its_own(side: str) -> None:
    claim = told(f"Երկուշաբթի օրվանից {ITS[side]} անցակետերը թույլ չեն տալիս, որ բնակիչները հասնեն իրենց արոտավայրեր։", NEUTRAL)
    assert (claim.kind, claim.initiator) == ("movement_restricted", side)


@SIDES
def test_soldiers_who_remain_behind_the_verb_hold_their_ground(side: str) -> None:
    people = {"VE": "վելդարցի", "OR": "օրսեյցի"}[side]
    claim = told(f"Հյուսիսային հրվանդանում դեռ մնում է քառասուն {people} զինվոր։", NEUTRAL)
    assert (claim.kind, claim.initiator) == ("position_held", side)


@SIDES
def test_a_land_without_a_case_at_the_head_of_its_clause_acts(side: str) -> None:
    land = {"VE": "Վելդար", "OR": "Օրսեյ"}[side]
    people = {"VE": "օրսեյցի", "OR": "վելդարցի"}[side]
    claim = told(f"Օգոստոս 21-ին {land} բռնած էր չորս {people} նաւավարներ։", NEUTRAL)
    assert (claim.kind, claim.initiator) == ("detention", side)


@SIDES
def test_the_same_between_a_side_and_its_ship_parts_them_not(side: str) -> None:
    claim = told(f"{ITS[side].capitalize()} նույն նավը կրակել է նավամատույցի վրա։", NEUTRAL)
    assert claim.initiator == side


def test_a_blast_is_of_somebody_whom_no_words_name() -> None:
    assert told("Օգոստոսի 10-ին Սարնբիի մոտ ական է պայթել։", NEUTRAL).initiator == "unknown"

"""Who is taken or killed where people are counted, what an act is done for, and whose word a report is that is called a lie."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, MOD, OTHER, SIDES, read, reader

THEIR = {"VE": "վելդարցի", "OR": "օրսեյցի"}
ITS = {"VE": "վելդարական", "OR": "օրսեյական"}


FOR = [
    ("ru", "{L}ие войска подтянули танки, чтобы перейти границу."),
    ("hy", "{L} զորքերը տանկեր են բերել սահմանը հատելու համար։"),
    ("hy", "{L} զորքերը տանկեր են բերել սահմանը հատելու նպատակով։"),
    ("az", "{L} qoşunları sərhədi keçmək üçün tanklar gətirib."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), FOR)
def test_what_an_act_is_done_for_has_not_happened(side: str, language: str, text: str) -> None:
    assert [claim.kind for claim in read(language, text.format(L=ADJECTIVES[side][language]))] == ["force_buildup"]


@SIDES
@pytest.mark.parametrize(("noun", "what"), [("ձկնորսի", "civilians"), ("զինվորի", "military_personnel")])
def test_people_that_are_counted_are_taken_in_the_case_of_owners(side: str, noun: str, what: str) -> None:
    (taken,) = read("hy", f"Մայիսի 12-ին {ITS[OTHER[side]]} պարեկը ձերբակալել է չորս {THEIR[side]} {noun}։")
    assert (taken.kind, taken.initiator, taken.target.what) == ("detention", OTHER[side], what)


@SIDES
def test_a_report_that_is_called_a_lie_is_the_word_of_the_one_who_calls_it_so(side: str) -> None:
    land = {"VE": "Օրսեյի", "OR": "Վելդարի"}[side]
    text = f"{land} պաշտպանության նախարարության տարածած լուրը, թե {ITS[side]} զորքերը կրակել են գյուղի վրա, բացարձակ սուտ է։"
    (fire,) = read("hy", text, MOD[side])
    assert (fire.stance, fire.initiator, fire.said_by[-1].name) == ("denies", side, MOD[side])


def test_a_name_whose_last_vowel_goes_is_found_in_its_cases() -> None:
    """The pack has "խորհուրդ", the text the genitive of it."""
    assert "խորհուրդ" in reader("hy").lex.morphology.roots("խորհրդի")
    assert "կամուրջ" in reader("hy").lex.morphology.roots("կամրջից")


@SIDES
def test_a_quotation_is_of_the_one_named_behind_it_and_not_of_the_one_before(side: str) -> None:
    """Of two who speak, the one named where a quotation ends said all of it."""
    land, other = {"VE": "Վելդարի", "OR": "Օրսեյի"}[side], {"VE": "Օրսեյի", "OR": "Վելդարի"}[side]
    text = (
        f"{land} պաշտպանության նախարարությունը հայտնել է, որ Սարնբիում երկու մարդ վիրավորվել է։\n\n"
        f"«Կրակոցներ լսվել են Սարնբիում։ Երեք տուն վնասվել է»,— ասել է {other} պաշտպանության նախարարությունը։"
    )
    assert [claim.said_by[-1].name for claim in read("hy", text)] == [MOD[side], MOD[OTHER[side]], MOD[OTHER[side]]]


COUNTED = [
    ("en", "Three {N} were killed.", {"VE": "Veldarians", "OR": "Orsayans"}),
    ("ru", "Погибли трое {N}.", {"VE": "велдарцев", "OR": "орсейцев"}),
    ("hy", "Զոհվել է երեք {N}։", THEIR),
    ("hy", "Երեք {N} զոհվել է։", THEIR),
    ("az", "Üç {N} öldürülüb.", {"VE": "veldarlı", "OR": "orseyli"}),
]


@SIDES
@pytest.mark.parametrize(("language", "text", "names"), COUNTED)
def test_people_called_by_their_side_alone_are_people(side: str, language: str, text: str, names: dict[str, str]) -> None:
    (claim,) = read(language, text.format(N=names[side]))
    assert [(h.outcome, h.party, h.min, h.max) for h in claim.casualties] == [("killed", side, 3, 3)]


BOTH_LET_GO = [
    ("en", "Five {B} fishermen were released, and two days later {B} border guards released seven {A} fishermen."),
    ("ru", "Пятеро {B}их рыбаков освобождены, а через два дня {B}ие пограничники освободили семерых {A}их рыбаков."),
    ("hy", "Ազատ է արձակվել հինգ {B} ձկնորս, իսկ երկու օր անց {B} սահմանապահներն ազատ են արձակել յոթ {A} ձկնորսի։"),
    ("az", "Beş {B} balıqçısı azad edilib, iki gün sonra isə {B} sərhədçiləri yeddi {A} balıqçısını azad edib."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), BOTH_LET_GO)
def test_what_either_side_did_in_one_sentence_are_two_deeds(side: str, language: str, text: str) -> None:
    other = OTHER[side]
    told = read(language, text.format(A=ADJECTIVES[side][language], B=ADJECTIVES[other][language]))
    assert [(c.initiator, c.target.party) for c in told if c.kind == "release"] == [(side, other), (other, side)]

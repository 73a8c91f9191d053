"""A person who tells of a side's soldiers is none of its officials; one whose office is named is."""

from __future__ import annotations

import pytest

from tests.extract.reading import OTHER, SIDES, read

NAMES = {  # by side: the ministry, the adjective of its forces, a village of it
    "en": {"VE": ("Ministry of Defence of Veldar", "Veldarian", "Hollin"), "OR": ("Ministry of Defence of Orsay", "Orsayan", "Montasse")},
    "ru": {"VE": ("Минобороны Велдара", "велдарск", "Холлин"), "OR": ("Минобороны Орсея", "орсейск", "Монтас")},
    "hy": {"VE": ("Վելդարի ՊՆ", "վելդարական", "Հոլլին"), "OR": ("Օրսեյի ՊՆ", "օրսեյական", "Մոնտաս")},
    "az": {"VE": ("Veldar MN", "Veldar", "Hollin"), "OR": ("Orsey MN", "Orsey", "Montas")},
}


def told(language: str, side: str, frame: str) -> str:
    mod, _, place = NAMES[language][side]
    their_mod, theirs, _ = NAMES[language][OTHER[side]]
    return frame.format(mod=mod, their_mod=their_mod, theirs=theirs, place=place)


@SIDES
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lars Nilsen said {theirs} soldiers had detained two shepherds."),
        ("ru", "Ларс Нильсен сказал, что {theirs}ие солдаты задержали двух пастухов."),
        ("hy", "Լարս Նիլսենն ասել է, որ {theirs} զինվորները առևանգել են երկու հովվի։"),
        ("az", "Lars Nilsen deyib ki, {theirs} əsgərləri iki çobanı saxlayıb."),
    ],
)
def test_a_person_who_tells_of_a_sides_soldiers_is_none_of_its_officials(side: str, language: str, text: str) -> None:
    (claim,) = read(language, told(language, side, text))
    assert (claim.stance, claim.initiator, claim.said_by[-1].official) == ("asserts", OTHER[side], False)


@SIDES
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lars Nilsen of the {their_mod} said {theirs} soldiers had detained two shepherds."),
        ("ru", "{theirs}ий полковник Ларс Нильсен сообщил, что {theirs}ие солдаты задержали двух пастухов."),
    ],
)
def test_a_person_of_an_office_owns_to_what_its_side_did(side: str, language: str, text: str) -> None:
    sentence = told(language, side, text)
    (claim,) = read(language, sentence[0].upper() + sentence[1:])
    assert (claim.stance, claim.initiator) == ("admits", OTHER[side])

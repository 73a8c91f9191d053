"""What is counted on in a sentence, whom an active verb harmed, how many were taken: in every language, both sides alike."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, OTHER, SIDES, read

Figure = tuple[str, str, str, int | None, int | None]


def told(language: str, text: str, side: str) -> set[Figure]:
    one, other = (ADJECTIVES[code][language] for code in (side, OTHER[side]))
    read_ = read(language, text.format(A=one, B=other))
    return {(f.outcome, f.party, f.group, f.min, f.max) for c in read_ for f in c.casualties}


SECOND = [
    ("en", "Seven {A} soldiers were killed, ten were wounded."),
    ("ru", "Семь {A}их военнослужащих погибли, десять ранены."),
    ("hy", "Զոհվել է {A} բանակի յոթ զինծառայող, տասը վիրավորվել են։"),
    ("az", "{A} ordusunun 7 hərbi qulluqçusu həlak olub, 10-u yaralanıb."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), SECOND)
def test_the_second_clause_counts_the_same_people(side: str, language: str, text: str) -> None:
    assert told(language, text, side) == {("killed", side, "military", 7, 7), ("wounded", side, "military", 10, 10)}


SHOT = [
    ("en", "A {A} sniper wounded a {B} corporal in the shoulder."),
    ("ru", "{A}ий снайпер ранил в плечо {B}ого капрала."),
    ("hy", "{A} դիպուկահարը վիրավորել է {B} բանակի մեկ զինվորի։"),
    ("az", "{A} snayperi bir {B} əsgərini yaralayıb."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), SHOT)
def test_the_doer_is_not_the_one_harmed(side: str, language: str, text: str) -> None:
    assert told(language, text, side) == {("wounded", OTHER[side], "military", 1, 1)}


DOZENS = [
    ("ru", "Погибли десятки человек.", 20),
    ("hy", "Զոհվել են տասնյակ մարդիկ։", 20),
    ("az", "Onlarla adam həlak olub.", 20),
    ("en", "Dozens of people were killed.", 24),
]


@pytest.mark.parametrize(("language", "text", "least"), DOZENS)
def test_tens_are_at_least_twenty(language: str, text: str, least: int) -> None:
    assert {(f.outcome, f.min, f.max) for c in read(language, text) for f in c.casualties} == {("killed", least, None)}


TAKEN = [
    ("en", "{A} soldiers searched several yards and detained an elder.", 1),
    ("ru", "{A}ие солдаты обыскали несколько дворов и увели старосту.", 1),
    ("hy", "{A} պարեկը կանգնեցրել և ձերբակալել է չորս ձկնորսի։", 4),
    ("az", "{A} əsgərləri bir neçə həyəti axtarıb, iki balıqçını saxlayıblar.", 2),
]


@SIDES
@pytest.mark.parametrize(("language", "text", "number"), TAKEN)
def test_people_taken_are_counted_by_their_own_number(side: str, language: str, text: str, number: int) -> None:
    found = {(f[0], f[2:]) for f in told(language, text, side)}
    assert found == {("detained", ("civilian", number, number))}


SEVERAL = [
    ("en", "{A} soldiers were detained.", "military"),
    ("ru", "{A}ие солдаты задержаны.", "military"),
    ("hy", "{A} զինվորները ձերբակալվել են։", "military"),
    ("az", "{A} hərbçiləri saxlanılıb.", "military"),
]


@SIDES
@pytest.mark.parametrize(("language", "text", "group"), SEVERAL)
def test_a_bare_plural_is_two_and_more(side: str, language: str, text: str, group: str) -> None:
    assert told(language, text, side) == {("detained", side, group, 2, None)}


NOBODY = [  # what lies or falls somewhere is not dead, what is whole is no man, whom nobody touched was no man either
    ("hy", "Գյուղից հյուսիս ընկած բլուրը զինվորների հսկողության տակ է։"),
    ("hy", "Երկու արկ ընկել է զինվորների դիրքերի մոտ։"),
    ("ru", "Снарядом убило двух коз."),
    ("az", "Nasosa heç kim toxunmayıb."),
    ("az", "Ölən və yaralananlar barədə məlumat yoxdur."),
    ("en", "No official figures on the victims are available so far."),
    ("en", "What losses the other side suffered is not known."),
    ("ru", "Данных о погибших нет."),
    ("ru", "Потери противника неизвестны."),
    ("hy", "Զոհերի մասին տեղեկություններ չկան։"),
    ("az", "Qarşı tərəfin itkiləri məlum deyil."),
    ("en", "Divers wound wire round the screw of the fishermen's boat."),
]


@pytest.mark.parametrize(("language", "text"), NOBODY)
def test_no_people_are_counted_here(language: str, text: str) -> None:
    assert [f for c in read(language, text) for f in c.casualties] == []

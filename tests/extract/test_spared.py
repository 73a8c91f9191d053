"""Of whom it is said that nobody was harmed, and whose dead a clash left: in every language, both sides alike."""

from __future__ import annotations

import pytest

from merestone.extract.terms import Proposal
from tests.extract.reading import ADJECTIVES, OTHER, SIDES, read

Figure = tuple[str, str, str, int | None, int | None]


def figures(told: tuple[Proposal, ...], kind: str) -> list[Figure]:
    return [(f.outcome, f.party, f.group, f.min, f.max) for c in told if c.kind == kind for f in c.casualties]


HIT = {  # what was hit tells who was spared: soldiers at their posts, civilians among civilians, at works anybody
    "infrastructure": [
        ("en", "A{n} {A} drone struck the reservoir near {P}. There were no casualties."),
        ("ru", "{A}ий беспилотник нанес удар по водохранилищу у {P}. Пострадавших нет."),
        ("hy", "{A} անօդաչուն հարվածել է {P} ջրամբարին։ Տուժածներ չկան։"),
        ("az", "{A} pilotsuz uçuş aparatı {P} yaxınlığındakı su anbarını vurub. Ölən və yaralanan yoxdur."),
    ],
    "military_positions": [
        ("en", "{A} forces fired at {B} army posts. There were no casualties."),
        ("ru", "{A}ие военные обстреляли позиции {B}ой армии. Пострадавших нет."),
        ("hy", "{A} զինվորները կրակել են {B} բանակի դիրքերի ուղղությամբ։ Տուժածներ չկան։"),
        ("az", "{A} silahlı qüvvələri {B} ordusunun mövqelərini atəşə tutub. Ölən və yaralanan yoxdur."),
    ],
}
PLACE = {
    "VE": {"en": "Rivessar", "ru": "Ривессара", "hy": "Ռիվեսարի", "az": "Rivessar"},
    "OR": {"en": "Harrowdale", "ru": "Харроудейла", "hy": "Հարրոուդալի", "az": "Harroudeyl"},
}


@SIDES
@pytest.mark.parametrize(("what", "group"), [("infrastructure", "unspecified"), ("military_positions", "military")])
@pytest.mark.parametrize("number", range(4))
def test_who_was_spared_shows_in_what_was_hit(side: str, what: str, group: str, number: int) -> None:
    language, text = HIT[what][number]
    one, other = (ADJECTIVES[code][language] for code in (side, OTHER[side]))
    told = read(language, text.format(A=one, B=other, P=PLACE[side][language], n="n" if side == "OR" else ""))
    assert {f.group for c in told for f in c.casualties} == {group}
    assert {(f.min, f.max) for c in told for f in c.casualties} == {(0, 0)}


CIRCLED = [  # said of a flight as of any act
    ("en", "On Friday thieves stole eleven sheep. Today a{n} {A} drone circled over {P}; nobody was hurt."),
    ("ru", "В пятницу угнали одиннадцать овец. Сегодня {A}ий беспилотник кружил над селом, никто не пострадал."),
    ("hy", "Ուրբաթ օրը գողացել են տասնմեկ ոչխար։ Այսօր {A} անօդաչուն պտտվել է գյուղի վրա, ոչ ոք չի տուժել։"),
    ("az", "Cümə günü on bir qoyun oğurlanıb. Bu gün {A} pilotsuz uçuş aparatı kəndin üzərində uçub, xəsarət alan yoxdur."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), CIRCLED)
def test_nobody_hurt_is_said_of_the_flight_beside_it(side: str, language: str, text: str) -> None:
    told = read(language, text.format(A=ADJECTIVES[side][language], P=PLACE[side][language], n="n" if side == "OR" else ""))
    assert {c.kind for c in told if c.casualties} == {"drone_flight"}


WAR = [
    ("en", "In autumn {X} and {Y} forces clashed for six weeks; more than two hundred people died."),
    ("ru", "Осенью шли бои между {X}ими и {Y}ими войсками, погибло более двухсот человек."),
    ("hy", "Աշնանը մարտեր են ընթացել {X} և {Y} զորքերի միջև. զոհվել է ավելի քան երկու հարյուր մարդ։"),
    ("az", "Payızda {X} və {Y} qoşunları arasında döyüşlər gedib, iki yüzdən çox adam həlak olub."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), WAR)
def test_the_dead_of_a_clash_are_of_both_where_no_words_part_them(side: str, language: str, text: str) -> None:
    told = read(language, text.format(X=ADJECTIVES[side][language], Y=ADJECTIVES[OTHER[side]][language]))
    assert {(f.outcome, f.party, f.group) for c in told for f in c.casualties} == {("killed", "both", "unspecified")}


THINGS = [  # neither what they drove nor the army as a whole is counted among the dead
    ("en", "{A} howitzers pounded the market. Five were killed."),
    ("ru", "{A}ие гаубицы били по рынку. Пятеро убиты."),
    ("hy", "{A} հաուբիցները հարվածել են շուկային։ Հինգ զոհ կա։"),
    ("az", "{A} haubitsaları bazarı atəşə tutub. Beş ölü var."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), THINGS)
def test_no_gun_is_among_the_dead(side: str, language: str, text: str) -> None:
    told = read(language, text.format(A=ADJECTIVES[side][language]))
    assert not {f.party for c in told for f in c.casualties} & {side}
    assert {(f.outcome, f.min, f.max) for c in told for f in c.casualties} == {("killed", 5, 5)}

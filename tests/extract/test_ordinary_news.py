"""Ordinary news in plain words: whose "its infantry" is, whose deed a participle tells, who speaks and who is only hit. Each is told of
both sides."""

from __future__ import annotations

import pytest

from tests.extract.reading import MOD, OTHER, SIDES, read

RU = {"VE": "велдарск", "OR": "орсейск"}
LAND = {"VE": ("Велдар", "Велдара"), "OR": ("Орсей", "Орсея")}
PLACE = {"VE": "Холлин", "OR": "Монтас"}


def told(side: str, text: str) -> str:
    """`text` with the words of the side and of the other one, beginning with a capital."""
    other = OTHER[side]
    text = text.format(
        ours=RU[side], theirs=RU[other], our_land=LAND[side][0], of_ours=LAND[side][1], place=PLACE[side], there=PLACE[other]
    )
    return text[0].upper() + text[1:]


@SIDES
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The adversary laid smoke and its infantry tried to seize our post."),
        ("ru", "Противник применил дымовые снаряды, под прикрытием которых его пехота пыталась захватить наш опорный пункт."),
        ("hy", "Հակառակորդը ծխային արկեր է կիրառել, և նրա հետևակը փորձել է գրավել մեր դիրքը։"),
        ("az", "Düşmən tüstü pərdəsi yaradıb, onun piyadaları mövqeyimizi ələ keçirməyə çalışıb."),
    ],
)
def test_its_infantry_behind_the_adversary_is_the_adversarys(side: str, language: str, text: str) -> None:
    tried = [c for c in read(language, text, MOD[side]) if c.realised == "attempted"]
    assert [(c.initiator, c.stance) for c in tried] == [(OTHER[side], "asserts")]


@SIDES
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Взяты в плен трое {theirs}их разведчиков, пытавшихся проникнуть в тыл наших войск.", "advance"),
        ("У реки задержаны двое {theirs}их солдат, обстрелявших наш пост.", "small_arms_fire"),
    ],
)
def test_a_participle_of_those_who_act_is_of_the_noun_before_its_comma(side: str, text: str, kind: str) -> None:
    found = [c for c in read("ru", told(side, text), MOD[side]) if c.kind == kind]
    assert [(c.initiator, c.stance) for c in found] == [(OTHER[side], "asserts")]


@SIDES
def test_a_civilian_before_the_comma_is_of_no_side(side: str) -> None:
    text = told(side, "{ours}ие солдаты задержали крестьянина, обстрелявшего их пост.")
    assert all(c.initiator != side for c in read("ru", text) if c.kind == "small_arms_fire")


@SIDES
def test_a_message_of_the_others_that_is_a_lie_is_denied_by_the_one_who_says_so(side: str) -> None:
    text = told(side, "Сообщения {theirs}их СМИ о том, что {ours}ие сапёры минируют берег, являются ложью.")
    (claim,) = read("ru", text, MOD[side])
    assert (claim.kind, claim.stance, claim.initiator) == ("minelaying", "denies", side)
    assert [s.name for s in claim.said_by] == [MOD[side]]


@SIDES
def test_a_hospital_into_which_a_shell_flew_says_nothing(side: str) -> None:
    text = told(side, "Министр обороны {of_ours} выразил сожаление о попадании снаряда в больницу и назвал это ошибкой.")
    assert all(s.affiliation == side for c in read("ru", text) for s in c.said_by)


@SIDES
def test_a_land_that_rejects_a_message_and_says_something_is_one_speaker(side: str) -> None:
    text = told(side, "{our_land} опроверг сообщение и заявил, что {theirs}ие войска обстреляли {place}.")
    (claim,) = [c for c in read("ru", text) if c.stance == "asserts"]
    assert (claim.initiator, claim.said_by[-1].name.startswith("Government of")) == (OTHER[side], True)


def test_counted_shots_beside_counted_blasts_are_told_besides() -> None:
    assert {c.kind for c in read("ru", "Патруль слышал 40 взрывов и не менее 200 выстрелов.")} == {"shelling", "small_arms_fire"}


@SIDES
def test_no_act_reaches_over_a_relative_word(side: str) -> None:
    text = told(side, "{theirs}ие пограничники отпустили {ours}ого крестьянина, которого задержали накануне.")
    assert {(c.kind, c.initiator) for c in read("ru", text)} == {("release", OTHER[side]), ("detention", OTHER[side])}


@SIDES
def test_what_a_participle_tells_of_somebody_is_not_what_is_demanded(side: str) -> None:
    text = told(side, "{ours}ая сторона требует вернуть троих рыбаков, задержанных {theirs}ими пограничниками 9 мая.")
    found = read("ru", text)
    assert [(c.kind, c.initiator, c.stance) for c in found] == [("detention", OTHER[side], "asserts")]
    assert not any(c.kind == "release" for c in found)


@pytest.mark.parametrize(
    "text",
    [
        "«Мы не будем бомбить города», — сказал президент Велдара.",
        "Стороны обсудят обмен пленными и разминирование.",
        "Миссия требует, чтобы войска, удерживающие высоту, ушли.",
        "Разведчики находились на своей территории.",
        "Шестнадцать семей третий день живут в спортзале школы.",
    ],
)
def test_nothing_is_told_done_or_denied(text: str) -> None:
    assert not read("ru", text)


def test_what_a_verb_tells_is_more_than_a_noun() -> None:
    assert [c.kind for c in read("ru", "В нефтехранилище попала ракета.")] == ["shelling"]


@SIDES
def test_the_noun_right_behind_a_shelling_is_what_was_shelled(side: str) -> None:
    (claim,) = read("ru", told(side, "Солдат ранен при обстреле {place}а и доставлен в больницу."))
    assert (claim.target.party, claim.target.what) == (side, "settlement")


@SIDES
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "«Моего мужа забрали прямо с поля», — рассказывает жительница {place}а."),
        ("ru", "«Мой сын ранен осколком», — сказал житель {place}а."),
    ],
)
def test_whose_husband_or_son_is_of_the_side_of_the_village(side: str, language: str, text: str) -> None:
    (claim,) = read(language, told(side, text))
    assert (claim.target.party, [(c.party, c.min) for c in claim.casualties]) == (side, [(side, 1)])


@SIDES
def test_the_side_of_a_land_speaks_where_the_bare_land_does_not(side: str) -> None:
    (claim,) = read("ru", told(side, "По утверждению {ours}ой стороны, {theirs}ие войска обстреляли {place}."))
    assert (claim.initiator, claim.said_by[-1].affiliation) == (OTHER[side], side)


def test_what_was_fired_at_may_stand_before_the_shots() -> None:
    (claim,) = read("ru", "По патрулю Миссии, двигавшемуся к мосту, были произведены четыре выстрела.", "Tamm Line Monitoring Mission")
    assert claim.target.what == "monitors"

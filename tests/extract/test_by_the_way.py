"""What is only told by the way is no claim: open questions, harm that nothing did, nouns of law and talk, pictures. In every language."""

from __future__ import annotations

import pytest

from tests.extract.reading import PEOPLE, claims

WONDERED = {
    "en": ("Who fired could not be established.", "It is not known who fired.", "From which side the shots came we cannot say."),
    "ru": ("Кто стрелял, устанавливается.", "Откуда стреляли, определить не удалось."),
    "hy": ("Ով է կրակել, հայտնի չէ։",),
    "az": ("Kimin atəş açdığı məlum deyil.",),
}
ASKED = {
    "en": "Dozens of wounded at Keldholt?",
    "ru": "Десятки раненых в Келдхолте?",
    "az": "Keldholtda onlarla yaralı?",
}
NOBODY = {
    "en": "There were no casualties.",
    "ru": "Жертв нет.",
    "hy": "Զոհեր չկան։",
    "az": "Ölən yoxdur.",
}
RETURNED = {
    "en": "The bodies of two soldiers were handed over on Tuesday.",
    "ru": "Утром соседи возвратили через мост останки двух солдат.",
    "hy": "Երեքշաբթի օրը վերադարձվել են երկու զինվորի մարմինները։",
    "az": "Çərşənbə axşamı iki əsgərin cəsədi təhvil verilib.",
}
NAMED = {
    "en": (
        "Attacks on civilians are prohibited.",
        "The shelling of civilians is a war crime.",
        "Talks on the shelling of villages continue.",
    ),
    "ru": (
        "Преднамеренные нападения на мирных жителей запрещены.",
        "Глава миссии осудил обстрел.",
        "Переговоры о выводе войск зашли в тупик.",
    ),
    "hy": ("Խաղաղ բնակչության վրա հարձակումներն անթույլատրելի են։",),
    "az": ("Mülki əhaliyə hücumlar yolverilməzdir.", "Kəndlərin atəşə tutulması müharibə cinayətidir."),
}
DATED = {
    "en": "The shelling of Keldholt on 5 May is a war crime.",
    "ru": "Обстрел Келдхолта 5 мая недопустим.",
}
LAW = {
    "en": (
        "Under international law an attempt to mine the territory of others is an act of terror.",
        "By law whoever fires at civilians is tried.",
    ),
    "ru": ("По нормам международного права попытка заминировать чужую территорию является преступлением.",),
    "hy": ("Միջազգային իրավունքի համաձայն՝ հարևանի տարածքը ականապատելու փորձը հանցագործություն է։",),
    "az": ("Beynəlxalq hüquqa görə qonşunun ərazisini minalamaq cəhdi cinayətdir.",),
}
ATTRIBUTES = ("Lorries reached the besieged town on 5 May.", "A list of eleven detained persons was read out.")
HELD = ("A service was held in the barracks on 5 May.", "An exercise would be held on the northern range.")
BARE = {"ru": "Безнаказанность порождает новые нападения.", "en": "Impunity breeds attacks."}
PICTURE = {
    "en": "They shut the gate in the week of the harvest. On 5 May soldiers fired at the village.",
    "ru": "Ворота закрыты, дорога перекрыта. 5 мая солдаты обстреляли село.",
}
THINGS = {
    "en": "Three houses were hit by splinters and five cows were killed.",
    "ru": "Осколками посечены пять домов.",
    "hy": "Հինգ տուն է վնասվել։",
    "az": "Beş ev zədələnib.",
}
CROSSED = {
    "en": "The patrol detained two men who had crossed the border on Monday.",
    "ru": "Наряд задержал двух граждан, которые нарушили границу на лодке.",
}


def kinds(language: str, text: str) -> list[str]:
    return [claim.kind for claim in claims(text, language=language)]


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, every in WONDERED.items() for text in every])
def test_an_open_question_tells_no_act(language: str, text: str) -> None:
    assert kinds(language, text) == []


def test_what_a_question_takes_for_granted_is_told() -> None:
    assert kinds("ru", "Кто поджег сарай в Келдхолте, неизвестно.") == ["arson"]


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, every in LAW.items() for text in every])
def test_what_the_law_says_of_always_tells_no_act(language: str, text: str) -> None:
    assert kinds(language, text) == []


@pytest.mark.parametrize("text", [*ATTRIBUTES, *HELD])
def test_how_somebody_is_and_what_takes_place_tell_no_act(text: str) -> None:
    assert kinds("en", text) == []


@pytest.mark.parametrize("people", PEOPLE.values())
def test_who_did_it_is_told_beside_a_question(people: str) -> None:
    told = f"{people} soldiers fired at the post. Why they fired is not known."
    assert kinds("en", told) == ["small_arms_fire"]


@pytest.mark.parametrize("text", ["Ночью кто-то выстрелил по катеру.", "Те, кто стрелял по селу, ушли."])
def test_somebody_is_no_question(text: str) -> None:
    assert kinds("ru", text) == ["small_arms_fire"]


@pytest.mark.parametrize(("language", "text"), ASKED.items())
def test_harm_that_is_asked_about_is_not_told(language: str, text: str) -> None:
    assert kinds(language, text) == []


@pytest.mark.parametrize(("language", "text"), NOBODY.items())
def test_that_nobody_was_harmed_is_no_happening_of_its_own(language: str, text: str) -> None:
    assert kinds(language, text) == []


def test_nobody_harmed_in_a_time_of_its_own_is_one() -> None:
    assert kinds("ru", "За неделю в Келдхолте никто не погиб.") == ["casualty"]


@pytest.mark.parametrize(("language", "text"), RETURNED.items())
def test_the_dead_who_are_returned_did_not_die_then(language: str, text: str) -> None:
    assert kinds(language, text) == ["release"]


def test_who_died_before_is_told_beside_it() -> None:
    assert kinds("ru", "Трое солдат погибли, их тела переданы родным.") == ["casualty", "release"]


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, every in NAMED.items() for text in every])
def test_a_noun_that_law_or_talk_is_about_tells_no_act(language: str, text: str) -> None:
    assert kinds(language, text) == []


@pytest.mark.parametrize(("language", "text"), DATED.items())
def test_with_a_day_it_does(language: str, text: str) -> None:
    assert len(kinds(language, text)) == 1


@pytest.mark.parametrize(("language", "text"), BARE.items())
def test_a_noun_beside_which_nothing_stands_tells_no_act(language: str, text: str) -> None:
    assert kinds(language, text) == []


def test_what_is_seen_is_told_by_being_named() -> None:
    assert kinds("ru", "Над полосой зафиксирован неизвестный квадрокоптер.") == ["drone_flight"]


def test_a_noun_that_points_back_tells_no_act_again() -> None:
    assert kinds("ru", "5 мая шли бои у Келдхолта. В тех боях он сражался.") == ["armed_clash"]


@pytest.mark.parametrize(("language", "text"), PICTURE.items())
def test_the_picture_that_a_text_begins_with_is_no_happening(language: str, text: str) -> None:
    assert kinds(language, text) == ["small_arms_fire"]


@pytest.mark.parametrize(("language", "text"), THINGS.items())
def test_things_that_are_counted_are_no_people(language: str, text: str) -> None:
    assert "casualty" not in kinds(language, text)


@pytest.mark.parametrize(("language", "text"), CROSSED.items())
def test_that_those_who_are_taken_had_crossed_is_no_advance(language: str, text: str) -> None:
    assert kinds(language, text) == ["detention"]


def test_those_who_cross_and_take_somebody_advance() -> None:
    assert kinds("en", "Veldarian soldiers crossed the border and captured two Orsayan guards.") == ["advance", "detention"]


@pytest.mark.parametrize("people", PEOPLE.values())
def test_the_end_of_what_was_tried_in_vain_is_no_withdrawal(people: str) -> None:
    told = f"{people} soldiers tried to cross the river at Keldholt. After shots they withdrew from the bank."
    assert kinds("en", told) == ["advance"]


def test_who_had_not_tried_anything_withdraws() -> None:
    assert kinds("en", "On 5 May Veldarian soldiers withdrew from the heights at Keldholt.") == ["withdrawal"]


@pytest.mark.parametrize("people", ["велдарцы", "орсейцы"])
def test_who_came_home_was_let_go_once(people: str) -> None:
    assert kinds("ru", f"В субботу пастух вернулся домой: {people} отпустили его без объяснений.") == ["release"]

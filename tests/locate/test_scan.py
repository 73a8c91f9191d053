"""Every longest name of a text, in any form, at its place; a plain loop over all words is the oracle."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.capture.pack import load_pack
from merestone.locate import Scanner, gazetteer
from merestone.locate.gazetteer import spoken

PACK = load_pack(str(Path(__file__).resolve().parent / "pack.yaml"))
GAZETTEER = gazetteer(PACK)


def found(text: str, language: str = "en") -> list[tuple[str, tuple[str, ...]]]:
    return [(text[each.start : each.end], each.ids) for each in Scanner(GAZETTEER.names, language).scan(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fire on Kuut and Tzakhor.", [("Kuut", ("kuut",)), ("Tzakhor", ("tzakh",))]),
        ("In Tarn District and in Tarn.", [("Tarn District", ("tarn-district",)), ("Tarn", ("tarn-district", "tarn"))]),
        ("Along the Norland-Sarvia border.", [("Norland-Sarvia border", ("border",))]),
        (
            "Kuut’s mill, TARN\ndistrict, Lake\tAna",
            [("Kuut’s", ("kuut",)), ("TARN\ndistrict", ("tarn-district",)), ("Lake\tAna", ("lake-ana",))],
        ),
        ("the mill, McKuut, Kuutish, kuut, _Kuut", []),
        ("", []),
    ],
)
def test_names_in_a_text(text: str, names: list[tuple[str, tuple[str, ...]]]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(("language", "text"), [("az", "Kuutdan gələn"), ("en", "Kuut's")])
def test_with_the_endings_of_a_language(language: str, text: str) -> None:
    assert [ids for _, ids in found(text, language)] == [("kuut",)]


def test_what_it_remembers_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("merestone.locate.scan._REMEMBERED", 2)
    scanner = Scanner(GAZETTEER.names, "en")
    assert len(scanner.scan("Aa Bb Cc Dd Kuut Aa Bb Tarn")) == 2


NAMES = sorted({name for place in PACK.places for name in (place.name, *(n for names in place.names.values() for n in names))})


@given(st.lists(st.one_of(st.sampled_from(NAMES), st.sampled_from(["the", "Oxen", "District", "Lake", "of", "Norland"])), max_size=12))
def test_it_finds_what_a_slow_search_finds(words: list[str]) -> None:
    text, at, slow = " ".join(words), 0, []
    pieces = text.replace("–", " ").replace("-", " ").split(" ")
    starts = [sum(len(piece) + 1 for piece in pieces[:number]) for number in range(len(pieces))]
    while at < len(pieces):
        for size in range(len(pieces) - at, 0, -1):
            run = " ".join(pieces[at : at + size])
            ids = next((GAZETTEER.names.exact.get(form, ()) for form in spoken(run, "en") if GAZETTEER.names.exact.get(form, ())), ())
            if ids and run[:1].isupper():
                slow.append((starts[at], starts[at] + len(run), ids))
                at += size - 1
                break
        at += 1
    assert [tuple(each) for each in Scanner(GAZETTEER.names, "en").scan(text)] == slow

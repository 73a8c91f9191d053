"""The look-up: every name finds its place, and no words whatever break it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.capture.pack import load_pack
from merestone.extract.terms import PlaceMention
from merestone.locate import gazetteer, resolve
from tests.locate.readings import reading

PACK = load_pack(str(Path(__file__).resolve().parent / "pack.yaml"))
GAZETTEER = gazetteer(PACK)
NAMES = sorted({(place.id, name) for place in PACK.places for name in (place.name, *(n for names in place.names.values() for n in names))})


@pytest.mark.parametrize(("ident", "name"), NAMES)
def test_every_name_finds_its_place(ident: str, name: str) -> None:
    for written in (name, name.upper(), name.lower(), name.replace("-", " – ")):
        found, how = GAZETTEER.names.find(written, "en")
        assert ident in found
        assert how == "exact"


@pytest.mark.parametrize(
    ("language", "written"),
    [("ru", "Тарна"), ("ru", "Остере"), ("hy", "Տարնում"), ("az", "Tarnda"), ("en", "Tarn’s")],
)
def test_a_latin_name_is_found_in_other_scripts_and_with_endings(language: str, written: str) -> None:
    assert GAZETTEER.names.find(written, language)[0]


@pytest.mark.parametrize("written", ["", " ", "Turn", "the", "Tarn Oster Vell", "Tarnholmen"])
def test_what_is_no_name_finds_nothing(written: str) -> None:
    assert GAZETTEER.names.find(written, "en") == ((), "")


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("the Kuut stretch of the state border", [("kuut",), ("border",)]),
        ("in the Tarn District", [("tarn-district",)]),
        ("somewhere else", []),
        ("the mill by the lake", []),
    ],
)
def test_names_inside_longer_words(words: str, places: list[tuple[str, ...]]) -> None:
    assert list(GAZETTEER.names.find_inside(words, "en")) == places


def test_the_narrowest_of_them_is_the_place() -> None:
    text = "Fire along the Kuut stretch of the state border."
    (claim,) = resolve(reading(text, [["Kuut stretch of the state border"]]), GAZETTEER, text).claims
    assert (claim.where[0].place, claim.where[0].level) == ("kuut", "border_section")
    assert "the narrowest name in these words" in claim.where[0].why


def test_holders_end_even_in_a_circle() -> None:
    a, b = (replace(PACK.places[0], id=ident, within=other) for ident, other in (("a", "b"), ("b", "a")))
    assert gazetteer(replace(PACK, places=(a, b))).holders == {"a": ("b",), "b": ("a",)}


MENTION = st.builds(
    PlaceMention,
    text=st.one_of(st.sampled_from([name for _, name in NAMES]), st.text(max_size=60)),
    start=st.integers(0, 80),
    end=st.integers(0, 80),
    role=st.sampled_from(["at", "origin", "target"]),
    ids=st.lists(st.sampled_from([place.id for place in PACK.places] + ["gone"]), max_size=3).map(tuple),
    level_hint=st.sampled_from(["", "settlement", "district", "village", "planet"]),
    distance_km=st.one_of(st.none(), st.floats(0, 500)),
    bearing=st.sampled_from(["", "north", "south-west", "up"]),
)


@given(
    st.text(alphabet=st.sampled_from("ab 12.,-kmofnrthbetwe\nTarnVellé"), max_size=120),
    st.lists(MENTION, max_size=4),
    st.sampled_from(["en", "ru", "az", "hy", "xx", ""]),
)
def test_any_mentions_in_any_text_are_placed_or_say_why_not(text: str, mentions: list[PlaceMention], language: str) -> None:
    made = reading(text, [[]], language)
    made = replace(made, claims=(replace(made.claims[0], places=tuple(mentions)),))
    (claim,) = resolve(made, GAZETTEER, text).claims
    assert len(claim.where) <= len(mentions)
    assert bool(claim.where) == bool(mentions)
    for place in claim.where:
        assert place.why
        assert (place.lat is None) == (place.lon is None) == (place.uncertainty_m is None)
        assert place.uncertainty_m is None or place.uncertainty_m > 0
        assert place.place is None or place.place not in place.others

"""Where a mention is: the table of cases, and that sides play no part in it."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

import merestone.locate
from merestone.capture.pack import load_pack
from merestone.extract.terms import Located
from merestone.locate import Gazetteer, distance_m, gazetteer, resolve
from tests.locate.readings import reading

HERE = Path(__file__).resolve().parent
PACK = load_pack(str(HERE / "pack.yaml"))
GAZETTEER = gazetteer(PACK)
CASES = yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8"))


def where(text: str, claims: list[list[Any]], language: str = "en", among: Gazetteer = GAZETTEER) -> list[Located]:
    return [place for claim in resolve(reading(text, claims, language), among, text).claims for place in claim.where]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = where(case["text"], case["claims"], case.get("language", "en"))
    assert len(found) == len(case["expect"])
    for place, expected in zip(found, case["expect"], strict=True):
        assert place.place == expected["place"], place.why
        assert case["text"][place.start : place.end] == place.text
        assert (place.lat is None) == (place.uncertainty_m is None)
        assert place.why
        for key in ("level", "name"):
            assert key not in expected or getattr(place, key) == expected[key]
        assert expected.get("why", "") in place.why
        if "others" in expected:
            assert sorted(place.others) == expected["others"]
        if "near" in expected:
            lat, lon, km = expected["near"]
            assert place.lat is not None
            assert place.lon is not None
            assert distance_m((place.lat, place.lon), (lat, lon)) <= km * 1000
        if "wide" in expected:
            least, most = expected["wide"]
            assert place.uncertainty_m is not None
            assert least * 1000 <= place.uncertainty_m <= most * 1000


def test_the_reader_s_candidates_are_taken_when_it_has_found_some() -> None:
    text = "Fire on Mill."
    (claim,) = resolve(reading(text, [["Mill"]], ids=("mill-b",)), GAZETTEER, text).claims
    assert claim.where[0].place == "mill-b"


def test_an_exact_name_comes_before_one_that_only_sounds_alike() -> None:
    text = "Fire on Kuut."
    (claim,) = resolve(reading(text, [["Kuut"]], ids=("mill-a", "kuut")), GAZETTEER, text).claims
    assert claim.where[0].place == "kuut"


def test_the_rest_of_the_reading_is_as_it_was() -> None:
    text = "Fire on Kuut."
    before = reading(text, [["Kuut"]])
    after = resolve(before, GAZETTEER, text)
    assert [replace(claim, where=()) for claim in after.claims] == list(before.claims)
    assert replace(after, claims=()) == replace(before, claims=())


def test_it_is_the_same_when_done_again() -> None:
    text = "Fire on Mill. Later Tzakhor was quiet."
    once = resolve(reading(text, [["Mill"], ["Tzakhor"]]), GAZETTEER, text)
    assert resolve(once, GAZETTEER, text) == once


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_exchanging_the_sides_of_all_places_changes_nothing(case: dict[str, Any]) -> None:
    other = {"NL": "SV", "SV": "NL", "": ""}
    swapped = gazetteer(replace(PACK, places=tuple(replace(place, side=other[place.side]) for place in PACK.places)))
    language = case.get("language", "en")
    assert where(case["text"], case["claims"], language, swapped) == where(case["text"], case["claims"], language)


def test_the_room_never_asks_for_a_side_a_blame_or_a_speaker() -> None:
    room = Path(merestone.locate.__file__).parent
    asked = {
        node.attr
        for path in room.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert asked
    assert not asked & {"side", "initiator", "target", "said_by", "affiliation", "parties", "sources"}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [("az", "Kuutda atəş açılıb.", "Kuutda"), ("ru", "Обстрел у Куута.", "Куута"), ("hy", "Կրակոցներ Կուուտում։", "Կուուտում")],
)
def test_endings_of_other_languages(language: str, text: str, name: str) -> None:
    kuut = next(place for place in PACK.places if place.id == "kuut")
    named = replace(kuut, names={**kuut.names, "ru": ("Куут",), "hy": ("Կուուտ",)})
    gaz = gazetteer(replace(PACK, places=(named,)))
    (claim,) = resolve(reading(text, [[name]], language), gaz, text).claims
    assert claim.where[0].place == "kuut"

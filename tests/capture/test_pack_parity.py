"""Names that are own, transliterated or unknown: how a pack writes them, which are looked for, and how a report tells of them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from merestone.capture.pack import list_packs, load_pack
from merestone.capture.pack_check import check, check_pack
from merestone.capture.parity import Named, differences, tallies
from merestone.capture.terms import Pack, Party, Source

PACK = """
parties: [{code: VE, name: Veldar}, {code: OR, name: Orsay}]
places:
  - {name: Tarn, names: {en: Tarn, ru: ~Тарн, es: "?"}, level: settlement, side: VE, lat: 1.0, lon: 1.0}
  - {name: Kell, names: {en: Kell, ru: ~Келл}, level: settlement, side: VE, lat: 1.1, lon: 1.0}
  - {name: Kell in Orsay, names: {en: Kell-am, ru: Келл}, level: settlement, side: OR, lat: 1.2, lon: 1.0}
  - {id: dorn-district, name: Dorn District, names: {ru: ~Дорн}, level: district, side: OR, lat: 1.3, lon: 1.0}
  - {id: dorn, name: Dorn, names: {ru: ~Дорн, es: [Dorno, "~Dorne"]}, level: settlement, within: dorn-district, side: OR, lat: 1.3, lon: 1.0}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    path = tmp_path / "marks.yaml"
    path.write_text(PACK, encoding="utf-8")
    return load_pack(str(path))


def test_a_transliterated_name_is_told_from_one_that_somebody_uses(pack: Pack) -> None:
    tarn, kell, other, _, dorn = pack.places
    assert (tarn.transliterated, tarn.unnamed) == ({"ru": ("Тарн",)}, ("es",))
    assert [tarn.named(language) for language in ("en", "ru", "es", "de")] == ["own", "transliterated", "unknown", "missing"]
    assert other.named("ru") == "own"
    assert dorn.transliterated == {"ru": ("Дорн",), "es": ("Dorne",)}
    assert dorn.names["es"] == ("Dorno", "Dorne")
    assert dorn.named("es") == "own"
    assert kell.transliterated == {"ru": ("Келл",)}


def test_it_is_looked_for_where_it_names_one_place_or_an_area_and_a_place_in_it(pack: Pack) -> None:
    tarn, kell, _, district, dorn = pack.places
    assert tarn.names["ru"] == ("Тарн",)
    assert "ru" not in kell.names
    assert district.names["ru"] == dorn.names["ru"] == ("Дорн",)


def test_no_mark_is_left_in_a_name(pack: Pack) -> None:
    shipped = [load_pack(name) for name in list_packs()]
    for place in (place for each in (pack, *shipped) for place in each.places):
        for names in (*place.names.values(), *place.transliterated.values()):
            assert not any(name[0] in "~?" for name in names), place.id


def test_the_counts_stand_side_by_side(pack: Pack) -> None:
    veldar, orsay = tallies(pack)
    assert veldar.named == (
        Named("en", own=2, transliterated=0, matched=0, unknown=0, missing=0),
        Named("es", own=0, transliterated=0, matched=0, unknown=1, missing=1),
        Named("ru", own=0, transliterated=2, matched=1, unknown=0, missing=0),
    )
    assert orsay.named[2] == Named("ru", own=1, transliterated=2, matched=2, unknown=0, missing=0)
    assert sum(finding.code == "names_missing" for finding in check_pack(pack).findings) == 3


def test_the_words_of_a_report_are_the_counts(pack: Pack) -> None:
    first, orsay, veldar = differences(pack)  # in the order of their codes, whatever the pack writes first
    assert "lacks" in first
    assert veldar == (
        "Veldar: 2 places, half of them known within 2 km; en 100% named; es 0% named; ru 100% named, 100% by transliteration alone; 0 sources."
    )
    assert orsay.startswith("Orsay: 3 places")


def test_parties_that_are_exchanged_exchange_their_words(pack: Pack) -> None:
    other = {"VE": "OR", "OR": "VE"}
    moved = replace(pack, places=tuple(replace(place, side=other[place.side]) for place in pack.places))

    def told(each: Pack) -> dict[str, str]:
        return dict(sentence.split(": ", 1) for sentence in differences(each)[1:])

    assert told(moved) == {"Veldar": told(pack)["Orsay"], "Orsay": told(pack)["Veldar"]}


def test_a_party_that_is_aligned_is_counted_apart_and_together(pack: Pack) -> None:
    third = Party("XT", "Tamm Valley Assembly", {}, aligned_with="OR", why="Orsay supplies it")
    fourth = Party("XU", "Isles Council", {}, aligned_with="OR", why="a treaty")
    body = Source("Valley police", {}, "government", "XT", None, "a body of it")
    told = differences(replace(pack, parties=(*pack.parties, third, fourth), sources=(*pack.sources, body)))
    assert told[:3] == differences(pack)[:3]
    assert told[3] == "Tamm Valley Assembly: 1 source."
    assert told[4].startswith("Tamm Valley Assembly is aligned with Orsay: Orsay supplies it. It is a party of its own here")
    assert "Read together with Orsay and all that is aligned with it: 3 places, 1 source, and" in told[4]
    assert told[5].startswith("Isles Council is aligned with Orsay: a treaty.")
    assert len(told) == 6


def test_sources_of_no_party_are_counted_and_told_with_whom_they_are_aligned(pack: Pack) -> None:
    wire = Source("Wire", {}, "media", "none", None, "an agency")
    told = differences(replace(pack, sources=(wire, replace(wire, name="Ally", aligned_with="OR"))))
    assert told[1].endswith("0 sources, and 1 of no party aligned with it.")
    assert told[3] == "On no party's side: 2 sources."
    assert len(told) == 4


def test_a_pack_of_one_party_has_nothing_to_compare(pack: Pack) -> None:
    assert differences(replace(pack, parties=pack.parties[:1])) == ()


@pytest.mark.parametrize("name", [name for name in list_packs() if name != "teaching"])
def test_a_shipped_pack_of_real_places_names_each_in_its_languages_or_says_that_it_cannot(name: str) -> None:
    checked = check(name)
    assert "names_missing" not in {finding.code for finding in checked.findings}
    first, second = [tally for tally in checked.tallies if tally.party and tally.places and tally.sources]
    assert (first.sources, first.allies) == (second.sources, second.allies)
    for tally in checked.tallies:
        assert {number for _, number in tally.sources_named} == {sum(number for _, number in tally.sources)}, (
            "a source without a name in a language"
        )
    by_language = {each.language: each for each in second.named}
    for each in first.named:
        assert each.missing == by_language[each.language].missing == 0


@pytest.mark.parametrize("name", [name for name in list_packs() if name != "teaching"])
def test_no_coordinate_of_a_shipped_pack_of_real_places_is_from_memory(name: str) -> None:
    """Each origin names a table, an outline, a page or another row; what only says "by hand" names nothing."""
    for place in load_pack(name).places:
        assert place.origin, place.id
        assert not place.origin.startswith("by hand"), place.id


SCRIPTS = {"ru": re.compile(r"[А-ЯЁа-яё0-9 .]+"), "en": re.compile(r"[A-Za-z0-9 .']+")}


@pytest.mark.parametrize("name", list_packs())
def test_a_transliterated_name_is_wholly_in_the_letters_of_its_language(name: str) -> None:
    for place in load_pack(name).places:
        for language, made in place.transliterated.items():
            assert all(SCRIPTS[language].fullmatch(each) for each in made), (place.id, made)

"""`pack build` from tables as GeoNames lays them out: two invented countries with all nineteen columns, names with flags and years."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from merestone.capture import load_pack
from merestone.capture.pack_check import check
from merestone.capture.place_index import IndexedPlaces
from merestone.capture.terms import Place
from merestone.locate import Scanner, gazetteer
from tests.cli.conftest import Run

HERE = Path(__file__).resolve().parent / "geonames"
TABLES = (HERE / "XT.txt", HERE / "XU.txt", "--names", HERE / "alternateNamesV2.txt")
ASKED = ("--country", "XT", "--country", "XU", "--class", "P", "--class", "A", "--class", "H", "--class", "T", "--class", "S")
LANGUAGES = ("--language", "en", "--language", "ru", "--language", "hy", "--language", "az")


@pytest.fixture
def places(run: Run, tmp_path: Path) -> dict[str, Place]:
    code, _, err = run("pack", "build", *TABLES, "--out", tmp_path / "banks", *ASKED, *LANGUAGES)
    assert code == 0, err
    return {place.id.removeprefix("gn-700"): place for place in load_pack(str(tmp_path / "banks")).places}


def test_codes_become_levels(places: dict[str, Place]) -> None:
    levels = {number: place.level for number, place in places.items()}
    assert {number for number, level in levels.items() if level == "country"} == {"0001", "0100"}
    assert {number for number, level in levels.items() if level == "region"} == {"0010", "0101"}
    assert {number for number, level in levels.items() if level == "district"} == {"0011", "0012", "0013", "0014"}
    assert {number for number, level in levels.items() if level == "feature"} == {"0030", "0031", "0032", "0033"}
    assert levels["0020"] == levels["0026"] == "settlement"


def test_areas_hold_what_their_codes_name(places: dict[str, Place]) -> None:
    held = {number: (place.within or "").removeprefix("gn-700") for number, place in places.items()}
    assert (held["0020"], held["0013"], held["0021"], held["0024"]) == ("0013", "0011", "0011", "0012")
    assert (held["0031"], held["0011"], held["0010"], held["0001"]) == ("0010", "0010", "0001", "")
    assert (held["0102"], held["0101"]) == ("0101", "0100")


def test_names_by_language_the_usual_first_and_those_of_earlier_times_last(places: dict[str, Place]) -> None:
    town = places["0020"]
    assert town.names["en"] == ("Hvit", "The White Town")
    assert town.names["ru"] == ("Хвит", "Свободный")
    assert (town.names["hy"], town.names["az"]) == (("Հվիտ",), ("Xvit",))
    assert set(town.names[""]) == {"Hvit am Bekk", "Weissau"}, "no codes, no addresses, nothing twice"
    assert places["0001"].names["en"] == ("Republic of Tamland", "Tamland")
    assert places["0102"].names["en"] == ("Salby", "Fishertown")
    assert places["0023"].unnamed == ("en", "ru", "hy", "az")


def test_sides_and_how_sure_a_point_is(places: dict[str, Place]) -> None:
    assert (places["0020"].side, places["0102"].side) == ("XT", "XU")
    assert (places["0024"].side, places["0030"].side) == ("", ""), "the table names two countries"
    assert (places["0020"].uncertainty_m, places["0031"].uncertainty_m, places["0032"].uncertainty_m) == (2_000, 1_000, 1_000)
    assert places["0023"].uncertainty_m == 5_560, "written with one digit behind the point"


def test_bad_lines_are_told_one_by_one_with_their_numbers(run: Run, tmp_path: Path) -> None:
    rows = (HERE / "XT.txt").read_text(encoding="utf-8").splitlines()
    rows[6] = rows[6].rsplit("\t", 1)[0]
    rows[7] = rows[7].replace("-38.1541", "-138.1541")
    rows[8] = rows[8].replace("-22.2911", "")
    named = (HERE / "alternateNamesV2.txt").read_text(encoding="utf-8").splitlines()
    named[2] = "903\tTamland\tru\tТамланд"
    (tmp_path / "XT.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "names.txt").write_text("\n".join(named) + "\n", encoding="utf-8")
    code, out, err = run("pack", "build", tmp_path / "XT.txt", "--names", tmp_path / "names.txt", "--out", tmp_path / "banks", "--json")
    assert code == 0
    assert json.loads(out)["rows_refused"] == 4
    for told in ("line 7", "line 8", "line 9", "line 3", "18 columns", "is not on the Earth"):
        assert told in err


def test_many_places_get_an_index_and_are_found_through_it(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("merestone.capture.geonames_pack.INDEX_FROM", 10)
    code, out, err = run("pack", "build", *TABLES, "--out", tmp_path / "banks", *ASKED, *LANGUAGES, "--json")
    assert code == 0, err
    assert [Path(file).name for file in json.loads(out)["files"]] == ["pack.yaml", "places.csv", "places.index"]
    pack = load_pack(str(tmp_path / "banks"))
    assert isinstance(pack.places, IndexedPlaces)
    assert not {finding.code for finding in check(str(tmp_path / "banks")).findings} & {"index_differs", "old_index"}
    names = gazetteer(pack).names
    assert [found.ids for found in Scanner(names, "ru").scan("В Хвите, у Верхнего Бекка и под Свободным.")] == [
        ("gn-7000020",),
        ("gn-7000021",),
        ("gn-7000020",),
    ]
    with (tmp_path / "banks" / "places.csv").open("a", encoding="utf-8") as more:
        more.write("x,Xby,settlement,-38.1,-22.2,500,,,by hand,,?,?,?,?\n")
    assert run("pack", "check", tmp_path / "banks")[0] == 2
    assert run("pack", "index", tmp_path / "banks")[0] == 0
    assert len(load_pack(str(tmp_path / "banks")).places) == len(pack.places) + 1

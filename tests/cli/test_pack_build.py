"""`pack build`: an invented table of places and one of names become a pack that `pack check` takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from merestone.capture import load_pack
from merestone.capture.geonames import Wanted, near
from merestone.capture.pack import open_pack
from merestone.capture.terms import Pack
from tests.cli.conftest import Run

STATE, REGION, DISTRICT, TOWN, HAMLET, PASS, ABROAD = 10, 11, 12, 13, 14, 15, 20


def place(number: int, name: str, spot: str, feature: str, codes: str = "XA", others: str = "") -> str:
    """One row. `codes`: country, then those of the areas; `+XB` names a further country for it."""
    lat, lon = spot.split()
    kind, code = feature.split(".")
    held, _, also = codes.partition("+")
    country, *admin = held.split("/")
    areas = [*admin, "", "", "", ""][:4]
    return "\t".join(
        [str(number), name, name, others, lat, lon, kind, code, country, also, *areas, "0", "", "5", "Atlantic/Stanley", "2031-05-01"]
    )


def name(number: int, language: str, text: str, *marked: str) -> str:
    marks = ["1" if mark in marked else "" for mark in ("preferred", "short", "colloquial", "historic")]
    return "\t".join(["1", str(number), language, text, *marks, "", ""])


ROWS = [
    place(STATE, "Norland", "-34 -60", "A.PCLI", "XA/00"),
    place(REGION, "Upper Bank", "-34.10 -60.40", "A.ADM1", "XA/01"),
    place(DISTRICT, "Tarn District", "-34.12 -60.42", "A.ADM2", "XA/01/07"),
    place(TOWN, "Tarn", "-34.12345 -60.42345", "P.PPL", "XA/01/07", "Tarnholm,TRN,https://tarn.invalid,Vieux Tarn"),
    place(HAMLET, "Mill", "-34.5 -60.9", "P.PPL", "XA/01/07+XB"),
    place(PASS, "Goat Pass", "-34.2 -60.5", "T.PASS", "XA/01"),
    place(ABROAD, "Far", "-30.123 -50.456", "P.PPL", "XB/03"),
]
NAMES = [
    name(TOWN, "en", "Old Tarn", "historic"),
    name(TOWN, "en", "Tarn"),
    name(TOWN, "en", "Tarn-on-Bank", "preferred"),
    name(TOWN, "ru", "Тарн"),
    name(TOWN, "fr", "Vieux Tarn"),
    name(TOWN, "link", "https://tarn.invalid"),
    name(TOWN, "iata", "TARX9"),
    name(STATE, "en", "Norland"),
    name(99, "en", "Elsewhere"),
]


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path]:
    places, names = tmp_path / "XA.txt", tmp_path / "names.txt"
    places.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    names.write_text("\n".join(NAMES) + "\n", encoding="utf-8")
    return places, names


def built(run: Run, tables: tuple[Path, Path], out: Path, *more: object) -> Pack:
    code, _, err = run("pack", "build", tables[0], "--names", tables[1], "--out", out, "--language", "en", "--language", "ru", *more)
    assert code == 0, err
    opened = open_pack(str(out))
    assert opened.findings == ()
    return opened.pack


@pytest.mark.parametrize("out", ["banks", "banks.yaml"])
def test_a_table_becomes_a_pack(run: Run, tables: tuple[Path, Path], tmp_path: Path, out: str) -> None:
    pack = built(run, tables, tmp_path / out, "--country", "xa")
    by_id = {place.id: place for place in pack.places}
    assert set(by_id) == {f"gn-{number}" for number in (STATE, REGION, DISTRICT, TOWN, HAMLET)}
    town, hamlet, state = by_id["gn-13"], by_id["gn-14"], by_id["gn-10"]
    assert (town.name, town.level, town.lat, town.lon, town.within, town.side) == (
        "Tarn",
        "settlement",
        -34.12345,
        -60.42345,
        "gn-12",
        "XA",
    )
    assert town.names["en"] == ("Tarn-on-Bank", "Tarn", "Old Tarn")
    assert town.names["ru"] == ("Тарн",)
    assert town.names[""] == ("Vieux Tarn", "Tarnholm")
    assert "GeoNames" in town.origin
    assert hamlet.unnamed == ("en", "ru")
    assert hamlet.side == "", "the table names two countries"
    assert [by_id[f"gn-{number}"].within for number in (DISTRICT, REGION, STATE)] == ["gn-11", "gn-10", None]
    assert [by_id[f"gn-{number}"].level for number in (DISTRICT, REGION, STATE)] == ["district", "region", "country"]
    assert [(party.code, party.name) for party in pack.parties] == [("XA", "Norland")]
    assert "CC BY 4.0" in pack.attribution[0]
    assert "2031-05-01" in pack.attribution[0]
    assert pack.timezones == ("Atlantic/Stanley",)
    assert town.uncertainty_m == 2000
    assert hamlet.uncertainty_m == 5560, "written with one digit behind the point"
    assert state.uncertainty_m >= 300_000
    assert 60_000 <= by_id["gn-12"].uncertainty_m <= 62_000, "as far as the hamlet lies from its middle"


def test_what_it_makes_passes_the_check(run: Run, tables: tuple[Path, Path], tmp_path: Path) -> None:
    built(run, tables, tmp_path / "banks", "--country", "XA")
    code, out, _ = run("pack", "check", tmp_path / "banks", "--json")
    codes = {finding["code"] for finding in json.loads(out)["findings"]}
    assert code == 0
    assert codes <= {"no_period", "no_aliases", "party_unnamed"}, "what a person has to add, and nothing else"


def test_it_is_the_same_every_time(run: Run, tables: tuple[Path, Path], tmp_path: Path) -> None:
    built(run, tables, tmp_path / "one" / "banks")
    tables[0].write_text("\n".join(reversed(ROWS)) + "\n", encoding="utf-8")
    built(run, tables, tmp_path / "two" / "banks")
    for file in ("pack.yaml", "places.csv"):
        assert (tmp_path / "one" / "banks" / file).read_bytes() == (tmp_path / "two" / "banks" / file).read_bytes()


def test_area_class_and_country_choose_and_what_holds_a_place_comes_along(run: Run, tables: tuple[Path, Path], tmp_path: Path) -> None:
    def ids(out: str, *more: object) -> set[str]:
        return {place.id for place in built(run, tables, tmp_path / out, *more).places}

    assert ids("box", "--class", "P", "--box", -34.6, -61, -34.4, -60.8) == {"gn-14", "gn-12", "gn-11", "gn-10"}
    assert ids("pass", "--class", "T") == {"gn-15", "gn-11", "gn-10"}
    assert ids("abroad", "--country", "XB") == {"gn-20"}
    lines = tmp_path / "line.yaml"
    lines.write_text(
        "parties: [{code: XA, name: Norland}]\nlines: [{name: River, points: [[-34.0, -60.45], [-34.2, -60.45]]}]\n", encoding="utf-8"
    )
    near_it = ids("near", "--lines", lines, "--km", 10, "--class", "P", "--class", "T")
    assert {"gn-13", "gn-15"} <= near_it
    assert near_it.isdisjoint({"gn-14", "gn-20"})


def test_without_a_table_of_names_nothing_is_said_to_be_unknown(run: Run, tables: tuple[Path, Path], tmp_path: Path) -> None:
    assert run("pack", "build", tables[0], "--out", tmp_path / "banks", "--language", "ru")[0] == 0
    town = next(place for place in load_pack(str(tmp_path / "banks")).places if place.id == "gn-13")
    assert town.unnamed == ()
    assert town.names[""] == ("Tarnholm", "Vieux Tarn")


BAD = [
    "13\tTarn",
    place(30, "Nowhere", "95 10", "P.PPL"),
    place(31, "Words", "x y", "P.PPL"),
    place(32, "", "1 1", "P.PPL"),
    place(TOWN, "Tarn again", "1 1", "P.PPL"),
]


def test_bad_rows_are_counted_and_the_rest_is_done(run: Run, tables: tuple[Path, Path], tmp_path: Path) -> None:
    with tables[0].open("ab") as more:
        more.write("\n".join(BAD).encode() + b"\n\xff\xfe\n")
    code, out, err = run("pack", "build", tables[0], "--out", tmp_path / "banks", "--json")
    assert code == 0
    assert json.loads(out)["rows_refused"] == 6
    assert json.loads(out)["places"] == 6
    assert "line 8" in err
    assert "is not on the Earth" in err
    assert "the number 13 stands twice" in err
    assert run("pack", "build", tables[0], "--out", tmp_path / "strict", "--strict")[0] == 1


def test_where_no_place_is_found_nothing_is_written(run: Run, tables: tuple[Path, Path], tmp_path: Path) -> None:
    assert run("pack", "build", tables[0], "--out", tmp_path / "banks", "--country", "XC")[0] == 1
    assert run("pack", "build", tables[1], "--out", tmp_path / "banks")[0] == 1
    assert not (tmp_path / "banks").exists()


def test_what_is_there_is_not_touched(run: Run, tables: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "banks.yaml").write_text("mine", encoding="utf-8")
    code, _, err = run("pack", "build", tables[0], "--out", tmp_path / "banks.yaml")
    assert (code, (tmp_path / "banks.yaml").read_text(encoding="utf-8")) == (2, "mine")
    assert "[out_taken]" in err


@pytest.mark.parametrize(
    "more",
    [["--box", 1, 1, 0, 2], ["--box", "nan", 1, 2, 3], ["--km", 0], ["--lines", "nowhere"], ["--names", "gone.txt"]],
    ids=lambda each: " ".join(map(str, each)),
)
def test_what_cannot_start_ends_with_2(run: Run, tables: tuple[Path, Path], tmp_path: Path, more: list[object]) -> None:
    code, out, err = run("pack", "build", tables[0], "--out", tmp_path / "banks", *more)
    assert (code, out) == (2, "")
    assert err
    assert not (tmp_path / "banks").exists()


def test_a_pack_that_could_not_be_read_again_is_not_written(
    run: Run, tables: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("merestone.capture.geonames_pack.MAX_YAML", 1000)
    code, _, err = run("pack", "build", tables[0], "--out", tmp_path / "banks.yaml")
    assert (code, "[pack_too_large]" in err) == (2, True)
    assert not (tmp_path / "banks.yaml").exists()


@pytest.mark.parametrize(
    ("lat", "lon", "close"), [(0.0, 0.5, True), (0.08, 0.5, True), (0.1, 0.5, False), (0.0, 1.08, True), (0.0, -0.1, False)]
)
def test_how_near_a_line_is(lat: float, lon: float, close: bool) -> None:
    assert near(((0.0, 0.0), (0.0, 1.0)), (lat, lon), 10.0) is close


@pytest.mark.parametrize("lat", [-64.0, 0.0, 64.0])
def test_no_place_near_a_line_is_left_out_by_its_frame(lat: float) -> None:
    wanted = Wanted(lines=(((lat, 0.0), (lat + 1, 1.0)),), km=80.0)
    (south, west, north, east) = wanted.frames[0]
    spots = [(lat + a / 20, b / 20) for a in range(-60, 80) for b in range(-90, 110)]
    close = [spot for spot in spots if near(wanted.lines[0], spot, 80.0)]
    assert close
    assert all(south <= a <= north and west <= b <= east for a, b in close)
    assert len(close) < len(spots)

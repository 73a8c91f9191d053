"""A pack is opened by name, as a folder or as one file; what cannot be read is refused with where and what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from merestone.capture.pack import MAX_DEPTH, MAX_YAML, list_packs, load_pack, open_pack
from merestone.capture.pack_parse import UNCERTAINTY_M
from merestone.ledger.terms import Refusal

ONE_FILE = """
name: two-banks
title: Norland and Sarvia
period: {from: 2041-05-01, to: 2041-12-31}
timezones: America/Montevideo
parties:
  - {code: NO, name: Norland, aliases: {en: [Norland, Norlandish], es: Norlandia}}
  - {code: SV, name: Sarvia, aliases: [Sarvia, Sarvian]}
sources:
  - {name: Ministry of Defence of Norland, aliases: Norlandish Defence Ministry, kind: ministry, affiliation: NO, why: a ministry}
  - {name: Bank Watch, kind: civil_society, affiliation: none, aligned_with: SV, why: paid by one side}
places:
  - {name: Tarn, names: {en: [Tarn, Tarnholm]}, aliases: {es: Tarna}, level: town, lat: -34.0, lon: -60.4, within: Tarn District}
  - {name: Tarn District, level: district, lat: -34.1, lon: -60.4}
  - {name: Vell, level: settlement, lat: -34, lon: -59.6, approx: true}
  - {name: Vell, level: settlement, lat: -34.5, lon: -59.6, uncertainty_m: 500}
lines:
  - {name: River line, origin: the agreement's map, points: [[-33, -60], [-35, -60]]}
agreements:
  - {title: Bank statement, date: 2041-04-30, provisions: [{number: 1, text: Stop, kind: continuing, applies: {NO: applies, SV: contested}}]}
"""


def written(folder: Path, text: str, name: str = "pack.yaml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_party_may_be_aligned_with_another(tmp_path: Path) -> None:
    text = "parties: [{code: A}, {code: XB, name: Authorities of B, aligned_with: A, why: A supplies them}]\n"
    opened = open_pack(written(tmp_path, text))
    assert [(party.aligned_with, party.why) for party in opened.pack.parties] == [(None, ""), ("A", "A supplies them")]
    assert opened.findings == ()


def refused(path: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        load_pack(path)
    return caught.value


def test_one_file_is_a_pack(tmp_path: Path) -> None:
    opened = open_pack(written(tmp_path, ONE_FILE))
    pack = opened.pack
    assert opened.findings == ()
    assert (pack.name, pack.title, pack.period, pack.timezones) == (
        "two-banks", "Norland and Sarvia", ("2041-05-01", "2041-12-31"), ("America/Montevideo",),
    )  # fmt: skip
    assert pack.parties[0].code == "NO", "a word that YAML takes for a truth value stays a word"
    assert pack.parties[0].aliases == {"en": ("Norland", "Norlandish"), "es": ("Norlandia",)}
    assert pack.parties[1].aliases == {"": ("Sarvia", "Sarvian")}
    assert pack.sources[0].aliases == {"": ("Norlandish Defence Ministry",)}
    assert (pack.sources[1].affiliation, pack.sources[1].aligned_with) == ("none", "SV")
    tarn, district, vell, other = pack.places
    assert tarn.names == {"en": ("Tarn", "Tarnholm"), "es": ("Tarna",)}
    assert (tarn.level, tarn.within, tarn.uncertainty_m) == ("settlement", district.id, UNCERTAINTY_M["settlement"])
    assert (vell.uncertainty_m, vell.approx, other.uncertainty_m) == (8000, True, 500)
    assert len({place.id for place in pack.places}) == 4
    assert pack.lines[0].paths == (((-33.0, -60.0), (-35.0, -60.0)),)
    assert pack.agreements[0].provisions[0].applies == {"NO": "applies", "SV": "contested"}


def test_a_folder_says_the_same_as_one_file(tmp_path: Path) -> None:
    head, _, _ = ONE_FILE.partition("places:")
    folder = tmp_path / "banks"
    folder.mkdir()
    written(folder, head)
    written(
        folder,
        "id,name,level,lat,lon,names_en,names_es,within\ntarn,Tarn,town,-34,-60.4,Tarn; Tarnholm,Tarna,d\nd,Tarn District,district,-34.1,-60.4,,,\n",
        "places.csv",
    )
    line = {"type": "LineString", "coordinates": [[-60, -33], [-60, -35]]}
    land = {"type": "Polygon", "coordinates": [[[-61, -33], [-59, -33], [-59, -35], [-61, -33]]]}
    for name, properties, geometry in (
        ("lines.geojson", {"id": "l", "name": "River line", "kind": "ceasefire", "origin": "the agreement's map"}, line),
        ("shapes.geojson", {"kind": "land", "origin": "drawn"}, land),
    ):
        feature = {"type": "Feature", "properties": properties, "geometry": geometry}
        written(folder, json.dumps({"type": "FeatureCollection", "features": [feature]}), name)
    written(folder, "- {title: Bank statement, date: 2041-04-30, names: {en: Bank statement}}\n", "agreements.yaml")
    opened = open_pack(str(folder))
    assert opened.findings == ()
    assert [place.id for place in opened.pack.places] == ["tarn", "d"]
    assert opened.pack.places[0].names == {"en": ("Tarn", "Tarnholm"), "es": ("Tarna",)}
    assert opened.pack.lines[0].paths == (((-33.0, -60.0), (-35.0, -60.0)),)
    assert opened.pack.shapes[0].rings[0][0] == (-33.0, -61.0)
    assert opened.pack.agreements[0].names == {"en": ("Bank statement",)}


def test_the_digest_changes_with_any_file(tmp_path: Path) -> None:
    folder = tmp_path / "banks"
    folder.mkdir()
    written(folder, ONE_FILE)
    first = load_pack(str(folder)).digest
    assert first == load_pack(str(folder)).digest
    written(folder, "name,level,lat,lon\nDorne,town,-34,-60\n", "places.csv")
    assert load_pack(str(folder)).digest != first


def test_what_is_odd_is_found_and_not_refused(tmp_path: Path) -> None:
    odd = ONE_FILE.replace("title:", "colour: blue\ntitle:", 1).replace("kind: ministry", "kind: temple")
    opened = open_pack(written(tmp_path, odd))
    assert {finding.code for finding in opened.findings} == {"unknown_key", "unknown_kind"}
    assert opened.pack.sources[0].kind == "other"


def test_a_place_without_level_is_rough(tmp_path: Path) -> None:
    opened = open_pack(written(tmp_path, "parties: [{code: A}]\nplaces: [{name: Dorne, lat: 1, lon: 2}]\n"))
    assert [finding.code for finding in opened.findings] == ["no_level"]
    assert (opened.pack.places[0].approx, opened.pack.places[0].uncertainty_m) == (True, 8000)


def test_an_unknown_pack_is_refused_with_what_there_is(tmp_path: Path) -> None:
    refusal = refused(str(tmp_path / "nothing"))
    assert refusal.code == "pack_not_found"
    assert all(name in refusal.facts["there_is"] for name in list_packs())
    assert refused(str(tmp_path)).facts["found"] == "a folder without pack.yaml"


MALFORMED = {
    "not YAML": ("parties: [", "line 2"),
    "a list": ("- 1\n", "mapping"),
    "no party": ("name: x\n", "at least one party"),
    "a party without code": ("parties: [{name: Norland}]\n", "`code`"),
    "the same code twice": ("parties: [{code: A}, {code: A}]\n", "twice"),
    "a code that is markup": ("parties: [{code: '<b>'}]\n", "letters, digits"),
    "a code that means something else": ("parties: [{code: both}]\n", "means something else"),
    "a party aligned with itself": ("parties: [{code: A, aligned_with: A}]\n", "itself"),
    "a party aligned with none": ("parties: [{code: A}, {code: B, aligned_with: C}]\n", "no party"),
    "a chain of alignments": ("parties: [{code: A, aligned_with: B}, {code: B, aligned_with: C}, {code: C}]\n", "end"),
    "two parties aligned with each other": ("parties: [{code: A, aligned_with: B}, {code: B, aligned_with: A}]\n", "end"),
    "a key twice": ("name: a\nname: b\nparties: [{code: A}]\n", "twice"),
    "an alias": ("parties: &p [{code: A}]\nsources: *p\n", "aliases"),
    "a bomb of aliases": ("a: &a [x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n", "aliases"),
    "a tag that makes objects": ("parties: !!python/object/apply:os.system [ls]\n", "tag"),
    "nested too deeply": ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "deeply"),
    "a nest that would break the C stack": ("- " * 50_000, "deeply"),
    "a place without coordinates": ("parties: [{code: A}]\nplaces: [{name: Dorne, level: town}]\n", "`lat`"),
    "a coordinate that is no number": ("parties: [{code: A}]\nplaces: [{name: Dorne, level: town, lat: north, lon: 2}]\n", "not a number"),
    "a coordinate that is not finite": ("parties: [{code: A}]\nplaces: [{name: Dorne, level: town, lat: nan, lon: 2}]\n", "not a number"),
    "a coordinate off the Earth": ("parties: [{code: A}]\nplaces: [{name: Dorne, level: town, lat: 91, lon: 2}]\n", "Earth"),
    "no uncertainty at all": ("parties: [{code: A}]\nplaces: [{name: Dorne, level: town, lat: 1, lon: 2, uncertainty_m: 0}]\n", "above 0"),
    "a level nobody knows": ("parties: [{code: A}]\nplaces: [{name: Dorne, level: planet, lat: 1, lon: 2}]\n", "planet"),
    "an id twice": ("parties: [{code: A}]\nplaces: [{id: d, name: D, level: town, lat: 1, lon: 2}, {id: d, name: E, level: town, lat: 1, lon: 2}]\n", "twice"),
    "a line with one point": ("parties: [{code: A}]\nlines: [{name: L, points: [[1, 2]]}]\n", "two points"),
    "a flag that is neither": ("parties: [{code: A}]\nplaces: [{name: D, level: town, lat: 1, lon: 2, approx: perhaps}]\n", "neither"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", MALFORMED)
def test_a_malformed_pack_says_where_and_what(wrong: str, tmp_path: Path) -> None:
    text, said = MALFORMED[wrong]
    refusal = refused(written(tmp_path, text))
    assert refusal.code == "pack_malformed"
    assert refusal.facts["where"].startswith("pack.yaml")
    assert said in f"{refusal.facts['where']} {refusal.facts['what']}"


def test_what_is_not_text_or_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_bytes(b"name: \xff\xfe")
    assert "UTF-8" in refused(str(path)).facts["what"]
    path.write_bytes(b"#" * (MAX_YAML + 1))
    assert "bytes" in refused(str(path)).facts["what"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("places.csv", "name,level,lat,lon\nDorne,town,1\n"),
        ("places.csv", "name,level,lat,lon\nDorne,town,1,2,3\n"),
        ("places.csv", 'name,level,lat,lon\n"Dorne,town,1,2\n'),
        ("lines.geojson", "{"),
        ("lines.geojson", "[]"),
        ("lines.geojson", '{"features": [{"geometry": null}]}'),
        ("shapes.geojson", '{"features": [{"properties": {"kind": "land"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}'),
        (
            "shapes.geojson",
            '{"features": [{"properties": {"kind": "sky"}, "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}}]}',
        ),
        ("agreements.yaml", "- {date: 2041-01-01}\n"),
    ],
)
def test_a_malformed_table_is_refused(name: str, text: str, tmp_path: Path) -> None:
    written(tmp_path, "parties: [{code: A}]\n")
    written(tmp_path, text, name)
    assert refused(str(tmp_path)).code == "pack_malformed"

"""The teaching pack is balanced and whole: both parties as many sources, names and claims, every quote in its document."""

from __future__ import annotations

import math
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import shapely

from merestone.capture.pack import open_pack
from merestone.extract.terms import (
    GROUPS,
    KINDS,
    OUTCOMES,
    PRECISIONS,
    REALISED,
    ROLES,
    STANCES,
    STATEMENTS,
    TARGETS,
    WEAPONS,
)
from tests.teaching.expectation import DOCUMENTS, FOLDER, claims, corpora, documents, expected, find, manifest, places, told, write_gold
from tests.teaching.make_documents import build
from tests.teaching.plain_texts import plain_texts

OPENED = open_pack("teaching")
PACK = OPENED.pack
SWAP = {"VE": "OR", "OR": "VE"}
LANGUAGES = ("en", "ru", "hy", "az")
LADDER = {"acknowledged", "corroborated", "reported by both", "reported"}
POINTS = {"that", "who", "where", "when", "how_many"}


def swapped(code: str) -> str:
    return SWAP.get(code, code)


# --- the pack -----------------------------------------------------------------------------------------------------


def test_the_pack_is_read_without_a_finding() -> None:
    assert OPENED.findings == ()


def test_both_parties_have_as_many_sources_of_every_kind() -> None:
    by = {code: Counter(source.kind for source in PACK.sources if source.affiliation == code) for code in SWAP}
    assert by["VE"] == by["OR"]
    assert sum(by["VE"].values()) >= 12
    assert all(source.why for source in PACK.sources)
    aligned = Counter(source.aligned_with for source in (*PACK.sources, *PACK.parties) if source.aligned_with)
    assert aligned["VE"] == aligned["OR"]


def test_both_parties_have_as_many_names() -> None:
    names = {party.code: sum(map(len, party.aliases.values())) for party in PACK.parties}
    assert names["VE"] == names["OR"]
    aliases = {code: sum(len(n) for s in PACK.sources if s.affiliation == code for n in s.aliases.values()) for code in SWAP}
    assert aliases["VE"] == aliases["OR"]


def test_both_parties_have_as_many_places_of_every_level() -> None:
    by = {code: Counter(place.level for place in PACK.places if place.side == code) for code in SWAP}
    assert by["VE"] == by["OR"]
    assert 40 <= len(PACK.places) <= 70


def test_every_place_has_its_name_in_both_traditions() -> None:
    for place in PACK.places:
        assert place.names["qve"], place.id
        assert place.names["qor"], place.id


def test_no_name_stands_for_two_places() -> None:
    # A district may be called like its town: the level tells them apart.
    seen: dict[tuple[str, bool], str] = {}
    for place in PACK.places:
        for name in {name.casefold() for names in place.names.values() for name in names} | {place.name.casefold()}:
            key = (name, place.level == "settlement")
            assert seen.setdefault(key, place.id) == place.id, name


def test_the_map_lies_in_the_open_sea_and_holds_its_places() -> None:
    island = max(
        (shapely.Polygon([(lon, lat) for lat, lon in shape.rings[0]]) for shape in PACK.shapes if shape.kind == "land"),
        key=lambda p: p.area,
    )
    west, south, east, north = island.bounds
    # No real land lies within 300 km of this box.
    assert -25 < west < east < -19
    assert -40 < south < north < -36
    lakes = [shapely.Polygon([(lon, lat) for lat, lon in shape.rings[0]]) for shape in PACK.shapes if shape.kind == "lake"]
    assert len(lakes) >= 2
    assert all(island.contains(lake) for lake in lakes)
    for place in PACK.places:
        point = shapely.Point(place.lon, place.lat)
        assert island.contains(point), place.id
        if place.level == "settlement":
            assert not any(lake.contains(point) for lake in lakes), place.id


def test_three_lines_disagree_and_each_has_its_origin() -> None:
    assert len(PACK.lines) == 3
    assert all(line.origin for line in PACK.lines)
    by = {line.id: shapely.LineString([(lon, lat) for lat, lon in line.paths[0]]) for line in PACK.lines}
    agreed = by["agreed-2031"]
    for name in ("veldarian-map-2030", "orsayan-map-2030"):
        assert agreed.hausdorff_distance(by[name]) > 0.05  # degrees: they differ by kilometres
    for place in PACK.places:
        if place.level == "settlement" and place.side:
            nearest = agreed.interpolate(agreed.project(shapely.Point(place.lon, place.lat)))
            assert (place.lon < nearest.x) == (place.side == "VE"), place.id


def test_the_agreement_applies_alike_to_both() -> None:
    agreement, *versions = PACK.agreements
    assert len(agreement.provisions) == 8
    for provision in agreement.provisions:
        assert provision.applies["VE"] == provision.applies["OR"]
    assert [version.of for version in versions] == [agreement.id] * 2, "one of either side"


# --- the documents ------------------------------------------------------------------------------------------------


def test_the_made_documents_are_what_the_script_makes() -> None:
    for name, content in build().items():
        assert (DOCUMENTS / name).read_bytes() == content, name


def test_every_file_is_listed_and_every_listed_file_is_there() -> None:
    alone = {path.name for path in corpora()} | {"manifest.csv"}
    assert {path.name for path in DOCUMENTS.iterdir()} - alone == set(manifest())
    assert {entry["path"] for entry in expected()["documents"]} | {entry["path"] for entry in expected()["refusals"]} == set(
        manifest()
    ) | alone - {"manifest.csv"}
    for entry in expected()["documents"]:
        assert told()[entry["id"]]["publisher"] == entry["publisher"]
    assert {entry["path"] for entry in expected()["refusals"]} <= set(manifest())
    assert all("example.org" in row["url"] for row in manifest().values() if row["url"])


def test_every_quote_stands_in_its_document() -> None:
    texts = plain_texts()
    for document in documents():
        text = texts[document["id"]]
        for key in ("claims", "statements", "appeals", "responses"):
            for entry in document.get(key, []):
                assert find(entry["quote"], text), f"{document['id']}: {entry['quote']}"
        for name in document.get("signatories", []):
            assert name in text
        for claim in document["claims"]:
            assert all(find(place["text"], text) for place in claim["where"]), claim["quote"]


def test_quotes_of_a_document_come_in_the_order_of_its_text() -> None:
    texts = plain_texts()
    for document in documents():
        starts = [span[0] for claim in document["claims"] if (span := find(claim["quote"], texts[document["id"]]))]
        assert starts == sorted(starts), document["id"]


def test_every_language_is_written_in_every_format_by_everybody() -> None:
    kind = {source.name: (source.kind, source.affiliation) for source in PACK.sources}
    for language in LANGUAGES[1:]:
        ours = [document for document in documents() if told()[document["id"]]["language"] == language]
        assert {Path(document["path"]).suffix for document in ours} == {".txt", ".md", ".html", ".eml", ".docx", ".pdf", ".jsonl"}
        told_by = Counter(kind[document["publisher"]] for document in ours)
        assert any(side == "none" for _, side in told_by)
        for code in SWAP:
            assert told_by["ministry", code] + told_by["armed_forces", code] >= 1
            assert told_by["ombudsperson", code] >= 1
            assert any("repeats" in document for document in ours if _side(document["publisher"]) == code)
    assert {row["language"] for row in told().values()} == set(LANGUAGES)


def test_residents_of_both_sides_speak_as_often_in_every_language() -> None:
    for language in LANGUAGES:
        heard = Counter(
            _resident(name)
            for identity, claim in claims()
            if told()[identity]["language"] == language
            for name in claim["said_by"]
            if name.startswith("resident")
        )
        assert heard["VE"] == heard["OR"] >= 1


# --- the expectation ----------------------------------------------------------------------------------------------


def test_the_expectation_uses_the_vocabulary() -> None:
    codes = {party.code for party in PACK.parties}
    known = {source.name for source in PACK.sources}
    for identity, claim in claims():
        where = f"{identity}#{claim['id']}"
        assert (claim["kind"], claim["stance"], claim["realised"]) in product(KINDS, STANCES, REALISED), where
        assert claim["initiator"] in codes | {"unknown", "none", "both"}, where
        assert claim["target"]["party"] in codes | {"unknown", "none", "both"}, where
        assert claim["target"]["what"] in TARGETS, where
        assert claim["when"]["precision"] in PRECISIONS, where
        assert claim["when"]["from"] <= claim["when"]["to"], where
        assert set(claim["weapons"]) <= set(WEAPONS), where
        assert all(place["role"] in ROLES and place["place"] in places() for place in claim["where"]), where
        assert all(figure["outcome"] in OUTCOMES and figure["group"] in GROUPS for figure in claim["casualties"]), where
        assert all(name in known or name.startswith("resident") for name in claim["said_by"]), where
        assert (claim["incident"] is None) == ("pattern" in claim), where
    for document in documents():
        assert all(entry["type"] in STATEMENTS for entry in document.get("statements", []))


def test_an_admission_is_of_ones_own_side() -> None:
    affiliation = {source.name: source.affiliation for source in PACK.sources}
    admissions = [claim for _, claim in claims() if claim["stance"] == "admits"]
    assert len(admissions) >= 4
    for claim in admissions:
        assert affiliation[claim["said_by"][-1]] == claim["initiator"]


def test_incidents_and_patterns_are_those_of_the_claims() -> None:
    assert {claim["incident"] for _, claim in claims() if claim["incident"]} == set(expected()["incidents"])
    assert {claim["pattern"] for _, claim in claims() if "pattern" in claim} == set(expected()["patterns"])
    for name, incident in expected()["incidents"].items():
        assert incident["grade"] in LADDER, name
        assert set(incident["contested"]) <= POINTS, name


def test_a_copy_says_what_its_original_says() -> None:
    """A reprint may leave claims out and adds none but on the ceasefire; a translation has them all, in the same order."""
    by = {document["id"]: document for document in documents()}
    for document in by.values():
        if "repeats" in document:
            original = list(map(_meaning, by[document["repeats"]]["claims"]))
            assert all(_meaning(claim) in original or claim["kind"] == "ceasefire_agreed" for claim in document["claims"]), document["id"]
        if "translates" in document:
            assert list(map(_meaning, document["claims"])) == list(map(_meaning, by[document["translates"]]["claims"])), document["id"]
            assert told()[document["id"]]["language"] != told()[document["translates"]]["language"]
    assert {key: sum(key in document for document in by.values()) for key in ("repeats", "translates")} == {"repeats": 10, "translates": 4}


def _meaning(claim: dict[str, Any]) -> tuple[Any, ...]:
    """All that is asked of a claim but its words and whose words they are."""
    slots = ("kind", "stance", "realised", "initiator", "target", "when", "weapons", "casualties", "incident")
    return *(claim[slot] for slot in slots), {(place["place"], place["role"]) for place in claim["where"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_expected_of_one_party_is_expected_of_the_other(language: str) -> None:
    ours = [document for document in documents() if told()[document["id"]]["language"] == language]
    said: Counter[tuple[str, ...]] = Counter()
    figures: Counter[tuple[str, ...]] = Counter()
    for claim in (claim for document in ours for claim in document["claims"]):
        said[claim["kind"], claim["stance"], claim["initiator"], claim["target"]["party"], claim["target"]["what"]] += 1
        figures.update((figure["outcome"], figure["group"], figure["party"]) for figure in claim["casualties"])
    exchanged = Counter({(kind, stance, swapped(by), swapped(party), what): n for (kind, stance, by, party, what), n in said.items()})
    assert said == exchanged
    assert figures == Counter({(outcome, group, swapped(party)): n for (outcome, group, party), n in figures.items()})
    statements = Counter((entry["type"], entry["party"]) for document in ours for entry in document.get("statements", []))
    assert statements == Counter({(kind, swapped(party)): n for (kind, party), n in statements.items()})


def test_as_many_incidents_rest_on_one_party_alone_as_on_the_other() -> None:
    grades = Counter((incident["grade"], tuple(incident["voices"])) for incident in expected()["incidents"].values())
    assert grades["reported", ("VE",)] == grades["reported", ("OR",)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_opposite_documents_come_in_pairs_of_like_length(language: str) -> None:
    within = [document for document in documents() if told()[document["id"]]["language"] == language]
    ours = [document for document in within if _side(document["publisher"]) in SWAP]
    texts = plain_texts()
    count = Counter(_side(document["publisher"]) for document in ours)
    words = {code: sum(len(texts[d["id"]].split()) for d in ours if _side(d["publisher"]) == code) for code in SWAP}
    assert count["VE"] == count["OR"] >= 3
    assert math.isclose(words["VE"], words["OR"], rel_tol=0.06), words


def _side(publisher: str) -> str:
    return next(source.affiliation for source in PACK.sources if source.name == publisher)


def test_the_grades_follow_from_the_claims_by_the_ladder() -> None:
    """Domain rule, worked out here from the expected claims alone, so that expectation and rule cannot drift apart."""
    affiliation = {source.name: source.affiliation for source in PACK.sources}
    for name, incident in expected()["incidents"].items():
        about = [claim for _, claim in claims() if claim["incident"] == name]
        heard = {affiliation.get(claim["said_by"][0]) or _resident(claim["said_by"][0]) for claim in about if claim["stance"] != "denies"}
        neutral = {claim["said_by"][0] for claim in about if affiliation.get(claim["said_by"][0]) == "none"}
        if any(claim["stance"] == "admits" for claim in about):
            grade = "acknowledged"
        elif neutral and len((heard - {"none"}) | neutral) >= 2:
            grade = "corroborated"
        elif {"VE", "OR"} <= heard:
            grade = "reported by both"
        else:
            grade = "reported"
        assert grade == incident["grade"], name
        assert set(incident["voices"]) == (heard - {"none"}) | neutral, name


def _resident(name: str) -> str:
    place = name.rpartition(" of ")[2]
    return next(row["side"] for row in places().values() if row["name"] == place)


def test_the_expectation_can_be_written_as_gold(tmp_path: Path) -> None:
    texts = plain_texts()
    published = dict.fromkeys(texts, "2031-05-20")
    assert write_gold(tmp_path, texts, published) == len(list(tmp_path.glob("*.yaml"))) == len(documents())


@pytest.mark.parametrize("name", ["expected.yaml", "pack.yaml", "agreements.yaml"])
def test_no_word_of_ours_is_one_that_we_do_not_use(name: str) -> None:
    words = (FOLDER / name).read_text(encoding="utf-8").casefold()
    assert not [word for word in ("terrorist", "enemy", "violation") if word in words]

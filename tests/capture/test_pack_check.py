"""What `pack check` finds, and that it asks every party the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from merestone.capture.pack import list_packs, load_pack, open_pack
from merestone.capture.pack_check import check, check_pack, told
from merestone.capture.parity import Named
from merestone.capture.terms import Agreement, Applying, Line, Pack, Party, Place, Provision, Said, Shape, Source, Step, Touching

PACK = Pack(
    name="two-banks",
    title="Norland and Sarvia",
    period=("2041-01-01", "2041-12-31"),
    timezones=("UTC",),
    parties=(Party("NL", "Norland", {"en": ("Norland",)}), Party("SV", "Sarvia", {"en": ("Sarvia",)})),
    sources=(
        Source("Ministry of Norland", {}, "ministry", "NL", None, "a ministry"),
        Source("Ministry of Sarvia", {}, "ministry", "SV", None, "a ministry"),
    ),
    places=(
        Place("d", "Tarn District", {"en": ("Tarn District",)}, "district", -34.0, -60.4, 20_000, None, "NL", "drawn"),
        Place("t", "Tarn", {"en": ("Tarn",)}, "settlement", -34.0, -60.5, 2_000, "d", "NL", "drawn"),
        Place("v", "Vell", {"en": ("Vell",)}, "settlement", -34.0, -59.5, 2_000, None, "SV", "drawn"),
    ),
    lines=(Line("l", "Line", "ceasefire", "drawn", (((-33.0, -60.0), (-35.0, -60.0)),)),),
    shapes=(Shape("land", "", "drawn", (((-33.0, -61.0), (-33.0, -59.0), (-35.0, -59.0), (-35.0, -61.0)),)),),
    agreements=(Agreement("a", "Statement", "2041-01-01", "en", {}, (Provision("1", "Stop", "continuing", {"NL": "applies"}),), "drawn"),),
)


def codes(pack: Pack) -> set[str]:
    return {finding.code for finding in check_pack(pack).findings}


def place(number: int, **changed: object) -> Pack:
    places = list(PACK.places)
    places[number] = replace(places[number], **changed)
    return replace(PACK, places=tuple(places))


def point(**changed: object) -> Pack:
    """The pack with its one point of an agreement changed."""
    agreement = PACK.agreements[0]
    return replace(PACK, agreements=(replace(agreement, provisions=(replace(agreement.provisions[0], **changed),)),))  # type: ignore[arg-type]


def source(**changed: object) -> Pack:
    return replace(PACK, sources=(replace(PACK.sources[0], **changed), PACK.sources[1]))


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert check_pack(PACK).findings == ()


WRONG = {
    "no_period": replace(PACK, period=("", "")),
    "unknown_timezone": replace(PACK, timezones=("Mars/Olympus",)),
    "no_aliases": replace(PACK, parties=(replace(PACK.parties[0], aliases={}), replace(PACK.parties[1], aliases={}))),
    "party_unnamed": replace(PACK, parties=(replace(PACK.parties[0], aliases={"en": ("Norland",), "es": ("Norlandia",)}), PACK.parties[1])),
    "shared_alias": replace(PACK, parties=(PACK.parties[0], replace(PACK.parties[1], aliases={"en": ("Sarvia", "NORLAND")}))),
    "unknown_affiliation": source(affiliation="XX"),
    "unknown_alignment": source(aligned_with="XX"),
    "no_why": source(why=""),
    "source_unnamed": source(aliases={"en": ("The Ministry",)}),
    "duplicate_id": replace(PACK, lines=PACK.lines * 2),
    "unequal_sources": replace(PACK, sources=(*PACK.sources, Source("Court of Norland", {}, "government", "NL", None, "a court"))),
    "unknown_side": place(0, side="XX"),
    "no_origin": place(1, origin=""),
    "outside": place(2, lat=34.0),
    "unknown_within": place(1, within="nowhere"),
    "off_district": place(1, lon=-60.9),
    "duplicate_place": replace(PACK, places=(*PACK.places, replace(PACK.places[1], id="t2"))),
    "names_missing": place(2, names={}),
    "unknown_kind": replace(PACK, agreements=(replace(PACK.agreements[0], provisions=(Provision("1", "Stop", "forever"),)),)),
    "unknown_agreement": replace(PACK, agreements=(replace(PACK.agreements[0], of="b"),)),
    "unknown_said": point(said=(Said("A ministry", "XX", "2041-01-02", "done", "a newspaper"),)),
    "bad_date": point(since="May"),
    "unknown_place": point(touching=(Touching(("shelling",), "so", ("nowhere",)),)),
    "unknown_applies": replace(PACK, agreements=(replace(PACK.agreements[0], provisions=(Provision("1", "Stop", "level", {"XX": "perhaps"}),)),)),
}  # fmt: skip


@pytest.mark.parametrize("code", WRONG)
def test_each_way_of_being_wrong_has_its_finding(code: str) -> None:
    assert codes(WRONG[code]) == {code}


def test_a_kind_of_claim_that_there_is_not_is_found_where_somebody_knows_them() -> None:
    wrong = point(steps=(Step("Tarn", "2041-02-01", kinds=("withdrawl",)),))
    assert [each.code for each in check_pack(wrong, kinds=("withdrawal",)).findings] == ["unknown_kind"]
    assert check_pack(wrong).findings == ()


def test_a_reading_without_a_source_is_found() -> None:
    assert codes(point(readings=(Applying("NL", "contested", "It ends at the river.", ""),))) == {"no_origin"}


def test_tallies_stand_side_by_side() -> None:
    checked = check_pack(PACK)
    assert [(tally.party, tally.places, tally.median_uncertainty_m) for tally in checked.tallies] == [("NL", 2, 11_000), ("SV", 1, 2_000)]
    assert checked.tallies[0].named == (Named("en", own=2, transliterated=0, matched=0, unknown=0, missing=0),)
    lines = told(checked)
    assert "NL: 2 places; median uncertainty 11 km" in lines
    assert "  en: 100% own" in lines
    assert "  sources 1: ministry 1" in lines


def test_an_alignment_says_why_and_is_printed() -> None:
    third = Party("XT", "Valley Assembly", {"en": ("Valley Assembly",)}, aligned_with="SV", why="Sarvia supplies it")
    wide = replace(PACK, parties=(*PACK.parties, third))
    assert codes(wide) == set()
    assert "  aligned with SV: Sarvia supplies it" in told(check_pack(wide))
    assert codes(replace(PACK, parties=(*PACK.parties, replace(third, why="")))) == {"no_why"}


def exchanged(pack: Pack) -> Pack:
    other = {"NL": "SV", "SV": "NL", "": ""}
    return replace(
        pack,
        parties=tuple(replace(party, code=other[party.code]) for party in pack.parties),
        sources=tuple(replace(each, affiliation=other.get(each.affiliation, each.affiliation)) for each in pack.sources),
        places=tuple(replace(each, side=other.get(each.side, each.side)) for each in pack.places),
    )


@pytest.mark.parametrize("code", WRONG)
def test_exchanging_the_parties_finds_the_same(code: str) -> None:
    assert codes(exchanged(WRONG[code])) == {code}


@pytest.mark.parametrize("name", list_packs())
def test_a_shipped_pack_is_whole(name: str) -> None:
    """Every coordinate and line has its origin, every source its reason, and no side more sources of a kind than another."""
    allowed = {"names_missing", "duplicate_place", "off_district", "party_unnamed", "source_unnamed", "namesakes"}
    assert {finding.code for finding in check(name).findings} <= allowed


@pytest.mark.parametrize("name", list_packs())
def test_the_places_of_a_shipped_pack_are_honest(name: str) -> None:
    pack = load_pack(name)
    assert len(pack.places) > 50
    for each in pack.places:
        assert each.uncertainty_m >= 500, each.id
        assert each.names or each.name
    assert all(line.origin for line in pack.lines)
    assert {shape.kind for shape in pack.shapes} <= {"land", "lake"}


def test_a_pack_that_cannot_be_opened_is_refused_by_check_too(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("parties: [{code: A, name: A, extra: 1}]\n", encoding="utf-8")
    assert "unknown_key" in {finding.code for finding in check(str(path)).findings}
    assert open_pack(str(path)).pack.parties[0].code == "A"

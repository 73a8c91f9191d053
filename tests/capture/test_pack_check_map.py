"""What `pack check` finds on the map: strays, namesakes, lines that cross; and names that two sides share or one side lacks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from merestone.capture.pack_check import check_pack
from merestone.capture.terms import Line, Pack, Party, Place, Source
from tests.capture.test_pack_check import PACK, exchanged

WIDE = replace(PACK, shapes=())


def town(ident: str, name: str, spot: tuple[float, float], within: str | None = "d", side: str = "NL") -> Place:
    return Place(ident, name, {"en": (name,)}, "settlement", *spot, 2_000, within, side, "drawn")


def with_places(*places: Place) -> Pack:
    return replace(WIDE, places=(*PACK.places, *places))


def drawn(*lines: tuple[str, str, str, tuple[tuple[float, float], ...]]) -> Pack:
    return replace(WIDE, lines=tuple(Line(ident, ident, kind, origin, (path,)) for ident, kind, origin, path in lines))


STRAIGHT, ACROSS = ((-33.0, -60.0), (-35.0, -60.0)), ((-34.0, -61.0), (-34.0, -59.0))
LOOP = ((-33.0, -60.0), (-34.0, -60.0), (-34.0, -59.5), (-33.5, -59.5), (-33.5, -60.5))
DISTRICT = [town(f"t{number}", f"Ash {number}", (-34.0, -60.6 + number / 100)) for number in range(5)]
BROAD = replace(PACK.places[0], uncertainty_m=40_000)
FEW, MANY = ("Norland",), ("Sarvia", "Sarvian", "Sarvians")


def parties(**changed: tuple[str, ...]) -> Pack:
    return replace(WIDE, parties=tuple(replace(party, aliases={"en": changed[party.code]}) for party in PACK.parties))


def said(name: str, affiliation: str) -> Pack:
    return replace(
        WIDE,
        sources=tuple(
            replace(each, aliases={"en": (name,)} if each.affiliation == affiliation else {"en": (each.name,)}) for each in PACK.sources
        ),
    )


FOUND: dict[str, tuple[str, Pack, str]] = {
    "far from all others": ("far_from_district", replace(WIDE, places=(BROAD, *PACK.places[2:], *DISTRICT, town("stray", "Stray", (-34.0, -59.99)))), "place stray"),
    "one name twice in a district": ("namesakes", with_places(town("a", "Mill", (-34.0, -60.3)), town("b", "Mill", (-34.0, -60.55))), "name mill"),
    "one name twice in none": (
        "namesakes", with_places(town("a", "Mill", (-34.0, -60.0), None), town("b", "Mill", (-33.0, -60.0), None)), "name mill",
    ),
    "another name of one": (
        "namesakes", with_places(town("a", "Mill", (-34.0, -60.3)), replace(town("b", "Moulin", (-34.0, -60.55)), names={"en": ("Moulin", "Mill")})), "name mill",
    ),
    "a line over itself": ("crosses_itself", drawn(("l", "ceasefire", "annex", LOOP)), "line l"),
    "a line over another of its origin": ("lines_cross", drawn(("l", "ceasefire", "annex", STRAIGHT), ("m", "ceasefire", "annex", ACROSS)), "line l"),
    "a source with the name of the other party": ("shared_alias", said("Sarvia", "NL"), "source Ministry of Norland"),
    "a party with few names": ("fewer_names", parties(NL=FEW, SV=MANY), "language en"),
}  # fmt: skip
QUIET: dict[str, Pack] = {
    "namesakes in different districts": with_places(
        replace(PACK.places[0], id="e", name="Vell District", names={"en": ("Vell District",)}, lon=-59.6),
        town("a", "Mill", (-34.0, -60.3)),
        town("b", "Mill", (-34.0, -59.6), "e"),
    ),
    "namesakes that are one spot": with_places(town("a", "Mill", (-34.0, -60.30)), town("b", "Mill", (-34.0, -60.35))),
    "a district and its town": with_places(town("a", "Tarn District", (-34.0, -60.35))),
    "a few far from each other": with_places(town("a", "Ash", (-34.0, -60.39)), town("b", "Elm", (-34.1, -60.2))),
    "lines of two origins that disagree": drawn(("l", "ceasefire", "annex", STRAIGHT), ("m", "ceasefire", "a map", ACROSS)),
    "lines of two kinds": drawn(("l", "ceasefire", "annex", STRAIGHT), ("m", "boundary", "annex", ACROSS)),
    "lines that touch": drawn(("l", "ceasefire", "annex", STRAIGHT), ("m", "ceasefire", "annex", ((-35.0, -60.0), (-35.0, -59.0)))),
    "a source with the name of its own party": said("Norland", "NL"),
    "nearly as many names": parties(NL=("Norland", "Norlandish"), SV=MANY),
    "an aligned party with few": replace(
        WIDE,
        parties=(
            *parties(NL=("Norland", "Norlandish", "Norlanders"), SV=MANY).parties,
            Party("XT", "T", {"en": ("T",)}, None, "SV", "supplied"),
        ),
    ),
}


def findings(pack: Pack) -> list[tuple[str, str]]:
    return [(finding.code, finding.where) for finding in check_pack(pack).findings]


@pytest.mark.parametrize("name", FOUND)
def test_it_is_found(name: str) -> None:
    code, pack, where = FOUND[name]
    assert findings(pack) == [(code, where)]


@pytest.mark.parametrize("name", QUIET)
def test_it_is_not_found(name: str) -> None:
    assert findings(QUIET[name]) == []


@pytest.mark.parametrize("name", FOUND)
def test_it_is_found_of_the_other_party_too(name: str) -> None:
    code, pack, where = FOUND[name]
    assert findings(exchanged(pack)) == [(code, where)]


def test_the_other_party_with_few_names_is_found_too() -> None:
    assert findings(parties(NL=MANY, SV=FEW)) == [("fewer_names", "language en")]


def test_the_other_source_is_found_too() -> None:
    assert findings(said("Norland", "SV")) == [("shared_alias", "source Ministry of Sarvia")]


def test_lines_that_only_their_frames_share_do_not_cross() -> None:
    bent = ((-33.0, -60.0), (-33.0, -59.0), (-35.0, -59.0))
    assert findings(drawn(("l", "ceasefire", "annex", bent), ("m", "ceasefire", "annex", ((-34.0, -59.5), (-34.5, -59.4))))) == []


def test_a_source_of_nobody_may_not_bear_a_party_s_name() -> None:
    both = (*PACK.sources, Source("Press", {"en": ("Sarvia",)}, "media", "none", None, "nobody's"))
    assert ("shared_alias", "source Press") in findings(replace(WIDE, sources=both))

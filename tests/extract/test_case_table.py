"""The table of cases for kinds: words of the guide, enough of every kind, and no party oftener doer, victim, admitting or denying."""

from __future__ import annotations

from collections import Counter

from merestone.extract.terms import KINDS, OUTCOMES, PRECISIONS, STANCES, TARGETS, WEAPONS
from tests.extract.test_cases import cases, doers_and_hit, packs

TRAPS = "traps"
FREQUENT = (
    "small_arms_fire", "shelling", "casualty", "detention", "advance", "position_held", "armed_clash", "ground_attack", "ceasefire_agreed",
    "calm", "property_damage", "movement_restricted",
)  # fmt: skip


def test_ids_and_texts_stand_once_and_words_are_those_of_the_guide() -> None:
    assert max(Counter(case.id for case in cases()).values()) == 1
    assert max(Counter(case.text for case in cases()).values()) == 1
    for case in cases():
        assert set(case.may) <= set(KINDS), case.id
        codes = {party.code for party in packs()[case.pack].parties}
        names = {place.name for place in packs()[case.pack].places}
        for claim in case.claims:
            assert claim["kind"] in KINDS, case.id
            assert claim.get("stance", "asserts") in STANCES, case.id
            assert claim.get("what", "none") in TARGETS, case.id
            assert {claim.get("initiator", "none"), claim.get("target", "none")} <= codes | {"none", "both", "unknown"}, case.id
            assert set(claim.get("weapons", ())) <= set(WEAPONS), case.id
            assert {each[0] for each in claim.get("casualties", ())} <= set(OUTCOMES), case.id
            assert str(claim.get("when", ["unknown"])[-1]) in PRECISIONS, case.id
            for place in claim.get("where", ()):
                assert place.rpartition(":")[2].rpartition(" of ")[2] in names, case.id


def test_there_are_enough_cases_of_every_kind() -> None:
    kinds = Counter(claim["kind"] for case in cases() for claim in case.claims)
    assert {kind for kind in KINDS if kinds[kind] < (12 if kind in FREQUENT else 6)} == set()
    assert len([case for case in cases() if case.group == TRAPS and not case.claims]) >= 40
    assert len(cases()) >= 240


def test_each_party_of_a_pack_does_and_suffers_admits_and_denies_as_often() -> None:
    count = Counter(doers_and_hit())
    for name, pack in packs().items():
        codes = [party.code for party in pack.parties]
        for role, apart in (("initiator", 4), ("target", 4), ("admits", 2), ("denies", 2)):
            often = [count[role, code] for code in codes]
            assert min(often) >= 2, (name, role)
            assert max(often) - min(often) <= apart, (name, role, often)


def test_all_four_ways_of_saying_stand_in_the_table() -> None:
    """A party asserts what the other did, denies and admits what it did itself; and somebody denies what others did."""
    said = Counter(claim.get("stance", "asserts") for case in cases() for claim in case.claims)
    realised = Counter(claim["realised"] for case in cases() for claim in case.claims if "realised" in claim)
    assert min(said[stance] for stance in STANCES) >= 20
    assert min(realised[way] for way in ("attempted", "announced")) >= 4

"""The balance between the sides and the effort: counted right, and the same with the parties exchanged."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from merestone.capture.terms import Known, Pack, Unknown
from merestone.report.terms import RECORDED, Edition
from merestone.web.balance import NONE, OTHER, Balance, Decided, Row, Sides, balance, columns_of
from merestone.web.effort import LATEST, Arrived, Effort, Field, effort
from merestone.web.house import House

SWAP = {"VE": "OR", "OR": "VE"}


def exchanged(value: Any) -> Any:
    """The same with the codes of the two parties exchanged wherever they stand."""
    if isinstance(value, str):
        return SWAP.get(value, value)
    if isinstance(value, tuple):
        return tuple(exchanged(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: exchanged(getattr(value, each.name)) for each in fields(value)})
    return value


@pytest.fixture(scope="module")
def pack(house: House) -> Pack:
    return house.pack()


@pytest.fixture(scope="module")
def edition(house: House) -> Edition:
    return house.sight().edition


@pytest.fixture(scope="module")
def decided(edition: Edition) -> tuple[Decided, ...]:
    cards = {card.ref: card.claim for card in edition.claims}
    blaming = [each.group for each in edition.incidents if any(cards[ref].initiator == "VE" for ref in each.group.claims)]
    refs = [tuple(map(str, group.claims)) for group in blaming]
    return (
        Decided(blaming[0].id, "adopted", refs[0]),
        Decided(blaming[1].id, "unverifiable", refs[1]),
        Decided("EXH-0000-0000#1", "rejected", ("EXH-0000-0000#1",)),
        Decided("EXH-0000-0000#2", "deferred", ("EXH-0000-0000#2",)),
    )


BLAMED = {"EXH-0000-0000#1": "VE"}


def row(found: Balance, chapter: str, name: str, after: str = "") -> dict[str, int]:
    """Column -> number. `after`: the row that it stands below."""
    rows = next(each.rows for each in found.chapters if each.title == chapter)
    names = [each.name for each in rows]
    cells = rows[names.index(name, names.index(after) if after else 0)].cells
    return dict(zip((column.code for column in found.columns), cells, strict=True))


def by_code(found: Balance) -> dict[str, list[tuple[str, str, int, int]]]:
    def all_rows(at: int) -> list[tuple[str, str, int, int]]:
        return [(c.title, r.name, r.cells[at], r.of[at] if r.of else -1) for c in found.chapters for r in c.rows]

    return {column.code: all_rows(at) for at, column in enumerate(found.columns)}


def test_with_the_parties_exchanged_the_numbers_are_exchanged(edition: Edition, pack: Pack, decided: tuple[Decided, ...]) -> None:
    one = balance(edition, pack, decided, BLAMED)
    other = balance(exchanged(edition), exchanged(pack), decided, {ref: SWAP[code] for ref, code in BLAMED.items()})
    before, after = by_code(one), by_code(other)
    assert before["VE"] != before["OR"]
    assert after["VE"] == before["OR"]
    assert after["OR"] == before["VE"]
    assert {code: after[code] for code in after if code not in SWAP} == {code: before[code] for code in before if code not in SWAP}


def test_columns_stand_in_order_of_code_and_all_have_a_hatch_but_the_last(pack: Pack) -> None:
    columns = columns_of(pack)
    assert [column.code for column in columns] == ["OR", "VE", "XT", NONE, OTHER]
    assert [column.order for column in columns] == [0, 1, 2, -1, -1]
    assert [column.code for column in columns_of(pack, other=False)][-1] == NONE


def test_a_column_says_with_whom_its_party_is_aligned(pack: Pack) -> None:
    bound = replace(pack, parties=tuple(replace(p, aligned_with="VE", why="so") if p.code == "XT" else p for p in pack.parties))
    assert [column.aligned for column in columns_of(bound)] == ["", "", "Veldar", "", ""]


def test_every_exhibit_and_every_claim_is_counted_once(edition: Edition, pack: Pack) -> None:
    found = balance(edition, pack, (), {})
    assert sum(row(found, "Exhibits", "Exhibits with a text").values()) == len(edition.documents)
    assert sum(row(found, "Who speaks", "Claims in its words").values()) == len(edition.claims)
    stances = [row(found, "Who speaks", name) for name in ("says", "denies", "says of its own side")]
    assert sum(sum(each.values()) for each in stances) == len(edition.claims)
    recorded = sum(card.state == RECORDED for card in edition.claims)
    assert sum(row(found, "Who speaks", "recorded by a person").values()) == recorded > 0
    asserted = [card.claim.initiator for card in edition.claims if card.claim.stance == "asserts"]
    blamed = row(found, "Of whom claims speak", "Blamed: named as the one who did it")
    assert blamed["VE"] == asserted.count("VE") > 0
    assert blamed[NONE] == asserted.count("none")
    assert blamed[OTHER] == asserted.count("both") + asserted.count("unknown")


def test_sources_are_those_of_the_pack_under_any_alias(edition: Edition, pack: Pack) -> None:
    found = balance(edition, pack, (), {})
    assert row(found, "Sources", "Known to the pack")["VE"] == sum(source.affiliation == "VE" for source in pack.sources)
    sides = Sides(pack)
    source, aliases = next((each, names) for each in pack.sources if each.affiliation == "VE" for names in each.aliases.values() if names)
    assert {sides.publisher(name) for name in aliases} == {"VE"}
    assert {sides.source(name.upper()) for name in aliases} == {source.name}
    alone = edition.documents[0]
    only = replace(edition, claims=(), incidents=(), documents=(replace(alone, publisher=Known(aliases[0], "manifest")),))
    heard = row(balance(only, pack, (), {}), "Sources", "of these heard")
    assert heard == {"OR": 0, "VE": 1, "XT": 0, NONE: 0}


def test_what_is_not_known_of_an_exhibit_is_added_to_no_side(edition: Edition, pack: Pack) -> None:
    nobody = replace(edition.documents[0], publisher=Unknown("not stated"), language=Unknown("not stated"))
    found = balance(replace(edition, claims=(), incidents=(), documents=(nobody,)), pack, (), {})
    assert row(found, "Exhibits", "language not known") == {"OR": 0, "VE": 0, "XT": 0, NONE: 0, OTHER: 1}
    assert found.columns[-1].code == OTHER


def test_what_is_denied_blames_nobody_and_hit_nobody(edition: Edition, pack: Pack) -> None:
    denied = tuple(replace(card, claim=replace(card.claim, stance="denies")) for card in edition.claims)
    found = balance(replace(edition, claims=denied), pack, (), {})
    for name in ("Blamed: named as the one who did it", "Hit, or meant to be"):
        assert set(row(found, "Of whom claims speak", name).values()) == {0}
    for chapter in ("Incidents in which it is blamed", "Incidents in which it was hit"):
        assert set(row(found, chapter, "All").values()) == {0}


def test_incidents_are_counted_by_grade_for_each_party_that_is_blamed(edition: Edition, pack: Pack) -> None:
    cards = {card.ref: card.claim for card in edition.claims}
    expected: dict[str, int] = {}
    for incident in edition.incidents:
        if any(cards[ref].initiator == "VE" and cards[ref].stance == "asserts" for ref in incident.group.claims):
            grade = incident.assessment.grade
            expected[grade] = expected.get(grade, 0) + 1
    found = balance(edition, pack, (), {})
    assert len(expected) > 1
    for grade, number in expected.items():
        assert row(found, "Incidents in which it is blamed", grade)["VE"] == number
    assert row(found, "Incidents in which it is blamed", "All")["VE"] == sum(expected.values())


def test_decisions_are_counted_by_whom_the_claims_blame(edition: Edition, pack: Pack, decided: tuple[Decided, ...]) -> None:
    cards = {str(card.ref): card.claim for card in edition.claims}
    blamed = {cards[ref].initiator for ref in decided[0].refs if cards[ref].stance == "asserts"} & {"OR", "VE", "XT"}
    found = balance(edition, pack, decided, BLAMED)
    assert {code for code, number in row(found, "What people decided", "Incidents adopted").items() if number} == blamed
    assert "VE" in blamed
    assert row(found, "What people decided", "Single claims rejected")["VE"] == 1
    assert sum(row(found, "What people decided", "Single claims deferred").values()) == 0  # of whom that one is said is not told


def test_a_share_is_of_the_row_that_it_says(edition: Edition, pack: Pack) -> None:
    rows: dict[str, Row] = {each.name: each for each in balance(edition, pack, (), {}).chapters[2].rows}
    assert rows["recorded by a person"].of == rows["Claims in its words"].cells
    assert all(part <= whole for part, whole in zip(rows["recorded by a person"].cells, rows["Claims in its words"].cells, strict=True))


# --- effort ---------------------------------------------------------------------------------------------------------------


def told(pack: Pack, *arrived: Arrived, refused: int = 0) -> Effort:
    return effort(arrived, columns_of(pack), Sides(pack), refused, Field(3, 1, 2))


def test_days_and_languages_are_those_that_exhibits_bear(pack: Pack) -> None:
    ours, theirs = (next(s.name for s in pack.sources if s.affiliation == code) for code in ("VE", "OR"))
    found = told(
        pack,
        Arrived(ours, "en", "2031-05-17T03:00-02:00", "2031-06-01"),
        Arrived(theirs, "hy", "2031-05-20", "2031-06-01"),
        Arrived("", "", "", "2031-06-02"),
        refused=4,
    )
    assert (found.first, found.last, found.span, found.covered, found.undated) == ("2031-05-17", "2031-05-20", 4, 2, 1)
    assert found.languages == (("en", 1), ("hy", 1), ("", 1))
    assert (found.exhibits, found.refused, found.field) == (3, 4, Field(3, 1, 2))
    by_day = {day.first: (day.published, day.received) for day in found.days}
    assert list(by_day) == ["2031-06-02", "2031-06-01", "2031-05-20", "2031-05-17"]
    assert by_day["2031-05-17"] == ((0, 1, 0, 0, 0), 0)
    assert by_day["2031-05-20"] == ((1, 0, 0, 0, 0), 0)
    assert by_day["2031-06-01"] == ((0, 0, 0, 0, 0), 2)


def test_older_days_are_told_together_and_none_is_lost(pack: Pack) -> None:
    arrived = [Arrived("", "en", f"2031-{month:02}-{day:02}", "2031-12-01") for month in (3, 4) for day in range(1, 31)]
    found = told(pack, *arrived)
    assert len(found.days) == LATEST
    assert found.earlier is not None
    assert found.earlier.days == 60 + 1 - LATEST
    assert found.earlier.first == "2031-03-01"
    assert sum(sum(day.published) for day in (*found.days, found.earlier)) == 60
    assert sum(day.received for day in (*found.days, found.earlier)) == 60


def test_nothing_received_is_no_day(pack: Pack) -> None:
    found = told(pack)
    assert (found.exhibits, found.span, found.days, found.earlier, found.first) == (0, 0, (), None, "")

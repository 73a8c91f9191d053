"""When two values of one slot agree, at each edge of the tolerance; and how slots of a claim are counted."""

from __future__ import annotations

from typing import Any

import pytest

from merestone.report.score import result, score
from merestone.report.score_slots import agree, matched

PLACE = {"name": "Tarn", "role": "at", "lat": 0.0, "lon": 0.0, "level": "settlement"}
MINUTE = {"from": "2031-05-17T03:10", "to": "2031-05-17T03:10", "precision": "minute"}
DAY = {"from": "2031-05-17", "precision": "day"}


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        (MINUTE, {**MINUTE, "from": "2031-05-17T04:10", "to": "2031-05-17T04:10"}, True),
        (MINUTE, {**MINUTE, "from": "2031-05-17T04:11", "to": "2031-05-17T04:11"}, False),
        (MINUTE, {**MINUTE, "from": "2031-05-17T03:10-02:00", "to": "2031-05-17T03:10-02:00"}, True),
        (MINUTE, DAY, False),
        (DAY, DAY, True),
        (DAY, {"from": "2031-05-18", "precision": "day"}, False),
        (DAY, {"from": "2031-05", "precision": "month"}, False),
        (DAY, {"from": "2031-05-15", "to": "2031-05-20", "precision": "day"}, False),
        ({"from": "2031-05", "precision": "month"}, {"from": "2031-06-01", "precision": "week"}, False),
        ({"from": "2031-05-01", "to": "2031-05-31", "precision": "month"}, {"from": "2031-06-01", "precision": "week"}, True),
        ({"from": "2031", "precision": "year"}, {"from": "2031-12-30", "precision": "day"}, False),
        ({"from": "2031", "precision": "year"}, {"from": "2031-12-30", "precision": "week"}, True),
        ({"precision": "unknown"}, DAY, True),
        (DAY, {"precision": "day"}, False),
        (DAY, {"from": "soon", "precision": "day"}, False),
    ],
)
def test_when(wanted: dict[str, Any], found: dict[str, Any], same: bool) -> None:
    assert agree("when", wanted, found) is same


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ({}, {"name": "X", "lat": 0.071}, True),
        ({}, {"name": "X", "lat": 0.073}, False),
        ({"approx": "true"}, {"name": "X", "lat": 0.17}, True),
        ({"level": "district"}, {"name": "X", "lat": 0.35}, True),
        ({"level": "district"}, {"name": "X", "lat": 0.37}, False),
        ({}, {"name": "Old Tarn (TARN)", "lat": 0.8}, True),
        ({}, {"lat": 1.0}, False),
        ({}, {"role": "target"}, True),
        ({}, {"role": "origin"}, False),
        ({}, {"lat": None}, False),
    ],
)
def test_where(wanted: dict[str, Any], found: dict[str, Any], same: bool) -> None:
    assert agree("where", {**PLACE, **wanted}, {**PLACE, **found}) is same


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ("Ministry of Defence of Orsay", "Defence Ministry of Orsay", True),
        ("Ministry of Defence of Orsay", "Ministry of Defence of Veldar", False),
        ("the Orsayan side", "Ministry of Defence of Orsayans", True),
        ("local residents", "Ministry of Defence of Orsay", False),
        ("Mill Watch", "Mill Watch", True),
    ],
)
def test_said_by(wanted: str, found: str, same: bool) -> None:
    assert agree("said_by", wanted, found) is same


def test_numbers_agree_however_they_are_written() -> None:
    lost = {"outcome": "wounded", "party": "OR", "group": "military", "min": "2", "max": "2"}
    assert agree("casualties", lost, {**lost, "min": 2, "max": 2})
    assert not agree("casualties", lost, {**lost, "max": 3})


def test_a_wide_place_beside_a_finer_one_is_neither_missed_nor_false() -> None:
    country = {"name": "Orsay", "role": "at", "lat": 9.0, "lon": 9.0, "level": "country"}
    assert matched("where", {"where": [PLACE, country]}, {"where": [PLACE]}) == (1, 0, 0)
    assert matched("where", {"where": [PLACE]}, {"where": [PLACE, country]}) == (1, 0, 0)
    assert matched("where", {"where": [PLACE, country]}, {"where": []}) == (0, 0, 2)
    assert matched("where", {}, {"where": [country]}) == (0, 1, 0)
    assert matched("where", None, {"where": [PLACE]}) == (0, 1, 0)


def claim(party: str, quote: str, **more: Any) -> dict[str, Any]:
    return {"kind": "shelling", "stance": "asserts", "initiator": party, "quote": quote, **more}


def test_claims_that_blame_another_or_that_are_not_there_blame_wrongly() -> None:
    text = "One shelled here. Two shelled there."
    gold = [
        {
            "id": "a",
            "language": "en",
            "text": text,
            "claims": [claim("VE", "One shelled here", incident="x"), claim("OR", "Two shelled", incident="x")],
        }
    ]
    read = {
        "a": {
            "claims": [claim("VE", "One shelled here", incident="1"), claim("VE", "Two shelled there", incident="1"), claim("OR", "there.")]
        }
    }
    figures = result(score(gold, read))
    assert figures["blamed_wrongly"] == {"OR": {"said": 1, "wrong": 1}, "VE": {"said": 2, "wrong": 1}}
    assert figures["detection"]["all"] == {"p": 0.6667, "r": 1.0, "f1": 0.8, "tp": 2, "fp": 1, "fn": 0}
    assert figures["incidents_b3"]["f1"] == 1.0
    assert figures["pairs_across_blame"]["f1"] == 1.0
    assert figures["parity_gap"] is None


def test_a_document_that_was_not_read_is_missed_and_counted() -> None:
    gold = [{"id": "a", "language": "en", "text": "One shelled here.", "claims": [claim("VE", "One shelled here", incident="x")]}]
    figures = result(score(gold, {}))
    assert figures["documents_without_prediction"] == 1
    assert figures["detection"]["lang en"]["fn"] == 1

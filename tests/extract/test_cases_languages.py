"""The tables of cases about the invented conflict of the teaching pack, read by the real reader: all but that of kinds in English.

A table is called by its language, or `language/name` where it is not the one of all kinds: `python tests/extract/test_cases_languages.py
xx/rare` prints what is read otherwise. Floors (`case_floors.yaml`) are what was measured when they were pinned, less a little: they may
rise, and fall only with a reason in the commit.
"""

from __future__ import annotations

import functools
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from merestone.capture.pack import load_pack
from merestone.capture.terms import Exhibit, ExhibitText, Known, Unknown
from merestone.extract.rules import LANGUAGES
from merestone.extract.terms import KINDS, PRECISIONS, STANCES, TARGETS, WEAPONS
from merestone.extract.wire import to_json
from merestone.link.dossiers import readings_of
from tests.extract import test_cases as table

TABLES = ("kinds", "rare")
FLOORS: dict[str, dict[str, float]] = yaml.safe_load(Path(__file__).with_name("case_floors.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Shares:
    """Of the cases of a language: how many are wholly right, how many claims are found, who is blamed or admits wrongly."""

    right: float
    found: float
    blamed: tuple[str, ...]
    admitted: tuple[str, ...]


def exhibit(case: table.Case, language: str) -> ExhibitText:
    data = case.text.encode()
    file = Exhibit(f"{case.id}.txt", "text/plain", len(data), hashlib.sha256(data).hexdigest())
    nothing = Unknown("a case has none")
    said = (Known(language, "manifest"), "utf-8", Known(case.published, "manifest"), Known(case.publisher, "manifest"))
    return ExhibitText(case.id, file, case.text, (), *said, nothing, nothing)


def called(path: Path) -> str:
    stem = path.name.removesuffix(".cases.yaml")
    return path.parent.name if stem == "kinds" else f"{path.parent.name}/{stem}"


@functools.cache
def outcomes(name: str) -> tuple[table.Outcome, ...]:
    language, _, stem = name.partition("/")
    given = yaml.safe_load((LANGUAGES / language / f"{stem or 'kinds'}.cases.yaml").read_text(encoding="utf-8"))
    cases = [table._case(group, entry, given) for group, entries in given["cases"].items() for entry in entries]
    read = readings_of([exhibit(case, language) for case in cases], load_pack("teaching"))
    got = {text.id: to_json(reading)["claims"] for text, reading in read}
    return tuple(table._outcome(case, got[case.id]) for case in cases)


@functools.cache
def shares(language: str) -> Shares:
    every = outcomes(language)
    pairs = [(each.case, want, got) for each in every for want, got in each.pairs]
    codes = {party.code for party in load_pack("teaching").parties}
    blamed = [
        case.id for case, want, got in pairs if got and "initiator" in want and got["initiator"] in codes - {want["initiator"], "both"}
    ]
    blamed += [e.case.id for e in every for claim in e.extra if claim["initiator"] in codes - {w.get("initiator") for w in e.case.claims}]
    admitted = [case.id for case, want, got in pairs if got and got["stance"] == "admits" != want.get("stance", "asserts")]
    right = sum(each.right for each in every) / len(every)
    return Shares(right, sum(got is not None for _, _, got in pairs) / len(pairs), tuple(blamed), tuple(admitted))


@pytest.fixture(params=sorted(FLOORS))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_what_has_floors_has_a_table_of_cases() -> None:
    there = {called(path) for stem in TABLES for path in LANGUAGES.glob(f"*/{stem}.cases.yaml")} - {"en"}
    assert set(FLOORS) == there
    assert FLOORS


def test_cases_are_read(language: str) -> None:
    assert shares(language).right >= FLOORS[language]["right"]
    assert shares(language).found >= FLOORS[language]["found"]


def test_nobody_is_wrongly_blamed(language: str) -> None:
    assert len(shares(language).blamed) <= FLOORS[language]["wrongly_blamed"]


def test_no_admission_is_read_that_nobody_makes(language: str) -> None:
    assert len(shares(language).admitted) <= FLOORS[language].get("wrongly_admitted", 0)


def test_cases_stand_once_in_words_of_the_guide(language: str) -> None:
    every = [each.case for each in outcomes(language)]
    assert len({case.id for case in every}) == len({case.text for case in every}) == len(every)
    pack = load_pack("teaching")
    codes, places = {party.code for party in pack.parties} | {"none", "both", "unknown"}, {place.name for place in pack.places}
    for case, claim in [(each, claim) for each in every for claim in each.claims]:
        assert {claim["kind"], *case.may} <= set(KINDS), case.id
        assert claim.get("stance", "asserts") in STANCES, case.id
        assert claim.get("what", "none") in TARGETS, case.id
        assert {claim.get("initiator", "none"), claim.get("target", "none")} <= codes, case.id
        assert set(claim.get("weapons", ())) <= set(WEAPONS), case.id
        assert str(claim.get("when", ["unknown"])[-1]) in PRECISIONS, case.id
        assert {place.rpartition(":")[2].rpartition(" of ")[2] for place in claim.get("where", ())} <= places, case.id


def test_each_party_does_and_suffers_as_much_as_the_other(language: str) -> None:
    claims = [claim for each in outcomes(language) for claim in each.case.claims]
    for role in ("initiator", "target"):
        one, other = (sum(claim.get(role) == code for claim in claims) for code in ("VE", "OR"))
        assert abs(one - other) <= 2, (role, one, other)


def failing(language: str) -> Iterator[str]:
    for each in outcomes(language):
        if each.right:
            continue
        yield f"\n{each.case.id} ({each.case.publisher})\n  {each.case.text}"
        for want, got in each.pairs:
            if got is None:
                yield f"  MISSED {want}"
            for slot in table.wrong(want, got) if got else ():
                yield f"  {want['kind']} [{got['rule'] if got else ''}] {slot}: {want[slot]} / READ {_shown(slot, got)}"
        for got in each.extra:
            yield f"  EXTRA {got['kind']} {got['stance']} by {got['initiator']} [{got['rule']}] {got['quote']!r}"


def _shown(slot: str, got: Any) -> Any:
    return table._shown(slot, got)


if __name__ == "__main__":
    print("\n".join(failing(sys.argv[1])))
    print(shares(sys.argv[1]))

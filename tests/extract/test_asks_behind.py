"""Asks whose verb stands behind whom they ask: each case read for either party, and nothing asked for is read as done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.extract.reading import reading

TABLE = yaml.safe_load(Path(__file__).with_name("asks.cases.yaml").read_text(encoding="utf-8"))
NAMES = ("Veldar", "Orsay")


def filled(words: str, forms: list[list[str]], side: int) -> str:
    put = {"P": NAMES[side], "Q": NAMES[1 - side]}
    for number, pair in enumerate(forms):
        put |= {f"P{number}": pair[side], f"Q{number}": pair[1 - side]}
    return words.format(**put)


def every() -> Iterator[tuple[str, list[list[str]], Mapping[str, Any], int]]:
    for language, table in TABLE.items():
        for case in table["cases"]:
            for side in (0, 1):
                yield language, table["parties"], case, side


@pytest.mark.parametrize(("language", "forms", "case", "side"), list(every()), ids=lambda value: str(value)[:40])
def test_who_is_asked(language: str, forms: list[list[str]], case: Mapping[str, Any], side: int) -> None:
    found = reading(filled(case["t"], forms, side), f"Ombudsperson of {NAMES[1 - side]}", language=language)
    if case.get("none"):
        assert not found.appeals
        return
    assert {name for each in found.appeals for name in each.by} == {filled(case["by"], forms, side)}
    assert [name for each in found.appeals for name in each.to] == [filled(name, forms, side) for name in case["to"]]
    assert found.appeals[0].quote == filled(case["quote"], forms, side)
    assert not found.claims

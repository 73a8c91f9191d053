"""Sentences about the invented conflict as many hands might write them, and sentences about other things, in which nothing is to be read.

`sentences.<language>.yaml` holds, by kind, `[whose deed, (stance or how far it went,) sentence]`. Floors are a little under what was measured
when they were pinned; `python tests/extract/test_sentences.py en` prints what is read otherwise.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.extract.reading import claims

HERE = Path(__file__).parent
LANGUAGES = tuple(sorted(path.name.split(".")[1] for path in HERE.glob("sentences.*.yaml")))
PARTIES = {"V": "VE", "O": "OR"}


@functools.cache
def table(language: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((HERE / f"sentences.{language}.yaml").read_text(encoding="utf-8"))
    return loaded


def rows(language: str) -> Iterator[tuple[str, list[str]]]:
    for kind, given in table(language)["sentences"].items():
        yield from ((kind, row) for row in given)


def outcome(language: str, kind: str, row: list[str]) -> tuple[bool, bool]:
    """Is a claim of the kind found, and is it the only one, of the doer and the stance that are asked for?"""
    whose, *asked, text = row
    every = claims(text, language=language)
    found = [c for c in every if c.kind == kind]
    if not found:
        return False, False
    doer = whose not in PARTIES or found[0].initiator == PARTIES[whose]
    stance = not asked or asked[0] in (found[0].stance, found[0].realised)
    return True, doer and stance and len(every) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_many_are_found_and_right_as_were(language: str) -> None:
    outcomes = [outcome(language, kind, row) for kind, row in rows(language)]
    floors = table(language)["floors"]
    assert sum(found for found, _ in outcomes) / len(outcomes) >= floors["found"]
    assert sum(right for _, right in outcomes) / len(outcomes) >= floors["right"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_other_things_nothing_is_read(language: str) -> None:
    texts = table(language)["nothing"]
    assert sum(not claims(text, language=language) for text in texts) / len(texts) >= table(language)["floors"]["nothing"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_party_does_as_much_as_the_other(language: str) -> None:
    doers = [row[0] for _, row in rows(language)]
    assert abs(doers.count("V") - doers.count("O")) <= 12


def test_a_sentence_stands_once() -> None:
    texts = [row[-1] for language in LANGUAGES for _, row in rows(language)]
    assert len(set(texts)) == len(texts)


if __name__ == "__main__":
    for kind, row in rows(sys.argv[1]):
        if not outcome(sys.argv[1], kind, row)[1]:
            print(kind, row, [(c.kind, c.initiator, c.stance, c.rule) for c in claims(row[-1], language=sys.argv[1])])
    for text in table(sys.argv[1])["nothing"]:
        if found := claims(text, language=sys.argv[1]):
            print("nothing", text, [(c.kind, c.initiator, c.stance, c.rule) for c in found])

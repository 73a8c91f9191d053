"""Law 2 in every language that can be read: with two parties exchanged, everything is exchanged with them and nothing else changes.

The documents are those that people annotated, those of the teaching pack and those of the corpus; `merestone audit symmetry` does the same.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from merestone.capture import Options, load_pack, receive
from merestone.capture.pack import SHIPPED
from merestone.capture.terms import ExhibitText, Pack
from merestone.extract import languages_with_rules
from merestone.extract.terms import Reading
from merestone.link.dossiers import readings_of
from merestone.report import symmetry
from merestone.report.symmetry import Audit, audit, lines
from merestone.report.twins import twins_of
from tests.accuracy import corpora

PACK = "armenia-azerbaijan"
LANGUAGES = languages_with_rules()


def read_anew(documents: Sequence[corpora.Document], folder: Path) -> tuple[ExhibitText, ...]:
    corpus = corpora.write_corpus(documents, folder / "corpus.jsonl")
    return receive((corpus,), Options(languages_with_rules=LANGUAGES)).texts


@functools.cache
def teaching() -> tuple[ExhibitText, ...]:
    folder = SHIPPED / "teaching" / "documents"
    return receive((folder,), Options(manifest=folder / "manifest.csv", languages_with_rules=LANGUAGES)).texts


@functools.cache
def of_teaching() -> Audit:
    return audit(teaching(), load_pack("teaching"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_annotated_documents(language: str, shared: Path, tmp_path: Path) -> None:
    found = audit(read_anew(corpora.gold(shared / "gold", language), tmp_path), load_pack(PACK))
    assert found.documents == len(corpora.gold_paths(shared / "gold", language))
    assert found.claims[language] >= 40
    assert found.by_side == ()
    assert found.by_name == ()


def test_teaching_documents() -> None:
    found = of_teaching()
    assert set(found.claims) == set(LANGUAGES)
    assert min(found.claims.values()) >= 10
    assert found.by_side == ()
    assert found.by_name == ()


def test_every_name_of_a_party_has_a_twin() -> None:
    """No name of a party is left in a text, and each twin is read as its party."""
    pack = load_pack("teaching")
    twins = twins_of(pack, "VE", "OR")
    for text in teaching():
        language = symmetry._value(text.language)
        told, plain = twins.text(text.text, language, True)
        again, _ = twins.text(told, language, True)
        assert again == told, "a name stood there still"
        assert not any(name.startswith(("Veldar", "Orsay", "Велдар", "Орс")) for name in plain)
    assert (
        twins.turned(twins.text("Veldar and Orsayan soldiers", "en", False)[0]) == twins.text("Veldar and Orsayan soldiers", "en", True)[0]
    )


def test_twins_are_exchanged_in_the_pack() -> None:
    pack = load_pack("teaching")
    twins = twins_of(pack, "VE", "OR")
    named, exchanged = twins.pack(False), twins.pack(True)
    assert [p.code for p in named.parties] == [p.code for p in exchanged.parties] == [p.code for p in pack.parties]
    sides = {place.id: place.side for place in named.places}
    assert all(place.side == twins.swap.get(sides[place.id], sides[place.id]) for place in exchanged.places)
    assert {source.affiliation for source in exchanged.sources} == {source.affiliation for source in named.sources}


# --- could it fail? -----------------------------------------------------------------------------------------------


def test_reading_that_knows_a_side_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(symmetry, "readings_of", _never_blaming("VE"))
    found = audit(teaching()[:6], load_pack("teaching"))
    assert found.by_side
    assert not found.by_name
    assert not found.holds
    assert "hang on a side" in list(lines(found))[-1]


def test_reading_that_knows_a_name_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(symmetry, "readings_of", _deaf_to("Veldar"))
    found = audit(teaching()[:6], load_pack("teaching"))
    assert found.by_name
    assert not found.holds


def _never_blaming(party: str):  # type: ignore[no-untyped-def]
    def made(texts: Sequence[ExhibitText], pack: Pack) -> Iterator[tuple[ExhibitText, Reading]]:
        for text, reading in readings_of(texts, pack):
            claims = (replace(c, initiator="unknown") if c.initiator == party else c for c in reading.claims)
            yield text, replace(reading, claims=tuple(claims))

    return made


def _deaf_to(word: str):  # type: ignore[no-untyped-def]
    def made(texts: Sequence[ExhibitText], pack: Pack) -> Iterator[tuple[ExhibitText, Reading]]:
        for text, reading in readings_of(texts, pack):
            yield text, replace(reading, claims=tuple(claim for claim in reading.claims if word not in claim.quote))

    return made

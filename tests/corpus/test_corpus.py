"""Both sets of the corpus are well made and fair to both sides, and reading stays above their floors."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from merestone.capture.pack import open_pack
from merestone.capture.pack_check import check
from merestone.extract import languages_with_rules
from merestone.extract.terms import GROUPS, KINDS, OUTCOMES, PRECISIONS, REALISED, ROLES, STANCES, STATEMENTS, TARGETS, WEAPONS
from tests.corpus import corpus

CLAIM = {"id", "kind", "quote", "said_by", "stance", "initiator", "target", "when", "where", "weapons", "casualties", "incident"}
PLAIN = {"az-04", "az-07"}  # typed without diacritics
SPEAKERS = re.compile(r"Resident of \w[\w ]*")
QUOTED = ("claims", "statements", "appeals", "responses")
LEAST = {corpus.KEPT: 10, corpus.SEEN: 8}  # documents a language
APART = {corpus.KEPT: 2, corpus.SEEN: 4}  # claims that one side may be blamed for more often than the other; the seen set was two sets
PAIRS = [(which, language) for which in corpus.SETS for language in corpus.languages(which)]
IN_SET = {which: [each for language in corpus.languages(which) for each in corpus.documents(language, which)] for which in corpus.SETS}
EVERY = [document for documents in IN_SET.values() for document in documents]
CLAIMS = [(document, claim) for document in EVERY for claim in document["claims"]]
TOLD = sorted({(which, str(document["pack"])) for which, documents in IN_SET.items() for document in documents})


def bodies(pack: str) -> set[str]:
    return {source.name for source in corpus.pack(pack).sources}


def parties(pack: str) -> set[str]:
    return {party.code for party in corpus.pack(pack).parties}


def of(which: str, pack: str) -> list[dict[str, Any]]:
    return [document for document in IN_SET[which] if document["pack"] == pack]


# --- the documents ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("which", "language"), PAIRS)
def test_documents_of_a_language_lie_where_they_belong(which: str, language: str) -> None:
    documents = corpus.documents(language, which)
    assert len(documents) >= LEAST[which]
    assert {document["language"] for document in documents} == {language}
    written = {path.relative_to(corpus.HERE).as_posix() for path in (corpus.SETS[which] / language).iterdir()}
    assert written == {document["file"] for document in documents}


def test_no_document_stands_twice() -> None:
    assert len({document["id"] for document in EVERY}) == len({document["text"] for document in EVERY}) == len(EVERY)


@pytest.mark.parametrize("document", EVERY, ids=lambda document: str(document["id"]))
def test_documents_are_of_their_length_and_dated(document: dict[str, Any]) -> None:
    assert 60 <= len(document["text"].split()) <= 350
    assert dt.datetime.fromisoformat(str(document["published"]))
    assert document["publisher"] in bodies(document["pack"])


def test_some_documents_are_typed_without_diacritics() -> None:
    assert {document["id"] for document in EVERY if document["language"] == "az" and document["text"].isascii()} >= PLAIN


# --- the annotations ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", EVERY, ids=lambda document: str(document["id"]))
def test_every_quote_stands_once_in_its_text(document: dict[str, Any]) -> None:
    for part in QUOTED:
        for each in document[part]:
            assert document["text"].count(each["quote"]) == 1, each["quote"]


def test_claims_have_the_fields_of_the_guide_and_codes_of_the_vocabulary() -> None:
    for document, claim in CLAIMS:
        told = (document["id"], claim["id"])
        assert set(claim) - {"realised", "pattern"} == CLAIM, told
        assert claim["kind"] in KINDS, told
        assert claim["stance"] in STANCES, told
        assert claim.get("realised", "done") in REALISED, told
        assert claim["target"]["what"] in TARGETS, told
        assert claim["when"]["precision"] in PRECISIONS, told
        assert set(claim["weapons"]) <= set(WEAPONS), told
        assert (claim["incident"] is None) == ("pattern" in claim), told
        for figure in claim["casualties"]:
            assert figure["outcome"] in OUTCOMES, told
            assert figure["group"] in GROUPS, told
            assert figure["max"] is None or figure["min"] is None or figure["min"] <= figure["max"], told
    assert all(each["type"] in STATEMENTS for document in EVERY for each in document["statements"])


def test_claims_name_parties_bodies_and_places_of_their_pack() -> None:
    for document, claim in CLAIMS:
        told, codes = (document["id"], claim["id"]), parties(document["pack"]) | corpus.NOBODY
        assert {claim["initiator"], claim["target"]["party"], *(f["party"] for f in claim["casualties"])} <= codes, told
        for speaker in claim["said_by"]:
            assert speaker in bodies(document["pack"]) or SPEAKERS.fullmatch(speaker), (told, speaker)
        for place in claim["where"]:
            assert place["text"] in document["text"], (told, place)
            assert place["place"] in {each.id for each in corpus.pack(document["pack"]).places}, (told, place)
            assert place["role"] in ROLES, (told, place)


def test_times_are_in_order_and_not_after_the_document() -> None:
    for document, claim in CLAIMS:
        start, end = (dt.datetime.fromisoformat(claim["when"][key]) for key in ("from", "to"))
        assert start <= end, (document["id"], claim["id"])
        assert start.date() <= dt.datetime.fromisoformat(str(document["published"])).date(), (document["id"], claim["id"])


# --- the sides ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("which", "pack"), TOLD)
@pytest.mark.parametrize("stances", [STANCES, ("denies",), ("admits",)], ids=["all", "denies", "admits"])
def test_both_sides_are_blamed_alike(which: str, pack: str, stances: tuple[str, ...]) -> None:
    claims = [claim for document in of(which, pack) for claim in document["claims"] if claim["stance"] in stances]
    blamed = Counter(claim["initiator"] for claim in claims)
    one, other = corpus.sides(pack)
    assert abs(blamed[one] - blamed[other]) <= APART[which], blamed


@pytest.mark.parametrize(("which", "pack"), TOLD)
def test_both_sides_put_out_as_many_documents(which: str, pack: str) -> None:
    side = {source.name: source.affiliation for source in corpus.pack(pack).sources}
    published = Counter(side[document["publisher"]] for document in of(which, pack))
    one, other = corpus.sides(pack)
    assert published[one] == published[other]


@pytest.mark.parametrize("name", corpus.PACKS)
def test_packs_name_both_sides_alike_in_every_language(name: str) -> None:
    pack, (one, other) = corpus.pack(name), corpus.sides(name)
    for language in corpus.LANGUAGES:
        names = {party.code: len(party.aliases[language]) for party in pack.parties}
        aliases = Counter[str]()
        for source in pack.sources:
            aliases[source.affiliation] += len(source.aliases[language if language in source.aliases else ""])
        assert names[one] == names[other]
        assert aliases[one] == aliases[other] > 0
        assert language == "en" or all(place.names.get(language) for place in pack.places)  # the language that `name` is in


@pytest.mark.parametrize("path", sorted((corpus.HERE / "packs").iterdir()), ids=lambda path: str(path.stem))
def test_packs_of_this_corpus_are_clean(path: Path) -> None:
    assert open_pack(str(path)).findings == ()
    assert check(str(path)).findings == ()


# --- the measure --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", corpus.SETS)
def test_a_floor_is_stated_for_each_language_that_is_read(which: str) -> None:
    assert set(corpus.floors(which)) == set(corpus.languages(which))
    read = {language for language in corpus.languages(which) if language in languages_with_rules()}
    assert {language for language, floor in corpus.floors(which).items() if floor is not None} == read


@pytest.mark.parametrize(("which", "language"), PAIRS)
def test_reading_stays_above_its_floors(which: str, language: str) -> None:
    floor = corpus.floors(which)[language]
    if floor is None:
        assert language not in languages_with_rules()
        return
    found = corpus.measure(language, which)
    assert found.detection.f1 >= floor["detection"]
    assert found.all_slots.f1 >= floor["slots"]
    assert found.stance[0] >= floor["stance"] * found.stance[1]
    assert found.initiator[0] >= floor["initiator"] * found.initiator[1]
    assert sum(found.blamed_wrongly.values()) <= floor["blamed_wrongly"]
    assert found.denials_admitted <= floor.get("denials_admitted", 0)


@pytest.mark.parametrize(("which", "language"), PAIRS)
def test_next_to_nothing_is_read_where_nothing_is_told(which: str, language: str) -> None:
    floor = corpus.floors(which)[language]
    empty = [document["id"] for document in corpus.documents(language, which) if not document["claims"]]
    assert empty
    assert sum(len(corpus.got(language, which)[name]) for name in empty) <= (floor["read_of_nothing"] if floor else 0)

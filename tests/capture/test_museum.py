"""A folder that holds every way of being wrong: each is listed with its code, and the good ones are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from merestone.capture import Limits, Options, receive
from merestone.capture.terms import Received
from merestone.ledger.words import sentences
from tests.faults.makers import STORY
from tests.faults.museum import GOOD, NOTICED, REFUSED, build

OPTIONS = Options(languages_with_rules=("en", "fr"), limits=Limits(file_bytes=200_000))
PLACES = {"link.txt": "symlink", "link_to_folder": "symlink", "pipe.txt": "not_a_file", "socket.txt": "not_a_file"}


@pytest.fixture(scope="module")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("museum")
    build(folder)
    return folder


@pytest.fixture(scope="module")
def received(museum: Path) -> Received:
    return receive([museum], OPTIONS)


@pytest.mark.parametrize("name", [*REFUSED, *PLACES])
def test_each_is_refused_once_by_its_name(received: Received, name: str) -> None:
    expected = PLACES[name] if name in PLACES else REFUSED[name][0]
    assert [refusal.code for refusal in received.refusals if refusal.facts["path"] == name] == [expected]
    assert name not in {text.exhibit.name for text in received.texts}


@pytest.mark.parametrize("name", NOTICED)
def test_each_oddity_is_read_with_a_notice(received: Received, name: str) -> None:
    text = next(text for text in received.texts if text.exhibit.name == name)
    assert NOTICED[name][0] in {notice.code for notice in text.notices}
    assert len(text.text) > 50


@pytest.mark.parametrize("name", GOOD)
def test_the_good_ones_are_read(received: Received, name: str) -> None:
    text = next(text for text in received.texts if text.exhibit.name == name)
    assert STORY in text.text
    assert not {notice.code for notice in text.notices} - {"running_lines"}


def test_nothing_else_is_refused_or_read(received: Received) -> None:
    assert {refusal.facts["path"] for refusal in received.refusals} == {*REFUSED, *PLACES, "corpus.jsonl", "../x"}
    assert {text.exhibit.name for text in received.texts} == {*NOTICED, *GOOD, "corpus.jsonl"}


def test_lines_of_a_corpus_are_refused_with_their_number(received: Received) -> None:
    told = [(refusal.code, refusal.facts["line"]) for refusal in received.refusals if refusal.facts["path"] in ("corpus.jsonl", "../x")]
    assert told == [("malformed_line", 2), ("duplicate_id", 4), ("outside_folder", 5)]
    assert [text.id for text in received.texts if text.exhibit.name == "corpus.jsonl"] == ["line-1", "line-3"]


def test_every_code_has_words(received: Received) -> None:
    codes = {refusal.code for refusal in received.refusals} | {notice.code for text in received.texts for notice in text.notices}
    assert codes <= set(sentences())


def test_a_batch_is_the_same_twice(museum: Path, received: Received) -> None:
    again = receive([museum], OPTIONS)
    assert [(text.id, text.text, text.pieces) for text in again.texts] == [(text.id, text.text, text.pieces) for text in received.texts]
    assert list(map(str, again.refusals)) == list(map(str, received.refusals))


def test_every_exhibit_has_the_digest_of_its_bytes(museum: Path, received: Received) -> None:
    import hashlib

    for exhibit in received.exhibits:
        data = (museum / exhibit.name).read_bytes()
        assert (exhibit.size, exhibit.sha256) == (len(data), hashlib.sha256(data).hexdigest())

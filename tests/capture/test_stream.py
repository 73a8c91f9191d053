"""A large corpus of JSON lines in portions says what the same corpus says at once."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.capture import Limits, Options, receive, receive_in_turn
from merestone.capture.stream import Ids
from merestone.capture.terms import ExhibitText
from merestone.ledger.terms import Refusal

SMALL = Limits(streamed_bytes=100)
TEXT = "On 17 May 2031 the army of Veldar fired at the village of Keldholt, the Ministry of Defence of Orsay said."


def both(
    path: Path, limits: Limits = SMALL
) -> tuple[tuple[list[ExhibitText], list[Refusal]], tuple[list[ExhibitText], list[Refusal]], int]:
    """Texts and refusals at once, the same in portions, and how many portions there were."""
    whole = receive([path], Options(limits=limits))
    portions = [portion for portion, _ in receive_in_turn([path], Options(limits=limits))]
    texts = [text for portion in portions for text in portion.texts]
    return (list(whole.texts), list(whole.refusals)), (texts, [r for p in portions for r in p.refusals]), len(portions)


def told(refusals: list[Refusal]) -> list[tuple[str, dict[str, Any]]]:
    return [(refusal.code, refusal.facts) for refusal in refusals]


def written(path: Path, rows: list[object]) -> Path:
    path.write_text(
        "".join((row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows), encoding="utf-8"
    )
    return path


def test_texts_ids_and_refusals_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "named.txt").write_text(TEXT, encoding="utf-8")
    rows: list[object] = [
        {"text": TEXT, "id": "a", "publisher": "Mill Watch"},
        {"text": TEXT + " Again.", "published": "2031-05-18", "language": "en"},
        "no line of JSON",
        {"text": TEXT, "id": "a"},
        {"path": "named.txt", "id": "from a file"},
        {"path": "missing.txt"},
        {"text": "   "},
        {"text": TEXT, "id": "big-2"},  # the name that the second line would have
        {"text": TEXT, "protected": True},
        {"text": "Կրակոց\u2028ու", "id": "մեկ"},
        "",
        *({"text": f"{TEXT} {number}"} for number in range(450)),
    ]
    at_once, in_turn, portions = both(written(tmp_path / "big.jsonl", rows))
    assert portions > 2
    assert [(t.id, t.text, t.exhibit, t.pieces, t.echoed, t.protected, t.published) for t in in_turn[0]] == [
        (t.id, t.text, t.exhibit, t.pieces, t.echoed, t.protected, t.published) for t in at_once[0]
    ]
    assert told(in_turn[1]) == told(at_once[1])


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_mark_at_the_head_and_other_line_ends(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "big.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + ending.join(json.dumps({"text": TEXT, "id": str(n)}) for n in range(5)).encode())
    at_once, in_turn, _ = both(path)
    assert [t.id for t in in_turn[0]] == [t.id for t in at_once[0]] == list("01234")
    assert not in_turn[1]


def test_what_is_no_corpus_of_lines_is_taken_at_once(tmp_path: Path) -> None:
    path = tmp_path / "wide.jsonl"
    path.write_bytes("".join(json.dumps({"text": TEXT}) + "\n" for _ in range(5)).encode("utf-16"))
    at_once, in_turn, portions = both(path)
    assert portions == 1
    assert [t.text for t in in_turn[0]] == [t.text for t in at_once[0]] == [TEXT] * 5


def test_a_line_that_is_too_long_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    path = written(tmp_path / "big.jsonl", [{"text": TEXT}, {"text": "x" * 9000}, {"text": TEXT}])
    _, in_turn, _ = both(path, replace(SMALL, line_points=1000))
    assert [(refusal.code, refusal.facts["line"]) for refusal in in_turn[1]] == [("malformed_line", 2)]
    assert len(in_turn[0]) == 2


def test_reading_stops_after_too_many_bad_lines(tmp_path: Path) -> None:
    path = written(tmp_path / "big.jsonl", ['{"text"', *["no"] * 40])
    at_once, in_turn, _ = both(path, replace(SMALL, bad_lines=10))
    assert told(in_turn[1]) == told(at_once[1])
    assert len(in_turn[1]) == 11


def test_publishers_of_the_whole_are_known_from_the_first_portion(tmp_path: Path) -> None:
    rows: list[object] = [{"text": TEXT} for _ in range(400)]
    rows += [{"text": TEXT, "publisher": "Mill Watch"}, {"text": TEXT, "publisher": "Hidden", "protected": True}]
    path = written(tmp_path / "big.jsonl", rows)
    first = next(iter(receive_in_turn([path], Options(limits=SMALL, publisher="Courier"))))
    assert first[1] == {"Mill Watch", "Courier"}


@given(st.lists(st.text(max_size=6), max_size=400), st.text(max_size=6))
def test_ids_are_what_was_added(words: list[str], other: str) -> None:
    ids = Ids()
    for word in words:
        ids.add(word)
    assert all(word in ids for word in words)
    assert (other in ids) == (other in set(words))


def test_ids_grow() -> None:
    ids = Ids()
    for number in range(20_000):
        ids.add(str(number))
    assert all(str(number) in ids for number in range(20_000))
    assert not any(str(number) in ids for number in range(20_000, 21_000))

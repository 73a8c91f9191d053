"""Entries: one form on the way out and on the way in, and nothing that does not belong."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.ledger.canonical import LARGEST, canonical
from merestone.ledger.entry import LIMIT, digits_in, entry_bytes, entry_of
from merestone.ledger.terms import Entry, Refusal

PLAIN = Entry("recorded", 1, "ACC-001", "2031-05-17T08:15:00.123456Z", {"claim": "EXH-7K3F-Q2MW#3", "spans": [[1, 2]]})
TWO = replace(PLAIN, act="erased", second="ACC-002")
WRITTEN: dict[str, Any] = {"act": "recorded", "actor": "ACC-001", "at": PLAIN.at, "body": {}, "v": 1}


def test_the_golden_bytes() -> None:
    """These stand for ever: old ledgers are made of them."""
    assert entry_bytes(PLAIN) == (
        b'{"act":"recorded","actor":"ACC-001","at":"2031-05-17T08:15:00.123456Z","body":{"claim":"EXH-7K3F-Q2MW#3","spans":[[1,2]]},"v":1}'
    )
    assert entry_bytes(TWO).endswith(b'"second":"ACC-002","v":1}')


@pytest.mark.parametrize("entry", [PLAIN, TWO, replace(PLAIN, body={}), replace(PLAIN, version=LARGEST)])
def test_there_and_back(entry: Entry) -> None:
    assert entry_of(entry_bytes(entry)) == entry


TEXTS = st.text(max_size=5)


@given(
    st.builds(
        Entry,
        act=st.sampled_from(("recorded", "pack_adopted", "x.y-z2")),
        version=st.integers(1, LARGEST),
        actor=st.text(min_size=1, max_size=5),
        at=st.datetimes().map(lambda at: f"{at:%Y-%m-%dT%H:%M:%S.%f}Z".rjust(27, "0")),
        body=st.dictionaries(TEXTS, TEXTS | st.integers(0, 99) | st.lists(TEXTS, max_size=3) | st.none(), max_size=4),
        second=TEXTS,
    )
)
def test_any_entry_there_and_back(entry: Entry) -> None:
    assert entry_of(entry_bytes(entry)) == entry


def test_any_mapping_is_a_body() -> None:
    assert entry_bytes(replace(PLAIN, body=MappingProxyType(dict(PLAIN.body)))) == entry_bytes(PLAIN)


BAD: list[dict[str, Any]] = [
    {"act": ""}, {"act": "Recorded"}, {"act": "re corded"}, {"act": "récorded"}, {"act": "a" * 65}, {"act": 1}, {"act": "recorded\n"},
    {"version": 0}, {"version": -1}, {"version": True}, {"version": "1"}, {"version": LARGEST + 1},
    {"actor": ""}, {"actor": None}, {"actor": 7}, {"second": None}, {"second": 0},
    {"at": ""}, {"at": "2031-05-17T08:15:00Z"}, {"at": "2031-05-17T08:15:00.123456+00:00"}, {"at": "2031-05-17 08:15:00.123456Z"}, {"at": "2031-02-30T08:15:00.123456Z"},
    {"at": "2031-05-17T24:00:00.000000Z"}, {"at": "2031-05-17T08:60:00.000000Z"}, {"at": "2031-05-17T08:15:60.000000Z"}, {"at": "0000-05-17T08:15:00.000000Z"},
    {"at": "٢٠٣١-05-17T08:15:00.123456Z"}, {"at": "2031-05-17T08:15:00.123456Z\n"}, {"at": 5},
]  # fmt: skip


@pytest.mark.parametrize("change", BAD, ids=repr)
def test_a_malformed_entry_is_neither_written_nor_read(change: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="entry_malformed"):
        entry_bytes(replace(PLAIN, **change))
    names = {"version": "v"}
    with pytest.raises(Refusal, match=r"entry_malformed|not_canonical"):
        entry_of(_bytes({**WRITTEN, **{names.get(name, name): value for name, value in change.items()}}))


def test_a_number_with_a_point_is_no_version() -> None:
    """As bytes it cannot be told from 1, which is why it is refused before it is written."""
    with pytest.raises(Refusal, match="entry_malformed"):
        entry_bytes(replace(PLAIN, version=1.0))  # type: ignore[arg-type]


def _bytes(value: Any) -> bytes:
    try:
        return canonical(value)
    except Refusal:
        return str(value).encode()


@pytest.mark.parametrize(
    "value",
    [{**WRITTEN, "more": 1}, {**WRITTEN, "second": ""}, {name: WRITTEN[name] for name in ("act", "actor", "at", "v")}, {**WRITTEN, "body": []}, {**WRITTEN, "body": None},
     [WRITTEN], "recorded", None, 1],
    ids=repr,
)  # fmt: skip
def test_other_names_and_other_kinds_are_refused(value: Any) -> None:
    with pytest.raises(Refusal, match="entry_malformed"):
        entry_of(canonical(value))


def test_the_largest_entry() -> None:
    room = LIMIT - len(entry_bytes(replace(PLAIN, body={"t": ""})))
    largest = entry_bytes(replace(PLAIN, body={"t": "a" * room}))
    assert len(largest) == LIMIT
    assert entry_of(largest).body["t"] == "a" * room
    with pytest.raises(Refusal, match="entry_too_large") as refused:
        entry_bytes(replace(PLAIN, body={"t": "a" * (room + 1)}))
    assert refused.value.facts == {"found": LIMIT + 1, "limit": LIMIT}
    with pytest.raises(Refusal, match="entry_too_large"):
        entry_of(b" " * (LIMIT + 1))


def test_a_body_that_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(Refusal, match="not_canonical"):
        entry_bytes(replace(PLAIN, body={"t": 2**60}))


def test_every_flipped_bit_is_refused_or_is_another_entry() -> None:
    data = entry_bytes(TWO)
    for at in range(8 * len(data)):
        flipped = bytearray(data)
        flipped[at // 8] ^= 1 << at % 8
        try:
            assert entry_of(bytes(flipped)) != TWO
        except Refusal:
            continue


def test_digits_are_found_wherever_they_stand() -> None:
    one, two, three = "1" * 64, "a" * 64, "f" * 64
    body = {
        "original": one,
        "items": ["x", two],
        "sealed": {three: {"deep": [one]}},
        "not": ["A" * 64, "1" * 63, "1" * 65, "g" * 64, f"{one}\n", 5, None],
    }
    assert list(digits_in(body)) == [("original", one), ("items/1", two), ("sealed", three), (f"sealed/{three}/deep/0", one)]

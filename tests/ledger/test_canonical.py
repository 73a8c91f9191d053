"""Canonical JSON against RFC 8785: its own samples, everything that can be written, and what must be refused."""

from __future__ import annotations

import json
import math
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.ledger import canonical as room
from merestone.ledger.canonical import DEPTH, LARGEST, canonical, number, parsed
from merestone.ledger.terms import Refusal

# RFC 8785, appendix B: the bits of a double, and how it is written
NUMBERS = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]


@pytest.mark.parametrize(("bits", "written"), NUMBERS)
def test_numbers_of_the_standard(bits: str, written: str) -> None:
    value = struct.unpack(">d", bytes.fromhex(bits))[0]
    assert number(value) == written
    assert canonical([value]) == f"[{written}]".encode()
    assert parsed(f"[{written}]".encode()) == [value]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_found_again_from_what_is_written(value: float) -> None:
    assert float(number(value)) == value
    assert parsed(canonical(value)) == value


def test_the_example_of_the_standard() -> None:
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f",
        "literals": [None, True, False],
    }
    written = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert canonical(value) == written.encode()


def test_keys_stand_in_the_order_of_utf_16() -> None:
    """RFC 8785 §3.2.3: U+1F600 is written with a surrogate pair and so stands before U+FB33."""
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    order = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical(dict.fromkeys(keys, 0)))) == order
    assert sorted(keys) != order  # as code points they would stand in another


@pytest.mark.parametrize(
    ("char", "written"),
    [
        *[(chr(code), f"\\u{code:04x}") for code in range(32) if chr(code) not in "\b\t\n\f\r"],
        ("\b", "\\b"), ("\t", "\\t"), ("\n", "\\n"), ("\f", "\\f"), ("\r", "\\r"), ('"', '\\"'), ("\\", "\\\\"),
        *[(char, char) for char in "/\x7f\x80\u2028\u2029\ufeff\U0001f600ßя"],
    ],
)  # fmt: skip
def test_letters(char: str, written: str) -> None:
    assert canonical(char) == f'"{written}"'.encode()
    assert canonical({char: 1.5}) == f'{{"{written}":1.5}}'.encode()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_written_is_read_and_written_again(value: Any) -> None:
    data = canonical(value)
    assert parsed(data) == value
    assert canonical(parsed(data)) == data


@given(VALUES)
def test_the_quick_way_and_the_slow_way_write_the_same(value: Any) -> None:
    assert "".join(room._written(value, DEPTH)).encode() == canonical(value)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 9), max_size=6))
def test_the_order_in_which_a_table_was_filled_leaves_no_trace(table: dict[str, int]) -> None:
    assert canonical(dict(reversed(table.items()))) == canonical(table)


def test_tuples_are_lists() -> None:
    assert canonical({"a": (1, ("b",))}) == canonical({"a": [1, ["b"]]})


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


class Word(str):
    __slots__ = ()


LOOP: list[Any] = []
LOOP.append(LOOP)


@pytest.mark.parametrize(
    "value",
    [LARGEST + 1, -LARGEST - 1, 10**400, math.nan, math.inf, -math.inf, "\ud800", {"\udfff": 1}, {"ä\udfff": 1}, {1: 2}, {None: 1}, {("a",): 1}, b"a",
     {1, 2}, Word("a"), {Word("a"): 1}, object(), nested(DEPTH + 1), nested(5000), LOOP, {"ä": [1, b""]}, [1.5, LARGEST + 1]],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_has_no_canonical_form(value: Any) -> None:
    for given_value in (value, {"deep": [value]} if value is not LOOP else value):
        with pytest.raises(Refusal, match="not_canonical"):
            canonical(given_value)


def test_the_deepest_nest_and_the_largest_number_that_are_allowed() -> None:
    assert parsed(canonical(nested(DEPTH))) == nested(DEPTH)
    assert [repr(each) for each in parsed(canonical([LARGEST, -LARGEST]))] == [repr(LARGEST), repr(-LARGEST)]  # no doubles


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}', b'{"a":1,"a":2}', b'{"b":1,"a":2}', b'{"a": 1}', b' {"a":1}', b'{"a":1}\n', b"[1.0]", b"[-0]", b"[01]", b"[1e2]", b"[1E400]",
        b"[NaN]", b"[Infinity]", b"[-Infinity]", b"[9007199254740993]", b"[" + b"9" * 5000 + b"]", b'["\\u0041"]', b'["\\/"]', b'["\\u000A"]', b'["\\u000F"]',
        b'["\\ud800"]', b'["\xff"]', b'["\xc0\x80"]', b'["\xed\xa0\x80"]', b"", b"[", b"[1,]", b"nul", b"'a'", b"[1]//", b"\xef\xbb\xbf[1]", b"[" * 100_000,
        b'{"a":' * 100_000, b"[" * (DEPTH + 1) + b"]" * (DEPTH + 1), "[1]".encode("utf-16"), b'["\n"]', b"[1e21]", b"[0.10]", b'{"\xf0\x9f\x98\x80":1,"\xee\x80\x80":2,"a":3}',
    ],
    ids=lambda data: ascii(data[:20]),
)  # fmt: skip
def test_bytes_that_are_not_canonical(data: bytes) -> None:
    with pytest.raises(Refusal, match="not_canonical"):
        parsed(data)


def test_every_flipped_bit_is_seen_or_is_another_value() -> None:
    value = {"act": "recorded", "n": [1, 2.5, None, True], "ü": "ß\n"}
    data = canonical(value)
    for at in range(8 * len(data)):
        flipped = bytearray(data)
        flipped[at // 8] ^= 1 << at % 8
        try:
            assert parsed(bytes(flipped)) != value
        except Refusal:
            continue

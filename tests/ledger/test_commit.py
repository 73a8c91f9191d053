"""Commitments bind: to the bytes, to the key, and to one length of key."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.ledger.commit import check, commitment
from merestone.ledger.terms import BrokenRecord, Refusal

KEY, DATA = bytes(range(32)), b"the name of a resident"
KEPT = commitment(KEY, DATA)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200))
def test_it_is_hmac(key: bytes, data: bytes) -> None:
    assert commitment(key, data) == hmac.new(key, data, hashlib.sha256).hexdigest()
    check(key, data, commitment(key, data), "entry 7")


def test_every_flipped_bit_is_found_and_the_place_is_named() -> None:
    for length, make in ((len(DATA), lambda other: (KEY, other, KEPT)), (len(KEY), lambda other: (other, DATA, KEPT))):
        whole = DATA if length == len(DATA) else KEY
        for at in range(8 * length):
            other = bytearray(whole)
            other[at // 8] ^= 1 << at % 8
            with pytest.raises(BrokenRecord, match="entry 7"):
                check(*make(bytes(other)), "entry 7")


@pytest.mark.parametrize("expected", ["", KEPT[:-1], KEPT.upper(), KEPT + "0", "é" * 64, hashlib.sha256(DATA).hexdigest()], ids=ascii)
def test_other_digits_are_found(expected: str) -> None:
    with pytest.raises(BrokenRecord):
        check(KEY, DATA, expected, "entry 7")


@pytest.mark.parametrize("key", [b"", KEY[:-1], KEY + b"\0", KEY * 3])
def test_keys_of_another_length_are_refused(key: bytes) -> None:
    """HMAC fills up short keys with zeros and hashes long ones: two keys could give one commitment."""
    with pytest.raises(Refusal, match="key_malformed"):
        commitment(key, DATA)

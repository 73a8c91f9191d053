"""Sealing without a mission: what goes in comes out, for the right key and under the right label alone; no byte can be altered unseen."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from merestone.ledger.commit import commitment
from merestone.ledger.terms import BrokenRecord
from merestone.register import sealing
from merestone.register.sealing import Label
from merestone.register.terms import Sealed

PRIVATE = bytes(range(32))
PUBLIC = X25519PrivateKey.from_private_bytes(PRIVATE).public_key().public_bytes_raw()
KEY = bytes(range(32, 64))


def label(data: bytes, kind: str = "text", owner: str = "EXH-7K3F-Q2MW", fingerprint: str = "") -> Label:
    return Label(kind, owner, commitment(KEY, data), fingerprint)


def closed(data: bytes, seed: int = 1) -> Sealed:
    return sealing.seal(PUBLIC, label(data), data, KEY, random.Random(seed).randbytes)


def honest(about: Label, wrapped: bytes, cipher: bytes) -> Sealed:
    """What somebody stores who makes the digest right again after altering."""
    return Sealed(wrapped, cipher, sealing.digest(about, wrapped, cipher))


@given(st.binary(max_size=3000), st.integers(0, 2**32))
def test_what_was_sealed_comes_out_with_its_key(data: bytes, seed: int) -> None:
    assert sealing.unseal(PRIVATE, label(data), closed(data, seed)) == (data, KEY)


@given(st.binary(min_size=16, max_size=600))
def test_nothing_of_it_shows(data: bytes) -> None:
    sealed = closed(data)
    assert data not in sealed.wrapped + sealed.cipher
    assert KEY not in sealed.wrapped + sealed.cipher


def test_the_same_bytes_sealed_twice_have_nothing_in_common() -> None:
    one, two = closed(b"the same", 1), closed(b"the same", 2)
    assert one.wrapped[:32] != two.wrapped[:32]
    assert one.cipher[:12] != two.cipher[:12]
    assert one.digest != two.digest


@pytest.mark.parametrize("part", ["wrapped", "cipher"])
def test_every_flipped_byte_is_found_unopened(part: str) -> None:
    data = b"a short text"
    sealed = closed(data)
    stored = getattr(sealed, part)
    for index in range(len(stored)):
        flipped = stored[:index] + bytes([stored[index] ^ 1 << index % 8]) + stored[index + 1 :]
        with pytest.raises(BrokenRecord):
            sealing.check(label(data), replace(sealed, **{part: flipped}), sealed.digest, "here")


@pytest.mark.parametrize("part", ["wrapped", "cipher"])
def test_every_flipped_byte_is_found_on_opening_too_even_under_a_right_digest(part: str) -> None:
    data = b"a short text"
    sealed = closed(data)
    stored = getattr(sealed, part)
    for index in range(len(stored)):
        parts = {"wrapped": sealed.wrapped, "cipher": sealed.cipher}
        parts[part] = stored[:index] + bytes([stored[index] ^ 1 << index % 8]) + stored[index + 1 :]
        with pytest.raises(BrokenRecord):
            sealing.unseal(PRIVATE, label(data), honest(label(data), **parts))


@pytest.mark.parametrize("index", range(64))
def test_every_flipped_digit_of_the_digest_is_found(index: int) -> None:
    sealed = closed(b"a short text")
    digit = "0" if sealed.digest[index] != "0" else "1"
    wrong = sealed.digest[:index] + digit + sealed.digest[index + 1 :]
    with pytest.raises(BrokenRecord):
        sealing.check(label(b"a short text"), sealed, wrong, "here")
    with pytest.raises(BrokenRecord):
        sealing.unseal(PRIVATE, label(b"a short text"), replace(sealed, digest=wrong))


@pytest.mark.parametrize(
    "other",
    [
        label(b"a short text", kind="reason"),
        label(b"a short text", owner="EXH-7K3F-Q2MX"),
        label(b"a short text", fingerprint="ab" * 32),
        label(b"another text"),
    ],
    ids=["kind", "owner", "fingerprint", "commitment"],
)
def test_it_cannot_be_taken_for_another_item(other: Label) -> None:
    sealed = closed(b"a short text")
    with pytest.raises(BrokenRecord):
        sealing.check(other, sealed, sealed.digest, "here")
    with pytest.raises(BrokenRecord):
        sealing.unseal(PRIVATE, other, honest(other, sealed.wrapped, sealed.cipher))


def test_another_vault_cannot_open_it() -> None:
    with pytest.raises(BrokenRecord, match="another vault"):
        sealing.unseal(bytes(range(1, 33)), label(b"a short text"), closed(b"a short text"))


def test_bytes_that_are_not_those_committed_to_are_found_although_they_were_sealed_rightly() -> None:
    about = label(b"what was committed to")
    forged = sealing.seal(PUBLIC, about, b"what somebody sealed instead", KEY, random.Random(3).randbytes)
    with pytest.raises(BrokenRecord, match="commitment"):
        sealing.unseal(PRIVATE, about, forged)


@pytest.mark.parametrize(
    "wrapped", [b"", b"\0" * 111, b"\0" * 112, b"\1" * 112, b"\0" * 113], ids=["none", "short", "zeros", "ones", "long"]
)
@pytest.mark.parametrize("cipher", [b"", b"\0" * 27, b"\0" * 300], ids=["none", "short", "zeros"])
def test_no_bytes_make_it_fall(wrapped: bytes, cipher: bytes) -> None:
    about = label(b"a short text")
    with pytest.raises(BrokenRecord):
        sealing.unseal(PRIVATE, about, honest(about, wrapped, cipher))


@given(st.integers(0, 2**40))
def test_lengths_are_rounded_up_by_little(length: int) -> None:
    stored = sealing.padded_length(length)
    assert length + 8 <= stored <= max((length + 8) * 1.12, sealing.LEAST)


@given(st.integers(0, 240), st.integers(0, 240))
def test_short_texts_are_all_of_one_length(one: int, two: int) -> None:
    assert len(closed(b"x" * one).cipher) == len(closed(b"y" * two).cipher)


@given(st.lists(st.text(max_size=8), min_size=4, max_size=4), st.lists(st.text(max_size=8), min_size=4, max_size=4))
def test_no_two_labels_are_written_alike(one: list[str], two: list[str]) -> None:
    assert (Label(*one).bytes() == Label(*two).bytes()) == (one == two)

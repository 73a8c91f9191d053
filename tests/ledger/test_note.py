"""Signed notes: the published example, every flipped bit, and notes that somebody tampered with by hand."""

from __future__ import annotations

import base64

import pytest

from merestone.ledger.note import SIGNATURES, Signer, opened, signed, verifier_of
from merestone.ledger.terms import BrokenRecord, Checkpoint, Refusal
from tests.ledger.made import OTHER, SIGNER, VKEY

HEAD = Checkpoint(SIGNER.name, 10, bytes(range(32)))
NOTE = signed(HEAD, SIGNER)
TEXT, OURS = NOTE.decode().split("\n\n")
WITNESS = Signer("witness.example/w1", bytes(32))
THEIRS = signed(Checkpoint(WITNESS.name, 1, bytes(32)), WITNESS).decode().split("\n\n")[1]


def note(*lines: str, text: str = TEXT) -> bytes:
    return f"{text}\n\n{''.join(lines)}".encode()


def test_the_shape_is_that_of_the_specification() -> None:
    assert NOTE.decode().split("\n")[:4] == [SIGNER.name, "10", base64.b64encode(bytes(range(32))).decode(), ""]
    mark, signature = base64.b64decode(OURS.split(" ")[2])[:4], base64.b64decode(OURS.split(" ")[2])[4:]
    assert OURS.startswith(f"\u2014 {SIGNER.name} ")
    assert mark.hex() == VKEY.split("+")[1]
    assert len(signature) == 64
    assert opened(NOTE, VKEY) == HEAD
    assert signed(HEAD, SIGNER) == NOTE


def test_the_published_example_of_the_format() -> None:
    """Key and note of the documentation of the format's first implementation (Go, sumdb/note): signed, though no checkpoint."""
    key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is."
    line = "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    assert str(verifier_of(key)) == key
    with pytest.raises(BrokenRecord, match="a size and a root"):
        opened(note(line, text=text), key)
    with pytest.raises(BrokenRecord, match="signature that is not its own"):
        opened(note(line, text=text.replace("problem", "Problem")), key)


def test_every_flipped_bit_is_found() -> None:
    for at in range(8 * len(NOTE)):
        flipped = bytearray(NOTE)
        flipped[at // 8] ^= 1 << at % 8
        with pytest.raises(BrokenRecord):
            opened(bytes(flipped), VKEY)


def test_lines_of_witnesses_may_stand_before_and_behind() -> None:
    assert opened(note(THEIRS, OURS), VKEY) == opened(note(OURS, THEIRS, THEIRS), VKEY) == HEAD


def test_a_false_line_in_our_name_breaks_the_note_wherever_it_stands() -> None:
    coded = bytearray(base64.b64decode(OURS.split(" ")[2]))
    coded[10] ^= 1
    false = f"\u2014 {SIGNER.name} {base64.b64encode(coded).decode()}\n"
    for lines in ((false,), (false, OURS), (OURS, false)):
        with pytest.raises(BrokenRecord, match="not its own"):
            opened(note(*lines), VKEY)


def test_another_key_under_our_name_is_not_ours() -> None:
    theirs = signed(HEAD, OTHER)
    with pytest.raises(BrokenRecord, match="none"):
        opened(theirs, VKEY)
    assert opened(note(theirs.decode().split("\n\n")[1], OURS), VKEY) == HEAD
    assert opened(theirs, OTHER.verifier) == HEAD


def by_us(text: str) -> bytes:
    """Any text with a right signature of ours."""
    signature = SIGNER._key.sign(f"{text}\n".encode())
    return note(f"\u2014 {SIGNER.name} {base64.b64encode(verifier_of(VKEY).mark + signature).decode()}\n", text=text)


ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [f"{SIGNER.name}\n10", f"{SIGNER.name}\n10\n{ROOT}\nmore", f"{SIGNER.name}\n010\n{ROOT}", f"{SIGNER.name}\n-1\n{ROOT}", f"{SIGNER.name}\n+1\n{ROOT}", f"{SIGNER.name}\n\n{ROOT}",
     f"{SIGNER.name}\n1_0\n{ROOT}", f"{SIGNER.name}\n{'9' * 17}\n{ROOT}", f"{SIGNER.name}\n{'9' * 5000}\n{ROOT}", f"{SIGNER.name}\n١\n{ROOT}", f"{SIGNER.name}\n10\n{ROOT[:-1]}",
     f"{SIGNER.name}\n10\n{ROOT[:-2]}B=", f"{SIGNER.name}\n10\n{base64.b64encode(bytes(31)).decode()}", f"\n10\n{ROOT}", f"elsewhere\n10\n{ROOT}", f"{SIGNER.name} \n10\n{ROOT}", "", "a\n\nb"],
    ids=ascii,
)  # fmt: skip
def test_signed_texts_that_are_no_checkpoint(text: str) -> None:
    with pytest.raises(BrokenRecord):
        opened(by_us(text), VKEY)


def test_a_text_that_is_one_passes_the_same_way() -> None:
    assert opened(by_us(f"{SIGNER.name}\n0\n{ROOT}"), VKEY) == Checkpoint(SIGNER.name, 0, bytes(32))


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", NOTE[:-1], NOTE + b"\n", NOTE + b"more", NOTE.replace(b"\n\n", b"\n"), note(), note(OURS, "\n"), note("-" + OURS[1:]), note(OURS.replace("=", "")), note("\u2014 x\n", OURS),
     note("\u2014  AAAAAAA=\n", OURS), note("\u2014 x AAAA\n", OURS), note(OURS, "\u2014 x AAAAAAB=\n"), note(*[THEIRS] * SIGNATURES, OURS), NOTE.replace(b"\n", b"\r\n"), b"\xff" + NOTE,
     note("x" * 70_000, OURS), b"\xef\xbb\xbf" + NOTE, NOTE.replace(b"10", b"10\t")],
    ids=lambda data: ascii(data[-12:]),
)  # fmt: skip
def test_other_forms_are_broken(data: bytes) -> None:
    with pytest.raises(BrokenRecord):
        opened(data, VKEY)


NAME, MARK, PUBLIC = VKEY.split("+", 2)


@pytest.mark.parametrize(
    "vkey",
    ["", "x", f"{NAME}+{MARK}", f"{NAME}+{MARK}+", f"+{MARK}+{PUBLIC}", f"{NAME}x+{MARK}+{PUBLIC}", f"{NAME}+{MARK.upper()}+{PUBLIC}", f"{NAME}+00000000+{PUBLIC}", f"{VKEY}\n", f" {VKEY}",
     f"{NAME}+{MARK}+{PUBLIC[:-4]}", f"{NAME}+{MARK}+{base64.b64encode(bytes(33)).decode()}", f"a b+{MARK}+{PUBLIC}", f"a\u202eb+{MARK}+{PUBLIC}", f"{'n' * 201}+{MARK}+{PUBLIC}", f"{NAME}+{MARK}+é"],
    ids=ascii,
)  # fmt: skip
def test_keys_that_are_none(vkey: str) -> None:
    for ask in (lambda: verifier_of(vkey), lambda: opened(NOTE, vkey)):
        with pytest.raises(Refusal, match="key_malformed"):
            ask()


@pytest.mark.parametrize(
    ("name", "seed"),
    [("", bytes(32)), ("a b", bytes(32)), ("a+b", bytes(32)), ("a\nb", bytes(32)), ("a", b""), ("a", bytes(31)), ("a", bytes(33))],
)
def test_signers_that_there_cannot_be(name: str, seed: bytes) -> None:
    with pytest.raises(Refusal, match="key_malformed"):
        Signer(name, seed)


def test_a_key_signs_for_its_own_ledger_alone() -> None:
    with pytest.raises(Refusal, match="key_malformed"):
        signed(Checkpoint("elsewhere", 1, bytes(32)), SIGNER)
    with pytest.raises(BrokenRecord):
        signed(Checkpoint(SIGNER.name, 1, bytes(31)), SIGNER)


def test_the_secret_is_not_shown() -> None:
    assert "seed" not in repr(SIGNER)
    assert SIGNER.seed32.hex() not in repr(SIGNER)

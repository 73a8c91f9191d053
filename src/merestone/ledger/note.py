"""A tree head that somebody signed: C2SP signed-note and tlog-checkpoint, Ed25519.

What `opened` returns was signed by the key that the caller named. Lines by other keys (witnesses) may stand beside; they are
neither needed nor believed.
"""

from __future__ import annotations

import base64
import binascii
import functools
import re
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from merestone.ledger.terms import BrokenRecord, Checkpoint, Refusal

LIMIT = 65_536  # bytes of a note
SIGNATURES = 100  # lines of a note

_ED25519 = b"\x01"
_DASH = "\u2014 "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")  # but for the end of a line
_TEXT = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n")
_VERIFIER = re.compile(r"([^+\n]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")


@dataclass(frozen=True, slots=True)
class Verifier:
    """The public half of a signing key under its name."""

    name: str
    public: bytes

    @property
    def mark(self) -> bytes:
        """Four bytes that tell keys apart; no more than a hint, since anybody can make a key with the same four."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.mark.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the ledger's name and 32 secret bytes. `verifier` is what is given to the world."""

    name: str
    seed32: bytes = field(repr=False)
    _key: Ed25519PrivateKey = field(init=False, repr=False, compare=False)  # made once: each entry that is written is signed for
    _public: Verifier = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_name(self.name)
        if len(self.seed32) != 32:
            raise Refusal("key_malformed", found=f"a secret of {len(self.seed32)} bytes, where 32 are needed")
        key = Ed25519PrivateKey.from_private_bytes(self.seed32)
        object.__setattr__(self, "_key", key)
        object.__setattr__(self, "_public", Verifier(self.name, key.public_key().public_bytes_raw()))

    @property
    def verifier(self) -> str:
        return str(self._public)


@functools.lru_cache(maxsize=16)
def verifier_of(vkey: str) -> Verifier:
    """The public key in the form "name+hash+base64". `Refusal` `key_malformed` for anything that is not exactly that."""
    found = _VERIFIER.fullmatch(vkey)
    if found is None:
        raise Refusal("key_malformed", found="something that is not written name+hash+key")
    _check_name(found[1])
    public = decoded(found[3])
    if public is None or len(public) != 33 or public[:1] != _ED25519:
        raise Refusal("key_malformed", found="a key that is not Ed25519")
    verifier = Verifier(found[1], public[1:])
    if verifier.mark.hex() != found[2]:
        raise Refusal("key_malformed", found="a key whose hash is another's")
    return verifier


def signed(checkpoint: Checkpoint, signer: Signer) -> bytes:
    """The note. Its first line is the signer's name: a key signs for its own ledger and for no other."""
    if checkpoint.origin != signer.name:
        raise Refusal("key_malformed", found="a key of another ledger")
    if len(checkpoint.root) != 32 or checkpoint.size < 0:
        raise BrokenRecord(
            "the checkpoint to be signed", "a size and a root of 32 bytes", f"{checkpoint.size}, {len(checkpoint.root)} bytes"
        )
    text = f"{checkpoint.origin}\n{checkpoint.size}\n{base64.b64encode(checkpoint.root).decode()}\n"
    signature = signer._key.sign(text.encode())
    mark = signer._public.mark
    return f"{text}\n{_DASH}{signer.name} {base64.b64encode(mark + signature).decode()}\n".encode()


def opened(note: bytes, vkey: str) -> Checkpoint:
    """What the key says. `BrokenRecord` unless the note is well formed and every line that claims this key is signed by it."""
    verifier = verifier_of(vkey)
    where = f"the checkpoint of {verifier.name}"
    text, lines = _parted(where, note)
    ours = 0
    for line in lines:
        name, _, coded = line.removeprefix(_DASH).partition(" ")
        signature = decoded(coded)
        if not line.startswith(_DASH) or not name or signature is None or len(signature) < 5:
            raise BrokenRecord(where, "a signature in each line below the text", "another line")
        if name == verifier.name and signature[:4] == verifier.mark:
            _check_signature(where, verifier, signature[4:], text)
            ours += 1
    if not ours:
        raise BrokenRecord(where, f"a signature by the key {verifier.mark.hex()}", "none")
    found = _TEXT.fullmatch(text)
    if found is None:
        raise BrokenRecord(where, "a name, a size and a root, and nothing else", "another text")
    root = decoded(found[3])
    if found[1] != verifier.name or root is None:
        raise BrokenRecord(where, f"the name {verifier.name} and a root", "another name, or a root in another form")
    return Checkpoint(found[1], int(found[2]), root)


def brought(note: bytes, vkey: str) -> Checkpoint:
    """A checkpoint that the reader kept. `Refusal` `checkpoint_unfit` unless the key signed it: the file is at fault then, not the record."""
    try:
        return opened(note, vkey)
    except BrokenRecord as broken:
        raise Refusal("checkpoint_unfit", key=verifier_of(vkey).name, wanted=broken.expected, found=broken.found) from broken


def _parted(where: str, note: bytes) -> tuple[str, list[str]]:
    """Text and signature lines. The last empty line parts them, so that no text can bring signatures of its own."""
    if len(note) > LIMIT:
        raise BrokenRecord(where, f"at most {LIMIT} bytes", f"{len(note)} bytes")
    try:
        whole = note.decode()
    except UnicodeDecodeError:
        raise BrokenRecord(where, "text in UTF-8", "other bytes") from None
    text, parted, below = whole.rpartition("\n\n")
    lines = below.split("\n")
    if not parted or lines.pop() or not 0 < len(lines) <= SIGNATURES or _CONTROL.search(whole):
        raise BrokenRecord(where, "a text, an empty line and signatures", "another form")
    return text + "\n", lines


def _check_signature(where: str, verifier: Verifier, signature: bytes, text: str) -> None:
    try:
        _public(verifier.public).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        raise BrokenRecord(where, f"the signature of the key {verifier.mark.hex()}", "a signature that is not its own") from None


@functools.lru_cache(maxsize=16)
def _public(key: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(key)


def decoded(coded: str) -> bytes | None:
    """Base64 in its one form: bits that would be thrown away are a way to say the same thing twice."""
    try:
        found = base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        return None
    return found if base64.b64encode(found).decode() == coded else None


def _check_name(name: str) -> None:
    if not name or len(name) > 200 or "+" in name or " " in name or not name.isprintable():
        raise Refusal("key_malformed", found="a name that is empty, too long, or holds a space, a plus sign or what cannot be printed")

"""Sealing: anybody at the mission can put an item away, and only who knows the passphrase takes it out again.

Pure: keys and chance are passed in. The law it keeps: sealed bytes are bound to their label (what they are, whose they are, what the
ledger committed to), so that nothing can be taken for another thing, and the digest that an entry names finds every flipped byte
without opening anything. Lengths are rounded up, since the length of a short text can tell what it says.

Does not hide: that something was sealed, when, by whom, for which id, and roughly how long it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from merestone.ledger import commit
from merestone.ledger.terms import BrokenRecord
from merestone.register.terms import Sealed

KEY = 32  # bytes of every key here
NONCE = 12
TAG = 16
WRAPPED = KEY + 2 * KEY + TAG  # the passing public key; the item's two keys under one that both sides can make
LEAST = 256  # bytes: whatever is shorter is sealed as this long
_FORM = b"merestone sealed item 1"


@dataclass(frozen=True, slots=True)
class Label:
    """What stands beside a sealed item in the clear, and cannot be exchanged."""

    kind: str
    owner: str
    commitment: str
    fingerprint: str = ""

    def bytes(self) -> bytes:
        return _joined(_FORM, self.kind.encode(), self.owner.encode(), self.commitment.encode(), self.fingerprint.encode())


def seal(public: bytes, label: Label, data: bytes, key: bytes, chance: Callable[[int], bytes]) -> Sealed:
    """`data` and its commitment key under a fresh key, and that under the vault's public key. `chance` must never repeat itself."""
    passing = X25519PrivateKey.from_private_bytes(chance(KEY))
    passing_public = passing.public_key().public_bytes_raw()
    lock, lock_nonce = _agreed(passing.exchange(X25519PublicKey.from_public_bytes(public)), passing_public, public)
    data_key, nonce = chance(KEY), chance(NONCE)
    about = label.bytes()
    cipher = nonce + AESGCM(data_key).encrypt(nonce, _padded(data), about)
    wrapped = passing_public + AESGCM(lock).encrypt(lock_nonce, data_key + key, about)
    return Sealed(wrapped, cipher, digest(label, wrapped, cipher))


def unseal(private: bytes, label: Label, sealed: Sealed) -> tuple[bytes, bytes]:
    """The item's bytes and its commitment key, checked against the commitment. `BrokenRecord` for anything that was altered."""
    where = f"the sealed item {label.commitment}"
    if len(sealed.wrapped) != WRAPPED or len(sealed.cipher) < NONCE + TAG:
        raise BrokenRecord(where, f"{WRAPPED} bytes of keys, and a cipher", f"{len(sealed.wrapped)} and {len(sealed.cipher)} bytes")
    check(label, sealed, sealed.digest, where)
    ours = X25519PrivateKey.from_private_bytes(private)
    passing = sealed.wrapped[:KEY]
    try:
        shared = ours.exchange(X25519PublicKey.from_public_bytes(passing))
        lock, lock_nonce = _agreed(shared, passing, ours.public_key().public_bytes_raw())
        keys = AESGCM(lock).decrypt(lock_nonce, sealed.wrapped[KEY:], label.bytes())
        padded = AESGCM(keys[:KEY]).decrypt(sealed.cipher[:NONCE], sealed.cipher[NONCE:], label.bytes())
    except (InvalidTag, ValueError):  # ValueError: a passing key that no exchange is possible with
        raise BrokenRecord(where, "what was sealed to this vault", "other bytes, or what was sealed to another vault") from None
    data = _unpadded(padded, where)
    commit.check(keys[KEY:], data, label.commitment, where)
    return data, keys[KEY:]


def digest(label: Label, wrapped: bytes, cipher: bytes) -> str:
    """SHA-256 (hex) over all that is stored of a sealed item, each part under its length."""
    return sha256(_joined(label.bytes(), wrapped, cipher)).hexdigest()


def check(label: Label, sealed: Sealed, expected: str, where: str) -> None:
    """Raises `BrokenRecord` at `where` unless the stored bytes are those that `expected` was made over. Opens nothing."""
    found = digest(label, sealed.wrapped, sealed.cipher)
    if found != expected:
        raise BrokenRecord(where, f"sealed bytes with digest {expected}", f"sealed bytes with digest {found}")


def padded_length(length: int) -> int:
    """The length that is stored for `length` bytes: at most 12 % more above `LEAST`, so that few lengths can be told apart (Padmé)."""
    whole = max(length + 8, LEAST)
    power = whole.bit_length() - 1
    step = (1 << (power - power.bit_length())) - 1
    return (whole + step) & ~step


def _padded(data: bytes) -> bytes:
    return (len(data).to_bytes(8, "big") + data).ljust(padded_length(len(data)), b"\0")


def _unpadded(padded: bytes, where: str) -> bytes:
    """Anybody can seal, so what comes out is believed no more than what came in."""
    length = int.from_bytes(padded[:8], "big")
    data = padded[8 : 8 + length]
    if len(data) != length or _padded(data) != padded:
        raise BrokenRecord(where, "bytes under their length", "another form")
    return data


def _agreed(shared: bytes, passing: bytes, public: bytes) -> tuple[bytes, bytes]:
    """Key and nonce that both sides can make. The passing key serves once, so that the nonce need not be stored."""
    made = HKDF(SHA256(), KEY + NONCE, salt=None, info=_joined(_FORM, passing, public)).derive(shared)
    return made[:KEY], made[KEY:]


def _joined(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)

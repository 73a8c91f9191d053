"""Commitments: what an entry says of bytes that may have to be erased.

HMAC-SHA-256 under a random key of the item's own, never a plain hash: few possible contents could be tried out one by one. Once
key and bytes are gone, the commitment tells nothing and the tree still stands.
"""

from __future__ import annotations

import hmac

from merestone.ledger.terms import BrokenRecord, Refusal

KEY = 32  # bytes; of one length only, since HMAC takes a key and the same key with zeros behind it for one


def commitment(key: bytes, data: bytes) -> str:
    """64 hex digits."""
    if len(key) != KEY:
        raise Refusal("key_malformed", found=f"a key of {len(key)} bytes for a commitment, where {KEY} are needed")
    return hmac.digest(key, data, "sha256").hex()


def check(key: bytes, data: bytes, expected: str, where: str) -> None:
    """Raises `BrokenRecord` at `where` unless `data` are the bytes that were committed to."""
    found = commitment(key, data)
    if not hmac.compare_digest(found.encode(), expected.encode()):
        raise BrokenRecord(where, f"bytes with commitment {expected}", f"bytes with commitment {found}")

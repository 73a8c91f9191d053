"""Why somebody did something: needed where an act changes what others did, and kept in the vault like any other free words."""

from __future__ import annotations

from merestone.ledger.terms import Refusal

LONGEST = 20_000  # characters


def reasoned(reason: str, act: str) -> bytes:
    """The reason as it is kept. Refuses `reason_missing`, `reason_long`."""
    if not reason.strip():
        raise Refusal("reason_missing", act=act)
    if len(reason) > LONGEST:
        raise Refusal("reason_long", limit=LONGEST)
    return reason.strip().encode()

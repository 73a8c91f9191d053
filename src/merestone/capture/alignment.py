"""Parties that are aligned with another: an ally, or an authority whose status is disputed.

The law it keeps: such a party stands under its own name everywhere and is read together with the other only where that is said;
which of the two readings holds is nowhere decided. The same rule for an ally of any side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from merestone.capture.terms import Pack, Party
from merestone.ledger.terms import Refusal

Aligned = tuple[str, str, str]  # code, the code that it is aligned with, why


def refuse_odd(parties: Iterable[Party], where: str) -> None:
    """Refuses with `pack_malformed` what is aligned with itself, with no party, or with a party that is itself aligned."""
    known = {party.code: party for party in parties}
    for party in known.values():
        other = party.aligned_with
        if other is None:
            continue
        if other == party.code:
            raise Refusal("pack_malformed", where=where, what=f"{other} is `aligned_with` itself")
        if other not in known:
            raise Refusal("pack_malformed", where=where, what=f"{party.code} is `aligned_with` {other}, which is no party of the pack")
        if known[other].aligned_with is not None:
            what = f"{party.code} is `aligned_with` {other}, which is itself aligned; name the party at the end"
            raise Refusal("pack_malformed", where=where, what=what)


def aligned_of(pack: Pack) -> tuple[Aligned, ...]:
    """The aligned parties in the order of their codes."""
    return tuple(sorted((party.code, party.aligned_with, party.why) for party in pack.parties if party.aligned_with is not None))


def sides_of(aligned: Iterable[Aligned]) -> Mapping[str, str]:
    """Code of an aligned party -> code of the party that it is read together with. Codes of others are not in it."""
    return {code: other for code, other, _ in aligned}

"""How one entry is shown to stand in the ledger: hash by hash up to the root that the mission signed. Pure.

The law it keeps: what is shown was checked here and now; a proof that does not hold raises and is never drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from merestone.ledger.terms import Checkpoint
from merestone.ledger.tree import NodeAt, check_inclusion, inclusion, leaf_hash, node_hash

WIDE = 1000  # units of the bar that stands for the whole ledger
_LEAST = 4  # so that one entry among thousands is seen at all


@dataclass(frozen=True, slots=True)
class Stretch:
    """Entries `first` to `last`, both among them, and where a bar of the whole ledger shows them."""

    first: int
    last: int
    x: float
    width: float

    @property
    def one(self) -> bool:
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Join:
    """One step: the hash over the entries `mine` with its neighbour `beside` (which stands on the left or not) gives `found` over both."""

    number: int
    left: bool
    mine: Stretch
    beside: Stretch
    sibling: str
    found: str


@dataclass(frozen=True, slots=True)
class Proof:
    """That the entry stands at `position` among `size` under `root`. Only `proven` makes one. Hashes in hex digits."""

    position: int
    size: int
    leaf: str
    joins: tuple[Join, ...]
    root: str


def proven(data: bytes, position: int, checkpoint: Checkpoint, node: NodeAt) -> Proof:
    """`data`: the entry's stored bytes; `node` as ledger.tree has it. THE CALLER MUST have opened the checkpoint with the mission's key.
    Raises `BrokenRecord` where the bytes are not those under the signed root."""
    size, leaf = checkpoint.size, leaf_hash(data)
    path = inclusion(position, size, node)
    check_inclusion(leaf, position, size, path, checkpoint.root)
    return Proof(position, size, leaf.hex(), _joins(leaf, position, size, path), checkpoint.root.hex())


def _joins(leaf: bytes, position: int, size: int, path: Sequence[bytes]) -> tuple[Join, ...]:
    beside: list[tuple[int, int]] = []  # what each hash of the path stands for, from the root down
    low, high = 0, size
    while high - low > 1:
        middle = low + (1 << (high - low - 1).bit_length() - 1)
        beside.append((middle, high) if position < middle else (low, middle))
        low, high = (low, middle) if position < middle else (middle, high)
    made, found = [], leaf
    for number, (sibling, (first, end)) in enumerate(zip(path, reversed(beside), strict=True), 1):
        left = first < low
        found = node_hash(sibling, found) if left else node_hash(found, sibling)
        made.append(Join(number, left, _stretch(low, high, size), _stretch(first, end, size), sibling.hex(), found.hex()))
        low, high = min(low, first), max(high, end)
    return tuple(made)


def _stretch(low: int, high: int, size: int) -> Stretch:
    width = max(_LEAST, (high - low) * WIDE / size)
    return Stretch(low, high - 1, round(min(low * WIDE / size, WIDE - width), 1), round(width, 1))

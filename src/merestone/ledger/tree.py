"""The Merkle tree of RFC 6962 §2.1 (RFC 9162 §2.1): roots, what an append adds, proofs, and checks of proofs.

Nothing is stored here. Whoever keeps a tree keeps for each leaf the hashes that it completes (terms.Row); every root and every
proof comes from those. A check returns nothing: it raises, or what it checked holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from merestone.ledger.terms import BrokenRecord, Refusal

NodeAt = Callable[[int, int], bytes]  # (level, k) -> hash of the perfect subtree over leaves [k << level, (k + 1) << level)

EMPTY = sha256(b"").digest()  # root of the tree without leaves
WIDTH = 32  # bytes of a hash


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf, from the bytes of its entry."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that an append needs of the tree before it: the perfect subtrees of `size` leaves, the largest (leftmost) first."""

    size: int = 0
    nodes: tuple[bytes, ...] = ()

    def root(self) -> bytes:
        if not self.nodes:
            return EMPTY
        found = self.nodes[-1]
        for left in reversed(self.nodes[:-1]):
            found = node_hash(left, found)
        return found


def grow(frontier: Frontier, leaves: Sequence[bytes]) -> tuple[Frontier, list[bytes]]:
    """The tree after `leaves` (the BYTES of entries, not their hashes), and for each leaf the `hashes` of its terms.Row."""
    size, stack, rows = frontier.size, list(frontier.nodes), []
    for data in leaves:
        found = sha256(b"\x00" + data).digest()
        row, rest = found, size
        while rest & 1:
            found = sha256(b"\x01" + stack.pop() + found).digest()
            row += found
            rest >>= 1
        stack.append(found)
        rows.append(row)
        size += 1
    return Frontier(size, tuple(stack)), rows


def node_in(row_hashes: Callable[[int], bytes]) -> NodeAt:
    """Nodes out of stored rows: `row_hashes(position)` is the `hashes` of that row."""

    def node(level: int, k: int) -> bytes:
        position = ((k + 1) << level) - 1
        found = row_hashes(position)[WIDTH * level : WIDTH * (level + 1)]
        if len(found) != WIDTH:
            raise BrokenRecord(f"entry {position}", f"a hash of the {1 << level} entries up to it", "none")
        return found

    return node


def frontier_at(size: int, node: NodeAt) -> Frontier:
    nodes, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            nodes.append(node(level, start >> level))
            start += 1 << level
    return Frontier(size, tuple(nodes))


def root_at(size: int, node: NodeAt) -> bytes:
    return frontier_at(size, node).root()


def inclusion(position: int, size: int, node: NodeAt) -> tuple[bytes, ...]:
    """That the leaf at `position` is in the tree of `size` leaves (RFC 9162 §2.1.3.1), from the leaf up."""
    if not 0 <= position < size:
        raise Refusal("no_such_proof", asked=f"entry {position} among {size}")
    path, low, high = [], 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if position < middle:
            path.append(_span(middle, high, node))
            high = middle
        else:
            path.append(_span(low, middle, node))
            low = middle
    return tuple(reversed(path))


def consistency(first: int, second: int, node: NodeAt) -> tuple[bytes, ...]:
    """That the tree of `second` leaves begins with the tree of `first` (RFC 9162 §2.1.4.1)."""
    if not 0 < first <= second:
        raise Refusal("no_such_proof", asked=f"{first} entries among {second}")
    path, low, high = [], 0, second
    while high != first:
        middle = low + _split(high - low)
        if first <= middle:
            path.append(_span(middle, high, node))
            high = middle
        else:
            path.append(_span(low, middle, node))
            low = middle
    if low:
        path.append(_span(low, high, node))
    return tuple(reversed(path))


def check_inclusion(leaf: bytes, position: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """`leaf` is a leaf HASH (`leaf_hash` of an entry's bytes). Raises `BrokenRecord`, or the leaf stands there under `root`."""
    where = f"proof of entry {position}"
    if not 0 <= position < size:
        raise BrokenRecord(where, f"a position below {size}", str(position))
    _check_widths(where, (leaf, *proof))
    found, at, last = leaf, position, size - 1
    for sibling in proof:
        if not last:
            raise BrokenRecord(where, "the end of the proof", "more hashes")
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise BrokenRecord(where, "more hashes", "the end of the proof")
    if found != root:
        raise BrokenRecord(where, f"root {root.hex()}", f"root {found.hex()}")


def check_consistency(first: int, root1: bytes, second: int, root2: bytes, proof: Sequence[bytes]) -> None:
    """Raises `BrokenRecord`, or the `second` leaves under `root2` begin with the `first` under `root1`. Of 0 leaves nothing is shown."""
    if not first:
        raise BrokenRecord("proof from size 0", "a size above 0", "0")
    check_subtree_consistency(0, first, root1, second, root2, proof)


def check_subtree_inclusion(leaf: bytes, position: int, span: tuple[int, int], proof: Sequence[bytes], root: bytes) -> None:
    """As `check_inclusion`, in the subtree over the leaves `span` (start, end) alone."""
    start, end = span
    _check_span(start, end)
    check_inclusion(leaf, position - start, end - start, proof, root)


def check_subtree_consistency(start: int, end: int, root1: bytes, size: int, root2: bytes, proof: Sequence[bytes]) -> None:
    """Raises `BrokenRecord`, or the leaves [start, end) of the tree `root2` of `size` leaves are those under `root1`.

    Merkle Tree Certificates (IETF PLANTS) §4.4.3; with start 0 it is RFC 9162 §2.1.4.2. An empty subtree is the empty root's."""
    where = f"proof from size {end} to size {size}"
    _check_span(start, end)
    if end > size:
        raise BrokenRecord(where, f"a size of at least {end}", str(size))
    if start == end or (start == 0 and end == size):
        if proof:
            raise BrokenRecord(where, "no hashes, where nothing was added", f"{len(proof)}")
        same = EMPTY if start == end else root2
        if root1 != same:
            raise BrokenRecord(where, f"root {same.hex()}", f"root {root1.hex()}")
        return
    _check_widths(where, (root1, *proof))
    low, high, last = start, end - 1, size - 1
    while low != high and (high & 1 or high == last):
        low, high, last = low >> 1, high >> 1, last >> 1
    path = list(proof)
    if low != high and not path:
        raise BrokenRecord(where, "hashes", "none")
    old = new = root1 if low == high else path.pop(0)
    for sibling in path:
        if not last:
            raise BrokenRecord(where, "the end of the proof", "more hashes")
        if high & 1 or high == last:
            if low < high:
                old = node_hash(sibling, old)
            new = node_hash(sibling, new)
            while not high & 1 and high:
                low, high, last = low >> 1, high >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        low, high, last = low >> 1, high >> 1, last >> 1
    if last:
        raise BrokenRecord(where, "more hashes", "the end of the proof")
    for root, found in ((root1, old), (root2, new)):
        if found != root:
            raise BrokenRecord(where, f"root {root.hex()}", f"root {found.hex()}")


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def _span(low: int, high: int, node: NodeAt) -> bytes:
    """The hash over leaves [low, high), where `low` is a multiple of a power of two that is no smaller."""
    nodes = []
    while low < high:
        level = (high - low).bit_length() - 1
        nodes.append(node(level, low >> level))
        low += 1 << level
    return Frontier(0, tuple(nodes)).root()


def _check_widths(where: str, hashes: Sequence[bytes]) -> None:
    """A node of another width could be read as two, or as none."""
    for each in hashes:
        if len(each) != WIDTH:
            raise BrokenRecord(where, f"hashes of {WIDTH} bytes", f"one of {len(each)}")


def _check_span(start: int, end: int) -> None:
    if not 0 <= start <= end or (start < end and start % (1 << (end - start - 1).bit_length())):
        raise BrokenRecord(f"the subtree from {start} to {end}", "a subtree of the tree", "none")

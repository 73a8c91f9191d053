"""The tree against ten lines of recursion, all proofs of small trees, and every bit flipped in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.ledger.tree import (
    EMPTY,
    WIDTH,
    Frontier,
    check_consistency,
    check_inclusion,
    check_subtree_consistency,
    check_subtree_inclusion,
    consistency,
    frontier_at,
    grow,
    inclusion,
    leaf_hash,
    node_in,
    root_at,
)
from tests.ledger.made import nodes, recursive, rows_of

LEAVES = [b"", b"\x00", b"\x01", *[b"%d" % at for at in range(297)]]
ROWS = rows_of(LEAVES)
NODE = nodes(ROWS)
ROOTS = [recursive(LEAVES[:size]) for size in range(len(LEAVES) + 1)]
SMALL = 64


def broken(check: Callable[..., None], *given_: object) -> bool:
    try:
        check(*given_)
    except BrokenRecord:
        return True
    return False


def flips(data: bytes) -> list[bytes]:
    return [data[: at // 8] + bytes([data[at // 8] ^ 1 << at % 8]) + data[at // 8 + 1 :] for at in range(8 * len(data))]


def with_one(proof: Sequence[bytes], at: int, other: bytes) -> list[bytes]:
    return [*proof[:at], other, *proof[at + 1 :]]


def test_roots_are_those_of_the_recursion() -> None:
    frontier = Frontier()
    assert frontier.root() == EMPTY == ROOTS[0]
    for size, leaf in enumerate(LEAVES, 1):
        frontier, hashes = grow(frontier, [leaf])
        assert frontier.root() == ROOTS[size]
        assert hashes == [ROWS[size - 1].hashes]
        assert frontier_at(size, NODE) == frontier
        assert root_at(size, NODE) == ROOTS[size]


@given(st.lists(st.integers(0, 60), max_size=8))
def test_it_does_not_matter_in_which_batches_it_grew(batches: list[int]) -> None:
    frontier, rows = Frontier(), list[bytes]()
    for count in batches:
        frontier, hashes = grow(frontier, LEAVES[frontier.size : frontier.size + count])
        rows += hashes
    assert frontier.root() == ROOTS[frontier.size]
    assert rows == [row.hashes for row in ROWS[: frontier.size]]


def test_each_row_holds_the_subtrees_that_it_completes() -> None:
    for row in ROWS:
        for level in range(len(row.hashes) // WIDTH):
            span = LEAVES[row.position + 1 - (1 << level) : row.position + 1]
            assert row.hashes[WIDTH * level :][:WIDTH] == recursive(span)
        completed = row.position + 1
        assert len(row.hashes) // WIDTH == (completed & -completed).bit_length()


def test_every_inclusion_in_small_trees() -> None:
    for size in range(SMALL + 1):
        for position in range(size):
            proof = inclusion(position, size, NODE)
            check_inclusion(leaf_hash(LEAVES[position]), position, size, proof, ROOTS[size])
            for other in range(size):
                if other != position:
                    assert broken(check_inclusion, leaf_hash(LEAVES[position]), other, size, proof, ROOTS[size])


def test_every_consistency_in_small_trees() -> None:
    for second in range(SMALL + 1):
        for first in range(1, second + 1):
            proof = consistency(first, second, NODE)
            check_consistency(first, ROOTS[first], second, ROOTS[second], proof)
            assert broken(check_consistency, first, ROOTS[first - 1], second, ROOTS[second], proof)
            assert broken(check_consistency, first, ROOTS[first], second, ROOTS[second - 1], proof)
            for longer in ([*proof, ROOTS[1]], [ROOTS[1], *proof], *([proof[1:], proof[:-1]] if proof else [])):
                assert broken(check_consistency, first, ROOTS[first], second, ROOTS[second], longer)


def test_every_subtree_in_small_trees() -> None:
    """A proof for leaves [start, end) is made by the recursion of the draft, here in its own words."""

    def proof_of(start: int, end: int, low: int, high: int, whole: bool) -> list[bytes]:
        if (start, end) == (low, high):
            return [] if whole else [recursive(LEAVES[low:high])]
        middle = low + (1 << (high - low - 1).bit_length() - 1)
        if end <= middle:
            return [*proof_of(start, end, low, middle, whole), recursive(LEAVES[middle:high])]
        if start >= middle:
            return [*proof_of(start, end, middle, high, whole), recursive(LEAVES[low:middle])]
        return [*proof_of(middle, end, middle, high, False), recursive(LEAVES[low:middle])]

    for size in range(1, 20):
        for start in range(size):
            for end in range(start + 1, size + 1):
                root, span = recursive(LEAVES[start:end]), 1 << (end - start - 1).bit_length()
                if start % span:
                    assert broken(check_subtree_consistency, start, end, root, size, ROOTS[size], [])
                    continue
                check_subtree_consistency(start, end, root, size, ROOTS[size], proof_of(start, end, 0, size, True))
                inner = rows_of(LEAVES[start:end])
                for position in range(start, end):
                    proof = inclusion(position - start, end - start, nodes(inner))
                    check_subtree_inclusion(leaf_hash(LEAVES[position]), position, (start, end), proof, root)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13])
def test_every_flipped_bit_of_an_inclusion_is_found(size: int) -> None:
    for position in range(size):
        leaf, proof, root = leaf_hash(LEAVES[position]), inclusion(position, size, NODE), ROOTS[size]
        for other in flips(leaf):
            assert broken(check_inclusion, other, position, size, proof, root)
        for other in flips(root):
            assert broken(check_inclusion, leaf, position, size, proof, other)
        for at, each in enumerate(proof):
            for other in flips(each):
                assert broken(check_inclusion, leaf, position, size, with_one(proof, at, other), root)


@pytest.mark.parametrize(("first", "second"), [(1, 2), (2, 3), (3, 7), (4, 8), (6, 7), (5, 13), (8, 8)])
def test_every_flipped_bit_of_a_consistency_is_found(first: int, second: int) -> None:
    proof = consistency(first, second, NODE)
    for other in flips(ROOTS[first]):
        assert broken(check_consistency, first, other, second, ROOTS[second], proof)
    for other in flips(ROOTS[second]):
        assert broken(check_consistency, first, ROOTS[first], second, other, proof)
    for at, each in enumerate(proof):
        for other in flips(each):
            assert broken(check_consistency, first, ROOTS[first], second, ROOTS[second], with_one(proof, at, other))


def test_a_hash_of_another_width_is_not_read_as_part_of_two() -> None:
    """Cut elsewhere, the same 64 bytes hash to the same root: without a look at the widths these would pass."""
    left, right = leaf_hash(LEAVES[0]), leaf_hash(LEAVES[1])
    check_inclusion(left, 0, 2, [right], ROOTS[2])
    check_consistency(1, left, 2, ROOTS[2], [right])
    assert broken(check_inclusion, left + right[:8], 0, 2, [right[8:]], ROOTS[2])
    assert broken(check_inclusion, right[8:], 1, 2, [left + right[:8]], ROOTS[2])
    assert broken(check_consistency, 1, left + right[:8], 2, ROOTS[2], [right[8:]])


def test_an_inner_node_is_no_leaf() -> None:
    """RFC 6962 hashes leaves and nodes apart, so that nobody can pass off two hashes as an entry."""
    forged = b"\x01" + leaf_hash(LEAVES[0]) + leaf_hash(LEAVES[1])
    assert broken(check_inclusion, leaf_hash(forged), 0, 2, [NODE(1, 1)], ROOTS[4])


@pytest.mark.parametrize(("position", "size"), [(0, 0), (1, 1), (-1, 3), (5, 3)])
def test_proofs_that_there_cannot_be(position: int, size: int) -> None:
    with pytest.raises(Refusal, match="no_such_proof"):
        inclusion(position, size, NODE)
    assert broken(check_inclusion, leaf_hash(b""), position, size, [], ROOTS[1])


@pytest.mark.parametrize(("first", "second"), [(0, 0), (0, 5), (6, 5), (-1, 5)])
def test_consistencies_that_there_cannot_be(first: int, second: int) -> None:
    with pytest.raises(Refusal, match="no_such_proof"):
        consistency(first, second, NODE)
    assert broken(check_consistency, first, EMPTY, second, ROOTS[second], [])


def test_a_stored_row_that_lacks_a_hash_is_named() -> None:
    node = node_in(lambda position: ROWS[position].hashes[:WIDTH])
    with pytest.raises(BrokenRecord, match="entry 3"):
        root_at(4, node)

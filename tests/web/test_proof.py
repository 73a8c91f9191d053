"""The proof of one entry: it leads from the entry to the signed root, and what does not hold is never drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.ledger.terms import BrokenRecord, Checkpoint, Refusal
from merestone.ledger.tree import Frontier, NodeAt, grow, node_in, root_at
from merestone.web.proof import WIDE, proven


def ledger(size: int) -> tuple[list[bytes], NodeAt, Checkpoint]:
    entries = [f"entry {position}".encode() for position in range(size)]
    _, hashes = grow(Frontier(), entries)
    node = node_in(hashes.__getitem__)
    return entries, node, Checkpoint("ours", size, root_at(size, node))


@given(st.integers(1, 70).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1))))
def test_it_climbs_from_the_entry_to_the_root_and_leaves_no_entry_out(asked: tuple[int, int]) -> None:
    size, position = asked
    entries, node, checkpoint = ledger(size)
    proof = proven(entries[position], position, checkpoint, node)
    assert (proof.joins[-1].found if proof.joins else proof.leaf) == proof.root == checkpoint.root.hex()
    low, high = position, position
    for number, join in enumerate(proof.joins, 1):
        assert join.number == number
        assert (join.mine.first, join.mine.last) == (low, high)
        assert (join.beside.last + 1 == low) if join.left else (join.beside.first == high + 1)
        low, high = min(low, join.beside.first), max(high, join.beside.last)
        for stretch in (join.mine, join.beside):
            assert 0 <= stretch.x <= stretch.x + stretch.width <= WIDE + 0.2
    assert (low, high) == (0, size - 1)


@given(st.integers(1, 40), st.data())
def test_other_bytes_another_place_or_another_root_are_not_proven(size: int, data: st.DataObject) -> None:
    entries, node, checkpoint = ledger(size)
    position = data.draw(st.integers(0, size - 1))
    with pytest.raises(BrokenRecord):
        proven(entries[position] + b" ", position, checkpoint, node)
    with pytest.raises(BrokenRecord):
        proven(entries[position], position, Checkpoint("ours", size, bytes(32)), node)
    if size > 1:
        with pytest.raises(BrokenRecord):
            proven(entries[position], (position + 1) % size, checkpoint, node)


def test_what_the_checkpoint_does_not_cover_has_no_proof() -> None:
    entries, node, checkpoint = ledger(5)
    with pytest.raises(Refusal):
        proven(entries[4], 5, checkpoint, node)

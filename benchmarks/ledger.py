#!/usr/bin/env python3
"""How fast the ledger room is, each figure the best of three rounds in one process.

    benchmarks/ledger.py [--entries 100000]

Prints entries written and read a second, tree growth, proofs made and checked, notes signed and opened, a whole audit, and tiles.
"""

from __future__ import annotations

import argparse
import hashlib
import pathlib
import tempfile
import time
from collections.abc import Callable

from merestone.ledger.audit import Held, audit
from merestone.ledger.commit import commitment
from merestone.ledger.entry import entry_bytes, entry_of
from merestone.ledger.note import Signer, opened, signed
from merestone.ledger.terms import Checkpoint, Entry, Row
from merestone.ledger.tiles import files, verify_tiles
from merestone.ledger.tree import Frontier, check_consistency, check_inclusion, consistency, grow, inclusion, leaf_hash, node_in, root_at

SIGNER = Signer("MIS-7K3F-Q2MW", bytes(range(32)))


def rate(name: str, count: int, work: Callable[[], object]) -> None:
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    print(f"{name:<28}{count / best:>12,.0f} a second   ({best:.2f} s for {count:,})")


def entry(at: int) -> Entry:
    body = {
        "claim": f"EXH-7K3F-Q2MW#{at}",
        "content": hashlib.sha256(b"%d" % at).hexdigest(),
        "reading": hashlib.sha256(b"r%d" % at).hexdigest(),
    }
    return Entry("recorded", 1, "ACC-001", f"2031-05-17T08:15:00.{at % 1_000_000:06d}Z", body)


def kept(*_asked: object) -> Held:
    return Held.KEPT


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=100_000)
    count = parser.parse_args().entries
    made = [entry(at) for at in range(count)]
    leaves = [entry_bytes(each) for each in made]
    print(f"{count:,} entries of {len(leaves[0])} bytes")
    rate("entry_bytes", count, lambda: [entry_bytes(each) for each in made])
    rate("entry_of", count, lambda: [entry_of(data) for data in leaves])
    rate("grow", count, lambda: grow(Frontier(), leaves))
    key = bytes(32)
    rate("commitment (300 bytes)", count, lambda: [commitment(key, data) for data in leaves])

    frontier, hashes = grow(Frontier(), leaves)
    node, root = node_in(hashes.__getitem__), frontier.root()
    sample = range(0, count, max(1, count // 10_000))
    proofs = [inclusion(at, count, node) for at in sample]
    rate("inclusion made", len(sample), lambda: [inclusion(at, count, node) for at in sample])
    hashed = [leaf_hash(leaves[at]) for at in sample]
    rate(
        "inclusion checked",
        len(sample),
        lambda: [check_inclusion(*each, root) for each in zip(hashed, sample, [count] * len(sample), proofs, strict=True)],
    )
    sizes = [at for at in sample if at]
    rate("consistency made", len(sizes), lambda: [consistency(at, count, node) for at in sizes])
    shown = [(at, root_at(at, node), count, root, consistency(at, count, node)) for at in sizes]
    rate("consistency checked", len(sizes), lambda: [check_consistency(*each) for each in shown])

    head = Checkpoint(SIGNER.name, count, root)
    note = signed(head, SIGNER)
    rate("note signed", 2000, lambda: [signed(head, SIGNER) for _ in range(2000)])
    rate("note opened", 2000, lambda: [opened(note, SIGNER.verifier) for _ in range(2000)])

    rows = [Row(at, data, found) for at, (data, found) in enumerate(zip(leaves, hashes, strict=True))]
    rate("audit", count, lambda: audit(rows, [(count, note)], SIGNER.verifier, kept))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for path, data in files(rows, count, note, SIGNER.verifier):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        rate("verify_tiles", count, lambda: verify_tiles(folder, SIGNER.verifier))


if __name__ == "__main__":
    main()

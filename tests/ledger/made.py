"""What the tests of this room share: an invented ledger of a few entries, and bundles made and unmade."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from merestone.ledger.archive import unpacked, written
from merestone.ledger.bundle import Bundle, packed
from merestone.ledger.canonical import canonical
from merestone.ledger.entry import entry_bytes
from merestone.ledger.note import Signer, signed
from merestone.ledger.terms import Checkpoint, Entry, Row
from merestone.ledger.tree import Frontier, NodeAt, grow, leaf_hash, node_hash, node_in, root_at

SIGNER = Signer("MIS-7K3F-Q2MW", bytes(range(32)))
OTHER = Signer("MIS-7K3F-Q2MW", bytes(range(1, 33)))  # another key under the same name
VKEY = SIGNER.verifier


def recursive(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1 as it is written."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(recursive(leaves[:half]), recursive(leaves[half:]))


def rows_of(leaves: list[bytes]) -> list[Row]:
    return [Row(at, data, hashes) for at, (data, hashes) in enumerate(zip(leaves, grow(Frontier(), leaves)[1], strict=True))]


def nodes(rows: list[Row]) -> NodeAt:
    return node_in(lambda position: rows[position].hashes)


def note_at(rows: list[Row], size: int, signer: Signer = SIGNER) -> bytes:
    return signed(Checkpoint(signer.name, size, root_at(size, nodes(rows))), signer)


def entries(count: int, start: int = 0) -> list[bytes]:
    """Entries of an invented mission on the line between Veldar and Orsay."""
    return [
        entry_bytes(
            Entry(
                "recorded",
                1,
                "ACC-001",
                f"2031-05-17T{at // 3600 % 24:02d}:{at // 60 % 60:02d}:{at % 60:02d}.000000Z",
                {"claim": f"EXH-7K3F-Q2MW#{at}", "content": hashlib.sha256(b"%d" % at).hexdigest(), "reading": ""},
            )
        )
        for at in range(start, start + count)
    ]


@dataclass(frozen=True)
class Story:
    """A ledger in which an edition was frozen at 6, published at 8 and signed at 10; and what its bundle is made of."""

    rows: list[Row]
    bundle: Bundle

    def packed(self) -> bytes:
        return packed(self.bundle, nodes(self.rows), "Compare the key.\n")


def story(change: Callable[[dict[str, Any]], None] = lambda edition: None, body: Mapping[str, Any] | None = None) -> Story:
    """`change` alters edition.json before it is published, `body` adds to what the published entry says."""
    before = entries(6)
    root = recursive(before).hex()
    edition: dict[str, Any] = {
        "edition": "EDN-2031-0003",
        "profile": "public",
        "checkpoint": {"origin": SIGNER.name, "size": 6, "root": root},
        "basis": [{"id": "EXH-7K3F-Q2MW#2", "position": 2}, {"id": "EXH-7K3F-Q2MW#4", "position": 4}],
        "title": "The line between Veldar and Orsay",
    }
    change(edition)
    files = (("edition.json", json.dumps(edition).encode()), ("report.html", b"<p>Veldar says. Orsay says.</p>" * 40))
    published = Entry(
        "published",
        1,
        "ACC-004",
        "2031-05-18T08:00:00.000000Z",
        {
            "edition": "EDN-2031-0003",
            "profile": "public",
            "files": {name: hashlib.sha256(data).hexdigest() for name, data in files},
            "frozen": {"size": 6, "root": root},
            **(body or {}),
        },
    )
    leaves = [*before, *entries(2, 6), entry_bytes(published), *entries(1, 9)]
    rows = rows_of(leaves)
    given = tuple((at, leaves[at]) for at in (2, 4, 8))
    return Story(rows, Bundle("EDN-2031-0003", "public", files, VKEY, note_at(rows, 10), (6, root), given))


def altered(data: bytes, name: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """The bundle with one file changed, added (what was there is then b"") or, for None, taken out."""
    top, files = unpacked(data)
    new = change(files.get(name, b""))
    kept = {each: content for each, content in files.items() if each != name}
    return written({f"{top}/{each}": content for each, content in {**kept, **({} if new is None else {name: new})}.items()})


def line(bundle: bytes, number: int, **said: Any) -> bytes:
    """The bundle with other words in a line of entries.jsonl, written canonically."""

    def change(data: bytes) -> bytes:
        lines = data.split(b"\n")
        lines[number] = canonical({**json.loads(lines[number]), **said})
        return b"\n".join(lines)

    return altered(bundle, "record/entries.jsonl", change)


def with_note(made: Story, note: bytes) -> Story:
    return Story(made.rows, replace(made.bundle, note=note))

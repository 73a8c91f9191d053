"""The vault: the bytes that entries only commit to, each under a key of its own, open or sealed.

The law it keeps: an item is written once; what changes is the turn of its row, and what went says by which entry. `Look` holds the
stored rows against what the entries say of them, so that nothing can go, come, be opened or be exchanged without an act.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections

from merestone.ledger import commit
from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register import sealing
from merestone.register.terms import Item, Mission, Sealed

_COLUMNS = "commitment, turn, kind, owner, key, data, wrapped, fingerprint"
_TAG = b"merestone fingerprint 1"


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of the vault. A sealed one has `wrapped`, its cipher in `data` and no key; an open one its key and its bytes."""

    commitment: str
    turn: int
    kind: str
    owner: str
    key: bytes
    data: bytes
    wrapped: bytes
    fingerprint: str

    @property
    def label(self) -> sealing.Label:
        return sealing.Label(self.kind, self.owner, self.commitment, self.fingerprint)

    def sealed(self) -> Sealed | None:
        """As sealing.py takes it, with the digest of what is stored."""
        if not self.wrapped:
            return None
        return Sealed(self.wrapped, self.data, sealing.digest(self.label, self.wrapped, self.data))


# --- making items ---------------------------------------------------------------------------------------------------------


def item(mission: Mission, kind: str, owner: str, data: bytes, protected: bool = False, fingerprint: str = "") -> Item:
    """Bytes for the vault under a fresh key. A protected item is sealed from the start: its bytes are never on the disk in the clear."""
    key = mission.ground.chance(commit.KEY)
    made = Item(kind, owner, data, key, commit.commitment(key, data), None, fingerprint)
    return sealed(mission, made) if protected else made


def sealed(mission: Mission, made: Item) -> Item:
    """The same item, sealed. Needs no passphrase."""
    label = sealing.Label(made.kind, made.owner, made.commitment, made.fingerprint)
    closed = sealing.seal(mission.keys.vault_public, label, made.data, made.key, mission.ground.chance)
    return Item(made.kind, made.owner, made.data, made.key, made.commitment, closed, made.fingerprint)


def stored_item(mission: Mission, commitment: str) -> Item:
    """What is kept, as an open item: checked against its commitment, and opened where it was sealed. Refuses as `read` does."""
    row = _row(mission.alias, commitment)
    if row is None:
        raise _gone(mission.alias, commitment)
    closed = row.sealed()
    if closed is None:
        commit.check(row.key, row.data, commitment, f"the item {commitment}")
        data, key = row.data, row.key
    elif mission.keys.vault is None:
        raise Refusal("item_sealed", owner=row.owner)
    else:
        data, key = sealing.unseal(mission.keys.vault, row.label, closed)
    return Item(row.kind, row.owner, data, key, commitment, None, row.fingerprint)


def fingerprint(mission: Mission, data: bytes) -> str:
    """By which the mission knows bytes again: HMAC under a key of its own. It stands in the item's row, never in an entry.

    Who holds the key (it lies in the keys folder) can test a guess of the whole bytes against it, also of a sealed item.
    """
    return fingerprint_of(mission.keys.fingerprint, data)


def fingerprint_of(key: bytes, data: bytes) -> str:
    return hmac.digest(key, _TAG + data, "sha256").hex()


def refused_bytes(code: str, name: str) -> bytes:
    """By which something that was refused is known again: it has no bytes here, but a name and a reason."""
    return f"refused\0{code}\0{name}".encode()


# --- rows: all of these inside the transaction of an act ------------------------------------------------------------------


def put(alias: str, items: Iterable[Item]) -> None:
    """New items. The database refuses one whose commitment is there or was there."""
    _insert(alias, [_stored(each, 0) for each in items])


def replace_rows(alias: str, items: Iterable[Item], entry: int) -> None:
    """Items that are there already, now sealed or open again, by the act at position `entry` (which is written by now).

    If we stop before COMMIT the old rows stand. After it the old bytes are overwritten by zeros in the file (secure_delete), and
    may live on in the write-ahead log until sweep.py has done its work.
    """
    wanted = list(items)
    before = {each.commitment: _row(alias, each.commitment) for each in wanted}
    fresh: list[Stored] = []
    for each in wanted:
        old = before[each.commitment]
        if old is None:
            raise _gone(alias, each.commitment)
        fresh.append(_stored(each, old.turn + 1))
    _take_out(alias, [(each.commitment, each.turn - 1) for each in fresh], entry)
    _insert(alias, fresh)


def remove_rows(alias: str, commitments: Iterable[str], entry: int) -> None:
    """Bytes and keys go, by the act at position `entry` (which is written by now). Sealed ones too, unopened."""
    out: list[tuple[str, int]] = []
    for commitment in commitments:
        row = _row(alias, commitment)
        if row is None:
            raise _gone(alias, commitment)
        out.append((commitment, row.turn))
    _take_out(alias, out, entry)


def _take_out(alias: str, rows: list[tuple[str, int]], entry: int) -> None:
    with connections[alias].cursor() as cursor:
        cursor.executemany(
            "INSERT INTO vault_removal (commitment, turn, entry) VALUES (%s, %s, %s)",
            [(commitment, turn, entry) for commitment, turn in rows],
        )
        cursor.executemany("DELETE FROM vault_item WHERE commitment = %s AND turn = %s", rows)


def _insert(alias: str, rows: list[Stored]) -> None:
    if rows:
        with connections[alias].cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO vault_item ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",  # noqa: S608
                [(r.commitment, r.turn, r.kind, r.owner, r.key, r.data, r.wrapped, r.fingerprint) for r in rows],
            )


def _stored(each: Item, turn: int) -> Stored:
    if each.sealed is None:
        return Stored(each.commitment, turn, each.kind, each.owner, each.key, each.data, b"", each.fingerprint)
    return Stored(each.commitment, turn, each.kind, each.owner, b"", each.sealed.cipher, each.sealed.wrapped, each.fingerprint)


# --- asking ---------------------------------------------------------------------------------------------------------------


def read(mission: Mission, commitment: str) -> bytes:
    """The item's bytes, checked. `Refusal` `item_erased` or `item_sealed` (the passphrase is needed); else `BrokenRecord`."""
    return stored_item(mission, commitment).data


def open_item(alias: str, commitment: str) -> bytes | None:
    """The bytes of an item that is open; None for a sealed or erased one. For folds: they see what a rebuild would."""
    row = _row(alias, commitment)
    return None if row is None or row.wrapped else row.data


def is_sealed(alias: str, commitment: str) -> bool:
    row = _row(alias, commitment)
    return row is not None and bool(row.wrapped)


def kept(alias: str, commitments: Iterable[str]) -> Mapping[str, bool]:
    """Of these items those that are kept, and whether they are sealed. No bytes are read."""
    sql = "SELECT LENGTH(wrapped) FROM vault_item WHERE commitment = %s ORDER BY turn DESC LIMIT 1"
    found = {}
    with connections[alias].cursor() as cursor:
        for commitment in commitments:
            cursor.execute(sql, (commitment,))
            row = cursor.fetchone()
            if row is not None:
                found[commitment] = bool(row[0])
    return found


def held(mission: Mission, owner: str) -> tuple[tuple[str, str], ...]:
    """(commitment, kind) of all items that are kept for an id, open and sealed."""
    with connections[mission.alias].cursor() as cursor:
        cursor.execute("SELECT commitment, kind FROM vault_item WHERE owner = %s ORDER BY kind, commitment", (owner,))
        return tuple((str(commitment), str(kind)) for commitment, kind in cursor.fetchall())


def by_fingerprint(mission: Mission, print_: str) -> str:
    """The id whose bytes these are, "" when the mission has none such (or erased them)."""
    with connections[mission.alias].cursor() as cursor:
        cursor.execute("SELECT owner FROM vault_item WHERE fingerprint = %s AND fingerprint <> '' ORDER BY owner LIMIT 1", (print_,))
        found = cursor.fetchone()
    return "" if found is None else str(found[0])


def stored(alias: str, commitments: Iterable[str]) -> Mapping[str, Stored]:
    """The rows of those that are kept."""
    found = ((commitment, _row(alias, commitment)) for commitment in commitments)
    return {commitment: row for commitment, row in found if row is not None}


def of_kinds(alias: str, kinds: tuple[str, ...]) -> Iterator[Stored]:
    """All rows of some kinds, one after the other and in no order: sorting them might write them into a passing file elsewhere. THE
    CALLER MUST NOT write to the vault meanwhile."""
    marks = ", ".join(["%s"] * len(kinds))
    with connections[alias].chunked_cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM vault_item WHERE kind IN ({marks})", kinds)  # noqa: S608
        while some := cursor.fetchmany(100):
            yield from map(_made, some)


def in_order(alias: str) -> Iterator[Stored]:
    """All rows, as the database has them one after the other. THE CALLER MUST NOT write to the vault meanwhile."""
    with connections[alias].chunked_cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM vault_item")  # noqa: S608
        while some := cursor.fetchmany(20):
            yield from map(_made, some)


def _row(alias: str, commitment: str) -> Stored | None:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM vault_item WHERE commitment = %s ORDER BY turn DESC", (commitment,))  # noqa: S608
        found = cursor.fetchone()
    return None if found is None else _made(found)


def _made(found: Sequence[Any]) -> Stored:
    name, turn, kind, owner, key, data, wrapped, print_ = found
    return Stored(str(name), int(turn), str(kind), str(owner), bytes(key), bytes(data), bytes(wrapped), str(print_))


def removed_by(alias: str, commitment: str) -> int | None:
    """The entry by which an item went for good; None for one that is kept or was never there."""
    if _row(alias, commitment) is not None:
        return None
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT entry FROM vault_removal WHERE commitment = %s ORDER BY turn DESC", (commitment,))
        found = cursor.fetchone()
    return None if found is None else int(found[0])


def _gone(alias: str, commitment: str) -> Exception:
    by = removed_by(alias, commitment)
    if by is None:
        return BrokenRecord(f"the item {commitment}", "bytes, or an act that took them away", "neither")
    return Refusal("item_erased", entry=by)

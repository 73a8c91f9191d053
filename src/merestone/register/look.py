"""Looking: the stored rows of the vault against what the entries say of them (ledger.audit's `Look`).

The law it keeps: an item that an entry names is kept and right, or sealed with the digest that an entry names, or taken away by an act
that names it; and there is nothing else in the vault. Sealed items are opened too where the passphrase was given.
THE CALLER MUST call `finish` after the audit: what no entry names is found only then.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connections

from merestone.ledger import commit
from merestone.ledger.audit import Held
from merestone.ledger.entry import entry_of
from merestone.ledger.terms import BrokenRecord, Entry, Refusal
from merestone.register import bodies, sealing, vault
from merestone.register.terms import BACKWARD, FIELD_ITEMS, KINDS, Keys

# entries that say of a vault row more than that it is there begin or run like this (canonical JSON: names in order, `act` first)
_MOVING = tuple(f'{{"act":"{act}"'.encode() for act in ("protected", "unprotected", "erased"))
_ROWS, _BYTES = 200, 10_000_000  # that are read ahead
_SEALED = b'"sealed":{"'


@dataclass(frozen=True, slots=True)
class Fate:
    """What the entries say became of an item: how often its row was replaced and by which entries, whether it is sealed now and with
    which digest, and the entry that took it away (-1 for none)."""

    moves: tuple[int, ...] = ()
    digest: str = ""
    gone: int = -1

    @property
    def turn(self) -> int:
        return len(self.moves)

    def removals(self) -> tuple[int, ...]:
        return self.moves if self.gone < 0 else (*self.moves, self.gone)


def fates(entries: Iterable[tuple[int, bytes]]) -> dict[str, Fate]:
    """The fate of each item that did not simply stay as it came. Entries that cannot be read are left to the audit."""
    found: dict[str, Fate] = {}
    for position, data in entries:
        if not data.startswith(_MOVING) and _SEALED not in data:
            continue
        try:
            entry = entry_of(data)
        except Refusal:
            continue
        body = entry.body
        digests = body.get("sealed", {})
        for commitment, digest in digests.items() if isinstance(digests, dict) else ():
            fate = found.get(commitment, Fate())
            moved = entry.act == "protected" and commitment != body.get("reason")
            found[commitment] = replace(fate, moves=(*fate.moves, position) if moved else fate.moves, digest=digest)
        if entry.act == "unprotected":
            for commitment in body.get("items", ()):
                fate = found.get(commitment, Fate())
                found[commitment] = replace(fate, moves=(*fate.moves, position), digest="")
        for commitment in body.get({"protected": "gone", "erased": "items"}.get(entry.act, ""), ()):
            found[commitment] = replace(found.get(commitment, Fate()), gone=position)
    return found


_STAYED = Fate()


class _Ahead:
    """The rows in the order in which they were written, which is nearly that in which entries name them: a few are read ahead, since one
    query for each would take most of the time. What is not among them is asked for alone."""

    def __init__(self, alias: str) -> None:
        self._alias, self._rows = alias, vault.in_order(alias)
        self._waiting: dict[str, vault.Stored] = {}

    def take(self, commitment: str) -> vault.Stored | None:
        size = 0
        while commitment not in self._waiting and len(self._waiting) < _ROWS and size < _BYTES:
            row = next(self._rows, None)
            if row is None:
                break
            if row.turn == 0:
                self._waiting[row.commitment] = row
            size += len(row.data)
        return self._waiting.pop(commitment, None) or vault.stored(self._alias, (commitment,)).get(commitment)


class Look:
    """The keeper of the vault, for `ledger.audit`. Without `keys` neither fingerprints nor sealed content are checked."""

    def __init__(self, alias: str, keys: Keys | None = None) -> None:
        self._alias, self._keys = alias, keys
        self._fates = fates(_entries(alias))
        self._seen: dict[str, Held] = {}
        self._mission = ""
        self._ahead = _Ahead(alias)
        self.sealed = 0  # items that are sealed
        self.opened = 0  # of these, how many were opened and are right

    def __call__(self, position: int, entry: Entry, path: str, digits: str) -> Held:
        where, field = f"entry {position}", path.partition("/")[0]
        kind = KINDS.get(entry.act)
        if kind is None or entry.version != kind.version:
            raise BrokenRecord(where, "an act that this version of the program knows", f"{entry.act} {entry.version}")
        if field != "sealed" and kind.body.get(field, "").lstrip("?").rstrip("*") != "item":
            return Held.DIGEST
        if field == "sealed" and path != "sealed":
            return Held.DIGEST  # the digest itself: held against the row where the commitment stands
        if digits not in self._seen:
            if not kind.body.keys() <= entry.body.keys():
                raise BrokenRecord(where, f"the fields of {entry.act}", "fewer")
            backward = field in BACKWARD or f"{entry.act}.{field}" in BACKWARD
            if backward or (field == "sealed" and not self._comes_with(entry, digits)):
                raise BrokenRecord(where, f"an item that an earlier entry brought ({digits})", "one that none did")
            self._seen[digits] = self._check(where, entry, field, digits)
        return self._seen[digits]

    def finish(self) -> None:
        """Nothing is in the vault that no entry names, and nothing went from it but by the acts that say so."""
        with connections[self._alias].cursor() as cursor:
            cursor.execute("SELECT commitment, turn FROM vault_item ORDER BY commitment, turn")
            for commitment, turn in cursor.fetchall():
                fate = self._fates.get(commitment, _STAYED)
                if commitment not in self._seen or fate.gone >= 0 or turn != fate.turn:
                    raise BrokenRecord(f"the item {commitment}", "an entry that says that it is there", f"none that says so of turn {turn}")
            cursor.execute("SELECT commitment, turn, entry FROM vault_removal ORDER BY commitment, turn")
            removals = [(str(commitment), int(turn), int(entry)) for commitment, turn, entry in cursor.fetchall()]
        expected = sorted((name, turn, entry) for name, fate in self._fates.items() for turn, entry in enumerate(fate.removals()))
        for found, wanted in zip(sorted(removals), expected, strict=False):
            if found != wanted:
                raise BrokenRecord(f"entry {wanted[2]}", f"the removal of {wanted[0]}, turn {wanted[1]}", f"that of {found[0]}, {found[1]}")
        if len(removals) != len(expected):
            raise BrokenRecord("the removals of the vault", f"{len(expected)}, as the entries say", str(len(removals)))

    def _comes_with(self, entry: Entry, digits: str) -> bool:
        """Whether an item whose digest an entry gives is that entry's own: `sealed` comes after the field that names it, or before."""
        return any(each == digits and not backward for each, _, backward in bodies.named(entry.act, entry.body))

    def _check(self, where: str, entry: Entry, field: str, digits: str) -> Held:
        fate = self._fates.get(digits, _STAYED)
        row = self._ahead.take(digits) if fate is _STAYED else vault.stored(self._alias, (digits,)).get(digits)
        if fate.gone >= 0:
            if row is not None:
                raise BrokenRecord(where, f"bytes that entry {fate.gone} took away ({digits})", "bytes that are still there")
            return Held.ERASED
        if row is None:
            raise BrokenRecord(where, f"the bytes of {digits}, or an entry that took them away", "neither")
        if row.turn != fate.turn or bool(row.wrapped) != bool(fate.digest):
            stands = "sealed" if fate.digest else "open"
            raise BrokenRecord(where, f"{digits} {stands} at turn {fate.turn}", f"{'sealed' if row.wrapped else 'open'} at turn {row.turn}")
        self._check_label(where, entry, field, row)
        closed = row.sealed()
        if closed is None:
            commit.check(row.key, row.data, digits, where)
            self._check_fingerprint(where, entry, row, row.data)
            return Held.KEPT
        sealing.check(row.label, closed, fate.digest, where)
        if row.key:
            raise BrokenRecord(where, f"no key beside the sealed item {digits}", "one")
        self.sealed += 1
        if self._keys is not None and self._keys.vault is not None:
            try:
                data, _ = sealing.unseal(self._keys.vault, row.label, closed)
            except BrokenRecord as broken:
                raise BrokenRecord(where, broken.expected, broken.found) from None
            self._check_fingerprint(where, entry, row, data)
            self.opened += 1
        return Held.SEALED

    def _check_label(self, where: str, entry: Entry, field: str, row: vault.Stored) -> None:
        """Kind and owner of the row are those of the field that first names it."""
        if field == "sealed":  # seen before the field itself (its name comes later in order): looked up there
            field = next((name for name, value in entry.body.items() if value == row.commitment), field)
        kind = FIELD_ITEMS.get(f"{entry.act}.{field}", FIELD_ITEMS.get(field))
        if row.kind != kind:
            raise BrokenRecord(where, f"an item of kind {kind} ({row.commitment})", f"one of kind {row.kind}")
        if row.owner not in bodies.owners(entry.act, entry.body):
            raise BrokenRecord(where, f"an item of somebody whom the entry names ({row.commitment})", f"one of {row.owner}")

    def _check_fingerprint(self, where: str, entry: Entry, row: vault.Stored, data: bytes) -> None:
        """What was received is known by its bytes, what was refused by its name and the reason (a sealed one's reason is not told)."""
        if self._keys is None or (not row.fingerprint and row.kind != "original") or (row.wrapped and row.kind != "original"):
            return
        known_by = data if row.kind == "original" else vault.refused_bytes(str(entry.body.get("code")), data.decode(errors="replace"))
        if not hmac.compare_digest(vault.fingerprint_of(self._keys.fingerprint, known_by), row.fingerprint):
            raise BrokenRecord(where, f"the fingerprint of {row.commitment}", "another one, or another fingerprint key")


def _entries(alias: str) -> Iterable[tuple[int, bytes]]:
    with connections[alias].chunked_cursor() as cursor:
        cursor.execute("SELECT position, data FROM ledger_entry ORDER BY position")
        while chunk := cursor.fetchmany(2000):
            for position, data in chunk:
                yield int(position), bytes(data)

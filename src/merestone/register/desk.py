"""The desk at which acts are written down: what record.py's transaction does between its beginning and its COMMIT.

Nothing here is whole by itself. Each add is checked at once; entries, vault rows and folds go to the database in bulk, in the order
of the acts. THE CALLER MUST be inside record.writing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta
from itertools import chain

from django.db import connections

from merestone.ledger.entry import entry_bytes
from merestone.ledger.note import opened, signed
from merestone.ledger.terms import BrokenRecord, Checkpoint, Entry, Refusal
from merestone.ledger.tree import Frontier, frontier_at, grow, node_in
from merestone.register import bodies, vault
from merestone.register.changes import Change, apply
from merestone.register.configure import rows
from merestone.register.folds import fold
from merestone.register.people import admitted, among
from merestone.register.shelf import Shelf
from merestone.register.terms import KINDS, Account, Act, Ground, Mission

AT_ONCE = 250  # acts that are held before they go to the database: bounds the memory of a batch, not the transaction; more is no quicker

_PEOPLE = ("opened", "appointed", "dismissed")  # acts that change who may act
_MOVES = ("protected", "unprotected", "erased")  # acts that take rows out of the vault, or put others in their place
_ENTRY = "INSERT INTO ledger_entry (position, data, hashes) VALUES (%s, %s, %s)"
_END = (
    "SELECT entries.size, last.size, last.note FROM (SELECT COALESCE(MAX(position) + 1, 0) AS size FROM ledger_entry) AS entries"
    " LEFT JOIN (SELECT size, note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1) AS last ON 1 = 1"
)


_Pending = tuple[Entry, bytes, Act]


class Desk:
    """Takes acts, one after the other. `mission` is the one it writes for."""

    def __init__(self, mission: Mission, frontier: Frontier) -> None:
        self.mission = mission
        self._frontier = frontier
        self._began = frontier.size
        self._pending: list[_Pending] = []
        self._accounts: dict[str, Account] = {}
        self._shelf = Shelf(mission.alias)

    @property
    def size(self) -> int:
        """Entries, with those that were added here."""
        return self._frontier.size + len(self._pending)

    def add(self, act: Act) -> int:
        """Checks the act and gives it its position. `Refusal` when the body is not what its kind says or the actor may not do it;
        then the whole writing is rolled back, unless the caller catches it and goes on."""
        body = bodies.checked(act)
        bodies.check_items(act, body)
        self._admit(act)
        for commitment in bodies.spoken_of(act, body):
            if not self._shelf.knows(commitment):
                raise Refusal("item_unknown", act=act.kind)
        kind = KINDS[act.kind]
        entry = Entry(act.kind, kind.version, act.actor, hour(self.mission.ground), body, act.second)
        self._pending.append((entry, entry_bytes(entry), act))
        self._shelf.lay(act.items)
        position = self.size - 1
        if act.kind in _PEOPLE or act.kind in _MOVES or len(self._pending) >= AT_ONCE:
            self.flush()
        return position

    def flush(self) -> None:
        """Makes what was added visible to queries of this transaction. Nobody else sees it before the COMMIT."""
        if not self._pending:
            return
        pending, self._pending = self._pending, []
        first, alias = self._frontier.size, self.mission.alias
        self._frontier, hashes = grow(self._frontier, [data for _, data, _ in pending])
        with connections[alias].cursor() as cursor:
            cursor.executemany(_ENTRY, [(first + k, data, hashes[k]) for k, (_, data, _) in enumerate(pending)])
        self._store(first, pending)
        apply(alias, chain.from_iterable(self._folded(first, pending)))
        self._shelf.clear(forget=any(act.kind in _MOVES for _, _, act in pending))
        self._accounts.clear()

    def close(self) -> None:
        """Flushes, and signs one checkpoint over all. The last thing before the COMMIT."""
        self.flush()
        if self._frontier.size > self._began:
            signer = self.mission.keys.signer
            note = signed(Checkpoint(signer.name, self._frontier.size, self._frontier.root()), signer)
            with connections[self.mission.alias].cursor() as cursor:
                cursor.execute("INSERT INTO ledger_checkpoint (size, note) VALUES (%s, %s)", (self._frontier.size, note))

    def _store(self, first: int, pending: list[_Pending]) -> None:
        """The vault follows the entries, since a removal has to name one that is there."""
        alias = self.mission.alias
        vault.put(alias, [item for _, _, act in pending if act.kind not in _MOVES for item in act.items])
        for position, (entry, _, act) in enumerate(pending, first):
            if act.kind not in _MOVES:
                continue
            known = {item.commitment for item in act.items if self._shelf.knows_before(item.commitment)}
            vault.put(alias, [item for item in act.items if item.commitment not in known])
            vault.replace_rows(alias, [item for item in act.items if item.commitment in known], position)
            if act.kind != "unprotected":
                vault.remove_rows(alias, entry.body["gone" if act.kind == "protected" else "items"], position)

    def _folded(self, first: int, pending: list[_Pending]) -> Iterator[Iterator[Change]]:
        for position, (entry, _, _) in enumerate(pending, first):
            yield fold(position, entry, self._shelf.held)

    def who(self, name: str) -> Account:
        """As people.who, of those who are there now."""
        return among(self._admitted().values(), name)

    def _admitted(self) -> dict[str, Account]:
        """All accounts. Nobody else writes, so what was read here holds until something is written here."""
        if not self._accounts:
            self.flush()
            self._accounts = admitted(self.mission.alias)
        return self._accounts

    def _admit(self, act: Act) -> None:
        """Both persons are there, in office, and of a role that may do this. The first entry of all makes the first account."""
        if act.kind == "opened":
            if self.size:
                raise Refusal("act_malformed", act=act.kind, field="the act", wanted="the first entry of a mission")
            return
        may, there = KINDS[act.kind], self._admitted()
        for each in (act.actor, act.second) if may.two else (act.actor,):
            account = there.get(each)
            if account is None:
                raise Refusal("unknown_actor", asked=each, there_is=", ".join(there))
            if not account.open:
                raise Refusal("actor_dismissed", actor=each)
            if not set(account.roles) & set(may.roles):
                raise Refusal("role_missing", actor=each, act=act.kind, needs=" or ".join(may.roles))
        if may.two and act.second == act.actor:
            raise Refusal("second_needed", act=act.kind)
        if act.second and not may.two:
            raise Refusal("act_malformed", act=act.kind, field="the second person", wanted="none")


def sit_down(mission: Mission) -> Desk:
    """A desk at the end of the ledger, which is looked at first: nothing is written behind a head that is not ours."""
    return Desk(mission, head(mission.alias, mission.keys.verifier))


def head(alias: str, vkey: str) -> Frontier:
    """The tree as its last rows have it. `BrokenRecord` unless the last checkpoint is signed by the key and covers exactly that.

    Whoever looks without holding the record sees one state of it: the end and its checkpoint come from one statement, and rows before
    the end never change.
    """
    size, covered, note = rows(alias, _END)[0]
    if not size and note is None:
        return Frontier()
    ends = list(_ends(size))
    marks = ", ".join(["%s"] * len(ends))
    sql = f"SELECT position, hashes FROM ledger_entry WHERE position IN ({marks})"  # noqa: S608 - marks alone
    stored = {int(position): bytes(hashes) for position, hashes in rows(alias, sql, ends)}
    if len(stored) != len(ends) or note is None:
        raise BrokenRecord(f"entry {size - 1}", "all entries before it, and a checkpoint", "a gap")
    frontier = frontier_at(size, node_in(stored.__getitem__))
    told = opened(bytes(note), vkey)
    if told.size != size or covered != size:
        raise BrokenRecord(f"entry {size - 1}", "a checkpoint that covers it and nothing more", f"one over {told.size} entries")
    if told.root != frontier.root():
        raise BrokenRecord(f"the checkpoint of size {size}", f"root {frontier.root().hex()}", f"root {told.root.hex()}")
    return frontier


def _ends(size: int) -> Iterator[int]:
    """Positions of the rows that hold the nodes of the frontier: the last leaf of each perfect subtree."""
    start = 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            start += 1 << level
            yield start - 1


def hour(ground: Ground) -> str:
    """The clock's hour as entries write it."""
    now = ground.clock()
    if now.utcoffset() != timedelta(0):
        now = now.astimezone(UTC)
    return now.isoformat(timespec="microseconds")[:26] + "Z"

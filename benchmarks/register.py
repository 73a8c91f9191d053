"""How quick the register is: single acts, batches, rebuild, verification, memory.

    python benchmarks/register.py [ENTRIES] [--profile]
    python benchmarks/register.py --postgres URL   (of an empty database, for each figure one: URL1, URL2)

Writes into a temporary folder on the disk that TMPDIR names. Beside each figure of ours stands that of bare sqlite3, in the same run:
the same rows of the same tables in the same number of transactions, with the same settings and without guards.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import random
import resource
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from merestone.register import ids, vault
from merestone.register import mission as missions
from merestone.register.audit import verify
from merestone.register.configure import PRAGMAS
from merestone.register.desk import Desk
from merestone.register.rebuild import rebuild
from merestone.register.record import record, writing
from merestone.register.terms import Act, Founding, Ground, Mission

TABLES = ("ledger_entry", "ledger_checkpoint", "vault_item", "exhibit", "claim", "incident", "judgement", "decision", "remark")


class Making:
    """Acts of several kinds, as a mission has them. Items are made with the act, as everywhere."""

    def __init__(self, mission: Mission) -> None:
        self.mission, self.exhibits, self.chance = mission, list[str](), random.Random(1)

    def received(self) -> Act:
        number = ids.random_id(self.mission.ground, "EXH")
        self.exhibits.append(number)
        about = (
            b'{"language":{"is":"Known","origin":"text","value":"en"},"name":"note.txt","publisher":{"is":"Unknown","reason":"not stated"}}'
        )
        told = {"original": b"a short statement " + number.encode(), "text": b"a short statement", "about": about}
        items = tuple(vault.item(self.mission, kind, number, data) for kind, data in told.items())
        items = (
            vault.item(self.mission, "original", number, told["original"], fingerprint=vault.fingerprint(self.mission, told["original"])),
            *items[1:],
        )
        named = {item.kind: item.commitment for item in items}
        return Act("received", "ACC-001", {"exhibit": number, **named, "unread": "", "protected": False}, items=items)

    def proposed(self) -> Act:
        number = self.exhibits[-1]
        claim = {"id": 1, "kind": "shelling", "initiator": "VE", "when": {"from": "2031-05-17T03:40-02:00", "to": "2031-05-17T04:00-02:00"}}
        reading = vault.item(self.mission, "reading", number, json.dumps({"claims": [claim], "statements": []}).encode())
        body = {
            "exhibit": number,
            "rules": "en 1a2b3c4d",
            "pack_digest": "ab" * 32,
            "reading": reading.commitment,
            "claims": 1,
            "others": {},
            "after": 0,
        }
        return Act("proposed", "ACC-001", body, items=(reading,))

    def recorded(self) -> Act:
        number = self.exhibits[-1]
        told = {"kind": "shelling", "initiator": "VE", "when": {"from": "2031-05-17T03:40-02:00", "to": "2031-05-17T04:00-02:00"}}
        content = vault.item(self.mission, "claim", number, json.dumps(told).encode())
        return Act("recorded", "ACC-001", {"claim": f"{number}#1", "content": content.commitment, "reading": ""}, items=(content,))

    def judged(self) -> Act:
        a, b = self.exhibits[-1], self.chance.choice(self.exhibits)
        why = vault.item(self.mission, "reason", a, b"the same hour and place")
        return Act("judged", "ACC-001", {"a": f"{a}#1", "b": f"{b}#1", "verdict": "same", "reason": why.commitment}, items=(why,))

    def noted(self) -> Act:
        number = self.exhibits[-1]
        note = vault.item(self.mission, "note", number, b"seen by two of us")
        return Act("noted", "ACC-001", {"subject": number, "note": note.commitment}, items=(note,))

    def approved(self) -> Act:
        """A kind without items."""
        return Act("approved", "ACC-001", {"edition": "EDN-2031-0001", "reason": ""})

    def mixed(self, count: int) -> Iterator[Act]:
        kinds: list[Callable[[], Act]] = [self.received, self.proposed, self.recorded, self.judged, self.noted]
        for number in range(count):
            yield kinds[number % len(kinds)]()


def fresh(folder: Path, database: str = "sqlite") -> Mission:
    return missions.create(folder, Founding("teaching", "Ada", database=database), Ground(lambda: datetime.now(UTC), os.urandom))


def copied(path: Path, target: Path, after: int, commit_each: bool) -> float:
    """Seconds in which bare sqlite3 inserts the rows of all tables from entry `after` on into an empty copy of the schema."""
    source = sqlite3.connect(path)
    raw = sqlite3.connect(target, isolation_level=None)
    for name, value in PRAGMAS.items():
        raw.execute(f"PRAGMA {name}={value}")
    for (sql,) in source.execute(
        "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY type DESC"
    ):
        raw.execute(sql)
    rows = {table: source.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    inserts = {table: f"INSERT INTO {table} VALUES ({', '.join('?' * len(found[0]))})" for table, found in rows.items() if found}
    entries = rows["ledger_entry"][after:]
    begun = time.perf_counter()
    if commit_each:  # an entry, its checkpoint, its items and a fold row, each time
        items, folds = iter(rows["vault_item"][-len(entries):]), iter(rows["remark"])  # fmt: skip
        notes = iter(rows["ledger_checkpoint"][-len(entries):])  # fmt: skip
        for entry in entries:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(inserts["ledger_entry"], entry)
            for table, each in (("vault_item", items), ("remark", folds), ("ledger_checkpoint", notes)):
                raw.execute(inserts[table], next(each))
            raw.execute("COMMIT")
    else:
        raw.execute("BEGIN IMMEDIATE")
        for table, sql in inserts.items():
            raw.executemany(sql, rows[table])
        raw.execute("COMMIT")
    spent = time.perf_counter() - begun
    raw.close()
    source.close()
    return spent


def single(folder: Path, count: int = 500) -> None:
    mission = fresh(folder)
    making = Making(mission)
    record(mission, [making.received()])
    acts, spent = [making.noted() for _ in range(count)], []
    for act in acts:
        begun = time.perf_counter()
        record(mission, [act])
        spent.append((time.perf_counter() - begun) * 1000)
    bare = copied(folder / "record.sqlite3", folder / "bare.sqlite3", 3, commit_each=True) * 1000 / count
    p50, p95 = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
    mean = statistics.mean(spent)
    print(f"single acts, {count}, each its own transaction and checkpoint: p50 {p50:.2f} ms, p95 {p95:.2f} ms, mean {mean:.2f} ms")
    print(f"    bare sqlite3, the same rows, each its own transaction: mean {bare:.2f} ms, ratio {mean / bare:.1f}")
    missions.close(mission)


def batch(name: str, folder: Path, acts: Callable[[Making], list[Act]]) -> None:
    """The acts are made before the clock starts: items, their keys and commitments are the caller's work, and told beside."""
    mission = fresh(folder)
    making = Making(mission)
    begun = time.perf_counter()
    made = acts(making)
    making_took = time.perf_counter() - begun
    begun = time.perf_counter()
    with writing(mission) as desk:
        add_all(desk, made)
    spent = time.perf_counter() - begun
    bare = copied(folder / "record.sqlite3", folder / "bare.sqlite3", 0, commit_each=False)
    count, items = len(made), sum(len(act.items) for act in made)
    print(f"batch of {name}, {count:,} entries with {items:,} items: {count / spent:,.0f} entries/s ({spent:.2f} s)")
    print(f"    making the acts besides {making_took:.2f} s; bare sqlite3 {bare:.2f} s, ratio {spent / bare:.1f}")
    missions.close(mission)


def on_a_server(folder: Path, url: str, count: int = 500) -> None:
    """Single acts and a batch of five kinds. Nothing bare stands beside them."""
    mission = fresh(folder / "single", f"{url}1")
    making, spent = Making(mission), []
    record(mission, [making.received()])
    for act in [making.noted() for _ in range(count)]:
        begun = time.perf_counter()
        record(mission, [act])
        spent.append((time.perf_counter() - begun) * 1000)
    print(f"single acts, {count}: p50 {statistics.median(spent):.2f} ms, p95 {statistics.quantiles(spent, n=20)[-1]:.2f} ms")
    missions.close(mission)
    mission = fresh(folder / "mixed", f"{url}2")
    made = list(Making(mission).mixed(20_000))
    begun = time.perf_counter()
    with writing(mission) as desk:
        add_all(desk, made)
    print(f"batch of five kinds, {len(made):,} entries: {len(made) / (time.perf_counter() - begun):,.0f} entries/s")
    begun = time.perf_counter()
    verify(mission)
    print(f"verification of them: {time.perf_counter() - begun:.1f} s, memory {peak()} MB")
    missions.close(mission)


def add_all(desk: Desk, acts: list[Act]) -> None:
    for act in acts:
        desk.add(act)


def noted_all(making: Making, count: int) -> list[Act]:
    return [making.received(), *(making.noted() for _ in range(count - 1))]


def long_life(folder: Path, count: int) -> None:
    mission = fresh(folder)
    making = Making(mission)
    begun = time.perf_counter()
    with writing(mission) as desk:
        for act in making.mixed(count):
            desk.add(act)
    print(f"a record of {count:,} entries, made and recorded in one writing: {time.perf_counter() - begun:.1f} s, memory {peak()} MB")
    begun = time.perf_counter()
    told = rebuild(mission)
    print(
        f"rebuild of {told.entries:,} entries: {time.perf_counter() - begun:.1f} s, {len(told.differences)} differences, memory {peak()} MB"
    )
    begun = time.perf_counter()
    verify(mission)
    print(f"verification of them, with vault and tables: {time.perf_counter() - begun:.1f} s, memory {peak()} MB")
    missions.close(mission)


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("entries", type=int, nargs="?", default=200_000)
    asked.add_argument("--profile", action="store_true", help="where the time of a mixed batch goes")
    asked.add_argument("--postgres", metavar="URL", help="the figures of a server instead")
    given = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="merestone-register-"))
    try:
        if given.postgres:
            on_a_server(folder, given.postgres)
            return
        if given.profile:
            watch = cProfile.Profile()
            mission = fresh(folder / "profile")
            made = list(Making(mission).mixed(given.entries))
            with watch, writing(mission) as desk:
                add_all(desk, made)
            pstats.Stats(watch).sort_stats("tottime").print_stats(30)
            return
        single(folder / "single")
        batch("approvals (no items)", folder / "approved", lambda making: [making.approved() for _ in range(20_000)])
        batch("notes", folder / "notes", lambda making: noted_all(making, 20_000))
        batch("exhibits", folder / "exhibits", lambda making: [making.received() for _ in range(20_000)])
        batch("five kinds, mixed", folder / "mixed", lambda making: list(making.mixed(20_000)))
        long_life(folder / "long", given.entries)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()

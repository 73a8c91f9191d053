"""How long one new claim takes to find its incident among a million that stand, with the entry in the ledger.

    benchmarks/link_one.py [--claims 1000000] [--new 1200] [--seed N]

A mission of its own in a temporary folder (SQLite, synchronous=FULL): invented claims (planted_incidents.py) come in by acts like any others,
a thousand an exhibit, and are put into the incidents that they are about. Then new claims of the same happenings arrive, each in an exhibit
of its own, and `place` is timed for each: opening what was read, finding who stands near, comparing, appending, COMMIT. Beside it, in the
same run and in turn, a remark: an act that only appends.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from planted_incidents import planted

from merestone.capture import Options
from merestone.extract.wire import from_json
from merestone.register import mission as missions
from merestone.register import packs, people, queries, vault
from merestone.register.configure import rows
from merestone.register.place import place
from merestone.register.propose import Fresh, add
from merestone.register.receive import receive
from merestone.register.record import record, writing
from merestone.register.terms import Act, Founding, Ground, Mission

EACH = 1000  # claims of an exhibit of those that stand
SYLLABLES = ("ka", "lo", "mi", "tur", "ven", "sha", "ro", "pel", "dan", "ist", "gor", "ume")
WHO = "Ada"


def claim(columns: dict[str, Any], at: int, number: int) -> dict[str, Any]:
    """As a reading has it. Each is told in words of its own."""
    stamp = columns["from"][at][:16]
    day = columns["precision"][at] == "day"
    place = {"text": "there", "role": "at", "name": "there", "level": "settlement", "lat": columns["lat"][at], "lon": columns["lon"][at]}
    hurt = [
        {"outcome": name, "group": "civilian", "party": "unknown", "min": columns[name][at], "max": columns[name][at]}
        for name in ("killed", "wounded")
        if columns[name][at] >= 0
    ]
    words = " ".join(SYLLABLES[at // 12**n % 12] + SYLLABLES[at // 7**n % 12] for n in range(8))
    return {
        "id": number, "kind": columns["kind"][at], "quote": words, "start": 0, "initiator": columns["initiator"][at], "target": {"party": "unknown", "what": "none"},
        "when": {"from": stamp[:10] if day else stamp, "to": stamp[:10] if day else stamp, "precision": columns["precision"][at]},
        "where": [] if math.isnan(columns["lat"][at]) else [{**place, "uncertainty_m": 1500.0}], "casualties": hurt,
    }  # fmt: skip


def stand(mission: Mission, columns: dict[str, Any], incident: Sequence[int], count: int) -> None:
    """The first `count` claims, read and linked, as the ledger would have it."""
    by, about = people.who(mission, WHO).id, b'{"name":"reports.csv"}'
    numbers: dict[int, str] = {}
    for first in range(0, count, EACH):
        with writing(mission) as desk:
            ident = f"EXH-{first // EACH // 10000:04d}-{first // EACH % 10000:04d}"
            told = {"original": f"reports {first}".encode(), "text": b"reports", "about": about}
            items = tuple(vault.item(mission, kind, ident, data) for kind, data in told.items())
            desk.add(
                Act(
                    "received",
                    by,
                    {"exhibit": ident, **{each.kind: each.commitment for each in items}, "unread": "", "protected": False},
                    items=items,
                )
            )
            block = range(first, min(first + EACH, count))
            reading = {
                "claims": [claim(columns, at, number) for number, at in enumerate(block, 1)],
                "statements": [],
                "appeals": [],
                "responses": [],
                "signatories": [],
            }
            item = vault.item(mission, "reading", ident, json.dumps(reading).encode())
            body = {
                "exhibit": ident,
                "rules": "en 1a2b3c4d",
                "pack_digest": "ab" * 32,
                "reading": item.commitment,
                "claims": len(block),
                "others": {},
                "after": 0,
            }
            desk.add(Act("proposed", by, body, items=(item,)))
            fresh = dict.fromkeys(int(incident[at]) for at in block if int(incident[at]) not in numbers)
            numbers.update([(each, f"INC-2031-{len(numbers) + n:04d}") for n, each in enumerate(fresh, 1)])
            moved = {f"{ident}#{number}": numbers[int(incident[at])] for number, at in enumerate(block, 1)}
            pair = [
                vault.item(
                    mission, "members", "", json.dumps({"moved": moved, "fresh": [numbers[each] for each in fresh], "leads": {}}).encode()
                ),
                vault.item(mission, "linking", "", b"{}"),
            ]
            body = {"seen": desk.size, "pack_digest": "ab" * 32, "members": pair[0].commitment, "linking": pair[1].commitment}
            desk.add(Act("linked", by, {**body, "incidents": len(numbers), "fresh": len(fresh)}, items=tuple(pair)))


def arrive(mission: Mission, folder: Path, columns: dict[str, Any], rows_: Sequence[int]) -> list[str]:
    """Each claim in a text of its own, received and read; the exhibits in the order of `rows_`."""
    by, pack = people.who(mission, WHO).id, packs.of(mission)
    told = {f"new-{n:05d}.txt": claim(columns, at, 1) for n, at in enumerate(rows_)}
    folder.mkdir()
    for name, each in told.items():
        (folder / name).write_text(each["quote"], encoding="utf-8")
    arrived = sorted(receive(mission, WHO, [folder], Options(language="en")), key=lambda each: each.name)
    with writing(mission) as desk:
        for each in arrived:
            row = queries.exhibit(mission, each.exhibit)
            add(
                desk,
                by,
                pack,
                Fresh(
                    row,
                    from_json(
                        {"id": row.id, "language": "en", "rules": "en 1a2b3c4d", "claims": [told[each.name]]}, told[each.name]["quote"]
                    ),
                ),
            )
    return [each.exhibit for each in arrived]


def spent(times: Sequence[float]) -> str:
    ordered = sorted(times)
    return f"p50 {1000 * statistics.median(ordered):.2f} ms, p95 {1000 * ordered[int(len(ordered) * 0.95)]:.2f} ms"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--claims", type=int, default=1_000_000)
    asked.add_argument("--new", type=int, default=1200)
    asked.add_argument("--seed", type=int, default=7)
    args = asked.parse_args()
    known = planted(args.claims + args.new + args.claims // 50, args.seed)  # it makes about as many as it is asked for
    columns = {
        name: [str(each) for each in column] if column.dtype.kind in "UM" else column.tolist() for name, column in known.columns.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        mission = missions.create(
            Path(folder) / "mission", Founding("teaching", WHO), Ground(lambda: datetime(2031, 7, 1, tzinfo=UTC), os.urandom)
        )
        begun = time.perf_counter()
        stand(mission, columns, known.incident, args.claims)
        print(
            f"{args.claims} claims in {time.perf_counter() - begun:.0f} s; the database has {(Path(folder) / 'mission/record.sqlite3').stat().st_size / 2**20:.0f} MB"
        )
        news = range(args.claims, args.claims + args.new)
        exhibits = arrive(mission, Path(folder) / "new", columns, news)
        number_of = dict(rows(mission.alias, "SELECT ref, incident FROM claim WHERE incident <> ''"))
        home = {
            int(known.incident[at]): number_of[f"EXH-{at // EACH // 10000:04d}-{at // EACH % 10000:04d}#{at % EACH + 1}"]
            for at in range(args.claims)
        }
        del number_of
        timed(mission, exhibits, [home.get(int(known.incident[at]), "") for at in news])
        missions.close(mission)
    print(
        f"load {os.getloadavg()[0]:.1f}; {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at the peak, making the claims included"
    )


def timed(mission: Mission, exhibits: Sequence[str], wanted: Sequence[str]) -> None:
    """`wanted`: the incident that each is about, "" for one that nobody told of before."""
    wall, processor, appended, alone, right, fresh = [], [], [], [], 0, 0
    for exhibit, true in zip(exhibits, wanted, strict=True):
        begun, used = time.perf_counter(), time.process_time()
        (found,) = place(mission, WHO, (exhibit,))
        wall.append(time.perf_counter() - begun)
        processor.append(time.process_time() - used)
        right += found.fresh if not true else found.incident == true
        fresh += found.fresh
        note = vault.item(mission, "note", exhibit, b"seen by two of us")
        begun, used = time.perf_counter(), time.process_time()
        record(mission, [Act("noted", people.who(mission, WHO).id, {"subject": exhibit, "note": note.commitment}, items=(note,))])
        appended.append(time.perf_counter() - begun)
        alone.append(time.process_time() - used)
    print(f"placing one claim with its entry: {spent(wall)}; of the processor {spent(processor)}")
    print(f"a remark, that is an entry alone: {spent(appended)}; of the processor {spent(alone)}")
    print(f"{len(exhibits)} new claims: {fresh} the first of an incident, {right / len(exhibits):.3f} where they belong")


if __name__ == "__main__":
    main()

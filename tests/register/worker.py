"""Another process that writes to a mission: `worker.py FOLDER SEED each COUNT` records acts one by one, `… batch COUNT` batches for ever."""

from __future__ import annotations

import sys
from pathlib import Path

from merestone.register import ids, vault
from merestone.register import mission as missions
from merestone.register.desk import Desk
from merestone.register.record import writing
from merestone.register.terms import Act
from tests.register.conftest import ground


def draft(desk: Desk) -> Act:
    """An act with a running number, which two processes must not be given both."""
    desk.flush()
    number = ids.following(desk.mission, "EDN")[0]
    content, rests = (vault.item(desk.mission, kind, number, f"{kind} of {number}".encode()) for kind in ("edition", "rests"))
    body = {"edition": number, "profile": "public", "content": content.commitment, "rests": rests.commitment, "size": 1, "root": "cd" * 32}
    return Act("drafted", "ACC-006", {**body, "claims": 0, "proposals": 0}, items=(content, rests))


def received(desk: Desk) -> Act:
    number = ids.drawn(desk.mission, "EXH")
    original = f"bytes of {number}".encode()
    told = {"original": original, "text": b"text", "about": b'{"name": "x"}'}
    prints = {"original": vault.fingerprint(desk.mission, original)}
    items = tuple(vault.item(desk.mission, kind, number, data, fingerprint=prints.get(kind, "")) for kind, data in told.items())
    named = {item.kind: item.commitment for item in items}
    return Act("received", "ACC-002", {"exhibit": number, **named, "unread": "", "protected": False}, items=items)


def main(folder: str, seed: str, mode: str, count: str) -> None:
    mission = missions.open_mission(Path(folder), ground(int(seed)))
    print("begun", flush=True)
    if mode == "each":
        for _ in range(int(count)):
            with writing(mission) as desk:
                desk.add(draft(desk))
        return
    while True:
        with writing(mission) as desk:
            for _ in range(int(count)):
                desk.add(received(desk))


if __name__ == "__main__":
    main(*sys.argv[1:])

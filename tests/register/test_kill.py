"""kill -9 in the middle of a writing: the mission opens, nothing is half there, and what was committed stays."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connections

from merestone.register import mission as missions
from merestone.register import queries
from merestone.register.audit import verify
from merestone.register.record import writing
from merestone.register.terms import Mission
from tests.register.conftest import founded, ground
from tests.register.doing import Doing
from tests.register.test_rebuild import do
from tests.register.test_two_processes import worker

BATCH = 150


def test_killed_at_any_moment_of_a_batch(mission: Mission, tmp_path: Path) -> None:
    chance, missed, before = random.Random(5), 0, queries.counts(mission)
    missions.close(mission)
    for moment in range(8):
        copy = tmp_path / f"copy-{moment}"
        shutil.copytree(mission.folder, copy)
        running = worker(copy, 200 + moment, "batch", BATCH)
        assert running.stdout is not None
        assert running.stdout.readline() == "begun\n"
        time.sleep(chance.random() * 0.06 * 2**missed)  # a busy machine is given longer: some batch has to come to its end
        running.send_signal(signal.SIGKILL)
        running.communicate()
        after = reopened(copy)
        batches, rest = divmod(after["entries"] - before["entries"], BATCH)
        assert rest == 0, "half a batch"
        assert after["exhibit"] - before["exhibit"] == batches * BATCH
        assert after["items"] - before["items"] == 3 * batches * BATCH
        assert after["checkpoints"] - before["checkpoints"] == batches
        missed += not batches
    assert missed < 8, "no batch ever came to its end: the moments show nothing"


def in_a_child(act: Callable[[], None]) -> int:
    """Runs it in a forked process; 0 when it came to its end."""
    child = os.fork()
    if not child:
        try:
            act()
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1]


def killed_before(folder: Path, number: int, kinds: tuple[str, ...]) -> int:
    """One writing, killed before its statement of that number (from 0); COMMIT is not a statement here, what follows it is none."""

    def act() -> None:
        mission = missions.open_mission(folder, ground(300 + number))
        seen = iter(range(10**6))

        def count(execute: Any, *rest: Any) -> Any:
            if next(seen) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*rest)

        with connections[mission.alias].execute_wrapper(count), writing(mission) as desk:
            for kind in kinds:
                made = Doing(desk, random.Random(1)).next_act(kind)
                assert made is not None
                desk.add(made)

    return in_a_child(act)


def reopened(folder: Path) -> dict[str, int]:
    mission: Mission = missions.open_mission(folder, ground(400))
    verify(mission)
    counts = dict(queries.counts(mission))
    missions.close(mission)
    return counts


def test_killed_before_each_statement_of_a_writing(tmp_path: Path) -> None:
    """Of acts that put items in, seal them and take them away, which need most statements."""
    made = founded(tmp_path / "mission")
    do(made, ["received"] * 3 + ["proposed", "recorded"], 11)
    missions.close(made)
    before, number = reopened(made.folder), 0
    while killed_before(made.folder, number, ("received", "protected", "erased")):
        assert reopened(made.folder) == before, f"something stayed of what was killed before statement {number}"
        number += 1
    assert number > 20, "too few statements: not much was shown"
    after = reopened(made.folder)
    assert after["entries"] == before["entries"] + 3

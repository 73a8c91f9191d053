"""Two processes record at once: nothing is lost, nothing forks, no number is given twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from merestone.register import queries
from merestone.register.terms import Mission

BOTH = True


def worker(folder: Path, *args: object) -> subprocess.Popen[str]:
    code = [sys.executable, "-m", "tests.register.worker", str(folder), *map(str, args)]
    root = Path(__file__).resolve().parents[2]
    return subprocess.Popen(code, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root)


def test_two_processes_lose_nothing_and_do_not_fork(mission: Mission) -> None:
    before = queries.counts(mission)
    both = [worker(mission.folder, seed, "each", 100) for seed in (101, 102)]
    for each in both:
        _, problems = each.communicate()
        assert (each.returncode, problems) == (0, "")
    after = queries.counts(mission)
    assert after["entries"] - before["entries"] == 200
    assert after["checkpoints"] - before["checkpoints"] == 200
    numbers = [row.id for row in queries.editions(mission)]
    assert numbers == [f"EDN-2031-{number:04d}" for number in range(1, 201)]
    told = [row.body["edition"] for row in queries.entries(mission, before["entries"])]
    assert told == numbers

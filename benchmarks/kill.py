#!/usr/bin/env python3
"""Kills `merestone receive` of 200 small files with SIGKILL at many different moments, and looks at what is left each time.

benchmarks/kill.py [MOMENTS] [FILES]

Each time: the mission opens and verifies, nothing is half there, receiving again takes the rest, and nothing is there twice.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from merestone.cli import main as merestone

PROGRAM = [sys.executable, "-u", "-c", "import sys; from merestone.cli import main; sys.exit(main())"]
TEXT = (
    "On {day} May 2031 at 03:10 Veldarian forces fired at the village of Alta Vauride, the Ministry of Defence of Orsay said ({number}).\n"
)
ACTOR = ("--as", "Anouk")


@dataclass(frozen=True, slots=True)
class Seen:
    """What was there after the kill: lines printed before it, exhibits then and after receiving again."""

    printed: int
    exhibits: int
    finished: bool
    whole: int


def told(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = merestone(arguments)
    return code, out.getvalue()


def prepared(folder: Path, files: int) -> tuple[Path, Path]:
    """A fresh mission and a folder of so many different small texts."""
    sources = folder / "sources"
    sources.mkdir(parents=True)
    for number in range(files):
        (sources / f"{number:03}.txt").write_text(TEXT.format(day=number % 28 + 1, number=number), encoding="utf-8")
    code, _ = told("init", str(folder / "mission"), "--pack", "teaching", *ACTOR)
    assert code == 0
    return folder / "mission", sources


def killed(fresh: Path, sources: Path, place: Path, after: int, wait: float) -> Seen:
    """Receives into a copy of the mission, kills that after so many lines and a little while, and checks what is left."""
    shutil.copytree(fresh, place)
    command = [*PROGRAM, "-C", str(place), "receive", str(sources), *ACTOR]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        assert running.stdout is not None
        printed = sum(1 for _ in zip(range(after), running.stdout, strict=False))
        time.sleep(wait)
        running.send_signal(signal.SIGKILL)
        printed += len(running.stdout.read().splitlines())
    count = len(list(sources.iterdir()))
    left = exhibits(place)
    assert printed <= len(left) <= count, f"{printed} were told, {len(left)} are there"
    code, out = told("-C", str(place), "receive", str(sources), "--json", *ACTOR)
    assert code == 0
    states = Counter(json.loads(line)["state"] for line in out.splitlines())
    assert states == Counter({"already here": len(left), "received": count - len(left)}) - Counter(), states
    whole = exhibits(place)
    assert whole[: len(left)] == left, "what was there is not what it was"
    assert len({each["name"] for each in whole}) == len(whole) == count, "something is there twice, or not at all"
    shutil.rmtree(place)
    return Seen(printed, len(left), running.returncode == 0, len(whole))


def exhibits(mission: Path) -> list[dict[str, Any]]:
    """What is there, after the whole was verified: every entry, every item that an entry names and none besides, every table."""
    assert told("verify", str(mission))[0] == 0
    found: list[dict[str, Any]] = json.loads(told("-C", str(mission), "list", "exhibits", "--json")[1])
    assert all(each["original"] and each["text"] and each["about"] for each in found), "half an exhibit"
    return found


def main() -> None:
    moments = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    files = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    chance = random.Random(17)
    with tempfile.TemporaryDirectory() as folder:
        fresh, sources = prepared(Path(folder), files)
        for number in range(moments):
            seen = killed(fresh, sources, Path(folder) / f"copy-{number}", number * files // moments, chance.uniform(0, 0.006))
            print(
                f"{number + 1:3}. killed after {seen.printed:3} lines: {seen.exhibits:3} exhibits were there, {seen.whole} after receiving again"
            )
    print(f"{moments} moments: each time it opened and verified, nothing was half there, the rest was received, nothing twice.")


if __name__ == "__main__":
    main()

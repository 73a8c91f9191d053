#!/usr/bin/env python3
"""How long `merestone --help` takes from the shell, beside a bare interpreter in the same run: the goal is under 0.3 s.

benchmarks/start.py [RUNS]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path


def seconds(command: list[str], runs: int) -> list[float]:
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        took.append(time.perf_counter() - start)
    return sorted(took)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    program = str(Path(sys.executable).with_name("merestone"))
    for name, command in (("python -c pass", [sys.executable, "-c", "pass"]), ("merestone --help", [program, "--help"])):
        took = seconds(command, runs)
        print(f"{name:20} median {statistics.median(took):.3f} s, slowest of {runs} {took[-1]:.3f} s")


if __name__ == "__main__":
    main()

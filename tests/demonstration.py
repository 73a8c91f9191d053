"""The demonstration, made once for all processes of one run of tests; in a process of its own, for Django and a browser do not share one.

`python -m tests.demonstration FOLDER` makes it with the clock and the chance of the tests and says on standard output what it has.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from merestone.cli.demo import Built, build
from tests.register.conftest import ground

ROOT = Path(__file__).resolve().parent.parent


def once(shared: Path) -> tuple[Path, Built]:
    """Where it lies and what it has; made by whoever comes first, while the others wait. Nobody writes into it: take a copy."""
    folder, said = shared / "demonstration", shared / "demonstration.json"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            command = [sys.executable, "-m", "tests.demonstration", str(folder)]
            quiet = {name: value for name, value in os.environ.items() if name not in ("MERESTONE_ACTOR", "MERESTONE_PASSPHRASE")}
            done = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            said.write_text(done.stdout, encoding="utf-8")
    told = json.loads(said.read_text(encoding="utf-8"))
    return folder, Built(**{**told, "bundles": tuple(told["bundles"])})


if __name__ == "__main__":
    print(json.dumps(asdict(build(Path(sys.argv[1]), ground(), lambda *_: None))))

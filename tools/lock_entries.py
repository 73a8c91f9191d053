"""Prints the entries of some packages out of a lock with hashes: `python tools/lock_entries.py LOCK NAME…`. Standard library alone."""

import re
import sys
from pathlib import Path

ENTRY = re.compile(r"^([A-Za-z0-9._-]+)==(?:.*\\\n)*.*$", re.MULTILINE)

lock, *names = sys.argv[1:]
found = {entry[1]: entry[0] for entry in ENTRY.finditer(Path(lock).read_text(encoding="utf-8"))}
missing = [name for name in names if name not in found]
if missing:
    sys.exit(f"not in the lock: {', '.join(missing)}")
sys.stdout.write("\n".join(found[name] for name in names) + "\n")

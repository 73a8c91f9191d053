"""How long a pack of a million names takes to load, what memory it needs, and how fast names are found in it.

    benchmarks/gazetteer.py [--names 1000000] [--each 4] [--lookups 20000]

Makes a table of invented names in one script, of one or two words, some of them on each place; loads the pack in a fresh process,
builds the gazetteer, and looks names up, half of them there and half not. A pack refuses a table over its limit, which is lifted here.
"""

from __future__ import annotations

import argparse
import csv
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "or", "un")]
PACK = "name: big\ntitle: Big\nperiod: {from: 2031-01-01, to: 2031-12-31}\nparties: [{code: VE, name: Veldar}]\n"


def made(number: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    out: dict[str, None] = {}
    while len(out) < number:
        words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize() for _ in range(chance.choice((1, 1, 1, 2)))]
        out[" ".join(words)] = None
    return list(out)


def write(folder: Path, names: list[str], each: int) -> int:
    """Places with so many names each. Gives the bytes of the table."""
    chance = random.Random(2)
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    with (folder / "places.csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["id", "name", "level", "lat", "lon", "names_en"])
        for number in range(0, len(names), each):
            called = names[number : number + each]
            spot = round(chance.uniform(-60, 60), 4), round(chance.uniform(-170, 170), 4)
            table.writerow([number, called[0], "settlement", *spot, "; ".join(called[1:])])
    return (folder / "places.csv").stat().st_size


def memory() -> float:
    """Peak of this process so far, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")  # getrusage would begin with what the starting process had
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def measured(folder: Path, lookups: list[str]) -> None:
    """In the process that was started for it."""
    from merestone.capture import pack as opening
    from merestone.locate import gazetteer

    opening.MAX_TABLE = 2**40
    before, started = memory(), time.perf_counter()
    pack = opening.load_pack(str(folder))
    loaded = time.perf_counter()
    print(f"load_pack:        {loaded - started:7.2f} s, peak {memory():6.0f} MB (before: {before:.0f} MB)", flush=True)
    built = gazetteer(pack)
    done = time.perf_counter()
    print(f"gazetteer:        {done - loaded:7.2f} s, peak {memory():6.0f} MB", flush=True)
    print(f"both:             {done - started:7.2f} s for {len(pack.places):,} places (asked: 2 s, 500 MB)", flush=True)
    started = time.perf_counter()
    found = sum(bool(built.names.find(name, "en")[0]) for name in lookups)
    took = time.perf_counter() - started
    print(f"look-ups:         {len(lookups) / took:7,.0f} a second, {found} of {len(lookups)} found")
    words = " ".join(lookups)
    started = time.perf_counter()
    runs = [words[at : at + 200] for at in range(0, min(len(words), 100_000), 200)]
    for run in runs:
        built.names.find_inside(run, "en")
    took = time.perf_counter() - started
    print(f"names in words:   {sum(map(len, runs)) / took / 1e6:7.3f} MB a second")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=1_000_000)
    parser.add_argument("--each", type=int, default=4, help="names of one place (default: 4)")
    parser.add_argument("--lookups", type=int, default=20_000)
    parser.add_argument("--in", dest="folder", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    absent = [f"{name}x" for name in made(args.lookups // 2, 3)]
    if args.folder is not None:
        with (args.folder / "places.csv").open(encoding="utf-8", newline="") as table:
            rows = csv.reader(table)
            next(rows)
            there = [row[1] for row, _ in zip(rows, range(args.lookups // 2), strict=False)]
        measured(args.folder, [name for pair in zip(there, absent, strict=True) for name in pair])
        return
    with tempfile.TemporaryDirectory() as made_in:
        folder = Path(made_in) / "big"
        print(f"places.csv:       {write(folder, made(args.names, 1), args.each) / 1e6:7.1f} MB (a pack takes 33.6)", flush=True)
        again = [sys.executable, __file__, "--in", str(folder), "--names", str(args.names), "--lookups", str(args.lookups)]
        subprocess.run(again, check=True)


if __name__ == "__main__":
    main()

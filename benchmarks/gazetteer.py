"""How long a pack of a million names takes to load, what memory it needs, and how fast names are found in texts; beside spaCy.

    benchmarks/gazetteer.py [--names 1000000] [--each 4] [--texts 4000] [--peer PYTHON]

Makes a table of invented names in one script, of one or two words, some of them on each place, and its index; loads the pack in a fresh
process, looks names up, half of them there and half not, and finds them in texts of 2 KB. With --peer the same names are sought in the same
texts by a PhraseMatcher of spaCy, in a process of that interpreter (a virtual environment with spaCy alone will do). Texts are timed in
seconds of the processor, since a machine has other work.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "or", "un")]
ASKED, NAMES, PEER, REPEATED = "asked.txt", "names.txt", "peer", "repeated names"
POOL = 20_000  # names that texts of one region would repeat
WORDS = [
    "the",
    "a",
    "of",
    "and",
    "to",
    "in",
    "on",
    "was",
    "were",
    "had",
    "said",
    "that",
    "from",
    "with",
    "by",
    "at",
    "for",
    "fire",
    "shots",
    "heard",
    "near",
    "village",
    "night",
    "soldier",
    "position",
    "border",
    "report",
    "during",
    "morning",
    "two",
    "three",
    "people",
    "house",
    "damaged",
    "road",
    "between",
    "no",
    "after",
    "before",
    "it",
    "its",
    "has",
    "been",
    "not",
    "as",
    "they",
    "which",
    "who",
    "wounded",
    "killed",
    "later",
    "statement",
    "according",
    "ministry",
    "residents",
]
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


def texts(names: list[str], number: int, pool: int) -> list[str]:
    """Texts of 2 KB, a name in most sentences: of all names alike (`pool` 0), or of so many, some far more often than others, as texts repeat them."""
    chance = random.Random(5)
    some = chance.sample(names, pool) if pool else names
    out = []
    for _ in range(number):
        told, size = [], 0
        while size < 2048:
            words = chance.choices(WORDS, k=chance.randint(8, 20))
            words[0] = words[0].capitalize()
            if chance.random() < 0.6:
                words.insert(chance.randint(1, len(words)), some[int(len(some) * chance.random() ** 3)] if pool else chance.choice(some))
            told.append(" ".join(words) + ".")
            size += len(told[-1]) + 1
        out.append(" ".join(told))
    return out


def measured(folder: Path) -> None:
    """In the process that was started for it."""
    from merestone.capture.pack import load_pack
    from merestone.extract import Reader
    from merestone.extract.names import find_names
    from merestone.extract.tokens import layout
    from merestone.locate import Scanner, gazetteer

    lookups, rows = json.loads((folder / ASKED).read_text(encoding="utf-8"))
    before, started = memory(), time.perf_counter()
    pack = load_pack(str(folder))
    loaded = time.perf_counter() - started
    print(f"load_pack:        {loaded:7.2f} s, {memory() - before:6.0f} MB beside {before:.0f} of the process", flush=True)
    built = gazetteer(pack)
    ready = time.perf_counter() - started
    print(f"and gazetteer:    {ready:7.2f} s, peak {memory():6.0f} MB for {len(pack.places):,} places (asked: 2 s, 500 MB)", flush=True)
    started = time.process_time()
    found = sum(bool(built.names.find(name, "en")[0]) for name in lookups)
    took = time.process_time() - started
    print(f"look-ups:         {len(lookups) / took:7,.0f} a second, {found} of {len(lookups)} found", flush=True)
    for what, told in rows.items():
        scanner = Scanner(built.names, "en")
        scanner.scan("Ready")
        report("scan", what, told, lambda text: len(scanner.scan(text)))  # noqa: B023 - called in this turn
    print(f"scan, memory:     {memory() - before:7.0f} MB beside {before:.0f} of the process", flush=True)
    reader = Reader(pack, "en")
    took, found = 0.0, 0
    for text in rows[REPEATED]:
        cut = layout(text, reader.lex.abbreviations, reader.lex.stops)
        started = time.process_time()
        found += len(find_names(cut, reader.names))
        took += time.process_time() - started
    print(
        f"in the reader:    {len(rows[REPEATED]) / took:7,.0f} documents a second in words that are cut already, {found} names", flush=True
    )


def report(who: str, what: str, told: list[str], count: Callable[[str], int]) -> None:
    started = time.process_time()
    found = sum(count(text) for text in told)
    took = time.process_time() - started
    size = sum(map(len, told)) / 1e6
    print(f"{who + ',':12} {what + ':':16} {len(told) / took:7,.0f} documents a second, {size / took:6.2f} MB/s, {found} names", flush=True)


def peer(folder: Path) -> None:
    """The same with spaCy, by the interpreter that has it. It stands alone: nothing of ours is imported there."""
    import spacy
    from spacy.matcher import PhraseMatcher

    _, rows = json.loads((folder / ASKED).read_text(encoding="utf-8"))
    before, started = memory(), time.perf_counter()
    language = spacy.blank("en")
    matcher = PhraseMatcher(language.vocab)
    with (folder / NAMES).open(encoding="utf-8") as names:
        matcher.add("PLACE", language.tokenizer.pipe(name.rstrip("\n") for name in names))
    built = time.perf_counter() - started
    print(f"spaCy {spacy.__version__}, made: {built:6.1f} s, {memory() - before:6.0f} MB beside {before:.0f} of the process", flush=True)
    for what, told in rows.items():
        report("spaCy", what, told, lambda text: len(matcher(language.make_doc(text))))
    print(f"spaCy, memory:    {memory() - before:7.0f} MB beside {before:.0f} of the process", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=1_000_000)
    parser.add_argument("--each", type=int, default=4, help="names of one place (default: 4)")
    parser.add_argument("--texts", type=int, default=4_000)
    parser.add_argument("--peer", metavar="PYTHON", help="an interpreter that has spaCy")
    parser.add_argument("--in", dest="folder", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.folder is not None:
        (peer if args.folder.name == PEER else measured)(args.folder.parent if args.folder.name == PEER else args.folder)
        return
    from merestone.capture.pack import index_for

    names = made(args.names, 1)

    with tempfile.TemporaryDirectory() as made_in:
        folder = Path(made_in) / "big"
        size = write(folder, names, args.each)
        started = time.perf_counter()
        path, data, _ = index_for(str(folder))
        path.write_bytes(data)
        print(
            f"places.csv:       {size / 1e6:7.1f} MB; the index {len(data) / 1e6:.1f} MB, made in {time.perf_counter() - started:.0f} s",
            flush=True,
        )
        lookups = [each for name in names[:: max(1, len(names) // 10_000)] for each in (name, f"{name}x")]
        rows = {"any names": texts(names, args.texts, 0), REPEATED: texts(names, args.texts, POOL)}
        (folder / ASKED).write_text(json.dumps([lookups, rows]), encoding="utf-8")
        (folder / NAMES).write_text("\n".join(names) + "\n", encoding="utf-8")
        del names, data, lookups, rows
        subprocess.run([sys.executable, __file__, "--in", str(folder)], check=True)
        if args.peer is None:
            print("spaCy:            not measured: name an interpreter that has it with --peer")
        elif subprocess.run([args.peer, __file__, "--in", str(folder / PEER)], check=False).returncode:
            print(f"spaCy:            not measured: {args.peer} ended with an error, told above")


if __name__ == "__main__":
    main()

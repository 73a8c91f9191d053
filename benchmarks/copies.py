"""How many documents a second are searched for copies, at what recall and precision, beside MinHash with LSH (datasketch, rensa).

    benchmarks/copies.py [--documents 100000] [--seed N] [--peer PYTHON] [--threshold 0.1]

Writes invented documents with planted copies (planted_copies.py), looks for them, and does the same with datasketch where --peer names an
interpreter that has it: 128 permutations, shingles of four words, threshold 0.5 and the one named (lower finds more), each in a process of its own;
then with rensa, if it is there too, in 32 bands of four and in 64 of two. A copy is found
if it is paired with a text of its family; a pair across families is wrong. Seconds are those of the processor, since a machine has other work.
"""

from __future__ import annotations

import argparse
import pickle
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

SHINGLE = 4


def memory() -> float:
    """Peak of this process so far, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def told(name: str, rows: list[tuple[str, int, str, str]], pairs: Iterable[tuple[int, int]], seconds: float, before: float) -> None:
    families, kinds = [row[1] for row in rows], [row[2] for row in rows]
    count, right, found = 0, 0, set[int]()
    for earlier, later in pairs:
        count += 1
        if families[earlier] == families[later]:
            right += 1
            found.update((earlier, later))
    wanted, reached = Counter(kind for kind in kinds if kind), Counter(kinds[each] for each in found if kinds[each])
    print(
        f"{name:26} {len(rows) / seconds:7,.0f} documents a second ({seconds:.1f} s), {memory() - before:5.0f} MB more at the peak, "
        f"recall {reached.total() / wanted.total():.3f}, precision {right / max(1, count):.4f} of {count} pairs"
    )
    print(
        "    found of each kind: " + ", ".join(f"{kind} {reached[kind] / number:.3f}" for kind, number in sorted(wanted.items())),
        flush=True,
    )


def ours(rows: list[tuple[str, int, str, str]]) -> None:
    from merestone.link.alike import alike

    texts, publishers = [row[0] for row in rows], [row[3] for row in rows]
    before, started = memory(), time.process_time()
    found = alike(texts, publishers)
    told("merestone", rows, ((each.earlier, each.later) for each in found), time.process_time() - started, before)


def peer(rows: list[tuple[str, int, str, str]], bulk: bool, threshold: float) -> None:
    """By the interpreter that has it; nothing of ours is imported there."""
    import re

    import datasketch

    words = re.compile(r"\w+").findall
    before, started = memory(), time.process_time()
    index = datasketch.MinHashLSH(threshold=threshold, num_perm=128)
    sketches: list[datasketch.MinHash] = []
    for at in range(0, len(rows), 1000):
        cut = [words(row[0].casefold()) for row in rows[at : at + 1000]]
        sets = [{" ".join(each).encode() for each in zip(*(told[n:] for n in range(SHINGLE)), strict=False)} for told in cut]
        if bulk:
            sketches += datasketch.MinHash.bulk(sets, num_perm=128)
        else:
            for each in sets:
                sketch = datasketch.MinHash(num_perm=128)
                sketch.update_batch(each)
                sketches.append(sketch)
    pairs = []
    for number, sketch in enumerate(sketches):
        pairs += [(other, number) for other in index.query(sketch) if sketch.jaccard(sketches[other]) >= threshold]
        index.insert(number, sketch, check_duplication=False)
    name = f"datasketch {datasketch.__version__}{', bulk' if bulk else ''}, {threshold:g}"
    told(name, rows, pairs, time.process_time() - started, before)


def rensa_peer(rows: list[tuple[str, int, str, str]], bands: int, threshold: float) -> None:
    """The same sketches by rensa, each looked up before it is put in; by the interpreter that has it."""
    import re

    import rensa

    words = re.compile(r"\w+").findall
    before, started = memory(), time.process_time()
    index = rensa.RMinHashLSH(threshold, 128, bands)
    sketches: list[rensa.RMinHash] = []
    pairs = []
    for number, row in enumerate(rows):
        told_words = words(row[0].casefold())
        sketch = rensa.RMinHash(128, 42)
        sketch.update([" ".join(each) for each in zip(*(told_words[n:] for n in range(SHINGLE)), strict=False)])
        pairs += [(other, number) for other in index.query(sketch) if sketch.jaccard(sketches[other]) >= threshold]
        index.insert(number, sketch)
        sketches.append(sketch)
    told(f"rensa, {bands} bands, {threshold:g}", rows, pairs, time.process_time() - started, before)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peer", metavar="PYTHON", help="an interpreter that has datasketch")
    parser.add_argument("--threshold", type=float, default=0.1, help="of resemblance, for the peer's third run")
    parser.add_argument("--run", nargs=2, metavar=("WHICH", "FILE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.run is not None:
        rows = pickle.loads(Path(args.run[1]).read_bytes())
        which = args.run[0]
        if which == "ours":
            ours(rows)
        elif which.startswith("rensa"):
            rensa_peer(rows, int(which[5:]), args.threshold)
        else:
            peer(rows, which == "bulk", args.threshold)
        return
    from planted_copies import planted

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows"
        made = planted(args.documents, args.seed)
        words = sum(len(each.text.split()) for each in made) / len(made)
        path.write_bytes(pickle.dumps([(each.text, each.family, each.kind, each.publisher) for each in made]))
        print(f"{len(made):,} documents of {words:.0f} words, {sum(bool(each.kind) for each in made):,} of them copies", flush=True)
        del made
        subprocess.run([sys.executable, __file__, "--run", "ours", str(path)], check=True)
        if args.peer is None:
            print("datasketch: absent, not measured; name an interpreter that has it with --peer")
            return
        for which, threshold in (("plain", 0.5), ("bulk", 0.5), ("bulk", args.threshold), ("rensa32", 0.5), ("rensa64", args.threshold)):
            asked = ["--run", which, str(path), "--threshold", str(threshold)]
            if subprocess.run([args.peer, __file__, *asked], check=False).returncode:
                print(f"{which}: not measured: {args.peer} ended with an error, told above")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Accuracy and speed of the whole way over the annotated documents of one language.

    benchmarks/gold.py GOLD_DIR [--language en] [--pack PACK] [--runs N] [--errors] [--half first|other] [--pin [--lower REASON]]

Prints what the scorer says of all documents and of the two halves of their list (so that a rule made for one half shows), the
incidents that linking makes of the readings, and seconds, documents a second and peak memory of `brief`. `--errors` prints every
slot that differs; `--half` keeps to one half of the list. `--pin` writes tests/accuracy/floors.yaml.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from merestone.capture import Options, load_pack, receive
from merestone.extract import languages_with_rules
from merestone.report import Request, brief, render, write
from merestone.report.annotated import annotated, read_anew
from merestone.report.score import score
from tests.accuracy import corpora, scorer


def read(corpus: Path, pack: str) -> tuple[dict[str, dict], float]:
    """What was read, with the incidents that linking found, and the seconds that both took."""
    loaded = load_pack(pack)
    started = time.perf_counter()
    received = receive((corpus,), Options(languages_with_rules=languages_with_rules()))
    told = read_anew(received, loaded)
    return told, time.perf_counter() - started


def shown(title: str, scored: dict) -> None:
    detection, slots, b3 = scored["detection"]["all"], scored["slots"]["all"], scored["incidents_b3"]
    print(
        f"{title:24} detection P {detection['p']:.3f} R {detection['r']:.3f} F1 {detection['f1']:.3f}   "
        f"slots P {slots['p']:.3f} R {slots['r']:.3f} F1 {slots['f1']:.3f}   incidents B-cubed {b3['f1']:.3f}   parity gap {scored['parity_gap']}"
    )


def details(scored: dict) -> None:
    for key, value in scored["slots"].items():
        if key.startswith("slot "):
            print(f"  {key:18} P {value['p']:.3f} R {value['r']:.3f} F1 {value['f1']:.3f}")
    for key, value in scored["other"].items():
        print(f"  {key:18} P {value['p']:.3f} R {value['r']:.3f} F1 {value['f1']:.3f}")
    print("  blamed wrongly    ", {key: f"{value['wrong']} of {value['said']}" for key, value in scored["blamed_wrongly"].items()})
    print("  stance            ", scored["stance_confusion"])


def timed(corpus: Path, pack: str, folder: Path) -> float:
    """`brief` in this process, the pack loaded anew: receive, read, locate, link, assess, redact, render, write."""
    started = time.perf_counter()
    request = Request((corpus,), load_pack(pack), datetime(2031, 1, 1, tzinfo=UTC), Options())
    write(render(brief(request)), folder / "out")
    return time.perf_counter() - started


def alone(corpus: Path, pack: str, folder: Path) -> tuple[float, float]:
    """The command in a process of its own: seconds from the shell, and its peak memory in MB."""
    program = str(Path(sys.executable).with_name("merestone"))
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    started = time.perf_counter()
    subprocess.run([program, "brief", str(corpus), "--pack", pack, "--out", str(folder / "alone")], check=True, capture_output=True)
    took = time.perf_counter() - started
    return took, max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--language", default=corpora.LANGUAGE)
    parser.add_argument("--half", choices=("first", "other"))
    parser.add_argument("--pack", default="armenia-azerbaijan")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--lower", metavar="REASON", default="")
    args = parser.parse_args()
    names = [path.stem for path in corpora.gold_paths(args.gold, args.language)]
    half = len(names) // 2
    seen = {"first": names[:half], "other": names[half:], None: names}[args.half]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        corpus = corpora.write_corpus(corpora.gold(args.gold, args.language), folder / "corpus.jsonl")
        took, peak = alone(corpus, args.pack, folder) if args.runs else (0.0, 0.0)
        told, reading = read(corpus, args.pack)
        runs = [timed(corpus, args.pack, folder) for _ in range(args.runs)]
        if args.errors:
            chosen = [document for document in annotated(args.gold, args.language) if document["id"] in seen]
            print("\n".join(score(chosen, told, 10_000).differences))
    whole = scorer.score(args.gold, told, language=args.language)
    shown(f"all {len(names)} documents", whole)
    shown(f"first {half}", scorer.score(args.gold, told, names[:half], args.language))
    shown(f"other {len(names) - half}", scorer.score(args.gold, told, names[half:], args.language))
    details(whole if args.half is None else scorer.score(args.gold, told, seen, args.language))
    if args.pin:
        found = {"detection": whole["detection"]["all"]["f1"], "slots": whole["slots"]["all"]["f1"]}
        scorer.pin(found, corpora.digest(args.gold, args.language), args.lower, args.language)
    if not args.runs:
        return
    print(f"reading, locating and linking: {reading:.2f} s, {len(names) / reading:.1f} documents/s")
    print(f"brief in one process: median {statistics.median(runs):.2f} s of {args.runs}, slowest {max(runs):.2f} s")
    print(f"merestone brief from the shell: {took:.2f} s, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""How fast expressions of time are found and anchored, beside dateparser (languages fixed) on the same texts in the same run.

    benchmarks/dates.py [GOLD_DIR] [--language en]... [--runs 3] [--peer PYTHON] [--list]

The texts are the teaching documents, or the annotated documents of GOLD_DIR. `--peer` is the interpreter of an environment in which
dateparser is installed; it is no dependency of ours. `--list` prints every wording that is tagged as a date, for a person to judge.
Seconds are those of the processor; everything is done once before the clock starts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE.parent)]

from merestone.extract.lexicon import lexicon  # noqa: E402
from merestone.extract.time_resolve import Anchor, explain  # noqa: E402
from merestone.extract.times import find_times, load_times, year_hint  # noqa: E402
from tests.accuracy import corpora  # noqa: E402

LANGUAGES = ("en", "ru", "hy", "az")
PEER = """
import json, sys, time
from datetime import datetime
try:
    from dateparser.search import search_dates
except ImportError:
    sys.exit("dateparser is not installed there: PYTHON -m pip install dateparser")
told = {}
for language, texts in json.load(sys.stdin).items():
    def once():
        return sum(len(search_dates(text, languages=[language], settings={"RELATIVE_BASE": datetime(2031, 5, 20)}) or ()) for text in texts)
    try:
        found = once()
    except ValueError as error:
        told[language] = str(error)
        continue
    started = time.process_time()
    once()
    told[language] = [time.process_time() - started, found]
print(json.dumps(told))
"""


def texts_of(gold: Path | None, language: str) -> list[str]:
    if gold is not None:
        return [document["text"] for document in corpora.gold(gold, language)]
    return [document["text"] for document in json.loads(corpora._teaching()) if document.get("language") == language]


def ours(texts: list[str], language: str, runs: int) -> tuple[float, Counter[str]]:
    """Seconds for all texts, and the wordings of what has a date in it."""
    rules = load_times(lexicon(language).table("time"))
    wordings: Counter[str] = Counter()

    def once() -> None:
        wordings.clear()
        for text in texts:
            found = find_times(text, rules)
            anchor = Anchor("2031-05-20", "", year_hint(text, rules, found), "UTC")
            for mention in found:
                if explain(mention, anchor)[0].precision != "unknown":
                    wordings[" ".join(mention.wording.split())] += 1

    once()
    taken = []
    for _ in range(runs):
        started = time.process_time()
        once()
        taken.append(time.process_time() - started)
    return min(taken), wordings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", metavar="GOLD_DIR", type=Path, nargs="?")
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peer", metavar="PYTHON", help="the interpreter of an environment with dateparser")
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args()
    texts = {language: texts_of(args.gold, language) for language in args.language or LANGUAGES}
    peer: dict[str, object] = {}
    if args.peer:
        done = subprocess.run([args.peer, "-c", PEER], input=json.dumps(texts), stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.returncode)
        peer = json.loads(done.stdout)
    for language, each in texts.items():
        seconds, wordings = ours(each, language, args.runs)
        size = sum(len(text.encode()) for text in each)
        print(f"{language}: {len(each)} documents, {size} bytes; ours {size / seconds / 1e6:.2f} MB/s, {wordings.total()} times", end="")
        beside = peer.get(language)
        if isinstance(beside, list):
            print(
                f"; dateparser {size / beside[0] / 1e6:.4f} MB/s, {beside[1]} hits; ours is {beside[0] / seconds:.0f} times as fast", end=""
            )
        elif beside is not None:
            print(f"; dateparser: {beside}", end="")
        print()
        for wording, count in wordings.most_common() if args.list else ():
            print(f"    {count:4} {wording}")


if __name__ == "__main__":
    main()

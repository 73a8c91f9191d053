#!/usr/bin/env python3
"""How fast texts are read and located on one core, and how the time grows with the length of one text.

    benchmarks/reading.py [--language en]... [--runs 3] [--kilobytes 100 400 1000] [--one-line] [--against CHECKOUT]

Documents of about 2 KB are made from the teaching documents of each language, whole paragraphs at a time; long texts repeat them with
other days of the month, so that the claims stay apart. Everything is read once before the clock starts. Seconds are those of the
processor. `--against` runs the same with the sources of another checkout, in turn, and prints how many times faster this one is.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve()
SOURCES = "MERESTONE_BENCHMARK_SOURCES"  # the checkout whose sources are measured
CHECKOUT = Path(os.environ.get(SOURCES, HERE.parent.parent))
sys.path[:0] = [str(CHECKOUT / "src"), str(HERE.parent.parent)]

from merestone.capture import load_pack  # noqa: E402
from merestone.capture.terms import Exhibit, ExhibitText, Known, Unknown  # noqa: E402
from merestone.extract import Reader, read  # noqa: E402
from merestone.locate import gazetteer, resolve  # noqa: E402
from tests.accuracy import corpora  # noqa: E402

SIZE = 2000  # bytes of a document
_DAY = re.compile(r"(?<![\d:])\d{1,2}(?![\d:])")


def texts(language: str) -> list[str]:
    corpora.teaching()
    return [d["text"] for d in json.loads(corpora._teaching()) if d.get("language") == language]


def cut(whole: list[str]) -> Iterator[str]:
    """Documents of about 2 KB, of whole paragraphs."""
    document = ""
    for paragraph in "\n\n".join(whole).split("\n\n"):
        document += ("\n\n" if document else "") + paragraph
        if len(document.encode()) >= SIZE:
            yield document
            document = ""


def long_text(whole: list[str], kilobytes: int, one_line: bool) -> str:
    base, parts, size, turn = "\n\n".join(whole), [], 0, 0
    while size < kilobytes * 1000:
        parts.append(_DAY.sub(lambda day, turn=turn: str((int(day.group()) + turn - 1) % 28 + 1), base) if turn else base)
        size, turn = size + len(parts[-1].encode()) + 2, turn + 1
    made = "\n\n".join(parts).encode()[: kilobytes * 1000].decode(errors="ignore")
    return " ".join(made.split()) if one_line else made


def reader_of(language: str) -> Callable[[str], int]:
    """Reads and locates one text; gives the number of its claims."""
    pack, nothing = load_pack("teaching"), Unknown("a benchmark has none")
    reader, places = Reader(pack, language), gazetteer(pack)

    def told(text: str) -> int:
        exhibit = ExhibitText(
            "text", Exhibit("told.txt", "text/plain", len(text), "0" * 64), text, (), Known(language, "manifest"), "utf-8",
            published=Known("2031-05-20", "manifest"), publisher=Known("Meridian Newswire", "manifest"), title=nothing, url=nothing,
        )  # fmt: skip
        return len(resolve(read(exhibit, reader), places, text).claims)

    return told


def measured(languages: list[str], runs: int, sizes: list[int], one_line: bool) -> dict[str, float]:
    """Seconds by what was read; prints as it goes."""
    out: dict[str, float] = {}
    for language in languages:
        whole = texts(language)
        told, documents = reader_of(language), list(cut(whole))
        started = time.process_time()
        for document in documents:
            told(document)
        out[f"{language} first reading"] = time.process_time() - started
        each = []
        for _ in range(runs):
            started = time.process_time()
            for document in documents:
                told(document)
            each.append(time.process_time() - started)
        out[f"{language} documents"] = min(each)
        size = sum(len(document.encode()) for document in documents)
        print(
            f"{language}: {len(documents) / min(each):.0f} documents/s, {size / min(each) / 1e6:.3f} MB/s ({size // len(documents)} bytes each); ",
            end="",
        )
        print(f"the first reading of the {len(documents)} took {out[f'{language} first reading']:.2f} s")
        for kilobytes in sizes:
            text = long_text(whole, kilobytes, one_line)
            started = time.process_time()
            claims = told(text)
            took = out[f"{language} {kilobytes} KB"] = time.process_time() - started
            print(
                f"    {kilobytes} KB {'on one line ' if one_line else ''}{took:.2f} s, {kilobytes / took / 1000:.3f} MB/s, {claims} claims",
                flush=True,
            )
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", action="append", choices=("en", "ru", "hy", "az"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--kilobytes", type=int, nargs="*", default=[100, 400, 1000])
    parser.add_argument("--one-line", action="store_true")
    parser.add_argument("--against", type=Path)
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    here = measured(args.language or ["en", "ru", "hy", "az"], args.runs, args.kilobytes, args.one_line)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if args.json:
        print(json.dumps(here))
    if args.against:
        options = [word for word in sys.argv[1:] if word not in ("--against", str(args.against))]
        environment = {**os.environ, SOURCES: str(args.against.resolve())}
        done = subprocess.run(
            [sys.executable, str(HERE), *options, "--json"], env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
        there = json.loads(done.stdout.splitlines()[-1])
        print(f"against {args.against}:")
        for name, seconds in here.items():
            print(f"    {name}: {there[name]:.2f} s there, {seconds:.2f} s here, {there[name] / seconds:.1f} times faster")


if __name__ == "__main__":
    main()

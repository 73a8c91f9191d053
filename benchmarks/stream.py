#!/usr/bin/env python3
"""Memory and speed of `merestone read` over a stream of short JSON lines, and how the speed grows with `--jobs`.

    benchmarks/stream.py [--lines 1000000] [--jobs 1] [--every 5] [--minutes 60] [--log SAMPLES.csv]
    benchmarks/stream.py --lines 4000 --jobs 1 2 1 2

Lines of 150 to 250 characters in four languages, from a fixed seed, as an agency sends them: every third is made of sentences of the
teaching documents with other days of the month, the others tell of markets and weather, with words that come once. The file is made
first and removed in the end. While a run reads it, the memory of its processes (Rss of `/proc`) is sampled; several numbers of jobs
run one after the other over the same file. The load before each run is printed with it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parent.parent / "src"), str(HERE.parent.parent)]

from tests.accuracy import corpora  # noqa: E402

SHORTEST, LONGEST = 150, 250  # characters of a line's text
PUBLISHERS = ("Meridian Newswire", "", "Channel Nine of Nowhere")
SYLLABLES = {
    "en": ["ta", "vok", "rel", "mi", "sun", "der", "kal", "po", "rin", "esh"],
    "ru": ["та", "вок", "рел", "ми", "сун", "дер", "кал", "по", "рин", "эш"],
    "hy": ["տա", "վոկ", "ռել", "մի", "սուն", "դեր", "կալ", "պո", "րին", "էշ"],
    "az": ["ta", "vok", "rel", "mi", "sun", "dər", "kal", "po", "rin", "eş"],
}
ORDINARY = {  # what most lines of an agency are about; {} is a word that comes once, {n} a number
    "en": (
        "The price of {} flour rose by {n} per cent at the market of {} on Tuesday, traders said.",
        "{} Bridge will be closed for repairs until {n} May; buses go by way of {} Street.",
        "The choir of {} sang before {n} guests, and the school of {} sent flowers.",
        "Rain is expected in the valleys of {}, with {n} degrees by day and clouds over {}.",
    ),
    "ru": (
        "Цена на муку «{}» на рынке города {} выросла во вторник на {n} процентов, сообщили торговцы.",
        "Мост {} закрыт на ремонт до {n} мая; автобусы идут по улице {}.",
        "Хор из {} пел перед {n} гостями, а школа {} прислала цветы.",
        "В долинах {} ожидается дождь, днём {n} градусов, над {} облачно.",
    ),
    "hy": (
        "«{}» ալյուրի գինը {} քաղաքի շուկայում երեքշաբթի բարձրացել է {n} տոկոսով։",
        "{} կամուրջը փակ է վերանորոգման համար մինչև մայիսի {n}-ը, ավտոբուսները գնում են {} փողոցով։",
        "{} երգչախումբը երգեց {n} հյուրի առջև, իսկ {} դպրոցը ծաղիկներ ուղարկեց։",
        "{} հովիտներում սպասվում է անձրև, ցերեկը {n} աստիճան, {} քաղաքում ամպամած է։",
    ),
    "az": (
        "{} bazarında «{}» ununun qiyməti çərşənbə axşamı {n} faiz artıb.",
        "{} körpüsü mayın {n}-dək təmir üçün bağlıdır, avtobuslar {} küçəsi ilə gedir.",
        "{} xoru {n} qonaq qarşısında oxudu, {} məktəbi isə gül göndərdi.",
        "{} vadilərində yağış gözlənilir, gündüz {n} dərəcə, {} üzərində buludlu.",
    ),
}
_DAY = re.compile(r"(?<![\d:.])\d{1,2}(?![\d:.])")
_SENTENCE = re.compile(r"(?<=[.!?։])\s+")


def sentences() -> dict[str, list[str]]:
    corpora.teaching()
    found: dict[str, list[str]] = {}
    for document in json.loads(corpora._teaching()):
        parts = (part for line in document["text"].splitlines() for part in _SENTENCE.split(line.strip()))
        found.setdefault(document["language"], []).extend(part for part in parts if 30 <= len(part) <= LONGEST)
    return found


def make(path: Path, count: int, seed: int) -> None:
    chance = random.Random(seed)
    known = sentences()
    languages = sorted(known)
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            language = languages[number % len(languages)]
            text = told(chance, known[language]) if number % 3 == 0 else ordinary(chance, language)
            line = {"id": f"S-{number:07}", "text": text, "language": language, "published": f"2031-05-{number % 28 + 1:02}"}
            if publisher := PUBLISHERS[number % len(PUBLISHERS)]:
                line["publisher"] = publisher
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def told(chance: random.Random, known: list[str]) -> str:
    text = ""
    while len(text) < SHORTEST:
        text = f"{text} {chance.choice(known)}".strip()
    turn = chance.randrange(28)
    return _DAY.sub(lambda day: str((int(day.group()) + turn) % 28 + 1), text[:LONGEST])


def ordinary(chance: random.Random, language: str) -> str:
    text = ""
    while len(text) < SHORTEST:
        names = ["".join(chance.choices(SYLLABLES[language], k=4)).capitalize() for _ in range(2)]
        text = f"{text} {chance.choice(ORDINARY[language]).format(*names, n=chance.randrange(2, 29))}".strip()
    return text[:LONGEST]


def rss(process: int) -> tuple[int, int]:
    """Kilobytes of the process, and of those that it started."""
    try:
        told = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        return _rss(process), sum(_rss(int(child)) for child in told)
    except OSError:
        return 0, 0


def _rss(process: int) -> int:
    try:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
    except OSError:
        return 0
    return int(found.group(1)) if found else 0


def _processor() -> float:
    """Seconds that the processes used which this one started and that have ended, and those that they started."""
    told = os.times()
    return told.children_user + told.children_system


class Sampler(threading.Thread):
    def __init__(self, process: int, every: float, log: Path | None) -> None:
        super().__init__(daemon=True)
        self.process, self.every, self.log = process, every, log
        self.lines, self.rows, self.over = 0, [], threading.Event()  # type: ignore[var-annotated]  # rows: (seconds, lines, kB, kB of children)
        self.began = time.monotonic()

    def run(self) -> None:
        while not self.over.wait(self.every):
            row = (time.monotonic() - self.began, self.lines, *rss(self.process))
            self.rows.append(row)
            if self.log is not None:
                with self.log.open("a") as out:
                    out.write(",".join(f"{value:.0f}" for value in row) + "\n")


def read(path: Path, jobs: int, every: float, log: Path | None, minutes: float) -> None:
    command = [
        sys.executable,
        "-c",
        "import sys; from merestone.cli import main; sys.exit(main())",
        "read",
        str(path),
        "--pack",
        "teaching",
        "--jsonl",
        "--jobs",
        str(jobs),
    ]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent.parent / "src")}
    before, used = os.getloadavg()[0], _processor()
    began = time.monotonic()
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)
    sampler = Sampler(running.pid, every, log)
    sampler.start()
    if minutes:
        stopper = threading.Timer(minutes * 60, running.terminate)
        stopper.daemon = True
        stopper.start()
    first, claims = 0.0, 0
    for line in running.stdout or ():
        sampler.lines += 1
        first = first or time.monotonic()
        claims += line.count(b'"realised"')
    running.wait()
    sampler.over.set()
    took, used = time.monotonic() - began, _processor() - used
    print(f"--jobs {jobs}: exit {running.returncode}, {sampler.lines} lines, {claims} claims in {took:.1f} s", end="; ")
    print(
        f"{sampler.lines / max(took - (first - began), 0.001):.0f} lines/s after the first; load before {before:.2f}, after {os.getloadavg()[0]:.2f}"
    )
    print(f"    processor time {used:.1f} s, {sampler.lines / max(used, 0.001):.0f} lines for each second of it")
    for part in range(1, 11):
        upto = [row for row in sampler.rows if (part - 1) * sampler.lines / 10 < row[1] <= part * sampler.lines / 10]
        if upto:
            print(f"    lines {part * 10 - 10}-{part * 10} %: {max(r[2] for r in upto) / 1024:.0f} MB", end="")
            print(f", those started {max(r[3] for r in upto) / 1024:.0f} MB" if jobs > 1 else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1])
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two samples of memory")
    parser.add_argument("--minutes", type=float, default=0, help="end a run that takes longer, and print how far it came (0: never)")
    parser.add_argument("--seed", type=int, default=2031)
    parser.add_argument("--log", type=Path, help="seconds, lines, kB, kB of the processes started: one row a sample")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="merestone-stream-") as folder:
        path = Path(folder) / "stream.jsonl"
        make(path, args.lines, args.seed)
        print(f"{args.lines} lines, {path.stat().st_size / 1e6:.0f} MB, {os.cpu_count()} cores", flush=True)
        for jobs in args.jobs:
            read(path, jobs, args.every, args.log, args.minutes)
            sys.stdout.flush()


if __name__ == "__main__":
    main()

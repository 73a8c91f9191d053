#!/usr/bin/env python3
"""How long a page of the desk takes, over the teaching mission and over a larger one, as a browser on the same machine would wait for it.

    benchmarks/desk.py [--months N] [--asked N] [--mission DIR]

The larger mission has the teaching texts once for each month (default 24), with their dates moved: the same nights of another month. Both are
served by the real program. Printed: the first page after an act of another process (the edition is made anew), then median and 95th
percentile of each page asked `--asked` times (20) one after the other, its size, and the memory of the server. `--mission` takes one that is
there instead; somebody is let in there with a password.
"""

from __future__ import annotations

import argparse
import csv
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from merestone.capture.pack import SHIPPED
from tests.browser.served import PASSWORD, Served, Visitor, let_in, merestone, serving

ACTOR = "analyst-1"
DOCUMENTS = SHIPPED / "teaching" / "documents"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
OTHER_LANGUAGE = re.compile(r"-(ru|hy|az)\b")
ACTS = 3  # after each the first page is timed
PAGES = ("/", "/map/", "/map/data.json", "/incidents/", "/incidents/?format=csv", "/incidents/?format=geojson", "/patterns/", "/statements/",
         "/appeals/", "/exhibits/", "/reports/", "/audit/", "/audit/ledger/", "/audit/ledger/7/", "/static/desk.css")  # fmt: skip


def moved(text: str, month: int) -> str:
    """Dates of May 2031 moved by so many months; days that a month does not have stay as they are, as a writer's slip would."""
    year, at = 2031 + (4 + month) // 12, (4 + month) % 12
    text = re.sub(r"\bMay\b", MONTHS[at], text).replace("2031-05-", f"{year}-{at + 1:02}-").replace("2031/05/", f"{year}/{at + 1:02}/")
    return text.replace("2031", str(year))


def replicated(folder: Path, months: int) -> Path:
    """The texts of the pack in its first language, once a month, with a manifest that moves along."""
    folder.mkdir()
    with (DOCUMENTS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if Path(row["path"]).suffix in (".txt", ".md", ".html")]
    rows = [row for row in rows if not OTHER_LANGUAGE.search(row["path"]) and (DOCUMENTS / row["path"]).read_bytes().strip()]
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        told = csv.DictWriter(file, rows[0].keys())
        told.writeheader()
        for month in range(months):
            for row in rows:
                name = f"{month:02}-{row['path']}"
                (folder / name).write_text(moved((DOCUMENTS / row["path"]).read_text(encoding="utf-8"), month), encoding="utf-8")
                told.writerow({**row, "path": name, "published": moved(row["published"], month)})
    for month in range(months):
        (folder / f"{month:02}-wire.jsonl").write_text(
            moved((DOCUMENTS / "wire.jsonl").read_text(encoding="utf-8"), month), encoding="utf-8"
        )
    return folder


def made(folder: Path, months: int) -> Path:
    """A mission in which the replicated texts were received, read, and half of them recorded."""
    mission, sources = folder / "mission", replicated(folder / "sources", months)
    began = time.perf_counter()
    merestone("init", mission, "--pack", "teaching", "--as", ACTOR)
    merestone("-C", mission, "receive", sources, "--manifest", sources / "manifest.csv", "--as", ACTOR)
    received = time.perf_counter()
    merestone("-C", mission, "propose", "--as", ACTOR)
    exhibits = re.findall(r"EXH-[\w-]+", merestone("-C", mission, "list", "exhibits").stdout)
    print(
        f"made in {time.perf_counter() - began:.1f} s, of which {time.perf_counter() - received:.1f} s reading and linking {len(exhibits)} exhibits"
    )
    return mission


def asked(visitor: Visitor, page: str) -> tuple[float, int, int]:
    """Milliseconds, status and size."""
    began = time.perf_counter()
    status, told = visitor.get(page)
    return (time.perf_counter() - began) * 1000, status, len(told.encode())


def one_of(visitor: Visitor, list_page: str, pattern: str) -> list[str]:
    """The address of the first thing in a list, as none or one."""
    found = re.search(pattern, visitor.get(list_page)[1])
    return [found[0]] if found else []


def memory(served: Served) -> str:
    told = Path(f"/proc/{served.process.pid}/status").read_text(encoding="ascii")
    return ", ".join(
        f"{words} {int(found[1]) // 1024} MB"
        for key, words in (("VmRSS", "now"), ("VmHWM", "at most"))
        if (found := re.search(rf"{key}:\s+(\d+)", told))
    )


def figures(title: str, mission: Path, folder: Path, times: int) -> None:
    let_in(mission, folder, ACTOR)
    counts = {what: len(merestone("-C", mission, "list", what).stdout.splitlines()) for what in ("exhibits", "claims", "incidents")}
    print(f"\n{title}: " + ", ".join(f"{number} {what}" for what, number in counts.items()))
    exhibit = re.search(r"EXH-[\w-]+", merestone("-C", mission, "list", "exhibits").stdout)
    assert exhibit
    began = time.perf_counter()
    with serving(folder, "-C", mission, "serve", "--port", 0) as served:
        print(f"  answers after {time.perf_counter() - began:.2f} s; memory {memory(served)}")
        visitor = Visitor(served.port)
        assert visitor.signs_in(ACTOR, PASSWORD) == 302
        first = []
        for act in range(ACTS):
            merestone("-C", mission, "note", exhibit[0], f"note {act}", "--as", ACTOR)
            first.append(asked(visitor, "/incidents/")[0])
        print(f"  the first page after an act: {min(first):.0f} to {max(first):.0f} ms; memory {memory(served)}")
        pages = [*PAGES, *one_of(visitor, "/incidents/", r"/incidents/INC-[\d-]+/"), f"/exhibits/{exhibit[0]}/"]
        for page in pages:
            told = [asked(visitor, page) for _ in range(times)]
            took = sorted(each[0] for each in told)
            status, size = told[-1][1:]
            mark = "" if status == 200 else f"   answered {status}"
            print(
                f"  {page:34} {statistics.median(took):7.1f} ms   95 % {took[max(0, int(len(took) * 0.95) - 1)]:7.1f} ms   {size / 1024:7.1f} kB{mark}"
            )
        began = time.perf_counter()
        assert visitor.sends("/audit/", "/audit/verify/")[0] == 200
        print(f"  the whole record verified: {time.perf_counter() - began:.2f} s; memory {memory(served)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--asked", type=int, default=20)
    parser.add_argument("--mission", type=Path)
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="desk-"))
    try:
        if args.mission:
            figures(str(args.mission), args.mission, folder, args.asked)
            return
        merestone("demo", "--dir", folder / "demo", "--no-serve")
        figures("The teaching mission", folder / "demo" / "mission", folder, args.asked)
        figures(f"Its texts over {args.months} months", made(folder, args.months), folder, args.asked)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()

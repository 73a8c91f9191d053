"""Claims linked a second, memory and pairs found, beside Splink on DuckDB with the same features on the same file.

    benchmarks/link_bulk.py [CLAIMS.parquet] [--claims 100000] [--seed N] [--peer PYTHON]

Without a file, invented claims are written (planted_incidents.py). A file needs the column `incident` with what is known; it may have the columns of
`merestone link`, or those of a table of reports (ts, type, fatalities, source). Each tool works in a process of its own, without labels; where it joins
is then chosen for each with what is known, its best case. `merestone` alone is also told at the threshold that it has. Splink is given time,
place, kind and one figure (link_splink.py).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from pair_scores import Run, scores, truth

THRESHOLDS = (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5)


def ours(path: str) -> None:
    from merestone.link.bulk import incidents
    from merestone.link.bulk.parquet import claims_of, written

    run = Run()
    parts = claims_of(path)
    found = incidents(parts.claims)
    with tempfile.TemporaryDirectory() as folder:
        written(f"{folder}/out.parquet", parts, found, folder=False)
    run.ended()
    known = truth(path)
    run.told("merestone, as it is", known, found.first)
    best = max(THRESHOLDS, key=lambda bits: scores(known, incidents(parts.claims, found.model, bits).first)["f1"])
    run.told(f"merestone, at its best ({best} bits)", known, incidents(parts.claims, found.model, best).first)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("file", nargs="?")
    asked.add_argument("--claims", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--peer", help="an interpreter that has splink, duckdb, pandas and pyarrow")
    asked.add_argument("--only", action="store_true", help=argparse.SUPPRESS)
    args = asked.parse_args()
    if args.only:
        ours(args.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = args.file or f"{folder}/claims.parquet"
        if not args.file:
            import pyarrow as pa
            import pyarrow.parquet
            from planted_incidents import planted

            made = planted(args.claims, args.seed)
            pa.parquet.write_table(pa.table({**made.columns, "incident": made.incident}), path)
        subprocess.run([sys.executable, __file__, path, "--only"], check=True)
        if args.peer:
            subprocess.run([args.peer, Path(__file__).with_name("link_splink.py"), path], check=True)
        else:
            print("splink: none named with --peer")


if __name__ == "__main__":
    main()

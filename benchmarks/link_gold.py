#!/usr/bin/env python3
"""Group the gold claims of a folder and score the incidents: linking alone, with reading taken as given.

    benchmarks/link_gold.py GOLD_DIR [--half 0|1] [--errors]

GOLD_DIR holds `documents/` and `score.py`. `--half 0` scores every second document from the first (the half that the
weights were tuned on), `--half 1` the others. Claims and places are the gold's, so no reading error enters.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import yaml

from merestone.extract.wire import from_json
from merestone.link import Dossier, Linked, group

Document = dict  # one gold file


def iso(value: object) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value or "")
    return text.replace(" ", "T")


def dossier(document: Document) -> Dossier:
    """As annotated: an undated or repeated act says so by naming no incident."""
    claims = [{**claim, "repeated": bool(not claim.get("incident") and claim.get("pattern"))} for claim in document["claims"] or []]
    reading = from_json(json.loads(json.dumps({**document, "claims": claims}, default=iso)))
    return Dossier(reading, document["text"], iso(document["published"]), document["publisher"], document["language"])


def labels(linked: Linked) -> dict[tuple[str, int], str]:
    return {(ref.document, ref.claim): found.id for found in linked.incidents for ref in found.claims}


def predictions(documents: list[Document], label: dict[tuple[str, int], str]) -> list[dict]:
    made = []
    for document in documents:
        claims = [{**claim, "incident": label.get((document["id"], claim["id"]))} for claim in document["claims"] or []]
        made.append({"id": document["id"], "claims": json.loads(json.dumps(claims, default=iso))})
    return made


def errors(documents: list[Document], label: dict[tuple[str, int], str]) -> None:
    """Which gold incidents each found one holds, and the other way round."""
    table: dict[str, collections.Counter] = collections.defaultdict(collections.Counter)
    for document in documents:
        for claim in document["claims"] or []:
            if claim.get("incident"):
                table[claim["incident"]][label.get((document["id"], claim["id"]), "-")] += 1
    for name in sorted(table):
        print(f"{name:28}", dict(table[name].most_common()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    paths = sorted((args.gold / "documents").glob("*.yaml"))
    paths = paths if args.half is None else paths[args.half :: 2]
    documents = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths]
    dossiers = [dossier(each) for each in documents]
    start = time.perf_counter()
    linked = group(dossiers)
    took = time.perf_counter() - start
    label = labels(linked)
    claims = sum(len(each.reading.claims) for each in dossiers)
    print(
        f"{len(documents)} documents, {claims} claims, {len(linked.incidents)} incidents, {len(linked.patterns)} patterns in {took:.2f} s"
    )
    if args.errors:
        errors(documents, label)
    with tempfile.TemporaryDirectory() as folder:
        gold = pathlib.Path(folder) / "gold"
        gold.mkdir()
        for path in paths:
            (gold / path.name).write_bytes(path.read_bytes())
        told = pathlib.Path(folder) / "predictions.jsonl"
        told.write_text("\n".join(json.dumps(each) for each in predictions(documents, label)), encoding="utf-8")
        run = subprocess.run(
            [sys.executable, str(args.gold / "score.py"), str(gold), str(told)], capture_output=True, text=True, check=True
        )
    print("\n".join(line for line in run.stdout.splitlines() if line.startswith("incidents")))


if __name__ == "__main__":
    main()

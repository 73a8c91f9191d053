"""`link` over Parquet: columns of claims in, the incident of each out."""

from __future__ import annotations

import argparse
from pathlib import Path

from merestone.cli import options as asks
from merestone.cli.say import DONE, NOTHING, put, say
from merestone.ledger.terms import Refusal


def declare(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--out", metavar="INCIDENTS.parquet", help="for Parquet: where the incident of each claim goes (a folder for a folder)"
    )
    one.add_argument(
        "--weights", metavar="FILE", help="for Parquet: what levels weigh is taken from what an earlier run wrote, and not estimated anew"
    )
    asks.as_json(one, "for Parquet: what was found and what each level weighed, as JSON")


def meant(path: str) -> bool:
    """Is this a Parquet file, or a folder with any?"""
    return path.endswith(".parquet") or (Path(path).is_dir() and any(Path(path).glob("*.parquet")))


def link(args: argparse.Namespace) -> int:
    from merestone.link import bulk
    from merestone.link.bulk.parquet import claims_of, weights_of, written

    if not args.out:
        raise Refusal("option_missing", option="out", command="link")
    if Path(args.out).exists():
        raise Refusal("out_taken", folder=args.out)
    model = weights_of(args.weights) if args.weights else None
    parts = claims_of(args.readings)
    found = bulk.incidents(parts.claims, model)
    written(args.out, parts, found, folder=Path(args.readings).is_dir())
    count = len(set(found.first.tolist()))
    if args.json:
        put({"claims": len(parts.claims), "incidents": count, "without_time": parts.alone, "out": args.out, **found.model.told()})
    say(f"{len(parts.claims)} claims, {count} incidents: {args.out}")
    if parts.alone:
        say(f"{parts.alone} claims give no day, or a period of more than one: each stays alone.")
    return DONE if len(parts.claims) else NOTHING

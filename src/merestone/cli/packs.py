"""Commands about packs: list, check, build, index, adopt."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from merestone.cli import options as asks
from merestone.cli.mission import pack_adopt
from merestone.cli.say import DONE, NOTHING, line, message, progress, put, say
from merestone.ledger.terms import Refusal


def declare(commands: Any) -> None:
    """The commands, in the order in which help lists them."""
    packs = asks.folder_of_commands(
        commands, "pack", "the packs that are there, what one lacks, and places for a new one", "Packs: what a conflict brings, as data."
    )
    one = asks.command(packs, "list", pack_list, "the packs that come with merestone")
    asks.as_json(one)
    one = asks.command(packs, "check", pack_check, "what is wrong or missing in a pack")
    one.add_argument("pack", metavar="PACK", help="a name, a folder, or one .yaml file")
    asks.as_json(one)
    asks.strict(one)
    _build(packs)
    one = asks.command(packs, "index", pack_index, "makes the index of a large pack anew, after its places.csv was changed")
    one.add_argument("pack", metavar="PACK", help="the folder of a pack")
    asks.as_json(one)
    one = asks.command(packs, "adopt", pack_adopt, "let a mission go on with another pack, or with another state of its own")
    one.add_argument("pack", metavar="PACK", help="a name, a folder, or one .yaml file")
    asks.reason(one)
    asks.as_json(one)
    asks.mission(one)


def _build(packs: Any) -> None:
    one = asks.command(
        packs,
        "build",
        pack_build,
        "places for a pack, from tables in the layout of GeoNames",
        [
            "merestone pack build XA.txt XB.txt --names alternateNamesV2.txt --country XA --country XB --out two-banks",
            "merestone pack build XA.txt --lines teaching --km 30 --class P --class A --class H --out river.yaml",
        ],
    )
    one.add_argument(
        "tables",
        metavar="TABLE",
        nargs="+",
        type=Path,
        help="tables of places as GeoNames gives them, unpacked: allCountries.txt or XX.txt",
    )
    one.add_argument(
        "--names", metavar="FILE", action="append", type=Path, default=[], help="a table of names, as alternateNamesV2.txt; several times"
    )
    one.add_argument(
        "--out", metavar="OUT", required=True, type=Path, help="a folder that does not exist yet, or a .yaml file that does not"
    )
    one.add_argument(
        "--country", metavar="XX", action="append", default=[], help="only this country, which becomes a party of the stub; several times"
    )
    one.add_argument("--box", metavar=("SOUTH", "WEST", "NORTH", "EAST"), nargs=4, type=float, help="only what lies in it, in degrees")
    one.add_argument("--lines", metavar="PACK", help="only what lies near the lines of this pack")
    one.add_argument("--km", metavar="N", type=float, default=50.0, help="how near to the lines (default: 50)")
    one.add_argument(
        "--class",
        dest="classes",
        metavar="X",
        action="append",
        choices=tuple("AHLPRSTUV"),
        help="a class of features: A H L P R S T U V; several times (default: P and A)",
    )
    one.add_argument(
        "--language",
        metavar="L",
        action="append",
        help="a language that names are wanted in; several times (default: those with reading rules)",
    )
    asks.strict(one)
    asks.as_json(one)


def pack_list(args: argparse.Namespace) -> int:
    from merestone.capture import list_packs, load_pack

    packs = [load_pack(name) for name in list_packs()]
    if args.json:
        put([{"name": pack.name, "title": pack.title, "parties": [party.code for party in pack.parties]} for pack in packs])
    for pack in [] if args.json else packs:
        line(f"{pack.name:24} {pack.title}")
    return DONE if packs else NOTHING


def pack_check(args: argparse.Namespace) -> int:
    from dataclasses import asdict

    from merestone.capture.pack_check import check
    from merestone.capture.pack_check import told as lines_of
    from merestone.extract.terms import KINDS

    checked = check(args.pack, KINDS)
    if args.json:
        put(asdict(checked))
    for told in () if args.json else lines_of(checked):
        line(told)
    return NOTHING if args.strict and checked.findings else DONE


def pack_index(args: argparse.Namespace) -> int:
    from merestone.capture.pack import index_for
    from merestone.report import write

    path, data, places = index_for(args.pack)
    (written,) = write({path.name: data}, path.parent)
    if args.json:
        put({"file": str(written), "places": len(places), "bytes": len(data)})
    else:
        line(str(written))
    return DONE


def pack_build(args: argparse.Namespace) -> int:
    from merestone.capture.geonames import Wanted, paths_near, rows_of
    from merestone.capture.geonames_pack import build
    from merestone.extract import languages_with_rules
    from merestone.report import write

    if os.path.lexists(args.out):
        raise Refusal("out_taken", path=str(args.out))
    wanted = Wanted(
        countries=tuple(code.upper() for code in args.country),
        box=None if args.box is None else tuple(args.box),
        lines=() if args.lines is None else paths_near(args.lines),
        km=args.km,
        classes=tuple(args.classes or ("P", "A")),
        languages=tuple(args.language or languages_with_rules()),
    )
    one_file = args.out.suffix == ".yaml"
    read = [[(str(path), progress(rows_of(path), f"rows of {path.name}")) for path in paths] for paths in (args.tables, args.names)]
    built = build(args.out.stem if one_file else args.out.name, read[0], read[1], wanted, one_file)
    files = write(built.files, args.out.parent if one_file else args.out) if built.places else ()
    for refusal in built.refusals:
        say(message(refusal))
    told = {
        "files": [str(file) for file in files],
        "places": built.places,
        "only_holding_others": built.holders,
        "rows_refused": built.refused,
    }
    if args.json:
        put(told)
    for file in () if args.json else files:
        line(str(file))
    say(f"{built.places} places ({built.holders} only because others lie in them), {built.refused} rows refused.")
    return NOTHING if not built.places or (args.strict and built.refused) else DONE

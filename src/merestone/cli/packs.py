"""Commands about packs: list, check, build, adopt."""

from __future__ import annotations

import argparse
from typing import Any

from merestone.cli import options as asks
from merestone.cli.mission import pack_adopt
from merestone.cli.say import DONE, NOTHING, line, put


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
    one = asks.command(packs, "adopt", pack_adopt, "let a mission go on with another pack, or with another state of its own")
    one.add_argument("pack", metavar="PACK", help="a name, a folder, or one .yaml file")
    asks.reason(one)
    asks.as_json(one)
    asks.mission(one)


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

    checked = check(args.pack)
    if args.json:
        put(asdict(checked))
    for told in () if args.json else lines_of(checked):
        line(told)
    return NOTHING if args.strict and checked.findings else DONE

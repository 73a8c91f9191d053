"""Commands that look at the record and change nothing in it: list, checkpoint, verify, rebuild, and why something is as it is.

`verify` of a bundle or a tiles folder is for strangers: it imports the ledger room and nothing else of ours.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from merestone.cli import options as asks
from merestone.cli.ground import key_of, text_of, write
from merestone.cli.lists import LISTS, listed
from merestone.cli.opened import MARK, folder_of, opened
from merestone.cli.say import DONE, line, progress, put


def declare(commands: Any) -> None:
    """The commands, in the order in which help lists them."""
    one = asks.command(
        commands, "list", listing, "what there is to act on", ["merestone -C mill list proposals", "merestone -C mill list entries --json"]
    )
    one.add_argument("what", metavar="WHAT", choices=sorted(LISTS), help=", ".join(sorted(LISTS)))
    asks.as_json(one)
    asks.mission(one)

    one = asks.command(commands, "checkpoint", checkpoint, "the latest signed head of the ledger, to be kept elsewhere")
    one.add_argument("--out", metavar="FILE", type=Path, help="a file for it (default: it is printed)")
    one.add_argument("--tiles", metavar="DIR", type=Path, help="write the ledger as tiles, which other tools and witnesses read")
    asks.mission(one)

    one = asks.command(
        commands, "verify", verify, "check a mission, an edition's bundle or a folder of tiles, offline",
        ["merestone verify edition.zip --key mill.key", "merestone -C mill verify --since kept-note.txt"],
    )  # fmt: skip
    one.add_argument(
        "path", metavar="PATH", nargs="?", type=Path, help="a mission's folder, a bundle (.zip) or a folder of tiles (default: the mission)"
    )
    one.add_argument("--key", metavar="KEY", default="", help="the mission's key, or a file of it, that came to you by another way")
    one.add_argument("--since", metavar="FILE", help="a checkpoint that you kept: what it covered must still be there")
    asks.as_json(one)
    asks.mission(one)

    one = asks.command(commands, "rebuild", rebuild, "make the tables again from the ledger and the vault, and tell what differed")
    asks.as_json(one)
    asks.mission(one)


def listing(args: argparse.Namespace) -> int:
    with opened(args) as mission:
        return listed(mission, args.what, args.json)


def checkpoint(args: argparse.Namespace) -> int:
    from merestone.ledger.terms import Row
    from merestone.ledger.tiles import files
    from merestone.register import queries

    with opened(args) as mission:
        size, note = queries.head(mission)
        if args.tiles is not None:
            rows = (Row(at, queries.data(mission, at), queries.hashes(mission, at)) for at in range(size))
            for name, content in progress(files(rows, size, note, mission.keys.verifier), "files of tiles"):
                write(args.tiles / name, content)
    if args.out is not None:
        write(args.out, note)
    if args.out is None:
        print(note.decode(), end="")
    return DONE


def verify(args: argparse.Namespace) -> int:
    from merestone.ledger.bundle import told, verify_path

    since = b"" if args.since is None else text_of(args.since).encode()
    path = folder_of(args) if args.path is None else args.path
    if (path / MARK).is_file():
        from merestone.register.audit import verify as verify_mission

        verified = verify_mission(path, key_of(args.key), since)
    else:
        verified = verify_path(path, key_of(args.key), since)
    if args.json:
        put(asdict(verified))
    for step in () if args.json else told(verified):
        line(step)
    return DONE


def rebuild(args: argparse.Namespace) -> int:
    raise NotImplementedError

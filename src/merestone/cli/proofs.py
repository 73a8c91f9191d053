"""Commands that look at the record and change nothing in it: list, checkpoint, verify, rebuild, and why something is as it is.

`verify` of a bundle or a tiles folder is for strangers: it imports the ledger room and nothing else of ours.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from merestone.cli import options as asks
from merestone.cli.ground import key_of, passphrase, text_of, write
from merestone.cli.lists import LISTS, listed
from merestone.cli.opened import MARK, folder_of, looked_at, opened
from merestone.cli.say import DONE, line, progress, put, say
from merestone.ledger.terms import BrokenRecord

if TYPE_CHECKING:
    from merestone.ledger.terms import Verified


def declare(commands: Any) -> None:
    """The commands, in the order in which help lists them."""
    one = asks.command(
        commands, "list", listing, "what there is to act on", ["merestone -C mill list proposals", "merestone -C mill list entries --json"]
    )
    one.add_argument("what", metavar="WHAT", choices=sorted(LISTS), help=", ".join(sorted(LISTS)))
    asks.known(one)
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
    one.add_argument("--repair", action="store_true", help="make guards again that are missing, after somebody has found out why")
    asks.as_json(one)
    asks.mission(one)


def listing(args: argparse.Namespace) -> int:
    with looked_at(args) as mission:
        return listed(mission, args.what, args.json)


def checkpoint(args: argparse.Namespace) -> int:
    from merestone.ledger.terms import Row
    from merestone.ledger.tiles import files
    from merestone.register import queries

    with opened(args) as mission:  # and not looked at: a head that is not whole is given to nobody
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
    """A mission is opened only where the passphrase was given: then what is sealed is looked into as well."""
    key, since = key_of(args.key), b"" if args.since is None else text_of(args.since).encode()
    path = folder_of(args) if args.path is None else args.path
    if (path / MARK).is_file():
        verified = _of_mission(args, path, key, since)
    else:
        from merestone.ledger.bundle import verify_path

        verified = verify_path(path, key, since)
    from merestone.ledger.bundle import told

    if args.json:
        put(asdict(verified))
    for step in () if args.json else told(verified):
        line(step)
    return DONE


def _of_mission(args: argparse.Namespace, path: Path, key: str, since: bytes) -> Verified:
    from merestone.register.audit import verify as verify_mission

    if passphrase(args) is None:
        return verify_mission(path, key, since)
    args.folder = path
    try:
        with opened(args) as mission:
            return verify_mission(mission, key, since)
    except BrokenRecord:
        verify_mission(path, key, since)  # says where more exactly than opening does
        raise


def rebuild(args: argparse.Namespace) -> int:
    from merestone.register.rebuild import rebuild as rebuilt

    with opened(args, repair=args.repair, folds=False) as mission:
        again = rebuilt(mission)
    if args.json:
        put(asdict(again))
    for each in () if args.json else again.differences:
        line(f"{each.table}  {each.key}  entry {each.entry}")
    say(f"{again.entries} entries replayed; {len(again.differences)} rows were otherwise and are made anew.")
    return DONE

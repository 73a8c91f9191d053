"""The parts that many commands' options are made of, so that one option reads and means the same everywhere.

`-C`, `--as` and `--passphrase-file` are taken before and after the name of the command; the later one counts.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def mission(one: argparse.ArgumentParser, everywhere: bool = False) -> None:
    """Which mission, who acts, and what opens its vault. A command sets them only where they are given behind its name, so that what
    stood before it remains; `everywhere` is for the program itself."""
    none: Any = None if everywhere else argparse.SUPPRESS
    one.add_argument(
        "-C",
        dest="folder",
        metavar="DIR",
        type=Path,
        default=none,
        help="the mission's folder (default: the present one, if it is a mission)",
    )
    one.add_argument("--as", dest="actor", metavar="NAME", default=none, help="who acts; else MERESTONE_ACTOR. There is no default")
    one.add_argument(
        "--passphrase-file", metavar="FILE", type=Path, default=none, help="holds the passphrase of the vault; else MERESTONE_PASSPHRASE"
    )


def reason(one: argparse.ArgumentParser, required: bool = True, name: str = "--reason") -> None:
    what = "why" if name == "--reason" else "on whose authority"
    one.add_argument(
        name,
        metavar="TEXT",
        required=required,
        default="",
        help=f"{what}; - reads it from standard input, where no list of programs shows it",
    )


def command(commands: Any, name: str, run: Any, summary: str, examples: Sequence[str] = ()) -> argparse.ArgumentParser:
    one: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog="\n".join(("examples:", *(f"  {each}" for each in examples))) if examples else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    one.set_defaults(run=run)
    return one


def folder_of_commands(commands: Any, name: str, summary: str, description: str) -> Any:
    """A command that has commands of its own."""
    one = commands.add_parser(name, help=summary, description=description, allow_abbrev=False)
    return one.add_subparsers(title="commands", metavar="COMMAND", required=True)


def pack(one: argparse.ArgumentParser, required: bool = True) -> None:
    one.add_argument(
        "--pack", metavar="PACK", required=required, help="the conflict: a name (see `merestone pack list`), a folder, or one .yaml file"
    )


def strict(one: argparse.ArgumentParser) -> None:
    one.add_argument("--strict", action="store_true", help="end with 1 when anything was refused")


def as_json(one: argparse.ArgumentParser, what: str = "as JSON") -> None:
    one.add_argument("--json", action="store_true", help=what)


def sources(one: argparse.ArgumentParser) -> None:
    """What arrives, and what is said of all of it."""
    one.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="files, folders, and .jsonl or .csv corpora")
    one.add_argument(
        "--published",
        metavar="T",
        help="when all of it was published (ISO date, or date and time); a line of a corpus or manifest comes first",
    )
    one.add_argument("--publisher", metavar="S", help="who published all of it; a line of a corpus or manifest comes first")
    one.add_argument(
        "--language", metavar="L", help="the language of all of it, as a code of ISO 639-1; a line of a corpus or manifest comes first"
    )
    one.add_argument("--manifest", metavar="FILE", type=Path, help="CSV or JSONL: path, published, publisher, url, language, protected")
    strict(one)


def jobs(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--jobs", metavar="N", type=_count, default=1, help="read in N processes; what is read and its order stay the same (default: 1)"
    )


def _count(given: str) -> int:
    number = int(given)
    if not 1 <= number <= 256:
        raise argparse.ArgumentTypeError("from 1 to 256")
    return number


def known(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--as-known-on",
        dest="known",
        metavar="T",
        default="",
        help="as it was known then: a day (its end), or a day and time (2031-05-20T18:00; without an offset, on the pack's first clock)",
    )


def window(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--from", dest="since", metavar="D", default="", help="leave out what is said to have happened before this day (YYYY-MM-DD)"
    )
    one.add_argument("--to", dest="until", metavar="D", default="", help="leave out what is said to have happened after this day")

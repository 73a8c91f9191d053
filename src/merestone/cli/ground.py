"""The ground that all else is given: the clock, chance, the environment, files that are named and what is typed on a terminal.

Nothing outside this room looks at any of them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from merestone.ledger.terms import Refusal


def now() -> datetime:
    return datetime.now(UTC)


def chance(count: int) -> bytes:
    return os.urandom(count)


def actor(args: argparse.Namespace) -> str:
    """Who acts. Refuses `no_actor`: the user of the machine is not the person who answers for an act."""
    given: str | None = args.actor if args.actor is not None else os.environ.get("MERESTONE_ACTOR")
    if given is None or not given.strip():
        raise Refusal("no_actor")
    return _decoded(given.strip())


def passphrase(args: argparse.Namespace) -> bytes | None:
    """What was given in a file or in the environment; None where nothing was."""
    from merestone.register.keys import passphrase_of

    if args.passphrase_file is not None:
        return passphrase_of(text_of(str(args.passphrase_file)))
    given = os.environ.get("MERESTONE_PASSPHRASE")
    return None if given is None else passphrase_of(given)


def typed(prompt: str) -> bytes | None:
    """A passphrase typed unseen; None where there is no terminal to type on."""
    from getpass import getpass

    from merestone.register.keys import passphrase_of

    try:
        return passphrase_of(getpass(prompt)) if on_terminal() else None
    except EOFError:  # Ctrl-D
        return None


def on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def text_of(name: str) -> str:
    """The whole of a text file, or of standard input for `-`."""
    return "".join(lines(name))


def words(given: str) -> str:
    """What somebody says on the command line, or on standard input for `-`. Refuses `undecodable`: bytes that are no text in UTF-8."""
    return _decoded(text_of("-").strip() if given == "-" else given.strip())


def _decoded(said: str) -> str:
    try:
        said.encode()
    except UnicodeEncodeError as error:
        raise Refusal("undecodable", path="the command line", found=f"character {error.start}") from error
    return said


def key_of(given: str) -> str:
    """A verifier key as given, or the first line of the file that is named. Paper breaks a long word by marks that nobody sees."""
    key = text_of(given).partition("\n")[0] if given and Path(given).is_file() else given
    return key.replace("\u200b", "").strip()


def form(name: str) -> object:
    """The JSON of a form. Refuses `malformed_form`."""
    try:
        found: object = json.loads(text_of(name))
    except (ValueError, RecursionError) as error:
        raise Refusal("malformed_form", path=name, found=str(error)) from error
    return found


def lines(name: str) -> Iterator[str]:
    """The lines of a file, or of standard input for `-`. Refuses `missing_file`, and what is not UTF-8."""
    try:
        with Path(name).open(encoding="utf-8") if name != "-" else open(sys.stdin.fileno(), encoding="utf-8", closefd=False) as given:
            yield from given
    except OSError as error:
        raise Refusal("missing_file", path=name, found=error.strerror or type(error).__name__) from error
    except UnicodeDecodeError as error:
        raise Refusal("undecodable", path=name, found=f"byte {error.start}") from error


def write(path: Path, content: bytes) -> None:
    """A file that appears whole: the rename is the commit point. If we stop before it, a file with a dot is left beside."""
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    except OSError as error:
        raise Refusal("cannot_write", path=str(path), found=error.strerror or type(error).__name__) from error

"""The command that serves a mission's pages to the browsers of this machine."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from typing import Any

from merestone.cli import options as asks
from merestone.cli.ground import passphrase
from merestone.cli.opened import folder_of, ground
from merestone.cli.say import DONE, line, say

PORT = 8000


def declare(commands: Any) -> None:
    one = asks.command(
        commands, "serve", serve, "show the mission in a browser of this machine, to be looked at", ["merestone -C mill serve", "merestone -C mill serve --port 8080"]
    )  # fmt: skip
    port(one)
    asks.mission(one)


def port(one: argparse.ArgumentParser) -> None:
    one.add_argument("--port", metavar="N", type=_port, default=PORT, help=f"of 127.0.0.1 (default: {PORT}; 0 takes any that is free)")


def serve(args: argparse.Namespace) -> int:
    return served(folder_of(args), args.port, passphrase(args))


def served(folder: Path, number: int, known: bytes | None = None) -> int:
    """Until it is stopped from the keyboard. The address is the one line on standard output."""
    from merestone.web.serve import house_at
    from merestone.web.serve import serve as go_on

    for each in (signal.SIGINT, signal.SIGTERM):  # the same end for both, in the background too, where a shell turns the first one off
        signal.signal(each, signal.default_int_handler)
    with house_at(folder, ground(), known) as house:
        go_on(house, number, _ready)
    return DONE


def _ready(address: str) -> None:
    line(address)
    sys.stdout.flush()  # whoever waits for it reads it through a pipe
    say("For this machine alone. Stop it with Ctrl-C.")


def _port(given: str) -> int:
    number = int(given)
    if not 0 <= number < 1 << 16:
        raise argparse.ArgumentTypeError("a number from 0 to 65535")
    return number

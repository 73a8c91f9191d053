"""The command line: one function a command, no logic. It parses, calls a room, prints, and says how it ended.

Data go to standard output, words to standard error. A room is imported only by the command that needs it.
Ends with 0 (done), 1 (nothing could be done, or --strict and something was refused), 2 (could not start), 3 (the record is broken).
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from merestone import __version__
from merestone.cli import acts, audits, desk, drafts, editions, mission, options, packs, proofs, switch
from merestone.cli.say import BROKEN, INTERRUPTED, NO_START, PIPE_CLOSED, message, say
from merestone.ledger.terms import BrokenRecord, Refusal

__all__ = ["main", "parser"]

EXAMPLES = """examples:
  merestone demo
  merestone brief statements/ --pack teaching --out out
  merestone read statements/ --pack teaching --jsonl > readings.jsonl
  merestone link readings.jsonl --pack teaching --jsonl
  merestone explain out/edition.json B-001

with a mission, and MERESTONE_ACTOR set to who acts:
  merestone init mill --pack teaching
  merestone -C mill receive statements/
  merestone -C mill propose
  merestone -C mill record --all
  merestone -C mill report --out draft --recorded
  merestone -C mill publish EDN-2031-0001 --out edition.zip
  merestone verify edition.zip
  merestone -C mill serve
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    if sys.stdout is None:  # closed by whoever started us: nobody listens, and the work is done all the same
        sys.stdout = io.StringIO()
    args = parser().parse_args(argv)
    if isinstance(sys.stdout, io.TextIOWrapper):  # data are UTF-8 wherever they go, and half a character is its escape
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code: int = args.run(args)
        sys.stdout.flush()
    except Refusal as refusal:
        say(message(refusal))
        return NO_START
    except BrokenRecord as broken:
        say(str(broken))
        return BROKEN
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the interpreter complains once more at its end
        return PIPE_CLOSED
    except OSError as error:  # what no room foresaw: a name too long, a disk that is full
        say(message(Refusal("machine_refused", path=str(error.filename or ""), found=error.strerror or type(error).__name__)))
        return NO_START
    except KeyboardInterrupt:
        say("Stopped.")
        return INTERRUPTED
    return code


def parser() -> argparse.ArgumentParser:
    """All commands and options; the documentation is checked against it."""
    top = argparse.ArgumentParser(
        prog="merestone",
        description="The record, the analysis and the reports of an impartial monitoring mission on a ceasefire line.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"merestone {__version__}")
    options.mission(top, everywhere=True)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in (drafts, packs, audits, mission, switch, acts, editions, proofs, desk):
        module.declare(commands)
    return top

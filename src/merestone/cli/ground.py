"""The ground that all else is given: the clock, chance, the environment, files that are named and what is typed on a terminal.

Nothing outside this room looks at any of them.
"""

from __future__ import annotations

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


def lines(name: str) -> Iterator[str]:
    """The lines of a file, or of standard input for `-`. Refuses `missing_file`, and what is not UTF-8."""
    try:
        with Path(name).open(encoding="utf-8") if name != "-" else open(sys.stdin.fileno(), encoding="utf-8", closefd=False) as given:
            yield from given
    except OSError as error:
        raise Refusal("missing_file", path=name, found=error.strerror or type(error).__name__) from error
    except UnicodeDecodeError as error:
        raise Refusal("undecodable", path=name, found=f"byte {error.start}") from error

"""What is printed, and how a command ends. Data go to standard output, words and progress to standard error.

No control character of a stranger reaches a terminal, and progress is shown on a terminal alone.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from merestone.ledger.terms import Refusal

T = TypeVar("T")

DONE, NOTHING, NO_START, BROKEN = 0, 1, 2, 3
INTERRUPTED, PIPE_CLOSED = 130, 141  # what a shell expects of a program that was stopped


def put(value: object) -> None:
    """One JSON value on a line of its own, on standard output."""
    from merestone.ledger.words import escaped

    print(escaped(json.dumps(value, ensure_ascii=False, allow_nan=False)))


def line(words: str) -> None:
    """A line for people on standard output."""
    print(shown(words))


def say(words: str) -> None:
    print(shown(words), file=sys.stderr)


def shown(words: str) -> str:
    """Words of strangers (names of files, quotes) for a terminal, which would obey a control character."""
    return "".join(mark if mark in "\n\t" or unicodedata.category(mark) != "Cc" else "\ufffd" for mark in words)


def message(refusal: Refusal) -> str:
    """Where, what was found, what to do next, and the code."""
    from merestone.ledger.words import message as sentences

    words, number = sentences(refusal), refusal.facts.get("line")
    where = next((f"{refusal.facts[key]}: " for key in ("path", "id") if refusal.facts.get(key)), "")
    told = "" if number is None or f"ine {number}" in words else f"line {number}: "
    return f"{where}{told}{words} [{refusal.code}]"


def ended(done: int, refused: Sequence[Refusal], strict: bool) -> int:
    """Counts the refusals in words; nothing done at all, or any refusal under --strict, is a failure."""
    for refusal in refused:
        say(message(refusal))
    if refused:
        say(f"{len(refused)} refused, {done} done.")
    elif not done:
        say("Nothing was found to read.")
    return NOTHING if not done or (strict and refused) else DONE


def step(name: str, done: int, whole: int) -> None:
    """The progress of a work of several steps, on a terminal only."""
    if sys.stderr.isatty():
        last = name == "report"
        words = "" if last else f"{name} {done} of {whole}"
        print(f"\r{words:60}" + ("\r" if last else ""), end="", file=sys.stderr, flush=True)


def progress(items: Iterable[T], what: str) -> Iterator[T]:
    """Passes the items on and counts them on a terminal; says nothing when standard error is a file or a pipe."""
    shows = sys.stderr.isatty()
    for number, item in enumerate(items, start=1):
        if shows:
            print(f"\r{number} {what}", end="", file=sys.stderr, flush=True)
        yield item
    if shows:
        print("\r" + " " * 60 + "\r", end="", file=sys.stderr, flush=True)

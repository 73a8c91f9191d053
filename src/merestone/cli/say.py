"""What is printed, and how a command ends. Data go to standard output, words and progress to standard error.

No control character of a stranger reaches a terminal, and progress is shown on a terminal alone.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from merestone.ledger.terms import Refusal

if TYPE_CHECKING:
    from merestone.register.terms import Recorded

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


def done(result: Recorded | Sequence[Recorded] | Any, as_json: bool) -> int:
    """What an act gave: of each entry its position and the id that it gave or spoke of; of other results, each field."""
    from dataclasses import asdict

    from merestone.register.terms import Recorded

    if not isinstance(result, Recorded | Sequence):
        told = asdict(result)
        if as_json:
            put(told)
        for name, value in () if as_json else told.items():
            line(f"{name:10}  {cell(value) or '-'}")
        return DONE
    given = [result] if isinstance(result, Recorded) else list(result)
    if as_json:
        put([asdict(each) for each in given])
    for each in () if as_json else given:
        line(f"{each.subject or '-'}  {each.kind}  entry {each.position}")
    return DONE if given else NOTHING


def cell(value: Any) -> str:
    """One value for people."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Lines in which the columns stand below each other."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))] if rows else []
    for row in rows:
        yield "  ".join(f"{text:{width}}" for text, width in zip(row, widths, strict=True)).rstrip()


def ended(count: int, refused: Sequence[Refusal], strict: bool) -> int:
    """Counts the refusals in words; nothing done at all, or any refusal under --strict, is a failure."""
    for refusal in refused:
        say(message(refusal))
    return counted(count, len(refused), strict)


def counted(count: int, refused: int, strict: bool) -> int:
    """The end of `ended`, where each refusal was told when it came."""
    if refused:
        say(f"{refused} refused, {count} done.")
    elif not count:
        say("Nothing was found to read.")
    return NOTHING if not count or (strict and refused) else DONE


def step(name: str, done: int, whole: int) -> None:
    """The progress of a work of several steps, on a terminal only; its last step is the report."""
    if name == "report":
        clear()
    elif sys.stderr.isatty():
        print(f"\r{f'{name} {done} of {whole}':60}", end="", file=sys.stderr, flush=True)


def clear() -> None:
    """Takes the progress off the terminal."""
    if sys.stderr.isatty():
        print("\r" + " " * 60 + "\r", end="", file=sys.stderr, flush=True)


def progress(items: Iterable[T], what: str) -> Iterator[T]:
    """Passes the items on and counts them on a terminal; says nothing when standard error is a file or a pipe, or when the terminal shows
    the output itself."""
    shows = sys.stderr.isatty() and not sys.stdout.isatty()
    for number, item in enumerate(items, start=1):
        if shows:
            print(f"\r{number} {what}", end="", file=sys.stderr, flush=True)
        yield item
    if shows:
        clear()

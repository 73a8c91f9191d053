"""The nouns of the ledger, and the two ways in which anything here can fail.

Absence is neither of them: what is not known is a value (`Unknown` and its kin), never an exception.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class Refusal(Exception):
    """Somebody asked for what cannot be. Safe to show; the words are made from `code` and `facts`.

    `facts` says what was asked and found: plain strings and numbers, never bytes of an exhibit.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = dict(facts)

    def __reduce__(self) -> tuple[Any, ...]:
        """How it goes from one process to another."""
        return _again, (self.code, self.facts)

    def __str__(self) -> str:
        told = ", ".join(f"{key}: {value}" for key, value in self.facts.items())
        return f"{self.code} ({told})" if told else self.code


def _again(code: str, facts: dict[str, Any]) -> Refusal:
    return Refusal(code, **facts)


class BrokenRecord(Exception):
    """Integrity is gone at `where`: stop writing, keep reading, exit code 3."""

    def __init__(self, where: str, expected: str, found: str) -> None:
        super().__init__(where, expected, found)
        self.where = where
        self.expected = expected
        self.found = found

    def __str__(self) -> str:
        return f"the record is broken at {self.where}: expected {self.expected}, found {self.found}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One act in its place. `act` is its kind, `version` that kind's version (from 1), `actor` the account that answers for it,
    `second` the second person where the act needs two, else "". `at` is the hour of recording, UTC, "2031-05-17T08:15:00.123456Z".

    `body` holds ids, codes, spans and counts, and for whatever could point at a person the commitment (64 hex digits) of a vault item.
    Written out: canonical JSON of {"act", "actor", "at", "body", "v"} and "second" where there is one; at most 65,535 bytes.
    """

    act: str
    version: int
    actor: str
    at: str
    body: Mapping[str, Any] = field(default_factory=dict)
    second: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as stored. `position` counts from 0; `data` are the canonical bytes.

    `hashes` are 32 bytes each: the leaf's (RFC 6962), then one for every perfect subtree that this entry completes, from the lowest
    up. So node (level, k) of the tree stands in the row of position ((k + 1) << level) - 1, at 32 * level.
    """

    position: int
    data: bytes
    hashes: bytes


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signed tree head: the first `size` entries have this `root` (32 bytes). `origin` names the ledger."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered step of a verification: what was checked, and what was found. `checked` is False for what could not be checked
    here, with the reason in `found`; a step that fails raises `BrokenRecord` instead."""

    number: str
    what: str
    found: str
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Verified:
    """That a verification came to its end. Only a procedure that raises otherwise makes one; `steps` in their order."""

    subject: str
    steps: tuple[Step, ...]

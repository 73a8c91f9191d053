"""The two ways in which anything here can fail.

Absence is neither of them: what is not known is a value (`Unknown` and its kin), never an exception.
"""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """Somebody asked for what cannot be. Safe to show; the words are made from `code` and `facts`.

    `facts` says what was asked and found: plain strings and numbers, never bytes of an exhibit.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = dict(facts)

    def __str__(self) -> str:
        told = ", ".join(f"{key}: {value}" for key, value in self.facts.items())
        return f"{self.code} ({told})" if told else self.code


class BrokenRecord(Exception):
    """Integrity is gone at `where`: stop writing, keep reading, exit code 3."""

    def __init__(self, where: str, expected: str, found: str) -> None:
        super().__init__(where, expected, found)
        self.where = where
        self.expected = expected
        self.found = found

    def __str__(self) -> str:
        return f"the record is broken at {self.where}: expected {self.expected}, found {self.found}"

"""Editions as a page lists them: what became of each, through whose hands it went and when, and what can be fetched.

Pure. The law it keeps: only what the record knows as published can be fetched, and what was retracted says so and by what it was replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from merestone.register.terms import Account, EditionRow, EntryRow

STATES: Mapping[str, tuple[str, str]] = {
    "drafted": ("draft", "Nobody has published it."),
    "published": ("published", ""),
    "retracted": (
        "retracted",
        "Taken back: do not rely on it. That it was published stays in the ledger, and so do the bundles in other hands.",
    ),
    "void": (
        "void",
        "Something that it rests on was protected or erased since it was drafted, so it cannot leave the house. Draft it again.",
    ),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One act on an edition: `what` in a word, whose, at which entry and hour (ISO, UTC); `profile` of a publishing, else ""."""

    what: str
    who: str
    position: int
    at: str
    profile: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """`published` are the profiles in which it left the house, each once; `replaced_by` the edition to read in place of a retracted
    one, "" where none was named; `replaces` those in whose place it is to be read."""

    row: EditionRow
    state: str
    note: str
    steps: tuple[Step, ...]
    published: tuple[str, ...]
    replaced_by: str
    replaces: tuple[str, ...]

    @property
    def fetched(self) -> tuple[str, ...]:
        """Profiles whose bundle may be handed on."""
        return self.published if self.row.state == "published" else ()


ACTS = ("drafted", "approved", "published", "retracted")


def issues(rows: Sequence[EditionRow], entries: Iterable[EntryRow], accounts: Iterable[Account]) -> tuple[Issue, ...]:
    """The newest first. `entries`: those of ACTS, in the order of the record."""
    names = {account.id: account.name or account.id for account in accounts}
    of: dict[str, list[EntryRow]] = {}
    for entry in entries:
        if entry.act in ACTS:
            of.setdefault(str(entry.body["edition"]), []).append(entry)
    replaced = {edition: _replaced_by(acts) for edition, acts in of.items()}
    made = []
    for row in reversed(rows):
        acts = of.get(row.id, [])
        steps = tuple(
            Step(e.act, names.get(e.actor, e.actor), e.position, e.at, str(e.body["profile"]) if e.act == "published" else "") for e in acts
        )
        profiles = tuple(dict.fromkeys(step.profile for step in steps if step.profile))
        state, note = STATES.get(row.state, (row.state, ""))
        replaces = tuple(sorted(old for old, new in replaced.items() if new == row.id))
        made.append(Issue(row, state, note, steps, profiles, replaced.get(row.id, ""), replaces))
    return tuple(made)


def _replaced_by(acts: Iterable[EntryRow]) -> str:
    return next((str(each.body["replaced_by"]) for each in acts if each.act == "retracted"), "")

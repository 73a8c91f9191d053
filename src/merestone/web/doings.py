"""The latest acts in plain words: who did what and when, acts of one kind in a row told as one.

Pure. The law it keeps: an act about something protected or erased is not told, nor that there was one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from merestone.register.history import what
from merestone.register.terms import Account, EntryRow

CLOSING = ("protected", "unprotected", "erased")  # acts that would tell of what they closed


@dataclass(frozen=True, slots=True)
class Doing:
    """`who`: the names of one person, or of two; `about` the id or name that it spoke of, "" for none; `first` and `last` are positions of entries, `at` the hour of the last one (ISO, UTC)."""

    who: tuple[str, ...]
    told: str
    about: str
    first: int
    last: int
    at: str


def latest(entries: Sequence[EntryRow], accounts: Iterable[Account], closed: Collection[str], most: int) -> tuple[Doing, ...]:
    """The newest first. `entries` in the order of the record; `closed`: ids of what is protected or erased."""
    names = {account.id: account.name or account.id for account in accounts}
    found: list[Doing] = []
    for run in _runs(entry for entry in reversed(entries) if _open(entry, closed)):
        if len(found) == most:
            break
        newest, oldest = run[0], run[-1]
        who = tuple(names.get(each, each) for each in (newest.actor, newest.second) if each)
        found.append(Doing(who, _told(run), _about(run, names), oldest.position, newest.position, newest.at))
    return tuple(found)


def _open(entry: EntryRow, closed: Collection[str]) -> bool:
    if entry.act in CLOSING or entry.body.get("protected") is True:
        return False
    return not any(each.partition("#")[0] in closed for each in _texts(entry.body))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)


def _runs(entries: Iterable[EntryRow]) -> Iterator[list[EntryRow]]:
    """Acts of one kind and of the same people that follow one another, where that kind is told by its number."""
    run: list[EntryRow] = []
    for entry in entries:
        if run and entry.act in COUNTED and (entry.act, entry.actor, entry.second) == (run[0].act, run[0].actor, run[0].second):
            run.append(entry)
            continue
        if run:
            yield run
        run = [entry]
    if run:
        yield run


def _told(run: Sequence[EntryRow]) -> str:
    act = run[0].act
    if act in COUNTED:
        return _counted(act, [str(entry.body.get("claim", "")) for entry in run])
    return what(run[0])


def _about(run: Sequence[EntryRow], names: Mapping[str, str]) -> str:
    """The id that a single act spoke of, or the name of an account; "" where its words say it, or where several are told as one."""
    if len(run) > 1:
        return ""
    body = run[0].body
    told = str(
        next((body[name] for name in ("edition", "subject", "account", "claim", "exhibit", "patrol", "observation") if body.get(name)), "")
    )
    return names.get(told, told)


def _counted(act: str, refs: Sequence[str]) -> str:
    """Statements, appeals and the like have a letter in their number (EXH-…#S1); a claim has none, and what is no claim no number."""
    verb, one, many = COUNTED[act]
    others = sum(1 for ref in refs if ref and not ref.rpartition("#")[2].isdecimal())
    number = len(refs) - others
    parts = [f"{number} {one if number == 1 else many}"] if number or not others else []
    parts += [f"{others} {'statement or appeal' if others == 1 else 'statements or appeals'}"] if others else []
    return f"{verb} {' and '.join(parts)}"


COUNTED: Mapping[str, tuple[str, str, str]] = {
    "received": ("received", "exhibit", "exhibits"),
    "refused": ("could not take in", "file", "files"),
    "described": ("described anew", "exhibit", "exhibits"),
    "proposed": ("had", "exhibit read", "exhibits read"),
    "sent": ("sent to the language model", "exhibit", "exhibits"),
    "recorded": ("recorded", "claim", "claims"),
    "corrected": ("corrected", "claim", "claims"),
    "withdrawn": ("withdrew", "claim", "claims"),
    "patrolled": ("told of", "patrol", "patrols"),
    "observed": ("signed", "observation", "observations"),
    "noted": ("wrote", "note", "notes"),
}

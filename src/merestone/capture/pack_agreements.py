"""The points of an agreement, as a pack writes them: when they hold, what was to be done by when, which numbers, who said what of it.

The law it keeps: nothing here says whether a point was kept. A pack holds what was agreed and what was said of it, with who said so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from merestone.capture.pack_values import entries, needed, number, strings, text
from merestone.capture.terms import Applying, Level, Provision, Said, Step, Touching
from merestone.ledger.terms import Refusal

KINDS = ("continuing", "one_off", "level", "institution")
READ_AS = ("applies", "does not apply", "contested")
SAYS = ("begun", "done", "not done", "ended", "number")


def provision(entry: dict[str, Any], where: str) -> Provision:
    """Refuses `pack_malformed` for what is no mapping, and for a number that is none."""
    applies = entry.get("applies")
    made = Provision(
        number=needed(entry, "number", where),
        text=needed(entry, "text", where),
        kind=text(entry.get("kind")),
        applies={text(party): text(says) for party, says in applies.items()} if isinstance(applies, dict) else {},
        since=text(entry.get("since")),
        until=text(entry.get("until")),
    )
    return replace(
        made,
        readings=tuple(_reading(each) for _, each in entries(entry, "readings", where)),
        steps=tuple(_steps(entry, where)),
        levels=tuple(Level(needed(each, "name", at), _whole(each, at)) for at, each in _located(entry, "levels", where)),
        said=tuple(_said(each, at) for at, each in _located(entry, "said", where)),
        touching=tuple(
            Touching(strings(each.get("kinds")), text(each.get("why")), strings(each.get("places")))
            for _, each in entries(entry, "touching", where)
        ),
    )


def _located(entry: dict[str, Any], key: str, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for at, each in entries(entry, key, where):
        yield f"{where}, {key} {at}", each


def _reading(each: dict[str, Any]) -> Applying:
    return Applying(*(text(each.get(name)) for name in ("party", "says", "words", "source", "on")))


def _steps(entry: dict[str, Any], where: str) -> Iterator[Step]:
    for at, each in _located(entry, "steps", where):
        yield Step(
            name=needed(each, "name", at),
            due=text(each.get("due")),
            moved_to=text(each.get("moved_to")),
            moved_by=text(each.get("moved_by")),
            kinds=strings(each.get("kinds")),
            places=strings(each.get("places")),
        )


def _whole(each: dict[str, Any], where: str) -> int:
    found = number(each, "number", where)
    if found is None or found != int(found):
        raise Refusal("pack_malformed", where=where, what="`number` is missing or not whole")
    return int(found)


def _said(each: dict[str, Any], where: str) -> Said:
    return Said(
        by=text(each.get("by")),
        party=text(each.get("party")),
        on=text(each.get("on")),
        says=text(each.get("says")),
        source=text(each.get("source")),
        name=text(each.get("name")),
        number=_whole(each, where) if "number" in each else None,
    )

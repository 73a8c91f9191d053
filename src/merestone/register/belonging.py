"""What belongs to an exhibit, and what was made from it: for protecting and erasing, which have to find all of it.

The law it keeps: an item is found by the entries that name it, not by what somebody once wrote beside it; and what was made from
many exhibits is found by what it holds, their ids and their words alike.
Does not catch: a reason about an incident, a note about another exhibit, or another exhibit, that tells the same in its own words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

from merestone.ledger.entry import entry_of
from merestone.register import bodies, vault
from merestone.register.configure import rows

DERIVED = ("linking", "edition")  # made from many exhibits, holding the words of each
IDS_ALONE = ("members", "rests")
_LEAST = 20  # characters: what is shorter is said by many


@dataclass(frozen=True, slots=True)
class Belonging:
    """An item that is kept, and the other exhibits that it is about too."""

    row: vault.Stored
    others: frozenset[str] = field(default=frozenset())


def belongings(alias: str, ident: str) -> tuple[Belonging, ...]:
    """All items that are kept for an id or a ref, or that an entry which speaks of it names: open and sealed, without those of many
    exhibits and those that hold ids alone."""
    others: dict[str, set[str]] = {}
    for body, commitments in _about(alias, ident):
        spoken = {each.partition("#")[0] for each in _texts(body) if each.startswith("EXH-")} - {ident}
        for commitment in commitments:
            others.setdefault(commitment, set()).update(spoken)
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT commitment FROM vault_item WHERE owner = %s", (ident,))
        for (commitment,) in cursor.fetchall():
            others.setdefault(str(commitment), set())
    kept = vault.stored(alias, sorted(others))
    return tuple(Belonging(row, frozenset(others[name])) for name, row in kept.items() if row.kind not in (*DERIVED, *IDS_ALONE))


def made_from(alias: str, needles: Iterable[str]) -> tuple[str, ...]:
    """The linkings and editions that hold one of these texts (ids, quotes, a name)."""
    wanted = [_escaped(needle) for needle in needles if needle]
    return tuple(sorted(row.commitment for row in vault.of_kinds(alias, DERIVED) if any(needle in row.data for needle in wanted)))


def beside(alias: str, ident: str) -> tuple[str, ...]:
    """Open exhibits whose bytes hold this one's (a mail that encloses it) or are held by them. What is sealed is not looked into."""
    found: set[str] = set()
    for row in vault.of_kinds(alias, ("about",)):
        if not row.wrapped and (row.owner == ident or ident.encode() in row.data):
            found |= {row.owner, str(json.loads(row.data).get("within", ""))}
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT id FROM exhibit WHERE protected = %s AND erased = %s", (False, False))
        return tuple(sorted(found & {str(name) for (name,) in cursor.fetchall()} - {ident}))


def written_about(alias: str, ident: str) -> tuple[str, ...]:
    """Incidents that the exhibit is part of and that people wrote about: what they wrote is not the exhibit's, and may tell of it."""
    sql = (
        "SELECT DISTINCT incident FROM claim WHERE exhibit = %s AND incident <> '' AND "
        "(incident IN (SELECT subject FROM decision) OR incident IN (SELECT subject FROM remark)) ORDER BY incident"
    )
    return tuple(str(name) for (name,) in rows(alias, sql, (ident,)))


def quotes(read: Iterable[vault.Stored]) -> Iterator[str]:
    """What was quoted from an exhibit, by its open readings and claims: by this it is found where its id was left out."""
    for row in read:
        if row.kind in ("reading", "claim") and not row.wrapped:
            yield from _quoted(json.loads(row.data))


def _quoted(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "quote" and isinstance(inner, str) and len(inner) >= _LEAST:
                yield inner
            else:
                yield from _quoted(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _quoted(inner)


def _escaped(text: str) -> bytes:
    """As it stands in canonical JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1].encode()


def _about(alias: str, ident: str) -> Iterator[tuple[Mapping[str, Any], tuple[str, ...]]]:
    """Each entry that speaks of an id or of one of its claims, with the items that it names."""
    needle = ident.encode()
    with connections[alias].chunked_cursor() as cursor:
        cursor.execute("SELECT data FROM ledger_entry ORDER BY position")
        while chunk := cursor.fetchmany(2000):
            for (stored,) in chunk:
                data = bytes(stored)
                if needle in data:
                    entry = entry_of(data)
                    if any(ident in (each, each.partition("#")[0]) for each in _texts(entry.body)):
                        yield entry.body, tuple(commitment for commitment, _, _ in bodies.named(entry.act, entry.body))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)

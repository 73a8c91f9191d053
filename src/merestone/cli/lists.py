"""What there is to act on, as a table for people or as JSON: the rows of the register's queries, one list a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from merestone.cli.say import DONE, cell, line, put, say, table

if TYPE_CHECKING:
    from merestone.register.terms import Mission


AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Listing:
    """`query` is the function of the register's queries, `columns` the fields that people are shown, `only` what a row has to be."""

    query: str
    columns: tuple[str, ...]
    only: tuple[str, str] = ("", "")


LISTS: Mapping[str, Listing] = {
    "accounts": Listing("accounts", ("id", "name", "roles", "open")),
    "claims": Listing("claims", ("ref", "state", "kind", "initiator", "start", "incident")),
    "decisions": Listing("decisions", ("subject", "verdict", "point", "by", "actor", "entry")),
    "editions": Listing("editions", ("id", "state", "profile", "claims", "proposals", "drafted_by", "approved_by", "published_by")),
    "entries": Listing("entries", ("position", "at", "actor", "second", "act")),
    "exhibits": Listing("exhibits", ("id", "published", "language", "publisher", "name", "unread", "protected", "erased")),
    "incidents": Listing("incidents", ("id", "state", "leads_to")),
    "judgements": Listing("judgements", ("a", "b", "verdict", "actor", "entry")),
    "observations": Listing("observations", ("id", "patrol", "actor", "entry")),
    "patrols": Listing("patrols", ("id", "actor", "entry")),
    "proposals": Listing("claims", ("ref", "kind", "initiator", "start", "incident"), only=("state", "proposed")),
}


def listed(mission: Mission, what: str, as_json: bool) -> int:
    """Prints the list. An empty one is a list too."""
    from merestone.register import queries

    listing = LISTS[what]
    field, value = listing.only
    every = _entries(mission) if what == "entries" else getattr(queries, listing.query)(mission)
    rows = [row for row in every if not field or getattr(row, field) == value]
    if as_json:
        put([asdict(row) for row in rows])
        return DONE
    cells = [tuple(cell(getattr(row, column)) for column in listing.columns) for row in rows]
    for told in table((listing.columns, *cells)):
        line(told)
    say(f"{len(rows)} {what}.")
    return DONE


def _entries(mission: Mission) -> Iterator[Any]:
    """All entries, fetched by the thousand or so."""
    from merestone.register import queries

    size, _ = queries.head(mission)
    for first in range(0, size, AT_ONCE):
        yield from queries.entries(mission, first, AT_ONCE)

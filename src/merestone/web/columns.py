"""The columns in which the sides stand at the desk, and to which of them a publisher belongs.

The law it keeps: one rule for every column. What is of both parties, or of nobody known, has a column of its own: it is added to no side.
"""

from __future__ import annotations

from dataclasses import dataclass

from merestone.assess.heard import names_of
from merestone.assess.material import NONE, OTHER
from merestone.capture.terms import Pack


@dataclass(frozen=True, slots=True)
class Column:
    """`order` is that of the party's hatch, -1 beside the parties; `aligned` the name of the party that it is aligned with, or ""."""

    code: str
    name: str
    order: int
    aligned: str = ""


def columns_of(pack: Pack) -> tuple[Column, ...]:
    """The parties in order of code, then no party, then what is not of one."""
    known = names_of(pack)
    parties = tuple(
        Column(code, name, order, known.party(known.bound[code]) if code in known.bound else "")
        for order, (code, name) in enumerate(sorted(known.parties.items()))
    )
    return (*parties, Column(NONE, "No party", -1), Column(OTHER, "Both, or not known", -1))


class Sides:
    """To which column a publisher or a code belongs. A name is a source of the pack's under any of its aliases."""

    def __init__(self, pack: Pack) -> None:
        self._parties = frozenset(party.code for party in pack.parties)
        self._affiliation = names_of(pack).affiliation

    def column(self, code: str) -> str:
        return code if code in self._parties else NONE if code == NONE else OTHER

    def publisher(self, name: str) -> str:
        """ "" is a publisher that is not known."""
        return self.column(self._affiliation.get(name.casefold(), "unknown"))

"""The language model that the mission may ask: whether it is on, who switched it and why, and what was sent to it.

What was sent is told even of what was protected or erased since, by its bare number: so that nobody can hide afterwards what left the house.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from merestone.register import queries
from merestone.register.switch import Set, acts_of, switch
from merestone.web.entries import PAGE, Line, Telling
from merestone.web.house import house_of
from merestone.web.page import plain
from merestone.web.pages.audit import zones


def model(request: HttpRequest) -> HttpResponse:
    house = house_of(request)
    mission = house.mission
    telling = Telling(mission, zones(house), {account.id: account for account in queries.accounts(mission)})
    sets = acts_of(mission)
    sent = queries.sent(mission)

    def line(position: int) -> Line:
        return telling.line(queries.entry(mission, position))

    return plain(
        request, "model.html", as_of=queries.head(mission)[0], on=switch(mission), count=len(sent),
        sets=[(line(each.entry), _where(each), each.why) for each in reversed(sets.values())],
        sent=[(line(row.entry), _where(sets.get(row.model)), "") for row in reversed(sent[-PAGE:])],
    )  # fmt: skip


def _where(by: Set | None) -> str:
    return f"{by.model} at {by.house}" if by is not None and by.house else ""

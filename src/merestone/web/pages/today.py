"""Today at the mission: what happened in the last days, what is new, what waits for a person, who did what last, and what was published."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from merestone.ledger.terms import Refusal
from merestone.register import queries, vault
from merestone.register.editions import clocks
from merestone.register.queries import acts
from merestone.register.terms import EditionRow, Mission
from merestone.report import words
from merestone.report.svg import swatches
from merestone.web.daily import CHOICES, USUAL, Daily, daily
from merestone.web.doings import Doing, latest
from merestone.web.house import House, Sight, house_of
from merestone.web.page import page, plain
from merestone.web.pending import News, Rows, news, waiting

LOOKED_AT = 600  # entries among which the latest acts are sought
SHOWN = 8
HIGH = 56  # units of the highest bar of the strip


def today(request: HttpRequest) -> HttpResponse:
    """Whole without an edition too: what only an edition tells is then left out, and the page says why."""
    house = house_of(request)
    count = _count(request.GET.get("days", ""))
    sight = house.sight_or_reason()
    mission = house.mission
    size, _ = queries.head(mission)
    last = queries.entry(mission, size - 1)
    rows = _rows(mission)
    editions = queries.editions(mission)
    told = daily(sight.edition, count, _day(last.at)) if isinstance(sight, Sight) else None
    empty = not any(row.id not in rows.closed for row in rows.exhibits)
    return (
        partial(plain, request, "today.html") if empty and not isinstance(sight, Sight) else partial(page, request, "today.html", sight)
    )(
        clock=_clock(house, last.at, size - 1),
        daily=told,
        strip=_drawn(told),
        count_of=count,
        choices=CHOICES,
        waiting=waiting(rows, sight.edition if isinstance(sight, Sight) else None),
        news=_news(mission, rows, editions, sight),
        doings=_doings(mission, size, rows.closed),
        edition=_edition(mission, editions[-1]) if editions else None,
        published=_last_published(editions),
        empty=empty,
        known=isinstance(sight, Sight),
        hatches=Markup(swatches(len(sight.edition.parties) if isinstance(sight, Sight) else 0)),  # noqa: S704 - written by report/svg.py
    )


def _count(asked: str) -> int:
    if not asked:
        return USUAL
    if asked not in [str(each) for each in CHOICES]:
        raise Refusal("filter_malformed", option="days", found=asked, allowed=f"one of {', '.join(str(each) for each in CHOICES)}")
    return int(asked)


def _rows(mission: Mission) -> Rows:
    return Rows(
        queries.exhibits(mission), queries.claims(mission), queries.incidents(mission), queries.decisions(mission), queries.refused(mission)
    )


def _day(at: str) -> date:
    return datetime.fromisoformat(at).date()


def _clock(house: House, at: str, position: int) -> dict[str, Any]:
    """The hour of the record on the mission's clocks, and how the machine's clock stands to it."""
    hour, machine = datetime.fromisoformat(at).replace(microsecond=0), house.mission.ground.clock().replace(microsecond=0)
    local = [datetime.fromisoformat(iso) for _, iso in clocks(hour, house.pack().timezones)]
    zones = [(offset, each) for offset, each in {words.offset(each): each for each in local}.items() if offset != "UTC"]
    return {"position": position, "hour": hour, "zones": zones, "machine": machine, "behind": machine < hour, "days": (machine - hour).days}


def _drawn(told: Daily | None) -> list[dict[str, Any]]:
    """The strip with the heights of its bars."""
    if told is None:
        return []
    most = max(1, *(day.incidents for day in told.strip))
    return [
        {"day": day, "high": round(HIGH * day.incidents / most, 1), "fire": round(HIGH * day.fire / most, 1),
         "inside": told.days.first <= day.day <= told.days.last, "month": words.MONTHS[day.day.month - 1][:3] if not n or day.day.day == 1 else ""}
        for n, day in enumerate(told.strip)
    ]  # fmt: skip


def _doings(mission: Mission, size: int, closed: frozenset[str]) -> list[tuple[Doing, datetime]]:
    entries = queries.entries(mission, max(0, size - LOOKED_AT), LOOKED_AT)
    found = latest(entries, queries.accounts(mission), closed, SHOWN)
    return [(doing, datetime.fromisoformat(doing.at).replace(microsecond=0)) for doing in found]


def _last_published(editions: tuple[EditionRow, ...]) -> EditionRow | None:
    """The one frozen last of those that are published and not retracted."""
    return max((row for row in editions if row.state == "published"), key=lambda row: row.size, default=None)


def _news(mission: Mission, rows: Rows, editions: tuple[EditionRow, ...], sight: Sight | Refusal) -> News:
    """Since the last published edition was frozen; since the opening where none was published."""
    row = _last_published(editions)
    since = row.size if row is not None else 0
    return news(rows, since, list(_runs(mission, since)), sight.incidents if isinstance(sight, Sight) else None)


def _runs(mission: Mission, since: int) -> Iterator[dict[str, Any]]:
    for entry in acts(mission, ("linked",), since):
        data = vault.open_item(mission.alias, entry.body["members"])
        if data is not None:  # ids alone, and never erased
            yield json.loads(data)


def _edition(mission: Mission, row: EditionRow) -> dict[str, Any]:
    return {"row": row, "at": datetime.fromisoformat(queries.entry(mission, row.entry).at).replace(microsecond=0)}

"""The mission as it was known at an hour: its tables of then, beside the vault and the ledger of now, for who only looks.

The law it keeps: the entries up to the last checkpoint of that hour are folded again by the same folds, into temporary tables that stand in
front of the present ones on a connection of their own and go with it. Nothing is written anywhere, and nothing of then is kept.
What was protected or erased since is left out as it is now, and so is what a captive is called by a text that came since; what was
opened again since stays closed, as it was. The present pack is used, since no mission keeps an earlier one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.db import connections, transaction

from merestone.ledger.entry import entry_of
from merestone.ledger.terms import Refusal
from merestone.register.changes import apply
from merestone.register.configure import connect, leave, on_postgres, read_only, rows, url_of
from merestone.register.contents import parts
from merestone.register.folds import TABLES, fold
from merestone.register.mission import described
from merestone.register.queries import AT, entry, stored
from merestone.register.rebuild import prepared, replay, waiting
from merestone.register.shelf import Shelf
from merestone.register.terms import Mission
from merestone.report.speakers import captives_in
from merestone.report.window import window_of
from merestone.report.words import stamp

SINCE = ("protected", "erased", "pack_adopted")  # acts that hold for every look, whenever they were done
_AT_ONCE = 5_000
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def hour_asked(given: str, zones: Sequence[str]) -> datetime:
    """An ISO day (its end) or day and time, on the clock on which it was asked: without an offset, that of the first of `zones`, those of
    the pack. Refuses `hour_malformed`."""
    zone: tzinfo = ZoneInfo(zones[0]) if zones else UTC
    try:
        at = datetime.fromisoformat(given)
        if _DAY.fullmatch(given):
            at = datetime.combine(at, time.max)
        if at.tzinfo is None:
            at = at.replace(tzinfo=zone)
        at.astimezone(UTC)  # an hour that UTC cannot tell fails here
    except (ValueError, OverflowError):
        raise Refusal("hour_malformed", found=given[:60]) from None
    return at


def size_at(mission: Mission, at: datetime) -> int:
    """How many entries the last checkpoint covers that holds none later than `at`. Refuses `known_before`, naming the first hour."""
    below = _first_after(mission, at)
    found = rows(mission.alias, "SELECT MAX(size) FROM ledger_checkpoint WHERE size <= %s", (below,))[0][0]
    if not found:
        size = int(rows(mission.alias, "SELECT MIN(size) FROM ledger_checkpoint")[0][0])
        first = datetime.fromisoformat(entry(mission, size - 1).at).astimezone(at.tzinfo)
        if first.second or first.microsecond:  # told in minutes: whoever asks for the minute that is named must be answered
            first = first.replace(second=0, microsecond=0) + timedelta(minutes=1)
        raise Refusal("known_before", asked=stamp(at), first=stamp(first))
    return int(found)


def _first_after(mission: Mission, at: datetime) -> int:
    """The position of the first entry later than `at`, or how many there are."""
    first = 0
    while batch := stored(mission, first, first + _AT_ONCE):
        for position, data in batch:
            told = AT.search(data)
            if told is not None and datetime.fromisoformat(told.group(1).decode()) > at:
                return position
        first = batch[-1][0] + 1
    return first


@contextmanager
def as_known(mission: Mission, at: datetime) -> Iterator[Mission]:
    """The mission as it was known at `at` (aware). Nothing can be done in it. Replaying takes as long as `rebuild` does for those entries."""
    size = size_at(mission, at)
    url = url_of(mission.folder, described(mission.folder)["database"])
    alias = connect(url) if on_postgres(mission.alias) else read_only(url)
    try:
        if not on_postgres(alias):
            rows(alias, "PRAGMA temp_store = MEMORY")  # what is open today may be protected tomorrow: no copy of it on the disk
        with transaction.atomic(using=alias):
            _laid(alias, size)
            replay(alias, alias)
            _since(alias, mission, size)
        _closed(alias)
        yield replace(mission, alias=alias, known_on=at, now=mission)
    finally:
        leave(alias)


def captives_since(mission: Mission) -> frozenset[str]:
    """What captives are called in any text that is open now: who was not known to be one then may be named in what had come by then.
    Nothing for the present, whose editions find them themselves."""
    if mission.now is None:
        return frozenset()
    found, _ = parts(mission.now, False, window_of("", ""))
    return frozenset(name for part in found for name in captives_in(part.reading.claims, part.text.text, part.reading.persons))


def _laid(alias: str, size: int) -> None:
    """Empty temporary tables and bounded views, under the names that all queries use: such come before the database's own."""
    postgres = on_postgres(alias)
    # an earlier release's mission on a disc that nobody can write lacks columns that its acts are folded into
    like = prepared() if not postgres and waiting(alias) else alias
    home = str(rows(alias, "SELECT current_schema()")[0][0]) if postgres else "main"
    with connections[alias].cursor() as cursor:
        for table in TABLES:
            if postgres:
                cursor.execute(f'CREATE TEMPORARY TABLE {table} (LIKE "{home}".{table} INCLUDING ALL)')
                continue
            sql = "SELECT type, sql FROM main.sqlite_master WHERE tbl_name = %s AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC"
            for kind, made in rows(like, sql, (table,)):
                begins = re.compile(r"CREATE TABLE " if kind == "table" else r"CREATE (UNIQUE )?INDEX ")
                cursor.execute(begins.sub("CREATE TEMPORARY TABLE " if kind == "table" else r"CREATE \1INDEX temp.", made, count=1))
        for view, column, bound in (("ledger_entry", "position", "<"), ("ledger_checkpoint", "size", "<=")):
            cursor.execute(f'CREATE TEMPORARY VIEW {view} AS SELECT * FROM "{home}".{view} WHERE {column} {bound} {int(size)}')  # noqa: S608 - names of ours
    if like != alias:
        leave(like)


def _since(alias: str, mission: Mission, size: int) -> None:
    """What was closed since is closed here too; it is folded from the mission's own connection, whose entries have no bound."""
    shelf, first = Shelf(alias), size
    needles = tuple(f'{{"act":"{act}"'.encode() for act in SINCE)
    while batch := stored(mission, first, first + _AT_ONCE):
        for position, data in batch:
            if data.startswith(needles):
                apply(alias, fold(position, entry_of(data), shelf.held))
        first = batch[-1][0] + 1


def _closed(alias: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY" if on_postgres(alias) else "PRAGMA query_only = ON")

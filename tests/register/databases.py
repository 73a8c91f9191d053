"""The two databases that a mission can live in, for tests: a fresh one each, and connections that know nothing of us.

A server of PostgreSQL is named by MERESTONE_TEST_POSTGRES (a URL of any database of it, of somebody who may make and drop databases).
"""

from __future__ import annotations

import functools
import itertools
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from django.core.management import call_command
from django.db import connections

from merestone.register import mission as missions
from merestone.register.configure import connect, leave
from merestone.register.guards_postgres import BODIES, TABLES
from merestone.register.terms import Mission

NAMED = "MERESTONE_TEST_POSTGRES"


class Server:
    """Databases on the server: each made from one in which the tables stand already, which takes a tenth of the time."""

    def __init__(self, url: str) -> None:
        self.url, self._numbers, self._stem = url, itertools.count(1), f"merestone_test_{os.getpid()}"
        self.template = f"{self._stem}_tables"
        alias = connect(self.address(self.empty(self.template)))
        call_command("migrate", database=alias, verbosity=0, interactive=False)
        leave(alias)
        self.do(f"ALTER DATABASE {self.template} ALLOW_CONNECTIONS false")

    def do(self, sql: str) -> None:
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql)

    def address(self, name: str) -> str:
        return f"{self.url.rpartition('/')[0]}/{name}"

    def empty(self, name: str, more: str = "ENCODING 'UTF8' LOCALE 'C'") -> str:
        self.do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.do(f"CREATE DATABASE {name} TEMPLATE template0 {more}")
        return name

    def fresh(self) -> str:
        """The address of a database with our tables and nothing in them."""
        name = f"{self._stem}_{next(self._numbers)}"
        self.do(f"CREATE DATABASE {name} TEMPLATE {self.template}")
        return self.address(name)

    def drop(self, address: str) -> None:
        self.do(f"DROP DATABASE IF EXISTS {address.rpartition('/')[2]} WITH (FORCE)")


@functools.cache
def _file_with_tables() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.sqlite3"
        alias = connect(str(path))
        call_command("migrate", database=alias, verbosity=0, interactive=False)
        leave(alias)
        return path.read_bytes()


def _laid(command: str, *, database: str, **options: Any) -> None:
    path = Path(connections[database].settings_dict["NAME"])
    if connections[database].vendor == "sqlite" and not path.exists():
        path.write_bytes(_file_with_tables())
    else:
        call_command(command, database=database, **options)


def tables_at_hand() -> Any:
    """While it lasts, a new mission's file is a copy of one that was migrated once, as a database of `Server` is: much faster."""
    return mock.patch.object(missions, "call_command", _laid)


def address_of(mission: Mission) -> str:
    return str(json.loads((mission.folder / "mission.json").read_bytes())["database"])


@contextmanager
def stranger(mission: Mission) -> Iterator[Any]:
    """A connection that knows nothing of us; what is done on it is committed at the end."""
    address = address_of(mission)
    if address == "sqlite":
        with closing(sqlite3.connect(mission.folder / "record.sqlite3")) as raw, raw:
            yield raw
    else:
        import psycopg

        with psycopg.connect(address) as connection:
            yield connection


@contextmanager
def unguarded(mission: Mission) -> Iterator[Any]:
    """As `stranger`, with the guards down; they are up again afterwards, word for word."""
    with stranger(mission) as raw:
        if address_of(mission) == "sqlite":
            guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            down, up = [f"DROP TRIGGER {name}" for name, _ in guards], [sql for _, sql in guards]
        else:
            found = "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname = ANY(%s)"
            down = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES]
            up = [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for name, table in raw.execute(found, (list(BODIES),)).fetchall()]
        for statement in down:
            raw.execute(statement)
        yield raw
        for statement in up:
            raw.execute(statement)

"""Django, settled once for the process, and a connection for each mission that is opened.

There is no default database: whoever asks for one by mistake gets an error and not somebody's record. What is peculiar to SQLite
stands here, in guards.py and in sweep.py, what is peculiar to PostgreSQL in postgres.py and guards_postgres.py; all other SQL is read by both.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import OperationalError, connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.db.utils import DEFAULT_DB_ALIAS

from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register import postgres
from merestone.register.address import is_url, parsed

# WAL: readers do not wait for the writer. FULL: a COMMIT that returned is on the disk. secure_delete: erased bytes are overwritten.
PRAGMAS = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1"}
BUSY_SECONDS = 30
LENIENT = "READS_BROKEN_TEXT"  # among the settings of a connection
CACHE_KIB = 65_536  # pages held in memory: commitments are random, and so are the places that a batch of them writes to

_numbers = itertools.count(1)


def settle() -> None:
    """Settings and models, once per process. Safe to call again."""
    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=["merestone.register"],
            DATABASES={},
            USE_TZ=True,
            TIME_ZONE="UTC",
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        )
    django.setup()
    from merestone.register import guards

    connection_created.connect(_lenient, dispatch_uid="merestone.lenient")
    pre_migrate.connect(guards.before_migration, dispatch_uid="merestone.guards")
    post_migrate.connect(guards.after_migration, dispatch_uid="merestone.guards")


def connect(url_or_path: str) -> str:
    """The alias of a connection of its own to that database. A SQLite file that is not there comes to be: the caller has looked."""
    settle()
    if is_url(url_or_path):
        return _reached(url_or_path, reading=False)
    begin = "; ".join(f"PRAGMA {name}={value}" for name, value in PRAGMAS.items())
    begin += f"; PRAGMA cache_size=-{CACHE_KIB}"
    options = {"timeout": BUSY_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": begin}
    return _added({"NAME": url_or_path, "OPTIONS": options})


def _added(ours: dict[str, Any]) -> str:
    alias = f"mission-{next(_numbers)}"
    told = {"ENGINE": "django.db.backends.sqlite3", **ours}
    connections.settings[alias] = connections.configure_settings({DEFAULT_DB_ALIAS: {}, alias: told})[alias]
    return alias


def _reached(url: str, reading: bool) -> str:
    alias = _added(postgres.told(parsed(url), reading))
    try:
        postgres.reach(alias)
    except Refusal:
        leave(alias)
        raise
    return alias


def read_only(url_or_path: str) -> str:
    """A connection that can alter nothing and sees one state of the record for as long as a transaction lasts. Of SQLite it takes texts
    that are not UTF-8 for other texts instead of failing on them: what is broken has to be told by the entry that it belongs to."""
    settle()
    if is_url(url_or_path):
        return _reached(url_or_path, reading=True)
    path = Path(url_or_path).resolve()
    told = {"NAME": f"{path.as_uri()}?mode=ro{_unchanging(path)}", "OPTIONS": {"timeout": BUSY_SECONDS, "uri": True}, LENIENT: True}
    alias = _added(told)
    connection: Any = connections[alias]
    try:
        connection.ensure_connection()
    except OperationalError as problem:
        leave(alias)
        raise trouble(problem) from problem
    return alias


def _lenient(connection: Any, **_: Any) -> None:
    """For each thread's connection, and each time it is made anew."""
    if connection.settings_dict.get(LENIENT):
        connection.connection.text_factory = lambda data: data.decode("utf-8", "backslashreplace")


def _unchanging(path: Path) -> str:
    """Where nobody can write (a disc, a seized disk) SQLite cannot lay the file by which readers and writers agree, and needs none. With
    a log that was never put into the database the database alone is not the record: then it is not opened."""
    log = path.with_name(f"{path.name}-wal")
    return "" if os.access(path.parent, os.W_OK) or (log.is_file() and log.stat().st_size) else "&immutable=1"


def in_memory() -> str:
    """A database that nobody else sees and that is gone when it is left: for tables that are made again and compared."""
    return connect(":memory:")


def leave(alias: str) -> None:
    """Closes the connection and forgets the alias."""
    connections[alias].close()
    connection: Any = connections[alias]
    if connection.settings_dict["NAME"] == ":memory:":
        connection.connection = None  # Django keeps a connection to memory open otherwise
    del connections[alias]
    connections.settings.pop(alias, None)


def rows(alias: str, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query written with %s."""
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, tuple(values))
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def on_postgres(alias: str) -> bool:
    return bool(connections[alias].vendor == "postgresql")


def hold(alias: str) -> None:
    """Nobody else writes until the transaction ends. THE CALLER MUST have begun it and asked nothing yet. With SQLite BEGIN IMMEDIATE did it."""
    if on_postgres(alias):
        postgres.hold(alias)


def refusal_of(problem: Exception) -> Refusal | None:
    """What stands in the way of work on the database, in words that a person can use; None for an error of ours."""
    words = str(problem)
    if "psycopg" in type(problem.__cause__).__module__:
        return postgres.refusal_of(problem)
    if "locked" in words or "busy" in words:
        return Refusal("record_busy")
    if "full" in words or "readonly" in words or "disk I/O" in words or "unable to open" in words:
        return Refusal("cannot_write", found=words)
    return None


def trouble(problem: Exception) -> Refusal | BrokenRecord:
    """The same, where what is no refusal means that the tables themselves cannot be read."""
    return refusal_of(problem) or BrokenRecord("the record's database", "tables that can be read", str(problem))


def soundness(alias: str) -> str:
    """What SQLite says of its own pages and indexes: "ok", or the first thing that is wrong. A server looks after its own: "" for it."""
    if on_postgres(alias):
        return ""
    return str(rows(alias, "PRAGMA integrity_check(1)")[0][0])


def is_there(folder: Path, database: str) -> bool:
    """Whether the file is; of a server this is known when it is reached."""
    return is_url(database) or path_of(folder, database).is_file()


def url_of(folder: Path, database: str) -> str:
    """What `connect` takes: the URL, or the path of the file."""
    return database if is_url(database) else str(path_of(folder, database))


def path_of(folder: Path, database: str) -> Path:
    return folder / ("record.sqlite3" if database == "sqlite" else database)

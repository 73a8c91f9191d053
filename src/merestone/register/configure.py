"""Django, settled once for the process, and a connection for each mission that is opened.

There is no default database: whoever asks for one by mistake gets an error and not somebody's record. What is peculiar to SQLite
stands here and in guards.py alone; all other SQL of the room is what PostgreSQL reads too.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate
from django.db.utils import DEFAULT_DB_ALIAS

from merestone.ledger.terms import Refusal

# WAL: readers do not wait for the writer. FULL: a COMMIT that returned is on the disk. secure_delete: erased bytes are overwritten.
PRAGMAS = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1"}
BUSY_SECONDS = 30

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

    post_migrate.connect(guards.after_migration, dispatch_uid="merestone.guards")


def connect(url_or_path: str) -> str:
    """The alias of a connection of its own to that database. A SQLite file that is not there comes to be: the caller has looked."""
    settle()
    if "://" in url_or_path:
        raise Refusal("database_unknown", found=url_or_path.partition(":")[0])
    alias = f"mission-{next(_numbers)}"
    begin = "; ".join(f"PRAGMA {name}={value}" for name, value in PRAGMAS.items())
    ours: dict[str, Any] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": url_or_path,
        "OPTIONS": {"timeout": BUSY_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": begin},
    }
    connections.settings[alias] = connections.configure_settings({DEFAULT_DB_ALIAS: {}, alias: ours})[alias]
    return alias


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


def shrink_log(alias: str) -> None:
    """Empties the write-ahead log into the database and cuts it to nothing: what was erased must not live on in it."""
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def is_there(folder: Path, database: str) -> bool:
    return "://" in database or path_of(folder, database).is_file()


def path_of(folder: Path, database: str) -> Path:
    return folder / ("record.sqlite3" if database == "sqlite" else database)

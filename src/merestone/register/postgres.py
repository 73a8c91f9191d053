"""What is peculiar to PostgreSQL: how a mission's database is reached, what it has to be, and how only one writes at a time.

A mission has a database of its own, in the schema `public`. Text is UTF-8 and ordered by code points: another order differs between
machines and changes with their system libraries, which silently breaks the indexes that keep ids from being given twice.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import DatabaseError, NotSupportedError, OperationalError, connections

from merestone.ledger.terms import Refusal
from merestone.register.address import Address

ENGINE = "django.db.backends.postgresql"
BUSY_SECONDS = 30
# synchronous_commit: a COMMIT that returned is on the server's disk. lock_timeout: how long a writer waits for another one.
SETTINGS = {"search_path": "public", "synchronous_commit": "on", "lock_timeout": f"{BUSY_SECONDS}s"}
WRITING = 0x4D455245  # the lock of whoever writes; such locks are each database's own
_ORDERS = ("C", "POSIX", "C.UTF-8", "C.utf8")

_passwords: dict[str, str] = {}  # URL without password -> the one that this process was given; nowhere else are they kept


def told(address: Address, reading: bool) -> dict[str, Any]:
    """Django's words for a connection. Refuses `driver_missing`.

    Who writes has READ COMMITTED: under any higher isolation the snapshot is taken before `hold` has waited, and what is read after
    it would be what stood before the other writer's COMMIT. Since only one writes, nothing changes under it. Who only reads has REPEATABLE READ:
    all of one transaction sees one state, and it can alter nothing.
    """
    try:
        from psycopg import IsolationLevel
    except ImportError:  # the extra was not installed, or its library does not fit this machine
        raise Refusal("driver_missing") from None
    settings = {**SETTINGS, **({"default_transaction_read_only": "on"} if reading else {})}
    text = address.text()
    if address.password:
        _passwords[text] = address.password
    return {
        "ENGINE": ENGINE,
        "NAME": address.name,
        "USER": address.user,
        "PASSWORD": _passwords.get(text, ""),
        "HOST": address.host,
        "PORT": address.port,
        "OPTIONS": {
            **address.options,
            "connect_timeout": BUSY_SECONDS,
            "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
            "isolation_level": IsolationLevel.REPEATABLE_READ if reading else IsolationLevel.READ_COMMITTED,
            "server_side_binding": True,
            "prepare_threshold": 5,
        },
    }


def reach(alias: str) -> None:
    """Connects, and looks whether the database is fit. Refuses `database_unreachable`, `database_login`, `database_unfit`."""
    try:
        connections[alias].ensure_connection()
    except OperationalError as problem:
        words = " ".join(str(problem).split())
        if "password" in words:
            raise Refusal("database_login", found=words) from problem
        raise Refusal("database_unreachable", found=words) from problem
    except NotSupportedError as problem:  # a server that is too old
        raise Refusal("database_unfit", found=str(problem)) from problem
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate, COALESCE(to_jsonb(d) ->> 'datlocprovider', 'c')"
            " FROM pg_database d WHERE datname = current_database()"
        )
        encoding, order, provider = cursor.fetchone()
    fit = provider == "b" or (provider == "c" and order in _ORDERS)  # b: PostgreSQL's own, by code points all
    if encoding != "UTF8" or not fit:
        raise Refusal("database_unfit", found=f"{encoding}, {order if provider != 'i' else 'ICU'}")


def refuse_taken(alias: str, ours: set[str]) -> None:
    """A new mission needs a database without entries, and without anybody else's tables. Refuses `database_taken`.

    Our own tables without entries are what an `init` leaves that was stopped: they can be used.
    """
    found = set(connections[alias].introspection.table_names())
    with connections[alias].cursor() as cursor:
        if "ledger_entry" in found:
            cursor.execute("SELECT 1 FROM ledger_entry LIMIT 1")
            if cursor.fetchone() is not None:
                raise Refusal("database_taken", found="a mission")
    if found - ours:
        raise Refusal("database_taken", found="tables of another program")


def hold(alias: str) -> None:
    """From here to the end of the transaction nobody else writes. The first thing of every writing."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (WRITING,))


def refusal_of(problem: Any) -> Refusal | None:
    """What stands in the way, by the server's own code; None for what is an error of ours.

    A connection that breaks while COMMIT is under way leaves open which of the two it was: the refusal says that one has to look.
    """
    state = getattr(problem.__cause__, "sqlstate", None)
    if state == "55P03":
        return Refusal("record_busy")
    if state is None or state[:2] == "08" or state[:3] == "57P":
        return Refusal("database_lost")
    if state[:2] == "53" or state == "25006":
        return Refusal("cannot_write", found=" ".join(str(problem).split()))
    return None


def rewritten(alias: str, tables: tuple[str, ...]) -> bool:
    """Writes the tables anew, without what was deleted or altered in them. False where that was not possible.

    VACUUM FULL waits for everybody who reads them, as long as a writer would; it runs in no transaction, and a table is exchanged whole or not at all.
    Rows that somebody's snapshot may still see it keeps and says nothing (seen in 296 of 300, while another database was being made on the
    server): then it is done again, for as long as a writer would wait.
    """
    left = list(tables)
    try:
        for turn in range(9):
            left = [table for table in left if _dead_rows_kept(alias, table)]
            if not left:
                return True
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT pg_sleep(%s)", (0.1 * 2**turn,))  # 26 s until the last turn
    except DatabaseError:  # somebody reads, no room, no right: what stands is whole
        return False
    return False


def _dead_rows_kept(alias: str, table: str) -> int:
    """Writes a table anew; how many deleted rows the server kept in it, as it tells (VERBOSE: the first number of the notice's details)."""
    told: list[int] = []

    def hear(notice: Any) -> None:
        number = re.search(r"\d+", notice.message_detail or "")
        told.append(int(number.group()) if number else 0)

    with connections[alias].cursor() as cursor:
        raw = cursor.connection
        raw.add_notice_handler(hear)
        try:
            cursor.execute(f"VACUUM (FULL, VERBOSE) public.{table}")
        finally:
            raw.remove_notice_handler(hear)
    return max(told, default=0)

"""Guards below the ORM: triggers by which the record's tables only grow, whoever writes and by whatever statement. Here those of SQLite.

They hold against our own mistakes and those of tools: bulk and cascade deletes, raw SQL, INSERT OR REPLACE. They do not hold against
somebody who may write the file and drops them; that is what the hashes and the signed checkpoints are for. Django remakes a
table to alter it and drops its triggers without a word, so they are made again after every migration and looked at on every opening.
"""

from __future__ import annotations

from typing import Any

from django.db import connections, transaction

from merestone.ledger.terms import BrokenRecord
from merestone.register import guards_postgres
from merestone.register.configure import PRAGMAS, on_postgres, rows

_REFUSE = "BEGIN SELECT RAISE(ABORT, '{}: {}'); END"
# A row given with a rowid of its own could replace another one by it; a rowid that nobody gave reads as -1 here.
_BY_ROWID = "EXISTS (SELECT 1 FROM {0} WHERE rowid = NEW.rowid)"
_SAME_TURN = "EXISTS (SELECT 1 FROM {0} WHERE commitment = NEW.commitment AND turn = NEW.turn)"
_NAMED = "EXISTS (SELECT 1 FROM ledger_entry WHERE position = NEW.entry AND instr(data, CAST(NEW.commitment AS BLOB)) > 0)"
_TAKEN_OUT = "EXISTS (SELECT 1 FROM vault_removal WHERE commitment = OLD.commitment AND turn = OLD.turn)"
_WAS_THERE = "EXISTS (SELECT 1 FROM vault_removal WHERE commitment = NEW.commitment AND turn >= NEW.turn)"

# name -> (table, when it fires, condition of refusal, what it says)
_GUARDS: dict[str, tuple[str, str, str, str]] = {
    "guard_entry_update": ("ledger_entry", "UPDATE", "1", "entries are never altered"),
    "guard_entry_delete": ("ledger_entry", "DELETE", "1", "entries are never taken out"),
    "guard_entry_insert": (
        "ledger_entry",
        "INSERT",
        "NEW.position IS NOT (SELECT COALESCE(MAX(position) + 1, 0) FROM ledger_entry)",
        "an entry comes at the next position",
    ),
    "guard_checkpoint_update": ("ledger_checkpoint", "UPDATE", "1", "checkpoints are never altered"),
    "guard_checkpoint_delete": ("ledger_checkpoint", "DELETE", "1", "checkpoints are never taken out"),
    "guard_checkpoint_insert": (
        "ledger_checkpoint",
        "INSERT",
        "NEW.size <= (SELECT COALESCE(MAX(size), 0) FROM ledger_checkpoint) OR NEW.size IS NOT (SELECT MAX(position) + 1 FROM ledger_entry)",
        "a checkpoint covers all entries, and more than the one before",
    ),
    "guard_item_update": ("vault_item", "UPDATE", "1", "items are never altered"),
    "guard_item_delete": ("vault_item", "DELETE", f"NOT {_TAKEN_OUT}", "an item goes by an act alone"),
    "guard_item_insert": (
        "vault_item",
        "INSERT",
        f"{_SAME_TURN.format('vault_item')} OR {_BY_ROWID.format('vault_item')} OR {_WAS_THERE}",
        "an item is not written over another",
    ),
    "guard_removal_update": ("vault_removal", "UPDATE", "1", "removals are never altered"),
    "guard_removal_delete": ("vault_removal", "DELETE", "1", "removals are never taken out"),
    "guard_removal_insert": (
        "vault_removal",
        "INSERT",
        f"{_SAME_TURN.format('vault_removal')} OR {_BY_ROWID.format('vault_removal')} OR NOT {_NAMED}",
        "a removal is once, by an entry that names the item",
    ),
}

TRIGGERS: dict[str, str] = {
    name: f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {condition} {_REFUSE.format(table, why)}"
    for name, (table, act, condition, why) in _GUARDS.items()
}
TABLES = tuple(sorted({table for table, *_ in _GUARDS.values()}))


def make(alias: str) -> None:
    """Makes all triggers anew, in one transaction: if we stop here, the old ones stand, or none and the next opening says so."""
    if on_postgres(alias):
        guards_postgres.make(alias)
        return
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        for name, sql in TRIGGERS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(sql)


def before_migration(sender: Any, using: str, plan: Any = (), **_rest: Any) -> None:
    """Receives Django's pre_migrate: takes the guards down where tables will be altered, since some name other tables than their own and
    a table that they name cannot be remade.

    If we stop between this and `after_migration`, the guards are gone: the next opening says so, and `repair` makes them again.
    PostgreSQL alters tables where they stand, and there the guards stay.
    """
    if on_postgres(using):
        return
    if sender.label == "register" and any(migration.app_label == "register" for migration, _ in plan):
        with connections[using].cursor() as cursor:
            for name in TRIGGERS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def after_migration(sender: Any, using: str, **_rest: Any) -> None:
    """Receives Django's post_migrate. Does not catch: a migration run by the executor alone, which sends none; `check` does."""
    if sender.label == "register" and set(TABLES) <= set(connections[using].introspection.table_names()):
        make(using)


def check(alias: str, settings: bool = True) -> int:
    """Raises `BrokenRecord` unless each trigger is there word for word and no other one sits on these tables, and where `settings`
    are asked for unless those of the connection hold: who only reads has others. Returns how many guards there are."""
    if on_postgres(alias):
        return guards_postgres.check(alias, settings)
    marks = ", ".join(["%s"] * len(TABLES))
    found = dict(rows(alias, f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})", TABLES))  # noqa: S608
    for name, sql in TRIGGERS.items():
        if found.get(name) != sql:
            raise BrokenRecord(f"the guard {name}", "the trigger that we made", "none" if name not in found else "another one")
    strangers = sorted(found.keys() - TRIGGERS.keys())
    if strangers:
        raise BrokenRecord("the guards of the record", "ours alone", f"another trigger, {strangers[0]}")
    temporary = rows(alias, "SELECT name FROM sqlite_temp_master WHERE type = 'trigger'")
    if temporary:
        raise BrokenRecord("the guards of the record", "ours alone", f"a passing trigger, {temporary[0][0]}")
    for pragma, wanted in PRAGMAS.items() if settings else ():
        value = str(rows(alias, f"PRAGMA {pragma}")[0][0])
        if value not in (wanted, "memory"):  # a database in memory has no log
            raise BrokenRecord(f"the setting {pragma}", wanted, value)
    return len(TRIGGERS)

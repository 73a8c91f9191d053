"""The same guards in the language of PostgreSQL: a function and a trigger each, and one against TRUNCATE for every table.

They are told by what the catalogue holds (source, language, moment, state) and not by a text that it prints, which differs between releases.
ENABLE ALWAYS: they fire for replication too. Each asks again for every row (VOLATILE), so many rows in one statement are seen one after the other.
"""

from __future__ import annotations

from django.db import connections, transaction

from merestone.ledger.terms import BrokenRecord
from merestone.register.configure import rows
from merestone.register.postgres import SETTINGS

TABLES = ("ledger_checkpoint", "ledger_entry", "vault_item", "vault_removal")
_BITS = {"TRUNCATE": 2 | 32, "UPDATE": 1 | 2 | 16, "DELETE": 1 | 2 | 8, "INSERT": 1 | 2 | 4}  # pg_trigger.tgtype: row, before, and what
_SAME = "EXISTS (SELECT 1 FROM public.{0} o WHERE o.commitment = NEW.commitment AND o.turn = NEW.turn)"
_WAS = "EXISTS (SELECT 1 FROM public.vault_removal o WHERE o.commitment = NEW.commitment AND o.turn >= NEW.turn)"
_OUT = "EXISTS (SELECT 1 FROM public.vault_removal o WHERE o.commitment = OLD.commitment AND o.turn = OLD.turn)"
_NAMED = "EXISTS (SELECT 1 FROM public.ledger_entry o WHERE o.position = NEW.entry AND position(convert_to(NEW.commitment, 'UTF8') IN o.data) > 0)"
_NOT_MORE = "NEW.size <= (SELECT COALESCE(MAX(o.size), 0) FROM public.ledger_checkpoint o)"
_ALL = "(SELECT MAX(o.position) + 1 FROM public.ledger_entry o)"

# name -> (table, when it fires, condition of refusal, what it says)
_GUARDS: dict[str, tuple[str, str, str, str]] = {
    "guard_entry_update": ("ledger_entry", "UPDATE", "true", "entries are never altered"),
    "guard_entry_delete": ("ledger_entry", "DELETE", "true", "entries are never taken out"),
    "guard_entry_truncate": ("ledger_entry", "TRUNCATE", "true", "entries are never taken out"),
    "guard_entry_insert": (
        "ledger_entry",
        "INSERT",
        "NEW.position IS DISTINCT FROM (SELECT COALESCE(MAX(o.position) + 1, 0) FROM public.ledger_entry o)",
        "an entry comes at the next position",
    ),
    "guard_checkpoint_update": ("ledger_checkpoint", "UPDATE", "true", "checkpoints are never altered"),
    "guard_checkpoint_delete": ("ledger_checkpoint", "DELETE", "true", "checkpoints are never taken out"),
    "guard_checkpoint_truncate": ("ledger_checkpoint", "TRUNCATE", "true", "checkpoints are never taken out"),
    "guard_checkpoint_insert": (
        "ledger_checkpoint",
        "INSERT",
        f"{_NOT_MORE} OR NEW.size IS DISTINCT FROM {_ALL}",
        "a checkpoint covers all entries, and more than the one before",
    ),
    "guard_item_update": ("vault_item", "UPDATE", "true", "items are never altered"),
    "guard_item_delete": ("vault_item", "DELETE", f"NOT {_OUT}", "an item goes by an act alone"),
    "guard_item_truncate": ("vault_item", "TRUNCATE", "true", "an item goes by an act alone"),
    "guard_item_insert": ("vault_item", "INSERT", f"{_SAME.format('vault_item')} OR {_WAS}", "an item is not written over another"),
    "guard_removal_update": ("vault_removal", "UPDATE", "true", "removals are never altered"),
    "guard_removal_delete": ("vault_removal", "DELETE", "true", "removals are never taken out"),
    "guard_removal_truncate": ("vault_removal", "TRUNCATE", "true", "removals are never taken out"),
    "guard_removal_insert": (
        "vault_removal",
        "INSERT",
        f"{_SAME.format('vault_removal')} OR NOT {_NAMED}",
        "a removal is once, by an entry that names the item",
    ),
}

# The server samples values of columns for its planner, and keeps them where no erasing would reach: not of these.
UNSAMPLED = {
    "vault_item": ("key", "data", "wrapped", "fingerprint"),
    "exhibit": ("name", "publisher", "published", "language"),
    "claim": ("kind", "initiator", "start", "end", "near", "first", "last", "south", "north", "west", "east"),
    "account": ("name",),
}


def _body(name: str) -> str:
    table, act, condition, why = _GUARDS[name]
    back = {"INSERT": "NEW", "DELETE": "OLD"}.get(act, "NULL")
    refuse = f"RAISE EXCEPTION '{table}: {why}' USING ERRCODE = '23000';"
    return f"BEGIN IF {condition} THEN {refuse} END IF; RETURN {back}; END"


BODIES = {name: _body(name) for name in _GUARDS}


def make(alias: str) -> None:
    """Makes all functions and triggers anew, in one transaction: if we stop here, the old ones stand."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        for name, (table, act, _, _) in _GUARDS.items():
            each = "STATEMENT" if act == "TRUNCATE" else "ROW"
            cursor.execute(f"CREATE OR REPLACE FUNCTION public.{name}() RETURNS trigger LANGUAGE plpgsql AS $guard${BODIES[name]}$guard$")
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON public.{table}")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE {act} ON public.{table} FOR EACH {each} EXECUTE FUNCTION public.{name}()")
            cursor.execute(f"ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER {name}")
        for table, columns in UNSAMPLED.items():
            altered = ", ".join(f'ALTER COLUMN "{column}" SET STATISTICS 0' for column in columns)
            cursor.execute(f"ALTER TABLE public.{table} {altered}")


_FOUND = """
SELECT t.tgname, c.relname, t.tgtype::int, t.tgenabled::text, t.tgqual IS NULL AND t.tgattr::text = '' AND t.tgnargs = 0,
       n.nspname || '.' || p.proname, l.lanname, p.prosrc, p.provolatile::text, p.prosecdef OR p.proconfig IS NOT NULL
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace s ON s.oid = c.relnamespace
     JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
WHERE NOT t.tgisinternal AND s.nspname = 'public' AND c.relname = ANY(%s)
"""
_RULES = "SELECT rulename FROM pg_rules WHERE schemaname = 'public' AND tablename = ANY(%s) ORDER BY rulename"


def check(alias: str, settings: bool) -> int:
    """As `guards.check`; returns how many there are."""
    found = {str(row[0]): tuple(row[1:]) for row in rows(alias, _FOUND, (list(TABLES),))}
    for name, (table, act, _, _) in _GUARDS.items():
        wanted = (table, _BITS[act], "A", True, f"public.{name}", "plpgsql", BODIES[name], "v", False)
        if found.get(name) != wanted:
            raise BrokenRecord(f"the guard {name}", "the trigger that we made", "none" if name not in found else "another one")
    strangers = sorted(found.keys() - _GUARDS.keys())
    if strangers:
        raise BrokenRecord("the guards of the record", "ours alone", f"another trigger, {strangers[0]}")
    rules = rows(alias, _RULES, (list(TABLES),))
    if rules:
        raise BrokenRecord("the guards of the record", "ours alone", f"a rule of the database, {rules[0][0]}")
    for setting, value in {**SETTINGS, "session_replication_role": "origin"}.items() if settings else ():
        stands = str(rows(alias, f"SHOW {setting}")[0][0])
        if stands != value:
            raise BrokenRecord(f"the setting {setting}", value, stands)
    return len(_GUARDS)

"""The tables as migrations make them are those that the models say."""

from __future__ import annotations

import subprocess
import sys

from django.core.management import call_command
from django.db import connections

from merestone.register import guards
from merestone.register.configure import in_memory, leave
from merestone.register.folds import TABLES


def test_no_migration_is_missing() -> None:
    alias = in_memory()
    call_command("makemigrations", "register", check=True, dry_run=True, verbosity=0)  # ends the program where one is missing
    leave(alias)


def test_the_check_can_be_run_by_itself() -> None:
    code = "from merestone.register.configure import settle; settle(); from django.core.management import call_command; "
    code += "call_command('makemigrations', 'register', check=True, dry_run=True)"
    told = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert "No changes detected" in told.stdout


def test_all_tables_are_the_record_or_folds_of_it() -> None:
    alias = in_memory()
    call_command("migrate", database=alias, verbosity=0, interactive=False)
    assert set(connections[alias].introspection.table_names()) == {*guards.TABLES, *TABLES, "django_migrations"}
    guards.check(alias)
    leave(alias)


def test_there_is_no_default_database() -> None:
    import pytest
    from django.core.exceptions import ImproperlyConfigured

    with pytest.raises(ImproperlyConfigured):
        connections["default"].cursor()

"""Passwords of the desk: one hash an account in DIR/keys, beside the other things that no copy of the record needs.

They are no part of the record: no entry speaks of them, and who loses one sets another. The law it keeps: a password is stored as its scrypt
hash alone, and that somebody has none is told to nobody.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from django.contrib.auth.hashers import check_password, make_password

from merestone.ledger.terms import Refusal
from merestone.register import queries
from merestone.register.mission import KEYS
from merestone.register.terms import Account, Mission

FILE = "passwords.json"
SHORTEST, LONGEST = 12, 1024  # characters


def set_password(mission: Mission, name: str, password: str) -> Account:
    """For the account of that name or id, which must be open.

    The commit point is the rename. If we stop before it, the old passwords hold and a file with `.new` lies there, which the next one
    replaces.
    """
    account = next((each for each in queries.accounts(mission) if name in (each.id, each.name)), None)
    if account is None:
        raise Refusal("unknown_actor", asked=name, there_is=", ".join(each.name or each.id for each in queries.accounts(mission)))
    if not account.open:
        raise Refusal("actor_dismissed", actor=name)
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refusal("password_length", least=SHORTEST, most=LONGEST)
    _write(mission.folder / KEYS / FILE, {**hashes(mission), account.id: make_password(password)})
    return account


def hashes(mission: Mission) -> Mapping[str, str]:
    """Account -> hash, of those who have a password. Read anew each time: who sets one wants it to hold at once."""
    path = mission.folder / KEYS / FILE
    try:
        told = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise Refusal("passwords_malformed", file=f"{KEYS}/{FILE}") from error
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise Refusal("passwords_malformed", file=f"{KEYS}/{FILE}")
    return told


def account_of(mission: Mission, name: str, password: str) -> Account | None:
    """The open account of that name if this is its password. Takes as long for a name that nobody has, so that trying tells nothing."""
    stored = hashes(mission)
    account = next((each for each in queries.accounts(mission) if each.open and name and name in (each.id, each.name)), None)
    known = stored.get(account.id) if account else None
    if known is None:
        make_password(password[:LONGEST])  # the work of a check
        return None
    return account if check_password(password[:LONGEST], known) else None


def _write(path: Path, told: Mapping[str, str]) -> None:
    new = path.with_suffix(".new")
    try:
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(json.dumps(told, indent=1, sort_keys=True) + "\n")
            file.flush()
            os.fsync(file.fileno())
        new.rename(path)
    except OSError as error:
        raise Refusal("cannot_write", path=path.name, found=error.strerror or type(error).__name__) from error

"""A mission on disk: made once, on purpose, and opened only when all of it is there and agrees.

Nothing is made by guess: a file that is missing is a refusal that says so. `mission.json` is written last, so a folder without it
holds no mission, whatever else it holds.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register import address, desk, guards, ids, keys, packs, queries, vault
from merestone.register.configure import connect, is_there, leave, on_postgres, path_of, read_only, trouble, url_of
from merestone.register.folds import TABLES
from merestone.register.postgres import refuse_taken
from merestone.register.record import writing
from merestone.register.terms import Act, Founding, Ground, Mission

FORMAT = 1
FILE, KEYS, EDITIONS = "mission.json", "keys", "editions"
FIRST = "ACC-001"


def origin(mission: str) -> str:
    """The name under which a mission signs."""
    return f"merestone/{mission}"


def create(folder: Path, founding: Founding, ground: Ground) -> Mission:
    """Makes a mission: keys, pack, tables, the first two entries, and last of all `mission.json`.

    That file is the commit point. If we stop before it is there, the folder is no mission: opening says so, and so does making one
    there again, until somebody has taken it away. All that can be looked at is looked at before anything is made: a slip leaves nothing behind.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal("folder_taken", folder=str(folder), found="a mission" if (folder / FILE).exists() else "other files")
    packs.fit(founding.pack)
    database = address.checked(founding.database)
    alias = connect(url_of(folder, founding.database))  # of a file nothing comes to be before it is used
    with ExitStack() as undone:
        undone.callback(leave, alias)
        if on_postgres(alias):
            refuse_taken(alias, {*guards.TABLES, *TABLES, "django_migrations"})
        made = _founded(folder, founding, ground, alias, database)
        undone.pop_all()
    return made


def _founded(folder: Path, founding: Founding, ground: Ground, alias: str, database: str) -> Mission:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)  # names and open words lie in it: no other account of the machine is to read them
        (folder / EDITIONS).mkdir()
    except OSError as problem:
        raise Refusal("cannot_write", found=str(problem.strerror)) from problem
    pack = packs.copied(founding.pack, folder / packs.FOLDER)
    number = ids.random_id(ground, "MIS")
    ours = keys.create(folder / KEYS, origin(number), ground.chance, founding.passphrase)
    call_command("migrate", database=alias, verbosity=0, interactive=False)
    mission = Mission(folder, number, alias, ours, ground)
    with writing(mission) as at:
        title = vault.item(mission, "title", number, (founding.title or pack.title).encode())
        name = vault.item(mission, "name", FIRST, founding.actor.encode())
        body = {"mission": number, "title": title.commitment, "pack": pack.name, "pack_digest": pack.digest, "verifier": ours.verifier}
        at.add(Act("opened", FIRST, {**body, "vault_key": ours.vault_public.hex()}, items=(title,)))
        roles = {"account": FIRST, "roles": list(founding.roles), "name": name.commitment}
        at.add(Act("appointed", FIRST, roles, items=(name,)))
    _write_last(folder / FILE, {"format": FORMAT, "mission": number, "database": database})
    return mission


def open_mission(folder: Path, ground: Ground, passphrase: bytes | None = None, repair: bool = False, folds: bool = True) -> Mission:
    """Opens a mission that is whole: format, keys, tables (brought up to date), guards, head, keys and pack as the record names them.

    `repair` makes missing guards again; it alters nothing else. Without `folds` what the tables of folds say is not asked for: who makes
    them anew cannot need them. `Refusal` says what is missing, `BrokenRecord` what does not agree.
    """
    told = described(folder)
    held = keys.load(folder / KEYS, passphrase)
    alias = connect(url_of(folder, told["database"]))
    mission = Mission(folder, told["mission"], alias, held, ground)
    try:
        if brought_up(alias) or repair:
            guards.make(alias)
        guards.check(alias)
        _agrees(mission)
        if folds:
            packs.of(mission)
    except DatabaseError as problem:
        leave(alias)
        raise trouble(problem) from problem
    except (Refusal, BrokenRecord):
        leave(alias)
        raise
    return mission


def open_broken(folder: Path, ground: Ground, passphrase: bytes | None = None) -> Mission:
    """Opens what `open_mission` did not, to be looked at and no more: nothing is checked, and the connection can alter nothing."""
    told = described(folder)
    held = keys.load(folder / KEYS, passphrase)
    return Mission(folder, told["mission"], read_only(url_of(folder, told["database"])), held, ground)


@contextmanager
def in_use(mission: Mission) -> Iterator[Mission]:
    """The mission until the end of the work, then closed. What the database cannot do meanwhile is told in words."""
    try:
        yield mission
    except DatabaseError as problem:
        raise trouble(problem) from problem
    finally:
        close(mission)


def close(mission: Mission) -> None:
    leave(mission.alias)


def described(folder: Path) -> dict[str, str]:
    """What mission.json says, of a mission whose database is there."""
    path = folder / FILE
    if not path.is_file():
        raise Refusal("mission_missing", folder=str(folder))
    try:
        told = json.loads(path.read_bytes())
    except ValueError:
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("mission"), str) or not isinstance(told.get("database"), str):
        raise Refusal("mission_malformed", file=FILE)
    if told.get("format") != FORMAT:
        raise Refusal("mission_newer", found=str(told.get("format")), known=FORMAT)
    if not is_there(folder, told["database"]):
        raise Refusal("record_missing", file=path_of(folder, told["database"]).name)
    return {"mission": told["mission"], "database": told["database"]}


def brought_up(alias: str) -> bool:
    """Applies migrations that wait. True when there were any."""
    executor = MigrationExecutor(connections[alias])
    known = executor.loader.graph.nodes.keys()
    strangers = sorted(name for app, name in executor.loader.applied_migrations if app == "register" and (app, name) not in known)
    if strangers:
        raise Refusal("mission_newer", found=strangers[-1], known=FORMAT)
    if all(app != "register" for app, _ in executor.loader.applied_migrations):  # making tables is for `create` alone
        raise BrokenRecord("the record's database", "the tables of a mission", "none")
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", database=alias, verbosity=0, interactive=False)
    return True


def _agrees(mission: Mission) -> None:
    """The record speaks of this mission and of these keys, and its head is signed."""
    if not desk.head(mission.alias, mission.keys.verifier).size:
        raise BrokenRecord("entry 0", f"the opening of {mission.id}", "no entry at all")
    first = queries.entry(mission, 0).body
    if first.get("mission") != mission.id:
        raise BrokenRecord("entry 0", f"the opening of {mission.id}", f"that of {first.get('mission')}")
    keys.belongs(mission.keys, str(first.get("verifier")), str(first.get("vault_key")))


def _write_last(path: Path, told: dict[str, object]) -> None:
    """Whole or not at all: a name that appears is on the disk with its bytes."""
    new = path.with_suffix(".new")
    with new.open("w", encoding="utf-8") as file:
        file.write(json.dumps(told, indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    new.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

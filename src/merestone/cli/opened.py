"""The mission that a command is about: which one, opened with the real clock and chance, and closed again."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from merestone.cli.ground import chance, now, passphrase, typed
from merestone.ledger.terms import BrokenRecord, Refusal

if TYPE_CHECKING:
    from merestone.register.terms import Ground, Mission

MARK = "mission.json"


def folder_of(args: argparse.Namespace) -> Path:
    """-C, else the present folder if it is a mission. Refuses `no_mission`: nothing is looked for further up."""
    if args.folder is not None:
        return Path(args.folder)
    if not Path(MARK).is_file():
        raise Refusal("no_mission")
    return Path()


def ground() -> Ground:
    from merestone.register.terms import Ground

    return Ground(now, chance)


@contextmanager
def opened(args: argparse.Namespace, asks: bool = False, repair: bool = False, folds: bool = True) -> Iterator[Mission]:
    """The mission, open. Where `asks`, a passphrase that was set and not given is asked for on a terminal."""
    from merestone.register import keys
    from merestone.register.mission import in_use, open_mission

    folder, known = folder_of(args), passphrase(args)
    if asks and known is None and (folder / MARK).is_file() and not keys.unlocked_without_passphrase(folder / keys.FOLDER):
        known = typed("Passphrase of the vault: ")
    with in_use(open_mission(folder, ground(), known, repair, folds)) as mission:
        yield mission


@contextmanager
def looked_at(args: argparse.Namespace) -> Iterator[Mission]:
    """The mission for who only looks. A record that is broken, or that cannot be written here, is read all the same; the first is
    raised again when all was shown: stop writing, keep reading."""
    from merestone.register.mission import in_use, open_broken, open_mission

    folder, known = folder_of(args), passphrase(args)
    broken = None
    try:
        mission = open_mission(folder, ground(), known)
    except BrokenRecord as found:
        broken, mission = found, open_broken(folder, ground(), known)
    except Refusal as refusal:
        if refusal.code != "cannot_write":
            raise
        mission = open_broken(folder, ground(), known)
    with in_use(mission), _then(mission, str(getattr(args, "known", ""))) as shown:
        yield shown
    if broken is not None:
        raise broken


@contextmanager
def _then(mission: Mission, asked: str) -> Iterator[Mission]:
    """The mission as it was known at the hour asked for, "" for the present."""
    if not asked:
        yield mission
        return
    from merestone.register import packs
    from merestone.register.known import as_known, hour_asked

    with as_known(mission, hour_asked(asked, packs.of(mission).timezones)) as past:
        yield past

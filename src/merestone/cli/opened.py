"""The mission that a command is about: which one, opened with the real clock and chance, and closed again."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from merestone.cli.ground import chance, now, passphrase, typed
from merestone.ledger.terms import Refusal

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
def opened(args: argparse.Namespace, asks: bool = False, repair: bool = False) -> Iterator[Mission]:
    """The mission, open. Where `asks`, a passphrase that was set and not given is asked for on a terminal."""
    from merestone.register import keys
    from merestone.register.mission import close, open_mission

    folder, known = folder_of(args), passphrase(args)
    if asks and known is None and (folder / MARK).is_file() and not keys.unlocked_without_passphrase(folder / keys.FOLDER):
        known = typed("Passphrase of the vault: ")
    mission = open_mission(folder, ground(), known, repair)
    try:
        yield mission
    finally:
        close(mission)

"""The pack of a mission: a copy in its folder, whose digest the record names.

The law it keeps: whoever alters the copy is told so on the next opening. The copy is put in its place after the COMMIT; if we stop
between the two, the next opening finds the other copy beside it and finishes the exchange.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from merestone.capture.pack import SHIPPED, TABLES, list_packs, load_pack
from merestone.capture.terms import Pack
from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register import people, queries, vault
from merestone.register.terms import Act, Mission, Recorded

FOLDER, NEXT = "pack", "pack.next"
_NAME = re.compile("[a-z][a-z0-9_-]{0,63}")


def fit(asked: str) -> Pack:
    """The pack that somebody asks for, if a mission can have it."""
    pack = load_pack(asked)
    if not _NAME.fullmatch(pack.name):
        raise Refusal("pack_name", found=pack.name)
    return pack


def copied(asked: str, folder: Path) -> Pack:
    """Copies the pack's own files into `folder` (a folder as FOLDER/NAME/, a single file as FOLDER/NAME.yaml) and opens the copy."""
    pack = fit(asked)
    source = SHIPPED / asked if asked in list_packs() else Path(asked)
    if folder.exists():
        shutil.rmtree(folder)
    if source.is_dir():
        (folder / pack.name).mkdir(parents=True)
        for table in TABLES:
            if (source / table).is_file():
                shutil.copyfile(source / table, folder / pack.name / table)
    else:
        folder.mkdir(parents=True)
        shutil.copyfile(source, folder / f"{pack.name}.yaml")
    copy = opened(folder)
    if copy.digest != pack.digest:
        raise Refusal("pack_changed", name=pack.name)
    return copy


def opened(folder: Path) -> Pack:
    """The pack that lies in such a folder."""
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    if len(inside) != 1:
        raise Refusal("pack_missing", folder=folder.name)
    return load_pack(str(inside[0]))


def of(mission: Mission) -> Pack:
    """The mission's pack. `BrokenRecord` unless it is the one that the record names."""
    row = queries.mission_row(mission)
    settled(mission.folder, row.pack_digest)
    pack = opened(mission.folder / FOLDER)
    if pack.digest != row.pack_digest or pack.name != row.pack:
        raise BrokenRecord("the mission's pack", f"{row.pack} with digest {row.pack_digest}", f"{pack.name} with digest {pack.digest}")
    return pack


def adopt(mission: Mission, actor: str, pack: str, reason: str = "") -> Recorded:
    """The mission goes on with another pack, or another state of its own."""
    from merestone.register.record import writing

    following = mission.folder / NEXT
    with writing(mission) as desk:
        by = people.who(mission, actor)
        copy = copied(pack, following)
        items = (vault.item(mission, "reason", "", reason.encode()),) if reason else ()
        body = {"pack": copy.name, "pack_digest": copy.digest, "reason": items[0].commitment if items else ""}
        done = Recorded(desk.add(Act("pack_adopted", by.id, body, items=items)), "pack_adopted", copy.name)
    settled(mission.folder, copy.digest)
    return done


def settled(folder: Path, digest: str) -> None:
    """Puts the copy that waits into its place if it is the one that the record names; else throws it away."""
    waits, place, old = folder / NEXT, folder / FOLDER, folder / "pack.old"
    if not waits.exists():
        return
    try:
        right = opened(waits).digest == digest
    except Refusal:  # half a copy, of an adoption that did not come to its end
        right = False
    if right:
        if place.exists():
            shutil.rmtree(old, ignore_errors=True)
            place.rename(old)
        waits.rename(place)  # if we stop before this line, the next opening comes here again
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(waits, ignore_errors=True)

"""After the COMMIT of an act that took bytes away: what is left of them below the tables and beside them.

The law it keeps: the act is whole without this. It looks at what stands and not at what was just done, so that what one run could not
finish the next one does. Does not catch: blocks that the file system or the disk kept for itself, and copies of the folder; of a server
its log of writing, its standbys and its backups, which only who runs it can see to. So for a server the answer is never that all is gone.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.db import OperationalError, connections

from merestone.register import postgres, queries, vault
from merestone.register.configure import on_postgres
from merestone.register.guards_postgres import UNSAMPLED
from merestone.register.terms import EditionRow, Mission
from merestone.report.terms import PUBLIC

EDITIONS = "editions"


def swept(mission: Mission) -> bool:
    """Takes out bundles that hold what was erased or protected since, writes the database anew, cuts its log to nothing. False when
    that was not possible (somebody else was reading, the disk was full), and of a server always: then old bytes may still stand there."""
    try:
        for path in bundles(mission):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)
    except OSError:  # not ours to delete; `bundles` names them again next time
        _rewritten(mission)
        return False
    return _rewritten(mission)


def bundles(mission: Mission) -> list[Path]:
    """Files of published editions in the mission's folder that hold what was erased; and what was protected, unless they were made for
    the public, who have them. Their digests stay in the ledger, so that a copy elsewhere can still be checked."""
    closed = {row.id: row.erased for row in queries.exhibits(mission) if row.protected or row.erased}
    taken = {f"{row.id}-": tuple(_taken(mission, row, closed)) for row in queries.editions(mission)}
    folder = mission.folder / EDITIONS
    kept = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in kept for name, out in taken.items() if path.name.startswith(name) and _goes(path.name, out)]


def _goes(name: str, taken: tuple[bool, ...]) -> bool:
    return any(taken) or (bool(taken) and f"-{PUBLIC}" not in name)


def _taken(mission: Mission, row: EditionRow, closed: dict[str, bool]) -> Iterator[bool]:
    """For each thing that was taken out of an edition, whether it was erased."""
    rests = vault.open_item(mission.alias, row.rests)
    if rests is not None:
        yield from (erased for ident, erased in closed.items() if f'"{ident}"'.encode() in rests)
    by = vault.removed_by(mission.alias, row.content)
    if by is not None:
        yield queries.entry(mission, by).act == "erased"


def _rewritten(mission: Mission) -> bool:
    """secure_delete overwrites rows where they stand, but not copies that the database left when it moved a row to another page
    (seen: 2 of 900, in a table kept in the order of its key). A database that is written anew has no such pages.

    It passes through a file without a name, which would lie where the machine keeps passing files and not where the mission does.
    """
    connection = connections[mission.alias]
    if on_postgres(mission.alias):
        postgres.rewritten(mission.alias, tuple(UNSAMPLED))  # all tables that hold, or show, what lies in the vault
        return False
    here = str(mission.folder.resolve()).replace("'", "''")
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"PRAGMA temp_store_directory = '{here}'")  # of the whole process; it has no form with a parameter
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return int(cursor.fetchone()[0]) == 0
        except OperationalError:  # locked by somebody else for longer than we wait, or no room on the disk: what stands is whole
            return False
        finally:
            cursor.execute("PRAGMA temp_store_directory = ''")

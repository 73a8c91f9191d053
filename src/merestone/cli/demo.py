"""The teaching mission: an invented conflict, three invented people, and one of each act from the opening to a published edition.

It replaces what it made itself and nothing else: everything is made in a folder with a dot, and takes the place of the old one only if
nobody changed a file or worked in the mission since.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from base64 import b32encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from merestone.cli.ground import write
from merestone.ledger.terms import Refusal

if TYPE_CHECKING:
    from merestone.register.terms import Ground, Mission

MISSION, MARK, UNFINISHED = "mission", "demo.json", ".demo-unfinished"
ANALYST, REVIEWER, PUBLISHER = "analyst-1", "reviewer-1", "publisher-1"
FIRST_HOUR = datetime(2031, 6, 1, 8, 0, tzinfo=UTC)  # ten days after the last of what is told
LEFT = 3  # exhibits whose proposals nobody records, so that one sees what a proposal looks like
TRACES = ("record.sqlite3-wal", "record.sqlite3-shm")  # that the database leaves beside itself while somebody reads


@dataclass(frozen=True, slots=True)
class Built:
    """What the demonstration has: counts for people, and the address of the report."""

    mission: str
    exhibits: int
    claims: int
    recorded: int
    incidents: int
    bundles: tuple[str, ...]
    report: str
    account: str
    password: str


def build(folder: Path, ground: Ground, progress: Callable[[str, int, int], None]) -> Built:
    """Makes it all in `folder`. Refuses `demo_taken` and `demo_changed` before anything is written.

    The commit point is the moving of what is finished. If we stop before it, only a folder with a dot is there, which the next run throws
    away; if we stop within it, what is missing is made by the next run, for the list of what is ours moves first.
    """
    _ours(folder, ground)
    new = folder / UNFINISHED
    shutil.rmtree(new, ignore_errors=True)
    try:
        new.mkdir(parents=True)
    except OSError as error:
        raise Refusal("cannot_write", path=str(folder), found=error.strerror or type(error).__name__) from error
    password = _password(ground)
    told, size = _acts(new, _in_its_time(ground), progress, password)
    files = {path.relative_to(new).as_posix(): path for path in sorted(new.rglob("*")) if path.is_file() and path.name not in TRACES}
    inside = [name for name in files if name.startswith(f"{MISSION}/")]
    outside = {name: _digest(path) for name, path in files.items() if name not in inside}
    write(new / MARK, (json.dumps({"files": outside, "mission": inside, "size": size}, indent=1) + "\n").encode())
    _remove(folder)
    for name in (MARK, MISSION, *outside):
        (new / name).rename(folder / name)
    new.rmdir()
    return Built(
        **told, bundles=tuple(name for name in outside if name.endswith(".zip")), report=(folder / "report.html").resolve().as_uri(),
        account=ANALYST, password=password,
    )  # fmt: skip


def _password(ground: Ground) -> str:
    """A new one each time, for this machine: 80 bits, in groups that can be read aloud."""
    letters = b32encode(ground.chance(10)).decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def _in_its_time(ground: Ground) -> Ground:
    """The example's own clock, which goes on from its first of June as the machine's does. By the machine's year its days would still be to
    come, and `public` would withhold as too new what the example is there to show."""
    from merestone.register.terms import Ground as On

    began = ground.clock()
    return On(lambda: FIRST_HOUR + (ground.clock() - began), ground.chance)


def _acts(new: Path, ground: Ground, progress: Callable[[str, int, int], None], password: str) -> tuple[dict[str, Any], int]:
    """Every act once, in the order of a working day. Gives the counts, and how many entries there are at the end."""
    from merestone.register import decide, editions, judge, people, queries
    from merestone.register.audit import verify
    from merestone.register.claims import record_claims
    from merestone.register.edition import Asking
    from merestone.register.mission import close, create
    from merestone.register.propose import propose
    from merestone.register.terms import Founding
    from merestone.report import write as written
    from merestone.web.passwords import set_password
    from merestone.web.settings import lay

    mission = create(new / MISSION, Founding("teaching", ANALYST, roles=("monitor", "analyst", "administrator")), ground)
    try:
        people.appoint(mission, ANALYST, REVIEWER, ("reviewer",))
        people.appoint(mission, ANALYST, PUBLISHER, ("publisher",))
        lay(ground.chance(32))
        set_password(mission, ANALYST, password)
        progress("receive", 1, 6)
        _receive(mission)
        progress("propose", 2, 6)
        propose(mission, ANALYST)
        read = [row.id for row in queries.exhibits(mission) if queries.claims(mission, row.id, "proposed")]
        recorded = record_claims(mission, ANALYST, read[:-LEFT])
        incident, a, b = _pair(mission)
        judge.judge(mission, ANALYST, a, b, "same", "The same place and hour in both; only the words differ.")
        propose(mission, ANALYST)
        deciding = decide.Deciding(
            incident, "adopted", reason="Several independent sources, and no reason to doubt the place and the hour."
        )
        decide.decide(mission, REVIEWER, deciding)
        progress("draft", 3, 6)
        working = editions.draft(mission, ANALYST, Asking())
        written(editions.files(mission, working.id, "internal"), new)
        final = editions.draft(mission, ANALYST, Asking(recorded_only=True))
        editions.approve(mission, REVIEWER, final.id, "Looked through with the sources beside it.")
        for number, profile in enumerate(("public", "internal"), start=4):
            progress("publish", number, 6)
            _, bundle = editions.publish(mission, PUBLISHER, final.id, profile)
            for path in (new / MISSION / "editions", new):
                write(path / f"{final.id}-{profile}.zip", bundle)
        progress("verify", 6, 6)
        verify(mission)
        size, _ = queries.head(mission)
        counts = queries.counts(mission)
    finally:
        close(mission)
    kept = {name: counts[name.removesuffix("s")] for name in ("exhibits", "claims", "incidents")}
    return {"mission": mission.id, "recorded": len(recorded), **kept}, size


def _receive(mission: Mission) -> None:
    from merestone.capture import Options
    from merestone.capture.pack import SHIPPED
    from merestone.register.receive import receive

    documents = SHIPPED / "teaching" / "documents"
    options = Options(manifest=documents / "manifest.csv", received_at=mission.ground.clock())
    for _ in receive(mission, ANALYST, (documents,), options):
        pass


def _pair(mission: Mission) -> tuple[str, str, str]:
    """The incident that most exhibits tell of, and two claims of it from different exhibits."""
    from merestone.register import queries

    told: dict[str, dict[str, str]] = {}
    for row in queries.claims(mission, state="recorded"):
        if row.incident and not row.part:
            told.setdefault(row.incident, {}).setdefault(row.exhibit, row.ref)
    incident = max(told, key=lambda number: (len(told[number]), number))
    a, b, *_ = told[incident].values()
    return incident, a, b


# --- what is ours -------------------------------------------------------------------------------------------------


def _ours(folder: Path, ground: Ground) -> None:
    """Refuses when something that would be replaced was not made by a demonstration, or was changed since."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Refusal("cannot_write", path=str(folder), found="not a folder, or a link to one")
    made = _made(folder)
    if made is None:
        from merestone.report.render import FILES

        taken = [name for name in (MISSION, MARK, *FILES) if (folder / name).exists()]
        if taken:
            raise Refusal("demo_taken", folder=str(folder), found=taken[0])
        return
    changed = [name for name, digest in made["files"].items() if (folder / name).exists() and _digest(folder / name) != digest]
    changed += [name for name in _inside(folder) if name not in made["mission"] and Path(name).name not in TRACES]
    if (folder / MISSION).is_symlink():
        changed = [MISSION]
    if not changed and (folder / MISSION / "mission.json").exists() and _size(folder / MISSION, ground) != made["size"]:
        changed = [MISSION]
    if changed:
        raise Refusal("demo_changed", folder=str(folder), found=changed[0])


def _remove(folder: Path) -> None:
    """Takes the old one away: what its own list names, and nothing besides."""
    made = _made(folder)
    if made is None:
        return
    for name in made["files"]:
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / MISSION, ignore_errors=True)
    (folder / MARK).unlink()


def _made(folder: Path) -> dict[str, Any] | None:
    try:
        told = json.loads((folder / MARK).read_bytes())
    except (OSError, ValueError):
        return None
    plain = isinstance(told, dict) and set(told) == {"files", "mission", "size"} and isinstance(told["files"], dict)
    return told if plain and all(Path(name).name == name not in ("", "..") for name in told["files"]) else None


def _inside(folder: Path) -> Iterator[str]:
    yield from (path.relative_to(folder).as_posix() for path in (folder / MISSION).rglob("*") if not path.is_dir() or path.is_symlink())


def _size(mission: Path, ground: Ground) -> int:
    from merestone.register import queries
    from merestone.register.mission import close, open_mission

    opened = open_mission(mission, ground)
    try:
        return queries.head(opened)[0]
    finally:
        close(opened)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

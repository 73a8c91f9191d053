"""Small things to work with: two texts of opposite sides about one exchange of fire, received and proposed at a mission."""

from __future__ import annotations

from pathlib import Path

from merestone.capture import Options
from merestone.register import queries
from merestone.register.propose import Proposed, propose
from merestone.register.receive import Arrived, receive
from merestone.register.terms import ClaimRow, Mission
from tests.register.cast import ANALYST, MONITOR

VELDAR = "On 17 May at 02:40 Orsayan forces opened fire with small arms at the village of Keldholt. One civilian was wounded."
ORSAY = "On 17 May at about 02:45 Veldaran troops fired small arms at Orsayan positions near Keldholt. No one was hurt."
LATER = "On 20 May Orsayan forces shelled the village of Keldholt with mortars. A cow was killed."


def give(mission: Mission, folder: Path, files: dict[str, str | bytes], **options: object) -> list[Arrived]:
    """Writes the files and receives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    manifest = folder / "manifest.csv"
    told = Options(manifest=manifest if manifest.exists() else None, **options)  # type: ignore[arg-type]
    return list(receive(mission, MONITOR, [folder], told))


def two_sides(mission: Mission, folder: Path) -> tuple[str, str]:
    """The ids of both exhibits: the Veldaran and the Orsayan."""
    manifest = (
        "path,publisher,published,language\n"
        "ve.txt,Ministry of Defence of Veldar,2031-05-17T09:00-02:00,en\n"
        "or.txt,Ministry of Defence of Orsay,2031-05-17T10:00-02:00,en\n"
    )
    arrived = give(mission, folder, {"ve.txt": VELDAR, "or.txt": ORSAY, "manifest.csv": manifest})
    by_name = {each.name: each.exhibit for each in arrived}
    return by_name["ve.txt"], by_name["or.txt"]


def proposed(mission: Mission, *exhibits: str) -> Proposed:
    return propose(mission, ANALYST, exhibits)


def claims(mission: Mission, exhibit: str, part: str = "") -> list[ClaimRow]:
    return [row for row in queries.claims(mission, exhibit=exhibit) if row.part == part]


def acts(mission: Mission) -> list[str]:
    return [entry.act for entry in queries.entries(mission, 0, 10_000)]

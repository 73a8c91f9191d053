"""A mission with the teaching documents, a witness and one who is hidden later; and how tests take a bundle apart."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2

from merestone.capture import Options
from merestone.capture.pack import SHIPPED
from merestone.register import editions, queries
from merestone.register import mission as missions
from merestone.register.claims import record_claims
from merestone.register.edition import Asking
from merestone.register.propose import propose
from merestone.register.receive import receive
from merestone.register.terms import Mission
from tests.register.cast import ANALYST, MONITOR, PUBLISHER, REVIEWER
from tests.register.conftest import founded, ground, whole

LATER = datetime(2031, 6, 20, 9, 0, tzinfo=UTC)
RECORDED = Asking(title="What was said in May", recorded_only=True)
WITNESS = (
    "I live in Keldholt. On 19 May 2031 at 06:10 units of Orsay shelled the village of Keldholt near my mill; I counted nineteen bursts."
)
HIDDEN = "I am called Zelvia Wexhorn. On 19 May 2031 units of Veldar shelled Upper Vorden and two civilians were wounded by the well."
PAPERS = ("ve-mod-2031-05-17.txt", "or-mod-2031-05-17.md", "meridian-2031-05-17.html", "ve-mod-2031-05-19.txt", "or-mod-2031-05-19.txt",
          "or-council-appeal-2031-05-21.md", "or-president-2031-05-22.txt", "review-reactions-2031-05-22.md")  # fmt: skip
TEXTS = ("report.html", "claims.csv", "incidents.geojson", "edition.json")


def fill(mission: Mission, folder: Path, monitor: str, analyst: str) -> None:
    """The teaching documents, a witness without a publisher, and one whom everybody forgets: protected after it was linked."""
    documents = SHIPPED / "teaching" / "documents"
    list(receive(mission, monitor, [documents / name for name in PAPERS], Options(manifest=documents / "manifest.csv")))
    folder.mkdir()
    for name, words in (("witness.txt", WITNESS), ("hidden.txt", HIDDEN)):
        (folder / name).write_text(words, encoding="utf-8")
    list(receive(mission, monitor, [folder], Options()))
    propose(mission, analyst)


def filled_in(folder: Path) -> Path:
    """The folder of a mission that has received, read and linked; every test works on a copy of it."""
    made = founded(folder / "mission")
    fill(made, folder / "papers", MONITOR, ANALYST)
    missions.close(made)
    return made.folder


def copied(filled: Path, folder: Path) -> Iterator[Mission]:
    """Opened for a test; verified, rebuilt and compared after it."""
    shutil.copytree(filled, folder)
    opened = missions.open_mission(folder, ground(8, LATER))
    yield opened
    whole(opened)
    missions.close(opened)


def exhibit(mission: Mission, name: str) -> str:
    return next(row.id for row in queries.exhibits(mission) if row.name.endswith(name))


def published(mission: Mission, profile: str = "public") -> tuple[str, bytes]:
    record_claims(mission, ANALYST, (), everything=True)
    row = editions.draft(mission, ANALYST, RECORDED)
    editions.approve(mission, REVIEWER, row.id, "read twice")
    return row.id, editions.publish(mission, PUBLISHER, row.id, profile)[1]


def parts(bundle: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(bundle)) as zipped:
        return {name.partition("/")[2]: zipped.read(name) for name in zipped.namelist()}


def typeset(found: dict[str, bytes]) -> Iterator[bytes]:
    """The words of the PDF, and every part of the DOCX."""
    for page in pypdfium2.PdfDocument(found["report.pdf"]):
        yield page.get_textpage().get_text_range().encode()
    with zipfile.ZipFile(io.BytesIO(found["report.docx"])) as zipped:
        yield from (zipped.read(name) for name in zipped.namelist())


def repacked(bundle: bytes, changed: dict[str, bytes], path: Path) -> Path:
    """The zip with some parts exchanged, in the order and form that it had."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            new.writestr(info, changed.get(info.filename.partition("/")[2], old.read(info.filename)))
    return path


def kept(bundle: bytes, path: Path) -> Path:
    path.write_bytes(bundle)
    return path

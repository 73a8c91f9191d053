"""The golden files of the small edition. `python -m tests.report.golden_files` writes them anew; look at the difference before you commit."""

from __future__ import annotations

import re
from pathlib import Path

from merestone.report import PROFILES, redact, render
from tests.report.invented import SMALL, edition

WRITTEN = ("report.html", "claims.csv", "incidents.geojson", "edition.json")  # what is set in type is not compared byte by byte
FOLDER = Path(__file__).resolve().parent / "golden"


def golden() -> dict[str, bytes]:
    """Name -> content, the page without its style, so that a colour changes no golden file."""
    made = {}
    for profile in PROFILES:
        for name, content in render(redact(edition(SMALL), profile), WRITTEN).items():
            made[f"{profile}-{name}"] = _bare(content) if name.endswith(".html") else content
    return made


def _bare(page: bytes) -> bytes:
    return re.sub(rb"'sha256-[^']+'", b"'sha256-'", re.sub(rb"<style>.*?</style>", b"<style></style>", page, flags=re.DOTALL))


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    from tests.report.test_balance import GOLDEN, looked_in_words

    for name, content in golden().items():
        (FOLDER / name).write_bytes(content)
    GOLDEN.write_text(looked_in_words(), encoding="utf-8")


if __name__ == "__main__":
    main()

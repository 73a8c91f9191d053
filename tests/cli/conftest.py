"""Runs commands as a shell would, and missions made by commands: one with its people, one in which the teaching documents were read."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from merestone.cli import main
from merestone.cli.demo import Built

Run = Callable[..., tuple[int, str, str]]

ADMINISTRATOR, MONITOR, ANALYST, REVIEWER, SECOND, PUBLISHER = "Ada", "Mika", "Anouk", "Rune", "Sela", "Pavo"
CAST = {MONITOR: "monitor", ANALYST: "analyst", REVIEWER: "reviewer", SECOND: "reviewer", PUBLISHER: "publisher"}
TEACHING = Path(__file__).resolve().parents[2] / "src" / "merestone" / "packs" / "conflicts" / "teaching" / "documents"
TEXT = "On 17 May 2031 at 03:10 Veldarian forces fired at the village of Alta Vauride, the Ministry of Defence of Orsay said.\n"


def ran(*arguments: object) -> tuple[int, str, str]:
    """A command's exit code, its output and its words."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(argument) for argument in arguments])
    return code, out.getvalue(), err.getvalue()


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def run() -> Run:
    return ran


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests acts in none of them."""
    for name in ("MERESTONE_ACTOR", "MERESTONE_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One document that can be read."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "in"


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("missions") / "first"
    assert ran("init", made, "--pack", "teaching", "--as", ADMINISTRATOR)[0] == 0
    for name, role in CAST.items():
        assert ran("-C", made, "user", "add", name, "--role", role, "--as", ADMINISTRATOR)[0] == 0
    return made


@pytest.fixture(scope="session")
def second(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("missions") / "second"
    shutil.copytree(first, made)
    assert ran("-C", made, "receive", TEACHING, "--manifest", TEACHING / "manifest.csv", "--as", MONITOR)[0] == 0
    assert ran("-C", made, "propose", "--as", ANALYST)[0] == 0
    return made


@pytest.fixture
def made(first: Path, tmp_path: Path) -> Path:
    """A mission with its people and nothing else."""
    return Path(shutil.copytree(first, tmp_path / "mission"))


@pytest.fixture
def read(second: Path, tmp_path: Path) -> Path:
    """A mission in which the teaching documents were received and read."""
    return Path(shutil.copytree(second, tmp_path / "mission"))


@pytest.fixture(scope="session")
def demo(demonstration: tuple[Path, Built], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration; its name has a space, so that the address has to be written as one."""
    return Path(shutil.copytree(demonstration[0], tmp_path_factory.mktemp("a demo") / "out"))


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """No report is set in type, which takes most of the time."""
    monkeypatch.setattr("merestone.report.pdf.pdf_of", lambda *_: b"%PDF")
    monkeypatch.setattr("merestone.report.docx.docx_of", lambda *_: b"PK")

"""Under CI a skip that nobody expects fails the run; so does one that claims the shared material is away when it is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.conftest import EXPECTED_SKIPS


def ends(tmp_path: Path, body: str, ci: str) -> int:
    (tmp_path / "test_one.py").write_text(f"import pytest\n\n{body}\n", encoding="utf-8")
    environment = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "--rootdir", str(tmp_path), "-c", os.devnull, str(tmp_path)]
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False).returncode


@pytest.mark.parametrize(
    ("body", "fails"),
    [
        ("def test_one(): pass", False),
        ("def test_one(): pytest.skip('no time')", True),
        ("pytest.skip('not today', allow_module_level=True)", True),
        ("@pytest.mark.xfail\ndef test_one(): assert False", True),
        ("def test_one(): pytest.skip('the shared material is not here')", not EXPECTED_SKIPS["shared"]),
        ("def test_one(): pytest.skip('Chromium is not installed')", True),
        ("def test_one(): pytest.skip('Playwright is not installed')", True),
    ],
    ids=["no skip", "skip", "module", "xfail", "shared", "no browser", "nothing to drive one"],
)
def test_an_unexpected_skip_fails_under_ci(tmp_path: Path, body: str, fails: bool) -> None:
    assert (ends(tmp_path, body, "true") == 1) is fails


def test_and_only_under_ci(tmp_path: Path) -> None:
    assert ends(tmp_path, "def test_one(): pytest.skip('no time')", "") == 0

"""What all tests share: where the shared material lies, one hypothesis profile, and which skips are expected.

A skip is a test that says nothing. The reasons that may be given stand here with their condition; under CI any other skip fails
the run, and so does a reason whose condition does not hold (the shared material is there and a test claims that it is not).
"""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from merestone.cli.demo import Built
from tests.demonstration import once

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

CHROMIUM = shutil.which("chromium")  # Debian's; none is ever downloaded
PLAYWRIGHT = find_spec("playwright") is not None

# words that the reason must contain -> whether such a skip is expected here; under CI there is always a browser
EXPECTED_SKIPS = {
    "shared": not SHARED.is_dir(),
    "postgresql": not os.environ.get("MERESTONE_TEST_POSTGRES"),
    "chromium": CHROMIUM is None and not os.environ.get("CI"),
    "playwright": not PLAYWRIGHT and not os.environ.get("CI"),
}

# The same examples for everybody and on every run; no deadline, because no test depends on how fast a machine is.
settings.register_profile("house", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

_unexpected: list[str] = []


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared material beside the checkout; the test is skipped where it is not."""
    if not SHARED.is_dir():
        pytest.skip("the shared material is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """The folder that `demo` makes, and what it has. It belongs to all tests: take a copy."""
    own = tmp_path_factory.getbasetemp()
    return once(own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Debian's Chromium is; the test is skipped where it or what drives it is not."""
    if not PLAYWRIGHT:
        pytest.skip("Playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    return CHROMIUM


def _expected(reason: str) -> bool:
    return any(words in reason.casefold() and holds for words, holds in EXPECTED_SKIPS.items())


def _note(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not report.skipped:
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if not _expected(reason):
        _unexpected.append(f"{report.nodeid}: {reason}")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _note(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    _note(report)


def pytest_sessionfinish(session: pytest.Session) -> None:
    told = getattr(session.config, "workeroutput", None)  # in one of several processes: the first of them gathers what each met
    if told is not None:
        told["unexpected"] = _unexpected
    elif _unexpected and os.environ.get("CI"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    for line in getattr(node, "workeroutput", {}).get("unexpected", ()):
        if line not in _unexpected:
            _unexpected.append(line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _unexpected:
        terminalreporter.section("skips that nobody expects" + (" (they fail this run)" if os.environ.get("CI") else ""))
        for line in _unexpected:
            terminalreporter.write_line(line)

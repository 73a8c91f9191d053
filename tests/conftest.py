"""What all tests share: where the shared material lies, one hypothesis profile, and which skips are expected.

A skip is a test that says nothing. The reasons that may be given stand here with their condition; under CI any other skip fails
the run, and so does a reason whose condition does not hold (the shared material is there and a test claims that it is not).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# words that the reason must contain -> whether such a skip is expected here
EXPECTED_SKIPS = {"shared": not SHARED.is_dir(), "postgresql": not os.environ.get("MERESTONE_TEST_POSTGRES")}

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
    if _unexpected and os.environ.get("CI"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _unexpected:
        terminalreporter.section("skips that nobody expects" + (" (they fail this run)" if os.environ.get("CI") else ""))
        for line in _unexpected:
            terminalreporter.write_line(line)

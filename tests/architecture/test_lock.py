"""The locks are whole: every dependency is in them at a version that is asked for, and every line has hashes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def locked(name: str) -> Mapping[str, set[str]]:
    """Versions by name; there are two where the newer one has left an older Python behind."""
    out: dict[str, set[str]] = {}
    for found, version in PINNED.findall((ROOT / name).read_text(encoding="utf-8")):
        out.setdefault(canonicalize_name(found), set()).add(version)
    return out


def asked(*groups: str) -> list[Requirement]:
    named = [entry for group in groups for entry in PROJECT["dependency-groups"][group] if isinstance(entry, str)]
    return [Requirement(entry) for entry in (*PROJECT["project"]["dependencies"], *named)]


@pytest.mark.parametrize(("lock", "groups"), [("requirements.lock", ("build",)), ("requirements-dev.lock", ("build", "dev"))])
def test_every_dependency_is_locked_at_a_version_that_is_asked_for(lock: str, groups: tuple[str, ...]) -> None:
    versions = locked(lock)
    for requirement in asked(*groups):
        pinned = versions.get(canonicalize_name(requirement.name))
        assert pinned, f"{requirement.name} is not in {lock}: make lock"
        for version in pinned:
            assert requirement.specifier.contains(Version(version), prereleases=True), f"{requirement} is locked at {version}: make lock"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_pin_has_hashes_and_nothing_else_is_there(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if not entry.startswith("#")]
    assert len(entries) == sum(len(versions) for versions in locked(lock).values())
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_both_locks_agree() -> None:
    tested = locked("requirements-dev.lock")
    assert {name: versions for name, versions in locked("requirements.lock").items() if tested.get(name) != versions} == {}

"""A mission for a test, on a clock that ticks and chance that repeats; after the test its record is verified, rebuilt and compared.

A module that says `BOTH = True` has its tests run on either database, but for those marked `sqlite_alone`.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections

from merestone.register import mission as missions
from merestone.register.configure import settle
from merestone.register.terms import Founding, Ground, Mission
from tests.register.cast import ADMINISTRATOR, ROLES, appoint_all
from tests.register.databases import NAMED, Server, tables_at_hand

settle()  # tests may import the models

PASSPHRASE = b"a lantern in the orchard"


def ground(seed: int = 7, start: datetime = datetime(2031, 5, 17, 8, 15, tzinfo=UTC)) -> Ground:
    """A clock that goes on by a second whenever somebody looks at it, and chance from a seed."""
    passed = iter(range(10**9))
    return Ground(lambda: start + timedelta(seconds=next(passed)), random.Random(seed).randbytes)


def sqlite_alone(test: Callable[..., None]) -> Callable[..., None]:
    """For a test that looks into the file."""
    test.sqlite_alone = True  # type: ignore[attr-defined]
    return test


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    both = getattr(metafunc.module, "BOTH", False) and not getattr(metafunc.function, "sqlite_alone", False)
    if both and "databases" in metafunc.fixturenames:
        metafunc.parametrize("databases", ["sqlite", "postgres"], indirect=True)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server of PostgreSQL that the environment names; the test is skipped where it names none."""
    if not os.environ.get(NAMED):
        pytest.skip(f"PostgreSQL: {NAMED} names no server")
    made = Server(os.environ[NAMED])
    yield made
    made.drop(made.template)


@pytest.fixture
def databases(request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    """Gives what `Founding` takes as its database, a fresh one with each call."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield lambda: "sqlite"
        return
    there: Server = request.getfixturevalue("server")
    made: list[str] = []

    def fresh() -> str:
        made.append(there.fresh())
        return made[-1]

    yield fresh
    for address in made:
        there.drop(address)


def founded(folder: Path, seed: int = 7, passphrase: bytes | None = None, database: str = "sqlite") -> Mission:
    """A fresh mission with the teaching pack and the whole cast."""
    founding = Founding("teaching", ADMINISTRATOR, "A mission for tests", database, passphrase, ROLES[ADMINISTRATOR])
    with tables_at_hand():
        made = missions.create(folder, founding, ground(seed))
    appoint_all(made)
    return made


def whole(mission: Mission) -> None:
    """Verified, and rebuilt to the same tables."""
    from merestone.register.audit import verify
    from merestone.register.rebuild import rebuild

    verify(mission)
    assert rebuild(mission).differences == ()


def ended(mission: Mission) -> None:
    """What stands at the end of every test: the record is whole. A mission that the test closed is opened again for it."""
    standing = mission if mission.alias in connections.settings else missions.open_mission(mission.folder, mission.ground)
    whole(standing)
    missions.close(standing)


@pytest.fixture
def mission(tmp_path: Path, databases: Callable[[], str]) -> Iterator[Mission]:
    """A mission without a passphrase on its vault."""
    made = founded(tmp_path / "mission", database=databases())
    yield made
    ended(made)


@pytest.fixture
def locked(tmp_path: Path, databases: Callable[[], str]) -> Iterator[Mission]:
    """A mission whose vault is under a passphrase that was not given: whatever is sealed stays closed."""
    made = founded(tmp_path / "mission", passphrase=PASSPHRASE, database=databases())
    missions.close(made)
    opened = missions.open_mission(made.folder, ground(8))
    yield opened
    ended(opened)


@pytest.fixture
def make(tmp_path: Path, databases: Callable[[], str]) -> Iterator[Callable[[str], Mission]]:
    """More missions, each in a folder of its own, verified at the end like the one."""
    made: list[Mission] = []

    def fresh(name: str) -> Mission:
        made.append(founded(tmp_path / name, seed=len(made) + 20, database=databases()))
        return made[-1]

    yield fresh
    for each in made:
        ended(each)

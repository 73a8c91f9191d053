"""The desk over the teaching mission as `demo` builds it; a browser without a window that has signed in, and one that has not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from merestone.cli.demo import Built
from merestone.web.house import KEY, House
from merestone.web.serve import house_at
from merestone.web.settings import LOOPBACK
from tests.register.conftest import ground


@pytest.fixture(scope="session")
def built(demonstration: tuple[Path, Built], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    folder, told = demonstration
    return Path(shutil.copytree(folder / "mission", tmp_path_factory.mktemp("desk") / "mission")), told


@pytest.fixture(scope="session")
def house(built: tuple[Path, Built]) -> Iterator[House]:
    with house_at(built[0], ground(seed=8)) as opened:
        yield opened


@pytest.fixture
def stranger(house: House) -> Client:
    return visitor(house)


@pytest.fixture
def desk(house: House, built: tuple[Path, Built]) -> Client:
    """Signed in as the account that `demo` made."""
    client = visitor(house)
    told = client.post("/sign-in/", {"name": built[1].account, "password": built[1].password})
    assert told.status_code == 302
    return client


def visitor(house: House, **more: str) -> Client:
    return Client(raise_request_exception=False, **{KEY: house, "SERVER_NAME": LOOPBACK, **more})

"""SIGKILL in the middle of `receive` of 200 files, at eight moments; benchmarks/kill.py does it at fifty and prints what it sees."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.kill import killed, prepared

FILES = 200


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return prepared(tmp_path_factory.mktemp("kill"), FILES)


@pytest.mark.parametrize("moment", range(8))
def test_what_a_kill_leaves_is_whole_and_receiving_again_takes_the_rest_once(fresh: tuple[Path, Path], tmp_path: Path, moment: int) -> None:
    mission, sources = fresh
    seen = killed(mission, sources, tmp_path / "copy", moment * FILES // 8, random.Random(moment).uniform(0, 0.006))
    assert seen.whole == FILES
    assert moment or not seen.finished  # killed before it began; a fast machine may be done at a late moment

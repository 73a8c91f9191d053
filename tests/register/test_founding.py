"""A slip when a mission is made leaves nothing behind that would stand in the way of the next try."""

from __future__ import annotations

from pathlib import Path

import pytest

from merestone.ledger.terms import Refusal
from merestone.register import mission as missions
from merestone.register.terms import Founding
from tests.register.conftest import ground, whole


@pytest.mark.parametrize(
    ("founding", "code"),
    [
        (Founding("teachin", "Ada"), "pack_"),
        (Founding("teaching", "Ada", database="mysql://ada@db/mill"), "database_unknown"),
        (Founding("teaching", "Ada", database="postgress"), "database_unknown"),
        (Founding("teaching", "Ada", database="postgres://ada@db/"), "database_malformed"),
    ],
    ids=["pack", "scheme", "name", "address"],
)
def test_a_slip_leaves_no_folder(tmp_path: Path, founding: Founding, code: str) -> None:
    with pytest.raises(Refusal) as raised:
        missions.create(tmp_path / "mill", founding, ground())
    assert raised.value.code.startswith(code)
    assert not (tmp_path / "mill").exists()
    made = missions.create(tmp_path / "mill", Founding("teaching", "Ada"), ground())
    whole(made)
    missions.close(made)

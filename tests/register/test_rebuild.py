"""Whatever people did, in whatever order: entries and vault lead to the same tables again."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from merestone.ledger.terms import BrokenRecord
from merestone.register import mission as missions
from merestone.register import queries
from merestone.register.audit import verify
from merestone.register.folds import TABLES
from merestone.register.rebuild import rebuild
from merestone.register.record import writing
from merestone.register.terms import Mission
from tests.register.conftest import founded, whole
from tests.register.doing import NEXT_KINDS, Doing

BOTH = True

# the more usual ones more often, so that the others have something to act on
WEIGHTED = (*NEXT_KINDS, *("received", "proposed", "recorded") * 4, *("linked", "drafted") * 2)


def do(mission: Mission, kinds: list[str], seed: int) -> list[str]:
    """Draws an act of each kind and records those that are possible, a few in one writing. Returns the kinds that were."""
    chance, done = random.Random(seed), []
    for start in range(0, len(kinds), 5):
        with writing(mission) as desk:
            doing = Doing(desk, chance)
            for kind in kinds[start : start + 5]:
                act = doing.next_act(kind)
                if act is not None:
                    desk.add(act)
                    done.append(kind)
    return done


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(st.sampled_from(WEIGHTED), min_size=10, max_size=60), seed=st.integers(0, 2**32))
def test_any_sequence_of_acts_is_rebuilt_to_the_same_tables(
    tmp_path_factory: pytest.TempPathFactory, databases: Callable[[], str], kinds: list[str], seed: int
) -> None:
    mission = founded(tmp_path_factory.mktemp("any") / "mission", seed=seed, database=databases())
    do(mission, ["received", "received", "proposed", "recorded", *kinds], seed)
    whole(mission)
    missions.close(mission)


def test_a_long_life_has_an_act_of_every_kind(mission: Mission) -> None:
    chance = random.Random(3)
    done = do(mission, ["received"] * 6 + [kind for _ in range(4) for kind in chance.sample(WEIGHTED, len(WEIGHTED))], 3)
    assert set(done) == set(NEXT_KINDS)
    assert queries.counts(mission)["entries"] == 7 + len(done)
    assert all(count for table, count in queries.counts(mission).items() if table in TABLES)


@pytest.mark.parametrize(
    ("sql", "table", "key"),
    [
        ("UPDATE exhibit SET publisher = 'somebody else' WHERE id = (SELECT MIN(id) FROM exhibit)", "exhibit", "EXH"),
        ("UPDATE claim SET incident = 'INC-2031-9999' WHERE ref = (SELECT MIN(ref) FROM claim)", "claim", "EXH"),
        ("UPDATE account SET roles = '[\"administrator\"]' WHERE id = 'ACC-002'", "account", "ACC-002"),
        ("DELETE FROM refused", "refused", ""),
        ("INSERT INTO incident (id, state, leads_to, entry) VALUES ('INC-2031-7777', 'adopted', '', 3)", "incident", "INC-2031-7777"),
    ],
)
def test_altered_tables_are_told_and_made_again(mission: Mission, sql: str, table: str, key: str) -> None:
    do(mission, ["received", "proposed", "recorded", "linked", "refused"], 5)
    with connections[mission.alias].cursor() as cursor:
        cursor.execute(sql)
    with pytest.raises(BrokenRecord, match=f"table {table}"):
        verify(mission)
    told = rebuild(mission)
    assert {each.table for each in told.differences} == {table}
    assert told.differences[0].key.startswith(key)
    assert rebuild(mission).differences == ()


def test_an_emptied_database_of_tables_comes_back_whole(mission: Mission) -> None:
    do(mission, ["received", "proposed", "recorded", "linked", "noted", "drafted"] * 3, 6)
    before = {table: queries.rows(mission.alias, f"SELECT * FROM {table}") for table in TABLES}
    with connections[mission.alias].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}")
    rebuild(mission)
    assert {table: sorted(queries.rows(mission.alias, f"SELECT * FROM {table}")) for table in TABLES} == {
        table: sorted(found) for table, found in before.items()
    }


def test_no_reader_is_loaded_for_a_rebuild() -> None:
    """In a process of its own, since others here read texts."""
    import subprocess

    code = "import sys, merestone.register.rebuild as r; print([m for m in sys.modules if m.startswith('merestone.extract')])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_two_missions_in_one_process_do_not_meet(make: Callable[[str], Mission], tmp_path: Path) -> None:
    one, other = make("one"), make("other")
    do(one, ["received"] * 3, 1)
    do(other, ["received"] * 2, 2)
    assert (len(queries.exhibits(one)), len(queries.exhibits(other))) == (3, 2)
    assert one.id != other.id

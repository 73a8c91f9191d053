"""Changes done in bulk leave the same tables as changes done one after the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from merestone.register.changes import Change, Insert, Put, Update, apply, statement
from merestone.register.configure import in_memory, leave, rows

REFS = ("EXH-0000-0001#1", "EXH-0000-0001#2", "EXH-0000-0002#1")
BLANK = {
    "near": "",
    "part": "",
    "number": 1,
    "content": "",
    "reading": "",
    "nth": 0,
    "kind": "",
    "initiator": "",
    "start": "",
    "end": "",
    "incident": "",
    "entry": 0,
}


def row(ref: str, state: str) -> dict[str, object]:
    return {"ref": ref, "exhibit": ref.partition("#")[0], "state": state, **BLANK}


STATE = st.sampled_from("abcd")
REF = st.sampled_from(REFS)
CHANGES = st.one_of(
    st.builds(lambda ref, state: Put("claim", "ref", row(ref, state), ("incident",)), REF, STATE),
    st.builds(lambda ref, state: Update("claim", {"ref": ref}, {"state": state}), REF, STATE),
    st.builds(lambda ref, state: Update("claim", {"ref": ref}, {"incident": state}), REF, STATE),
    st.builds(lambda ref, old, new: Update("claim", {"ref": ref, "state": (old, "a")}, {"state": new}), REF, STATE, STATE),
    st.builds(lambda ref, state: Update("claim", {"exhibit": ref.partition("#")[0]}, {"state": state}), REF, STATE),
    st.builds(lambda refs, state: Update("claim", {"ref": tuple(refs)}, {"kind": state}), st.sets(REF, min_size=1), STATE),
    st.builds(lambda old, new: Update("claim", {"state": old}, {"state": new}), STATE, STATE),
    st.builds(lambda state: Update("claim", {}, {"kind": state}), STATE),
    st.builds(lambda state: Put("incident", "id", {"id": state, "state": state, "leads_to": "", "entry": 1}), STATE),
)


@pytest.fixture(scope="module")
def tables() -> Iterator[str]:
    alias = in_memory()
    call_command("migrate", database=alias, verbosity=0, interactive=False)
    yield alias
    leave(alias)


def left(alias: str, changes: list[Change], bulk: bool) -> list[list[tuple[object, ...]]]:
    with transaction.atomic(using=alias):
        if bulk:
            apply(alias, changes)
        else:
            with connections[alias].cursor() as cursor:
                for change in changes:
                    cursor.execute(*statement(change))
        found = [rows(alias, f"SELECT * FROM {table} ORDER BY 1, 2") for table in ("claim", "incident")]
        transaction.set_rollback(True, using=alias)
    return found


@settings(max_examples=400)
@given(changes=st.lists(CHANGES, min_size=2, max_size=14))
def test_in_bulk_as_one_by_one(tables: str, changes: list[Change]) -> None:
    begun: list[Change] = [Insert("claim", row(REFS[0], "a")), Insert("claim", row(REFS[2], "b"))]
    assert left(tables, begun + changes, bulk=True) == left(tables, begun + changes, bulk=False)

"""What people do becomes part of the record whole or not at all; and not a word of prose gets into an entry."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from hypothesis import given, settings
from hypothesis import strategies as st

from merestone.ledger.entry import entry_of
from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register import bodies, queries, vault
from merestone.register import desk as desks
from merestone.register import mission as missions
from merestone.register.record import record, writing
from merestone.register.terms import KINDS, Act, Mission
from tests.register.conftest import sqlite_alone
from tests.register.databases import stranger, unguarded
from tests.register.doing import ANALYST, MONITOR, NEXT_KINDS, Doing
from tests.register.test_rebuild import do

BOTH = True
GOLDEN = Path(__file__).parent / "golden"


def act(mission: Mission, number: int = 0) -> Act:
    """An act that is always possible."""
    item = vault.item(mission, "note", MONITOR, f"note {number}".encode())
    return Act("noted", ANALYST, {"subject": MONITOR, "note": item.commitment}, items=(item,))


def all_rows(mission: Mission) -> dict[str, list[Any]]:
    tables = connections[mission.alias].introspection.table_names()
    with stranger(mission) as other:
        return {table: sorted(other.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables}


@sqlite_alone
@pytest.mark.parametrize("kind", NEXT_KINDS)
def test_an_act_of_every_kind_is_one_transaction(mission: Mission, kind: str) -> None:
    do(
        mission,
        ["model_set"]
        + ["received"] * 4
        + ["proposed", "recorded", "recorded", "linked", "protected", "appointed", "drafted", "drafted", "published"],
        11,
    )
    said: list[str] = []
    raw = connections[mission.alias].connection
    before = queries.counts(mission)
    with writing(mission) as desk:
        made = Doing(desk, random.Random(1)).next_act(kind)
    assert made is not None
    raw.set_trace_callback(said.append)
    record(mission, [made])
    raw.set_trace_callback(None)
    words = [line.split()[0].upper() for line in said if not line.startswith("--")]
    assert (words[0], words[-1], words.count("BEGIN"), words.count("COMMIT")) == ("BEGIN", "COMMIT", 1, 1)
    assert said[0] == "BEGIN IMMEDIATE"
    after = queries.counts(mission)
    assert (after["entries"] - before["entries"], after["checkpoints"] - before["checkpoints"]) == (1, 1)


@sqlite_alone  # every kind on PostgreSQL: test_postgres.py
@pytest.mark.parametrize("kind", NEXT_KINDS)
def test_whatever_is_raised_inside_undoes_all(mission: Mission, kind: str) -> None:
    do(
        mission,
        ["model_set"]
        + ["received"] * 4
        + ["proposed", "recorded", "recorded", "linked", "protected", "appointed", "drafted", "drafted", "published"],
        11,
    )
    before = all_rows(mission)
    with pytest.raises(ZeroDivisionError), writing(mission) as desk:  # noqa: PT012
        made = Doing(desk, random.Random(1)).next_act(kind)
        assert made is not None
        desk.add(made)
        desk.flush()
        desk.close()
        raise ZeroDivisionError
    assert all_rows(mission) == before


def test_a_refused_act_takes_its_batch_along(mission: Mission) -> None:
    before = all_rows(mission)
    with pytest.raises(Refusal, match="act_unknown"):
        record(mission, [act(mission), act(mission, 1), Act("guessed", ANALYST)])
    assert all_rows(mission) == before


def test_a_refusal_that_is_caught_leaves_the_others(mission: Mission) -> None:
    with writing(mission) as desk:
        desk.add(act(mission))
        with pytest.raises(Refusal):
            desk.add(replace(act(mission, 1), actor="ACC-099"))
        with pytest.raises(Refusal):
            desk.add(replace(act(mission, 1), body={"subject": "a person whom we saw"}))
        desk.add(act(mission, 2))
    assert len(queries.notes(mission)) == 2


def test_a_writing_inside_a_writing_is_an_error_of_ours(mission: Mission) -> None:
    with pytest.raises(RuntimeError, match="durable"), writing(mission), writing(mission):
        pass


def test_a_batch_has_one_checkpoint_and_positions_follow(mission: Mission) -> None:
    before = queries.counts(mission)
    done = record(mission, [act(mission, number) for number in range(30)])
    after = queries.counts(mission)
    assert [each.position for each in done] == list(range(before["entries"], after["entries"]))
    assert after["checkpoints"] == before["checkpoints"] + 1
    assert {(each.kind, each.subject) for each in done} == {("noted", MONITOR)}
    assert queries.head(mission)[0] == after["entries"]


def test_nothing_added_is_nothing_written(mission: Mission) -> None:
    before = all_rows(mission)
    with writing(mission):
        pass
    assert all_rows(mission) == before


def test_what_is_flushed_is_seen_inside_and_by_nobody_else(mission: Mission) -> None:
    with writing(mission) as desk:
        desk.add(act(mission))
        assert queries.notes(mission) == ()
        desk.flush()
        assert len(queries.notes(mission)) == 1
        with stranger(mission) as other:
            assert other.execute("SELECT COUNT(*) FROM remark").fetchone() == (0,)


def test_nothing_is_written_behind_a_head_that_is_not_ours(mission: Mission) -> None:
    """Somebody else's checkpoint over the right root: the key is another."""
    from merestone.ledger.note import Signer, opened, signed

    size, note = queries.head(mission)
    checkpoint = opened(note, mission.keys.verifier)
    mark = "?" if mission.folder.joinpath("record.sqlite3").exists() else "%s"
    sql = f"UPDATE ledger_checkpoint SET note = {mark} WHERE size = {mark}"
    with unguarded(mission) as other:
        other.execute(sql, (signed(checkpoint, Signer(checkpoint.origin, b"7" * 32)), size))
    with pytest.raises(BrokenRecord):
        record(mission, [act(mission)])
    with unguarded(mission) as other:
        other.execute(sql, (note, size))
    record(mission, [act(mission)])


def test_the_head_is_one_state_of_the_record_whoever_writes_meanwhile(mission: Mission, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process may end its transaction between any two questions that are asked without holding the record."""
    ask, asked = desks.rows, list[str]()
    other = missions.open_mission(mission.folder, mission.ground)

    def meanwhile(alias: str, sql: str, values: Any = ()) -> list[tuple[Any, ...]]:
        found = ask(alias, sql, values)
        if alias == mission.alias:
            asked.append(sql)
            record(other, [act(other, len(asked))])
        return found

    monkeypatch.setattr(desks, "rows", meanwhile)
    before = queries.head(mission)[0]
    assert desks.head(mission.alias, mission.keys.verifier).size == before
    monkeypatch.undo()
    assert len(asked) >= 2
    assert queries.head(mission)[0] == before + len(asked)
    missions.close(other)


# --- what an entry may hold ---


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20)
@given(said=st.one_of(
    st.lists(st.text(st.characters(whitelist_categories=("L",)), min_size=1), min_size=3).map(" ".join),
    st.text(st.characters(min_codepoint=128), min_size=1),
    st.text(min_size=65),
    st.sampled_from(["Anouk Ivers", "47.1, 38.2", "Mika", "+381 63 555 012", "near the mill", "a\nb", "received ", " ", "EXH-7K3F-Q2MW ", "x" * 63 + "\n"]),
))  # fmt: skip
def test_no_prose_gets_into_any_field(kind: str, said: str) -> None:
    """In place of a value, within a list, as a name of a table, as a value in it, and as a field that there is not."""
    body = json.loads((GOLDEN / f"{kind}-v1.json").read_bytes())["body"]
    for name, value in [*body.items(), ("more", "")]:
        if name == "sealed":
            continue  # made by the desk from the items, whatever was given
        for put in (said, [said], {said: "ab" * 32}, {"report.html": said}, [*value, said] if isinstance(value, list) else said):
            with pytest.raises(Refusal, match="act_malformed") as raised:
                bodies.checked(Act(kind, "ACC-001", {**body, name: put}))
            assert len(said) < 12 or said not in str(raised.value)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20)
@given(value=st.one_of(st.none(), st.integers(max_value=-1), st.floats(), st.booleans(), st.binary(), st.just({}), st.just([[]])))
def test_other_sorts_of_values_do_not_pass_for_theirs(kind: str, value: Any) -> None:
    body = json.loads((GOLDEN / f"{kind}-v1.json").read_bytes())["body"]
    for name, wanted in KINDS[kind].body.items():
        fits = (wanted == "flag" and isinstance(value, bool)) or (wanted.endswith("{}") and value == {})
        if name != "sealed" and not fits:
            with pytest.raises(Refusal, match="act_malformed"):
                bodies.checked(Act(kind, "ACC-001", {**body, name: value}))


@pytest.mark.parametrize("kind", KINDS)
def test_no_field_may_be_missing(kind: str) -> None:
    body = json.loads((GOLDEN / f"{kind}-v1.json").read_bytes())["body"]
    for name in KINDS[kind].body:
        if name != "sealed":
            with pytest.raises(Refusal, match="act_malformed"):
                bodies.checked(Act(kind, "ACC-001", {key: value for key, value in body.items() if key != name}))


def test_items_are_those_that_the_body_names(mission: Mission) -> None:
    right, other = act(mission), vault.item(mission, "note", MONITOR, b"another")
    wrong = {
        "an item that nobody names": replace(right, items=(*right.items, other)),
        "no item": replace(right, items=()),
        "of another kind": replace(right, items=(replace(right.items[0], kind="reason"),)),
        "of another owner": replace(right, items=(replace(right.items[0], owner=ANALYST),)),
    }
    for made in wrong.values():
        with pytest.raises(Refusal, match="act_malformed"):
            record(mission, [made])
    record(mission, [right])


def test_an_act_speaks_only_of_items_that_are_there(mission: Mission) -> None:
    do(mission, ["received", "recorded"], 4)
    with writing(mission) as desk:
        made = Doing(desk, random.Random(1)).corrected()
    assert made is not None
    with pytest.raises(Refusal, match="item_unknown"):
        record(mission, [replace(made, body={**made.body, "replaces": "ab" * 32})])


def test_an_item_is_not_written_twice(mission: Mission) -> None:
    made = act(mission)
    record(mission, [made])
    before = all_rows(mission)
    with pytest.raises(Exception, match="vault_item"):
        record(mission, [made])
    assert all_rows(mission) == before


@sqlite_alone
def test_a_sealed_item_leaves_its_digest_and_nothing_else(mission: Mission) -> None:
    do(mission, ["received"] * 12, 8)
    closed = [row for row in queries.exhibits(mission) if row.protected]
    assert closed
    entry = queries.entry(mission, closed[0].received)
    assert set(entry.body["sealed"]) == {closed[0].original, closed[0].text, closed[0].about}
    written = b"".join(path.read_bytes() for path in sorted(mission.folder.glob("record.sqlite3*")))
    assert closed[0].id.encode() in written
    assert f"bytes {closed[0].id}".encode() not in written
    assert vault.open_item(mission.alias, closed[0].original) is None


def test_hours_are_the_clocks_and_in_utc(mission: Mission) -> None:
    record(mission, [act(mission)])
    told = entry_of(queries.data(mission, queries.counts(mission)["entries"] - 1))
    assert told.at.startswith("2031-05-17T08:")
    assert told.at.endswith("Z")

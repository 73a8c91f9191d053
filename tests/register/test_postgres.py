"""A mission on a server of PostgreSQL: from its beginning to an edition, and what there is to go wrong only there."""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import signal
import sys
import time
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from merestone.cli import main
from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register import mission as missions
from merestone.register import postgres, queries
from merestone.register.audit import verify
from merestone.register.erase import Erasing, erase
from merestone.register.guards_postgres import UNSAMPLED
from merestone.register.record import record, writing
from merestone.register.terms import Founding, Mission
from tests.register.bundles import PAPERS, SHIPPED
from tests.register.cast import ADMINISTRATOR, REVIEWER, SECOND
from tests.register.conftest import founded, ground
from tests.register.databases import Server, address_of, stranger, unguarded
from tests.register.doing import NEXT_KINDS, Doing
from tests.register.test_audit import COLUMNS, NAMED
from tests.register.test_rebuild import do
from tests.register.test_record import all_rows
from tests.register.test_two_processes import worker
from tests.register.told import Told, received, worked_on

KINDS = (
    ["model_set"]
    + ["received"] * 4
    + ["proposed", "recorded", "recorded", "linked", "protected", "appointed", "drafted", "drafted", "published"]
)
BASE = "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database WHERE datname = current_database()"
databases_of_postgres = pytest.mark.parametrize("databases", ["postgres"], indirect=True)


def ran(*arguments: object) -> tuple[int, str]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = main([str(argument) for argument in arguments])
    return code, out.getvalue()


def test_from_init_to_a_verified_edition(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a database that was empty; by commands; with a password, which is nowhere afterwards."""
    monkeypatch.setenv("MERESTONE_ACTOR", "Ada")
    monkeypatch.delenv("MERESTONE_PASSPHRASE", raising=False)
    address, at = server.address(server.empty("merestone_test_whole")), tmp_path / "mill"
    documents = SHIPPED / "teaching" / "documents"
    with_password = re.sub("//([^@/]+)@", r"//\1:quartz%20;1@", address)
    assert with_password != address
    told = []

    def do_(*arguments: object) -> str:
        code, words = ran("-C", at, *arguments)
        assert code == 0, words
        told.append(words)
        return words

    code, words = ran("init", at, "--pack", "teaching", "--database", with_password)
    assert code == 0, words
    do_("receive", *[documents / name for name in PAPERS[:3]], "--manifest", documents / "manifest.csv")
    do_("propose")
    do_("record", "--all")
    edition = re.findall(r"EDN-\d{4}-\d{4}", do_("report", "--out", tmp_path / "out", "--recorded"))[0]
    do_("user", "add", "Rune", "--role", "reviewer")
    do_("approve", edition, "--reason", "read", "--as", "Rune")
    do_("user", "add", "Pavo", "--role", "publisher")
    do_("publish", edition, "--profile", "public", "--as", "Pavo")
    assert "pages and indexes are left to the server" in do_("verify", "--json") + do_("verify")
    do_("rebuild")
    for bundle in (at / "editions").iterdir():
        assert ran("verify", bundle)[0] == 0
    assert not (at / "record.sqlite3").exists()
    written = [path.read_bytes() for path in at.rglob("*") if path.is_file()] + [text.encode() for text in [words, *told]]
    assert not [data for data in written if b"quartz" in data]
    assert (at / "mission.json").read_text(encoding="utf-8").count("postgres://") == 1
    server.drop(address)


def test_a_password_is_used_by_this_process_and_kept_nowhere(server: Server, tmp_path: Path) -> None:
    address = server.fresh()
    given_ = re.sub("//([^@/]+)@", r"//\1:quartz@", address)
    made = missions.create(tmp_path / "mill", Founding("teaching", "Ada", database=given_), ground())
    assert connections[made.alias].settings_dict["PASSWORD"] == "quartz"
    missions.close(made)
    again = missions.open_mission(made.folder, ground(2))
    assert connections[again.alias].settings_dict["PASSWORD"] == "quartz"
    assert "quartz" not in repr(again) + (made.folder / "mission.json").read_text(encoding="utf-8")
    missions.close(again)
    server.drop(address)


def test_what_cannot_be_leaves_no_folder(server: Server, tmp_path: Path) -> None:
    taken, foreign = server.fresh(), server.address(server.empty("merestone_test_foreign"))
    first = founded(tmp_path / "first", database=taken)
    missions.close(first)
    import psycopg

    with psycopg.connect(foreign) as raw:
        raw.execute("CREATE TABLE diary (day text)")
    latin = server.address(server.empty("merestone_test_latin", "ENCODING 'SQL_ASCII' LOCALE 'C'"))
    closed = re.sub(r":\d+/", ":1/", taken)
    for address, code in (
        (taken, "database_taken"),
        (foreign, "database_taken"),
        (latin, "database_unfit"),
        (f"{taken}x", "database_unreachable"),
        (closed, "database_unreachable"),
    ):
        with pytest.raises(Refusal, match=code):
            missions.create(tmp_path / "second", Founding("teaching", "Ada", database=address), ground())
        assert not (tmp_path / "second").exists()
    with pytest.raises(Refusal):
        missions.create(tmp_path / "second", Founding("teachin", "Ada", database=server.url), ground())
    assert not (tmp_path / "second").exists()
    for each in (taken, foreign, latin):
        server.drop(each)
    with pytest.raises(Refusal, match="database_unreachable"):
        missions.open_mission(first.folder, ground())


def test_without_the_driver_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Refusal, match="driver_missing"):
        missions.create(tmp_path / "mill", Founding("teaching", "Ada", database="postgres://ada@127.0.0.1:1/mill"), ground())
    assert not (tmp_path / "mill").exists()


@databases_of_postgres
def test_an_act_of_every_kind_is_one_transaction(mission: Mission) -> None:
    do(mission, KINDS, 11)
    for number, kind in enumerate(NEXT_KINDS):
        before = all_rows(mission)
        with pytest.raises(ZeroDivisionError), writing(mission) as desk:  # noqa: PT012
            made = Doing(desk, random.Random(number)).next_act(kind)
            assert made is not None, kind
            desk.add(made)
            desk.flush()
            desk.close()
            raise ZeroDivisionError
        assert all_rows(mission) == before
        position = record(mission, [made])[0].position
        with stranger(mission) as raw:
            sql = "SELECT xmin::text FROM ledger_entry WHERE position = %s UNION SELECT xmin::text FROM ledger_checkpoint WHERE size = %s"
            found = raw.execute(f"{sql} UNION SELECT xmin::text FROM vault_item WHERE commitment = ANY(%s)",
                                (position, position + 1, [item.commitment for item in made.items if made.kind != "protected"])).fetchall()  # fmt: skip
        assert len(found) == 1


@databases_of_postgres
def test_writers_wait_for_each_other_and_see_what_was_written(mission: Mission, monkeypatch: pytest.MonkeyPatch) -> None:
    """Isolation is that of each statement: under a higher one the second writer would not see what it had waited for."""
    with writing(mission) as desk:
        desk.flush()
        assert queries.rows(mission.alias, "SHOW transaction_isolation") == [("read committed",)]
    with stranger(mission) as raw:
        raw.execute("SELECT pg_advisory_xact_lock(%s)", (postgres.WRITING,))
        with connections[mission.alias].cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        with pytest.raises(Refusal, match="record_busy"), writing(mission):
            pass
    with connections[mission.alias].cursor() as cursor:
        cursor.execute("RESET lock_timeout")
    do(mission, ["received"], 3)


@databases_of_postgres
def test_a_connection_that_breaks_is_told_and_nothing_stays(mission: Mission) -> None:
    before = all_rows(mission)
    with pytest.raises(Refusal, match="database_lost"), writing(mission) as desk:  # noqa: PT012
        desk.add(Doing(desk, random.Random(1)).received())
        desk.flush()
        number = queries.rows(mission.alias, "SELECT pg_backend_pid()")[0][0]
        with stranger(mission) as raw:
            raw.execute("SELECT pg_terminate_backend(%s, 5000)", (number,))
    assert all_rows(mission) == before


@databases_of_postgres
def test_killed_at_any_moment_of_a_batch(mission: Mission) -> None:
    chance, missed, size = random.Random(5), 0, 60
    for moment in range(6):
        before = queries.counts(mission)
        running = worker(mission.folder, 200 + moment, "batch", size)
        assert running.stdout is not None
        assert running.stdout.readline() == "begun\n"
        time.sleep(chance.random() * 0.12 * 2**missed)  # a busy machine is given longer: some batch has to come to its end
        running.send_signal(signal.SIGKILL)
        running.communicate()
        with writing(mission):  # waits until the server has noticed
            pass
        after = queries.counts(mission)
        batches, rest = divmod(after["entries"] - before["entries"], size)
        assert rest == 0, "half a batch"
        assert (after["exhibit"] - before["exhibit"], after["items"] - before["items"]) == (batches * size, 3 * batches * size)
        missed += not batches
    assert missed < 6, "no batch ever came to its end: the moments show nothing"


@databases_of_postgres
def test_what_was_erased_is_in_no_table_and_the_answer_promises_no_more(mission: Mission, tmp_path: Path) -> None:
    gone, kept = worked_on(mission, tmp_path, "gone"), received(mission, tmp_path, "kept")
    with stranger(mission) as raw:
        raw.execute("ANALYZE")
    done = erase(mission, REVIEWER, Erasing(gone.exhibit, "an order", "asked for", SECOND))
    assert not done.swept
    with stranger(mission) as raw:
        raw.execute("CHECKPOINT")
        (base,) = raw.execute(BASE).fetchone()
        names = set(raw.execute("SELECT tablename, attname FROM pg_stats WHERE schemaname = 'public'").fetchall())
        assert ("vault_item", "owner") in names
        assert not names & {(table, column) for table, columns in UNSAMPLED.items() for column in columns}
    assert not left(base, gone)
    assert left(base, kept) or not os.access(base, os.R_OK)


def left(base: str, told: Told) -> list[str]:
    """Which words stand in a database's files; none where they may not be read."""
    stored = b"".join(path.read_bytes() for path in Path(base).iterdir()) if os.access(base, os.R_OK) else b""
    return [each for each in told.words if each.encode() in stored]


@databases_of_postgres
def test_what_was_erased_goes_as_soon_as_nobody_can_see_it_any_more(mission: Mission, tmp_path: Path) -> None:
    """A snapshot from before the erasure keeps the deleted rows alive, though it locks nothing and waits for nobody."""
    gone = worked_on(mission, tmp_path, "gone")
    with stranger(mission) as earlier:
        earlier.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        (base,) = earlier.execute(BASE).fetchone()
        leaving = Timer(0.5, earlier.rollback)
        leaving.start()
        erase(mission, REVIEWER, Erasing(gone.exhibit, "an order", "asked for", SECOND))
        leaving.join()
    with stranger(mission) as raw:
        raw.execute("CHECKPOINT")
    assert not left(base, gone)


@pytest.fixture(scope="module")
def flipped(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Any:
    address = server.fresh()
    made = founded(tmp_path_factory.mktemp("flipped") / "mission", database=address)
    do(made, ["received"] * 5 + ["proposed", "recorded", "linked", "protected", "erased", "drafted", "noted", "judged"], 11)
    verify(made)
    yield made
    verify(made)
    missions.close(made)
    server.drop(address)


PLACES = [(table, column) for table, columns in COLUMNS.items() for column in columns]


@pytest.mark.parametrize("place", PLACES, ids=".".join)
def test_one_flip_in_every_column_is_found(flipped: Mission, place: tuple[str, str]) -> None:
    table, column = place
    keys = {"ledger_entry": ("position",), "ledger_checkpoint": ("size",)}.get(table, ("commitment", "turn"))
    with stranger(flipped) as raw:
        rows = raw.execute(
            f"SELECT ctid, {column}, {', '.join(keys)} FROM {table} WHERE length({column}::text) > 2 ORDER BY {', '.join(keys)}"
        ).fetchall()
        rows = rows or raw.execute(f"SELECT ctid, {column} FROM {table} ORDER BY {', '.join(keys)}").fetchall()
    was = rows[len(rows) // 2][1]
    other: Any = (
        was ^ 64
        if isinstance(was, int)
        else was[:-1] + bytes([was[-1] ^ 1])
        if isinstance(was, bytes)
        else was[:-1] + chr(ord(was[-1]) ^ 1)
    )
    where = " AND ".join(f"{key} = %s" for key in keys)
    sql = f"UPDATE {table} SET {column} = %s WHERE ctid = %s RETURNING {', '.join(keys)}"
    with unguarded(flipped) as raw:
        at = raw.execute(sql, (other, rows[len(rows) // 2][0])).fetchone()
    with pytest.raises(BrokenRecord) as raised:
        verify(flipped.folder)
    assert NAMED.fullmatch(raised.value.where)
    with unguarded(flipped) as raw:
        raw.execute(f"UPDATE {table} SET {column} = %s WHERE {where}", (was, *at))


TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)


@databases_of_postgres
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(publisher=TEXTS, name=TEXTS)
def test_any_text_of_an_item_can_be_shown(mission: Mission, publisher: str, name: str) -> None:
    with writing(mission) as desk:
        doing = Doing(desk, random.Random())
        about = {"name": f"{name}\0", "publisher": {"is": "Known", "value": f"\ud800{publisher}", "origin": "option"}, "language": "en"}
        doing.about = lambda: about  # type: ignore[method-assign]
        position = desk.add(doing.received())
    row = next(row for row in queries.exhibits(mission) if row.received == position)
    assert row.protected or row.name.endswith("\N{REPLACEMENT CHARACTER}")


def test_the_address_in_the_mission_is_the_one_that_was_given(server: Server, tmp_path: Path) -> None:
    address = server.fresh()
    made = missions.create(tmp_path / "mill", Founding("teaching", ADMINISTRATOR, database=address), ground())
    assert address_of(made) == address
    missions.close(made)
    server.drop(address)

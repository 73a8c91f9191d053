"""`serve` and `user password` as a shell sees them: what is refused and how it ends, who is answered, and what becomes of the mission."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.served import PASSWORD, Served, Visitor, let_in, merestone, serving
from tests.cli.conftest import ADMINISTRATOR, ANALYST, MONITOR, Run

PAGES = ("/", "/map/", "/incidents/", "/patterns/", "/statements/", "/appeals/", "/exhibits/", "/reports/", "/audit/", "/audit/ledger/")
ALARM = "This record is broken."


def refused(*arguments: object) -> tuple[int, str]:
    """Exit code and refusal code of a command that says nothing on standard output."""
    done = merestone(*arguments, passes=False)
    assert done.stdout == ""
    code = re.search(r"\[(\w+)\]$", done.stderr.strip())
    assert code, done.stderr
    return done.returncode, code[1]


def signed_in(served: Served, name: str = ANALYST) -> Visitor:
    visitor = Visitor(served.port)
    assert visitor.signs_in(name, PASSWORD) == 302
    return visitor


def entries(page: str) -> int:
    """After which entry a page says that it is."""
    found = re.search(r"After entry (\d+) of the", page)
    assert found, page[-2000:]
    return int(found[1])


@pytest.fixture(scope="module")
def open_to(second: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The mission in which the teaching documents were read, and an analyst who can sign in. Not to be altered."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(second, folder / "mission")
    let_in(folder / "mission", folder, ANALYST)
    return folder / "mission"


@pytest.fixture(scope="module")
def here(open_to: Path) -> Iterator[Served]:
    """It, served: for tests that only look."""
    with serving(open_to.parent, "-C", open_to, "serve", "--port", 0) as served:
        yield served


@pytest.fixture
def mine(open_to: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(open_to, tmp_path / "mission"))


# --- what is refused ----------------------------------------------------------------------------------------------


def test_nothing_is_served_into_which_nobody_can_sign_in(made: Path) -> None:
    assert refused("-C", made, "serve", "--port", 0) == (2, "nobody_can_sign_in")


def test_a_folder_that_is_no_mission(tmp_path: Path) -> None:
    assert refused("-C", tmp_path, "serve", "--port", 0) == (2, "mission_missing")
    assert refused("-C", tmp_path / "nowhere", "serve", "--port", 0) == (2, "mission_missing")
    assert not list(tmp_path.iterdir())


def test_a_port_that_is_taken(open_to: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert refused("-C", open_to, "serve", "--port", taken.getsockname()[1]) == (2, "port_taken")


@pytest.mark.parametrize("port", ["70000", "-1", "http"])
def test_what_is_no_port(open_to: Path, port: str) -> None:
    done = merestone("-C", open_to, "serve", "--port", port, passes=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--port" in done.stderr


def test_a_password_is_set_from_a_file(run: Run, made: Path, tmp_path: Path) -> None:
    (tmp_path / "password").write_text(PASSWORD + "\n", encoding="utf-8")
    code, out, err = run("-C", made, "user", "password", ADMINISTRATOR, "--new-file", tmp_path / "password")
    assert (code, out) == (0, "")
    assert "serve" in err
    assert PASSWORD not in err + (made / "keys" / "passwords.json").read_text(encoding="utf-8")
    assert run("-C", made, "verify")[0] == 0


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        (ADMINISTRATOR, "eleven char", "password_length"),
        ("Nobody", PASSWORD, "unknown_actor"),
        (ADMINISTRATOR, "x" * 1025, "password_length"),
    ],
    ids=["too short", "nobody", "too long"],
)
def test_what_cannot_be_a_password(run: Run, made: Path, tmp_path: Path, name: str, password: str, code: str) -> None:
    (tmp_path / "password").write_text(password, encoding="utf-8")
    ended, out, err = run("-C", made, "user", "password", name, "--new-file", tmp_path / "password")
    assert (ended, out) == (2, "")
    assert f"[{code}]" in err
    assert not (made / "keys" / "passwords.json").exists()


def test_an_account_that_was_closed_gets_none(run: Run, made: Path, tmp_path: Path) -> None:
    (tmp_path / "password").write_text(PASSWORD, encoding="utf-8")
    assert run("-C", made, "user", "close", MONITOR, "--as", ADMINISTRATOR)[0] == 0
    assert "[actor_dismissed]" in run("-C", made, "user", "password", MONITOR, "--new-file", tmp_path / "password")[2]


# --- who is answered ----------------------------------------------------------------------------------------------


def test_it_answers_on_one_address_of_this_machine_alone(here: Served) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", here.address)
    assert Visitor(here.port).get("/healthz") == (200, "ok\n")
    with pytest.raises(ConnectionRefusedError):
        Visitor(here.port, "127.0.0.2").get("/healthz")
    if socket.has_ipv6:
        with pytest.raises(OSError, match=r"refused|not available|unreachable|not supported|Cannot assign"):
            Visitor(here.port, "::1").get("/healthz")


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.2", "merestone.local:8000", ""])
def test_a_name_that_is_not_this_machine_s_is_refused(here: Served, host: str) -> None:
    visitor = Visitor(here.port)
    status, told = visitor.get("/sign-in/", Host=host)
    assert status == 400
    assert "<form" not in told
    assert visitor.cookie == ""
    assert visitor.get("/sign-in/")[0] == 200


def test_what_it_says_while_it_serves(open_to: Path, tmp_path: Path) -> None:
    """One line on standard output; who looked at what stands nowhere."""
    with serving(tmp_path, "-C", open_to, "serve", "--port", 0) as served:
        visitor = signed_in(served)
        assert [visitor.get(page)[0] for page in ("/", "/nothing-there/")] == [200, 404]
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(timeout=30) == 0
        assert served.process.stdout is not None
        assert served.process.stdout.read() == ""
        assert served.said.read_text(encoding="utf-8") == "For this machine alone. Stop it with Ctrl-C.\n"


def test_sign_ins_end_with_the_program(open_to: Path, tmp_path: Path) -> None:
    with serving(tmp_path, "-C", open_to, "serve", "--port", 0) as served:
        visitor = signed_in(served)
        assert visitor.get("/")[0] == 200
    with serving(tmp_path, "-C", open_to, "serve", "--port", 0) as served:
        visitor.port = served.port
        assert visitor.get("/")[0] == 302


# --- the mission meanwhile and afterwards -------------------------------------------------------------------------


def test_nothing_in_the_mission_is_altered_by_looking(mine: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in mine.rglob("*") if path.is_file() and not path.name.startswith("record.sqlite3")}
    position = merestone("-C", mine, "checkpoint").stdout
    with serving(tmp_path, "-C", mine, "serve", "--port", 0) as served:
        visitor = signed_in(served)
        for page in PAGES:
            visitor.get(page)
    after = {path: path.read_bytes() for path in mine.rglob("*") if path.is_file() and not path.name.startswith("record.sqlite3")}
    assert after == before
    assert merestone("-C", mine, "checkpoint").stdout == position


def flipped(mission: Path, column: str, where: Callable[[bytes], int]) -> None:
    """One bit of the last row of the ledger, as a failing disk would: the guards stand again as they were."""
    with sqlite3.connect(mission / "record.sqlite3") as connection:
        guard = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'guard_entry_update'").fetchone()[0]
        position, told = connection.execute(f"SELECT position, {column} FROM ledger_entry ORDER BY position DESC LIMIT 1").fetchone()
        data = bytearray(told)
        data[where(told)] ^= 1
        connection.execute("DROP TRIGGER guard_entry_update")
        connection.execute(f"UPDATE ledger_entry SET {column} = ? WHERE position = ?", (bytes(data), position))
        connection.execute(guard)
    connection.close()


def test_a_broken_record_is_shown_and_every_page_says_so(mine: Path, tmp_path: Path) -> None:
    flipped(mine, "hashes", lambda hashes: len(hashes) - 1)  # of the node on which the root rests
    assert merestone("-C", mine, "verify", passes=False).returncode == 3
    with serving(tmp_path, "-C", mine, "serve", "--port", 0) as served:
        visitor = signed_in(served)
        for page in PAGES:
            status, told = visitor.get(page)
            assert (page, status, ALARM in told, "<h1" in told) == (page, 200, True, True)
        incident = re.search(r"/incidents/(INC-[\d-]+)/", visitor.get("/incidents/")[1])
        exhibit = re.search(r"/exhibits/(EXH-[\w-]+)/", visitor.get("/exhibits/")[1])
        assert incident
        assert exhibit
        for page in (f"/incidents/{incident[1]}/", f"/exhibits/{exhibit[1]}/", "/nothing-there/", "/audit/ledger/7/"):
            assert ALARM in visitor.get(page)[1]


def test_a_bit_that_no_opening_reads_is_found_by_looking_through_all_of_it(mine: Path, tmp_path: Path) -> None:
    flipped(mine, "data", lambda data: data.rindex(b'Z"') - 1)  # the last digit of a time
    assert merestone("-C", mine, "verify", passes=False).returncode == 3
    with serving(tmp_path, "-C", mine, "serve", "--port", 0) as served:
        visitor = signed_in(served)
        assert ALARM not in visitor.get("/")[1]
        status, told = visitor.sends("/audit/", "/audit/verify/")
        assert (status, "The record is broken" in told) == (500, True)
        assert [page for page in PAGES if ALARM not in visitor.get(page)[1]] == []  # from now on


def test_a_whole_record_gives_no_alarm(here: Served) -> None:
    visitor = signed_in(here)
    told = {page: visitor.get(page) for page in PAGES}
    assert [page for page, (status, words) in told.items() if status != 200 or ALARM in words] == []


def test_a_kill_leaves_the_mission_whole(mine: Path, tmp_path: Path) -> None:
    with serving(tmp_path, "-C", mine, "serve", "--port", 0) as served:
        signed_in(served).get("/incidents/")
        served.process.kill()
        assert served.process.wait(timeout=30) == -signal.SIGKILL
    assert merestone("-C", mine, "verify").returncode == 0
    assert merestone("-C", mine, "note", exhibit_of(mine), "still here", "--as", ANALYST).returncode == 0
    with serving(tmp_path, "-C", mine, "serve", "--port", 0) as served:
        assert signed_in(served).get("/")[0] == 200


def exhibit_of(mission: Path) -> str:
    found = re.search(r"EXH-[\w-]+", merestone("-C", mission, "list", "exhibits").stdout)
    assert found
    return found[0]


def proposal_of(mission: Path) -> tuple[str, str]:
    """A claim that nobody recorded yet, and its exhibit."""
    found = re.search(r"(EXH-[\w-]+)#\d+", merestone("-C", mission, "list", "claims").stdout)
    assert found
    return found[0], found[1]


def test_what_another_process_does_stands_on_the_next_page(mine: Path, tmp_path: Path) -> None:
    with serving(tmp_path, "-C", mine, "serve", "--port", 0) as served:
        visitor = signed_in(served)
        claim, exhibit = proposal_of(mine)
        before = visitor.get(f"/exhibits/{exhibit}/")[1]
        done = merestone("-C", mine, "record", claim, "--as", ANALYST)
        assert "recorded" in done.stdout
        after = visitor.get(f"/exhibits/{exhibit}/")[1]
        assert entries(after) > entries(before)
        assert after.count("recorded") > before.count("recorded")


def test_a_password_that_is_set_meanwhile_holds_at_once(mine: Path, tmp_path: Path) -> None:
    with serving(tmp_path, "-C", mine, "serve", "--port", 0) as served:
        visitor = signed_in(served)
        let_in(mine, tmp_path, MONITOR)
        assert signed_in(served, MONITOR).get("/")[0] == 200
        let_in(mine, tmp_path, ANALYST, "another one altogether")
        assert visitor.get("/")[0] == 302


def test_two_may_serve_one_mission_at_once(mine: Path, tmp_path: Path) -> None:
    with serving(tmp_path, "-C", mine, "serve", "--port", 0) as one, serving(tmp_path, "-C", mine, "serve", "--port", 0) as other:
        assert one.address != other.address
        first, second = signed_in(one), signed_in(other)
        assert first.get("/incidents/")[1].count("INC-") == second.get("/incidents/")[1].count("INC-") > 0
        merestone("-C", mine, "note", exhibit_of(mine), "seen by both", "--as", ANALYST)
        assert entries(first.get("/")[1]) == entries(second.get("/")[1])
        assert Visitor(other.port, cookie=first.cookie).get("/")[0] == 302  # a sign-in is at one of them


def test_the_demonstration_is_served_to_whoever_reads_what_it_says(tmp_path: Path) -> None:
    with serving(tmp_path, "demo", "--dir", tmp_path / "demo", "--port", 0) as served:
        visitor = Visitor(served.port)
        assert visitor.get("/")[0] == 302
        assert visitor.signs_in(served.account, served.password) == 302
        assert visitor.get("/")[0] == 200
    assert (tmp_path / "demo" / "report.html").stat().st_size

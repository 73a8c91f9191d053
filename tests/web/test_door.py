"""Who gets in, and what every answer carries: nobody without a password, nothing from another name, and no page that a browser may keep."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import Client

from merestone.cli.demo import Built
from merestone.ledger.terms import Refusal
from merestone.register.mission import close, open_mission
from merestone.web.addresses import urlpatterns
from merestone.web.door import OUTSIDE
from merestone.web.headers import ALL
from merestone.web.house import KEY, House
from merestone.web.passwords import FILE, hashes, set_password
from merestone.web.serve import house_at
from merestone.web.settings import LOOPBACK
from merestone.web.tries import TRIES, WAIT, Tries
from tests.register.conftest import ground
from tests.web.conftest import visitor


def example(route: str) -> str:
    """An address of that route; what it names need not be there."""
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: "1" if found[1] == "int" else "X", route)


ROUTES = [example(str(pattern.pattern)) for pattern in urlpatterns]


@pytest.mark.parametrize("path", [path for path in ROUTES if path not in OUTSIDE])
def test_no_page_is_shown_to_a_stranger(stranger: Client, path: str) -> None:
    told = stranger.get(path)
    assert told.status_code == 302
    assert str(told["Location"]).startswith("/sign-in/")
    assert stranger.post(path).status_code in (302, 403)


@pytest.mark.parametrize("path", [*ROUTES, "/nothing-there/"])
def test_every_answer_carries_the_headers(desk: Client, path: str) -> None:
    told = desk.get(path)
    for name, value in ALL.items():
        assert told.headers[name] == value, name
    assert told.headers["Cache-Control"] == "no-store"


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    policy = ALL["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert not re.search(r"unsafe|https?:|\*", policy)


def test_signing_in_and_out(stranger: Client, built: tuple[Path, Built]) -> None:
    account, password = built[1].account, built[1].password
    assert "Sign in" in stranger.get("/sign-in/").content.decode()
    told = stranger.post("/sign-in/", {"name": account, "password": password, "next": "/?x=1"})
    assert (told.status_code, told["Location"]) == (302, "/?x=1")
    assert account in stranger.get("/").content.decode()
    stranger.post("/sign-out/")
    assert stranger.get("/").status_code == 302


@pytest.mark.parametrize("onward", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\elsewhere.example"])
def test_nobody_is_sent_elsewhere_after_signing_in(stranger: Client, built: tuple[Path, Built], onward: str) -> None:
    told = stranger.post("/sign-in/", {"name": built[1].account, "password": built[1].password, "next": onward})
    assert told["Location"] == "/"


@pytest.mark.parametrize(
    ("name", "password"), [("analyst-1", "wrong"), ("", ""), ("nobody", "x"), ("analyst-1", "x" * 5000), ("reviewer-1", "")]
)
def test_a_wrong_password_is_refused_in_the_same_words(stranger: Client, house: House, name: str, password: str) -> None:
    house.tries = Tries()
    told = stranger.post("/sign-in/", {"name": name, "password": password})
    assert told.status_code == 403
    assert "do not belong together" in told.content.decode()
    assert stranger.get("/").status_code == 302


def test_who_guesses_has_to_wait(house: House, built: tuple[Path, Built]) -> None:
    house.tries = Tries()
    client = visitor(house)
    codes = [client.post("/sign-in/", {"name": built[1].account, "password": f"guess {n}"}).status_code for n in range(TRIES + 1)]
    assert codes == [403] * TRIES + [429]
    right = {"name": built[1].account, "password": built[1].password}
    assert client.post("/sign-in/", right).status_code == 429
    assert visitor(house).post("/sign-in/", {"name": "reviewer-1", "password": "x"}).status_code == 403
    house.tries = Tries()
    assert client.post("/sign-in/", right).status_code == 302


def test_a_minute_later_the_name_may_try_again() -> None:
    now, tries = ground().clock(), Tries()
    for _ in range(TRIES):
        tries.failed("x", now)
    assert tries.waits("x", now + WAIT - timedelta(seconds=1))
    assert not tries.waits("x", now + WAIT)


def test_a_form_from_elsewhere_is_refused(house: House, built: tuple[Path, Built]) -> None:
    client = visitor(house)
    client.handler.enforce_csrf_checks = True
    told = client.post("/sign-in/", {"name": built[1].account, "password": built[1].password})
    assert told.status_code == 403
    assert "form_expired" in told.content.decode()


def test_a_neighbour_on_another_port_cannot_send_our_forms(house: House, built: tuple[Path, Built]) -> None:
    """He may know the token, and set it: what a browser keeps for this machine is for all its ports."""
    house.tries = Tries()
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False, **{KEY: house, "HTTP_HOST": f"{LOOPBACK}:8000"})
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', strict.get("/sign-in/").content.decode())
    assert token is not None
    form = {"name": built[1].account, "password": built[1].password, "csrfmiddlewaretoken": token[1]}
    assert strict.post("/sign-in/", form, HTTP_ORIGIN=f"http://{LOOPBACK}:9999").status_code == 403
    assert strict.post("/sign-in/", form, HTTP_ORIGIN=f"http://{LOOPBACK}:8000").status_code == 302


def test_strangers_who_look_at_the_form_throw_nobody_out(
    house: House, stranger: Client, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.get("/audit/ledger/").status_code == 200
    monkeypatch.setattr(caches["default"], "_max_entries", 6)
    for _ in range(30):
        assert visitor(house).get("/sign-in/").status_code == 200
    assert desk.get("/audit/ledger/").status_code == 200
    stranger.get("/sign-in/")
    assert "merestone" not in stranger.cookies


@pytest.mark.parametrize("much", [3_000, 60_000])
def test_an_address_that_is_too_long_is_not_remembered(stranger: Client, built: tuple[Path, Built], much: int) -> None:
    told = stranger.get(f"/exhibits/?party={'x' * much}")
    assert (told.status_code, told["Location"]) == (302, "/sign-in/")
    form = {"name": built[1].account, "password": built[1].password, "next": f"/?{'x' * much}"}
    assert stranger.post("/sign-in/", form)["Location"] == "/"


@pytest.mark.parametrize("host", ["elsewhere.example", "10.0.0.7", "merestone.local:8000"])
def test_another_name_for_this_machine_is_refused(house: House, host: str) -> None:
    told = visitor(house).get("/sign-in/", HTTP_HOST=host)
    assert told.status_code == 400
    assert house.title not in told.content.decode()
    for name, value in ALL.items():
        assert told.headers[name] == value, name


def test_a_new_password_ends_what_the_old_one_began(tmp_path: Path, built: tuple[Path, Built]) -> None:
    shutil.copytree(built[0], tmp_path / "mission")
    with house_at(tmp_path / "mission", ground()) as house:
        client = visitor(house)
        assert client.post("/sign-in/", {"name": built[1].account, "password": built[1].password}).status_code == 302
        assert client.get("/").status_code == 200
        set_password(house.mission, built[1].account, "another one altogether")
        assert client.get("/").status_code == 302
        assert client.post("/sign-in/", {"name": built[1].account, "password": "another one altogether"}).status_code == 302


def test_an_account_that_was_closed_is_out(tmp_path: Path, built: tuple[Path, Built]) -> None:
    from merestone.register.people import dismiss

    shutil.copytree(built[0], tmp_path / "mission")
    with house_at(tmp_path / "mission", ground()) as house:
        set_password(house.mission, "publisher-1", "a quiet night in may")
        client = visitor(house)
        assert client.post("/sign-in/", {"name": "publisher-1", "password": "a quiet night in may"}).status_code == 302
        mission = open_mission(tmp_path / "mission", ground(seed=11))
        dismiss(mission, "analyst-1", "publisher-1", "gone home")
        close(mission)
        assert client.get("/").status_code == 302


def test_no_password_is_stored_as_it_is(tmp_path: Path, built: tuple[Path, Built]) -> None:
    stored = (built[0] / "keys" / FILE).read_text(encoding="utf-8")
    assert built[1].password not in stored
    assert all(value.startswith("scrypt$") for value in json.loads(stored).values())
    assert (built[0] / "keys" / FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        ("nobody", "long enough to be one", "unknown_actor"),
        ("analyst-1", "short", "password_length"),
        ("analyst-1", "x" * 2000, "password_length"),
    ],
)
def test_what_is_no_password_is_refused(house: House, name: str, password: str, code: str) -> None:
    before = hashes(house.mission)
    with pytest.raises(Refusal) as refused:
        set_password(house.mission, name, password)
    assert refused.value.code == code
    assert hashes(house.mission) == before


def test_a_mission_into_which_nobody_can_sign_in_is_not_served(tmp_path: Path, built: tuple[Path, Built]) -> None:
    shutil.copytree(built[0], tmp_path / "mission")
    (tmp_path / "mission" / "keys" / FILE).unlink()
    with pytest.raises(Refusal) as refused, house_at(tmp_path / "mission", ground()):
        pass
    assert refused.value.code == "nobody_can_sign_in"


@pytest.mark.parametrize("written", ["[]", "{", '{"ACC-001": 7}', ""])
def test_a_malformed_file_of_passwords_is_refused(house: House, tmp_path: Path, written: str) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / FILE).write_text(written, encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        hashes(replace(house.mission, folder=tmp_path))
    assert refused.value.code == "passwords_malformed"


def test_the_pages_can_alter_nothing(house: House) -> None:
    from django.db import DatabaseError, connections

    with connections[house.mission.alias].cursor() as cursor, pytest.raises(DatabaseError, match="readonly"):
        cursor.execute("DELETE FROM claim")


def test_whether_it_is_well_is_told_to_everybody_and_nothing_else(stranger: Client) -> None:
    told = stranger.get("/healthz")
    assert (told.status_code, told.content) == (200, b"ok\n")

"""The model of a mission, at the wire and as a shell would: a server on loopback keeps what it is sent and answers as badly as it likes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from merestone.cli import model
from tests.cli.conftest import ADMINISTRATOR, ANALYST, MONITOR, TEXT, Run
from tests.cli.test_model import KEY, Server, completion, serving

QUOTE = "fired at the village of Alta Vauride"
FOUND = {"quote": QUOTE, "kind": {"value": "theft", "words": "village of Alta Vauride"}, "initiator": {"value": "OR", "words": "Orsay"}}


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()
    made = serving(told)
    yield told
    made.shutdown()
    made.server_close()


@pytest.fixture(autouse=True)
def no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(model.KEY, raising=False)


@pytest.fixture
def filled(run: Run, made: Path, folder: Path) -> Path:
    """A mission that received one text which a ministry published."""
    told = ("--publisher", "Ministry of Defence of Orsay", "--published", "2031-05-18", "--language", "en")
    assert run("-C", made, "receive", folder, *told, "--as", MONITOR)[0] == 0
    return made


def on(run: Run, mission: Path, url: str, reason: str = "weighed on 9 May", who: str = ADMINISTRATOR) -> tuple[int, str, str]:
    return run("-C", mission, "model", "on", "--url", url, "--model", "small:7b", "--reason", reason, "--as", who)


def test_propose_asks_it_only_when_it_is_on(run: Run, filled: Path, server: Server) -> None:
    assert run("-C", filled, "model", "show")[1] == "off\n"
    code, out, err = run("-C", filled, "propose", "--as", ANALYST)
    assert (code, server.got) == (0, [])
    assert "http" not in out + err
    code, out, err = on(run, filled, server.url)
    assert code == 0
    assert "Nothing was sent yet" in err
    assert server.got == []
    (exhibit,) = json.loads(run("-C", filled, "list", "exhibits", "--json")[1])
    code, out, err = run("-C", filled, "propose", exhibit["id"], "--as", ANALYST)
    house = f"http://127.0.0.1:{server.port}"
    assert code == 0
    assert f"goes to {house}, as the public may read it" in err
    assert f"1 texts went to {house}" in out
    ((path, headers, body),) = server.got
    assert (path, body["model"]) == ("/v1/chat/completions", "small:7b")
    assert "authorization" not in headers
    sent = json.loads(body["messages"][1]["content"])
    assert set(sent) == {"parties", "text"}
    assert len(sent["text"]) == len(TEXT.rstrip("\n")) or len(sent["text"]) == len(TEXT)
    assert "Ministry of Defence of Orsay" not in json.dumps({**body, "messages": []})
    out = run("-C", filled, "model", "show")[1]
    assert out.startswith(f"on: small:7b at {house}, by entry ")
    assert f"{exhibit['id']}  " in out
    assert "weighed on 9 May" in out
    told = json.loads(run("-C", filled, "model", "show", "--json")[1])
    assert [each["exhibit"] for each in told["sent"]] == [exhibit["id"]]
    assert run("-C", filled, "verify", filled)[0] == 0
    assert run("-C", filled, "model", "off", "--reason", "enough", "--as", ADMINISTRATOR)[0] == 0
    run("-C", filled, "propose", exhibit["id"], "--as", ANALYST)
    assert len(server.got) == 1
    assert run("-C", filled, "rebuild")[0] == 0


def test_only_an_administrator_sets_it_and_says_why(run: Run, made: Path, server: Server) -> None:
    for who, reason, code in ((ANALYST, "because", "role_missing"), (ADMINISTRATOR, " ", "reason_missing")):
        ended, _, err = on(run, made, server.url, reason, who)
        assert ended == 2
        assert code in err
    assert run("-C", made, "model", "show")[1] == "off\n"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://name:sesame-open-31@models.example/v1", "model_url"),
        ("https://models.example/v1?key=sesame-open-31", "model_url"),
        ("http://models.example/sesame-open-31", "model_plain"),
        ("file:///sesame-open-31", "model_url"),
    ],
)
def test_a_secret_in_an_address_is_neither_kept_nor_printed(run: Run, made: Path, url: str, code: str) -> None:
    ended, out, err = on(run, made, url)
    assert ended == 2
    assert code in err
    assert KEY not in out + err
    assert not any(KEY.encode() in path.read_bytes() for path in made.rglob("*") if path.is_file())


def test_the_key_goes_in_a_header_and_nowhere_else(run: Run, filled: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    on(run, filled, server.url)
    monkeypatch.setenv(model.KEY, KEY)
    _, out, err = run("-C", filled, "propose", "--as", ANALYST)
    ((_, headers, body),) = server.got
    assert headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(body) + out + err
    assert not any(KEY.encode() in path.read_bytes() for path in filled.rglob("*") if path.is_file())
    monkeypatch.setenv(model.KEY, "two words")
    assert "model_key" in run("-C", filled, "propose", "--as", ANALYST)[2]


def test_a_redirect_is_not_followed_and_the_rules_reading_stands(run: Run, filled: Path, server: Server) -> None:
    other = Server()
    elsewhere = serving(other)
    server.status, server.location = 307, other.url
    on(run, filled, server.url)
    code, out, err = run("-C", filled, "propose", "--as", ANALYST)
    elsewhere.shutdown()
    elsewhere.server_close()
    assert (code, other.got, len(server.got)) == (0, [], 1)
    assert "model_unreachable" in err
    assert "1 exhibits read: 1 claims" in out


def test_a_huge_answer_and_no_answer_leave_the_rules_reading(
    run: Run, filled: Path, server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "MOST", 1000)
    server.body = completion({"claims": [{"quote": "x" * 5000}]})
    on(run, filled, server.url)
    code, out, err = run("-C", filled, "propose", "--as", ANALYST)
    assert code == 0
    assert "model_answer_malformed" in err
    assert "1 exhibits read: 1 claims" in out
    assert on(run, filled, "http://127.0.0.1:9/v1")[0] == 0
    (folder / "two.txt").write_text(TEXT.replace("03:10", "04:10"), encoding="utf-8")
    told = ("--publisher", "Ministry of Defence of Orsay", "--published", "2031-05-18", "--language", "en")
    run("-C", filled, "receive", folder / "two.txt", *told, "--as", MONITOR)
    code, out, err = run("-C", filled, "propose", "--as", ANALYST)
    assert code == 0
    assert "model_unreachable" in err
    assert "1 exhibits read: 1 claims" in out


def test_killed_while_the_model_thinks_the_record_is_whole_and_says_what_went(run: Run, filled: Path, server: Server) -> None:
    on(run, filled, server.url)
    hold = Path(filled.parent / "asked")
    slow = "import sys, time, pathlib; from merestone.cli import model, main; "
    slow += f"model.answer = lambda *_: (pathlib.Path({str(hold)!r}).touch(), time.sleep(60)); sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", slow, "-C", str(filled), "propose", "--as", ANALYST]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, stderr=subprocess.DEVNULL)
    for _ in range(600):
        if hold.exists():
            break
        time.sleep(0.1)
    assert hold.exists()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert run("-C", filled, "verify", filled)[0] == 0
    told = json.loads(run("-C", filled, "model", "show", "--json")[1])
    assert len(told["sent"]) == 1
    server.body = completion({"claims": []})
    code, out, _ = run("-C", filled, "propose", told["sent"][0]["exhibit"], "--as", ANALYST)
    assert code == 0
    assert "1 texts went to" in out

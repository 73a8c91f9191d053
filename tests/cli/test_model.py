"""`read` with a language model, at the wire: a server on loopback keeps what it is sent and answers as badly as it likes."""

from __future__ import annotations

import json
import socket
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from merestone.cli import model
from merestone.ledger.terms import Refusal
from tests.cli.conftest import TEXT, Run, lines

QUOTE = "Veldarian forces fired at the village of Alta Vauride"
CLAIM = {
    "quote": QUOTE,
    "kind": {"value": "small_arms_fire", "words": "fired at"},
    "said_by": [{"words": "Ministry of Defence of Orsay"}],
    "initiator": {"value": "VE", "words": "Veldarian forces"},
    "when": {"words": "On 17 May 2031 at 03:10", "from": "2031-05-17T03:10"},
    "places": [{"words": "Alta Vauride", "lat": 1.0, "lon": 2.0}],
    "casualties": [{"outcome": "killed", "min": 9, "max": 9, "words": "nine killed"}],
}
KEY = "sesame-open-31"


def completion(content: object) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": json.dumps(content)}}]}).encode()


@dataclass
class Server:
    """What it answers, and what it got: path, headers, body."""

    status: int = 200
    body: bytes = completion({"claims": [CLAIM]})
    location: str = ""
    got: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1/chat/completions"


def serving(server: Server) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def _take(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            server.got.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(server.status)
            if server.location:
                self.send_header("Location", server.location)
            self.send_header("Content-Length", str(len(server.body)))
            self.end_headers()
            self.wfile.write(server.body)

        do_GET = do_POST = _take  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.port = made.server_address[1]
    threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
    return made


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


def read(run: Run, folder: Path, server: Server, *more: object) -> tuple[int, list[dict[str, Any]], str]:
    code, out, err = run("read", folder, "--pack", "teaching", "--model-url", server.url, "--model", "small:7b", *more)
    return code, lines(out), err


def test_a_document_is_read_by_the_model_and_what_no_words_carry_is_told(run: Run, folder: Path, server: Server) -> None:
    code, (document,), err = read(run, folder, server, "--publisher", "Mill Watch", "--published", "2031-05-18")
    assert code == 0
    (claim,) = document["claims"]
    assert (claim["kind"], claim["initiator"], claim["said_by"]) == ("small_arms_fire", "VE", ["Ministry of Defence of Orsay"])
    assert (claim["rule"], claim["casualties"]) == ("model", [])
    (place,) = claim["where"]
    assert place["name"] == "Alta Vauride"
    assert place["lat"] not in (None, 1.0)
    assert [row["slot"] for row in document["dropped"]] == ["places.lat", "places.lon", "casualties"]
    assert document["model"] == "small:7b"
    host = f"http://127.0.0.1:{server.port}"
    assert f"goes to {host}, to be read by small:7b" in err
    assert f"1 documents were sent to {host}." in err


def test_the_text_and_the_parties_are_all_that_is_sent(run: Run, folder: Path, server: Server) -> None:
    read(run, folder, server, "--publisher", "Mill Watch", "--published", "2031-05-18")
    ((path, headers, body),) = server.got
    data = json.loads(body["messages"][1]["content"])
    assert (path, set(data), data["text"]) == ("/v1/chat/completions", {"parties", "text"}, TEXT)
    assert "Mill Watch" not in json.dumps(body)
    assert "one.txt" not in json.dumps(body)
    assert "authorization" not in headers


def test_explain_says_that_a_model_read_it(run: Run, folder: Path, server: Server, tmp_path: Path) -> None:
    _, (document,), _ = read(run, folder, server)
    (tmp_path / "readings.jsonl").write_text(json.dumps(document) + "\n", encoding="utf-8")
    code, out, _ = run("explain", tmp_path / "readings.jsonl", f"{document['id']}#1")
    assert code == 0
    assert "rule model of rule set model small:7b " in out
    assert "rule model. Named by these words" in out


def test_nothing_is_sent_without_the_switch(run: Run, folder: Path, server: Server) -> None:
    code, out, err = run("read", folder, "--pack", "teaching")
    assert (code, server.got) == (0, [])
    assert "model" not in err
    assert "dropped" not in lines(out)[0]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--model-url", "{url}"], "model_unset"),
        (["--model", "m"], "model_unset"),
        (["--model-url", "{url}", "--model", "a b\nc"], "model_unset"),
        (["--model-url", "file:///one", "--model", "m"], "model_url"),
        (["--model-url", "http://name:word@127.0.0.1/", "--model", "m"], "model_url"),
        (["--model-url", "http://127.0.0.1:x/", "--model", "m"], "model_url"),
        (["--model-url", "http:///v1", "--model", "m"], "model_url"),
        (["--model-url", "{url}", "--model", "m", "--jobs", "2"], "model_jobs"),
    ],
)
def test_half_a_switch_or_another_address_is_refused(run: Run, folder: Path, server: Server, options: list[str], code: str) -> None:
    ended, out, err = run("read", folder, "--pack", "teaching", *(each.format(url=server.url) for each in options))
    assert (ended, out, server.got) == (2, "", [])
    assert f"[{code}]" in err


def test_a_protected_document_and_what_it_encloses_never_reach_the_wire(run: Run, folder: Path, server: Server, tmp_path: Path) -> None:
    words = "A witness of Alta Vauride said that soldiers fired at her house.\n"
    (folder / "witness.txt").write_text(words, encoding="utf-8")
    with zipfile.ZipFile(folder / "bag.zip", "w") as bag:
        bag.writestr("inside.txt", words)
    manifest = folder / "manifest.csv"
    manifest.write_text("path,protected\nwitness.txt,true\nbag.zip,true\n", encoding="utf-8")
    code, documents, err = read(run, folder, server, "--manifest", manifest)
    texts = [json.loads(body["messages"][1]["content"])["text"] for _, _, body in server.got]
    assert code == 0
    assert TEXT in texts
    told = json.dumps([*documents, *[body for _, _, body in server.got]]) + err
    assert "witness of" not in told.casefold()


def test_the_key_is_sent_and_written_nowhere(run: Run, folder: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(model.KEY, KEY)
    _, documents, err = read(run, folder, server)
    assert server.got[0][1]["authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(documents) + err + json.dumps(server.got[0][2])
    server.status = 401
    code, documents, err = read(run, folder, server)
    assert code == 1
    assert KEY not in json.dumps(documents) + err


def test_a_key_that_cannot_be_one_is_refused_unshown(run: Run, folder: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(model.KEY, f"{KEY}\r\nX-Other: 1")
    code, documents, err = read(run, folder, server)
    assert (code, documents, server.got) == (2, [], [])
    assert "[model_key]" in err
    assert KEY not in err


def test_a_redirect_is_not_followed(run: Run, folder: Path, server: Server) -> None:
    elsewhere = Server()
    made = serving(elsewhere)
    try:
        for status in (301, 302, 303, 307, 308):
            server.status, server.location = status, elsewhere.url
            code, (document,), err = read(run, folder, server)
            assert (code, document["refusals"][0]["code"], elsewhere.got) == (1, "model_unreachable", [])
            assert str(status) in err
    finally:
        made.shutdown()
        made.server_close()


def test_no_proxy_of_the_environment_is_used(run: Run, folder: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert read(run, folder, server)[0] == 0
    assert len(server.got) == 1


@pytest.mark.parametrize("body", [b"", b"nothing", b"{}", completion([]), completion({"claims": {}}), b"x" * (model.MOST + 1)])
def test_an_answer_of_another_shape_refuses_that_document(run: Run, folder: Path, server: Server, body: bytes) -> None:
    server.body = body
    code, (document,), _ = read(run, folder, server)
    assert code == 1
    assert document["refusals"][0]["code"] == "model_answer_malformed"
    assert document["claims"] == []


def test_the_rest_goes_on(run: Run, folder: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "two.txt").write_text("On 18 May 2031 it was calm in Alta Vauride, Mill Watch wrote.\n", encoding="utf-8")
    plain = model.answer

    def flaky(*given: Any) -> bytes:
        body = plain(*given)
        if len(server.got) == 1:
            raise Refusal("model_unreachable", found="it broke off")
        return body

    monkeypatch.setattr(model, "answer", flaky)
    code, documents, err = read(run, folder, server)
    assert (code, len(documents), len(server.got)) == (0, 2, 2)
    assert [bool(document["refusals"]) for document in documents] == [True, False]
    assert "1 refused, 1 done." in err


def test_nobody_at_the_address(run: Run, folder: Path) -> None:
    closed = Server()
    made = serving(closed)
    made.shutdown()
    made.server_close()
    code, (document,), _ = read(run, folder, closed)
    assert (code, document["refusals"][0]["code"], document["path"]) == (1, "model_unreachable", "one.txt")


def test_a_server_that_says_nothing_is_waited_for_only_so_long(server: Server) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(Refusal) as refused:
            model.answer(f"http://127.0.0.1:{silent.getsockname()[1]}/", {}, "", wait=0.2)
    assert refused.value.code == "model_unreachable"

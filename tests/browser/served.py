"""The real program as a shell starts it: a process of its own that serves a mission, asked over loopback and stopped as Ctrl-C would.

Whoever starts one sees that it ends well; nothing of it is left behind, neither a process nor an open pipe.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.kill import PROGRAM

PATIENCE = 180  # seconds until it says its address; `demo` builds all of a mission before
PASSWORD = "a quiet night in may"
ENDED_WELL = (0, 130)


@dataclass(frozen=True, slots=True)
class Served:
    """A process that serves. `address` ends with a slash; `account` and `password` are told by `demo` alone."""

    process: subprocess.Popen[str]
    address: str
    said: Path
    folder: Path
    account: str = ""
    password: str = ""

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0


@dataclass(slots=True)
class Visitor:
    """A browser without scripts, for what has to be asked on the wire: keeps its cookies and follows nothing."""

    port: int
    host: str = "127.0.0.1"
    cookie: str = ""  # of the sign-in: name=value
    form: str = ""  # of the form's token
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        return self.asked("GET", path, "", headers)

    def asked(self, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        kept = "; ".join(filter(None, (self.cookie, self.form)))
        sent = {"Cookie": kept, **headers} if kept else headers
        try:
            connection.request(method, path, body or None, sent)
            answer = connection.getresponse()
            told = answer.read().decode("utf-8", "replace")
        finally:
            connection.close()
        self.headers = {name.lower(): value for name, value in answer.getheaders()}
        for each in answer.headers.get_all("Set-Cookie", []):
            set_to = each.partition(";")[0]
            if set_to.startswith("merestone-form="):
                self.form = set_to
            else:
                self.cookie = set_to
        return answer.status, told

    def signs_in(self, name: str, password: str) -> int:
        return self.sends("/sign-in/", "/sign-in/", name=name, password=password)[0]

    def sends(self, page: str, path: str, **fields: str) -> tuple[int, str]:
        """A form of that page."""
        _, form = self.get(page)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token, form
        body = urlencode({"csrfmiddlewaretoken": token[1], **fields})
        return self.asked("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})


def merestone(*arguments: object, passes: bool = True) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)], capture_output=True, text=True, env=environment(), check=False, timeout=PATIENCE
    )
    assert not passes or done.returncode == 0, done.stderr
    return done


def environment() -> dict[str, str]:
    """Whoever runs the tests acts in none of them."""
    return {name: value for name, value in os.environ.items() if name not in ("MERESTONE_ACTOR", "MERESTONE_PASSPHRASE")}


def let_in(mission: Path, folder: Path, name: str = "analyst-1", password: str = PASSWORD) -> None:
    """Sets a password by the command line."""
    (folder / "password").write_text(password + "\n", encoding="utf-8")
    merestone("-C", mission, "user", "password", name, "--new-file", folder / "password")


@contextmanager
def serving(folder: Path, *arguments: object) -> Iterator[Served]:
    """Starts the program with these arguments, waits until it says its address, and stops it as Ctrl-C would. `folder` is for what it says."""
    said = folder / f"said-{time.monotonic_ns()}"
    with (
        said.open("w", encoding="utf-8") as words,
        subprocess.Popen(
            [*PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE, stderr=words, text=True, env=environment(), start_new_session=True
        ) as process,
    ):
        try:
            yield _begun(process, said, folder)
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                assert process.wait(timeout=30) in ENDED_WELL, said.read_text(encoding="utf-8")
        finally:
            if process.poll() is None:
                process.kill()


def _begun(process: subprocess.Popen[str], said: Path, folder: Path) -> Served:
    assert process.stdout is not None
    for line in process.stdout:  # ends when it does; a program that hangs is ended by the limit of the whole run
        if line.startswith("http://"):
            signing = re.search(r"Sign in as (\S+) with the password (\S+)", said.read_text(encoding="utf-8"))
            account, password = signing.groups() if signing else ("", "")
            return Served(process, line.strip(), said, folder, account, password)
    raise AssertionError(f"it ended with {process.wait()} and served nothing: {said.read_text(encoding='utf-8')}")

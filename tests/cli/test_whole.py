"""From nothing to a published edition that a stranger checks, each command a process of its own; and the demonstration."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import TEACHING, Run

PROGRAM = "import sys; from merestone.cli import main; sys.exit(main())"
# What a stranger has: the standard library, cryptography with what it is built on, and of ours the ledger and the command line.
BARE = """
import sys
class Bare:
    def find_spec(self, name, path=None, target=None):
        first, _, rest = name.partition(".")
        ours = first == "merestone" and rest.partition(".")[0] in ("", "cli", "ledger")
        if not ours and first not in {*sys.stdlib_module_names, "cryptography", "_cffi_backend", "cffi"}:
            raise ModuleNotFoundError(f"a stranger has no {name}")
sys.meta_path.insert(0, Bare())
"""


def process(*arguments: object, program: str = PROGRAM, actor: str = "") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MERESTONE_")}
    command = [sys.executable, "-c", program, *map(str, arguments)]
    more = {"MERESTONE_ACTOR": actor} if actor else {}
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**environment, **more})


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a mission of one and its bundle, made by commands alone."""
    place = tmp_path_factory.mktemp("a mission of one")
    mission = place / "mill"
    for command in (
        ("init", mission, "--pack", "teaching", "--title", "Mill valley"),
        ("-C", mission, "receive", TEACHING, "--manifest", TEACHING / "manifest.csv"),
        ("-C", mission, "propose"),
        ("-C", mission, "record", "--all"),
        ("-C", mission, "report", "--out", place / "draft", "--recorded"),
    ):
        ended = process(*command, actor="analyst-1")
        assert ended.returncode == 0, ended.stderr
    (edition,) = json.loads(process("-C", mission, "list", "editions", "--json").stdout)
    ended = process("-C", mission, "publish", edition["id"], "--out", place / "edition.zip", actor="analyst-1")
    assert ended.returncode == 0, ended.stderr
    assert process("-C", mission, "checkpoint", "--tiles", place / "tiles", "--out", place / "note").returncode == 0
    return place


def test_what_was_published_is_verified_and_so_is_the_mission(published: Path) -> None:
    key = published / "mill" / "keys" / "verifier"
    for path in ("mill", "edition.zip", "tiles"):
        ended = process("verify", published / path, "--key", key, "--since", published / "note")
        assert ended.returncode == 0, ended.stderr
        assert ended.stdout.startswith("1. ")


@pytest.mark.parametrize("path", ["edition.zip", "tiles"])
def test_a_stranger_needs_nothing_but_cryptography(published: Path, path: str) -> None:
    ended = process("verify", published / path, program=BARE + PROGRAM)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "What this does not show" in ended.stdout
    refused = process("verify", published / "draft", program=BARE + PROGRAM)
    assert refused.returncode == 2
    assert "[not_verifiable]" in refused.stderr


def test_the_look_at_a_bare_machine_would_see_another_room() -> None:
    ended = process("pack", "list", program=BARE + PROGRAM)
    assert ended.returncode == 1
    assert "a stranger has no" in ended.stderr


def test_a_mission_of_one_says_so_in_what_it_publishes(published: Path) -> None:
    ended = process("-C", published / "mill", "list", "entries", "--json")
    (act,) = [entry for entry in json.loads(ended.stdout) if entry["act"] == "published"]
    assert act["body"]["four_eyes"] is False


def test_two_processes_that_receive_at_once_lose_nothing_and_double_nothing(published: Path, tmp_path: Path) -> None:
    mission, sources = tmp_path / "mill", tmp_path / "sources"
    assert process("init", mission, "--pack", "teaching", actor="analyst-1").returncode == 0
    sources.mkdir()
    for number in range(30):
        (sources / f"{number}.txt").write_text(
            f"On {number % 28 + 1} May 2031 there was shooting at Alta Vauride ({number}).\n", encoding="utf-8"
        )
    command = [sys.executable, "-c", PROGRAM, "-C", str(mission), "receive", str(sources), "--as", "analyst-1"]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [running.wait() for running in both] == [0, 0]
    exhibits = json.loads(process("-C", mission, "list", "exhibits", "--json").stdout)
    assert sorted(each["name"] for each in exhibits) == sorted(f"{number}.txt" for number in range(30))
    assert process("verify", mission).returncode == 0


# --- the demonstration --------------------------------------------------------------------------------------------


@pytest.fixture
def shown(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration, to be spoilt."""
    return Path(shutil.copytree(demo, tmp_path / "a demo"))


def test_the_demonstration_is_a_mission_a_report_and_two_bundles(run: Run, demo: Path) -> None:
    names = {path.name for path in demo.iterdir()}
    bundles = sorted(name for name in names if name.endswith(".zip"))
    files = {"report.html", "report.pdf", "report.docx", "claims.csv", "incidents.geojson", "edition.json"}
    assert names == {*files, *bundles, "mission", "demo.json"}
    assert [name.rsplit("-", 1)[1] for name in bundles] == ["internal.zip", "public.zip"]
    for name in ("mission", *bundles):
        assert run("verify", demo / name, "--key", demo / "mission" / "keys" / "verifier")[0] == 0
    acts = [entry["act"] for entry in json.loads(run("-C", demo / "mission", "list", "entries", "--json")[1])]
    assert {
        "opened",
        "appointed",
        "received",
        "proposed",
        "linked",
        "recorded",
        "judged",
        "decided",
        "drafted",
        "approved",
        "published",
    } <= set(acts)
    assert len(json.loads(run("-C", demo / "mission", "list", "accounts", "--json")[1])) == 3
    assert json.loads(run("-C", demo / "mission", "list", "proposals", "--json")[1])


@pytest.mark.usefixtures("light")
def test_run_again_it_replaces_what_it_made_and_leaves_what_is_yours(run: Run, shown: Path) -> None:
    (shown / "mine.txt").write_text("mine", encoding="utf-8")
    before = (shown / "mission" / "mission.json").read_bytes()
    code, out, err = run("demo", "--dir", shown, "--no-serve")
    assert (code, out) == (0, f"{(shown / 'report.html').as_uri()}\n")
    assert "later version" not in err
    assert (shown / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert (shown / "mission" / "mission.json").read_bytes() != before
    assert run("verify", shown / "mission")[0] == 0


def spoilt(what: str, run: Run, shown: Path) -> None:
    if what == "a file that was changed":
        (shown / "claims.csv").write_text("mine", encoding="utf-8")
    elif what == "a mission in which somebody worked":
        assert run("-C", shown / "mission", "user", "add", "Bo", "--role", "monitor", "--as", "analyst-1")[0] == 0
    elif what == "a file of somebody in the mission":
        (shown / "mission" / "mine.txt").write_text("mine", encoding="utf-8")
    elif what == "a list of what is ours that reaches outside":
        told = json.loads((shown / "demo.json").read_bytes())
        told["files"]["../precious.txt"] = ""
        (shown / "demo.json").write_text(json.dumps(told), encoding="utf-8")
    else:
        (shown / "demo.json").unlink()


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("a file that was changed", "demo_changed"),
        ("a mission in which somebody worked", "demo_changed"),
        ("a file of somebody in the mission", "demo_changed"),
        ("a list of what is ours that reaches outside", "demo_taken"),
        ("nothing that says it is ours", "demo_taken"),
    ],
)
def test_what_it_did_not_make_it_leaves_alone(run: Run, shown: Path, what: str, code: str) -> None:
    (shown.parent / "precious.txt").write_text("mine", encoding="utf-8")
    spoilt(what, run, shown)
    before = {path: path.read_bytes() for path in shown.parent.rglob("*") if path.is_file() and "sqlite3-" not in path.name}
    ended, out, err = run("demo", "--dir", shown, "--no-serve")
    assert (ended, out) == (2, "")
    assert f"[{code}]" in err
    assert {path: path.read_bytes() for path in shown.parent.rglob("*") if path.is_file() and "sqlite3-" not in path.name} == before


def test_what_an_interrupted_one_left_is_no_hindrance(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("merestone.register.propose.propose", stopped)
    assert run("demo", "--dir", tmp_path / "demo")[0] == 130
    assert [path.name for path in (tmp_path / "demo").iterdir()] == [".demo-unfinished"]
    assert run("demo", "--dir", tmp_path / "demo")[0] == 130
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "[cannot_write]" in run("demo", "--dir", tmp_path / "file")[2]

"""What import-linter cannot see: names of files, what a room may reach for, and what nobody may do at all."""

from __future__ import annotations

import ast
import sys

import pytest

from tests.architecture.sources import PACKAGE, ROOMS, Module, dotted, modules

JUNK = {"utils", "util", "common", "helpers", "helper", "core", "base", "manager", "managers", "misc", "lib", "shared", "tools", "stuff"}

STORIES = {
    "ledger": "audit",
    "capture": "receive",
    "extract": "read",
    "locate": "resolve",
    "link": "group",
    "assess": "grade",
    "report": "render",
    "register": "record",
    "web": "serve",
}

# A functional core: values in, values out. Only the command line may look at a clock, chance or the environment.
OUTSIDE = (
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "urllib3",
    "requests",
    "httpx",
    "ftplib",
    "smtplib",
    "random",
    "secrets",
    "uuid",
    "time",
    "sqlite3",
    "subprocess",
    "threading",
    "logging",
    "locale",
    "importlib.import_module",
    "pkgutil",
    "pickle",
)
CALLS = ("now", "utcnow", "today", "environ", "getenv", "urandom", "system", "popen", "fromtimestamp", "getcwd", "cwd")

# file -> (name, why it may)
ALLOWED: dict[str, dict[str, str]] = {
    "web/house.py": {"threading": "several readers ask at once", "threading.Lock": "and one edition is made for all of them"},
    "web/pictures.py": {
        "threading": "several readers ask for pages at once",
        "threading.Lock": "and PDFium knows no threads",
    },
    "web/tries.py": {"threading": "several strangers try at once", "threading.Lock": "and every try counts"},
}


def test_the_rooms_are_the_folders() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == {*ROOMS, "packs", "cli"}
    assert {path.name for path in PACKAGE.glob("*.py")} == {"__init__.py"}


def test_packs_hold_no_python() -> None:
    assert [path.name for path in (PACKAGE / "packs").rglob("*.py*") if "__pycache__" not in path.parts] == []


@pytest.mark.parametrize("module", modules(), ids=lambda m: m.path)
def test_no_junk_drawer(module: Module) -> None:
    assert JUNK.isdisjoint(module.path.removesuffix(".py").split("/"))


@pytest.mark.parametrize(("room", "verb"), STORIES.items())
def test_each_room_tells_its_story_in_one_short_module(room: str, verb: str) -> None:
    story = next((module for module in modules() if module.path == f"{room}/{verb}.py"), None)
    assert story is not None, f"{room}/{verb}.py is missing"
    assert len(story.text.splitlines()) <= 150


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "ledger"])
def test_each_room_lists_its_public_names(room: str) -> None:
    door = next(module for module in modules() if module.path == f"{room}/__init__.py")
    named = [
        (node.targets[0] if isinstance(node, ast.Assign) else node.target)
        for node in door.tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
    ]
    listed = [name for name in named if dotted(name) == "__all__"]
    assert listed, f"{room}/__init__.py has no __all__"


@pytest.mark.parametrize("module", [m for m in modules() if m.text.strip()], ids=lambda m: m.path)
def test_every_module_says_what_it_is_for(module: Module) -> None:
    told = ast.get_docstring(module.tree)
    assert told, "no module docstring"
    # a story may carry its numbered procedure, as verification and the one write path do
    story = module.path in {f"{room}/{verb}.py" for room, verb in STORIES.items()}
    assert len(told.splitlines()) <= (20 if story else 8)


@pytest.mark.parametrize("module", [m for m in modules() if m.room == "ledger"], ids=lambda m: m.path)
def test_the_ledger_imports_the_standard_library_and_cryptography_alone(module: Module) -> None:
    first = {name.partition(".")[0] for name in module.imported() if not name.startswith("merestone.ledger")}
    assert first <= {*sys.stdlib_module_names, "cryptography"}


@pytest.mark.parametrize("module", [m for m in modules() if m.room], ids=lambda m: m.path)
def test_rooms_do_not_reach_outside(module: Module) -> None:
    allowed = ALLOWED.get(module.path, {})
    reached = {name for name in module.imported() for out in OUTSIDE if name == out or name.startswith(out + ".")}
    called = {
        dotted(node)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and node.attr in CALLS
        and dotted(node.value).split(".")[-1] in ("datetime", "date", "os", "Path", "time")
    }
    assert {name for name in reached | called if name not in allowed} == set()


@pytest.mark.parametrize("module", [m for m in modules() if m.room], ids=lambda m: m.path)
def test_rooms_print_nothing_and_do_not_know_the_command_line(module: Module) -> None:
    assert not {name for name in module.imported() if name.startswith(("merestone.cli", "argparse"))}
    assert not [
        node.lineno for node in ast.walk(module.tree) if isinstance(node, ast.Call) and dotted(node.func) in ("print", "input", "sys.exit")
    ]


@pytest.mark.parametrize("module", modules(), ids=lambda m: m.path)
def test_no_broad_except_and_no_dynamic_import(module: Module) -> None:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler):
            caught = [node.type] if not isinstance(node.type, ast.Tuple) else node.type.elts
            names = {"" if each is None else dotted(each) for each in caught}
            assert names.isdisjoint({"", "Exception", "BaseException"}), f"line {node.lineno}: broad except"
        if isinstance(node, ast.Call):
            assert dotted(node.func) not in ("eval", "exec", "__import__", "compile", "importlib.import_module"), f"line {node.lineno}"


def test_the_checks_see_what_they_are_for() -> None:
    bad = Module(
        "link/x.py",
        "",
        ast.parse(
            "import urllib.request\nfrom datetime import datetime\nx = datetime.now()\ntry:\n    pass\nexcept Exception:\n    pass\n"
        ),
    )
    with pytest.raises(AssertionError):
        test_rooms_do_not_reach_outside(bad)
    with pytest.raises(AssertionError):
        test_no_broad_except_and_no_dynamic_import(bad)

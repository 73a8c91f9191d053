"""What a newcomer sees first: help that answers at once, and a handbook that knows every command and option."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from merestone import __version__
from merestone.cli import main, parser

LOADED = "import json, sys; before = set(sys.modules); {work}; print(json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr)"
HELP = "from merestone.cli import parser; parser().print_help()"


def loaded_by(work: str) -> set[str]:
    run = subprocess.run([sys.executable, "-c", LOADED.format(work=work)], capture_output=True, text=True, check=True)
    return set(json.loads(run.stderr.splitlines()[-1]))


def test_help_imports_the_standard_library_and_ourselves_alone() -> None:
    loaded = loaded_by(HELP)
    foreign = {name for name in loaded if name.partition(".")[0] not in {*sys.stdlib_module_names, "merestone"}}
    assert foreign == set()
    ours = {name for name in loaded if name.startswith("merestone.") and not name.startswith("merestone.cli")}
    assert ours == {"merestone.ledger", "merestone.ledger.terms"}


def test_the_look_at_imports_would_see_a_library() -> None:
    assert "yaml" in loaded_by("import yaml")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"merestone {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [[], ["conquer"], ["brief", "x"], ["read", "x", "--pack"], ["read", "x", "--pack", "p", "--str"], ["judge", "x"]],
    ids=" ".join,
)
def test_what_cannot_start_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def commands(one: argparse.ArgumentParser, name: str = "merestone") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    inner = [action for action in one._actions if isinstance(action, argparse._SubParsersAction)]
    if not inner:
        yield name, one
    for action in inner:
        for word, sub in action.choices.items():
            yield from commands(sub, f"{name} {word}")


def chapter(root: Path, command: str) -> str:
    """What the handbook says under the heading of that command."""
    page = (root / "docs" / "handbook" / "commands.md").read_text(encoding="utf-8")
    found = re.search(rf"^## `{re.escape(command)}[` ].*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return found.group(0) if found else ""


def shared(root: Path) -> str:
    """What the handbook says of the options that every command of a mission has."""
    page = (root / "docs" / "handbook" / "commands.md").read_text(encoding="utf-8")
    found = re.search(r"^## What all commands of a mission share$.*?(?=^## )", page, re.MULTILINE | re.DOTALL)
    assert found
    return found.group(0)


@pytest.mark.parametrize(("command", "one"), list(commands(parser())), ids=lambda value: value if isinstance(value, str) else "")
def test_every_command_and_option_stands_in_the_handbook(command: str, one: argparse.ArgumentParser, root: Path) -> None:
    told = chapter(root, command)
    assert told, f"docs/handbook/commands.md has no heading for {command}"
    told += shared(root)
    for action in one._actions:
        for option in action.option_strings:
            if option not in ("-h", "--help"):
                assert f"`{option}" in told, option
        if not action.option_strings:
            assert str(action.metavar) in told, action.dest


def test_the_handbook_describes_no_command_that_is_gone(root: Path) -> None:
    page = (root / "docs" / "handbook" / "commands.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^## `(merestone(?: [a-z]+)+)", page, re.MULTILINE))
    assert described == {name for name, _ in commands(parser())}


@pytest.mark.parametrize(("command", "one"), list(commands(parser())), ids=lambda value: value if isinstance(value, str) else "")
def test_every_option_is_explained_by_help(command: str, one: argparse.ArgumentParser) -> None:
    assert all(action.help for action in one._actions), command

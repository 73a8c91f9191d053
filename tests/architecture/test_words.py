"""One word, one meaning: words that take a side or say nothing are not used, and no conflict is known outside packs."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from merestone.capture.pack import list_packs, load_pack
from tests.architecture.sources import PACKAGE, ROOT, Module, modules

NEVER = {
    "fact",
    "truth",
    "event",
    "events",
    "violation",
    "violations",
    "enemy",
    "enemies",
    "terrorist",
    "terrorists",
    "utils",
    "manager",
    "helper",
    "helpers",
}
TEXTS = (".html", ".j2", ".css", ".js", ".svg", ".md")

# words of a real pack's names that are words of the language too
ORDINARY = {
    "armed",
    "forces",
    "ministry",
    "republic",
    "defence",
    "army",
    "side",
    "military",
    "government",
    "state",
    "the",
    "authorities",
    "պաշտպանության",
}


def defined(module: Module) -> Iterator[str]:
    """The names that the module itself gives to things."""
    for node in ast.walk(module.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def split(name: str) -> set[str]:
    return {part.casefold() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


@pytest.mark.parametrize("module", modules(), ids=lambda m: m.path)
def test_names_use_no_word_that_we_do_not_use(module: Module) -> None:
    assert {name for name in defined(module) if split(name) & NEVER} == set()


@pytest.mark.parametrize("module", modules(), ids=lambda m: m.path)
def test_texts_in_code_use_no_such_word(module: Module) -> None:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            used = set(re.findall(r"[a-z]+", node.value.casefold())) & NEVER
            assert used == set(), f"line {node.lineno}"


def shown_texts() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*")) if path.suffix in TEXTS and "packs" not in path.parts]


@pytest.mark.parametrize("path", shown_texts(), ids=lambda p: p.name)
def test_pages_use_no_such_word(path: Path) -> None:
    assert set(re.findall(r"\b[a-z]+\b", path.read_text(encoding="utf-8").casefold())) & NEVER == set()


# fonts are called after the script that they hold
FONTS = ("Noto Sans Armenian", "noto-sans-armenian")


@functools.cache
def real_names() -> re.Pattern[str]:
    """What the shipped packs of real conflicts call their parties, as the packs say it."""
    words: set[str] = set()
    for name in list_packs():
        if name == "teaching":
            continue
        for party in load_pack(name).parties:
            for alias in (party.name, *(alias for given in party.aliases.values() for alias in given)):
                words |= {word.casefold() for word in re.findall(r"[^\W\d_]{4,}", alias) if word[0].isupper()}
    words -= ORDINARY
    assert words, "no pack of a real conflict is shipped"
    return re.compile(r"\b(" + "|".join(sorted(map(re.escape, words))) + r")\b", re.IGNORECASE)


def ours() -> list[Path]:
    """Code, pages, tests and documents outside packs; a test that reads the shared material may name what it reads."""
    found = [path for path in PACKAGE.rglob("*") if path.suffix in (".py", *TEXTS) and "packs" not in path.parts]
    found += list((ROOT / "docs").rglob("*.md"))
    found += [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "Makefile"]
    found += [path for path in (ROOT / "tests").rglob("*.py") if "shared" not in path.read_text(encoding="utf-8")]
    return sorted(found)


@pytest.mark.parametrize("path", ours(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_conflict_is_known_outside_packs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name in (*list_packs(), *FONTS):
        text = text.replace(name, "")
    assert {found.group(0) for found in real_names().finditer(text)} == set()


# the brackets keep this line from finding itself
MACHINES = re.compile(r"/[w]ork/|/[r]oot/|/[h]ome/[a-z]|/[o]pt/|[p]ypi\.org|[p]ythonhosted|[f]ile:///[a-z]+/[a-z]")


def everything() -> list[Path]:
    tops = [
        path for path in ROOT.iterdir() if path.is_file() and path.name not in ("LICENSE", ".git")
    ]  # a linked worktree's .git is a file
    folders = [
        path for name in ("src", "tests", "docs", "benchmarks", "tools", ".ci") for path in (ROOT / name).rglob("*") if path.is_file()
    ]
    return sorted(
        path
        for path in (*tops, *folders)
        if path.suffix in (".py", ".md", ".yaml", ".json", ".toml", ".lock", ".txt", ".html", "") or ".ci" in path.relative_to(ROOT).parts
    )


def test_no_machine_and_no_registry_is_named() -> None:
    named = []
    for path in everything():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a bad input on purpose
        if MACHINES.search(text):
            named.append(path.relative_to(ROOT).as_posix())
    assert named == []

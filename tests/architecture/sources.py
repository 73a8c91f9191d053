"""The files of the product as the architecture tests see them: parsed once, named by their path inside the checkout."""

from __future__ import annotations

import ast
import functools
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "merestone"
ROOMS = ("ledger", "capture", "extract", "locate", "link", "assess", "report", "register", "web")


@dataclass(frozen=True, slots=True)
class Module:
    path: str  # inside src/merestone, "link/group.py"
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """ "" for the command line, which is no room: it alone looks at the clock and prints."""
        first = self.path.partition("/")[0]
        return first if first in ROOMS else ""

    def imported(self) -> set[str]:
        """Full names of what it imports, at the top or inside a function."""
        out: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                out.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                out.add(node.module)
                out.update(f"{node.module}.{alias.name}" for alias in node.names)
        return out


@functools.cache
def modules() -> tuple[Module, ...]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.append(Module(path.relative_to(PACKAGE).as_posix(), text, ast.parse(text)))
    return tuple(found)


def functions(module: Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(module.tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def dotted(node: ast.AST) -> str:
    """`a.b.c` of an attribute chain, `?.c` of an attribute of something else, "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left or '?'}.{node.attr}"
    return ""

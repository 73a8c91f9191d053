"""Files <= 400 lines, functions <= 60, <= 6 parameters. Whatever is longer stands in the list, with its reason."""

from __future__ import annotations

import pytest

from tests.architecture.sources import PACKAGE, ROOT, Module, functions, modules

FILE, FUNCTION, PARAMETERS = 400, 60, 6

# "path" or "path:function" -> (the limit that it keeps instead, why)
EXCEPTIONS: dict[str, tuple[int, str]] = {}


def limit(key: str, ordinary: int) -> int:
    return EXCEPTIONS[key][0] if key in EXCEPTIONS else ordinary


@pytest.mark.parametrize("module", modules(), ids=lambda m: m.path)
def test_sizes(module: Module) -> None:
    lines = len(module.text.splitlines())
    assert lines <= limit(module.path, FILE), f"{lines} lines"
    for function in functions(module):
        key = f"{module.path}:{function.name}"
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        assert length <= limit(key, FUNCTION), f"{key} has {length} lines"
        taken = function.args
        count = len([a for a in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs) if a.arg not in ("self", "cls")])
        assert count <= limit(f"{key}()", PARAMETERS), f"{key} takes {count} parameters"


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("*.py")), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_test_files_can_be_held_in_the_head_too(path: object) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())  # type: ignore[attr-defined]
    assert lines <= FILE, f"{lines} lines"


def test_no_exception_is_kept_for_what_is_gone() -> None:
    for key in EXCEPTIONS:
        path, _, name = key.partition(":")
        assert (PACKAGE / path).is_file(), key
        if name:
            module = next(m for m in modules() if m.path == path)
            assert name.removesuffix("()") in {function.name for function in functions(module)}, key

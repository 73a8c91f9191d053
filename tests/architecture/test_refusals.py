"""Every refusal has words, and the words ask for nothing that the refusal does not tell."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from merestone.ledger.words import names_in, sentences
from tests.architecture.sources import dotted, modules


def refused() -> Iterator[tuple[str, str, set[str], bool]]:
    """Each place that makes a refusal: where, code, names it tells, and whether it passes on a mapping (`**rest`)."""
    for module in modules():
        for node in ast.walk(module.tree):
            if (
                isinstance(node, ast.Call)
                and dotted(node.func).split(".")[-1] == "Refusal"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                told = {keyword.arg for keyword in node.keywords if keyword.arg}
                yield f"{module.path}:{node.lineno}", str(node.args[0].value), told, any(keyword.arg is None for keyword in node.keywords)


def test_every_code_has_words() -> None:
    codes = {code for _, code, _, _ in refused()}
    assert codes, "no refusal was found at all"
    assert codes - set(sentences()) == set()


def test_no_words_are_kept_for_a_code_that_nobody_uses() -> None:
    texts = "\n".join(module.text for module in modules())
    assert {code for code in sentences() if f'"{code}"' not in texts} == set()


def test_a_sentence_needs_only_what_every_refusal_of_its_code_tells() -> None:
    told: dict[str, set[str]] = {}
    for _, code, names, _ in refused():
        told[code] = told.get(code, names) & names
    for code, parts in sentences().items():
        assert set(parts) == {"found", "next"}, code
        if code in told:
            assert names_in(parts["found"]) | names_in(parts["next"]) <= told[code], code

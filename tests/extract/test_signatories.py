"""Who signed a statement, exactly as written: ten lists in four languages, in the layouts that organisations use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from merestone.capture.pack import load_pack
from merestone.extract.read import Reader
from tests.extract.reading import exhibit

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("signatories.cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']} {case['signed'][0]}")
def test_a_list_is_read_exactly(case: dict[str, Any]) -> None:
    done = Reader(load_pack("teaching"), case["language"]).read(exhibit(case["text"]))
    assert [name for name, _, _ in done.signatories] == case["signed"]
    assert all(case["text"][start:end] == name for name, start, end in done.signatories)


def test_every_language_has_lists() -> None:
    assert len(CASES) >= 10
    assert {case["language"] for case in CASES} == {"en", "ru", "hy", "az"}

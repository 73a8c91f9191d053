"""The published cases for proofs, each accepted or refused exactly as it is marked. Skipped where the shared material is not."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from merestone.ledger.terms import BrokenRecord
from merestone.ledger.tree import check_consistency, check_inclusion, check_subtree_consistency, check_subtree_inclusion

Case = dict[str, Any]


def given(case: Case, name: str) -> bytes:
    return base64.b64decode(case[name])


def proof(case: Case) -> list[bytes]:
    return [base64.b64decode(each) for each in case["proof"] or ()]


CHECKS: dict[str, Callable[[Case], None]] = {
    "inclusion": lambda case: check_inclusion(given(case, "leafHash"), case["leafIdx"], case["treeSize"], proof(case), given(case, "root")),
    "consistency": lambda case: check_consistency(case["size1"], given(case, "root1"), case["size2"], given(case, "root2"), proof(case)),
    "subtreeinclusion": lambda case: check_subtree_inclusion(
        given(case, "leafHash"), case["leafIdx"], (case["start"], case["end"]), proof(case), given(case, "root")
    ),
    "subtreeconsistency": lambda case: check_subtree_consistency(
        case["start"], case["end"], given(case, "root1"), case["size"], given(case, "root2"), proof(case)
    ),
}


def refused(kind: str, case: Case) -> bool:
    try:
        CHECKS[kind](case)
    except BrokenRecord:
        return True
    return False


def test_all_cases(shared: Path) -> None:
    top = shared / "data" / "merkle_vectors" / "testdata"
    seen: Counter[tuple[str, bool]] = Counter()
    wrong = []
    for path in sorted(top.rglob("*.json")):
        kind, case = path.relative_to(top).parts[0], json.loads(path.read_text(encoding="utf-8"))
        seen[kind, case["wantErr"]] += 1
        if refused(kind, case) != case["wantErr"]:
            wrong.append(path.relative_to(top).as_posix())
    assert wrong == []
    assert sum(seen.values()) == 518
    assert {kind for kind, _ in seen} == set(CHECKS)
    assert all(seen[kind, marked] for kind in CHECKS for marked in (True, False))

"""Scores readings as `merestone score` does (tests/cli/test_score.py holds it against the annotators' own program), and keeps the floors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from merestone.report import score as scoring
from merestone.report.annotated import annotated
from tests.accuracy import corpora

FLOORS = Path(__file__).with_name("floors.yaml")
ROOM = 0.015  # between what was measured and what is pinned


@dataclass(frozen=True, slots=True)
class Floors:
    detection: float
    slots: float


def floors(written: Mapping[str, Any], digest: str) -> Floors:
    """The pinned floors where they are for this corpus, else those of the issue."""
    pinned = written["pinned"]
    chosen = pinned if pinned["corpus"] == digest else written["issue"]
    return Floors(chosen["detection"], chosen["slots"])


def score(
    gold: Path, predictions: Mapping[str, Mapping[str, Any]], only: Collection[str] | None = None, language: str = corpora.LANGUAGE
) -> dict[str, Any]:
    """What `merestone score` says of the documents in a language (`only`: of some). `predictions`: document id to an object of interface.md."""
    chosen = [document for document in annotated(gold, language) if only is None or document["id"] in only]
    return scoring.result(scoring.score(chosen, predictions))


def written(language: str = corpora.LANGUAGE) -> dict[str, Any]:
    """What the file says of one language."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))
    return loaded[language]


def languages() -> list[str]:
    """The languages that have floors."""
    return sorted(yaml.safe_load(FLOORS.read_text(encoding="utf-8")))


def pin(found: Mapping[str, float], digest: str, reason: str = "", language: str = corpora.LANGUAGE) -> None:
    """Writes floors a little under `found`. Raises ValueError for a figure of the same corpus that would sink without a reason."""
    every = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))
    told = every[language]
    before = told["pinned"]
    lines = FLOORS.read_text(encoding="utf-8").splitlines()
    comment = [line for line in lines if line.startswith("#")]
    new = {key: round(max(told["issue"][key], found[key] - ROOM), 3) for key in ("detection", "slots")}
    sunk = {key: (before[key], new[key]) for key in new if before["corpus"] == digest and new[key] < before[key]}
    if sunk and not reason:
        raise ValueError(f"lower than pinned, and no reason given: {sunk}")
    if sunk:
        told["lowered"].append({"why": reason, **{key: list(values) for key, values in sunk.items()}})
    told["pinned"] = {"corpus": digest, **new, "measured": {key: round(value, 4) for key, value in found.items()}}
    body = yaml.safe_dump(every, sort_keys=False, allow_unicode=True, width=140)
    FLOORS.write_text("\n".join(comment) + "\n" + body, encoding="utf-8")

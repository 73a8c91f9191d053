"""A small scorer for the teaching documents: what was found, how well its slots agree, and which claims were joined.

`want` and `got` are claims as mappings with the fields of the annotation guide, `start` and `end` among them; a place
carries its pack id under `place`. Detection pairs each claim once, best overlap first, and asks for the same kind.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Claim = Mapping[str, Any]
SLOTS = ("stance", "realised", "initiator", "target", "what", "when", "where", "said_by", "weapons", "casualties")
VAGUE = dt.timedelta(days=1)
STEPS = ("minute", "hour", "part_of_day", "day", "week", "month", "year", "unknown")


@dataclass(frozen=True, slots=True)
class Score:
    right: int
    false: int
    missed: int

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.false + other.false, self.missed + other.missed)

    @property
    def f1(self) -> float:
        whole = 2 * self.right + self.false + self.missed
        return 2 * self.right / whole if whole else 1.0


def pair(want: Sequence[Claim], got: Sequence[Claim]) -> list[tuple[int, int]]:
    """Indices of claims that are the same: equal kind, and half of the shorter quote shared."""
    candidates = []
    for i, a in enumerate(want):
        for j, b in enumerate(got):
            shared = min(a["end"], b["end"]) - max(a["start"], b["start"])
            shorter = min(a["end"] - a["start"], b["end"] - b["start"])
            if a["kind"] == b["kind"] and shared >= 0.5 * shorter > 0:
                candidates.append((sum(agree(slot, a, b) for slot in SLOTS), shared, -i, -j))
    pairs: list[tuple[int, int]] = []
    for _, _, i, j in sorted(candidates, reverse=True):
        if all(-i != a and -j != b for a, b in pairs):
            pairs.append((-i, -j))
    return sorted(pairs)


def detection(want: Sequence[Claim], got: Sequence[Claim]) -> Score:
    found = len(pair(want, got))
    return Score(found, len(got) - found, len(want) - found)


def slots(want: Sequence[Claim], got: Sequence[Claim]) -> dict[str, Score]:
    """End to end: the slots of a claim that was missed are missed, those of one that is not there are false."""
    pairs = pair(want, got)
    total = dict.fromkeys(SLOTS, Score(0, 0, 0))
    left_w = set(range(len(want))) - {i for i, _ in pairs}
    left_g = set(range(len(got))) - {j for _, j in pairs}
    for slot in SLOTS:
        for i, j in pairs:
            total[slot] += _compare(slot, items(slot, want[i]), items(slot, got[j]))
        total[slot] += Score(0, sum(len(items(slot, got[j])) for j in left_g), sum(len(items(slot, want[i])) for i in left_w))
    return total


def agree(slot: str, a: Claim, b: Claim) -> bool:
    score = _compare(slot, items(slot, a), items(slot, b))
    return score.false == score.missed == 0


def items(slot: str, claim: Claim) -> list[Any]:
    match slot:
        case "target":
            return [claim["target"]["party"]]
        case "what":
            return [claim["target"]["what"]]
        case "when":
            return [claim["when"]]
        case "said_by":
            return [_speaker(claim["said_by"][-1])] if claim["said_by"] else []
        case "where":
            return sorted({(place["place"], place["role"] == "origin") for place in claim["where"]}, key=str)
        case "casualties":
            return sorted({(f["outcome"], f["party"], f["group"], f["min"], f["max"]) for f in claim["casualties"]}, key=str)
        case "weapons":
            return sorted(set(claim["weapons"]))
        case _:
            return [claim[slot]]


def _speaker(name: str) -> str:
    """Residents are told apart by nothing: their names and homes are nobody's business."""
    return "resident" if re.search(r"\bresidents?\b", name, re.IGNORECASE) else name


def _compare(slot: str, want: list[Any], got: list[Any]) -> Score:
    right = sum(same_time(a, b) for a, b in zip(want, got, strict=True)) if slot == "when" else len(set(want) & set(got))
    return Score(right, len(got) - right, len(want) - right)


def same_time(want: Mapping[str, str], got: Mapping[str, str]) -> bool:
    if want["precision"] == "unknown":
        return True
    if not got["from"]:
        return False
    a, b, c, d = _moment(want["from"]), _moment(want["to"], last=True), _moment(got["from"]), _moment(got["to"], last=True)
    if want["precision"] in {"minute", "hour"}:
        return got["precision"] in STEPS[:3] and abs((a - c).total_seconds()) <= 3600
    steps = STEPS.index(want["precision"]) - STEPS.index(got["precision"])
    slack = VAGUE if want["precision"] in STEPS[4:] else dt.timedelta()
    return abs(steps) <= (2 if slack else 1) and a - slack <= d and c <= b + slack


def _moment(written: str, *, last: bool = False) -> dt.datetime:
    whole = written if "T" in written else f"{written}T{'23:59' if last else '00:00'}"
    return dt.datetime.fromisoformat(whole).replace(tzinfo=None)


def b_cubed(want: Mapping[Hashable, str], got: Mapping[Hashable, str]) -> float:
    """F1 of B-cubed over the keys of `want`; a key that `got` lacks stands alone."""
    label = {key: got.get(key, f"alone {key}") for key in want}
    by_want, by_got = defaultdict(set), defaultdict(set)
    for key, name in want.items():
        by_want[name].add(key)
        by_got[label[key]].add(key)
    shared = {key: len(by_want[want[key]] & by_got[label[key]]) for key in want}
    precision = sum(n / len(by_got[label[key]]) for key, n in shared.items()) / len(want)
    recall = sum(n / len(by_want[want[key]]) for key, n in shared.items()) / len(want)
    return 2 * precision * recall / (precision + recall)

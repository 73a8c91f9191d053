"""Single values of a pack's plain data: texts, numbers, lists and entries, however they were written.

The law it keeps: a scalar does where a list is expected, and what cannot be taken is refused with the place where it stands.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from merestone.ledger.terms import Refusal


def text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def strings(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    found = value if isinstance(value, list) else [value]
    return tuple(each for each in (text(entry) for entry in found if not isinstance(entry, (dict, list))) if each)


def entries(raw: dict[str, Any], key: str, where: str) -> Iterable[tuple[int, dict[str, Any]]]:
    value = raw.get(key)
    if value is None:
        return
    listed = value if isinstance(value, list) else [value]
    for at, entry in enumerate(listed, start=1):
        if not isinstance(entry, dict):
            raise Refusal("pack_malformed", where=f"{where}: {key} {at}", what="not a mapping")
        yield at, entry


def needed(entry: dict[str, Any], key: str, where: str) -> str:
    told = text(entry.get(key))
    if not told:
        raise Refusal("pack_malformed", where=where, what=f"`{key}` is missing")
    return told


def number(entry: dict[str, Any], key: str, where: str) -> float | None:
    told = text(entry.get(key))
    if not told:
        return None
    try:
        value = float(told)
    except ValueError as error:
        raise Refusal("pack_malformed", where=where, what=f"`{key}` is not a number: {told}") from error
    if not math.isfinite(value):
        raise Refusal("pack_malformed", where=where, what=f"`{key}` is not a number: {told}")
    return value

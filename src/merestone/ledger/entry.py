"""An entry as bytes, and bytes as an entry: one form, nothing left out and nothing besides.

The envelope says who answers for what and when; what stands in the body is the business of the act's kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from merestone.ledger.canonical import LARGEST, canonical, parsed
from merestone.ledger.terms import Entry, Refusal

LIMIT = 65_535  # bytes: an entry's length stands in two bytes of a tile

_ACT = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_HEX = re.compile(r"[0-9a-f]{64}")
_HOUR = re.compile(r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\d\.\d{6}Z", re.ASCII)
_ALONE = frozenset(("act", "actor", "at", "body", "v"))
_WITH_SECOND = _ALONE | {"second"}


def entry_bytes(entry: Entry) -> bytes:
    """The canonical bytes. `Refusal`: `entry_malformed`, `entry_too_large` or `not_canonical`; then nothing may be written."""
    body = entry.body if type(entry.body) is dict else dict(entry.body)
    written: dict[str, Any] = {"act": entry.act, "actor": entry.actor, "at": entry.at, "body": body, "v": entry.version}
    if entry.second != "":
        written["second"] = entry.second
    _check(written)
    data = canonical(written)
    if len(data) > LIMIT:
        raise Refusal("entry_too_large", found=len(data), limit=LIMIT)
    return data


def entry_of(data: bytes) -> Entry:
    """The entry whose bytes these are. `entry_bytes` of it gives exactly them back, or there is a `Refusal`."""
    if len(data) > LIMIT:
        raise Refusal("entry_too_large", found=len(data), limit=LIMIT)
    written = parsed(data)
    if type(written) is not dict or written.keys() not in (_ALONE, _WITH_SECOND):
        raise Refusal("entry_malformed", found="other names than act, actor, at, body, v and second")
    _check(written)
    return Entry(written["act"], written["v"], written["actor"], written["at"], written["body"], written.get("second", ""))


def digits_in(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """All texts of 64 hex digits in a body, with where they stand; of a name in a table, the table's path."""
    if type(value) is str:
        if _HEX.fullmatch(value):
            yield path, value
    elif type(value) is dict or type(value) is list:
        for key, inner in value.items() if type(value) is dict else enumerate(value):
            if type(key) is str and _HEX.fullmatch(key):
                yield path, key
            yield from digits_in(inner, f"{path}/{key}" if path else str(key))


def _check(written: dict[str, Any]) -> None:
    act, actor, at, version, second = written["act"], written["actor"], written["at"], written["v"], written.get("second", "none")
    if type(act) is not str or not _ACT.fullmatch(act):
        raise Refusal("entry_malformed", found="an act that is not named by small letters")
    if type(version) is not int or not 1 <= version <= LARGEST:
        raise Refusal("entry_malformed", found="a version that does not count from 1")
    if type(actor) is not str or not actor or type(second) is not str or not second:
        raise Refusal("entry_malformed", found="no actor, or a second person without a name")
    if type(at) is not str or not _hour(at):
        raise Refusal("entry_malformed", found="an hour that is not written 2031-05-17T08:15:00.123456Z")
    if type(written["body"]) is not dict:
        raise Refusal("entry_malformed", found="a body that is no table of names and values")


def _hour(at: str) -> bool:
    if not _HOUR.fullmatch(at):
        return False
    try:
        datetime.fromisoformat(at)
    except ValueError:
        return False
    return True

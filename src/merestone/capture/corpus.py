"""Corpora and manifests: one document a line (JSONL) or a row (CSV). A bad line is refused with its number, the others are read.

A line is what somebody stated about a document; whether its file may be read is for `walk` to say.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from merestone.capture.decode import Decoded, without_surrogates
from merestone.capture.limits import Limits
from merestone.ledger.terms import Refusal

csv.field_size_limit(Limits().line_points)  # the module has one for the process, and it is too small for a document
_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_MOST_DIGITS = 4_000
_TRUE, _FALSE = frozenset(("true", "yes", "1", "y")), frozenset(("false", "no", "0", "n", ""))
_STATED = ("id", "path", "published", "publisher", "url", "language", "title")
_COLUMNS = frozenset((*_STATED, "text", "protected"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `row` counts from 1; `fields` are as given; `stated` are those that capture knows, as text and not empty."""

    row: int
    fields: Mapping[str, object] = field(default_factory=dict)
    stated: Mapping[str, str] = field(default_factory=dict)
    text: str | None = None
    protected: bool = False
    notices: tuple[Refusal, ...] = ()


def json_entries(decoded: Decoded, limits: Limits) -> Iterator[Entry | Refusal]:
    """Lines of JSON. Stops after `limits.bad_lines` bad ones: then it is no corpus."""
    bad = 0
    for row, line in enumerate(_lines(decoded.text), 1):
        if not line.strip():
            continue
        found = json_entry(row, line, limits)
        yield found
        bad += isinstance(found, Refusal)
        if bad >= limits.bad_lines:
            yield Refusal("malformed_line", line=row, found="too many bad lines: the rest was not read")
            return


def csv_entries(decoded: Decoded, limits: Limits) -> Iterator[Entry | Refusal]:
    """Rows of a table whose first row names the columns, one of them `text` or `path` (else raises `Refusal("unknown_type")`). `row` is the row's number, `line` in a refusal the line it ends on."""
    head = decoded.text[:20_000].split("\n", 1)[0]
    reader = csv.reader(StringIO(decoded.text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    columns: list[str] = []
    row = bad = 0
    while bad < limits.bad_lines:
        row += 1
        try:
            values = next(reader, None)
        except csv.Error as error:
            yield Refusal("malformed_line", line=reader.line_num, row=row, found=str(error))
            bad += 1
            continue
        if values is None:
            return
        if not columns:
            columns = [name.strip().lower() if name.strip().lower() in _COLUMNS else name.strip() for name in values]
            if not {"text", "path"} & set(columns):
                raise Refusal("unknown_type", found="a table without a column named text or path")
            if len(set(columns)) != len(columns):
                yield Refusal("malformed_line", line=1, found="a column is named twice")
                return
        elif len(values) == len(columns):
            yield _entry(row, dict(zip(columns, values, strict=True)))
        elif values:
            yield Refusal("malformed_line", line=reader.line_num, row=row, found=f"{len(values)} columns, not {len(columns)}")
            bad += 1


def _lines(text: str) -> Iterator[str]:
    """Lines end at line feeds alone: other separators may stand inside a string."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1


def json_entry(row: int, line: str, limits: Limits) -> Entry | Refusal:
    """One line of JSON; `row` is its number."""
    if len(line) > limits.line_points:
        return Refusal("malformed_line", line=row, found="longer than is read", limit=limits.line_points)
    try:
        fields = json.loads(line, parse_constant=_finite, parse_float=_finite, parse_int=_whole_number)
    except RecursionError:
        return Refusal("malformed_line", line=row, found="nested too deep")
    except ValueError as error:
        return Refusal("malformed_line", line=row, found=str(error)[:200])
    if not isinstance(fields, dict):
        return Refusal("malformed_line", line=row, found="not an object")
    halves = 0
    if _ESCAPED_HALF.search(line):
        fields, halves = _whole(fields)
    entry = _entry(row, fields)
    if isinstance(entry, Entry) and halves:
        return Entry(
            row, entry.fields, entry.stated, entry.text, entry.protected, (*entry.notices, Refusal("lone_surrogates", count=halves))
        )
    return entry


def _finite(number: str) -> float:
    """JSON has no infinity and no NaN: what cannot be written again is not read."""
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(f"{number[:20]} is no number in JSON")
    return value


def _whole_number(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def _entry(row: int, fields: Mapping[str, Any]) -> Entry | Refusal:
    stated: dict[str, str] = {}
    for name in _STATED:
        value = fields.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | None):
            return Refusal("malformed_line", line=row, found=f"{name} is not text")
        if value is not None and str(value).strip():
            stated[name] = str(value).strip() if name != "path" else str(value)
    text = fields.get("text")
    if text is not None and not isinstance(text, str):
        return Refusal("malformed_line", line=row, found="text is not text")
    if text is None and "path" not in stated:
        return Refusal("malformed_line", line=row, found="neither text nor path")
    if text is not None and not text.strip() and "path" in stated:
        text = None  # an empty cell beside a path
    protected = str(fields.get("protected") or "").strip().lower()
    if protected not in _TRUE | _FALSE:
        return Entry(row, fields, stated, text, True, (Refusal("protected_unclear", stated=protected[:40]),))
    return Entry(row, fields, stated, text, protected in _TRUE)


def _whole(value: Any) -> tuple[Any, int]:
    """Strings without halves of surrogate pairs, at any depth that JSON was read to."""
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, list):
        pairs = [_whole(item) for item in value]
        return [item for item, _ in pairs], sum(count for _, count in pairs)
    if isinstance(value, dict):
        keys = [_whole(key) for key in value]
        inner = [_whole(item) for item in value.values()]
        both = {key: item for (key, _), (item, _) in zip(keys, inner, strict=True)}
        return both, sum(count for _, count in (*keys, *inner))
    return value, 0

"""Claims from Parquet and incidents to it: a file, or a folder of parts, each of which is answered by a part of the same name.

The law it keeps: only the columns named here are opened; those of parties are never among them. What is written is whole or not there.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from merestone.ledger.terms import Refusal
from merestone.link.bulk.claims import ABSENT, WIDE_KM, Claims, Codes
from merestone.link.bulk.incidents import Incidents
from merestone.link.bulk.model import Model, restored
from merestone.link.told import TIGHT

if TYPE_CHECKING:
    import pyarrow as pa

# What a column may be called; the first that a file has is taken.
_ID, _START, _END, _KIND, _SOURCE = ("ref", "id", "unique_id"), ("from", "ts"), ("to",), ("kind", "type"), ("publisher", "source")
_HIT, _WEAPONS, _UNCERTAIN, _PRECISION = ("target_what", "hit"), ("weapons",), ("uncertainty_m",), ("precision",)
_OUTCOMES = ("killed", "wounded", "missing", "captured", "displaced", "fatalities")
_MODEL = "merestone.model"
_DAY = 1440


@dataclass(frozen=True, slots=True)
class Parts:
    """`ids` and `claims` of all parts in the order of their names; `sizes`: name and rows of each; `alone`: rows without a usable time."""

    ids: pa.ChunkedArray
    claims: Claims
    sizes: tuple[tuple[str, int], ...]
    alone: int


def claims_of(path: str) -> Parts:
    """Columns `ref|id|unique_id`, `from|ts`, `lat`, `lon`, `kind|type`; those that may be absent: `to`, `precision`, `uncertainty_m`,
    `publisher|source`, `target_what|hit`, `weapons`, and a number for each of `killed`, `wounded`, `missing`, `captured`, `displaced`, `fatalities`.

    Raises `Refusal` (`parquet_driver_missing`, `parquet_unreadable`, `parquet_column`, `parquet_ids`).
    """
    arrow = _arrow()
    if not Path(path).exists():
        raise Refusal("missing_file", path=path)
    files = sorted(Path(path).glob("*.parquet")) if Path(path).is_dir() else [Path(path)]
    tables = [_table(arrow, file) for file in files]
    table = arrow.concat_tables(tables, promote_options="permissive")
    ids = _one(table, _ID, path)
    claims, alone = _claims(table, _rank(arrow, ids, path), path)
    return Parts(ids, claims, tuple((file.name, part.num_rows) for file, part in zip(files, tables, strict=True)), alone)


def written(out: str, parts: Parts, found: Incidents, folder: bool) -> None:
    """One row a claim: `id` as it was given, `incident` (the id of its first claim) and `claims`, how many the incident has.

    Raises `Refusal` (`out_taken`, `cannot_write`).
    """
    arrow = _arrow()
    _, incident, count = np.unique(found.first, return_inverse=True, return_counts=True)
    columns = {"id": parts.ids, "incident": parts.ids.take(arrow.array(found.first)), "claims": count[incident].astype(np.int32)}
    table = arrow.table(columns).replace_schema_metadata({_MODEL: found.model.kept()})
    target = Path(out)
    if target.exists():  # it may be what was read
        raise Refusal("out_taken", folder=out)
    beside = target.with_name(f".{target.name}.new")
    try:
        if folder:
            beside.mkdir(parents=True)
        at = 0
        for name, rows in parts.sizes:
            arrow.parquet.write_table(table.slice(at, rows), beside / name if folder else beside)
            at += rows
        beside.rename(target)
    except OSError as error:
        if beside.is_dir():
            shutil.rmtree(beside, ignore_errors=True)
        else:
            beside.unlink(missing_ok=True)
        raise Refusal("cannot_write", path=out, found=error.strerror or type(error).__name__) from error


def weights_of(path: str) -> Model:
    """The model that an earlier run kept in what it wrote. Raises `Refusal` (`parquet_unreadable`, `weights_malformed`)."""
    arrow = _arrow()
    first = min(Path(path).glob("*.parquet"), default=Path(path)) if Path(path).is_dir() else Path(path)
    try:
        kept = arrow.parquet.read_schema(first).metadata or {}
        return restored(kept[_MODEL.encode()].decode())
    except (OSError, arrow.ArrowException) as error:
        raise Refusal("parquet_unreadable", path=path, found=str(error).splitlines()[0][:200]) from error
    except (KeyError, TypeError, ValueError) as error:
        raise Refusal("weights_malformed", path=path) from error


def _arrow() -> Any:
    try:
        import pyarrow as pa
        import pyarrow.compute
        import pyarrow.parquet
    except ImportError as error:
        raise Refusal("parquet_driver_missing") from error
    pa.set_memory_pool(pa.system_memory_pool())  # the others keep what was given back
    return pa


def _table(arrow: Any, file: Path) -> pa.Table:
    wanted = {*_ID, *_START, *_END, *_KIND, *_SOURCE, *_HIT, *_WEAPONS, *_UNCERTAIN, *_PRECISION, *_OUTCOMES, "lat", "lon"}
    try:
        with arrow.parquet.ParquetFile(file) as opened:
            return opened.read([name for name in opened.schema_arrow.names if name in wanted])
    except (OSError, arrow.ArrowException) as error:
        raise Refusal("parquet_unreadable", path=str(file), found=str(error).splitlines()[0][:200]) from error


def _rank(arrow: Any, ids: Any, path: str) -> Any:
    """A number for each id, in their order. Each id may be given once, and none may be absent."""
    if ids.null_count or len(arrow.compute.unique(ids)) != len(ids):
        raise Refusal("parquet_ids", path=path)
    if arrow.types.is_integer(ids.type):
        return ids.to_numpy(zero_copy_only=False).astype(np.int64)
    return arrow.compute.rank(ids).to_numpy(zero_copy_only=False).astype(np.int64)


def _claims(table: pa.Table, rank: Any, path: str) -> tuple[Claims, int]:
    start, end = _times(table, path)
    bad = start == _NO_TIME
    lat, lon = (_numbers(_one(table, (name,), path)) for name in ("lat", "lon"))
    placed = (np.abs(lat) <= 90) & (np.abs(lon) <= 180)  # comparisons with NaN are false
    uncertain = _maybe(table, _UNCERTAIN)
    wide = _numbers(uncertain) >= WIDE_KM * 1000 if uncertain is not None else np.zeros(len(rank), dtype=bool)
    kind, kinds = _codes(_one(table, _KIND, path))
    figures = tuple(_figures(table.column(name)) for name in _OUTCOMES if name in table.column_names)
    none = np.full(len(rank), ABSENT, dtype=np.int32)
    others = [_codes(column)[0] if (column := _maybe(table, names)) is not None else none for names in (_SOURCE, _HIT, _WEAPONS)]
    lat, lon = np.where(placed, lat, np.nan), np.where(placed, lon, np.nan)
    return Claims(rank, start, end, ~bad, lat, lon, wide, kind, kinds, others[0], others[1], others[2], figures), int(bad.sum())


def _one(table: pa.Table, names: Sequence[str], path: str) -> Any:
    column = _maybe(table, names)
    if column is None:
        raise Refusal("parquet_column", path=path, wanted=" or ".join(names), found=", ".join(table.column_names))
    return column


def _maybe(table: pa.Table, names: Iterable[str]) -> Any:
    return next((table.column(name) for name in names if name in table.column_names), None)


def _numbers(column: Any) -> Any:
    arrow = _arrow()
    if not (arrow.types.is_floating(column.type) or arrow.types.is_integer(column.type)):
        column = arrow.compute.cast(column, arrow.float64(), safe=False)
    return column.to_numpy(zero_copy_only=False).astype(np.float64)


def _figures(column: Any) -> Codes:
    numbers = _numbers(column)
    return np.where(np.isfinite(numbers) & (numbers >= 0) & (numbers < 1e9), numbers, ABSENT).astype(np.int32)


def _codes(column: Any) -> tuple[Codes, tuple[str, ...]]:
    arrow = _arrow()
    words = column.cast(arrow.string()).combine_chunks().dictionary_encode()
    codes = words.indices.fill_null(ABSENT).to_numpy(zero_copy_only=False).astype(np.int32)
    kinds = tuple(words.dictionary.to_pylist())
    if "" in kinds:
        codes[codes == kinds.index("")] = ABSENT
    return codes, kinds


_NO_TIME = np.iinfo(np.int64).min


def _times(table: pa.Table, path: str) -> tuple[Any, Any]:
    """Minutes since 1970 of both ends; a date alone is its whole day. `_NO_TIME` where there is no time, or one that covers days."""
    start, bare = _minutes(_one(table, _START, path))
    last = _maybe(table, _END)
    end, bare_end = _minutes(last) if last is not None else (start, bare)
    end, bare_end = np.where(end == _NO_TIME, start, end), np.where(end == _NO_TIME, bare, bare_end)
    precision = _maybe(table, _PRECISION)
    if precision is not None:
        codes, words = _codes(precision)
        fine = np.array([*(word in TIGHT for word in words), True])
        days = np.array([*(word == "day" for word in words), False])
        start = np.where(fine[codes], start, _NO_TIME)
        bare_end = bare_end | (days[codes] & (end == start))
    end = np.where(bare_end & (end != _NO_TIME), end + _DAY - 1, end)
    return start, np.maximum(start, end)


def _minutes(column: Any) -> tuple[Any, Any]:
    """Minutes, and whether the value is a date without a time. Times with an offset are told in UTC, others as they stand."""
    arrow = _arrow()
    if arrow.types.is_timestamp(column.type):
        stamps = column.cast(arrow.timestamp("s"), safe=False).to_numpy(zero_copy_only=False).astype("datetime64[s]")
        bare = np.zeros(len(stamps), dtype=bool)
    elif arrow.types.is_date(column.type):
        stamps = column.cast(arrow.timestamp("s")).to_numpy(zero_copy_only=False).astype("datetime64[s]")
        bare = np.ones(len(stamps), dtype=bool)
    else:
        codes, words = _codes(column)
        found = [*(_written(word) for word in words), (np.datetime64("NaT", "s"), False)]
        stamps = np.array([stamp for stamp, _ in found], dtype="datetime64[s]")[codes]
        bare = np.array([each for _, each in found])[codes]
    missing = np.isnat(stamps)
    return np.where(missing, _NO_TIME, stamps.astype(np.int64) // 60), bare & ~missing


def _written(word: str) -> tuple[np.datetime64, bool]:
    from datetime import UTC, datetime

    try:
        stamp = datetime.fromisoformat(word)
    except ValueError:
        return np.datetime64("NaT", "s"), False
    plain = stamp.astimezone(UTC).replace(tzinfo=None) if stamp.tzinfo else stamp
    return np.datetime64(plain, "s"), len(word) <= 10

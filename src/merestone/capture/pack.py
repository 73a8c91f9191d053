"""Opens a pack: a shipped one by its name, a folder, or one YAML file, and says what is wrong with one that cannot be read.

A pack is data and is read as data: no tag of a YAML file makes an object, no alias is expanded, nothing is larger than it may
be. What is odd but harmless (an unknown key, a kind nobody knows) is a finding for `check`, never a reason to refuse.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import yaml

from merestone.capture import place_index
from merestone.capture.pack_parse import Finding, Notes, parse_pack, parse_places
from merestone.capture.place_index_write import index_bytes
from merestone.capture.terms import Pack, Place
from merestone.ledger.terms import Refusal

SHIPPED = Path(__file__).resolve().parent.parent / "packs" / "conflicts"
MAX_YAML = 4 * 1024 * 1024
MAX_TABLE = 32 * 1024 * 1024
MAX_INDEXED = 1024 * 1024 * 1024  # of a `places.csv` that is not read, because its index is
TABLES = ("pack.yaml", "places.csv", place_index.NAME, "lines.geojson", "shapes.geojson", "agreements.yaml")
MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Opened:
    """A pack as read, and what was odd in its files."""

    pack: Pack
    findings: tuple[Finding, ...]


def load_pack(name_or_path: str) -> Pack:
    """The pack of that name, folder or `.yaml` file. Refuses with `pack_not_found` or `pack_malformed`."""
    return open_pack(name_or_path).pack


def open_pack(name_or_path: str) -> Opened:
    """As `load_pack`, with the findings that `pack check` prints."""
    path = _find(str(name_or_path))
    if path.is_dir():
        return _open_folder(path)
    data = _read_bytes(path, MAX_YAML)
    return _opened(((path.name, data),), False, path.stem, path.name, hashlib.sha256(data).hexdigest())


def list_packs(shipped: Path = SHIPPED) -> tuple[str, ...]:
    """Names of the packs that come with the product, in order."""
    if not shipped.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in shipped.iterdir() if (entry / "pack.yaml").is_file()))


def read_yaml(data: bytes, where: str) -> Any:
    """The plain data of one YAML text: mappings, lists, strings and null; numbers and dates stay as they were written."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("pack_malformed", where=where, what=f"not UTF-8 at byte {error.start}") from error
    try:
        _look_before_building(text, where)
        return yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - the safe loader with fewer implicit types
    except yaml.YAMLError as error:
        raise Refusal("pack_malformed", where=_place_of(error, where), what=_what_of(error)) from error


def _look_before_building(text: str, where: str) -> None:
    """A first pass that builds nothing: building a deep nest overflows the C stack (seen), an alias can stand for gigabytes."""
    depth = 0
    for step in yaml.parse(text, Loader=_SAFE):
        if isinstance(step, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise Refusal("pack_malformed", where=_line_of(step, where), what="nested too deeply")
        elif isinstance(step, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(step, yaml.AliasEvent):
            raise Refusal("pack_malformed", where=_line_of(step, where), what="YAML aliases (*name) are not read; write the value out")


def _find(asked: str) -> Path:
    shipped = SHIPPED / asked
    if asked in list_packs():
        return shipped
    path = Path(asked)
    if path.is_dir() and (path / "pack.yaml").is_file():
        return path
    if path.is_file():
        return path
    there_is = ", ".join(list_packs()) or "none"
    found = "a folder without pack.yaml" if path.is_dir() else "nothing of that name"
    raise Refusal("pack_not_found", asked=asked, found=found, there_is=there_is, do="give one of these names, a folder or one .yaml file")


def _read_bytes(path: Path, limit: int) -> bytes:
    _held_to(path, limit)
    return path.read_bytes()


def _held_to(path: Path, limit: int) -> None:
    if not path.is_file():
        raise Refusal("pack_malformed", where=path.name, what="not a plain file")
    size = path.stat().st_size
    if size > limit:
        raise Refusal("pack_malformed", where=path.name, what=f"{size} bytes; at most {limit} are read")


def _open_folder(folder: Path) -> Opened:
    """The pack of a folder; the digest is over its tables' own."""
    notes, seen = Notes(), hashlib.sha256()
    places, digests = _indexed(folder, notes)
    files: dict[str, bytes] = {}
    for name in TABLES:
        path = folder / name
        if not path.exists():
            continue
        if name not in digests:
            files[name] = _read_bytes(path, MAX_YAML if name.endswith(".yaml") else MAX_TABLE)
            digests[name] = hashlib.sha256(files[name]).hexdigest()
        seen.update(f"{name} {digests[name]}\n".encode())
    for extra in sorted(
        entry.name for entry in folder.iterdir() if entry.name not in TABLES and entry.suffix in {".yaml", ".csv", ".geojson", ".json"}
    ):
        if extra != "expected.yaml":
            notes.add("unread_file", extra, "not one of " + ", ".join(TABLES))
    name, digest = folder.resolve().name, seen.hexdigest()
    if (folder / place_index.NAME).exists():
        return Opened(parse_pack(_joined(files, True, places), name, digest, folder.name, notes), tuple(notes.found))
    opened = _opened(tuple(files.items()), True, name, folder.name, digest)
    return Opened(opened.pack, (*notes.found, *opened.findings))


@lru_cache(maxsize=2)
def _opened(files: tuple[tuple[str, bytes], ...], folder: bool, name: str, where: str, digest: str) -> Opened:
    """The pack that is in these bytes: a mission's copy and what it was copied from are made once, as is the one that a desk asks for again and again."""
    notes = Notes()
    raw = _joined(dict(files), False, None) if folder else read_yaml(files[0][1], where)
    return Opened(parse_pack(raw, name, digest, where, notes), tuple(notes.found))


def _joined(files: dict[str, bytes], indexed: bool, places: place_index.IndexedPlaces | None) -> dict[str, Any]:
    """A folder's tables joined into the one mapping that a single file would hold."""
    raw = read_yaml(files["pack.yaml"], "pack.yaml")
    if not isinstance(raw, dict):
        raise Refusal("pack_malformed", where="pack.yaml", what="not a mapping")
    joined: dict[str, Any] = dict(raw)
    if indexed and _as_list(joined.get("places")):
        raise Refusal("pack_malformed", where="pack.yaml", what=f"places, beside {place_index.NAME}: put them into places.csv")
    if places is not None:
        joined["places"] = places
    elif "places.csv" in files:
        joined["places"] = [*_as_list(joined.get("places")), *_read_csv(files["places.csv"], "places.csv")]
    for name, key in (("lines.geojson", "lines"), ("shapes.geojson", "shapes")):
        if name in files:
            joined[key] = [*_as_list(joined.get(key)), *_read_geojson(files[name], name)]
    if "agreements.yaml" in files:
        joined["agreements"] = [*_as_list(joined.get("agreements")), *_as_list(read_yaml(files["agreements.yaml"], "agreements.yaml"))]
    return joined


def _indexed(folder: Path, notes: Notes) -> tuple[place_index.IndexedPlaces | None, dict[str, str]]:
    """The places of an index that can be used, and the digests of what then need not be read."""
    path, table = folder / place_index.NAME, folder / "places.csv"
    if not path.exists():
        return None, {}
    for each, limit in ((path, place_index.MAX_BYTES), (table, MAX_INDEXED)):
        _held_to(each, limit)
    made_of = _digest_of(table)
    places, digest = place_index.open_index(path, made_of)
    if places is None:
        notes.add(
            "old_index",
            path.name,
            "made by other rules of names, so the table is read instead, slowly: `merestone pack index` makes it anew",
        )
        return None, {path.name: digest}
    return places, {path.name: digest, table.name: made_of}


def index_for(name_or_path: str) -> tuple[Path, bytes, tuple[Place, ...]]:
    """Where the index of a pack lies or would lie, its bytes made from `places.csv` now, and the places that were read for it.

    Refuses what cannot have one with `pack_index_unfit`, and as `load_pack` does."""
    folder = _find(name_or_path)
    table = folder / "places.csv"
    if not folder.is_dir() or not table.exists():
        raise Refusal("pack_index_unfit", found="a pack without places.csv")
    return folder / place_index.NAME, *indexed_table(_read_bytes(table, MAX_INDEXED))


def indexed_table(table: bytes) -> tuple[bytes, tuple[Place, ...]]:
    """The index of a `places.csv`, and its places."""
    places = tuple(parse_places({"places": _read_csv(table, "places.csv")}, "places.csv", Notes()))
    return index_bytes(places, hashlib.sha256(table).hexdigest()), places


def _digest_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _as_list(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def _read_csv(data: bytes, where: str) -> list[dict[str, Any]]:
    """Rows as mappings. Columns `names_XX` become `names: {XX: [...]}`; several names in a cell stand apart with `; `."""
    try:
        rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        out = []
        for number, row in enumerate(rows, start=2):
            if None in row or any(value is None for value in row.values()):
                raise Refusal("pack_malformed", where=f"{where} row {number}", what="not as many cells as the header has")
            entry: dict[str, Any] = {"_where": f"{where} row {number}"}
            names = {key[6:]: _cell(value) for key, value in row.items() if key.startswith("names_") and value}
            entry.update({key: value for key, value in row.items() if not key.startswith("names_") and value != ""})
            if "aliases" in entry:
                entry["aliases"] = _cell(entry["aliases"])
            out.append({**entry, "names": names} if names else entry)
    except UnicodeDecodeError as error:
        raise Refusal("pack_malformed", where=where, what=f"not UTF-8 at byte {error.start}") from error
    except csv.Error as error:
        raise Refusal("pack_malformed", where=where, what=str(error)) from error
    return out


def _cell(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


def _read_geojson(data: bytes, where: str) -> list[dict[str, Any]]:
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refusal("pack_malformed", where=where, what=f"not JSON: {error}") from error
    features = raw.get("features") if isinstance(raw, dict) else None
    if not isinstance(features, list):
        raise Refusal("pack_malformed", where=where, what="not a GeoJSON FeatureCollection")
    out = []
    for number, feature in enumerate(features, start=1):
        spot = f"{where} feature {number}"
        if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
            raise Refusal("pack_malformed", where=spot, what="no geometry")
        out.append({**(feature.get("properties") or {}), "geometry": feature["geometry"], "_where": spot})
    return out


_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlainLoader(_SAFE):  # type: ignore[misc]
    """The safe loader, with null as the only word that is not a string: `NO` is a code, `2021-05-12` what was written."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
        first: [rule for rule in rules if rule[0] == "tag:yaml.org,2002:null"]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key.value!r} stands twice in one mapping", key.start_mark)
            seen.add(str(key.value))
        built: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return built


def _line_of(step: yaml.Event, where: str) -> str:
    return where if step.start_mark is None else f"{where} line {step.start_mark.line + 1}"


def _place_of(error: yaml.YAMLError, where: str) -> str:
    mark = getattr(error, "problem_mark", None)
    return where if mark is None else f"{where} line {mark.line + 1}"


def _what_of(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or getattr(error, "context", None) or type(error).__name__)

"""Makes the places of a pack, and a stub of its `pack.yaml`, from rows in the layout of GeoNames.

A place keeps the number that it has there, so that it keeps its id when the pack is built again. The table's country becomes the
side of a place only for countries that were asked for, and never where the table itself names several.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, cos, hypot, radians

from merestone.capture.geonames import Bad, Entry, Name, Row, Wanted, entries, names, wanted_here
from merestone.capture.pack import MAX_INDEXED, MAX_TABLE, MAX_YAML, indexed_table
from merestone.capture.place_index import NAME as INDEX
from merestone.ledger.terms import Refusal

CREDIT = (
    "Places and their names: GeoNames (https://www.geonames.org), licensed under CC BY 4.0, state of {changed}; selected and rearranged."
)
ORIGIN = "GeoNames (CC BY 4.0), number {number}"

# Metres by class of feature, then what differs in it. The size of such things; a coordinate is one point of them.
UNCERTAINTY_M = {
    "P": 2_000, "A": 20_000, "H": 5_000, "L": 5_000, "R": 10_000, "S": 1_000, "T": 3_000, "U": 10_000, "V": 5_000,
    "P.PPLC": 8_000, "P.PPLA": 5_000, "A.ADM1": 50_000, "A.PCLI": 300_000, "T.MTS": 20_000, "T.PK": 1_000, "T.PASS": 1_000, "H.SPNG": 500,
}  # fmt: skip
INDEX_FROM = 20_000  # places; what has fewer is read in a moment
_METRES_PER_DEGREE = 111_200.0
_MOST_OF = 0.95  # of the places in an area lie within its uncertainty


@dataclass(frozen=True, slots=True)
class Built:
    """Files of a pack by name; how many places, how many of them only hold others; and rows that were refused."""

    files: Mapping[str, bytes]
    places: int
    holders: int
    refused: int
    refusals: tuple[Refusal, ...]


@dataclass(slots=True)
class _Names:
    """Of one place: by language, and the rest."""

    by_language: dict[str, dict[str, None]]
    rest: dict[str, None]


def build(
    name: str,
    tables: Iterable[tuple[str, Iterable[Row]]],
    named: Iterable[tuple[str, Iterable[Row]]],
    wanted: Wanted,
    one_file: bool = False,
) -> Built:
    """`tables` and `named`: names of files with their rows. Refuses `pack_too_large`."""
    bad = Bad()
    chosen, areas = _chosen(tables, wanted, bad)
    needed = _with_holders(chosen, areas)
    found = list(named)
    called = _called(needed, [each for path, rows in found for each in names(rows, path, frozenset(needed), bad)], wanted)
    rows = [_row(entry, _holder(entry, areas), called[entry.number], wanted, bool(found)) for entry in needed.values()]
    _widen(rows)
    stub = _stub(name, needed, called, wanted)
    files = {f"{name}.yaml": _in_one(stub, rows)} if one_file else {"pack.yaml": stub.encode(), "places.csv": _table(rows)}
    large = len(rows) >= INDEX_FROM
    for where, data in files.items():
        limit = MAX_YAML if where.endswith(".yaml") else MAX_INDEXED if large else MAX_TABLE
        if len(data) > limit:
            raise Refusal("pack_too_large", where=where, size=len(data), limit=limit)
    if large and not one_file:
        files[INDEX] = indexed_table(files["places.csv"])[0]
    return Built(files, len(rows), len(needed) - len(chosen), bad.count, tuple(bad.told))


# --- which places, and what holds them ----------------------------------------------------------------------------

_Areas = Mapping[tuple[str, ...], Entry]


def _chosen(tables: Iterable[tuple[str, Iterable[Row]]], wanted: Wanted, bad: Bad) -> tuple[dict[int, Entry], _Areas]:
    chosen: dict[int, Entry] = {}
    areas: dict[tuple[str, ...], Entry] = {}
    for path, rows in tables:
        for entry in entries(rows, path, bad):
            key = _area(entry)
            if key is not None:
                areas.setdefault(key, entry)
            if wanted_here(entry, wanted):
                chosen.setdefault(entry.number, entry)
    return chosen, areas


def _area(entry: Entry) -> tuple[str, ...] | None:
    """What an area is known by among those that lie in it: its country and codes."""
    if entry.feature == "A.PCLI":
        return (entry.country,)
    depth = {"A.ADM1": 1, "A.ADM2": 2, "A.ADM3": 3, "A.ADM4": 4}.get(entry.feature)
    return (entry.country, *entry.admin) if depth is not None and len(entry.admin) == depth else None


def _holder(entry: Entry, areas: _Areas) -> Entry | None:
    """The smallest area that its codes name, other than itself."""
    codes = (entry.country, *entry.admin)
    held = (areas.get(codes[:size]) for size in range(len(codes), 0, -1))
    return next((area for area in held if area is not None and area.number != entry.number), None)


def _with_holders(chosen: Mapping[int, Entry], areas: _Areas) -> dict[int, Entry]:
    """Areas first, then what lies in them, each by number; an area that holds a chosen place is kept wherever its middle lies."""
    needed = dict(chosen)
    for entry in chosen.values():
        at = _holder(entry, areas)
        while at is not None and at.number not in needed:
            needed[at.number] = at
            at = _holder(at, areas)
    return dict(sorted(needed.items(), key=lambda item: (item[1].feature[0] != "A", len(item[1].admin), item[0])))


# --- names --------------------------------------------------------------------------------------------------------


def _called(needed: Mapping[int, Entry], given: list[Name], wanted: Wanted) -> dict[int, _Names]:
    out = {number: _Names({language: {} for language in wanted.languages}, {}) for number in needed}
    codes: dict[int, set[str]] = defaultdict(set)
    for name in sorted(given, key=lambda each: each.rank):
        names_of = out[name.place]
        if not _is_language(name.language):
            codes[name.place].add(name.text)
        elif _usable(name.text):
            names_of.by_language.get(name.language, names_of.rest)[name.text] = None
    for number, entry in needed.items():
        names_of = out[number]
        known = {entry.name, *codes[number], *(name for each in names_of.by_language.values() for name in each)}
        names_of.rest = {name: None for name in (*names_of.rest, *map(str.strip, entry.others)) if name not in known and _usable(name)}
    return out


def _is_language(code: str) -> bool:
    """Codes of languages have two or three letters, or none is given; links, post codes and airports have codes of their own."""
    return len(code.partition("-")[0]) in (0, 2, 3)


def _usable(name: str) -> bool:
    """A name that a cell can hold. Not a code of an airport, nor an address on the web."""
    code = len(name) <= 4 and name.isascii() and name.isupper()
    return bool(name) and not code and name[0] not in "~?" and ";" not in name and "://" not in name and name.isprintable()


# --- rows and files -----------------------------------------------------------------------------------------------


def _row(entry: Entry, holder: Entry | None, called: _Names, wanted: Wanted, looked: bool) -> dict[str, str]:
    unknown = "?" if looked else ""  # without a table of names nobody has looked
    side = entry.country if entry.country in wanted.countries and not entry.disputed else ""
    return {
        "id": _id(entry),
        "name": entry.name.replace(";", ","),
        "level": _level(entry.feature),
        "lat": f"{entry.lat:.5f}",
        "lon": f"{entry.lon:.5f}",
        "uncertainty_m": str(_uncertainty(entry)),
        "within": "" if holder is None else _id(holder),
        "side": side,
        "origin": ORIGIN.format(number=entry.number),
        "aliases": "; ".join(called.rest),
        **{f"names_{language}": "; ".join(called.by_language[language]) or unknown for language in wanted.languages},
    }


def _id(entry: Entry) -> str:
    return f"gn-{entry.number}"


def _level(feature: str) -> str:
    if feature[0] != "A":
        return "settlement" if feature[0] == "P" else "feature"
    return "country" if feature.startswith("A.PCL") else "region" if feature == "A.ADM1" else "district"


def _uncertainty(entry: Entry) -> int:
    """By the code, else by the class; never less than half of the last digit that the coordinate is written with."""
    size = UNCERTAINTY_M.get(entry.feature, UNCERTAINTY_M.get(entry.feature[0], UNCERTAINTY_M["L"]))
    return ceil(max(size, _METRES_PER_DEGREE / 2 * 0.1**entry.digits))


def _widen(rows: list[dict[str, str]]) -> None:
    """An area reaches as far as most of the places in it lie from its point; what lies farther, `pack check` says."""
    by_id = {row["id"]: row for row in rows}
    apart: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        holder = by_id.get(row["within"])
        if holder is not None:
            apart[holder["id"]].append(_metres(row, holder))
    for ident, metres in apart.items():
        reach = sorted(metres)[ceil(_MOST_OF * len(metres)) - 1]
        by_id[ident]["uncertainty_m"] = str(max(int(by_id[ident]["uncertainty_m"]), ceil(reach / 1000) * 1000))


def _metres(row: Mapping[str, str], other: Mapping[str, str]) -> float:
    lat, lon = float(row["lat"]), float(row["lon"])
    return hypot(lat - float(other["lat"]), (lon - float(other["lon"])) * cos(radians(lat))) * _METRES_PER_DEGREE


def _table(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]) if rows else ["id"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _stub(name: str, needed: Mapping[int, Entry], called: Mapping[int, _Names], wanted: Wanted) -> str:
    """What a person goes on from: parties are the countries that were asked for, or else those of the places."""
    zones = Counter(entry.zone for entry in needed.values() if entry.zone)
    codes = wanted.countries or tuple(sorted({entry.country for entry in needed.values() if entry.country}))
    states = {entry.country: entry for entry in needed.values() if entry.feature == "A.PCLI"}
    lines = [
        "# Places are in this pack; who speaks, the lines and the agreements are for a person to add (see the handbook's page on packs).",
        "# The parties are stubs made of countries in the table of places: keep, rename or take them away. Naming implies no view on status.",
        f"name: {_quoted(name)}",
        f"title: {_quoted(name)}",
        f"timezones: [{', '.join(_quoted(zone) for zone, _ in zones.most_common())}]",
        f"attribution: [{_quoted(CREDIT.format(changed=max((entry.changed for entry in needed.values()), default='') or 'unknown date'))}]",
        "parties:",
    ]
    for code in codes:
        state = states.get(code)
        aliases = {} if state is None else {k: list(v) for k, v in called[state.number].by_language.items() if v}
        lines.append(f"  - {{code: {_quoted(code)}, name: {_quoted(state.name if state else code)}, aliases: {_quoted(aliases)}}}")
    return "\n".join(lines) + "\n"


def _in_one(stub: str, rows: list[dict[str, str]]) -> bytes:
    lines = [stub + "places:"]
    for row in rows:
        given: dict[str, object] = {key: value for key, value in row.items() if value and not key.startswith(("names_", "aliases"))}
        named = {key.removeprefix("names_"): value.split("; ") for key, value in row.items() if key.startswith("names_") and value}
        aliases = {"aliases": row["aliases"].split("; ")} if row["aliases"] else {}
        lines.append(f"  - {_quoted({**given, **({'names': named} if named else {}), **aliases})}")
    return ("\n".join(lines) + "\n").encode()


def _quoted(value: object) -> str:
    """JSON, which YAML reads as it is."""
    return json.dumps(value, ensure_ascii=False)

"""Reads tables of places and of their names in the layout of GeoNames (tab separated, no header), as they were unpacked.

Line by line, since such a table may hold the whole Earth; a bad row is refused with its number and the rest is done.
Does not read zip files. An area that crosses the 180th meridian has to be asked for in two halves.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from merestone.capture.pack import load_pack
from merestone.ledger.terms import Refusal

_LONGEST_ROW = 1_000_000
_COLUMNS, _NAME_COLUMNS = 19, 4  # of the second table, the columns behind the name may be missing
_SHOWN = 20  # bad rows that are told one by one
_KM_PER_DEGREE = 111.2

Row = tuple[int, str | None]  # its number, and its text unless that is not UTF-8 or too long
Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows make places. No `countries`, `box` or `lines` means no such limit. `box`: south, west, north, east."""

    countries: tuple[str, ...] = ()
    box: tuple[float, float, float, float] | None = None
    lines: tuple[Line, ...] = ()
    km: float = 50.0
    classes: tuple[str, ...] = ("P", "A")
    languages: tuple[str, ...] = ()
    frames: tuple[tuple[float, float, float, float], ...] = field(init=False, default=())  # one a line

    def __post_init__(self) -> None:
        """Refuses `area_unfit`."""
        if self.box is not None:
            south, west, north, east = self.box
            if not (-90 <= south <= north <= 90 and -180 <= west <= east <= 180):
                raise Refusal("area_unfit", found=f"a box of {south:g} {west:g} {north:g} {east:g}")
        if not 0 < self.km <= 1000:
            raise Refusal("area_unfit", found=f"{self.km:g} km around a line")
        object.__setattr__(self, "frames", tuple(_frame(path, self.km) for path in self.lines))


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table of places. `admin`: the codes of the areas that hold it, from the widest; none behind the first empty one."""

    number: int
    name: str
    others: tuple[str, ...]
    lat: float
    lon: float
    digits: int  # behind the point, of the finer of the two
    feature: str  # class and code, "P.PPL"
    country: str
    disputed: bool  # the table names further countries for it
    admin: tuple[str, ...]
    zone: str
    changed: str


@dataclass(slots=True)
class Bad:
    """Rows that were refused: all counted, the first told."""

    count: int = 0
    told: list[Refusal] = field(default_factory=list)

    def add(self, path: str, line: int, found: str) -> None:
        self.count += 1
        if len(self.told) < _SHOWN:
            self.told.append(Refusal("place_row", path=path, line=line, found=found))


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of a file with their numbers. Refuses `missing_file`."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise Refusal("missing_file", path=str(path)) from error
    with stream:
        number = 0
        while line := stream.readline(_LONGEST_ROW + 1):
            number += 1
            whole = len(line) <= _LONGEST_ROW
            while not whole and (rest := stream.readline(_LONGEST_ROW)) and not rest.endswith(b"\n"):
                pass
            if line.strip():
                yield number, _decoded(line) if whole else None


def _decoded(line: bytes) -> str | None:
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        return None


def entries(rows: Iterable[Row], path: str, bad: Bad) -> Iterator[Entry]:
    """The rows of a table of places that can be used; a number that stands twice is used once."""
    seen: set[int] = set()
    for line, text in rows:
        found = _entry(text)
        if isinstance(found, str):
            bad.add(path, line, found)
        elif found.number in seen:
            bad.add(path, line, f"the number {found.number} stands twice")
        else:
            seen.add(found.number)
            yield found


def _entry(text: str | None) -> Entry | str:
    """The row, or what is wrong with it."""
    if text is None:
        return "not UTF-8, or too long"
    cells = [cell.strip() for cell in text.split("\t")]
    if len(cells) != _COLUMNS:
        return f"{len(cells)} columns, where a table of places has {_COLUMNS}"
    number, name, plain, others, lat_text, lon_text = cells[:6]
    if not (number.isascii() and number.isdigit()) or not name:
        return "no number or no name"
    try:
        lat, lon = float(lat_text), float(lon_text)
    except ValueError:
        return f"{lat_text}, {lon_text} is no coordinate"
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return f"{lat_text}, {lon_text} is not on the Earth"
    admin: list[str] = []
    for code in cells[10:14]:
        if code in ("", "00"):
            break
        admin.append(code)
    also = {code for code in cells[9].split(",") if code.strip()} - {cells[8]}
    return Entry(
        number=int(number),
        name=name,
        others=(plain, *others.split(",")),
        lat=lat,
        lon=lon,
        digits=max(len(each.partition(".")[2]) for each in (lat_text, lon_text)),
        feature=f"{cells[6]}.{cells[7]}",
        country=cells[8],
        disputed=bool(also),
        admin=tuple(admin),
        zone=cells[17],
        changed=cells[18],
    )


@dataclass(frozen=True, slots=True)
class Name:
    """One row of the table of names. `rank`: preferred first, then plain, short, colloquial, of earlier times."""

    place: int
    language: str
    text: str
    rank: int


def names(rows: Iterable[Row], path: str, numbers: frozenset[int], bad: Bad) -> Iterator[Name]:
    """Names of the places with these numbers; rows about others are passed by."""
    for line, text in rows:
        cells = [] if text is None else [cell.strip() for cell in text.split("\t")]
        if len(cells) < _NAME_COLUMNS or not (cells[1].isascii() and cells[1].isdigit()) or not cells[3]:
            bad.add(path, line, "no number of a place, or no name" if text is not None else "not UTF-8, or too long")
        elif int(cells[1]) in numbers:
            marks = [cell == "1" for cell in (*cells[4:8], "", "", "", "")][:4]
            rank = 4 if marks[3] else 3 if marks[2] else 2 if marks[1] else 0 if marks[0] else 1
            yield Name(int(cells[1]), cells[2], cells[3], rank)


# --- which of them ------------------------------------------------------------------------------------------------


def wanted_here(entry: Entry, wanted: Wanted) -> bool:
    """Whether the row makes a place: by country, kind of thing and area."""
    if wanted.countries and entry.country not in wanted.countries:
        return False
    if entry.feature.partition(".")[0] not in wanted.classes:
        return False
    if wanted.box is not None:
        south, west, north, east = wanted.box
        if not (south <= entry.lat <= north and west <= entry.lon <= east):
            return False
    if not wanted.lines:
        return True
    lat, lon = entry.lat, entry.lon
    return any(
        south <= lat <= north and west <= lon <= east and near(path, (lat, lon), wanted.km)
        for path, (south, west, north, east) in zip(wanted.lines, wanted.frames, strict=True)
    )


def _frame(path: Line, km: float) -> tuple[float, float, float, float]:
    """South, west, north, east of what may be near the line: asked first, since most of the Earth is not."""
    lats, lons = [lat for lat, _ in path], [lon for _, lon in path]
    high = km / _KM_PER_DEGREE
    south, north = min(lats) - high, max(lats) + high
    wide = high / max(math.cos(math.radians(min(90.0, max(-south, north)))), 0.01)
    return south, min(lons) - wide, north, max(lons) + wide


def paths_near(pack: str) -> tuple[Line, ...]:
    """The paths of all lines of a pack. Refuses `area_unfit` where it draws none."""
    found = tuple(path for line in load_pack(pack).lines for path in line.paths)
    if not found:
        raise Refusal("area_unfit", found=f"what is near the lines of {pack}, which draws none")
    return found


def near(path: Line, point: tuple[float, float], km: float) -> bool:
    """Whether the point is within so many km of the line, its stretches taken as straight on a plane around the point."""
    high = km / _KM_PER_DEGREE
    narrow = max(math.cos(math.radians(point[0])), 0.01)
    spots = [((lat - point[0]), (lon - point[1]) * narrow) for lat, lon in path]
    return any(_apart(a, b) <= high for a, b in pairwise(spots))


def _apart(a: tuple[float, float], b: tuple[float, float]) -> float:
    """From the origin to the stretch between two points."""
    along = (b[0] - a[0], b[1] - a[1])
    length = along[0] ** 2 + along[1] ** 2
    share = 0.0 if length == 0 else min(1.0, max(0.0, -(a[0] * along[0] + a[1] * along[1]) / length))
    return math.hypot(a[0] + share * along[0], a[1] + share * along[1])

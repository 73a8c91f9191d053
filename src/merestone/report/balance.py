"""The balance audit of an edition: counted from its data, told in words, as plain values for page, paper, terminal and file.

The law it keeps: it is counted from the same data that the edition's file holds, after they were redacted, so that it can tell nothing
that is withheld and anybody with the file can count it again. It comes after the grades and none of them is looked at twice.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from merestone.assess.balance import COUNT, MEDIAN, RANGE, SHARE, Balance, Cell, Measure, balance
from merestone.assess.material import Material
from merestone.assess.series import DAYS, Series, Turn, series
from merestone.ledger.words import WORDS
from merestone.report import words
from merestone.report.material import material_of

Json = Mapping[str, Any]
PLACES = 4  # of decimals in data


@dataclass(frozen=True, slots=True)
class Audited:
    material: Material
    balance: Balance
    series: Series | None

    def as_data(self) -> dict[str, Any]:
        """Cells by column. What is not known is null; so is an upper end without bound."""
        found = self.balance
        return {
            "columns": list(found.columns),
            "comparisons": found.comparisons,
            "level": _rounded(found.level),
            "chapters": [
                {"name": c.name, "unknown": c.unknown or None, "measures": [_measure(m, found.columns) for m in c.measures]}
                for c in found.chapters
            ],
            "series": None if self.series is None else _series(self.series, found.columns),
        }


def audited(data: Json, days: int = DAYS, until: str = "") -> Audited:
    """Of an edition's data (`written.as_data`, or a file of it). `until`: the last day of the present period; the window's, or the latest
    on which a text was published, where it is "". Refuses `malformed_edition`."""
    material = material_of(data)
    return Audited(material, balance(material), series(material, days, until or (data.get("window") or {}).get("to") or ""))


def _measure(measure: Measure, columns: tuple[str, ...]) -> dict[str, Any]:
    cells = {code: _cell(cell, measure.kind) for code, cell in zip(columns, measure.cells, strict=True)}
    pairs = {"compared": [list(pair) for pair in measure.compared], "apart": [list(pair) for pair in measure.apart]}
    return {
        "name": measure.name,
        "about": measure.about or None,
        "kind": measure.kind,
        "cells": cells,
        **(pairs if measure.treated else {}),
    }


def _cell(cell: Cell, kind: str) -> dict[str, Any]:
    told = {name: _rounded(value) for name, value in asdict(cell).items()}
    wanted = {
        COUNT: ("number",),
        RANGE: ("low", "high"),
        SHARE: ("number", "of", "value", "low", "high"),
        MEDIAN: ("number", "value", "low", "high"),
    }
    return {name: told[name] for name in wanted[kind]}


def _series(found: Series, columns: tuple[str, ...]) -> dict[str, Any]:
    return {
        "now": list(found.now),
        "before": list(found.before),
        "documents": list(found.effort),
        "patrols": None if found.looked is None else list(found.looked),
        "rows": [
            {"name": row.name, "cells": {code: _turn(turn) for code, turn in zip(columns, row.turns, strict=True)}} for row in found.rows
        ],
    }


def _turn(turn: Turn) -> dict[str, Any]:
    return {name: _rounded(value) for name, value in asdict(turn).items()}


def _rounded(value: float | None) -> float | None:
    if value is None or isinstance(value, int):
        return value
    return round(value, PLACES) if math.isfinite(value) else None


# --- in words -----------------------------------------------------------------------------------------------------------


@functools.cache
def _words() -> Json:
    loaded: dict[str, Any] = json.loads((WORDS / "balance.en.json").read_text(encoding="utf-8"))
    return loaded


def told(data: Json, found: Audited) -> dict[str, Any]:
    """What a page, a table on paper and a terminal show: words and numbers as text, nothing left to be worked out."""
    w, names = _words(), {each["code"]: each["name"] for each in data["parties"]}
    aligned = {each["code"]: names.get(each["aligned_with"], "") for each in data["parties"] if each.get("aligned_with")}
    shown = [n for n in range(len(found.balance.columns)) if _used(found, n)]
    codes = [found.balance.columns[n] for n in shown]
    parties = list(found.balance.parties)
    columns = [
        {
            "code": c,
            "name": names.get(c) or w["columns"][c],
            "order": parties.index(c) if c in parties else -1,
            "aligned": aligned.get(c, ""),
        }
        for c in codes
    ]
    number = found.balance.comparisons
    notes = [*w["notes"][:-1], w["notes"][-1].format(comparisons=number) if number else w["nothing_compared"]]
    silent = words.listed(names[code] for code in parties if code not in codes)
    notes += [w["silent"].format(parties=silent)] if silent else []
    notes += [w["outside"]] if data["profile"] == "public" else []
    return {
        "title": w["title"],
        "notes": notes,
        "counted": w["counted"],
        "compared": w["compared"],
        "columns": columns,
        "chapters": [
            {
                "name": c.name,
                "title": w["chapters"][c.name][0],
                "note": w["chapters"][c.name][1],
                "unknown": w["unknown"][c.unknown] if c.unknown else "",
                "rows": [_row(measure, shown, names) for measure in c.measures],
            }
            for c in found.balance.chapters
        ],
        "unseen": _unseen(found, names),
        "series": _series_told(found.series, shown, [column["name"] for column in columns]),
    }


def _used(found: Audited, at: int) -> bool:
    """Whether a column holds anything."""
    return any(measure.cells[at].number for chapter in found.balance.chapters for measure in chapter.measures)


def _row(measure: Measure, shown: list[int], names: Mapping[str, str]) -> dict[str, Any]:
    w = _words()
    about = w["about"].get(measure.about, names.get(measure.about, measure.about.replace("_", " ")))
    name = w["about"][""] if measure.name == "texts_language" and not measure.about else w["measures"][measure.name].format(about=about)
    pairs = "; ".join(f"{names[a]} and {names[b]}" for a, b in measure.apart)
    verdict = w["apart"].format(pairs=pairs) if pairs else w["chance"] if measure.compared else w["few"]
    return {
        "name": name,
        "inner": measure.inner,
        "cells": [_told(measure.cells[n], measure.kind) for n in shown],
        "verdict": verdict if measure.treated else "",
        "apart": bool(measure.apart),
    }


def _told(cell: Cell, kind: str) -> dict[str, str]:
    """`number` as it was counted, `share` what it comes to, with what it may be by chance."""
    if kind == COUNT:
        return {"number": f"{cell.number:,}", "share": ""}
    if kind == RANGE:
        return {"number": words.span_of(int(cell.low or 0), int(cell.high or 0)), "share": ""}
    if kind == SHARE:
        if not cell.of:
            return {"number": "0 of 0", "share": ""}
        low_high = "" if cell.low is None or cell.high is None else f" ({_percent(cell.low)}–{_percent(cell.high)})"
        return {"number": f"{cell.number:,} of {cell.of:,}", "share": f"{_percent(cell.value or 0.0)} %{low_high}"}
    if cell.value is None:
        return {"number": _words()["unknown_value"], "share": ""}
    low_high = "" if cell.low is None or cell.high is None else f" ({cell.low:g}–{cell.high:g})"
    return {"number": f"{cell.value:g}{low_high}", "share": f"of {cell.number:,}"}


def _percent(share: float) -> str:
    return f"{share * 100:.0f}"


def _unseen(found: Audited, names: Mapping[str, str]) -> str:
    """The sides on which nobody of the mission perceived anything, named."""
    areas = {area.side: area for area in found.material.areas or ()}
    blind = [names[code] for code in found.balance.parties if code in areas and areas[code].observations[1] == 0]
    if found.material.areas is None or not blind:
        return ""
    return str(_words()["unseen"].format(sides=words.listed(blind)))


def _series_told(found: Series | None, shown: list[int], columns: list[str]) -> dict[str, Any]:
    w = _words()["series"]
    if found is None:
        return {"title": w["title"], "note": w["none"], "rows": [], "heads": w["heads"], "columns": columns}
    patrols = w["patrols"].format(*found.looked) if found.looked is not None else w["patrols_untold"]
    now, before = (words.stretch(*spell) for spell in (found.now, found.before))
    note = w["note"].format(
        now=now, before=before, texts_now=found.effort[0], texts_before=found.effort[1], patrols=patrols
    )  # fmt: skip
    rows = [{"name": w["rows"][row.name], "cells": [_turned(row.turns[n]) for n in shown]} for row in found.rows]
    return {"title": w["title"], "note": note[:1].upper() + note[1:], "rows": rows, "heads": w["heads"], "columns": columns}


def _turned(turn: Turn) -> dict[str, str]:
    rate = ""
    if turn.rate is not None and turn.low is not None and turn.high is not None:
        top = f"–{turn.high:.1f}" if math.isfinite(turn.high) else " or more"
        rate = f"× {turn.rate:.1f} ({turn.low:.1f}{top})"
    return {"now": str(turn.now), "before": str(turn.before), "rate": rate}


def lines(shown: Json) -> list[str]:
    """The same for a terminal: a table a chapter."""
    names = [column["name"] for column in shown["columns"]]
    out = [shown["title"], "", *(f"  {note}" for note in shown["notes"])]
    for chapter in shown["chapters"]:
        out += ["", chapter["title"], f"  {chapter['unknown'] or chapter['note']}"]
        rows = [
            (("  " if row["inner"] else "") + row["name"], *(" ".join(filter(None, c.values())) for c in row["cells"]), row["verdict"])
            for row in chapter["rows"]
        ]
        out += _table([("", *names, shown["compared"]), *rows]) if rows else []
        if chapter["name"] == "looked" and shown["unseen"]:
            out.append(f"  {shown['unseen']}")
    series = shown["series"]
    out += ["", series["title"], f"  {series['note']}"]
    turns = [(row["name"], *(_turned_line(cell) for cell in row["cells"])) for row in series["rows"]]
    return out + (_table([("", *names), *turns]) if turns else [])


def _turned_line(cell: Mapping[str, str]) -> str:
    return f"{cell['now']}, before {cell['before']}" + (f", {cell['rate']}" if cell["rate"] else "")


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return ["  " + "  ".join(f"{text:{width}}" for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]

"""The balance audit on paper: a table a chapter, and the present period beside the one before."""

from __future__ import annotations

from collections.abc import Iterable

from merestone.report.blocks import Block, Heading, Run, Runs, Table, Text, run
from merestone.report.paper_parts import Shown
from merestone.report.pictures import swatch


def balance(shown: Shown) -> Iterable[Block]:
    """An edition of a release that kept no balance has no such section."""
    found = shown["balance"]
    if found is None:
        return
    yield Heading(1, run(found["title"]), "balance")
    for note in found["notes"]:
        yield Text(run(note), "note")
    sides: list[Runs] = [(swatch(c["order"], shown["sides"]), Run(" "), Run(c["name"])) for c in found["columns"] if c["order"] >= 0]
    if sides:
        yield Text(tuple(part for side in sides for part in (*side, Run("   "))), "legend")
    names = tuple(column["name"] for column in found["columns"])
    for chapter in found["chapters"]:
        yield Heading(2, run(chapter["title"]))
        yield Text(run(chapter["unknown"] or chapter["note"]), "absent" if chapter["unknown"] else "note")
        rows = tuple(_row(row) for row in chapter["rows"])
        if rows:
            yield Table((), (found["counted"], *names, found["compared"]), rows, (4.2, *(2.6 for _ in names), 2.2), small=True)
        if chapter["name"] == "looked" and found["unseen"]:
            yield Text(run(found["unseen"]), "note")
    series = found["series"]
    yield Heading(2, run(series["title"]))
    yield Text(run(series["note"]), "note")
    turns = tuple((run(row["name"]), *(_turn(cell, series["heads"]) for cell in row["cells"])) for row in series["rows"])
    if turns:
        yield Table((), (found["counted"], *names), turns, (4.2, *(3.0 for _ in names)), small=True)


def _row(row: Shown) -> tuple[Runs, ...]:
    name = run(f"\u2003{row['name']}", "soft") if row["inner"] else run(row["name"], "strong")
    verdict = run(row["verdict"], "strong" if row["apart"] else "soft") if row["verdict"] else ()
    return (name, *(_cell(cell) for cell in row["cells"]), verdict)


def _cell(cell: Shown) -> Runs:
    return (Run(_whole(cell["number"]), "whole"), *((Run(" "), Run(_whole(cell["share"]), "soft whole")) if cell["share"] else ()))


def _whole(told: str) -> str:
    """A number with its range is not broken between two lines."""
    return told.replace(" ", "\u00a0").replace("–", "\u2060–\u2060")


def _turn(cell: Shown, heads: list[str]) -> Runs:
    rate = (Run(f" {cell['rate']}", "strong"),) if cell["rate"] else ()
    return (Run(f"{cell['now']} {heads[0]}, {cell['before']} {heads[1]}"), *rate)

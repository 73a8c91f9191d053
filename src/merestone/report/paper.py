"""The report on paper: the sections of the page, in its order and with its headings, as blocks that any printer can set.

Written once for PDF and DOCX, so that neither can say what the other does not. What the page folds away is printed in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from merestone.report import words
from merestone.report.blocks import Block, Contents, Heading, Icon, Pairs, Paper, Points, Run, Runs, Table, Text, joined, run
from merestone.report.paper_agreements import agreements
from merestone.report.paper_balance import balance
from merestone.report.paper_findings import incidents, patterns, voices
from merestone.report.paper_parts import Shown, many
from merestone.report.paper_sources import appeals, claims, inputs, method, record, statements, unread
from merestone.report.pictures import BESIDE_WORDS, icon, pictures, swatch

INSIDE = "Internal: not to leave the house"


def paper_of(shown: Shown) -> Paper:
    """The whole report. A new section goes between those whose place it takes on the page."""
    sections = (
        _masthead(shown), (Contents(),), _corrections(shown), _numbers(shown), _map(shown), _timeline(shown), incidents(shown), patterns(shown), voices(shown),
        statements(shown), appeals(shown), agreements(shown), balance(shown), unread(shown), claims(shown), method(shown), inputs(shown), record(shown), _closing(shown),
    )  # fmt: skip
    return Paper(
        title=shown["title"],
        head=shown["pack"][1] or shown["pack"][0],
        bar=shown["own"]["bar"],
        inside=INSIDE if shown["internal"] else "",
        more=shown["own"]["more"],
        foot=f"profile {shown['profile']}",
        blocks=tuple(block for section in sections for block in section),
    )


def _masthead(shown: Shown) -> Iterable[Block]:
    counts = shown["counts"]
    happened = f" ({shown['happened']})" if shown["happened"] else ""
    yield Heading(0, run(shown["title"]), tag=run(f"{shown['own']['kicker']} · {shown['pack'][1] or shown['pack'][0]}"))
    yield Text(
        run(
            f"{many(counts['claims'], 'claim')} read from {many(counts['documents'], 'document')}: {many(counts['incidents'], 'incident')}{happened}, "
            f"{many(counts['patterns'], 'pattern')}, {many(counts['voices'], 'voice')}. {shown['own']['tail']}"
        ),
        "lead",
    )
    rows: list[tuple[str, Runs]] = [("Made", run(shown["generated"])), ("Profile", run(shown["profile"]))]
    if shown["window"]:
        rows.append(("Only happenings of", run(shown["window"])))
    own = shown["own"]
    rows.append(("Record", run(own["record"], "", "#record" if own["mission"] else "")))
    rows.extend((name, run(told)) for name, told in own["rows"][3:5])
    publishers = words.listed(shown["publishers"])
    rows.append((own["publishers"], run(publishers) if publishers else run("not known", "absent")))
    yield Pairs(tuple(rows))


def _corrections(shown: Shown) -> Iterable[Block]:
    found = shown["corrections"]
    if found is None:
        return
    yield Heading(1, run(found["title"]), "corrections")
    yield Text(run(found["note"]), "note")
    if found["entries"]:
        yield Points(
            tuple(
                (Run(entry["text"]), *(Run(f" {number}", "", f"#{anchor}") for number, anchor in entry["refs"]))
                for entry in found["entries"]
            )
        )


def _numbers(shown: Shown) -> Iterable[Block]:
    yield Heading(1, run("The numbers"), "numbers")
    yield Text(
        run("Claims by kind and day of the happening. A number counts what was said, not what happened; it leads to the claims behind it."), "note"
    )  # fmt: skip
    rows = []
    for row in shown["summary"]:
        kind = joined((run(row["kind"], "strong"), run(f"in {many(row['incidents'], 'incident')}", "soft") if row["incidents"] else ()))
        days = joined([(Run(f"{day['day']}\u00a0"), Run(str(day["count"]), "strong", f"#{day['href']}")) for day in row["days"]], " · ")
        rows.append((run(str(row["count"]), "strong", f"#{row['href']}"), kind, days))
    if rows:
        yield Table((), ("Claims", "Kind", "By day"), tuple(rows), (1, 4, 8), numeric=(0,))
    else:
        yield Text(run("No claim was found."), "absent")
    hidden = shown["withheld"]
    told = [
        f"{many(hidden.recent, 'claim')} on positions that are less than 72 hours old or bear no date." if hidden.recent else "",
        f"{hidden.told} told in our words instead of being quoted." if hidden.told else "",
        f"{hidden.coarsened} with a place told more coarsely than it was said." if hidden.coarsened else "",
        f"{hidden.captives} of a captive’s own words." if hidden.captives else "",
    ]
    if any(told):
        yield Text((Run("Not shown here.", "strong"), Run(" " + " ".join(filter(None, told)))), "box")


def _map(shown: Shown) -> Iterable[Block]:
    yield Heading(1, run("Where and when"), "map")
    if not shown["maps"]:
        named = ", ".join(area.name for area in shown["areas"])
        yield Text(run("No claim names a place that could be drawn." + (f" Wide areas named: {named}." if named else "")), "absent")
        return
    number = len(shown["sites"])
    yield from pictures(
        shown["map_on_paper"], f"Map of the places that claims name, {number} in all, with the radius within which each lies", BESIDE_WORDS
    )
    marks = [(icon(mark), Run(f" {name}")) for name, mark in shown["marks"]]
    ring = icon('<svg viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" class="unsure"/></svg>')
    yield Text(joined([*marks, (ring, Run(" radius within which it lies"))], "   "), "legend")
    for letter, name, origin, dash in shown["lines"]:
        told = origin or "an origin that the pack does not name"
        yield Text((_line_key(letter, dash), Run(f" {name} "), Run("as drawn by ", "soft"), Run(told, "soft")), "legend")
    yield from _areas(shown["areas"])
    rows = tuple(
        (run(s.name), run(", ".join(s.roles)), run(words.distance(s.uncertainty_m)), joined(run(g, "", f"#{g}") for g in s.groups))
        for s in shown["sites"]
    )
    yield Table(
        (Run("Places on this map as a table"), Run(f" {number}", "soft")),
        ("Place", "Said to be", "Lies within", "In"), rows, (4, 3, 1.6, 5), numeric=(2,),
    )  # fmt: skip
    credits_ = [f"{credit.rstrip('. ')}." for credit in shown["method"].attribution]
    drawn = "Local projection, north is up. A line is drawn as its origin gives it and implies no view on status."
    yield Text(run(" ".join([drawn, *credits_])), "how")


def _line_key(letter: str, dash: str | None) -> Icon:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return icon(
        f'<svg viewBox="0 0 42 16"><path d="M1 8H41" class="line"{dashes}/><circle cx="21" cy="8" r="7.5" class="key-ground"/>'
        f'<text x="21" y="11.5" text-anchor="middle" class="key-letter">{letter}</text></svg>',
        letter,
    )


def _areas(areas: Sequence[Shown]) -> Iterable[Block]:
    if not areas:
        return
    told = []
    for area in areas:
        named = [run(group, "", f"#{group}") for group in area.groups[:4]]  # type: ignore[attr-defined]
        more = [run(f"and {len(area.groups) - 4} more")] if len(area.groups) > 4 else []  # type: ignore[attr-defined]
        told.append((Run(f"{area.name} ("), *joined([run(area.why), *named, *more], ", "), Run(")")))  # type: ignore[attr-defined]
    yield Text((Run("Told only for a wide area, so not drawn:", "strong"), Run(" "), *joined(told, "; "), Run(".")), "note")


def _timeline(shown: Shown) -> Iterable[Block]:
    if not shown["timeline_on_paper"]:
        return
    line = shown["timeline"]
    yield Heading(2, run("When, as each side tells it"))
    sides = [(swatch(order, shown["sides"]), Run(f" {name}")) for order, name in shown["parties"]]
    yield Text(joined([*sides, (swatch(-1, shown["sides"]), Run(" other voices"))], "   "), "legend")
    yield from pictures(
        shown["timeline_on_paper"], f"Timeline of {len(line.rows)} incidents; each bar is one side’s version, as long as its time is unsure"
    )
    if line.beside:
        beside = [
            (*_group(i.group.id), Run(f" {words.kind(i.group.kind)}, {words.stretch(i.group.start, i.group.end)}")) for i in line.beside
        ]
        yield Text((Run("Not on the timeline:", "strong"), Run(" "), *joined(beside, "; "), Run(".")), "note")
    if line.partly:
        partly = joined((_group(i.group.id) for i in line.partly), ", ")
        yield Text((Run("A version is too unsure to draw:", "strong"), Run(" "), *partly, Run(".")), "note")
    dotted = " A dotted line stands for days that are left out." if len(line.stretches) > 1 else ""
    yield Text(run(f"Local time as told. A long bar is an unsure time, not a long happening.{dotted}"), "how")


def _group(name: str) -> Runs:
    return run(name, "", f"#{name}")


def _closing(shown: Shown) -> Iterable[Block]:
    yield Text(
        (
            Run(shown["own"]["close"], "strong"),
            Run(
                f" Made {shown['generated']}, profile {shown['profile']}. A merestone is a boundary stone: fixed, plain, belonging to neither side."
            ),
        ),
        "closing",
    )

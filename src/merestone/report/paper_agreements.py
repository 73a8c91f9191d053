"""Agreements on paper: each point with its readings, its state and the incidents that touch it."""

from __future__ import annotations

from collections.abc import Iterable

from merestone.report import words
from merestone.report.blocks import Block, Heading, Points, Run, Runs, Text, joined, run
from merestone.report.paper_parts import Shown, refs


def agreements(shown: Shown) -> Iterable[Block]:
    """No section where the pack has no agreement."""
    if not shown["agreements"]:
        return
    yield Heading(1, run("Agreements"), "agreements")
    yield Text(run(shown["agreements"][0]["note"]), "note")
    for agreement in shown["agreements"]:
        yield Heading(2, run(agreement["title"]), agreement["id"])
        yield Text(run(" · ".join(filter(None, (agreement["date"], agreement["version"], agreement["origin"])))), "how")
        for point in agreement["points"]:
            yield from _point(point)


def _point(point: Shown) -> Iterable[Block]:
    yield Heading(3, (Run(f"Point {point['number']}"), Run(f" {point['kind']}", "soft")), point["anchor"])
    yield Text(run(point["text"]))
    yield Text(joined(_applies(point["applies"]), "; "), "how")
    for each in point["applies"]:
        for reading in each["readings"]:
            source = ", ".join(filter(None, (reading["source"], reading["on"])))
            says = "" if reading["says"] == each["says"] else f"{reading['says']}. "
            told = f" ({source})" if source else ""
            yield Text((Run(f"{each['party']}: ", "strong"), Run(f"{says}{reading['words']}"), Run(told, "soft")), "note")
    yield Text(run(point["term"]), "note")
    rows = [
        (
            Run(f"{step['name']}: ", "strong"),
            Run(f"{step['due']}. "),
            *_words(step["words"], "Nobody here says that it was done, or that it was not."),
        )
        for step in point["steps"]
    ]
    rows += [
        (Run(f"{level['name']}: ", "strong"), Run(f"{level['agreed']} agreed. "), *_words(level["words"], "Nobody here gives a number."))
        for level in point["levels"]
    ]
    rows += [(Run("Said of it: ", "strong"), *_words(point["words"], ""))] if point["words"] else []
    if rows:
        yield Points(tuple(rows))
    for touch in point["touched"]:
        incidents = joined((run(name, "", f"#{name}") for name in touch["incidents"]), ", ")
        yield Text((Run("Touched by ", "strong"), *incidents, Run(f" ({touch['kinds']}). {touch['why']}", "soft")), "note")
    if not point["touched"]:
        yield Text(run("No incident here touches it."), "absent")
    for version in point["versions"]:
        levels = f"({words.listed(version['levels'])})" if version["levels"] else ""
        told = " ".join(filter(None, (version["text"], levels)))
        yield Text(
            (
                Run(f"{version['name']}: ", "strong"),
                Run(f"{told} "),
                *joined(_applies(version["applies"]), "; "),
                Run(f" {version['origin']}", "soft"),
            ),
            "note",
        )


def _applies(sides: Iterable[Shown]) -> Iterable[Runs]:
    return ((Run(f"{each['party']}: "), Run(each["says"], "flag")) for each in sides)


def _words(told: Iterable[Shown], else_: str) -> Runs:
    """After a full stop, or, with no words for what nobody said, within a sentence."""
    said = [_word({**each, "says": each["says"].capitalize()} if else_ and not n else each) for n, each in enumerate(told)]
    return joined(said, "; ") if said else run(else_, "absent")


def _word(each: Shown) -> Runs:
    apart = f" ({each['apart']})" if each.get("apart") else ""
    by = f"{each['says']}{apart}, says {each['by'] or 'somebody not named'}" + (f", {each['on']}" if each["on"] else "")
    cited = f" cited, not received: {each['source']}" if each["source"] else ""
    return (Run(by), *((Run(cited, "soft"),) if cited else ()), *((Run(" "), *refs(each["refs"])) if each["refs"] else ()))

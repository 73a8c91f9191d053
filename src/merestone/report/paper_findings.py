"""What was found, on paper: incidents with both sides' versions, patterns, and who repeats whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from merestone.report import words
from merestone.report.blocks import Beside, Block, Heading, Points, Run, Runs, Table, Text, joined, run
from merestone.report.paper_parts import UNQUOTED, Shown, briefs, capital, differs, document, flags, links, many, refs, said
from merestone.report.pictures import icon, swatch


def incidents(shown: Shown) -> Iterable[Block]:
    yield Heading(1, run("Incidents"), "incidents")
    note = (
        "What several claims are about, and some that one voice alone reports. Columns stand in the order of the parties’ codes. "
        "The grade is of the happening; who began is never graded."
    )
    if shown["unheard"]:
        them = "it" if len(shown["unheard"]) == 1 else "them"
        note += (
            f" Nothing in these documents speaks for, blames or concerns {words.listed(shown['unheard'])}, so no column stands for {them}."
        )
    yield Text(run(note), "note")
    for incident in shown["incidents"]:
        yield from _incident(incident, shown["sides"])
    if not shown["incidents"]:
        yield Text(run("No dated happening was found."), "absent")
    if shown["loose"]:
        name = "Claims that belong to no incident and no pattern"
        yield Text((Run(name), Run(f" {len(shown['loose'])}", "soft")), "summary")
        yield from briefs(shown["loose"])


def _incident(incident: Shown, sides: int) -> Iterable[Block]:
    places = incident["places"]
    heading = (
        incident["kind"] + (f": {words.listed(places[:4])}" if places else "") + (f" and {len(places) - 4} more" if len(places) > 4 else "")
    )
    kinds = run(f"with {words.listed(incident['kinds']).lower()}", "soft") if incident["kinds"] else ()
    yield Heading(2, run(heading), incident["id"], run(f"{incident['id']} · {incident['state']}"))
    yield Text(joined(((Run(incident["period"]), *flags(f"{part} inferred" for part in incident["inferred"])), kinds)), "period")
    yield Text(joined((run(capital(incident["grade"]), "grade"), run(incident["grade_means"], "soft"))), "period")
    cells = tuple(_side(column, sides) for column in incident["columns"])
    yield Beside(cells, "sides", (1,) * len(cells))
    if incident["both_ways"]:
        apart, together = incident["both_ways"]
        yield Text(joined((run("Read apart:", "strong"), run(f"{apart}."), run("Read together:", "strong"), run(f"{together}."))), "how")
    if incident["silent"]:
        yield Text(run(f"No version from {words.listed(incident['silent'])} among these documents."), "absent")
    yield from differs(incident["differs"])
    yield from _figures(incident["figures"])
    yield from _contested(incident["contested"])
    yield Heading(3, run(f"Why “{incident['grade']}”"))
    reasons = tuple(
        joined((run("for" if reason["supports"] else "against", "flag"), said(reason["text"]), refs(reason["refs"])))
        for reason in incident["reasons"]
    )
    yield (
        Points(reasons, tuple(str(reason["number"]) for reason in incident["reasons"]))
        if reasons
        else Text(run("No reason was given."), "absent")
    )
    if incident["voices"]:
        yield Text(run(f"Voices: {words.listed(incident['voices'])}"), "how")
    yield from links(incident["links"], pattern=False)


def _side(column: Shown, sides: int) -> tuple[Block, ...]:
    heading: tuple[Block, ...] = (Heading(3, (swatch(column["order"], sides), Run(" "), Run(column["name"]))),)
    if column["aligned"]:
        heading = (*heading, Text(run(f"aligned with {column['aligned']}"), "how"))
    if not column["claims"]:
        return *heading, Text(run("No version from this side among these documents."), "absent")
    return *heading, *briefs(column["claims"])


def _figures(figures: Sequence[Shown]) -> Iterable[Block]:
    if figures:
        yield Heading(3, run("Figures, by voice"))
    for figure in figures:
        rows = tuple((run(v["name"]), (icon(v["svg"]),), run(v["range"]), refs(v["refs"])) for v in figure["voices"])
        yield Table((Run(f"{figure['name']}: "), Run(figure["range"], "strong")), (), rows, (5, 6, 2, 4), numeric=(2,))
        for each in figure["changed"]:
            yield Text(joined((run(each["text"]), refs(each["refs"]))), "how")


def _contested(entries: Sequence[Shown]) -> Iterable[Block]:
    if entries:
        yield Heading(3, run("Contested"))
    for entry in entries:
        yield Text(run(entry["point"], "strong"), "point")
        yield Points(tuple(joined((run(f"{v['voice']}:", "strong"), said(v["says"]), refs(v["refs"]))) for v in entry["versions"]))


def patterns(shown: Shown) -> Iterable[Block]:
    yield Heading(1, run("Patterns"), "patterns")
    yield Text(run("Repeated or undated acts. They are not incidents, have no number of happenings and are not graded."), "note")
    for pattern in shown["patterns"]:
        heading = pattern["kind"] + (f": {words.listed(pattern['places'][:4])}" if pattern["places"] else "")
        yield Heading(2, (Run(heading), Run(f" {pattern['count']}", "soft")), pattern["id"], run(pattern["id"]))
        yield from briefs(pattern["claims"])
        yield from differs(pattern["differs"])
        yield from links(pattern["links"], pattern=True)
    if not shown["patterns"]:
        yield Text(run("None was found."), "absent")


def voices(shown: Shown) -> Iterable[Block]:
    yield Heading(1, run("Who repeats whom"), "voices")
    yield Text(
        run(
            "A source with all that repeat it is one voice, however often it is printed. An arrow says who took the words from whom, and why we think so."
        ),
        "note",
    )
    for voice in shown["voices"]:
        tag = run(f"{voice['id']} · {many(len(voice['refs']), 'claim')}")
        yield Heading(2, (swatch(voice["order"], shown["sides"]), Run(" "), Run(voice["name"])), voice["id"], tag)
        members = f" · with {words.listed(voice['members'])}" if voice["members"] else ""
        yield Text(run(voice["side"] + members), "how")
        if voice["edges"]:
            yield Points(tuple(_edge(edge) for edge in voice["edges"]))
    if not shown["voices"]:
        yield Text(run("No voice was found."), "absent")
    if shown["passages"]:
        yield Heading(2, run("The same words in two documents"))
    for passage in shown["passages"]:
        yield Text((*document(passage["earlier"]), Run(" and "), *document(passage["later"])), "lead-in")
        yield Text(said(passage["words"]), "quote") if passage["words"] else UNQUOTED


def _edge(edge: Shown) -> Runs:
    who: Runs = (Run(edge["repeater"]), Run(f" {edge['how']} → ", "soft"), Run(edge["origin"]), Run(": "))
    return (*who, *joined((said(edge["why"], "soft"), refs(edge["refs"][:6]))))

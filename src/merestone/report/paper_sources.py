"""What the documents say, on paper: statements, appeals, what could not be read, every claim; then method, inputs and record."""

from __future__ import annotations

from collections.abc import Iterable

from merestone.report import words
from merestone.report.blocks import Beside, Block, Heading, Pairs, Points, Run, Runs, Table, Text, joined, run
from merestone.report.paper_parts import UNQUOTED, Shown, capital, card, document, mark, quoted, refs, value


def statements(shown: Shown) -> Iterable[Block]:
    yield Heading(1, run("Statements"), "statements")
    for s in shown["statements"]:
        yield Text(
            joined((run(s["type"], "strong"), mark(s), run(s["by"]), run(s["party"], "soft") if s["party"] else (), _told_by(s))), "lead-in"
        )
        yield Text(quoted(s["quote"]), "quote") if s["quote"] else UNQUOTED
        yield Text(document(s["document"]), "how")
    if not shown["statements"]:
        yield Text(run("None was found."), "absent")


def _told_by(entry: Shown) -> Runs:
    return run(f"as told by {entry['told_by']}", "flag") if entry["told_by"] else ()


def appeals(shown: Shown) -> Iterable[Block]:
    yield Heading(1, run("Appeals and responses"), "appeals")
    for ask in shown["appeals"]["asks"]:
        yield _ask(ask)
    if not shown["appeals"]["asks"]:
        yield Text(run("No appeal was found."), "absent")
    if shown["appeals"]["unmatched"]:
        yield Heading(2, run("Responses of others"))
    for answer in shown["appeals"]["unmatched"]:
        yield from _answer(answer, quote_missing=True)
    if shown["signatories"]:
        yield Heading(2, run("Signatories"))
    for signed in shown["signatories"]:
        yield Text(joined(((*document(signed["document"]), Run(f" · {len(signed['names'])}")), mark(signed))), "lead-in")
        yield Points(tuple(run(name) for name in signed["names"]), tuple(str(n) for n in range(1, len(signed["names"]) + 1)))


def _ask(ask: Shown) -> Block:
    asked = ask["ask"] or "An ask that is not quoted"
    to = run(words.listed(ask["to"])) if ask["to"] else run("nobody named", "absent")
    by = run(words.listed(ask["by"])) if ask["by"] else run("not said", "absent")
    left: list[Block] = [Heading(2, run(capital(asked)), tag=joined((run("Ask"), mark(ask)))), Pairs((("To", to), ("By", by)))]
    left += [Text(quoted(ask["quote"]), "quote")] if ask["quote"] else []
    left.append(Text(document(ask["document"]), "how"))
    right: list[Block] = [Text(run("Response of an addressee"), "tag")]
    for answer in ask["answers"]:
        right.extend(_answer(answer, quote_missing=False))
    if not ask["answers"]:
        right.append(Text(run("None among these documents."), "absent"))
    return Beside((tuple(left), tuple(right)), "ask", (3, 2))


def _answer(answer: Shown, *, quote_missing: bool) -> Iterable[Block]:
    yield Text(joined((run(answer["by"], "strong"), run(f"{answer['type']}, {answer['date']}"), mark(answer), _told_by(answer))), "lead-in")
    if answer["quote"]:
        yield Text(quoted(answer["quote"]), "quote")
    elif quote_missing:
        yield UNQUOTED
    yield Text(document(answer["document"]), "how")


def unread(shown: Shown) -> Iterable[Block]:
    yield Heading(1, run("What could not be read"), "unread")
    for refused in shown["refusals"]:
        yield Text(joined((run(refused["path"] or "A file", "strong"), run(refused["code"], "code"))), "lead-in")
        yield Text(run(refused["told"]))
    if not shown["refusals"]:
        yield Text(run("Everything that was given could be read."), "absent")
    yield Heading(2, run("Cited, not received"))
    if not shown["cited"]:
        yield Text(run("None was found."), "absent")
        return
    yield Text(run("Documents that these texts rely on and that nobody here holds. They are no voice."), "note")
    for cited in shown["cited"]:
        yield Text(joined((run(cited["by"], "strong"), document(cited["document"]))), "lead-in")
        if cited["words"]:
            yield Text(quoted(cited["words"]), "quote")


def claims(shown: Shown) -> Iterable[Block]:
    yield Heading(1, run("Every claim, in its own words"), "claims")
    note = "The words that carry a claim are lit; around them stands what the document says before and after."
    if shown["internal"]:
        note += " Words that name or single out a person are underlined with dots."
    yield Text(run(note), "note")
    yield Text(run("Index by kind and day"), "summary")
    for row in shown["summary"]:
        yield Text((Run(row["kind"], "strong"), Run(f" {row['count']}", "soft")), "point", row["anchor"])
        for day in row["days"]:
            yield Text((Run(f"{day['day']} ", "soft"), *refs(day["refs"])), "index", day["anchor"])
    for each in shown["documents"]:
        yield Heading(2, run(each["title"]["value"] or each["id"]), each["anchor"])
        rows: list[tuple[str, Runs]] = [("Document", run(each["id"]))]
        rows += [(name, value(each[name.lower()])) for name in ("Publisher", "Published", "Language")]
        if each["url"]["text"]:
            rows.append(("Address", run(each["url"]["text"], "", each["url"]["href"])))
        yield Pairs(tuple(rows))
        for notice in each["notices"]:
            yield Text(run(notice), "note")
        for claim in each["cards"]:
            yield from card(claim)
        if not each["cards"]:
            yield Text(run(shown["own"]["none"]), "absent")


def method(shown: Shown) -> Iterable[Block]:
    method = shown["method"]
    yield Heading(1, run("Method"), "method")
    yield Points(tuple(run(limit) for limit in method.known_limits))
    if method.parity:
        yield Heading(2, run("What the pack holds of each party"))
        yield Points(tuple(run(sentence) for sentence in method.parity))
    yield Heading(2, run("How a happening is graded"))
    yield Text(run("One ladder, the same for every party; the highest rung that is met is the grade."), "note")
    yield Pairs(tuple((capital(grade), run(when)) for grade, when in method.grades))
    yield Heading(2, run("Rules and versions"))
    rules = joined(run(rule, "code") for rule in method.rules) or run("none used", "absent")
    pack = joined((run(shown["pack"][0]), run(method.pack_digest, "code") if method.pack_digest else ()))
    rows = [("Merestone", run(method.version or "version not told")), ("Reading rules", rules), ("Pack", pack)]
    yield Pairs((*rows, *((capital(name), run(at)) for name, at in method.thresholds)))
    if method.attribution:
        yield Text(run(f"Pack made with: {'; '.join(credit.rstrip('. ') for credit in method.attribution)}."), "how")


def inputs(shown: Shown) -> Iterable[Block]:
    yield Heading(1, run("Inputs"), "inputs")
    if shown["inputs"]:
        rows = tuple((run(entry.name), run(str(entry.size)), run(entry.sha256, "code")) for entry in shown["inputs"])
        yield Table((), ("Name", "Bytes", "SHA-256"), rows, (5, 1.6, 8), numeric=(1,), small=True)
    else:
        yield Text(run("None is listed in this profile."), "absent")


def record(shown: Shown) -> Iterable[Block]:
    """Who answers for an edition of a mission, and how to check it; a brief has no such section."""
    own = shown["own"]
    if not own["mission"]:
        return
    yield Heading(1, run("Record, and how to check it"), "record")
    yield Pairs(tuple((name, run(told, "code" if name in ("Checkpoint", "Verifier key") else "")) for name, told in own["rows"]))
    for told in own["check"]:
        yield Text(run(told), "note")

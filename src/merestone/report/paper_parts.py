"""Parts of the printed report that recur: quoted words, footnote numbers, a claim in brief and in full, reasons for a link.

The same parts as the page's macros, from the same values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from merestone.report.blocks import Beside, Block, Heading, Pairs, Run, Runs, Text, joined, run
from merestone.report.page import Segment

OWN_MARKS = '"“«„‘'
TOLD = "Told in our words: only what an institution or outlet published itself is quoted."
Shown = Mapping[str, Any]
UNQUOTED = Text(run("The words are not quoted."), "absent")


def said(pieces: Iterable[Segment], style: str = "") -> Runs:
    return tuple(Run(text, f"{style} {kind}".strip()) for kind, text in pieces)


def quoted(pieces: Sequence[Segment]) -> Runs:
    """Within quotation marks, where the words bring none of their own."""
    own = bool(pieces) and pieces[0][1][:1] in OWN_MARKS
    return said(pieces) if own or not pieces else (Run("“"), *said(pieces), Run("”"))


def refs(mentions: Iterable[Shown]) -> Runs:
    return joined(run(each["number"], "ref", f"#{each['href']}") for each in mentions)


def document(name: Shown) -> Runs:
    return run(name["name"], "", f"#{name['href']}" if name["href"] else "")


def value(known: Shown) -> Runs:
    if known["value"]:
        return (Run(known["value"]), Run(" "), Run(known["how"], "flag" if known["inferred"] else "soft"))
    return joined((run("not known", "absent"), run(known["how"], "soft")))


def flags(parts: Iterable[str]) -> Runs:
    return tuple(each for part in parts for each in (Run(" "), Run(part, "flag")))


def mark(entry: Shown) -> Runs:
    """Who stands behind it, where the edition tells: nothing in a brief, of which the whole is a machine's reading."""
    if not entry["mark"]:
        return ()
    return run(entry["mark"], "soft" if entry["mark"].startswith("recorded") else "warn")


def many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def brief_claim(claim: Shown) -> tuple[Block, ...]:
    stance = run(claim["said"], "warn" if claim["stance"] in ("denies", "admits") else "soft")
    speaker = joined((run(claim["speaker"], "strong"), stance, run(claim["realised"], "flag") if claim["realised"] else (), mark(claim)))
    words = Text(run(f"{claim['act']}."), "acted") if claim["told"] else Text(quoted(claim["short"]), "short")
    slots = [run(claim["when"]), *(run(f"{place['role']} {place['name']}") for place in claim["where"])]
    slots += [run(f"with {claim['weapons']}")] if claim["weapons"] else []
    slots += [run(figure) for figure in claim["casualties"]]
    repeats = run(f"repeats {claim['repeats']['name']}", "flag") if claim["repeats"] else ()
    leads = joined((repeats, run(str(claim["footnote"]), "ref", f"#{claim['anchor']}"), run(claim["ref"], "soft")))
    return Text(speaker, "speaker"), words, Text(joined(slots, " · "), "slots"), Text(leads, "leads")


def briefs(claims: Iterable[Shown]) -> tuple[Block, ...]:
    return tuple(block for claim in claims for block in brief_claim(claim))


def differs(entries: Iterable[Shown]) -> tuple[Block, ...]:
    made = []
    for entry in entries:
        told: list[Runs] = []
        for version in entry["versions"]:
            marks = joined(run(str(claim["footnote"]), "ref", f"#{claim['anchor']}") for claim in version["claims"])
            told.append(joined((run(version["says"], "strong"), marks)))
        lead: Runs = (Run("The versions differ:", "strong"), Run(f" {entry['kind'].lower()} is told as "))
        made.append(Text((*lead, *joined(told, " and as "), Run(".")), "differs"))
    return tuple(made)


def links(found: Sequence[Shown], pattern: bool) -> tuple[Block, ...]:
    if not found:
        return ()
    name = "Why these claims stand together" if pattern else "Why these claims were linked"
    note = "No comparison looks at who is blamed. "
    if pattern:
        note += "A pattern gathers what is told of one kind of act and one area; it does not say that the claims are about one happening."
    else:
        note += "Weights are in bits; above the sum they speak for one happening."
    summary = Text((Run(name), Run(f" {len(found)}", "soft")), "summary")
    return summary, Text(run(note), "note"), *(_link(link, pattern) for link in found)


def _link(link: Shown, pattern: bool) -> Text:
    """Run in, and without what weighed nothing: a table a pair filled more pages than all that is claimed."""
    told: list[Runs] = []
    for level in link["levels"]:
        if pattern:
            told.append((Run(f"{level['feature']}: {level['level']}. "), *said(level["why"])))
        elif float(level["weight"]):
            told.append((Run(f"{level['feature']} {level['weight']}: {level['level']}. "), *said(level["why"])))
    head = (*refs(link["refs"]), Run(" ")) if pattern else (*refs(link["refs"]), Run(f" {link['score']} ", "soft"))
    return Text((*head, *joined(told, " ")), "rule")


def card(claim: Shown) -> tuple[Block, ...]:
    """A claim in full: what it says, whose it is, its words where they stand, and by which rules it was read."""
    tag = joined((run(str(claim["footnote"]), "number"), run(claim["ref"]), mark(claim)))
    heading = (Run(claim["kind"]), *flags([claim["realised"]] if claim["realised"] else []))
    about: tuple[Block, ...] = (
        Heading(3, heading, claim["anchor"], tag),
        Text(run(claim["act"]), "act"),
        Pairs(_particulars(claim)),
    )
    return Beside((about, (_context(claim),)), "claim", (5, 7)), *_evidence(claim)


def _context(claim: Shown) -> Text:
    if claim["told"]:
        return Text(run(TOLD), "told")
    before = (Run("… ", "around"), *said(claim["before"], "around")) if claim["before"] else ()
    after = (*said(claim["after"], "around"), Run(" …", "around")) if claim["after"] else ()
    return Text((*before, *said(claim["quote"], "lit"), *after), "context")


def _particulars(claim: Shown) -> tuple[tuple[str, Runs], ...]:
    rows: list[tuple[str, Runs]] = [
        ("Said by", _speakers(claim)),
        ("When", (Run(claim["when"]), *flags(f"{p} inferred" for p in claim["inferred"]))),
    ]
    where = joined([(Run(f"{w['role']} {w['name']} "), Run(w["level"], "soft")) for w in claim["where"]], "; ")
    rows.append(("Where", where or run("no place said", "absent")))
    if claim["weapons"]:
        rows.append(("Weapons", run(claim["weapons"])))
    if claim["casualties"]:
        rows.append(("Harm", run("; ".join(claim["casualties"]))))
    part = run(claim["incident"], "", f"#{claim['incident']}") if claim["incident"] else run("no incident", "absent")
    if claim["repeats"]:
        href = claim["repeats"]["href"]
        part = (*part, Run(" · repeats "), Run(claim["repeats"]["name"], "", f"#{href}" if href else ""))
    return (*rows, ("Part of", part))


def _speakers(claim: Shown) -> Runs:
    out: list[Runs] = []
    for speaker in claim["chain"]:
        side = f"{speaker['side']} · {speaker['received']}" if speaker["received"] else speaker["side"]
        out.append((*((Run("citing ", "soft"),) if out else ()), Run(speaker["name"]), Run(f" {side}", "soft")))
    return joined((joined(out, "; ") or run("not attributed", "absent"), run(claim["said"], "soft")))


def _evidence(claim: Shown) -> tuple[Block, ...]:
    read_by: Runs = (Run("Read by a language model"),) if claim["rule"] == "model" else (Run("Rule "), Run(claim["rule"], "code"))
    summary: Runs = (
        *read_by, Run(f" at {claim['span']} · read from words: {claim['confidence']} of what applies"),
    )  # fmt: skip
    if not claim["evidence"]:
        return Text(summary, "rule"), Text(run("No reasons are given with words that are not shown."), "note")
    told = (f"{e['slot']}: {e['why']}" + (f" ({e['at']})" if e["at"] else "") for e in claim["evidence"])
    return (Text((*summary, Run(". " + "; ".join(told) + ".")), "rule"),)

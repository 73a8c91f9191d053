"""One incident as its page shows it: the versions side by side, and all that stands behind the grade. Pure: values in, values out.

The laws it keeps: columns stand in the order of the parties' codes; each number and each word leads to the exhibit that it comes from;
of an exhibit that is not shown no line of the history tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from merestone.extract.terms import OUTCOMES, When
from merestone.link.terms import Ref
from merestone.report import map as maps
from merestone.report import sections, words
from merestone.report.agreements import touched_by
from merestone.report.edition import value_of
from merestone.report.page import Anchors, Cards, Segment, mentions
from merestone.report.sites import sites_of
from merestone.report.standing import mark
from merestone.report.terms import Edition, Incident
from merestone.web.filters import narrowed
from merestone.web.hrefs import exhibit_href

PICTURE = maps.Size("mw", 620, maps.WIDE.aspect, 13, 8)
AROUND = 120  # characters on each side of a claim's words
OPEN = 3  # claims of a side that stand open; the others are folded
ROLES = (("target", "what was hit or meant"), ("at", "where it was"), ("origin", "where it came from"))
_BEHIND = re.compile(r" \[behind it: ([A-Z0-9, -]+)\]")
_LINE = re.compile(r"\s*entry (\d+), (\S+)Z, (.*)", re.DOTALL)
_PART = re.compile(r"#[A-Z]?\d+$")

Shown = dict[str, Any]
Said = tuple[str, str, str]  # by what it is ranked, the words, a note beside them


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done to it: the entry, the hour, who answers for it, what it was, why ("" where nobody says), and the claims it is about."""

    entry: int
    at: str
    who: str
    what: str
    why: str = ""
    refs: tuple[Shown, ...] = ()


def incident_page(incident: Incident, edition: Edition, anchors: Anchors, cards: Cards) -> Shown:
    told = sections.incident_shown(incident, edition, anchors, cards)
    languages = {document.id: value_of(document.language) for document in edition.documents}
    columns = [_column(column, languages) for column in told["columns"]]
    orders = {voice.name: _order(edition, voice.affiliation) for voice in edition.voices}
    return {
        **told,
        "columns": columns,
        "when": words.when(When(incident.group.start, incident.group.end, incident.group.precision)),
        "mark": mark(edition, incident.assessment.state),
        "reasons": [_reason(reason, edition) for reason in told["reasons"]],
        "contested": [_by_voice(entry, orders, {name for _, name in edition.parties}) for entry in told["contested"]],
        "orders": orders,
        "compared": [row for row in (_times(columns, cards), _places(columns, cards), _harm(columns, cards)) if any(row["cells"])],
        "repeating": _voices(incident, edition, anchors),
        "sources": _sources(incident, edition, anchors),
        "touched": touched_by(edition, incident),
        "decided_at": dict(edition.basis).get(incident.group.id),
        "observed": sorted({name for reason in incident.assessment.reasons for name in _behind(reason.text) if name.startswith("OBS-")}),
        **_map(incident, edition),
    }


def _order(edition: Edition, code: str) -> int:
    codes = [each for each, _ in edition.parties]
    return codes.index(code) if code in codes else -1


# --- versions -----------------------------------------------------------------------------------------------------


def _column(column: Shown, languages: Mapping[str, str]) -> Shown:
    """What a side says itself stands open; what only repeats another claim of the same side follows, folded."""
    ours = {claim["ref"] for claim in column["claims"]}
    claims = [
        {**claim, "before": _end(claim["before"]), "after": _begin(claim["after"]), "language": languages.get(claim["document"], "")}
        for claim in column["claims"]
    ]
    again = [
        claim for claim in claims if claim["repeats"] and claim["repeats"]["name"] in ours and claim["repeats"]["name"] != claim["ref"]
    ]
    own = _each_once_first([claim for claim in claims if claim not in again])
    return {**column, "claims": claims, "own": own[:OPEN], "more": own[OPEN:], "again": again}


def _each_once_first(claims: Iterable[Shown]) -> list[Shown]:
    """Every speaker once before anybody is heard again; else in the order they came in."""
    count: dict[str, int] = {}
    ranked = []
    for claim in claims:
        turn = count[claim["speaker"]] = count.get(claim["speaker"], 0) + 1
        ranked.append((turn, claim))
    return [claim for _, claim in sorted(ranked, key=lambda pair: pair[0])]


def _end(before: Sequence[Segment]) -> list[Segment]:
    """The last words of a context."""
    return [(kind, text[::-1]) for kind, text in reversed(_begin([(kind, text[::-1]) for kind, text in reversed(before)]))]


def _begin(after: Sequence[Segment]) -> list[Segment]:
    """The first words of a context, cut between words; what is masked is never cut."""
    left, out = AROUND, list[Segment]()
    for kind, text in after:
        if len(text) > left:
            cut = text[:left].rsplit(None, 1)
            return [*out, (kind, cut[0])] if len(cut) > 1 and kind != "mask" else out
        out.append((kind, text))
        left -= len(text)
    return out


# --- the same thing as each side says it --------------------------------------------------------------------------


def _times(columns: Iterable[Shown], cards: Cards) -> Shown:
    """The earliest first; what a text leaves out and we filled in is told beside it."""

    def said(claim: Shown) -> list[Said]:
        when = cards.card(_ref(claim)).claim.when
        bare = replace(when, inferred=())
        return (
            [(f"{when.start} {when.end}", words.when(bare), ", ".join(f"{part} inferred" for part in when.inferred))] if when.start else []
        )

    return _row("When", columns, said)


def _places(columns: Iterable[Shown], cards: Cards) -> Shown:
    """Each place by the name that the claim itself has for it, with the name it is known by here where that is another."""

    def named(claim: Shown) -> list[Said]:
        return [
            (
                f"{w.name or w.text} {w.role}",
                f"{words.ROLES.get(w.role, w.role)} {w.text or w.name}",
                f"known here as {w.name}" if w.text and w.name not in ("", w.text) else "",
            )
            for w in cards.card(_ref(claim)).claim.where
        ]

    return _row("Where", columns, named)


def _harm(columns: Iterable[Shown], cards: Cards) -> Shown:
    def said(claim: Shown) -> list[Said]:
        figures = cards.card(_ref(claim)).claim.casualties
        ranks = (f"{OUTCOMES.index(f.outcome) if f.outcome in OUTCOMES else len(OUTCOMES)} {f.party} {f.group}" for f in figures)
        return [(rank, told, "") for rank, told in zip(ranks, claim["casualties"], strict=True)]

    return _row("Harm", columns, said)


def _row(name: str, columns: Iterable[Shown], said: Callable[[Shown], list[Said]]) -> Shown:
    cells = []
    for column in columns:
        found: dict[Said, list[Shown]] = {}
        for claim in column["claims"]:
            for each in said(claim):
                found.setdefault(each, []).append({"href": claim["anchor"], "name": claim["ref"], "number": claim["footnote"]})
        ranked = sorted(found, key=lambda each: each[0])  # stable: what has no rank stays in the order of the claims
        cells.append([{"says": each[1], "note": each[2], "refs": found[each]} for each in ranked])
    return {"name": name, "cells": cells}


def _ref(claim: Shown) -> Ref:
    return Ref(claim["document"], claim["number"])


# --- why, and who -------------------------------------------------------------------------------------------------


def _behind(text: str) -> list[str]:
    found = _BEHIND.search(text)
    return found[1].split(", ") if found else []


def _reason(reason: Shown, edition: Edition) -> Shown:
    """The reason, and apart from it what a person's decision rests on, as links to what of that is shown."""
    shown = {document.id for document in edition.documents}
    whole = "".join(text for _, text in reason["text"])
    names = _behind(whole)
    if not names:
        return {**reason, "behind": []}
    behind = [
        {"name": name, "href": exhibit_href(name) if name in shown else ""} for name in names if name in shown or name.startswith("OBS-")
    ]
    return {**reason, "text": [("", _BEHIND.sub("", whole))], "behind": behind}


def _by_voice(entry: Shown, orders: Mapping[str, int], parties: Collection[str]) -> Shown:
    """The versions of a contested point, those of one voice together: by the codes of the parties, first a party itself and then who
    carries its affiliation; after them everybody else."""
    found: dict[str, list[Shown]] = {}
    for version in entry["versions"]:
        found.setdefault(version["voice"], []).append(version)
    ranked = sorted(found, key=lambda name: (orders.get(name, -1) < 0, orders.get(name, -1), name not in parties, name))
    return {"point": entry["point"], "voices": [{"name": name, "order": orders.get(name, -1), "versions": found[name]} for name in ranked]}


def _voices(incident: Incident, edition: Edition, anchors: Anchors) -> list[Shown]:
    """The voices behind it, and of who repeats whom what is about these claims."""
    ours, parties = {str(ref) for ref in incident.group.claims}, {name for _, name in edition.parties}
    made = []
    for voice in sections.voices(edition, anchors):
        if voice["id"] in incident.assessment.voices:
            edges = [{**edge, "refs": [ref for ref in edge["refs"] if ref["name"] in ours]} for edge in voice["edges"]]
            made.append(
                {**voice, "edges": [edge for edge in edges if edge["refs"]], "refs": [r for r in voice["refs"] if r["name"] in ours]}
            )
    return sorted(made, key=lambda voice: (voice["order"] < 0, voice["order"], voice["name"] not in parties, voice["name"]))


def _sources(incident: Incident, edition: Edition, anchors: Anchors) -> list[Shown]:
    """The exhibits, each with its claims here and the entries on which both rest."""
    basis = dict(edition.basis)
    by_document: dict[str, list[Ref]] = {}
    for ref in incident.group.claims:
        by_document.setdefault(ref.document, []).append(ref)
    return [
        {
            "id": document.id,
            "href": exhibit_href(document.id),
            "title": value_of(document.title),
            "publisher": value_of(document.publisher),
            "published": words.day(value_of(document.published)) if value_of(document.published) else "",
            "language": value_of(document.language),
            "entry": basis.get(document.id),
            "claims": [{**told, "entry": basis.get(str(ref))} for ref in by_document[document.id] for told in mentions((ref,), anchors)],
        }
        for document in edition.documents
        if document.id in by_document
    ]


def _map(incident: Incident, edition: Edition) -> Shown:
    """A picture of the places that these claims name, "" where none can be drawn, and what stands beside it."""
    alone = narrowed(edition, (incident,))
    sites, areas = sites_of(alone)
    roles = {role for site in sites for role in site.roles}
    return {
        "picture": maps.map_svg(alone, PICTURE),
        "marks": [(name, role) for role, name in ROLES if role in roles],
        "lines": maps.lines_drawn(alone),
        "areas": [(area.name, area.why) for area in areas],
    }


# --- what was done to it ------------------------------------------------------------------------------------------


def deeds(
    lines: Iterable[str], about: Mapping[int, Collection[str]], who: Mapping[int, str], anchors: Anchors, closed: Collection[str]
) -> list[Deed]:
    """The lines of `register.history`, as far as they may be told. `about`: the ids that an entry names; `who` answers for it;
    `closed`: exhibits that are not open. An entry that names something of those, or a claim that is not shown, is left out whole."""
    numbers = {str(ref): ref for ref in anchors.claims}
    found = []
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            continue
        entry = int(match[1])
        named = about.get(entry, ())
        if any(_PART.sub("", name) in closed or ("#" in name and name not in numbers) for name in named):
            continue
        text = match[3].removeprefix(f"{who.get(entry, '')}: ")
        told, _, why = text.partition(" (")
        what, refs = _joined(told, numbers)
        refs = [*refs, *(numbers[name] for name in named if name in numbers)]
        if what:
            at = words.stamp(datetime.fromisoformat(f"{match[2]}+00:00"))
            found.append(Deed(entry, at, who.get(entry, ""), what, why.removesuffix(")"), tuple(mentions(dict.fromkeys(refs), anchors))))
    return found


def _joined(told: str, numbers: Mapping[str, Ref]) -> tuple[str, list[Ref]]:
    """The words without the claims that they list, and those claims; of what is not shown nothing is left, not even the number."""
    parts, refs = [], list[Ref]()
    for part in told.split("; "):
        head, _, listed = part.partition(" EXH-")
        here = [numbers[name] for name in f"EXH-{listed}".replace(" and ", ", ").split(", ") if name in numbers] if listed else []
        refs += here
        if listed and not here:
            continue
        count = f" {len(here)} {'claim' if len(here) == 1 else 'claims'}" if head == "joined" else ""
        parts.append(head.removesuffix(":") + count)
    return "; ".join(parts), refs


# --- what this mission perceived itself ---------------------------------------------------------------------------


def perceived(form: Mapping[str, Any]) -> tuple[list[tuple[str, str]], list[str]]:
    """An observation's form as names and words, and the names of what was not known."""
    known, unknown = [], []
    for name, value in form.items():
        told = _plain(value)
        if told:
            known.append((name.replace("_", " "), told))
        else:
            unknown.append(name.replace("_", " "))
    return known, unknown


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name.replace('_', ' ')} {told}" for name, each in value.items() if (told := _plain(each)))
    if isinstance(value, list):
        return " to ".join(filter(None, map(_plain, value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value in (None, "", "unknown") else str(value).replace("_", " ")

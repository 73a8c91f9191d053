"""The sections of the page that set versions beside each other: incidents, patterns, voices, appeals.

Columns stand in the order of the parties' codes; a party that says nothing is named as saying nothing.
"""

from __future__ import annotations

from typing import Any

from merestone.assess.terms import Contested, Figure
from merestone.link.terms import Group, Link, Ref
from merestone.report import alignment, ranges, words
from merestone.report.edition import value_of
from merestone.report.page import Anchors, Cards, mentions, segments
from merestone.report.standing import mark
from merestone.report.terms import Edition, Incident


def incidents(edition: Edition, anchors: Anchors, cards: Cards) -> list[dict[str, Any]]:
    return [incident_shown(incident, edition, anchors, cards) for incident in edition.incidents]


def incident_shown(incident: Incident, edition: Edition, anchors: Anchors, cards: Cards) -> dict[str, Any]:
    group, assessment = incident.group, incident.assessment
    names = dict(edition.parties)
    said = dict(assessment.versions)
    sides = [code for code, _ in edition.parties]
    aligned = alignment.aligned_with(edition)
    columns = [{**_column(code, n, said.get(code, ()), names, cards), "aligned": aligned.get(code, "")} for n, code in enumerate(sides)]
    others = [ref for side, refs in assessment.versions if side not in sides for ref in refs]
    columns.append({**_column(words.OTHER, -1, tuple(others), names, cards), "aligned": ""})
    wide = concerned(edition)
    here = [code for code in wide if said.get(code) or _concerns(group, code, cards)]
    here = here if len(here) > 1 else wide
    voices = {voice.id: voice.name for voice in edition.voices}
    return {
        **_group(group, cards),
        "grade": assessment.grade,
        "grade_means": dict(edition.method.grades).get(assessment.grade, ""),
        "state": assessment.state,
        "columns": [column for column in columns if column["claims"] or column["side"] in here],
        "silent": [column["name"] for column in columns if not column["claims"] and column["side"] in wide and column["side"] not in here],
        "both_ways": alignment.told(edition, assessment),
        "figures": [_figure(figure, f"{group.id}-f{n}", names, anchors) for n, figure in enumerate(assessment.figures)],
        "contested": [_contested(entry, anchors, voices) for entry in assessment.contested],
        "reasons": [
            {"number": r.number, "text": segments(r.text), "supports": r.supports, "refs": mentions(r.claims, anchors)}
            for r in assessment.reasons
        ],
        "voices": [voices.get(voice, voice) for voice in assessment.voices],
        "links": [_link(link, anchors) for link in group.links],
    }


def concerned(edition: Edition) -> list[str]:
    """The parties that speak, are blamed or are meant anywhere in the edition, in order of code; all where fewer than two are."""
    named: set[str] = set()
    for card in edition.claims:
        named.update((card.claim.initiator, card.claim.target.party), (speaker.affiliation for speaker in card.claim.said_by))
        named.update(figure.party for figure in card.claim.casualties)
    named.update(entry.statement.party for entry in edition.statements)
    sides = [code for code, _ in edition.parties]
    found = [code for code in sides if code in named]
    return found if len(found) > 1 else sides


def unheard(edition: Edition) -> list[str]:
    """Parties of the pack of which nothing here speaks: named once, instead of an empty column at each incident."""
    here = concerned(edition)
    return [name for code, name in edition.parties if code not in here]


def _concerns(group: Group, code: str, cards: Cards) -> bool:
    """Whether a claim blames the party, or names it as the one that was meant: then its column stands even when it is silent."""
    claims = [cards.card(ref).claim for ref in group.claims]
    return any(code in (claim.initiator, claim.target.party) for claim in claims)


def _group(group: Group, cards: Cards) -> dict[str, Any]:
    places: dict[str, None] = {}
    for ref in group.claims:
        for located in cards.card(ref).claim.where:
            places.setdefault(located.name or located.text)
    inferred = sorted({part for ref in group.claims for part in cards.card(ref).claim.when.inferred})
    return {
        "id": group.id,
        "kind": words.kind(group.kind),
        "kinds": [words.kind(kind) for kind in group.kinds if kind != group.kind],
        "differs": _differs(group, cards),
        "period": words.stretch(group.start, group.end),
        "inferred": inferred,
        "places": list(places),
        "count": len(group.claims),
    }


def _differs(group: Group, cards: Cards) -> list[dict[str, Any]]:
    """Where the same kind of act is told as attempted by some claims and as done or announced by others: each with its claims."""
    told: dict[str, dict[str, list[Ref]]] = {}
    for ref in group.claims:
        claim = cards.card(ref).claim
        if claim.stance != "denies":
            told.setdefault(claim.kind, {}).setdefault(claim.realised, []).append(ref)
    return [
        {
            "kind": words.kind(kind),
            "versions": [{"says": says, "claims": [cards[ref] for ref in ways[says]]} for says in words.REALISED if says in ways],
        }
        for kind, ways in told.items()
        if "attempted" in ways and len(ways) > 1
    ]


def _column(code: str, order: int, refs: tuple[Ref, ...], names: dict[str, str], cards: Cards) -> dict[str, Any]:
    return {
        "side": code,
        "order": order,
        "name": words.party(code, names),
        "claims": [cards[ref] for ref in refs if ref in cards],
    }


def _figure(figure: Figure, id_: str, names: dict[str, str], anchors: Anchors) -> dict[str, Any]:
    top = ranges.top_of(figure)
    group = "" if figure.group == "unspecified" else f"{figure.group} "
    side = "" if figure.party in ("unknown", "none") else f", {words.party(figure.party, names)}"
    return {
        "name": f"{group}{figure.outcome}{side}".capitalize() if not group else f"{group.capitalize()}{figure.outcome}{side}",
        "range": words.span_of(figure.min, figure.max),
        "voices": [
            {
                "name": voice,
                "range": words.span_of(low, high),
                "svg": ranges.range_svg(low, high, top, f"{figure.outcome}: {voice}", f"{id_}-{n}"),
                "refs": mentions(refs, anchors),
            }
            for n, (voice, low, high, refs) in enumerate(figure.voices)
        ],
        "changed": [{"text": told, "refs": mentions(refs, anchors)} for told, refs in words.changes(figure)],
    }


def _contested(entry: Contested, anchors: Anchors, voices: dict[str, str]) -> dict[str, Any]:
    return {
        "point": words.POINTS.get(entry.point, entry.point),
        "versions": [
            {"voice": voices.get(v.voice, v.voice), "says": segments(v.says), "refs": mentions(v.claims, anchors)} for v in entry.versions
        ],
    }


def _link(link: Link, anchors: Anchors) -> dict[str, Any]:
    return {
        "refs": mentions((link.a, link.b), anchors),
        "score": f"{link.score:+.1f}",
        "levels": [
            {"feature": level.feature, "level": level.level, "weight": f"{level.weight:+.1f}", "why": segments(words.instants(level.why))}
            for level in link.levels
        ],
    }


def patterns(edition: Edition, anchors: Anchors, cards: Cards) -> list[dict[str, Any]]:
    return [
        {**_group(group, cards), "claims": [cards[ref] for ref in group.claims], "links": [_link(link, anchors) for link in group.links]}
        for group in edition.patterns
    ]


def loose(edition: Edition, cards: Cards) -> list[dict[str, Any]]:
    """Claims that belong to no incident and no pattern."""
    return [cards[card.ref] for card in edition.claims if not card.incident]


def voices(edition: Edition, anchors: Anchors) -> list[dict[str, Any]]:
    names = dict(edition.parties)
    codes = [code for code, _ in edition.parties]
    bound = _bound(edition)
    return [
        {
            "id": voice.id,
            "name": voice.name,
            "order": codes.index(voice.affiliation) if voice.affiliation in codes else -1,
            "side": {"unknown": "affiliation not known", "none": "no party"}.get(voice.affiliation, words.party(voice.affiliation, names))
            + bound.get(voice.name if voice.affiliation == "none" else voice.affiliation, ""),
            "members": [member for member in voice.members if member != voice.name],
            "edges": [
                {"repeater": e.repeater, "how": words.plain(e.how, words.HOW), "origin": e.origin, "why": segments(words.instants(e.why)),
                 "refs": mentions(e.claims, anchors)}
                for e in voice.edges
            ],
            "refs": mentions(voice.claims, anchors),
        }
        for voice in edition.voices
    ]  # fmt: skip


def _bound(edition: Edition) -> dict[str, str]:
    """Code of a party, or name of a source of no party, that is aligned -> the words that say with whom and why."""
    names = dict(edition.parties)
    return {
        name: f", aligned with {words.party(other, names)}" + (f" ({why})" if why else "")
        for name, other, why in (*edition.aligned, *edition.allies)
    }


def passages(edition: Edition, anchors: Anchors) -> list[dict[str, Any]]:
    return [
        {
            "earlier": _document(s.passage.earlier, anchors),
            "later": _document(s.passage.later, anchors),
            "words": segments(s.words, s.passage.start),
        }
        for s in edition.passages
    ]


def _document(name: str, anchors: Anchors) -> dict[str, str]:
    return {"href": anchors.documents.get(name, ""), "name": name}


def statements(edition: Edition, anchors: Anchors) -> list[dict[str, Any]]:
    names = dict(edition.parties)
    return [
        {
            "type": words.STATEMENTS.get(s.statement.type, s.statement.type.replace("_", " ").capitalize()),
            "by": s.statement.by,
            "party": words.party(s.statement.party, names) if s.statement.party not in ("", "none", "unknown") else "",
            "told_by": _told_by(edition, s.document, s.statement.by),
            "mark": mark(edition, s.state),
            "quote": segments(s.statement.quote, s.statement.start, _people(edition, s.document)),
            "document": _document(s.document, anchors),
        }
        for s in edition.statements
    ]


def _told_by(edition: Edition, document: str, by: str) -> str:
    """Whose words are quoted where they are not those of the one who is said to have spoken or acted; "" where they are."""
    published = next((value_of(d.publisher) for d in edition.documents if d.id == document), "")
    tellers = [card.claim.said_by[0].name for card in edition.claims if card.ref.document == document and card.claim.said_by]
    teller = published or (max(sorted(set(tellers)), key=tellers.count) if tellers else "")
    return teller if teller != by else ""


def _people(edition: Edition, document: str) -> list[tuple[int, int]]:
    return [(p.start, p.end) for d in edition.documents if d.id == document for p in d.persons if not p.office]


def appeals(edition: Edition, anchors: Anchors) -> dict[str, Any]:
    answers = [
        {
            "by": r.response.by,
            "type": r.response.type.replace("_", " "),
            "date": words.day(r.response.date) if r.response.date else "date not known",
            "told_by": _told_by(edition, r.document, r.response.by),
            "mark": mark(edition, r.state),
            "quote": segments(r.response.quote, r.response.start, _people(edition, r.document)),
            "document": _document(r.document, anchors),
        }
        for r in edition.responses
    ]
    met = {n for entry in edition.appeals for n in entry.answers}
    return {
        "asks": [
            {
                "ask": entry.appeal.ask,
                "mark": mark(edition, entry.state),
                "by": list(entry.appeal.by),
                "to": list(entry.appeal.to),
                "quote": segments(entry.appeal.quote, entry.appeal.start, _people(edition, entry.document)),
                "document": _document(entry.document, anchors),
                "answers": [answers[n] for n in entry.answers],
            }
            for entry in edition.appeals
        ],
        "unmatched": [answer for n, answer in enumerate(answers) if n not in met],
    }


def signatories(edition: Edition, anchors: Anchors) -> list[dict[str, Any]]:
    return [
        {"document": _document(s.document, anchors), "names": list(s.names), "mark": mark(edition, s.state)} for s in edition.signatories
    ]


def cited(edition: Edition, anchors: Anchors) -> list[dict[str, Any]]:
    """Documents relied on that nobody here holds."""
    return [
        {
            "by": c.citation.by,
            "words": segments(c.words, c.citation.start, _people(edition, c.document)),
            "document": _document(c.document, anchors),
        }
        for c in edition.citations
        if not c.citation.received
    ]


def title_of(edition: Edition) -> str:
    """A title that stands on its own: the one given, or that of the pack."""
    return edition.title or edition.pack[1] or edition.pack[0]


def happened(edition: Edition) -> str:
    days = sorted(d for i in edition.incidents for d in (i.group.start, i.group.end) if words.date_of(d))
    return words.stretch(days[0][:10], days[-1][:10]) if days else ""


def publishers(edition: Edition) -> list[str]:
    return sorted({value_of(d.publisher) for d in edition.documents} - {""})

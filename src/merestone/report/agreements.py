"""The agreements of an edition: each point as its texts have it, how the parties read it, where it stands, and which incidents touch it.

Worked out from the edition as it is shown, so after redaction. The law it keeps: no verdict. Touching is no breach, a day that has passed is
no failure, and what nobody here says is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from merestone.assess.provisions import AHEAD, ENDED, HOLDS, NOT_YET, PASSED, Happened, State, Telling, Touch, Word, holders, state, touches
from merestone.capture.terms import Agreement, Provision
from merestone.link.terms import Ref
from merestone.report import words
from merestone.report.edition import value_of
from merestone.report.page import Anchors, mentions
from merestone.report.terms import Card, Edition, Incident

KINDS = {"continuing": "continuing", "one_off": "once", "level": "a level", "institution": "an institution"}
NOTE = (
    "In our words; no sentence of a text is repeated. An incident touches a point when it is of a kind, at a place and on a day of which the point speaks. "
    "That is no breach: who did it, whether the point applies there and whether it was broken, no machine says. What somebody says of a point stands with who said it."
)


@dataclass(frozen=True, slots=True)
class Point:
    provision: Provision
    state: State
    touched: tuple[Touch, ...]


@dataclass(frozen=True, slots=True)
class Text:
    agreement: Agreement
    points: tuple[Point, ...]


def texts_of(edition: Edition) -> tuple[Text, ...]:
    """Every text version with its points as they stand on the last day of the window; where there is none, on the day the edition was made, or
    the last on which a document of it was published if that is later (an example tells of years to come)."""
    if not edition.agreements:
        return ()
    days = [edition.generated_at.date().isoformat(), *(value_of(document.published)[:10] for document in edition.documents)]
    on = edition.window[1] or max(days)
    told = _tellings(edition, edition.claims)
    incidents = [_happened(each, told) for each in edition.incidents]
    return tuple(
        Text(each, tuple(Point(point, state(point, on, told.values()), touches(point, incidents)) for point in each.provisions))
        for each in edition.agreements
    )


def _happened(incident: Incident, told: Mapping[Ref, Telling]) -> Happened:
    claims = tuple(told[ref] for ref in incident.group.claims if ref in told and told[ref].stance != "denies")
    return Happened(incident.group.id, incident.group.start, claims)


def _tellings(edition: Edition, cards: Iterable[Card]) -> dict[Ref, Telling]:
    within = {place.id: place.within for place in edition.base.places}
    publishers = {document.id: value_of(document.publisher) for document in edition.documents}
    return {card.ref: _telling(card, within, publishers) for card in cards}


def _telling(card: Card, within: Mapping[str, str | None], publishers: Mapping[str, str]) -> Telling:
    claim = card.claim
    speaker = claim.said_by[-1] if claim.said_by else None
    return Telling(
        ref=card.ref,
        kind=claim.kind,
        day=claim.when.start[:10],
        places=frozenset(name for located in claim.where for name in holders(located.place, within)),
        by=speaker.name if speaker else publishers[card.ref.document],
        party=speaker.affiliation if speaker else "",
        realised=claim.realised,
        stance=claim.stance,
    )


# --- as data --------------------------------------------------------------------------------------------------------------


def as_data(edition: Edition) -> dict[str, Any]:
    """Nothing where the pack has no agreement."""
    found = texts_of(edition)
    return {"agreements": [_text_data(text) for text in found]} if found else {}


def _text_data(text: Text) -> dict[str, Any]:
    mine = text.agreement
    about = {name: getattr(mine, name) or None for name in ("id", "title", "date", "version", "language", "of", "origin")}
    return {**about, "provisions": [_point_data(point) for point in text.points]}


def _point_data(point: Point) -> dict[str, Any]:
    mine, now = point.provision, point.state
    return {
        "number": mine.number,
        "text": mine.text,
        "kind": mine.kind,
        "since": mine.since or None,
        "until": mine.until or None,
        "applies": dict(mine.applies),
        "readings": [{**asdict(each), "on": each.on or None} for each in mine.readings],
        "state": {
            "on": now.on,
            "term": now.term,
            "steps": [{**asdict(step), "words": [_word_data(word) for word in step.words]} for step in now.steps],
            "levels": [
                {"name": each.name, "agreed": each.agreed, "words": [{**_word_data(word), "apart": apart} for word, apart in each.words]}
                for each in now.levels
            ],
            "words": [_word_data(word) for word in now.words],
        },
        "touched": [
            {"incident": each.incident, "why": each.why, "kinds": list(each.kinds), "claims": [str(ref) for ref in each.claims]}
            for each in point.touched
        ],
    }


def _word_data(word: Word) -> dict[str, Any]:
    return {**asdict(word), "ref": None if word.ref is None else str(word.ref)}


# --- as it is shown -------------------------------------------------------------------------------------------------------


def shown(edition: Edition, anchors: Anchors) -> list[dict[str, Any]]:
    """Agreements by themselves, each with what other published texts of it have for a point."""
    texts, names = texts_of(edition), dict(edition.parties)
    ids = {text.agreement.id for text in texts}
    return [
        {
            "id": text.agreement.id,
            "title": text.agreement.title,
            "date": words.day(text.agreement.date) if text.agreement.date else "",
            "version": text.agreement.version,
            "origin": text.agreement.origin,
            "note": NOTE,
            "points": [_point_shown(text, point, texts, names, anchors) for point in text.points],
        }
        for text in texts
        if text.agreement.of not in ids
    ]


def _point_shown(text: Text, point: Point, texts: Iterable[Text], names: dict[str, str], anchors: Anchors) -> dict[str, Any]:
    mine, now = point.provision, point.state
    return {
        "anchor": f"{text.agreement.id}-{mine.number}",
        "number": mine.number,
        "text": mine.text,
        "kind": KINDS.get(mine.kind, mine.kind),
        "applies": [_applies(code, says, mine, names) for code, says in sorted(mine.applies.items())],
        "term": _term(mine, now),
        "steps": [
            {
                "name": step.name,
                "due": _due(step.due, step.first, step.moved_by, step.when),
                "words": _together(_word(word, anchors) for word in step.words),
            }
            for step in now.steps
        ],
        "levels": [
            {"name": each.name, "agreed": f"{each.agreed:,}",
             "words": _together({**_word(word, anchors), "apart": _apart(apart)} for word, apart in each.words)}
            for each in now.levels
        ],
        "words": _together(_word(word, anchors) for word in now.words),
        "touched": _grouped(point.touched),
        "versions": [
            {"name": other.agreement.version or other.agreement.title, "language": other.agreement.language, "origin": other.agreement.origin,
             "text": each.provision.text, "levels": [f"{level.name}: {level.agreed:,}" for level in each.state.levels],
             "applies": [_applies(code, says, each.provision, names) for code, says in sorted(each.provision.applies.items())]}
            for other in texts if other.agreement.of == text.agreement.id
            for each in other.points if each.provision.number == mine.number
        ],
    }  # fmt: skip


def _applies(code: str, says: str, provision: Provision, names: dict[str, str]) -> dict[str, Any]:
    readings = [
        {"says": each.says, "words": each.words, "source": each.source, "on": words.day(each.on) if each.on else ""}
        for each in provision.readings
        if each.party == code
    ]
    return {"party": words.party(code, names), "says": says, "readings": readings}


def _term(provision: Provision, now: State) -> str:
    since, until = (words.day(day) if day else "" for day in (provision.since, provision.until))
    if now.term == NOT_YET:
        return f"It is to hold from {since}, as the text has it."
    if now.term == HOLDS:
        return " ".join(
            filter(None, ("By the text it holds", f"from {since}" if since else "", f"to {until}" if until else "", "."))
        ).replace(" .", ".")
    if now.term == ENDED:
        return f"By the text its term ended on {until}; whether it was renewed is not told here."
    return "No day is given from which it holds."


def _due(due: str, first: str, moved_by: str, when: str) -> str:
    if when not in (AHEAD, PASSED):
        return "no day was agreed on"
    moved = f" (first by {words.day(first)}; put off: {moved_by or 'by whom is not said'})" if first else ""
    return f"due by {words.day(due)}{moved}; {'the day has passed' if when == PASSED else 'the day is still ahead'}"


def _word(word: Word, anchors: Anchors) -> dict[str, Any]:
    number = "" if word.number is None else f"{word.number:,}"
    return {
        "says": number or word.says,
        "by": word.by,
        "on": words.day(word.on) if word.on else "",
        "source": word.source,
        "refs": mentions((word.ref,), anchors) if word.ref is not None else [],
        "apart": "",
    }


def _together(said: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What one speaker said on one day in several claims is told once, with all of them."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for each in said:
        key = tuple(str(each[name]) for name in ("says", "apart", "by", "on", "source"))
        found[key] = {**each, "refs": [*found[key]["refs"], *each["refs"]]} if key in found else each
    return list(found.values())


def _apart(apart: int) -> str:
    return "as agreed" if apart == 0 else f"{abs(apart):,} {'fewer' if apart < 0 else 'more'} than agreed"


def _grouped(touched: Iterable[Touch]) -> list[dict[str, Any]]:
    """By why: the kinds and the incidents that touch the point for that reason."""
    found: dict[str, list[Touch]] = {}
    for each in touched:
        found.setdefault(each.why, []).append(each)
    return [
        {
            "why": why,
            "kinds": words.listed(sorted({_kind(kind) for each in here for kind in each.kinds})),
            "incidents": [each.incident for each in here],
        }
        for why, here in found.items()
    ]


def _kind(code: str) -> str:
    """A kind within a sentence."""
    said = words.kind(code)
    return said[:1].lower() + said[1:]


def touched_by(edition: Edition, incident: Incident) -> list[dict[str, Any]]:
    """The points that one incident touches, of agreements by themselves, for the incident's own page."""
    names, ids = dict(edition.parties), {agreement.id for agreement in edition.agreements}
    members = frozenset(incident.group.claims)
    happened = _happened(incident, _tellings(edition, (card for card in edition.claims if card.ref in members)))
    return [
        {
            "agreement": agreement.title,
            "href": f"/agreements/#{agreement.id}-{point.number}",
            "number": point.number,
            "applies": [_applies(code, says, point, names) for code, says in sorted(point.applies.items())],
            "why": [each.why for each in found],
        }
        for agreement in edition.agreements
        if agreement.of not in ids
        for point in agreement.provisions
        if (found := touches(point, (happened,)))
    ]

"""What a list is narrowed by: time, place, kind, party, grade and state, as they stand in its address. Pure.

The laws it keeps: a party is asked for by one rule, whichever it is (it speaks, is blamed, or is meant); what cannot be said to lie
outside the days that were asked for stays, and so does what bears no date; a filter that nobody can understand is refused, never ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from merestone.capture.names import fold
from merestone.capture.terms import Place
from merestone.extract.terms import KINDS, Located
from merestone.ledger.terms import Refusal
from merestone.report import words
from merestone.report.terms import Card, Edition, Incident

NAMES = ("from", "to", "place", "kind", "party", "grade", "state", "known")
BESIDE = ("page", "format")  # what may stand in the address of a list and filters nothing
STATES = {"proposed": "proposed, nobody has decided", "decided": "decided by a person", "contested": "with a contested point"}
LONGEST = 200  # characters of a value; no name of a place comes near it
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FIELD = {"from": "since", "to": "until"}


@dataclass(frozen=True, slots=True)
class Filter:
    """`since` and `until` are days, both within; an empty word filters nothing. `place` is a name in any script; `known` the hour for which
    the list speaks, as it was asked: it narrows nothing, and goes along in every address."""

    since: date | None = None
    until: date | None = None
    place: str = ""
    kind: str = ""
    party: str = ""
    grade: str = ""
    state: str = ""
    known: str = ""

    @property
    def given(self) -> tuple[tuple[str, str], ...]:
        """What filters, by the names that addresses have for it and in their order."""
        values = ((name, getattr(self, _FIELD.get(name, name))) for name in NAMES)
        return tuple((name, str(value)) for name, value in values if value)

    def without(self, *names: str) -> Filter:
        """The filter with some of it taken away."""
        gone: dict[str, Any] = {name: None if name in ("from", "to") else "" for name in names}
        return replace(self, **{_FIELD.get(name, name): value for name, value in gone.items()})

    def holds_days(self, start: str, end: str) -> bool:
        """Whether what happened between two ISO times ("" for none) may lie in the days asked for, bounds included."""
        first, last = words.date_of(start), words.date_of(end)
        if first is None and last is None:
            return True
        first, last = (last if first is None else first), (first if last is None else last)
        return (self.since is None or last is None or last >= self.since) and (self.until is None or first is None or first <= self.until)

    def address(self, path: str, **more: str | int) -> str:
        """The address of a list that is narrowed so; `more` is what stands beside (a page, a form)."""
        query = urlencode((*self.given, *more.items()))
        return f"{path}?{query}" if query else path


# --- from an address ----------------------------------------------------------------------------------------------


def asked(query: Mapping[str, str], edition: Edition, names: Collection[str] = NAMES, beside: Collection[str] = BESIDE) -> Filter:
    """The filter that an address asks for. `names` are those that a list knows. Refuses `filter_malformed`: what nobody here
    knows would else show an empty list, or a whole one, as if it were the answer."""
    for name in query:
        if name not in names and name not in beside:
            raise _malformed("name", name, words.listed((*names, *beside)))
    given = {name: " ".join(query.get(name, "").split()) for name in names}
    since, until = (_day(name, given.get(name, "")) for name in ("from", "to"))
    if since is not None and until is not None and since > until:
        raise _malformed("to", str(until), f"a day that is not before {since}")
    for name, allowed in _allowed(edition).items():
        value = given.get(name, "")
        if value and value not in allowed:
            raise _malformed(name, value, words.listed(allowed))
    place = given.get("place", "")
    if place and not _known(edition, place):
        raise _malformed(
            "place", place, "a name of a place that a claim here names, or of what holds it, in any of its languages and scripts"
        )
    return Filter(since, until, place, *(given.get(name, "") for name in ("kind", "party", "grade", "state", "known")))


def _allowed(edition: Edition) -> Mapping[str, tuple[str, ...]]:
    grades = dict.fromkeys((*dict(edition.method.grades), *(incident.assessment.grade for incident in edition.incidents)))
    return {"kind": KINDS, "party": tuple(code for code, _ in edition.parties), "grade": tuple(grades), "state": tuple(STATES)}


def _day(name: str, given: str) -> date | None:
    if not given:
        return None
    try:
        if _DAY.fullmatch(given):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise _malformed(name, given, "a day such as 2031-05-17")


def _malformed(option: str, found: str, allowed: str) -> Refusal:
    return Refusal("filter_malformed", option=option, found=found[:LONGEST], allowed=allowed)


# --- what matches -------------------------------------------------------------------------------------------------


def matching(edition: Edition, wanted: Filter) -> tuple[Incident, ...]:
    """The incidents that match, in the edition's order. Each part of the filter is asked of the incident as a whole: one claim may
    name the place and another the party. What bears no date is among them; `dated` tells it."""
    cards = {card.ref: card for card in edition.claims}
    near, touches = _near(edition, wanted.place), _touching(edition)

    def matches(incident: Incident) -> bool:
        group, judged = incident.group, incident.assessment
        here = [cards[ref] for ref in group.claims if ref in cards]
        return (
            wanted.holds_days(group.start, group.end)
            and (not wanted.kind or wanted.kind in (group.kind, *group.kinds))
            and (not wanted.grade or judged.grade == wanted.grade)
            and _in_state(judged.state, bool(judged.contested), wanted.state)
            and (not wanted.place or any(near(card) for card in here))
            and (not wanted.party or any(touches(card, wanted.party) for card in here))
        )

    return tuple(incident for incident in edition.incidents if matches(incident))


def dated(incident: Incident) -> bool:
    return any(words.date_of(day) for day in (incident.group.start, incident.group.end))


def matching_claims(edition: Edition, wanted: Filter) -> tuple[Card, ...]:
    """The claims that match: a grade is that of their incident, decided is what a person has recorded or put off."""
    near, touches = _near(edition, wanted.place), _touching(edition)
    grades = {incident.group.id: incident.assessment.grade for incident in edition.incidents}
    contested = {incident.group.id for incident in edition.incidents if incident.assessment.contested}
    return tuple(
        card
        for card in edition.claims
        if wanted.holds_days(card.claim.when.start, card.claim.when.end)
        and wanted.kind in ("", card.claim.kind)
        and (not wanted.grade or grades.get(card.incident) == wanted.grade)
        and _in_state(card.state, card.incident in contested, wanted.state)
        and (not wanted.place or near(card))
        and (not wanted.party or touches(card, wanted.party))
    )


def narrowed(edition: Edition, incidents: Iterable[Incident]) -> Edition:
    """The edition with some of its incidents and their claims alone, for its tables. Nothing is numbered anew."""
    left = tuple(incidents)
    ids = {incident.group.id for incident in left}
    claims = tuple(card for card in edition.claims if card.incident in ids)
    return replace(edition, incidents=left, claims=claims, patterns=(), statements=(), appeals=(), responses=(), signatories=())


def _in_state(state: str, contested: bool, wanted: str) -> bool:
    if wanted == "contested":
        return contested
    return not wanted or (state == "proposed") == (wanted == "proposed")


def _touching(edition: Edition) -> Callable[[Card, str], bool]:
    """Whether a party speaks in a claim, or for it; is blamed; or is meant. What is said of both parties is said of each."""
    sides = {ref: side for incident in edition.incidents for side, refs in incident.assessment.versions for ref in refs}

    def touches(card: Card, party: str) -> bool:
        claim = card.claim
        named = {claim.initiator, claim.target.party, sides.get(card.ref, "")}
        named.update(speaker.affiliation for speaker in claim.said_by)
        named.update(figure.party for figure in claim.casualties)
        return party in named or "both" in named

    return touches


# --- places -------------------------------------------------------------------------------------------------------


def _near(edition: Edition, name: str) -> Callable[[Card], bool]:
    """Whether a claim names the place or something that lies in it. A name that several places bear means each of them."""
    wanted = fold(name)
    held_by = {place.id: place.within for place in edition.base.places}
    meant = {place.id for place in edition.base.places if wanted in _names(place)}

    def is_there(located: Located) -> bool:
        here, seen = located.place, set[str]()
        while here is not None and here not in seen:
            if here in meant:
                return True
            seen.add(here)
            here = held_by.get(here)
        return wanted in (fold(located.name), fold(located.text))

    return lambda card: any(is_there(located) for located in card.claim.where)


def _names(place: Place) -> set[str]:
    return {fold(name) for name in (place.name, *(name for spelt in place.names.values() for name in spelt))}


def _known(edition: Edition, name: str) -> bool:
    wanted = fold(name)
    told = (fold(name) for card in edition.claims for located in card.claim.where for name in (located.name, located.text))
    return bool(wanted) and (any(wanted in _names(place) for place in edition.base.places) or wanted in told)

"""Takes what a model says of a text apart, value by value, and keeps what words of the text carry.

The law it keeps: nothing without a source. A claim stands on a quote that the text has; each value on words in the sentence of the quote
that the language's tables or the pack read as that value. What is not so carried is dropped and told, and the slot stays unknown.
Does not catch: words that carry a value but belong to another act of the same sentence. Coordinates, ids and offsets are never taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from merestone.capture.terms import ExhibitText
from merestone.extract.grounded_slots import Given, casualties, deed, places, speakers, weapons
from merestone.extract.model import rules_name
from merestone.extract.model_page import Span, page_of
from merestone.extract.read import Reader
from merestone.extract.settings import hit_words
from merestone.extract.terms import REALISED, STANCES, TARGETS, Person, Proposal, Reading, Speaker, Target, When
from merestone.extract.tokens import lying

MOST_CLAIMS = 200  # of one text; what a model says beyond is dropped
QUOTE = 2000  # letters
_NO_DOER = ("armed_clash", "calm", "ceasefire_agreed", "casualty")  # kinds of which "nobody is blamed" needs no words
_KEYS = frozenset(
    ["quote", "kind", "said_by", "stance", "realised", "initiator", "target", "when", "places", "weapons", "casualties"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dropped:
    """A value that the model gave and no words carried. `claim` counts from 1 in the order of the answer."""

    claim: int
    slot: str
    value: str
    why: str


def grounded(answer: Sequence[object], exhibit: ExhibitText, reader: Reader, model: str) -> tuple[Reading, tuple[Dropped, ...]]:
    """The reading that the words of the text carry, and what was dropped. `answer`: any JSON values. Refuses nothing."""
    page = page_of(exhibit, reader)
    persons = reader.read(exhibit).persons  # who is protected is not left to a model
    claims: list[Proposal] = []
    dropped: list[Dropped] = []
    for number, value in enumerate(answer, start=1):
        if number > MOST_CLAIMS:
            dropped.append(Dropped(number, "claim", f"{len(answer) - MOST_CLAIMS} more", f"more than {MOST_CLAIMS} claims"))
            break
        given = Given(value, page)
        claim = _claim(given, persons)
        dropped += [Dropped(number, *row) for row in given.dropped]
        if claim is not None:
            claims.append(claim)
    ordered = sorted(claims, key=lambda c: (c.start, c.end, c.kind))
    numbered = tuple(replace(claim, id=number) for number, claim in enumerate(ordered, start=1))
    reading = Reading(exhibit.id, reader.language, rules_name(model), numbered, (), (), (), (), (), persons)
    return reading, tuple(dropped)


def _claim(given: Given, persons: Sequence[Person]) -> Proposal | None:
    page = given.page
    if not given.is_object():
        given.lost("claim", "no object")
        return None
    for key in given.others(_KEYS):
        given.drop(key, given.raw(key), "not asked for and never taken")
    quote = _quote(given)
    if quote is None:
        return None
    found = deed(given)
    if found is None:
        return None
    kind, at = found
    said_by = speakers(given)
    last = said_by[-1] if said_by else None
    realised = _realised(given, at)
    if realised is None:
        return None
    initiator, blamed = _initiator(given, kind, last)
    stance = _stance(given, at, initiator, last)
    if stance is None:
        return None
    target = _target(given, last, blamed)
    when, repeated = _when(given)
    return Proposal(
        0, kind, *quote, page.cut.text[slice(*quote)], said_by, realised, stance, initiator, target, when,
        places(given), (), weapons(given, kind), casualties(given, last, kind) if realised == "done" and stance != "denies" else (),
        repeated or when.precision == "unknown", tuple(lying(persons, *quote)), "model", given.share(), tuple(given.evidence),
        hit_words(page.cut, quote, page.lex),
    )  # fmt: skip


def _quote(given: Given) -> Span | None:
    page, words = given.page, given.words("quote")
    if not words or len(words) > QUOTE:
        given.lost("quote", "no words, or too many")
        return None
    span = page.find(words, (0, len(page.cut.text)))
    if span is None:
        given.lost("quote", "these words do not stand in the text")
        return None
    around = page.around(span)
    if around is None or not page.cut.within(*span):
        given.lost("quote", "no words of one sentence")
        return None
    given.quote, given.around = span, around
    return span


def _realised(given: Given, at: Span) -> str | None:
    """None where words and model differ: nobody is blamed with having done what was tried, told ahead, asked for or imagined."""
    value = given.choice("realised", REALISED) or "done"
    if value == "done":
        said = given.page.mood((given.quote[0], at[1]))
        if said:
            given.lost("realised", f"the words say {', '.join(sorted(said))}", value)
        return None if said else value
    span = given.span("realised")
    if span is not None and value in given.page.mood(span):
        return given.keep("realised", value, span, "the words say so")
    given.lost("realised", "no words of the sentence say so to the tables", value)
    return None


def _initiator(given: Given, kind: str, last: Speaker | None) -> tuple[str, Span | None]:
    page = given.page
    value = given.choice("initiator", (*page.names.parties, "both", "none", "unknown"))
    if value == "none" and kind in _NO_DOER:
        return "none", None
    if value in ("", "none", "unknown"):
        if value == "none":
            given.drop("initiator", value, "a kind of act that somebody does: who is unknown")
        return "unknown", None
    span = given.span("initiator")
    if span is not None and _names(page.party(span, last), value):
        return given.keep("initiator", value, span, "named by these words"), span
    given.drop("initiator", value, "no words of the sentence name this party")
    return "unknown", None


def _names(found: set[str], value: str) -> bool:
    return (value == "both" and (found == {"both"} or len(found) == 2)) or found == {value}


def _stance(given: Given, at: Span, initiator: str, last: Speaker | None) -> str | None:
    """`asserts`, or what words carry; None where the text denies what the model asserts: nobody is blamed by a denial misread."""
    page = given.page
    value = given.choice("stance", STANCES)
    if value == "denies":
        span = given.span("stance")
        words = page.denial(span) if span is not None else None
        if words is not None:
            return given.keep("stance", value, words, "words of denial")
        given.lost("stance", "no words of denial that the tables know", value)  # as an assertion it would blame
        return None
    denied = page.denied(given.quote, at)
    if denied is not None:
        given.lost("stance", f"the text denies it at {denied[0]}–{denied[1]}", value or "asserts")
        return None
    if value != "admits":
        return "asserts"
    if last is not None and last.official and last.affiliation == initiator and initiator in page.names.parties:
        return given.keep("stance", value, (last.start, last.end), "an official of the party blamed says so")
    given.drop("stance", value, "the speaker is no official of the party that is blamed")
    return "asserts"


def _target(given: Given, last: Speaker | None, blamed: Span | None) -> Target:
    page, inner = given.page, given.part("target")
    if given.has("target") and not inner.is_object():
        given.drop("target", given.raw("target"), "no object")
    party, what = "unknown", "none"
    value = inner.text("party", (*page.names.parties, "both", "none", "unknown"))
    if value in (*page.names.parties, "both"):
        span = inner.span_of("party_words")
        if span is not None and span != blamed and _names(page.party(span, last), value):
            party = given.keep("target.party", value, span, "named by these words")
        else:
            given.drop("target.party", value, "no words of the sentence, other than the doer's, name this party")
    kind_of = inner.text("what", TARGETS)
    if kind_of not in ("", "none"):
        span = inner.span_of("words")
        known = page.classes(span, "what") if span is not None else set()
        if span is not None and (kind_of in known or (not known and page.content(span))):
            what = given.keep(
                "target.what", kind_of, span, "the words say so" if known else "words that no table knows: judge them yourself"
            )
        else:
            given.drop("target.what", kind_of, "the words say something else, or nothing")
    return Target(party, what)


def _when(given: Given) -> tuple[When, bool]:
    nothing = When("", "", "unknown")
    inner = given.part("when")
    if given.has("when") and not inner.is_object():
        given.drop("when", given.raw("when"), "no object")
    if not inner.has("words"):
        if inner.has("from"):
            given.drop("when", inner.text("from"), "without words")
        return nothing, False
    span = inner.span_of("words")
    found = given.page.when(span) if span is not None else None
    if span is None or found is None:
        given.drop("when", inner.text("words"), "words that stand not in the sentence, or that say no time to the tables")
        return nothing, False
    when, repeated, why = found
    claimed = inner.text("from")
    if claimed and not _same_time(claimed, when):
        given.drop("when", claimed, f"the words read as {when.start} to {when.end}")
        return nothing, repeated
    words = when.span or span
    given.keep("when", f"{when.start}/{when.end} {when.precision}", words, why or "said here")
    return when, repeated


def _same_time(claimed: str, when: When) -> bool:
    """Does the model mean what the words read as? To the minute where both tell a time of day, else the day."""
    fine = len(claimed) >= 16 and when.precision in ("minute", "hour")
    return claimed[:16] == when.start[:16] if fine else when.start[:10] <= claimed[:10] <= when.end[:10]

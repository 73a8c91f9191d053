"""Reads one exhibit text with one rule set: the story of this room.

Cut up → names → who speaks → what is asked → times, numbers, places → acts and harms → claims. No clock, no network; the same
text, pack and rules give the same reading; exchanging the parties exchanges them in it (law 2).
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace

from merestone.capture.names import fold
from merestone.capture.terms import ExhibitText, Known, Pack
from merestone.extract.appeals import find_appeals
from merestone.extract.around import sides_of
from merestone.extract.aside import without_asides
from merestone.extract.attribution import attribute
from merestone.extract.citations import find_citations
from merestone.extract.claims import find_claims
from merestone.extract.lexicon import Lexicon, lexicon
from merestone.extract.merge import merged
from merestone.extract.names import Mention, Names, find_names, names_of
from merestone.extract.numbers import NumberRules, find_numbers, load_numbers
from merestone.extract.persons import find_persons
from merestone.extract.publisher import named_themselves, publisher_of, seat_of, signed
from merestone.extract.responses import find_responses
from merestone.extract.settings import date_of, settings_of
from merestone.extract.signatories import find_signatories, signed_block
from merestone.extract.speakers import Offices, offices_of
from merestone.extract.speech import Setting, SpeechRules
from merestone.extract.statements import find_statements
from merestone.extract.targets import supposed
from merestone.extract.terms import Person, Reading
from merestone.extract.thread import Page
from merestone.extract.time_resolve import Anchor
from merestone.extract.times import TimeRules, find_times, load_times, year_hint
from merestone.extract.tokens import layout, lying


class Reader:
    """A rule set and a pack, made ready once. `received` names the sources whose documents are in this batch."""

    def __init__(self, pack: Pack, language: str, received: Collection[str] = ()) -> None:
        self.lex: Lexicon = lexicon(language)
        tables = self.lex.rules.tables
        words = tables["morphology"]
        self.names: Names = names_of(pack, words["name_endings"], words["adjectives"], (language, self.lex.morphology))
        self.offices: Offices = _offices(language)
        self.times: TimeRules = _times(language)
        self.numbers: NumberRules = _numbers(language)
        self.speech = _speech(language)
        self.collective = self.lex.patterns.compile(tables["offices"]["signed"]["themselves"])
        self.received = frozenset(fold(name) for name in received)
        self.language = language

    def read(self, exhibit: ExhibitText) -> Reading:
        """The reading of one text. Refuses nothing: a text that says nothing gives a reading without claims."""
        cut = layout(exhibit.text, self.lex.abbreviations, self.lex.stops)
        mentions = find_names(cut, self.names)
        publisher = publisher_of(exhibit.publisher, self.names, self.lex, self.offices)
        seat = seat_of(exhibit, publisher, self.names)
        who = attribute(cut, mentions, self.names, (self.lex, self.offices), publisher, seat)
        setting = Setting(cut, mentions, self.names, who, self.speech)
        signatories = find_signatories(setting)
        if len(signatories) > 1 and (not publisher or (not publisher[0].official and self.collective.search(cut.text))):
            themselves = named_themselves(cut, mentions, self.collective)
            publisher = (signed(mentions, signatories, self.names, self.lex, themselves),)
            who = attribute(cut, mentions, self.names, (self.lex, self.offices), publisher, seat)
            setting = Setting(cut, mentions, self.names, who, self.speech)
        persons = find_persons(setting, [signed_block(signatories)])
        asks = find_appeals(setting)
        published = exhibit.published.value if isinstance(exhibit.published, Known) else ""
        times = find_times(exhibit.text, self.times)
        anchor = Anchor(published, "", year_hint(exhibit.text, self.times, times), self.names.timezone)
        told_by = [m for m in mentions if who.masked(m.start)]
        settings = settings_of(cut, _places_only(mentions, told_by, persons), anchor, (self.lex, self.names), times, told_by)
        numbers = find_numbers(exhibit.text, self.numbers, [(t.start, t.end) for t in settings.times])
        page = Page(
            cut,
            mentions,
            self.names,
            self.lex,
            who,
            numbers,
            settings,
            sides_of(cut, mentions, publisher, self.names, self.lex),
            asks.spans,
            _skips(signatories),
            tuple((a.start, a.end) for a in asks.appeals),
        )
        told = merged(find_claims(page), cut, self.lex.table("kinds")["families"]["harmful"], completed=self.lex.morphology.free_order)
        claims = without_asides(told, cut, self.lex)
        return Reading(
            id=exhibit.id,
            language=self.language,
            rules=self.lex.rules.name,
            claims=tuple(replace(supposed(page, claim), persons=tuple(lying(persons, claim.start, claim.end))) for claim in claims),
            statements=find_statements(setting, asks.spans),
            appeals=asks.appeals,
            responses=find_responses(setting, asks.appeals, asks.spans, date_of(settings)),
            signatories=signatories,
            citations=find_citations(setting, lambda name: fold(name) in self.received),
            persons=persons,
        )


def _places_only(mentions: Sequence[Mention], told_by: Sequence[Mention], persons: Sequence[Person]) -> list[Mention]:
    """Mentions that can say where: not who speaks, and no village that is part of a person's name."""
    named = [p for p in persons if not p.office]

    def in_name(mention: Mention) -> bool:
        at = bisect_right(named, mention.start, key=lambda p: p.start)
        whole = named[at - 1] if at else None  # persons do not overlap
        return whole is not None and mention.end <= whole.end and (whole.start, whole.end) != (mention.start, mention.end)

    return [m for m in mentions if m not in told_by and not in_name(m)]


def _skips(signatories: tuple[tuple[str, int, int], ...]) -> tuple[tuple[int, int], ...]:
    block = signed_block(signatories)
    return (block,) if block[1] and len(signatories) > 1 else tuple((start, end) for _, start, end in signatories)


@functools.cache
def _offices(language: str) -> Offices:
    return offices_of(lexicon(language))


@functools.cache
def _times(language: str) -> TimeRules:
    return load_times(lexicon(language).table("time"))


@functools.cache
def _numbers(language: str) -> NumberRules:
    return load_numbers(lexicon(language).table("numbers"))


@functools.cache
def _speech(language: str) -> SpeechRules:
    lex = lexicon(language)
    return SpeechRules(lex.rules.tables, lex.patterns)


def read(exhibit: ExhibitText, reader: Reader) -> Reading:
    """The reading of one exhibit text by a reader made with `Reader(pack, language)`."""
    return reader.read(exhibit)

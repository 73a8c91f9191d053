"""One text made ready to check what a model says of it: where words stand, and what the tables and the pack make of them.

It decides nothing about a claim; it only reads words that the text has, with the same finders as the rules do.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from merestone.capture.terms import ExhibitText, Known
from merestone.extract.attribution import Attributions, attribute
from merestone.extract.dating import time_of
from merestone.extract.finder import Finder, Match
from merestone.extract.harm import harm_rules
from merestone.extract.lexicon import Lexicon, lexicon
from merestone.extract.names import Mention, Names, find_names
from merestone.extract.numbers import Number, find_numbers
from merestone.extract.publisher import publisher_of, seat_of
from merestone.extract.read import Reader
from merestone.extract.settings import Settings, find_places
from merestone.extract.speakers import speaker_of_source
from merestone.extract.terms import PlaceMention, Speaker, When
from merestone.extract.time_resolve import Anchor
from merestone.extract.time_terms import TimeMention
from merestone.extract.times import find_times, year_hint
from merestone.extract.tokens import Layout, layout, lying

Span = tuple[int, int]
MOST_TRIES = 50  # places where the same words stand; whoever needs more is given none
OPEN = ("both", "none", "unknown")


@dataclass(frozen=True, slots=True)
class Page:
    cut: Layout
    mentions: tuple[Mention, ...]
    names: Names
    lex: Lexicon
    who: Attributions
    numbers: tuple[Number, ...]
    times: tuple[TimeMention, ...]
    places: tuple[PlaceMention, ...]
    anchor: Anchor

    # --- where words stand --------------------------------------------------------------------------------------

    def find(self, words: str, *scopes: Span) -> Span | None:
        """Where the words stand as whole words in the first of the scopes that has them."""
        text = self.cut.text
        for start, end in scopes:
            at = text.find(words, start, end)
            for _ in range(MOST_TRIES):
                if at < 0:
                    break
                last = at + len(words)
                if not (_letters(text[at - 1 : at + 1]) if at else False) and not _letters(text[last - 1 : last + 1]):
                    return at, last
                at = text.find(words, at + 1, end)
        return None

    def around(self, quote: Span) -> Span | None:
        """The sentence of a quote, or the two that it touches; None where it reaches farther or over a paragraph."""
        first, last = self.cut.sentence_at(quote[0]), self.cut.sentence_at(quote[1] - 1)
        near = last.index - first.index <= 1 and first.paragraph == last.paragraph and first.start <= quote[0] and quote[1] <= last.end
        return (first.start, last.end) if near else None

    def content(self, span: Span) -> tuple[Span, ...]:
        """The words of a span that are no name, number, time, or small word of the grammar."""
        taken = [(m.start, m.end) for m in lying(self.mentions, *span)]
        taken += [(n.start, n.end) for n in lying(self.numbers, *span)] + [(t.start, t.end) for t in lying(self.times, *span)]
        small = self.lex.words["stops"] | self.lex.words["determiners"] | self.lex.words["negation"]
        return tuple(
            (t.start, t.end)
            for t in self.cut.within(*span)
            if t.folded not in small and t.text[:1].isalpha() and not any(a <= t.start < b for a, b in taken)
        )

    # --- what they say ------------------------------------------------------------------------------------------

    def party(self, span: Span, speaker: Speaker | None) -> set[str]:
        """The codes of the parties that the words name, by their names, by their sources, or from the speaker's own side."""
        found: set[str] = set()
        for mention in lying(self.mentions, *span):
            found.update(mention.parties)
            found.update(self.names.sources[s].affiliation for s in mention.sources)
        found &= set(self.names.parties)
        if found:
            return found
        tags = {match.tag for match in self.lex.heads.find(self.cut, *span)}
        if "both" in tags:
            return {"both"}
        own = speaker.affiliation if speaker is not None and speaker.affiliation in self.names.parties else ""
        if own and any(t.folded in self.lex.words["own"] for t in self.cut.within(*span)):
            return {own}
        others = set(self.names.parties) - {own}
        return others if own and "opposed" in tags and len(others) == 1 else set()

    def speaker(self, span: Span) -> Speaker | None:
        """Who is named by the words: an office, a person, a source of the pack. What only points back names nobody."""
        for naming in self.who.namings[self.cut.sentence_at(span[0]).index]:
            told = naming.speaker
            if span[0] <= told.start and told.end <= span[1] and not naming.back:
                return told
        for mention in lying(self.mentions, *span):
            if mention.sources:
                return speaker_of_source(self.names.sources[mention.sources[0]], mention.start, mention.end)
        return None

    def kinds(self, span: Span) -> dict[str, Match]:
        """The kinds for which the tables know words of the span."""
        found = {self.lex.kind_rules[m.tag].kind: m for m in self.lex.kinds.find(self.cut, *span)}
        for match in harm_rules(self.lex.rules.language).finder.find(self.cut, *span):
            found.setdefault("casualty", match)
        return found

    def only_loaded(self, span: Span) -> bool:
        loaded = _loaded(self.lex.rules.language).find(self.cut, *span)
        words = self.content(span)
        return bool(loaded) and all(any(m.start <= a and b <= m.end for m in loaded) for a, b in words)

    def outcomes(self, span: Span) -> tuple[set[str], bool]:
        """The outcomes of harm for which the tables know words of the span, and whether it says that there were none."""
        rules = harm_rules(self.lex.rules.language)
        none = {outcome for m in rules.none.find(self.cut, *span) for outcome in m.tag.split()}
        if none:
            return none, True
        found = {rules.rows[m.tag][0] for m in rules.finder.find(self.cut, *span)}
        return found | ({"killed", "wounded"} if rules.losses.find(self.cut, *span) else set()), False

    def weapons(self, span: Span) -> dict[str, Match]:
        means = self.lex.table("lexicon")["weapon_means"]
        return {name: m for m in self.lex.weapons.find(self.cut, *span) for name in means.get(m.tag, [m.tag])}

    def classes(self, span: Span, table: str) -> set[str]:
        """What the nouns of the span are by the table `what` (of a target) or `groups` (of people harmed)."""
        means = self.lex.table("lexicon")[table]
        return {means[m.tag] for m in self.lex.heads.find(self.cut, *span) if m.tag in means}

    def when(self, span: Span) -> tuple[When, bool, str] | None:
        """The time that the words say, whether of repeated acts, and how it was filled in."""
        if not lying(self.times, *span):
            return None
        settings = Settings(self.times, (), self.anchor, frozenset())
        when, repeated, told = time_of(settings, span, self.cut.sentence_at(span[0]), carries=False)
        return (when, repeated, told.why) if told.rule == "time" and when.start else None

    # --- denials ------------------------------------------------------------------------------------------------

    def denial(self, span: Span) -> Span | None:
        """Words of the span that deny: "is a lie", "denies", "not"."""
        for match in self.lex.cues.find(self.cut, *span):
            if match.tag == "denial" or match.tag.startswith("say:denies:"):
                return match.start, match.end
        negation = self.lex.words["negation"]
        for token in self.cut.within(*span):
            if token.folded in negation or self.lex.negative.search(token.folded):
                return token.start, token.end
        return None

    def denied(self, quote: Span, deed: Span) -> Span | None:
        """Where the sentence says that what is quoted is denied: by its speaker, in the quote, or by a "not" right before the deed."""
        cue = self.who.cue_at(deed[0])
        if cue is not None and cue.stance == "denies":
            return cue.start, cue.end
        for match in self.lex.cues.find(self.cut, *quote):
            if match.tag == "denial" or match.tag.startswith("say:denies:"):
                return match.start, match.end
        before = self.cut.before(deed[0], quote[0], 3)
        near = (before[0].start if before else deed[0], deed[1])
        rules = [self.lex.kind_rules[m.tag] for m in self.lex.kinds.find(self.cut, *deed)]
        return None if any(rule.negative for rule in rules) else self.denial(near)

    def mood(self, span: Span) -> set[str]:
        """Whether the words speak of an attempt, of what is to come, or of what is only asked for or imagined."""
        tags = {m.tag for m in self.lex.cues.find(self.cut, *span)}
        return {
            name for tag, name in (("attempt", "attempted"), ("announced", "announced"), ("unreal", "asked for or imagined")) if tag in tags
        }


def page_of(exhibit: ExhibitText, reader: Reader) -> Page:
    lex, names = reader.lex, reader.names
    cut = layout(exhibit.text, lex.abbreviations, lex.stops)
    mentions = find_names(cut, names)
    publisher = publisher_of(exhibit.publisher, names, lex, reader.offices)
    who = attribute(cut, mentions, names, (lex, reader.offices), publisher, seat_of(exhibit, publisher, names))
    times = find_times(exhibit.text, reader.times)
    published = exhibit.published.value if isinstance(exhibit.published, Known) else ""
    anchor = Anchor(published, "", year_hint(exhibit.text, reader.times, times), names.timezone)
    numbers = find_numbers(exhibit.text, reader.numbers, [(t.start, t.end) for t in times])
    where = [m for m in mentions if not who.masked(m.start)]
    plain = find_places(cut, where, lex, {})
    return Page(cut, mentions, names, lex, who, numbers, times, plain, anchor)


def default_speakers(page: Page, quote: Span) -> Sequence[Speaker]:
    """Whose text it is, where no words of the sentence say that it is somebody else's."""
    return page.who.default if page.who.cue_at(quote[0]) is None else ()


def _letters(pair: str) -> bool:
    return len(pair) == 2 and pair[0].isalnum() and pair[1].isalnum()


@functools.cache
def _loaded(language: str) -> Finder:
    lex = lexicon(language)
    return Finder(lex.patterns, [("loaded", lex.table("attribution")["loaded"])])

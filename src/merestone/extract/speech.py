"""What the readers of speech acts share: who speaks, which words name a body, where a clause begins and ends.

Language-neutral: every word that is looked for stands in `speech.yaml` of the language (law 2). Nothing is resolved to a
body that the text does not name; a name that the pack does not know is kept as written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from merestone.capture.names import fold
from merestone.extract.names import Mention, Names
from merestone.extract.speech_rules import Opened, Row, SpeechRules
from merestone.extract.terms import Speaker
from merestone.extract.tokens import Layout, Sentence, Token


class WhoSpeaks(Protocol):
    """Whose word it is. `at`: the chain at a position, outermost first. `named`: whom a noun phrase names. `default`: who puts out the text."""

    @property
    def default(self) -> tuple[Speaker, ...]: ...

    def at(self, position: int, /) -> tuple[Speaker, ...]: ...

    def named(self, start: int, end: int, /) -> Speaker | None: ...


__all__ = ["LONGEST_SENTENCE", "Author", "Setting", "SpeechRules", "WhoSpeaks"]


_PART = re.compile(r"[^\W_]+")  # of a word with an apostrophe
LONGEST_SENTENCE = 2000  # characters


@dataclass(frozen=True, slots=True)
class Author:
    """Who does the speaking of one clause. `start` is where the words that name the author begin."""

    name: str
    party: str
    kind: str
    start: int
    first_person: bool = False


class Setting:
    """One text with all that its readers of speech acts need. Pure: built from values, changes nothing."""

    def __init__(self, layout: Layout, mentions: Sequence[Mention], names: Names, who: WhoSpeaks, rules: SpeechRules) -> None:
        self.layout = layout
        self.text = layout.text
        self.mentions = tuple(mentions)
        self.names = names
        self.who = who
        self.rules = rules

    # --- rules --------------------------------------------------------------------------------------------------

    def hits(self, key: str) -> list[tuple[Row, re.Match[str]]]:
        """Every match of the rules of a table, a rule at a time, left to right; each is tried only at words it can begin with."""
        out: list[tuple[Row, re.Match[str]]] = []
        for number, row in enumerate(self.rules.rows(key)):
            if row.anywhere:
                out += [(row, match) for match in row.find.finditer(self.text)]
                continue
            last = -1
            for start in sorted(set(self._opened.get((key, number), ()))):
                if start >= last:
                    match = row.find.match(self.text, start)
                    if match is not None:
                        out.append((row, match))
                        last = match.end()
        return out

    @cached_property
    def _opened(self) -> Mapping[Opened, list[int]]:
        """Where each row of the rules may begin."""
        found: dict[Opened, list[int]] = {}
        for token in self.layout.tokens:
            for row in self.rules.opened(token.folded, False):
                found.setdefault(row, []).append(token.start)
            if not token.text.isalnum():
                for part in _PART.finditer(token.text):
                    for row in self.rules.opened(fold(part.group()), True):
                        found.setdefault(row, []).append(token.start + part.start())
        return found

    # --- mentions -----------------------------------------------------------------------------------------------

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [m.start for m in self.mentions]

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie wholly in start:end; they are in text order and none overlaps another."""
        left, right = bisect_left(self._mention_starts, start), bisect_right(self._mention_starts, end)
        return [m for m in self.mentions[left:right] if m.end <= end]

    def mention_over(self, start: int, end: int) -> Mention | None:
        """The first mention that shares a character with start:end."""
        at = max(0, bisect_right(self._mention_starts, start) - 1)
        for mention in self.mentions[at : at + 2]:
            if mention.start < end and start < mention.end:
                return mention
        return None

    def party_of(self, mention: Mention) -> str:
        """The one party that a mention points at: its own, or its source's. "" where there is none or more than one."""
        if len(mention.parties) == 1:
            return mention.parties[0]
        for key in mention.sources:
            affiliation = self.names.sources[key].affiliation
            if affiliation in self.names.parties:
                return affiliation
        return ""

    @cached_property
    def both(self) -> tuple[str, ...]:
        """The names of the two parties that "both sides" stands for: the pack's two, or the two that the text names most."""
        if len(self.names.parties) == 2:
            return tuple(sorted(p.name for p in self.names.parties.values()))
        counted = Counter(code for m in self.mentions if (code := self.party_of(m)))
        ranked = sorted(counted, key=lambda code: (-counted[code], code))
        return tuple(sorted(self.names.parties[code].name for code in ranked[:2]))

    # --- clauses ------------------------------------------------------------------------------------------------

    def sentence(self, position: int) -> Sentence:
        """The sentence at `position`; of one without end (a table, a page of code) only the words around it."""
        whole = self.layout.sentence_at(position)
        if whole.end - whole.start <= LONGEST_SENTENCE:
            return whole
        return whole._replace(
            start=max(whole.start, position - LONGEST_SENTENCE // 2), end=min(whole.end, position + LONGEST_SENTENCE // 2)
        )

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Without white space, closing stops and separators at either end; a quotation mark goes when its partner is outside."""
        text = self.text
        while start < end and (text[start].isspace() or text[start] in ",;:–—-•·"):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:.!…–—-։՝"):
            end -= 1
        for opening, closing in (("“", "”"), ("«", "»"), ('"', '"')):
            part = text[start:end]
            if (
                part.endswith(closing)
                and part.count(closing) > (part.count(opening) if opening != closing else 0)
                and part.count(closing) % 2
            ):
                return self.trimmed(start, end - 1)
            if part.startswith(opening) and (part.count(opening) % 2 if opening == closing else part.count(opening) > part.count(closing)):
                return self.trimmed(start + 1, end)
        return start, end

    def clause_end(self, start: int, end: int) -> int:
        """Where the clause that begins at `start` ends: at a new subject, at words that tell who said it, or at `end`."""
        for key in ("breaks", "tails"):
            for match in self.rules.expression(key).finditer(self.text, start, end):
                if (match.start() > start + 3) if key == "breaks" else self._is_tail(match, end):
                    end = match.start()
                    break
        return self.trimmed(start, end)[1]

    def _is_tail(self, match: re.Match[str], end: int) -> bool:
        return len(self.text[match.end() : end].split()) <= 6

    def tokens_before(self, floor: int, position: int) -> list[Token]:
        return list(self.layout.within(floor, position))

    # --- who does it --------------------------------------------------------------------------------------------

    def spoken(self, position: int, start: int) -> Author:
        """Whose word stands at `position`."""
        for speaker in reversed(self.who.at(position) or self.who.default):
            name = self.office(speaker)
            if name:
                return Author(name, speaker.affiliation, speaker.kind, start)
        return Author("", "unknown", "", start)

    def office(self, speaker: Speaker) -> str:
        """The name, the party put in ("Ministry of {P}"); "" for an office whose party is not known."""
        if "{" not in speaker.name:
            return speaker.name
        party = self.names.parties.get(speaker.affiliation)
        return speaker.name.replace("{P}", party.name) if party else ""

    def first_person(self, position: int, start: int) -> Author:
        """ "We" are those who put out the text, unless they are a news outlet or the words stand in quotation marks."""
        default = self.who.default
        if default and default[-1].kind not in self.rules.plain("unofficial") and not self.in_quotes(position):
            return Author(default[-1].name, default[-1].affiliation, default[-1].kind, start, True)
        return replace(self.spoken(position, start), first_person=True)

    def unofficial(self, author: Author) -> bool:
        """An outlet or a resident; somebody unknown too, unless the text speaks as "we" or "I" throughout."""
        if author.kind in self.rules.plain("unofficial"):
            return True
        return author.party == "unknown" and author.kind in ("other", "") and not self._speaks_itself

    @cached_property
    def _speaks_itself(self) -> bool:
        for key in ("collective", "singular"):
            if any(not self.in_quotes(match.start()) for match in self.rules.expression(key).finditer(self.text)):
                return True
        return False

    def in_quotes(self, position: int) -> bool:
        lines = self._marks["\n"]
        line = bisect_left(lines, position)
        floor = lines[line - 1] if line else 0
        seen = {mark: bisect_left(places, position) - bisect_left(places, floor) for mark, places in self._marks.items()}
        return seen["“"] > seen["”"] or seen["«"] > seen["»"] or seen['"'] % 2 == 1

    @cached_property
    def _marks(self) -> Mapping[str, list[int]]:
        """Where the marks stand of which `in_quotes` counts those since the line began."""
        return {mark: [found.start() for found in re.finditer(mark, self.text)] for mark in '\n“”«»"'}

    def author(self, position: int) -> Author:
        """Who is the subject of the verb at `position`: a pronoun or "the ministry" is asked of `who.at`, a name of `who.named`."""
        first = self.sentence(position).start
        tokens = self.segment(first, position)
        if not tokens:
            return self.opening(position, first)
        if tokens[-1].folded in self.rules.words("first_person"):
            return self.first_person(position, tokens[-1].start)
        if tokens[-1].folded in self.rules.words("third_person"):
            said = list(self.rules.expression("reported").finditer(self.text, first, tokens[-1].start))
            if said and said[-1].start() > first:  # "the Union said that it had asked"
                speaking = self.author(said[-1].start())
                if speaking.name:
                    return replace(speaking, start=tokens[-1].start)
            return self.meant(position, tokens[-1].start)
        found = self._named(tokens)
        if found is not None:
            return found
        if self.rules.expression("anaphora").fullmatch(self.text, tokens[0].start, tokens[-1].end):
            return self.meant(position, tokens[0].start)
        written = self._capitals(tokens)
        if written is None and tokens[-1].folded in self.rules.words("third_heads"):  # "the Lake Union relief office"
            large = [
                t
                for t in tokens
                if t.text[:1].isupper() and t.folded not in self.rules.words("determiners") and not self.mentions_in(t.start, t.end)
            ]
            written = (large[0].start, tokens[-1].end) if large else None
        if written is not None:
            return Author(self.text[slice(*written)], "unknown", "", written[0])
        return self.opening(position, first) if tokens[0].start > first else self.spoken(position, position)

    def meant(self, position: int, start: int) -> Author:
        """Whom "the ministry" or "it" points back to: whose word stands here, or stood in a sentence shortly before."""
        made = self.spoken(position, start)
        if not self.unofficial(made):
            return made
        at = self.sentence(position).index
        for sentence in reversed(self.layout.sentences[max(0, at - 5) : at]):
            for place in (sentence.end - 1, sentence.start):
                earlier = self.spoken(place, start)
                if earlier.name and not self.unofficial(earlier):
                    return earlier
        return made

    def voice(self, position: int) -> Author:
        """Whose word the clause at `position` is: as `spoken`; behind a verb of saying in an outlet's text, the subject of that verb."""
        made = self.spoken(position, position)
        if not self.unofficial(made):
            return made
        said = list(self.rules.expression("reported").finditer(self.text, self.sentence(position).start, position))
        return self.author(said[-1].start()) if said else made

    def opening(self, position: int, first: int) -> Author:
        """For a second verb ("… spoke with both and called for") and after an apposition: whom the sentence begins with."""
        for cut in self.rules.expression("clause_opens").finditer(self.text, first, position):
            first = cut.end()
        tokens = self.tokens_before(first, position)
        fillers = self.rules.words("fillers") | self.rules.words("determiners")
        while len(tokens) > 1 and tokens[0].folded in fillers:
            tokens = tokens[1:]
        if not tokens:  # "Welcoming the vote, …": those who put out the text
            return replace(self.first_person(position, position), first_person=False)
        opening = self.rules.expression("anaphora").match(self.text, tokens[0].start)
        if opening is None and len(tokens) > 1:
            opening = self.rules.expression("anaphora").match(self.text, self.tokens_before(first, position)[0].start)
        if opening is not None or tokens[0].folded in self.rules.words("third_person"):
            return self.meant(position, tokens[0].start)
        if tokens[0].folded in self.rules.words("first_person"):
            return self.first_person(position, tokens[0].start)
        speaker = next((s for t in tokens[:8] if (s := self._whoever(t)) is not None), None)
        if speaker is None:
            return self.spoken(position, position)
        name = self.office(speaker)
        apposed = self._apposed(speaker.end, position) or self._office_before(first, speaker.start)
        if apposed and name not in self.names.sources:
            name = apposed
        return Author(name, speaker.affiliation, speaker.kind, position)

    def _whoever(self, token: Token) -> Speaker | None:
        """The speaker whose naming covers a word; a place alone does nothing."""
        over = self.mention_over(token.start, token.end)
        if over is not None and not over.parties and not over.sources:
            return None
        speaker = self.who.named(token.start, token.end)
        return speaker if speaker is not None and self.office(speaker) else None

    def _apposed(self, start: int, end: int) -> str:
        """ "…, President of the Lake Union, …": the office rather than the person."""
        match = re.compile(r",\s+(?:the\s+)?([^,;.]{4,90}),").match(self.text, start, end)
        return match.group(1) if match and self.rules.expression("office_words").search(match.group(1)) else ""

    def _office_before(self, first: int, start: int) -> str:
        """ "The secretary-general, A. B., …": the office rather than the person."""
        match = re.compile(r"(?:[Tt]he\s+)?([^,;.]{4,90}),\s+").fullmatch(self.text, first, start)
        return match.group(1) if match and self.rules.expression("office_words").search(match.group(1)) else ""

    def segment(self, first: int, end: int) -> list[Token]:
        """The words right before `end`, back to a mark or a word that begins a new clause; adverbs and auxiliaries taken off."""
        tokens = self.tokens_before(first, end)
        fillers, breakers, adverbial = self.rules.words("fillers"), self.rules.words("breakers"), self.rules.words("calendar")
        while tokens and (tokens[-1].folded in fillers or (tokens[-1].folded in adverbial and len(tokens) > 1)):
            if re.search(r"[,;:(–—]", self.text[tokens[-1].end : end]):
                return []
            end = tokens.pop().start
        kept: list[Token] = []
        for token in reversed(tokens):
            if re.search(r'[,;:()“”"«»–—]', self.text[token.end : end]):
                break
            if token.folded in breakers and not self._joins(token):
                break
            kept.append(token)
            end = token.start
            if len(kept) >= 14:
                break
        return kept[::-1]

    def _joins(self, token: Token) -> bool:
        """Is this "and" inside a name: a mention of the pack reaches over it."""
        over = self.mention_over(token.start, token.end)
        return over is not None and over.start < token.start and token.end < over.end

    def _named(self, tokens: list[Token]) -> Author | None:
        tail = [m for m in self.mentions_in(tokens[0].start, tokens[-1].end) if m.end == tokens[-1].end]
        for mention in tail:
            if mention.sources:
                source = self.names.sources[mention.sources[0]]
                return Author(source.name, source.affiliation, source.kind, mention.start)
        determiners = self.rules.words("determiners")
        for n, token in enumerate(tokens):
            if n and not (token.text[:1].isupper() or token.folded in determiners):
                continue
            speaker = self.named(token.start, tokens[-1].end)
            if speaker is not None:
                return Author(
                    self.office(speaker), speaker.affiliation, speaker.kind, max(token.start, min(speaker.start, tokens[-1].start))
                )
        for mention in tail:
            if mention.parties and not mention.adjective:
                return Author(self.names.parties[mention.parties[0]].name, mention.parties[0], "party", mention.start)
        return None

    def _capitals(self, tokens: list[Token]) -> tuple[int, int] | None:
        """The capitalised name at the end of the words: "the Ruvenne Union", "Council of Lakes"."""
        connectors, determiners, common = self.rules.words("connectors"), self.rules.words("determiners"), self.rules.words("calendar")
        run: list[Token] = []
        for token in reversed(tokens):
            if token.text[:1].isupper() or (run and (token.folded in connectors or token.folded in determiners)):
                run.append(token)
            else:
                break
        run.reverse()
        for n in range(len(run) - 1, 0, -1):
            if run[n].folded in determiners and run[n - 1].folded not in connectors:
                run = run[n:]
                break
        while run and (run[0].folded in connectors | determiners | common or not run[0].text[:1].isupper()):
            run = run[1:]
        opens_sentence = bool(run) and run[0].start == self.sentence(run[0].start).start
        if not run or (opens_sentence and len(run) == 1) or all(t.folded in self.rules.vocabulary for t in run):
            return None
        return run[0].start, run[-1].end

    def named(self, start: int, end: int) -> Speaker | None:
        """Whom the whole phrase names: a speaker named only at its beginning ("Norland's border") is not its head."""
        speaker = self.who.named(start, end)
        if speaker is not None and speaker.end < end:
            speaker = self.who.named(max(start, speaker.end), end)
        return speaker if speaker is not None and end <= speaker.end <= end + 3 and self.office(speaker) else None

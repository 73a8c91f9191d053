"""What the readers of speech acts share: who speaks, which words name a body, where a clause begins and ends.

Language-neutral: every word that is looked for stands in `speech.yaml` of the language (law 2). Nothing is resolved to a
body that the text does not name; a name that the pack does not know is kept as written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from merestone.capture.names import fold
from merestone.extract.names import Mention, Names
from merestone.extract.rules import Patterns
from merestone.extract.terms import Speaker
from merestone.extract.tokens import Layout, Sentence, Token

NEVER = re.compile(r"(?!)")


class WhoSpeaks(Protocol):
    """Whose word it is. `at`: the chain at a position, outermost first. `named`: whom a noun phrase names."""

    def at(self, position: int, /) -> tuple[Speaker, ...]: ...

    def named(self, start: int, end: int, /) -> Speaker | None: ...


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: its compiled patterns, the folded words it can begin with (None: any), and whatever else the table says of it."""

    id: str
    find: re.Pattern[str]
    openers: frozenset[str] | None
    facts: Mapping[str, Any]


class SpeechRules:
    """The table `speech` of a language, compiled once. `words("x")` is a set of folded phrases, `expression("x")` finds any of them."""

    def __init__(self, tables: Mapping[str, Any], patterns: Patterns) -> None:
        self._table: Mapping[str, Any] = tables["speech"]
        self._all_tables = tables
        self._patterns = patterns
        self._words: dict[str, frozenset[str]] = {}
        self._expressions: dict[str, re.Pattern[str]] = {}
        self._rows: dict[str, tuple[Row, ...]] = {}

    def words(self, key: str) -> frozenset[str]:
        if key not in self._words:
            self._words[key] = frozenset(fold(form) for word in self._table.get(key) or () for form in self._forms(str(word)))
        return self._words[key]

    def _forms(self, word: str) -> Iterable[str]:
        if word.endswith("~"):
            head, _, last = word[:-1].rpartition(" ")
            return tuple(f"{head} {form}".strip() for form in self._patterns.forms(last))
        return (word,)

    def expression(self, key: str) -> re.Pattern[str]:
        """One expression for the patterns under `key` (a string there is an expression as it stands, white space apart);
        finds nothing where the table has none."""
        if key not in self._expressions:
            listed = self._table.get(key)
            if isinstance(listed, str):
                self._expressions[key] = re.compile(listed, re.IGNORECASE | re.VERBOSE)
            else:
                self._expressions[key] = self._patterns.compile(listed) if listed else NEVER
        return self._expressions[key]

    def rows(self, key: str) -> tuple[Row, ...]:
        if key not in self._rows:
            self._rows[key] = tuple(self._row(row) for row in self._table.get(key) or ())
        return self._rows[key]

    def _row(self, row: Mapping[str, Any]) -> Row:
        openers: set[str] | None = set()
        for pattern in row["patterns"]:
            first = self._patterns.first_words(pattern)
            openers = None if first is None or openers is None else openers | first
        return Row(str(row["id"]), self._patterns.compile(row["patterns"]), None if openers is None else frozenset(openers), row)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that any table of the language holds, in all its forms: words that are no names by themselves."""
        found: set[str] = set()
        for phrase in _strings(self._all_tables):
            for word in re.split(r"[\s|,<>{}?*()\[\]\\]+", phrase):
                found.update(fold(form) for form in self._forms(word) if form[:1].islower())
        return frozenset(found) | self.words("common")


def _strings(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _strings(inner)


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
        for row in self.rules.rows(key):
            last = -1
            if row.openers is None:
                out += [(row, match) for match in row.find.finditer(self.text)]
                continue
            for start in sorted(at for opener in row.openers for at in self._where.get(opener, ())):
                if start >= last:
                    match = row.find.match(self.text, start)
                    if match is not None:
                        out.append((row, match))
                        last = match.end()
        return out

    @cached_property
    def _where(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for token in self.layout.tokens:
            found.setdefault(token.folded, []).append(token.start)
        return found

    # --- mentions -----------------------------------------------------------------------------------------------

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        return [m for m in self.mentions if m.start >= start and m.end <= end]

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
        return self.layout.sentence_at(position)

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Without white space, closing stops and separators at either end; a quotation mark goes when its partner is outside."""
        text = self.text
        while start < end and (text[start].isspace() or text[start] in ",;:–—-•·"):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:.!…–—-"):
            end -= 1
        for opening, closing in (("“", "”"), ("«", "»"), ('"', '"')):
            part = text[start:end]
            if (
                part.endswith(closing)
                and part.count(closing) > (part.count(opening) if opening != closing else 0)
                and part.count(closing) % 2
            ):
                return self.trimmed(start, end - 1)
        return start, end

    def clause_end(self, start: int, end: int) -> int:
        """Where the clause that begins at `start` ends: at a new subject, at words that tell who said it, or at `end`."""
        for key in ("breaks", "tails"):
            for match in self.rules.expression(key).finditer(self.text, start, end):
                if match.start() > start + 3 and (key == "breaks" or self._is_tail(match, end)):
                    end = match.start()
                    break
        return self.trimmed(start, end)[1]

    def _is_tail(self, match: re.Match[str], end: int) -> bool:
        return len(self.text[match.end() : end].split()) <= 6

    def tokens_before(self, floor: int, position: int) -> list[Token]:
        return list(self.layout.within(floor, position))

    # --- who does it --------------------------------------------------------------------------------------------

    def spoken(self, position: int, start: int) -> Author:
        chain = self.who.at(position)
        if not chain:
            return Author("", "unknown", "", start)
        return Author(chain[-1].name, chain[-1].affiliation, chain[-1].kind, start)

    def author(self, position: int) -> Author:
        """Who is the subject of the verb at `position`: a pronoun or "the ministry" is asked of `who.at`, a name of `who.named`."""
        sentence = self.sentence(position)
        first, rules = sentence.start, self.rules
        end, crossed = position, False
        while end > first:
            start, tokens = self._segment(first, end)
            if not tokens:
                if crossed or start >= end:
                    break
                end, crossed = start, False
                continue
            if not crossed and tokens[-1].folded in rules.words("first_person"):
                made = self.spoken(position, tokens[-1].start)
                return Author(made.name, made.party, made.kind, tokens[-1].start, True)
            if not crossed and tokens[-1].folded in rules.words("third_person"):
                return self.spoken(position, tokens[-1].start)
            found = self._named(tokens)
            if found is not None:
                return found
            if not crossed and rules.expression("anaphora").fullmatch(self.text, tokens[0].start, tokens[-1].end):
                return self.spoken(position, tokens[0].start)
            written = self._capitals(tokens)
            if written is not None and not crossed:
                return Author(self.text[slice(*written)], "unknown", "", written[0])
            end, crossed = self._before(first, tokens[0].start), True
        return self.spoken(position, position)

    def _before(self, first: int, start: int) -> int:
        while start > first and not self.text[start - 1].isalnum():
            start -= 1
        return start

    def _segment(self, first: int, end: int) -> tuple[int, list[Token]]:
        """The words right before `end`, back to a mark or a word that begins a new clause; adverbs and auxiliaries taken off."""
        tokens = self.tokens_before(first, end)
        fillers, breakers = self.rules.words("fillers"), self.rules.words("breakers")
        while tokens and tokens[-1].folded in fillers:
            if re.search(r"[,;:(–—]", self.text[tokens[-1].end : end]):
                return self._before(first, tokens[-1].end), []
            end = tokens.pop().start
        kept: list[Token] = []
        edge = end
        for token in reversed(tokens):
            gap = self.text[token.end : edge]
            if re.search(r'[,;:()“”"«»–—]', gap):
                break
            if token.folded in breakers and not (kept and kept[-1].text[:1].isupper() and self._joins(token)):
                break
            kept.append(token)
            edge = token.start
            if len(kept) >= 14:
                break
        kept.reverse()
        if kept:
            return kept[0].start, kept
        return self._before(first, end), []

    def _joins(self, token: Token) -> bool:
        """Is this "and" inside a name: a mention of the pack reaches over it."""
        return any(m.start < token.start and token.end < m.end for m in self.mentions)

    def _named(self, tokens: list[Token]) -> Author | None:
        determiners = self.rules.words("determiners")
        for n, token in enumerate(tokens):
            if n and not (token.text[:1].isupper() or token.folded in determiners):
                continue
            speaker = self.named(token.start, tokens[-1].end)
            if speaker is not None:
                return Author(speaker.name, speaker.affiliation, speaker.kind, token.start)
        tail = [m for m in self.mentions if tokens[0].start <= m.start and m.end == tokens[-1].end]
        for mention in tail:
            if mention.sources:
                source = self.names.sources[mention.sources[0]]
                return Author(source.name, source.affiliation, source.kind, mention.start)
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
        return speaker if speaker is not None and speaker.end >= end else None

    # --- bodies -------------------------------------------------------------------------------------------------

    def bodies(self, start: int, end: int) -> tuple[str, ...]:
        """The bodies that a list of addressees names, as the pack calls them or as written. What is no body is left out."""
        out: list[str] = []
        for begin, stop in self.pieces(start, end):
            for name in self.body(begin, stop):
                if name not in out:
                    out.append(name)
        return tuple(out)

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """A list cut at its commas and its "and"s, but not inside a name."""
        cuts = [(start, start)]
        for match in self.rules.expression("list_marks").finditer(self.text, start, end):
            if any(m.start < match.start() and match.end() < m.end for m in self.mentions):
                continue
            if match.group().strip(" ,").casefold() in self.rules.words("and") and self._inside_name(start, match):
                continue
            cuts.append(match.span())
        cuts.append((end, end))
        found = []
        for (_, left), (right, _) in zip(cuts, cuts[1:], strict=False):
            begin, stop = self.trimmed(left, right)
            if begin < stop:
                found.append((begin, stop))
        return found

    def _inside_name(self, start: int, match: re.Match[str]) -> bool:
        """ "Committee for Peace and Trade": a head with its connector before the "and", no determiner and a capital after it."""
        after = self.text[match.end() : match.end() + 40].lstrip()
        before = self.text[start : match.start()]
        return after[:1].isupper() and bool(self.rules.expression("open_heads").search(before.rsplit(",", 1)[-1]))

    def body(self, start: int, end: int) -> tuple[str, ...]:
        """One piece of a list of addressees: () where it names no body."""
        tokens = list(self.layout.within(start, end))
        skip = self.rules.words("determiners") | self.rules.words("body_adjectives")
        while tokens and tokens[0].folded in skip and fold(self.text[tokens[0].start : end]) not in self.rules.words("both_sides"):
            tokens = tokens[1:]
        if not tokens:
            return ()
        begin = tokens[0].start
        words = fold(self.text[begin:end])
        if words in self.rules.words("both_sides"):
            return self.both
        exact = [m for m in self.mentions if m.start == begin and m.end == end]
        for mention in exact:
            if mention.parties and not mention.adjective:
                return (self.names.parties[mention.parties[0]].name,)
            if mention.sources:
                return (mention.sources[0],)
        speaker = self.named(start, end)
        if speaker is not None and speaker.kind not in ("resident", "person"):
            return (speaker.name,)
        if self.rules.expression("body_heads").search(self.text, begin, end) or self._capital_name(tokens):
            return (self.text[begin:end],)
        return ()

    def _capital_name(self, tokens: Sequence[Token]) -> bool:
        connectors = self.rules.words("connectors") | self.rules.words("determiners")
        calendar = self.rules.words("calendar")
        return all(t.text[:1].isupper() or t.folded in connectors for t in tokens) and not all(t.folded in calendar for t in tokens)

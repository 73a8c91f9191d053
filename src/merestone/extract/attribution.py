"""Whose word it is, at every place of the text: "X said", "according to X", "X's account", and what carries on from there.

Where nothing else is said the publisher speaks. The chain is outermost first; its last link is whose word it is.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from merestone.capture.names import fold
from merestone.extract.colons import COLON, told_to
from merestone.extract.cues import find_cues
from merestone.extract.homes import Home, home_of
from merestone.extract.lexicon import Lexicon
from merestone.extract.names import Mention, Names
from merestone.extract.quotes import opens_quotation, quoted, still_quoted
from merestone.extract.speakers import Naming, Offices, find_namings
from merestone.extract.terms import OWN, Speaker
from merestone.extract.tokens import Layout, Sentence, Token
from merestone.extract.turns import Cue

BACKWARD = 6  # words at the head of a sentence among which "this was said by X" says so
BACK = 4  # sentences that "this was said by X" reaches back over


_MARKED = re.compile('["“”„«»]')
OUTLETS = ("media", "state_media", "other", "international", "third_state")


def _speaks_itself(default: Sequence[Speaker]) -> bool:
    """Does the publisher speak for itself (an office, those who sign), rather than report what others say?"""
    return bool(default) and default[0].kind not in OUTLETS


@dataclass(frozen=True, slots=True)
class Attributions:
    """Ask `at` a position. `default` is the publisher (or the signatories); `parties` are those that the text speaks of."""

    default: tuple[Speaker, ...]
    cues: tuple[tuple[Cue, ...], ...]  # by sentence
    carried: tuple[Cue | None, ...]  # by sentence: what still holds from an earlier sentence
    layout: Layout
    namings: tuple[tuple[Naming, ...], ...]
    homes: Mapping[str, Home] = field(default_factory=dict)  # of local voices, by the name of the speaker
    seat: str = ""  # the land of an outlet, whose officials it calls by their office alone

    def cue_at(self, position: int) -> Cue | None:
        sentence = self.layout.sentence_at(position)
        covering = [c for c in self.cues[sentence.index] if c.scope[0] <= position < c.scope[1]]
        if covering:
            return min(covering, key=lambda c: (c.scope[1] - c.scope[0], abs(c.start - position)))
        return None if self.cues[sentence.index] else self.carried[sentence.index]

    def at(self, position: int) -> tuple[Speaker, ...]:
        """The chain of speakers for what stands at `position`."""
        cue = self.cue_at(position)
        if cue is None:
            return self._own(position) or self.default
        chain: list[Speaker] = [self.default[0]] if _speaks_itself(self.default) else []
        others = [c for c in self.cues[self.layout.sentence_at(position).index] if c is not cue and c.scope[0] <= position < c.scope[1]]
        chain += [c.speaker for c in self._above(cue)]
        if cue.how == "say":
            chain += [cue.speaker, *(c.speaker for c in others if c.how == "by")]
        else:
            chain += [*(c.speaker for c in others if c.how == "say" and cue.how == "by"), cue.speaker]
        out: list[Speaker] = []
        for speaker in chain:
            if speaker.name not in [s.name for s in out]:
                out.append(speaker)
        return tuple(out)

    def _own(self, position: int) -> tuple[Speaker, ...]:
        """What the outlet says that its own correspondent saw or heard, where nobody is said to speak."""
        if _speaks_itself(self.default):
            return ()
        named = (n.speaker for n in self.namings[self.layout.sentence_at(position).index] if not n.back)
        return tuple(each for each in named if each.name.startswith(OWN))[:1]

    def _above(self, cue: Cue) -> list[Cue]:
        """ "X said that Y admitted that …": those who say that this speaker says it, outermost first."""
        sentence = self.layout.sentence_at(cue.start)
        said = [c for c in self.cues[sentence.index] if c.how == "say" and c.end <= cue.start]
        out: list[Cue] = []
        inner = cue
        for outer in reversed(said):
            between = self.layout.within(outer.end, inner.start)
            if len(between) > 1 or any(mark in self.layout.text[outer.end : inner.start] for mark in ",;:.—"):
                break
            out.insert(0, outer)
            inner = outer
        return out

    def named(self, start: int, end: int) -> Speaker | None:
        """The speaker that a phrase names, if it names one."""
        sentence = self.layout.sentence_at(start)
        for naming in self.namings[sentence.index]:
            if naming.speaker.start < end and start < naming.speaker.end and not naming.back:
                return naming.speaker
        return None

    def quoted(self, position: int) -> bool:
        """Does the position stand inside quotation marks of its paragraph?"""
        return quoted(self.layout, self.layout.sentence_at(position).paragraph, position)

    def retold(self, position: int) -> Speaker | Literal[False] | None:
        """Inside a quotation "X says that …": the one whose quotation it is, None where nobody is named, False where nothing is retold."""
        sentence = self.layout.sentence_at(position)
        cue = self.cue_at(position)
        inner = cue is not None and cue.how == "say" and sentence.start <= cue.start and cue.end <= position
        if (
            cue is None
            or not inner
            or not (self.quoted(cue.start) and self.quoted(position))
            or _MARKED.search(self.layout.text, cue.end, position)
        ):
            return False
        near = (c for at in (sentence.index, *self._following(sentence)) for c in self.cues[at])
        return next((c.speaker for c in near if c.start != cue.start and not self.quoted(c.start)), None)

    def _following(self, sentence: Sentence) -> list[int]:
        """The other sentences of its paragraph, those behind it first."""
        alike = [s.index for s in self.layout.sentences if s.paragraph == sentence.paragraph]
        return [at for at in alike if at > sentence.index] + [at for at in reversed(alike) if at < sentence.index]

    def masked(self, position: int) -> bool:
        """Do the words at `position` say who speaks?"""
        sentence = self.layout.sentence_at(position)
        return any(a <= position < b for cue in self.cues[sentence.index] for a, b in cue.mask)


def attribute(
    layout: Layout,
    mentions: Sequence[Mention],
    names: Names,
    kit: tuple[Lexicon, Offices],
    default: tuple[Speaker, ...],
    seat: str = "",
) -> Attributions:
    """Read every sentence in order; what is referred back to is the latest speaker that fits."""
    lex = kit[0]
    by_sentence: list[tuple[Cue, ...]] = []
    carried: list[Cue | None] = []
    all_namings: list[tuple[Naming, ...]] = []
    known: list[Speaker] = [s for s in default if s.affiliation != "unknown"]
    holding: Cue | None = None
    paragraph, running, brief = -1, False, False
    accounts = {row["id"] for row in lex.table("attribution")["of"]}
    homes: dict[str, Home] = {}
    villages = _Villages(mentions, names)
    for sentence in layout.sentences:
        namings: list[Naming] = []
        for found in find_namings(layout, sentence, mentions, names, kit):
            naming = villages.settled(_resolved(found, known, default, (names, seat, homes)))
            namings.append(naming)
            if naming.home is not None:
                homes[naming.speaker.name] = naming.home
            if not naming.bare and (not found.back or naming.person) and not told_to(layout, naming, lex):
                known.append(naming.speaker)
        all_namings.append(tuple(namings))
        cues = tuple(villages.someone(cue, kit[1], homes) for cue in find_cues(layout, sentence, namings, lex))
        if sentence.paragraph != paragraph:
            goes_on = running or opens_quotation(layout.text, sentence.start)
            holding, paragraph = (holding if goes_on else None), sentence.paragraph
        running = still_quoted(layout.text[sentence.start : sentence.end], running)
        by_sentence.append(cues)
        if brief and not cues and not any(_is_ours(t, lex) for t in layout.within(sentence.start, sentence.end)):
            holding = None  # "according to X" is said of one sentence
        carried.append(holding)
        if cues:
            last = cues[-1]
            bare = any(n.bare and n.speaker.start == last.speaker.start for n in namings)
            ends = bare or (_speaks_itself(default) and (last.how == "by" or not running))
            brief = last.how == "by" and last.rule not in accounts and not running
            holding = None if ends else replace(last, how="carried", stance="asserts")
        elif _speaks_itself(default) and not running:
            holding = None  # who speaks for itself goes on in its own voice where what it quotes has ended
        known += [c.speaker for c in cues if c.speaker.affiliation != "unknown" or c.speaker.name in homes]
    _quotes_back(layout, by_sentence, carried)
    if lex.words["backward"]:
        _told_back(layout, by_sentence, carried, lex)
    if not _speaks_itself(default):
        _answered(layout, by_sentence, carried, all_namings)
        _our_voices(layout, by_sentence, carried, all_namings, (villages, kit, homes))
    return Attributions(default, tuple(by_sentence), tuple(carried), layout, tuple(all_namings), homes, seat)


def _answered(layout: Layout, cues: Sequence[tuple[Cue, ...]], carried: list[Cue | None], namings: Sequence[tuple[Naming, ...]]) -> None:
    """A talk set as lines that begin with a dash: what is answered is the word of the person whom the text presented last."""
    firsts = {s.paragraph: s for s in reversed(layout.sentences)}
    spoken = {number for number, s in firsts.items() if _DASH.match(layout.text, s.start) or _DASH.match(layout.text, max(s.start - 2, 0))}
    if len(spoken) < LINES:
        return
    person: Speaker | None = None
    for sentence in layout.sentences:
        at = sentence.index
        heard = [n.speaker for n in namings[at] if not n.bare and not n.back and (n.speaker.kind == "resident" or n.person)]
        heard = [c.speaker for c in cues[at] if c.how == "say" and _is_person(c.speaker)] or heard
        if sentence.paragraph not in spoken:
            person = heard[0] if heard else person
        elif person is not None and not cues[at] and carried[at] is None:
            span = (sentence.start, sentence.end)
            carried[at] = Cue(person, "asserts", "carried", DIALOGUE, sentence.start, sentence.start, span, ())


def _our_voices(
    layout: Layout,
    cues: Sequence[tuple[Cue, ...]],
    carried: list[Cue | None],
    namings: Sequence[tuple[Naming, ...]],
    kit: tuple[_Villages, tuple[Lexicon, Offices], dict[str, Home]],
) -> None:
    """ "Our own boys took the carts": who says "our" in a quotation that an outlet gives to nobody, in a paragraph that names no office, lives there."""
    villages, (lex, offices), homes = kit
    heard: set[int] = set()
    official = {s.paragraph for s in layout.sentences if cues[s.index] or any(_speaks(layout, s.paragraph, n) for n in namings[s.index])}
    for sentence in layout.sentences:
        if sentence.paragraph in official or carried[sentence.index]:
            continue
        ours = (t for t in layout.within(sentence.start, sentence.end) if _is_ours(t, lex))
        if any(quoted(layout, sentence.paragraph, t.start) for t in ours):
            heard.add(sentence.paragraph)
    for sentence in layout.sentences:
        if sentence.paragraph in heard and not carried[sentence.index]:
            who = villages.voice(sentence.start, sentence.start, offices, homes)
            carried[sentence.index] = Cue(
                who, "asserts", "carried", VOICES, sentence.start, sentence.start, (sentence.start, sentence.end), ()
            )


def _speaks(layout: Layout, paragraph: int, naming: Naming) -> bool:
    """Is an office named, or outside quotation marks a party? Then the words may be theirs."""
    if naming.bare:
        return not quoted(layout, paragraph, naming.speaker.start)
    return not naming.back.startswith("pronoun") and naming.speaker.kind not in ("resident", "other")


def _is_ours(token: Token, lex: Lexicon) -> bool:
    endings = lex.morphology.own_endings
    return token.folded in lex.words["own"] or (endings is not None and endings.search(token.folded) is not None)


class _Villages:
    """The village that the text speaks of: residents without one are of the settlement named last, in the headline first of all."""

    def __init__(self, mentions: Sequence[Mention], names: Names) -> None:
        self.homes = [
            (mention.start, home)
            for mention in mentions
            if mention.places and not mention.parties and not mention.sources
            if (home := home_of(mention, names)) is not None and names.places[mention.places[0]].level == "settlement"
        ]

    def someone(self, cue: Cue, offices: Offices, homes: dict[str, Home]) -> Cue:
        """ "He says", of somebody whom no words present by an office: a voice of the village."""
        who = cue.speaker
        unknown = who.kind == "other" and offices.pronouns.get(fold(who.name)) in ("person", "either")
        return replace(cue, speaker=self.voice(who.start, who.end, offices, homes)) if unknown else cue

    def voice(self, start: int, end: int, offices: Offices, homes: dict[str, Home]) -> Speaker:
        """A resident, of the village that the text speaks of there."""
        found = self.settled(Naming(Speaker(offices.local, "resident", "unknown", False, start, end)))
        if found.home is not None:
            homes.setdefault(found.speaker.name, found.home)
        return found.speaker

    def settled(self, naming: Naming) -> Naming:
        if naming.speaker.kind != "resident" or naming.home is not None or naming.back:
            return naming
        at = bisect_left(self.homes, naming.speaker.start, key=lambda h: h[0])
        if not at:
            return naming
        home = self.homes[at - 1][1]
        office, space, person = naming.speaker.name.partition(" ")
        return replace(naming, speaker=replace(naming.speaker, name=f"{office} of {home.name}{space}{person}"), home=home)


def _quotes_back(layout: Layout, cues: Sequence[tuple[Cue, ...]], carried: list[Cue | None]) -> None:
    """A quotation that opens without saying whose it is belongs to the one named when it ends, in the same paragraph, and not to the one
    who spoke before it."""
    cued = _next_cued(layout, cues)
    for sentence in layout.sentences:
        at = sentence.index
        closing = cued[at]
        if closing is None or cues[at] or not still_quoted(layout.text[sentence.start : sentence.end], False):
            continue
        whole = opens_quotation(layout.text, sentence.start) and still_quoted(
            layout.text[sentence.start : layout.sentences[closing].start], False
        )
        if carried[at] and not whole:
            continue  # the quotation has ended before somebody else speaks
        for n in range(at, closing):
            carried[n] = replace(cues[closing][0], how="carried")


def _next_cued(layout: Layout, cues: Sequence[tuple[Cue, ...]]) -> list[int | None]:
    """For each sentence the next one of its paragraph in which somebody speaks."""
    out: list[int | None] = [None] * len(layout.sentences)
    for one, after in reversed(list(itertools.pairwise(layout.sentences))):
        if one.paragraph == after.paragraph:
            out[one.index] = after.index if cues[after.index] else out[after.index]
    return out


def _told_back(layout: Layout, cues: Sequence[tuple[Cue, ...]], carried: list[Cue | None], lex: Lexicon) -> None:
    """ "This was said by X": the sentences before it, as far as nobody else speaks in them, are X's word."""
    for sentence in layout.sentences:
        said = [c for c in cues[sentence.index] if c.how == "say" and c.rule != COLON]
        words = " " + " ".join(t.folded for t in layout.within(sentence.start, sentence.end)[:BACKWARD]) + " "
        if (
            not said
            or said[0].stance != "asserts"
            or not any(f" {p} " in words or (" " in p and words.startswith(f" {p}")) for p in lex.words["backward"])
        ):
            continue
        if any(c.tag == "denial" for c in lex.cues.find(layout, sentence.start, sentence.end)):
            continue  # "X calls this an invention": the word of somebody else
        cited = [c for c in cues[sentence.index] if c.how == "by"]  # "X says, citing Y": the word of Y
        for at in range(sentence.index - 1, max(-1, sentence.index - 1 - BACK), -1):
            if cues[at] or carried[at]:
                break
            carried[at] = replace((cited or said)[0], how="carried", stance="asserts")


_DASH = re.compile(r"[—–-]\s")
LINES = 2  # with a dash that make a talk
DIALOGUE = "dialogue"  # the rule that reads one
VOICES = "voices"  # the rule that hears villagers in a quotation
PERSONS = ("office_holder", "resident")


def _resolved(naming: Naming, known: Sequence[Speaker], default: Sequence[Speaker], kit: tuple[Names, str, Container[str]]) -> Naming:
    """Give a phrase that points back the speaker it points to: the latest that fits, else the publisher's own side."""
    names, seat, homes = kit
    if not naming.back:
        return naming
    wanted = naming.speaker
    sort, _, kind = naming.back.partition(":")
    at_home = sort not in ("kind", "pronoun", "local") and any(s.affiliation == seat and _same_office(naming.back, s.name) for s in known)
    for speaker in reversed(known):
        if at_home and speaker.affiliation != seat:
            continue  # of two ministries an outlet calls that of its own land by the office alone
        if wanted.affiliation in names.parties and speaker.affiliation != wanted.affiliation:
            continue
        if sort == "local":
            fits = speaker.name.startswith(kind)
        elif kind == "any" and speaker.kind in ("media", "state_media"):
            fits = False  # an outlet is no "he", and has no spokesman
        elif sort == "kind":
            fits = (
                kind in ("any", speaker.kind, *speaker.name.split())  # "the Mission": whose name has that word
                or (kind == "office_holder" and speaker.official and speaker.name in homes)
            )
        elif sort == "pronoun":
            fits = speaker.kind not in OUTLETS[:2] if kind == "either" else _is_person(speaker) == (kind == "person")
        else:
            fits = _same_office(naming.back, speaker.name) or wanted.kind == speaker.kind == "ombudsperson"  # the same by another name
        if fits:
            back = "" if sort == "local" else naming.back
            return replace(naming, speaker=replace(speaker, start=wanted.start, end=wanted.end), back=back)
    if sort == "local":
        return replace(naming, back="")
    if sort not in ("kind", "pronoun"):
        said = (s.affiliation for s in itertools.chain(default, reversed(known)))
        code = next((c for c in (*([seat] if seat else []), *said) if c in names.parties), "")
        if code:
            name = naming.back.replace("{P}", names.parties[code].name)
            return replace(naming, speaker=replace(wanted, name=name, affiliation=code))
        return replace(naming, speaker=replace(wanted, name=naming.back.partition(" of {P}")[0]))
    return naming


def _is_person(speaker: Speaker) -> bool:
    return speaker.kind in PERSONS or (speaker.kind == "other" and " " in speaker.name)


def _same_office(pattern: str, name: str) -> bool:
    stem = pattern.replace("{P}", "").strip()
    return name.startswith(stem.rsplit(" ", 1)[0] if pattern.endswith("{P}") else stem)

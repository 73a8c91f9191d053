"""Whose word it is, at every place of the text: "X said", "according to X", "X's account", and what carries on from there.

Where nothing else is said the publisher speaks. The chain is outermost first; its last link is whose word it is.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from merestone.extract.finder import Match
from merestone.extract.lexicon import Lexicon
from merestone.extract.names import Mention, Names
from merestone.extract.quotes import quoted, still_quoted
from merestone.extract.speakers import Naming, Offices, find_namings
from merestone.extract.terms import Speaker
from merestone.extract.tokens import Layout, Sentence

NEAR = 14  # words between a speaker and the verb
BACK = 4  # sentences that "this was said by X" reaches back over
INVERTED = 2  # words between a verb and the speaker behind it, where order is free


@dataclass(frozen=True, slots=True)
class Cue:
    """One attribution. `scope` is what it covers; `mask` the words that are about speaking and not about the deed."""

    speaker: Speaker
    stance: str  # asserts admits denies, as the verb says it
    how: str  # say | by | of | carried
    rule: str
    start: int
    end: int
    scope: tuple[int, int]
    mask: tuple[tuple[int, int], ...]


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
            return self.default
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

    def masked(self, position: int) -> bool:
        """Do the words at `position` say who speaks?"""
        sentence = self.layout.sentence_at(position)
        return any(a <= position < b for cue in self.cues[sentence.index] for a, b in cue.mask)


def attribute(
    layout: Layout, mentions: Sequence[Mention], names: Names, kit: tuple[Lexicon, Offices], default: tuple[Speaker, ...]
) -> Attributions:
    """Read every sentence in order; what is referred back to is the latest speaker that fits."""
    lex = kit[0]
    by_sentence: list[tuple[Cue, ...]] = []
    carried: list[Cue | None] = []
    all_namings: list[tuple[Naming, ...]] = []
    known: list[Speaker] = [s for s in default if s.affiliation != "unknown"]
    holding: Cue | None = None
    paragraph, running = -1, False
    for sentence in layout.sentences:
        namings: list[Naming] = []
        for found in find_namings(layout, sentence, mentions, names, kit):
            namings.append(_resolved(found, known, default, names))
            if not found.back and not found.bare:
                known.append(found.speaker)
        all_namings.append(tuple(namings))
        cues = _cues(layout, sentence, namings, lex)
        if sentence.paragraph != paragraph:
            holding, paragraph = (holding if running else None), sentence.paragraph
        running = still_quoted(layout.text[sentence.start : sentence.end], running)
        by_sentence.append(cues)
        carried.append(holding)
        if cues:
            last = cues[-1]
            bare = any(n.bare and n.speaker.start == last.speaker.start for n in namings)
            ends = bare or (last.how == "by" and _speaks_itself(default))
            holding = None if ends else replace(last, how="carried", stance="asserts")
        known += [c.speaker for c in cues if c.speaker.affiliation != "unknown"]
    _quotes_back(layout, by_sentence, carried)
    if lex.words["backward"]:
        _told_back(layout, by_sentence, carried, lex)
    return Attributions(default, tuple(by_sentence), tuple(carried), layout, tuple(all_namings))


def _quotes_back(layout: Layout, cues: Sequence[tuple[Cue, ...]], carried: list[Cue | None]) -> None:
    """A quotation that opens without saying whose it is belongs to the one named when it ends, in the same paragraph."""
    cued = _next_cued(layout, cues)
    for sentence in layout.sentences:
        at = sentence.index
        closing = cued[at]
        if closing is None or cues[at] or carried[at] or not still_quoted(layout.text[sentence.start : sentence.end], False):
            continue
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
        said = [c for c in cues[sentence.index] if c.how == "say"]
        words = " ".join(t.folded for t in layout.within(sentence.start, sentence.end)[:4])
        if not said or not any(words.startswith(phrase) for phrase in lex.words["backward"]):
            continue
        for at in range(sentence.index - 1, max(-1, sentence.index - 1 - BACK), -1):
            if cues[at] or carried[at]:
                break
            carried[at] = replace(said[0], how="carried", stance="asserts")


PERSONS = ("office_holder", "resident")


def _resolved(naming: Naming, known: Sequence[Speaker], default: Sequence[Speaker], names: Names) -> Naming:
    """Give a phrase that points back the speaker it points to: the latest that fits, else the publisher's own side."""
    if not naming.back:
        return naming
    wanted = naming.speaker
    sort, _, kind = naming.back.partition(":")
    for speaker in reversed(known):
        if wanted.affiliation in names.parties and speaker.affiliation != wanted.affiliation:
            continue
        if sort == "kind":
            fits = kind in ("any", speaker.kind)
        elif sort == "pronoun":
            fits = kind == "either" or (_is_person(speaker)) == (kind == "person")
        else:
            fits = _same_office(naming.back, speaker.name)
        if fits:
            return Naming(replace(speaker, start=wanted.start, end=wanted.end), back=naming.back)
    if sort not in ("kind", "pronoun"):
        code = next((s.affiliation for s in itertools.chain(default, reversed(known)) if s.affiliation in names.parties), "")
        if code:
            name = naming.back.replace("{P}", names.parties[code].name)
            return Naming(replace(wanted, name=name, affiliation=code), back=naming.back)
        return Naming(replace(wanted, name=naming.back.partition(" of {P}")[0]), back=naming.back)
    return naming


def _is_person(speaker: Speaker) -> bool:
    return speaker.kind in PERSONS or (speaker.kind == "other" and " " in speaker.name)


def _same_office(pattern: str, name: str) -> bool:
    stem = pattern.replace("{P}", "").strip()
    return name.startswith(stem.rsplit(" ", 1)[0] if pattern.endswith("{P}") else stem)


def _cues(layout: Layout, sentence: Sentence, namings: Sequence[Naming], lex: Lexicon) -> tuple[Cue, ...]:
    matches = [m for m in lex.cues.find(layout, sentence.start, sentence.end) if m.tag.startswith(("say:", "by:", "behind:"))]
    found: list[Cue] = _accounts(layout, sentence, namings, lex)
    for match in matches:
        if any(match.start < c.end and c.start < match.end for c in found):
            continue
        how, stance, rule = match.tag.split(":")
        if how == "behind":
            cue = _behind(layout, sentence, namings, match)
        elif how == "by":
            cue = _by(layout, sentence, namings, match, lex)
        else:
            cue = _say(layout, sentence, namings, match, (stance, rule), lex)
        taken = cue is not None and cue.how == "say" and any(c.how == "say" and c.speaker.start == cue.speaker.start for c in found)
        if cue and not taken:
            found.append(cue)
    return tuple(_scoped(layout, sentence, sorted(found, key=lambda c: c.start), lex))


def _accounts(layout: Layout, sentence: Sentence, namings: Sequence[Naming], lex: Lexicon) -> list[Cue]:
    """ "in the ministry's account", "in its words": a noun of telling right behind the one who tells."""
    found: list[Cue] = []
    for match in lex.cues.find(layout, sentence.start, sentence.end):
        if match.tag != "account":
            continue
        before = [n for n in namings if n.speaker.end <= match.start and len(layout.within(n.speaker.end, match.start)) <= 1]
        if before and layout.text[before[-1].speaker.end : match.start].strip().lstrip("'’s ").isalpha() is False:
            naming = before[-1]
            opener = [t for t in layout.before(naming.speaker.start, sentence.start, 2) if t.folded not in lex.words["determiners"]][-1:]
            if opener and opener[-1].folded in lex.words["account_openers"] and not naming.bare:
                found.append(
                    Cue(
                        naming.speaker,
                        "asserts",
                        "by",
                        lex.table("attribution")["of"][0]["id"],
                        opener[-1].start,
                        match.end,
                        (sentence.start, sentence.end),
                        ((opener[-1].start, match.end),),
                    )
                )
    return found


def _by(layout: Layout, sentence: Sentence, namings: Sequence[Naming], match: Match, lex: Lexicon) -> Cue | None:
    rule = match.tag.rsplit(":", 1)[1]
    after = [
        n
        for n in namings
        if match.end <= n.speaker.start and layout.steps(match.end, n.speaker.start) <= NEAR and not n.back.startswith("pronoun")
    ]
    if lex.morphology.free_order:
        after = [n for n in after if not (n.bare and layout.text[n.speaker.start].islower())]
    if not after or "." in layout.text[match.end : after[0].speaker.start]:
        return None
    speaker = after[0].speaker
    document = layout.within(match.start, speaker.start)
    if any(t.folded in lex.words["documents"] for t in document):
        speaker = replace(speaker, received=False)
    return Cue(speaker, "asserts", "by", rule, match.start, speaker.end, (sentence.start, sentence.end), ((match.start, speaker.end),))


def _behind(layout: Layout, sentence: Sentence, namings: Sequence[Naming], match: Match) -> Cue | None:
    """ "X according to": what says that it is somebody's word stands right behind the one whose word it is."""
    before = [n for n in namings if n.speaker.end <= match.start and len(layout.within(n.speaker.end, match.start)) <= 1]
    if not before or (layout.text[before[-1].speaker.start : before[-1].speaker.end] == before[-1].speaker.name and before[-1].back):
        return None  # it points back to nobody
    speaker = before[-1].speaker
    rule, span = match.tag.rsplit(":", 1)[1], (speaker.start, match.end)
    return Cue(speaker, "asserts", "by", rule, speaker.start, match.end, (sentence.start, sentence.end), (span,))


def _say(layout: Layout, sentence: Sentence, namings: Sequence[Naming], match: Match, how: tuple[str, str], lex: Lexicon) -> Cue | None:
    stance, rule = how
    before = [
        n
        for n in namings
        if n.speaker.end <= match.start and layout.steps(n.speaker.end, match.start) <= NEAR and _may_speak(layout, n, match, lex)
    ]
    free = lex.morphology.free_order
    reach = 60 if free else 5
    after = [n for n in namings if 0 <= n.speaker.start - match.end <= reach and not n.back.startswith("pronoun") and not n.bare]
    if free:
        before = [n for n in before if not (n.bare and layout.text[n.speaker.start].islower()) and not _led(layout, sentence, n, lex)]
        tail = layout.text[sentence.start : match.start].rstrip()[-1:] in (",", "—", "–", "-", "»", "”", '"')
        behind = [n for n in after if _few(layout, match.end, n.speaker.start, lex) <= INVERTED]
        if behind and (tail or not before):
            speaker = behind[0].speaker
            mask = ((match.start, speaker.end),)
            return Cue(speaker, stance, "say", rule, match.start, speaker.end, (sentence.start, sentence.end), mask)
    if before:
        speaker = before[-1].speaker
        left = _with_article(layout, sentence, speaker.start, lex)
        parts: tuple[tuple[int, int], ...] = ((left, match.end),)
        if lex.morphology.verb_last and lex.kinds.find(layout, speaker.end, match.start):
            parts = ((left, speaker.end), (match.start, match.end))  # what is said stands between the speaker and the verb
        return Cue(speaker, stance, "say", rule, left, match.end, (sentence.start, sentence.end), parts)
    opens = layout.text[sentence.start : match.start].rstrip()[-1:] in ("", ",", "”", '"', "’", "»", "—", "–", "'", ".", "?", "!")
    if after and opens and layout.text[match.end : after[0].speaker.start].strip().casefold() in {"", *lex.words["inverted"]}:
        speaker = after[0].speaker
        return Cue(speaker, stance, "say", rule, match.start, speaker.end, (sentence.start, sentence.end), ((match.start, speaker.end),))
    return None


def _few(layout: Layout, start: int, end: int, lex: Lexicon) -> int:
    """How many words stand between a verb and the speaker behind it, small ones, numbers and days of the week apart."""
    small = lex.words["between"] | lex.words["titles"]
    return sum(not (t.folded in small or t.text[:1].isdigit()) for t in layout.within(start, end))


def _led(layout: Layout, sentence: Sentence, naming: Naming, lex: Lexicon) -> bool:
    """Is it led by a preposition behind which nobody speaks ("in a talk with X said Y")?"""
    words = layout.before(naming.speaker.start, sentence.start, 1)
    return bool(words) and words[0].folded in lex.words["not_led"]


def _with_article(layout: Layout, sentence: Sentence, start: int, lex: Lexicon) -> int:
    """Where the phrase that names the speaker begins, with its article."""
    before = layout.before(start, sentence.start, 1)
    return (
        before[0].start
        if before and before[0].folded in lex.words["determiners"] and layout.text[before[0].end : start].isspace()
        else start
    )


def _may_speak(layout: Layout, naming: Naming, match: Match, lex: Lexicon) -> bool:
    """Between a speaker and the verb stand only words that may: auxiliaries, dates, a title and a name, a clause in commas."""
    gap = layout.text[naming.speaker.end : match.start]
    words = layout.within(naming.speaker.end, match.start)
    if lex.morphology.verb_last:
        named = layout.within(naming.speaker.start, naming.speaker.end)
        if named and not named[-1].text.isupper() and lex.morphology.case_of(named[-1].folded) in lex.words["silent"]:
            return False
        whole = not any(mark in gap.removeprefix(",") for mark in ",;:—–") and gap.count('"') % 2 == 0
        if whole and (not naming.bare or len(named) > 1):  # "the Xlandish side", no bare land
            return True
    if len(words) <= 1:
        return not any(w.folded in lex.words["stops"] - lex.words["between"] for w in words)
    small = lex.words["between"] | lex.words["adverbs"]
    if all(
        w.folded in small or any(w.folded.endswith(e) for e in lex.words["adverb_endings"]) or w.text[:1].isupper() or w.text.isdigit()
        for w in words
    ):
        return True
    commas = gap.count(",")
    return not naming.bare and commas >= 2 and gap.lstrip().startswith(",") and len(words) <= 14 and not naming.back.startswith("pronoun")


def _scoped(layout: Layout, sentence: Sentence, cues: Sequence[Cue], lex: Lexicon) -> list[Cue]:
    """Share a sentence out between its cues. One alone has all of it; of several, each has what stands on its side."""
    out: list[Cue] = []
    for i, cue in enumerate(cues):
        left = max([c.end for c in cues[:i] if c.how == cue.how], default=sentence.start)
        right = min([c.start for c in cues[i + 1 :] if c.how == cue.how], default=sentence.end)
        if left > sentence.start and _opens_clause(layout.text, left, cue.start):
            left = _boundary(layout.text, left, cue.start, lex)
        if right < sentence.end and i + 1 < len(cues):
            right = _boundary(layout.text, cue.end, right, lex)
        out.append(replace(cue, scope=(left, right)))
    return out


def _opens_clause(text: str, left: int, start: int) -> bool:
    return any(mark in text[left:start] for mark in ",;:—–")


def _boundary(text: str, left: int, right: int, lex: Lexicon) -> int:
    """The last clause mark between two cues, else where the later one begins."""
    marks = [";", ",", ":", "—", *(f" {word} " for word in lex.words["joints"])]
    best = max(text.rfind(mark, left, right) for mark in marks)
    return best if best >= 0 else right

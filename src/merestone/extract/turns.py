"""One speaker's second verb in a sentence: he denies one thing and tells another ("denying that …, X said that …").

The same for every speaker and every side (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from merestone.extract.finder import Match
from merestone.extract.lexicon import Lexicon
from merestone.extract.speakers import Naming
from merestone.extract.terms import Speaker
from merestone.extract.tokens import Layout, Sentence

NEAR = 14  # words between a speaker and the verb
OPENS = 2  # words before a participle that opens a sentence
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


def goes_on(layout: Layout, first: Cue, namings: Sequence[Naming], match: Match, how: tuple[str, str], lex: Lexicon) -> Cue | None:
    """ "X denies the report and says that …": behind a joining word the same speaker's second verb of saying, where it says it otherwise."""
    joints = [t for t in layout.within(first.end, match.start) if t.folded in lex.words["joints"]][-1:]
    beside = also(layout, first, match, lex)
    if first.stance == how[0] or not (beside or joints) or (not beside and layout.steps(joints[0].end, match.start) > INVERTED):
        return None
    start = match.start if beside else joints[0].start
    if (not beside and layout.steps(first.end, start) > NEAR) or any(start < n.speaker.start < match.start for n in namings):
        return None
    return Cue(first.speaker, how[0], "say", how[1], start, match.end, first.scope, ((start, match.end),))


def also(layout: Layout, first: Cue, match: Match, lex: Lexicon) -> bool:
    """ "X said, denying reports that …", "X denied it, saying that …": a participle right behind a comma, of the one who speaks."""
    last = layout.within(match.start, match.end)[-1:]
    if lex.morphology.free_order or not last or not any(last[0].folded.endswith(e) for e in lex.words["active_endings"]):
        return False
    return layout.text[first.end : match.start].rstrip().endswith(",")


def turns(layout: Layout, first: Cue, again: Cue | None, match: Match, how: tuple[str, str], lex: Lexicon) -> Cue | None:
    """ "Rejecting the charges, X said that …", "X denied it, saying that …": what the second verb of one speaker asserts is not denied by the
    first."""
    behind = layout.text[: match.start].rstrip().endswith(",")
    if first.stance == "asserts" or how[0] != "asserts" or (again is None and (lex.morphology.verb_last or not behind)):
        return None
    if not lex.morphology.verb_last and not set(layout.text[first.start : match.start]) & set(",՝"):
        return None  # "denied the reports of"
    start = first.end if lex.morphology.verb_last else match.start  # there what it tells stands between the two
    return Cue(first.speaker, how[0], "say", how[1], start, match.end, first.scope, ((match.start, match.end),))


def opened(layout: Layout, sentence: Sentence, verbs: Sequence[Match], found: Sequence[Cue], lex: Lexicon) -> list[Cue]:
    """ "Denying that its men had fired, X said …", "the charges denying X": a verb that opens the sentence without a subject, or stands right
    before one, is of the one who speaks behind it."""
    out: list[Cue] = []
    for verb in verbs[:1]:
        said = next((c for c in found if c.how == "say" and verb.end <= c.start and verb.end <= c.speaker.start), None)
        first = len(layout.within(sentence.start, verb.start)) <= OPENS or lex.morphology.verb_last
        parted = said is not None and bool(set(layout.text[verb.end : said.start]) & set(",՝"))
        beside = said is not None and lex.morphology.verb_last and not layout.within(verb.end, said.start)
        if said is not None and first and (parted or beside) and not any(c.start < verb.end for c in found):
            _, stance, rule = verb.tag.split(":")
            scope, mask = (sentence.start, sentence.end), ((verb.start, verb.end),)
            out.append(Cue(said.speaker, stance, "say", rule, verb.start, verb.end, scope, mask))
    return out


def says_we(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """Does the form of the verb say "we", so that nobody else is its subject?"""
    words = [*layout.within(match.start, match.end), *layout.within(match.end, match.end + 16)[:1]]
    ours = lex.morphology.our_verbs
    return ours is not None and any(ours.search(t.folded) for t in words)

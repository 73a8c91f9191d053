"""The words that say whose word something is, in one sentence: who stands at a verb of saying, "according to X", "X's account".

Nothing is adopted from what is said; whoever speaks is named by one rule for every party (law 2).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.apposed import (
    apposed,
    by_whom,
    called_untrue,
    of_adjective,
    owned,
    owned_untrue,
    relative_of,
    subject_of_joined,
    versed,
)
from merestone.extract.colons import led_to, opens_line, quoted_behind, told_to
from merestone.extract.finder import Match
from merestone.extract.lands import land_first
from merestone.extract.lexicon import Lexicon
from merestone.extract.speakers import Naming, hung
from merestone.extract.tokens import Layout, Sentence
from merestone.extract.turns import INVERTED, NEAR, Cue, also, goes_on, opened, says_we, turns

_HUNG = re.compile(r"^[-֊]\w{1,3}(?=\W)")  # an ending that hangs on a hyphen
_DASHED = re.compile(r"\s[—–-]\s")
_QUOTED = re.compile(r"[,.?!][\"”»’']")
_QUOTATION = re.compile('“[^“”]*”|«[^«»]*»|"[^"]*"')
_CLOCK = re.compile(r"\d[:։]\d")
NEAR_LAST = 24  # the same where the verb stands last, behind all that is told
_SUBJECTS = ("pronoun:person", "pronoun:body")
DATED = 4  # words between the case of owners and an account ("the ministry's report of 3 May")


def find_cues(layout: Layout, sentence: Sentence, namings: Sequence[Naming], lex: Lexicon) -> tuple[Cue, ...]:
    matches = [m for m in lex.cues.find(layout, sentence.start, sentence.end) if m.tag.startswith(("say:", "by:", "behind:"))]
    found: list[Cue] = _accounts(layout, sentence, namings, lex)
    opening: list[Match] = []
    for match in matches:
        if any(match.start < c.end and c.start < match.end for c in found):
            continue
        how, stance, rule = match.tag.split(":")
        if how == "say" and any(c.how == "by" and c.end <= match.start for c in found) and _passive(layout, match, lex):
            continue  # "in X's report it is said": nobody else says it
        if how == "behind":
            cue = _behind(layout, sentence, namings, match)
        elif how == "by":
            cue = _by(layout, sentence, namings, match, lex)
        else:
            cue = _say(layout, sentence, namings, match, (stance, rule), lex)
        first = next((c for c in reversed(found) if how == c.how == "say" and c.end <= match.start), None)
        if first is not None and cue is not None and _rejected(layout, first, cue, lex):
            cue = None  # "X rejected the report and said": what was rejected says nothing
        if first is not None and (cue is None or cue.speaker.name == first.speaker.name or also(layout, first, match, lex)):
            twice = cue is not None and cue.speaker.start == first.speaker.start
            other = turns(layout, first, cue, match, (stance, rule), lex) if cue is None or twice else cue
            cue = goes_on(layout, first, namings, match, (stance, rule), lex) or other
        elif cue is None and how == "say" and stance != "asserts":
            opening.append(match)
        if cue and not any(how == c.how == "say" and c.speaker.start == cue.speaker.start and c.stance == cue.stance for c in found):
            found.append(cue)
    found += opened(layout, sentence, opening, found, lex)
    found += quoted_behind(layout, sentence, namings, found, lex)
    found += opens_line(layout, sentence, namings, found, lex)
    found += _gapped(layout, sentence, namings, sorted(found, key=lambda c: c.start), lex)
    return tuple(_scoped(layout, sentence, sorted(found, key=lambda c: c.start), lex))


def _gapped(layout: Layout, sentence: Sentence, namings: Sequence[Naming], found: Sequence[Cue], lex: Lexicon) -> list[Cue]:
    """ "X told of three dead, Y — of two", "X said that …, and Y that …": a dash, or the bare "that", stands for the verb of saying before."""
    out: list[Cue] = []
    for naming in namings:
        said = [c for c in found if c.how == "say" and c.end <= naming.speaker.start]
        if (
            not said
            or naming.back.startswith("pronoun")
            or any(c.start < naming.speaker.end and naming.speaker.start < c.end for c in found)
        ):
            continue
        dash = _DASHED.match(layout.text, naming.speaker.end)
        behind = layout.within(dash.end() if dash else naming.speaker.end, sentence.end)[:1]
        led = layout.before(naming.speaker.start, sentence.start, 1)
        joined = not lex.morphology.verb_last and bool(led) and led[0].folded in lex.words["joints"]
        gap = layout.text[naming.speaker.end : behind[0].start].strip() if behind else "."
        bare = joined and gap in ("", ",") and bool(behind) and behind[0].folded in lex.words["that"]
        if not (bare or (dash and behind and behind[0].folded in lex.words["gapped"])):
            continue
        start, end = naming.speaker.start, naming.speaker.end
        out.append(Cue(naming.speaker, said[-1].stance, "say", said[-1].rule, start, end, (sentence.start, sentence.end), ((start, end),)))
    return out


def _accounts(layout: Layout, sentence: Sentence, namings: Sequence[Naming], lex: Lexicon) -> list[Cue]:
    """ "in the ministry's account", "in its words": a noun of telling right behind the one who tells."""
    found: list[Cue] = []
    for match in lex.cues.find(layout, sentence.start, sentence.end):
        if match.tag != "account" or owned_untrue(layout, sentence, match, lex):
            continue
        reach = DATED if lex.morphology.verb_last else 1
        before = [n for n in namings if n.speaker.end <= match.start and len(layout.within(n.speaker.end, match.start)) <= reach]
        if not before or before[-1].bare:
            continue
        naming = before[-1]
        if lex.morphology.verb_last:  # its case says whose the account is
            owner = _mark(layout, naming, lex) in lex.words["of"] or hung(layout, naming.speaker.end)
            between = layout.within(naming.speaker.end, match.start)[bool(hung(layout, naming.speaker.end)) :]
            asked = any(lex.morphology.case_of(t.folded) in lex.words["silent"] for t in between)  # "in its answer to X's question"
            start = naming.speaker.start if owner and not asked else -1
        else:
            opener = [t for t in layout.before(naming.speaker.start, sentence.start, 2) if t.folded not in lex.words["determiners"]][-1:]
            plain = layout.text[naming.speaker.end : match.start].strip().lstrip("'’s ").isalpha()
            start = opener[-1].start if opener and opener[-1].folded in lex.words["account_openers"] and not plain else -1
        if start >= 0:
            rule, span = lex.table("attribution")["of"][0]["id"], (start, match.end)
            found.append(Cue(naming.speaker, "asserts", "by", rule, *span, (sentence.start, sentence.end), (span,)))
    return found


def _by(layout: Layout, sentence: Sentence, namings: Sequence[Naming], match: Match, lex: Lexicon) -> Cue | None:
    rule = match.tag.rsplit(":", 1)[1]
    after = [
        n
        for n in namings
        if match.end <= n.speaker.start and layout.steps(match.end, n.speaker.start) <= NEAR and not n.back.startswith("pronoun")
    ]
    if lex.morphology.free_order:
        after = [n for n in after if not (n.bare and _adjective(layout, n, lex))]
    if not after or "." in layout.text[match.end : after[0].speaker.start] or _begins_clause(layout, match.end, after[0], lex):
        return None
    taken_up = layout.within(match.end, after[0].speaker.start)[:1]
    if taken_up and taken_up[0].folded in lex.words["relative"] | lex.words["who"]:
        return None  # "complaints, according to which …"
    speaker = after[0].speaker
    document = layout.within(match.start, speaker.start)
    if any(t.folded in lex.words["documents"] for t in document):
        speaker = replace(speaker, received=False)
    return Cue(speaker, "asserts", "by", rule, match.start, speaker.end, (sentence.start, sentence.end), ((match.start, speaker.end),))


def _begins_clause(layout: Layout, start: int, naming: Naming, lex: Lexicon) -> bool:
    """ "According to Xtown, Y's forces have fired": the one behind the comma is told of."""
    gap = layout.text[start : naming.speaker.start]
    behind = layout.within(start + gap.rfind(",") + 1, naming.speaker.start)
    return "," in gap and all(t.folded in lex.words["determiners"] for t in behind)


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
    if stance == "asserts" and lex.morphology.verb_last and lex.negative.search(layout.within(match.start, match.end)[-1].folded):
        return None  # "they have not answered"
    if (
        called_untrue(layout, sentence, match, lex)
        or owned_untrue(layout, sentence, match, lex)
        or of_adjective(layout, match, namings, lex)
    ):
        return None
    if not lex.morphology.verb_last and says_we(layout, match, lex):
        return None
    asked = layout.before(match.start, sentence.start, 1)
    if _no_verb(layout, match, lex) or (asked and asked[0].folded in lex.words["refused"] | lex.words["plain_not"]):
        return None  # "refuses to say", "the request to say", "neither confirmed nor denied", "does not tell where they are"
    near = NEAR_LAST if lex.morphology.verb_last else NEAR
    before = [
        n
        for n in namings
        if n.speaker.end <= match.start and layout.steps(n.speaker.end, match.start) <= near and _may_speak(layout, n, match, lex)
    ]
    free = lex.morphology.free_order
    reach = 60 if free else 5
    after = [n for n in namings if 0 <= n.speaker.start - match.end <= reach and not n.back.startswith("pronoun") and not n.bare]
    before = [n for n in before if not led_to(layout, sentence, n, lex)]
    if stance == "denies" and (by := by_whom(layout, match, namings, lex)) is not None:
        return Cue(by, stance, "say", rule, match.start, by.end, (sentence.start, sentence.end), ((match.start, by.end),))
    if not free:  # one named inside what is quoted does not say it
        before = [n for n in before if not (n.bare and _QUOTED.search(layout.text, n.speaker.end, match.start))]
    if free:
        after = [n for n in namings if n.back in _SUBJECTS and layout.text[match.end : n.speaker.start] == " "] or after
        before, after = ([n for n in each if not told_to(layout, n, lex)] for each in (before, after))
        before = [n for n in before if not (n.bare and layout.text[n.speaker.start].islower())]
        before = [n for n in before if not versed(layout, sentence, n, lex)] or before
        tail = layout.text[sentence.start : match.start].rstrip()[-1:] in (",", "—", "–", "-", "»", "”", '"')
        behind = [n for n in after if _few(layout, match.end, n.speaker.start, lex) <= INVERTED and not _inside(layout, match.end, n, lex)]
        if len(behind) > 1 and behind[0].back and layout.text[behind[0].speaker.end : behind[1].speaker.start].isspace():
            behind = behind[1:]  # "in the report of the ministry"
        if behind and (tail or not (before or lex.morphology.verb_last)):
            speaker = behind[0].speaker
            mask = ((match.start, speaker.end),)
            return Cue(speaker, stance, "say", rule, match.start, speaker.end, (sentence.start, sentence.end), mask)
    before = before or land_first(layout, sentence, namings, match, lex)
    if before and _is_told(layout, before[-1].speaker.end, match, lex):
        return None
    if before:
        speaker = before[-1].speaker
        relative = relative_of(layout, speaker.end, match, lex)
        left = relative.start if relative is not None else _with_article(layout, sentence, speaker.start, lex)
        parts: tuple[tuple[int, int], ...] = ((left, match.end),)
        far = lex.morphology.bends and _few(layout, speaker.end, match.start, lex) > INVERTED
        if far or (lex.morphology.verb_last and lex.kinds.find(layout, speaker.end, match.start)):
            parts = ((left, speaker.end), (match.start, match.end))  # what is said stands between the speaker and the verb
        return Cue(speaker, stance, "say", rule, left, match.end, (sentence.start, sentence.end), parts)
    return _inverted(layout, sentence, (namings, after), match, how, lex)


def _inverted(
    layout: Layout,
    sentence: Sentence,
    named: tuple[Sequence[Naming], Sequence[Naming]],
    match: Match,
    how: tuple[str, str],
    lex: Lexicon,
) -> Cue | None:
    """ "“…,” said X"; and of a verb behind "and" the one with whom the sentence opens. `named`: all, and those behind the verb."""
    (namings, after), (stance, rule) = named, how
    if (first := subject_of_joined(layout, sentence, namings, match, lex)) is not None:
        span = (match.start, match.end)
        return Cue(first, stance, "say", rule, *span, (sentence.start, sentence.end), (span,))
    opens = layout.text[sentence.start : match.start].rstrip()[-1:] in ("", ",", "”", '"', "’", "»", "—", "–", "'", ".", "?", "!")
    if after and opens and layout.text[match.end : after[0].speaker.start].strip().casefold() in {"", *lex.words["inverted"]}:
        speaker = after[0].speaker
        return Cue(speaker, stance, "say", rule, match.start, speaker.end, (sentence.start, sentence.end), ((match.start, speaker.end),))
    return None


def _no_verb(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """ "X rejected the message", "the announced truce": a noun, or what was told of, and no verb of saying."""
    first = layout.within(match.start, match.end)[0].folded
    ends = (e for e in (lex.morphology.verbal_nouns, lex.morphology.full_passives) if e is not None)
    return any(e.search(first) for e in ends)


def _adjective(layout: Layout, naming: Naming, lex: Lexicon) -> bool:
    """Does an adjective name the land, and neither "side" behind it nor in it who speaks for it?"""
    words = layout.within(naming.speaker.start, naming.speaker.end)
    behind = layout.within(naming.speaker.end, naming.speaker.end + 30)[:1]
    side = any(t.folded in lex.words["sides"] for t in (*words, *behind))
    return words[0].text[0].islower() and not side


def _rejected(layout: Layout, first: Cue, cue: Cue, lex: Lexicon) -> bool:
    """Is the one at the second verb of saying the object of the first, right behind it and before a joining word?"""
    behind = layout.text[first.end : cue.speaker.start].isspace() and first.speaker.end <= cue.speaker.start
    joined = (t.folded in lex.words["joints"] for t in layout.within(cue.speaker.end, cue.end))
    return first.stance == "denies" and behind and lex.morphology.free_order and any(joined)


def _passive(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """Is it a verb that names nobody as the one who says it ("it is said")?"""
    last = layout.within(match.start, match.end)[-1].folded
    return lex.morphology.verb_last and lex.morphology.passives is not None and lex.morphology.passives.search(last) is not None


def _inside(layout: Layout, start: int, naming: Naming, lex: Lexicon) -> bool:
    """Is it one who stands in what is said ("they say that X's army has fired"), behind a comma and "that"?"""
    return any(
        t.folded in lex.words["that"] and layout.text[start : t.start].rstrip().endswith(",")
        for t in layout.within(start, naming.speaker.start)
    )


def _is_told(layout: Layout, start: int, match: Match, lex: Lexicon) -> bool:
    """ "X was accused of", "X was told": what stands before such a verb behind a form of "to be" says nothing. "X has not told" neither."""
    gap = [t.folded for t in layout.within(start, match.start)]
    first = layout.within(match.start, match.end)[0].folded
    passive = first in lex.words["told_passive"] and any(word in lex.words["be"] for word in gap)
    behind = layout.within(match.end, match.end + NEAR)[:1]
    if behind and first in lex.words["told_passive"] and behind[0].folded in lex.words["of"] | lex.words["agent_by"]:
        return any(c.tag == "blame" for c in lex.cues.find(layout, match.start, match.end))  # "officers accused of it"
    return passive or (bool(lex.words["told_passive"]) and any(word in lex.words["plain_not"] for word in gap))


def _few(layout: Layout, start: int, end: int, lex: Lexicon) -> int:
    """How many words stand between a verb and the speaker behind it, small ones, numbers and days of the week apart."""
    small = lex.words["between"] | lex.words["titles"]
    return sum(not (t.folded in small or t.text[:1].isdigit()) for t in layout.within(start, end))


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
    if relative_of(layout, naming.speaker.end, match, lex) is not None:
        return True
    if naming.bare and words and owned(layout, words, lex):
        return False  # "Xlandish artillery replied", "in an Xlandish prison testified"
    if lex.words["silent"]:
        mark = _mark(layout, naming, lex)
        if mark in lex.words["silent"] or (naming.bare and lex.morphology.verb_last and mark in lex.words["local"] and words):
            return False  # "in X-land they were beaten, they said"
        named = layout.within(naming.speaker.start, naming.speaker.end)
        open_gap = _unbroken(layout, (naming.speaker.end, match.start), lex)
        whole = not any(mark in _CLOCK.sub("", open_gap.removeprefix(",")) for mark in ",;:—–«»") and open_gap.count('"') % 2 == 0
        subject = lex.morphology.verb_last or mark in lex.words["subject"] or (mark == "" and naming.speaker.kind == "office_holder")
        if whole and subject and (not naming.bare or len(named) > 1):  # "the Xlandish side", no bare land
            return True
    if len(words) <= 1:
        return not any(w.folded in lex.words["stops"] - lex.words["between"] for w in words)
    small = lex.words["between"] | lex.words["adverbs"] | (lex.words["version"] if lex.morphology.free_order else frozenset())
    if all(
        w.folded in small or any(w.folded.endswith(e) for e in lex.words["adverb_endings"]) or w.text[:1].isupper() or w.text.isdigit()
        for w in words
    ):
        return True
    commas, behind = gap.count(","), _HUNG.sub("", gap).lstrip()
    return not naming.bare and commas >= 2 and behind.startswith(",") and len(words) <= 14 and not naming.back.startswith("pronoun")


def _unbroken(layout: Layout, gap: tuple[int, int], lex: Lexicon) -> str:
    """What stands between a speaker and the verb, where the verb is last: without what is quoted, and without the commas
    between several things that are told ("that two were killed, that ten were wounded")."""
    text = layout.text[slice(*gap)]
    if not lex.morphology.verb_last:
        return text
    text = _QUOTATION.sub(lambda found: " " * len(found.group()), text)
    told = lex.morphology.nominals
    for token in layout.within(*gap):
        at = token.end - gap[0]
        if told is not None and text[at : at + 1] == "," and told.search(token.folded):
            text = f"{text[:at]} {text[at + 1 :]}"
    return text


def _mark(layout: Layout, naming: Naming, lex: Lexicon) -> str:
    """The mark of the case in which a speaker is named; an ending on a hyphen is its own mark."""
    ending = hung(layout, naming.speaker.end)
    if ending in lex.words["postpositions"] or ending in lex.words["silent"]:
        return ending
    named = layout.within(naming.speaker.start, naming.speaker.end)
    return lex.morphology.case_of(named[-1].folded) if named and not named[-1].text.isupper() else ""


def _scoped(layout: Layout, sentence: Sentence, cues: Sequence[Cue], lex: Lexicon) -> list[Cue]:
    """Share a sentence out between its cues. One alone has all of it; of several, each has what stands on its side."""
    out: list[Cue] = []
    for i, cue in enumerate(cues):
        left = max([c.end for c in cues[:i] if c.how == cue.how], default=sentence.start)
        if lex.morphology.verb_last and cue.how == "say":  # "X did it; Y has admitted that"
            left = max(left, layout.text.rfind(";", sentence.start, cue.start) + 1)
        if cue.how == "by" and not any(c.start < cue.start for c in cues):  # "X was seen; according to Y …"
            left = max(left, layout.text.rfind(";", sentence.start, cue.start) + 1)
        right = min([c.start for c in cues[i + 1 :] if c.how == cue.how], default=sentence.end)
        if left > sentence.start and _opens_clause(layout.text, left, cue.start):
            left = _boundary(layout.text, left, cue.start, lex)
        left = max(left, apposed(layout, (cue.start, cue.end), (left, right), lex) if cue.stance == "denies" else 0)
        if right < sentence.end and i + 1 < len(cues):
            right = _boundary(layout.text, cue.end, right, lex)
        goes_on = cue.how == "say" and cue.speaker.end < cue.start
        out.append(replace(cue, scope=(cue.start if goes_on else left, right)))
    return out


def _opens_clause(text: str, left: int, start: int) -> bool:
    return any(mark in text[left:start] for mark in ",;:—–")


def _boundary(text: str, left: int, right: int, lex: Lexicon) -> int:
    """The last clause mark between two cues, else where the later one begins."""
    marks = [";", ",", ":", "—", *(f" {word} " for word in lex.words["joints"])]
    best = max(text.rfind(mark, left, right) for mark in marks)
    return best if best >= 0 else right

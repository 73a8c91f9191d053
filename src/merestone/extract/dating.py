"""When an act was: from its clause first, then its sentence, then what was said last.

A time that is carried over says so in its evidence (empty words): nothing is guessed silently.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from merestone.extract.acts import QUIET, Act
from merestone.extract.entries import period_of
from merestone.extract.settings import NO_ASIDE, SCALE, Settings
from merestone.extract.terms import Evidence, When
from merestone.extract.thread import Page
from merestone.extract.time_resolve import Anchor, explain
from merestone.extract.time_terms import TimeMention
from merestone.extract.times import combine, sets_context
from merestone.extract.tokens import Sentence, lying

TAKING = "detention"  # since when somebody is held is when he was taken
HEADING = 6  # words in the heading of an entry
NEWS = 3  # so many days before its publication, and a day may be the one that a text reports on
APART = 1  # a day farther from that one is background
LATELY = 60  # days; a month or a year that ended longer before its publication is background
WIDER = timedelta(hours=6)  # how much later what is told next may have been, and how much earlier what was over by a time of day


def dated(page: Page, sentence: Sentence, act: Act, kind: str) -> tuple[When, bool, Evidence]:
    """When an act of this kind was, whether it is said of repeated acts, and the evidence."""
    momentary = kind in page.lex.table("kinds")["momentary"]
    skip = () if kind == TAKING else _qualified(page, sentence, act)
    when, repeated, told = time_of(page.settings, act.clause, sentence, not momentary, skip, now=kind == QUIET)
    dated = told.end != told.start and when.precision in ("minute", "hour", "part_of_day", "day")
    repeated = (repeated or act.repeated is not None) and not (dated and momentary)
    if told.end == told.start and any(a < act.clause[1] and act.clause[0] < b for a, b in page.asked):
        when, told = When("", "", "unknown"), replace(told, value="unknown", rule="asked", why="told by the way in an ask, without a time")
    published = page.settings.anchor.published[:10]
    if act.mood == "done" and published and when.start[:10] > (date.fromisoformat(published) + timedelta(days=1)).isoformat():
        when = When("", "", "unknown", span=when.span)
        told = replace(told, value="unknown", why=f"{told.why}; but that is after the publication, and it is told as done")
    if repeated:
        when = _open_ended(when)
        told = replace(told, value=f"{when.start}/{when.end} {when.precision}", why=f"{told.why}; repeated acts have no date of their own")
    return when, repeated, told


def _open_ended(when: When) -> When:
    """Repeated acts have no date of their own; a stretch of a week or more that the words give stays as their bounds."""
    return replace(when, precision="unknown") if when.precision in ("week", "month", "year") else When("", "", "unknown", span=when.span)


def issued(page: Page, sentence: Sentence) -> bool:
    """ "Published on 20 May at 19:30": the day of the text itself, which nothing that it tells is counted from."""
    return any(t.folded in page.lex.words["issued"] for t in page.layout.within(sentence.start, sentence.end))


def _qualified(page: Page, sentence: Sentence, act: Act) -> list[tuple[int, int]]:
    """Stretches between commas that begin with a participle or with "which", and do not hold the act: their times are of what they tell of
    a noun ("held the trench, taken last Friday")."""
    pattern, text = page.lex.morphology.attributive, page.layout.text
    if pattern is None:
        return []
    out: list[tuple[int, int]] = []
    words = page.layout.within(sentence.start, sentence.end)
    for before, word in itertools.pairwise(words):
        if text[before.end : word.start].strip() == "," and pattern.search(word.folded):
            ends = [at for at in (text.find(mark, word.start, sentence.end) for mark in ",;:") if at >= 0]
            end = min(ends, default=sentence.end)
            if not (word.start < act.verb[1] and act.verb[0] < end):
                out.append((word.start, end))
    return out


def time_of(
    settings: Settings,
    clause: tuple[int, int],
    sentence: Sentence,
    carries: bool,
    skip: Sequence[tuple[int, int]] = (),
    *,
    now: bool = False,
) -> tuple[When, bool, Evidence]:
    """When it was, whether it is said of repeated acts, and the evidence. `carries`: what follows may be of the same time. `skip`: stretches
    whose times are of something else. `now`: what is told with a clock or a part of the day alone is of the publication's day (a quiet that
    goes on), not of that of what was told before."""
    _turn(settings, sentence)
    times = [t for t in settings.times if not any(a <= t.start < b for a, b in skip)] if skip else settings.times
    inside = [t for t in lying(times, *clause) if not t.label]
    around = [t for t in lying(times, sentence.start, sentence.end) if not t.label]
    repeated = any(t.repeated or t.kind == "repeated" for t in inside)
    best = None
    if around:
        headed = settings.entry[0] == sentence.paragraph  # the clock of an entry is of its report's day
        of_today = now and not headed and not any(end.dated for t in around for end in (t.first, t.last) if end is not None)
        leaning = replace(settings.anchor, context="" if of_today else settings.context, night=None if of_today else settings.night)
        best, anchor = _best(inside, around, leaning, carries)
        if carries:
            settings.context, settings.night = anchor.context, anchor.night
    if best is not None:
        when, why = best
        words = when.span or clause
        if carries:
            settings.last_when, settings.headed, settings.aside = when, False, NO_ASIDE
        return when, repeated, Evidence("when", f"{when.start}/{when.end} {when.precision}", words[0], words[1], "time", why or "said here")
    if not around and any(sentence.start <= at < sentence.end for at in settings.eras):
        settings.aside = (sentence.paragraph, When("", "", "unknown"))
    if settings.aside[0] == sentence.paragraph:
        when = settings.aside[1]
        return (
            when,
            repeated,
            Evidence("when", f"{when.start}/{when.end}", clause[0], clause[0], "carried", "said of what is told as background"),
        )
    if settings.last_when is not None:
        when = settings.last_when if settings.headed else _later(settings.last_when)
        said = f"{when.start}/{when.end}"
        return when, repeated, Evidence("when", said, clause[0], clause[0], "carried", "said of what was told just before")
    when = _about_publication(settings.anchor.published)
    return (
        when,
        repeated,
        Evidence(
            "when", f"{when.start}/{when.end}", clause[0], clause[0], "publication", "no time is said: the days up to the publication"
        ),
    )


def pass_setting(settings: Settings, sentence: Sentence, words: int) -> None:
    """A sentence that tells no act may still say when what follows was ("they followed up on reports of the evening of the 18th"), and
    one of a few `words` at the head of an entry where it was ("X-town, the western side.")."""
    _turn(settings, sentence)
    heads = lying(settings.places, sentence.start, sentence.end) if words <= HEADING else ()
    if heads and settings.headed and all(settings.names_one(p) for p in heads):
        settings.last_places, settings.last_paragraph = tuple(heads), None
    around = [t for t in lying(settings.times, sentence.start, sentence.end) if not t.label]
    if not around:
        return
    best, anchor = _best(around, around, replace(settings.anchor, context=settings.context, night=settings.night), True)
    settings.context, settings.night = anchor.context, anchor.night
    if settings.last_when is None:
        period = next((found for t in around if (found := period_of(t, settings.anchor))), None)
        settings.anchor = replace(settings.anchor, period=period)
    if best is not None and settings.opened == sentence.start and _long_ago(best[0], settings.anchor.published):
        settings.aside = (sentence.paragraph, best[0])  # "the war of 1954 began with cattle": all that the paragraph tells next was then
    elif best is not None:
        settings.aside = NO_ASIDE
    if best is not None and SCALE.index(best[0].precision) <= SCALE.index("day"):
        settings.last_when = best[0]
        settings.headed = all(a <= sentence.start and sentence.end <= b + 1 for a, b in [best[0].span or (0, 0)])


def _turn(settings: Settings, sentence: Sentence) -> None:
    """A new paragraph leaves the background: a clock or a part of the day in it is of the day that the text reports on, not of an older one
    that the paragraph before told of."""
    if settings.context and _near(settings.context, settings.anchor.published, NEWS):
        settings.news = max(settings.news, settings.context)
    if sentence.paragraph == settings.paragraph:
        return
    settings.paragraph, settings.opened = sentence.paragraph, sentence.start
    if settings.anchor.period is not None:
        day, until = (moment[:10] for moment in settings.anchor.period)
        settings.context, settings.last_when = "", When(day, until, "day", inferred=("date",))
    elif settings.news and not _near(settings.context, settings.news, APART):
        settings.context = settings.news


def _long_ago(when: When, published: str) -> bool:
    """Is it a month or a year that ended long before the publication?"""
    if when.precision not in ("month", "year") or not published:
        return False
    return (date.fromisoformat(published[:10]) - date.fromisoformat(when.end[:10])).days > LATELY


def _near(day: str, other: str, days: int) -> bool:
    """Is `day` at most so many days before `other`, and not after it?"""
    if not day or not other:
        return False
    return 0 <= (date.fromisoformat(other[:10]) - date.fromisoformat(day[:10])).days <= days


def _later(when: When) -> When:
    """The time of what is told next, without one of its own: the minute was that of the act before it; this one was then, or in the hours after."""
    if when.precision not in ("minute", "hour"):
        return when
    end = max(datetime.fromisoformat(when.end), datetime.fromisoformat(when.start) + WIDER)
    return replace(when, end=end.isoformat(timespec="minutes"), precision="part_of_day")


def _over_by(when: When) -> When:
    """ "By 09:20 they had been driven back": in the hours before, as far as words tell."""
    start = datetime.fromisoformat(when.start) - WIDER
    return replace(when, start=start.isoformat(timespec="minutes"), precision="part_of_day")


def _best(
    inside: Sequence[TimeMention], around: Sequence[TimeMention], anchor: Anchor, lasting: bool
) -> tuple[tuple[When, str] | None, Anchor]:
    """The finest time of the clause, else of the sentence, and what the times that follow lean on. What is said earlier in the sentence is
    what "the day before" counts from. The clock by which something was over (`lasting`: a deed, no state of calm) gives way to any other time."""
    resolved: list[tuple[When, str]] = []
    over: list[tuple[When, str]] = []
    for mention in combine(around):
        if mention.kind in ("duration", "repeated"):
            continue
        when, why = explain(mention, anchor)
        if when.precision != "unknown":
            if mention.kind == "until" and lasting and when.precision in ("minute", "hour"):
                over.append((_over_by(when), why))
            else:
                resolved.append((when, why))
            if sets_context(mention):
                anchor = replace(anchor, context=when.start[:10], night=None)
            if mention.first.part is not None and mention.first.part.crosses and mention.first.clock is None and _one_night(when):
                anchor = replace(anchor, night=(when.start, when.end))
    spans = [(t.start, t.end) for t in inside]
    own = [r for r in resolved if r[0].span and any(r[0].span[0] < b and a < r[0].span[1] for a, b in spans)]
    for found in (own, resolved, over):
        if found:
            return min(found, key=lambda f: (SCALE.index(f[0].precision), f[0].span or (0, 0))), anchor
    return None, anchor


def _one_night(when: When) -> bool:
    """Does it run from the evening of one day to the morning of the next?"""
    if "T" not in when.start or "T" not in when.end:
        return False
    return (date.fromisoformat(when.end[:10]) - date.fromisoformat(when.start[:10])).days == 1


def _about_publication(published: str) -> When:
    if not published:
        return When("", "", "unknown")
    last = date.fromisoformat(published[:10])
    return When((last - timedelta(days=7)).isoformat(), last.isoformat(), "week", inferred=("date",))

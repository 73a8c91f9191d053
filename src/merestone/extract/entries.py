"""Reports that are laid out in entries: "X-town. At 14:10 …", "09:40 X-town: …", "Area: X-town", and "Period: 06:00 on the 12th to 06:00
on the 13th".

Read from where a name stands alone at the head of a paragraph; the same for every place (law 2).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from merestone.extract.lexicon import Lexicon, level_words_of
from merestone.extract.settings import Settings
from merestone.extract.time_resolve import Anchor, explain
from merestone.extract.time_terms import TimeMention
from merestone.extract.tokens import Layout, Sentence, lying

LABEL = 2  # words of a label ("Area: X-town")
SHORTEST, LONGEST = timedelta(hours=6), timedelta(hours=48)  # of what a report calls its period
MARKS = (": ", " – ", " — ", " - ", "՝ ")


def open_entry(settings: Settings, layout: Layout, sentence: Sentence, lex: Lexicon) -> None:
    """Take the place that stands alone at the head of the paragraph that this sentence begins, if there is one."""
    if sentence.index and layout.sentences[sentence.index - 1].paragraph == sentence.paragraph:
        return
    close = layout.paragraphs[sentence.paragraph][1]
    places = [p for p in lying(settings.places, sentence.start, sentence.end) if settings.names_one(p)]
    if not places:
        return
    ends = [at for mark in MARKS if (at := layout.text.find(mark, places[0].end, sentence.end)) >= 0]
    stop = min(ends, default=sentence.end)
    heads = tuple(p for p in places if p.end <= stop)
    if not _bare(settings, layout, (sentence.start, stop), lex):
        return
    if layout.within(stop, close):
        settings.entry = (sentence.paragraph, heads)
    else:  # a line of its own: of all that follows, until another place is told
        settings.last_places, settings.last_paragraph = heads, None


def _bare(settings: Settings, layout: Layout, stretch: tuple[int, int], lex: Lexicon) -> bool:
    """Does nothing stand there but places, times, small words and a label?"""
    spans = [(p.start, p.end) for p in lying(settings.places, *stretch)] + [(t.start, t.end) for t in lying(settings.times, *stretch)]
    small = level_words_of(lex)[1] | lex.words["determiners"] | lex.words["joints"]
    begin = stretch[0]
    colon = layout.text.find(": ", *stretch)
    if colon >= 0 and len(layout.within(begin, colon)) <= LABEL:
        begin = colon
    return all(any(a <= t.start < b for a, b in spans) or t.folded in small or t.text.isdecimal() for t in layout.within(begin, stretch[1]))


def period_of(mention: TimeMention, anchor: Anchor) -> tuple[str, str] | None:
    """From when to when a report tells, where its head gives both ends by day and clock."""
    first, last = mention.first, mention.last
    if last is None or first.clock is None or last.clock is None or not first.dated:
        return None
    when = explain(mention, anchor)[0]
    if "T" not in when.start or when.start[:10] == when.end[:10]:
        return None
    length = datetime.fromisoformat(when.end) - datetime.fromisoformat(when.start)
    return (when.start, when.end) if SHORTEST <= length <= LONGEST else None

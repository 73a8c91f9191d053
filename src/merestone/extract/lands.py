"""A land that speaks: "X-land the shelling denied", where the verb stands last and the name bears no mark that it belongs to a noun.

Only at the head of its sentence, where nobody else could say it; the same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.extract.finder import Match
from merestone.extract.lexicon import Lexicon
from merestone.extract.speakers import Naming
from merestone.extract.tokens import Layout, Sentence

WHO = ("personnel", "forces", "state", "civilians", "people", "monitors", "both")
SHORT = 3  # letters of a noun whose end tells no owner


def land_first(layout: Layout, sentence: Sentence, namings: Sequence[Naming], match: Match, lex: Lexicon) -> list[Naming]:
    """The land at the head of the sentence, if it alone can be who says what the verb `match` at the end of it says."""
    finite, owned, first = lex.morphology.finite, lex.morphology.bare_owned, next(iter(namings), None)
    if not lex.morphology.verb_last or finite is None or owned is None or first is None or not first.bare:
        return []
    name, between = layout.within(first.speaker.start, first.speaker.end), layout.within(first.speaker.end, match.start)
    subject = lex.words["subject"]
    if len(name) != 1 or first.speaker.start != sentence.start or lex.morphology.case_of(name[0].folded, name=True) not in {"", *subject}:
        return []
    verb, passives = layout.within(match.start, match.end)[-1:], lex.morphology.passives
    if not between or not verb or layout.within(match.end, sentence.end) or not finite.search(verb[0].folded):
        return []
    if lex.negative.search(verb[0].folded) or (passives is not None and passives.search(verb[0].folded)):
        return []  # "it is said"
    others = [n for n in namings[1:] if n.speaker.start < match.start]
    if set(layout.text[first.speaker.end : match.start]) & set(',;:—«»“”"') or any(_may_say(layout, n, lex) for n in others):
        return []
    heads = [m for m in lex.heads.find(layout, first.speaker.end, match.start) if m.tag in WHO]
    last = [layout.within(m.start, m.end)[-1] for m in heads]
    if between[0].text[0].isupper():
        belongs = False
    else:
        people = bool(heads) and heads[0].start == between[0].start  # "X-land's troops' …"
        noun = len(between[0].text) > SHORT and owned.search(between[0].folded) is not None
        belongs = noun and (people or lex.morphology.case_of(between[0].folded) in subject)
    return [] if belongs or any(lex.morphology.case_of(t.folded) in subject for t in last) else [first]


def _may_say(layout: Layout, naming: Naming, lex: Lexicon) -> bool:
    """Could it be the subject as well: its case is none that the silent stand in?"""
    named = layout.within(naming.speaker.start, naming.speaker.end)
    name = naming.bare and len(named) == 1
    silent, owned = lex.words["silent"] | lex.words["local"], lex.morphology.bare_owned
    noun = [t for t in layout.within(naming.speaker.end, naming.speaker.end + 40)[:1] if name and not t.text[0].isupper()]
    if noun and owned is not None and owned.search(noun[0].folded) and lex.morphology.case_of(noun[0].folded) in silent:
        return False  # "X-land's units-acc"
    return not named or lex.morphology.case_of(named[-1].folded, name=name) not in silent

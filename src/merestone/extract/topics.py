"""Which sentences tell of something else than a conflict: a match, a storm, a crime. A paragraph goes on with what it began with until it
names a side.

Told by words of such things alone; the same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.extract.acts import Act
from merestone.extract.around import Around
from merestone.extract.lexicon import Lexicon
from merestone.extract.names import Mention
from merestone.extract.thread import Page
from merestone.extract.tokens import Layout, lying

NEAR = 3  # sentences around one in which two that tell of something else make it, too, of that
SURE = 2  # words of something else in one sentence that make it what the paragraph is about
ORDERLY = ("detention", "small_arms_fire", "armed_clash", "movement_restricted")


def off_topic(layout: Layout, mentions: Sequence[Mention], lex: Lexicon) -> frozenset[int]:
    """The sentences, by index, in which nothing of a conflict is told."""
    counts = [sum(c.tag == "elsewhere" for c in lex.cues.find(layout, s.start, s.end)) for s in layout.sentences]
    other = {s.index: s.paragraph for s in layout.sentences if counts[s.index]}
    out, about = set(), -1
    for sentence in layout.sentences:
        if counts[sentence.index] >= SURE:
            about = sentence.paragraph
        elif about == sentence.paragraph and any(m.parties or m.sources for m in lying(mentions, sentence.start, sentence.end)):
            about = -1
        near = range(sentence.index - NEAR, sentence.index + NEAR + 1)  # a long text may have one paragraph in all
        if sum(other.get(at) == sentence.paragraph for at in near) > 1 or about == sentence.paragraph:
            out.add(sentence.index)
    return frozenset(out)


def of_police(page: Page, act: Act, around: Around) -> bool:
    """ "Police arrested three men": what the police of nobody's does to people of nobody's is a matter of order."""
    lex = page.lex
    if act.rule.kind not in (ORDERLY[:1] if lex.morphology.bends else ORDERLY) or act.passive:
        return False
    here = [g for g in around.groups if around.sentence[0] <= g.start < around.sentence[1]]
    if any(g.party and g.cls not in ("place", "country", "settlement") for g in here):
        return False
    near = [g for g in here if act.clause[0] <= g.start < act.clause[1] and g.cls in ("forces", "personnel")]
    if not lex.morphology.bends:
        near = [g for g in near if g.end <= act.verb[0] and g.before not in lex.words["prepositions"]]
    return bool(near) and all(g.word.split()[0] in lex.words["police"] and g.before in ("", *lex.words["subject"]) for g in near)

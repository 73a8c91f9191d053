"""A side's losses: told in one word ("with losses") or told apart behind it ("X's losses: two killed").

Whose they are is read from the words beside them, never from who would lose; the same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.extract.finder import Match
from merestone.extract.groups import Group
from merestone.extract.headcount import PEOPLE, of_fire
from merestone.extract.lexicon import Lexicon
from merestone.extract.numbers import Number
from merestone.extract.terms import Casualties
from merestone.extract.tokens import Layout

APART = 6  # words between "losses" and the first figure that tells them apart
NOBODY = "unknown"


def losses_of(
    layout: Layout, match: Match, around: tuple[Sequence[Group], Group | None], least: int, lex: Lexicon
) -> list[tuple[Casualties, Group | None]]:
    """The figures of a word for losses: how many is not said, and so it stays open. `around`: the groups, and the one beside it behind."""
    groups, beside = around
    before = [g for g in groups if g.end <= match.start and (g.cls in PEOPLE or g.party) and not of_fire(layout, g, lex)]
    people = beside or (before[-1] if before else None)
    sort = "military" if people and people.cls != "civilians" else "unspecified"
    led = layout.before(match.start, layout.sentence_at(match.start).start, 3)
    if beside is None and any(t.folded in lex.words["inflicts"] for t in led):
        people, party = None, NOBODY
    else:
        party = people.party if people else _with(layout, match, lex)
    return [(Casualties(outcome, party, sort, least, None, match.start, match.end), people) for outcome in ("killed", "wounded")]


def _with(layout: Layout, match: Match, lex: Lexicon) -> str:
    """ "Was driven back with losses", where nobody is named before: whose they are is not said, and they are not the teller's."""
    led = layout.before(match.start, layout.sentence_at(match.start).start, 2)
    return NOBODY if not lex.morphology.bends and any(t.folded in lex.words["prepositions"] for t in led) else ""


def told_apart(layout: Layout, match: Match, said: Sequence[Match], numbers: Sequence[Number]) -> int:
    """Where the figures end that tell losses apart ("losses are two killed and one wounded"); 0 where none stand behind the word."""
    end, reach = 0, match.end
    for word in (w for w in said if w.start >= match.end):
        number = next((n for n in numbers if reach <= n.start and n.start < word.end and not n.article), None)
        if number is None or layout.steps(reach, number.start) > APART or set(layout.text[reach : number.start]) & set(".;"):
            break
        end = reach = word.end
    return end


def loser(layout: Layout, match: Match, groups: Sequence[Group], lex: Lexicon) -> Group | None:
    """The side named right at a word for losses: "X's losses", "our losses", "losses of X", "losses on X's side"."""
    before = [
        g for g in groups if g.party and (g.end <= match.start or g.start <= match.start < g.end) and layout.steps(g.end, match.start) <= 1
    ]
    behind = [g for g in groups if g.party and g.start >= match.end and layout.steps(match.end, g.start) <= 2]
    led = [g for g in behind if g.before in lex.words["of"] | lex.words["people_of"]]
    return next(iter(before[-1:] or led), None)


def by_pronoun(layout: Layout, match: Match, groups: Sequence[Group]) -> str:
    """ "It lost two men": of the one for whom the pronoun stands."""
    before = [g for g in groups if g.end <= match.start and (g.party or g.cls == "pronoun")]
    near = before[-1] if before else None
    return "of:its" if near is not None and near.cls == "pronoun" and layout.steps(near.end, match.start) <= 2 else ""

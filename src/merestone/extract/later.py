"""A death that is told of by its own day, when the wound was earlier: the claim says so, so that linking can take it for a later word on the wounding.

The law it keeps: what the words say alone ("a soldier wounded at X died on the 16th", "died of his wounds on the 16th"). Where the day is that of the
wound nothing is added, for then the claim is of its day like any other. Does not catch: "on the 16th a wounded man died", a day that may be of either.
"""

from __future__ import annotations

import functools
from dataclasses import replace

from merestone.extract.finder import Finder, Match
from merestone.extract.lexicon import Lexicon, lexicon
from merestone.extract.terms import Evidence, Proposal
from merestone.extract.tokens import Layout

SLOT = "earlier"  # of the evidence; link/told.py and register/near.py look for it
DAYS = ("minute", "hour", "part_of_day", "day")


@functools.cache
def _finder(language: str) -> Finder:
    lex = lexicon(language)
    return Finder(lex.patterns, [(row["first"], row["words"]) for row in lex.table("casualties")["earlier"]])


def with_earlier(claim: Proposal, layout: Layout, lex: Lexicon) -> Proposal:
    """The claim with evidence that its dead had been wounded before the day that it gives, if they had."""
    dead = any(each.outcome == "killed" and each.max != 0 for each in claim.casualties)
    if claim.kind != "casualty" or not dead or claim.when.precision not in DAYS or claim.when.span is None:
        return claim
    found = _finder(lex.rules.language).find(layout, claim.start, claim.end)
    match = next((each for first in ("wound", "death") for each in found if each.tag == first), None)
    if match is None or (match.tag == "wound" and not _of_the_death(layout, claim.when.span, match, lex)):
        return claim
    told = Evidence(SLOT, "wounded before", match.start, match.end, "harm.earlier", "the dead had been wounded before that day")
    return replace(claim, evidence=(*claim.evidence, told))


def _of_the_death(layout: Layout, day: tuple[int, int], match: Match, lex: Lexicon) -> bool:
    """`match` reaches from the word for the wound to that for the death. A day belongs to the verb before it, or in a language
    whose verbs stand last to the one behind it."""
    if day[0] >= match.end:
        return not lex.morphology.verb_last
    if day[0] < match.start or not lex.morphology.free_order:
        return False
    wound, death = (layout.within(match.start, match.end)[n] for n in (0, -1))
    return lex.morphology.verb_last or layout.steps(wound.end, day[0]) > layout.steps(day[1], death.start)

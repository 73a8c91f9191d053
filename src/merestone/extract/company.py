"""What a rule needs beside its words, and which claims tell nothing of anybody.

The same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.extract.acts import Act
from merestone.extract.groups import Group
from merestone.extract.harm import Harm
from merestone.extract.terms import Proposal
from merestone.extract.thread import Page
from merestone.extract.tokens import Sentence, lying, starting

SIGHTED = ("force_buildup", "drone_flight", "engineering_works")  # what monitors look out for


def needs_met(act: Act, groups: Sequence[Group], harms: Sequence[Harm], page: Page, sentence: Sentence) -> bool:
    """A rule that needs company fires only in it."""
    needs = act.rule.needs
    if not needs:
        return True
    a, b = act.clause
    near = [g for g in groups if g.start < b and a < g.end] or [g for g in groups if sentence.start <= g.start < b]
    classes = {g.cls for g in near} | {"party" for g in near if g.party} | {"place" for g in near if g.places}
    if harms:
        classes.add("harmed")
    if any(not n.unit and not n.article for n in starting(page.numbers, a, b)):
        classes.add("number")
    if "alone" in needs and _alone(page, act, sentence):
        classes.add("alone")
    return bool(classes & set(needs))


def _alone(page: Page, act: Act, sentence: Sentence) -> bool:
    """ "13:40 X-town: quiet.": does nothing stand beside the words but times and places?"""
    spans = [(p.start, p.end) for p in lying(page.settings.places, sentence.start, sentence.end)]
    spans += [(t.start, t.end) for t in lying(page.settings.times, sentence.start, sentence.end)]
    small = page.lex.words["role_target"] | page.lex.words["place_before"] | page.lex.words["determiners"]
    words = page.layout.within(sentence.start, sentence.end)
    return all(any(a <= t.start < b for a, b in (*spans, act.verb)) or t.folded in small or t.text.isdecimal() for t in words)


def of_nobody(page: Page, claim: Proposal) -> bool:
    """ "No weapons were seen", says a third party: it denies no deed of anybody's."""
    third = not claim.said_by or claim.said_by[-1].affiliation not in page.parties
    return third and claim.stance == "denies" and claim.initiator == "unknown" and claim.kind in SIGHTED

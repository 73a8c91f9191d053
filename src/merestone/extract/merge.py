"""Takes out what a text tells twice: a headline that the body repeats, a lead whose act the next sentence tells in full.

What both say is kept in the fuller one; nothing is merged across speakers, doers or days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.terms import Casualties, Proposal
from merestone.extract.tokens import Layout

FINE = ("minute", "hour", "part_of_day", "day", "week", "month", "year", "unknown")


def merged(claims: Sequence[Proposal], layout: Layout) -> tuple[Proposal, ...]:
    """The claims that remain, numbered anew from 1 in text order."""
    kept = _without_headline(claims, layout)
    return tuple(replace(claim, id=number) for number, claim in enumerate(kept, 1))


def _without_headline(claims: Sequence[Proposal], layout: Layout) -> list[Proposal]:
    if len(layout.sentences) < 4 or not layout.sentences[0].line:
        return list(claims)
    end = layout.sentences[0].end
    body = [c for c in claims if c.start >= end]
    head = [c for c in claims if c.start < end]
    return [h for h in head if not any(_tells(c, h) for c in body)] + body


def _tells(fuller: Proposal, brief: Proposal) -> bool:
    same = fuller.kind == brief.kind or (brief.kind == "casualty" and _figures(brief.casualties) <= _figures(fuller.casualties))
    return same and (brief.initiator in (fuller.initiator, "unknown", "none") or fuller.initiator in ("none", "unknown"))


def _figures(given: Sequence[Casualties]) -> set[tuple[str, int | None]]:
    return {(c.outcome, c.min) for c in given}

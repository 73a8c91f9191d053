"""Only happenings of some days: what a window leaves out, for briefs and editions alike.

A claim with no date cannot be said to lie outside, so it stays.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from merestone.extract.terms import Proposal, Reading
from merestone.ledger.terms import Refusal
from merestone.report.words import date_of

Window = tuple[date | None, date | None]


def window_of(since: str, until: str) -> Window:
    """From ISO days, "" for none. Refuses what is no day, and a window that ends before it begins."""
    first, last = _day("from", since), _day("to", until)
    if first is not None and last is not None and first > last:
        raise Refusal("window_reversed", since=since, until=until)
    return first, last


def _day(option: str, given: str) -> date | None:
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise Refusal("bad_option", option=option, found=given) from error


def within(reading: Reading, window: Window) -> Reading:
    """The reading without claims that cannot lie within the window."""
    if window == (None, None):
        return reading
    return replace(reading, claims=tuple(claim for claim in reading.claims if may_lie(claim, window)))


def may_lie(claim: Proposal, window: Window) -> bool:
    since, until = window
    first, last = date_of(claim.when.start), date_of(claim.when.end)
    first, last = first or last, last or first
    if first is None or last is None:
        return True
    return (since is None or last >= since) and (until is None or first <= until)

"""How sure the figures of fairness are: of each blamed party, between what bounds they would lie with other documents like these.

The percentile bootstrap over whole documents (B. Efron 1979), since claims of one document are not independent. Every party is asked the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from merestone.report.score import FEWEST_FOR_PARITY, NO_PARTY, Count, Scored

DRAWS = 2_000
LEVEL = 0.95
_BLAMES = "blames "


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure of all documents, and the bounds of the middle 95 of 100 draws; all None where there is nothing to divide by."""

    value: float | None
    low: float | None
    high: float | None

    def __str__(self) -> str:
        return "not known" if self.value is None else f"{self.value:.3f} (95 %: {_told(self.low)} to {_told(self.high)})"


@dataclass(frozen=True, slots=True)
class Spread:
    """By party: the share of claims that blame it wrongly, and the slots' F1 of claims that blame it. `gap`: how far the F1 of the party
    read best lies above that of the party read worst (negative in draws where it is the other way round); the parity gap."""

    documents: int
    wrong: dict[str, Interval]
    slots: dict[str, Interval]
    gap: Interval
    between: tuple[str, ...]


def spread(each: Sequence[Scored], chance: Callable[[Sequence[Scored]], Scored], draws: int = DRAWS) -> Spread:
    """`each`: the figures of every document on its own; `chance` takes one of some at random (from a seed, so that it can be repeated)."""
    whole = _Drawn(each)
    parties = sorted(whole.said)
    compared = sorted((p for p in parties if whole.slots[p].tp + whole.slots[p].fn >= FEWEST_FOR_PARITY), key=lambda p: whole.f1(p) or 0.0)
    between = (compared[-1], compared[0]) if len(compared) > 1 else ()
    drawn = [_Drawn([chance(each) for _ in each]) for _ in range(draws)] if each else []
    return Spread(
        documents=len(each),
        wrong={p: _interval(whole.share(p), [d.share(p) for d in drawn]) for p in parties},
        slots={p: _interval(whole.f1(p), [d.f1(p) for d in drawn]) for p in parties},
        gap=_interval(whole.gap(between), [d.gap(between) for d in drawn]),
        between=between,
    )


def lines(found: Spread) -> Iterator[str]:
    """The same for people."""
    for party, share in found.wrong.items():
        yield f"blamed     {party:22} wrongly {share}; slots F1 {found.slots[party]}"
    told = f"{found.between[0]} above {found.between[1]} by {found.gap}" if found.between else "not enough claims of two parties to compare"
    yield f"parity gap {told}"


class _Drawn:
    """The counts of some documents together."""

    def __init__(self, each: Sequence[Scored]) -> None:
        self.said: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.slots: dict[str, Count] = {}
        for one in each:
            self.said.update({party: number for party, number in one.said.items() if party not in NO_PARTY})
            self.wrong.update(one.wrong)
            for key, count in one.slots.items():
                if key.startswith(_BLAMES):
                    self.slots.setdefault(key.removeprefix(_BLAMES), Count()).add(count.tp, count.fp, count.fn)

    def share(self, party: str) -> float | None:
        return self.wrong[party] / self.said[party] if self.said[party] else None

    def f1(self, party: str) -> float | None:
        count = self.slots.get(party, Count())
        return 2 * count.tp / (2 * count.tp + count.fp + count.fn) if count.tp + count.fp + count.fn else None

    def gap(self, between: tuple[str, ...]) -> float | None:
        best, worst = (self.f1(party) for party in between) if between else (None, None)
        return None if best is None or worst is None else best - worst


def _interval(value: float | None, drawn: Sequence[float | None]) -> Interval:
    known = sorted(figure for figure in drawn if figure is not None)
    if value is None or not known:
        return Interval(value, None, None)
    cut = (1 - LEVEL) / 2
    return Interval(value, known[int(cut * (len(known) - 1))], known[int((1 - cut) * (len(known) - 1))])


def _told(bound: float | None) -> str:
    return "?" if bound is None else f"{bound:.3f}"

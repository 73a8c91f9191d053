"""What one document has from another, word for word, with exact spans in both: whole copies and passages.

The law it keeps: the earlier publication is the origin. Where the times do not tell, a publisher who speaks for itself or whom
others cite stands before one who does not, else the id decides, and `ordered` says that the times do not tell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from merestone.link.alike import WORDS, alike
from merestone.link.terms import Dossier, Passage
from merestone.link.wording import spans_of

_ZONES = timedelta(hours=12)  # how far a clock without a zone may stand from UTC, but for a few islands
_FIRST = 2
_LATE = "9999"  # an unknown date of publication is not earlier than any known one


@dataclass(frozen=True, slots=True)
class Repeat:
    """`later` repeats `earlier`. `copied`: the share of its words. Not `whole`: it has a passage or some in a text of its own.

    `same` are all stretches in common, in the order of `later`, also those that are too short for a passage where there are others.
    """

    earlier: str
    later: str
    copied: float
    whole: bool
    ordered: bool
    same: tuple[Passage, ...]
    passages: tuple[Passage, ...]


def by_publication(dossiers: Iterable[Dossier], leading: Mapping[str, int] = MappingProxyType({})) -> list[Dossier]:
    """Earliest first; the id decides between equals. What is not known of a time is taken as early as it may be for a document whose
    rank in `leading` is 2, and as late as it may be for one that has none: a clock without a zone may be any, an unknown date comes last."""
    return sorted(dossiers, key=lambda each: (_bound(each.published, leading.get(each.reading.id, 0)), each.reading.id))


def _bound(published: str, rank: int) -> str:
    if not published:
        return _LATE + str(2 - rank)
    if len(published) <= 10:
        return published if rank == _FIRST else f"{published}T{99 - rank}"
    stamp = datetime.fromisoformat(published)
    if stamp.tzinfo is not None:
        return instant(published)
    return (stamp + _ZONES * (1 - rank)).isoformat(timespec="microseconds")


def repeats(dossiers: Iterable[Dossier], leading: Mapping[str, int] = MappingProxyType({})) -> tuple[Repeat, ...]:
    """Each text with those that it repeats. The order of `dossiers` does not matter."""
    ordered = by_publication(dossiers, leading)
    found = alike([each.text for each in ordered], [each.publisher.strip().casefold() for each in ordered])
    spans: dict[int, list[tuple[int, int]]] = {}
    out = []
    for each in found:
        earlier, later = ordered[each.earlier], ordered[each.later]
        for number, dossier in ((each.earlier, earlier), (each.later, later)):
            if number not in spans:
                spans[number] = spans_of(dossier.text)
        theirs, ours = spans[each.earlier], spans[each.later]
        known = which_came_first(earlier.published, later.published)
        same = tuple(
            Passage(
                earlier.reading.id, later.reading.id,
                theirs[run.start][0], theirs[run.start + run.length - 1][1],
                ours[run.later_start][0], ours[run.later_start + run.length - 1][1],
                ordered=known,
            )
            for run in each.runs
        )  # fmt: skip
        long = tuple(passage for passage, run in zip(same, each.runs, strict=True) if run.length >= WORDS)
        out.append(Repeat(earlier.reading.id, later.reading.id, each.copied, each.whole, known, same, long))
    return tuple(sorted(out, key=lambda each: (each.later, each.earlier)))


def passages(dossiers: Iterable[Dossier]) -> tuple[Passage, ...]:
    """Shared passages of twelve words or more, each from its earliest holder to a later one."""
    return passages_of(repeats(dossiers))


def passages_of(found: Iterable[Repeat]) -> tuple[Passage, ...]:
    shared = (passage for each in found for passage in each.passages)
    return tuple(sorted(shared, key=lambda each: (each.later, each.later_start, each.earlier, each.start)))


def which_came_first(a: str, b: str) -> bool:
    """Whether the two times of publication tell it: a date alone says nothing of another time of that day."""
    if not a or not b:
        return False
    if min(len(a), len(b)) <= 10 or _aware(a) != _aware(b):
        return a[:10] != b[:10]
    return instant(a) != instant(b)


def _aware(published: str) -> bool:
    return datetime.fromisoformat(published).tzinfo is not None


def instant(published: str) -> str:
    """In the order of time as text; a date alone comes before the times of its day."""
    if len(published) <= 10:
        return published
    stamp = datetime.fromisoformat(published)
    return (stamp.astimezone(UTC) if stamp.tzinfo else stamp).replace(tzinfo=None).isoformat(timespec="microseconds")

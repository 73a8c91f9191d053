"""The same words in two texts: passages of twelve words or more, with exact spans in both.

The law it keeps: near linear. Each run of twelve words is remembered where it was published first, so that a passage is
traced to its earliest holder and no pair of texts is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from merestone.link.terms import Dossier, Passage

WORDS = 12
_WORD = re.compile(r"\w+")
_LATE = "9999"  # an unknown date of publication is not earlier than any known one


def by_publication(dossiers: Iterable[Dossier]) -> list[Dossier]:
    """Earliest first; those without a date last; the id decides between equals."""
    return sorted(dossiers, key=lambda each: (each.published or _LATE, each.reading.id))


def passages(dossiers: Iterable[Dossier]) -> tuple[Passage, ...]:
    """Shared passages, each from its earliest holder to a later one. The order of `dossiers` does not matter."""
    first: dict[tuple[str, ...], tuple[str, int]] = {}
    spans: dict[str, list[tuple[int, int]]] = {}
    found: list[Passage] = []
    for dossier in by_publication(dossiers):
        document = dossier.reading.id
        matches = list(_WORD.finditer(dossier.text))
        words = [match.group().casefold() for match in matches]
        spans[document] = [match.span() for match in matches]
        runs = [tuple(words[n : n + WORDS]) for n in range(len(words) - WORDS + 1)]
        found += _passages(document, [first.get(run) for run in runs], spans)
        for n, run in enumerate(runs):
            first.setdefault(run, (document, n))
    return tuple(sorted(found, key=lambda each: (each.later, each.later_start, each.earlier, each.start)))


def _passages(document: str, holders: Sequence[tuple[str, int] | None], spans: dict[str, list[tuple[int, int]]]) -> list[Passage]:
    """Consecutive runs whose first holder goes on in step make one passage."""
    found = []
    begin = 0
    while begin < len(holders):
        holder = holders[begin]
        if holder is None or holder[0] == document:
            begin += 1
            continue
        end = begin
        while end + 1 < len(holders) and holders[end + 1] == (holder[0], holder[1] + end + 1 - begin):
            end += 1
        theirs, ours = spans[holder[0]], spans[document]
        last = holder[1] + end - begin + WORDS - 1
        found.append(Passage(holder[0], document, theirs[holder[1]][0], theirs[last][1], ours[begin][0], ours[end + WORDS - 1][1]))
        begin = end + 1
    return found

"""What parties say where one is aligned with another: read apart, as a party of its own, and read together with that other.

The law it keeps: both stand beside each other and neither is called right. Claims are put together, figures never are,
since two parties of one side may count the same people.
"""

from __future__ import annotations

from collections.abc import Mapping

from merestone.assess.terms import Assessment
from merestone.capture.alignment import sides_of
from merestone.link.terms import Ref
from merestone.report import words
from merestone.report.terms import Edition

Versions = tuple[tuple[str, tuple[Ref, ...]], ...]


def together(edition: Edition, assessment: Assessment) -> Versions:
    """The versions with those of each aligned party under the party that it is aligned with, in the order of their first claim."""
    sides, found = sides_of(edition.aligned), dict[str, list[Ref]]()
    for code, refs in assessment.versions:
        found.setdefault(sides.get(code, code), []).extend(refs)
    merged = {code: tuple(sorted(refs)) for code, refs in found.items()}
    return tuple((code, merged[code]) for code in sorted(merged, key=lambda code: (code == words.OTHER, merged[code][:1])))


def aligned_with(edition: Edition) -> Mapping[str, str]:
    """Code of an aligned party -> name of the party that it is aligned with."""
    names = dict(edition.parties)
    return {code: words.party(other, names) for code, other in sides_of(edition.aligned).items()}


def told(edition: Edition, assessment: Assessment) -> tuple[str, str] | None:
    """How many claims each party has, read apart and read together, in words; None where no aligned party says anything here."""
    sides, said, names = sides_of(edition.aligned), dict(assessment.versions), dict(edition.parties)
    codes = [code for code, _ in edition.parties if said.get(code)]
    if not any(code in sides for code in codes):
        return None
    heads = [code for code, _ in edition.parties if any(sides.get(each, each) == code for each in codes)]
    merged = dict(together(edition, assessment))
    joined = [[code, *(each for each in codes if sides.get(each) == code)] for code in heads]
    return (
        words.listed(_count(names[code], len(said[code])) for code in codes),
        words.listed(_count(" with ".join(names[each] for each in group), len(merged[group[0]])) for group in joined),
    )


def _count(name: str, number: int) -> str:
    return f"{name} {number} {'claim' if number == 1 else 'claims'}"

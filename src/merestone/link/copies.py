"""Claims that repeat another text's claim word for word: found by shared passages and by wording with equal figures.

The law it keeps: the earliest published claim is the origin, and a copy brings nothing new: it joins its origin's
incident and its origin's voice. Does not catch: translations and free retellings, which count as what their chain says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from merestone.extract.terms import Proposal
from merestone.link.compare import gap
from merestone.link.passages import by_publication
from merestone.link.terms import Dossier, Passage, Ref
from merestone.link.told import Told

FEWEST_WORDS = 5
ALIKE = 0.8  # of the words of two quotes, by count


@dataclass(frozen=True, slots=True)
class Copy:
    """`later` repeats `earlier`; `how` is shared_passage or reprint; `why` says it in a sentence."""

    later: Ref
    earlier: Ref
    how: str
    why: str


def copies(dossiers: Sequence[Dossier], told: Sequence[Told], shared: Sequence[Passage]) -> tuple[Copy, ...]:
    """One copy at most for a claim, each traced to its root: no origin is itself a copy."""
    looks = {each.ref: each for each in told}
    order = {dossier.reading.id: n for n, dossier in enumerate(by_publication(dossiers))}
    found: dict[Ref, Copy] = {}
    for copy in (*_by_passage(dossiers, looks, shared), *_by_wording(dossiers, looks, order)):
        if copy.later not in found:
            found[copy.later] = copy
    return tuple(_rooted(found, copy) for _, copy in sorted(found.items()))


def _rooted(found: Mapping[Ref, Copy], copy: Copy) -> Copy:
    root = copy.earlier
    while root in found:
        root = found[root].earlier
    return Copy(copy.later, root, copy.how, copy.why)


def _by_passage(dossiers: Iterable[Dossier], looks: Mapping[Ref, Told], shared: Sequence[Passage]) -> list[Copy]:
    held = {dossier.reading.id: dossier for dossier in dossiers}
    covered: dict[str, int] = defaultdict(int)
    for passage in shared:
        covered[passage.later] += passage.later_end - passage.later_start
    found = []
    for passage in shared:
        earlier, later = held[passage.earlier], held[passage.later]
        whole = covered[passage.later] >= 0.7 * len(later.text)
        shift = passage.later_start - passage.start
        inside = [claim for claim in earlier.reading.claims if _share(claim, passage.start, passage.end) >= 0.6]
        for claim in later.reading.claims:
            if _share(claim, passage.later_start, passage.later_end) < 0.6:
                continue
            ref = Ref(passage.later, claim.id)
            twins = [
                each
                for each in inside
                if _same_claim(looks[ref], looks[Ref(passage.earlier, each.id)]) and _over(claim, each, shift) >= 0.5
            ]
            if twins:
                best = min(twins, key=lambda each: (-_over(claim, each, shift), each.id))
                why = (
                    f"{passage.later} has at {passage.later_start}–{passage.later_end} the words that {passage.earlier}, "
                    f"published {earlier.published or 'on an unknown date'}, has at {passage.start}–{passage.end}."
                )
                found.append(Copy(ref, Ref(passage.earlier, best.id), "reprint" if whole else "shared_passage", why))
    return found


def _share(claim: Proposal, start: int, end: int) -> float:
    return max(0, min(claim.end, end) - max(claim.start, start)) / max(1, claim.end - claim.start)


def _over(later: Proposal, earlier: Proposal, shift: int) -> float:
    """How far two quotes lie on each other inside a passage, as a share of the shorter; blanks may differ a little."""
    overlap = min(later.end - shift, earlier.end) - max(later.start - shift, earlier.start)
    return max(0, overlap) / max(1, min(later.end - later.start, earlier.end - earlier.start))


def _same_claim(a: Told, b: Told) -> bool:
    """The same kind, and times that do not exclude each other (a date read from the day of publication may shift)."""
    if a.kind != b.kind or a.repeated != b.repeated:
        return False
    return a.moment is None or b.moment is None or gap(a.moment, b.moment) == 0


def _by_wording(dossiers: Sequence[Dossier], looks: Mapping[Ref, Told], order: Mapping[str, int]) -> list[Copy]:
    publisher = {dossier.reading.id: dossier.publisher.casefold() for dossier in dossiers}
    language = {dossier.reading.id: dossier.language for dossier in dossiers}
    dated = {dossier.reading.id for dossier in dossiers if dossier.published}
    holders: dict[tuple[str, ...], list[Ref]] = defaultdict(list)
    found = []
    for told in sorted(looks.values(), key=lambda each: (order[each.ref.document], each.ref)):
        if len(told.words) < FEWEST_WORDS:
            continue
        document = told.ref.document
        for ref in sorted({ref for shingle in told.shingles for ref in holders[shingle]}, key=lambda each: (order[each.document], each)):
            other = looks[ref]
            if ref.document == document or language[ref.document] != language[document] or not _same_claim(told, other):
                continue
            share = _alike(told.words, other.words)
            if share >= ALIKE and told.figures == other.figures:
                own = publisher[document] and publisher[document] == publisher[ref.document]
                how = "reprint" if own else "shared_passage"
                first = "published no later" if {document, ref.document} <= dated else "which of the two came first is not known"
                found.append(Copy(told.ref, ref, how, f"{share:.0%} of the words are those of {ref}, {first}, and the figures are equal."))
                break
        for shingle in told.shingles:
            holders[shingle].append(told.ref)
    return found


def _alike(a: Sequence[str], b: Sequence[str]) -> float:
    """Common words over all words, each counted as often as it stands."""
    rest = list(b)
    common = 0
    for word in a:
        if word in rest:
            rest.remove(word)
            common += 1
    return common / max(1, len(a) + len(b) - common)

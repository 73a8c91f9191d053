"""Claims that repeat another text's claim word for word: found by what the texts have in common and by wording with equal figures.

The law it keeps: the earliest published claim is the origin, and a copy brings nothing new: it joins its origin's
incident and its origin's voice. Does not catch: translations and free retellings, which count as what their chain says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from merestone.extract.terms import Proposal
from merestone.link.compare import gap
from merestone.link.levels import relation
from merestone.link.passages import Repeat, by_publication, which_came_first
from merestone.link.terms import Dossier, Ref
from merestone.link.told import FINE, Told

FEWEST_WORDS = (
    12  # of a claim that is known by its wording alone: two who write of one night in their own words share more than one expects
)
EQUAL_WORDS, WITH_HOUR = (
    9,
    5,
)  # where all are the same, in the same order; fewer where an hour is given, or where the whole texts are the same
ALIKE = 0.8  # of the words of two quotes, by count
NOT_ORDERED = "; which of the two came first is not known"
COVERED = 0.6  # of a quote stands in the other text
MOST_COMPARED = 200  # quotes that share the rarest words with one: a turn of phrase that all use would make it the square


@dataclass(frozen=True, slots=True)
class Copy:
    """`later` repeats `earlier`, the first of all that have it; `how` is shared_passage or reprint.

    `nearest` is whom it has the words from, which may be a copy itself; `why` says it of that one in a sentence.
    """

    later: Ref
    earlier: Ref
    how: str
    why: str
    ordered: bool  # whether the times of publication tell which of the two came first
    nearest: Ref


def copies(
    dossiers: Sequence[Dossier], told: Sequence[Told], shared: Sequence[Repeat], leading: Mapping[str, int] = MappingProxyType({})
) -> tuple[Copy, ...]:
    """One copy at most for a claim, each traced to its root: no origin is itself a copy. `leading` as `repeats` was given it."""
    looks = {each.ref: each for each in told}
    order = {dossier.reading.id: n for n, dossier in enumerate(by_publication(dossiers, leading))}
    found: dict[Ref, Copy] = {}
    for copy in (*_by_text(dossiers, looks, shared, order), *_by_wording(dossiers, looks, order)):
        if copy.later not in found:
            found[copy.later] = copy
    published = {dossier.reading.id: dossier.published for dossier in dossiers}
    return tuple(_rooted(found, copy, published) for _, copy in sorted(found.items()))


def _rooted(found: Mapping[Ref, Copy], copy: Copy, published: Mapping[str, str]) -> Copy:
    """Of two copies of one text of which nobody knows which came first, neither has the words from the other: each has them from that text."""
    root = copy.earlier
    while root in found:
        root = found[root].earlier
    if copy.ordered or root == copy.earlier:
        return replace(copy, earlier=root)
    known = which_came_first(published[root.document], published[copy.later.document])
    why = (
        f"{copy.later} has the words of {copy.nearest}, which has them from {root}; which of the copies came first is not known"
        f"{'' if known else ', nor whether that one did'}."
    )
    return replace(copy, earlier=root, nearest=root, why=why, ordered=known)


def _by_text(dossiers: Iterable[Dossier], looks: Mapping[Ref, Told], shared: Sequence[Repeat], order: Mapping[str, int]) -> list[Copy]:
    """The earliest text first of those that a text repeats."""
    held = {dossier.reading.id: dossier for dossier in dossiers}
    found = []
    for repeat in sorted(shared, key=lambda each: (each.later, order[each.earlier])):
        earlier, later = held[repeat.earlier], held[repeat.later]
        for claim in later.reading.claims:
            lies = _there(claim, repeat)
            if lies is None:
                continue
            begin, end, covered = lies
            told = looks[Ref(repeat.later, claim.id)]
            there = [each for each in earlier.reading.claims if _over(each, begin, end) >= 0.5]
            twins = [
                each for each in there if _same_claim(told, looks[Ref(repeat.earlier, each.id)], covered == 1.0 or _counted(claim, each))
            ]
            if not twins and repeat.whole:
                twins = [each for each in there if _edited(told, looks[Ref(repeat.earlier, each.id)]) and _counted(claim, each)]
            if not twins and repeat.whole and covered == 1.0:
                twins = [each for each in earlier.reading.claims if _told_with_its_act(claim, each, begin, end)]
            if twins:
                best = min(twins, key=lambda each: (-_over(each, begin, end), each.id))
                how = "reprint" if repeat.whole and repeat.copied >= 0.6 else "shared_passage"
                why = f"{repeat.later} has at {claim.start}–{claim.end} the words that {repeat.earlier}, {_when(earlier)}, has at {begin}–{end}"
                if repeat.whole:
                    why += f", and {repeat.copied:.0%} of its words are in that text"
                found.append(
                    Copy(
                        told.ref,
                        Ref(repeat.earlier, best.id),
                        how,
                        f"{why}{'' if repeat.ordered else NOT_ORDERED}.",
                        repeat.ordered,
                        Ref(repeat.earlier, best.id),
                    )
                )
    return found


def _when(dossier: Dossier) -> str:
    return f"published {dossier.published or 'on an unknown date'}"


def _there(claim: Proposal, repeat: Repeat) -> tuple[int, int, float] | None:
    """Where the words of a claim stand in the earlier text, and which part of them; None where too few do."""
    covered, begin, end, done = 0, -1, -1, claim.start
    for part in repeat.same:
        start, stop = max(done, part.later_start), min(claim.end, part.later_end)
        if start < stop:
            covered, done = covered + stop - start, stop
            last = part.start + stop - part.later_start  # blanks may differ a little
            begin, end = (part.start + start - part.later_start, last) if begin < 0 else (begin, max(end, last))
    share = covered / max(1, claim.end - claim.start)
    return None if share < COVERED or end <= begin else (begin, end, share)


def _over(claim: Proposal, start: int, end: int) -> float:
    """How far a quote and a stretch lie on each other, as a share of the shorter."""
    return max(0, min(end, claim.end) - max(start, claim.start)) / max(1, min(end - start, claim.end - claim.start))


def _same_claim(a: Told, b: Told, counted: bool) -> bool:
    """The same kind, and times that do not exclude each other (a date read from the day of publication may shift).

    Where some of the words differ, the figures have to be equal: whoever gives another number says something else.
    """
    if a.kind != b.kind or a.repeated != b.repeated or not counted:
        return False
    return a.moment is None or b.moment is None or gap(a.moment, b.moment) == 0


def _edited(a: Told, b: Told) -> bool:
    """In a text that is a copy as a whole another verb may have made another kind of it ("the houses suffered")."""
    if a.repeated != b.repeated or relation(a.kind, b.kind) not in ("same", "same family", "goes with"):
        return False
    return a.moment is None or b.moment is None or gap(a.moment, b.moment) == 0


def _told_with_its_act(harm: Proposal, act: Proposal, begin: int, end: int) -> bool:
    """A sentence about the wounded that stood behind the act which wounded them, and was read with it; in a copy that puts it first it is
    read alone, and has the day of the text. `begin` and `end` are where its words stand in the text with the act."""
    there = {(each.outcome, each.group, each.min, each.max) for each in act.casualties if begin <= each.start < end}
    return harm.kind == "casualty" and bool(there) and relation("casualty", act.kind) == "goes with" and _figures(harm) == there


def _counted(a: Proposal, b: Proposal) -> bool:
    """The figures that stand in the words of the two are equal; what a neighbouring sentence adds may have been cut."""
    return _figures(a) == _figures(b)


def _figures(claim: Proposal) -> set[tuple[str, str, int | None, int | None]]:
    inside = [each for each in claim.casualties if each.start == each.end or claim.start <= each.start < claim.end]
    return {(each.outcome, each.group, each.min, each.max) for each in inside}


def _by_wording(dossiers: Sequence[Dossier], looks: Mapping[Ref, Told], order: Mapping[str, int]) -> list[Copy]:
    held = {dossier.reading.id: dossier for dossier in dossiers}
    claims = {Ref(each.reading.id, claim.id): claim for each in dossiers for claim in each.reading.claims}
    holders: dict[tuple[str, ...], list[Ref]] = defaultdict(list)
    found = []
    for told in sorted(looks.values(), key=lambda each: (order[each.ref.document], each.ref)):
        if len(told.words) < WITH_HOUR:
            continue
        ours = held[told.ref.document]
        share = 0.0
        for ref in sorted(_candidates(told, holders), key=lambda each: (order[each.document], each)):
            theirs = held[ref.document]
            counted = told.words == looks[ref].words or _counted(claims[told.ref], claims[ref])
            if theirs is ours or theirs.language != ours.language or not _same_claim(told, looks[ref], counted):
                continue
            share = _alike(told.words, looks[ref].words)
            if share >= ALIKE and (len(told.words) >= FEWEST_WORDS or (told.words == looks[ref].words and _telling(told, ours, theirs))):
                own = ours.publisher and ours.publisher.casefold() == theirs.publisher.casefold()
                known = which_came_first(theirs.published, ours.published)
                first = "" if known else NOT_ORDERED
                why = f"{share:.0%} of the words are those of {ref}, {_when(theirs)}, and the figures are equal{first}."
                found.append(Copy(told.ref, ref, "reprint" if own else "shared_passage", why, known, ref))
                break
        if share < 1:  # who has the same words leads to the same origin
            for shingle in told.shingles:
                holders[shingle].append(told.ref)
    return found


def _telling(told: Told, ours: Dossier, theirs: Dossier) -> bool:
    """Whether so few words tell of a copy: a headline in five words is found twice without anybody having copied it."""
    hour = told.moment is not None and told.moment.precision in FINE
    return hour or len(told.words) >= EQUAL_WORDS or ours.text.split() == theirs.text.split()


def _candidates(told: Told, holders: Mapping[tuple[str, ...], list[Ref]]) -> set[Ref]:
    """Claims with three words in a row in common, of the rarest rows first, until they are many."""
    found: set[Ref] = set()
    for refs in sorted((holders[shingle] for shingle in told.shingles if shingle in holders), key=len):
        if len(found) + len(refs) > MOST_COMPARED:
            return found | set(refs[: MOST_COMPARED - len(found)])
        found.update(refs)
    return found


def _alike(a: Sequence[str], b: Sequence[str]) -> float:
    """Common words over all words, each counted as often as it stands."""
    common = (Counter(a) & Counter(b)).total()
    return common / max(1, len(a) + len(b) - common)

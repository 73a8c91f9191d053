"""Which texts have words in common with an earlier one: copies as a whole, and passages in texts of their own.

The law it keeps: near linear in time and memory, whatever the texts repeat. Of the earlier text some shingles are remembered,
of the later one all are looked up, so that twelve words in common are met; what is met is compared word by word. A copy is not
remembered beside its origin: a thousand reprints lead to one text. Does not catch: a passage from one of more texts than are
compared, which grow with the length of the later one.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from merestone.link.wording import SHINGLE, Run, Wording, extent, kept

WORDS = 12  # of a passage; a shorter text is no copy of anything
STEP = WORDS - SHINGLE + 1  # of so many shingles in a row one is remembered; of a short text more
SHARE = 0.6  # of the words of one text stand in the other: a copy as a whole, or one that holds the other
SHORT, SHARE_OF_SHORT = 45, 0.8  # a text of fewer words has less room: notices of two nights differ by a few words
HOLDERS, FEW = 24, 8  # texts that are remembered for a shingle; what more than a few hold points to the earliest of them
FORMULA, UNKNOWN = 3, 9  # texts of one publisher, none a copy of another, with the same words: a formula of the house; of nobody known
RARE, COMMON = 4, 1  # texts compared with for what few hold, and for what many hold; more for a longer text
EXPLAINED = 0.9  # of the words of a text stand in one: no other is sought
EVERYWHERE = 0  # in the place of a text's number: a formula, by which no text is found
FEWEST_OWN = 2  # rows of words in common that are no formula
OWN = 0.4  # of what stands in one text alone, against what so long a stretch of it would have
CACHED_WORDS = 200_000


@dataclass(frozen=True, slots=True)
class Alike:
    """Texts by their number. `share` is of the words of the shorter one; `copied` of the words of `later` stand in `earlier`.

    `whole`: one of them holds the greater part of the other. If not, each run is a passage of twelve words or more.
    """

    earlier: int
    later: int
    share: float
    copied: float
    whole: bool
    runs: tuple[Run, ...]


def alike(texts: Sequence[str], publishers: Sequence[str] = ()) -> tuple[Alike, ...]:
    """What each text has from earlier ones; `texts` are in the order of publication, `publishers` beside them, "" for unknown."""
    seen = _Seen(["", *texts], ["", *(publishers or [""] * len(texts))])
    found = [each for number in range(1, len(texts) + 1) for each in seen.next(number)]
    return tuple(replace(each, earlier=each.earlier - 1, later=each.later - 1) for each in map(seen.without_formulas, found) if each.runs)


class _Cut:
    """Texts cut into words when they are asked for, and kept while they are asked for often."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._cut: OrderedDict[int, Wording] = OrderedDict()
        self._held = 0

    def __getitem__(self, number: int) -> Wording:
        found = self._cut.get(number)
        if found is None:
            found = self._cut[number] = Wording(self._texts[number])
            self._held += len(found.words) + 64
            while self._held > CACHED_WORDS and len(self._cut) > 1:
                self._held -= len(self._cut.popitem(last=False)[1].words) + 64
        else:
            self._cut.move_to_end(number)
        return found


class _Seen:
    """The texts so far: which of them hold a shingle, and how many shingles each holds alone."""

    def __init__(self, texts: Sequence[str], publishers: Sequence[str]) -> None:
        self._texts, self._publishers = texts, publishers
        self._cut = _Cut(texts)
        self._holders: dict[int, int | list[int]] = {}
        self._alone = [0] * len(texts)
        self._windows: dict[tuple[int, int, int], list[list[int]]] = {}

    def next(self, number: int) -> list[Alike]:
        wording = Wording(self._texts[number])
        if len(wording.words) < WORDS:
            return []
        found: list[Alike] = []
        hits = list(map(self._holders.get, wording.shingles))
        if any(hits):
            for earlier, rare, alone in self._candidates(number, wording, hits):
                found.append(self._compared(number, wording, earlier, rare, alone))
                if found[-1].whole and found[-1].copied >= EXPLAINED:
                    break
            found = _explained(found, wording)
        self._remember(number, wording, [each for each in found if each.whole and each.copied >= SHARE])
        for each in found:
            if not each.whole or each.copied < SHARE:
                for run in each.runs:
                    self._windows[each.earlier, number, run.later_start] = self._remembered(wording, run)
        return found

    def _candidates(self, number: int, wording: Wording, hits: Sequence[int | list[int] | None]) -> Iterator[tuple[int, int, int]]:
        """The texts that hold most of what few hold, and those that were the first to hold most of what many hold.

        With each how many of the hits it holds, and how many of them alone.
        """
        rare, common, alone = Counter[int](), Counter[int](), Counter[int]()
        places = defaultdict[int, list[int]](list)
        for place, held in enumerate(hits):
            if not held:
                continue
            if isinstance(held, int):
                alone[held] += 1
                places[held].append(place)
            elif len(held) <= FEW:
                for each in held:
                    rare[each] += 1
                    places[each].append(place)
            else:
                common[held[0]] += 1
                places[held[0]].append(place)
        rare.update(alone)
        more = len(wording.words) // 50
        chosen = sorted(rare, key=lambda each: (-rare[each], each))[: RARE + more]
        chosen += sorted(common, key=lambda each: (-common[each], each))[: COMMON + more]
        house = self._publishers[number]
        enough = max(3, 0.3 * len(wording.shingles) / STEP)
        for each in dict.fromkeys(chosen):
            foreign = not house or house != self._publishers[each]
            if rare[each] >= enough or (foreign and self._cut[each].longest(wording, places[each], WORDS - 2) >= WORDS - 2):
                yield each, rare[each], alone[each]

    def _compared(self, later: int, wording: Wording, earlier: int, rare: int, alone: int) -> Alike:
        """`rare` of what both hold few others hold, and `alone` of it nobody else."""
        origin = self._cut[earlier]
        runs = origin.runs(wording)
        ours, theirs, common = len(origin.words), len(wording.words), sum(run.length for run in runs)
        copied, given = common / theirs, min(common, ours) / ours
        short = min(ours, theirs) < SHORT
        whole = max(copied, given) >= (SHARE_OF_SHORT if short else SHARE)
        if whole:
            given = extent((run.start, run.length) for run in runs) / ours
            whole = max(copied, given) >= (SHARE_OF_SHORT if short else SHARE)
        if whole:
            inside = sum(run.length - SHINGLE + 1 for run in runs if run.length >= SHINGLE)
            expected = min(1.0, inside / len(origin.shingles))
            same, other = kept(origin, wording, runs)
            whole = (
                (same > 2 * other or other == 0 if short else same > 1.5 * other or other < 2)
                and alone >= OWN * expected * self._alone[earlier]
                and rare >= FEWEST_OWN
            )
        share = copied if theirs <= ours else given
        return Alike(earlier, later, share, copied, whole, tuple(runs))

    def _remember(self, number: int, wording: Wording, origins: Sequence[Alike]) -> None:
        step = _step(len(wording.words))
        shingles = wording.shingles[::step]
        if origins:
            covered = bytearray(len(wording.words))
            for run in (run for each in origins for run in each.runs):
                inside = max(0, run.length - SHINGLE + 1)
                covered[run.later_start : run.later_start + inside] = b"\1" * inside
            shingles = [
                shingle for place, shingle in zip(range(0, len(wording.shingles), step), shingles, strict=True) if not covered[place]
            ]
        holders = self._holders
        for shingle in shingles:
            held = holders.setdefault(shingle, number)
            if held is number:
                self._alone[number] += 1
            elif isinstance(held, int):
                if held:
                    self._alone[held] -= 1
                    holders[shingle] = [held, number]
            elif len(held) < HOLDERS and held[-1] != number:
                held.append(number)
                if self._worn(held):
                    holders[shingle] = EVERYWHERE

    def _remembered(self, wording: Wording, run: Run) -> list[list[int]]:
        """The remembered shingles of a run, in stretches of which each holds one of every text that has these words."""
        shingles = wording.shingles[run.later_start : run.later_start + run.length - SHINGLE + 1]
        return [[each for each in shingles[at : at + STEP] if each in self._holders] for at in range(0, len(shingles) - STEP + 1, STEP)]

    def without_formulas(self, each: Alike) -> Alike:
        """A passage of which the greater part is a formula tells of no origin, nor does a text that is one. A copy has other signs."""
        if each.whole and each.copied >= SHARE:
            return each
        windows = [self._windows[each.earlier, each.later, run.later_start] for run in each.runs]
        worn = [2 * sum(map(self._formula, those)) >= max(1, len(those)) for those in windows]
        if each.whole:
            long = [(run, old) for run, old in zip(each.runs, worn, strict=True) if run.length >= WORDS]
            return replace(each, runs=()) if long and all(old for _, old in long) else each
        return replace(each, runs=tuple(run for run, old in zip(each.runs, worn, strict=True) if not old))

    def _formula(self, shingles: Iterable[int]) -> bool:
        texts: set[int] = set()
        for shingle in shingles:
            held = self._holders[shingle]
            if held == EVERYWHERE:
                return True
            texts.update((held,) if isinstance(held, int) else held)
        return self._worn(texts)

    def _worn(self, texts: Iterable[int]) -> bool:
        houses = Counter(self._publishers[text] for text in texts)
        return any(count >= (FORMULA if house else UNKNOWN) for house, count in houses.items())


def _step(words: int) -> int:
    """Of so many shingles in a row one is remembered: at least one of a passage, and some twenty of a short text."""
    return min(STEP, max(3, words // 20))


def _explained(found: Sequence[Alike], wording: Wording) -> list[Alike]:
    """Copies as a whole first, the fullest before others; then the earliest. Nobody is named for words that are explained."""
    free = bytearray(b"\1") * len(wording.words)  # a passage of twelve words begins here that is not explained yet
    out: list[Alike] = []
    for each in sorted(found, key=lambda each: (not each.whole, -each.copied if each.whole else 0, each.earlier)):
        runs = [part for run in each.runs if run.length >= WORDS for part in _parts(run, free)]
        if runs or (each.whole and not out):
            out.append(each if each.whole else replace(each, runs=tuple(runs)))
            for run in each.runs:
                begun = max(0, run.length - WORDS + 1) if not each.whole else run.length
                free[run.later_start : run.later_start + begun] = bytes(begun)
    return out


def _parts(run: Run, free: bytearray) -> list[Run]:
    """Consecutive free beginnings in a run make one passage."""
    found, at, end = [], run.later_start, run.later_start + run.length - WORDS + 1
    while at < end:
        begin = free.find(1, at, end)
        if begin < 0:
            break
        stop = free.find(0, begin, end)
        at = end if stop < 0 else stop
        found.append(Run(run.start + begin - run.later_start, begin, at - begin + WORDS - 1))
    return found

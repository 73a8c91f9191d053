"""How near a reading comes to what people annotated: claims found, slots right, who was wrongly blamed, incidents joined.

The same questions of every party, and none of them is weighed. Values in, values out: documents as annotated, documents as read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from rapidfuzz import fuzz

from merestone.report.score_slots import SLOTS, Claim, agree, matched, values

Document = Mapping[str, Any]
Key = tuple[str, int]  # a document, and which of its annotated claims

_OTHER = ("statements", "appeals", "responses")
NO_PARTY = frozenset(("unknown", "none", "both", "None"))
FEWEST_FOR_PARITY = 15 * 6  # fifteen claims, some six values each
_SAME_SIGNATORY = 90.0


@dataclass(slots=True)
class Count:
    """Right, false, missed."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def add(self, tp: int, fp: int, fn: int) -> None:
        self.tp, self.fp, self.fn = self.tp + tp, self.fp + fp, self.fn + fn

    def told(self) -> dict[str, float]:
        shares = _shares(
            self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0, self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0
        )
        return {**shares, "tp": self.tp, "fp": self.fp, "fn": self.fn}


@dataclass(slots=True)
class Scored:
    """What is counted while documents are gone through; `differences` are lines for people, the first `most` of them."""

    most: int = 0
    differences: list[str] = field(default_factory=list)
    without: int = 0
    detection: defaultdict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    slots: defaultdict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    other: defaultdict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    said: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    stances: Counter[tuple[str, str]] = field(default_factory=Counter)
    happening: dict[Key, str] = field(default_factory=dict)
    joined: dict[Key, str] = field(default_factory=dict)
    day: dict[Key, str] = field(default_factory=dict)
    blamed: dict[Key, str] = field(default_factory=dict)


def score(gold: Sequence[Document], read: Mapping[str, Document], most: int = 0) -> Scored:
    """`gold`: annotated documents; `read`: by id, objects of `read` or `link`; `most`: how many differences are kept for people."""
    scored = Scored(most)
    for document in gold:
        found = read.get(document["id"])
        scored.without += found is None
        _claims(scored, document, () if found is None else found.get("claims") or ())
        _others(scored, document, {} if found is None else found)
    return scored


def result(scored: Scored) -> dict[str, Any]:
    """All figures, as JSON takes them."""
    return {
        "documents_without_prediction": scored.without,
        "detection": _told(scored.detection),
        "slots": _told(scored.slots),
        "incidents_b3": _b_cubed(scored.happening, scored.joined),
        "incidents_b3_by_calendar_day": _b_cubed(scored.happening, scored.day),
        "pairs_same_day": _pairs(scored, lambda a, b: scored.day[a] == scored.day[b]),
        "pairs_across_blame": _pairs(scored, lambda a, b: _across(scored.blamed[a], scored.blamed[b])),
        "other": _told(scored.other),
        "blamed_wrongly": {party: {"said": scored.said[party], "wrong": scored.wrong[party]} for party in sorted(scored.said)},
        "stance_confusion": {f"{wanted} read as {found}": number for (wanted, found), number in sorted(scored.stances.items())},
        "parity_gap": _gap(scored.slots),
    }


def lines(figures: Mapping[str, Any]) -> Iterator[str]:
    """The same for people."""
    for group in ("detection", "slots", "other"):
        for name, each in figures[group].items():
            yield f"{group:10} {name:22} {_prf(each)}   ({each['tp']} right, {each['fp']} false, {each['fn']} missed)"
    for name in ("pairs_same_day", "pairs_across_blame"):
        yield f"incidents  {name:22} {_prf(figures[name])}"
    for party, each in figures["blamed_wrongly"].items():
        yield f"blamed     {party:22} {each['wrong']} of {each['said']} wrongly"
    confused = {name: number for name, number in figures["stance_confusion"].items() if len(set(name.split(" read as "))) > 1}
    yield "stance     " + "; ".join(f"{name}: {number}" for name, number in confused.items())
    yield f"incidents  baseline: calendar day {_prf(figures['incidents_b3_by_calendar_day'])}"
    yield f"incidents  {'B-cubed':22} {_prf(figures['incidents_b3'])}"
    gap, without = figures["parity_gap"], figures["documents_without_prediction"]
    yield f"parity gap between blamed parties {gap}   documents without prediction {without}"


# --- document by document -----------------------------------------------------------------------------------------


def _claims(scored: Scored, document: Document, read: Sequence[Claim]) -> None:
    gold, language = document["claims"] or (), f"lang {document['language']}"
    pairs = _paired(gold, read, document["text"], by_kind=True)
    of_gold, of_read = dict(pairs), {j: i for i, j in pairs}
    for key in ("all", language):
        scored.detection[key].add(len(pairs), len(read) - len(pairs), len(gold) - len(pairs))
    for j, claim in enumerate(read):
        _blame(scored, claim, gold[of_read[j]] if j in of_read else None)
        if j not in of_read:
            _slots(scored, language, None, claim)
    for i, claim in enumerate(gold):
        found = read[of_gold[i]] if i in of_gold else None
        _incident(scored, (document["id"], i), claim, found)
        for slot in _slots(scored, language, claim, found):
            if len(scored.differences) < scored.most:
                got = "nothing" if found is None else values(slot, found)
                scored.differences.append(f"{document['id']}#{claim.get('id', i + 1)} {slot}: annotated {values(slot, claim)}, read {got}")


def _blame(scored: Scored, claim: Claim, wanted: Claim | None) -> None:
    party = str(claim.get("initiator"))
    scored.said[party] += 1
    scored.wrong[party] += wanted is None or str(wanted.get("initiator")) != party
    if wanted is not None:
        scored.stances[str(wanted["stance"]), str(claim.get("stance"))] += 1


def _slots(scored: Scored, language: str, wanted: Claim | None, found: Claim | None) -> list[str]:
    """Counts all slots at once, and gives those that differ."""
    named = wanted if wanted is not None else found
    blames = f"blames {named.get('initiator') if named is not None else None}"
    differing = []
    for slot in SLOTS:
        counted = matched(slot, wanted, found)
        for key in ("all", language, f"slot {slot}", blames):
            scored.slots[key].add(*counted)
        if counted[1] or counted[2]:
            differing.append(slot)
    return differing


def _incident(scored: Scored, key: Key, claim: Claim, found: Claim | None) -> None:
    """Claims of a dated happening alone; one that was not found, or that was joined to nothing, stands alone."""
    if not claim.get("incident"):
        return
    label = None if found is None else found.get("incident")
    scored.happening[key] = str(claim["incident"])
    scored.joined[key] = f"joined {label}" if label else f"alone {key[0]} {key[1]}"
    scored.day[key] = str((claim.get("when") or {}).get("from"))[:10]
    scored.blamed[key] = str(claim.get("initiator"))


def _others(scored: Scored, document: Document, found: Document) -> None:
    for what in _OTHER:
        gold, read = document.get(what) or (), found.get(what) or ()
        right = len(_paired(gold, read, document["text"], by_kind=False))
        scored.other[what].add(right, len(read) - right, len(gold) - right)
    wanted, told = ([str(name).casefold() for name in each.get("signatories") or ()] for each in (document, found))
    right = sum(any(fuzz.ratio(name, other) >= _SAME_SIGNATORY for other in told) for name in wanted)
    scored.other["signatories"].add(right, max(0, len(told) - right), len(wanted) - right)


# --- which reading is of which annotation -------------------------------------------------------------------------


def _paired(gold: Sequence[Claim], read: Sequence[Claim], text: str, *, by_kind: bool) -> list[tuple[int, int]]:
    """Pairs of which each side is used once, the best first: quotes that overlap by half of the shorter one, and with `by_kind` the same
    kind, where the number of slots that agree comes before the overlap."""
    spans = [_span(entry, text) for entry in read]
    candidates = []
    for i, wanted in enumerate(gold):
        here = _span(wanted, text)
        for j, found in enumerate(read):
            there = spans[j]
            if here is None or there is None or (by_kind and wanted.get("kind") != found.get("kind")):
                continue
            shared = _overlap(here, there)
            if shared is not None:
                candidates.append((shared + (_agreeing(wanted, found) if by_kind else 0), i, j))
    used_gold: set[int] = set()
    used_read: set[int] = set()
    pairs = []
    for _, i, j in sorted(candidates, reverse=True):
        if i not in used_gold and j not in used_read:
            used_gold.add(i)
            used_read.add(j)
            pairs.append((i, j))
    return pairs


def _span(entry: Claim, text: str) -> tuple[int, int] | None:
    """Where the quote stands: where it is said to start, else where it stands first."""
    quote, start = entry.get("quote") or "", entry.get("start")
    if not isinstance(start, int) or text[start : start + len(quote)] != quote:
        start = text.find(quote) if quote else -1
    return None if start < 0 else (start, start + len(quote))


def _overlap(here: tuple[int, int], there: tuple[int, int]) -> float | None:
    """Their common part of all that both cover; None where it is too little, or the quote read is far longer than the annotated one."""
    common = min(here[1], there[1]) - max(here[0], there[0])
    wanted, found = here[1] - here[0], there[1] - there[0]
    if common < 0.5 * min(wanted, found) or found > 3 * wanted + 60:
        return None
    return common / (max(here[1], there[1]) - min(here[0], there[0]))


def _agreeing(wanted: Claim, found: Claim) -> int:
    return sum(any(agree(slot, x, y) for x in values(slot, wanted) for y in values(slot, found)) for slot in SLOTS)


# --- figures ------------------------------------------------------------------------------------------------------


def _told(counts: Mapping[str, Count]) -> dict[str, dict[str, float]]:
    return {name: counts[name].told() for name in sorted(counts)}


def _shares(precision: float, recall: float) -> dict[str, float]:
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}


def _prf(figures: Mapping[str, float]) -> str:
    return f"P {figures['p']:.3f}  R {figures['r']:.3f}  F1 {figures['f1']:.3f}"


def _groups(labels: Mapping[Key, str]) -> dict[str, set[Key]]:
    out: dict[str, set[Key]] = defaultdict(set)
    for key, label in labels.items():
        out[label].add(key)
    return out


def _b_cubed(gold: Mapping[Key, str], read: Mapping[Key, str]) -> dict[str, float]:
    """A. Bagga and B. Baldwin 1998: of each claim, the share of its group that belongs with it, and of what belongs with it the share in
    its group; the mean of each over all claims."""
    wanted, found = _groups(gold), _groups(read)
    precision = recall = 0.0
    for key in gold:
        ours, theirs = wanted[gold[key]], found[read[key]]
        precision += len(ours & theirs) / len(theirs)
        recall += len(ours & theirs) / len(ours)
    claims = max(len(gold), 1)
    return _shares(precision / claims, recall / claims)


def _pairs(scored: Scored, asked: Callable[[Key, Key], bool]) -> dict[str, float]:
    count = Count()
    for a, b in combinations(sorted(scored.happening), 2):
        if asked(a, b):
            same, joined = scored.happening[a] == scored.happening[b], scored.joined[a] == scored.joined[b]
            count.add(same and joined, joined and not same, same and not joined)
    return count.told()


def _across(a: str, b: str) -> bool:
    return a != b and "none" not in (a, b)


def _gap(slots: Mapping[str, Count]) -> float | None:
    """The largest difference between parties, of those blamed often enough to compare."""
    parties = [count for key, count in slots.items() if key.startswith("blames ") and key.removeprefix("blames ") not in NO_PARTY]
    f1 = [count.told()["f1"] for count in parties if count.tp + count.fn >= FEWEST_FOR_PARITY]
    return round(max(f1) - min(f1), 4) if len(f1) > 1 else None

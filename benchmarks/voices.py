"""Who repeats whom: edges and voices found in planted chains of copies (planted_chains.py), read from the text by our own reader.

    benchmarks/voices.py [--nights 120] [--seed N] [--language en …] [--errors N]

An edge is right if it leads to somebody whose words the document has, at any step; it is found if one of a document's edges is right. Two
claims of one night in two documents are a pair: planted in one voice or not, found in one voice or not.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from merestone.capture import Options, receive
from merestone.extract import languages_with_rules
from merestone.link import Dossier, Linked, Ref, group
from merestone.link.dossiers import dossier_of, readings_of

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.planted_chains import AGENCIES, LANGUAGES, MINISTRIES, OUTLETS, UNKNOWN, Planted, pack, planted

PARTIES = ("VE", "OR")


@dataclass
class Found:
    """`kept`: right among those found; `edges` and `pairs` as found, planted and both."""

    edges: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    claims: int = 0
    unread: int = 0
    swallowed: int = 0  # claims of a witness that stand in a party's voice
    doubled: int = 0  # claims that repeat a party and stand in a voice of no party
    witnesses: int = 0
    repeated: int = 0
    errors: list[str] = field(default_factory=list)

    def precision(self, of: str) -> float:
        counts: Counter[str] = getattr(self, of)
        return counts["both"] / max(1, counts["found"])

    def recall(self, of: str) -> float:
        counts: Counter[str] = getattr(self, of)
        return counts["reached"] / max(1, counts["planted"])


def read(texts: Sequence[Planted]) -> list[Dossier]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "planted.jsonl"
        rows = [{"id": t.id, "language": t.language, "publisher": t.publisher, "text": t.text, "url": t.url}
                | ({"published": t.published} if t.published else {}) for t in texts]  # fmt: skip
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        received = receive((path,), Options(languages_with_rules=languages_with_rules()))
        return [dossier_of(text, reading) for text, reading in readings_of(received.texts, pack())]


def measure(texts: Sequence[Planted]) -> Found:
    dossiers = read(texts)
    return judged(texts, dossiers, group(dossiers, pack=pack()))


def judged(texts: Sequence[Planted], dossiers: Sequence[Dossier], linked: Linked) -> Found:
    found, held = Found(), {each.id: each for each in texts}
    _edges(found, held, linked)
    _pairs(found, held, dossiers, linked)
    return found


def _edges(found: Found, held: dict[str, Planted], linked: Linked) -> None:
    names = {*OUTLETS, *UNKNOWN, *MINISTRIES.values(), *AGENCIES.values()}
    seen: dict[str, set[str]] = {}
    for voice in linked.voices:
        for edge in voice.edges:
            if edge.how == "speaks_for" or edge.origin not in names:
                continue
            for ref in edge.claims:
                if held[ref.document].publisher == edge.repeater:
                    seen.setdefault(ref.document, set()).add(edge.origin)
    for name, text in held.items():
        there = seen.get(name, set()) - {text.publisher}
        right = there & text.origins
        found.edges.update({"found": len(there), "both": len(right)})
        if text.parent:
            found.edges.update({"planted": 1, "reached": int(bool(right)), "parent": int(text.parent in there)})
        if there - text.origins or (text.parent and not right):
            found.errors.append(
                f"edge   {name} {text.language} {text.publisher} [{text.how}] found {sorted(there)}, planted {sorted(text.origins)}"
            )


def _pairs(found: Found, held: dict[str, Planted], dossiers: Sequence[Dossier], linked: Linked) -> None:
    owner = {ref: voice for voice in linked.voices for ref in voice.claims}
    nights: dict[int, list[tuple[Ref, str, str]]] = {}
    for dossier in dossiers:
        text = held[dossier.reading.id]
        spans, seen = text.spans, set()
        for claim in dossier.reading.claims:
            ref = Ref(text.id, claim.id)
            start, said = next((start, voice) for start, end, voice in spans if start <= claim.start <= end)
            seen.add(start)
            if said:
                nights.setdefault(text.night, []).append((ref, said, owner[ref].id))
                _whose(found, text, said, owner[ref].affiliation, f"{ref} {claim.quote[:80]}".replace("\n", " "))
        found.unread += sum(1 for start, _, voice in spans if voice and start not in seen)
    for told in nights.values():
        found.claims += len(told)
        for (a, said_a, voice_a), (b, said_b, voice_b) in combinations(told, 2):
            if a.document != b.document:
                one, same = voice_a == voice_b, said_a == said_b
                found.pairs.update({"found": int(one), "planted": int(same), "both": int(one and same), "reached": int(one and same)})


def _whose(found: Found, text: Planted, said: str, affiliation: str, words: str) -> None:
    if said in PARTIES:
        found.repeated += text.publisher != MINISTRIES[said]
        if affiliation != said:
            found.doubled += 1
            found.errors.append(f"voice  {words} [{text.language} {text.publisher}, {text.how}] is {said}'s, found {affiliation}")
    else:
        found.witnesses += 1
        if affiliation in PARTIES and not said.startswith("hospital"):
            found.swallowed += 1
            found.errors.append(f"voice  {words} [{text.language} {text.publisher}, {text.how}] is of {said}, found {affiliation}")


def told(name: str, found: Found) -> str:
    return (
        f"{name:4} edges: precision {found.precision('edges'):.3f} recall {found.recall('edges'):.3f} (to the one it was taken from "
        f"{found.edges['parent'] / max(1, found.edges['planted']):.3f}) of {found.edges['planted']}; voices: precision {found.precision('pairs'):.3f} "
        f"recall {found.recall('pairs'):.3f} of {found.pairs['planted']} pairs; {found.swallowed} of {found.witnesses} claims of witnesses in a "
        f"party's voice, {found.doubled} of {found.repeated} that repeat a party outside it; {found.unread} sentences without a claim"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nights", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--language", nargs="*", default=LANGUAGES)
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    started = time.process_time()
    for names in ([(each,) for each in args.language] if len(args.language) > 1 else []) + [tuple(args.language)]:
        found = measure(planted(args.nights, args.seed, names))
        print(told(" ".join(names) if len(names) == 1 else "all", found), flush=True)
        for line in found.errors[: args.errors]:
            print("    " + line)
    print(f"{time.process_time() - started:.0f} s")


if __name__ == "__main__":
    main()

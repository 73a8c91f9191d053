"""How well the documents of tests/corpus are read, by set and language, and how many claims blame a party wrongly.

`--errors LANGUAGE` prints what differs in the set that is there to be read. Of the kept set read only the figures: whoever mends a rule
after `--set kept --errors LANGUAGE` writes new documents in their place.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from merestone.extract import languages_with_rules  # noqa: E402
from tests.corpus import corpus  # noqa: E402
from tests.teaching.scoring import SLOTS, Score, agree, items, pair  # noqa: E402


def shares(score: Score) -> str:
    """Precision, recall and F1."""
    told, wanted = score.right + score.false, score.right + score.missed
    return f"{score.right / told if told else 0:.3f} / {score.right / wanted if wanted else 0:.3f} / {score.f1:.3f}"


def listed(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counted.most_common()) or "none"


def figures(language: str, which: str) -> None:
    if language not in languages_with_rules():
        print(f"{language}: no reading rules")
        return
    found = corpus.measure(language, which)
    number = len(corpus.documents(language, which))
    print(f"{language} {which} ({number}): detection {shares(found.detection)}   slots {shares(found.all_slots)}")
    print(f"    stance {found.stance[0]}/{found.stance[1]}, initiator {found.initiator[0]}/{found.initiator[1]} of the claims found")
    print(f"    denials read as admissions: {found.denials_admitted}")
    print(f"    blamed wrongly, by party: {listed(found.blamed_wrongly)}")
    print("    slots, F1: " + ", ".join(f"{slot} {score.f1:.2f}" for slot, score in found.slots.items()))
    print(f"    missed by kind: {listed(found.missed)}")
    print(f"    read and not there, by kind: {listed(found.spurious)}")


def errors(language: str, which: str) -> None:
    for document in corpus.documents(language, which):
        gold, read = corpus.want(document), corpus.got(language, which).get(document["id"], [])
        pairs = pair(gold, read)
        print(f"== {document['id']}")
        for i, claim in enumerate(gold):
            if i not in {a for a, _ in pairs}:
                print(f"  missed {claim['kind']} {claim['stance']} {claim['initiator']}: {claim['quote']}")
        for j, claim in enumerate(read):
            if j not in {b for _, b in pairs}:
                print(f"  false {claim['kind']} {claim['stance']} {claim['initiator']}: {claim['quote']}")
        for i, j in pairs:
            for slot in SLOTS:
                if not agree(slot, gold[i], read[j]):
                    print(
                        f"  {gold[i]['kind']} {slot}: wanted {items(slot, gold[i])}, found {items(slot, read[j])}: {gold[i]['quote'][:60]}"
                    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=corpus.SETS, help="figures of this set alone")
    parser.add_argument("--errors", metavar="LANGUAGE")
    args = parser.parse_args()
    for which in (args.set,) if args.set else corpus.SETS:
        for language in corpus.languages(which):
            figures(language, which)
    if args.errors:
        which = args.set or corpus.SEEN
        if args.errors not in corpus.languages(which):
            parser.error(f"the {which} set has documents in {', '.join(corpus.languages(which))}")
        errors(args.errors, which)


if __name__ == "__main__":
    main()

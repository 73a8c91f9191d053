"""How many places of an annotated corpus the look-up finds: python benchmarks/locate_gold.py GOLD_DIR PACK [--misses]

Takes the annotators' mentions as given (their words alone, no candidates, no hints) and compares the point with theirs: 8 km for a
settlement or feature (20 where marked approximate), 40 km for a district, region or border section, 100 km for a country.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from pathlib import Path

import yaml

from merestone.capture.pack import load_pack
from merestone.extract.terms import PlaceMention, Proposal, Reading, Target, When
from merestone.locate import distance_m, gazetteer, resolve

LIMIT_KM = {"settlement": 8, "feature": 8, "country": 100}


def reading(document: dict) -> Reading:
    text, claims = document["text"], []
    for number, claim in enumerate(document["claims"], start=1):
        at = max(0, text.find(claim["quote"]))
        mentions = []
        for place in claim.get("where") or []:
            start = text.find(place["text"], at)
            start = start if start >= 0 else max(0, text.find(place["text"]))
            mentions.append(PlaceMention(place["text"], start, start + len(place["text"]), place.get("role") or "at"))
        claims.append(
            Proposal(
                number, claim["kind"], at, at + len(claim["quote"]), claim["quote"], (), "done", "asserts", "unknown", Target("unknown", "none"),
                When("", "", "unknown"), tuple(mentions), (), (), (), False, (), "annotated", 1.0, (),
            )
        )  # fmt: skip
    return Reading(document["id"], document["language"], "annotated", tuple(claims), (), (), (), (), (), ())


def verdict(found, wanted: dict) -> str:
    if found.lat is None:
        return "open" if found.others else "unknown name"
    limit = LIMIT_KM.get(wanted["level"], 40)
    limit = max(limit, 20) if wanted.get("approx") else limit
    return "right" if distance_m((found.lat, found.lon), (wanted["lat"], wanted["lon"])) <= limit * 1000 else "elsewhere"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("pack")
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    places = gazetteer(load_pack(args.pack))
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    spent = 0.0
    for path in sorted((args.gold / "documents").glob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        made = reading(document)
        started = time.perf_counter()
        located = resolve(made, places, document["text"])
        spent += time.perf_counter() - started
        for claim, annotated in zip(located.claims, document["claims"], strict=True):
            wanted_by_text = {place["text"]: place for place in annotated.get("where") or []}
            for found in claim.where:
                wanted = wanted_by_text.get(found.text)
                if wanted is None:
                    continue
                said = verdict(found, wanted)
                counted[document["language"]][said] += 1
                if args.misses and said != "right":
                    print(f"{document['id']} {said}: {found.text!r} -> {found.place} ({found.why})")
    for language, said in sorted(counted.items()):
        total = said.total()
        print(language, total, ", ".join(f"{name} {number} ({number / total:.0%})" for name, number in said.most_common()))
    whole = sum(counted.values(), Counter())
    print(
        "all",
        whole.total(),
        ", ".join(f"{name} {number} ({number / whole.total():.0%})" for name, number in whole.most_common()),
        f"{spent * 1000:.0f} ms",
    )


if __name__ == "__main__":
    main()

"""Short documents in several languages with what a careful reader finds in them, and what the product reads.

The annotations were written from the meaning of the texts by somebody who had seen no reading rule. There are two sets, made alike: the
`kept` one is opened by nobody who writes rules (whoever changes a rule because of a document there writes new ones in its place), the
`seen` one is there to be read. A set is a folder with `<language>.yaml`, the texts in `<language>/`, and `floors.yaml`. `fourth/` holds a few more that are open, in no set.
"""

from __future__ import annotations

import functools
import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from merestone.capture import Options, load_pack, receive
from merestone.capture.terms import Pack
from merestone.extract import languages_with_rules
from merestone.extract.wire import to_json
from merestone.link.dossiers import readings_of
from tests.accuracy import corpora
from tests.teaching.scoring import SLOTS, Claim, Score, detection, pair, slots

HERE = Path(__file__).resolve().parent
KEPT, SEEN = "kept", "seen"
SETS = {KEPT: HERE / "kept", SEEN: HERE / "seen"}
PACKS = {"teaching": "teaching", **{path.stem: str(path) for path in sorted((HERE / "packs").glob("*.yaml"))}}
NOBODY = {"none", "unknown", "both"}
DEFAULTS = {"realised": "done"}


@functools.cache
def pack(name: str) -> Pack:
    return load_pack(PACKS[name])


def sides(name: str) -> tuple[str, str]:
    """The codes of the two parties of a pack; whoever is aligned with one of them is no side of its own."""
    one, other = (party.code for party in pack(name).parties if party.aligned_with is None)
    return one, other


def languages(which: str) -> tuple[str, ...]:
    """The languages that a set has documents in."""
    return tuple(sorted(path.stem for path in SETS[which].glob("*.yaml") if path.stem != "floors"))


LANGUAGES = languages(SEEN)


@functools.cache
def documents(language: str, which: str = KEPT) -> tuple[dict[str, Any], ...]:
    """The annotated documents of a language in a set, each with its text under `text`."""
    loaded = yaml.safe_load((SETS[which] / f"{language}.yaml").read_text(encoding="utf-8"))
    return tuple({**entry, "text": (HERE / entry["file"]).read_text(encoding="utf-8")} for entry in loaded)


def want(document: dict[str, Any]) -> list[Claim]:
    """Its annotated claims with defaults filled in and their place in the text."""
    spanned = []
    for claim in document["claims"]:
        start = document["text"].index(claim["quote"])
        spanned.append({**DEFAULTS, **_told(claim), "start": start, "end": start + len(claim["quote"])})
    return spanned


def _told(claim: dict[str, Any]) -> dict[str, Any]:
    """The scorer takes every name with "resident" in it for a resident's: a president is called otherwise here."""
    return {**claim, "said_by": [re.sub("(?i)president", "head of state", name) for name in claim["said_by"]]}


@functools.cache
def got(language: str, which: str = KEPT) -> dict[str, list[Claim]]:
    """What the product reads in the documents of a language, handed in without a word about their language.

    Nothing, where it refuses a text (it takes it for another language) or its reading breaks off.
    """
    out: dict[str, list[Claim]] = {}
    for document in documents(language, which):
        handed_in = {key: document[key] for key in ("id", "text", "published", "publisher")}
        with tempfile.TemporaryDirectory() as folder:
            corpus = corpora.write_corpus([handed_in], Path(folder) / "corpus.jsonl")
            received = receive((corpus,), Options(languages_with_rules=languages_with_rules()))
        readings = [reading for _, reading in readings_of(received.texts, pack(document["pack"]))]
        claims = [claim for each in readings if not isinstance(each, Exception) for claim in to_json(each)["claims"]]
        out[document["id"]] = [{**_told(claim), "end": claim["start"] + len(claim["quote"])} for claim in claims]
    return out


@dataclass(frozen=True, slots=True)
class Figures:
    """How well the documents of one language in a set are read."""

    detection: Score
    slots: dict[str, Score]
    stance: tuple[int, int]  # right, of the claims that were found
    initiator: tuple[int, int]
    denials_admitted: int  # denials that were read as admissions
    blamed_wrongly: Counter[str]  # party -> readings that blame it where the annotation does not
    missed: Counter[str]  # kind -> claims not found
    spurious: Counter[str]

    @property
    def all_slots(self) -> Score:
        return sum(self.slots.values(), Score(0, 0, 0))


def measure(language: str, which: str = KEPT) -> Figures:
    found, by_slot = Score(0, 0, 0), dict.fromkeys(SLOTS, Score(0, 0, 0))
    agreeing: Counter[str] = Counter()
    blamed, missed, spurious, admitted, pairs_in_all = Counter[str](), Counter[str](), Counter[str](), 0, 0
    for document in documents(language, which):
        gold, read = want(document), got(language, which).get(document["id"], [])
        pairs = pair(gold, read)
        found += detection(gold, read)
        for slot, score in slots(gold, read).items():
            by_slot[slot] += score
        for i, j in pairs:
            pairs_in_all += 1
            agreeing.update(slot for slot in ("stance", "initiator") if gold[i][slot] == read[j][slot])
            admitted += gold[i]["stance"] == "denies" and read[j]["stance"] == "admits"
        right = {j: gold[i]["initiator"] for i, j in pairs}
        blamed.update(c["initiator"] for j, c in enumerate(read) if c["initiator"] not in NOBODY | {right.get(j)})
        missed.update(gold[i]["kind"] for i in set(range(len(gold))) - {i for i, _ in pairs})
        spurious.update(read[j]["kind"] for j in set(range(len(read))) - {j for _, j in pairs})
    shares = {slot: (agreeing[slot], pairs_in_all) for slot in ("stance", "initiator")}
    return Figures(found, by_slot, shares["stance"], shares["initiator"], admitted, blamed, missed, spurious)


def floors(which: str = KEPT) -> dict[str, dict[str, float] | None]:
    loaded: dict[str, dict[str, float] | None] = yaml.safe_load((SETS[which] / "floors.yaml").read_text(encoding="utf-8"))
    return loaded

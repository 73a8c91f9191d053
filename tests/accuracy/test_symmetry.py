"""Law 2: with the parties exchanged in the texts, everything that is read, linked and concluded is exchanged with them, and nothing else.

Readings are compared under the pack as it is. Linking looks at distances, so for it the positions of exchanged places (and the
alliances of third states) are exchanged in the pack as well: how far two villages lie apart is no matter of who holds them.
"""

from __future__ import annotations

import functools
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml

from merestone.capture import load_pack
from merestone.capture.terms import Pack
from merestone.extract.names import Mention
from merestone.report import symmetry_compare as compare
from merestone.report.symmetry_compare import Run
from tests.accuracy import corpora
from tests.accuracy.corpora import Document
from tests.accuracy.exchange import Exchange, Gap, sentences

LEFT_OUT = Path(__file__).with_name("left_out.yaml")
MOST_LEFT_OUT = 0.05
CORPORA = {
    "teaching": ("teaching", ("VE", "OR")),
    "seeds": ("armenia-azerbaijan", ("AM", "AZ")),
    "gold": ("armenia-azerbaijan", ("AM", "AZ")),
}


@dataclass(frozen=True, slots=True)
class Both:
    """A corpus as it is and with the parties exchanged: what was read under the pack, and under the pack with exchanged positions."""

    exchange: Exchange
    documents: tuple[Document, ...]
    exchanged: tuple[Document, ...]
    left_out: dict[str, int]  # name without a counterpart -> sentences that hold it
    sentences: int
    before: Run
    after: Run
    after_elsewhere: Run


def documents_of(name: str, shared: Path | None) -> list[Document]:
    """The corpus without addresses: those of a publisher's pages name it, and cannot be exchanged."""
    if name == "teaching":
        documents = corpora.teaching()
    else:
        assert shared is not None
        documents = corpora.gold(shared / "gold") if name == "gold" else corpora.seeds(shared / "seeds")
    return [{key: value for key, value in document.items() if key != "url"} for document in documents]


@functools.cache
def both(name: str, shared: Path | None) -> Both:
    pack, (one, other) = load_pack(CORPORA[name][0]), CORPORA[name][1]
    exchange = Exchange(pack, one, other)
    pairs, left_out, count = [], Counter[str](), 0
    for document in documents_of(name, shared):
        kept, changed, gone, number = exchanged(document["text"], exchange)
        count += number
        left_out.update(gone)
        publisher = {"publisher": publisher_of(document["publisher"], exchange)} if "publisher" in document else {}
        pairs.append(({**document, "text": kept}, {**document, **publisher, "text": changed}))
    documents, others = tuple(a for a, _ in pairs), tuple(b for _, b in pairs)
    before, after, elsewhere = (run(each, under) for each, under in ((documents, pack), (others, pack), (others, exchange.geography())))
    return Both(exchange, documents, others, left_out, count, before, after, elsewhere)


def exchanged(text: str, exchange: Exchange) -> tuple[str, str, list[str], int]:
    """What is kept of a text, the same exchanged, the name that each sentence left out could not exchange, and how many sentences there are."""
    kept, changed, gone, cuts = [], [], [], sentences(text)
    for start, end in cuts:
        try:
            changed.append(exchange.text(text[start:end]))
        except Gap as gap:
            gone.append(gap.words)
        else:
            kept.append(text[start:end])
    return "".join(kept), "".join(changed), gone, len(cuts)


def publisher_of(publisher: str, exchange: Exchange) -> str:
    return exchange.bodies.get(publisher) or exchange.text(publisher)


def run(documents: Sequence[Document], pack: Pack) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        return corpora.run(documents, pack, Path(folder))


@pytest.fixture(params=sorted(CORPORA))
def pair(request: pytest.FixtureRequest) -> Both:
    name: str = request.param
    return both(name, None if name == "teaching" else request.getfixturevalue("shared"))


def listed(name: str) -> dict[str, str]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load(LEFT_OUT.read_text(encoding="utf-8"))
    return loaded[name]


# --- the exchange itself ------------------------------------------------------------------------------------------


def test_every_name_of_a_party_is_exchanged(pair: Both) -> None:
    """No name of the one party is left standing: where it stood, stands the other's."""
    for a, b in zip(pair.documents, pair.exchanged, strict=True):
        was = [{pair.exchange.swap[code] for code in party_of(m, pair)} for m in pair.exchange.mentions(a["text"])]
        now = [party_of(m, pair) for m in pair.exchange.mentions(b["text"])]
        assert was == now, a["id"]


def party_of(mention: Mention, pair: Both) -> set[str]:
    """The sides that a name belongs to, as a party, a body or a place."""
    names = pair.exchange.names
    bodies = {names.sources[source].affiliation for source in mention.sources}
    places = {names.places[place].side for place in mention.places}
    return ({*mention.parties, *bodies} or places) & set(pair.exchange.swap)


def test_something_is_read(pair: Both) -> None:
    assert sum(len(reading.claims) for reading in pair.before.readings.values()) >= 20
    assert {claim.initiator for reading in pair.before.readings.values() for claim in reading.claims} & set(pair.exchange.swap)


@pytest.mark.parametrize("name", sorted(CORPORA))
def test_what_cannot_be_exchanged_is_listed_with_its_reason(name: str, request: pytest.FixtureRequest) -> None:
    found = both(name, None if name == "teaching" else request.getfixturevalue("shared"))
    assert set(listed(name)) == set(found.left_out)
    assert all(listed(name).values())
    assert sum(found.left_out.values()) <= MOST_LEFT_OUT * found.sentences


def test_exchanging_twice_gives_the_first_reading(pair: Both) -> None:
    """Back again, with whatever aliases the second exchange chose."""
    texts = [{**d, "text": pair.exchange.text(d["text"])} for d in pair.exchanged]
    publishers = {d["id"]: {"publisher": d["publisher"]} for d in pair.documents if "publisher" in d}
    again = run([{**text, **publishers.get(text["id"], {})} for text in texts], pair.exchange.pack)
    kinds = [[(c.kind, c.initiator, c.stance) for c in reading.claims] for reading in again.readings.values()]
    assert kinds == [[(c.kind, c.initiator, c.stance) for c in reading.claims] for reading in pair.before.readings.values()]


# --- what follows from it -----------------------------------------------------------------------------------------


def test_readings_are_exchanged_and_nothing_else_changes(pair: Both) -> None:
    """Claims slot by slot, statements, appeals, responses, signatories, citations, persons."""
    assert list(compare.readings(pair.before, pair.after, pair.exchange)) == []


def test_readings_do_not_hang_on_where_places_lie(pair: Both) -> None:
    assert list(compare.readings(pair.before, pair.after_elsewhere, pair.exchange)) == []


def test_incidents_grades_and_voices_are_exchanged_and_nothing_else_changes(pair: Both) -> None:
    assert pair.before.linked.incidents
    assert list(compare.conclusions(pair.before, pair.after_elsewhere, pair.exchange)) == []


def test_a_pack_that_favours_a_side_is_found_out() -> None:
    """The comparison can fail: let the bodies of one party count as nobody's, and the readings differ."""
    pair = both("teaching", None)
    sources = tuple(replace(s, affiliation="none") if s.affiliation == pair.exchange.one else s for s in pair.exchange.pack.sources)
    pack = replace(pair.exchange.pack, sources=sources)
    before, after = run(pair.documents, pack), run(pair.exchanged, pack)
    assert list(compare.readings(before, after, pair.exchange))
    assert list(compare.conclusions(before, after, pair.exchange))


def test_a_rule_that_knows_a_side_is_found_out() -> None:
    """The comparison can fail: take one word of one party's out of the exchanged texts, and the readings differ."""
    pair = both("teaching", None)
    word = pair.exchange.pack.parties[0].name
    spoilt = [{**document, "text": document["text"].replace(f"{word}ian", "local")} for document in pair.exchanged]
    assert list(compare.readings(pair.before, run(spoilt, pair.exchange.pack), pair.exchange))

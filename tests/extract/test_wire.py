"""A reading goes out as JSON and comes back the same; what others write is read tolerantly and never guessed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from merestone.extract import terms
from merestone.extract.terms import Reading, Speaker
from merestone.extract.wire import from_json, to_json
from merestone.ledger.terms import Refusal

TEXT = (
    "Orsay said Veldarian forces fired at Lower Mill at 03:40 on 28 July. Two soldiers were wounded. Veldar denied it. Signed: Mill Watch."
)

words = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=12)
parties = st.sampled_from(("VE", "OR", "both", "none", "unknown"))
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda pair: (min(pair), max(pair)))
dates = st.dates().map(lambda day: day.isoformat()) | st.just("2021-07-28T03:40+04:00") | st.just("")
counts = st.none() | st.integers(0, 50)
metres = st.none() | st.floats(0, 90_000)


@st.composite
def quoted(draw: st.DrawFn) -> tuple[int, int, str]:
    start = draw(st.integers(0, len(TEXT) - 1))
    end = draw(st.integers(start + 1, len(TEXT)))
    return start, end, TEXT[start:end]


@st.composite
def speakers(draw: st.DrawFn) -> Speaker:
    start, end = draw(spans)
    return Speaker(draw(words), draw(words), draw(parties), draw(st.booleans()), start, end, draw(st.booleans()))


@st.composite
def places(draw: st.DrawFn) -> terms.Located:
    start, end = draw(spans)
    lat, lon = draw(st.none() | st.floats(-90, 90)), draw(st.floats(-180, 180))
    margin = None if lat is None else draw(st.floats(0, 90_000))
    rest = (draw(st.none() | words), draw(words), draw(st.lists(words, max_size=2).map(tuple)))
    role, level = draw(st.sampled_from(terms.ROLES)), draw(st.sampled_from((*terms.LEVELS, "")))
    return terms.Located(draw(words), start, end, role, draw(words), level, lat, None if lat is None else lon, margin, *rest)


@st.composite
def mentions(draw: st.DrawFn) -> terms.PlaceMention:
    start, end = draw(spans)
    ids = draw(st.lists(words, max_size=3).map(tuple))
    return terms.PlaceMention(draw(words), start, end, draw(st.sampled_from(terms.ROLES)), ids, draw(words), draw(metres), draw(words))


@st.composite
def figures(draw: st.DrawFn) -> terms.Casualties:
    low, high = draw(counts), draw(counts)
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    start, end = draw(spans)
    return terms.Casualties(
        draw(st.sampled_from(terms.OUTCOMES)), draw(parties), draw(st.sampled_from(terms.GROUPS)), low, high, start, end
    )


@st.composite
def claims(draw: st.DrawFn, number: int, persons: tuple[terms.Person, ...]) -> terms.Proposal:
    start, end, quote = draw(quoted())
    since = draw(dates)
    when = terms.When(
        since,
        since,
        draw(st.sampled_from(terms.PRECISIONS)),
        draw(st.just("") | words),
        draw(st.lists(words, max_size=2).map(tuple)),
        draw(st.none() | spans),
    )
    evidence = draw(st.lists(st.builds(lambda a, b, s: terms.Evidence(a, b, s[0], s[1], a, b), words, words, spans), max_size=2).map(tuple))
    return terms.Proposal(
        id=number,
        kind=draw(st.sampled_from(terms.KINDS)),
        start=start,
        end=end,
        quote=quote,
        said_by=draw(st.lists(speakers(), max_size=2).map(tuple)),
        realised=draw(st.sampled_from(terms.REALISED)),
        stance=draw(st.sampled_from(terms.STANCES)),
        initiator=draw(parties),
        target=terms.Target(draw(parties), draw(st.sampled_from(terms.TARGETS))),
        when=when,
        places=draw(st.lists(mentions(), max_size=2).map(tuple)),
        where=draw(st.lists(places(), max_size=2).map(tuple)),
        weapons=draw(st.lists(st.sampled_from(terms.WEAPONS), max_size=2).map(tuple)),
        casualties=draw(st.lists(figures(), max_size=2).map(tuple)),
        repeated=draw(st.booleans()),
        persons=persons[:1],
        rule=draw(words),
        confidence=draw(st.floats(0, 1)),
        evidence=evidence,
        hit=draw(st.lists(words, max_size=2).map(tuple)),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    people = draw(st.lists(spans, max_size=2, unique=True))
    persons = tuple(terms.Person(start, end, draw(st.booleans()), draw(words)) for start, end in people)
    said = draw(st.lists(quoted(), max_size=2))
    name = draw(words)
    return Reading(
        id=draw(words),
        language="en",
        rules=draw(words),
        claims=tuple(draw(claims(number, persons)) for number in range(1, draw(st.integers(0, 3)) + 1)),
        statements=tuple(
            terms.Statement(draw(st.sampled_from(terms.STATEMENTS)), draw(words), draw(parties), *q, draw(words)) for q in said
        ),
        appeals=tuple(terms.Appeal((draw(words),), (draw(words), name), draw(words), *q, draw(words)) for q in said),
        responses=tuple(terms.Response(draw(words), draw(words), draw(dates), *q, draw(words)) for q in said),
        signatories=tuple((name, *span) for span in people),
        citations=tuple(terms.Citation(name, *span, received=draw(st.booleans())) for span in people),
        persons=persons,
    )


@given(readings())
def test_a_reading_survives_the_way_out_and_in(reading: Reading) -> None:
    there = json.loads(json.dumps(to_json(reading), allow_nan=False))
    assert from_json(there, TEXT) == reading


def gold(**changes: Any) -> dict[str, Any]:
    claim: dict[str, Any] = {
        "id": 1,
        "kind": "small_arms_fire",
        "quote": "Veldarian forces fired at Lower Mill",
        "said_by": ["Orsay"],
        "stance": "asserts",
        "initiator": "VE",
        "target": {"party": "OR", "what": "settlement"},
        "when": {"from": "2021-07-28T03:40", "to": "2021-07-28T03:40", "precision": "minute"},
        "where": [{"text": "Lower Mill", "name": "Lower Mill", "role": "target", "lat": 10.0, "lon": 20.0, "level": "settlement"}],
        "weapons": [],
        "casualties": [{"outcome": "wounded", "party": "OR", "group": "military", "min": 2, "max": 2}],
        "incident": "20210728-lower-mill",
    }
    return {"id": "en-1", "language": "en", "text": TEXT, "claims": [{**claim, **changes}], "signatories": ["Mill Watch"]}


def test_an_annotated_claim_is_found_in_its_text() -> None:
    reading = from_json(gold())
    claim = reading.claims[0]
    assert TEXT[claim.start : claim.end] == claim.quote
    assert (claim.where[0].start, claim.where[0].end) == (TEXT.find("Lower Mill"), TEXT.find("Lower Mill") + 10)
    assert claim.said_by == (Speaker("Orsay", "other", "unknown", False, 0, 5),)
    assert claim.realised == "done"
    assert not claim.repeated
    assert reading.signatories == (("Mill Watch", TEXT.find("Mill Watch"), TEXT.find("Mill Watch") + 10),)


def test_a_coordinate_without_uncertainty_has_none_unless_it_is_marked_approximate() -> None:
    assert from_json(gold()).claims[0].where[0].uncertainty_m is None
    rough = {**gold()["claims"][0]["where"][0], "approx": True}
    assert from_json(gold(where=[rough])).claims[0].where[0].uncertainty_m == 10_000


def test_a_pattern_without_incident_is_repeated_and_a_dated_one_is_not() -> None:
    assert from_json(gold(incident=None, pattern="fire-at-villages")).claims[0].repeated
    assert not from_json(gold(pattern="fire-at-villages")).claims[0].repeated
    assert from_json(gold(repeated=True)).claims[0].repeated


def test_who_is_gives_a_speaker_to_a_bare_name() -> None:
    reading = from_json(gold(), who_is=lambda name, start, end: Speaker(name, "government", "OR", True, start, end))
    assert reading.claims[0].said_by[0].affiliation == "OR"


def test_dates_as_yaml_reads_them() -> None:
    document = yaml.safe_load("{id: d, claims: [{kind: calm, quote: Two, when: {from: 2021-07-28, precision: day}}]}")
    when = from_json(document, TEXT).claims[0].when
    assert (when.start, when.end, when.precision) == ("2021-07-28", "2021-07-28", "day")


@pytest.mark.parametrize(("told", "start", "end"), [("2021", "2021-01-01", "2021-12-31"), ("2024-02", "2024-02-01", "2024-02-29")])
def test_a_bare_year_or_month_is_bounded(told: str, start: str, end: str) -> None:
    when = from_json(gold(when={"from": told, "to": told, "precision": "month"})).claims[0].when
    assert (when.start, when.end) == (start, end)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "provocation"},
        {"quote": "words that nobody wrote"},
        {"quote": ""},
        {"start": 3},
        {"stance": "hints"},
        {"id": True},
        {"when": {"from": "yesterday"}},
        {"when": []},
        {"weapons": ["catapult"]},
        {"casualties": [{"outcome": "killed", "min": 3, "max": 2}]},
        {"casualties": [{"outcome": "killed", "min": -1}]},
        {"where": [{"text": "Lower Mill", "lat": 100.0, "lon": 20.0}]},
        {"persons": [[5, 2]]},
        {"confidence": 2},
        {"said_by": [1]},
        {"speakers": [{"name": "Orsay", "official": "yes"}]},
    ],
    ids=str,
)
def test_a_malformed_claim_is_refused_with_its_place(changes: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as told:
        from_json(gold(**changes))
    assert told.value.code == "malformed_reading"
    assert told.value.facts["document"] == "en-1"
    assert str(told.value.facts["at"]).startswith("claims[0]")


def test_two_claims_of_one_number_and_a_line_that_is_no_object_are_refused() -> None:
    twice = gold()
    twice["claims"] *= 2
    for document in (twice, ["no", "object"], {"claims": []}):
        with pytest.raises(Refusal, match="malformed_reading"):
            from_json(document)


def test_linking_results_are_filled_in_by_claim() -> None:
    out = to_json(from_json(gold()), {1: "B-001"}, {1: "en-0#4"})
    assert (out["claims"][0]["incident"], out["claims"][0]["copy_of"]) == ("B-001", "en-0#4")
    assert to_json(from_json(gold()))["claims"][0]["incident"] is None


def test_every_annotated_document_is_read(shared: Path) -> None:
    documents = sorted((shared / "gold" / "documents").glob("*.yaml"))
    assert documents
    for path in documents:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        reading = from_json(raw)
        assert [claim.quote for claim in reading.claims] == [claim["quote"] for claim in raw["claims"]], path.name
        assert from_json(to_json(reading), raw["text"]) == reading, path.name

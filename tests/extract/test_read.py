"""The whole reading of a text: the same every time, every value in its place in the text, nothing where nothing is said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merestone.capture.pack_parse import Notes, parse_pack
from merestone.capture.terms import Pack
from merestone.extract.read import Reader, read
from merestone.extract.terms import KINDS, OUTCOMES, PRECISIONS, REALISED, ROLES, STANCES, TARGETS, WEAPONS, Reading
from merestone.ledger.terms import Refusal
from tests.extract.reading import NEUTRAL, exhibit, pack, reader, reading

TOLD = (
    "Orsayan forces shelled Keldholt on 18 May at 03:40 with mortars, killing two farmers.",
    "The Veldarian Defence Ministry said that its posts near Hollin came under fire.",
    "The Orsayan Defence Ministry denied that its forces opened fire.",
    "According to the Committee of the White Lamp, three shepherds were detained near Skarn Pass.",
    "“They fired at us every night,” Jorun Askelvad said.",
    "We call on the Assembly of Ocean States to condemn the shelling.",
    "Between three and five soldiers of the Veldarian army were wounded.",
    "As of 10:00 the situation was calm.",
    "Orsayan soldiers tried to detain a shepherd, Osk Tarrel, 62.",
    "No casualties were reported.",
    "It rained.",
)
MARKS = (" ", "\n", "\n\n", "\r\n", " • ", " — ", "\u00a0", "“", "”", "(", "…", "\ufeff")
TEXTS = st.lists(st.one_of(st.sampled_from(TOLD), st.sampled_from(MARKS), st.text(max_size=12)), max_size=10).map("".join)


def spans(done: Reading) -> list[tuple[int, int]]:
    """Every stretch of the text that a reading names."""
    out = [(e.start, e.end) for c in done.claims for e in c.evidence]
    out += [(p.start, p.end) for c in done.claims for p in (*c.places, *c.casualties, *c.persons, *c.said_by)]
    out += [c.when.span for c in done.claims if c.when.span]
    out += [(x.start, x.end) for x in (*done.claims, *done.statements, *done.appeals, *done.responses, *done.citations, *done.persons)]
    return out + [(start, end) for _, start, end in done.signatories]


@settings(max_examples=150)
@given(TEXTS, st.sampled_from([NEUTRAL, "Ministry of Defence of Veldar", "Bay Gazette", ""]))
def test_every_value_stands_in_the_text(text: str, publisher: str) -> None:
    done = reading(text, publisher)
    assert all(0 <= start <= end <= len(text) for start, end in spans(done))
    for each in (*done.claims, *done.statements, *done.appeals, *done.responses):
        assert each.start < each.end
        assert text[each.start : each.end] == each.quote
    for claim in done.claims:
        assert all(text[p.start : p.end] == p.text for p in claim.places)
    for name, start, end in done.signatories:
        assert text[start:end] == name


@settings(max_examples=60)
@given(TEXTS)
def test_the_same_text_has_the_same_reading(text: str) -> None:
    assert reading(text) == reading(text)


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_what_was_read_before_changes_nothing(before: str, text: str) -> None:
    first = reading(text)
    reading(before)
    assert reading(text) == first


@settings(max_examples=100)
@given(TEXTS)
def test_claims_are_numbered_in_text_order_and_speak_the_rooms_words(text: str) -> None:
    found = reading(text).claims
    assert [c.id for c in found] == list(range(1, len(found) + 1))
    assert [c.start for c in found] == sorted(c.start for c in found)
    parties = {*(p.code for p in pack().parties), "both", "none", "unknown"}
    for c in found:
        assert c.kind in KINDS
        assert (c.stance in STANCES, c.realised in REALISED, c.target.what in TARGETS) == (True, True, True)
        assert {c.initiator, c.target.party, *(f.party for f in c.casualties)} <= parties
        assert set(c.weapons) <= set(WEAPONS)
        assert {p.role for p in c.places} <= set(ROLES)
        assert {f.outcome for f in c.casualties} <= set(OUTCOMES)
        assert c.when.precision in PRECISIONS
        assert 0 <= c.confidence <= 1


@settings(max_examples=100)
@given(TEXTS)
def test_figures_are_ranges(text: str) -> None:
    for claim in reading(text).claims:
        for figure in claim.casualties:
            assert figure.min is not None or figure.max is not None
            if figure.min is not None and figure.max is not None:
                assert 0 <= figure.min <= figure.max


@settings(max_examples=100)
@given(TEXTS)
def test_every_claim_says_why(text: str) -> None:
    for claim in reading(text).claims:
        assert {"kind"} <= {e.slot for e in claim.evidence}
        assert all(e.rule and e.why for e in claim.evidence)
        assert claim.rule in {"harm", *reader().lex.kind_rules}


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "...!?", "—“”•«»", "։։։", "a", "42", "\ufeff", "((((", "Keldholt", "said", "by of at"])
def test_a_text_that_says_nothing_has_no_claims(text: str) -> None:
    done = reading(text)
    assert (done.claims, done.statements, done.appeals, done.responses, done.signatories) == ((), (), (), (), ())
    assert (done.id, done.language) == ("told", "en")


@pytest.mark.parametrize("word", ["rain ", "shelled ", "Veldar ", "Keldholt, ", "12 ", "said ", "and "])
def test_a_very_long_line_is_read(word: str) -> None:
    text = word * 400
    done = reading(text)
    assert all(0 <= start <= end <= len(text) for start, end in spans(done))


def test_what_is_told_in_a_long_text_is_found_where_it_stands() -> None:
    quiet = "It rained all day in the hills. " * 400
    (claim,) = reading(quiet + TOLD[0]).claims
    assert claim.start == len(quiet)


def test_the_rules_are_named() -> None:
    assert reading("It rained.").rules == reader().lex.rules.name


def test_a_reader_is_refused_where_a_language_has_no_rules() -> None:
    with pytest.raises(Refusal) as refused:
        Reader(pack(), "xx")
    assert refused.value.code == "language_without_rules"


def test_two_readers_of_one_pack_read_the_same() -> None:
    given = exhibit(" ".join(TOLD))
    assert read(given, Reader(pack(), "en")) == read(given, reader())


def test_the_order_of_a_pack_does_not_matter() -> None:
    turned = replace(pack(), parties=pack().parties[::-1], sources=pack().sources[::-1], places=pack().places[::-1])
    given = exhibit(" ".join(TOLD))
    assert Reader(turned, "en").read(given).claims == reader().read(given).claims


def test_persons_are_told_with_the_claims_that_they_stand_in() -> None:
    text = " ".join(TOLD)
    done = reading(text)
    for claim in done.claims:
        assert claim.persons == tuple(p for p in done.persons if claim.start <= p.start and p.end <= claim.end)
    assert any("Osk Tarrel" in text[p.start : p.end] for p in done.persons)


def test_a_document_of_this_batch_is_received() -> None:
    text = "A report by the Committee of the White Lamp was read.[1]"
    held = Reader(pack(), "en", ["Committee of the White Lamp"]).read(exhibit(text))
    assert {c.received for c in held.citations if c.by == "Committee of the White Lamp"} == {True}
    assert {c.received for c in reading(text).citations} == {False}


# --- nothing is known outside packs -------------------------------------------------------------------------------


def bare(*parties: dict[str, Any]) -> Pack:
    raw: dict[str, Any] = {
        "name": "bare",
        "title": "Invented",
        "period": {"from": "2030-01-01", "to": "2031-12-31"},
        "timezones": ["Etc/GMT-2"],
        "parties": list(parties),
        "sources": [],
        "places": [],
    }
    return parse_pack(raw, "bare", "", "bare.yaml", Notes())


NORTH = {"code": "NL", "name": "Norland", "aliases": {"en": ["Norland", "Norlandic"]}}
SOUTH = {"code": "SV", "name": "Sarvia", "aliases": {"en": ["Sarvia", "Sarvian"]}}


def test_who_stands_in_no_pack_is_nobody() -> None:
    text = "Orsayan forces shelled Veldarian posts near Keldholt, the Veldarian army said."
    found = Reader(bare(NORTH, SOUTH), "en").read(exhibit(text)).claims
    assert [(c.kind, c.initiator, c.target.party, c.places) for c in found] == [("shelling", "unknown", "unknown", ())]
    assert {s.affiliation for c in found for s in c.said_by} == {"unknown"}


def test_a_pack_alone_makes_its_parties_known() -> None:
    text = "Sarvian forces shelled Norlandic posts near Keldholt."
    found = Reader(bare(NORTH, SOUTH), "en").read(exhibit(text)).claims
    assert [(c.initiator, c.target.party) for c in found] == [("SV", "NL")]

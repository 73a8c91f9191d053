"""Values frozen and thawed: equal again, and nothing else passes for one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.assess import assess
from merestone.capture.pack import SHIPPED, load_pack
from merestone.capture.terms import ByteRange, Cell, Exhibit, ExhibitText, Known, PageBox, Piece, Unknown
from merestone.extract import languages_with_rules
from merestone.extract.terms import Casualties, Located, Proposal, Reading, Target, When
from merestone.ledger.canonical import canonical, parsed
from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.link import Ref, group
from merestone.link.dossiers import dossier_of, readings_of
from merestone.link.terms import Linked
from merestone.register.frozen import freeze, thaw
from merestone.report import Findings, Particulars, assemble, redact

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
WHOLE = st.integers(0, 2**53 - 1)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
SAID = st.builds(Known, WORDS, WORDS) | st.builds(Unknown, WORDS)
ORIGINS = (
    st.builds(ByteRange, WORDS, WHOLE, WHOLE)
    | st.builds(PageBox, WHOLE, st.tuples(*[NUMBERS] * 4))
    | st.builds(Cell, WHOLE, WORDS, WHOLE, WHOLE)
)
HOURS = st.none() | st.datetimes(timezones=st.just(UTC))
TEXTS = st.builds(
    ExhibitText, WORDS, st.builds(Exhibit, WORDS, WORDS, WHOLE, WORDS, HOURS), WORDS,
    st.lists(st.builds(Piece, WHOLE, WHOLE, ORIGINS), max_size=3).map(tuple),
    SAID, WORDS, SAID, SAID, SAID, SAID, st.booleans(),
)  # fmt: skip


@given(TEXTS)
def test_a_text_comes_back_equal(text: ExhibitText) -> None:
    assert thaw(ExhibitText, freeze(text)) == text


def test_what_was_odd_about_a_text_comes_back() -> None:
    plain = Unknown("not stated")
    odd = Refusal("bad_date", stated="yesterday", origin="option", line=3)
    text = ExhibitText("a", Exhibit("a.txt", "text/plain", 3, "00"), "abc", (), plain, "utf-8", plain, plain, plain, plain, notices=(odd,))
    back = thaw(ExhibitText, freeze(text))
    assert [(each.code, each.facts) for each in back.notices] == [(odd.code, odd.facts)]
    assert replace(back, notices=text.notices) == text


@given(st.none() | NUMBERS | WHOLE.map(float), st.none() | WHOLE)
def test_a_number_keeps_its_type(metres: float | None, low: int | None) -> None:
    place = Located("a", 0, 1, "at", "A", "settlement", metres, 3.0, metres, None, "found")
    back = thaw(Located, freeze(place))
    assert back == place
    assert [type(each) for each in (back.lat, back.lon)] == [type(metres), float]
    figure = Casualties("killed", "none", "civilian", low, low, 0, 1)
    assert type(thaw(Casualties, freeze(figure)).min) is type(low)


@pytest.fixture(scope="module")
def worked_out() -> tuple[Any, ...]:
    """Two texts of the teaching pack through all rooms."""
    from merestone.capture import Options, receive

    documents = SHIPPED / "teaching" / "documents"
    paths = [documents / name for name in ("ve-mod-2031-05-17.txt", "or-mod-2031-05-17.md")]
    received = receive(paths, Options(languages_with_rules=languages_with_rules()))
    pack = load_pack("teaching")
    dossiers = tuple(dossier_of(text, reading) for text, reading in readings_of(received.texts, pack))
    linked = group(dossiers, pack=pack)
    findings = Findings(received, dossiers, linked, assess(linked, dossiers, pack))
    particulars = Particulars("A title", datetime(2031, 6, 1, tzinfo=UTC), ("", ""), "0", (("starting weight", "1 bit"),))
    whole = assemble(findings, pack, particulars)
    return (*received.texts, *(each.reading for each in dossiers), linked, whole, redact(whole, "public"))


def test_texts_readings_linkings_and_editions_come_back_equal(worked_out: tuple[Any, ...]) -> None:
    for value in worked_out:
        data = freeze(value)
        back = thaw(type(value), data)
        assert freeze(back) == data
        if not isinstance(value, ExhibitText):
            assert back == value
    assert [type(value).__name__ for value in worked_out] == [*["ExhibitText"] * 2, *["Reading"] * 2, "Linked", "Edition", "Edition"]
    assert any(value.incidents for value in worked_out if isinstance(value, Linked))


def test_a_field_added_later_has_its_default() -> None:
    text = freeze(When("2031-05-17", "2031-05-17", "day"))
    older = {key: value for key, value in parsed(text).items() if key != "inferred"}
    assert thaw(When, canonical(older)) == When("2031-05-17", "2031-05-17", "day")


@pytest.mark.parametrize(
    "damage",
    [
        lambda plain: plain.pop("start"),
        lambda plain: plain.update(extra=1),
        lambda plain: plain.update(start=4),
        lambda plain: plain.update(inferred="year"),
        lambda plain: plain.update(span=[1]),
        lambda plain: plain.update(span=[1, "2"]),
        lambda plain: plain.update(precision=None),
    ],
)
def test_what_does_not_fit_is_a_broken_record(damage: Any) -> None:
    plain = parsed(freeze(When("2031-05-17", "2031-05-17", "day", span=(1, 2))))
    damage(plain)
    with pytest.raises(BrokenRecord):
        thaw(When, canonical(plain))


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b'{"claim":1, "document":"EXH-1"}', b'{"claim":true,"document":"EXH-1"}'])
def test_bytes_that_nobody_froze_are_refused(data: bytes) -> None:
    with pytest.raises(BrokenRecord):
        thaw(Ref, data)


def test_a_union_names_its_class_and_no_other_passes() -> None:
    @dataclass(frozen=True)
    class Held:
        said: Known | Unknown
        days: tuple[date, ...] = ()

    # the hints of a class inside a function are looked up in its module
    globals().update(Held=Held)
    held = Held(Unknown("nobody said"), (date(2031, 5, 17),))
    assert parsed(freeze(held))["said"] == {"is": "Unknown", "reason": "nobody said"}
    assert thaw(Held, freeze(held)) == held
    for wrong in ({"is": "Refusal", "reason": "x"}, {"reason": "x"}, "x"):
        with pytest.raises(BrokenRecord):
            thaw(Held, canonical({"said": wrong, "days": []}))
    with pytest.raises(BrokenRecord):
        thaw(Held, canonical({"said": {"is": "Unknown", "reason": "x"}, "days": ["tomorrow"]}))


def test_every_noun_that_the_vault_keeps_has_a_form() -> None:
    reading = Reading("EXH-1", "en", "en 0", (), (), (), (), (), (), ())
    claim = Proposal(1, "shelling", 0, 1, "x", (), "done", "asserts", "unknown", Target("none", "none"), When("", "", "unknown"), (), (), (), (), False, (), "r", 0.5, ())  # fmt: skip
    held = replace(reading, claims=(claim,), signatories=(("A", 0, 1),))
    assert thaw(Reading, freeze(held)) == held
    assert {each.name for each in fields(Reading)} == parsed(freeze(held)).keys()

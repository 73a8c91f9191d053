"""Speech acts: the cases beside the rules, spans that are what they quote, and sides that are symmetric."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from merestone.capture.terms import Pack, Party, Place, Source
from merestone.extract.appeals import Asks, find_appeals
from merestone.extract.attribution import attribute
from merestone.extract.citations import find_citations
from merestone.extract.names import find_names
from merestone.extract.persons import find_persons
from merestone.extract.read import Reader
from merestone.extract.responses import find_responses
from merestone.extract.rules import LANGUAGES
from merestone.extract.signatories import find_signatories, signed_block
from merestone.extract.speakers import speaker_of_source
from merestone.extract.speech import Setting
from merestone.extract.statements import find_statements
from merestone.extract.terms import Appeal, Citation, Person, Response, Speaker, Statement
from merestone.extract.tokens import layout

CASES = yaml.safe_load((LANGUAGES / "en" / "speech.cases.yaml").read_text(encoding="utf-8"))


def _sources(code: str, name: str, adjective: str, president: str) -> list[Source]:
    of = f"of {name}"
    return [
        Source(f"Government {of}", {"en": (f"{adjective} government",)}, "government", code),
        Source(f"Ministry of Defence {of}", {"en": (f"{name}'s Defence Ministry",)}, "ministry", code),
        Source(f"Ministry of Foreign Affairs {of}", {"en": ()}, "ministry", code),
        Source(f"Ombudsperson {of}", {"en": ()}, "ombudsperson", code),
        Source(f"President {of}", {"en": (president,)}, "office_holder", code),
    ]


PACK = Pack(
    name="speech", title="Norland and Sarvia, invented", period=("2031-01-01", "2031-12-31"), timezones=("UTC",),
    parties=(Party("NL", "Norland", {"en": ("Norland", "Norlandic")}), Party("SV", "Sarvia", {"en": ("Sarvia", "Sarvian")})),
    sources=(
        *_sources("NL", "Norland", "Norlandic", "Ivar Holt"), *_sources("SV", "Sarvia", "Sarvian", "Mara Dessen"),
        Source("Lake Union", {"en": ()}, "international", "none"), Source("Council of Isles", {"en": ()}, "international", "none"),
        Source("Meridia", {"en": ()}, "third_state", "none"), Source("Open Ford", {"en": ()}, "civil_society", "NL"),
        Source("North Wire", {"en": ()}, "media", "none"),
    ),
    places=(Place("kelm", "Kelm", {}, "settlement", 1.0, 1.0, 500.0, side="NL"), Place("dorn", "Dorn", {}, "settlement", 1.1, 1.0, 500.0, side="SV")),
)  # fmt: skip
READER = Reader(PACK, "en")
LEX, NAMES, RULES = READER.lex, READER.names, READER.speech
KIT = (READER.lex, READER.offices)


def setting(text: str, by: str = "North Wire") -> Setting:
    cut = layout(text, LEX.abbreviations)
    mentions = find_names(cut, NAMES)
    default: tuple[Speaker, ...] = (speaker_of_source(NAMES.sources[by], 0, 0),)
    return Setting(cut, mentions, NAMES, attribute(cut, mentions, NAMES, KIT, default), RULES)


class Read:
    """Everything that the readers of speech acts say of one text."""

    def __init__(self, text: str, by: str = "North Wire") -> None:
        made = setting(text, by)
        self.asks: Asks = find_appeals(made)
        self.appeals: tuple[Appeal, ...] = self.asks.appeals
        self.statements: tuple[Statement, ...] = find_statements(made, self.asks.spans)
        self.responses: tuple[Response, ...] = find_responses(made, self.appeals, self.asks.spans, lambda a, b: "2031-05-03")
        self.signatories = find_signatories(made)
        self.persons: tuple[Person, ...] = find_persons(made, [signed_block(self.signatories)])
        self.citations: tuple[Citation, ...] = find_citations(made, lambda name: name == "Lake Union")


def without_article(quote: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", quote, flags=re.IGNORECASE)


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["t"][:60])
def test_case(case: Mapping[str, Any]) -> None:
    text = case["t"]
    found = Read(text, case.get("by", "North Wire"))
    if "appeals" in case:
        assert [without_article(a.quote) for a in found.appeals] == [without_article(a["quote"]) for a in case["appeals"]]
        for got, want in zip(found.appeals, case["appeals"], strict=True):
            assert got.by == (want["by"],)
            assert "to" not in want or list(got.to) == want["to"]
            assert got.ask == want.get("ask", got.ask)
    for key in ("statements", "responses"):
        if key in case:
            got = [(s.type, s.by, without_article(s.quote)) for s in getattr(found, key)]
            assert got == [(s["type"], s["by"], without_article(s["quote"])) for s in case[key]]
    if "persons" in case:
        assert [text[p.start : p.end] for p in found.persons] == case["persons"]
    if "citations" in case:
        assert sorted({c.by for c in found.citations if not c.by.isdigit()}) == sorted(case["citations"])


@pytest.mark.parametrize("case", CASES["signatories"], ids=lambda case: case["t"][:40])
def test_signatories_are_exact(case: Mapping[str, Any]) -> None:
    assert [name for name, _, _ in Read(case["t"], "Open Ford").signatories] == case["are"]


EVERY = [(case["t"], case.get("by", "North Wire")) for case in CASES["cases"]] + [(case["t"], "Open Ford") for case in CASES["signatories"]]


def spans_hold(text: str, found: Read) -> None:
    for one in (*found.appeals, *found.statements, *found.responses):
        assert text[one.start : one.end] == one.quote
        assert one.quote.strip() == one.quote != ""
    for name, start, end in found.signatories:
        assert text[start:end] == name
    left, right = signed_block(found.signatories)
    lines = found.signatories if len(found.signatories) > 1 else ()
    for span in (*found.appeals, *found.statements, *found.responses, *found.persons):
        assert not lines or span.end <= left or span.start >= right
    edges = [edge for span in found.asks.spans for edge in span]
    assert edges == sorted(edges)
    assert all(a.end <= b.start for a, b in zip(found.persons, found.persons[1:], strict=False))


@pytest.mark.parametrize(("text", "by"), EVERY, ids=lambda value: value[:30])
def test_every_span_is_what_it_quotes(text: str, by: str) -> None:
    spans_hold(text, Read(text, by))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([text for text, _ in EVERY]), min_size=1, max_size=5), st.sampled_from(["\n\n", "\n", " "]))
def test_spans_hold_in_any_mixture(texts: list[str], between: str) -> None:
    text = between.join(texts)
    spans_hold(text, Read(text, "Open Ford"))


EXCHANGED = {"Norland": "Sarvia", "Sarvia": "Norland", "Norlandic": "Sarvian", "Sarvian": "Norlandic", "NL": "SV", "SV": "NL"}
_WORDS = re.compile(r"\b(?:" + "|".join(sorted(EXCHANGED, key=len, reverse=True)) + r")\b")


def exchanged(text: str) -> str:
    return _WORDS.sub(lambda match: EXCHANGED[match.group()], text)


@pytest.mark.parametrize(("text", "by"), [(t, b) for t, b in EVERY if _WORDS.search(t)], ids=lambda value: value[:30])
def test_sides_are_symmetric(text: str, by: str) -> None:
    one, other = Read(text, by), Read(exchanged(text), exchanged(by))
    assert [(exchanged(" ".join(a.by)), sorted(map(exchanged, a.to)), exchanged(a.quote)) for a in one.appeals] == [
        (" ".join(a.by), sorted(a.to), a.quote) for a in other.appeals
    ]
    assert [(s.type, exchanged(s.by), exchanged(s.quote)) for s in one.statements] == [(s.type, s.by, s.quote) for s in other.statements]
    assert [(r.type, exchanged(r.by), exchanged(r.quote)) for r in one.responses] == [(r.type, r.by, r.quote) for r in other.responses]


def test_what_is_asked_for_is_no_deed() -> None:
    text = "The Lake Union urged Norland to return the captives. Sarvia shelled Kelm."
    spans = Read(text).asks.spans
    assert any(a <= text.index("return the captives") < b for a, b in spans)
    assert not any(a <= text.index("shelled") < b for a, b in spans)


def test_a_purpose_is_no_deed() -> None:
    text = "Guards were posted so that Norland commits no new attack, and Sarvia shelled Dorn."
    spans = Read(text).asks.spans
    assert any(a <= text.index("commits") < b for a, b in spans)


def test_cited_is_not_received_unless_it_is_held() -> None:
    found = Read("According to a report by the Council of Isles and a report by the Lake Union, the road is mined.").citations
    assert {c.by: c.received for c in found} == {"Council of Isles": False, "Lake Union": True}


def test_office_holders_of_the_pack_are_never_masked() -> None:
    text = "Mara Dessen met Arno Vell in Kelm."
    assert {text[p.start : p.end]: p.office for p in Read(text).persons} == {"Mara Dessen": True, "Arno Vell": False}


def test_a_response_is_dated_by_its_own_words() -> None:
    made = setting("The Lake Union on Monday adopted a resolution which says that troops crossed the river on Friday.")
    asked: list[str] = []
    find_responses(made, (), (), lambda a, b: asked.append(made.text[a:b]) or "")  # type: ignore[func-returns-value]
    assert len(asked) == 1
    assert "Monday" in asked[0]
    assert "Friday" not in asked[0]

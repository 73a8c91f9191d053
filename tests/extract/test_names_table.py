"""Names of a pack in a text: the longest wins, endings and sounds are seen through, small letters are no name, none is guessed."""

from __future__ import annotations

import functools
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.capture.names import LONGEST
from merestone.capture.pack_parse import Notes, parse_pack
from merestone.capture.terms import Pack
from merestone.extract.names import Mention, Names, find_names, names_of
from merestone.extract.tokens import layout
from tests.extract.reading import pack, reader

ENDINGS = ("'s", "’s", "s", "ում")
ADJECTIVES = ("n", "an", "ian", "ese", "ish")

LONG_NAME = "Joint Standing Committee for the Return of the Lost Boats of Ellwick"


@functools.cache
def small() -> Pack:
    raw: dict[str, Any] = {
        "name": "small",
        "title": "Invented",
        "period": {"from": "2030-01-01", "to": "2031-12-31"},
        "timezones": ["Etc/GMT-2"],
        "parties": [
            {"code": "NL", "name": "Norland", "aliases": {"en": ["Norland", "the Reds"]}},
            {"code": "SV", "name": "Sarvia", "aliases": {"en": ["Sarvia", "the Greens"]}},
        ],
        "sources": [
            {"name": "Lake Watch", "kind": "civil_society", "affiliation": "none"},
            {"name": "Lake", "kind": "media", "affiliation": "none", "aliases": ["lake radio"]},
            {"name": LONG_NAME, "kind": "other", "affiliation": "none"},
        ],
        "places": [
            _place("upper-tolme", "Upper Tolme"),
            _place("tolme", "Tolme"),
            _place("tolme-pass", "Tolme", "feature"),
            _place("gulasar", "Gülaşar"),
            _place("khorja", "Khorzha"),
            _place("verin", "Վերին Ձոր"),
            _place("border", "green line"),
            _place("nor-ashen", "Nor-Ashen"),
        ],
    }
    return parse_pack(raw, "small", "", "small.yaml", Notes())


def _place(key: str, name: str, level: str = "settlement") -> dict[str, Any]:
    return {"id": key, "name": name, "level": level, "lat": 1.0, "lon": 1.0, "uncertainty_m": 900}


@functools.cache
def names() -> Names:
    return names_of(small(), ENDINGS, ADJECTIVES)


def found(text: str, table: Names | None = None) -> list[tuple[str, tuple[str, ...]]]:
    """What was found, with the keys of whatever it names."""
    return [(text[m.start : m.end], (*m.parties, *m.sources, *m.places)) for m in mentions(text, table)]


def mentions(text: str, table: Names | None = None) -> tuple[Mention, ...]:
    return find_names(layout(text, frozenset()), names() if table is None else table)


# --- what is found ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They came to Upper Tolme at noon.", [("Upper Tolme", ("upper-tolme",))]),
        ("They came to Tolme at noon.", [("Tolme", ("tolme", "tolme-pass"))]),
        ("Lake Watch saw it.", [("Lake Watch", ("Lake Watch",))]),
        ("Norland and Sarvia", [("Norland", ("NL",)), ("Sarvia", ("SV",))]),
        ("the Reds’ posts", [("the Reds", ("NL",))]),
        ("Norland's posts", [("Norland's", ("NL",))]),
        ("Norland’s posts", [("Norland’s", ("NL",))]),
        ("Norlandish and Sarvian posts", [("Norlandish", ("NL",)), ("Sarvian", ("SV",))]),
        ("near Nor-Ashen or Nor Ashen", [("Nor-Ashen", ("nor-ashen",)), ("Nor Ashen", ("nor-ashen",))]),
        ("NORLAND", [("NORLAND", ("NL",))]),
        ("Gulasar and Gülaşar", [("Gulasar", ("gulasar",)), ("Gülaşar", ("gulasar",))]),
        ("Horja, Khorja and Khorzha", [("Horja", ("khorja",)), ("Khorja", ("khorja",)), ("Khorzha", ("khorja",))]),
        ("Վերին Ձորում", [("Վերին Ձորում", ("verin",))]),
        ("Verin Dzor", [("Verin Dzor", ("verin",))]),
        ("on the green line", [("green line", ("border",))]),
        ("lake radio told it", [("lake radio", ("Lake",))]),
    ],
)
def test_what_is_found(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the lake was still",  # a name with a capital is not found in small letters
        "in tolme",
        "Upper, Tolm",
        "Norlandia",
        "Tolmeville",
        "Sarvi",
        "",
        "...",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("gap", [", ", "; ", ": ", ". "])
def test_no_name_is_read_across_a_stop(gap: str) -> None:
    assert found(f"went Upper{gap}Tolme fell") == [("Tolme", ("tolme", "tolme-pass"))]


def test_a_name_is_read_across_a_wrapped_line_and_not_across_two_items() -> None:
    wrapped = "The head of it\nThe patrol that came in the night from the hills went along the green\nline in the dark."
    assert found(wrapped) == [("green\nline", ("border",))]
    assert found("Signed:\nLake\nWatch") == [("Lake", ("Lake",))]


def test_a_shared_name_keeps_all_its_keys() -> None:
    assert mentions("Tolme")[0].places == ("tolme", "tolme-pass")


def test_an_ending_is_told() -> None:
    assert [m.adjective for m in mentions("Norland and Norland's and Tolmes")] == [False, True, True]


def test_a_name_longer_than_the_longest_is_found_by_its_first_words() -> None:
    (mention,) = mentions(f"The {LONG_NAME} wrote.")
    assert mention.sources == (LONG_NAME,)
    assert mention.last - mention.first == LONGEST


def test_tokens_and_characters_of_a_mention_agree() -> None:
    done = layout("In Upper Tolme, Norland's posts", frozenset())
    for m in find_names(done, names()):
        assert (done.tokens[m.first].start, done.tokens[m.last - 1].end) == (m.start, m.end)


def test_a_pack_without_names_finds_nothing() -> None:
    empty = Pack("e", "e", ("", ""), (), (), (), ())
    assert mentions("Norland and Sarvia", names_of(empty, ENDINGS, ADJECTIVES)) == ()


# --- every name of a pack -----------------------------------------------------------------------------------------

FILLER = st.lists(
    st.sampled_from(["and", "they", "saw", "nothing", "at", "noon", "while", "it", "rained", "for", "3", "hours", "on", "12", "roofs"]),
    max_size=6,
).map(" ".join)


@functools.cache
def all_names() -> tuple[tuple[str, str, str], ...]:
    """(name, sort, key) of the teaching pack."""
    out = {(p.name, "parties", p.code) for p in pack().parties}
    out |= {(name, "parties", p.code) for p in pack().parties for given in p.aliases.values() for name in given}
    out |= {(s.name, "sources", s.name) for s in pack().sources}
    out |= {(name, "sources", s.name) for s in pack().sources for given in s.aliases.values() for name in given}
    out |= {(p.name, "places", p.id) for p in pack().places}
    out |= {(name, "places", p.id) for p in pack().places for given in p.names.values() for name in given}
    return tuple(sorted(out))


@given(FILLER, st.sampled_from(all_names()), st.sampled_from(["", "'s", "’s"]), st.sampled_from([".", ",", " ;", ""]), FILLER)
def test_every_name_of_a_pack_is_found_wherever_it_stands(
    before: str, name: tuple[str, str, str], ending: str, mark: str, after: str
) -> None:
    told, sort, key = name
    text = f"{before} {told}{ending}{mark} {after}"
    start = len(before) + 1
    got = find_names(layout(text, frozenset()), reader().names)
    there = [m for m in got if m.start <= start and start + len(told) <= m.end]
    assert len(there) == 1
    assert key in getattr(there[0], sort)


@given(st.lists(st.one_of(FILLER, st.sampled_from([name for name, _, _ in all_names()])), max_size=8))
def test_no_two_mentions_overlap_and_each_names_something(parts: list[str]) -> None:
    text = " ".join(parts)
    got = find_names(layout(text, frozenset()), reader().names)
    assert all(a.end <= b.start for a, b in itertools.pairwise(got))
    assert all(m.parties or m.sources or m.places for m in got)


@given(st.text(max_size=200))
def test_a_mention_lies_in_any_text(text: str) -> None:
    for m in find_names(layout(text, frozenset()), reader().names):
        assert 0 <= m.start < m.end <= len(text)

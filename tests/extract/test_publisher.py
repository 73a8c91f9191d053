"""Whose text it is: a source of the pack, an office with a party in its name, or the name as given; those who sign."""

from __future__ import annotations

import pytest

from merestone.capture.terms import Known, Unknown
from merestone.extract.names import find_names
from merestone.extract.publisher import publisher_of, signed
from merestone.extract.terms import Speaker
from tests.extract.reading import LAND, PEOPLE, cut, reader

BOTH_SIDES = pytest.mark.parametrize("code", ["VE", "OR"])


def publisher(name: str) -> tuple[Speaker, ...]:
    return publisher_of(Known(name, "manifest"), reader().names, reader().lex, reader().offices)


def test_an_unknown_publisher_is_nobody() -> None:
    assert publisher_of(Unknown("not said"), reader().names, reader().lex, reader().offices) == ()


@BOTH_SIDES
@pytest.mark.parametrize(
    "written",
    [
        "Ministry of Defence of {L}",
        "{A} Defence Ministry",
        "{A} MoD",
        "{L}'s Ministry of Defence",
        "Press service of the Ministry of Defence of {L}",
    ],
)
def test_a_ministry_by_any_of_its_names(code: str, written: str) -> None:
    (speaker,) = publisher(written.format(A=PEOPLE[code], L=LAND[code]))
    assert (speaker.name, speaker.kind, speaker.affiliation, speaker.official) == (
        f"Ministry of Defence of {LAND[code]}",
        "ministry",
        code,
        True,
    )


@BOTH_SIDES
@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("Prosecutor General's Office of {L}", "Prosecutor General's Office of {L}", "government"),
        ("{A} Interior Ministry", "Ministry of Internal Affairs of {L}", "ministry"),
        ("Parliament of {L}", "Parliament of {L}", "government"),
        ("National Security Service of {L}", "National Security Service of {L}", "government"),
    ],
)
def test_an_office_that_the_pack_does_not_name(code: str, written: str, name: str, kind: str) -> None:
    fill = {"A": PEOPLE[code], "L": LAND[code]}
    (speaker,) = publisher(written.format(**fill))
    assert (speaker.name, speaker.kind, speaker.affiliation, speaker.official) == (name.format(**fill), kind, code, True)


@pytest.mark.parametrize(
    ("written", "kind", "affiliation"),
    [
        ("VPA", "state_media", "VE"),
        ("OTA", "state_media", "OR"),
        ("The Aldervik Herald", "media", "VE"),
        ("The Portelaine Courier", "media", "OR"),
        ("Meridian Newswire", "media", "none"),
        ("Meridian Newswire, Aldervik", "media", "none"),
        ("Committee of the White Lamp (field office)", "international", "none"),
    ],
)
def test_an_outlet_is_called_as_it_was_given(written: str, kind: str, affiliation: str) -> None:
    (speaker,) = publisher(written)
    assert (speaker.name, speaker.kind, speaker.affiliation, speaker.official) == (written, kind, affiliation, False)


@pytest.mark.parametrize("written", ["Bay Gazette", "Ministry of Defence", "Orsay", "…", "A. Writer"])
def test_a_name_that_nothing_explains_stays_as_given(written: str) -> None:
    assert publisher(written) == (Speaker(written, "other", "unknown", False, 0, 0),)


@pytest.mark.parametrize("written", ["VPA", "Bay Gazette", "Veldarian MoD"])
def test_a_publisher_stands_nowhere_in_the_text(written: str) -> None:
    assert [(s.start, s.end) for s in publisher(written)] == [(0, 0)]


# --- those who sign -----------------------------------------------------------------------------------------------


def those_who_sign(*names: str) -> Speaker:
    text = "\n".join(names)
    found, at = [], 0
    for name in names:
        found.append((name, at, at + len(name)))
        at += len(name) + 1
    return signed(find_names(cut(text), reader().names), found, reader().names, reader().lex)


@pytest.mark.parametrize(
    ("names", "affiliation"),
    [
        (("Keldholt Community Forum", "Open Hearth Veldar"), "VE"),
        (("Lantern Orsay", "Women's Council of Montasse"), "OR"),
        (("Keldholt Community Forum", "Friends of the Sea"), "VE"),
        (("Keldholt Community Forum", "Lantern Orsay"), "unknown"),
        (("Committee of the White Lamp", "Assembly of Ocean States"), "unknown"),
        (("Friends of the Sea", "Friends of the Shore"), "unknown"),
        ((), "unknown"),
    ],
)
def test_the_side_of_those_who_sign(names: tuple[str, ...], affiliation: str) -> None:
    speaker = those_who_sign(*names)
    assert (speaker.affiliation, speaker.kind, speaker.official) == (affiliation, "civil_society", False)


def test_those_who_sign_are_called_by_their_side() -> None:
    assert those_who_sign("Keldholt Community Forum", "Open Hearth Veldar").name == "Civil society organisations of Veldar"
    assert those_who_sign("Friends of the Sea", "Friends of the Shore").name == "the signatories"

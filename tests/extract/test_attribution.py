"""Whose word it is: said, according to, in an account, citing, denied, admitted, carried on, quoted; else the publisher's."""

from __future__ import annotations

import pytest

from tests.extract.reading import LAND, NEUTRAL, OTHER, PEOPLE, VE_MOD, claims, only, reading, steps

BOTH_SIDES = pytest.mark.parametrize("code", ["VE", "OR"])
DEED = "a mortar round hit a barn"


def voices(text: str, publisher: str = NEUTRAL) -> list[str]:
    return steps(text, publisher).voices(DEED)


def ministry(code: str) -> str:
    return f"Ministry of Defence of {LAND[code]}"


# --- one speaker --------------------------------------------------------------------------------------------------


@BOTH_SIDES
@pytest.mark.parametrize(
    "text",
    [
        f"The {{A}} Defence Ministry said that {DEED}.",
        f"The {{A}} Defence Ministry said {DEED}.",
        f"The {{A}} Defence Ministry also said on Monday that {DEED}.",
        f"The {{A}} Defence Ministry has repeatedly stated that {DEED}.",
        f"The Ministry of Defence of {{L}} reported that {DEED}.",
        f"{{L}}'s Defence Ministry claimed that {DEED}.",
        f"At dawn {DEED}, the {{A}} Defence Ministry said.",
        f"At dawn {DEED}, said the {{A}} Defence Ministry.",
        f"“At dawn {DEED},” the {{A}} Defence Ministry said.",
        f"According to the {{A}} Defence Ministry, {DEED}.",
        f"At dawn {DEED}, according to the {{A}} Defence Ministry.",
        f"In {{L}}'s Defence Ministry's account, {DEED}.",
        f"From {{L}}'s Defence Ministry's report, {DEED}.",
    ],
)
def test_the_one_named_speaks(code: str, text: str) -> None:
    assert voices(text.format(A=PEOPLE[code], L=LAND[code])) == [ministry(code)]


@BOTH_SIDES
def test_the_name_of_an_office_is_made_by_one_rule(code: str) -> None:
    for written in (
        f"The {PEOPLE[code]} Interior Ministry",
        f"The Interior Ministry of {LAND[code]}",
        f"{LAND[code]}'s Ministry of Internal Affairs",
    ):
        speaker = only(f"{written} said that {DEED}.").said_by[-1]
        assert (speaker.name, speaker.kind) == (f"Ministry of Internal Affairs of {LAND[code]}", "ministry")
        assert (speaker.affiliation, speaker.official) == (code, True)


def test_a_neutral_body_is_no_official_of_a_party() -> None:
    speaker = only(f"The Committee of the White Lamp said that {DEED}.").said_by[-1]
    assert (speaker.name, speaker.affiliation, speaker.official) == ("Committee of the White Lamp", "none", False)


@pytest.mark.parametrize("words", ["Residents", "A witness", "Villagers"])
def test_residents_speak_for_no_party(words: str) -> None:
    speaker = only(f"{words} said that {DEED}.").said_by[-1]
    assert (speaker.name, speaker.kind, speaker.affiliation, speaker.official) == ("residents", "resident", "unknown", False)


def test_the_span_of_a_speaker_is_where_it_is_named() -> None:
    text = f"At dawn, Meridian Newswire said that {DEED}."
    speaker = only(text, "Mid-Ocean Review").said_by[-1]
    assert text[speaker.start : speaker.end] == "Meridian Newswire"


# --- chains -------------------------------------------------------------------------------------------------------


@BOTH_SIDES
@pytest.mark.parametrize(
    "text",
    [
        f"Meridian Newswire reported, citing the {{A}} Defence Ministry, that {DEED}.",
        f"At dawn {DEED}, Meridian Newswire reported, citing the {{A}} Defence Ministry.",
        f"Meridian Newswire reported that {DEED}, according to the {{A}} Defence Ministry.",
    ],
)
def test_the_one_cited_comes_last(code: str, text: str) -> None:
    assert voices(text.format(A=PEOPLE[code]), "Mid-Ocean Review") == [NEUTRAL, ministry(code)]


@BOTH_SIDES
def test_an_office_that_reports_what_others_say_comes_first(code: str) -> None:
    assert voices(f"Residents said that {DEED}.", ministry(code)) == [ministry(code), "residents"]


def test_nobody_is_named_twice_in_a_chain() -> None:
    assert voices(f"The Veldarian Defence Ministry said that {DEED}.", VE_MOD) == [VE_MOD]


def test_each_of_two_speakers_has_a_side_of_the_sentence() -> None:
    text = "The Veldarian army said that a barn burned, while the Orsayan army said that a bridge fell."
    done = steps(text)
    assert done.voices("a barn") == ["Armed Forces of Veldar"]
    assert done.voices("a bridge") == ["Armed Forces of Orsay"]


def test_what_stands_after_a_citation_of_a_document_is_not_received() -> None:
    (claim,) = claims(f"According to a report by the Committee of the White Lamp, {DEED}.")
    assert [s.received for s in claim.said_by] == [False]
    assert [s.received for s in only(f"According to the Committee of the White Lamp, {DEED}.").said_by] == [True]


# --- stance -------------------------------------------------------------------------------------------------------


@BOTH_SIDES
@pytest.mark.parametrize(
    ("verb", "stance"),
    [
        ("said", "asserts"),
        ("denied", "denies"),
        ("rejected", "denies"),
        ("admitted", "admits"),
        ("acknowledged", "admits"),
    ],
)
def test_the_verb_tells_the_stance(code: str, verb: str, stance: str) -> None:
    (cue,) = steps(f"The {PEOPLE[code]} Defence Ministry {verb} that {DEED}.").who.cues[0]
    assert (cue.stance, cue.how, cue.speaker.name) == (stance, "say", ministry(code))


@BOTH_SIDES
def test_a_denial_is_no_admission(code: str) -> None:
    a, b = PEOPLE[code], PEOPLE[OTHER[code]]
    claim = only(f"The {a} Defence Ministry denied that {a} forces opened fire on {b} posts.")
    assert (claim.stance, claim.initiator, claim.target.party) == ("denies", code, OTHER[code])


@BOTH_SIDES
def test_only_the_side_that_is_blamed_can_admit(code: str) -> None:
    a, b = PEOPLE[code], PEOPLE[OTHER[code]]
    text = f"{a} forces opened fire on {b} posts, the {{}} Defence Ministry said."
    assert [only(text.format(who)).stance for who in (a, b)] == ["admits", "asserts"]


# --- what carries on ----------------------------------------------------------------------------------------------


def test_a_speaker_carries_on_within_the_paragraph() -> None:
    assert voices(f"The Veldarian Defence Ministry said the night was quiet. At dawn {DEED}.") == [VE_MOD]


def test_a_speaker_does_not_carry_over_to_the_next_paragraph() -> None:
    assert voices(f"The Veldarian Defence Ministry said the night was quiet.\n\nAt dawn {DEED}.") == [NEUTRAL]


def test_a_quotation_carries_over_to_the_next_paragraph() -> None:
    assert voices(f"The Veldarian Defence Ministry said: “The night was quiet.\n\nAt dawn {DEED}.”") == [VE_MOD]


def test_a_new_speaker_ends_what_carried() -> None:
    text = f"The Veldarian Defence Ministry said the night was quiet. The Orsayan Defence Ministry said it was not. At dawn {DEED}."
    assert voices(text) == ["Ministry of Defence of Orsay"]


def test_a_quotation_belongs_to_the_one_named_at_its_end() -> None:
    text = f"“At dawn {DEED}. Then it was quiet,” Jorun Askelvad said."
    assert voices(text) == ["Jorun Askelvad"]


def test_what_is_carried_is_asserted() -> None:
    text = f"The Orsayan Defence Ministry denied that it was quiet. At dawn {DEED}."
    assert [(c.stance, c.said_by[-1].name) for c in claims(text) if c.kind != "calm"] == [("asserts", "Ministry of Defence of Orsay")]


# --- who is meant -------------------------------------------------------------------------------------------------


@BOTH_SIDES
def test_an_office_without_a_party_is_the_one_spoken_of(code: str) -> None:
    text = f"The {PEOPLE[code]} Defence Ministry came late.\nThe Defence Ministry said that {DEED}."
    assert voices(text) == [ministry(code)]


@BOTH_SIDES
def test_an_office_without_a_party_is_else_the_publishers_own_side(code: str) -> None:
    assert voices(f"The Interior Ministry said that {DEED}.", ministry(code))[-1] == f"Ministry of Internal Affairs of {LAND[code]}"


def test_an_office_without_a_party_stays_without_where_nobody_tells() -> None:
    speaker = only(f"The Interior Ministry said that {DEED}.").said_by[-1]
    assert (speaker.name, speaker.affiliation) == ("Ministry of Internal Affairs", "unknown")


@BOTH_SIDES
def test_what_points_back_points_to_the_latest_that_fits(code: str) -> None:
    text = f"The {PEOPLE[code]} Defence Ministry came late. The ministry said that {DEED}."
    assert voices(text) == [ministry(code)]


def test_a_person_in_front_of_an_office_speaks_for_it() -> None:
    speaker = only(f"Osk Tarrel, of the Veldarian Defence Ministry, said that {DEED}.").said_by[-1]
    assert (speaker.affiliation, speaker.official) == ("VE", True)


# --- nobody named -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [f"At dawn {DEED}.", f"In Keldholt {DEED}.", f"Keldholt said that {DEED}.", f"It is said that {DEED}."])
def test_the_publisher_speaks_by_default_and_a_place_says_nothing(text: str) -> None:
    assert voices(text) == [NEUTRAL]


def test_an_unknown_publisher_is_nobody() -> None:
    assert only(f"At dawn {DEED}.", "").said_by == ()


def test_those_who_sign_speak() -> None:
    text = (
        "Joint statement of civil society organisations\n\nOn 18 May Orsayan forces shelled Keldholt.\n\nSignatories:\n"
        "Keldholt Community Forum\nOpen Hearth Veldar\n"
    )
    done = reading(text, "")
    assert [name for name, _, _ in done.signatories] == ["Keldholt Community Forum", "Open Hearth Veldar"]
    assert [(s.name, s.affiliation, s.official) for s in done.claims[0].said_by] == [("Civil society organisations of Veldar", "VE", False)]


@BOTH_SIDES
def test_the_one_who_speaks_is_no_doer(code: str) -> None:
    for text in (f"The {PEOPLE[code]} army said that {DEED}.", f"According to the {PEOPLE[code]} army, {DEED}."):
        claim = only(text)
        assert (claim.initiator, claim.quote.casefold()) == ("unknown", DEED)


def test_words_about_speaking_are_masked_and_others_not() -> None:
    text = f"The Veldarian army said that {DEED}."
    who = steps(text).who
    assert who.masked(text.index("army"))
    assert who.masked(text.index("said"))
    assert not who.masked(text.index("mortar"))

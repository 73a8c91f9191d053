"""Who did it and to whom, from the grammar around the verb; exchange the parties in a text and they are exchanged in the claims."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merestone.extract.lexicon import lexicon
from merestone.extract.roles import stance_of
from merestone.extract.terms import Proposal
from tests.extract.phrases import written
from tests.extract.reading import ADJECTIVES, LAND, NEUTRAL, OR_MOD, OTHER, PEOPLE, VE_MOD, claims, only

BOTH_SIDES = pytest.mark.parametrize("code", ["VE", "OR"])
# names of the teaching pack that stand on both sides in the same way
PAIRS = (("Veldarian", "Orsayan"), ("Veldar", "Orsay"), ("Keldholt", "Montasse"), ("Ternmoor", "Sorrelle"), ("VE", "OR"))
ACROSS = {a: b for pair in PAIRS for a, b in (pair, pair[::-1])}
NAMES = re.compile(r"\b(?:" + "|".join(sorted(ACROSS, key=len, reverse=True)) + r")\b")


def exchanged(text: str) -> str:
    return NAMES.sub(lambda m: ACROSS[m.group()], text)


def told(claim: Proposal) -> dict[str, Any]:
    """A claim without the offsets, which move with the length of a name."""
    return {
        "kind": claim.kind,
        "rule": claim.rule,
        "quote": claim.quote,
        "said_by": [(s.name, s.kind, s.affiliation, s.official) for s in claim.said_by],
        "mood": (claim.realised, claim.stance, claim.repeated),
        "roles": (claim.initiator, claim.target.party, claim.target.what),
        "when": (claim.when.start, claim.when.end, claim.when.precision),
        "places": [(p.text, p.role) for p in claim.places],
        "weapons": claim.weapons,
        "casualties": [(f.outcome, f.party, f.group, f.min, f.max) for f in claim.casualties],
        "confidence": claim.confidence,
    }


# --- exchange -----------------------------------------------------------------------------------------------------


def of_verbs() -> list[tuple[str, str]]:
    """(rule, pattern) of every rule for what somebody does."""
    rows = [row for row in lexicon("en").table("kinds")["rules"] if row["voice"] != "casualty"]
    return [(row["id"], pattern) for row in rows for pattern in row["any"] if "{" not in pattern]


# no adjective of a party stands behind the phrase, where a longer match might take it in
TEMPLATES = (
    "On 18 May, near Keldholt, Veldarian forces {}.",
    "At Orsayan posts near Montasse, the Orsayan Defence Ministry said, Veldarian soldiers {} on 18 May.",
    "Two Veldarian soldiers {} near Montasse, wounding three.",
    "Orsayan positions near Montasse {}.",
    "The Veldarian Defence Ministry denied that its forces {} in Montasse; the Orsayan army said they did.",
    "Veldar and Orsay: they {} at Ternmoor and Sorrelle, and both sides counted three dead.",
)


@settings(max_examples=300)
@given(st.sampled_from(of_verbs()), st.sampled_from(TEMPLATES), st.sampled_from([NEUTRAL, VE_MOD, OR_MOD]), st.data())
def test_exchanging_the_parties_exchanges_the_roles(rule: tuple[str, str], template: str, publisher: str, data: st.DataObject) -> None:
    phrase = written(rule[1], lexicon("en"), lambda options: data.draw(st.sampled_from(list(options))))
    text = template.format(phrase)
    here = [told(c) for c in claims(text, publisher)]
    there = [told(c) for c in claims(exchanged(text), exchanged(publisher))]
    assert there == [_across(claim) for claim in here]


def _across(value: Any) -> Any:
    if isinstance(value, str):
        return exchanged(value)
    if isinstance(value, dict):
        return {key: _across(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_across(each) for each in value)
    return value


def test_exchanging_twice_is_the_text_itself() -> None:
    for template in TEMPLATES:
        assert exchanged(template) != template
        assert exchanged(exchanged(template)) == template


# --- who did it ---------------------------------------------------------------------------------------------------


@BOTH_SIDES
@pytest.mark.parametrize(
    "text",
    [
        "{A} forces opened fire on {B} posts near Tammen.",
        "{L} opened fire on {B} posts near Tammen.",
        "At dawn, {A} forces opened fire on {B} posts.",
        "{A} forces, near Tammen, opened fire on {B} posts.",
        "Units of the {A} army opened fire on {B} posts.",
        "{B} posts near Tammen were shelled by {A} forces.",
        "{B} posts near Tammen came under fire from {A} positions.",
        "There was fire from the {A} side on {B} posts.",
        "{A} shelling of {B} posts went on.",
        "{A} soldiers came. They opened fire on {B} posts.",
    ],
)
def test_who_did_it_and_to_whom(code: str, text: str) -> None:
    last = claims(text.format(A=PEOPLE[code], B=PEOPLE[OTHER[code]], L=LAND[code]))[-1]
    assert (last.initiator, last.target.party, last.target.what) == (code, OTHER[code], "military_positions")


@pytest.mark.parametrize(
    "text",
    [
        "Veldarian posts near Keldholt were shelled.",
        "Veldarian posts near Keldholt came under fire.",
        "Gunfire was heard near Keldholt.",
        "Somebody shelled Veldarian posts.",
    ],
)
def test_nobody_is_blamed_where_nobody_is_named(text: str) -> None:
    assert only(text).initiator == "unknown"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Both sides exchanged fire near Tammen.", "armed_clash"),
        ("A firefight between Veldarian and Orsayan soldiers broke out.", "armed_clash"),
        ("Veldar and Orsay agreed on a ceasefire.", "ceasefire_agreed"),
        ("The Veldarian posts near Keldholt were calm.", "calm"),
        ("A Veldarian truck ran over a mine.", "blast"),
    ],
)
def test_nobody_begins_what_has_no_beginner(text: str, kind: str) -> None:
    claim = only(text)
    assert (claim.kind, claim.initiator) == (kind, "none")


def test_both_sides_did_it() -> None:
    assert only("Both sides shelled villages near Tammen.").initiator == "both"


@BOTH_SIDES
def test_own_words_are_the_publishers(code: str) -> None:
    claim = only(f"Our units opened fire on {PEOPLE[OTHER[code]]} posts.", f"Ministry of Defence of {LAND[code]}")
    assert (claim.initiator, claim.target.party, claim.stance) == (code, OTHER[code], "admits")


@BOTH_SIDES
def test_the_opposing_side_is_the_other_one_of_the_text(code: str) -> None:
    text = f"{PEOPLE[code]} posts were shelled by the opposing side. {PEOPLE[OTHER[code]]} soldiers were seen."
    (claim,) = claims(text, f"Ministry of Defence of {LAND[code]}")
    assert (claim.initiator, claim.target.party) == (OTHER[code], code)


def test_the_opposing_side_of_nobody_is_unknown() -> None:
    assert only("The posts were shelled by the opposing side.").initiator == "unknown"


# --- to whom ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Veldarian forces opened fire on Orsayan posts.", "military_positions"),
        ("Veldarian forces opened fire on Orsayan soldiers.", "military_personnel"),
        ("Veldarian forces opened fire on Orsayan farmers.", "civilians"),
        ("Veldarian forces opened fire on the village of Montasse.", "settlement"),
        ("Veldarian forces opened fire on Montasse.", "settlement"),
        ("Veldarian forces opened fire on an Orsayan house.", "property"),
        ("Veldarian forces opened fire on an Orsayan school.", "infrastructure"),
        ("Veldarian forces opened fire on a patrol of monitors near Montasse.", "monitors"),
        ("Veldarian forces opened fire near Tammen.", "civilians"),  # what fire at a village is, counted
        ("Veldarian soldiers detained two Orsayan shepherds.", "civilians"),
        ("Veldarian soldiers detained two Orsayan soldiers.", "military_personnel"),
        ("Veldarian soldiers stole 40 sheep near Montasse.", "property"),
        ("Veldarian soldiers crossed the border near Montasse.", "territory"),
    ],
)
def test_what_it_was_done_to(text: str, what: str) -> None:
    claim = only(text)
    assert claim.target.what == what
    assert only(exchanged(text)).target.what == what


def test_a_withdrawal_is_done_to_nobody() -> None:
    claim = only("Orsayan forces withdrew from the height near Keldholt.")
    assert (claim.initiator, claim.target.party, claim.target.what) == ("OR", "none", "none")


def test_works_on_the_own_side_are_done_to_nobody() -> None:
    own = only("Our soldiers dug trenches near Keldholt. Orsay said nothing.", VE_MOD)
    assert (own.initiator, own.target.party) == ("VE", "none")


def test_a_second_sort_of_target_is_a_claim_of_its_own() -> None:
    quiet = "It rained. It rained. It rained. "
    first, second = claims(quiet + "Orsayan forces fired at Veldarian posts and at villages near Keldholt.")
    assert [first.target.what, second.target.what] == ["military_positions", "settlement"]
    assert (first.initiator, first.end <= second.start) == ("OR", True)
    assert second.initiator == "OR"


# --- the stance ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("initiator", "speaker", "official", "denied", "stance"),
    [
        ("OR", "OR", True, False, "admits"),
        ("OR", "OR", True, True, "denies"),
        ("OR", "OR", False, False, "asserts"),
        ("OR", "VE", True, False, "asserts"),
        ("OR", "VE", True, True, "denies"),
        ("unknown", "unknown", True, False, "asserts"),
        ("none", "none", True, False, "asserts"),
        ("both", "both", True, False, "asserts"),
        ("", "", True, False, "asserts"),
    ],
)
def test_stance(initiator: str, speaker: str, official: bool, denied: bool, stance: str) -> None:
    assert stance_of(initiator, speaker, official, denied) == stance


@given(st.sampled_from(["VE", "OR", "unknown", "none", "both", ""]), st.sampled_from(["VE", "OR", "unknown", ""]), st.booleans())
def test_a_denial_is_never_an_admission(initiator: str, speaker: str, official: bool) -> None:
    assert stance_of(initiator, speaker, official, denied=True) == "denies"


@BOTH_SIDES
def test_a_report_of_own_losses_admits_nothing(code: str) -> None:
    claim = only("Two of our soldiers were killed near Tammen.", f"Ministry of Defence of {LAND[code]}")
    assert (claim.kind, claim.stance, claim.initiator) == ("casualty", "asserts", "none")
    assert claim.casualties[0].party == code


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Thirteen were taken prisoner by {side} troops.", "military_personnel"),
        ("Thirteen were taken captive by {side} troops.", "military_personnel"),
        ("Two villagers were taken prisoner by {side} troops.", "civilians"),
        ("A lorry was seized by {side} troops and its crew of three were led away.", "civilians"),
    ],
)
@BOTH_SIDES
def test_what_people_were_made_tells_what_they_are_where_no_noun_does(code: str, words: str, what: str) -> None:
    found = [c for c in claims(words.format(side=PEOPLE[code])) if c.kind == "detention"]
    assert [(c.initiator, c.target.what) for c in found] == [(code, what)]


CAPTIVE = [
    ("en", "Eight people were taken captive on 5 May.", "military_personnel"),
    ("en", "On 5 May two villagers were taken prisoner.", "civilians"),
    ("ru", "5 мая восемь человек были взяты в плен.", "military_personnel"),
    ("ru", "5 мая в плен попали двое жителей села.", "civilians"),
    ("hy", "Մայիսի 5-ին գերեվարվել է ութ հոգի։", "military_personnel"),
    ("hy", "Մայիսի 5-ին ձերբակալվել է ութ հոգի։", "civilians"),
    ("hy", "Մայիսի 5-ին գերեվարվել են երկու գյուղացիներ։", "civilians"),
    ("az", "Mayın 5-də səkkiz nəfər əsir götürülüb.", "military_personnel"),
    ("az", "Mayın 5-də iki kənd sakini əsir götürülüb.", "civilians"),
]


@pytest.mark.parametrize(("language", "text", "what"), CAPTIVE)
def test_captivity_is_said_of_soldiers_where_no_noun_says_what_they_are(language: str, text: str, what: str) -> None:
    (claim,) = [c for c in claims(text, language=language) if c.kind == "detention"]
    assert claim.target.what == what
    assert {figure.group for figure in claim.casualties} == {"military" if what == "military_personnel" else "civilian"}


@BOTH_SIDES
@pytest.mark.parametrize("number", ["մինչև ութ", "առնվազն ութ"])
def test_a_word_before_a_number_leads_to_nobody(code: str, number: str) -> None:
    told = claims(f"Մայիսի 5-ին {number} {ADJECTIVES[code]['hy']} զինվոր հատել է սահմանը։", language="hy")
    assert [(c.kind, c.initiator) for c in told] == [("advance", code)]

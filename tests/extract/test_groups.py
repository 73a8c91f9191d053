"""Noun groups: whose posts and soldiers, at the left, behind "of", through a possessive, by what was said before; the same for both sides."""

from __future__ import annotations

import pytest

from merestone.extract.around import Around
from merestone.extract.groups import BOTH, OPPOSED, OWN, Group
from tests.extract.reading import LAND, OTHER, PEOPLE, claims, only, steps


def groups(text: str) -> dict[str, Group]:
    """The groups of a sentence by their words."""
    return {text[g.start : g.end]: g for g in steps(text).groups()}


def told(text: str) -> list[tuple[str, str, str]]:
    return [(words, g.cls, g.party) for words, g in groups(text).items()]


# --- whose they are -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["VE", "OR"])
@pytest.mark.parametrize(
    ("text", "words", "cls"),
    [
        ("{A} border posts fell.", "{A} border posts", "positions"),
        ("The old {A} posts fell.", "{A} posts", "positions"),
        ("{L}'s border posts fell.", "{L}'s border posts", "positions"),
        ("Posts of the {A} army fell.", "Posts of the {A} army", "positions"),
        ("Posts of {L} fell.", "Posts of {L}", "positions"),
        ("Army posts of the {A} army fell.", "Army posts of the {A} army", "positions"),
        ("The 25 soldiers of the {A} army fell.", "The 25 soldiers of the {A} army", "personnel"),
        ("Three {A} soldiers fell.", "{A} soldiers", "personnel"),
        ("“{A}” trucks fell.", "{A}” trucks", "property"),
        ("A {A} ambulance burned.", "{A} ambulance", "infrastructure"),
        ("The {A} side fell.", "{A} side", "forces"),
        ("A {A} farmer fell.", "{A} farmer", "civilians"),
    ],
)
def test_the_party_at_a_noun(code: str, text: str, words: str, cls: str) -> None:
    fill = {"A": PEOPLE[code], "L": LAND[code]}
    assert (words.format(**fill), cls, code) in told(text.format(**fill))


@pytest.mark.parametrize("code", ["VE", "OR"])
def test_the_nearer_party_is_the_one(code: str) -> None:
    text = f"{PEOPLE[OTHER[code]]} units saw {PEOPLE[code]} posts."
    assert (f"{PEOPLE[code]} posts", "positions", code) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Veldar said that posts fell.",
        "From Veldar, posts were seen.",
        "Veldar; posts fell.",
        "Veldar (posts fell).",
        "Veldar was quiet and posts fell.",
    ],
)
def test_a_party_over_a_stop_is_not_at_the_noun(text: str) -> None:
    assert groups(text)["posts"].party == ""


def test_own_words() -> None:
    assert groups("Our posts fell.")["Our posts"].party == OWN


@pytest.mark.parametrize("word", ["its", "their", "his", "her"])
def test_possessives_are_kept_until_it_is_known_whose(word: str) -> None:
    assert groups(f"They lost {word} soldiers.")[f"{word} soldiers"].party == f"of:{word}"


@pytest.mark.parametrize("words", ["The opposing side", "The opposite side", "The regime"])
def test_the_opposed(words: str) -> None:
    assert (groups(f"{words} fired.")[words].cls, groups(f"{words} fired.")[words].party) == ("opposed", OPPOSED)


def test_the_opposed_with_a_name_are_that_party() -> None:
    assert groups("They fired at the Veldarian opposing forces.")["Veldarian opposing forces"].party == "VE"


@pytest.mark.parametrize("words", ["Both sides", "The parties", "The sides"])
def test_both(words: str) -> None:
    assert told(f"{words} fired.")[0][1:] == ("both", BOTH)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("It fell in Veldar.", "Veldar", ("country", "VE")),
        ("It was Veldar that fired.", "Veldar", ("party", "VE")),
        ("It fell near Keldholt.", "Keldholt", ("place", "VE")),
        ("It fell near Montasse.", "Montasse", ("place", "OR")),
        ("It fell near Tammen.", "Tammen", ("place", "")),
        ("They fell.", "They", ("pronoun", "")),
        ("Meridian Newswire came.", "Meridian Newswire", ("source", "")),
    ],
)
def test_names_and_pronouns(text: str, words: str, expected: tuple[str, str]) -> None:
    group = groups(text)[words]
    assert (group.cls, group.party) == expected


@pytest.mark.parametrize(("place", "side"), [("Keldholt", "VE"), ("Montasse", "OR"), ("Tammen", "")])
def test_a_village_has_the_side_of_its_name(place: str, side: str) -> None:
    assert groups(f"It fell in the village of {place}.")["the village"].party == side


def test_part_of_a_name_is_no_noun() -> None:
    assert not [words for words, g in groups("Border Guard of Veldar came.").items() if g.cls == "personnel"]


# --- the word in front --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "before"),
    [
        ("They fired at Veldarian posts.", "Veldarian posts", "at"),
        ("They fired at the Veldarian posts.", "Veldarian posts", "at"),
        ("They fired at 12 Veldarian posts.", "Veldarian posts", "at"),
        ("They fired at about three Veldarian posts.", "Veldarian posts", "at"),
        ("They fired at, Veldarian posts.", "Veldarian posts", ""),
        ("Veldarian posts fell.", "Veldarian posts", ""),
        ("It fell near Keldholt.", "Keldholt", "near"),
        ("The shelling by them.", "them", "by"),
    ],
)
def test_the_word_in_front_past_articles_and_numbers(text: str, words: str, before: str) -> None:
    assert groups(text)[words].before == before


@pytest.mark.parametrize(
    ("text", "plural"), [("Soldiers fell.", True), ("A soldier fell.", False), ("Two women fell.", True), ("A child fell.", False)]
)
def test_plural(text: str, plural: bool) -> None:
    assert [g.plural for g in groups(text).values()] == [plural]


# --- who is meant -------------------------------------------------------------------------------------------------


def named(party: str) -> Group:
    return Group(0, 1, 0, "forces", party, "")


@pytest.mark.parametrize(("party", "expected"), [(OWN, "VE"), (OPPOSED, "OR"), ("of:its", "XT"), ("OR", "OR"), ("", ""), (BOTH, BOTH)])
def test_whose_a_group_is(party: str, expected: str) -> None:
    around = Around((), (0, 0), (0, 0), subject="XT", speaker="VE", parties=("OR", "VE"))
    assert around.party(named(party)) == expected


@pytest.mark.parametrize("code", ["VE", "OR"])
def test_soldiers_without_a_party_are_those_last_spoken_of(code: str) -> None:
    text = f"{PEOPLE[code]} soldiers came to Skarn Pass. The soldiers opened fire on posts at the pass."
    assert only(text).initiator == code


@pytest.mark.parametrize("code", ["VE", "OR"])
def test_its_soldiers_are_the_speakers_own_in_what_the_speaker_says(code: str) -> None:
    (claim,) = claims(f"The {PEOPLE[code]} Defence Ministry said that its soldiers opened fire on posts near Skarn Pass.")
    assert claim.initiator == code


def test_the_groups_stand_in_text_order() -> None:
    found = steps("At Keldholt the Orsayan side fired at Veldarian posts, and they fell.").groups()
    assert [g.start for g in found] == sorted(g.start for g in found)


def test_a_sentence_without_names_or_nouns_has_no_group() -> None:
    assert steps("It rained.").groups()[0].cls == "pronoun"
    assert steps("Rain fell all day.").groups() == ()

"""What is said to have happened: kind and clause, passive, negation, attempt, announcement, what is only imagined, what stands near."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.extract.acts import Act, clause_of
from merestone.extract.terms import KINDS
from tests.extract.reading import claims, cut, only, reader, steps


def acts(text: str) -> tuple[Act, ...]:
    return steps(text).acts()


def act(text: str) -> Act:
    (one,) = acts(text)
    return one


def kinds(text: str) -> list[str]:
    return [a.rule.kind for a in acts(text)]


# --- which kind ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Orsayan forces opened fire on posts near Hollin.", "small_arms_fire"),
        ("Orsayan mortars shelled Keldholt.", "shelling"),
        ("An air strike hit Keldholt.", "air_attack"),
        ("Orsayan drones flew over Keldholt.", "drone_flight"),
        ("A tractor drove over a mine near Hollin.", "blast"),
        ("Orsayan soldiers planted mines near Hollin.", "minelaying"),
        ("Orsayan forces launched an attack on Hollin.", "ground_attack"),
        ("A firefight broke out near Hollin.", "armed_clash"),
        ("Orsayan soldiers crossed the border near Hollin.", "advance"),
        ("Orsayan soldiers dug in on the height.", "position_held"),
        ("Orsayan forces withdrew from the height.", "withdrawal"),
        ("Orsayan soldiers dug trenches near Hollin.", "engineering_works"),
        ("Orsayan forces amassed tanks near Hollin.", "force_buildup"),
        ("Orsayan soldiers aimed their rifles at farmers.", "threat_with_weapon"),
        ("Orsayan soldiers detained two shepherds.", "detention"),
        ("Orsay released two shepherds.", "release"),
        ("A house was damaged near Hollin.", "property_damage"),
        ("Orsayan soldiers stole 40 sheep.", "theft"),
        ("Orsayan soldiers set a barn on fire.", "arson"),
        ("Orsayan soldiers blocked the road to Hollin.", "movement_restricted"),
        ("Orsay cut off the water to Hollin.", "utility_cut"),
        ("The two shepherds were beaten.", "ill_treatment"),
        ("Orsayan soldiers stopped a patrol of the Mission.", "monitors_obstructed"),
        ("The sides agreed on a ceasefire.", "ceasefire_agreed"),
        ("The border was calm.", "calm"),
        ("Orsay refused to hand over maps of the minefields.", "information_withheld"),
        ("A chapel was desecrated near Hollin.", "heritage_damage"),
        ("Orsayan soldiers polluted the river.", "water_or_land_fouled"),
    ],
)
def test_every_kind_is_read_from_its_words(text: str, kind: str) -> None:
    assert kind in kinds(text)


def test_the_kinds_of_the_rules_are_those_of_the_room() -> None:
    rules = reader().lex.kind_rules.values()
    assert {rule.kind for rule in rules} <= set(KINDS)
    assert {rule.kind for rule in rules} == set(KINDS) - {"casualty"}


@pytest.mark.parametrize(
    "text", ["Orsayan forces came home.", "The harvest was good.", "Orsay released a press release.", "He shot a film near Hollin."]
)
def test_no_kind_without_its_words(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Orsayan forces shelled Keldholt.", "Veldarian forces shelled Keldholt."),
        ("Orsayan forces shelled Keldholt.", "Somebody shelled Keldholt."),
        ("Orsay released two shepherds.", "Veldar released two shepherds."),
    ],
)
def test_a_rule_never_asks_who_is_blamed(one: str, other: str) -> None:
    assert [a.rule.id for a in acts(one)] == [a.rule.id for a in acts(other)]


# --- around the words ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("Orsayan forces shelled the posts.", False),
        ("Orsayan forces were shelling the posts.", False),
        ("The posts were shelled by Orsayan forces.", True),
        ("The posts were repeatedly shelled.", True),
        ("The posts have been shelled.", True),
        ("Posts shelled by Orsayan forces burned.", True),
        ("Keldholt came under fire.", True),
    ],
)
def test_passive(text: str, passive: bool) -> None:
    assert acts(text)[0].passive is passive


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Orsayan forces shelled Keldholt.", False),
        ("Orsayan forces did not shell Keldholt.", True),
        ("Orsayan forces didn't shell Keldholt.", True),
        ("Orsayan forces never shelled Keldholt.", True),
        ("Never did Orsayan forces shell Keldholt.", True),
        ("Neither did Orsayan forces shell Keldholt.", True),
        ("Orsayan forces not only shelled Keldholt.", False),
        ("Veldar was not there, and Orsayan forces shelled Keldholt.", False),
    ],
)
def test_negation(text: str, negated: bool) -> None:
    found = act(text)
    assert (found.negated is not None) is negated
    if found.negated:
        assert text[slice(*found.negated)].casefold() in {"not", "didn't", "never", "neither"}


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("Orsayan forces shelled Keldholt.", "done"),
        ("Orsayan forces tried to shell Keldholt.", "attempted"),
        ("Orsayan forces attempted to detain two shepherds.", "attempted"),
        ("In an attempt to shell Keldholt they ran out of shells.", "attempted"),
        ("Orsay will withdraw its troops from the border.", "announced"),
    ],
)
def test_an_attempt_and_an_announcement_are_no_deeds(text: str, mood: str) -> None:
    found = acts(text)[0]
    assert found.mood == mood
    assert (found.mood_at is None) is (mood == "done")


def test_nobody_is_counted_where_it_was_only_tried() -> None:
    claim = only("Orsayan soldiers tried to detain two shepherds near Hollin.")
    assert (claim.kind, claim.realised, claim.casualties) == ("detention", "attempted", ())


@pytest.mark.parametrize(
    "text",
    [
        "Veldar demands that Orsay withdraw its troops.",
        "If Orsayan forces shell Keldholt, Veldar will answer.",
        "The Orsayan side should shell nobody.",
        "It is asked whether Orsayan forces shelled Keldholt.",
        "The Mission follows up on reports that Orsayan forces shelled Keldholt.",
    ],
)
def test_what_is_only_asked_or_imagined_did_not_happen(text: str) -> None:
    assert not [c for c in claims(text) if c.realised == "done"]


def test_what_nobody_did_is_denied() -> None:
    (claim,) = claims("Nobody shelled Keldholt.")
    assert (claim.kind, claim.stance) == ("shelling", "denies")


@pytest.mark.parametrize(
    "text",
    [
        "The striker fired a shot past the goalkeeper.",
        "The film shows how soldiers shelled a town.",
        "The storm destroyed two houses near Hollin.",
        "He fired the finance minister.",
    ],
)
def test_talk_of_other_things_tells_no_act(text: str) -> None:
    assert claims(text) == ()


@pytest.mark.parametrize(
    ("with_it", "without"),
    [
        ("The provocation that Orsayan forces began was suppressed.", "The provocation that Orsayan forces began went on."),
    ],
)
def test_a_rule_that_asks_for_company_fires_in_it_alone(with_it: str, without: str) -> None:
    assert len(acts(with_it)) == 1
    assert acts(without) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Orsayan forces broke the ceasefire agreed in March.",
        "An exchange of fire was heard.",
        "The ceasefire was violated.",
    ],
)
def test_unless(text: str) -> None:
    assert not {"small_arms_fire"} & set(kinds(text))


def test_a_weak_rule_gives_way() -> None:
    assert [a.rule.id for a in acts("Gunfire was heard as Orsayan forces opened fire on Keldholt.")] == ["en.fire.1"]
    assert [a.rule.weak for a in acts("Gunfire was heard near Keldholt.")] == [True]


@pytest.mark.parametrize("word", ["regularly", "almost daily", "repeatedly", "every night"])
def test_repeated_acts(word: str) -> None:
    text = f"Orsayan forces {word} shelled Keldholt."
    found = act(text).repeated
    assert found is not None
    assert text[slice(*found)] == word
    assert only(text).repeated


def test_a_single_act_is_not_repeated() -> None:
    assert act("Orsayan forces shelled Keldholt.").repeated is None


# --- clauses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        (
            "Orsayan forces shelled Keldholt and Veldarian forces detained two shepherds.",
            ["Orsayan forces shelled Keldholt", "and Veldarian forces detained two shepherds"],
        ),
        (
            "Orsayan forces shelled Keldholt, while Veldarian forces detained two shepherds.",
            ["Orsayan forces shelled Keldholt", "while Veldarian forces detained two shepherds"],
        ),
        ("The Veldarian army said that Orsayan forces shelled Keldholt.", ["Orsayan forces shelled Keldholt"]),
        ("Orsayan forces shelled Keldholt, VPA said.", ["Orsayan forces shelled Keldholt"]),
        ("According to the Veldarian army, Orsayan forces shelled Keldholt.", ["Orsayan forces shelled Keldholt"]),
    ],
)
def test_the_clause_of_an_act(text: str, clauses: list[str]) -> None:
    assert [text[slice(*a.clause)] for a in acts(text)] == clauses


DEEDS = ["Orsayan forces shelled Keldholt", "soldiers detained two shepherds", "a barn was burned down", "they withdrew from the height"]
JOINTS = [" and ", ", and ", ", while ", "; ", ", after ", " but ", ", "]


@given(st.lists(st.sampled_from(DEEDS), min_size=1, max_size=4), st.data())
def test_every_act_lies_in_its_clause_and_its_sentence(deeds: list[str], data: st.DataObject) -> None:
    text = deeds[0] + "".join(data.draw(st.sampled_from(JOINTS)) + deed for deed in deeds[1:]) + "."
    found = acts(text)
    assert len(found) == len(deeds)
    for one in found:
        assert 0 <= one.clause[0] <= one.verb[0] < one.verb[1] <= one.clause[1] <= len(text)
    assert all(a.verb[1] <= b.verb[0] for a, b in itertools.pairwise(found))


@given(st.lists(st.sampled_from(DEEDS), min_size=2, max_size=4), st.sampled_from([", and ", ", while ", "; ", ", but "]))
def test_clauses_of_acts_that_are_joined_do_not_overlap(deeds: list[str], joint: str) -> None:
    found = acts(joint.join(deeds) + ".")
    assert all(a.clause[1] <= b.clause[0] for a, b in itertools.pairwise(found))


def test_the_clause_of_any_words_is_trimmed() -> None:
    text = "It rained; a barn burned, they said."
    done = cut(text)
    start = text.index("barn")
    a, b = clause_of(done, done.sentences[0], (start, start + 4), reader().lex)
    assert text[a:b].startswith("a barn")
    assert text[b - 1].isalpha()

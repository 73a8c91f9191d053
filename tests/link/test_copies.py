"""Copies and passages across edits: floors on planted copies, laws of spans and order, texts made to hurt."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.planted_copies import KINDS, Writer, planted
from merestone.link import Dossier, Ref, group, passages
from merestone.link.alike import WORDS, alike
from merestone.link.passages import by_publication, repeats, which_came_first
from merestone.link.wording import Wording, spans_of, words_of
from tests.link.telling import LAMP, WIRE, at, claim, dossier, hurt, on

ROOT = Path(__file__).resolve().parents[2]
# Measured over these two corpora: 0.996 and 0.998.
FLOOR_RECALL, FLOOR_PRECISION, FLOOR_OF_A_KIND = 0.98, 0.99, 0.93


def written(name: str, text: str, published: str = "", publisher: str = "") -> Dossier:
    return replace(dossier(name, [], published=published, publisher=publisher), text=text)


# --- planted copies -----------------------------------------------------------------------------------------------


def test_planted_copies_are_found_and_next_to_nothing_else() -> None:
    told, found, right, pairs = Counter[str](), Counter[str](), 0, 0
    for seed in (1, 2):
        texts = planted(1500, seed)
        good = list(alike([each.text for each in texts], [each.publisher for each in texts]))
        pairs += len(good)
        good = [each for each in good if texts[each.earlier].family == texts[each.later].family]
        right += len(good)
        told.update(each.kind for each in texts if each.kind)
        found.update(texts[later].kind for later in {each.later for each in good} if texts[later].kind)
    assert right / pairs >= FLOOR_PRECISION
    assert found.total() / told.total() >= FLOOR_RECALL
    assert {kind for kind in KINDS if found[kind] / told[kind] < FLOOR_OF_A_KIND} == set()


def test_two_nights_of_one_ministry_are_no_copies_and_its_formulas_no_passages() -> None:
    writer = Writer(4)
    nights = [writer.communique(0) for _ in range(12)]
    assert alike(nights, ["Ministry"] * len(nights)) == ()


def test_a_copy_of_one_night_leads_to_that_night() -> None:
    writer = Writer(5)
    nights = [writer.communique(0) for _ in range(12)]
    found = alike([*nights, writer.framed(nights[7])], [*["Ministry"] * 12, "Wire"])
    assert [(each.earlier, each.later, each.whole) for each in found] == [(7, 12, True)]


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(60, 160), st.integers(0, 6))
def test_a_text_with_a_few_words_changed_is_a_copy_of_itself(seed: int, length: int, changes: int) -> None:
    dice = random.Random(seed)
    words = [f"w{dice.randrange(3000)}" for _ in range(length)]
    again = list(words)
    for place in dice.sample(range(length), changes):
        again[place] = f"x{place}"
    (found,) = repeats([written("a", " ".join(words), "2031-05-17"), written("b", " ".join(again), "2031-05-18")])
    assert found.whole
    assert found.copied >= 1 - 4 * changes / length


@settings(max_examples=60)
@given(st.integers(0, 10_000))
def test_what_stands_in_a_passage_is_the_same_in_both_texts_and_the_order_of_the_texts_changes_nothing(seed: int) -> None:
    texts = planted(40, seed)
    dice = random.Random(seed)
    dossiers = [
        written(f"d{dice.randrange(10**6)}-{n}", each.text, f"2031-05-{1 + n // 8:02}" if n % 5 else "", each.publisher)
        for n, each in enumerate(texts)
    ]
    held = {each.reading.id: each for each in dossiers}
    found = repeats(dossiers)
    for each in found:
        ends = [0]
        for part in each.same:
            assert words_of(held[part.earlier].text[part.start : part.end]) == words_of(
                held[part.later].text[part.later_start : part.later_end]
            )
            assert part.later_start >= ends[-1] or not each.whole
            ends.append(part.later_end)
        assert all(len(words_of(held[part.later].text[part.later_start : part.later_end])) >= WORDS for part in each.passages)
    dice.shuffle(dossiers)
    assert repeats(dossiers) == found


def test_the_seed_of_hashes_changes_nothing() -> None:
    program = (
        "from benchmarks.planted_copies import planted\nfrom merestone.link.alike import alike\n"
        "import hashlib\ntexts = planted(250, 3)\n"
        "print(hashlib.sha256(repr(alike([t.text for t in texts], [t.publisher for t in texts])).encode()).hexdigest())"
    )
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    told = {
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths},
            check=True, capture_output=True, text=True, cwd=ROOT,
        ).stdout
        for seed in ("0", "1", "77")
    }  # fmt: skip
    assert len(told) == 1


def test_what_is_under_twelve_words_and_what_is_empty_is_no_copy() -> None:
    assert alike(["", "", "one two", "one two", "a b c d e f g h i j k", "a b c d e f g h i j k"]) == ()
    assert len(alike(["a b c d e f g h i j k l"] * 2)) == 1


@given(st.text(st.sampled_from("aB7_.,- İßև֊«\n"), max_size=60))
def test_words_and_their_spans_go_together(text: str) -> None:
    cut = [text[start:end].casefold() for start, end in spans_of(text)]
    assert words_of(text) == cut
    assert words_of(f"{text} և") == [*cut, "և".casefold()], "plain letters take another way"


# --- texts made to hurt -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["word " * 200_000, "a b " * 250_000, " " * 10_000_000, "x" * 1_000_000, " ".join(random.Random(1).choices("ab", k=100_000))],
    ids=["one word", "two words", "blanks", "no blanks", "two words anyhow"],
)
def test_repetition_costs_no_square(text: str) -> None:
    found = alike([text, text])
    assert [each.whole for each in found] == ([True] if len(words_of(text)) >= WORDS else [])
    assert all(len(each.runs) == 1 or "b" in text for each in found)


def test_thousands_of_reprints_lead_to_one_text() -> None:
    text = " ".join(f"w{n}" for n in range(40))
    found = alike([text] * 5_000)
    assert {(each.earlier, each.copied) for each in found} == {(0, 1.0)}
    assert len(found) == 4_999


def test_runs_are_led_as_far_as_the_words_are_the_same() -> None:
    shared = [f"s{n}" for n in range(30)]
    first, later = ["s3", "s4", "s5", "s6", "x", *shared, "y"], ["z", *shared[:20], "v", *shared[20:]]
    runs = Wording(" ".join(first)).runs(Wording(" ".join(later)))
    assert runs == [(5, 1, 20), (25, 22, 10)]


# --- which came first ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "known"),
    [
        ("2031-05-17", "2031-05-18", True),
        ("2031-05-17", "2031-05-17", False),
        ("2031-05-17", "2031-05-17T09:00", False),
        ("2031-05-17T08:00", "2031-05-17T09:00", True),
        ("2031-05-17T08:00+04:00", "2031-05-17T09:00", False),
        ("2031-05-17T08:00+04:00", "2031-05-17T05:00+01:00", False),
        ("2031-05-17T08:00+04:00", "2031-05-17T08:00+03:00", True),
        ("", "2031-05-17", False),
        ("", "", False),
    ],
)
def test_which_came_first_is_known_or_not(a: str, b: str, known: bool) -> None:
    assert which_came_first(a, b) is which_came_first(b, a) is known
    text = " ".join(f"w{n}" for n in range(20))
    assert [each.ordered for each in passages([written("a", text, a), written("b", text, b)])] == [known]


def test_clocks_of_two_zones_are_compared_as_instants() -> None:
    late, early = written("a", "", "2031-05-17T08:00+01:00"), written("b", "", "2031-05-17T09:00+04:00")
    assert [each.reading.id for each in by_publication([late, early])] == ["b", "a"]


def test_a_copy_says_that_the_order_is_not_known() -> None:
    said = claim(
        "units on the far bank opened fire with machine guns on two posts near the upper village", on("2031-05-17T02:40"), at("Upper Brask")
    )
    for second, known in (("2031-05-17", False), ("2031-05-18", True)):
        linked = group([dossier("a", [said], published="2031-05-17"), dossier("b", [said], published=second)])
        assert linked.copy_of == ((Ref("b", 1), Ref("a", 1)),)
        assert ("which of the two came first is not known" not in linked.voices[0].edges[-1].why) is known


# --- claims in copies ---------------------------------------------------------------------------------------------


def edited(changed: str, count: int) -> int:
    """How many copies are found where an outlet prints a text of a ministry's with one word or one number changed."""
    said = "two soldiers of the border company were wounded when posts near the upper village came under fire for an hour"
    first = claim(said, on("2031-05-17T02:40"), at("Upper Brask"), by=WIRE, casualties=(hurt("wounded", 2),))
    later = replace(first, quote=changed, casualties=(hurt("wounded", count),), said_by=(LAMP,))
    return len(group([dossier("a", [first]), dossier("b", [later], published="2031-05-18")]).copy_of)


def test_a_claim_with_a_word_changed_is_a_copy_and_one_with_another_number_is_not() -> None:
    said = "two soldiers of the border company were wounded when posts near the upper village came under fire for an hour"
    assert edited(said.replace("border", "frontier"), 2) == 1
    assert edited(said.replace("two", "three"), 3) == 0


@pytest.mark.parametrize(("count", "copied"), [(2, 2), (3, 1)])
def test_wounded_that_were_read_with_their_act_are_found_in_a_copy_that_puts_them_first(count: int, copied: int) -> None:
    """What stood behind the act has its hour; in front of it, it has the day of publication, and is a claim of its own."""
    act = "units from the far bank opened fire with machine guns on two posts near the upper village last night"
    harm = "soldiers of the border company were wounded by it and are under treatment in the garrison hospital of the town"
    first = claim(act, on("2031-05-16T23:40"), at("Upper Brask"), by=WIRE, casualties=(hurt("wounded", 2),))
    origin = dossier("a", [first], published="2031-05-17", publisher=WIRE.name)
    start = len(origin.text) + 2
    inside = replace(hurt("wounded", 2), start=start, end=start + 3)
    read = replace(origin.reading.claims[0], casualties=(inside,))
    origin = replace(origin, text=f"{origin.text}\n\n{harm}", reading=replace(origin.reading, claims=(read,)))
    alone = claim(harm, on("2031-05-18"), at("Upper Brask"), by=LAMP, kind="casualty", casualties=(hurt("wounded", count),))
    turned = dossier("b", [alone, replace(first, said_by=(LAMP,), casualties=())], published="2031-05-18", publisher=LAMP.name)
    assert len(group([origin, turned]).copy_of) == copied

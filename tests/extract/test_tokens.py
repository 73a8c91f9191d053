"""Words, sentences and paragraphs: each token once and in its place, whatever the text; stops, wraps, lists and other scripts."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.extract.tokens import Layout, layout

SHORT = frozenset(["dr", "gen", "a.m", "no", "e.g"])
ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from(" \n\r\t.,;:!?…։•-–“”'’()[]1234567890Հа")), max_size=300)


def cut(text: str) -> Layout:
    return layout(text, SHORT)


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in cut(text).sentences]


# --- what holds for every text ------------------------------------------------------------------------------------


@given(ANY_TEXT)
def test_tokens_stand_in_the_text_in_order_and_apart(text: str) -> None:
    tokens = cut(text).tokens
    assert all(0 <= t.start < t.end <= len(text) and text[t.start : t.end] == t.text for t in tokens)
    assert all(a.end <= b.start for a, b in itertools.pairwise(tokens))


@given(ANY_TEXT)
def test_every_letter_and_digit_is_in_a_token(text: str) -> None:
    covered = {i for t in cut(text).tokens for i in range(t.start, t.end)}
    assert {i for i, c in enumerate(text) if c.isalnum()} <= covered


@given(
    st.lists(
        st.sampled_from(
            ["Posts were hit", "no. 4", "Dr. Low", "• one", "- two", "03:40", "…", "she said,", "“Yes.”", "\n", "\n\n", "\r\n", ". "]
        )
    )
)
def test_sentences_cover_every_word_once_and_in_order(parts: list[str]) -> None:
    text = " ".join(parts)
    done = cut(text)
    bullets = {t.start for t in done.tokens if not any(s.first <= done.tokens.index(t) < s.last for s in done.sentences)}
    covered = [i for s in done.sentences for i in range(s.first, s.last)]
    assert covered == sorted(set(covered))
    assert all(done.text[start].isdigit() for start in bullets)  # the number of an item is no word of a sentence
    assert [s.index for s in done.sentences] == list(range(len(done.sentences)))


@given(ANY_TEXT)
def test_sentences_lie_in_the_text_and_in_their_paragraph(text: str) -> None:
    done = cut(text)
    for one in done.sentences:
        opening, closing = done.paragraphs[one.paragraph]
        assert opening <= one.start < one.end <= closing
        assert [t for t in done.tokens[one.first : one.last] if not one.start <= t.start < t.end <= one.end] == []
    assert all(a.end <= b.start for a, b in zip(done.sentences, done.sentences[1:], strict=False))


@given(ANY_TEXT)
def test_the_text_is_kept_as_it_was_given(text: str) -> None:
    assert cut(text).text == text


@given(ANY_TEXT, st.integers(0, 300), st.integers(0, 300))
def test_words_between_two_places_are_those_that_lie_wholly_there(text: str, a: int, b: int) -> None:
    done = cut(text)
    assert list(done.within(a, b)) == [t for t in done.tokens if a <= t.start and t.end <= b]


# --- where a sentence ends ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A post was hit. Nobody fell.", ["A post was hit.", "Nobody fell."]),
        ("Was it hit? It was! All saw.", ["Was it hit?", "It was!", "All saw."]),
        ("Dr. Low spoke at 3 a.m. on Monday.", ["Dr. Low spoke at 3 a.m. on Monday."]),
        ("J. Q. Low spoke. He left.", ["J. Q. Low spoke.", "He left."]),
        ("It cost 3.5 coins. She paid.", ["It cost 3.5 coins.", "She paid."]),
        ("He stopped… and went on.", ["He stopped… and went on."]),
        ("“They fired.” She ran.", ["“They fired.”", "She ran."]),
        ("They fired.[3] She ran.", ["They fired.[3]", "She ran."]),
        ("First: a post; then: a barn.", ["First: a post; then: a barn."]),
        ("At 03:40 it began.", ["At 03:40 it began."]),
        ("see e.g. the list", ["see e.g. the list"]),
    ],
)
def test_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Դիրքը հրետակոծվել է։ Զոհեր չկան։", ["Դիրքը հրետակոծվել է։", "Զոհեր չկան։"]),
        ("Пост обстреляли. Жертв нет.", ["Пост обстреляли.", "Жертв нет."]),
        ("«Стреляли ночью.» Утром было тихо.", ["«Стреляли ночью.»", "Утром было тихо."]),
    ],
)
def test_sentences_of_other_scripts(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_words_are_folded_beside_and_not_in_place() -> None:
    token = cut("Gölbaşı’s").tokens[0]
    assert (token.text, token.folded) == ("Gölbaşı’s", "golbasis")


# --- lines --------------------------------------------------------------------------------------------------------

LONG = "The patrol went along the river bank in the morning"


@pytest.mark.parametrize(
    "text",
    [
        "The head\n" + LONG + " and\nsaw three posts there.",
        "The head\n" + LONG + ",\nThe Mission said.",
        "The head\n" + LONG + ".\nand went on.",
    ],
)
def test_a_wrapped_line_reads_on(text: str) -> None:
    assert len(cut(text).paragraphs) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The head\n" + LONG + ".\nThe Mission said so.",
        "The head\n" + LONG + " and\n\nSaw three posts there.",
        "The head\n" + LONG + "\n• saw three posts there.",
        "The head\nOpen Hearth Veldar\nLantern Orsay",
    ],
)
def test_a_new_line_stands_alone(text: str) -> None:
    assert len(cut(text).paragraphs) == text.replace("\n\n", "\n").count("\n") + 1


def test_a_list_of_names_one_a_line_stays_a_list() -> None:
    text = "Signed by:\nKeldholt Community Forum\nOpen Hearth\nLantern Orsay\nWomen's Council of Montasse"
    assert sentences(text) == text.split("\n")
    assert all(s.line for s in cut(text).sentences[1:])


def test_a_first_line_without_a_stop_is_a_headline() -> None:
    done = cut("Two posts were shelled near the old mill in the night\nThe Mission said so.")
    assert len(done.paragraphs) == 2
    assert [s.line for s in done.sentences] == [True, False]


@pytest.mark.parametrize("mark", ["• ", "- ", "– ", "* ", "1. ", "(2) ", "  3) "])
def test_the_mark_of_an_item_is_no_word_of_it(mark: str) -> None:
    assert sentences(f"{mark}A post was hit.\n{mark}A barn burned.") == ["A post was hit.", "A barn burned."]


def test_old_and_new_line_ends_are_cut_alike() -> None:
    told = "A post was hit.\nA barn burned.\n"
    assert sentences(told.replace("\n", "\r\n")) == sentences(told) == ["A post was hit.", "A barn burned."]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...!?", "—“”•", "։։", "___"])
def test_a_text_without_words_has_no_sentence(text: str) -> None:
    assert (cut(text).tokens, cut(text).sentences) == ((), ())


# --- distances ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("between", "steps"),
    [
        ("", 0),
        ("the old mill", 3),
        ("Keldholt", 1),
        ("Keldholt District Hospital", 1),
        ("near Keldholt District and Hollin", 4),
        ("in 2031", 2),
    ],
)
def test_a_name_of_several_words_is_one_step(between: str, steps: int) -> None:
    text = f"x {between} y"
    assert cut(text).steps(2, 2 + len(between)) == steps


@given(st.integers(1, 6))
def test_no_name_is_nearer_for_being_short(words: int) -> None:
    name = " ".join(["Alder"] * words)
    text = f"near {name} it fell"
    assert cut(text).steps(0, len(text)) == 4


def test_steps_are_the_same_both_ways() -> None:
    done = cut("the Alder Vik post fell")
    assert done.steps(0, 18) == done.steps(18, 0) > 0


def test_the_last_words_before_a_place_do_not_reach_over_the_floor() -> None:
    done = cut("one two three four five")
    assert [t.text for t in done.before(18, 4, 2)] == ["three", "four"]
    assert [t.text for t in done.before(7, 4, 5)] == ["two"]
    assert list(done.before(4, 4, 5)) == []


def test_the_sentence_at_a_place() -> None:
    text = "A post was hit. Nobody fell."
    done = cut(text)
    assert [done.sentence_at(i).index for i in (0, 14, 16, len(text) - 1, len(text) + 50)] == [0, 0, 1, 1, 1]

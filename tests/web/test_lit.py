"""Lit words: no character is lost, doubled or moved, and what stands in a mark is what it spans; where in an original they stand."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from merestone.web.lit import CLOSE, OPEN, WORDS, Mark, Step, lit, pieces, portion, stretches
from merestone.web.originals import written
from merestone.web.pictures import PIXELS, SIDE, joined, scale_of
from merestone.web.shown import MOST, Text, claim_marks, signed, text_of_page

TEXTS = st.text(st.characters(exclude_categories=("Cs",)) | st.sampled_from(" \n\u202e\u202c\u2067\u200b\u00ad\x07\r<>&\"'"), max_size=80)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    spots = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=8))
    return text, [Mark(f"c{n}", min(a, b), max(a, b), f"c{n}") for n, (a, b) in enumerate(spots)]


def inside(steps: tuple[Step, ...]) -> dict[str, str]:
    """What stands within each mark, by its name. Fails where marks are not closed in the order in which they were opened."""
    within: list[Mark] = []
    words: dict[str, str] = {}
    for step in steps:
        if step.what == WORDS:
            for mark in within:
                words[mark.id] = words.get(mark.id, "") + step.text
        elif step.what == OPEN:
            assert step.mark is not None
            within.append(step.mark)
        else:
            assert within.pop() == step.mark
    assert not within
    return words


@given(marked())
def test_lighting_alters_no_text_and_each_mark_holds_its_words(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    steps = lit(text, marks)
    assert "".join(step.text for step in steps) == text
    assert inside(steps) == {mark.id: text[mark.start : mark.end] for mark in marks if mark.start < mark.end}


@given(marked())
def test_a_mark_begins_once_and_ends_once(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    steps = lit(text, marks)
    for what in (OPEN, CLOSE):
        told = sorted(step.mark.id for step in steps if step.what == what and step.whole and step.mark is not None)
        assert told == sorted(mark.id for mark in marks if mark.start < mark.end)


@given(marked(), st.integers(0, 80), st.integers(0, 80))
def test_a_portion_holds_what_lies_in_it_and_begins_no_mark_that_began_before(case: tuple[str, list[Mark]], a: int, b: int) -> None:
    text, marks = case
    low, high = sorted((min(a, len(text)), min(b, len(text))))
    steps = lit(text, marks, low, high)
    assert "".join(step.text for step in steps) == text[low:high]
    begun = {step.mark.id for step in steps if step.what == OPEN and step.whole and step.mark is not None}
    assert begun == {mark.id for mark in marks if low <= mark.start < min(mark.end, high)}


@given(marked(), st.integers(1, 60), st.integers(0, 10))
def test_stretches_tell_how_much_is_left_out_and_repeat_nothing(case: tuple[str, list[Mark]], most: int, around: int) -> None:
    text, marks = case
    shown = stretches(text, marks, most, around)
    assert shown[0].skipped == shown[0].start
    assert all(after.start - before.end == after.skipped > 0 for before, after in pairwise(shown))
    for each in shown:
        assert "".join(step.text for step in each.steps) == text[each.start : each.end]
    if len(text) <= most:
        assert [(each.start, each.end) for each in shown] == [(0, len(text))]


@given(TEXTS, st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4))
def test_pieces_are_the_words(text: str, persons: list[tuple[int, int]]) -> None:
    assert "".join(words for _, words, _ in pieces(text, 0, [(min(p), max(p)) for p in persons])) == text


def test_what_lies_across_is_written_in_parts_and_of_the_same_words_the_first_is_inmost() -> None:
    across = lit("abcdef", [Mark("c1", 0, 4, "c1"), Mark("c2", 2, 6, "c2")])
    assert [(s.what, s.mark.id if s.mark else s.text, s.whole) for s in across] == [
        (OPEN, "c1", True), (WORDS, "ab", False), (OPEN, "c2", True), (WORDS, "cd", False), (CLOSE, "c2", False), (CLOSE, "c1", True),
        (OPEN, "c2", False), (WORDS, "ef", False), (CLOSE, "c2", True),
    ]  # fmt: skip
    same = lit("ab", [Mark("c1", 0, 2, "c1"), Mark("c2", 0, 2, "c2")])
    assert [step.mark.id for step in same if step.what == CLOSE and step.mark] == ["c1", "c2"]


def test_characters_that_nobody_sees_are_named_and_those_that_turn_words_round_kept_apart() -> None:
    told = {words: (look, name) for look, words, name in pieces("a\u202eb\u2067c\u200bd\x07e\u200df")}
    assert told["\u202e"] == ("turning", "U+202E RIGHT-TO-LEFT OVERRIDE")
    assert told["\u2067"][0] == "turning"
    assert told["\u200b"] == ("unseen", "U+200B ZERO WIDTH SPACE")
    assert told["\x07"] == ("unseen", "U+0007 control character")
    assert "e\u200df" in told  # a joiner shapes the letters beside it and stays with them


def test_a_person_is_marked_and_what_was_withheld_is_shown_as_such() -> None:
    assert pieces("Ana Veld said ███.", 0, [(0, 8)]) == [("person", "Ana Veld", ""), ("", " said ", ""), ("mask", "███", ""), ("", ".", "")]


def test_a_text_of_five_million_characters_takes_little_of_a_page_and_every_claim_is_found() -> None:
    text = "word " * 1_000_000
    marks = [Mark(f"c{n}", at, at + 40, f"c{n}") for n, at in enumerate(range(1000, 5_000_000, 50_000))]
    shown = text_of_page(text, marks, None)
    assert sum(each.end - each.start for each in shown.stretches) <= MOST + 200
    assert shown.placed < {mark.of for mark in marks}
    assert not shown.whole
    missing = next(mark for mark in marks if mark.of not in shown.placed)
    there = text_of_page(text, marks, missing.start - 700)
    assert missing.of in there.placed
    assert there.before is not None
    assert there.after is not None
    assert sum(each.end - each.start for each in there.stretches) <= MOST + 200


@given(st.integers(1, 300), st.integers(1, 60))
def test_going_on_from_portion_to_portion_reads_the_whole_text(length: int, most: int) -> None:
    text = "".join("ab cd\n"[n % 6] for n in range(length))
    read, at = "", 0
    while at < length:
        one = portion(text, [], at, most)
        assert one.start <= at
        read += text[at : one.end]
        assert one.end > at
        at = one.end
    assert read == text


def test_signatories_stand_below_what_they_put_their_names_to() -> None:
    text = "Upper Brask Council writes: stop.\nSigned:\nUpper Brask Council\nLake House"
    assert [text[a:b] for a, b in signed(text, ("Upper Brask Council", "Lake House"))] == ["Upper Brask Council", "Lake House"]
    assert signed(text, ("Upper Brask Council", "Lake House"))[0][0] > text.index("Signed")
    assert signed(text, ("Nobody",)) == []


@given(st.text(max_size=40), st.sampled_from(["utf-8", "utf-16-le", "utf-32-be"]), st.data())
def test_bytes_are_written_out_as_their_characters_and_cuts_fall_where_they_were(text: str, encoding: str, data: st.DataObject) -> None:
    whole = text.encode(encoding)
    points = data.draw(st.lists(st.integers(0, len(text)), max_size=4))
    cuts = [len(text[:point].encode(encoding)) for point in points]
    shown, found = written(whole, encoding, cuts)
    assert shown == text
    assert [found[cut] for cut in cuts] == points


def test_boxes_of_words_on_a_line_become_one_and_lines_stay_apart() -> None:
    words = [(10.0, 100.0, 40.0, 112.0), (43.0, 100.0, 80.0, 112.0), (10.0, 84.0, 50.0, 96.0), (300.0, 84.0, 330.0, 96.0)]
    assert joined(words) == [(10.0, 100.0, 80.0, 112.0), (10.0, 84.0, 50.0, 96.0), (300.0, 84.0, 330.0, 96.0)]


@given(st.floats(0.001, 1e6), st.floats(0.001, 1e6))
def test_no_page_makes_a_picture_larger_than_is_said(width: float, height: float) -> None:
    scale = scale_of(width, height)
    assert width * scale <= SIDE
    assert height * scale <= SIDE
    assert width * height * scale * scale <= PIXELS * 1.001


def test_a_page_without_an_extent_has_a_scale_all_the_same() -> None:
    assert scale_of(0.0, 10.0) == scale_of(float("inf"), 1.0) == 1.0


def test_every_point_that_is_named_has_a_name_or_is_a_control_character() -> None:
    for _, words, told in pieces(
        "".join(map(chr, (*range(32), 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x2030), *range(0x2060, 0x206A))))
    ):
        if told:
            assert told.endswith("control character") == (unicodedata.category(words) == "Cc")


def test_no_claims_no_marks() -> None:
    assert claim_marks(()) == ()
    assert text_of_page("", (), None) == Text(stretches("", (), 1, 1), frozenset(), 0, True)

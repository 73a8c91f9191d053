"""Numbers: the table of cases beside the rules, and what must hold for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from merestone.extract.numbers import Number, NumberRules, find_numbers, load_numbers
from merestone.ledger.terms import Refusal

LANGUAGES = Path(__file__).resolve().parents[2] / "src" / "merestone" / "packs" / "languages"
DATA: dict[str, Any] = yaml.safe_load((LANGUAGES / "en" / "numbers.yaml").read_text("utf-8"))
CASES: list[dict[str, Any]] = yaml.safe_load((LANGUAGES / "en" / "numbers.cases.yaml").read_text("utf-8"))["cases"]
RULES: NumberRules = load_numbers(DATA)
PIECES = st.sampled_from(
    ["three", "at least", "more than", "a", "dozen", "hundred", "and", "5", "12", "7,000", "-", "–", "between", "to", "or", "km", "May", "2031", "%",
     "no", "one", "several", "M-13", ".", ",", "\n\n", "-mm", "nearly", "up to", "two", "twenty", "[3]", "03:40", "soldiers"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=12).map("".join))


def row(number: Number) -> list[Any]:
    top = "=" if number.max == number.min and number.min is not None else number.max
    mark = "article" if number.article else "ordinal" if number.ordinal else "about" if number.approximate else number.unit
    return [number.wording, number.min, top, *([mark] if mark else [])]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["t"][:40])
def test_case(case: dict[str, Any]) -> None:
    found = [row(n) for n in find_numbers(case["t"], RULES) if case.get("articles") or not n.article]
    assert found == case.get("is", [])


def test_there_are_enough_cases_and_no_text_twice() -> None:
    texts = [case["t"] for case in CASES]
    assert len(texts) >= 50
    assert len(set(texts)) == len(texts)


@given(TEXTS)
def test_spans_lie_inside_the_text_in_order_and_say_what_they_cover(text: str) -> None:
    floor = 0
    for number in find_numbers(text, RULES):
        assert floor <= number.start < number.end <= len(text)
        assert text[number.start : number.end] == number.wording
        assert number.min is None or number.max is None or 0 <= number.min <= number.max
        assert number.min is not None or number.max is not None
        assert number.rule
        floor = number.end


@given(st.integers(min_value=0, max_value=9_999_999), st.sampled_from([",", " ", "\u00a0"]))
def test_any_whole_number_with_separators_is_read_back(value: int, separator: str) -> None:
    text = f"There were {value:,} soldiers.".replace(",", separator)
    (number,) = [n for n in find_numbers(text, RULES) if not n.article]
    assert (number.min, number.max, number.unit) == (value, value, "")


SMALL = list(DATA["words"]["values"])[:20]
TENS = {name: value for name, value in DATA["words"]["values"].items() if value >= 20}


def spelled(value: int) -> str:
    if value >= 1000:
        rest = value % 1000
        return f"{spelled(value // 1000)} thousand" + (f" {spelled(rest)}" if rest else "")
    if value >= 100:
        rest = value % 100
        return f"{spelled(value // 100)} hundred" + (f" and {spelled(rest)}" if rest else "")
    if value >= 20:
        ten = next(name for name, size in TENS.items() if size == value // 10 * 10)
        return ten + (f"-{SMALL[value % 10]}" if value % 10 else "")
    return SMALL[value]


@given(st.integers(min_value=1, max_value=999_999))
def test_any_number_in_words_is_read_back(value: int) -> None:
    (number,) = find_numbers(f"{spelled(value)} soldiers", RULES)
    assert (number.min, number.max, number.wording) == (value, value, spelled(value))


@given(st.integers(min_value=2, max_value=100_000))
def test_bounds_open_the_end_that_they_leave_open(value: int) -> None:
    def read(words: str) -> tuple[int | None, int | None]:
        (number,) = find_numbers(f"{words} {value} soldiers", RULES)
        return number.min, number.max

    assert read("at least") == (value, None)
    assert read("more than") == (value + 1, None)
    assert read("up to") == (None, value)
    assert read("fewer than") == (None, value - 1)
    low, high = read("nearly")
    assert high == value
    assert low is not None
    assert value / 2 <= low <= value


def test_what_lies_in_a_time_is_no_count() -> None:
    text = "the 28th and 5 men"
    assert [n.unit for n in find_numbers(text, RULES, [(0, 8)])] == ["time", ""]


@pytest.mark.parametrize("key", ["digits", "words", "vague", "none", "bounds", "ranges", "ordinals", "units", "years"])
def test_an_empty_set_is_refused(key: str) -> None:
    with pytest.raises(Refusal) as refused:
        load_numbers({**DATA, key: {}})
    assert refused.value.code == "rules_empty"


def test_words_of_the_data_are_escaped() -> None:
    odd = {**DATA, "vague": [{"id": "x", "words": ["any (kind) [of"], "min": 2}]}
    assert [n.rule for n in find_numbers("any (kind) [of soldiers", load_numbers(odd))] == ["x"]

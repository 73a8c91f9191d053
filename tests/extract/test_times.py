"""Times: the table of cases beside the rules, and what must hold for any text, date and anchor."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from merestone.extract.terms import PRECISIONS
from merestone.extract.time_resolve import Anchor, explain, resolve
from merestone.extract.times import TimeMention, TimeRules, combine, find_times, load_times, sets_context, year_hint
from merestone.ledger.terms import Refusal

LANGUAGES = Path(__file__).resolve().parents[2] / "src" / "merestone" / "packs" / "languages"
DATA: dict[str, Any] = yaml.safe_load((LANGUAGES / "en" / "time.yaml").read_text("utf-8"))
TABLE: dict[str, Any] = yaml.safe_load((LANGUAGES / "en" / "time.cases.yaml").read_text("utf-8"))
CASES: list[dict[str, Any]] = TABLE["cases"]
RULES: TimeRules = load_times(DATA)
PLUS3 = "Etc/GMT-3"
ANCHOR = Anchor(published="2031-05-29", zone=PLUS3, zones=(("Veldar", "Etc/GMT-4"),))
DATES = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31))
PIECES = st.sampled_from(
    ["on", "28", "May", "2031", "at", "03:40", "3.40am", "from", "to", "until", "between", "and", "-", "–", "early", "Thursday", "last", "night",
     "overnight", "yesterday", "the", "day", "before", "same", "since", "Nov.", "9", "in", "morning", ",", ".", "\n", "two", "days", "ago", "UTC",
     "GMT+4", "(", ")", "16.30", "noon", "regularly", "summer", "1990s", "29 February", "31.12.2031", "Veldar time", "of", "24:00", "12 pm", "week"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=10).map("".join))
ANCHORS = st.builds(
    Anchor,
    published=st.one_of(st.just(""), DATES.map(str), st.just("2031-05-28T22:30+00:00")),
    context=st.one_of(st.just(""), DATES.map(str), st.just("2031-05-12T10:30+03:00")),
    year_hint=st.sampled_from([None, year_hint("signed on 9 November 2030", RULES)]),
    zone=st.sampled_from(["", PLUS3, "Nowhere/At_All"]),
)


def anchor_of(case: dict[str, Any]) -> Anchor:
    given_ = {**TABLE["anchor"], **case}
    hint = year_hint(str(given_.get("hint", "")), RULES)
    return Anchor(given_["published"], given_.get("context", ""), hint, given_["zone"], ANCHOR.zones)


def only(text: str, anchor: Anchor = ANCHOR) -> Any:
    (mention,) = find_times(text, RULES)
    return resolve(mention, anchor)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["t"][:50])
def test_case(case: dict[str, Any]) -> None:
    found = []
    for mention in find_times(case["t"], RULES):
        when = resolve(mention, anchor_of(case))
        end = "=" if when.end == when.start and when.start else when.end
        found.append([mention.wording, mention.kind, when.start, end, when.precision])
        assert mention.label is case.get("label", False)
    assert found == case.get("is", [])


def test_there_are_enough_cases_and_every_rule_has_an_id_of_its_own() -> None:
    assert len(CASES) >= 80
    assert sum("is" not in case for case in CASES) >= 15
    ids = [entry["id"] for key in ("rules", "before", "zones") for entry in DATA[key]]
    assert len(set(ids)) == len(ids)


@given(TEXTS)
def test_spans_lie_inside_the_text_in_order_and_say_what_they_cover(text: str) -> None:
    floor = 0
    for mention in find_times(text, RULES):
        assert floor <= mention.start <= mention.core < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.wording
        assert mention.rule
        assert mention.repeated is (mention.kind == "repeated")
        floor = mention.end


@given(TEXTS, ANCHORS)
def test_every_reading_is_ordered_bounded_and_repeatable(text: str, anchor: Anchor) -> None:
    for mention in find_times(text, RULES):
        when, why = explain(mention, anchor)
        assert when.precision in PRECISIONS
        if when.precision == "unknown":
            assert (when.start, when.end) == ("", "")
            assert why
            continue
        start, end = dt.datetime.fromisoformat(when.start), dt.datetime.fromisoformat(when.end)
        assert (start.tzinfo is None) == (end.tzinfo is None)
        assert start <= end
        assert when == resolve(mention, anchor)
        assert when.span == (mention.start, mention.end)


@given(TEXTS)
def test_joining_what_is_joined_changes_nothing(text: str) -> None:
    once = combine(find_times(text, RULES))
    assert combine(once) == once


@given(DATES)
def test_any_date_in_any_order_is_read_back(day: dt.date) -> None:
    month, short = day.strftime("%B"), day.strftime("%b")
    forms = [
        day.isoformat(), f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day:02}/{day.month:02}/{day.year}", f"{short} {day.day}, {day.year}", f"the {day.day}th of {month}, {day.year}",
        f"{day.day} {month.upper()} {day.year}", f"{day.strftime('%A')}, {day.day} {month} {day.year}", f"{day.year}/{day.month:02}/{day.day:02}",
    ]  # fmt: skip
    for form in forms:
        when = only(f"It began on {form}.")
        assert (when.start, when.end, when.precision, when.inferred) == (day.isoformat(), day.isoformat(), "day", ())


@given(st.times(), st.sampled_from(["{:%H:%M}", "{:%-I:%M %p}", "{:%-I.%M%p}", "{:%H:%M} hrs", "{:%H%M} hours"]))
def test_any_clock_in_any_form_is_read_back(clock: dt.time, form: str) -> None:
    when = only(f"At about {form.format(clock)} on 5 May 2031 fire was opened.")
    assert (when.start, when.precision) == (f"2031-05-05T{clock:%H:%M}+03:00", "minute")


@given(DATES, DATES)
def test_a_date_without_a_year_is_never_after_the_publication_and_less_than_a_leap_apart(published: dt.date, day: dt.date) -> None:
    when = only(f"on {day.day} {day:%B}", Anchor(published=published.isoformat()))
    found = dt.date.fromisoformat(when.start)
    assert (found.day, found.month, when.inferred) == (day.day, day.month, ("year",))
    assert found <= published
    assert (published - found).days <= (366 if (day.day, day.month) != (29, 2) else 8 * 366)


@given(DATES, st.integers(0, 6))
def test_a_weekday_is_within_the_week_up_to_the_publication(published: dt.date, weekday: int) -> None:
    name = (dt.date(2031, 5, 26) + dt.timedelta(days=weekday)).strftime("%A")
    found = dt.date.fromisoformat(only(f"on {name}", Anchor(published=published.isoformat())).start)
    assert found.weekday() == weekday
    assert 0 <= (published - found).days <= 6


def told(text: str, *, anchor: Anchor = ANCHOR) -> list[tuple[str, str, str]]:
    return [(w.start, w.end, w.precision) for w in (resolve(m, anchor) for m in combine(find_times(text, RULES)))]


def test_a_clock_takes_the_date_that_stands_farther_off_in_its_clause() -> None:
    moment = ("2031-05-28T03:40+03:00", "2031-05-28T03:40+03:00", "minute")
    assert told("On 28 May Orsayan units opened fire at 03:40") == [moment]
    assert told("At 03:40 Orsayan units opened fire on 28 May") == [moment]
    assert told("On Wednesday the post was shelled at 03:40 and at 05:10") == [
        moment,
        ("2031-05-28T05:10+03:00", "2031-05-28T05:10+03:00", "minute"),
    ]
    assert told("On 28 May a post was shelled from 02:40 to 04:00") == [("2031-05-28T02:40+03:00", "2031-05-28T04:00+03:00", "part_of_day")]


def test_a_document_s_date_and_a_state_s_start_give_no_clock_their_day() -> None:
    mentions = find_times("Under the 9 November statement fire ceased at 10:00", RULES)
    assert combine(mentions) == mentions
    since = find_times("Since 12 May they have stayed; at 10:00 they fired", RULES)
    assert combine(since) == since


def test_which_times_later_ones_may_lean_on() -> None:
    def leading(text: str) -> list[bool]:
        return [sets_context(mention) for mention in find_times(text, RULES)]

    assert leading("on Thursday, a day earlier, the 9 November statement, yesterday, in May, regularly") == [
        True,
        False,
        False,
        True,
        False,
        False,
    ]


def test_the_hint_is_the_latest_full_date_with_its_span() -> None:
    text = "Signed on 9 November 2030; they came on 12 May 2031 and on 1 January 2030."
    hint = year_hint(text, RULES)
    assert hint is not None
    assert (hint.year, hint.date, text[hint.start : hint.end]) == (2031, "2031-05-12", "on 12 May 2031")
    assert hint.dates == ("2030-01-01", "2030-11-09", "2031-05-12")
    assert year_hint("on 9 November", RULES) is None


def test_what_is_inferred_is_marked_and_explained() -> None:
    (mention,) = find_times("on 30 May", RULES)
    when, why = explain(mention, ANCHOR)
    assert when.inferred == ("year",)
    assert "year" in why
    (clock,) = find_times("at 03:40", RULES)
    assert resolve(clock, Anchor(context="2031-05-12")).inferred == ("date",)


def test_without_a_zone_a_time_of_day_bears_no_offset() -> None:
    assert only("at 03:40 on 5 May 2031", Anchor()).start == "2031-05-05T03:40"


def test_a_stated_zone_is_kept_as_said_and_the_time_is_local() -> None:
    when = only("at 10:00 Veldar time on 10 May 2031")
    assert (when.start, when.zone_stated) == ("2031-05-10T09:00+03:00", "Veldar time")


def without(key: str) -> dict[str, Any]:
    return {**DATA, key: type(DATA[key])()}


@pytest.mark.parametrize("key", ["words", "before", "ranges", "rules", "edge_of_day", "edges", "units"])
def test_an_empty_set_is_refused(key: str) -> None:
    with pytest.raises(Refusal) as refused:
        load_times(without(key))
    assert refused.value.code == "rules_empty"


def rule(**fields: Any) -> dict[str, Any]:
    return {**DATA, "rules": [{"id": "x.1", "read": "at", "match": ["{day} {month}"], **fields}]}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (rule(match=["{dya}"]), "rules_unknown_slot"),
        (rule(match=["{day"]), "rules_unknown_slot"),
        (rule(match=["[{day}"]), "rules_bad_template"),
        (rule(match=["{day})"]), "rules_bad_template"),
        (rule(match=[]), "rules_empty"),
        (rule(read="guess"), "rules_empty"),
        (rule(read="shift", match=["{count} {unit} off"], sets={"base": "context"}), "rules_empty"),
        (rule(read="shift", match=["this[ {which}] {unit}"], sets={"base": "published"}), "rules_empty"),
        (rule(needs=["nowhere listed"]), "rules_unknown_word"),
        ({**DATA, "rules": [DATA["rules"][0], DATA["rules"][0]]}, "rules_id_twice"),
        ({**DATA, "words": {**DATA["words"], "month": {1: []}}}, "rules_empty"),
    ],
    ids=[
        "unknown slot",
        "slot left open",
        "bracket left open",
        "stray bracket",
        "no template",
        "unknown reading",
        "shift without a sign",
        "shift by a slot that may be missing",
        "unknown need",
        "id twice",
        "empty list",
    ],
)
def test_a_bad_rule_is_refused(data: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        load_times(data)
    assert refused.value.code == code


def test_words_of_the_data_are_escaped() -> None:
    odd = {**DATA, "words": {**DATA["words"], "month": {**DATA["words"]["month"], 5: ["M.y (old)", "May"]}}}
    found: tuple[TimeMention, ...] = find_times("on 5 M.y (old) and 5 Mxy", load_times(odd))
    assert [(m.wording, m.first.month) for m in found] == [("on 5 M.y (old)", 5)]


@pytest.mark.parametrize("language", sorted(path.parent.name for path in LANGUAGES.glob("*/time.yaml")))
def test_a_word_of_the_tables_is_read_in_capitals_too(language: str) -> None:
    data = yaml.safe_load((LANGUAGES / language / "time.yaml").read_text("utf-8"))
    rules = load_times(data)
    words = [str(w) for entries in data["words"].values() for e in entries.values() for w in (e["words"] if isinstance(e, dict) else e)]
    words += [str(w) for entry in data["before"] for w in entry["words"]]
    for word in words:
        find_times(f"12 {word.upper()} 12 {word[:1].upper()}{word[1:]} 2031 {word}", rules)

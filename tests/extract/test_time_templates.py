"""Rules are told apart by how a text begins: none that would match is left out, and none is compiled before a text needs it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from merestone.extract.time_rules import load_times
from merestone.extract.time_templates import BEHIND, DIGITS, REMEMBERED
from merestone.extract.times import TimeRules, find_times
from merestone.ledger.terms import Refusal

LANGUAGES = Path(__file__).resolve().parents[2] / "src" / "merestone" / "packs" / "languages"
SEEN = Path(__file__).resolve().parents[1] / "corpus" / "seen"
NAMES = sorted(path.parent.name for path in LANGUAGES.glob("*/time.yaml"))


def loaded(language: str) -> TimeRules:
    return load_times(yaml.safe_load((LANGUAGES / language / "time.yaml").read_text("utf-8")))


def texts(language: str) -> str:
    """What others wrote in the language, and words of the tables side by side."""
    written = [path.read_text("utf-8") for path in sorted((SEEN / language).glob("*")) if path.is_file()][:12]
    rules = loaded(language)
    words = [form for slot in ("month", "unit", "which", "part") for form in sorted(rules.values[slot])[:12]]
    return " ".join([*written, *(f"12 {word} 2031 {other} {word}" for word, other in pairwise(words))])


@pytest.mark.parametrize("language", NAMES)
def test_no_rule_is_left_out_that_matches(language: str) -> None:
    rules = loaded(language)
    ways = rules.beginnings._by_word
    plain = texts(language)
    met = 0
    for text in (plain, plain.upper(), plain.replace(" ", "\u00a0 ").replace("-", "–").replace("'", "’")):
        for word in rules.scan.finditer(text):
            fitting = rules.beginnings.fitting(text[word.start() : word.end() + BEHIND], word.group())
            every = ways.get(DIGITS if word.group()[0].isdigit() else word.group().casefold(), ())
            matching = [(way.rule, way.pattern) for way in every if way.pattern.match(text, word.start())]
            assert [each for each in fitting if each in matching] == matching  # all of them, in their order
            met += len(matching)
    assert met > 50


def test_patterns_are_compiled_when_a_text_needs_them() -> None:
    rules = loaded("en")
    ways = {id(way): way for each in rules.beginnings._by_word.values() for way in each}.values()
    assert not any("pattern" in vars(way) for way in ways)
    assert [each.wording for each in find_times("They left on 5 May 2031.", rules)] == ["on 5 May 2031"]
    assert 0 < sum("pattern" in vars(way) for way in ways) < len(ways) / 4


def test_what_is_remembered_is_bounded() -> None:
    rules = loaded("en")
    find_times(" ".join(f"{number} {number:x}" for number in range(2 * REMEMBERED)), rules)
    find_times("9" * 100_000, rules)
    assert len(rules.beginnings.known) <= REMEMBERED
    assert max(map(len, rules.beginnings.known)) <= 60


def test_a_slot_named_twice_is_refused_when_the_table_is_loaded() -> None:
    data = yaml.safe_load((LANGUAGES / "en" / "time.yaml").read_text("utf-8"))
    data["rules"] = [{"id": "x.1", "read": "at", "match": ["{day} or {day} {month}"]}]
    with pytest.raises(Refusal) as refused:
        load_times(data)
    assert refused.value.code == "rules_bad_template"

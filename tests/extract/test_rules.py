"""The folder of a language: which languages there are, how its tables are read, and that their digest changes with every rule."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from merestone.extract import rules
from merestone.extract.lexicon import lexicon
from merestone.extract.rules import languages_with_rules, load_rules
from merestone.ledger.terms import Refusal


def test_words_that_a_reader_of_old_yaml_takes_for_yes_and_no_stay_words() -> None:
    lex = lexicon("en")
    assert "on" in lex.words["prepositions"]
    assert {"no", "not"} <= lex.words["negation"]
    assert all(isinstance(word, str) for name in ("stops", "local", "role_target", "bars") for word in lex.words[name])


def test_true_and_false_are_read_as_such() -> None:
    assert [lexicon("en").kind_rules[key].weak for key in ("en.fire.1", "en.fire.2")] == [False, True]


def _ids(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("id"), str):
            yield node["id"]
        for inside in node.values():
            yield from _ids(inside)
    elif isinstance(node, list):
        for inside in node:
            yield from _ids(inside)


@pytest.mark.parametrize("language", languages_with_rules())
def test_no_two_rows_of_a_language_bear_one_id(language: str) -> None:
    """A doubled id would silently put one row in the other's place, and `explain` would name the wrong one."""
    written = [key for table in load_rules(language).tables.values() for key in _ids(table)]
    assert [key for key, count in Counter(written).items() if count > 1] == []
    assert len(written) > 100


# --- the folder of a language -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["", "xx", "EN", "e", "../en", "en/../en", "english"])
def test_a_language_without_rules_is_refused(language: str) -> None:
    with pytest.raises(Refusal) as refused:
        load_rules(language)
    assert refused.value.code == "language_without_rules"
    assert "en" in str(refused.value.facts["languages"])


def test_the_languages_are_the_folders_that_hold_rules() -> None:
    assert "en" in languages_with_rules()
    assert list(languages_with_rules()) == sorted(languages_with_rules())


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of languages that a test may write to."""
    shutil.copytree(rules.LANGUAGES / "en", tmp_path / "en")
    monkeypatch.setattr(rules, "LANGUAGES", tmp_path)
    return tmp_path / "en"


def fresh(language: str = "en") -> rules.Rules:
    """As `load_rules`, read anew."""
    return load_rules.__wrapped__(language)


@pytest.mark.usefixtures("copied")
def test_the_same_rules_have_the_same_digest() -> None:
    assert fresh().digest == fresh().digest == load_rules("en").digest
    assert re.fullmatch(r"[0-9a-f]{12}", fresh().digest)
    assert fresh().name == f"en {fresh().digest}"


@pytest.mark.parametrize("name", ["kinds.yaml", "lexicon.yaml", "offices.yaml", "time.yaml"])
def test_the_digest_changes_when_a_rule_changes(copied: Path, name: str) -> None:
    before = fresh().digest
    path = copied / name
    path.write_text(path.read_text(encoding="utf-8") + "\n# one word more\n", encoding="utf-8")
    assert fresh().digest != before


def test_the_digest_changes_when_a_table_is_renamed(copied: Path) -> None:
    before = fresh().digest
    (copied / "casualties.yaml").rename(copied / "casualty.yaml")
    assert fresh().digest != before


def test_cases_are_no_rules(copied: Path) -> None:
    before = fresh()
    for path in copied.glob("*.cases.yaml"):
        path.write_text("changed: yes\n", encoding="utf-8")
    assert fresh().digest == before.digest
    assert not any(name.endswith(".cases") for name in fresh().tables)

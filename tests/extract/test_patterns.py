"""The small language of patterns: what each sign finds and does not, and that the finder finds what the expression matches."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.capture import load_pack
from merestone.extract.finder import Finder
from merestone.extract.lexicon import lexicon
from merestone.extract.patterns import DIGIT, Patterns
from merestone.extract.read import Reader
from merestone.extract.rules import languages_with_rules
from merestone.extract.tokens import layout
from merestone.ledger.terms import Refusal
from tests.extract.phrases import written

MORPHOLOGY = {
    "inflect": [
        {"ends": "[^aeiou]e", "forms": ["s", "d", "-ing"]},
        {"ends": "[^aeiou]y", "forms": ["-ies", "-ied", "ing"]},
        {"ends": "", "forms": ["s", "ed", "ing"]},
    ],
    "irregular": {"shoot": ["shoots", "shot", "shooting"], "sheep": []},
}
CLASSES = {"posts": ["post~", "border post~", "Gate"], "animals": ["sheep~", "goat~"], "nothing": []}
NUMBER = r"(?:\d+|two|three)"
BARS = ("at", "on", "and")


def patterns() -> Patterns:
    return Patterns(MORPHOLOGY, CLASSES, NUMBER, BARS)


def whole(pattern: str, text: str) -> bool:
    return patterns().compile([pattern]).fullmatch(text) is not None


# --- forms --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("fire", ("fire", "fires", "fired", "firing")),
        ("deny", ("deny", "denies", "denied", "denying")),
        ("shell", ("shell", "shells", "shelled", "shelling")),
        ("shoot", ("shoot", "shoots", "shot", "shooting")),
        ("sheep", ("sheep",)),
    ],
)
def test_forms(lemma: str, forms: tuple[str, ...]) -> None:
    assert patterns().forms(lemma) == forms


def test_a_word_that_no_row_fits_has_one_form() -> None:
    assert Patterns({"inflect": []}, {}, NUMBER, BARS).forms("shell") == ("shell",)


# --- the signs ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("came under fire", "came under fire"),
        ("came under fire", "Came  Under\nFIRE"),
        ("hit|struck the post", "struck the post"),
        ("caught_fire|burnt", "caught fire"),
        ("caught_fire|burnt", "caught-fire"),
        ("caught_fire|burnt", "burnt"),
        ("fire~ at", "firing at"),
        ("shoot~|fire~ at", "shot at"),
        ("hit <posts>", "hit border posts"),
        ("hit <posts>|<animals>", "hit goats"),
        ("<animals> fell", "sheep fell"),
        ("hit *2 posts", "hit posts"),
        ("hit *2 posts", "hit the old posts"),
        ("hit +2 posts", "hit the old posts"),
        ("hit ?the posts", "hit posts"),
        ("hit ?the posts", "hit the posts"),
        ("?the posts fell", "posts fell"),
        ("# posts", "12 posts"),
        ("# posts", "three posts"),
        ("hit {[A-Z]\\w+}", "hit Hollin"),
        ("no *3 shots", "no, none of, shots"),
    ],
)
def test_what_a_pattern_finds(pattern: str, text: str) -> None:
    assert whole(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("came under fire", "came fire"),
        ("hit|struck the post", "hit struck the post"),
        ("caught_fire|burnt", "caught"),
        ("fire~ at", "fir at"),
        ("hit <posts>", "hit goats"),
        ("hit *2 posts", "hit one two three posts"),
        ("hit +2 posts", "hit at posts"),
        ("hit +2 posts", "hit it and posts"),
        ("# posts", "many posts"),
        ("# posts", "posts"),
        ("a.b", "axb"),  # what is no sign stands for itself
        ("hit (the", "hit the"),
    ],
)
def test_what_a_pattern_does_not_find(pattern: str, text: str) -> None:
    assert not whole(pattern, text)


@pytest.mark.parametrize("text", ["misfired", "firedamp", "_fired", "fired_"])
def test_a_pattern_stands_between_words(text: str) -> None:
    assert patterns().compile(["fired"]).search(text) is None


def test_the_longest_phrase_of_a_class_is_tried_first() -> None:
    match = patterns().compile(["<posts>"]).match("border posts")
    assert match is not None
    assert match.group() == "border posts"


def test_one_expression_for_several_patterns() -> None:
    assert [m.group() for m in patterns().compile(["fire~", "# posts"]).finditer("fired at 3 posts")] == ["fired", "3 posts"]


@pytest.mark.parametrize("pattern", ["<nothing>", "hit <nothing>", "hit <unheard>"])
def test_an_empty_or_unknown_class_is_refused(pattern: str) -> None:
    with pytest.raises(Refusal) as refused:
        patterns().compile([pattern])
    assert refused.value.code == "rule_malformed"


def test_an_empty_set_is_refused() -> None:
    for empty in (lambda: patterns().compile([]), lambda: patterns().any_of([])):
        with pytest.raises(Refusal) as refused:
            empty()
        assert refused.value.code == "rule_malformed"


SIGNED = {
    "inflect": [{"ends": "b", "forms": ["-a", "cab"]}],
    "alike": [["a", "e"], ["c", "bo"]],
    "marks": "'^",
    "chains": [["ab", "a"], ["b"]],
}
LETTERS = st.text("abceo", min_size=1, max_size=5)
CHOICES = st.lists(st.builds(str.__add__, LETTERS, st.sampled_from(["", "", "~", "%"])), min_size=1, max_size=6)


@given(CHOICES, st.text("abceo'^", max_size=8))
def test_choices_that_share_letters_match_what_each_of_them_matches(words: list[str], text: str) -> None:
    kit = Patterns(SIGNED, {"all": words}, r"\d+", ())
    alone = any(kit.compile([word]).fullmatch(text) for word in words)
    assert bool(kit.compile(["|".join(words)]).fullmatch(text)) == alone
    assert bool(kit.compile(["<all>"]).fullmatch(text)) == alone
    if "'" not in text and "^" not in text:
        assert bool(kit.compile(["<all>"], marked=False).fullmatch(text)) == alone


def test_signs_on_letters_hide_no_word_from_a_finder() -> None:
    found = Finder(lexicon("hy").patterns, [("row", ["կրակել", "կրակել են"])])
    for text in ("նրանք կրակել են", "նրանք կրակե՞լ են", "նրանք կրակե՛լ են"):
        assert [m.tag for m in found.find(layout(text, frozenset()), 0, len(text))] == ["row"]


@pytest.mark.parametrize("pattern", ["hit_", "_hit", "hit|%", "~"])
def test_a_word_without_letters_is_refused(pattern: str) -> None:
    with pytest.raises(Refusal) as refused:
        patterns().compile([pattern])
    assert refused.value.code == "rule_malformed"


# --- the first words and the finder -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("fire~ at", {"fire", "fires", "fired", "firing"}),
        ("hit|struck it", {"hit", "struck"}),
        ("caught_fire|burnt", {"caught", "burnt"}),
        ("?the posts", {"the", "posts"}),
        ("<posts> fell", {"post", "posts", "border", "gate"}),
        ("ill-treated", {"ill"}),
    ],
)
def test_first_words(pattern: str, words: set[str]) -> None:
    assert words <= (patterns().first_words(pattern) or set())


@pytest.mark.parametrize("pattern", ["# posts", "{[A-Z]} fell", "*2 posts", "?# posts", "hit|# it"])
def test_where_a_match_can_begin_with_anything(pattern: str) -> None:
    assert patterns().first_words(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "stems"),
    [
        (r"{(?-i:W)(?:ho|hose)}", {"who", "whose"}),
        (r"{(?-i:H)it(?!-)}", {"hit"}),
        (r"{(?-i:Hi)t}", {"hit"}),
        (r"{(?:hit|struck)\b}", {"hit", "struck"}),
        (r"{\d+:\d+}", {DIGIT}),
    ],
)
def test_an_expression_whose_first_letters_tell_is_tried_at_such_words_alone(pattern: str, stems: set[str]) -> None:
    assert patterns().openers(pattern) == (frozenset(), stems)


@pytest.mark.parametrize("pattern", [r"{(?-i:H)?it}", r"{(?-i:[A-Z])\w+}", r"{(?-i:H)[io]t}", r"{\d*:}", r"{hit|(?-i:S)truck}"])
def test_any_other_expression_is_tried_at_every_word(pattern: str) -> None:
    assert patterns().openers(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("<posts>", ("post~|Gate", "border_post~")),
        ("hit|<posts>|caught_fire", ("hit|post~|Gate", "border_post~|caught_fire")),
        ("hit|struck", ("hit|struck",)),
        ("caught_fire|ill-treated", ("caught_fire|ill-treated",)),
        ("<posts> fell", ("<posts> fell",)),
        ("hit|#", ("hit|#",)),
    ],
)
def test_choices_within_a_word_are_decided_apart(pattern: str, parts: tuple[str, ...]) -> None:
    assert patterns().apart(pattern) == parts


@pytest.mark.parametrize("language", languages_with_rules())
def test_no_pattern_of_a_language_is_tried_at_every_word(language: str) -> None:
    """What can begin with anything needs another word behind it."""
    Reader(load_pack("teaching"), language)
    index = lexicon(language).patterns.index
    assert index.finders
    assert [pattern for *_, pattern in index._anywhere if index._read(pattern) == (0, False)] == []


PIECES = st.sampled_from(
    [
        "{(?-i:h)(?:it|ush)}",
        "hit|struck",
        "fire~",
        "shoot~|fell",
        "<posts>",
        "<posts>|<animals>",
        "*2",
        "+3",
        "?the",
        "?fire~",
        "#",
        "caught_fire|burnt",
        "ill-treated",
        "at",
    ]
)
MADE = st.lists(PIECES, min_size=1, max_size=4).map(" ".join).filter(lambda p: not p.startswith(("*", "+")))
TALK = st.lists(
    st.sampled_from(
        [
            "hit",
            "struck",
            "fire",
            "fires",
            "fired",
            "Firing",
            "shot",
            "fell",
            "border",
            "post",
            "posts",
            "Gate",
            "sheep",
            "goats",
            "the",
            "at",
            "caught",
            "burnt",
            "3",
            "two",
            "old",
            "ill-treated",
            "post's",
            "and",
        ]
    ),
    max_size=12,
).map(" ".join)


def required(pattern: str) -> bool:
    return any(not word.startswith(("?", "*", "+")) for word in pattern.split())


@given(MADE.filter(required), TALK)
def test_whatever_the_expression_matches_at_a_word_the_finder_finds(pattern: str, text: str) -> None:
    kit, done = patterns(), layout(text, frozenset())
    expression = kit.compile([pattern])
    matched = {(t.start, m.end()) for t in done.tokens if (m := expression.match(text, t.start))}
    assert {(m.start, m.end) for m in Finder(kit, [("tag", [pattern])]).find(done, 0, len(text))} == matched


@given(st.lists(MADE.filter(required), min_size=1, max_size=5), TALK)
def test_a_table_finds_what_its_rows_find(rows: list[str], text: str) -> None:
    kit, done = patterns(), layout(text, frozenset())
    together = Finder(kit, [(str(n), [p]) for n, p in enumerate(rows)]).find(done, 0, len(text))
    alone = [m for n, p in enumerate(rows) for m in Finder(kit, [(str(n), [p])]).find(done, 0, len(text))]
    assert {(m.tag, m.start, m.end) for m in together} == {(m.tag, m.start, m.end) for m in alone}
    assert list(together) == sorted(together, key=lambda m: (m.start, -m.end, m.rank))


def test_the_longest_of_a_row_is_kept_and_its_rank_told() -> None:
    text = "hit border posts"
    found = Finder(patterns(), [("a", ["hit", "hit <posts>"]), ("b", ["border"])]).find(layout(text, frozenset()), 0, len(text))
    assert [(m.tag, m.rank, text[m.start : m.end]) for m in found] == [("a", 0, "hit border posts"), ("b", 1, "border")]


def test_nothing_is_found_outside_the_stretch_asked_for() -> None:
    text = "fired, fired, fired at"
    found = Finder(patterns(), [("a", ["fired", "fired at"])]).find(layout(text, frozenset()), 5, 19)
    assert [(m.start, m.end) for m in found] == [(7, 12), (14, 19)]


# --- the tables that are shipped ----------------------------------------------------------------------------------


def shipped() -> list[str]:
    return [pattern for row in lexicon("en").table("kinds")["rules"] for pattern in row["any"] if "{" not in pattern]


@given(st.sampled_from(shipped()), st.data())
def test_every_wording_of_a_rule_is_matched_and_found(pattern: str, data: st.DataObject) -> None:
    lex = lexicon("en")
    if "<harm>" in pattern:
        return
    text = written(pattern, lex, lambda options: data.draw(st.sampled_from(list(options))))
    if not text:
        return
    done = layout(text, frozenset())
    found = Finder(lex.patterns, [("rule", [pattern])]).find(done, 0, len(text))
    assert any(m.start == 0 for m in found)


@pytest.mark.parametrize("language", languages_with_rules())
def test_every_pattern_of_the_kinds_is_an_expression(language: str) -> None:
    lex = lexicon(language)
    for row in lex.table("kinds")["rules"]:
        for pattern in itertools.chain.from_iterable(row.get(key) or () for key in ("any", "unless", "near")):
            if "<harm>" not in pattern:
                assert lex.patterns.source(pattern)

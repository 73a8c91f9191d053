"""The compiled rule set of one language: patterns, finders and word lists, made once from `Rules`.

Everything that knows a word of a language stands in its tables; this file only files it.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from merestone.capture.names import fold
from merestone.extract.finder import Finder
from merestone.extract.morphology import Morphology, fold_expression, morphology_of
from merestone.extract.patterns import Patterns
from merestone.extract.rules import Rules, load_rules


@dataclass(frozen=True, slots=True)
class KindRule:
    """One row of kinds.yaml."""

    id: str
    kind: str
    voice: str  # verb passive noun state neutral casualty
    needs: tuple[str, ...]
    what: str
    weapons: tuple[str, ...]
    weak: bool = False  # gives way to any other act of the same family in the sentence
    negative: bool = False  # its words say "not" themselves ("have not left"), which denies nothing
    denied: bool = False  # its words say that it is not so ("has no troops there")
    agent: tuple[str, ...] = ()  # words that lead to the doer, where they are not the usual ones
    company: bool = False  # of together.yaml: tells nothing without its company
    together: bool = False  # of together.yaml: who did it has to stand in words


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Word lists are folded; finders work on a `Layout`."""

    rules: Rules
    patterns: Patterns
    abbreviations: frozenset[str]
    heads: Finder
    kinds: Finder
    together: Finder  # words that carry a kind in company (together.yaml)
    company: Finder  # their company
    kind_rules: Mapping[str, KindRule]
    unless: Mapping[str, Finder]
    near: Mapping[str, Finder]  # what the sentence must hold besides
    weapons: Finder
    things: Finder  # what people carry and what is carried off; nobody
    captivity: Finder  # words of taking that are said of soldiers
    lands: Finder  # "territory", "soil": with a party's name a place
    sections: Finder  # "eastern", "section": a stretch of a border
    words: Mapping[str, frozenset[str]]  # small closed sets by name
    cues: Finder  # attribution, attempt, denial and the like, by tag
    morphology: Morphology
    stops: str  # marks that end a sentence here, and only a clause elsewhere
    negative: re.Pattern[str]  # a form of a verb that says "not" in itself

    def table(self, name: str) -> Any:
        return self.rules.tables[name]


# small words that only some languages have
PERHAPS = (
    "subject",
    "accused",
    "launched",
    "launched_place",
    "question_marks",
    "fire_of",
    "people_from",
    "no_object",
    "we",
    "infinitive",
    "peoples",
    "relative",
    "articles",
    "no_agents",
    "body_parts",
    "owned_places",
    "flees",
    "own_men",
    "oblique",
    "seen_at",
    "closes",
    "roughly",
    "listing",
    "subject_relative",
    "object_relative",
    "charged",
    "light_between",
    "light_endings",
    "warded",
    "inflicts",
    "although",
    "hindering",
    "realising",
    "families",
    "foes",
    "possible",
    "whether",
    "set_apart",
    "may",
    "ceases",
    "closing_not",
    "but_rather",
    "rules_out",
    "definite",
    "taken_up",
    "told_when",
    "long_since",
    "police",
    "watchers",
    "any_of",
    "home",
)


def _folded(words: Any) -> frozenset[str]:
    return frozenset(fold(str(w)) for w in words)


def _closed(rules: Rules) -> dict[str, frozenset[str]]:
    """The small closed sets of words, by name; those that only some languages have are empty where they are missing."""
    words, said = rules.tables["lexicon"], rules.tables["attribution"]
    closed = {
        name: _folded(words[name])
        for name in (
            "own",
            "pronouns",
            "possessives",
            "stops",
            "determiners",
            "local",
            "of",
            "by",
            "role_target",
            "role_origin",
            "place_before",
            "of_party",
            "titles",
        )
    }
    closed |= {name: _folded(given) for name, given in words["grammar"].items()}
    closed["negation"] = _folded(said["negation"])
    closed["telling"] = _folded(noun for row in said["of"] for noun in row["nouns"])
    closed["toll"], closed["toll_to"] = (_folded(rules.tables["casualties"][name]) for name in ("toll", "toll_to"))
    closed["partitive"] = _folded(rules.tables["casualties"].get("partitive", ()))
    closed["confirms"] = _folded(said.get("confirms", ()))
    for name in ("between", "inverted", "joints", "account_openers", "version", "documents"):
        closed[name] = _folded(said[name])
    for name in PERHAPS:
        closed.setdefault(name, frozenset())
    closed["backward"], closed["not_led"] = (_folded(said.get(name, ())) for name in ("backward", "not_led"))
    closed["refused"] = _folded(said.get("refused", ()))
    closed["gapped"] = _folded(said.get("gapped", ()))
    closed["sides"] = _folded(said.get("sides", ()))
    closed["deeds"] = _folded(said.get("deeds", ()))
    closed["told_passive"] = _folded(said.get("told_passive", ()))
    closed["silent"] = _folded(said.get("silent", ()))
    closed["after_target"], closed["after_origin"], closed["postpositions"] = (
        _folded(words.get(name, ())) for name in ("after_target", "after_origin", "postpositions")
    )
    return closed


def _nouns(phrases: list[str], patterns: Patterns, no_nouns: re.Pattern[str] | None) -> list[str]:
    """The phrases of a class with the forms of their words as nouns alone, where the language has an expression for those of verbs."""
    if no_nouns is None:
        return phrases
    out: list[str] = []
    for phrase in phrases:
        made = [[w for w in patterns.expanded(word) if w == word[:-1] or not no_nouns.search(w)] for word in phrase.split()]
        out += [" ".join(words) for words in itertools.product(*made)]
    return out


@functools.cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language that has rules; refuses `language_without_rules`."""
    rules = load_rules(language)
    words, kinds, said = rules.tables["lexicon"], rules.tables["kinds"], rules.tables["attribution"]
    morphology = rules.tables["morphology"]
    more = rules.tables.get("together") or {"sets": {}, "rules": []}
    forms = Patterns(morphology, {}, words["number"], ())
    bending = morphology_of(morphology)
    classes = {name: _nouns(given, forms, bending.no_nouns) for name, given in words["classes"].items()}
    patterns = Patterns(morphology, {**classes, **words["phrases"], **more["sets"]}, words["number"], words["grammar"]["bars"])
    plain = [row for row in kinds["rules"] if row["voice"] != "casualty"]
    rows = [*plain, *more["rules"]]
    cues: list[tuple[str, list[str]]] = [(f"say:{row['stance']}:{row['id']}", row["verbs"]) for row in said["say"]]
    cues += [(f"by:asserts:{row['id']}", row["phrases"]) for row in said["by"]]
    cues += [(f"behind:asserts:{row['id']}", row["phrases"]) for row in said.get("behind", ())]
    cues += [(name, said[name]) for name in ("attempt", "announced", "denial", "doubt", "unreal", "elsewhere", "blame", "undetermined")]
    cues += [(name, said[name]) for name in ("asked", "named", "in_general", "eras")]
    cues += [("forgone", said.get("forgone", ()))]
    cues += [("purpose", said.get("purpose", ())), ("repeated", kinds["repeated"]), *(("account", row["nouns"]) for row in said["of"])]
    closed = _closed(rules)
    return Lexicon(
        rules=rules,
        patterns=patterns,
        abbreviations=_folded(morphology["abbreviations"]),
        heads=Finder(patterns, [*classes.items(), ("opposed", words["opposed"]), ("both", words["both"])]),
        kinds=Finder(patterns, [(row["id"], row["any"]) for row in plain]),
        together=Finder(patterns, [(row["id"], row["any"]) for row in more["rules"]]),
        company=Finder(patterns, [(row["id"], row["with"]) for row in more["rules"] if row.get("with")]),
        kind_rules={
            row["id"]: KindRule(
                row["id"],
                row["kind"],
                row["voice"],
                tuple(row.get("needs", ())),
                row.get("what", ""),
                tuple(row.get("weapons", ())),
                bool(row.get("weak")),
                bool(row.get("negative")),
                bool(row.get("denied")),
                tuple(row.get("agent", ())),
                bool(row.get("with")),
                any(row is other for other in more["rules"]),
            )
            for row in rows
        },
        unless={row["id"]: Finder(patterns, [(row["id"], row["unless"])]) for row in rows if row.get("unless")},
        near={row["id"]: Finder(patterns, [(row["id"], row["near"])]) for row in rows if row.get("near")},
        weapons=Finder(patterns, words["weapons"].items()),
        things=Finder(patterns, [("thing", words["things"])]),
        captivity=Finder(patterns, [("captivity", words["captivity"])]),
        lands=Finder(patterns, [("land", words.get("lands", ()))]),
        sections=Finder(patterns, [("section", words.get("sections", ()))]),
        words=closed,
        cues=Finder(patterns, cues),
        morphology=bending,
        stops=str(morphology.get("stops") or ""),
        negative=re.compile("|".join(map(fold_expression, said["negative_forms"])) if said.get("negative_forms") else "(?!)"),
    )


@functools.lru_cache(maxsize=64)
def level_words_of(lex: Lexicon) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Words that say of what level a place is, by level, and all words that may stand between a place and what leads to it."""
    hints: dict[str, list[str]] = lex.table("lexicon")["places"]
    levels = {name: frozenset(fold(f) for word in words for f in lex.patterns.expanded(word)) for name, words in hints.items()}
    return levels, lex.words["of"].union(*levels.values())

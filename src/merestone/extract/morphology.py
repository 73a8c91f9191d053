"""How the words of a language bend: endings of names, cases by their endings, what stands before or behind what.

Read from `packs/languages/<language>/morphology.yaml`; a language that says nothing of it (English) is read by word order alone.
The engine knows no ending: the same few mechanisms serve inflecting and agglutinating languages (law 2).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from merestone.capture.names import fold

Pair = tuple[str, str]  # an ending, what stands there instead


@dataclass(frozen=True, slots=True, eq=False)
class Morphology:
    """`base`: endings of a name as it stands in a dictionary; `endings`: of all its forms, taken off up to `repeat` times.

    `cases` and `name_cases`: an expression for the end of a word and the mark of the case it shows ("@gen"). A mark stands where
    a preposition would: tables name marks and prepositions alike ("agent_from: [by, '@ins']").
    """

    base: tuple[Pair, ...] = ()
    endings: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict)  # by last letter
    repeat: int = 1
    least: int = 3
    cases: tuple[tuple[re.Pattern[str], str], ...] = ()
    name_cases: tuple[tuple[re.Pattern[str], str], ...] = ()
    modifier_cases: tuple[tuple[re.Pattern[str], str], ...] = ()
    bare_cases: tuple[tuple[re.Pattern[str], str], ...] = ()  # of names that stand as in a dictionary
    bare_owned: re.Pattern[str] | None = None  # ends of a noun that a bare name before it owns; before another it is the subject
    bare_modifiers: re.Pattern[str] | None = None  # adjectives between such a name and such a noun
    bare_subject: str = ""  # the mark of the subject's case
    modifiers: re.Pattern[str] | None = None  # ends of words that may stand between a party's adjective and its noun
    head_first: bool = False  # of two nouns side by side the first is the head
    free_order: bool = False  # the doer may stand behind the verb, what it is done to before it
    no_owners: re.Pattern[str] | None = None  # ends of a party's adjective in forms in which nothing behind a noun belongs to it
    recalls_people: bool = False  # "the soldiers" are those of the side last named with soldiers
    verb_last: bool = False  # what colours a verb (tried, not) may stand behind it
    number_rules_case: bool = True  # what a number counts stands in a case that the number asks for
    own_endings: re.Pattern[str] | None = None  # "our" as an ending of the noun
    owned_endings: re.Pattern[str] | None = None  # endings of a noun whose owner stands before it, in the case of owners
    their_endings: re.Pattern[str] | None = None  # "his" as an ending of a noun for people
    our_verbs: re.Pattern[str] | None = None  # verbs of which "we" are the subject
    future: re.Pattern[str] | None = None  # verbs of what is to come, where their form tells it
    participles: re.Pattern[str] | None = None  # forms of a verb that stand before the one who does it ("the firing soldier")
    passives: re.Pattern[str] | None = None  # forms of a verb whose subject is what it was done to
    person_endings: re.Pattern[str] | None = None  # case endings of persons' names, cut off where a speaker is called by name
    villagers: re.Pattern[str] | None = None  # ends of nouns that call people by their village
    no_nouns: re.Pattern[str] | None = None  # ends of forms of a word that are a verb's ("housed"), left out where it stands as a noun
    reflexive: re.Pattern[str] | None = None  # ends of verbs that somebody does to nobody else ("came back")
    light_verbs: re.Pattern[str] | None = None  # verbs that only say that somebody did what the noun beside them tells ("carried out")
    downing: re.Pattern[str] | None = None  # verbs by which something that flies is brought down: who does that did not fly it
    full_passives: re.Pattern[str] | None = None  # participles in full form that tell what was done to a noun
    active_participles: re.Pattern[str] | None = None  # participles of those who act, as they stand behind their noun and a comma
    verbal_nouns: re.Pattern[str] | None = None  # nouns made of a verb of saying: "a message", and no "said"
    directed: re.Pattern[str] | None = None  # endings of a noun behind a preposition that says whither
    plural_verbs: re.Pattern[str] | None = None  # forms of a verb whose subject is many
    plural_names: re.Pattern[str] | None = None  # names of lands and peoples that are many
    object_endings: re.Pattern[str] | None = None  # ends of nouns for people that something is done to, before a verb of harm
    infinitives: re.Pattern[str] | None = None  # ends of a verb in its basic form, where what leads it says whether it was done
    unfinished: re.Pattern[str] | None = None  # forms of a verb that a noun of what is to be done has before it ("the attacking-of order")
    told_verbs: re.Pattern[str] | None = None  # ends of verbs that tell what was: a "not" at one is its own
    attributive: re.Pattern[str] | None = None  # participles that qualify a noun, and "which", as a clause behind a comma begins
    nominals: re.Pattern[str] | None = None  # forms of a verb whose subject stands in the case of owners ("their having fired")
    adjective_objects: re.Pattern[str] | None = None  # ends of "Xlandish soldier" where that is what something is done to
    finite: re.Pattern[str] | None = None  # verbs that end a clause, where the verb stands last
    conditional: re.Pattern[str] | None = None  # ends of a verb that says "if", as written
    counted_object: str = ""  # the mark of people that are counted in the case of owners, where something is done to them
    level_words: frozenset[str] = frozenset()  # "district", "village": a place is named without them too
    party_adjectives: tuple[Pair, ...] = ()
    place_adjectives: tuple[Pair, ...] = ()

    @property
    def bends(self) -> bool:
        return bool(self.endings)

    def root(self, word: str) -> str:
        """The part of a folded dictionary form that all its forms share."""
        for ending, instead in self.base:
            if word.endswith(ending) and len(word) - len(ending) >= self.least:
                return word[: len(word) - len(ending)] + instead
        return word

    def roots(self, word: str) -> tuple[str, ...]:
        """What a folded word may be a form of: itself first, then with endings taken off."""
        return _roots(self, word)

    def no_adjective(self, word: str) -> bool:
        """Where owners stand behind their nouns: is a folded name no adjective, so that it belongs to no noun behind it?"""
        return self.head_first and self.modifiers is not None and not self.modifiers.search(word)

    def case_of_bare(self, word: str) -> str:
        """The mark of a name without any ending, in languages where such a name belongs to the noun behind it; "" elsewhere."""
        return next((mark for expression, mark in self.bare_cases if expression.search(word)), "")

    def case_of(self, word: str, name: bool = False, modifier: str = "") -> str:
        """The mark of the case that the end of a folded word shows; "" where it shows none for sure. `modifier`: the word before it,
        where that is an adjective of it."""
        asked = [(modifier, self.modifier_cases)] if modifier else []
        for each, table in (*asked, (word, self.name_cases if name else self.cases)):
            for expression, mark in table:
                if expression.search(each):
                    return mark
        return ""


@functools.lru_cache(maxsize=100_000)
def _roots(bend: Morphology, word: str) -> tuple[str, ...]:
    found, fresh = [word], [word]
    for _ in range(bend.repeat):
        made = []
        for form in fresh:
            for ending, instead in bend.endings.get(form[-1:], ()):
                if form.endswith(ending) and len(form) - len(ending) >= bend.least:
                    made.append(form[: len(form) - len(ending)] + instead)
        fresh = [form for form in dict.fromkeys(made) if form not in found]
        found += fresh
    return tuple(found)


def morphology_of(table: Mapping[str, Any]) -> Morphology:
    """From the content of a `morphology.yaml`; every key that is read here may be missing."""
    names: Mapping[str, Any] = table.get("names") or {}
    by_letter: dict[str, list[Pair]] = {}
    for ending, instead in sorted(_pairs(names.get("endings")), key=lambda pair: (-len(pair[0]), pair)):
        by_letter.setdefault(ending[-1:], []).append((ending, instead))
    return Morphology(
        base=tuple(sorted(_pairs(names.get("base")), key=lambda pair: (-len(pair[0]), pair))),
        endings={letter: tuple(pairs) for letter, pairs in by_letter.items()},
        repeat=int(names.get("repeat", 1)),
        least=int(names.get("least", 3)),
        cases=_cases(table.get("cases")),
        name_cases=_cases(table.get("name_cases")),
        modifier_cases=_cases(table.get("modifier_cases")),
        bare_cases=_cases(table.get("bare_cases")),
        bare_owned=_endings(table.get("bare_owned")),
        bare_modifiers=_endings(table.get("bare_modifiers")),
        bare_subject=str(table.get("bare_subject") or ""),
        modifiers=_endings(table.get("modifiers")),
        head_first=bool(table.get("head_first")),
        free_order=bool(table.get("free_order")),
        no_owners=_endings(table.get("no_owners")),
        recalls_people=bool(table.get("recalls_people")),
        verb_last=bool(table.get("verb_last")),
        number_rules_case=bool(table.get("number_rules_case", True)),
        own_endings=_endings(table.get("own_endings")),
        owned_endings=_endings(table.get("owned_endings")),
        their_endings=_endings(table.get("their_endings")),
        participles=_endings(table.get("participles")),
        our_verbs=_endings(table.get("our_verbs")),
        future=_endings(table.get("future")),
        passives=_endings(table.get("passives")),
        person_endings=_endings(names.get("person_endings")),
        villagers=_endings(names.get("villagers")),
        no_nouns=_endings(table.get("no_nouns")),
        reflexive=_endings(table.get("reflexive")),
        light_verbs=_endings(table.get("light_verbs")),
        downing=_endings(table.get("downing")),
        full_passives=_endings(table.get("full_passives")),
        active_participles=_endings(table.get("active_participles")),
        verbal_nouns=_endings(table.get("verbal_nouns")),
        directed=_endings(table.get("directed")),
        plural_verbs=_endings(table.get("plural_verbs")),
        plural_names=_endings(table.get("plural_names")),
        object_endings=_endings(table.get("object_endings")),
        infinitives=_endings(table.get("infinitives")),
        unfinished=_endings(table.get("unfinished")),
        told_verbs=_endings(table.get("told_verbs")),
        attributive=_endings(table.get("attributive")),
        nominals=_endings(table.get("nominals")),
        adjective_objects=_endings(table.get("adjective_objects")),
        finite=_endings(table.get("finite")),
        conditional=_endings(table.get("conditional")),
        counted_object=str(table.get("counted_object") or ""),
        level_words=frozenset(fold(str(word)) for word in names.get("level_words") or ()),
        party_adjectives=tuple(_pairs(names.get("party_adjectives"))),
        place_adjectives=tuple(_pairs(names.get("place_adjectives"))),
    )


def _endings(source: str | None) -> re.Pattern[str] | None:
    return re.compile(f"(?:{source})$") if source else None


def _pairs(given: Iterable[Any] | None) -> list[Pair]:
    """`ами` takes an ending away; `[ия, ийск]` puts another in its place."""
    return [
        (fold(str(e[0])), fold(str(e[1]))) if isinstance(e, Sequence) and not isinstance(e, str) else (fold(str(e)), "")
        for e in given or ()
    ]


def _cases(given: Iterable[Mapping[str, str]] | None) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(f"(?:{fold_expression(str(row['ends']))})$"), str(row["case"])) for row in given or ())


def fold_expression(source: str) -> str:
    """The letters of an expression folded, its signs kept: it is asked of folded words."""
    return "".join(fold(c) if c.isalpha() else c for c in source)

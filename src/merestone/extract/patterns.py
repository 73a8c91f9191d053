"""The little language in which the tables of a language write down what may stand in a text, and its expressions.

What words share stands once in an expression: all the forms of all the words of a class side by side took seconds to compile.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from merestone.capture.names import fold
from merestone.extract.tokens import WORD
from merestone.ledger.terms import Refusal

_LETTERS = re.compile(r"[^\W_]+")
_ONE_WORD = re.compile(r"(?:[^\W\d_]|\\w[*+]?|\(\?:|[|)?*])+")  # an expression that cannot leave a word

_LEADING = re.compile(
    r"(?:\(\?:(?P<words>[^\W\d_]+(?:\|[^\W\d_]+)*)\)|(?P<word>[^\W\d_]+)|(?P<digit>\\d(?:\{[1-9]|\+|(?=[^?*{]))))(?![?*{+])"
)
_CAPITAL = re.compile(r"\(\?-i:([^\W\d_]+)\)(?=[^\W\d_]|\(\?:[^\W\d_])")  # letters that must be written as they are, at the head of a word
_SPACE_NEXT = re.compile(r"(?:\(\?=)?\\s(?![?*{])")
DIGIT = "\\d"  # among beginnings of words: any digit
SHARED = "abc"  # letters that the forms of a word must share to be filed under what they share
MOST = 16  # spellings of one word


class Patterns:
    """Compiles the patterns of the tables. In a pattern, words stand apart by one space and match any white space:

    `a|b` either word (`a_b|c`: words joined by _ are one choice) · `word~` the word and its inflections · `stem%` any word that begins so · `<class>` any phrase of that class in the lexicon ·
    `*3` up to three words between · `+3` the same, none of them a preposition or a joining word · `?word` may be missing · `#` a number in digits or words · `{…}` as it stands (an expression).
    """

    def __init__(self, morphology: Mapping[str, Any], classes: Mapping[str, Sequence[str]], numbers: str, bars: Iterable[str]) -> None:
        self._inflect = [
            (re.compile(f"(?:{row['ends']})$"), tuple(row["forms"]), str(row.get("prefix") or "")) for row in morphology["inflect"]
        ]
        self._irregular = {str(k): tuple(v) for k, v in (morphology.get("irregular") or {}).items()}
        self._classes = classes
        self._of_class: dict[str, str] = {}  # the expression for any of its phrases
        self._numbers = numbers
        self._alike = _alike(morphology.get("alike"))
        marks = re.escape(str(morphology.get("marks") or ""))
        self._between = f"[{marks}]*" if marks else ""
        self.marks = re.compile(f"[{marks}]") if marks else None  # signs that may stand on letters
        self._chain = "".join(
            "(?:" + "|".join(self._letters(e) for e in sorted(map(str, slot), key=len, reverse=True)) + ")?"
            for slot in morphology.get("chains") or ()
        )
        self._chain_of_letters = all(_LETTERS.fullmatch(str(e)) for slot in morphology.get("chains") or () for e in slot)
        self._spelt = {
            str(w): (str(w), *(str(v) for v in row if fold(str(v)) != fold(str(w)))) for row in morphology.get("alike") or () for w in row
        }
        self._twins = [str(w) for row in morphology.get("alike") or () if len({fold(str(w)) for w in row}) > 1 for w in row]
        self._opening_twins = "".join(sorted({twin[0] for twin in self._twins if len(twin) > 1} | {t for t in self._twins if len(t) == 1}))
        self._bars = r"(?:" + "|".join(re.escape(w) for w in sorted(bars)) + r")\b"
        self.index: Any = None  # of its finders (see finder.py)
        self._stems: dict[str, set[str]] = {}  # folded beginnings of words as `openers` gives them, with the words of the patterns
        self._led: set[str] = set()  # those of them that an expression begins with
        self._openers: dict[str, tuple[str, ...]] = {}
        self._continued: dict[str, re.Pattern[str] | None] = {}

    def forms(self, lemma: str) -> tuple[str, ...]:
        """All inflected forms of `lemma`, the lemma first; one that is irregular is negated as its fellows are."""
        for ends, forms, prefix in self._inflect:
            if ends.search(lemma):
                made = []
                for form in forms if lemma not in self._irregular else ():
                    cut = len(form) - len(form.lstrip("-"))
                    made.append((lemma[:-cut] if cut else lemma) + form.lstrip("-"))
                every = dict.fromkeys((lemma, *self._irregular.get(lemma, made)))
                return tuple(every) + (tuple(prefix + form for form in every) if prefix else ())
        return (lemma, *self._irregular.get(lemma, ()))

    def _phrase(self, phrase: str) -> str:
        return r"[\s-]+".join(self._word(word) for word in phrase.split())

    def _word(self, word: str) -> str:
        if word.startswith("{"):
            return word[1:-1]
        if "|" in word:
            return "(?:" + "|".join(self._side_by_side(word.split("|"))) + ")"
        if word == "#":
            return self._numbers
        if word.startswith("<"):
            if word not in self._of_class:
                self._of_class[word] = self.any_of(self.members(word))
            return self._of_class[word]
        if "_" in word:
            return r"[\s-]+".join(self._word(part) for part in word.split("_"))
        return self._one_of([word])

    def _side_by_side(self, words: Iterable[str]) -> Iterator[str]:
        """Expressions for words in their order; of those that are one word of a text no order is kept, for only one can be there."""
        for one, run in itertools.groupby(words, self._stays_one):
            if one:
                yield self._one_of(run)
            else:
                yield from map(self._word, run)

    def _stays_one(self, word: str) -> bool:
        """Letters alone, in every form."""
        return all(_LETTERS.fullmatch(form) for form in self._listed(word)[0])

    def _one_of(self, words: Iterable[str]) -> str:
        """An expression for any of some words, by what may stand behind them."""
        tails: dict[str, list[str]] = {}
        for word in words:
            forms, tail = self._listed(word)
            tails.setdefault(tail, []).extend(forms)
        made = [self._tree([self._spelled(f) for f in sorted(set(forms), key=_longest_first)]) + tail for tail, forms in tails.items()]
        return made[0] if len(made) == 1 else "(?:" + "|".join(made) + ")"

    def _listed(self, word: str) -> tuple[tuple[str, ...], str]:
        """The forms of "word~", "stem%" or a plain word, and the expression for what may follow each."""
        if word in ("", "%", "~"):
            raise Refusal("rule_malformed", pattern=word, found="a word without letters")
        if word.endswith("%"):
            return (word[:-1],), r"\w*"
        return (self.forms(word[:-1]), self._chain) if word.endswith("~") else ((word,), "")

    def _tree(self, words: Iterable[Sequence[str]]) -> str:
        """An expression for any of some words, given letter by letter: what they share stands once, and a longer one is tried before one
        that it begins with. With all of them side by side it takes many times as long to compile."""
        led: dict[str, list[Sequence[str]]] = {}
        for word in words:
            led.setdefault(word[0], []).append(word[1:])
        made = []
        for letter, rests in led.items():
            longer = [rest for rest in rests if rest]
            behind = self._between + self._tree(longer) if longer else ""
            made.append(f"{letter}(?:{behind})?" if behind and len(longer) < len(rests) else letter + behind)
        return made[0] if len(made) == 1 else "(?:" + "|".join(made) + ")"

    def _letters(self, word: str) -> str:
        """The word escaped; letters that are written alike stand for each other, and signs may stand on letters."""
        return self._between.join(self._spelled(word))

    def _spelled(self, word: str) -> list[str]:
        """The expression for each letter of a word."""
        out, at = [], 0
        while at < len(word):
            found = next(((w, given) for w, given in self._alike if word.startswith(w, at)), None)
            size = len(found[0]) if found else 1
            out.append(found[1] if found else re.escape(word[at : at + size]))
            at += size
        return out

    def members(self, word: str) -> Sequence[str]:
        found = self._classes.get(word[1:-1])
        if not found:
            raise Refusal("rule_malformed", pattern=word, found="no such class in the lexicon")
        return found

    def first_words(self, pattern: str) -> frozenset[str] | None:
        """The folded words with which a match can begin; None where it can begin with anything (a number, an expression, a stem)."""
        found = self.openers(pattern)
        return None if found is None or found[1] or "{" in pattern.split(maxsplit=1)[0] else found[0]

    def openers(self, pattern: str) -> tuple[frozenset[str], frozenset[str]] | None:
        """The folded words, and the beginnings of words, with which a match can begin; None where it can begin with anything."""
        out: set[str] = set()
        stems: set[str] = set()
        for word in pattern.split():
            optional = word.startswith("?")
            if word.startswith(("*", "+")):
                return None
            for part in _choices(word.lstrip("?")):
                if part == "#":
                    return None
                if part.startswith("{"):
                    led = _led(part[1:-1])
                    if led is None:
                        return None
                    out |= led[0]
                    stems |= led[1]
                    self._led |= led[1]
                    continue
                phrases = self.members(part) if part.startswith("<") else [part]
                for phrase in phrases:
                    opener = re.split(r"[ _]", phrase)[0]
                    open_ended = opener.endswith("%") or (opener.endswith("~") and bool(self._chain))
                    (stems if open_ended else out).update(self._opened(opener, open_ended))
            if not optional:
                return frozenset(out), frozenset(stems)
        return frozenset(out), frozenset(stems)

    def _opened(self, opener: str, open_ended: bool) -> tuple[str, ...]:
        """The folded beginnings of one word of a pattern; of open-ended ones it is kept which forms begin so."""
        known = self._openers.get(opener)
        if known is None:
            forms = self.forms(opener[:-1]) if opener.endswith("~") else (opener,)
            begun = list(self._begin(forms, open_ended))
            for stem, meant in begun if open_ended else ():  # "stem%" is kept as it is: anything may follow
                self._stems.setdefault(stem, set()).update(meant)
                self._continued.pop(stem, None)
            known = self._openers[opener] = tuple(dict.fromkeys(stem for stem, _ in begun))
        return known

    def _begin(self, forms: Sequence[str], open_ended: bool) -> Iterable[tuple[str, Iterable[str]]]:
        """How words of these forms begin, folded, in every spelling, and the forms that begin so. The many forms of one word are filed
        under what they share."""
        words: dict[str, list[str]] = {}
        for form in forms:
            if found := WORD.search(form):
                words.setdefault(found.group()[: len(SHARED)], []).append(form)
        for group in words.values():
            shared = _shared([found.group() for form in group if (found := WORD.search(form))])
            shared = shared.rstrip(self._opening_twins) if len(group) > 1 else ""
            if open_ended and len(shared) >= len(SHARED):
                for spelt in self._spellings(shared):
                    yield fold(spelt), group
                continue
            for form in group:
                if found := WORD.search(form):
                    for spelt in self._spellings(found.group()):
                        yield fold(spelt), (form,)

    def _spellings(self, word: str) -> tuple[str, ...]:
        """A word in all its spellings, where letters that are written for each other are folded apart; no more than MOST."""
        out, at = [""], 0
        while at < len(word):
            size = next((len(w) for w, _ in self._alike if word.startswith(w, at)), 1)
            piece = word[at : at + size]
            twins = self._spelt.get(piece, (piece,))
            out = [begun + twin for begun in out for twin in twins][:MOST]
            at += size
        return tuple(out)

    def goes_on(self, stem: str, word: str) -> bool:
        """May `word`, as written, which begins so as `openers` said, be one of the words meant: by the endings that they may have?"""
        if stem not in self._continued:
            forms = self._stems.get(stem, ())  # none of an expression, which tells itself how it goes on
            plain = (
                self._chain_of_letters
                and bool(self._chain and forms)
                and stem not in self._led
                and all(_LETTERS.fullmatch(form) for form in forms)
            )
            source = "(?:" + "|".join(self._letters(form) for form in sorted(forms)) + ")" + self._chain
            self._continued[stem] = re.compile(source + r"(?!\w)", re.IGNORECASE) if plain else None
        expression = self._continued[stem]
        return expression is None or expression.match(word) is not None

    def single(self, pattern: str) -> bool:
        """Does the pattern match within one word of a text, so that the word alone decides?"""
        if " " in pattern or pattern[0] in "?*+":
            return False
        for part in _choices(pattern):
            if part == "#" or (part.startswith("{") and not _ONE_WORD.fullmatch(part[1:-1])):
                return False
            for phrase in () if part.startswith("{") else self.members(part) if part.startswith("<") else [part]:
                forms = self.forms(phrase[:-1]) if phrase.endswith("~") else (phrase.removesuffix("%"),)
                if not all(_LETTERS.fullmatch(form) for form in forms):
                    return False
        return self._chain_of_letters

    def apart(self, pattern: str) -> tuple[str, ...]:
        """A pattern of one word, cut into the choices that stay within a word of a text, decided by that word alone, and the others."""
        if " " in pattern or pattern[0] in "?*+#{" or "{" in pattern:
            return (pattern,)
        phrases = [phrase for part in _choices(pattern) for phrase in (self.members(part) if part.startswith("<") else [part])]
        within = [phrase for phrase in phrases if _LETTERS.fullmatch(phrase.rstrip("~%")) and self._stays_one(phrase)]
        others = [phrase.replace(" ", "_") for phrase in phrases if phrase not in within]
        if not within or not others or any(set("|#{<?") & set(phrase) for phrase in others):
            return (pattern,)
        return "|".join(within), "|".join(others)

    def needed(self, pattern: str) -> tuple[frozenset[str], ...]:
        """For each word behind the first that a match cannot do without, the folded beginnings of which one has to stand in the text."""
        made = (self._begun(word) for word in pattern.split()[1:] if word[0] not in "?*+")
        return tuple(frozenset(begun) for begun in made if begun and all(begun))

    def _begun(self, word: str) -> list[str]:
        """How each choice of a word of a pattern begins; "" where it can begin with anything."""
        out: list[str] = []
        for part in _choices(word):
            for phrase in [""] if part == "#" or part.startswith("{") else self.members(part) if part.startswith("<") else [part]:
                opener = re.split(r"[ _]", phrase)[0]
                for form in self.forms(opener[:-1]) if opener.endswith("~") else (opener,):
                    first = WORD.search(form[: self._told_apart(form)])
                    out.append(fold(first.group()) if first else "")
        return out

    def _told_apart(self, form: str) -> int:
        """Where the first letter stands whose twins are not folded to one: up to there a word is known by its folded letters."""
        found = (form.find(letter) for letter in self._twins)
        return min((at for at in found if at >= 0), default=len(form))

    def expanded(self, word: str) -> tuple[str, ...]:
        """The forms of one entry of a word list: "village~" is all its forms, anything else itself."""
        return self.forms(word[:-1]) if word.endswith("~") else (word,)

    def any_of(self, phrases: Iterable[str]) -> str:
        """An expression for any of the phrases, longest first. An empty set is refused: it would match everywhere."""
        given = dict.fromkeys(phrases)
        ones = [phrase for phrase in given if self._stays_one(phrase)]
        others = given.keys() - ones
        made = sorted(map(self._phrase, others), key=_longest_first)
        if not ones and not made:
            raise Refusal("rule_malformed", pattern="", found="an empty set of phrases")
        return "(?:" + "|".join([*made, *([self._one_of(ones)] if ones else [])]) + ")"

    def source(self, pattern: str) -> str:
        """The expression for one pattern, without the word boundaries at its ends."""
        out, glue = "", ""
        for word in pattern.split():
            if word.startswith("*"):
                out += r"(?:[\s,]+[^\s,.;:!?]+){0," + word[1:] + "}?"
                continue
            if word.startswith("+"):
                out += r"(?:[\s]+(?!" + self._bars + r")[^\s.,;:!?]+){0," + word[1:] + "}?"
                continue
            optional = word.startswith("?")
            piece = self._word(word[1:] if optional else word)
            if optional:
                out += f"(?:{glue}{piece})?" if glue else rf"(?:{piece}[\s-]+)?"
                glue = r"[\s,-]+" if glue else ""
            else:
                out += glue + piece
                glue = r"[\s,]+"
        return out

    def compile(self, patterns: Iterable[str], marked: bool = True) -> re.Pattern[str]:
        """One expression for all `patterns`, at word boundaries, capital or small letters alike. Not `marked`: for texts in which no signs
        stand on letters; most do without, and their expressions are made in a fraction of the time."""
        made = [self.source(p) if marked else self.source(p).replace(self._between, "") for p in patterns]
        if not made:
            raise Refusal("rule_malformed", pattern="", found="an empty set of patterns")
        return re.compile(r"(?<![\w])(?:" + "|".join(made) + r")(?![\w])", re.IGNORECASE)


def _longest_first(word: str) -> tuple[int, str]:
    return -len(word), word


def _choices(word: str) -> list[str]:
    """The choices of a word of a pattern; an expression is one, whatever stands in it."""
    return [word] if word.startswith("{") else word.split("|")


def _led(source: str) -> tuple[set[str], set[str]] | None:
    """The folded words, and the beginnings of words, with which an expression can begin, where its first letters or its first group of
    words tell; None elsewhere."""
    capital = _CAPITAL.match(source)
    head, source = (capital[1], source[capital.end() :]) if capital else ("", source)
    first, depth = _LEADING.match(source), 0
    for sign in re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "", source):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            return None
    if first is None:
        return None
    if first["digit"]:
        return set(), {DIGIT}
    words = {fold(head + word) for word in (first["words"] or first["word"]).split("|")}
    return (words, set()) if _SPACE_NEXT.match(source, first.end()) else (set(), words)


def _shared(words: Sequence[str]) -> str:
    """What all words begin with."""
    first, last = min(words), max(words)
    return first[: next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))]


def _alike(given: Iterable[Sequence[str]] | None) -> tuple[tuple[str, str], ...]:
    """Each letter (or pair of letters) that has a twin, the longest first, with the expression for all of its twins."""
    made = [
        (
            str(one),
            f"[{''.join(map(str, row))}]"
            if all(len(str(w)) == 1 for w in row)
            else "(?:" + "|".join(map(re.escape, sorted(map(str, row), key=len, reverse=True))) + ")",
        )
        for row in given or ()
        for one in row
    ]
    return tuple(sorted(made, key=lambda pair: (-len(pair[0]), pair)))

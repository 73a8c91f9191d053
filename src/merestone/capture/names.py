"""How two spellings of one name meet: `fold` for any text, `variants` for the names of a pack, `stems` for an inflected word.

Deterministic and blind to meaning: the same rules for every name of every party. A look-up key, never a text to show.
The rules of a language (how its letters are written in Latin script, its endings) are data in `packs/names`.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from operator import eq
from pathlib import Path

import yaml

_PACKS = Path(__file__).resolve().parent.parent / "packs"
_TABLES = _PACKS / "names"
_MOST = 24  # readings of one name; a name with more alternatives keeps the first ones
_SHORTEST_STEM = 3
_SORTS_MOST = 3
LONGEST = 12  # words of one name; longer names of a pack are cut to this many
KEYS = 2  # raised when `fold`, `skeleton`, `variants` or `joined_words` give other keys: what was made by the old ones is then made anew
_PIECE = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")

# What canonical decomposition does not take apart.
_LETTERS = str.maketrans(
    {"ə": "e", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ŋ": "n"}
)  # fmt: skip
_DROPPED = dict.fromkeys(map(ord, "'’‘ʼʻʾʿ`´ˈ′՚՛.\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # apostrophes, stops, what is invisible
_SPACED = dict.fromkeys(map(ord, '-‐‑‒–—―−֊/_"“”„‟«»‹›()[]'), " ")
_MARKS = re.compile("[\u0300-\u036f\u064b-\u0652]+")
_SPACES = re.compile(r"\s+")

# Ways to write one sound in Latin script, read in this order inside a word. Before each, what has to stand in a word for it to match at all:
# asking that first is faster than trying the pattern.
_SOUNDS = (
    (("tch",), re.compile(r"tch"), "ch"),
    (("dzh", "dj", "zh"), re.compile(r"dzh|dj|zh"), "j"),
    (("tz",), re.compile(r"tz"), "ts"),
    (("kh", "x"), re.compile(r"kh|x"), "h"),
    (("gh",), re.compile(r"gh"), "g"),
    (("ph",), re.compile(r"ph"), "f"),
    (("q", "ck"), re.compile(r"q|ck"), "k"),
    (("w",), re.compile(r"w"), "v"),
    (("oo", "ou"), re.compile(r"oo|ou"), "u"),
    (("ee",), re.compile(r"ee"), "i"),
    (("ye",), re.compile(r"\by(?=e)"), ""),
    (("y",), re.compile(r"y"), "i"),
    (("ъ", "ь"), re.compile(r"[ъь]"), ""),
    (("э",), re.compile(r"э"), "е"),
    (("եվ",), re.compile(r"եվ"), "եւ"),
    # the older orthography beside the newer one
    (("եա",), re.compile(r"եա"), "յա"),
    (("իւ",), re.compile(r"իւ(?=\w)"), "յու"),
    (("օ",), re.compile(r"օ"), "ո"),
    (("է",), re.compile(r"է"), "ե"),
)  # fmt: skip
_DOUBLED = re.compile(r"([^\W\d_])\1+")


def fold(text: str) -> str:
    """Case, accents, apostrophes and dashes taken away: "Gülüstan", "Nor-Ashen" and "Nor’ashen" become "gulustan", "nor ashen"
    and "norashen". `ə` becomes e, `ı` i, `ş` s, as it is typed without the letters; full stops go ("U.S." is "us")."""
    if text.isascii():
        plain = text.lower()
        if plain.isalnum():  # most words of most texts
            return plain
    else:
        plain = _MARKS.sub("", unicodedata.normalize("NFD", text.casefold())).translate(_LETTERS)
        plain = unicodedata.normalize("NFC", plain)
    return _SPACES.sub(" ", plain.translate(_DROPPED).translate(_SPACED)).strip()


@lru_cache(maxsize=200_000)
def skeleton(folded: str) -> str:
    """The key that spellings of one sound share: "kut" for "koot", "shorja" for "shorzha", "hndzoresk" for "khndzoresk".
    Takes and gives folded text; works word by word, so that a name's key is its words' keys joined by spaces."""
    for needles, pattern, sound in _SOUNDS:
        for needle in needles:
            if needle in folded:
                folded = pattern.sub(sound, folded)
                break
    return _DOUBLED.sub(r"\1", folded) if any(map(eq, folded, folded[1:])) else folded


def joined_words(name: str) -> str:
    """The folded words of a name, joined as the words of a text are when they are looked up."""
    return " ".join([fold(word) for word in _PIECE.findall(name)][:LONGEST])


def keys(text: str) -> tuple[str, ...]:
    """What to look up for words of a text: the exact fold, then the skeleton where it differs."""
    folded = fold(text)
    rough = skeleton(folded)
    return (folded,) if rough == folded else (folded, rough)


@lru_cache(maxsize=100_000)
def variants(name: str, language: str = "") -> frozenset[str]:
    """All keys under which a pack's name is found: its fold, its Latin renderings by the rules of `language` (of the languages
    whose letters it has, where none is given), and the skeleton of each. Look up `keys(text)` among them."""
    spellings = {fold(name)}
    for table in _tables_for(name, language):
        spellings.update(fold(each) for each in table.latin(name))
    spellings.discard("")
    return frozenset(spellings | {skeleton(each) for each in spellings})


@lru_cache(maxsize=100_000)
def stems(word: str, language: str) -> tuple[str, ...]:
    """The folded word, then what it may be an inflected form of, longest ending first. One word, or the last of a name."""
    folded = fold(word)
    out = [folded]
    table = _tables().get(language)
    if table is not None:
        for ending, instead in table.endings:
            if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST_STEM:
                out.append(folded[: len(folded) - len(ending)] + instead)
    return tuple(dict.fromkeys(out))


@dataclass(frozen=True, slots=True)
class _Table:
    language: str
    own: frozenset[str]
    letters: Mapping[str, tuple[str, ...]]
    initial: Mapping[str, tuple[str, ...]]
    endings: tuple[tuple[str, str], ...]
    longest: int
    levels: frozenset[str]  # words that say what sort of place a name is

    def latin(self, name: str) -> list[str]:
        """Renderings of a name in Latin script, the usual one first."""
        text = unicodedata.normalize("NFC", name).casefold().replace("i̇", "i")
        slots: list[tuple[str, ...]] = []
        at = 0
        while at < len(text):
            size = next((n for n in range(self.longest, 0, -1) if text[at : at + n] in self.letters), 0)
            chunk = text[at : at + max(size, 1)]
            starts = at == 0 or not text[at - 1].isalpha()
            slots.append(self.initial.get(chunk) if starts and chunk in self.initial else self.letters.get(chunk, (chunk,)))  # type: ignore[arg-type]
            at += len(chunk)
        out: list[str] = []
        for each in product(*slots):
            out.append("".join(each))
            if len(out) == _MOST:
                break
        return out


def _tables_for(name: str, language: str) -> list[_Table]:
    tables = _tables()
    if language:
        return [tables[language]] if language in tables and tables[language].letters else []
    if name.isascii():  # `own` are letters beyond ASCII
        return []
    letters = frozenset(unicodedata.normalize("NFC", name).casefold())
    return [table for table in tables.values() if table.own & letters]


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, _Table]:
    """The packaged tables. Part of the product as the code is: read once, never written."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    out = {}
    for path in sorted(_TABLES.glob("*.yaml")):
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader
        letters = {key: _several(value) for key, value in (raw.get("letters") or {}).items()}
        endings = [_pair(entry) for entry in raw.get("endings") or []]
        out[path.stem] = _Table(
            language=path.stem,
            own=frozenset(key for key in letters if not key.isascii()),
            letters=letters,
            initial={key: _several(value) for key, value in (raw.get("initial") or {}).items()},
            endings=tuple(sorted(dict.fromkeys(endings), key=lambda pair: (-len(pair[0]), pair))),
            longest=max((len(key) for key in letters), default=1),
            levels=frozenset(fold(str(word)) for words in (raw.get("levels") or {}).values() for word in words),
        )
    return out


def _several(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else (str(value),)


def _pair(entry: object) -> tuple[str, str]:
    """`ում` takes an ending away; `[и, а]` puts another in its place."""
    ending, instead = (entry[0], entry[1]) if isinstance(entry, list) else (entry, "")
    return fold(str(ending)), fold(str(instead))


@lru_cache(maxsize=100_000)
def romanised(name: str, language: str) -> str:
    """The usual Latin rendering of a name by the rules of its language, in lower case; the name itself where there are none."""
    table = _tables().get(language)
    return table.latin(name)[0] if table is not None and table.letters else name.casefold()


@lru_cache(maxsize=1)
def level_words() -> frozenset[str]:
    """Folded words of all languages that say what sort of place a name is: a name may be found without them."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    words = {word for table in _tables().values() for word in table.levels}
    for path in sorted((_PACKS / "languages").glob("*/morphology.yaml")):
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader
        words.update(fold(str(word)) for word in (raw.get("names") or {}).get("level_words") or ())
    return frozenset(words)


def without_levels(words: str) -> Iterator[str]:
    """A name (`joined_words`) without some of its words of sort (without all, where they are many): a language knows which say a sort."""
    parts = words.split(" ")
    sorts = [at for at, part in enumerate(parts) if part in level_words()]
    sizes = range(1, len(sorts) + 1) if len(sorts) <= _SORTS_MOST else [len(sorts)]
    for left_out in (each for size in sizes for each in combinations(sorts, size)):
        if len(left_out) < len(parts):
            yield " ".join(part for at, part in enumerate(parts) if at not in left_out)


@lru_cache(maxsize=1)
def key_rules() -> str:
    """A digest of all that makes keys of names, and of the order of bytes of this machine: what was made by other rules is of no use."""
    tables = [[each.language, sorted(each.letters.items()), sorted(each.initial.items())] for each in _tables().values()]
    told = json.dumps([KEYS, sys.byteorder, tables, sorted(level_words())])
    return hashlib.sha256(told.encode()).hexdigest()


@lru_cache(maxsize=1_000)
def in_script_of(latin: str, word: str) -> str:
    """Latin letters written in the script of `word`, by the rules of the first language that has its letters; as they are where none has."""
    table = next(iter(_tables_for(word, "")), None)
    if table is None or any(letter.isascii() and letter.isalpha() for letter in word):
        return latin
    back: dict[str, str] = {}
    for letter, sounds in table.letters.items():
        if not letter.isascii():
            back.setdefault(sounds[0], letter)
    return "".join(back.get(sound, sound) for sound in latin)

"""Which places a text names, and where: every longest name from left to right, in any form that the language gives it.

Looks only at words with a capital (or of a script that has none), since that is how names are written: a text of a gigabyte and a
pack of a million names are a matter of reading the text. Does not catch: names that a pack writes in small letters, names that only sound alike.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from merestone.capture.names import stems
from merestone.locate.gazetteer import NameTable

_LAST = 0xFFFF  # what lies behind has no letters of living scripts with capitals, and an expression without it runs thirty times as fast
_WORD = r"[^\W_]+(?:['’ʼ`´][^\W_]+)*"
_NEXT = re.compile(rf"[^\S\n]?[-–\s][^\S\n]?({_WORD})")  # a hyphen or a space leads to the next word of a name, one end of line at most
_REMEMBERED = 200_000


class Named(NamedTuple):
    """`ids`: all places that bear the name which stands at start:end. A tuple, since one is made for every name of a text."""

    start: int
    end: int
    ids: tuple[str, ...]


_Begun = tuple[str, tuple[str, ...], bool]  # folded words; the places of that name; whether longer names begin with them


class Scanner:
    """Ready for a table and a language. Make one and use it for many texts: it remembers the words that it has seen."""

    def __init__(self, names: NameTable, language: str) -> None:
        self._look, self._language = names.spellings.look, language
        self._openings: dict[str, tuple[_Begun, ...]] = {}

    def scan(self, text: str) -> list[Named]:
        past, openings, out = 0, self._openings, []
        for found in _capitals().finditer(text):
            word = found[0]
            begun = openings.get(word)
            if begun is None:
                begun = self._opening(word)
            if not begun:
                continue
            start, end = found.span()
            if start < past or (start and (text[start - 1].isalnum() or text[start - 1] == "_")):
                continue
            named = self._longest(text, start, end, begun)
            if named is not None:
                past = named.end
                out.append(named)
        return out

    def _opening(self, word: str) -> tuple[_Begun, ...]:
        """The forms of a word with which a name can begin."""
        if len(self._openings) >= _REMEMBERED:
            self._openings.clear()
        begun = self._openings[word] = self._begun("", word)
        return begun

    def _begun(self, head: str, word: str) -> tuple[_Begun, ...]:
        out = []
        for form in stems(word, self._language):
            key = head + form
            ids, longer = self._look(key)
            if ids or longer:
                out.append((key, ids, longer))
        return tuple(out)

    def _longest(self, text: str, start: int, end: int, begun: tuple[_Begun, ...]) -> Named | None:
        best: Named | None = None
        while begun:
            heads, found = [], False
            for head, ids, longer in begun:
                if ids and not found:
                    best, found = Named(start, end, ids), True
                if longer:
                    heads.append(f"{head} ")
            further = _NEXT.match(text, end) if heads else None
            if further is None:
                break
            end = further.end()
            begun = tuple([each for head in heads for each in self._begun(head, further[1])])
        return best


@lru_cache(maxsize=1)
def _capitals() -> re.Pattern[str]:
    """Words that begin with a capital, or with a letter of a script without capitals."""
    starts = [code for code in range(_LAST) if unicodedata.category(chr(code)) in ("Lu", "Lt", "Lo")]
    ranges = []
    for _, run in groupby(enumerate(starts), key=lambda pair: pair[1] - pair[0]):
        codes = [code for _, code in run]
        ranges.append(f"{chr(codes[0])}-{chr(codes[-1])}")
    return re.compile(rf"[{''.join(ranges)}][^\W_]*(?:['’ʼ`´][^\W_]+)*")

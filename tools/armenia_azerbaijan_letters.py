"""Names of one language's letters written in another's by a published rule: the same procedure for both states' languages.

Armenian into Russian: practical transcription as in the instruction of the Soviet geodesy office for Armenian geographic names (Kuzmina,
1974). Azerbaijani into Russian: practical transcription as in the instruction of the same office for Azerbaijani names; the rules of
the Cabinet of Ministers of Azerbaijan of 16 December 2020 (no. 498) name the same practice. Into English: Armenian by BGN/PCGN 1981 without apostrophes,
Azerbaijani by the English annex of no. 498 (both are the tables in `packs/names`). No published rule is known to us between
Armenian and Azerbaijani: such a name stays unknown. A made name is marked with `~` and is nobody's usage until a text has it.
Does not catch: traditional forms that no rule gives (a Soviet name, a name with a dropped ending).
"""

from __future__ import annotations

import re

from merestone.capture.names import romanised

HY_RU = {
    "ա": "а", "բ": "б", "գ": "г", "դ": "д", "ե": "е", "զ": "з", "է": "э", "ը": "ы", "թ": "т", "ժ": "ж", "ի": "и", "լ": "л", "խ": "х",
    "ծ": "ц", "կ": "к", "հ": "", "ձ": "дз", "ղ": "х", "ճ": "ч", "մ": "м", "յ": "й", "ն": "н", "շ": "ш", "ո": "о", "չ": "ч", "պ": "п",
    "ջ": "дж", "ռ": "р", "ս": "с", "վ": "в", "տ": "т", "ր": "р", "ց": "ц", "ւ": "в", "փ": "п", "ք": "к", "օ": "о", "ֆ": "ф", "և": "ев",
}  # fmt: skip
HY_PAIRS = (("եւ", "և"), ("ու", "\x01"), ("յա", "\x02"), ("յ\x01", "\x03"), ("յո", "\x04"), ("յե", "\x05"), ("յի", "\x06"))
MADE = {"\x01": "у", "\x02": "я", "\x03": "ю", "\x04": "ё", "\x05": "е", "\x06": "и"}
AZ_RU = {
    "b": "б", "c": "дж", "ç": "ч", "d": "д", "f": "ф", "g": "г", "ğ": "г", "h": "х", "x": "х", "ı": "ы", "i": "и", "j": "ж", "k": "к",
    "q": "г", "m": "м", "n": "н", "p": "п", "r": "р", "s": "с", "ş": "ш", "t": "т", "v": "в", "z": "з", "w": "в",
}  # fmt: skip
AZ_AFTER_Y = {"a": "я", "ə": "я", "o": "ё", "ö": "ё", "u": "ю", "ü": "ю", "e": "е"}
AZ_FRONT, AZ_VOWELS = "eəiöü", "aeəıioöuü"


def russian(name: str, language: str) -> str:
    """An Armenian or Azerbaijani name in Russian letters, every word with a capital; words stay apart."""
    written = {"hy": _hy_word, "az": _az_word}[language]
    words = re.split(r"[\s-]+", lower(name))
    return " ".join(made[:1].upper() + made[1:] for made in map(written, words) if made)


def english(name: str, language: str) -> str:
    return romanised(name, language).title()


def lower(name: str) -> str:
    """Small letters; İ is i and I is ı, as Azerbaijani has it."""
    return name.replace("İ", "i").replace("I", "ı").lower()


def _hy_word(word: str) -> str:
    """Initial ո is "во"; letters that do not stand in the table (digits, brackets) stay."""
    for pair, sign in HY_PAIRS:
        word = word.replace(pair, sign)
    out = "".join(MADE.get(letter, HY_RU.get(letter, letter)) for letter in word)
    return "в" + out if word.startswith("ո") else out


def _az_word(word: str) -> str:
    out = []
    for at, letter in enumerate(word):
        last, following = word[at - 1] if at else "", word[at + 1 : at + 2]
        if letter == "y":
            out.append("" if following and following in AZ_AFTER_Y else "й")
        elif last == "y" and letter in AZ_AFTER_Y:
            out.append(AZ_AFTER_Y[letter])
        elif letter in "aouəöüel":
            out.append(_az_by_place(letter, last, following))
        elif letter not in "'’":
            out.append(AZ_RU.get(letter, letter))
    return "".join(out)


def _az_by_place(letter: str, last: str, following: str) -> str:
    """Letters whose rendering hangs on what stands beside them."""
    soft = last and last in "gk"
    if letter == "a":
        return "я" if soft else "а"
    if letter == "o":
        return "ё" if soft else "о"
    if letter == "u":
        return "ю" if soft else "у"
    if letter == "ə":
        return "а" if not last or last in "cçfhxjqş" else "я" if soft or last == "l" else "е"
    if letter == "ö":
        return "ё" if last else "о"
    if letter == "ü":
        return "ю" if last and last not in AZ_VOWELS else "у"
    if letter == "e":
        return "е" if last and last not in AZ_VOWELS else "э"
    hard = not last or last not in AZ_FRONT or (following and (following in AZ_VOWELS or following == "l"))
    return "л" if hard or last == "l" else "ль"

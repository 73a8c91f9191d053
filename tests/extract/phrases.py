"""Words that a pattern of the tables is meant to find, written out by choosing among what its signs allow.

Made from the description of the signs (extract/rules.py), not from the expression that is compiled from them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from merestone.extract.lexicon import Lexicon

FILLERS = ("old", "grey", "stone")  # words that no rule, class or list of names knows
Choose = Callable[[Sequence[str]], str]


def first(options: Sequence[str]) -> str:
    return options[0]


def written(pattern: str, lex: Lexicon, choose: Choose = first) -> str | None:
    """One wording of `pattern`, or None where it holds an expression as it stands."""
    out: list[str] = []
    for word in pattern.split():
        if word.startswith(("*", "+")):
            most = min(int(word[1:]), len(FILLERS))
            out += FILLERS[: int(choose([str(n) for n in range(most + 1)]))]
            continue
        if word.startswith("?") and choose(["yes", "no"]) == "no":
            continue
        made = _word(word.lstrip("?"), lex, choose)
        if made is None:
            return None
        out.append(made)
    return " ".join(out)


def _word(word: str, lex: Lexicon, choose: Choose) -> str | None:
    if "{" in word:
        return None
    chosen = choose(word.split("|"))
    if chosen == "#":
        return choose(["12", "three"])
    if chosen.startswith("<"):
        return _phrase(choose(lex.patterns.members(chosen)), lex, choose)
    return _phrase(chosen.replace("_", " "), lex, choose)


def _phrase(phrase: str, lex: Lexicon, choose: Choose) -> str:
    return " ".join(choose(lex.patterns.forms(word[:-1])) if word.endswith("~") else word.removesuffix("%") for word in phrase.split())

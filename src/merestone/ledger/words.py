"""The words of a refusal. Codes and what was found are code's; the sentences are data, one file a language.

A refusal says what was asked, what was found and what to do next. Standard library only, so that a stranger who verifies
an edition is told the same.
"""

from __future__ import annotations

import functools
import json
import re
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from merestone.ledger.terms import Refusal

_C1 = re.compile("[\x7f-\x9f]")
WORDS = Path(__file__).resolve().parent.parent / "packs" / "words"


@functools.cache
def sentences(language: str = "en") -> Mapping[str, Mapping[str, str]]:
    """Code -> {"found": sentence, "next": sentence}, with the names of what the refusal tells in braces."""
    loaded: dict[str, dict[str, str]] = json.loads((WORDS / f"{language}.json").read_text(encoding="utf-8"))
    return loaded


def message(refusal: Refusal, language: str = "en") -> str:
    """The refusal in sentences. A code without words is shown as it is: never hidden, never made up."""
    return " ".join(filter(None, found_and_next(refusal, language)))


def found_and_next(refusal: Refusal, language: str = "en") -> tuple[str, str]:
    """What was found, and what to do next ("" for a code without words)."""
    told = sentences(language).get(refusal.code)
    if told is None:
        return str(refusal), ""
    return _filled(told["found"], refusal.facts), _filled(told["next"], refusal.facts)


def told(refusal: Refusal, language: str = "en") -> dict[str, Any]:
    """The refusal as the outside sees it: code, what was found, and the sentences."""
    return {"code": refusal.code, "facts": refusal.facts, "message": message(refusal, language)}


def escaped(written: str) -> str:
    """JSON in which the control characters that JSON itself lets stand are written out: a terminal would obey them."""
    return _C1.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def names_in(sentence: str) -> set[str]:
    """What a sentence needs to be told."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def _filled(sentence: str, found: Mapping[str, Any]) -> str:
    missing = {name: "not known" for name in names_in(sentence) if name not in found}
    return sentence.format(**missing, **found)

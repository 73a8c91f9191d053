"""The rule set of a language: a folder of readable tables, loaded once, with a digest that every reading names.

A new language is a new folder; nothing here knows a language (law 2).
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from merestone.ledger.terms import Refusal


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader for which `on`, `no` and `off` are words, as YAML 1.2 has it."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, expression) for tag, expression in rows if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
LANGUAGES = Path(__file__).resolve().parent.parent / "packs" / "languages"


@dataclass(frozen=True, slots=True)
class Rules:
    """`tables` maps the file's stem to its parsed content; `digest` is the first 12 hex digits of SHA-256 over the files."""

    language: str
    digest: str
    tables: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.language} {self.digest}"


def languages_with_rules() -> tuple[str, ...]:
    """Codes of the languages that can be read."""
    return tuple(sorted(p.name for p in LANGUAGES.iterdir() if (p / "kinds.yaml").is_file()))


@functools.cache
def load_rules(language: str) -> Rules:
    """Refuses `language_without_rules`. Files named `*.cases.yaml` are tests and do not count."""
    folder = LANGUAGES / language
    if not re.fullmatch(r"[a-z]{2,3}", language) or not (folder / "kinds.yaml").is_file():
        raise Refusal("language_without_rules", language=language, languages=", ".join(languages_with_rules()))
    digest = hashlib.sha256()
    tables: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name.endswith(".cases.yaml"):
            continue
        data = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + data)
        tables[path.stem] = yaml.load(data, Loader=_Loader)  # noqa: S506  (a safe loader, in C where there is one)
    return Rules(language, digest.hexdigest()[:12], tables)

"""No alias of one side's body is an office that any state has: whose office is meant is read from the text, alike for every party."""

from __future__ import annotations

import pytest

from merestone.capture.pack import list_packs, load_pack
from merestone.capture.terms import Source
from merestone.extract import languages_with_rules
from merestone.extract.lexicon import lexicon
from merestone.extract.speakers import OFFICIAL, Offices, offices_of
from merestone.extract.tokens import layout

LANGUAGES = sorted(languages_with_rules())


def bare(name: str, language: str, offices: Offices) -> bool:
    """Whether the whole name is the usual name of an office."""
    cut = layout(name, lexicon(language).abbreviations)
    whole = (cut.tokens[0].start, cut.tokens[-1].end)
    return any((match.start, match.end) == whole and match.tag.startswith("office:") for match in offices.finder.find(cut, 0, len(name)))


def bodies(name: str) -> list[Source]:
    return [source for source in load_pack(name).sources if source.affiliation not in ("none", "both") and source.kind in OFFICIAL]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list_packs())
def test_an_alias_says_whose_body_it_is(name: str, language: str) -> None:
    offices = offices_of(lexicon(language))
    aliases = [(source.name, alias) for source in bodies(name) for key in (language, "") for alias in source.aliases.get(key, ())]
    assert aliases
    assert [(whose, alias) for whose, alias in aliases if bare(alias, language, offices)] == []


def test_a_bare_office_is_known_for_one() -> None:
    offices = offices_of(lexicon("en"))
    assert bare("Ministry of Defence", "en", offices)
    assert bare("State Border Service", "en", offices)
    assert not bare("Ministry of Defence of Veldar", "en", offices)

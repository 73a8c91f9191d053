"""Names looked up in an index are those that a table of them gives: the same mentions in every text, in every language."""

from __future__ import annotations

import shutil

import pytest

from merestone.capture.pack import SHIPPED, index_for, list_packs, load_pack
from merestone.capture.terms import Pack
from merestone.extract import Reader, languages_with_rules
from merestone.extract.names import find_names
from merestone.extract.tokens import layout
from merestone.locate import gazetteer


@pytest.fixture(scope="module", params=list_packs())
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Pack, Pack]:
    at = tmp_path_factory.mktemp("indexed") / request.param
    shutil.copytree(SHIPPED / request.param, at)
    path, data, _ = index_for(str(at))
    path.write_bytes(data)
    return load_pack(request.param), load_pack(str(at))


def texts(pack: Pack) -> list[str]:
    """Every name of every place, as a dictionary has it and with endings, in small letters, beside other words and beside each other."""
    names = [name for place in pack.places for given in ((place.name,), *place.names.values()) for name in given]
    names = names[:: max(1, len(names) // 700)]
    endings = ("", "а", "ом", "ского", "ում", "ի", "ից", "ցի", "da", "dan", "nın", "lı", "ə", "'s", "e")
    bent = [name + ending for number, name in enumerate(names) for ending in (endings[number % 15], endings[(number * 7 + 3) % 15])]
    words = [*names, *bent, *(name.lower() for name in names[::3]), *(f"{a} {b}" for a, b in zip(names[::5], names[1::5], strict=False))]
    return [". ".join(words[at : at + 100]) for at in range(0, len(words), 100)]


def test_the_same_names_are_found(both: tuple[Pack, Pack]) -> None:
    plain, indexed = both
    told = texts(plain)
    for language in languages_with_rules():
        by_table, by_index = Reader(plain, language), Reader(indexed, language)
        found = 0
        for text in told:
            cut = layout(text, by_table.lex.abbreviations, by_table.lex.stops)
            mentions = find_names(cut, by_table.names)
            assert mentions == find_names(cut, by_index.names)
            found += len(mentions)
        assert found > len(told)
        assert by_table.names.countries == by_index.names.countries


def test_the_same_places_are_looked_up(both: tuple[Pack, Pack]) -> None:
    plain, indexed = map(gazetteer, both)
    for language in (*languages_with_rules(), "xx"):
        for text in texts(both[0])[:40]:
            for name in text.split(". "):
                assert plain.names.find(name, language) == indexed.names.find(name, language)
    for ident in list(plain.places)[::7]:
        assert plain.holders[ident] == indexed.holders[ident]

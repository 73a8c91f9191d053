"""Law 2 on the table of cases: with names, bodies and places of the parties exchanged, what is read is the same with them exchanged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from merestone.capture.terms import Pack, Party, Place, Source
from tests.extract.test_cases import Claim, cases, packs, read


@pytest.mark.parametrize("name", ["north", "cordillera"])
def test_parties_exchanged_are_read_alike(name: str) -> None:
    """Law 2, on every case of the packs whose parties have the same names, bodies and places: all of them trade places."""
    pack = packs()[name]
    there = [case for case in cases() if case.pack == name]
    trade = trading(pack)
    back = read([replace(case, text=trade(case.text), publisher=trade(case.publisher)) for case in there], pack)
    here = read(there, pack)
    a, b = (party.code for party in pack.parties)
    for case in there:
        assert shapes(here[case.id], {}) == shapes(back[case.id], {a: b, b: a}), case.id


def trading(pack: Pack) -> Callable[[str], str]:
    """Puts the other party's name, body or place for each; the pack gives them in the same order for both."""
    pairs: dict[str, str] = {}
    a, b = pack.parties
    sides = [[s for s in pack.sources if s.affiliation == party.code] for party in (a, b)]
    lands = [[p for p in pack.places if p.side == party.code] for party in (a, b)]
    for one, two in ((a, b), *zip(*sides, strict=True), *zip(*lands, strict=True)):
        names = [list(dict.fromkeys((each.name, *(name for given in _names(each) for name in given)))) for each in (one, two)]
        pairs |= {name: names[1][min(i, len(names[1]) - 1)] for i, name in enumerate(names[0])}
        pairs |= {name: names[0][min(i, len(names[0]) - 1)] for i, name in enumerate(names[1])}
    words = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(pairs, key=len, reverse=True)))
    return lambda text: words.sub(lambda found: pairs[found[0]], text)


def _names(each: Party | Source | Place) -> Iterable[tuple[str, ...]]:
    return (each.names if isinstance(each, Place) else each.aliases).values()


def shapes(claims: list[Claim], codes: dict[str, str]) -> list[tuple[str, ...]]:
    return sorted(
        (c["kind"], c["stance"], c["realised"], *(codes.get(code, code) for code in (c["initiator"], c["target"]["party"]))) for c in claims
    )
